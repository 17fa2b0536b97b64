//! When a packet was taken, on the one clock of all tracks.

use crate::packet::{Report, Stamp};

/// Microseconds by which two neighbouring reports may differ and still be of one clock that drifts. If they differ by more, the
/// sender's RTP time stood still or jumped between them, as it does when a microphone is muted.
const SAME: i64 = 50_000;

/// Microseconds between a packet's moment and its arrival that nobody's network makes. Reports that lead there are wrong.
const ABSURD: i64 = 10_000_000;

/// RTP time to microseconds since 1970, by the sender reports of a track.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Ticks of RTP time in a second.
    rate: i64,
    /// In the order of their arrival.
    reports: Vec<Report>,
}

impl Clock {
    pub fn new(rate: u32, reports: Vec<Report>) -> Self {
        Self { rate: i64::from(rate.max(1)), reports }
    }

    /// The moment of a packet: between two reports as both say, each the more the nearer it is. Before the first report and after the
    /// last, as that one says; without any, when it came.
    pub fn at(&self, stamp: Stamp) -> i64 {
        let later = self.reports.partition_point(|report| report.stamp.arrival <= stamp.arrival);
        let before = later.checked_sub(1).and_then(|position| self.reports.get(position));
        let after = self.reports.get(later);
        let moment = match (before, after) {
            (None, None) => return stamp.arrival,
            (Some(one), None) | (None, Some(one)) => self.by(one, stamp),
            (Some(before), Some(after)) => self.between(before, after, stamp),
        };
        if moment.abs_diff(stamp.arrival) > ABSURD.unsigned_abs() { stamp.arrival } else { moment }
    }

    fn between(&self, before: &Report, after: &Report, stamp: Stamp) -> i64 {
        let (by_before, by_after) = (self.by(before, stamp), self.by(after, stamp));
        let difference = by_after.saturating_sub(by_before);
        if difference.abs() > SAME {
            let distance = |moment: i64| moment.abs_diff(stamp.arrival);
            return if distance(by_before) <= distance(by_after) { by_before } else { by_after };
        }
        let whole = (after.stamp.timestamp - before.stamp.timestamp).max(1);
        let part = (stamp.timestamp - before.stamp.timestamp).clamp(0, whole);
        by_before + (i128::from(difference) * i128::from(part) / i128::from(whole)) as i64
    }

    /// As one report alone says.
    fn by(&self, report: &Report, stamp: Stamp) -> i64 {
        let ticks = i128::from(stamp.timestamp) - i128::from(report.stamp.timestamp);
        let microseconds = ticks * 1_000_000 / i128::from(self.rate);
        report.at.saturating_add(microseconds.clamp(-(1 << 60), 1 << 60) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    /// At `at` seconds the RTP time was `timestamp`; told 10 ms later.
    fn report(at: i64, timestamp: i64) -> Report {
        Report { at: at * SECOND, stamp: Stamp { timestamp, arrival: at * SECOND + 10_000 } }
    }

    fn stamp(arrival: i64, timestamp: i64) -> Stamp {
        Stamp { timestamp, arrival }
    }

    #[test]
    fn k4_the_first_report_tells_of_the_packets_before_it_too() {
        let clock = Clock::new(48_000, vec![report(100, 48_000)]);
        assert_eq!(clock.at(stamp(99 * SECOND + 80_000, 0)), 99 * SECOND);
        assert_eq!(clock.at(stamp(102 * SECOND, 96_000)), 101 * SECOND);
    }

    #[test]
    fn k4_without_any_report_a_packet_was_taken_when_it_came() {
        assert_eq!(Clock::new(48_000, Vec::new()).at(stamp(77, 5)), 77);
    }

    #[test]
    fn between_reports_of_a_drifting_clock_there_is_no_jump() {
        // Each second of the sender takes 1.01 s.
        let clock = Clock::new(100, vec![report(100, 0), Report { at: 101_010_000, ..report(101, 100) }]);
        let moments: Vec<i64> =
            (0..=100).map(|tick| clock.at(stamp(100 * SECOND + 20_000 + tick * 9_000, tick))).collect();
        assert!(moments.windows(2).all(|pair| (pair[1] - pair[0] - 10_100).abs() <= 1), "{moments:?}");
    }

    #[test]
    fn rtp_time_that_stood_still_while_muted_goes_on_where_packets_come_again() {
        // One second was sent, then nothing for 9 s, and the RTP time went on from there.
        let clock = Clock::new(100, vec![report(100, 0), report(101, 100), report(111, 200)]);
        assert_eq!(clock.at(stamp(101 * SECOND + 15_000, 101)), 101 * SECOND + 10_000);
        assert_eq!(clock.at(stamp(110 * SECOND + 520_000, 150)), 110 * SECOND + 500_000);
    }

    #[test]
    fn a_report_that_is_absurd_is_not_believed() {
        let clock = Clock::new(90_000, vec![report(100, i64::from(u32::MAX))]);
        assert_eq!(clock.at(stamp(100 * SECOND, 0)), 100 * SECOND);
        let far = Clock::new(1, vec![Report { at: i64::MAX, stamp: stamp(0, i64::MIN) }]);
        assert_eq!(far.at(stamp(5, i64::MAX)), 5);
    }
}
