//! What hosts did, in GraphQL (O2).

use super::account::Person;
use super::connection::connection;
use super::context::Ask;
use super::loaders::{PersonOf, SessionOf};
use super::session::Session;
use crate::ids::AccountId;
use crate::model;
use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// What a host did.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::host_action::Action")]
enum HostActionKind {
    /// Let somebody on screen who had asked.
    ApprovedRequest,
    /// Declined somebody's request.
    DeclinedRequest,
    /// Declined everybody who waited.
    DeclinedAllRequests,
    /// Took somebody off the screen.
    RemovedFromScreen,
    /// Took somebody off the screen, and barred them from it.
    BarredFromScreen,
    /// Lifted somebody's bar.
    LiftedBar,
    /// Muted what somebody sent, for everyone.
    Muted,
    /// Ended somebody's screen share.
    RemovedScreenShare,
    /// Ended the YouTube video that somebody shared.
    RemovedYoutube,
    /// Ended the room for everybody inside.
    ClosedRoom,
    /// Lowered somebody's raised hand.
    LoweredHand,
    /// Lowered every raised hand.
    LoweredAllHands,
    /// Deleted a message of somebody else in the chat.
    DeletedMessage,
    /// Pinned somebody's message in the chat.
    PinnedMessage,
    /// Took the pinned message from its place.
    UnpinnedMessage,
    /// Switched slow mode on in the chat, or set how slow it is.
    SlowedChat,
    /// Ended slow mode.
    EndedSlowMode,
    /// Paused the chat.
    PausedChat,
    /// Let the chat go on.
    ResumedChat,
    /// Changed who can share.
    ChangedSharing,
    /// Changed the maximum of people on screen.
    ChangedCapacity,
    /// Had a session recorded from then on.
    SwitchedRecordingOn,
    /// Had it not recorded any more.
    SwitchedRecordingOff,
    /// Started recording again that had stopped by itself.
    StartedRecording,
    /// Had a recording made into a file once more that had failed.
    RetriedRecording,
    /// Made a recording a replay, which attendees see.
    PublishedReplay,
    /// Took a replay from the attendees again.
    WithdrewReplay,
    /// Deleted a recording.
    DeletedRecording,
}

pub(super) struct HostAction {
    pub row: model::host_action::HostAction,
    pub event: Arc<model::event::Event>,
}

/// Something that a host did in a session. Seen by organizers.
#[Object]
impl HostAction {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }

    /// Who did it; nothing once they have no account any more.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person(ctx, self.row.actor_id).await
    }

    /// What was done.
    async fn action(&self) -> HostActionKind {
        self.row.action.into()
    }

    /// To whom, if it was about one person and while they have an account.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person(ctx, self.row.person_id).await
    }

    /// Where; nothing once the session is deleted.
    async fn session(&self, ctx: &Context<'_>) -> Result<Option<Session>> {
        let Some(id) = self.row.session_id else { return Ok(None) };
        let row = ctx.loaders().load_one(SessionOf(id)).await?;
        Ok(row.map(|row| Session::listed_shared(row, Arc::clone(&self.event))))
    }
}

connection!(HostActionConnection, HostActionEdge, HostAction, "what hosts did");

async fn person(ctx: &Context<'_>, id: Option<AccountId>) -> Result<Option<Person>> {
    let Some(id) = id else { return Ok(None) };
    Ok(ctx.loaders().load_one(PersonOf(id)).await?.as_ref().map(Person::from))
}
