//! Recordings in GraphQL (K): what was recorded, what is done with it, and hearing of both.

use super::connection::{connection, is_read, paged};
use super::context::{Ask, parse};
use super::loaders::RecordingsIn;
use super::once::Once;
use super::session::SessionPayload;
use super::subscription::{Place, Watch};
use crate::feed::{self, Change, RecordingView, Topic};
use crate::ids::SessionId;
use crate::model::page::{Page, Slice};
use crate::model::recording::{State, Which};
use crate::ops;
use crate::ops::list::{Listed, Total};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures_util::Stream;

/// What is being done with a recording.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::recording::State")]
enum RecordingState {
    /// It goes on.
    Recording,
    /// It is being made into a file, or waits for that.
    Processing,
    /// It can be played and downloaded.
    Ready,
    /// It did not become a file. What was recorded is kept for another try, unless nothing came in or it is lost.
    Failed,
}

/// Why a recording ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::recording::End")]
pub(super) enum RecordingEnd {
    /// Recording was switched off, or the room was closed.
    SwitchedOff,
    /// It was as long as one may be; the next one begins where it ends.
    Length,
    /// Nobody was on screen for long (an hour unless media is set otherwise): recording has stopped, until a host starts it again.
    Silence,
    /// The disk was full, or could not be written: recording has stopped, until a host starts it again.
    Disk,
    /// The media process ended, or its disk took nothing for some seconds. Recording goes on in another one while somebody is on
    /// screen.
    Restarted,
}

/// Why a recording did not become a file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::recording::Failure")]
enum RecordingFailure {
    /// Nothing that could be shown or heard was received.
    Empty,
    /// What was recorded cannot be read, or is not there any more.
    Damaged,
    /// The program that makes the file is missing, or failed.
    Encoder,
    /// The disk of media is full, or cannot be written.
    Disk,
    /// The file could not be handed over or stored.
    Storage,
}

pub(super) struct Recording(pub RecordingView);

/// One block of what was recorded in a session: one file. Seen by organizers and hosts of the session; by others who may watch that,
/// once it is a replay.
#[Object]
impl Recording {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.recording.id.to_string())
    }

    /// The session.
    async fn session_id(&self) -> ID {
        ID(self.0.recording.session_id.to_string())
    }

    /// The title that the session had when it was recorded.
    async fn session_title(&self) -> &str {
        &self.0.recording.session_title
    }

    /// Whether the session is deleted. Its recordings stay, for organizers alone.
    async fn session_deleted(&self) -> bool {
        self.0.session_deleted
    }

    /// Which one of the session's it is: 1, 2, 3 and so on.
    async fn block(&self) -> i32 {
        self.0.recording.block
    }

    /// When it began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.recording.started_at.utc()
    }

    /// When it ended; nothing while it goes on.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.recording.ended_at.map(|time| time.utc())
    }

    /// How long it is, in seconds: time in which nobody was on screen is cut out.
    async fn length_seconds(&self) -> i64 {
        self.0.recording.length_ms / 1000
    }

    /// The size of its file in bytes; until there is one, of what was recorded.
    async fn bytes(&self) -> f64 {
        bytes(self.0.recording.bytes)
    }

    /// What is being done with it.
    async fn state(&self) -> RecordingState {
        self.0.recording.state.into()
    }

    /// How much of its file is made, 0 to 100.
    async fn percent(&self) -> i32 {
        self.0.recording.percent
    }

    /// Why it ended; nothing while it goes on.
    async fn end(&self) -> Option<RecordingEnd> {
        self.0.recording.ended_by.map(Into::into)
    }

    /// Why it did not become a file, where it did not.
    async fn failure(&self) -> Option<RecordingFailure> {
        self.0.recording.failure.map(Into::into)
    }

    /// Whether it is a replay: seen by everybody who may watch the session.
    async fn is_replay(&self) -> bool {
        self.0.recording.replay
    }

    /// Where its file is, from the server's root, once it is ready: an MP4, any part of which can be asked for. With `?download=1`
    /// browsers save it under a name.
    async fn url(&self) -> Option<String> {
        let recording = &self.0.recording;
        (recording.state == State::Ready).then(|| format!("/recordings/{}.mp4", recording.id.bare()))
    }

    /// Counts its changes: of two copies the higher one is newer.
    async fn version(&self) -> i64 {
        self.0.recording.version
    }
}

connection!(RecordingConnection, RecordingEdge, Recording, "recordings");

/// As a number that holds more than two billion.
#[expect(clippy::cast_precision_loss, reason = "nobody keeps nine petabytes")]
pub(super) fn bytes(count: i64) -> f64 {
    count as f64
}

/// The recordings of a session that somebody may watch, from after a block on; read for a whole list of sessions at once.
pub(super) async fn of_session(
    ctx: &Context<'_>,
    session: SessionId,
    which: Which,
    slice: Slice<i32>,
) -> Result<RecordingConnection> {
    let mut page = Page::empty();
    if is_read(ctx) {
        let rows = ctx.loaders().load_one(RecordingsIn(session, which)).await?.unwrap_or_default();
        let after = |block: i32| slice.after.is_none_or(|after| block > after);
        let rest = rows.into_iter().filter(|row| after(row.block)).take(slice.first.saturating_add(1));
        let view = |recording| RecordingView { recording, session_deleted: false };
        page = Page::of(rest.map(view).collect(), slice.first);
    }
    let list = Listed { page, total: Total::RecordingsIn(session, which) };
    Ok(paged(list, slice.after.is_some(), |view| (view.recording.block.to_string(), Recording(view))))
}

/// For `retryRecording`.
#[derive(InputObject)]
struct RetryRecordingInput {
    /// The recording.
    recording_id: ID,
}

/// For `deleteRecording`.
#[derive(InputObject)]
struct DeleteRecordingInput {
    /// The recording.
    recording_id: ID,
}

/// For `setReplay`.
#[derive(InputObject)]
struct SetReplayInput {
    /// The recording.
    recording_id: ID,
    /// True to let everybody watch it who may watch the session, false to let hosts alone.
    replay: bool,
}

/// For `startRecording`.
#[derive(InputObject)]
struct StartRecordingInput {
    /// The session.
    session_id: ID,
}

/// The recording after a change.
#[derive(SimpleObject)]
struct RecordingPayload {
    /// The recording.
    recording: Recording,
}

/// The recording is gone.
#[derive(SimpleObject)]
struct DeleteRecordingPayload {
    /// The id it had.
    recording_id: ID,
}

#[derive(Default)]
pub(super) struct RecordingMutation;

#[Object]
impl RecordingMutation {
    /// Has a recording made into a file once more that failed. For hosts of its session. One that is being made into a file already
    /// stays as it is. `CONFLICT` for one that did not fail, or of which nothing is left; `UNAVAILABLE` while the media node that has
    /// it cannot hear of it.
    async fn retry_recording(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The recording.")] input: RetryRecordingInput,
    ) -> Result<RecordingPayload> {
        let id = parse(&input.recording_id, "recording")?;
        Ok(RecordingPayload { recording: Recording(ops::recording::retry(ctx.app(), &ctx.caller(), id).await?) })
    }

    /// Deletes a recording for good, its file included. One that goes on ends by that, and recording goes on in another one. For
    /// organizers.
    async fn delete_recording(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The recording.")] input: DeleteRecordingInput,
    ) -> Result<DeleteRecordingPayload> {
        let id = parse(&input.recording_id, "recording")?;
        ops::recording::delete(ctx.app(), &ctx.caller(), id).await?;
        Ok(DeleteRecordingPayload { recording_id: input.recording_id })
    }

    /// Makes a recording a replay, which everybody sees who may watch the session, or takes it from them again. For hosts of its
    /// session. `CONFLICT` for one that is not ready, and to make a replay of one whose session is deleted.
    async fn set_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The recording, and whether it is a replay.")] input: SetReplayInput,
    ) -> Result<RecordingPayload> {
        let id = parse(&input.recording_id, "recording")?;
        let view = ops::recording::set_replay(ctx.app(), &ctx.caller(), id, input.replay).await?;
        Ok(RecordingPayload { recording: Recording(view) })
    }

    /// Starts recording again that has stopped by itself: since nobody was on screen for long, or since the disk was full or could
    /// not be written. For hosts. Nothing changes where it has not stopped. `CONFLICT` where recording is switched off; `UNAVAILABLE`
    /// while media could not hear of it.
    async fn start_recording(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: StartRecordingInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        Ok(SessionPayload { session: ops::recording::start(ctx.app(), &ctx.caller(), id).await?.into() })
    }
}

/// A recording was made, changed or deleted, or is a replay from now on or not any more.
#[derive(SimpleObject)]
struct RecordingChange {
    /// As it is now.
    recording: Option<Recording>,
    /// The id of one that was deleted, or that the subscriber does not see any more.
    deleted_id: Option<ID>,
}

impl RecordingChange {
    fn now(view: &RecordingView) -> Self {
        Self { recording: Some(Recording(view.clone())), deleted_id: None }
    }

    fn gone(change: &feed::RecordingChange) -> Self {
        Self { recording: None, deleted_id: Some(ID(change.id.to_string())) }
    }
}

#[derive(Default)]
pub(super) struct RecordingSubscription;

#[Subscription]
impl RecordingSubscription {
    /// Every change of a recording, for organizers; for moderators of its session too, except that one which goes on is longer; for
    /// others in the venue what becomes a replay in a session that they may watch, changes as one, or is none any more.
    async fn recording_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event whose recordings to watch.")] event_id: ID,
    ) -> Result<impl Stream<Item = Result<Once<RecordingChange>>>> {
        let event = parse(&event_id, "event")?;
        let person = ctx.caller().account.as_ref().map(|account| account.id);
        let watch = Watch::new(ctx, Topic::Recordings(event), event, Place::Venue).await?;
        Ok(watch.listen(move |watcher, change| {
            let Change::Recording(recording) = change else { return None };
            let finds = watcher.finds(&recording.audience);
            let moderator = person.is_some_and(|person| recording.hosts.contains(&person));
            let host = watcher.standing.organizer || finds && moderator;
            match &recording.after {
                Some(view) if host || finds && recording.is_shown() => {
                    Some(Once::shared(RecordingChange::now(view), change))
                }
                _ if host || finds && recording.shown_before => Some(Once::alone(RecordingChange::gone(recording))),
                _ => None,
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k5_large_files_are_told_to_the_byte() {
        assert!((bytes(5_000_000_001) - 5_000_000_001.0).abs() < f64::EPSILON);
    }
}
