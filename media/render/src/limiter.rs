//! Keeps the sum of many voices below full scale, without bending its waves: what comes is looked at a little ahead, and the whole is
//! made quieter in time and only for as long as needed (K4).

/// Samples of one block, 5 ms: as quickly it gets quieter.
const BLOCK: usize = 240;

/// The loudest that comes out: what the encoder adds to it is not to clip either.
const CEILING: f32 = 0.89;

/// How much louder it gets with each block: from silence in a fifth of a second.
const RELEASE: f32 = 0.025;

/// Of two channels, one sample after the other.
pub struct Limiter {
    /// What the next block may be multiplied by, by which it begins.
    gain: f32,
    /// What came and was not handed out yet: a block that still is to end as the next one allows, and the beginning of that.
    held: Vec<f32>,
}

impl Limiter {
    pub fn new() -> Self {
        Self { gain: 1.0, held: Vec::new() }
    }

    /// Takes sound, and gives as much of it as is ready: one block stays behind, and comes by `finish`.
    pub fn take(&mut self, sound: &[f32]) -> Vec<f32> {
        // What is no number would end the encoder, and with it the file.
        self.held.extend(sound.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }));
        let mut ready = Vec::with_capacity(sound.len());
        while self.held.len() >= 4 * BLOCK {
            let rest = self.held.split_off(2 * BLOCK);
            let block = std::mem::replace(&mut self.held, rest);
            self.release(&block, allowed(&self.held[..2 * BLOCK]), &mut ready);
        }
        ready
    }

    /// The rest.
    pub fn finish(mut self) -> Vec<f32> {
        let mut ready = Vec::new();
        let held = std::mem::take(&mut self.held);
        let mut blocks = held.chunks(2 * BLOCK).peekable();
        while let Some(block) = blocks.next() {
            let next = blocks.peek().map_or(1.0, |next| allowed(next));
            self.release(block, next, &mut ready);
        }
        ready
    }

    /// From the gain that the block before ended with to one that this block and the next allow.
    fn release(&mut self, block: &[f32], next: f32, ready: &mut Vec<f32>) {
        let own = allowed(block);
        let from = self.gain.min(own);
        let to = (from + RELEASE).min(1.0).min(own).min(next);
        let length = (block.len() / 2).max(1) as f32;
        for (position, pair) in block.chunks(2).enumerate() {
            let gain = from + (to - from) * position as f32 / length;
            ready.extend(pair.iter().map(|sample| (sample * gain).clamp(-1.0, 1.0)));
        }
        self.gain = to;
    }
}

/// What a block may be multiplied by at the most.
fn allowed(block: &[f32]) -> f32 {
    let peak = block.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    if peak > CEILING { CEILING / peak } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_silence() {
        let mut limiter = Limiter::new();
        let sound: Vec<f32> =
            [f32::NAN, f32::INFINITY, 0.5, f32::NEG_INFINITY].into_iter().cycle().take(4_000).collect();
        let mut out = limiter.take(&sound);
        out.extend(limiter.finish());
        assert_eq!(out, [0.0, 0.0, 0.5, 0.0].into_iter().cycle().take(4_000).collect::<Vec<f32>>());
    }

    fn limited(sound: &[f32], chunk: usize) -> Vec<f32> {
        let mut limiter = Limiter::new();
        let mut all: Vec<f32> = sound.chunks(chunk).flat_map(|chunk| limiter.take(chunk)).collect();
        all.extend(limiter.finish());
        all
    }

    /// Both channels alike.
    fn tone(hertz: f32, loudness: impl Fn(usize) -> f32, samples: usize) -> Vec<f32> {
        let at = |sample: usize| (sample as f32 * hertz * std::f32::consts::TAU / 48_000.0).sin() * loudness(sample);
        (0..samples).flat_map(|sample| [at(sample); 2]).collect()
    }

    #[test]
    fn what_is_quiet_enough_stays_as_it_is() {
        let quiet = tone(440.0, |_| 0.8, 10_000);
        assert_eq!(limited(&quiet, 2 * 1_600), quiet);
        assert_eq!(limited(&quiet[..2 * 100], 2 * 1_600), quiet[..2 * 100], "also less than a block");
        assert!(limited(&[], 2).is_empty());
    }

    #[test]
    fn k4_fifty_voices_at_once_do_not_clip() {
        let mut sum = vec![0.0; 2 * 48_000];
        for voice in 0..50 {
            let part = tone(100.0 + 37.0 * voice as f32, |sample| if sample > 10_000 { 0.9 } else { 0.01 }, 48_000);
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        let limited = limited(&sum, 2 * 1_600);
        assert_eq!(limited.len(), sum.len());
        let peak = limited.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!(peak <= CEILING + 1e-4, "{peak}");
        assert!(peak > CEILING * 0.9, "{peak}: no quieter than it must be");
    }

    #[test]
    fn after_something_loud_it_gets_as_loud_as_before() {
        let sound = tone(440.0, |sample| if (10_000..12_000).contains(&sample) { 5.0 } else { 0.5 }, 48_000);
        let limited = limited(&sound, 2 * 1_000);
        assert_eq!(limited[2 * 30_000..], sound[2 * 30_000..]);
    }
}
