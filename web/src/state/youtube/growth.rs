//! Whether a video is a live stream: the duration that a player says of one grows while it plays.

/// Seconds that no duration grows by when the player learns more of a video.
const GROWN: f64 = 2.0;
/// Seconds of playing after which one that has not grown is no stream.
const STILL: f64 = 12.0;

#[derive(Clone, Copy, Debug, Default)]
pub struct Growth {
    first: Option<(f64, f64)>,
}

impl Growth {
    /// Takes in what a playing player says; gives whether it is a stream, once that is known.
    pub fn read(&mut self, now: f64, duration: f64) -> Option<bool> {
        if duration <= 0.0 {
            return None;
        }
        let (since, at_first) = *self.first.get_or_insert((now, duration));
        if duration - at_first > GROWN {
            return Some(true);
        }
        (now - since > STILL && duration - at_first < 0.5).then_some(false)
    }
}
