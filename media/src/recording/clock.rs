//! The steady clock that recordings are told by: microseconds since 1970, going on evenly whatever the system's clock is set to.
//!
//! A mediasoup worker takes the distance from the monotonic clock to 1970 once, when it starts, and writes the times of its
//! sender reports by that. This clock does the same a moment earlier, so both say the same.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What it was in microseconds since 1970 when this process looked, and when that was.
static BEGAN: OnceLock<(i64, Instant)> = OnceLock::new();

/// Looks at the system's clock, once for all. To be called before the workers start.
pub fn start() {
    now();
}

/// Microseconds since 1970.
pub fn now() -> i64 {
    let (began, at) = BEGAN.get_or_init(|| (micros(since_1970()), Instant::now()));
    began.saturating_add(micros(at.elapsed()))
}

/// As long as a recording could ever be, and much longer.
pub fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "this is the clock, and packets come when they come")]
fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_from_what_the_system_says() {
        let (before, system, after) = (now(), micros(since_1970()), now());
        assert!(before <= after);
        assert!((system - before).abs() < 60_000_000, "{before} and {system}");
    }
}
