//! How often one person may join: each time costs a worker transports, and everybody in the room news.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

/// Joins at once, by a person's tabs and reconnects together.
const BURST: NonZeroU32 = NonZeroU32::new(60).expect("above 0");

/// After that, one in so long.
const PERIOD: Duration = Duration::from_secs(2);

/// People that are remembered before those are forgotten who have not joined for a while.
const REMEMBERED: usize = 10_000;

pub struct Joins(DefaultKeyedRateLimiter<String>);

impl Default for Joins {
    fn default() -> Self {
        let quota = Quota::with_period(PERIOD).expect("a period is above 0").allow_burst(BURST);
        Self(RateLimiter::keyed(quota))
    }
}

impl Joins {
    /// Whether the person may join once more now.
    pub fn allow(&self, person: &str) -> bool {
        if self.0.len() > REMEMBERED {
            self.0.retain_recent();
        }
        self.0.check_key(&person.to_owned()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_slowed_down_and_others_are_not() {
        let joins = Joins::default();
        assert!((0..BURST.get()).all(|_| joins.allow("ada")));
        assert!(!joins.allow("ada"));
        assert!(joins.allow("bob"));
    }
}
