//! A room: one task that owns who is inside and who is on screen. Members only send it commands.
//!
//! It decides, it does not move media: a member makes its own transports, producers and consumers (`member.rs`) and
//! asks here first. So a room with a thousand people is never busy with one of them.

mod direct;
mod floor;
mod handle;
mod hands;
mod pace;
mod people;
mod reactions;
mod recording;
mod routers;
mod row;
pub mod youtube;

pub use handle::{Control, Entered, Entry, Event, Gone, MemberId, RoomHandle, Sending};
pub use recording::RecordedRoom;
pub use routers::{Place, Routers};

use crate::board::{Board, People};
use crate::recording::{Recordings, clock};
use floor::Floor;
use handle::Command;
use hands::HandsUp;
use pace::{Pace, until};
use protocol::link::RoomState;
use protocol::room::{Counts, Settings, Source};
use protocol::signalling::{CloseCode, ErrorCode, ServerMessage};
use protocol::youtube::YoutubeEnd;
use reactions::Reactions;
use recording::Recorded;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use youtube::Screening;

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

/// What the rooms of a node have in common.
#[derive(Clone)]
pub struct Surroundings {
    /// People in one room at the most, hosts apart.
    pub max_members: usize,
    pub board: Arc<Board>,
    pub recordings: Arc<Recordings>,
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
    /// In microseconds after 1970.
    began: i64,
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
    /// When who is on screen is told.
    speakers_pace: Pace,
    /// The row of those who wait for a seat, as they were told of it.
    row: Vec<String>,
    /// The people on screen and what they send, as the api was told of them.
    on_screen: Vec<(String, Vec<Source>)>,
    screening: Screening,
    hands: HandsUp,
    /// When who has raised a hand is told.
    hands_pace: Pace,
    /// Since the last tick.
    reactions: Reactions,
    /// Everybody inside, as it was posted last.
    people: Arc<People>,
    recorded: Recorded,
    board: Arc<Board>,
}

impl Room {
    fn new(session: String, settings: Settings, around: Surroundings, recorded: Recorded) -> Self {
        let Surroundings { max_members, board, .. } = around;
        Self {
            session,
            began: clock::now(),
            floor: Floor::new(settings.max_seats),
            settings,
            max_members,
            members: HashMap::new(),
            by_person: HashMap::new(),
            sending: BTreeMap::new(),
            tabs: HashMap::new(),
            next: 0,
            changed: false,
            speakers_pace: Pace::default(),
            row: Vec::new(),
            on_screen: Vec::new(),
            screening: Screening::default(),
            hands: HandsUp::default(),
            hands_pace: Pace::default(),
            reactions: Reactions::default(),
            people: Arc::default(),
            recorded,
            board,
        }
    }

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
                () = until(self.speakers_pace.due) => self.tell_speakers(Instant::now()),
                () = until(self.screening.pace.due) => self.tell_youtube(Instant::now()),
                () = until(self.hands_pace.due) => self.tell_hands(Instant::now()),
            }
            self.settle_youtube();
            self.offer_seats();
            self.tell_recorder();
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
            Command::Recording { recording, end, done } => {
                self.set_recording(recording, end);
                let _ = done.send(());
            }
            Command::Describe(reply) => {
                // So that a link hears of every change after what it is told first.
                self.post_people();
                let people = self.people.keys().map(|person| person.to_string()).collect();
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
        } else if self.members.len() >= self.max_members && !entry.host && !self.floor.holds(&entry.person) {
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
            recording: self.recorded.now,
            began: self.began,
        })
    }

    /// Says whether the source begins muted all the same, because a host has muted it. Its browser reads so behind the answer.
    fn claim(&mut self, id: MemberId, source: Source, muted: bool) -> Result<bool, ErrorCode> {
        let member = self.members.get(&id).ok_or(ErrorCode::WrongState)?;
        if !member.share {
            return Err(ErrorCode::MayNotShare);
        }
        let by_host = self.floor.claim(&member.person, &member.name, source, muted)?;
        if by_host {
            let _ = member.events.try_send(Event::Mute(source));
        }
        self.speakers_changed();
        Ok(by_host)
    }

    /// What lost its seat while its member made the producer is not told of: it ends with the right or with the member.
    fn started(&mut self, member: MemberId, sending: Sending) {
        let seated = self.person(member).is_some_and(|person| self.floor.sends(&person, sending.source));
        if seated {
            self.broadcast(&Event::Started(sending.clone()), Some(member));
            self.sending.insert((member, sending.source), sending);
            self.recorded.changed = true;
        }
    }

    fn ended(&mut self, member: MemberId, source: Source) {
        if let Some(sending) = self.sending.remove(&(member, source)) {
            self.recorded.changed = true;
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
                self.recorded.changed = true;
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
                self.recorded.changed = true;
                self.floor = Floor::new(self.settings.max_seats);
                self.hands = HandsUp::default();
                if code == CloseCode::SessionClosed {
                    self.end_recording();
                }
            }
        }
    }

    fn set(&mut self, settings: Settings) {
        if settings != self.settings {
            self.floor.set_max(settings.max_seats);
            self.settings = settings;
            self.changed = true;
            self.recorded.changed = true;
        }
    }

    /// Ends the connection of a member at once. Who was taken over keeps the seats: the other tab takes them.
    fn put_out(&mut self, id: MemberId, code: CloseCode) {
        let how = if code == CloseCode::TakenOver { Gone::Lost } else { Gone::Left };
        if let Some(member) = self.gone(id, how) {
            let _ = member.closed.send(code);
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
        self.recorded.changed = true;
        self.speakers_pace.change(SPEAKERS);
    }

    fn tell_speakers(&mut self, now: Instant) {
        self.speakers_pace.tell(now);
        let speakers = self.floor.speakers();
        let on_screen: Vec<_> = speakers.iter().map(|one| (one.person.clone(), one.sources.clone())).collect();
        // Who is on screen when a host changes the mode stays there (D9), and what hosts end is written down (O2), so the api must
        // not be behind.
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

    /// The speakers are no viewers, also those who are back and only hold their seat: with them, everybody inside is counted once.
    fn counts(&self) -> Counts {
        let held = self.floor.people().map(|(person, _)| person).filter(|person| !self.by_person.contains_key(*person));
        let inside = self.by_person.keys().map(|person| &**person).chain(held);
        self.floor.counts(inside.filter(|person| !self.floor.shows(person)).count())
    }

    fn state(&self) -> RoomState {
        RoomState {
            session: self.session.clone(),
            counts: self.counts(),
            speakers: self.floor.speakers(),
            hosts: u32::try_from(self.members.values().filter(|member| member.host).count()).unwrap_or(u32::MAX),
            youtube: self.screening.shared.as_ref().map(|shared| shared.now(Instant::now())),
            hands: self.hands.told(),
            recording: self.recorded.now,
            people: Vec::new(),
        }
    }
}

fn falls_behind(events: &mpsc::Sender<Event>, event: &Event) -> bool {
    matches!(events.try_send(event.clone()), Err(TrySendError::Full(_)))
}

/// A message for many, serialised once.
fn say(message: &ServerMessage) -> Event {
    Event::Say(crate::signalling::text(message))
}
