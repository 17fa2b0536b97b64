//! Where a player really is, from the times that it reports now and then.

use std::collections::VecDeque;

/// Seconds of readings that count.
const KEPT: f64 = 1.1;
/// Seconds of readings before they say anything.
const LEAST: f64 = 0.4;
/// Seconds by which a reading may be off from the others; further away the player has jumped.
const JUMP: f64 = 0.6;

/// A report is old, by up to a quarter of a second, and never ahead: of some reports the one that is furthest ahead is right.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// When, and how far the player was ahead of that then.
    readings: VecDeque<(f64, f64)>,
    rate: f64,
}

impl Clock {
    /// Takes in that a player at this speed says `time`. Gives where it is now, once that is known.
    pub fn read(&mut self, now: f64, time: f64, rate: f64) -> Option<f64> {
        if rate != self.rate {
            self.clear();
            self.rate = rate;
        }
        let ahead = time - now * rate;
        if self.furthest().is_some_and(|known| (ahead - known).abs() > JUMP) {
            self.clear();
        }
        self.readings.push_back((now, ahead));
        while self.readings.front().is_some_and(|(at, _)| now - at > KEPT) {
            self.readings.pop_front();
        }
        let since = self.readings.front()?.0;
        let furthest = self.furthest()?;
        (now - since >= LEAST).then_some(furthest + now * rate)
    }

    /// Nothing of before counts any more.
    pub fn clear(&mut self) {
        self.readings.clear();
    }

    fn furthest(&self) -> Option<f64> {
        self.readings.iter().map(|(_, ahead)| *ahead).reduce(f64::max)
    }
}
