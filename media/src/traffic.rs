//! How much one browser may send in packets: what it is told of its bandwidth is advice, which a hand-written one ignores. Pure.

use std::time::Duration;
use tokio::time::Instant;

/// Bits a second for as long as one likes: half as much again as a camera in three sizes and a screen share together.
const RATE: f64 = 12e6;

/// Bits beyond that: five seconds' worth. Four times the rate is noticed in less than two seconds.
const BURST: f64 = 5.0 * RATE;

/// Between two looks at who sends.
pub const LOOK: Duration = Duration::from_secs(1);

/// Looks at who sends for one at who only watches, and has no reason to send at all.
const SELDOM: u32 = 10;

pub struct Traffic {
    left: f64,
    bytes: u64,
    at: Instant,
    looks: u32,
}

impl Traffic {
    pub fn new(now: Instant) -> Self {
        Self { left: BURST, bytes: 0, at: now, looks: 0 }
    }

    /// Whether it is time to look.
    pub fn is_due(&mut self, sends: bool) -> bool {
        self.looks += 1;
        sends || self.looks.is_multiple_of(SELDOM)
    }

    /// Whether it is still bearable when so many bytes have come in since the beginning.
    pub fn take(&mut self, now: Instant, bytes: u64) -> bool {
        let passed = now.checked_duration_since(self.at).unwrap_or(Duration::ZERO).as_secs_f64();
        let more = bytes.saturating_sub(self.bytes) as f64 * 8.0;
        (self.at, self.bytes) = (now, bytes);
        self.left = (self.left + passed * RATE - more).min(BURST);
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends at this rate, looked at each second: the second in which it was too much.
    fn lasts(megabits: u64) -> Option<u64> {
        let start = Instant::now();
        let mut traffic = Traffic::new(start);
        (1..=600).find(|second| !traffic.take(start + Duration::from_secs(*second), second * megabits * 1_000_000 / 8))
    }

    #[test]
    fn camera_and_screen_share_pass_for_ever_and_a_flood_does_not() {
        assert_eq!(lasts(8), None);
        assert_eq!(lasts(12), None);
        assert_eq!(lasts(16), Some(16));
        assert_eq!(lasts(50), Some(2));
    }

    /// A moment of much, as after a loss, is no flood.
    #[test]
    fn a_short_burst_passes() {
        let start = Instant::now();
        let mut traffic = Traffic::new(start);
        assert!(traffic.take(start + Duration::from_secs(1), 8_000_000));
        assert!(traffic.take(start + Duration::from_secs(10), 9_000_000));
    }

    #[test]
    fn who_only_watches_is_looked_at_seldom() {
        let mut traffic = Traffic::new(Instant::now());
        assert_eq!((0..100).filter(|_| traffic.is_due(false)).count(), 10);
        assert_eq!((0..100).filter(|_| traffic.is_due(true)).count(), 100);
    }
}
