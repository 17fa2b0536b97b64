//! How far a render is, in whole percents that only ever grow.

/// Of ten parts of the work one is the sound.
const SOUND: i64 = 1;
const FILM: i64 = 9;

pub struct Progress<'a> {
    /// What there is to do.
    whole: i64,
    done: i64,
    percent: u8,
    tell: &'a mut dyn FnMut(u8),
}

impl<'a> Progress<'a> {
    /// For so many pictures of the file.
    pub fn new(ticks: i64, tell: &'a mut dyn FnMut(u8)) -> Self {
        Self { whole: (ticks * (SOUND + FILM)).max(1), done: 0, percent: 0, tell }
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
        if percent > self.percent {
            self.percent = percent;
            (self.tell)(percent);
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
            let mut progress = Progress::new(ticks, &mut tell);
            (0..ticks).for_each(|_| progress.sound());
            (0..ticks).for_each(|_| progress.film());
            progress.finish();
            assert!(told.windows(2).all(|pair| pair[0] < pair[1]), "{told:?}");
            assert_eq!((told.last(), told.contains(&0)), (Some(&100), false), "{ticks}");
        }
    }
}
