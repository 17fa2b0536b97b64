//! The pictures of a file: what decoders make, put together, names laid on top, and handed to the encoder (K4).

use crate::canvas::Picture;
use crate::decoder::Decoder;
use crate::dress::{Laid, Wardrobe};
use crate::error::Error;
use crate::layout::{HEIGHT, Rect, WIDTH};
use crate::look;
use crate::plan::{Plan, Sight};
use crate::program::{Program, widen, wrote};
use crate::reel::RATE;
use crate::scenes::{Scene, Tile};
use crate::sound;
use crate::spans::fit;
use crate::stages::Stages;
use protocol::recording::Failure;
use protocol::room::Seat;
use std::collections::VecDeque;
use std::io::Write;
use std::path::Path;
use std::process::ChildStdin;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// The file, in the folder for what is being made.
pub const FILE: &str = "recording.mp4";

/// How many pictures of the file before the first one of a decoder at which it is started, so that nobody waits for it then.
const EARLY: i64 = RATE;

/// Pictures that wait for the encoder at the most.
const AHEAD: usize = 3;

/// Pictures after which a player can jump to one.
const KEY: i64 = 4 * RATE;

/// Bits in a second that pictures may take for long: below 2 GB an hour, whatever people show.
const BITS: &str = "4M";

/// `progress` is told of each picture of the file that was handed to the encoder.
pub fn make(
    ffmpeg: &Path,
    folder: &Path,
    threads: usize,
    plan: &Plan,
    mut progress: impl FnMut(),
) -> Result<Stages, Error> {
    let mut encoder = Program::start(ffmpeg, folder, encoder_arguments(threads))?;
    let Some(input) = encoder.input() else { return encoder.finish().map(|()| Stages::default()) };
    let writer = Writer::start(input);
    let mut cutter = Cutter::new(ffmpeg, folder, plan);
    for tick in 0..plan.ticks {
        cutter.compose(tick)?;
        let began = Instant::now();
        if !writer.write(&cutter.canvas) {
            break;
        }
        cutter.stages.encoding += began.elapsed();
        progress();
    }
    let mut stages = cutter.stages;
    let began = Instant::now();
    writer.finish()?;
    encoder.finish()?;
    stages.finishing = began.elapsed();
    Ok(stages)
}

fn encoder_arguments(threads: usize) -> Vec<String> {
    let colours = "setparams=range=tv:color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m";
    let (size, rate, key, threads) =
        (format!("{WIDTH}x{HEIGHT}"), RATE.to_string(), KEY.to_string(), threads.to_string());
    [
        ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", &size, "-framerate", &rate, "-i", "pipe:0"].as_slice(),
        &["-i", sound::FILE, "-map", "0:v", "-map", "1:a", "-vf", colours],
        &[
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", BITS, "-bufsize", "8M", "-pix_fmt",
            "yuv420p", "-g", &key, "-threads", &threads,
        ],
        &["-c:a", "copy", "-movflags", "+faststart", "-f", "mp4", "-y", FILE],
    ]
    .concat()
    .into_iter()
    .map(str::to_owned)
    .collect()
}

/// Hands pictures to the encoder, which now and then takes a while.
struct Writer {
    pictures: SyncSender<Vec<u8>>,
    used: Receiver<Vec<u8>>,
    thread: JoinHandle<std::io::Result<bool>>,
}

impl Writer {
    fn start(mut input: ChildStdin) -> Self {
        widen(&input);
        let (pictures, to_write) = sync_channel::<Vec<u8>>(AHEAD);
        let (written, used) = sync_channel(AHEAD + 2);
        let thread = thread::spawn(move || {
            for bytes in to_write {
                if !wrote(input.write_all(&bytes))? {
                    return Ok(false);
                }
                let _unused = written.try_send(bytes);
            }
            Ok(true)
        });
        Self { pictures, used, thread }
    }

    /// False when the encoder is gone.
    fn write(&self, picture: &Picture) -> bool {
        let mut bytes = self.used.try_recv().unwrap_or_default();
        bytes.clear();
        bytes.extend_from_slice(&picture.bytes);
        self.pictures.send(bytes).is_ok()
    }

    fn finish(self) -> Result<(), Error> {
        drop(self.pictures);
        match self.thread.join() {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Error::writing("pictures", &error)),
            Err(_panicked) => Err(Error::new(Failure::Encoder, "pictures were not written")),
        }
    }
}

/// Puts each picture together.
struct Cutter<'a> {
    ffmpeg: &'a Path,
    folder: &'a Path,
    plan: &'a Plan,
    canvas: Picture,
    wardrobe: Wardrobe,
    /// In the order in which they begin.
    coming: VecDeque<usize>,
    playing: Vec<Playing<'a>>,
    scene: usize,
    tiles: Vec<Drawn>,
    stages: Stages,
}

struct Playing<'a> {
    sight: &'a Sight,
    /// None once it has died.
    decoder: Option<Decoder>,
}

/// A tile, with what lies on it and whether it has to be drawn anew.
struct Drawn {
    over: Vec<Laid>,
    showed: Showed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Showed {
    Nothing,
    Face,
    Picture(Rect),
}

impl<'a> Cutter<'a> {
    fn new(ffmpeg: &'a Path, folder: &'a Path, plan: &'a Plan) -> Self {
        let mut coming: Vec<usize> = (0..plan.sights.len()).collect();
        coming.sort_by_key(|sight| plan.sights[*sight].span.from);
        Self {
            ffmpeg,
            folder,
            plan,
            canvas: Picture::new(WIDTH, HEIGHT),
            wardrobe: Wardrobe::new(),
            coming: coming.into(),
            playing: Vec::new(),
            scene: 0,
            tiles: Vec::new(),
            stages: Stages::default(),
        }
    }

    fn compose(&mut self, tick: i64) -> Result<(), Error> {
        self.start_decoders(tick)?;
        let scenes = &self.plan.scenes;
        while scenes.get(self.scene + 1).is_some_and(|next| next.from <= tick) {
            self.scene += 1;
        }
        let Some(scene) = scenes.get(self.scene) else { return Ok(()) };
        if scene.from == tick {
            self.begin(scene);
        }
        for (position, tile) in scene.tiles.iter().enumerate() {
            self.draw(tick, position, tile)?;
        }
        Ok(())
    }

    fn start_decoders(&mut self, tick: i64) -> Result<(), Error> {
        self.playing.retain(|playing| playing.sight.span.to > tick);
        let sights = &self.plan.sights;
        while let Some(number) = self.coming.pop_front_if(|sight| sights[*sight].span.from <= tick + EARLY) {
            let sight = &sights[number];
            let name = format!("decoder-{number}");
            let Sight { track, span, .. } = sight;
            match Decoder::start(self.ffmpeg, self.folder, &name, track, &self.plan.reel, span) {
                Ok(decoder) => self.playing.push(Playing { sight, decoder: Some(decoder) }),
                Err(error) if error.failure == Failure::Disk => return Err(error),
                Err(error) => {
                    tracing::warn!(track = %track.path.display(), %error, "pictures cannot be decoded");
                }
            }
        }
        Ok(())
    }

    /// Everything stands where it stands from now on.
    fn begin(&mut self, scene: &Scene) {
        let began = Instant::now();
        self.canvas.fill(Rect { left: 0, top: 0, width: WIDTH, height: HEIGHT }, look::GROUND);
        let wardrobe = &mut self.wardrobe;
        let dress = |tile: &Tile| Drawn {
            over: wardrobe.over(tile, scene.speaking.contains(&tile.person)),
            showed: Showed::Nothing,
        };
        self.tiles = scene.tiles.iter().map(dress).collect();
        self.stages.composing += began.elapsed();
    }

    fn draw(&mut self, tick: i64, position: usize, tile: &Tile) -> Result<(), Error> {
        let began = Instant::now();
        let shown = self.playing.iter_mut().rev().find(|playing| {
            let Sight { person, span, .. } = playing.sight;
            tile.has_picture
                && playing.decoder.is_some()
                && span.source == tile.source()
                && span.from <= tick
                && *person == tile.person
        });
        let mut picture = None;
        if let Some(playing) = shown {
            picture = playing.picture(tick)?;
        }
        self.stages.decoding += began.elapsed();
        let began = Instant::now();
        let Drawn { over, showed } = &mut self.tiles[position];
        match picture {
            Some((picture, place)) => {
                if *showed != Showed::Picture(place) {
                    let ground = if tile.seat == Seat::Screen { look::SCREEN } else { look::TILE };
                    self.canvas.fill(tile.place, ground);
                    *showed = Showed::Picture(place);
                }
                self.canvas.put(picture, place.left, place.top);
                lay(&mut self.canvas, over);
            }
            None if *showed != Showed::Face => {
                self.canvas.fill(tile.place, look::TILE);
                if tile.seat == Seat::Person {
                    lay(&mut self.canvas, self.wardrobe.face(tile).as_slice());
                }
                lay(&mut self.canvas, over);
                *showed = Showed::Face;
            }
            None => {}
        }
        self.stages.composing += began.elapsed();
        Ok(())
    }
}

impl Playing<'_> {
    /// With where it belongs. A decoder that dies takes its own pictures along, and nothing else.
    fn picture(&mut self, tick: i64) -> Result<Option<(&Picture, Rect)>, Error> {
        let Self { sight, decoder } = self;
        let span = &sight.span;
        let Some(tile) = span.shown.iter().find(|part| part.from <= tick && tick < part.to) else { return Ok(None) };
        let place = fit(span.source, span.size, tile.place).place;
        let result = match decoder {
            Some(decoder) => decoder.advance(tick),
            None => return Ok(None),
        };
        match result {
            Ok(true) => {}
            Ok(false) => *decoder = None,
            Err(error) if error.failure == Failure::Disk => return Err(error),
            Err(error) => {
                tracing::warn!(track = %sight.track.path.display(), %error, "pictures cannot be decoded");
                *decoder = None;
            }
        }
        let fits = |picture: &&Picture| (picture.width, picture.height) == (place.width, place.height);
        Ok(decoder.as_ref().and_then(Decoder::current).filter(fits).map(|picture| (picture, place)))
    }
}

fn lay(canvas: &mut Picture, all: &[Laid]) {
    for Laid { left, top, sprite } in all {
        canvas.lay(sprite, *left, *top);
    }
}
