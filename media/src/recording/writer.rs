//! The thread that writes the blocks of one session: it may wait for the disk, and nobody waits for it.

use super::block::{Block, Tracks};
use super::clock;
use super::intake::{Batch, Entry, Intake, Order, Track};
use super::recorder::Fact;
use super::rtpdump::sender_reports;
use super::shelf::Shelf;
use super::speech::{Speech, level};
use super::tap::TapId;
use protocol::recording::BlockEnd;
use protocol::room::{Source, Speaker};
use protocol::timeline::Event;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// After so long what came is written and with the system, so that the end of this process costs no more (K6).
const WRITE: i64 = 200_000;

/// So long after a block ended it takes packets that were sent before that: they are on their way, or lost and sent again (K3).
const TAIL: i64 = 2_000_000;

/// Between two looks at whether a block was deleted, and whether one that nobody knows of holds a packet by now.
const LOOK: i64 = 1_000_000;

/// Between two tellings of how long and large a block has become: a thousand that grow are written down by an api, and shown to whoever
/// has them before their eyes.
const GROW: i64 = 10 * LOOK;

pub struct Writer {
    session: String,
    shelf: Arc<Shelf>,
    intake: Arc<Intake>,
    facts: UnboundedSender<Fact>,
    /// Which capture this is, for what it says.
    capture: u64,
    block: Option<Block>,
    /// The tracks of the block that comes next.
    next: Option<Tracks>,
    /// The block before, which still takes packets until then.
    last: Option<(Block, i64)>,
    tapped: HashMap<TapId, Tapped>,
    speakers: Vec<Speaker>,
    /// The disk takes nothing any more: until the last order nothing is written.
    failed: bool,
    over: bool,
    /// When everything was with the system.
    flushed: i64,
    /// Whether something has come since.
    news: bool,
    looked: i64,
    /// When it was told last how long and large the block is, and what.
    grown: i64,
    told: (i64, u64),
}

struct Tapped {
    track: Track,
    speech: Speech,
}

impl Writer {
    /// Starts the thread, with a block that begins now. An error is that the system has no thread to give; the block is told as one that
    /// could not be written then.
    pub fn start(
        session: &str,
        shelf: Arc<Shelf>,
        intake: Arc<Intake>,
        facts: (UnboundedSender<Fact>, u64),
    ) -> io::Result<()> {
        let writer = Self::new(session, Arc::clone(&shelf), intake, facts);
        let started = thread::Builder::new().name("recording".into()).spawn(move || writer.run());
        started.map(drop).inspect_err(|_error| shelf.lose(session, clock::now()))
    }

    fn new(
        session: &str,
        shelf: Arc<Shelf>,
        intake: Arc<Intake>,
        (facts, capture): (UnboundedSender<Fact>, u64),
    ) -> Self {
        Self {
            session: session.to_owned(),
            shelf,
            intake,
            facts,
            capture,
            block: None,
            next: None,
            last: None,
            tapped: HashMap::new(),
            speakers: Vec::new(),
            failed: false,
            over: false,
            flushed: 0,
            news: false,
            looked: 0,
            grown: 0,
            told: (0, 0),
        }
    }

    fn run(mut self) {
        let begun = self.begin(clock::now());
        self.check(begun);
        let mut batch = Batch::default();
        while !self.over {
            self.intake.take(&mut batch, self.patience());
            for (entry, bytes) in batch.drain() {
                self.news = true;
                self.take(entry, bytes);
            }
            self.tend(clock::now());
        }
        self.say(Fact::WriterOver);
    }

    /// For how long to wait for an order.
    fn patience(&self) -> Option<Duration> {
        let soon = self.news || !self.tapped.is_empty() || self.last.is_some();
        let micros = if soon { WRITE } else { LOOK };
        let waits = !self.failed && self.block.is_some();
        waits.then(|| Duration::from_micros(micros.unsigned_abs()))
    }

    fn take(&mut self, entry: Entry, bytes: &[u8]) {
        if self.failed && !matches!(&entry, Entry::Order(order) if matches!(**order, Order::End { .. })) {
            return;
        }
        let done = match entry {
            Entry::Rtp { tap, at, .. } => self.rtp(tap, at, bytes),
            Entry::Rtcp { at, .. } => self.rtcp(at, bytes),
            Entry::Order(order) => self.order(*order),
        };
        self.check(done);
    }

    /// What has not been written when something cannot be written is lost; what has been stays.
    fn check(&mut self, done: io::Result<()>) {
        if let Err(error) = done
            && !std::mem::replace(&mut self.failed, true)
        {
            self.say(Fact::Failed { capture: self.capture, problem: error.to_string() });
        }
    }

    fn order(&mut self, order: Order) -> io::Result<()> {
        match order {
            Order::OnScreen { at, speakers } => {
                self.speakers = speakers;
                if let Some(block) = &mut self.block {
                    block.show(at, &self.speakers)?;
                }
                Ok(())
            }
            Order::Track { at, tap, track } => {
                if let Some(block) = &mut self.block {
                    block.open(at, tap, &track)?;
                }
                if let Some(next) = &mut self.next {
                    next.open(tap, at)?;
                }
                self.tapped.insert(tap, Tapped { track, speech: Speech::default() });
                Ok(())
            }
            Order::TrackEnd { at, tap } => self.track_ended(at, tap),
            Order::Prepare { at } => self.prepare(at),
            Order::Discard => {
                self.discard();
                Ok(())
            }
            Order::Follow { at } => self.follow(at),
            Order::End { at, end } => {
                self.end(at, end);
                Ok(())
            }
        }
    }

    fn begin(&mut self, at: i64) -> io::Result<()> {
        let place = self.shelf.begin(&self.session, at);
        let place = place.inspect_err(|_full| self.shelf.lose(&self.session, at))?;
        let id = place.0.clone();
        let block = Block::begin(place, &self.session, at);
        self.block = Some(block.inspect_err(|_full| self.shelf.end(&id, at, BlockEnd::Disk))?);
        Ok(())
    }

    fn rtp(&mut self, tap: TapId, at: i64, packet: &[u8]) -> io::Result<()> {
        let Some(tapped) = self.tapped.get_mut(&tap) else { return Ok(()) };
        if let Some(block) = &mut self.block {
            block.tracks.rtp(tap, at, packet)?;
            if let Some(speaking) = tapped.hear(at, packet) {
                block.line(at, tapped.said(speaking))?;
            }
        }
        if let Some(next) = &mut self.next {
            next.rtp(tap, at, packet)?;
        }
        if let Some((last, _)) = &mut self.last {
            last.tracks.rtp(tap, at, packet)?;
        }
        Ok(())
    }

    fn rtcp(&mut self, at: i64, compound: &[u8]) -> io::Result<()> {
        for (ssrc, report) in sender_reports(compound) {
            let Some(tap) = self.tapped.iter().find(|(_, tapped)| tapped.track.codec.ssrc == ssrc).map(|(tap, _)| *tap)
            else {
                continue;
            };
            let block = self.block.iter_mut().map(|block| &mut block.tracks);
            let last = self.last.iter_mut().map(|(block, _)| &mut block.tracks);
            for tracks in block.chain(&mut self.next).chain(last) {
                tracks.rtcp(tap, at, report)?;
            }
        }
        Ok(())
    }

    fn track_ended(&mut self, at: i64, tap: TapId) -> io::Result<()> {
        let Some(tapped) = self.tapped.remove(&tap) else { return Ok(()) };
        if let Some(block) = &mut self.block {
            if tapped.speech.is_speaking() {
                block.line(at, tapped.said(false))?;
            }
            block.close(at, tap)?;
        }
        if let Some(next) = &mut self.next {
            next.close(tap)?;
        }
        if let Some((last, _)) = &mut self.last {
            last.tracks.close(tap)?;
        }
        Ok(())
    }

    fn prepare(&mut self, at: i64) -> io::Result<()> {
        let Some(block) = &self.block else { return Ok(()) };
        let mut next = Tracks::of_next(&block.folder)?;
        for tap in self.tapped.keys() {
            next.open(*tap, at)?;
        }
        self.next = Some(next);
        Ok(())
    }

    fn discard(&mut self) {
        if let Some(next) = self.next.take() {
            next.remove();
        }
    }

    fn follow(&mut self, at: i64) -> io::Result<()> {
        let Some(next) = self.next.take() else { return Ok(()) };
        let place = self.shelf.begin(&self.session, at).inspect_err(|_error| next.remove())?;
        let id = place.0.clone();
        let block = Block::follow(place, &self.session, at, next);
        let mut block = block.inspect_err(|_full| self.shelf.end(&id, at, BlockEnd::Disk))?;
        let mut told = block.show(at, &self.speakers);
        for (tap, tapped) in &self.tapped {
            told = told.and_then(|()| block.tell(at, *tap, &tapped.track));
            if tapped.speech.is_speaking() {
                told = told.and_then(|()| block.line(at, tapped.said(true)));
            }
        }
        self.finish_last();
        if let Some(mut before) = self.block.replace(block) {
            told = told.and(before.end(at, BlockEnd::Length));
            self.last = Some((before, at + TAIL));
        }
        told
    }

    /// What is to be done from time to time.
    fn tend(&mut self, now: i64) {
        if self.over {
            return;
        }
        if self.last.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.finish_last();
        }
        if !self.failed && now - self.flushed >= WRITE {
            let rested = self.rest(now);
            let flushed = rested.and_then(|()| self.flush());
            (self.flushed, self.news) = (now, false);
            self.check(flushed);
        }
        if now - self.looked >= LOOK {
            self.looked = now;
            self.look(now);
        }
    }

    fn rest(&mut self, now: i64) -> io::Result<()> {
        let Some(block) = &mut self.block else { return Ok(()) };
        for tapped in self.tapped.values_mut() {
            if let Some(speaking) = tapped.speech.rest(now) {
                block.line(now, tapped.said(speaking))?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.block.iter_mut().chain(self.last.iter_mut().map(|(block, _)| block)).try_for_each(Block::flush)?;
        self.next.iter_mut().try_for_each(Tracks::flush)
    }

    fn look(&mut self, now: i64) {
        let Some(block) = &self.block else { return };
        let grown = (block.length(), block.bytes());
        let is_due = now - self.grown >= GROW || !self.shelf.is_told(&block.id);
        if is_due && self.told != grown {
            (self.grown, self.told) = (now, grown);
            self.shelf.grow(&block.id, grown.0, grown.1);
        }
        if self.shelf.is_deleted(&block.id) {
            self.say(Fact::Deleted { capture: self.capture });
        }
    }

    fn end(&mut self, at: i64, end: BlockEnd) {
        self.over = true;
        self.discard();
        self.finish_last();
        if let Some(mut block) = self.block.take() {
            // On a disk that is full there may be no last line: the block then ends with its last packet.
            if let Err(error) = block.end(at, end) {
                tracing::warn!(%error, block = block.id, "a block has no last line");
            }
            self.finish(block, end);
        }
    }

    fn finish_last(&mut self) {
        if let Some((block, _)) = self.last.take() {
            self.finish(block, BlockEnd::Length);
        }
    }

    /// Closes the files of a block and hands it on.
    fn finish(&self, mut block: Block, end: BlockEnd) {
        if let Err(error) = block.flush() {
            tracing::warn!(%error, block = block.id, "the last moment of a block could not be written");
        }
        let (ended, length, bytes) = (block.ended(), block.length(), block.bytes());
        let id = block.id.clone();
        drop(block);
        self.shelf.grow(&id, length, bytes);
        self.shelf.end(&id, ended, end);
    }

    fn say(&self, fact: Fact) {
        // Nobody hears it when the whole node has ended.
        let _ = self.facts.send(fact);
    }
}

impl Tapped {
    /// Whether the person speaks, when that has changed with this packet. What a shared screen sounds like is nobody's speech.
    fn hear(&mut self, at: i64, packet: &[u8]) -> Option<bool> {
        if self.track.source != Source::Microphone {
            return None;
        }
        let level = level(packet, self.track.level?)?;
        self.speech.hear(at, level)
    }

    fn said(&self, speaking: bool) -> Event {
        Event::Speaking { person: self.track.person.clone(), speaking }
    }
}

#[cfg(test)]
mod tests;
