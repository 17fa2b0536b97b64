//! A room: one task that owns who is inside and who is on screen. Members only send it commands.
//!
//! It decides, it does not move media: a member makes its own transports, producers and consumers (`member.rs`) and
//! asks here first. So a room with a thousand people is never busy with one of them.

mod floor;
mod hands;
mod people;
mod reactions;
mod routers;
pub mod youtube;

pub use routers::{Place, Routers};

use crate::board::{Board, People};
use bytestring::ByteString;
use floor::Floor;
use hands::HandsUp;
use mediasoup::prelude::ProducerId;
use mediasoup::router::RouterId;
use protocol::link::RoomState;
use protocol::room::{Counts, Hands, OFFER_SECONDS, Reaction, Seat, Settings, Source, Speaker};
use protocol::signalling::{CloseCode, ErrorCode, ServerMessage};
use protocol::youtube::YoutubeEnd;
use reactions::Reactions;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};
use youtube::{Screening, Shared, Wish};

/// Commands that may wait for the room.
const COMMANDS: usize = 1024;

/// Events that may wait for a member; one that falls behind further is closed with `TOO_SLOW`.
const EVENTS: usize = 512;

/// Between two tellings of the counts, and between two looks at held seats.
const TICK: Duration = Duration::from_secs(1);

/// Between two tellings of who is on screen: what changes faster is told together.
const SPEAKERS: Duration = Duration::from_millis(150);

/// Between two tellings of who has raised a hand.
const HANDS: Duration = Duration::from_millis(250);

/// Decisions of one person to enter that are remembered.
const TABS: usize = 8;

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

enum Command {
    Enter { entry: Entry, reply: oneshot::Sender<Result<Entered, CloseCode>> },
    Claim { member: MemberId, source: Source, muted: bool, reply: oneshot::Sender<Result<(), ErrorCode>> },
    Started { member: MemberId, sending: Sending },
    Ended { member: MemberId, source: Source },
    Muted { member: MemberId, source: Source, muted: bool },
    Youtube { member: MemberId, wish: Wish, reply: oneshot::Sender<Result<(), ErrorCode>> },
    RaiseHand { member: MemberId, raised: bool },
    React { member: MemberId, reaction: Reaction, reply: oneshot::Sender<Result<(), ErrorCode>> },
    Gone { member: MemberId, how: Gone },
    Control(Control),
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
            tabs: HashMap::new(),
            next: 0,
            changed: false,
            speakers_told: None,
            tell_speakers_at: None,
            row: Vec::new(),
            on_screen: Vec::new(),
            screening: Screening::default(),
            hands: HandsUp::default(),
            hands_told: None,
            tell_hands_at: None,
            reactions: Reactions::default(),
            people: Arc::default(),
            board,
        };
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
    async fn send(&self, command: Command) {
        let _ = self.commands.send(command).await;
    }
}

struct Member {
    person: Arc<str>,
    name: String,
    share: bool,
    host: bool,
    react: bool,
    events: mpsc::Sender<Event>,
    closed: oneshot::Sender<CloseCode>,
}

struct Room {
    session: String,
    settings: Settings,
    max_members: usize,
    floor: Floor,
    members: HashMap<MemberId, Member>,
    by_person: HashMap<Arc<str>, MemberId>,
    sending: BTreeMap<(MemberId, Source), Sending>,
    /// The latest decisions of each person to enter, the newest last.
    tabs: HashMap<Arc<str>, VecDeque<Arc<str>>>,
    next: MemberId,
    /// Since the last tick: the counts are to be told.
    changed: bool,
    speakers_told: Option<Instant>,
    /// Set when who is on screen is to be told.
    tell_speakers_at: Option<Instant>,
    /// The row of those who wait for a seat, as they were told of it.
    row: Vec<String>,
    /// The people on screen, as the api was told of them.
    on_screen: Vec<String>,
    screening: Screening,
    hands: HandsUp,
    hands_told: Option<Instant>,
    /// Set when who has raised a hand is to be told.
    tell_hands_at: Option<Instant>,
    /// Since the last tick.
    reactions: Reactions,
    /// Everybody inside, as it was posted last.
    people: Arc<People>,
    board: Arc<Board>,
}

impl Room {
    async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut tick = interval_at(Instant::now() + TICK, TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => self.handle(command),
                    None => break,
                },
                _ = tick.tick() => self.tick(Instant::now()),
                () = until(self.tell_speakers_at) => self.tell_speakers(Instant::now()),
                () = until(self.screening.tell_at) => self.tell_youtube(Instant::now()),
                () = until(self.tell_hands_at) => self.tell_hands(Instant::now()),
            }
            self.settle_youtube();
            self.offer_seats();
            if self.members.is_empty() && self.floor.is_empty() && self.hands.is_empty() {
                commands.close();
                break;
            }
        }
        self.post_people();
        self.board.end(self.state());
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
                    self.speakers_changed();
                }
            }
            Command::Youtube { member, wish, reply } => {
                let _ = reply.send(self.youtube_wish(member, wish));
            }
            Command::RaiseHand { member, raised } => self.raise_hand(member, raised),
            Command::React { member, reaction, reply } => {
                let _ = reply.send(self.react(member, reaction));
            }
            Command::Gone { member, how } => drop(self.gone(member, how)),
            Command::Control(control) => self.control(control),
            Command::Describe(reply) => {
                let people = self.inside().keys().map(|person| person.to_string()).collect();
                let _ = reply.send(RoomState { people, ..self.state() });
            }
        }
    }

    fn enter(&mut self, entry: Entry) -> Result<Entered, CloseCode> {
        if entry.settings.version < self.settings.version {
            return Err(CloseCode::InvalidPass);
        }
        self.set(entry.settings);
        let tabs = self.tabs.entry(Arc::clone(&entry.person)).or_default();
        match tabs.iter().position(|known| *known == entry.tab) {
            Some(place) if place + 1 < tabs.len() => return Err(CloseCode::TakenOver),
            Some(_) => {}
            None => {
                tabs.push_back(entry.tab);
                if tabs.len() > TABS {
                    tabs.pop_front();
                }
            }
        }
        if let Some(older) = self.by_person.get(&entry.person).copied() {
            self.put_out(older, CloseCode::TakenOver);
        } else if self.members.len() >= self.max_members {
            return Err(CloseCode::RoomFull);
        }
        self.next += 1;
        let member = self.next;
        let (events, received) = mpsc::channel(EVENTS);
        let (closed, why) = oneshot::channel();
        let Entry { person, name, share, host, react, .. } = entry;
        self.hands.back(&person);
        self.by_person.insert(Arc::clone(&person), member);
        let own = Arc::clone(&person);
        self.members.insert(member, Member { person: own, name, share, host, react, events, closed });
        self.changed = true;
        self.floor.enter(&person);
        self.tell_turn(&person, share);
        self.resume_youtube(&person);
        Ok(Entered {
            member,
            events: received,
            closed: why,
            counts: self.counts(),
            speakers: self.floor.speakers(),
            hands: self.hands.told(),
            sending: self.sending.values().cloned().collect(),
            youtube: self.screening.shared.clone(),
        })
    }

    fn claim(&mut self, id: MemberId, source: Source, muted: bool) -> Result<(), ErrorCode> {
        let member = self.members.get(&id).ok_or(ErrorCode::WrongState)?;
        if !member.share {
            return Err(ErrorCode::MayNotShare);
        }
        self.floor.claim(&member.person, &member.name, source, muted)?;
        self.speakers_changed();
        Ok(())
    }

    /// What lost its seat while its member made the producer is not told of: it ends with the right or with the member.
    fn started(&mut self, member: MemberId, sending: Sending) {
        let seated = self.person(member).is_some_and(|person| self.floor.sends(&person, sending.source));
        if seated {
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
            self.speakers_changed();
        }
    }

    /// The member is no longer here; nothing happens when that is known already. Dropping what it gives ends the member.
    fn gone(&mut self, id: MemberId, how: Gone) -> Option<Member> {
        let member = self.members.remove(&id)?;
        self.by_person.remove(&member.person);
        self.changed = true;
        let over: Vec<_> = self.sending.keys().filter(|(of, _)| *of == id).copied().collect();
        for key in over {
            if let Some(sending) = self.sending.remove(&key) {
                self.broadcast(&Event::Ended(sending.producer), None);
            }
        }
        let was_on_screen = match how {
            Gone::Left => self.floor.leave(&member.person, Instant::now().into_std()),
            Gone::Lost => self.floor.lost(&member.person, Instant::now().into_std()),
        };
        if was_on_screen {
            self.speakers_changed();
        }
        self.hand_of_gone(&member.person, how);
        Some(member)
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
                // Seats that are held for people whose connection is lost go as well.
                if self.floor.keep(|person| keep.contains(person)) {
                    self.speakers_changed();
                }
                if self.hands.keep(|person| keep.contains(person)) {
                    self.hands_changed();
                }
            }
            Control::Rights { person, share, host, asked } => {
                self.set_host(&person, host);
                self.set_rights(&person, share, asked);
            }
            Control::Mute { person, source } => self.mute(&person, source),
            Control::StopSeat { person, seat } => self.stop_seat(&person, seat),
            Control::StopYoutube => self.end_youtube(Some(YoutubeEnd::Removed)),
            Control::LowerHand { person } => self.lower_hand(person.as_deref()),
            Control::Reacting { person, allowed } => {
                let id = self.by_person.get(person.as_str()).copied();
                if let Some(member) = id.and_then(|id| self.members.get_mut(&id)) {
                    member.react = allowed;
                }
            }
            Control::Remove { person } => {
                if let Some(member) = self.by_person.get(person.as_str()).copied() {
                    self.put_out(member, CloseCode::AccessLost);
                }
                self.free(&person);
                self.lower_hand(Some(&person));
            }
            Control::Close(code) => {
                for (_, member) in self.members.drain() {
                    let _ = member.closed.send(code);
                }
                self.by_person.clear();
                self.sending.clear();
                self.floor = Floor::new(self.settings.max_seats);
                self.hands = HandsUp::default();
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

    /// Ends the connection of a member at once. Who was taken over keeps the seats: the other tab takes them.
    fn put_out(&mut self, id: MemberId, code: CloseCode) {
        let how = if code == CloseCode::TakenOver { Gone::Lost } else { Gone::Left };
        if let Some(member) = self.gone(id, how) {
            let _ = member.closed.send(code);
        }
    }

    fn set_host(&mut self, person: &str, host: bool) {
        let Some(member) = self.by_person.get(person).and_then(|id| self.members.get_mut(id)) else { return };
        self.changed |= member.host != host;
        member.host = host;
    }

    fn set_rights(&mut self, person: &str, share: bool, asked: bool) {
        let Some(id) = self.by_person.get(person).copied() else {
            // A seat may be held for who has lost the connection.
            if !share {
                self.free(person);
            }
            return;
        };
        let Some(member) = self.members.get_mut(&id) else { return };
        if member.share == share {
            return;
        }
        member.share = share;
        let _ = member.events.try_send(Event::Rights { share, waiting: None });
        if share && asked {
            self.floor.approve(person);
        }
        if !share {
            let over: Vec<Source> =
                self.sending.keys().filter(|(of, _)| *of == id).map(|(_, source)| *source).collect();
            for source in over {
                self.ended(id, source);
            }
            self.free(person);
        }
    }

    /// The member carries it out; it is shown at once.
    fn mute(&mut self, person: &str, source: Source) {
        let Some(member) = self.by_person.get(person).and_then(|id| self.members.get(id)) else { return };
        if self.floor.set_muted(person, source, true) {
            let _ = member.events.try_send(Event::Mute(source));
            self.speakers_changed();
        }
    }

    fn stop_seat(&mut self, person: &str, seat: Seat) {
        if seat == Seat::Youtube {
            if self.floor.has(person, seat) {
                self.end_youtube(Some(YoutubeEnd::Removed));
            }
            return;
        }
        self.tell(person, Event::StopSeat(seat));
        if let Some(id) = self.by_person.get(person).copied() {
            let sent = self.sending.keys().filter(|(of, source)| *of == id && source.seat() == seat);
            let over: Vec<Source> = sent.map(|(_, source)| *source).collect();
            for source in over {
                self.ended(id, source);
            }
        }
        // Also while it is only held, or its media is on the way.
        if self.floor.clear(person, seat) {
            self.speakers_changed();
        }
    }

    /// Keeps free seats for those who wait, and tells them; and tells the others of their place in the row (D5).
    fn offer_seats(&mut self) {
        if self.floor.waiting().is_empty() && self.row.is_empty() {
            return;
        }
        let inside = |person: &str| self.by_person.contains_key(person);
        let offered = self.floor.offer(Instant::now().into_std(), inside);
        for person in &offered {
            self.tell(person, say(&ServerMessage::Offered { seconds: OFFER_SECONDS }));
        }
        self.changed |= !offered.is_empty();
        let row: Vec<String> = self.floor.waiting().iter().cloned().collect();
        for (place, person) in (1..).zip(&row) {
            if self.row.get(place as usize - 1) != Some(person) {
                self.tell(person, Event::Rights { share: true, waiting: Some(place) });
            }
        }
        self.row = row;
    }

    /// Tells somebody who comes, perhaps again, of the place in the row or of the seat that is kept (D5).
    fn tell_turn(&self, person: &str, share: bool) {
        if !share {
            return;
        }
        if let Some(seconds) = self.floor.offered(person, Instant::now().into_std()) {
            self.tell(person, say(&ServerMessage::Offered { seconds }));
        } else if let Some(place) = self.floor.waiting().iter().position(|waiting| waiting == person) {
            let waiting = u32::try_from(place + 1).ok();
            self.tell(person, Event::Rights { share, waiting });
        }
    }

    /// Tells one person, if they are inside and listen.
    fn tell(&self, person: &str, event: Event) {
        if let Some(member) = self.by_person.get(person).and_then(|id| self.members.get(id)) {
            let _ = member.events.try_send(event);
        }
    }

    fn free(&mut self, person: &str) {
        if self.floor.forget(person) {
            self.speakers_changed();
        }
    }

    fn tick(&mut self, now: Instant) {
        self.revoke_youtube();
        if self.floor.expire(now.into_std()) {
            self.speakers_changed();
        }
        if self.hands.expire(now.into_std()) {
            self.hands_changed();
        }
        self.tell_reactions();
        if std::mem::take(&mut self.changed) {
            self.broadcast(&say(&ServerMessage::Counts { counts: self.counts() }), None);
            self.board.post(self.state());
            self.post_people();
        }
    }

    /// Who is on screen, or how, is to be told: at once, or together with what changed a moment ago.
    fn speakers_changed(&mut self) {
        self.changed = true;
        let now = Instant::now();
        let at = self.speakers_told.map_or(now, |told| now.max(told + SPEAKERS));
        self.tell_speakers_at.get_or_insert(at);
    }

    fn tell_speakers(&mut self, now: Instant) {
        self.tell_speakers_at = None;
        self.speakers_told = Some(now);
        let speakers = self.floor.speakers();
        let on_screen: Vec<String> = speakers.iter().map(|speaker| speaker.person.clone()).collect();
        // Who is on screen when a host changes the mode stays there (D9), so the api must not be behind.
        if on_screen != self.on_screen {
            self.on_screen = on_screen;
            self.board.post_at_once(self.state());
        }
        self.broadcast(&say(&ServerMessage::Speakers { speakers }), None);
    }

    /// Tells everybody but `except`. Who does not read fast enough is dropped: their channel ends, and with it their
    /// connection. Who has just gone reads nothing either; whether they left or were lost they say themselves (E1).
    fn broadcast(&mut self, event: &Event, except: Option<MemberId>) {
        let slow: Vec<MemberId> = self
            .members
            .iter()
            .filter(|(id, member)| Some(**id) != except && falls_behind(&member.events, event))
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
            hosts: u32::try_from(self.members.values().filter(|member| member.host).count()).unwrap_or(u32::MAX),
            youtube: self.screening.shared.as_ref().map(|shared| shared.now(Instant::now())),
            hands: self.hands.told(),
            people: Vec::new(),
        }
    }
}

/// Until a moment; for ever without one.
async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

fn falls_behind(events: &mpsc::Sender<Event>, event: &Event) -> bool {
    matches!(events.try_send(event.clone()), Err(TrySendError::Full(_)))
}

/// A message for many, serialised once.
fn say(message: &ServerMessage) -> Event {
    Event::Say(crate::signalling::text(message))
}
