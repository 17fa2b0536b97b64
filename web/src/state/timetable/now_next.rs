//! "Now / next" in one line (G1).

use super::now;
use crate::api::DateTime;
use crate::api::timetable::Segment;
use chrono::TimeDelta;
use std::sync::Arc;

/// For so long ahead a time is enough; what is later is said with its day.
const NEAR: TimeDelta = TimeDelta::hours(12);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NowNext {
    /// The names of what is on.
    pub now: Vec<String>,
    pub next: Option<Next>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    pub name: String,
    pub starts_at: DateTime,
    /// Whether its time needs the day.
    pub is_far: bool,
}

impl NowNext {
    /// `since` is the last change-over.
    pub fn at(segments: &[Arc<Segment>], since: DateTime) -> Self {
        let (live, next) = now(segments, since);
        let next = next.first().map(|one| Next {
            name: one.name.clone(),
            starts_at: one.starts_at,
            is_far: one.starts_at - since > NEAR,
        });
        Self { now: live.iter().map(|one| one.name.clone()).collect(), next }
    }

    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.next.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::timetable::Turn;
    use crate::state::timetable::tests::{at, four};

    #[test]
    fn g1_the_strip_says_what_is_on_and_what_comes_next() {
        let timetable = four();
        let strip = |moment: DateTime| NowNext::at(timetable.all(), Turn::at(timetable.all(), moment).since);
        let next = |name: &str, starts: &str, is_far| Some(Next { name: name.into(), starts_at: at(starts), is_far });
        assert_eq!(strip(at("03-01T09:10")).now, ["Segment a"]);
        assert_eq!(strip(at("03-01T09:10")).next, next("Segment b", "03-01T09:30", false));
        assert_eq!(strip(at("02-27T09:00")).next, next("Segment a", "03-01T09:00", true), "with its day");
        assert!(strip(at("03-01T20:30")).is_empty(), "nothing is shown when all is over");
    }
}
