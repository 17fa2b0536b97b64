//! How long to wait before the next attempt to connect.

/// Milliseconds of outage after which attempts become rare: by then it is a real failure and not a hiccup (H5).
const PATIENT_AFTER_MS: u32 = 60_000;

/// Waiting times that grow, with jitter, so that a room full of browsers does not come back in one instant.
#[derive(Clone, Debug)]
pub struct Backoff {
    attempts: u32,
    waited_ms: u32,
    random: u32,
}

impl Backoff {
    /// `seed` makes the jitter of this browser its own.
    pub fn new(seed: u32) -> Self {
        Self { attempts: 0, waited_ms: 0, random: seed | 1 }
    }

    /// Forgets the outage: the next wait is short again.
    pub fn reset(&mut self) {
        self.attempts = 0;
        self.waited_ms = 0;
    }

    /// How many waits there were since the last reset.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Milliseconds until the next attempt: about 0.3 s at first, 3 s at the most, 10 s once a minute has passed.
    pub fn next_ms(&mut self) -> u32 {
        let cap = if self.waited_ms < PATIENT_AFTER_MS { 3_000 } else { 10_000 };
        let base = (300 << self.attempts.min(6)).min(cap);
        self.attempts += 1;
        let wait = base * (75 + self.jitter(50)) / 100;
        self.waited_ms = self.waited_ms.saturating_add(wait);
        wait
    }

    /// A number below `below` (xorshift: spreading browsers out needs no better randomness).
    fn jitter(&mut self, below: u32) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 17;
        self.random ^= self.random << 5;
        self.random % below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h5_the_first_ten_seconds_hold_at_least_four_attempts() {
        for seed in 0..200 {
            let mut backoff = Backoff::new(seed);
            let four: u32 = (0..4).map(|_| backoff.next_ms()).sum();
            assert!(four < 6_000, "seed {seed} waits {four} ms for four attempts");
        }
    }

    #[test]
    fn h5_attempts_become_rare_but_never_stop() {
        let mut backoff = Backoff::new(7);
        let waits: Vec<u32> = (0..60).map(|_| backoff.next_ms()).collect();
        assert!(waits[10] <= 3_750 && waits[59] <= 12_500 && waits[59] >= 7_500, "{waits:?}");
    }

    #[test]
    fn a_reset_starts_short_again() {
        let mut backoff = Backoff::new(7);
        for _ in 0..20 {
            backoff.next_ms();
        }
        backoff.reset();
        assert!(backoff.next_ms() < 400);
    }
}
