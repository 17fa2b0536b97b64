//! Raised hands in GraphQL (I3): what hosts do about them. People raise and lower their own where the media is.

use super::context::{Ask, parse};
use super::session::SessionPayload;
use crate::ops::room::hands;
use crate::ops::screen::Target;
use async_graphql::{Context, ID, InputObject, Object, Result};

/// For `lowerHand`.
#[derive(InputObject)]
struct LowerHandInput {
    /// The session.
    session_id: ID,
    /// The person.
    person_id: ID,
}

/// For `lowerAllHands`.
#[derive(InputObject)]
struct LowerAllHandsInput {
    /// The session.
    session_id: ID,
}

#[derive(Default)]
pub(super) struct HandMutation;

#[Object]
impl HandMutation {
    /// Lowers a hand that somebody has raised; they may raise it again. For hosts. `UNAVAILABLE` while media could not hear of it.
    async fn lower_hand(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: LowerHandInput,
    ) -> Result<SessionPayload> {
        let (session, person) = (parse(&input.session_id, "session")?, parse(&input.person_id, "person")?);
        let lowered = hands::lower(ctx.app(), &ctx.caller(), Target { session, person }).await?;
        Ok(SessionPayload { session: lowered.into() })
    }

    /// Lowers every hand that is raised in a session. For hosts. `UNAVAILABLE` while media could not hear of it.
    async fn lower_all_hands(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: LowerAllHandsInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        Ok(SessionPayload { session: hands::lower_all(ctx.app(), &ctx.caller(), id).await?.into() })
    }
}
