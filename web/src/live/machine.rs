//! The browser's side of signalling, as a pure state machine: what happened goes in, what to do comes out.
//!
//! Entering is pipelined: after `joined` nothing waits for an answer, so a picture takes two round trips of signalling
//! (socket and `join`), and then those of the packets themselves (ICE and DTLS). Every lost connection is replaced whole, with a new pass; what was being
//! sent is sent again (H5). Everything that belongs to an earlier connection carries its number and is ignored.

mod connection;
mod hands;
mod receiving;
mod recording;
mod sending;
mod youtube;

pub use youtube::VideoWish;

use super::backoff::Backoff;
use super::engine::{Command, Event, IceServer};
use crate::state::room::receiving::Shown;
use crate::state::room::{Change, Ending, Notice, Phase};
use connection::Pending;
use litemap::LiteMap;
use protocol::room::{Reaction, Source};
use protocol::signalling::{ClientMessage, Direction, RequestId, ServerMessage};

/// Milliseconds between two pings. Silence from one to the next means that the connection is lost.
pub const PING_MS: u32 = 10_000;
/// Milliseconds for an answer when the network looks broken.
pub const PROBE_MS: u32 = 3_000;
/// Milliseconds from asking for a pass to being inside, after which it is told what is in the way (H9).
pub const ENTER_MS: u32 = 10_000;
/// Milliseconds after which missing packets are told (H9).
pub const REACH_MS: u32 = 10_000;
/// Milliseconds between two attempts to find a way for the packets.
pub const HEAL_MS: u32 = 4_000;
/// Attempts to mend a way for the packets that worked before, until the whole connection is replaced.
const HEALS: u32 = 5;
/// Milliseconds between two looks whether a place is free (E3).
pub const PLACE_MS: u32 = 6_000;
/// Milliseconds between two numbers of what is counted down in seconds.
pub const COUNT_MS: u32 = 1_000;

/// Milliseconds between two words about what is shown, at the least (E4).
pub const SHOW_MS: u32 = 250;

/// A few things without order.
type Set<T> = LiteMap<T, ()>;

/// Which connection something belongs to.
pub type Attempt = u32;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The person wants to be in the room.
    Enter,
    Pass {
        attempt: Attempt,
        answer: Result<Grant, Refusal>,
    },
    Message {
        attempt: Attempt,
        message: ServerMessage,
    },
    /// The socket ended, with its close code.
    Closed {
        attempt: Attempt,
        code: u16,
    },
    Engine(Event),
    Timer {
        attempt: Attempt,
        timer: Timer,
    },
    /// The network is back, or another one is used now.
    NetworkChanged,
    /// The page is looked at again, perhaps after the whole computer slept.
    Awake,
    /// Send these, which are being captured, from now on.
    Share(Vec<Source>),
    /// Stop sending these and switch their devices off.
    StopSharing(Vec<Source>),
    SetMuted {
        source: Source,
        muted: bool,
    },
    /// The page shows these pictures of others now, each as large as this (E4).
    Show(Shown),
    Video(VideoWish),
    RaiseHand(bool),
    React(Reaction),
    Leave,
}

/// The permission to enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub pass: String,
    /// The address of the signalling socket.
    pub url: String,
    /// TURN servers for whoever needs one (H9).
    pub ice_servers: Vec<IceServer>,
}

/// Why the api gives no pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    NotOpen,
    SignedOut,
    /// Not reachable, overloaded, or no media node: worth another attempt.
    Temporary,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    AskPass {
        attempt: Attempt,
    },
    OpenSocket {
        attempt: Attempt,
        url: String,
    },
    CloseSocket,
    Send(ClientMessage),
    Engine(Command),
    SetTimer {
        attempt: Attempt,
        timer: Timer,
        ms: u32,
    },
    Change(Change),
    Notice(Notice),
    /// Hand in where the person's own video stands now, as `VideoWish::Again`: it takes a clock to know that.
    VideoAgain,
}

/// Timers; one of a kind runs at a time, and a new one replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    Retry,
    Enter,
    Ping,
    Probe,
    Reach(Way),
    Heal(Way),
    /// The next second of the offer of a seat.
    Offer,
    /// What is shown may be told again.
    Show,
}

/// The direction of a transport, in an order that maps need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Send,
    Receive,
}

impl From<Direction> for Way {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Send => Self::Send,
            Direction::Receive => Self::Receive,
        }
    }
}

impl From<Way> for Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::Send => Self::Send,
            Way::Receive => Self::Receive,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Neither inside nor wanting to be.
    Outside,
    /// Waiting to try again.
    Waiting,
    /// From asking for a pass to `joined`.
    Entering,
    Inside,
}

/// The state of one browser tab's way into one room.
#[derive(Clone, Debug)]
pub struct Machine {
    tab: String,
    /// How often the person has pressed the button.
    entries: u32,
    stage: Stage,
    attempt: Attempt,
    backoff: Backoff,
    /// Was inside since `Enter`: then a loss is a reconnect and not a slow entry.
    entered: bool,
    pass: Option<String>,
    next_id: RequestId,
    pending: LiteMap<RequestId, Pending>,
    /// Something was heard since the last ping.
    heard: bool,
    /// Transports that worked at least once on this connection.
    reached: Set<Way>,
    /// With the attempts to mend them.
    broken: LiteMap<Way, u32>,
    /// Consumers of this connection, with whose they are.
    consumers: LiteMap<String, (String, Source)>,
    /// Pictures among them that the media layer is ready for, with the layer that the server was told; none while paused.
    pictures: LiteMap<String, Option<u8>>,
    /// What the page shows: outlives connections.
    shown: Shown,
    /// The server was told of it a moment ago.
    just_told: bool,
    /// What the person sends, and whether it is muted: outlives connections.
    wanted: LiteMap<Source, bool>,
    send_transport: SendTransport,
    /// What the server was told on this connection.
    announced: Set<Source>,
    may_share: bool,
    /// Waits for a free seat (D5).
    waits: bool,
    /// Seconds for which a free seat is kept for the person (D5).
    offered: u64,
    /// The person's own id, once it is known.
    me: String,
    /// When the room began in which the person was last. Outlives connections.
    room: Option<i64>,
    /// The own hand is up, as far as the room and the person say. Outlives connections.
    hand: bool,
    video: youtube::Video,
    /// What is on screen is recorded, as the person was told last (K1). Outlives connections.
    recording: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SendTransport {
    None,
    Asked,
    Ready,
}

impl Machine {
    /// `tab` names this browser tab, `seed` makes its waiting times its own.
    pub fn new(tab: String, seed: u32) -> Self {
        Self {
            tab,
            entries: 0,
            stage: Stage::Outside,
            attempt: 0,
            backoff: Backoff::new(seed),
            entered: false,
            pass: None,
            next_id: 1,
            pending: LiteMap::new(),
            heard: false,
            reached: Set::new(),
            broken: LiteMap::new(),
            consumers: LiteMap::new(),
            pictures: LiteMap::new(),
            shown: Shown::new(),
            just_told: false,
            wanted: LiteMap::new(),
            send_transport: SendTransport::None,
            announced: Set::new(),
            may_share: false,
            waits: false,
            offered: 0,
            me: String::new(),
            room: None,
            hand: false,
            video: youtube::Video::default(),
            recording: false,
        }
    }

    /// Takes in what happened and says what to do, in order.
    pub fn handle(&mut self, input: Input) -> Vec<Effect> {
        let mut out = Vec::new();
        match input {
            Input::Enter => self.enter(&mut out),
            Input::Leave => self.leave(&mut out),
            Input::NetworkChanged => self.network_changed(&mut out),
            Input::Awake => self.awake(&mut out),
            Input::Share(sources) => self.share(&sources, &mut out),
            Input::StopSharing(sources) => self.stop_sharing(&sources, &mut out),
            Input::SetMuted { source, muted } => self.set_muted(source, muted, &mut out),
            Input::Show(shown) => self.show(shown, &mut out),
            Input::Video(wish) => self.video_wish(wish, &mut out),
            Input::RaiseHand(raised) => self.raise_hand(raised, &mut out),
            Input::React(emoji) => self.react(emoji, &mut out),
            Input::Engine(event) => self.engine(event, &mut out),
            Input::Pass { attempt, answer } if attempt == self.attempt => self.pass(answer, &mut out),
            Input::Message { attempt, message } if attempt == self.attempt => self.message(message, &mut out),
            Input::Closed { attempt, code } if attempt == self.attempt => self.closed(code, &mut out),
            Input::Timer { attempt, timer } if attempt == self.attempt => self.timer(timer, &mut out),
            Input::Pass { .. } | Input::Message { .. } | Input::Closed { .. } | Input::Timer { .. } => {}
        }
        out
    }

    fn enter(&mut self, out: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Entering | Stage::Inside) {
            return;
        }
        self.backoff.reset();
        self.entered = false;
        self.entries += 1;
        out.push(Effect::Change(Change::Phase(Phase::Joining)));
        self.connect(out);
    }

    fn leave(&mut self, out: &mut Vec<Effect>) {
        if self.stage == Stage::Inside {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::Leave { id }));
        }
        self.end(Ending::Left, out);
    }

    /// Stops for good, for `ending`: devices off, nothing is tried again.
    fn end(&mut self, ending: Ending, out: &mut Vec<Effect>) {
        if self.stage == Stage::Outside {
            return;
        }
        for (source, _) in std::mem::take(&mut self.wanted) {
            out.push(Effect::Engine(Command::CloseCapture { source }));
        }
        self.no_turn();
        self.shown.clear();
        // Who comes back is told again, and begins anew.
        self.recording = false;
        self.hand = false;
        self.video = youtube::Video::default();
        self.drop_connection(out);
        self.stage = Stage::Outside;
        out.push(Effect::Change(Change::Phase(Phase::Ended(ending))));
    }

    /// The number of a new request whose answer means `pending`.
    fn request(&mut self, pending: Pending) -> RequestId {
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        if pending != Pending::Ignored {
            self.pending.insert(id, pending);
        }
        id
    }

    fn set_timer(&self, timer: Timer, ms: u32, out: &mut Vec<Effect>) {
        out.push(Effect::SetTimer { attempt: self.attempt, timer, ms });
    }
}

#[cfg(test)]
mod tests;
