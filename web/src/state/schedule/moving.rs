//! Moving a segment in the calendar, by pointer and by keyboard: in steps, inside the event, to another day at the same time
//! of day.

use super::Span;
use super::days::Day;
use crate::api::DateTime;
use crate::state::zoned;
use chrono::TimeDelta;

/// Minutes of one step: the grid that drags snap to and arrow keys move by.
pub const STEP: i32 = 5;

/// The step nearest to a place in the day, given in minutes.
pub fn snap(minutes: f64) -> i32 {
    (minutes / f64::from(STEP)).round() as i32 * STEP
}

/// Moves a segment by minutes; at the event's edges it stops.
pub fn moved(span: Span, minutes: i32, event: Span) -> Span {
    placed(span, span.starts + TimeDelta::minutes(i64::from(minutes)), event)
}

/// Puts a segment where it starts then, and keeps its length; at the event's edges it stops.
pub fn placed(span: Span, starts: DateTime, event: Span) -> Span {
    let last = (event.ends - span.length()).max(event.starts);
    let starts = starts.clamp(event.starts, last);
    Span { starts, ends: starts + span.length() }
}

/// Changes a segment's length by minutes: a step stays, and the event's end is not passed.
pub fn stretched(span: Span, minutes: i32, event: Span) -> Span {
    ending(span, span.ends + TimeDelta::minutes(i64::from(minutes)), event)
}

/// Lets a segment end then, as far as that is possible.
pub fn ending(span: Span, ends: DateTime, event: Span) -> Span {
    let shortest = span.starts + TimeDelta::minutes(i64::from(STEP));
    Span { ends: ends.min(event.ends).max(shortest), ..span }
}

/// The same time of day, this many days later or earlier. A time that clocks skip on that day is the one an hour later.
pub fn on_other_day(span: Span, days: i64, event: Span, offset: impl Fn(DateTime) -> i32) -> Span {
    let wanted = zoned::to_local(span.starts, &offset) + TimeDelta::days(days);
    let later = wanted + TimeDelta::hours(1);
    let starts = [wanted, later].into_iter().find_map(|local| zoned::instant_of(local, &offset).ok());
    starts.map_or(span, |starts| placed(span, starts, event))
}

/// Where a new segment goes when nobody said: after the last one of the day, or else at the time of day at which the event begins
/// on its first; where the event has ended by then, when the day's part of it begins.
pub fn next_free(day: Day, others: &[Span], event: Span, offset: impl Fn(DateTime) -> i32) -> DateTime {
    let first = day.from.max(event.starts);
    let after = others.iter().filter(|other| day.meets(**other)).map(|other| other.ends).max();
    let usual = || {
        let local = day.date.and_time(zoned::to_local(event.starts, &offset).time());
        zoned::instant_of(local, &offset).ok().filter(|at| (first..event.ends).contains(at))
    };
    after.filter(|end| day.holds(*end) && *end < event.ends).or_else(usual).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime {
        format!("2027-{text}:00Z").parse().unwrap()
    }

    fn span(starts: &str, ends: &str) -> Span {
        Span { starts: instant(starts), ends: instant(ends) }
    }

    fn event() -> Span {
        span("03-27T08:00", "03-29T18:00")
    }

    /// Berlin, which skips an hour on 28 March at 01:00 UTC.
    fn berlin(at: DateTime) -> i32 {
        if at < instant("03-28T01:00") { 60 } else { 120 }
    }

    #[test]
    fn f7_drags_snap_to_five_minutes() {
        assert_eq!([0.0, 2.4, 2.6, 597.6, -3.0].map(snap), [0, 0, 5, 600, -5]);
    }

    #[test]
    fn f7_what_is_moved_keeps_its_length_and_stays_inside_the_event() {
        let talk = span("03-27T09:00", "03-27T09:45");
        assert_eq!(moved(talk, 5, event()), span("03-27T09:05", "03-27T09:50"));
        assert_eq!(moved(talk, -90, event()), span("03-27T08:00", "03-27T08:45"));
        assert_eq!(moved(talk, 100_000, event()), span("03-29T17:15", "03-29T18:00"));
    }

    #[test]
    fn f7_a_segment_is_never_shorter_than_a_step_nor_longer_than_the_event() {
        let talk = span("03-29T17:00", "03-29T17:45");
        assert_eq!(stretched(talk, -5, event()), span("03-29T17:00", "03-29T17:40"));
        assert_eq!(stretched(talk, -300, event()), span("03-29T17:00", "03-29T17:05"));
        assert_eq!(stretched(talk, 300, event()), span("03-29T17:00", "03-29T18:00"));
    }

    #[test]
    fn f7_on_another_day_it_is_at_the_same_time_of_day() {
        // 10:00 in winter time is 09:00 UTC, in summer time 08:00.
        let talk = span("03-27T09:00", "03-27T09:45");
        assert_eq!(on_other_day(talk, 1, event(), berlin), span("03-28T08:00", "03-28T08:45"));
        assert_eq!(on_other_day(on_other_day(talk, 1, event(), berlin), -1, event(), berlin), talk);
        let night = span("03-29T00:30", "03-29T01:00");
        assert_eq!(on_other_day(night, -1, event(), berlin), span("03-28T01:30", "03-28T02:00"), "02:30 is skipped");
    }

    #[test]
    fn f7_a_new_segment_goes_after_the_last_one_of_its_day_or_where_days_begin() {
        let [first, second, _] = super::super::days::days(event(), berlin)[..] else { panic!("three days") };
        let others = [span("03-27T08:00", "03-27T09:00"), span("03-27T10:00", "03-27T11:30")];
        let free = |day, others: &[Span], event| next_free(day, others, event, berlin);
        assert_eq!(free(first, &[], event()), instant("03-27T08:00"));
        assert_eq!(free(first, &others, event()), instant("03-27T11:30"));
        assert_eq!(free(second, &others, event()), instant("03-28T07:00"), "9 o'clock, as on the first day");
        let short = span("03-27T08:00", "03-28T06:00");
        assert_eq!(free(second, &others, short), second.from, "by 9 o'clock it is over");
    }
}
