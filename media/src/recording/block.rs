//! One block on the disk while it is being recorded: its timeline and its tracks.
//!
//! Every `at` is in microseconds since 1970, on the clock of `clock.rs`; every error is one of the disk.

use super::clock;
use super::intake::Track;
use super::rtpdump::{self, Dump};
use super::tap::TapId;
use protocol::recording::BlockEnd;
use protocol::room::Speaker;
use protocol::timeline::{Event, Line, TIMELINE, TIMELINE_VERSION, track_file};
use std::collections::HashMap;
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Where the tracks of the next block are until it begins, in the folder of this one.
const NEXT: &str = "next";

/// The tracks of one block, each appended to as packets come.
pub struct Tracks {
    folder: PathBuf,
    open: HashMap<TapId, (u32, Dump)>,
    count: u32,
    bytes: u64,
}

impl Tracks {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, open: HashMap::new(), count: 0, bytes: 0 }
    }

    /// Those of the next block, in the folder of this one.
    pub fn of_next(folder: &Path) -> io::Result<Self> {
        let next = folder.join(NEXT);
        DirBuilder::new().mode(0o700).create(&next)?;
        Ok(Self::new(next))
    }

    /// Opens a track, and gives its number.
    pub fn open(&mut self, tap: TapId, at: i64) -> io::Result<u32> {
        let number = self.count;
        let (dump, bytes) = Dump::create(&self.folder.join(track_file(number)), at)?;
        self.count += 1;
        self.bytes += bytes;
        self.open.insert(tap, (number, dump));
        Ok(number)
    }

    pub fn rtp(&mut self, tap: TapId, at: i64, packet: &[u8]) -> io::Result<()> {
        if let Some((_, dump)) = self.open.get_mut(&tap) {
            self.bytes += dump.rtp(at, packet)?;
        }
        Ok(())
    }

    pub fn rtcp(&mut self, tap: TapId, at: i64, packet: &[u8]) -> io::Result<()> {
        if let Some((_, dump)) = self.open.get_mut(&tap) {
            self.bytes += dump.rtcp(at, packet)?;
        }
        Ok(())
    }

    /// Closes a track; gives its number if it was open.
    pub fn close(&mut self, tap: TapId) -> io::Result<Option<u32>> {
        let Some((number, mut dump)) = self.open.remove(&tap) else { return Ok(None) };
        dump.flush()?;
        Ok(Some(number))
    }

    /// All of them, also when one cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.open.values_mut().map(|(_, dump)| dump.flush()).fold(Ok(()), Result::and)
    }

    /// Into the folder of the block that they are of now. Those that have ended are of the block before alone.
    fn move_to(&mut self, folder: &Path) -> io::Result<()> {
        for (number, _) in self.open.values() {
            let file = track_file(*number);
            fs::rename(self.folder.join(&file), folder.join(&file))?;
        }
        self.remove();
        self.folder = folder.to_owned();
        Ok(())
    }

    /// Removes what is in the folder, and the folder.
    pub fn remove(&self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a folder of a recording stays behind");
        }
    }
}

pub struct Block {
    pub id: String,
    pub folder: PathBuf,
    pub tracks: Tracks,
    timeline: BufWriter<File>,
    /// Bytes of the timeline.
    lines: u64,
    /// Since when somebody is on screen, and for how long somebody was before.
    shown_since: Option<i64>,
    shown: i64,
    /// When it ended, once it has.
    ended: Option<i64>,
}

impl Block {
    /// A block that begins now, in the folder that it was given.
    pub fn begin((id, folder): (String, PathBuf), session: &str, at: i64) -> io::Result<Self> {
        let tracks = Tracks::new(folder.clone());
        Self::with((id, folder), session, at, tracks)
    }

    /// A block that goes on with tracks that are open already.
    pub fn follow((id, folder): (String, PathBuf), session: &str, at: i64, mut next: Tracks) -> io::Result<Self> {
        next.move_to(&folder)?;
        Self::with((id, folder), session, at, next)
    }

    fn with((id, folder): (String, PathBuf), session: &str, at: i64, tracks: Tracks) -> io::Result<Self> {
        let timeline = BufWriter::new(rtpdump::create(&folder.join(TIMELINE))?);
        let begin = Event::Begin { version: TIMELINE_VERSION, block: id.clone(), session: session.to_owned() };
        let mut block = Self { id, folder, tracks, timeline, lines: 0, shown_since: None, shown: 0, ended: None };
        block.line(at, begin)?;
        Ok(block)
    }

    /// Opens the track of a tap.
    pub fn open(&mut self, at: i64, tap: TapId, track: &Track) -> io::Result<()> {
        let number = self.tracks.open(tap, at)?;
        self.line(at, told(number, track))
    }

    /// Says of a track that is open already what it is. One that is not says nothing.
    pub fn tell(&mut self, at: i64, tap: TapId, track: &Track) -> io::Result<()> {
        let Some((number, _)) = self.tracks.open.get(&tap) else { return Ok(()) };
        let event = told(*number, track);
        self.line(at, event)
    }

    pub fn close(&mut self, at: i64, tap: TapId) -> io::Result<()> {
        let Some(track) = self.tracks.close(tap)? else { return Ok(()) };
        self.line(at, Event::TrackEnd { track })
    }

    pub fn show(&mut self, at: i64, speakers: &[Speaker]) -> io::Result<()> {
        // Who is lost is on screen for as long as the seat is held.
        if !speakers.is_empty() {
            self.shown_since.get_or_insert(at);
        } else if let Some(since) = self.shown_since.take() {
            self.shown += at - since;
        }
        self.line(at, Event::OnScreen { speakers: speakers.to_vec() })
    }

    /// Nothing comes after its end: of the packets that still come it takes those that belong before it.
    pub fn line(&mut self, at: i64, event: Event) -> io::Result<()> {
        if self.ended.is_some() {
            return Ok(());
        }
        let mut text = serde_json::to_vec(&Line { at, event })?;
        text.push(b'\n');
        self.lines += text.len() as u64;
        self.timeline.write_all(&text)
    }

    /// The last line. The tracks stay open.
    pub fn end(&mut self, at: i64, end: BlockEnd) -> io::Result<()> {
        self.line(at, Event::End { end })?;
        self.ended.get_or_insert(at);
        self.timeline.flush()
    }

    /// When it ended, or this moment, in microseconds since 1970.
    pub fn ended(&self) -> i64 {
        self.ended.unwrap_or_else(clock::now)
    }

    /// Microseconds with somebody on screen.
    pub fn length(&self) -> i64 {
        self.shown + self.shown_since.map_or(0, |since| (self.ended() - since).max(0))
    }

    /// Bytes of its timeline and its tracks.
    pub fn bytes(&self) -> u64 {
        self.lines + self.tracks.bytes
    }

    pub fn flush(&mut self) -> io::Result<()> {
        let timeline = self.timeline.flush();
        self.tracks.flush().and(timeline)
    }
}

fn told(number: u32, track: &Track) -> Event {
    Event::Track { track: number, person: track.person.clone(), source: track.source, codec: track.codec.clone() }
}
