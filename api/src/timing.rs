//! When a scheduled session is shown and can be entered: from its segments and the clock (F1, F2, F5).

use crate::clock::Time;
use crate::model::session::Scheduling;

/// From when to when a published segment shows its sessions: its own times with the event's minutes before and after (A5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub opens_at: Time,
    pub closes_at: Time,
}

/// Where a session stands at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    AlwaysOpen,
    /// Scheduled, but linked to no published segment: shown nowhere, its link works (F2).
    Unlinked,
    /// Shown from then on; until then its link shows a countdown.
    Before(Time),
    /// Shown now.
    Open,
    /// Not shown any more, or not until a later segment; its link works.
    Over,
}

impl Timing {
    /// Of a session with the windows of its published segments, in any order: their union is what counts.
    pub fn of(scheduling: Scheduling, windows: &[Window], now: Time) -> Self {
        if scheduling == Scheduling::AlwaysOpen {
            return Self::AlwaysOpen;
        }
        let Some(first) = windows.iter().map(|window| window.opens_at).min() else { return Self::Unlinked };
        if now < first {
            Self::Before(first)
        } else if windows.iter().any(|window| window.opens_at <= now && now < window.closes_at) {
            Self::Open
        } else {
            Self::Over
        }
    }

    /// Whether it stands in the Sessions area.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::AlwaysOpen | Self::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Time {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap().into()
    }

    fn window(opens: i64, closes: i64) -> Window {
        Window { opens_at: at(opens), closes_at: at(closes) }
    }

    #[test]
    fn f1_always_open_is_always_shown() {
        assert_eq!(Timing::of(Scheduling::AlwaysOpen, &[window(5, 6)], at(0)), Timing::AlwaysOpen);
        assert!(Timing::AlwaysOpen.is_shown());
    }

    #[test]
    fn f2_scheduled_without_a_segment_shows_nowhere() {
        assert_eq!(Timing::of(Scheduling::Scheduled, &[], at(0)), Timing::Unlinked);
        assert!(!Timing::Unlinked.is_shown());
    }

    /// F5: the window of several segments is their union.
    #[test]
    fn f5_several_windows_are_one() {
        let windows = [window(300, 400), window(100, 200), window(150, 250)];
        let timing = |now| Timing::of(Scheduling::Scheduled, &windows, at(now));
        assert_eq!(timing(99), Timing::Before(at(100)));
        for open in [100, 199, 200, 249, 300, 399] {
            assert_eq!(timing(open), Timing::Open, "{open}");
        }
        for over in [250, 299, 400] {
            assert_eq!(timing(over), Timing::Over, "{over}");
        }
    }
}
