//! The sound of a file: all voices in one, as AAC in a file of its own, which goes beside the pictures as it is (K4).

use crate::error::Error;
use crate::limiter::Limiter;
use crate::plan::Plan;
use crate::program::{Program, write_samples, wrote};
use crate::reel::{RATE, SAMPLES};
use crate::track::Track;
use crate::voice::{Heard, Voice};
use std::path::Path;
use std::sync::Arc;

/// Samples for one picture.
const TICK: usize = (SAMPLES / RATE) as usize;

/// The file, in the folder for what is being made.
pub const FILE: &str = "sound.m4a";

/// `progress` is told of each picture of the file whose sound is there.
pub fn make(ffmpeg: &Path, folder: &Path, plan: &Plan, mut progress: impl FnMut()) -> Result<(), Error> {
    let arguments =
        ["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", "pipe:0", "-c:a", "aac", "-b:a", "160k", "-y", FILE];
    let mut encoder = Program::start(ffmpeg, folder, arguments)?;
    let Some(mut input) = encoder.input() else { return encoder.finish() };
    let mut voices: Vec<_> = plan.voices.iter().filter_map(|track| voice(track, plan)).collect();
    let mut limiter = Limiter::new();
    for tick in 0..plan.ticks {
        let mut sum = vec![0.0; 2 * TICK];
        for voice in &mut voices {
            voice.add(tick * TICK as i64, &mut sum);
        }
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

fn voice(track: &Arc<Track>, plan: &Plan) -> Option<Voice<impl Iterator<Item = Heard> + use<>>> {
    let packets = match track.packets() {
        Ok(packets) => packets,
        Err(error) => {
            tracing::warn!(track = %track.path.display(), %error, "a track cannot be read");
            return None;
        }
    };
    let (track, reel) = (Arc::clone(track), Arc::clone(&plan.reel));
    let heard = packets.map(move |packet| Heard { at: reel.sample(track.clock.at(packet.stamp)), packet });
    Voice::new(heard).inspect_err(|error| tracing::warn!(?error, "there is no decoder for sound")).ok()
}
