//! Times as an organizer types them, in the event's zone, and as the server keeps them, in UTC.

use crate::api::DateTime;
use chrono::{NaiveDateTime, TimeDelta};

/// How a `datetime-local` field writes.
const FIELD: &str = "%Y-%m-%dT%H:%M";

/// Why a typed time is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInstant {
    /// Nothing, or no date.
    NotATime,
    /// The clocks skip it in this zone.
    Skipped,
}

/// The instant of a typed time. `offset` gives a zone's minutes ahead of UTC at an instant. Of a time that comes twice
/// when clocks go back, it is the first.
pub fn to_utc(text: &str, offset: impl Fn(DateTime) -> i32) -> Result<DateTime, NoInstant> {
    let local = NaiveDateTime::parse_from_str(text, FIELD).map_err(|_| NoInstant::NotATime)?;
    instant_of(local, &offset)
}

/// As `to_utc`; of a time that comes twice it is the first that is after another instant, if one of them is.
pub fn to_utc_after(text: &str, after: DateTime, offset: impl Fn(DateTime) -> i32) -> Result<DateTime, NoInstant> {
    let local = NaiveDateTime::parse_from_str(text, FIELD).map_err(|_| NoInstant::NotATime)?;
    let later = instants_of(local, &offset).find(|at| *at > after);
    later.map_or_else(|| instant_of(local, &offset), Ok)
}

/// The instant at which clocks of the zone show this; the first one if they do so twice.
pub fn instant_of(local: NaiveDateTime, offset: &impl Fn(DateTime) -> i32) -> Result<DateTime, NoInstant> {
    instants_of(local, offset).next().ok_or(NoInstant::Skipped)
}

/// The instants at which clocks of the zone show this, in their order.
fn instants_of(local: NaiveDateTime, offset: &impl Fn(DateTime) -> i32) -> impl Iterator<Item = DateTime> {
    // A day before and after, the zone has the offsets that are possible at this time.
    let around = [-24, 24].map(|hours| offset((local + TimeDelta::hours(hours)).and_utc()));
    let mut candidates = around.map(|minutes| (local - TimeDelta::minutes(i64::from(minutes))).and_utc());
    candidates.sort();
    candidates.into_iter().filter(move |at| to_local(*at, offset) == local)
}

/// An instant as the field shows it.
pub fn to_field(at: DateTime, offset: impl Fn(DateTime) -> i32) -> String {
    to_local(at, &offset).format(FIELD).to_string()
}

/// What clocks of the zone show at an instant.
pub fn to_local(at: DateTime, offset: &impl Fn(DateTime) -> i32) -> NaiveDateTime {
    at.naive_utc() + TimeDelta::minutes(i64::from(offset(at)))
}

/// Whether clocks of the zone show the same day at both.
pub fn is_same_day(one: DateTime, other: DateTime, offset: &impl Fn(DateTime) -> i32) -> bool {
    to_local(one, offset).date() == to_local(other, offset).date()
}

/// How many midnights of the zone lie between the two; what ends at midnight ends on its own day.
pub fn midnights(starts: DateTime, ends: DateTime, offset: &impl Fn(DateTime) -> i32) -> i64 {
    let last = to_local(ends, offset) - TimeDelta::milliseconds(1);
    (last.date() - to_local(starts, offset).date()).num_days().max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Berlin in 2027: summer time from 28 March 01:00 UTC to 31 October 01:00 UTC.
    fn berlin(at: DateTime) -> i32 {
        let instant = |text: &str| text.parse::<DateTime>().unwrap();
        let summer = instant("2027-03-28T01:00:00Z")..instant("2027-10-31T01:00:00Z");
        if summer.contains(&at) { 120 } else { 60 }
    }

    fn utc(text: &str) -> Result<String, NoInstant> {
        to_utc(text, berlin).map(|at| at.format("%H:%M").to_string())
    }

    #[test]
    fn winter_and_summer_differ_by_an_hour() {
        assert_eq!(utc("2027-01-15T10:00"), Ok("09:00".into()));
        assert_eq!(utc("2027-07-15T10:00"), Ok("08:00".into()));
    }

    #[test]
    fn around_the_change_each_time_gets_its_own_offset() {
        assert_eq!(utc("2027-03-28T01:59"), Ok("00:59".into()));
        assert_eq!(utc("2027-03-28T03:00"), Ok("01:00".into()));
    }

    #[test]
    fn a_time_that_is_skipped_is_no_instant() {
        assert_eq!(utc("2027-03-28T02:30"), Err(NoInstant::Skipped));
    }

    #[test]
    fn of_a_time_that_comes_twice_it_is_the_first() {
        assert_eq!(utc("2027-10-31T02:30"), Ok("00:30".into()));
    }

    #[test]
    fn g1_what_ends_after_midnight_ends_on_the_next_day() {
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        let nights = |starts, ends| midnights(at(starts), at(ends), &berlin);
        assert_eq!(nights("2027-01-15T21:00:00Z", "2027-01-15T22:30:00Z"), 0);
        assert_eq!(nights("2027-01-15T21:00:00Z", "2027-01-15T23:00:00Z"), 0, "until midnight");
        assert_eq!(nights("2027-01-15T21:00:00Z", "2027-01-15T23:30:00Z"), 1);
        assert_eq!(nights("2027-03-27T21:00:00Z", "2027-03-29T06:00:00Z"), 2);
    }

    #[test]
    fn g1_a_day_is_that_of_the_reader_and_begins_at_midnight() {
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        let same = |one, other| is_same_day(at(one), at(other), &berlin);
        assert!(same("2027-01-14T23:00:00Z", "2027-01-15T22:59:00Z"));
        assert!(!same("2027-01-15T22:59:00Z", "2027-01-15T23:00:00Z"), "what begins at midnight is tomorrow's");
        assert!(!same("2027-01-15T10:00:00Z", "2027-01-16T10:00:00Z"));
    }

    #[test]
    fn f4_an_end_in_the_hour_that_comes_twice_is_after_its_start() {
        let after = |text: &str, after: &str| {
            let after = format!("2027-10-31T{after}:00Z").parse::<DateTime>().unwrap();
            to_utc_after(text, after, berlin).map(|at| at.format("%H:%M").to_string())
        };
        // Clocks show 02:45 at 00:45 and at 01:45 UTC.
        assert_eq!(after("2027-10-31T02:45", "00:15"), Ok("00:45".into()));
        assert_eq!(after("2027-10-31T02:45", "01:15"), Ok("01:45".into()));
        assert_eq!(after("2027-10-31T02:45", "02:15"), Ok("00:45".into()), "neither is: it stays wrong");
        assert_eq!(after("2027-10-31T01:45", "01:15"), Ok("23:45".into()));
    }

    #[test]
    fn what_is_typed_comes_back() {
        for text in ["2027-01-15T10:00", "2027-07-15T23:45", "2027-03-28T03:00"] {
            assert_eq!(to_field(to_utc(text, berlin).unwrap(), berlin), text);
        }
        assert_eq!(to_utc("", berlin), Err(NoInstant::NotATime));
    }
}
