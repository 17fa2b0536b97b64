//! Times of day in an event's time zone (F7): what people type and read, and the moments that it means. Pure.

use crate::clock::Time;
use crate::limits;
use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, SecondsFormat, TimeDelta, TimeZone,
    Utc,
};
use chrono_tz::Tz;

/// How a local time is written.
const WRITTEN: &str = "%Y-%m-%dT%H:%M:%S";

/// How one may be typed: also as spreadsheets write it.
const TYPED: [&str; 6] =
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M"];

/// Why a text is no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No date with a time of day at all.
    Unreadable,
    /// The clocks are put forward over it: with the last moment before and the first after.
    Missing { before: String, after: String },
    /// The clocks are put back over it: with both ways to write it.
    Twice { first: String, second: String },
}

impl Fault {
    /// What is wrong and what to do, of a time with this name.
    pub fn message(&self, name: &str) -> String {
        match self {
            Self::Unreadable => format!("{name} must be a date with a time of day, like 2027-03-28T09:30."),
            Self::Missing { before, after } => format!(
                "{name} does not exist: the clocks are put forward then. Choose {before} or earlier, or {after} or later."
            ),
            Self::Twice { first, second } => {
                format!("{name} comes twice: the clocks are put back then. Write {first} or {second}.")
            }
        }
    }
}

/// The zone of this IANA name.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The moment that a text means: a time of day in the zone, or one that says its own offset.
pub fn parse(zone: Tz, text: &str) -> Result<Time, Fault> {
    let text = text.trim();
    // The second one with an offset and without seconds, as this module writes it itself.
    let whole = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"));
    if let Some(whole) = whole.ok().filter(|whole| limits::YEARS.contains(&whole.year())) {
        return Ok(whole.with_timezone(&Utc).into());
    }
    let local = TYPED.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let local = local.filter(|local| limits::YEARS.contains(&local.year()));
    moment(zone, local.ok_or(Fault::Unreadable)?)
}

fn moment(zone: Tz, local: NaiveDateTime) -> Result<Time, Fault> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) => Ok(moment.with_timezone(&Utc).into()),
        LocalResult::Ambiguous(first, second) => {
            let written = |moment: DateTime<Tz>| moment.fixed_offset().format("%Y-%m-%dT%H:%M%:z").to_string();
            Err(Fault::Twice { first: written(first), second: written(second) })
        }
        LocalResult::None => Err(gap(zone, local)),
    }
}

/// The minutes around a time that does not exist.
fn gap(zone: Tz, local: NaiveDateTime) -> Fault {
    let exists = |time: NaiveDateTime| zone.from_local_datetime(&time).earliest().is_some();
    let near = |step: i64| {
        // No zone has ever put its clocks forward by more than a day.
        let minutes = (1..=24 * 60).map(|minutes| local + TimeDelta::minutes(step * minutes));
        let found = minutes.into_iter().find(|time| exists(*time)).unwrap_or(local);
        found.format("%Y-%m-%dT%H:%M").to_string()
    };
    Fault::Missing { before: near(-1), after: near(1) }
}

/// The time of day that a moment has in the zone, like `2027-03-28T09:30`.
pub fn show(zone: Tz, time: Time) -> String {
    let local = time.utc().with_timezone(&zone).naive_local().format(WRITTEN).to_string();
    local.strip_suffix(":00").map_or_else(|| local.clone(), str::to_owned)
}

/// The same so that [`parse`] reads the same moment again: with the offset where the time of day alone would not do.
pub fn write(zone: Tz, time: Time) -> String {
    let shown = show(zone, time);
    if parse(zone, &shown) == Ok(time) {
        return shown;
    }
    let moment = time.utc().with_timezone(&zone);
    moment.with_timezone(&moment.offset().fix()).to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// The date that a text is, like `2027-03-28`, if it is in a year that an event may be in.
pub fn date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    limits::YEARS.contains(&date.year()).then_some(date)
}

/// From when to when a date lasts in the zone. Where its first hour does not exist, it begins with the second.
pub fn day(zone: Tz, date: NaiveDate) -> (Time, Time) {
    let start = |date: NaiveDate| -> Time {
        let midnight = date.and_time(NaiveTime::MIN);
        let of = |time: NaiveDateTime| zone.from_local_datetime(&time).earliest();
        let later = || of(midnight.checked_add_signed(TimeDelta::hours(1))?);
        of(midnight).or_else(later).map_or_else(|| midnight.and_utc(), |time| time.with_timezone(&Utc)).into()
    };
    (start(date), start(date.succ_opt().unwrap_or(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = Tz::Europe__Berlin;
    const NEW_YORK: Tz = Tz::America__New_York;

    fn utc(text: &str) -> Time {
        text.parse::<DateTime<Utc>>().unwrap().into()
    }

    /// F7: a time of day means what the zone's clocks show on that date.
    #[test]
    fn f7_local_times_are_those_of_the_zone() {
        let cases = [
            (BERLIN, "2027-03-28T01:59", "2027-03-28T00:59:00Z"),
            (BERLIN, "2027-03-28T03:00", "2027-03-28T01:00:00Z"),
            (BERLIN, "2027-03-27 09:30", "2027-03-27T08:30:00Z"),
            (BERLIN, "29.03.2027 09:30", "2027-03-29T07:30:00Z"),
            (NEW_YORK, "2026-11-01T00:59", "2026-11-01T04:59:00Z"),
            (NEW_YORK, "2026-11-01T02:00", "2026-11-01T07:00:00Z"),
            (NEW_YORK, "2026-11-01T01:30-04:00", "2026-11-01T05:30:00Z"),
            (NEW_YORK, "2026-11-01T01:30-05:00", "2026-11-01T06:30:00Z"),
            (NEW_YORK, "2026-11-01T06:30:00Z", "2026-11-01T06:30:00Z"),
        ];
        for (zone, text, moment) in cases {
            assert_eq!(parse(zone, text), Ok(utc(moment)), "{zone} {text}");
            let again = write(zone, utc(moment));
            assert_eq!(parse(zone, &again), Ok(utc(moment)), "{again}");
        }
        assert_eq!(show(BERLIN, utc("2027-03-28T01:00:00Z")), "2027-03-28T03:00");
        assert_eq!(show(BERLIN, utc("2027-03-28T01:00:05Z")), "2027-03-28T03:00:05");
        assert_eq!(write(NEW_YORK, utc("2026-11-01T06:30:00Z")), "2026-11-01T01:30:00-05:00");
    }

    /// F7: what the clocks never show is refused with what stands around it; what they show twice, with both.
    #[test]
    fn f7_times_that_do_not_exist_and_that_come_twice() {
        let missing = Fault::Missing { before: "2027-03-28T01:59".into(), after: "2027-03-28T03:00".into() };
        assert_eq!(parse(BERLIN, "2027-03-28T02:30"), Err(missing.clone()));
        assert!(missing.message("startsAt").contains("Choose 2027-03-28T01:59 or earlier"));
        let twice = Fault::Twice { first: "2026-11-01T01:30-04:00".into(), second: "2026-11-01T01:30-05:00".into() };
        assert_eq!(parse(NEW_YORK, "2026-11-01T01:30"), Err(twice));
        for text in [
            "",
            "tomorrow",
            "2027-02-30T10:00",
            "2027-03-28",
            "10:00",
            "2027-03-28T24:30",
            "-262143-01-01T00:00",
            "+262142-12-31T23:59",
        ] {
            assert_eq!(parse(BERLIN, text), Err(Fault::Unreadable), "{text}");
        }
    }

    /// B7, F7: a date is that of the zone, also where the clocks change.
    #[test]
    fn f7_a_day_is_that_of_the_zone() {
        let cases = [
            ("Europe/Berlin", (2027, 3, 28), "2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z"),
            ("America/New_York", (2026, 11, 1), "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
            // Midnight does not exist there.
            ("America/Santiago", (2026, 9, 6), "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"),
        ];
        for (name, (year, month, date), from, to) in cases {
            let date = NaiveDate::from_ymd_opt(year, month, date).unwrap();
            assert_eq!(day(zone(name), date), (utc(from), utc(to)), "{name}");
        }
    }
}
