//! The session as the room needs it: documents and results.

use crate::api::event::EventState;
use crate::api::picture::Picture;
use crate::api::recording::RecordingEnd;
use crate::api::session::{Scheduling, SessionWindow, ShareAccess, WatchAccess};
use crate::api::{DateTime, schema};
use crate::state::timing::{self, Timing, Window};
use chrono::TimeDelta;

#[derive(cynic::QueryVariables)]
pub struct SessionVariables {
    pub id: cynic::Id,
    /// The secret part of an unlisted session's link (C4).
    pub link_token: Option<String>,
}

#[derive(cynic::QueryVariables, Clone)]
pub struct RoomVariables {
    pub event_id: cynic::Id,
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Session {
    pub id: cynic::Id,
    pub title: String,
    pub description: String,
    pub additional_information: String,
    pub version: i32,
    /// What the address bar shows: whoever is here may pass it on (C4).
    pub url: String,
    pub picture: Option<Picture>,
    pub picture_alt: String,
    pub watch_access: WatchAccess,
    pub share_access: ShareAccess,
    /// Whether a video may be watched together (J1).
    pub youtube_sharing: bool,
    /// Whether who is on screen is recorded (K1).
    pub record: bool,
    /// To hosts, why recording waits for one of them (K2).
    pub record_stopped: Option<RecordingEnd>,
    pub scheduling: Scheduling,
    pub windows: Vec<SessionWindow>,
    /// Whether the person enters it before its time (F6).
    pub test_run: bool,
    pub viewer_is_host: bool,
    pub event: Event,
    pub room: RoomNow,
}

impl Session {
    pub fn bare_id(&self) -> &str {
        let id = self.id.inner();
        id.strip_prefix("session:").unwrap_or(id)
    }

    pub fn is_unlisted(&self) -> bool {
        self.watch_access == WatchAccess::Unlisted
    }

    /// Whether its event is over: to be looked at, and rooms that are in use go on (A3).
    pub fn is_of_ended_event(&self) -> bool {
        self.event.state == EventState::Ended
    }

    /// When it ends by the schedule, while it is open by it (H7).
    pub fn ends_at(&self, now: DateTime) -> Option<DateTime> {
        let windows: Vec<Window> = self.windows.iter().map(Window::from).collect();
        let after = TimeDelta::minutes(i64::from(self.event.after_minutes));
        timing::ends_at(&windows, after, now).filter(|_| self.scheduling != Scheduling::AlwaysOpen)
    }

    pub fn timing(&self, now: DateTime) -> Timing {
        let windows: Vec<Window> = self.windows.iter().map(Window::from).collect();
        Timing::of(self.scheduling == Scheduling::AlwaysOpen, &windows, now)
    }
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Event {
    pub id: cynic::Id,
    pub slug: String,
    pub name: String,
    pub time_zone: String,
    /// For so long a session stays open after its segment (F5).
    pub after_minutes: i32,
    pub state: EventState,
}

/// Who is inside, as the api hears of it about once a second.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "RoomState")]
pub struct RoomNow {
    pub viewer_count: i32,
    /// Somebody who can answer requests is inside (D3).
    pub host_inside: bool,
    pub on_screen: Vec<OnScreenPerson>,
}

impl RoomNow {
    /// Everybody inside.
    pub fn people(&self) -> i32 {
        self.viewer_count + i32::try_from(self.on_screen.len()).unwrap_or(i32::MAX)
    }
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct OnScreenPerson {
    pub person: Person,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Person {
    pub id: cynic::Id,
    pub name: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SessionVariables")]
pub struct SessionById {
    #[arguments(id: $id, linkToken: $link_token)]
    pub session: Option<Session>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "RoomVariables")]
pub struct SessionChanged {
    #[arguments(eventId: $event_id, sessionId: $session_id)]
    pub session_changed: SessionChange,
}

/// `session` is none when it was deleted or cannot be seen any more. Of two changes the one with the higher version is newer.
#[derive(cynic::QueryFragment)]
pub struct SessionChange {
    pub version: i32,
    pub session: Option<Session>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "RoomVariables")]
pub struct RoomChanged {
    #[arguments(eventId: $event_id, sessionId: $session_id)]
    pub room_changed: RoomNow,
}
