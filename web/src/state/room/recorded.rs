//! How a session's recording stands at this moment, as its hosts read it (K1, K2).

use crate::api::recording::RecordingEnd;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    Now,
    /// It goes on as soon as somebody is on screen.
    Waits,
    /// It has stopped by itself, until a host starts it again.
    Stopped(RecordingEnd),
    Off,
}

impl Recorded {
    /// `now` as media says it, the rest as it is set.
    pub fn of(now: bool, wanted: bool, stopped: Option<RecordingEnd>) -> Self {
        match (now, wanted, stopped) {
            (true, ..) => Self::Now,
            (false, false, _) => Self::Off,
            (false, true, Some(why)) => Self::Stopped(why),
            (false, true, None) => Self::Waits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k2_hosts_read_whether_it_goes_on_waits_or_has_stopped() {
        let stopped = Some(RecordingEnd::Silence);
        assert_eq!(Recorded::of(true, true, None), Recorded::Now);
        assert_eq!(Recorded::of(true, false, None), Recorded::Now, "it was switched off a moment ago");
        assert_eq!(Recorded::of(false, true, None), Recorded::Waits);
        assert_eq!(Recorded::of(false, true, stopped), Recorded::Stopped(RecordingEnd::Silence));
        assert_eq!(Recorded::of(false, false, stopped), Recorded::Off);
    }
}
