//! What a session is set to, and where it stands in time.

use crate::timing::Window;
use async_graphql::{Enum, SimpleObject};
use chrono::{DateTime, Utc};

/// How wide a session's card is (B5).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::session::DisplaySize")]
pub(in crate::graphql) enum DisplaySize {
    /// One in a row.
    Large,
    /// Two in a row.
    Medium,
}

/// Who can watch a session.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::session::WatchAccess")]
pub(in crate::graphql) enum WatchAccess {
    /// Every registered attendee finds and enters it.
    Anyone,
    /// Organizers and the invited see and enter it; for all others it does not exist.
    Private,
    /// Holders of the chosen ticket types, and the invited, find and enter it.
    Tickets,
    /// In no list: only who has its link finds it.
    Unlisted,
}

/// Who can share audio and video in a session.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::session::ShareAccess")]
pub(in crate::graphql) enum ShareAccess {
    /// Any attendee inside may go on screen.
    Anyone,
    /// Chosen people may; the others watch.
    InviteOnly,
    /// Hosts may; the others ask them.
    Moderated,
}

/// When a session is open.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::session::Scheduling")]
pub(super) enum Scheduling {
    /// All through the live event.
    AlwaysOpen,
    /// While a published segment that it is linked to is on.
    Scheduled,
}

/// Where a session stands by its windows.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionTiming {
    /// All through the live event.
    AlwaysOpen,
    /// Scheduled, but no published segment leads to it: shown nowhere, its link works.
    Unlinked,
    /// Before its first window.
    Before,
    /// In one of its windows.
    Open,
    /// After a window: it is not shown any more, or not until the next one; its link works.
    Over,
}

/// From when to when a scheduled session is shown: its segment's time with the event's minutes before and after.
#[derive(SimpleObject)]
pub(super) struct SessionWindow {
    /// From then on it stands in the Sessions area and can be entered.
    opens_at: DateTime<Utc>,
    /// From then on it does not stand there any more; its link still works.
    closes_at: DateTime<Utc>,
}

impl From<Window> for SessionWindow {
    fn from(window: Window) -> Self {
        Self { opens_at: window.opens_at.utc(), closes_at: window.closes_at.utc() }
    }
}
