//! The sound of a file: all voices in one, as AAC in a file of its own, which goes beside the pictures as it is (K4).

use crate::error::Error;
use crate::limiter::Limiter;
use crate::plan::Plan;
use crate::program::{Program, write_samples, wrote};
use crate::reel::{RATE, SAMPLES};
use crate::track::Track;
use crate::voice::{Heard, Voice};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// Samples for one picture.
const TICK: usize = (SAMPLES / RATE) as usize;

/// Pictures of the file before the first packet of a voice by which it is read: what its clock says is not quite even.
const EARLY: i64 = RATE;

/// The file, in the folder for what is being made.
pub const FILE: &str = "sound.m4a";

/// `progress` is told of each picture of the file whose sound is there.
pub fn make(ffmpeg: &Path, folder: &Path, plan: &Plan, mut progress: impl FnMut()) -> Result<(), Error> {
    let arguments =
        ["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", "pipe:0", "-c:a", "aac", "-b:a", "160k", "-y", FILE];
    let mut encoder = Program::start(ffmpeg, folder, arguments)?;
    let Some(mut input) = encoder.input() else { return encoder.finish() };
    let mut choir = Choir::new(plan);
    let mut limiter = Limiter::new();
    for tick in 0..plan.ticks {
        let mut sum = vec![0.0; 2 * TICK];
        choir.add(tick, &mut sum);
        let result = write_samples(&mut input, &limiter.take(&sum));
        if !wrote(result).map_err(|error| Error::writing("sound", &error))? {
            break;
        }
        progress();
    }
    wrote(write_samples(&mut input, &limiter.finish())).map_err(|error| Error::writing("sound", &error))?;
    drop(input);
    encoder.finish()
}

/// The voices of a file. Each is read only while it is heard: in two hours of people who come and go there are more than a process
/// may have files open.
struct Choir<'a> {
    plan: &'a Plan,
    /// In the order in which they begin, each with the picture of the file by which it does.
    coming: VecDeque<(i64, &'a Arc<Track>)>,
    heard: Vec<Voice<Box<dyn Iterator<Item = Heard>>>>,
}

impl<'a> Choir<'a> {
    fn new(plan: &'a Plan) -> Self {
        let begins = |track: &'a Arc<Track>| Some((plan.reel.tick(track.clock.at(track.first?)), track));
        let mut coming: Vec<_> = plan.voices.iter().filter_map(begins).collect();
        coming.sort_by_key(|(begins, _)| *begins);
        Self { plan, coming: coming.into(), heard: Vec::new() }
    }

    /// Adds what is heard during a picture of the file; they are asked for in order.
    fn add(&mut self, tick: i64, sum: &mut [f32]) {
        while let Some((_, track)) = self.coming.pop_front_if(|(begins, _)| *begins <= tick + EARLY) {
            self.heard.extend(voice(track, self.plan));
        }
        for voice in &mut self.heard {
            voice.add(tick * TICK as i64, sum);
        }
        self.heard.retain(|voice| !voice.is_over());
    }
}

fn voice(track: &Arc<Track>, plan: &Plan) -> Option<Voice<Box<dyn Iterator<Item = Heard>>>> {
    let packets = match track.packets() {
        Ok(packets) => packets,
        Err(error) => {
            tracing::warn!(track = %track.path.display(), %error, "a track cannot be read");
            return None;
        }
    };
    let (track, reel) = (Arc::clone(track), Arc::clone(&plan.reel));
    let heard = packets.map(move |packet| Heard { at: reel.sample(track.clock.at(packet.stamp)), packet });
    Voice::new(Box::new(heard) as Box<dyn Iterator<Item = Heard>>)
        .inspect_err(|error| tracing::warn!(?error, "there is no decoder for sound"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Block, Moment, What};
    use crate::reel::Reel;
    use protocol::room::Speaker;
    use protocol::timeline::Codec;
    use std::path::PathBuf;
    use tempfile::TempDir;

    const SECOND: i64 = 1_000_000;

    /// A track of a second of sound, that begins at this second.
    fn track(folder: &TempDir, second: u8) -> Arc<Track> {
        let path: PathBuf = folder.path().join(format!("{second}.rtpdump"));
        let mut file = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
        file.extend([0, 0, 0, second, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for number in 0..50_u8 {
            file.extend([0, 23, 0, 15]);
            file.extend((u32::from(number) * 20).to_be_bytes());
            file.extend([0x80, 111, 0, number]);
            file.extend((u32::from(number) * 960).to_be_bytes());
            file.extend([0, 0, 0, 7, 0xf8, 0xff, 0xfe]);
        }
        std::fs::write(&path, file).unwrap();
        let codec = Codec { mime: "audio/opus".into(), payload_type: 111, clock_rate: 48_000, channels: 2, ssrc: 7 };
        Arc::new(Track::read(&path, &codec).unwrap())
    }

    /// However many come and go in a block, as many files are open as are heard at the same time.
    #[test]
    fn k4_a_voice_is_read_while_it_is_heard() {
        let folder = TempDir::new().unwrap();
        let ada =
            Speaker { person: "ada".into(), name: "Ada".into(), sources: Vec::new(), muted: Vec::new(), lost: false };
        let moments = vec![Moment { at: 0, what: What::OnScreen(vec![ada]) }];
        let reel = Reel::of(&Block { begin: 0, end: None, moments, tracks: Vec::new() }, 40 * SECOND);
        let (ticks, voices) = (reel.ticks(), [30, 0, 10, 20].map(|second| track(&folder, second)).to_vec());
        let plan = Plan { reel: Arc::new(reel), scenes: Vec::new(), ticks, sights: Vec::new(), voices };
        let mut choir = Choir::new(&plan);
        let heard: Vec<usize> = (0..ticks)
            .map(|tick| {
                choir.add(tick, &mut vec![0.0; 2 * TICK]);
                choir.heard.len()
            })
            .collect();
        assert_eq!(heard.iter().max(), Some(&1));
        for second in [0, 10, 20, 30] {
            let (begins, ends) = (second * RATE, (second + 1) * RATE);
            assert!((begins..ends).all(|tick| heard[tick as usize] == 1), "the one at {second} s");
            assert_eq!(heard[(ends + RATE) as usize], 0, "it ends");
        }
    }
}
