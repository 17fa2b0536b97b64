//! Recordings: documents and typed results (K).

use super::event::{EventIdVariablesFields, SlugVariablesFields};
use super::registration::PageInfo;
use super::{DateTime, schema};

/// What is being done with a recording.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingState {
    Failed,
    Processing,
    Ready,
    Recording,
}

/// Why a recording ended.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingEnd {
    Disk,
    Length,
    Restarted,
    Silence,
    SwitchedOff,
}

/// Why there is no file.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingFailure {
    Damaged,
    Disk,
    Empty,
    Encoder,
    Storage,
}

/// A block of what was on screen in a session, which becomes one file (K3).
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Recording {
    pub id: cynic::Id,
    pub session_id: cynic::Id,
    pub session_title: String,
    pub session_deleted: bool,
    /// Which one of its session it is, from 1.
    pub block: i32,
    pub started_at: DateTime,
    pub length_seconds: i32,
    pub bytes: f64,
    pub state: RecordingState,
    /// How much of the file is done.
    pub percent: i32,
    pub end: Option<RecordingEnd>,
    pub failure: Option<RecordingFailure>,
    /// Whether those who may watch the session see it (K8).
    pub is_replay: bool,
    /// The path of its file, once that is ready.
    pub url: Option<String>,
    pub version: i32,
}

impl Recording {
    /// Whether nothing is left that a file could be made of: trying again is of no use.
    pub fn is_lost(&self) -> bool {
        self.failure.is_some() && self.bytes <= 0.0
    }

    /// Whether trying once more to make it into a file may help (K5).
    pub fn may_be_retried(&self) -> bool {
        self.state == RecordingState::Failed && !self.is_lost()
    }

    /// The id of its session as it stands in page addresses.
    pub fn bare_session(&self) -> &str {
        let id = self.session_id.inner();
        id.strip_prefix("session:").unwrap_or(id)
    }
}

#[derive(cynic::QueryFragment)]
pub struct RecordingConnection {
    pub nodes: Vec<Recording>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryVariables)]
pub struct RecordingsVariables {
    pub slug: String,
    pub after: Option<String>,
    /// Only those of one session.
    pub session_id: Option<cynic::Id>,
}

/// One page of an event's recordings, the newest first.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "RecordingsVariables")]
pub struct Recordings {
    #[arguments(slug: $slug)]
    pub event: Option<EventRecordings>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "RecordingsVariables")]
pub struct EventRecordings {
    #[arguments(first: 50, after: $after, sessionId: $session_id)]
    pub recordings: RecordingConnection,
}

/// One page of the same, only with whose they are and when they ended.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "RecordingsVariables")]
pub struct Recorded {
    #[arguments(slug: $slug)]
    pub event: Option<EventRecorded>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "RecordingsVariables")]
pub struct EventRecorded {
    #[arguments(first: 100, after: $after, sessionId: $session_id)]
    pub recordings: RecordedConnection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RecordingConnection")]
pub struct RecordedConnection {
    pub nodes: Vec<RecordedSession>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Recording")]
pub struct RecordedSession {
    pub session_id: cynic::Id,
    pub ended_at: Option<DateTime>,
}

/// How much room the files of an event take.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct Stored {
    #[arguments(slug: $slug)]
    pub event: Option<StoredBytes>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct StoredBytes {
    pub recording_bytes: f64,
}

#[derive(cynic::QueryVariables)]
pub struct OfSessionVariables {
    pub id: cynic::Id,
    /// The secret part of an unlisted session's link (C4).
    pub link_token: Option<String>,
    pub after: Option<String>,
}

/// One page of a session's recordings: for hosts all, for others its replays.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfSessionVariables")]
pub struct OfSession {
    #[arguments(id: $id, linkToken: $link_token)]
    pub session: Option<SessionRecordings>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session", variables = "OfSessionVariables")]
pub struct SessionRecordings {
    #[arguments(first: 50, after: $after)]
    pub recordings: RecordingConnection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct RecordingChanged {
    #[arguments(eventId: $event_id)]
    pub recording_changed: RecordingChange,
}

/// One of the two. What is deleted for the person may be no replay any more.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct RecordingChange {
    pub recording: Option<Recording>,
    pub deleted_id: Option<cynic::Id>,
}

#[derive(cynic::QueryFragment)]
pub struct RecordingPayload {
    pub recording: Recording,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RetryRecordingInput {
    pub recording_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RetryRecordingVariables {
    pub input: RetryRecordingInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RetryRecordingVariables")]
pub struct RetryRecording {
    #[arguments(input: $input)]
    pub retry_recording: RecordingPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetReplayInput {
    pub recording_id: cynic::Id,
    pub replay: bool,
}

#[derive(cynic::QueryVariables)]
pub struct SetReplayVariables {
    pub input: SetReplayInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SetReplayVariables")]
pub struct SetReplay {
    #[arguments(input: $input)]
    pub set_replay: RecordingPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteRecordingInput {
    pub recording_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DeleteRecordingVariables {
    pub input: DeleteRecordingInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeleteRecordingVariables")]
pub struct DeleteRecording {
    #[arguments(input: $input)]
    pub delete_recording: DeleteRecordingPayload,
}

#[derive(cynic::QueryFragment)]
pub struct DeleteRecordingPayload {
    pub recording_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct StartRecordingInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct StartRecordingVariables {
    pub input: StartRecordingInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "StartRecordingVariables")]
pub struct StartRecording {
    #[arguments(input: $input)]
    pub start_recording: Started,
}

/// What comes of it, the session's changes tell.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionPayload")]
pub struct Started {
    pub session: StartedSession,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct StartedSession {
    pub id: cynic::Id,
}
