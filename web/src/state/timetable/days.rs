//! Segments by the day on which they start where the reader is.

use crate::api::DateTime;
use crate::api::timetable::Segment;
use crate::state::zoned::to_local;
use chrono::NaiveDate;
use std::sync::Arc;

/// A day with what starts on it, in the order of the schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub date: NaiveDate,
    /// A moment of it, to write it by.
    pub at: DateTime,
    pub segments: Vec<Arc<Segment>>,
}

/// `offset` gives the zone's minutes ahead of UTC at an instant.
pub fn days(segments: impl IntoIterator<Item = Arc<Segment>>, offset: impl Fn(DateTime) -> i32) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for segment in segments {
        let at = segment.starts_at;
        let date = to_local(at, &offset).date();
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.segments.push(segment),
            None => days.push(Day { date, at, segments: vec![segment] }),
        }
    }
    days
}
