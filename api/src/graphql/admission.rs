//! Links of unlisted sessions in GraphQL (C4).

use super::context::{Ask, parse};
use super::session::SessionPayload;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result};

/// For `admit`.
#[derive(InputObject)]
struct AdmitInput {
    /// The session.
    session_id: ID,
    /// The secret part of its link.
    link_token: String,
}

/// For `rotateSessionLink`.
#[derive(InputObject)]
struct RotateSessionLinkInput {
    /// The session.
    session_id: ID,
    /// True: those who were admitted by the old link stay so. False: they lose access, and leave the room at once.
    keep_admitted: bool,
}

#[derive(Default)]
pub(super) struct AdmissionMutation;

#[Object]
impl AdmissionMutation {
    /// Admits the caller to an unlisted session by its link, for ever: later they need no link. For who is registered. A
    /// wrong token is answered like a wrong id.
    async fn admit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the link's token.")] input: AdmitInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        let link = ctx.link(input.link_token);
        Ok(SessionPayload { session: ops::admission::admit(ctx.app(), &ctx.caller(), id, link).await?.into() })
    }

    /// Gives a session another link; the old one admits nobody from then on. For organizers.
    async fn rotate_session_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session, and what becomes of those who were admitted.")] input: RotateSessionLinkInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        let view = ops::admission::rotate(ctx.app(), &ctx.caller(), id, input.keep_admitted).await?;
        Ok(SessionPayload { session: view.into() })
    }
}
