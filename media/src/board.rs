//! What the rooms of this node look like from outside: each posts its state here, and every link to an api takes from
//! it what it has not sent yet.

use protocol::link::RoomState;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long the last state of a room that is over is kept for links to take. One that was away for longer says hello.
const KEPT: Duration = Duration::from_secs(60);

pub struct Board {
    posted: Mutex<Posted>,
    /// The number of the newest post.
    newest: watch::Sender<u64>,
    /// The number of the newest post that no link should wait with.
    urgent: watch::Sender<u64>,
}

#[derive(Default)]
struct Posted {
    number: u64,
    states: HashMap<String, (u64, RoomState)>,
    /// Rooms that are over, the first one first: when, which, and the number of their last post.
    over: VecDeque<(Instant, String, u64)>,
}

impl Posted {
    fn add(&mut self, state: RoomState) -> u64 {
        self.number += 1;
        self.states.insert(state.session.clone(), (self.number, state));
        self.number
    }

    fn end(&mut self, state: RoomState, now: Instant) -> u64 {
        self.tidy(now);
        let session = state.session.clone();
        let number = self.add(state);
        self.over.push_back((now, session, number));
        number
    }

    fn tidy(&mut self, now: Instant) {
        while self.over.front().is_some_and(|(at, _, _)| *at + KEPT <= now) {
            let Some((_, session, last)) = self.over.pop_front() else { return };
            // It may have begun anew.
            if self.states.get(&session).is_some_and(|(number, _)| *number == last) {
                self.states.remove(&session);
            }
        }
    }
}

impl Default for Board {
    fn default() -> Self {
        Self { posted: Mutex::default(), newest: watch::channel(0).0, urgent: watch::channel(0).0 }
    }
}

impl Board {
    pub fn post(&self, state: RoomState) {
        let number = self.lock().add(state);
        let _ = self.newest.send_replace(number);
    }

    /// The same for what links should not wait with.
    pub fn post_at_once(&self, state: RoomState) {
        let number = self.lock().add(state);
        let _ = self.newest.send_replace(number);
        let _ = self.urgent.send_replace(number);
    }

    /// The last state of a room that is over.
    pub fn end(&self, state: RoomState) {
        let number = self.lock().end(state, Instant::now());
        let _ = self.newest.send_replace(number);
    }

    /// Tells when something is posted.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// Tells when something is posted that should not wait.
    pub fn watch_urgent(&self) -> watch::Receiver<u64> {
        self.urgent.subscribe()
    }

    /// What was posted after number `since`, and the newest number.
    pub fn since(&self, since: u64) -> (Vec<RoomState>, u64) {
        let posted = self.lock();
        let states = posted.states.values().filter(|(number, _)| *number > since);
        (states.map(|(_, state)| state.clone()).collect(), posted.number)
    }

    /// Forgets rooms that ended; a link that was away meanwhile says hello again, which tells what there is.
    pub fn forget(&self, ended: impl Fn(&str) -> bool) {
        self.lock().states.retain(|session, _| !ended(session));
    }

    fn lock(&self) -> MutexGuard<'_, Posted> {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::Counts;

    fn state(session: &str, viewers: u32) -> RoomState {
        let counts = Counts { viewers, ..Counts::default() };
        RoomState { session: session.into(), counts, speakers: Vec::new(), hosts: 0, youtube: None, people: Vec::new() }
    }

    #[test]
    fn each_link_gets_the_newest_state_of_what_it_has_not_seen() {
        let board = Board::default();
        board.post(state("a", 1));
        board.post(state("a", 2));
        let (first, number) = board.since(0);
        assert_eq!(first, [state("a", 2)]);
        assert_eq!(board.since(number).0, []);
        board.post(state("b", 1));
        assert_eq!(board.since(number).0, [state("b", 1)]);
        board.forget(|session| session == "b");
        assert_eq!(board.since(number).0, []);
    }

    #[test]
    fn a_room_that_is_over_is_forgotten_after_a_minute() {
        let (mut posted, now) = (Posted::default(), Instant::now());
        for session in ["a", "b"] {
            posted.end(state(session, 0), now);
        }
        posted.add(state("b", 1));
        posted.end(state("c", 0), now + KEPT / 2);
        assert_eq!(posted.states.len(), 3);
        posted.end(state("d", 0), now + KEPT);
        let mut left: Vec<&str> = posted.states.keys().map(String::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["b", "c", "d"], "one of those a minute ago began anew");
    }

    #[test]
    fn what_should_not_wait_is_told_apart() {
        let board = Board::default();
        let urgent = board.watch_urgent();
        board.post(state("a", 1));
        assert!(!urgent.has_changed().unwrap());
        board.post_at_once(state("a", 2));
        assert!(urgent.has_changed().unwrap());
    }
}
