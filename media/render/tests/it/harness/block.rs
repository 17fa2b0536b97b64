//! A block's folder, as media leaves it.

use super::wire::{EPOCH, Track};
use protocol::recording::{BlockEnd, Failure};
use protocol::room::{Source, Speaker};
use protocol::timeline::{Event, Line, TIMELINE, TIMELINE_VERSION, track_file};
use render::{Error, Options, Rendered, render};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Block {
    folder: TempDir,
    lines: Vec<Line>,
    tracks: u32,
}

/// Somebody whose name is the person's id in capitals.
pub fn speaker(person: &str, sources: &[Source]) -> Speaker {
    Speaker {
        person: person.into(),
        name: person.to_uppercase(),
        sources: sources.to_vec(),
        muted: Vec::new(),
        lost: false,
    }
}

pub const BOTH: [Source; 2] = [Source::Microphone, Source::Camera];

impl Block {
    /// That begins at so many seconds of the test.
    pub fn begin(at: f64) -> Self {
        let folder = TempDir::new().expect("there is a folder for tests");
        let mut block = Self { folder, lines: Vec::new(), tracks: 0 };
        let (id, session) = ("01J00000000000000000000000".into(), "session:01J".into());
        block.tell(at, Event::Begin { version: TIMELINE_VERSION, block: id, session });
        block
    }

    fn tell(&mut self, at: f64, event: Event) {
        self.lines.push(Line { at: EPOCH + (at * 1e6).round() as i64, event });
    }

    pub fn on_screen(&mut self, at: f64, speakers: &[Speaker]) {
        self.tell(at, Event::OnScreen { speakers: speakers.to_vec() });
    }

    pub fn speaking(&mut self, at: f64, person: &str, speaking: bool) {
        self.tell(at, Event::Speaking { person: person.into(), speaking });
    }

    /// Its number.
    pub fn track(&mut self, person: &str, source: Source, track: &Track) -> u32 {
        let number = self.tracks;
        self.tracks += 1;
        let at = track.packets.first().map_or(0.0, |first| first.at);
        let codec = track.codec.clone();
        self.tell(at, Event::Track { track: number, person: person.into(), source, codec });
        fs::write(self.path(&track_file(number)), track.file()).expect("a track is written");
        number
    }

    pub fn track_end(&mut self, at: f64, track: u32) {
        self.tell(at, Event::TrackEnd { track });
    }

    pub fn end(&mut self, at: f64) {
        self.tell(at, Event::End { end: BlockEnd::Length });
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Writes the timeline: in the order of time, but for the first line.
    pub fn write(&self) {
        let mut lines = self.lines.clone();
        lines[1..].sort_by_key(|line| line.at);
        let text: String =
            lines.iter().map(|line| serde_json::to_string(line).expect("a line is JSON") + "\n").collect();
        fs::write(self.path(TIMELINE), text).expect("the timeline is written");
    }

    pub fn try_render(&self) -> Result<Rendered, Error> {
        self.render_with(&Options { ffmpeg: "ffmpeg".into(), threads: 2 })
    }

    pub fn render_with(&self, options: &Options) -> Result<Rendered, Error> {
        self.write();
        render(self.folder(), &self.path("recording.mp4"), options, &mut |_percent| {})
    }

    pub fn render(&self) -> super::film::Film {
        self.try_render().expect("it renders");
        super::film::Film::open(&self.path("recording.mp4"))
    }

    pub fn failure(&self) -> Failure {
        self.try_render().expect_err("it fails").failure
    }
}
