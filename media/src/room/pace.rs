//! When something that changes often is told: at once, or together with what changed a moment ago.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

#[derive(Debug, Default)]
pub struct Pace {
    told: Option<Instant>,
    /// Set when it is to be told.
    pub due: Option<Instant>,
}

impl Pace {
    /// It has changed; two tellings are so far apart at the least.
    pub fn change(&mut self, apart: Duration) {
        let now = Instant::now();
        self.due.get_or_insert(self.told.map_or(now, |told| now.max(told + apart)));
    }

    /// It is told now.
    pub fn tell(&mut self, now: Instant) {
        (self.due, self.told) = (None, Some(now));
    }
}

/// Until a moment; for ever without one.
pub async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APART: Duration = Duration::from_secs(60);

    #[test]
    fn what_changes_is_told_at_once_and_then_together() {
        let mut pace = Pace::default();
        assert_eq!(pace.due, None, "nothing is to be told");
        pace.change(APART);
        let first = pace.due.unwrap();
        assert!(first <= Instant::now(), "at once");
        pace.tell(first);
        assert_eq!(pace.due, None);
        pace.change(APART);
        assert_eq!(pace.due, Some(first + APART));
        pace.change(APART);
        assert_eq!(pace.due, Some(first + APART), "what comes meanwhile does not put it off");
    }
}
