//! How many messages a browser may send: a burst when it joins, a trickle after that. Pure.

use std::time::{Duration, Instant};

/// Messages at once; joining a full room takes some hundred.
const BURST: f64 = 300.0;

/// Messages a second in the long run.
const RATE: f64 = 30.0;

pub struct Limit {
    left: f64,
    at: Instant,
}

impl Limit {
    pub fn new(now: Instant) -> Self {
        Self { left: BURST, at: now }
    }

    /// Whether one more message may come now.
    pub fn take(&mut self, now: Instant) -> bool {
        let passed = now.checked_duration_since(self.at).unwrap_or(Duration::ZERO).as_secs_f64();
        self.at = now;
        self.left = (self.left + passed * RATE).min(BURST) - 1.0;
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_does_not() {
        let start = Instant::now();
        let mut limit = Limit::new(start);
        let passed = (0..1000).filter(|_| limit.take(start)).count();
        assert_eq!(passed, 300);
    }

    #[test]
    fn what_is_quiet_gets_its_burst_back() {
        let start = Instant::now();
        let mut limit = Limit::new(start);
        for _ in 0..300 {
            limit.take(start);
        }
        assert!(!limit.take(start) && limit.take(start + Duration::from_secs(10)));
    }
}
