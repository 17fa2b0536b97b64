//! One browser's connection: frames in, frames out, and in between a member of a room. See PROTOCOL.md.

mod limit;

use crate::member::{Failure, MemberMedia};
use crate::room::youtube::{Control, Wish};
use crate::room::{Entered, Event, Gone, MemberId, RoomHandle, Sending};
use crate::rooms::Rooms;
use crate::traffic::{LOOK, Traffic};
use actix_web::error::PayloadError;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode as WsCode, CloseReason, ProtocolError, Session};
use bytestring::ByteString;
use limit::Limit;
use protocol::pass::Pass;
use protocol::room::Source;
use protocol::signalling::{
    ClientMessage, CloseCode, ErrorCode, JOIN_SECONDS, MAX_TAB, RequestId, ServerMessage, StopReason,
};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::error::Elapsed;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout, timeout_at};

/// A frame that cannot be written for so long: the browser does not read.
const WRITE: Duration = Duration::from_secs(10);

/// Characters of a message about a failed request: what the browser sent may be in it.
const MAX_MESSAGE: usize = 300;

/// What every connection of this node shares.
pub struct Node {
    pub rooms: Arc<Rooms>,
    /// The key that passes are signed with.
    pub pass_key: String,
    /// mediasoup's `RtpCapabilities` of every router, ready to be said.
    pub welcome: ByteString,
    /// After so long without a sign of life a browser is lost.
    pub silence: Duration,
}

/// A message as a frame.
pub fn text(message: &ServerMessage) -> ByteString {
    serde_json::to_string(message).expect("a message is plain data, which always serialises").into()
}

/// The message that every connection begins with.
pub fn welcome(router_rtp_capabilities: Value) -> ByteString {
    text(&ServerMessage::Welcome { router_rtp_capabilities })
}

/// How a connection ends: with a reason of ours, or without one when the browser went.
type End = Option<CloseCode>;

/// Serves one connection to its end.
pub async fn serve(node: Arc<Node>, session: Session, stream: AggregatedMessageStream) {
    metrics::gauge!("connections").increment(1.0);
    let mut wire =
        Wire { session, stream, limit: Limit::new(Instant::now()), heard: Instant::now(), silence: node.silence };
    let end = match join(&node, &mut wire).await {
        Ok((mut member, closed)) => {
            let end = tokio::select! {
                biased;
                // Whatever waits for a browser that reads slowly: being put out is not behind it (C6).
                code = closed => Some(Ended::Closed(code.unwrap_or(CloseCode::TooSlow))),
                end = member.run(&mut wire) => end,
            };
            let Member { id, room, media, person, .. } = member;
            drop(media);
            if end == Some(Ended::Closed(CloseCode::TooMuch)) {
                node.rooms.bar(&person);
            }
            if let Some(Ended::Closed(code @ (CloseCode::BadMessage | CloseCode::TooMany | CloseCode::TooMuch))) = end {
                tracing::warn!(%person, ?code, "a connection was closed for what its browser sent");
            }
            // Who may not come back for a while keeps nobody from the seat.
            let for_good = matches!(end, Some(Ended::Left | Ended::Closed(CloseCode::TooMuch)));
            room.gone(id, if for_good { Gone::Left } else { Gone::Lost }).await;
            end.and_then(Ended::code)
        }
        Err(end) => end,
    };
    if let Some(code) = end {
        wire.close(code).await;
    } else {
        let _ = wire.session.close(None).await;
    }
    metrics::gauge!("connections").decrement(1.0);
}

/// Why a member's connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// The browser said so.
    Left,
    Closed(CloseCode),
}

impl Ended {
    fn code(self) -> End {
        match self {
            Self::Left => None,
            Self::Closed(code) => Some(code),
        }
    }
}

/// Until the first message, which must be a `join` that is let in.
async fn join(node: &Node, wire: &mut Wire) -> Result<(Member, oneshot::Receiver<CloseCode>), End> {
    wire.say(node.welcome.clone()).await?;
    let first = timeout(Duration::from_secs(JOIN_SECONDS), wire.read()).await;
    let message = first.map_err(|_late| Some(CloseCode::NotJoined))??;
    let ClientMessage::Join { id, pass, tab, rtp_capabilities } = message else {
        return Err(Some(CloseCode::NotJoined));
    };
    if tab.chars().count() > MAX_TAB {
        return Err(Some(CloseCode::BadMessage));
    }
    let pass = Pass::verify(&pass, node.pass_key.as_bytes()).map_err(|_error| Some(CloseCode::InvalidPass))?;
    let (person, share) = (pass.sub.clone(), pass.share);
    let (room, entered) = node.rooms.enter(pass, &tab).await.map_err(Some)?;
    let Entered { member, events, closed, counts, speakers, hands, sending, youtube, recording, began } = entered;
    let media = MemberMedia::new(&room.routers, rtp_capabilities).await;
    let mut media = match media {
        Ok(media) => media,
        Err((code, message)) => {
            // A seat that is held for this person stays so: they may come back in a moment.
            room.gone(member, Gone::Lost).await;
            let message = shortened(message);
            wire.say(text(&ServerMessage::Error { id, code, message })).await?;
            let ours = code == ErrorCode::Internal;
            return Err(Some(if ours { CloseCode::Restarting } else { CloseCode::BadMessage }));
        }
    };
    let consumers = media.consume(&sending).await;
    let joined = ServerMessage::Joined {
        id,
        person: person.clone(),
        share,
        counts,
        speakers,
        hands,
        receive_transport: media.receive_transport(),
        consumers,
        youtube: youtube.map(|shared| shared.now(Instant::now())),
        recording,
        began,
    };
    if let Err(end) = wire.say(text(&joined)).await {
        room.gone(member, Gone::Lost).await;
        return Err(end);
    }
    let member = Member {
        id: member,
        person: person.into(),
        share,
        room,
        events,
        media,
        traffic: Traffic::new(Instant::now()),
        noted: false,
    };
    Ok((member, closed))
}

/// A browser that is in a room.
struct Member {
    id: MemberId,
    person: Arc<str>,
    share: bool,
    room: RoomHandle,
    events: mpsc::Receiver<Event>,
    media: MemberMedia,
    traffic: Traffic,
    /// That this browser sends what nobody can use is in the log already.
    noted: bool,
}

impl Member {
    /// Until it ends; nothing when the browser just went.
    async fn run(&mut self, wire: &mut Wire) -> Option<Ended> {
        let every = wire.silence / 3;
        let mut ping = interval_at(Instant::now() + every, every);
        let mut look = interval_at(Instant::now() + LOOK, LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let silent_at = wire.heard + wire.silence;
            tokio::select! {
                biased;
                event = self.events.recv() => {
                    // The room has let go of this member, and says why where `serve` listens.
                    let Some(event) = event else { return std::future::pending().await };
                    for message in self.hear(event).await {
                        if let Err(end) = wire.say(message).await {
                            return end.map(Ended::Closed);
                        }
                    }
                }
                _ = ping.tick() => {
                    if let Err(end) = wire.ping().await {
                        return end.map(Ended::Closed);
                    }
                }
                _ = look.tick() => {
                    if self.sends_too_much().await {
                        return Some(Ended::Closed(CloseCode::TooMuch));
                    }
                    let people = self.media.quality_news(&self.person);
                    if !people.is_empty()
                        && let Err(end) = wire.say(text(&ServerMessage::Quality { people })).await
                    {
                        return end.map(Ended::Closed);
                    }
                }
                message = timeout_at(silent_at, wire.read()) => {
                    let message = match message {
                        Ok(Ok(message)) => message,
                        Ok(Err(end)) => return end.map(Ended::Closed),
                        // The answers to pings are no messages, but signs of life.
                        Err(_silence) if wire.heard + wire.silence > Instant::now() => continue,
                        Err(_silence) => return None,
                    };
                    if matches!(message, ClientMessage::Join { .. }) {
                        return Some(Ended::Closed(CloseCode::NotJoined));
                    }
                    let leaves = matches!(message, ClientMessage::Leave { .. });
                    let id = message.id();
                    let answer = self.answer(message).await.unwrap_or_else(|failure| self.failed(id, failure));
                    let said = wire.say(text(&answer)).await;
                    if leaves {
                        return Some(Ended::Left);
                    }
                    if let Err(end) = said {
                        return end.map(Ended::Closed);
                    }
                }
            }
        }
    }

    /// Whether more comes in from this browser than anybody needs to send. What cannot be asked now is asked the next time.
    async fn sends_too_much(&mut self) -> bool {
        if !self.traffic.is_due(self.media.may_send()) {
            return false;
        }
        let received = self.media.received().await;
        received.is_ok_and(|bytes| !self.traffic.take(Instant::now(), bytes))
    }

    /// The answer to a request that failed. Parameters that are none are noted, once: a browser sends no such thing.
    fn failed(&mut self, id: RequestId, (code, message): Failure) -> ServerMessage {
        let message = shortened(message);
        if code == ErrorCode::InvalidParameters && !std::mem::replace(&mut self.noted, true) {
            tracing::warn!(person = %self.person, problem = ?message, "a browser sent parameters that are none");
        }
        ServerMessage::Error { id, code, message }
    }

    /// What to tell this browser of an event of the room.
    async fn hear(&mut self, event: Event) -> Vec<ByteString> {
        match event {
            Event::Say(message) => vec![message],
            Event::Started(sending) => {
                let consumers = self.media.consume(&[sending]).await;
                consumers.into_iter().map(|consumer| text(&ServerMessage::ConsumerAdded { consumer })).collect()
            }
            Event::Ended(producer) => {
                let forgotten = self.media.forget(producer);
                forgotten.into_iter().map(|consumer| text(&ServerMessage::ConsumerRemoved { consumer })).collect()
            }
            Event::Rights { share, waiting } => {
                self.share = share;
                let mut messages = vec![text(&ServerMessage::Rights { share, waiting })];
                if !share {
                    // The room has ended these already; the browser is told which.
                    let reason = StopReason::MayNotShare;
                    let over = self.media.stop_all().into_iter();
                    messages.extend(over.map(|source| text(&ServerMessage::Stopped { source, reason })));
                }
                messages
            }
            Event::Mute(source) => match self.media.set_muted(source, true).await {
                Ok(()) => vec![text(&ServerMessage::Muted { source })],
                // It ended in the same moment.
                Err(_not_sent) => Vec::new(),
            },
            Event::StopSeat(seat) => {
                // The room has ended these already; the browser is told which.
                let reason = StopReason::Removed;
                let over = self.media.stop_seat(seat).into_iter();
                over.map(|source| text(&ServerMessage::Stopped { source, reason })).collect()
            }
        }
    }

    async fn answer(&mut self, message: ClientMessage) -> Result<ServerMessage, Failure> {
        Ok(match message {
            ClientMessage::CreateSendTransport { id } => {
                self.may_share()?;
                ServerMessage::SendTransport { id, transport: self.media.create_send_transport().await? }
            }
            ClientMessage::ConnectTransport { id, direction, dtls_parameters } => {
                self.media.connect(direction, dtls_parameters).await?;
                ServerMessage::Ok { id }
            }
            ClientMessage::RestartIce { id, direction } => {
                ServerMessage::IceRestarted { id, ice_parameters: self.media.restart_ice(direction).await? }
            }
            ClientMessage::Produce { id, source, rtp_parameters, paused } => {
                self.produce(id, source, rtp_parameters, paused).await?
            }
            ClientMessage::SetMuted { id, source, muted } => {
                self.media.set_muted(source, muted).await?;
                self.room.muted(self.id, source, muted).await;
                ServerMessage::Ok { id }
            }
            ClientMessage::StopProducing { id, source } => {
                self.media.stop(source)?;
                self.room.ended(self.id, source).await;
                ServerMessage::Ok { id }
            }
            ClientMessage::ResumeConsumers { id, consumers } => {
                self.media.resume(&consumers).await?;
                ServerMessage::Ok { id }
            }
            ClientMessage::SetReceiving { id, consumers } => {
                self.media.set_receiving(&consumers).await?;
                ServerMessage::Ok { id }
            }
            ClientMessage::StartYoutube { id, video, at, live } => {
                self.youtube(id, Wish::Start { video, at, live }).await?
            }
            ClientMessage::ControlYoutube { id, playing, position, rate, live } => {
                self.youtube(id, Wish::Control(Control { playing, position, rate, live })).await?
            }
            ClientMessage::StopYoutube { id } => self.youtube(id, Wish::Stop).await?,
            ClientMessage::RaiseHand { id, raised } => {
                self.room.raise_hand(self.id, raised).await;
                ServerMessage::Ok { id }
            }
            ClientMessage::React { id, emoji } => {
                self.room.react(self.id, emoji).await.map_err(|code| (code, refusal(code).to_owned()))?;
                ServerMessage::Ok { id }
            }
            ClientMessage::Leave { id } | ClientMessage::Ping { id } | ClientMessage::Join { id, .. } => {
                ServerMessage::Ok { id }
            }
        })
    }

    async fn youtube(&self, id: RequestId, wish: Wish) -> Result<ServerMessage, Failure> {
        let done = self.room.youtube(self.id, wish).await;
        done.map(|()| ServerMessage::Ok { id }).map_err(|code| (code, video_refusal(code).to_owned()))
    }

    /// First the seat, then the media: nothing of who has no seat is received, let alone forwarded (D8).
    async fn produce(
        &mut self,
        id: RequestId,
        source: Source,
        parameters: Value,
        paused: bool,
    ) -> Result<ServerMessage, Failure> {
        self.may_share()?;
        let claimed = self.room.claim(self.id, source, paused).await;
        let by_host = claimed.map_err(|code| (code, refusal(code).to_owned()))?;
        match self.media.produce(source, parameters, paused || by_host).await {
            Ok(producer) => {
                let router = self.media.router();
                let sending = Sending { producer, person: Arc::clone(&self.person), source, router };
                self.room.started(self.id, sending).await;
                Ok(ServerMessage::Produced { id, producer: producer.to_string() })
            }
            Err(failure) => {
                self.room.ended(self.id, source).await;
                Err(failure)
            }
        }
    }

    fn may_share(&self) -> Result<(), Failure> {
        if self.share { Ok(()) } else { Err((ErrorCode::MayNotShare, refusal(ErrorCode::MayNotShare).into())) }
    }
}

fn shortened(message: String) -> String {
    message.chars().take(MAX_MESSAGE).collect()
}

fn refusal(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Full => "Every seat is taken.",
        ErrorCode::MayNotShare => "This pass gives no right to go on screen.",
        ErrorCode::MayNotReact => "An organizer has muted you.",
        ErrorCode::WrongState => "This source is being sent already.",
        ErrorCode::InvalidParameters => "The parameters are not valid.",
        ErrorCode::Internal => "The room is over. Join again.",
    }
}

fn video_refusal(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::MayNotShare => "You may not share or move a video here.",
        ErrorCode::WrongState => "A video is shared already, or none is.",
        ErrorCode::InvalidParameters => "This is no id of a video, or no place in one.",
        ErrorCode::Full | ErrorCode::MayNotReact | ErrorCode::Internal => refusal(code),
    }
}

/// The WebSocket with its limits.
struct Wire {
    session: Session,
    stream: AggregatedMessageStream,
    limit: Limit,
    /// When the browser last gave a sign of life, and how long it may give none.
    heard: Instant,
    silence: Duration,
}

impl Wire {
    /// The next message of the browser. What is no message ends the connection.
    async fn read(&mut self) -> Result<ClientMessage, End> {
        loop {
            let frame = match self.stream.recv().await {
                Some(Ok(frame)) => frame,
                Some(Err(error)) if is_loss(&error) => return Err(None),
                Some(Err(_)) => return Err(Some(CloseCode::BadMessage)),
                None => return Err(None),
            };
            self.heard = Instant::now();
            self.take(1)?;
            match frame {
                AggregatedMessage::Text(text) => {
                    let message = serde_json::from_str(&text).map_err(|_error| Some(CloseCode::BadMessage))?;
                    self.take(limit::more_than_a_frame(&message))?;
                    return Ok(message);
                }
                AggregatedMessage::Ping(bytes) => self.session.pong(&bytes).await.map_err(|_closed| None)?,
                AggregatedMessage::Pong(_) => {}
                AggregatedMessage::Binary(_) => return Err(Some(CloseCode::BadMessage)),
                AggregatedMessage::Close(_) => return Err(None),
            }
        }
    }

    fn take(&mut self, cost: u32) -> Result<(), End> {
        if self.limit.take(Instant::now(), cost) { Ok(()) } else { Err(Some(CloseCode::TooMany)) }
    }

    async fn say(&mut self, message: ByteString) -> Result<(), End> {
        written(timeout(WRITE, self.session.text(message)).await)
    }

    async fn ping(&mut self) -> Result<(), End> {
        written(timeout(WRITE, self.session.ping(b"")).await)
    }

    /// Says why, and closes with the code.
    async fn close(mut self, code: CloseCode) {
        let message = reason(code);
        let _ = self.say(text(&ServerMessage::Closed { code, message: message.into() })).await;
        let reason = CloseReason { code: WsCode::Other(code.number()), description: Some(message.into()) };
        let _ = timeout(WRITE, self.session.close(Some(reason))).await;
    }
}

/// Whether the connection broke, and not the rules.
fn is_loss(error: &ProtocolError) -> bool {
    let ProtocolError::Io(error) = error else { return false };
    error.get_ref().is_some_and(|inner| inner.is::<PayloadError>())
}

fn written(done: Result<Result<(), actix_ws::Closed>, Elapsed>) -> Result<(), End> {
    match done {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_closed)) => Err(None),
        Err(_late) => Err(Some(CloseCode::TooSlow)),
    }
}

fn reason(code: CloseCode) -> &'static str {
    match code {
        CloseCode::BadMessage => "This is no message of the protocol.",
        CloseCode::NotJoined => "The first message must be one join, in time.",
        CloseCode::InvalidPass => "The pass is over or not valid: ask for another one.",
        CloseCode::AccessLost => "You may not be in this session any more.",
        CloseCode::TakenOver => "You entered this session somewhere else.",
        CloseCode::SessionClosed => "The session was closed.",
        CloseCode::TooMany => "Too many messages.",
        CloseCode::TooMuch => "Too much sound and picture is being sent.",
        CloseCode::RoomFull => "The room is full.",
        CloseCode::Restarting => "The media server restarts: come back in a moment.",
        CloseCode::TooSlow => "The connection is too slow: join again.",
    }
}
