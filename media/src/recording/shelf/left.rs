//! Blocks that a process left when nobody was on screen. A restart does not make anybody come: they wait for the rest of the time that
//! they would have waited without it, and then recording stops (K2). Whoever comes before begins another one, with which they end.

use super::Shelf;
use super::timeline::Summary;
use crate::recording::clock;
use protocol::recording::BlockEnd;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::sleep;

impl Shelf {
    /// This process ends: what waits for somebody to come back is left to the next one.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Ends each that was left when nobody has been on screen for so many microseconds. It returns when none is left.
    pub async fn end_silences(&self, silence: i64) {
        while let Some((since, block)) = self.left_longest() {
            let due = since.saturating_add(silence);
            sleep(Duration::from_micros(u64::try_from(due - clock::now()).unwrap_or_default())).await;
            if self.is_left(&block) {
                self.close(&block, due, BlockEnd::Silence);
            }
        }
    }

    /// Ends those of a session for another reason. `now` is in microseconds since 1970.
    pub fn end_left(&self, session: &str, now: i64, end: BlockEnd) {
        for block in self.left_of(session) {
            self.close(&block, now, end);
        }
    }

    fn left_of(&self, session: &str) -> Vec<String> {
        let shelved = self.lock();
        let of_session = shelved.blocks.values().filter(|entry| entry.left.is_some() && entry.block.session == session);
        of_session.map(|entry| entry.block.id.clone()).collect()
    }

    pub(super) fn is_left(&self, block: &str) -> bool {
        self.lock().blocks.get(block).is_some_and(|entry| entry.left.is_some())
    }

    /// Whether a block that is recorded now is left to the next process.
    pub(super) fn leaves(&self, block: &str) -> bool {
        let waits = || Summary::read(&self.folder_of(block)).is_some_and(|summary| summary.left().is_some());
        self.leaving.load(Ordering::Relaxed) && waits()
    }

    fn left_longest(&self) -> Option<(i64, String)> {
        let shelved = self.lock();
        shelved.blocks.values().filter_map(|entry| Some((entry.left?, entry.block.id.clone()))).min()
    }
}
