//! The way to a room from outside, and the words that are said on it.

use super::recording::{Recorded, RecordedRoom};
use super::routers::Routers;
use super::youtube::{Shared, Wish};
use super::{Room, Surroundings};
use bytestring::ByteString;
use mediasoup::prelude::ProducerId;
use mediasoup::router::RouterId;
use protocol::link::RoomState;
use protocol::recording::BlockEnd;
use protocol::room::{Counts, Hands, Reaction, Seat, Settings, Source, Speaker};
use protocol::signalling::{CloseCode, ErrorCode};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Commands that may wait for the room.
const COMMANDS: usize = 1024;

/// One connection in the room.
pub type MemberId = u64;

/// What others receive of one source.
#[derive(Clone, Debug)]
pub struct Sending {
    pub producer: ProducerId,
    pub person: Arc<str>,
    pub source: Source,
    /// Where it is sent to.
    pub router: RouterId,
}

/// What the room tells a member.
#[derive(Clone, Debug)]
pub enum Event {
    /// A message for the browser, written as it is; made once for everybody.
    Say(ByteString),
    Started(Sending),
    Ended(ProducerId),
    Rights {
        share: bool,
        waiting: Option<u32>,
    },
    /// A host muted this source.
    Mute(Source),
    /// A host ended what is sent from this seat.
    StopSeat(Seat),
}

/// Who comes in.
pub struct Entry {
    pub person: Arc<str>,
    pub name: String,
    /// Of the decision to enter; see the protocol's `join`.
    pub tab: Arc<str>,
    pub share: bool,
    pub host: bool,
    /// May react (A7, I3).
    pub react: bool,
    pub settings: Settings,
}

/// What who comes in is told.
pub struct Entered {
    pub member: MemberId,
    pub events: mpsc::Receiver<Event>,
    /// Says that this connection is over and why, past everything that waits in `events`. Without a reason, what waits
    /// there has become too much.
    pub closed: oneshot::Receiver<CloseCode>,
    pub counts: Counts,
    pub speakers: Vec<Speaker>,
    pub hands: Hands,
    pub sending: Vec<Sending>,
    /// The YouTube video, which goes on until this is said.
    pub youtube: Option<Shared>,
    /// Whether what is on screen is being recorded (K1).
    pub recording: bool,
    /// By which the room is told from one before or after it (H5).
    pub began: i64,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// By the person's own will: the seats are free.
    Left,
    /// Otherwise: the seats are held.
    Lost,
}

/// What the api wants of the room.
#[derive(Clone, Debug)]
pub enum Control {
    Settings {
        settings: Settings,
        keep: Option<HashSet<String>>,
    },
    Rights {
        person: String,
        share: bool,
        host: bool,
        asked: bool,
    },
    Mute {
        person: String,
        source: Source,
    },
    StopSeat {
        person: String,
        seat: Seat,
    },
    StopYoutube,
    /// Of one person, or of everybody.
    LowerHand {
        person: Option<String>,
    },
    Reacting {
        person: String,
        allowed: bool,
    },
    Remove {
        person: String,
    },
    Close(CloseCode),
}

/// What members and the api say to the room.
pub(super) enum Command {
    Enter {
        entry: Entry,
        reply: oneshot::Sender<Result<Entered, CloseCode>>,
    },
    Claim {
        member: MemberId,
        source: Source,
        muted: bool,
        reply: oneshot::Sender<Result<bool, ErrorCode>>,
    },
    Started {
        member: MemberId,
        sending: Sending,
    },
    Ended {
        member: MemberId,
        source: Source,
    },
    Muted {
        member: MemberId,
        source: Source,
        muted: bool,
    },
    Youtube {
        member: MemberId,
        wish: Wish,
        reply: oneshot::Sender<Result<(), ErrorCode>>,
    },
    RaiseHand {
        member: MemberId,
        raised: bool,
    },
    React {
        member: MemberId,
        reaction: Reaction,
        reply: oneshot::Sender<Result<(), ErrorCode>>,
    },
    Gone {
        member: MemberId,
        how: Gone,
    },
    Control(Control),
    /// From the recorder: what is on screen is recorded from now on, or not any more. Answered when everybody inside was told (K1).
    Recording {
        recording: bool,
        end: Option<BlockEnd>,
        done: oneshot::Sender<()>,
    },
    Describe(oneshot::Sender<RoomState>),
}

/// The way to a room. The room lives as long as somebody is inside, or a seat or a hand is held.
#[derive(Clone)]
pub struct RoomHandle {
    commands: mpsc::Sender<Command>,
    pub routers: Arc<Routers>,
}

impl RoomHandle {
    /// Starts the task of a room. `ended` is called when it is over.
    pub fn start(
        session: String,
        routers: Arc<Routers>,
        settings: Settings,
        around: Surroundings,
        ended: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (commands, received) = mpsc::channel(COMMANDS);
        let recorded_room = RecordedRoom::new(&commands, Arc::clone(&routers));
        let recorded = Recorded::new(Arc::clone(&around.recordings), &session, recorded_room);
        let room = Room::new(session, settings, around, recorded);
        metrics::gauge!("rooms").increment(1.0);
        tokio::spawn(async move {
            room.run(received).await;
            metrics::gauge!("rooms").decrement(1.0);
            ended();
        });
        Self { commands, routers }
    }

    /// Comes in; nothing when the room has just ended, and another one must be started.
    pub async fn enter(&self, entry: Entry) -> Option<Result<Entered, CloseCode>> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(Command::Enter { entry, reply }).await.ok()?;
        answer.await.ok()
    }

    /// Asks for the seat that `source` needs. Says whether it is to begin muted though `muted` does not say so (D7).
    pub async fn claim(&self, member: MemberId, source: Source, muted: bool) -> Result<bool, ErrorCode> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Claim { member, source, muted, reply }).await;
        answer.await.unwrap_or(Err(ErrorCode::Internal))
    }

    pub async fn started(&self, member: MemberId, sending: Sending) {
        self.send(Command::Started { member, sending }).await;
    }

    pub async fn ended(&self, member: MemberId, source: Source) {
        self.send(Command::Ended { member, source }).await;
    }

    pub async fn muted(&self, member: MemberId, source: Source, muted: bool) {
        self.send(Command::Muted { member, source, muted }).await;
    }

    pub async fn raise_hand(&self, member: MemberId, raised: bool) {
        self.send(Command::RaiseHand { member, raised }).await;
    }

    pub async fn react(&self, member: MemberId, reaction: Reaction) -> Result<(), ErrorCode> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::React { member, reaction, reply }).await;
        answer.await.unwrap_or(Err(ErrorCode::Internal))
    }

    pub async fn gone(&self, member: MemberId, how: Gone) {
        self.send(Command::Gone { member, how }).await;
    }

    pub async fn control(&self, control: Control) {
        self.send(Command::Control(control)).await;
    }

    /// Everything that the api is told of the room, with everybody inside.
    pub async fn describe(&self) -> Option<RoomState> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Describe(reply)).await;
        answer.await.ok()
    }

    /// A room that is over hears nothing, which is all that a command to it could do.
    pub(super) async fn send(&self, command: Command) {
        let _ = self.commands.send(command).await;
    }
}
