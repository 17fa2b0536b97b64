//! Sessions: documents and typed results.

use super::event::EventIdVariablesFields;
use super::picture::{Picture, PictureChange};
use super::registration::{PageInfo, Person};
use super::visibility::Sentence;
use super::{DateTime, schema};
use crate::state::timing::{Timing, Window};

pub use super::event::EventIdVariables;

/// How wide a card is (B5).
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplaySize {
    Large,
    Medium,
}

/// Who can watch.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchAccess {
    Anyone,
    Private,
    Tickets,
    Unlisted,
}

/// Who can share audio and video (D).
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareAccess {
    Anyone,
    InviteOnly,
    Moderated,
}

/// When it is open (F1).
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheduling {
    AlwaysOpen,
    Scheduled,
}

/// From when to when a scheduled session is shown (F5).
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct SessionWindow {
    pub opens_at: DateTime,
    pub closes_at: DateTime,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Session {
    pub id: cynic::Id,
    pub title: String,
    pub description: String,
    pub tags: Vec<String>,
    pub display_size: DisplaySize,
    pub priority: i32,
    pub sort_key: String,
    pub watch_access: WatchAccess,
    pub ticket_type_ids: Vec<cynic::Id>,
    pub share_access: ShareAccess,
    pub max_participants: i32,
    pub youtube_sharing: bool,
    pub scheduling: Scheduling,
    pub windows: Vec<SessionWindow>,
    pub version: i32,
    pub url: String,
    pub picture: Option<Picture>,
    pub picture_alt: String,
    /// The attendee who made it (N2); nobody where organizers did.
    pub creator: Option<Person>,
    /// Whether the person sees it before its time (F6).
    pub test_run: bool,
    pub room: RoomState,
}

impl Session {
    /// The id as it stands in page addresses.
    pub fn bare_id(&self) -> &str {
        let id = self.id.inner();
        id.strip_prefix("session:").unwrap_or(id)
    }

    pub fn timing(&self, now: DateTime) -> Timing {
        let windows: Vec<Window> = self.windows.iter().map(Window::from).collect();
        Timing::of(self.scheduling == Scheduling::AlwaysOpen, &windows, now)
    }
}

/// Who is on screen and how many watch.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct RoomState {
    pub session_id: cynic::Id,
    pub viewer_count: i32,
    pub seats_in_use: i32,
    pub on_screen: Vec<OnScreenPerson>,
}

impl RoomState {
    /// Everybody inside.
    pub fn people(&self) -> i32 {
        self.viewer_count + i32::try_from(self.on_screen.len()).unwrap_or(i32::MAX)
    }
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct OnScreenPerson {
    pub person: Person,
}

#[derive(cynic::QueryVariables)]
pub struct SessionsVariables {
    pub slug: String,
    pub after: Option<String>,
}

/// One page of an event's sessions.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SessionsVariables")]
pub struct Sessions {
    #[arguments(slug: $slug)]
    pub event: Option<EventSessions>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "SessionsVariables")]
pub struct EventSessions {
    #[arguments(first: 100, after: $after)]
    pub sessions: SessionConnection,
}

#[derive(cynic::QueryFragment)]
pub struct SessionConnection {
    pub nodes: Vec<Session>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct SessionChanged {
    #[arguments(eventId: $event_id)]
    pub session_changed: SessionChange,
}

impl SessionChange {
    /// That a session is as an answer has it.
    pub fn now(session: Session) -> Self {
        Self { session_id: session.id.clone(), version: session.version, session: Some(session) }
    }
}

/// `session` is nothing when it was deleted, or when the person does not find it any more. Of two changes of a session the
/// one with the higher version is newer.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct SessionChange {
    pub session_id: cynic::Id,
    pub version: i32,
    pub session: Option<Session>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct RoomChanged {
    #[arguments(eventId: $event_id)]
    pub room_changed: RoomState,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateSessionInput {
    pub event_id: cynic::Id,
    pub title: String,
    pub description: Option<String>,
    pub additional_information: Option<String>,
    pub tags: Option<Vec<String>>,
    pub display_size: Option<DisplaySize>,
    pub priority: Option<i32>,
    pub watch_access: Option<WatchAccess>,
    pub ticket_type_ids: Option<Vec<cynic::Id>>,
    pub share_access: Option<ShareAccess>,
    pub max_participants: Option<i32>,
    pub youtube_sharing: Option<bool>,
    pub record: Option<bool>,
    pub picture_id: Option<cynic::Id>,
    pub picture_alt: Option<String>,
    pub scheduling: Option<Scheduling>,
}

#[derive(cynic::QueryVariables)]
pub struct CreateSessionVariables {
    pub input: CreateSessionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateSessionVariables")]
pub struct CreateSession {
    #[arguments(input: $input)]
    pub create_session: SessionPayload,
}

#[derive(cynic::QueryFragment)]
pub struct SessionPayload {
    pub session: Session,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateSessionInput {
    pub id: cynic::Id,
    /// The version that the change was made for, where another one is refused.
    pub version: Option<i32>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub additional_information: Option<String>,
    pub tags: Option<Vec<String>>,
    pub display_size: Option<DisplaySize>,
    pub priority: Option<i32>,
    pub watch_access: Option<WatchAccess>,
    pub ticket_type_ids: Option<Vec<cynic::Id>>,
    pub share_access: Option<ShareAccess>,
    pub max_participants: Option<i32>,
    pub youtube_sharing: Option<bool>,
    pub record: Option<bool>,
    #[cynic(skip_serializing_if = "PictureChange::is_keep")]
    pub picture_id: PictureChange,
    pub picture_alt: Option<String>,
    pub scheduling: Option<Scheduling>,
    /// Takes the session off the schedule when it becomes always open (F3).
    pub unlink_segments: Option<bool>,
    /// Invites those on screen when it becomes invite only (D9).
    pub invite_on_screen: Option<bool>,
}

/// What is long, and what only the editor of a session asks for.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Session")]
pub struct Details {
    pub version: i32,
    pub additional_information: String,
    /// Whether who is on screen is recorded (K1).
    pub record: bool,
    /// Hosts while it is moderated (D4).
    pub moderators: Vec<Person>,
    /// Who may share where that is by invitation only (D2).
    pub sharers: Vec<Person>,
    /// Why it is (in)visible now, and to whom (B9).
    pub visibility: Vec<Sentence>,
}

#[derive(cynic::QueryVariables)]
pub struct SessionIdVariables {
    pub id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SessionIdVariables")]
pub struct SessionDetails {
    #[arguments(id: $id)]
    pub session: Option<Details>,
}

/// All that its form holds, as it is now.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SessionIdVariables")]
pub struct SessionNow {
    #[arguments(id: $id)]
    pub session: Option<Saved>,
}

#[derive(cynic::QueryVariables)]
pub struct OneSessionVariables {
    pub event_id: cynic::Id,
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "OneSessionVariables")]
pub struct DetailsChanged {
    #[arguments(eventId: $event_id, sessionId: $session_id)]
    pub session_changed: DetailsChange,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionChange")]
pub struct DetailsChange {
    pub session: Option<Details>,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateSessionVariables {
    pub input: UpdateSessionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateSessionVariables")]
pub struct UpdateSession {
    #[arguments(input: $input)]
    pub update_session: SavedPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionPayload")]
pub struct SavedPayload {
    pub session: Saved,
}

/// A session with all that its form holds.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct Saved {
    #[cynic(spread)]
    pub session: Session,
    #[cynic(spread)]
    pub details: Details,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteSessionsInput {
    pub ids: Vec<cynic::Id>,
}

#[derive(cynic::QueryVariables)]
pub struct DeleteSessionsVariables {
    pub input: DeleteSessionsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeleteSessionsVariables")]
pub struct DeleteSessions {
    #[arguments(input: $input)]
    pub delete_sessions: DeleteSessionsPayload,
}

#[derive(cynic::QueryFragment)]
pub struct DeleteSessionsPayload {
    pub ids: Vec<cynic::Id>,
}

/// What to change in many sessions alike; what is not given stays.
#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateSessionsInput {
    pub ids: Vec<cynic::Id>,
    pub add_tags: Option<Vec<String>>,
    pub remove_tags: Option<Vec<String>>,
    pub watch_access: Option<WatchAccess>,
    pub ticket_type_ids: Option<Vec<cynic::Id>>,
    pub share_access: Option<ShareAccess>,
    /// Invites those on screen of each that becomes invite only (D9).
    pub invite_on_screen: Option<bool>,
}

impl UpdateSessionsInput {
    /// Changes nothing of these yet.
    pub fn of(ids: Vec<cynic::Id>) -> Self {
        Self {
            ids,
            add_tags: None,
            remove_tags: None,
            watch_access: None,
            ticket_type_ids: None,
            share_access: None,
            invite_on_screen: None,
        }
    }
}

#[derive(cynic::QueryVariables)]
pub struct UpdateSessionsVariables {
    pub input: UpdateSessionsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateSessionsVariables")]
pub struct UpdateSessions {
    #[arguments(input: $input)]
    pub update_sessions: SessionsPayload,
}

#[derive(cynic::QueryFragment)]
pub struct SessionsPayload {
    pub sessions: Vec<Session>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RotateSessionLinkInput {
    pub session_id: cynic::Id,
    pub keep_admitted: bool,
}

#[derive(cynic::QueryVariables)]
pub struct RotateSessionLinkVariables {
    pub input: RotateSessionLinkInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RotateSessionLinkVariables")]
pub struct RotateSessionLink {
    #[arguments(input: $input)]
    pub rotate_session_link: SessionPayload,
}

/// Beside which session another one goes: exactly one of the two.
#[derive(cynic::InputObject, Clone, Debug)]
pub struct MoveSessionInput {
    pub id: cynic::Id,
    pub after_id: Option<cynic::Id>,
    pub before_id: Option<cynic::Id>,
}

#[derive(cynic::QueryVariables)]
pub struct MoveSessionVariables {
    pub input: MoveSessionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "MoveSessionVariables")]
pub struct MoveSession {
    #[arguments(input: $input)]
    pub move_session: SessionPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DuplicateSessionInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DuplicateSessionVariables {
    pub input: DuplicateSessionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DuplicateSessionVariables")]
pub struct DuplicateSession {
    #[arguments(input: $input)]
    pub duplicate_session: SessionPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RestoreSessionsInput {
    pub ids: Vec<cynic::Id>,
}

#[derive(cynic::QueryVariables)]
pub struct RestoreSessionsVariables {
    pub input: RestoreSessionsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RestoreSessionsVariables")]
pub struct RestoreSessions {
    #[arguments(input: $input)]
    pub restore_sessions: SessionsPayload,
}
