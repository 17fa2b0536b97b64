//! The schedule as organizers plan it: its days in the event's zone, where its segments lie in a calendar, and how they are
//! moved there (F7).

pub mod columns;
pub mod days;
pub mod moving;
pub mod segments;
pub mod table;

use crate::api::DateTime;
use chrono::TimeDelta;

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub starts: DateTime,
    pub ends: DateTime,
}

impl Span {
    pub fn length(self) -> TimeDelta {
        self.ends - self.starts
    }

    /// Whether both are on at some moment.
    pub fn meets(self, other: Span) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}
