//! Makes the file of a recording from a block's folder: an MP4 of H.264 and AAC, 1920×1080, 30 pictures a second (K4).
//!
//! `plan` reads the timeline and each track once, and knows then what is on screen when (`scenes`), where (`layout`) and which packets
//! it needs (`spans`). `sound` mixes the voices, `film` puts the pictures together. ffmpeg decodes pictures, in a process of its own
//! for each of them, and encodes. See the section on rendering in ARCHITECTURE.md.

mod block;
mod canvas;
pub mod cli;
mod clock;
mod colour;
mod decoder;
mod dress;
mod error;
mod film;
mod h264;
mod jitter;
mod layout;
mod limiter;
mod look;
mod packet;
mod picture;
mod plan;
mod program;
mod progress;
mod reel;
mod rtpdump;
mod scenes;
mod sound;
mod spans;
mod sps;
mod stages;
mod text;
mod track;
mod voice;
mod vp8;
mod workshop;

pub use error::Error;
pub use stages::Stages;

use plan::Plan;
use progress::Progress;
use std::path::{Path, PathBuf};
use std::time::Instant;
use workshop::Workshop;

/// How a file is made.
#[derive(Clone, Debug)]
pub struct Options {
    pub ffmpeg: PathBuf,
    /// Threads of the encoder.
    pub threads: usize,
}

/// A file that was made.
#[derive(Clone, Copy, Debug)]
pub struct Rendered {
    /// Milliseconds.
    pub length: i64,
    pub bytes: u64,
    pub stages: Stages,
}

/// Makes `output` from the block in `folder`. It has its name once it is whole; until then, and if it fails, what was there before
/// stays. `tell` hears of percents that grow to 100, and of the same one again where it takes minutes. The error says why there is no
/// file: nothing to show or to hear, a timeline that cannot be read, an ffmpeg that is missing or fails, or no room on the disk.
pub fn render(folder: &Path, output: &Path, options: &Options, tell: &mut dyn FnMut(u8)) -> Result<Rendered, Error> {
    let Options { ffmpeg, threads } = options;
    let began = Instant::now();
    let mut progress = Progress::new(tell);
    let plan = Plan::of(folder, || progress.alive())?;
    progress.plan(plan.ticks);
    let reading = began.elapsed();
    let workshop = Workshop::beside(output)?;
    let began = Instant::now();
    sound::make(ffmpeg, workshop.folder(), &plan, || progress.sound())?;
    let sound = began.elapsed();
    let stages = film::make(ffmpeg, workshop.folder(), *threads, &plan, || progress.film())?;
    let bytes = workshop.deliver(film::FILE)?;
    progress.finish();
    Ok(Rendered { length: plan.ticks * 1_000 / reel::RATE, bytes, stages: Stages { reading, sound, ..stages } })
}
