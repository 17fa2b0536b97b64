//! Where a session stands by its windows at a moment (F1, F2, F5): the page computes it from what it holds and the server's
//! time, so that rooms open and close without an answer from anybody.

use crate::api::DateTime;
use crate::api::session::SessionWindow;
use chrono::TimeDelta;

/// From when to when a session stands in the Sessions area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub opens_at: DateTime,
    pub closes_at: DateTime,
}

impl From<&SessionWindow> for Window {
    fn from(window: &SessionWindow) -> Self {
        Self { opens_at: window.opens_at, closes_at: window.closes_at }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    AlwaysOpen,
    /// No published segment leads to it: its link works.
    Unlinked,
    /// It opens then.
    Before(DateTime),
    Open,
    /// It ended by the schedule: its link works.
    Over,
}

impl Timing {
    /// Of several windows their union counts.
    pub fn of(always_open: bool, windows: &[Window], now: DateTime) -> Timing {
        if always_open {
            return Timing::AlwaysOpen;
        }
        let Some(first) = windows.iter().map(|window| window.opens_at).min() else { return Timing::Unlinked };
        if now < first {
            Timing::Before(first)
        } else if windows.iter().any(|window| window.opens_at <= now && now < window.closes_at) {
            Timing::Open
        } else {
            Timing::Over
        }
    }
}

/// When what is open now ends by the schedule: windows that follow each other without a gap are one, and each goes on for so long
/// `after` its segment.
pub fn ends_at(windows: &[Window], after: TimeDelta, now: DateTime) -> Option<DateTime> {
    let around = |moment: DateTime| {
        let open = windows.iter().filter(move |window| window.opens_at <= moment && moment < window.closes_at);
        open.map(|window| window.closes_at).max()
    };
    let mut end = around(now)?;
    while let Some(later) = around(end) {
        end = later;
    }
    Some(end - after)
}

/// The end is near: how near, in minutes at the most (H7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Five,
    One,
}

impl Ending {
    pub fn of(ends_at: DateTime, now: DateTime) -> Option<Self> {
        match (ends_at - now).num_milliseconds() {
            1..=60_000 => Some(Self::One),
            60_001..=300_000 => Some(Self::Five),
            _ => None,
        }
    }

    pub fn minutes(self) -> i32 {
        match self {
            Self::Five => 5,
            Self::One => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h7_the_end_is_told_five_minutes_and_one_minute_before() {
        let ends = at(100);
        let ending = |seconds: i64| Ending::of(ends, DateTime::from_timestamp(6_000 - seconds, 0).unwrap());
        assert_eq!([301, 300, 61].map(ending), [None, Some(Ending::Five), Some(Ending::Five)]);
        assert_eq!([60, 1, 0, -1].map(ending), [Some(Ending::One), Some(Ending::One), None, None]);
    }

    #[test]
    fn h7_what_goes_on_in_the_next_segment_does_not_end_between() {
        let window = |opens, closes| Window { opens_at: at(opens), closes_at: at(closes) };
        let windows = [window(30, 40), window(10, 20), window(20, 25), window(12, 18)];
        let ends_at = |windows: &[Window], now| ends_at(windows, TimeDelta::zero(), now);
        assert_eq!(
            [9, 10, 19, 22].map(|minute| ends_at(&windows, at(minute))),
            [None, Some(at(25)), Some(at(25)), Some(at(25))]
        );
        assert_eq!([25, 30].map(|minute| ends_at(&windows, at(minute))), [None, Some(at(40))]);
        assert_eq!(ends_at(&[], at(0)), None);
    }

    #[test]
    fn h7_the_minutes_after_a_segment_are_not_its_end() {
        let windows = [Window { opens_at: at(10), closes_at: at(30) }];
        let ending = |minute| {
            let ends_at = ends_at(&windows, TimeDelta::minutes(5), at(minute))?;
            Some((ends_at, Ending::of(ends_at, at(minute))))
        };
        assert_eq!(ending(19), Some((at(25), None)));
        assert_eq!(ending(20), Some((at(25), Some(Ending::Five))));
        assert_eq!(ending(24), Some((at(25), Some(Ending::One))));
        assert_eq!(ending(25), Some((at(25), None)), "it is open still, and nobody is told anything");
        assert_eq!(ending(30), None);
    }

    fn at(minute: i64) -> DateTime {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    #[test]
    fn f5_several_windows_are_one_and_between_them_it_is_over() {
        let window = |opens, closes| Window { opens_at: at(opens), closes_at: at(closes) };
        let windows = [window(30, 40), window(10, 20)];
        let timing = |minute| Timing::of(false, &windows, at(minute));
        assert_eq!(timing(9), Timing::Before(at(10)));
        assert_eq!((timing(10), timing(19)), (Timing::Open, Timing::Open));
        assert_eq!((timing(20), timing(29)), (Timing::Over, Timing::Over));
        assert_eq!((timing(30), timing(40)), (Timing::Open, Timing::Over));
    }

    #[test]
    fn f1_f2_always_open_has_no_windows_and_unlinked_none_either() {
        assert_eq!(Timing::of(true, &[], at(0)), Timing::AlwaysOpen);
        assert_eq!(Timing::of(false, &[], at(0)), Timing::Unlinked);
    }
}
