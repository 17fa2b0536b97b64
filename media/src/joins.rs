//! How often one person may join: each time costs a worker transports, and everybody in the room news.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Joins at once, by a person's tabs and reconnects together.
const BURST: NonZeroU32 = NonZeroU32::new(60).expect("above 0");

/// After that, one in so long.
const PERIOD: Duration = Duration::from_secs(2);

/// People that are remembered before those are forgotten who have not joined for a while.
const REMEMBERED: usize = 10_000;

/// How long somebody stays outside who sent more than anybody needs.
const BARRED: Duration = Duration::from_secs(60);

pub struct Joins {
    limiter: DefaultKeyedRateLimiter<String>,
    /// Until when who stays outside.
    barred: Mutex<HashMap<String, Instant>>,
}

impl Default for Joins {
    fn default() -> Self {
        let quota = Quota::with_period(PERIOD).expect("a period is above 0").allow_burst(BURST);
        Self { limiter: RateLimiter::keyed(quota), barred: Mutex::default() }
    }
}

impl Joins {
    /// Whether the person may join once more now.
    pub fn allow(&self, person: &str) -> bool {
        if self.is_barred(person, Instant::now()) {
            return false;
        }
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&person.to_owned()).is_ok()
    }

    /// The person may not join for a while.
    pub fn bar(&self, person: &str, now: Instant) {
        let mut barred = self.lock();
        barred.retain(|_, until| now < *until);
        barred.insert(person.to_owned(), now + BARRED);
    }

    fn is_barred(&self, person: &str, now: Instant) -> bool {
        self.lock().get(person).is_some_and(|until| now < *until)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.barred.lock().unwrap_or_else(PoisonError::into_inner)
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

    #[test]
    fn who_is_barred_stays_outside_for_a_minute() {
        let (joins, now) = (Joins::default(), Instant::now());
        joins.bar("ada", now);
        assert!(!joins.allow("ada") && joins.allow("bob"));
        assert!(joins.is_barred("ada", now + Duration::from_secs(59)));
        assert!(!joins.is_barred("ada", now + BARRED));
    }
}
