//! When blocks of one session's recording begin, pause, follow each other and end (K1–K3). Pure: time comes in with each call,
//! in microseconds, and what is to be done goes out.

use protocol::recording::BlockEnd;

const SECOND: i64 = 1_000_000;

/// So long before a block is full its successor's files are opened, and key frames are asked for: the new block must be able to
/// show every picture from its first moment on (K3).
const LEAD: i64 = 2 * SECOND;

/// So long after that the new block begins, whether every picture has come anew or not.
const LATEST: i64 = 3 * SECOND;

/// A disk that has fallen behind twice within this is too slow to record to, and more than one that once took nothing for a while.
const AGAIN: i64 = 60 * SECOND;

/// How long a block may be, and for how long nobody may be on screen, in microseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub block: i64,
    pub silence: i64,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A block begins.
    Begin,
    /// Nobody is on screen: nothing is stored until somebody is (K2).
    Pause,
    GoOn,
    /// The files of the next block are opened beside those of this one, and every picture comes anew (K3).
    Prepare,
    /// The next block is not needed now.
    Discard,
    /// The next block begins at this moment, at which this one ends.
    Follow,
    End(BlockEnd),
}

/// The recording of one session.
#[derive(Debug)]
pub struct Plan {
    limits: Limits,
    /// Of the newest settings.
    version: i64,
    record: bool,
    /// How often somebody had it recorded.
    starts: i64,
    on_screen: bool,
    /// It ended by itself and does not go on until somebody starts it again (K2).
    stopped: bool,
    /// This process ends.
    leaving: bool,
    /// The disk has fallen behind: no block begins until all that waits for it is written.
    behind: bool,
    /// When it had last caught up.
    caught_up: Option<i64>,
    block: Option<Block>,
}

#[derive(Debug)]
struct Block {
    began: i64,
    phase: Phase,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    Recorded,
    /// The next block's files are open as well.
    Prepared {
        since: i64,
        /// Every picture has come anew.
        keyed: bool,
    },
    /// Nobody is on screen.
    Empty {
        since: i64,
    },
}

impl Plan {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            version: i64::MIN,
            record: false,
            starts: i64::MIN,
            on_screen: false,
            stopped: false,
            leaving: false,
            behind: false,
            caught_up: None,
            block: None,
        }
    }

    /// Whether packets are being stored.
    pub fn is_recording(&self) -> bool {
        self.block.as_ref().is_some_and(|block| !matches!(block.phase, Phase::Empty { .. }))
    }

    /// Whether there is nothing to keep in mind: no block, nor that recording may not go on by itself.
    pub fn is_idle(&self) -> bool {
        self.block.is_none() && !self.stopped
    }

    pub fn records(&self) -> bool {
        self.record
    }

    /// Whether the next block still waits for pictures to come anew.
    pub fn awaits_keys(&self) -> bool {
        self.block.as_ref().is_some_and(|block| matches!(block.phase, Phase::Prepared { keyed: false, .. }))
    }

    /// How often somebody had it recorded, by settings that are heard of next: once more than is known is a start (K2).
    pub fn started(&mut self, starts: i64) {
        if starts > self.starts {
            (self.starts, self.stopped) = (starts, false);
        }
    }

    /// The settings as somebody has heard of them. Older ones than are known say nothing.
    pub fn settings(&mut self, now: i64, version: i64, record: bool) -> Vec<Step> {
        self.set(version, record);
        self.steps(now)
    }

    /// The settings as the room has them, and whether somebody is on screen there.
    pub fn see(&mut self, now: i64, (version, record): (i64, bool), on_screen: bool) -> Vec<Step> {
        self.set(version, record);
        self.on_screen = on_screen;
        self.steps(now)
    }

    /// Nobody is on screen.
    pub fn leave(&mut self, now: i64) -> Vec<Step> {
        self.on_screen = false;
        self.steps(now)
    }

    /// Every picture has come anew since the next block was prepared.
    pub fn keyed(&mut self, now: i64) -> Vec<Step> {
        if let Some(Block { phase: Phase::Prepared { keyed, .. }, .. }) = &mut self.block {
            *keyed = true;
        }
        self.steps(now)
    }

    /// What comes in cannot be stored.
    pub fn fail(&mut self, now: i64) -> Vec<Step> {
        let ended = self.end(BlockEnd::Disk);
        self.stopped |= ended.is_some();
        self.and_on(now, ended)
    }

    /// More comes in than the disk takes. That may pass; recording goes on in another block then.
    pub fn fall_behind(&mut self, now: i64) -> Vec<Step> {
        if self.caught_up.is_some_and(|before| now - before < AGAIN) {
            return self.fail(now);
        }
        let ended = self.end(BlockEnd::Restarted);
        self.behind |= ended.is_some();
        self.and_on(now, ended)
    }

    /// Nothing waits for the disk any more.
    pub fn catch_up(&mut self, now: i64) -> Vec<Step> {
        if std::mem::take(&mut self.behind) {
            self.caught_up = Some(now);
        }
        self.steps(now)
    }

    /// The session was closed or deleted: there is nothing to keep in mind any more.
    pub fn close(&mut self, now: i64) -> Vec<Step> {
        (self.record, self.stopped) = (false, false);
        self.steps(now)
    }

    /// The block ends for its own sake; recording goes on in another.
    pub fn release(&mut self, now: i64) -> Vec<Step> {
        let ended = self.end(BlockEnd::SwitchedOff);
        self.and_on(now, ended)
    }

    /// This process ends.
    pub fn restart(&mut self, now: i64) -> Vec<Step> {
        self.leaving = true;
        let ended = self.end(BlockEnd::Restarted);
        self.and_on(now, ended)
    }

    /// Time has passed.
    pub fn tick(&mut self, now: i64) -> Vec<Step> {
        self.steps(now)
    }

    /// When the next tick is due.
    pub fn due(&self) -> Option<i64> {
        let block = self.block.as_ref()?;
        Some(match block.phase {
            Phase::Recorded => self.full(block) - self.lead(),
            Phase::Prepared { since, keyed: true } => self.full(block).min(since + LATEST),
            Phase::Prepared { since, keyed: false } => since + LATEST,
            Phase::Empty { since } => since.saturating_add(self.limits.silence),
        })
    }

    fn set(&mut self, version: i64, record: bool) {
        if version < self.version {
            return;
        }
        // The api knows then that it has stopped, or somebody switched it off: both end with a start.
        self.stopped &= record;
        (self.version, self.record) = (version, record);
    }

    fn full(&self, block: &Block) -> i64 {
        block.began.saturating_add(self.limits.block)
    }

    /// Blocks that tests make short are prepared later.
    fn lead(&self) -> i64 {
        LEAD.min(self.limits.block / 2)
    }

    fn end(&mut self, end: BlockEnd) -> Option<Step> {
        self.block.take().map(|_| Step::End(end))
    }

    fn and_on(&mut self, now: i64, first: Option<Step>) -> Vec<Step> {
        first.into_iter().chain(self.steps(now)).collect()
    }

    fn steps(&mut self, now: i64) -> Vec<Step> {
        std::iter::from_fn(|| self.step(now)).collect()
    }

    /// What is to be done next as things are; nothing when they are as they should be.
    fn step(&mut self, now: i64) -> Option<Step> {
        let wanted = self.record && !self.stopped && !self.leaving && !self.behind;
        let began = |phase| Some(Block { began: now, phase });
        let Some(block) = &self.block else {
            if !wanted || !self.on_screen {
                return None;
            }
            self.block = began(Phase::Recorded);
            return Some(Step::Begin);
        };
        if !wanted {
            return self.end(BlockEnd::SwitchedOff);
        }
        let (full, phase) = (self.full(block), block.phase);
        let (phase, step) = match phase {
            // Also when somebody comes at this very moment: an hour is an hour.
            Phase::Empty { since } if now >= since.saturating_add(self.limits.silence) => {
                self.stopped = true;
                return self.end(BlockEnd::Silence);
            }
            // While nobody was on screen there was nothing that the next block could have gone on with.
            Phase::Empty { .. } if self.on_screen && now >= full => return self.end(BlockEnd::Length),
            Phase::Empty { .. } if self.on_screen => (Phase::Recorded, Step::GoOn),
            Phase::Empty { .. } => return None,
            Phase::Prepared { .. } if !self.on_screen => (Phase::Recorded, Step::Discard),
            Phase::Recorded if !self.on_screen => (Phase::Empty { since: now }, Step::Pause),
            Phase::Recorded if now >= full - self.lead() => {
                (Phase::Prepared { since: now, keyed: false }, Step::Prepare)
            }
            Phase::Prepared { since, keyed } if (keyed && now >= full) || now >= since + LATEST => {
                self.block = began(Phase::Recorded);
                return Some(Step::Follow);
            }
            Phase::Recorded | Phase::Prepared { .. } => return None,
        };
        self.block.as_mut()?.phase = phase;
        Some(step)
    }
}

#[cfg(test)]
mod tests;
