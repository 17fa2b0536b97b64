//! The time of the file: that of the block without the stretches in which nobody was on screen (K2).

use crate::block::{Block, What};

/// Pictures in a second of the file (K4).
pub const RATE: i64 = 30;

/// Samples of sound in a second of it.
pub const SAMPLES: i64 = 48_000;

/// What is kept of a block, and where in the file it lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reel {
    /// In order, apart from each other.
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    /// Microseconds since 1970.
    from: i64,
    to: i64,
    /// Where it begins in the file, in microseconds.
    at: i64,
}

impl Reel {
    /// Up to `end`, in microseconds since 1970.
    pub fn of(block: &Block, end: i64) -> Self {
        let mut reel = Self::default();
        let mut begun = None;
        for moment in &block.moments {
            let What::OnScreen(speakers) = &moment.what else { continue };
            match begun {
                None if !speakers.is_empty() => begun = Some(moment.at),
                Some(from) if speakers.is_empty() => {
                    reel.keep(from, moment.at.min(end));
                    begun = None;
                }
                _ => {}
            }
        }
        if let Some(from) = begun {
            reel.keep(from, end);
        }
        reel
    }

    fn keep(&mut self, from: i64, to: i64) {
        if from < to {
            let at = self.length();
            self.stretches.push(Stretch { from, to, at });
        }
    }

    /// Microseconds that the file is long.
    fn length(&self) -> i64 {
        self.stretches.last().map_or(0, |stretch| stretch.at + stretch.to - stretch.from)
    }

    /// Pictures in the file. A last one that is less than whole counts: the next block begins in the middle of it (K3).
    pub fn ticks(&self) -> i64 {
        (self.length() * RATE + 999_999).div_euclid(1_000_000)
    }

    /// Where in the file a moment lies, in microseconds: before the beginning less than 0, what was cut out where the cut is, and what
    /// came after the end beyond it.
    pub fn place(&self, moment: i64) -> i64 {
        let Some(first) = self.stretches.first() else { return 0 };
        if moment < first.from {
            return moment.saturating_sub(first.from);
        }
        let position = self.stretches.partition_point(|stretch| stretch.from <= moment);
        let stretch = self.stretches[position - 1];
        let moment = if position < self.stretches.len() { moment.min(stretch.to) } else { moment };
        stretch.at.saturating_add(moment - stretch.from)
    }

    /// The picture of the file that a moment is nearest to.
    pub fn tick(&self, moment: i64) -> i64 {
        tick(self.place(moment))
    }

    /// The sample that a moment is nearest to; none for what is not in the file.
    pub fn sample(&self, moment: i64) -> Option<i64> {
        let position = self.stretches.partition_point(|stretch| stretch.from <= moment);
        let stretch = self.stretches.get(position.checked_sub(1)?)?;
        (moment < stretch.to).then(|| (self.place(moment) * SAMPLES + 500_000).div_euclid(1_000_000))
    }
}

fn tick(microseconds: i64) -> i64 {
    let numerator = i128::from(microseconds) * i128::from(RATE) + 500_000;
    numerator.div_euclid(1_000_000) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Moment;
    use protocol::room::Speaker;

    const SECOND: i64 = 1_000_000;

    fn on_screen(at: i64, people: usize) -> Moment {
        let speaker = Speaker {
            person: "account:a".into(),
            name: "Ada".into(),
            sources: Vec::new(),
            muted: Vec::new(),
            lost: false,
        };
        Moment { at: at * SECOND, what: What::OnScreen(vec![speaker; people]) }
    }

    fn reel(moments: Vec<Moment>, end: i64) -> Reel {
        Reel::of(&Block { begin: 0, end: None, moments, tracks: Vec::new() }, end * SECOND)
    }

    #[test]
    fn k2_empty_time_is_cut_out() {
        let reel = reel(vec![on_screen(10, 1), on_screen(15, 2), on_screen(20, 0), on_screen(80, 1)], 90);
        assert_eq!(reel.ticks(), 20 * RATE);
        assert_eq!([9, 10, 19, 20, 50, 80, 89].map(|at| reel.tick(at * SECOND) / RATE), [-1, 0, 9, 10, 10, 10, 19]);
    }

    #[test]
    fn k2_sound_of_empty_time_is_nowhere() {
        let reel = reel(vec![on_screen(10, 1), on_screen(20, 0), on_screen(80, 1)], 90);
        let samples = [9, 10, 19, 20, 50, 80, 90].map(|at| reel.sample(at * SECOND).map(|sample| sample / SAMPLES));
        assert_eq!(samples, [None, Some(0), Some(9), None, None, Some(10), None]);
    }

    #[test]
    fn nobody_at_all_makes_an_empty_file() {
        assert_eq!(reel(Vec::new(), 10).ticks(), 0);
        assert_eq!(reel(vec![on_screen(5, 0)], 10).ticks(), 0);
        assert_eq!(reel(vec![on_screen(5, 1)], 3).ticks(), 0, "it ended before");
    }

    #[test]
    fn k3_what_is_taken_just_before_the_end_is_in_this_file_or_at_the_very_beginning_of_the_next() {
        for end in (10 * SECOND..10 * SECOND + 34_000).step_by(1_000) {
            let of = |from, to| {
                let moment = Moment { at: from, ..on_screen(0, 1) };
                Reel::of(&Block { begin: from, end: None, moments: vec![moment], tracks: Vec::new() }, to)
            };
            let (one, next) = (of(0, end), of(end, end + SECOND));
            for moment in (end - 50_000..end).step_by(1_000) {
                assert!(one.tick(moment) < one.ticks() || next.tick(moment) == 0, "{moment} of {end}");
            }
            // Half a picture further on.
            for moment in (end + 16_667..end + SECOND).step_by(1_000) {
                assert!(one.tick(moment) >= one.ticks(), "{moment} is after {end}");
            }
        }
    }

    #[test]
    fn a_moment_belongs_to_the_nearest_picture() {
        let reel = reel(vec![on_screen(0, 1)], 10);
        assert_eq!([0, 16_666, 16_667, 33_333, 50_001].map(|moment| reel.tick(moment)), [0, 0, 1, 1, 2]);
        assert_eq!(reel.tick(-16_667), -1);
    }
}
