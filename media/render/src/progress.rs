//! How far a render is, in whole percents that never shrink. One that takes long is told again, as a sign of life.

use std::time::{Duration, Instant};

/// Of ten parts of the work one is the sound.
const SOUND: i64 = 1;
const FILM: i64 = 9;

/// After so long the same percent is told again.
const SILENCE: Duration = Duration::from_secs(60);

pub struct Progress<'a> {
    /// What there is to do.
    whole: i64,
    done: i64,
    percent: u8,
    told: Instant,
    tell: &'a mut dyn FnMut(u8),
}

impl<'a> Progress<'a> {
    pub fn new(tell: &'a mut dyn FnMut(u8)) -> Self {
        Self { whole: 1, done: 0, percent: 0, told: Instant::now(), tell }
    }

    /// It is known how many pictures there will be.
    pub fn plan(&mut self, ticks: i64) {
        self.whole = (ticks * (SOUND + FILM)).max(1);
    }

    /// Something is done of which nobody knows what part of all it is.
    pub fn alive(&mut self) {
        self.add(0);
    }

    /// The sound of one more picture is there.
    pub fn sound(&mut self) {
        self.add(SOUND);
    }

    /// One more picture is there.
    pub fn film(&mut self) {
        self.add(FILM);
    }

    fn add(&mut self, part: i64) {
        self.done += part;
        // All of it is done only when the file has its name.
        self.reach((self.done * 100 / self.whole).clamp(0, 99) as u8);
    }

    pub fn finish(mut self) {
        self.reach(100);
    }

    fn reach(&mut self, percent: u8) {
        if percent > self.percent || self.told.elapsed() >= SILENCE {
            self.percent = self.percent.max(percent);
            self.told = Instant::now();
            (self.tell)(self.percent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k5_percents_grow_strictly_and_end_with_a_hundred() {
        for ticks in [1, 7, 300, 100_000] {
            let mut told = Vec::new();
            let mut tell = |percent| told.push(percent);
            let mut progress = Progress::new(&mut tell);
            progress.alive();
            progress.plan(ticks);
            (0..ticks).for_each(|_| progress.sound());
            (0..ticks).for_each(|_| progress.film());
            progress.finish();
            assert!(told.windows(2).all(|pair| pair[0] < pair[1]), "{told:?}");
            assert_eq!((told.last(), told.contains(&0)), (Some(&100), false), "{ticks}");
        }
    }
}
