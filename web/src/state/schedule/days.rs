//! The days of a schedule in the event's zone, those with 23 and 25 hours among them.
//!
//! A day is drawn by the minutes that pass in it, and not by what clocks show: on the day that clocks go back, one hour
//! comes twice, and both have their place.

use super::Span;
use crate::api::DateTime;
use crate::state::zoned;
use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

/// How a day stands in addresses.
const DATE: &str = "%Y-%m-%d";

/// One day of a calendar: from its first moment to that of the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Day {
    pub date: NaiveDate,
    pub from: DateTime,
    pub to: DateTime,
}

impl Day {
    /// `offset` gives the zone's minutes ahead of UTC at an instant.
    pub fn of(date: NaiveDate, offset: impl Fn(DateTime) -> i32) -> Self {
        let next = date.succ_opt().unwrap_or(date);
        Self { date, from: first_moment(date, &offset), to: first_moment(next, &offset) }
    }

    /// The day that an instant lies in.
    pub fn around(at: DateTime, offset: impl Fn(DateTime) -> i32) -> Self {
        Self::of(zoned::to_local(at, &offset).date(), offset)
    }

    /// How many minutes it has: 1,440 on most days.
    pub fn minutes(self) -> i32 {
        whole_minutes(self.to - self.from)
    }

    /// Minutes from its beginning to an instant, which may lie outside.
    pub fn minute_of(self, at: DateTime) -> i32 {
        whole_minutes(at - self.from)
    }

    /// The instant at this minute of it.
    pub fn at(self, minute: i32) -> DateTime {
        self.from + TimeDelta::minutes(i64::from(minute))
    }

    /// Whether some of the span lies in it.
    pub fn meets(self, span: Span) -> bool {
        self.whole().meets(span)
    }

    pub fn holds(self, at: DateTime) -> bool {
        self.from <= at && at < self.to
    }

    pub fn whole(self) -> Span {
        Span { starts: self.from, ends: self.to }
    }

    /// The part of a span in it, in minutes from its beginning.
    pub fn part(self, span: Span) -> (i32, i32) {
        (self.minute_of(span.starts).max(0), self.minute_of(span.ends).min(self.minutes()))
    }

    /// The minutes at which clocks show a full hour.
    pub fn full_hours(self, offset: impl Fn(DateTime) -> i32) -> Vec<i32> {
        // Zones lie a multiple of 15 minutes apart.
        let shows_hour = |minute: &i32| zoned::to_local(self.at(*minute), &offset).minute() == 0;
        (0..self.minutes()).step_by(15).filter(shows_hour).collect()
    }

    pub fn in_address(self) -> String {
        self.date.format(DATE).to_string()
    }
}

/// Reads a day as an address has it.
pub fn read(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, DATE).ok()
}

/// The days on which an event is.
pub fn days(event: Span, offset: impl Fn(DateTime) -> i32) -> Vec<Day> {
    // What ends at midnight has nothing on the day that begins then.
    let last = zoned::to_local((event.ends - TimeDelta::seconds(1)).max(event.starts), &offset).date();
    let first = zoned::to_local(event.starts, &offset).date();
    first.iter_days().take_while(|date| *date <= last).map(|date| Day::of(date, &offset)).collect()
}

/// Where clocks skip midnight, a day begins with the moment at which they do so.
fn first_moment(date: NaiveDate, offset: &impl Fn(DateTime) -> i32) -> DateTime {
    let midnight = date.and_time(NaiveTime::MIN);
    zoned::instant_of(midnight, offset).unwrap_or_else(|_skipped| {
        let before = offset((midnight - TimeDelta::hours(24)).and_utc());
        (midnight - TimeDelta::minutes(i64::from(before))).and_utc()
    })
}

fn whole_minutes(time: TimeDelta) -> i32 {
    i32::try_from(time.num_minutes()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        read(text).unwrap()
    }

    /// Berlin in 2027: summer time from 28 March 01:00 UTC to 31 October 01:00 UTC.
    fn berlin(at: DateTime) -> i32 {
        let summer = instant("2027-03-28T01:00:00Z")..instant("2027-10-31T01:00:00Z");
        if summer.contains(&at) { 120 } else { 60 }
    }

    /// Santiago in 2027: clocks go back at midnight of 3 April, and skip the one of 5 September.
    fn santiago(at: DateTime) -> i32 {
        let winter = instant("2027-04-04T03:00:00Z")..instant("2027-09-05T04:00:00Z");
        if winter.contains(&at) { -240 } else { -180 }
    }

    #[test]
    fn f7_days_have_the_hours_that_pass_in_them() {
        assert_eq!(Day::of(date("2027-03-27"), berlin).minutes(), 24 * 60);
        assert_eq!(Day::of(date("2027-03-28"), berlin).minutes(), 23 * 60);
        assert_eq!(Day::of(date("2027-10-31"), berlin).minutes(), 25 * 60);
    }

    #[test]
    fn f7_full_hours_leave_out_the_skipped_one_and_have_the_other_twice() {
        let spring = Day::of(date("2027-03-28"), berlin);
        let shown = |day: Day| {
            let hour = |minute| zoned::to_local(day.at(minute), &berlin).hour();
            day.full_hours(berlin).into_iter().map(hour).collect::<Vec<_>>()
        };
        assert_eq!(shown(spring)[..4], [0, 1, 3, 4]);
        let autumn = Day::of(date("2027-10-31"), berlin);
        assert_eq!(shown(autumn)[..5], [0, 1, 2, 2, 3]);
        assert_eq!(shown(autumn).len(), 25);
    }

    #[test]
    fn f7_where_midnight_is_skipped_or_comes_twice_days_still_meet() {
        let skipped = Day::of(date("2027-09-05"), santiago);
        assert_eq!((skipped.from, skipped.minutes()), (instant("2027-09-05T04:00:00Z"), 23 * 60));
        let before = Day::of(date("2027-09-04"), santiago);
        assert_eq!(before.to, skipped.from);
        let longer = Day::of(date("2027-04-03"), santiago);
        assert_eq!((longer.minutes(), longer.to), (25 * 60, instant("2027-04-04T04:00:00Z")));
    }

    #[test]
    fn f7_an_event_that_ends_at_midnight_has_no_day_after() {
        let event = Span { starts: instant("2027-06-01T07:00:00Z"), ends: instant("2027-06-02T22:00:00Z") };
        let dates: Vec<_> = days(event, berlin).into_iter().map(Day::in_address).collect();
        assert_eq!(dates, ["2027-06-01", "2027-06-02"]);
    }

    #[test]
    fn f7_a_segment_over_midnight_has_a_part_in_both_days() {
        let [first, second] =
            days(Span { starts: instant("2027-06-01T07:00:00Z"), ends: instant("2027-06-02T20:00:00Z") }, berlin)[..]
        else {
            panic!("two days")
        };
        let night = Span { starts: instant("2027-06-01T21:30:00Z"), ends: instant("2027-06-01T22:45:00Z") };
        assert!(first.meets(night) && second.meets(night));
        assert_eq!(first.part(night), (23 * 60 + 30, 24 * 60));
        assert_eq!(second.part(night), (0, 45));
    }
}
