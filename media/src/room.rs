//! A room: one task that owns who is inside and who is on screen. Members only send it commands.
//!
//! It decides, it does not move media: a member makes its own transports, producers and consumers (`member.rs`) and
//! asks here first. So a room with a thousand people is never busy with one of them.

mod floor;

use crate::board::Board;
use crate::workers::RoomRouter;
use bytestring::ByteString;
use floor::Floor;
use mediasoup::prelude::ProducerId;
use protocol::link::RoomState;
use protocol::room::{Counts, Settings, Source, Speaker};
use protocol::signalling::{CloseCode, ErrorCode, ServerMessage};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

/// Commands that may wait for the room.
const COMMANDS: usize = 1024;

/// Events that may wait for a member; one that falls behind further is closed with `TOO_SLOW`.
const EVENTS: usize = 512;

/// Between two tellings of the counts, and between two looks at held seats.
const TICK: Duration = Duration::from_secs(1);

/// One connection in the room.
pub type MemberId = u64;

/// What others receive of one source.
#[derive(Clone, Debug)]
pub struct Sending {
    pub producer: ProducerId,
    pub person: Arc<str>,
    pub source: Source,
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
    },
    Close(CloseCode),
}

/// Who comes in.
pub struct Entry {
    pub person: Arc<str>,
    pub name: String,
    pub share: bool,
    pub settings: Settings,
}

/// What who comes in is told.
pub struct Entered {
    pub member: MemberId,
    pub events: mpsc::Receiver<Event>,
    pub counts: Counts,
    pub speakers: Vec<Speaker>,
    pub sending: Vec<Sending>,
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
    Settings { settings: Settings, keep: Option<HashSet<String>> },
    Rights { person: String, share: bool },
    Remove { person: String },
    Close(CloseCode),
}

enum Command {
    Enter { entry: Entry, reply: oneshot::Sender<Result<Entered, CloseCode>> },
    Claim { member: MemberId, source: Source, muted: bool, reply: oneshot::Sender<Result<(), ErrorCode>> },
    Started { member: MemberId, sending: Sending },
    Ended { member: MemberId, source: Source },
    Muted { member: MemberId, source: Source, muted: bool },
    Gone { member: MemberId, how: Gone },
    Control(Control),
    Describe(oneshot::Sender<RoomState>),
}

/// The way to a room. The room lives as long as somebody is inside or a seat is held.
#[derive(Clone)]
pub struct RoomHandle {
    commands: mpsc::Sender<Command>,
    pub router: Arc<RoomRouter>,
}

impl RoomHandle {
    /// Starts the task of a room. `ended` is called when it is over.
    pub fn start(
        session: String,
        router: RoomRouter,
        max_members: usize,
        settings: Settings,
        board: Arc<Board>,
        ended: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (commands, received) = mpsc::channel(COMMANDS);
        let room = Room {
            session,
            floor: Floor::new(settings.max_seats),
            settings,
            max_members,
            members: HashMap::new(),
            by_person: HashMap::new(),
            sending: BTreeMap::new(),
            next: 0,
            changed: false,
            board,
        };
        metrics::gauge!("rooms").increment(1.0);
        tokio::spawn(async move {
            room.run(received).await;
            metrics::gauge!("rooms").decrement(1.0);
            ended();
        });
        Self { commands, router: Arc::new(router) }
    }

    /// Comes in; nothing when the room has just ended, and another one must be started.
    pub async fn enter(&self, entry: Entry) -> Option<Result<Entered, CloseCode>> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(Command::Enter { entry, reply }).await.ok()?;
        answer.await.ok()
    }

    /// Asks for the seat that `source` needs.
    pub async fn claim(&self, member: MemberId, source: Source, muted: bool) -> Result<(), ErrorCode> {
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
    async fn send(&self, command: Command) {
        let _ = self.commands.send(command).await;
    }
}

struct Member {
    person: Arc<str>,
    name: String,
    share: bool,
    events: mpsc::Sender<Event>,
}

struct Room {
    session: String,
    settings: Settings,
    max_members: usize,
    floor: Floor,
    members: HashMap<MemberId, Member>,
    by_person: HashMap<Arc<str>, MemberId>,
    sending: BTreeMap<(MemberId, Source), Sending>,
    next: MemberId,
    /// Since the last tick: the counts are to be told.
    changed: bool,
    board: Arc<Board>,
}

impl Room {
    async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => self.handle(command),
                    None => break,
                },
                _ = tick.tick() => self.tick(Instant::now()),
            }
            if self.members.is_empty() && self.floor.is_empty() {
                commands.close();
                break;
            }
        }
        self.board.post(self.state());
    }

    fn handle(&mut self, command: Command) {
        match command {
            Command::Enter { entry, reply } => {
                let _ = reply.send(self.enter(entry));
            }
            Command::Claim { member, source, muted, reply } => {
                let _ = reply.send(self.claim(member, source, muted));
            }
            Command::Started { member, sending } => self.started(member, sending),
            Command::Ended { member, source } => self.ended(member, source),
            Command::Muted { member, source, muted } => {
                let Some(person) = self.person(member) else { return };
                if self.floor.set_muted(&person, source, muted) {
                    self.tell_speakers();
                }
            }
            Command::Gone { member, how } => self.gone(member, how),
            Command::Control(control) => self.control(control),
            Command::Describe(reply) => {
                let people = self.by_person.keys().map(|person| person.to_string()).collect();
                let _ = reply.send(RoomState { people, ..self.state() });
            }
        }
    }

    fn enter(&mut self, entry: Entry) -> Result<Entered, CloseCode> {
        if entry.settings.version < self.settings.version {
            return Err(CloseCode::InvalidPass);
        }
        self.set(entry.settings);
        if let Some(older) = self.by_person.get(&entry.person).copied() {
            self.put_out(older, CloseCode::TakenOver);
        } else if self.members.len() >= self.max_members {
            return Err(CloseCode::RoomFull);
        }
        self.next += 1;
        let member = self.next;
        let (events, received) = mpsc::channel(EVENTS);
        let Entry { person, name, share, .. } = entry;
        self.by_person.insert(Arc::clone(&person), member);
        self.members.insert(member, Member { person, name, share, events });
        self.changed = true;
        Ok(Entered {
            member,
            events: received,
            counts: self.counts(),
            speakers: self.floor.speakers(),
            sending: self.sending.values().cloned().collect(),
        })
    }

    fn claim(&mut self, id: MemberId, source: Source, muted: bool) -> Result<(), ErrorCode> {
        let member = self.members.get(&id).ok_or(ErrorCode::WrongState)?;
        if !member.share {
            return Err(ErrorCode::MayNotShare);
        }
        self.floor.claim(&member.person, &member.name, source, muted)?;
        self.tell_speakers();
        Ok(())
    }

    /// A producer that its member made before it was put out ends with the member, so it is not told of.
    fn started(&mut self, member: MemberId, sending: Sending) {
        if self.members.contains_key(&member) {
            self.broadcast(&Event::Started(sending.clone()), Some(member));
            self.sending.insert((member, sending.source), sending);
        }
    }

    fn ended(&mut self, member: MemberId, source: Source) {
        if let Some(sending) = self.sending.remove(&(member, source)) {
            self.broadcast(&Event::Ended(sending.producer), Some(member));
        }
        let Some(person) = self.person(member) else { return };
        if self.floor.release(&person, source) {
            self.tell_speakers();
        }
    }

    /// The member is no longer here; nothing happens when that is known already.
    fn gone(&mut self, id: MemberId, how: Gone) {
        let Some(member) = self.members.remove(&id) else { return };
        self.by_person.remove(&member.person);
        self.changed = true;
        let over: Vec<_> = self.sending.keys().filter(|(of, _)| *of == id).copied().collect();
        for key in over {
            if let Some(sending) = self.sending.remove(&key) {
                self.broadcast(&Event::Ended(sending.producer), None);
            }
        }
        let was_on_screen = match how {
            Gone::Left => self.floor.leave(&member.person),
            Gone::Lost => self.floor.lost(&member.person, Instant::now()),
        };
        if was_on_screen {
            self.tell_speakers();
        }
    }

    fn control(&mut self, control: Control) {
        match control {
            Control::Settings { settings, keep } => {
                if settings.version < self.settings.version {
                    return;
                }
                self.set(settings);
                let Some(keep) = keep else { return };
                let lost: Vec<_> = self.by_person.iter().filter(|(person, _)| !keep.contains(&***person)).collect();
                let lost: Vec<MemberId> = lost.into_iter().map(|(_, member)| *member).collect();
                for member in lost {
                    self.put_out(member, CloseCode::AccessLost);
                }
            }
            Control::Rights { person, share } => self.set_rights(&person, share),
            Control::Remove { person } => {
                if let Some(member) = self.by_person.get(person.as_str()).copied() {
                    self.put_out(member, CloseCode::AccessLost);
                }
                self.free(&person);
            }
            Control::Close(code) => {
                let members: Vec<MemberId> = self.members.keys().copied().collect();
                for member in members {
                    self.put_out(member, code);
                }
                self.floor = Floor::new(self.settings.max_seats);
            }
        }
    }

    fn set(&mut self, settings: Settings) {
        if settings != self.settings {
            self.floor.set_max(settings.max_seats);
            self.settings = settings;
            self.changed = true;
        }
    }

    /// Ends the connection of a member. Who was taken over keeps the seats: the other tab takes them.
    fn put_out(&mut self, id: MemberId, code: CloseCode) {
        if let Some(member) = self.members.get(&id) {
            let _ = member.events.try_send(Event::Close(code));
        }
        self.gone(id, if code == CloseCode::TakenOver { Gone::Lost } else { Gone::Left });
    }

    fn set_rights(&mut self, person: &str, share: bool) {
        let Some(id) = self.by_person.get(person).copied() else { return };
        let Some(member) = self.members.get_mut(&id) else { return };
        if member.share == share {
            return;
        }
        member.share = share;
        let _ = member.events.try_send(Event::Rights { share });
        if !share {
            let over: Vec<Source> =
                self.sending.keys().filter(|(of, _)| *of == id).map(|(_, source)| *source).collect();
            for source in over {
                self.ended(id, source);
            }
            self.free(person);
        }
    }

    fn free(&mut self, person: &str) {
        if self.floor.leave(person) {
            self.tell_speakers();
        }
    }

    fn tick(&mut self, now: Instant) {
        if self.floor.expire(now) {
            self.tell_speakers();
        }
        if std::mem::take(&mut self.changed) {
            self.broadcast(&say(&ServerMessage::Counts { counts: self.counts() }), None);
            self.board.post(self.state());
        }
    }

    fn tell_speakers(&mut self) {
        self.changed = true;
        self.broadcast(&say(&ServerMessage::Speakers { speakers: self.floor.speakers() }), None);
    }

    /// Tells everybody but `except`. Who does not read fast enough is dropped: their channel ends, and with it their
    /// connection.
    fn broadcast(&mut self, event: &Event, except: Option<MemberId>) {
        let slow: Vec<MemberId> = self
            .members
            .iter()
            .filter(|(id, member)| Some(**id) != except && member.events.try_send(event.clone()).is_err())
            .map(|(id, _)| *id)
            .collect();
        for member in slow {
            self.gone(member, Gone::Lost);
        }
    }

    fn person(&self, member: MemberId) -> Option<Arc<str>> {
        self.members.get(&member).map(|member| Arc::clone(&member.person))
    }

    /// People on screen are no viewers.
    fn counts(&self) -> Counts {
        let viewers = self.by_person.keys().filter(|person| !self.floor.is_on_screen(person)).count();
        self.floor.counts(viewers)
    }

    fn state(&self) -> RoomState {
        RoomState {
            session: self.session.clone(),
            counts: self.counts(),
            speakers: self.floor.speakers(),
            people: Vec::new(),
        }
    }
}

/// A message for many, serialised once.
fn say(message: &ServerMessage) -> Event {
    Event::Say(crate::signalling::text(message))
}
