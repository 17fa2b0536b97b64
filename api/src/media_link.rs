//! The media nodes that are linked to this api, and the live state of the rooms on them.
//!
//! Pure state behind one lock: `server/media_link.rs` moves the frames, `ops/room.rs` decides what follows.

use crate::feed::Audience;
use crate::ids::{EventId, Id, SessionId};
use protocol::link::{FromApi, RoomState};
use protocol::room::{Counts, Speaker};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;

/// One link, while it lasts.
pub type LinkId = u64;

/// Commands that wait for a slow media before its link is given up.
const WAITING: usize = 4096;

#[derive(Clone, Default)]
pub struct Rooms {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    next_link: LinkId,
    nodes: HashMap<LinkId, Node>,
    rooms: HashMap<SessionId, Room>,
    /// Where the room belongs and who may see its state, kept while somebody is inside.
    places: HashMap<SessionId, (EventId, Audience)>,
}

struct Node {
    address: String,
    commands: mpsc::Sender<FromApi>,
}

#[derive(Clone)]
struct Room {
    link: LinkId,
    live: Live,
}

/// The live state of a room.
#[derive(Clone, Debug)]
pub struct Live {
    pub counts: Counts,
    pub speakers: Arc<[Speaker]>,
}

impl Default for Live {
    fn default() -> Self {
        Self { counts: Counts::default(), speakers: Arc::new([]) }
    }
}

impl Live {
    /// Whether anybody is inside.
    pub fn is_occupied(&self) -> bool {
        self.counts.viewers > 0 || !self.speakers.is_empty()
    }
}

impl Rooms {
    /// A node said hello: what it is called from now on, and the commands to send it.
    pub fn attach(&self, address: String) -> (LinkId, mpsc::Receiver<FromApi>) {
        let (commands, receiver) = mpsc::channel(WAITING);
        let mut state = self.lock();
        state.next_link += 1;
        let link = state.next_link;
        state.nodes.insert(link, Node { address, commands });
        (link, receiver)
    }

    /// The link ended. Gives the rooms whose state is unknown now.
    pub fn detach(&self, link: LinkId) -> Vec<SessionId> {
        let mut state = self.lock();
        state.nodes.remove(&link);
        let gone: Vec<SessionId> =
            state.rooms.iter().filter(|(_, room)| room.link == link).map(|(session, _)| *session).collect();
        for session in &gone {
            state.rooms.remove(session);
        }
        gone
    }

    /// A node reported rooms. Gives the sessions whose state changed; ids that are none of ours are passed over.
    pub fn report(&self, link: LinkId, rooms: Vec<RoomState>) -> Vec<SessionId> {
        let mut state = self.lock();
        let mut changed = Vec::new();
        for room in rooms {
            let Some(session) = SessionId::parse(&room.session) else { continue };
            let live = Live { counts: room.counts, speakers: room.speakers.into() };
            if live.is_occupied() || live.counts.seats > 0 {
                state.rooms.insert(session, Room { link, live });
            } else {
                state.rooms.remove(&session);
            }
            changed.push(session);
        }
        changed
    }

    pub fn live(&self, session: SessionId) -> Live {
        self.lock().rooms.get(&session).map(|room| room.live.clone()).unwrap_or_default()
    }

    /// The rooms that somebody is in.
    pub fn occupied(&self) -> Vec<SessionId> {
        self.lock().rooms.keys().copied().collect()
    }

    /// The signalling address of the node that has the room, or of the one with the fewest rooms.
    pub fn address_for(&self, session: SessionId) -> Option<String> {
        let state = self.lock();
        let held = state.rooms.get(&session).and_then(|room| state.nodes.get(&room.link));
        let least_loaded = || {
            let load = |link: &LinkId| state.rooms.values().filter(|room| room.link == *link).count();
            state.nodes.iter().min_by_key(|(link, _)| (load(link), **link)).map(|(_, node)| node)
        };
        held.or_else(least_loaded).map(|node| node.address.clone())
    }

    /// Sends to every node: those without the room remember what concerns passes that are out. A node that does not read
    /// loses its link and gets everything again with its next one.
    pub fn send(&self, command: &FromApi) {
        let mut state = self.lock();
        state.nodes.retain(|link, node| {
            let sent = node.commands.try_send(command.clone()).is_ok();
            if !sent {
                tracing::warn!(media.link = link, "a media node does not read its commands");
            }
            sent
        });
    }

    /// Sends to one node.
    pub fn send_to(&self, link: LinkId, command: FromApi) {
        if let Some(node) = self.lock().nodes.get(&link) {
            let _ = node.commands.try_send(command);
        }
    }

    pub fn place(&self, session: SessionId) -> Option<(EventId, Audience)> {
        self.lock().places.get(&session).cloned()
    }

    pub fn set_place(&self, session: SessionId, event: EventId, audience: Audience) {
        self.lock().places.insert(session, (event, audience));
    }

    pub fn forget_place(&self, session: SessionId) {
        self.lock().places.remove(&session);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(n: u128) -> SessionId {
        SessionId::from_ulid(ulid::Ulid(n))
    }

    fn state(session: SessionId, viewers: u32) -> RoomState {
        let counts = Counts { seats: 0, max_seats: 50, viewers };
        RoomState { session: session.to_string(), counts, speakers: Vec::new(), people: Vec::new() }
    }

    #[test]
    fn a_room_stays_on_its_node_and_new_ones_go_to_the_least_loaded() {
        let rooms = Rooms::default();
        let (a, _commands_a) = rooms.attach("a".into());
        let (_b, _commands_b) = rooms.attach("b".into());
        rooms.report(a, vec![state(session(1), 3)]);
        assert_eq!(rooms.address_for(session(1)).as_deref(), Some("a"));
        assert_eq!(rooms.address_for(session(2)).as_deref(), Some("b"));
    }

    #[test]
    fn rooms_of_a_lost_node_are_unknown() {
        let rooms = Rooms::default();
        let (a, _commands) = rooms.attach("a".into());
        rooms.report(a, vec![state(session(1), 3)]);
        assert!(rooms.live(session(1)).is_occupied());
        assert_eq!(rooms.detach(a), [session(1)]);
        assert!(!rooms.live(session(1)).is_occupied());
        assert_eq!(rooms.address_for(session(1)), None);
    }

    #[test]
    fn an_empty_room_is_forgotten() {
        let rooms = Rooms::default();
        let (a, _commands) = rooms.attach("a".into());
        rooms.report(a, vec![state(session(1), 1)]);
        rooms.report(a, vec![state(session(1), 0)]);
        assert!(rooms.detach(a).is_empty());
    }
}
