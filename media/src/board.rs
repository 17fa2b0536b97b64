//! What the rooms of this node look like from outside: each posts its state here, and every link to an api takes from
//! it what it has not sent yet.

use protocol::link::{PeopleChange, RoomState};
use protocol::room::Insider;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long the last state of a room that is over is kept for links to take. One that was away for longer says hello.
const KEPT: Duration = Duration::from_secs(60);

/// Everybody in a room: names by ids.
pub type People = HashMap<Arc<str>, Arc<str>>;

pub struct Board {
    posted: Mutex<Posted>,
    /// The number of the newest post.
    newest: watch::Sender<u64>,
    /// The number of the newest post that no link should wait with.
    urgent: watch::Sender<u64>,
}

/// What was posted after some number.
pub struct News {
    pub states: Vec<RoomState>,
    /// Everybody in each room where somebody came or went.
    pub people: Vec<(String, Arc<People>)>,
    /// The number of the newest post.
    pub newest: u64,
}

#[derive(Default)]
struct Posted {
    number: u64,
    states: HashMap<String, (u64, RoomState)>,
    people: HashMap<String, (u64, Arc<People>)>,
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
                self.people.remove(&session);
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

    pub fn post_people(&self, session: &str, people: Arc<People>) {
        let mut posted = self.lock();
        posted.number += 1;
        let number = posted.number;
        posted.people.insert(session.to_owned(), (number, people));
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

    /// What was posted after number `since`.
    pub fn since(&self, since: u64) -> News {
        let posted = self.lock();
        let states = posted.states.values().filter(|(number, _)| *number > since);
        let people = posted.people.iter().filter(|(_, (number, _))| *number > since);
        News {
            states: states.map(|(_, state)| state.clone()).collect(),
            people: people.map(|(session, (_, people))| (session.clone(), Arc::clone(people))).collect(),
            newest: posted.number,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Posted> {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who is inside as one link has told it, so that it tells what has changed since.
#[derive(Default)]
pub struct Told(HashMap<String, Arc<People>>);

impl Told {
    /// What `hello` said. Names do not matter here.
    pub fn hello(rooms: &[RoomState]) -> Self {
        let people = |room: &RoomState| room.people.iter().map(|person| (person.as_str().into(), "".into())).collect();
        Self(rooms.iter().map(|room| (room.session.clone(), Arc::new(people(room)))).collect())
    }

    /// What to tell so that the api knows who is inside now; nothing when it knows.
    pub fn change(&mut self, session: String, now: Arc<People>) -> Option<PeopleChange> {
        let before = self.0.remove(&session).unwrap_or_default();
        let joined = now.iter().filter(|(person, _)| !before.contains_key(*person));
        let joined: Vec<Insider> =
            joined.map(|(person, name)| Insider { person: person.to_string(), name: name.to_string() }).collect();
        let left = before.keys().filter(|person| !now.contains_key(*person));
        let left: Vec<String> = left.map(|person| person.to_string()).collect();
        if !now.is_empty() {
            self.0.insert(session.clone(), now);
        }
        let news = !joined.is_empty() || !left.is_empty();
        news.then_some(PeopleChange { session, joined, left })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::Counts;

    fn state(session: &str, viewers: u32) -> RoomState {
        let counts = Counts { viewers, ..Counts::default() };
        RoomState { session: session.into(), counts, ..RoomState::default() }
    }

    #[test]
    fn each_link_gets_the_newest_state_of_what_it_has_not_seen() {
        let board = Board::default();
        board.post(state("a", 1));
        board.post(state("a", 2));
        let News { states, newest, .. } = board.since(0);
        assert_eq!(states, [state("a", 2)]);
        assert_eq!(board.since(newest).states, []);
        board.post(state("b", 1));
        board.post_people("b", Arc::default());
        assert_eq!(board.since(newest).states, [state("b", 1)]);
        assert_eq!(board.since(newest).people, [("b".to_owned(), Arc::default())]);
    }

    /// I2: each link tells what it has not told, whatever was posted in between.
    #[test]
    fn i2_a_link_tells_who_came_and_went_since_it_told_before() {
        let people = |names: &[&str]| -> Arc<People> {
            Arc::new(names.iter().map(|name| (Arc::from(*name), Arc::from(*name))).collect())
        };
        let hello = RoomState { people: vec!["ada".into(), "bob".into()], ..state("a", 2) };
        let mut told = Told::hello(&[hello]);
        assert_eq!(told.change("a".into(), people(&["ada", "bob"])), None);
        let change = told.change("a".into(), people(&["bob", "cleo"])).unwrap();
        let names: Vec<&str> = change.joined.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((names, change.left), (vec!["cleo"], vec!["ada".to_owned()]));
        let over = told.change("a".into(), people(&[])).unwrap();
        assert_eq!((over.joined.len(), over.left.len()), (0, 2));
        assert_eq!(told.change("a".into(), people(&[])), None);
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
