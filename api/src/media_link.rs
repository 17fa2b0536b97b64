//! The media nodes that are linked to this api, and the live state of the rooms on them.
//!
//! Pure state behind one lock: `server/media_link.rs` moves the frames, `ops/room.rs` decides what follows.

mod people;

pub use people::{Insider, People};

use crate::clock::Time;
use crate::feed::Audience;
use crate::ids::{AccountId, EventId, Id, SessionId};
use protocol::link::{FromApi, PeopleChange, RoomState};
use protocol::room::{Counts, Hands, Source, Speaker};
use protocol::youtube::Youtube;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// One link, while it lasts.
pub type LinkId = u64;

/// Commands that wait for a slow media before its link is given up.
const WAITING: usize = 4096;

/// How long one command waits for a slow media before its link is given up.
const PATIENCE: Duration = Duration::from_secs(2);

/// Seconds for which a room that has just become empty still counts as occupied: those whose connection broke, or whose
/// media was started again, come back to it.
const COMING_BACK_SECONDS: i64 = 120;

#[derive(Clone, Default)]
pub struct Rooms {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    next_link: LinkId,
    nodes: HashMap<LinkId, Node>,
    rooms: HashMap<SessionId, Room>,
    known: HashMap<SessionId, Known>,
    people: HashMap<SessionId, (LinkId, People)>,
    /// Counts every change of who is inside somewhere.
    revision: i64,
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

/// Where a room belongs and who may see its state.
#[derive(Clone, Debug)]
pub struct Place {
    pub event: EventId,
    pub audience: Audience,
    /// When a scheduled session first opens: until then attendees hear nothing of who is inside (F5).
    pub opens_at: Option<Time>,
    /// The session's version: an older place never replaces a newer one.
    pub version: i64,
}

/// A room that somebody is in, or that a pass opens which is out.
struct Known {
    place: Place,
    /// Until when the last pass opens it.
    passes_until: Time,
    /// The node that the last pass leads to.
    link: Option<LinkId>,
    /// When somebody was last inside.
    occupied_at: Option<Time>,
    /// Who was given a pass, or was inside when a node linked: they may come back when the event is over (A3).
    people: HashSet<AccountId>,
}

/// The live state of a room.
#[derive(Clone, Debug)]
pub struct Live {
    pub counts: Counts,
    pub speakers: Arc<[Speaker]>,
    /// How many hosts are inside.
    pub hosts: u32,
    /// The YouTube video that is shared (J1).
    pub youtube: Option<Video>,
    /// Who has raised a hand (I3).
    pub hands: Arc<Hands>,
    /// Whether what is on screen is being recorded (K1).
    pub recording: bool,
}

/// A video as it stood when that was heard.
#[derive(Clone, Debug)]
pub struct Video {
    pub state: Youtube,
    pub at: Time,
}

/// Who is inside a room at one moment, of those with whom something happened, and who is not any more.
#[derive(Clone, Debug)]
pub struct Moved {
    pub session: SessionId,
    /// What it is by this change: of two the higher is newer.
    pub revision: i64,
    /// How many are inside after that.
    pub count: usize,
    pub joined: Vec<Insider>,
    pub left: Vec<AccountId>,
}

impl Default for Live {
    fn default() -> Self {
        let counts = Counts::default();
        Self { counts, speakers: Arc::new([]), hosts: 0, youtube: None, hands: Arc::default(), recording: false }
    }
}

impl Live {
    /// Whether anybody is inside.
    pub fn is_occupied(&self) -> bool {
        self.inside() > 0
    }

    /// How many are inside, those for whom a seat is held included: each is either on screen or a viewer.
    pub fn inside(&self) -> usize {
        self.speakers.len() + usize::try_from(self.counts.viewers).unwrap_or(usize::MAX)
    }

    /// What the person sends; nothing of who is not on screen.
    pub fn sources(&self, person: AccountId) -> &[Source] {
        let person = person.to_string();
        let speaker = self.speakers.iter().find(|speaker| speaker.person == person);
        speaker.map(|speaker| speaker.sources.as_slice()).unwrap_or_default()
    }

    /// Whether the video is theirs, which has a seat of its own.
    pub fn shares_youtube(&self, person: AccountId) -> bool {
        let person = person.to_string();
        self.youtube.as_ref().is_some_and(|video| video.state.person == person)
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

    /// The link ended at `now`. Gives the rooms whose state is unknown from then on.
    pub fn detach(&self, link: LinkId, now: Time) -> Vec<SessionId> {
        let state = &mut *self.lock();
        state.nodes.remove(&link);
        let gone: Vec<(SessionId, Room)> = state.rooms.extract_if(|_, room| room.link == link).collect();
        state.people.retain(|_, (of, _)| *of != link);
        for (session, room) in &gone {
            if room.live.is_occupied()
                && let Some(known) = state.known.get_mut(session)
            {
                known.occupied_at = Some(now);
            }
        }
        gone.into_iter().map(|(session, _)| session).collect()
    }

    /// What a node is called, while its link lasts.
    pub fn address(&self, link: LinkId) -> Option<String> {
        self.lock().nodes.get(&link).map(|node| node.address.clone())
    }

    /// Whether the node with this address is there.
    pub fn has_node(&self, address: &str) -> bool {
        self.lock().nodes.values().any(|node| node.address == address)
    }

    /// Whether any node is there.
    pub fn is_linked(&self) -> bool {
        !self.lock().nodes.is_empty()
    }

    /// A node reported rooms at `now`. Gives the sessions whose state changed; ids that are none of ours are passed over.
    pub fn report(&self, link: LinkId, rooms: Vec<RoomState>, now: Time) -> Vec<SessionId> {
        let mut state = self.lock();
        let mut changed = Vec::new();
        for room in rooms {
            let Some(session) = SessionId::parse(&room.session) else { continue };
            let youtube = room.youtube.map(|state| Video { state, at: now });
            let (speakers, hands, recording) = (room.speakers.into(), Arc::new(room.hands), room.recording);
            let live = Live { counts: room.counts, speakers, hosts: room.hosts, youtube, hands, recording };
            let was = state.rooms.get(&session).is_some_and(|room| room.live.is_occupied());
            if (was || live.is_occupied())
                && let Some(known) = state.known.get_mut(&session)
            {
                known.occupied_at = Some(now);
            }
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

    /// Whether somebody is in the room, or was a moment ago and is about to come back.
    pub fn is_occupied(&self, session: SessionId, now: Time) -> bool {
        let state = self.lock();
        let coming_back =
            |known: &Known| known.occupied_at.is_some_and(|at| now < at.plus_seconds(COMING_BACK_SECONDS));
        state.rooms.get(&session).is_some_and(|room| room.live.is_occupied())
            || state.known.get(&session).is_some_and(coming_back)
    }

    /// Whether the person has been in the room, or had a pass for it.
    pub fn was_inside(&self, session: SessionId, person: AccountId) -> bool {
        self.lock().known.get(&session).is_some_and(|known| known.people.contains(&person))
    }

    /// A node that linked has these people in its rooms.
    pub fn found_inside(&self, rooms: Vec<(SessionId, Vec<AccountId>)>) {
        let mut state = self.lock();
        for (session, people) in rooms {
            if let Some(known) = state.known.get_mut(&session) {
                known.people.extend(people);
            }
        }
    }

    /// A node that linked has these people in a room, with their names.
    pub fn set_people(&self, link: LinkId, session: SessionId, people: impl IntoIterator<Item = (AccountId, String)>) {
        let state = &mut *self.lock();
        state.revision += 1;
        let mut all = People::default();
        for (account, name) in people {
            all.insert(account, &name);
        }
        state.people.insert(session, (link, all));
    }

    /// A node told who came and who went. Gives of whom that is news.
    pub fn move_people(&self, link: LinkId, rooms: Vec<PeopleChange>) -> Vec<(SessionId, Vec<AccountId>)> {
        let state = &mut *self.lock();
        let mut moved = Vec::new();
        for room in rooms {
            let Some(session) = SessionId::parse(&room.session) else { continue };
            let (of, people) = state.people.entry(session).or_insert_with(|| (link, People::default()));
            // The room is on another node now.
            if *of != link {
                (*of, *people) = (link, People::default());
            }
            let left = room.left.iter().filter_map(|person| AccountId::parse(person));
            let mut who: Vec<AccountId> = left.filter(|person| people.remove(*person)).collect();
            let came = room.joined.iter().filter_map(|one| Some((AccountId::parse(&one.person)?, &one.name)));
            who.extend(came.filter_map(|(account, name)| Some(people.insert(account, name)?.account)));
            if people.is_empty() {
                state.people.remove(&session);
            }
            if !who.is_empty() {
                state.revision += 1;
                moved.push((session, who));
            }
        }
        moved
    }

    /// The person has another name from now on. Gives the rooms that they are in.
    pub fn rename(&self, person: AccountId, name: &str) -> Vec<SessionId> {
        let state = &mut *self.lock();
        let mut renamed = Vec::new();
        for (session, (_, people)) in &mut state.people {
            if people.find(person).is_some() && people.insert(person, name).is_some() {
                state.revision += 1;
                renamed.push(*session);
            }
        }
        renamed
    }

    /// Counts a change of the room, and has it told which of these people are inside at this moment and which are not. `tell` is
    /// called while nothing can change, so that such changes are told in the order of their revisions.
    pub fn as_now(&self, session: SessionId, who: &[AccountId], tell: impl FnOnce(Moved)) {
        let state = &mut *self.lock();
        state.revision += 1;
        let (nobody, revision) = (People::default(), state.revision);
        let people = state.people.get(&session).map_or(&nobody, |(_, people)| people);
        let joined = who.iter().filter_map(|person| people.find(*person).cloned()).collect();
        let left = who.iter().filter(|person| people.find(**person).is_none()).copied().collect();
        tell(Moved { session, revision, count: people.len(), joined, left });
    }

    /// Reads who is in the room, with the revision of that. `read` is called while nothing can change.
    pub fn with_people<T>(&self, session: SessionId, read: impl FnOnce(&People, i64) -> T) -> T {
        let state = self.lock();
        match state.people.get(&session) {
            Some((_, people)) => read(people, state.revision),
            None => read(&People::default(), state.revision),
        }
    }

    /// A pass for the room is about to be given to the person, which opens it until `until`: where its node speaks to
    /// browsers.
    /// That is the node that has the room, or that the last pass led to, or that waits for somebody to go on with the session's
    /// recording (`recorder`, its address), or the one with the fewest rooms.
    pub fn admit(
        &self,
        session: SessionId,
        person: AccountId,
        place: Place,
        until: Time,
        recorder: Option<&str>,
    ) -> Option<String> {
        let mut state = self.lock();
        let led_to = state.known.get(&session).and_then(|known| known.link);
        let held = state.rooms.get(&session).map(|room| room.link).or(led_to);
        let held = held.filter(|link| state.nodes.contains_key(link));
        let recording = || recorder.and_then(|address| state.at(address));
        let link = held.or_else(recording).or_else(|| state.least_loaded())?;
        let address = state.nodes.get(&link)?.address.clone();
        state.place(session, place);
        if let Some(known) = state.known.get_mut(&session) {
            known.link = Some(link);
            known.passes_until = known.passes_until.max(until);
            known.people.insert(person);
        }
        Some(address)
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

    /// Sends to one node. What it does not read it gets again when it links anew.
    pub fn send_to(&self, link: LinkId, command: FromApi) {
        if self.lock().nodes.get(&link).is_some_and(|node| node.commands.try_send(command).is_err()) {
            tracing::warn!(media.link = link, "a media node does not read its commands");
        }
    }

    /// Sends to every node as [`Self::send`] does, but waits for a node that has much to read.
    pub async fn send_many(&self, commands: Vec<FromApi>) {
        let nodes: Vec<(LinkId, mpsc::Sender<FromApi>)> =
            self.lock().nodes.iter().map(|(link, node)| (*link, node.commands.clone())).collect();
        for (link, node) in nodes {
            for command in &commands {
                if !matches!(timeout(PATIENCE, node.send(command.clone())).await, Ok(Ok(()))) {
                    tracing::warn!(media.link = link, "a media node does not read its commands");
                    self.lock().nodes.remove(&link);
                    break;
                }
            }
        }
    }

    /// Everybody who is in the room, and who has been.
    pub fn people(&self, session: SessionId) -> Vec<AccountId> {
        self.lock().known.get(&session).map(|known| known.people.iter().copied().collect()).unwrap_or_default()
    }

    pub fn place(&self, session: SessionId) -> Option<Place> {
        self.lock().known.get(&session).map(|known| known.place.clone())
    }

    /// Keeps where a room belongs, unless something newer is known.
    pub fn set_place(&self, session: SessionId, place: Place) {
        self.lock().place(session, place);
    }

    /// The session is gone.
    pub fn forget(&self, session: SessionId) {
        self.lock().known.remove(&session);
    }

    /// The rooms that somebody is in or that a pass opens, of one event or of all.
    pub fn known(&self, event: Option<EventId>) -> Vec<SessionId> {
        let state = self.lock();
        let wanted = |known: &Known| event.is_none_or(|event| known.place.event == event);
        state.known.iter().filter(|(_, known)| wanted(known)).map(|(session, _)| *session).collect()
    }

    /// Forgets rooms that nobody is in, is coming back to, or has a pass for.
    pub fn tidy(&self, now: Time) {
        let state = &mut *self.lock();
        state.known.retain(|session, known| {
            let coming_back = known.occupied_at.is_some_and(|at| now < at.plus_seconds(COMING_BACK_SECONDS));
            now < known.passes_until || coming_back || state.rooms.contains_key(session)
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn place(&mut self, session: SessionId, place: Place) {
        match self.known.get_mut(&session) {
            Some(known) if known.place.version > place.version => {}
            Some(known) => known.place = place,
            None => {
                let long_ago = chrono::DateTime::UNIX_EPOCH.into();
                let known =
                    Known { place, passes_until: long_ago, link: None, occupied_at: None, people: HashSet::new() };
                self.known.insert(session, known);
            }
        }
    }

    /// The node with this address.
    fn at(&self, address: &str) -> Option<LinkId> {
        self.nodes.iter().filter(|(_, node)| node.address == address).map(|(link, _)| *link).max()
    }

    fn least_loaded(&self) -> Option<LinkId> {
        let mut load: HashMap<LinkId, usize> = self.nodes.keys().map(|link| (*link, 0)).collect();
        let passes = self.known.iter().filter(|(session, _)| !self.rooms.contains_key(session));
        let expected = passes.filter_map(|(_, known)| known.link);
        for link in self.rooms.values().map(|room| room.link).chain(expected) {
            if let Some(load) = load.get_mut(&link) {
                *load += 1;
            }
        }
        load.into_iter().min_by_key(|(link, load)| (*load, *link)).map(|(link, _)| link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(n: u128) -> SessionId {
        SessionId::from_ulid(ulid::Ulid(n))
    }

    fn at(seconds: i64) -> Time {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap().into()
    }

    fn place(version: i64, audience: Audience) -> Place {
        Place { event: EventId::from_ulid(ulid::Ulid(1)), audience, opens_at: None, version }
    }

    fn admit(rooms: &Rooms, n: u128) -> Option<String> {
        admit_recorded(rooms, n, None)
    }

    fn admit_recorded(rooms: &Rooms, n: u128, recorder: Option<&str>) -> Option<String> {
        let person = AccountId::from_ulid(ulid::Ulid(n));
        rooms.admit(session(n), person, place(1, Audience::Registered), at(120), recorder)
    }

    fn state(session: SessionId, viewers: u32) -> RoomState {
        let counts = Counts { seats: 0, max_seats: 50, viewers };
        RoomState { session: session.to_string(), counts, ..RoomState::default() }
    }

    #[test]
    fn a_room_stays_on_its_node_and_new_ones_go_to_the_least_loaded() {
        let rooms = Rooms::default();
        let (a, _commands_a) = rooms.attach("a".into());
        let (_b, _commands_b) = rooms.attach("b".into());
        rooms.report(a, vec![state(session(1), 3)], at(0));
        assert_eq!(admit(&rooms, 1).as_deref(), Some("a"));
        assert_eq!(admit(&rooms, 2).as_deref(), Some("b"));
        // Nobody is in there yet, but the pass leads there: the next one must not lead elsewhere.
        assert_eq!(admit(&rooms, 3).as_deref(), Some("a"));
        assert_eq!(admit(&rooms, 2).as_deref(), Some("b"));
    }

    /// K2: a room that everybody has left, and that was forgotten, opens again where its recording waits.
    #[test]
    fn k2_a_room_opens_again_where_its_recording_waits() {
        let rooms = Rooms::default();
        let (a, _commands_a) = rooms.attach("a".into());
        let (_b, _commands_b) = rooms.attach("b".into());
        rooms.report(a, vec![state(session(1), 3)], at(0));
        assert_eq!(admit_recorded(&rooms, 2, Some("a")).as_deref(), Some("a"), "though it has more rooms");
        assert_eq!(admit_recorded(&rooms, 3, Some("gone")).as_deref(), Some("b"));
        assert_eq!(admit_recorded(&rooms, 3, Some("a")).as_deref(), Some("b"), "somebody is on their way there");
    }

    #[test]
    fn rooms_of_a_lost_node_are_unknown() {
        let rooms = Rooms::default();
        let (a, _commands) = rooms.attach("a".into());
        rooms.report(a, vec![state(session(1), 3)], at(0));
        assert!(rooms.live(session(1)).is_occupied());
        assert_eq!(rooms.detach(a, at(0)), [session(1)]);
        assert!(!rooms.live(session(1)).is_occupied());
        assert_eq!(admit(&rooms, 1), None);
    }

    /// A3, H5: those in a call that outlives its event come back to it after a loss, for two minutes.
    #[test]
    fn h5_a_room_counts_as_occupied_for_those_who_come_back() {
        let rooms = Rooms::default();
        let (a, _commands) = rooms.attach("a".into());
        admit(&rooms, 1);
        assert!(!rooms.is_occupied(session(1), at(0)));
        rooms.report(a, vec![state(session(1), 1)], at(0));
        rooms.report(a, vec![state(session(1), 0)], at(1_000));
        assert!(rooms.is_occupied(session(1), at(1_119)));
        assert!(!rooms.is_occupied(session(1), at(1_120)));
        rooms.report(a, vec![state(session(1), 1)], at(2_000));
        rooms.detach(a, at(3_000));
        assert!(rooms.is_occupied(session(1), at(3_119)));
    }

    #[test]
    fn an_empty_room_is_forgotten_when_no_pass_opens_it() {
        let rooms = Rooms::default();
        let (a, _commands) = rooms.attach("a".into());
        admit(&rooms, 1);
        rooms.tidy(at(119));
        assert_eq!(rooms.known(None), [session(1)]);
        rooms.tidy(at(120));
        assert_eq!(rooms.known(None), []);
        rooms.report(a, vec![state(session(1), 1)], at(0));
        rooms.report(a, vec![state(session(1), 0)], at(0));
        assert!(rooms.detach(a, at(0)).is_empty());
    }

    /// I2: who is inside follows what the node tells, and nobody is inside where there is no node.
    #[test]
    fn i2_who_is_inside_follows_its_node() {
        let rooms = Rooms::default();
        let (a, _commands) = rooms.attach("a".into());
        let person = |n: u128| AccountId::from_ulid(ulid::Ulid(n));
        let insider = |n| protocol::room::Insider { person: person(n).to_string(), name: format!("Person {n}") };
        let tell = |joined: Vec<u128>, left: Vec<u128>| {
            let joined = joined.into_iter().map(insider).collect();
            let left = left.into_iter().map(|n| person(n).to_string()).collect();
            rooms.move_people(a, vec![PeopleChange { session: session(1).to_string(), joined, left }])
        };
        let now = |who: &[AccountId]| {
            let mut now = None;
            rooms.as_now(session(1), who, |moved| now = Some(moved));
            now.unwrap()
        };
        assert_eq!(tell(vec![1, 2], vec![]), [(session(1), vec![person(1), person(2)])]);
        let both = now(&[person(1), person(2)]);
        assert_eq!((both.count, both.joined.len(), both.left), (2, 2, vec![]));
        assert_eq!(tell(vec![2, 3], vec![1]), [(session(1), vec![person(1), person(3)])], "the second was known");
        let later = now(&[person(1), person(2)]);
        assert_eq!((later.count, later.joined.len(), later.left), (2, 1, vec![person(1)]), "as it is then");
        assert!(later.revision > both.revision);
        assert!(tell(vec![3], vec![9]).is_empty(), "no news");
        assert_eq!(rooms.rename(person(3), "Zoe"), [session(1)]);
        assert!(rooms.rename(person(9), "Zoe").is_empty(), "who is nowhere stays nowhere");
        rooms.detach(a, at(0));
        assert_eq!(rooms.with_people(session(1), |people, _| people.len()), 0);
    }

    #[test]
    fn c6_an_older_place_never_replaces_a_newer_one() {
        let rooms = Rooms::default();
        rooms.set_place(session(1), place(3, Audience::organizers()));
        rooms.set_place(session(1), place(2, Audience::Registered));
        assert_eq!(rooms.place(session(1)).unwrap().version, 3);
    }
}
