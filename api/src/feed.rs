//! The change feed: everything that a client can see change is published here once, with what its payload needs, so
//! that no subscriber reads the database again.

mod chat;
mod people;
mod recording;
mod segment;
mod sharing;

pub use chat::{ChatChange, ChatView, Known, MessageChange, MessageView, Quote};
pub use people::{PeopleChange, Role, Roles};
pub use recording::{RecordingChange, RecordingView};
pub use segment::{Seen, SegmentChange, SegmentView};
pub use sharing::{MyShare, Queue, ShareRequestChange, ShareRequestView, Sharing, SharingChange};

use crate::ids::{AccountId, EventId, LoginId, SegmentId, SessionId, TicketTypeId};
use crate::media_link::Video;
use crate::model::event::Event;
use crate::model::picture::Picture;
use crate::model::session::Session;
use crate::timing::Window;
use protocol::room::{Counts, Hands, Speaker};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{self, Receiver};

/// Changes that wait for a slow subscriber of an event. One that falls behind further is told to start over.
const WAITING: usize = 256;

/// The same where changes are rare, or come once a second at the most: every slot takes memory, used or not.
const WAITING_FEW: usize = 32;

/// The same for the messages of a chat: 20 a second, for about as long as a page may be busy with something else.
const WAITING_MESSAGES: usize = 512;

/// What subscribers listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Its sessions and segments, and the event itself.
    Event(EventId),
    /// The live state of all its rooms.
    Rooms(EventId),
    /// The live state of one room.
    Room(SessionId),
    /// Who is in one room.
    People(SessionId),
    /// Who may go on screen in one session, and who waits for that.
    Sharing(SessionId),
    /// The requests in all sessions of an event, for hosts.
    ShareRequests(EventId),
    /// The recordings of an event.
    Recordings(EventId),
    /// The messages of a session's chat.
    Messages(SessionId),
    /// The settings of a session's chat.
    Chat(SessionId),
    /// One account: its sign-ins, and what it may do somewhere.
    Account(AccountId),
    /// Whether anybody but organizers may be in the event.
    Access(EventId),
}

impl Topic {
    fn waiting(self) -> usize {
        match self {
            Self::Event(_) | Self::Rooms(_) | Self::Sharing(_) | Self::ShareRequests(_) | Self::Recordings(_) => {
                WAITING
            }
            Self::Messages(_) => WAITING_MESSAGES,
            Self::Room(_) | Self::People(_) | Self::Chat(_) | Self::Account(_) | Self::Access(_) => WAITING_FEW,
        }
    }
}

#[derive(Clone, Debug)]
pub enum Change {
    Session(Arc<SessionChange>),
    /// Sessions of one event that changed together: one change, so that many of them drive nobody out.
    Sessions(Arc<[Arc<SessionChange>]>),
    Segment(Arc<SegmentChange>),
    /// Segments of one event that changed together.
    Segments(Arc<[Arc<SegmentChange>]>),
    Event(Arc<Event>),
    Room(Arc<RoomChange>),
    /// Rooms of one event that changed in the same second: one change, so that many rooms drive nobody out.
    Rooms(Arc<[Arc<RoomChange>]>),
    People(Arc<PeopleChange>),
    Sharing(Arc<SharingChange>),
    ShareRequest(Arc<ShareRequestChange>),
    /// Requests of one session that ended together.
    ShareRequests(Arc<[Arc<ShareRequestChange>]>),
    Recording(Arc<RecordingChange>),
    /// Recordings of one event that changed together.
    Recordings(Arc<[Arc<RecordingChange>]>),
    Message(Arc<MessageChange>),
    /// Messages of one chat that changed together.
    Messages(Arc<[Arc<MessageChange>]>),
    Chat(Arc<ChatChange>),
    /// What the account may do in some event has changed.
    Standing,
    LoginEnded(LoginId),
    /// The account took a segment into its agenda, or out of it.
    Agenda {
        event: EventId,
        segment: SegmentId,
        included: bool,
    },
    /// The event was published, or made a draft again.
    AccessChanged,
}

impl Change {
    /// What subscribers were told of it already, where many are told the same.
    pub fn told(&self) -> Option<&Told> {
        match self {
            Self::Session(change) => Some(&change.told),
            Self::Segment(change) => Some(&change.told),
            Self::Room(change) => Some(&change.told),
            Self::People(change) => Some(&change.told),
            Self::ShareRequest(change) => Some(&change.told),
            Self::Recording(change) => Some(&change.told),
            Self::Message(change) => Some(&change.told),
            Self::Chat(change) => Some(&change.told),
            Self::Sessions(_)
            | Self::Segments(_)
            | Self::Event(_)
            | Self::Rooms(_)
            | Self::Sharing(_)
            | Self::ShareRequests(_)
            | Self::Recordings(_)
            | Self::Messages(_)
            | Self::Standing
            | Self::LoginEnded(_)
            | Self::Agenda { .. }
            | Self::AccessChanged => None,
        }
    }
}

/// A session was made, changed or deleted.
#[derive(Debug)]
pub struct SessionChange {
    pub id: SessionId,
    /// The version that the session has by this change, its deletion included: of two changes the higher is newer.
    pub version: i64,
    /// As it is now, and for whom; nothing after its deletion.
    pub after: Option<(SessionView, Reach)>,
    /// Who could find it before.
    pub seen_before: Audience,
    pub told: Told,
}

/// A session with all that lists and rooms show of it.
#[derive(Clone, Debug)]
pub struct SessionView {
    pub session: Arc<Session>,
    pub event: Arc<Event>,
    /// In the session's order.
    pub tags: Arc<[String]>,
    /// Of the published segments that it is linked to, the earliest first.
    pub windows: Arc<[Window]>,
    /// Who speaks in a segment that leads to it, and so comes before its time (F6).
    pub speakers: Arc<[AccountId]>,
    /// Sanitised HTML (B2).
    pub additional_information: Arc<str>,
    /// Whose holders may watch it where that goes by ticket (C3).
    pub tickets: Arc<[TicketTypeId]>,
    /// Its cover (B3).
    pub picture: Option<Arc<Picture>>,
}

/// Whom a session concerns. Read only where that is needed: an invite list may be long.
#[derive(Clone, Debug)]
pub struct Reach {
    pub audience: Audience,
    /// Everybody who may be in the room, organizers too; nothing when that is every registered attendee.
    pub insiders: Option<Arc<[AccountId]>>,
}

/// Who may watch a session, organizers of the event apart, who may watch all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    Nobody,
    /// Everybody who is registered.
    Registered,
    /// These people (invited, or admitted by the link), and who holds one of these ticket types.
    Some {
        people: Arc<HashSet<AccountId>>,
        tickets: Arc<[TicketTypeId]>,
    },
}

impl Audience {
    /// Organizers only: a draft's sessions (A3).
    pub fn organizers() -> Self {
        Self::Some { people: Arc::default(), tickets: Arc::new([]) }
    }

    /// Whether it includes this attendee, registered with this ticket type.
    pub fn includes(&self, account: AccountId, ticket: TicketTypeId) -> bool {
        match self {
            Self::Nobody => false,
            Self::Registered => true,
            Self::Some { people, tickets } => people.contains(&account) || tickets.contains(&ticket),
        }
    }
}

/// The live state of a room changed.
#[derive(Debug)]
pub struct RoomChange {
    pub session: SessionId,
    pub counts: Counts,
    pub speakers: Arc<[Speaker]>,
    pub hosts: u32,
    pub youtube: Option<Video>,
    pub hands: Arc<Hands>,
    pub recording: bool,
    pub audience: Audience,
    pub told: Told,
}

/// Ways to ask that are remembered for one change. Pages ask in two or three; what integrators ask beside them is
/// answered as well, but anew for each of them.
const WAYS: usize = 8;

/// What subscribers were told of a change already, by what they had asked: those who ask alike are told alike.
#[derive(Debug, Default)]
pub struct Told(Mutex<Vec<(Arc<str>, Arc<str>)>>);

impl Told {
    pub fn get(&self, asked: &str) -> Option<Arc<str>> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.iter().find(|(known, _)| **known == *asked).map(|(_, text)| Arc::clone(text))
    }

    /// How many ways of asking were answered.
    pub fn ways(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    pub fn keep(&self, asked: Arc<str>, text: Arc<str>) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() < WAYS && told.iter().all(|(known, _)| *known != asked) {
            told.push((asked, text));
        }
    }
}

/// The next change that a receiver has, if there is a receiver; otherwise it never comes.
pub async fn next(receiver: &mut Option<Receiver<Change>>) -> Result<Change, RecvError> {
    match receiver {
        Some(receiver) => receiver.recv().await,
        None => std::future::pending().await,
    }
}

/// The broadcasts of this process, made when somebody listens.
#[derive(Default)]
pub struct Feed {
    topics: Mutex<HashMap<Topic, broadcast::Sender<Change>>>,
}

impl Feed {
    pub fn subscribe(&self, topic: Topic) -> Receiver<Change> {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        topics.entry(topic).or_insert_with(|| broadcast::channel(topic.waiting()).0).subscribe()
    }

    /// How many listen to a topic now.
    pub fn listeners(&self, topic: Topic) -> usize {
        let topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        topics.get(&topic).map_or(0, broadcast::Sender::receiver_count)
    }

    pub fn publish(&self, topic: Topic, change: Change) {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = topics.get(&topic) else { return };
        if sender.send(change).is_err() {
            topics.remove(&topic);
        }
    }

    /// Forgets the topics that nobody listens to any more.
    pub fn tidy(&self) {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        topics.retain(|_, sender| sender.receiver_count() > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Id, LoginId};

    #[test]
    fn a_change_reaches_those_who_listen_to_its_topic_only() {
        let feed = Feed::default();
        let (id, other) = (EventId::from_ulid(ulid::Ulid(1)), EventId::from_ulid(ulid::Ulid(2)));
        let mut here = feed.subscribe(Topic::Event(id));
        let mut there = feed.subscribe(Topic::Event(other));
        feed.publish(Topic::Event(id), Change::LoginEnded(LoginId::from_ulid(ulid::Ulid(3))));
        assert!(here.try_recv().is_ok());
        assert!(there.try_recv().is_err());
    }

    #[test]
    fn a_topic_without_listeners_is_forgotten() {
        let feed = Feed::default();
        drop(feed.subscribe(Topic::Access(EventId::from_ulid(ulid::Ulid(1)))));
        feed.publish(
            Topic::Access(EventId::from_ulid(ulid::Ulid(1))),
            Change::LoginEnded(LoginId::from_ulid(ulid::Ulid(3))),
        );
        assert!(feed.topics.lock().unwrap().is_empty());
    }

    /// Every account that was ever connected has had one.
    #[test]
    fn topics_that_nobody_publishes_to_are_tidied_up() {
        let feed = Feed::default();
        let account = |number| Topic::Account(crate::ids::AccountId::from_ulid(ulid::Ulid(number)));
        let kept = feed.subscribe(account(1));
        drop(feed.subscribe(account(2)));
        feed.tidy();
        assert_eq!(feed.topics.lock().unwrap().keys().copied().collect::<Vec<_>>(), [account(1)]);
        drop(kept);
    }
}
