//! Sessions that attendees make, in GraphQL (N1).

use super::context::{Ask, parse};
use super::session::SessionPayload;
use crate::ops::session::own::{self, OwnSession};
use async_graphql::{Context, ID, InputObject, Object, Result};

/// For `createOwnSession`.
#[derive(InputObject)]
struct CreateOwnSessionInput {
    /// The event.
    event_id: ID,
    /// Its title, 1 to 60 characters.
    title: String,
    /// What it is about, up to 140 characters.
    description: Option<String>,
    /// True for a moderated session: others ask to go on screen.
    moderated: bool,
    /// Seats on screen at the most, 1 to 50; 50 unless given.
    max_participants: Option<i32>,
    /// A picture that the caller has uploaded to the event, see `Picture`.
    picture_id: Option<ID>,
    /// What the picture shows, up to 140 characters.
    picture_alt: Option<String>,
}

#[derive(Default)]
pub(super) struct OwnSessionMutation;

#[Object]
impl OwnSessionMutation {
    /// Makes a session of the caller's own: always open and for anyone; the caller is a host of it. For those in the venue, while
    /// the event is live and its organizers allow it; five at once, then one a minute.
    async fn create_own_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: CreateOwnSessionInput,
    ) -> Result<SessionPayload> {
        let input = OwnSession {
            event: parse(&input.event_id, "event")?,
            title: input.title,
            description: input.description.unwrap_or_default(),
            moderated: input.moderated,
            max_participants: input.max_participants.unwrap_or(50),
            picture: input.picture_id.map(|id| parse(&id, "picture")).transpose()?,
            picture_alt: input.picture_alt.unwrap_or_default(),
        };
        Ok(SessionPayload { session: own::create(ctx.app(), &ctx.caller(), input).await?.into() })
    }
}
