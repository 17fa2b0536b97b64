//! What the rooms of this node look like from outside: each posts its state here, and every link to an api takes from
//! it what it has not sent yet.

use protocol::link::RoomState;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

pub struct Board {
    posted: Mutex<Posted>,
    /// The number of the newest post.
    newest: watch::Sender<u64>,
}

#[derive(Default)]
struct Posted {
    number: u64,
    states: HashMap<String, (u64, RoomState)>,
}

impl Default for Board {
    fn default() -> Self {
        Self { posted: Mutex::default(), newest: watch::channel(0).0 }
    }
}

impl Board {
    pub fn post(&self, state: RoomState) {
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted.number += 1;
        let number = posted.number;
        posted.states.insert(state.session.clone(), (number, state));
        let _ = self.newest.send_replace(number);
    }

    /// Tells when something is posted.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// What was posted after number `since`, and the newest number.
    pub fn since(&self, since: u64) -> (Vec<RoomState>, u64) {
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let states = posted.states.values().filter(|(number, _)| *number > since);
        (states.map(|(_, state)| state.clone()).collect(), posted.number)
    }

    /// Forgets rooms that ended; a link that was away meanwhile says hello again, which tells what there is.
    pub fn forget(&self, ended: impl Fn(&str) -> bool) {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).states.retain(|session, _| !ended(session));
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
}
