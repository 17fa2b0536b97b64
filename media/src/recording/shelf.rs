//! The blocks that this node keeps, from their first packet until an api has their files. What must be known after a restart lies
//! in the folder of each block; nothing else does.
//!
//! Who records calls [`Shelf::begin`], [`Shelf::grow`] and [`Shelf::end`], and asks [`Shelf::is_deleted`] again and again: an api may
//! delete one that is being recorded. Recording then goes on in another block, and this one is ended like any other, by which it goes.

mod folder;
mod left;
mod timeline;

use protocol::recording::{Block, BlockEnd, BlockState, Failure};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use timeline::Summary;
use tokio::sync::watch;
use ulid::Ulid;

/// Milliseconds with somebody on screen after which a block without a single packet is no accident that nobody has to hear of.
const LOSS: i64 = 60_000;

pub struct Shelf {
    folder: PathBuf,
    shelved: Mutex<Shelved>,
    /// The number of the newest change.
    newest: watch::Sender<u64>,
    /// This process ends.
    leaving: AtomicBool,
    /// Locked for as long as this process has the folder.
    _lock: File,
}

#[derive(Default)]
struct Shelved {
    number: u64,
    /// By their ids, so the oldest one is first.
    blocks: BTreeMap<String, Entry>,
}

struct Entry {
    block: Block,
    stage: Stage,
    /// The number of its last change.
    changed: u64,
    /// Nobody records it: a process before this one left it when nobody was on screen, since this moment.
    left: Option<i64>,
}

/// What happens to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Recorded, without a packet so far. Nobody is told of it, since it may come to nothing.
    Begun,
    Recorded,
    /// Recorded still, and deleted already.
    Deleted,
    /// Waits to be rendered.
    Waiting,
    Rendered,
    /// Waits for an api to take its file.
    Made,
    Failed,
}

/// A block that is to be rendered.
pub struct Job {
    pub block: String,
    pub folder: PathBuf,
    /// Where its file is to be written.
    pub output: PathBuf,
    /// Milliseconds that the file will be long, as far as is known.
    pub length: i64,
}

/// A block whose file is to be handed over.
pub struct Delivery {
    pub block: String,
    pub file: PathBuf,
    /// Milliseconds of the film.
    pub length: i64,
}

impl Shelf {
    /// All blocks in the folder. Those that a process left unfinished that is gone now end where they were last written to (K6), unless
    /// nobody was on screen: these wait on (K2). An error says what is wrong with the folder, and what to do.
    pub fn open(path: &Path) -> Result<Arc<Self>, String> {
        let cannot = |error: io::Error| {
            format!("cannot keep recordings in {}: {error}. Set MEDIA_RECORDINGS to another folder.", path.display())
        };
        folder::make(path).map_err(cannot)?;
        let lock = File::create(path.join("lock")).map_err(cannot)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::Error(error) => cannot(error),
            TryLockError::WouldBlock => format!(
                "another media keeps its recordings in {}. Set MEDIA_RECORDINGS to another folder for each.",
                path.display()
            ),
        })?;
        folder::sweep(path);
        let shelf = Self {
            folder: path.to_owned(),
            shelved: Mutex::default(),
            newest: watch::channel(0).0,
            leaving: AtomicBool::new(false),
            _lock: lock,
        };
        for entry in fs::read_dir(path).map_err(cannot)?.flatten() {
            if let Some(id) = entry.file_name().to_str().filter(|name| Ulid::from_string(name).is_ok()) {
                shelf.find(id);
            }
        }
        shelf.announce(shelf.lock());
        Ok(Arc::new(shelf))
    }

    /// Begins a block: gives its id, and the folder for its timeline and its tracks. `now` is in microseconds since 1970. An error is
    /// that of the disk; there is no such block then.
    pub fn begin(&self, session: &str, now: i64) -> io::Result<(String, PathBuf)> {
        self.end_left(session, now, BlockEnd::Restarted);
        let id = id_at(now);
        let folder = self.folder_of(&id);
        let block = begun(&id, session, now);
        folder::make(&folder)
            .and_then(|()| folder::keep(&folder, &block))
            .inspect_err(|_full| folder::discard(&folder))?;
        self.put(Entry::new(block, Stage::Begun));
        Ok((id, folder))
    }

    /// Tells of a block that could not even begin, for want of anything to write it to: with that, recording has stopped until a
    /// host starts it again, which an api must know. Nothing of it is on the disk.
    pub fn lose(&self, session: &str, now: i64) {
        let id = id_at(now);
        let mut block = begun(&id, session, now);
        (block.ended_at, block.end) = (Some(now / 1000), Some(BlockEnd::Disk));
        block.state = BlockState::Failed { failure: Failure::Disk };
        self.put(Entry::new(block, Stage::Failed));
    }

    /// How much of a block there is now: the time with somebody on screen, and bytes on the disk.
    pub fn grow(&self, block: &str, length_micros: i64, bytes: u64) {
        let holds = self.stage(block) != Some(Stage::Begun) || folder::holds_packets(&self.folder_of(block));
        self.change(block, |entry| {
            if holds && entry.stage == Stage::Begun {
                entry.stage = Stage::Recorded;
            }
            (entry.block.length, entry.block.bytes) = (length_micros / 1000, bytes);
            entry.stage == Stage::Recorded
        });
    }

    /// Ends a block, to which nothing is written any more. One without a single packet goes, unless that is a loss or recording has
    /// stopped with it.
    pub fn end(&self, block: &str, now_micros: i64, end: BlockEnd) {
        if end != BlockEnd::Restarted || !self.leaves(block) {
            self.close(block, now_micros, end);
        }
    }

    fn close(&self, block: &str, now_micros: i64, end: BlockEnd) {
        let folder = self.folder_of(block);
        let (holds, bytes, began) = (folder::holds_packets(&folder), folder::size(&folder), timeline::began(&folder));
        let mut goes = false;
        let ended = self.change(block, |entry| {
            if !matches!(entry.stage, Stage::Begun | Stage::Recorded) {
                goes = entry.stage == Stage::Deleted;
                return false;
            }
            entry.left = None;
            entry.block.started_at = began.map_or(entry.block.started_at, |began| began / 1000);
            (entry.block.ended_at, entry.block.end) = (Some(now_micros / 1000), Some(end));
            entry.block.bytes = bytes;
            goes = !entry.finish(holds);
            !goes
        });
        if goes {
            self.remove(block);
        } else if ended {
            self.keep(block);
        }
    }

    /// Whether apis know of a block, or will in a moment.
    pub fn is_told(&self, block: &str) -> bool {
        self.lock().blocks.get(block).is_some_and(Entry::is_told)
    }

    /// Whether an api has deleted a block that is being recorded.
    pub fn is_deleted(&self, block: &str) -> bool {
        self.stage(block).is_none_or(|stage| stage == Stage::Deleted)
    }

    /// All blocks that an api should know of, and the number of the newest change.
    pub fn blocks(&self) -> (Vec<Block>, u64) {
        self.since(0)
    }

    /// Those that changed after number `since`, and the number of the newest change.
    pub fn since(&self, since: u64) -> (Vec<Block>, u64) {
        let shelved = self.lock();
        let changed = shelved.blocks.values().filter(|entry| entry.changed > since && entry.is_told());
        (changed.map(|entry| entry.block.clone()).collect(), shelved.number)
    }

    /// Tells when something changes.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// Until there is no such block any more.
    pub async fn gone(&self, block: &str) {
        let mut changes = self.watch();
        while self.stage(block).is_some() && changes.changed().await.is_ok() {}
    }

    /// Tries again what failed (K5). A file that is there already is not made again.
    pub fn retry(&self, block: &str) {
        let made = folder::file(&self.folder_of(block)).exists();
        let again = self.change(block, |entry| {
            let failed = entry.stage == Stage::Failed;
            if failed {
                entry.process(made);
            }
            failed
        });
        if again {
            self.keep(block);
        }
    }

    /// What is kept of the block goes: at once, or as soon as nothing is written to it any more.
    pub fn delete(&self, block: &str) {
        match self.stage(block) {
            None | Some(Stage::Deleted) => {}
            Some(Stage::Begun | Stage::Recorded) if !self.is_left(block) => {
                if let Err(error) = folder::mark_deleted(&self.folder_of(block)) {
                    tracing::error!(%error, block.id = block, "a deleted block would be back after a restart");
                }
                let marked = self.change(block, |entry| {
                    // It may have ended meanwhile.
                    let is_written = matches!(entry.stage, Stage::Begun | Stage::Recorded);
                    if is_written {
                        entry.stage = Stage::Deleted;
                    }
                    is_written
                });
                if !marked {
                    self.remove(block);
                }
            }
            Some(_) => self.remove(block),
        }
    }

    /// The oldest block that waits to be rendered. It is the caller's until it says how that went.
    pub fn take_job(&self) -> Option<Job> {
        let block = self.first(|entry| entry.stage == Stage::Waiting)?;
        let mut length = 0;
        self.change(&block, |entry| {
            entry.stage = Stage::Rendered;
            length = entry.block.length;
            true
        });
        let folder = self.folder_of(&block);
        let output = folder::unfinished(&folder);
        Some(Job { block, folder, output, length })
    }

    /// How much of a block is rendered.
    pub fn progress(&self, block: &str, percent: u8) {
        let now = BlockState::Processing { percent: percent.min(100) };
        self.change(block, |entry| {
            let news = entry.stage == Stage::Rendered && entry.block.state != now;
            if news {
                entry.block.state = now;
            }
            news
        });
    }

    /// A block's file is whole, and so many milliseconds long.
    pub fn rendered(&self, block: &str, length: i64) {
        let folder = self.folder_of(block);
        if self.stage(block).is_none() {
            return;
        }
        if let Err(error) = folder::finish(&folder) {
            tracing::error!(%error, block.id = block, "a render left no file");
            return self.fail(block, Failure::Encoder);
        }
        let bytes = folder::size(&folder);
        self.change(block, |entry| {
            (entry.block.length, entry.block.bytes) = (length, bytes);
            entry.process(true);
            true
        });
        self.keep(block);
    }

    /// A block did not become a file, or no api takes it. What there is of it stays.
    pub fn fail(&self, block: &str, failure: Failure) {
        let folder = self.folder_of(block);
        let _ = folder::unfinished(&folder);
        let bytes = folder::size(&folder);
        self.change(block, |entry| {
            entry.block.bytes = bytes;
            entry.fail(failure);
            true
        });
        self.keep(block);
    }

    /// The next block after that one, of those whose files wait for an api, and the first one after the last.
    pub fn next_delivery(&self, after: &str) -> Option<Delivery> {
        let waits = |entry: &Entry| entry.stage == Stage::Made;
        let next = self.first(|entry| waits(entry) && entry.block.id.as_str() > after).or_else(|| self.first(waits));
        let length = |block: &str| self.lock().blocks.get(block).map_or(0, |entry| entry.block.length);
        next.map(|block| Delivery { file: folder::file(&self.folder_of(&block)), length: length(&block), block })
    }

    /// The api has the file, or wants no such file any more.
    pub fn delivered(&self, block: &str) {
        self.remove(block);
    }

    /// Takes up what was left by the process before.
    fn find(&self, id: &str) {
        let folder = self.folder_of(id);
        if folder::is_marked_deleted(&folder) {
            return folder::discard(&folder);
        }
        let holds = folder::holds_packets(&folder);
        let Some(mut block) = folder::kept(&folder).or_else(|| nameless(id, &folder)) else {
            if holds {
                tracing::error!(folder = %folder.display(), "of this recording nobody knows the session");
                return;
            }
            return folder::discard(&folder);
        };
        block.bytes = folder::size(&folder);
        if block.ended_at.is_some() {
            let mut entry = Entry::new(block, Stage::Failed);
            if !matches!(entry.block.state, BlockState::Failed { .. }) {
                entry.process(folder::file(&folder).exists());
            }
            return self.put(entry);
        }
        let left = cut_off(&mut block, &folder);
        let mut entry = Entry::new(block, if holds { Stage::Recorded } else { Stage::Begun });
        if left.is_some() {
            return self.put(Entry { left, ..entry });
        }
        if !entry.finish(holds) {
            return folder::discard(&folder);
        }
        tracing::warn!(
            block.id = id,
            length_ms = entry.block.length,
            "a recording was cut off; it is rendered as it is"
        );
        self.put(entry);
        self.keep(id);
    }

    fn put(&self, entry: Entry) {
        let mut shelved = self.lock();
        shelved.number += 1;
        let (id, changed) = (entry.block.id.clone(), shelved.number);
        shelved.blocks.insert(id, Entry { changed, ..entry });
        self.announce(shelved);
    }

    /// Whether there is such a block and `change` says that it changed.
    fn change(&self, block: &str, change: impl FnOnce(&mut Entry) -> bool) -> bool {
        let mut shelved = self.lock();
        let number = shelved.number + 1;
        let Some(entry) = shelved.blocks.get_mut(block) else { return false };
        if !change(entry) {
            return false;
        }
        entry.changed = number;
        shelved.number = number;
        self.announce(shelved);
        true
    }

    fn remove(&self, block: &str) {
        let mut shelved = self.lock();
        if shelved.blocks.remove(block).is_none() {
            return;
        }
        shelved.number += 1;
        self.announce(shelved);
        folder::discard(&self.folder_of(block));
    }

    fn announce(&self, shelved: MutexGuard<'_, Shelved>) {
        let count = |stages: &[Stage]| shelved.blocks.values().filter(|entry| stages.contains(&entry.stage)).count();
        metrics::gauge!("blocks_recording").set(count(&[Stage::Begun, Stage::Recorded, Stage::Deleted]) as f64);
        metrics::gauge!("blocks_waiting").set(count(&[Stage::Waiting]) as f64);
        metrics::gauge!("blocks_rendering").set(count(&[Stage::Rendered]) as f64);
        metrics::gauge!("blocks_made").set(count(&[Stage::Made]) as f64);
        metrics::gauge!("blocks_failed").set(count(&[Stage::Failed]) as f64);
        let number = shelved.number;
        drop(shelved);
        let _ = self.newest.send_replace(number);
    }

    /// Writes down how a block stands.
    fn keep(&self, block: &str) {
        let now = self.lock().blocks.get(block).map(|entry| entry.block.clone());
        if let Some(now) = now
            && let Err(error) = folder::keep(&self.folder_of(block), &now)
        {
            tracing::error!(%error, block.id = block, "after a restart this block will be where it was before");
        }
    }

    fn first(&self, is: impl Fn(&Entry) -> bool) -> Option<String> {
        self.lock().blocks.values().find(|entry| is(entry)).map(|entry| entry.block.id.clone())
    }

    fn stage(&self, block: &str) -> Option<Stage> {
        self.lock().blocks.get(block).map(|entry| entry.stage)
    }

    fn folder_of(&self, block: &str) -> PathBuf {
        self.folder.join(block)
    }

    fn lock(&self) -> MutexGuard<'_, Shelved> {
        self.shelved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn new(block: Block, stage: Stage) -> Self {
        Self { block, stage, changed: 0, left: None }
    }

    fn is_told(&self) -> bool {
        !matches!(self.stage, Stage::Begun | Stage::Deleted)
    }

    /// Goes on to what comes after recording. False: nothing comes, since there is nothing, and nobody would miss it.
    fn finish(&mut self, holds: bool) -> bool {
        match (holds, self.block.end) {
            (true, _) => self.process(false),
            (false, Some(BlockEnd::Disk)) => self.fail(Failure::Disk),
            // With it recording has stopped until a host starts it again, which an api must know (K2).
            (false, Some(end)) if end.stops() => self.fail(Failure::Empty),
            (false, _) if self.block.length >= LOSS => self.fail(Failure::Empty),
            (false, _) => return false,
        }
        true
    }

    /// Goes on to be made into a file, or to be handed over when there is one.
    fn process(&mut self, made: bool) {
        let (stage, percent) = if made { (Stage::Made, 100) } else { (Stage::Waiting, 0) };
        (self.stage, self.block.state) = (stage, BlockState::Processing { percent });
    }

    fn fail(&mut self, failure: Failure) {
        (self.stage, self.block.state) = (Stage::Failed, BlockState::Failed { failure });
    }
}

/// A new id, so many microseconds after 1970.
fn id_at(now: i64) -> String {
    let at = Duration::from_micros(u64::try_from(now).unwrap_or_default());
    Ulid::from_datetime(UNIX_EPOCH + at).to_string()
}

/// A block as it begins, so many microseconds after 1970.
fn begun(id: &str, session: &str, now: i64) -> Block {
    Block {
        id: id.to_owned(),
        session: session.to_owned(),
        started_at: now / 1000,
        ended_at: None,
        length: 0,
        bytes: 0,
        state: BlockState::Recording,
        end: None,
    }
}

/// A block of which nothing was kept, by its timeline.
fn nameless(id: &str, folder: &Path) -> Option<Block> {
    Summary::read(folder).map(|summary| begun(id, &summary.session, summary.began))
}

/// Ends a block that nobody has ended: where it was last written to, unless its timeline says more. Not one in which nobody was on
/// screen by then: gives since when, in microseconds since 1970.
fn cut_off(block: &mut Block, folder: &Path) -> Option<i64> {
    let written = folder::last_write(folder).and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let written = written.and_then(|at| i64::try_from(at.as_micros()).ok()).unwrap_or_default();
    let Some(summary) = Summary::read(folder) else {
        (block.ended_at, block.end) = (Some(written / 1000), Some(BlockEnd::Restarted));
        return None;
    };
    block.started_at = summary.began / 1000;
    let ended = if summary.end.is_some() { summary.last } else { written.max(summary.last) };
    block.length = summary.shown_until(ended) / 1000;
    let left = summary.left();
    if left.is_none() {
        (block.ended_at, block.end) = (Some(ended / 1000), Some(summary.end.unwrap_or(BlockEnd::Restarted)));
    }
    left
}

#[cfg(test)]
mod tests;
