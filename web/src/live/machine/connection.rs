//! Getting in, staying in, and coming back.

use super::{
    ENTER_MS, Effect, Grant, HEAL_MS, HEALS, Machine, PING_MS, PLACE_MS, PROBE_MS, REACH_MS, Refusal, SendTransport,
    Stage, Timer, Way,
};
use crate::live::engine::{Command, Event, Step, TransportState};
use crate::state::room::{Change, Ending, Phase, Trouble};
use protocol::room::Source;
use protocol::signalling::{ClientMessage, CloseCode, Consumer, Direction, ErrorCode, RequestId, ServerMessage};
use serde_json::Value;

/// What an answer from the server will be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// Nothing depends on it.
    Ignored,
    Join,
    Connect,
    RestartIce(Direction),
    SendTransport,
    Produce(Source),
    StartVideo,
    /// The video that was the person's own before the connection was lost.
    VideoAgain,
}

/// Attempts to enter that may fail before it is told.
const ATTEMPTS: u32 = 4;

/// What follows from the end of a connection.
enum Next {
    ComeBack,
    /// Every place is taken; look again in a while (E3).
    WaitForPlace,
    End(Ending),
}

fn next(code: CloseCode) -> Next {
    match code {
        CloseCode::RoomFull => Next::WaitForPlace,
        CloseCode::AccessLost => Next::End(Ending::AccessLost),
        CloseCode::TakenOver => Next::End(Ending::TakenOver),
        CloseCode::SessionClosed => Next::End(Ending::SessionClosed),
        code if code.may_come_back() => Next::ComeBack,
        _ => Next::End(Ending::Refused),
    }
}

impl Machine {
    pub(super) fn connect(&mut self, out: &mut Vec<Effect>) {
        self.attempt += 1;
        self.stage = Stage::Entering;
        out.push(Effect::AskPass { attempt: self.attempt });
        self.set_timer(Timer::Enter, ENTER_MS, out);
    }

    pub(super) fn pass(&mut self, answer: Result<Grant, Refusal>, out: &mut Vec<Effect>) {
        if self.stage != Stage::Entering || self.pass.is_some() {
            return;
        }
        match answer {
            Ok(Grant { pass, url, ice_servers }) => {
                self.pass = Some(pass);
                out.push(Effect::OpenSocket { attempt: self.attempt, url });
                out.push(Effect::Engine(Command::IceServers { ice_servers }));
            }
            Err(Refusal::Temporary) => self.lose(out),
            Err(Refusal::NotFound) => self.end(Ending::AccessLost, out),
            Err(Refusal::NotOpen) => self.end(Ending::NotOpen, out),
            Err(Refusal::SignedOut) => self.end(Ending::SignedOut, out),
        }
    }

    /// The connection is gone: everything of it is dropped, and another one is tried in a moment.
    pub(super) fn lose(&mut self, out: &mut Vec<Effect>) {
        let tell = self.backoff.attempts() + 1 >= ATTEMPTS;
        self.lose_and(tell, out);
    }

    /// As `lose`; tells whoever is not inside yet what may be in the way if `tell` says so (H9).
    fn lose_and(&mut self, tell: bool, out: &mut Vec<Effect>) {
        // With a pass in hand, the server itself is well.
        let trouble = if self.pass.is_some() { Trouble::Packets } else { Trouble::Server };
        let phase = if self.entered { Phase::Reconnecting } else { Phase::Joining };
        let ms = self.backoff.next_ms();
        self.wait(phase, ms, out);
        if tell && !self.entered {
            out.push(Effect::Change(Change::Trouble(Some(trouble))));
        }
    }

    fn wait(&mut self, phase: Phase, ms: u32, out: &mut Vec<Effect>) {
        self.drop_connection(out);
        self.stage = Stage::Waiting;
        out.push(Effect::Change(Change::Phase(phase)));
        self.set_timer(Timer::Retry, ms, out);
    }

    pub(super) fn drop_connection(&mut self, out: &mut Vec<Effect>) {
        // What the old connection still says carries the old number.
        self.attempt += 1;
        self.pass = None;
        self.pending.clear();
        self.reached.clear();
        self.broken.clear();
        self.consumers.clear();
        self.pictures.clear();
        self.just_told = false;
        self.video.forget_entry();
        self.announced.clear();
        self.send_transport = SendTransport::None;
        out.push(Effect::CloseSocket);
        out.push(Effect::Engine(Command::Reset));
        out.push(Effect::Change(Change::NothingReceived));
    }

    pub(super) fn closed(&mut self, code: u16, out: &mut Vec<Effect>) {
        match close_code(code) {
            Some(code) => self.follow(next(code), out),
            None if self.stage == Stage::Outside || self.stage == Stage::Waiting => {}
            None => self.lose(out),
        }
    }

    fn follow(&mut self, next: Next, out: &mut Vec<Effect>) {
        match next {
            Next::ComeBack => self.lose(out),
            Next::WaitForPlace => self.wait(Phase::WaitingForPlace, PLACE_MS, out),
            Next::End(ending) => self.end(ending, out),
        }
    }

    pub(super) fn message(&mut self, message: ServerMessage, out: &mut Vec<Effect>) {
        self.heard = true;
        match message {
            ServerMessage::Welcome { router_rtp_capabilities } => {
                out.push(Effect::Engine(Command::Load { router_rtp_capabilities }));
            }
            ServerMessage::Joined {
                id,
                person,
                share,
                counts,
                speakers,
                hands,
                receive_transport,
                consumers,
                youtube,
                recording,
                began,
            } => {
                if self.pending.remove(&id) != Some(Pending::Join) {
                    return;
                }
                self.stage = Stage::Inside;
                self.entered = true;
                self.backoff.reset();
                self.may_share = share;
                if share {
                    self.offer_goes_on(out)
                } else {
                    self.no_turn()
                }
                out.push(Effect::Engine(Command::ReceiveTransport { transport: receive_transport }));
                self.consume(consumers, out);
                self.me = person.clone();
                // Another room, as of a media that has started anew, knows nothing of who was in the one before.
                let same = self.room.replace(began) == Some(began);
                let raise = self.hands_at_entry(&hands, same);
                out.push(Effect::Change(Change::Joined { person, share, counts, speakers, hands }));
                self.video_at_entry(youtube, same, out);
                self.recording(recording, None, out);
                out.push(Effect::Change(Change::Phase(Phase::Inside)));
                self.set_timer(Timer::Ping, PING_MS, out);
                if raise {
                    self.raise_hand(true, out);
                }
                self.share_again(out);
                if self.wanted.is_empty() {
                    self.video_again(out);
                }
            }
            ServerMessage::ConsumerAdded { consumer } => self.consume(vec![consumer], out),
            ServerMessage::ConsumerRemoved { consumer } => {
                self.pictures.remove(&consumer);
                if self.consumers.remove(&consumer).is_some() {
                    out.push(Effect::Engine(Command::DropConsumer { consumer: consumer.clone() }));
                    out.push(Effect::Change(Change::Gone { consumer }));
                }
            }
            ServerMessage::Speakers { speakers } => out.push(Effect::Change(Change::Speakers(speakers))),
            ServerMessage::Hands { hands } => self.hands(hands, out),
            ServerMessage::Reactions { counts } => out.push(Effect::Change(Change::Reactions(counts))),
            ServerMessage::Counts { counts } => out.push(Effect::Change(Change::Counts(counts))),
            ServerMessage::Ok { id } => {
                self.pending.remove(&id);
            }
            ServerMessage::IceRestarted { id, ice_parameters } => {
                if let Some(Pending::RestartIce(direction)) = self.pending.remove(&id) {
                    out.push(Effect::Engine(Command::RestartIce { direction, ice_parameters }));
                }
            }
            ServerMessage::SendTransport { id, transport } => {
                if self.pending.remove(&id) == Some(Pending::SendTransport) {
                    self.send_transport_ready(transport, out);
                }
            }
            ServerMessage::Produced { id, .. } => {
                if let Some(Pending::Produce(source)) = self.pending.remove(&id) {
                    self.produced(source, out);
                }
            }
            ServerMessage::Error { id, code, .. } => self.refused(id, code, out),
            ServerMessage::Stopped { source, reason } => self.stopped(source, reason, out),
            ServerMessage::Rights { share, waiting } => self.rights(share, waiting, out),
            ServerMessage::Offered { seconds } => self.offer(seconds, out),
            ServerMessage::Muted { source } => self.muted_by_host(source, out),
            ServerMessage::Quality { people } => out.push(Effect::Change(Change::Quality(people))),
            ServerMessage::Youtube { youtube, end } => self.video(youtube, end, out),
            ServerMessage::Recording { recording, end } => self.recording(recording, end, out),
            ServerMessage::Closed { code, .. } => self.follow(next(code), out),
        }
    }

    fn refused(&mut self, id: RequestId, code: ErrorCode, out: &mut Vec<Effect>) {
        match self.pending.remove(&id) {
            Some(Pending::SendTransport) => self.may_not_send(code, out),
            Some(Pending::Produce(source)) => self.produce_refused(source, code, out),
            Some(Pending::StartVideo) => self.video_refused(code, out),
            Some(Pending::VideoAgain) => self.video_is_over(code, out),
            Some(Pending::Join | Pending::Connect | Pending::RestartIce(_)) => self.lose(out),
            Some(Pending::Ignored) | None => {}
        }
    }

    fn consume(&mut self, consumers: Vec<Consumer>, out: &mut Vec<Effect>) {
        if consumers.is_empty() {
            return;
        }
        for consumer in &consumers {
            self.consumers.insert(consumer.id.clone(), (consumer.person.clone(), consumer.source));
        }
        out.push(Effect::Engine(Command::Consume { consumers }));
    }

    pub(super) fn engine(&mut self, event: Event, out: &mut Vec<Effect>) {
        match event {
            Event::Loaded { rtp_capabilities } => self.loaded(rtp_capabilities, out),
            Event::Connect { direction, dtls_parameters } => {
                let id = self.request(Pending::Connect);
                out.push(Effect::Send(ClientMessage::ConnectTransport { id, direction, dtls_parameters }));
                self.set_timer(Timer::Reach(direction.into()), REACH_MS, out);
            }
            Event::Consumed { consumers } => self.consumed(consumers, out),
            Event::Transport { direction, state } => self.transport(direction, state, out),
            Event::Produce { source, rtp_parameters } => self.produce(source, rtp_parameters, out),
            Event::CaptureEnded { source } => self.capture_ended(source, out),
            Event::Failed { step: Step::Unsupported, .. } => self.end(Ending::Unsupported, out),
            Event::Failed { step: Step::Load, .. } => self.lose(out),
            Event::Failed { step: Step::Produce, source: Some(source), .. } => self.produce_failed(source, out),
            // One picture less is better than none at all.
            Event::Failed { .. } => {}
            Event::Speaking { people, own } => out.push(Effect::Change(Change::Speaking { people, own })),
            Event::SoundBlocked { blocked } => out.push(Effect::Change(Change::SoundBlocked(blocked))),
        }
    }

    fn loaded(&mut self, rtp_capabilities: Value, out: &mut Vec<Effect>) {
        let Some(pass) = self.pass.clone() else { return };
        let id = self.request(Pending::Join);
        // Another decision to be here has another name, so that a tab that comes back by itself takes nothing over.
        let tab = format!("{}-{}", self.tab, self.entries);
        out.push(Effect::Send(ClientMessage::Join { id, pass, tab, rtp_capabilities }));
    }

    fn transport(&mut self, direction: Direction, state: TransportState, out: &mut Vec<Effect>) {
        let way = Way::from(direction);
        match state {
            TransportState::Connected => {
                self.broken.remove(&way);
                self.reached.insert(way, ());
                if self.broken.is_empty() {
                    out.push(Effect::Change(Change::Trouble(None)));
                }
            }
            TransportState::Disconnected | TransportState::Failed => {
                if !self.broken.contains_key(&way) {
                    self.broken.insert(way, 0);
                    self.probe(out);
                }
                if state == TransportState::Disconnected {
                    self.restart_ice(direction, out);
                }
                self.set_timer(Timer::Heal(way), HEAL_MS, out);
            }
            TransportState::New | TransportState::Connecting | TransportState::Closed => {}
        }
    }

    fn restart_ice(&mut self, direction: Direction, out: &mut Vec<Effect>) {
        if self.pending.values().any(|pending| *pending == Pending::RestartIce(direction)) {
            return;
        }
        let id = self.request(Pending::RestartIce(direction));
        out.push(Effect::Send(ClientMessage::RestartIce { id, direction }));
    }

    /// Asks for a sign of life when the network looks broken.
    fn probe(&mut self, out: &mut Vec<Effect>) {
        if self.stage != Stage::Inside {
            return;
        }
        self.heard = false;
        let id = self.request(Pending::Ignored);
        out.push(Effect::Send(ClientMessage::Ping { id }));
        self.set_timer(Timer::Probe, PROBE_MS, out);
        // What this ping hears is judged by its own timer; the regular one starts over.
        self.set_timer(Timer::Ping, PING_MS, out);
    }

    pub(super) fn network_changed(&mut self, out: &mut Vec<Effect>) {
        match self.stage {
            Stage::Waiting => self.connect(out),
            Stage::Inside => {
                self.probe(out);
                for (way, ()) in self.reached.clone() {
                    self.restart_ice(way.into(), out);
                }
            }
            // What was asked over the old network may never be answered.
            Stage::Entering => {
                self.drop_connection(out);
                self.connect(out);
            }
            Stage::Outside => {}
        }
    }

    pub(super) fn awake(&mut self, out: &mut Vec<Effect>) {
        match self.stage {
            Stage::Waiting => self.connect(out),
            Stage::Inside => self.probe(out),
            Stage::Outside | Stage::Entering => {}
        }
    }

    pub(super) fn timer(&mut self, timer: Timer, out: &mut Vec<Effect>) {
        match (timer, self.stage) {
            (Timer::Retry, Stage::Waiting) => self.connect(out),
            (Timer::Enter, Stage::Entering) => self.lose_and(true, out),
            (Timer::Ping | Timer::Probe, Stage::Inside) if !self.heard => self.lose(out),
            (Timer::Ping, Stage::Inside) => {
                self.heard = false;
                let id = self.request(Pending::Ignored);
                out.push(Effect::Send(ClientMessage::Ping { id }));
                self.set_timer(Timer::Ping, PING_MS, out);
            }
            (Timer::Reach(way), Stage::Inside) if !self.reached.contains_key(&way) => {
                self.broken.insert(way, 0);
                self.heal(way, out);
            }
            (Timer::Heal(way), Stage::Inside) if self.broken.contains_key(&way) => self.heal(way, out),
            (Timer::Show, Stage::Inside) => {
                self.just_told = false;
                self.tell_shown(out);
            }
            (Timer::Offer, Stage::Inside) if self.offered > 0 => self.count_down(out),
            _ => {}
        }
    }

    /// Looks for another way for the packets. One that worked and cannot be mended is given up with its connection;
    /// one that never worked is blocked, and another connection would be as well (H9).
    fn heal(&mut self, way: Way, out: &mut Vec<Effect>) {
        let heals = self.broken.get(&way).copied().unwrap_or_default() + 1;
        self.broken.insert(way, heals);
        if heals > HEALS && self.reached.contains_key(&way) {
            self.lose(out);
            return;
        }
        out.push(Effect::Change(Change::Trouble(Some(Trouble::Packets))));
        self.restart_ice(way.into(), out);
        self.set_timer(Timer::Heal(way), HEAL_MS, out);
    }
}

fn close_code(number: u16) -> Option<CloseCode> {
    use CloseCode::*;
    let all = [BadMessage, NotJoined, InvalidPass, AccessLost, TakenOver, SessionClosed, TooMuch, TooMany, RoomFull];
    all.into_iter().chain([Restarting, TooSlow]).find(|code| code.number() == number)
}
