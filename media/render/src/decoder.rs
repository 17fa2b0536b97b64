//! An ffmpeg that makes pictures of one size out of what a track holds, one for each picture of the file.

use crate::canvas::{self, Picture};
use crate::error::Error;
use crate::layout::Rect;
use crate::picture::Format;
use crate::program::Program;
use crate::reel::{RATE, Reel};
use crate::spans::{Pace, Span, tick};
use crate::track::Track;
use protocol::recording::Failure;
use protocol::room::Source;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

/// Pictures that are decoded ahead.
const AHEAD: usize = 2;

/// For so long a picture is waited for. The machine may have better things to do, but at some time a decoder must be stuck.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a decoder makes of a span.
pub struct Decoder {
    program: Option<Program>,
    pictures: Receiver<(i64, Picture)>,
    /// Pictures that were shown, whose memory is used again.
    used: Sender<Picture>,
    current: Option<(i64, Picture)>,
}

impl Decoder {
    /// `folder`: where it may keep a file, of the name `name`.
    pub fn start(
        ffmpeg: &Path,
        folder: &Path,
        name: &str,
        track: &Arc<Track>,
        reel: &Arc<Reel>,
        span: &Arc<Span>,
    ) -> Result<Self, Error> {
        let script = format!("{name}.commands");
        let commands = commands(span);
        if !commands.is_empty() {
            fs::write(folder.join(&script), &commands).map_err(|error| Error::writing("a decoder's file", &error))?;
        }
        let filter = filter(span, if commands.is_empty() { None } else { Some(&script) });
        let arguments = [
            // What goes in is small, and all of it is of use: nothing is looked at in advance.
            ["-probesize", "32"].as_slice(),
            &["-analyzeduration", "0", "-threads", "1", "-reinit_filter", "0", "-f", "ivf", "-i", "pipe:0"],
            &["-an", "-filter_threads", "1", "-vf", &filter, "-fps_mode", "passthrough"],
            &["-pix_fmt", "yuv420p", "-threads", "1", "-f", "rawvideo", "pipe:1"],
        ];
        let mut program = Program::start(ffmpeg, folder, arguments.concat())?;
        let (pictures, received) = sync_channel(AHEAD);
        let (used, to_use) = channel();
        if let (Some(input), Some(output)) = (program.input(), program.output()) {
            let (track, reel, span) = (Arc::clone(track), Arc::clone(reel), Arc::clone(span));
            let sizes = span.sizes();
            let from = span.from;
            thread::spawn(move || feed(input, &track, &reel, &span));
            thread::spawn(move || read(output, from, &sizes, &pictures, &to_use));
        }
        Ok(Self { program: Some(program), pictures: received, used, current: None })
    }

    /// Goes on to what the file's picture `tick` shows; they are asked for in order. False once it has nothing more to show; an error
    /// where that is because it died.
    pub fn advance(&mut self, tick: i64) -> Result<bool, Error> {
        while self.current.as_ref().is_none_or(|(at, _)| *at < tick) {
            if let Some((_, used)) = self.current.take() {
                // The thread that takes it may be gone with the decoder.
                let _gone = self.used.send(used);
            }
            match self.pictures.recv_timeout(PATIENCE) {
                Ok(next) => self.current = Some(next),
                Err(RecvTimeoutError::Timeout) => return Err(Error::new(Failure::Encoder, "a decoder is stuck")),
                Err(RecvTimeoutError::Disconnected) => {
                    return self.program.take().map_or(Ok(()), Program::finish).map(|()| false);
                }
            }
        }
        Ok(true)
    }

    pub fn current(&self) -> Option<&Picture> {
        self.current.as_ref().map(|(_, picture)| picture)
    }
}

/// In which order filters stand: even in time first, the last picture going on for as long as it is asked for, then cut and scaled.
fn filter(span: &Span, script: Option<&String>) -> String {
    let start = (span.from - span.first) as f64 / RATE as f64;
    let crop = span
        .crop()
        .map_or_else(String::new, |Rect { left, top, width, height }| format!("crop={width}:{height}:{left}:{top},"));
    let (width, height) = span.sizes().first().map_or((2, 2), |(_, width, height)| (*width, *height));
    // Letters on screens want a sharper filter than faces.
    let flags = if span.source == Source::Screen { "bicubic" } else { "bilinear" };
    let commands = script.map_or_else(String::new, |script| format!("sendcmd=f={script},"));
    format!(
        "fps={RATE}:start_time={start:.6},tpad=stop=-1:stop_mode=clone,{crop}{commands}\
         scale@tile={width}:{height}:flags={flags}:out_range=tv,format=yuv420p"
    )
}

/// When the tile gets another size, so do pictures: half a picture before the first one of that size.
fn commands(span: &Span) -> String {
    let at = |tick: i64| ((tick - span.first) as f64 - 0.5) / RATE as f64;
    let sizes = span.sizes();
    let changes = sizes.iter().skip(1);
    changes
        .map(|(tick, width, height)| {
            format!("{:.6} scale@tile width {width}, scale@tile height {height};\n", at(*tick))
        })
        .collect()
}

/// Writes a span's pictures as IVF, timed in pictures of the file.
fn feed(to: impl Write, track: &Track, reel: &Reel, span: &Span) {
    match write_ivf(to, track, reel, span) {
        Ok(()) => {}
        // The decoder is not needed any more, or has died, which is told where it is waited for.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => tracing::warn!(track = %track.path.display(), %error, "a track cannot be read any further"),
    }
}

fn write_ivf(mut to: impl Write, track: &Track, reel: &Reel, span: &Span) -> io::Result<()> {
    let code = match Format::of(&track.codec.mime) {
        Some(Format::H264) => b"H264",
        _ => b"VP80",
    };
    let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX).to_le_bytes();
    let mut header = b"DKIF\0\0\x20\0".to_vec();
    header.extend(code);
    header.extend(side(span.size.0));
    header.extend(side(span.size.1));
    header.extend((RATE as u32).to_le_bytes());
    header.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    to.write_all(&header)?;
    let mut pace = Pace::default();
    for picture in track.pictures(&span.place)? {
        if picture.stamp.timestamp > span.last.timestamp {
            break;
        }
        let at = pace.next(tick(reel, &track.clock, picture.stamp));
        if at >= span.to {
            break;
        }
        let mut frame = Vec::with_capacity(12 + picture.data.len());
        frame.extend((picture.data.len() as u32).to_le_bytes());
        frame.extend((at - span.first).max(0).to_le_bytes());
        frame.extend(picture.data);
        to.write_all(&frame)?;
    }
    Ok(())
}

/// Reads raw pictures, which become another size where the span says so.
fn read(
    mut from: impl Read,
    first: i64,
    sizes: &[(i64, usize, usize)],
    to: &SyncSender<(i64, Picture)>,
    used: &Receiver<Picture>,
) {
    let mut later = sizes.iter().peekable();
    let (mut width, mut height) = (2, 2);
    for tick in first.. {
        while let Some(size) = later.next_if(|(at, _, _)| *at <= tick) {
            (width, height) = (size.1, size.2);
        }
        let mut bytes = used.try_recv().map(|picture| picture.bytes).unwrap_or_default();
        bytes.resize(canvas::bytes(width, height), 0);
        // At the end, also when it was a bad one: who waits for pictures asks the program.
        if from.read_exact(&mut bytes).is_err() || to.send((tick, Picture { width, height, bytes })).is_err() {
            return;
        }
    }
}
