//! What organizers do with sessions, one at a time.

use super::Session;
use super::choice::{DisplaySize, Scheduling, ShareAccess, WatchAccess};
use super::input::{CreateSessionInput, DeleteSessionInput, UpdateSessionInput, tickets};
use crate::graphql::context::{Ask, parse};
use crate::graphql::event::Event;
use crate::graphql::picture::{named, renamed};
use crate::ops;
use async_graphql::{Context, ID, Object, Result, SimpleObject};

/// The session after a change.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SessionPayload {
    /// The session.
    pub session: Session,
}

/// The session is in no list any more.
#[derive(SimpleObject)]
struct DeleteSessionPayload {
    /// The id it had.
    id: ID,
    /// The event that it belonged to.
    event: Event,
}

#[derive(Default)]
pub(in crate::graphql) struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Makes a session. For organizers.
    async fn create_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: CreateSessionInput,
    ) -> Result<SessionPayload> {
        let input = ops::session::NewSession {
            event: parse(&input.event_id, "event")?,
            title: input.title,
            description: input.description.unwrap_or_default(),
            additional_information: input.additional_information.unwrap_or_default(),
            tags: input.tags.unwrap_or_default(),
            display_size: input.display_size.unwrap_or(DisplaySize::Medium).into(),
            priority: input.priority.unwrap_or(0),
            watch_access: input.watch_access.unwrap_or(WatchAccess::Anyone).into(),
            share_access: input.share_access.unwrap_or(ShareAccess::Anyone).into(),
            max_participants: input.max_participants.unwrap_or(50),
            youtube_sharing: input.youtube_sharing.unwrap_or(false),
            record: input.record.unwrap_or(false),
            scheduling: input.scheduling.unwrap_or(Scheduling::AlwaysOpen).into(),
            tickets: tickets(input.ticket_type_ids.unwrap_or_default())?,
            picture: input.picture_id.as_ref().map(named).transpose()?,
            picture_alt: input.picture_alt.unwrap_or_default(),
        };
        Ok(SessionPayload { session: ops::session::create(ctx.app(), &ctx.caller(), input).await?.into() })
    }

    /// Changes a session, also while people are inside: they see it without reloading. For organizers.
    async fn update_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateSessionInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.id, "session")?;
        let patch = ops::session::SessionPatch {
            version: input.version,
            title: input.title,
            description: input.description,
            additional_information: input.additional_information,
            tags: input.tags,
            display_size: input.display_size.map(Into::into),
            priority: input.priority,
            watch_access: input.watch_access.map(Into::into),
            share_access: input.share_access.map(Into::into),
            max_participants: input.max_participants,
            youtube_sharing: input.youtube_sharing,
            record: input.record,
            scheduling: input.scheduling.map(Into::into),
            tickets: input.ticket_type_ids.map(tickets).transpose()?,
            picture: renamed(input.picture_id)?,
            picture_alt: input.picture_alt,
            unlink_segments: input.unlink_segments.unwrap_or(false),
            invite_on_screen: input.invite_on_screen.unwrap_or(false),
        };
        Ok(SessionPayload { session: ops::session::update(ctx.app(), &ctx.caller(), id, patch).await?.into() })
    }

    /// Deletes a session: nobody finds it any more. For 10 seconds `restoreSession` takes that back; then its room closes for
    /// everybody inside, and segments do not lead to it any more. For organizers.
    async fn delete_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: DeleteSessionInput,
    ) -> Result<DeleteSessionPayload> {
        let ids = vec![parse(&input.id, "session")?];
        let event = ops::session::removal::delete(ctx.app(), &ctx.caller(), ids).await?;
        Ok(DeleteSessionPayload { id: input.id, event: Event(event) })
    }
}
