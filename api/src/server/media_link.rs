//! The link of a media node: frames in, commands out. What they mean is decided in `ops/room.rs`.

use super::{State, bearer, is_same_secret};
use crate::limits;
use crate::media_link::LinkId;
use crate::ops;
use crate::ops::recording::heard::{Report, heard};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, rt};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use protocol::link::{FromApi, FromMedia, LINK_VERSION, PING_SECONDS, RoomState};
use protocol::pass::key;
use protocol::recording::Block;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, interval, interval_at, timeout, timeout_at};

const PING: Duration = Duration::from_secs(PING_SECONDS);

/// `GET /media/link`, with the link secret as bearer.
pub async fn open(request: HttpRequest, body: Payload, state: Data<State>) -> actix_web::Result<HttpResponse> {
    let expected = key(&state.app.config.secret, "link");
    if !bearer(&request).is_some_and(|given| is_same_secret(given, &expected)) {
        tracing::warn!("a media node was refused: its SECRET is another one");
        return Ok(HttpResponse::Unauthorized().finish());
    }
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream = stream
        .max_frame_size(limits::LINK_FRAME_BYTES)
        .aggregate_continuations()
        .max_continuation_size(limits::LINK_FRAME_BYTES);
    rt::spawn(run(state, session, stream));
    Ok(response)
}

async fn run(state: Data<State>, mut session: Session, mut stream: AggregatedMessageStream) {
    let Some((link, first, mut commands)) = hello(&state, &mut session, &mut stream).await else {
        let _ = session.close(None).await;
        return;
    };
    tracing::info!(media.link = link, "a media node is linked");
    if greet(&mut session, first).await.is_some() {
        exchange(&state, link, &mut session, &mut stream, &mut commands).await;
    }
    tracing::info!(media.link = link, "a media node is gone");
    if let Err(error) = ops::room::unlinked(&state.app, link).await {
        tracing::error!(error = error.code(), "rooms of a lost node could not be announced");
    }
    let _ = session.close(None).await;
}

/// Welcomes a node with what it has to hear before anything else.
async fn greet(session: &mut Session, first: Vec<FromApi>) -> Option<()> {
    for command in [FromApi::Welcome].into_iter().chain(first) {
        send(session, &command).await?;
    }
    Some(())
}

/// A node, the commands that it has to hear first, and those that come later.
type Greeted = (LinkId, Vec<FromApi>, mpsc::Receiver<FromApi>);

/// The first message, which must say who this is.
async fn hello(state: &State, session: &mut Session, stream: &mut AggregatedMessageStream) -> Option<Greeted> {
    let text = match timeout(PING * 3, stream.recv()).await.ok()?? {
        Ok(AggregatedMessage::Text(text)) => text,
        _ => return None,
    };
    match serde_json::from_str(&text) {
        Ok(FromMedia::Hello { version: LINK_VERSION, address, rooms, .. }) => {
            let (link, commands) = state.app.rooms.attach(address);
            match checked(state, session, link, rooms).await {
                Ok(first) => Some((link, first, commands)),
                Err(error) => {
                    tracing::error!(error = error.code(), "a node's rooms could not be checked");
                    let _ = ops::room::unlinked(&state.app, link).await;
                    None
                }
            }
        }
        Ok(_) => {
            tracing::error!("a media node speaks another version of the link: update api and media together");
            None
        }
        Err(error) => {
            tracing::error!(%error, "a media node sent no hello");
            None
        }
    }
}

/// Checks a node's rooms, which takes a while when there are many: meanwhile the node hears that somebody is here.
async fn checked(
    state: &State,
    session: &mut Session,
    link: LinkId,
    rooms: Vec<RoomState>,
) -> crate::error::Result<Vec<FromApi>> {
    let mut ping = interval_at(Instant::now() + PING, PING);
    let mut checking = std::pin::pin!(ops::room::linked(&state.app, link, rooms));
    loop {
        tokio::select! {
            first = &mut checking => return first,
            // A node that does not hear it is noticed afterwards.
            _ = ping.tick() => drop(send(session, &FromApi::Ping).await),
        }
    }
}

async fn exchange(
    state: &State,
    link: LinkId,
    session: &mut Session,
    stream: &mut AggregatedMessageStream,
    commands: &mut mpsc::Receiver<FromApi>,
) {
    let mut ping = interval(PING);
    let mut heard = Instant::now();
    let mut recordings = Recordings::default();
    loop {
        tokio::select! {
            message = timeout_at(heard + PING * 3, stream.recv()) => {
                let Ok(Some(Ok(message))) = message else { return };
                heard = Instant::now();
                match message {
                    AggregatedMessage::Text(text) => match serde_json::from_str(&text) {
                        Ok(FromMedia::Rooms { rooms }) => {
                            if let Err(error) = ops::room::report(&state.app, link, rooms).await {
                                tracing::error!(error = error.code(), "rooms could not be announced");
                            }
                        }
                        Ok(FromMedia::People { rooms }) => ops::room::people::moved(&state.app, link, rooms).await,
                        Ok(FromMedia::Recordings { blocks }) => {
                            recordings.add(blocks);
                            recordings.write(state, link).await;
                        }
                        Ok(FromMedia::Ping) => {}
                        Ok(FromMedia::Hello { .. }) => return,
                        Err(error) => return tracing::error!(%error, "a media node sent nonsense"),
                    },
                    AggregatedMessage::Close(_) => return,
                    AggregatedMessage::Ping(bytes) => {
                        if session.pong(&bytes).await.is_err() {
                            return;
                        }
                    }
                    AggregatedMessage::Binary(_) | AggregatedMessage::Pong(_) => {}
                }
            }
            command = commands.recv() => {
                let Some(command) = command else { return };
                if send(session, &command).await.is_none() {
                    return;
                }
            }
            _ = ping.tick() => {
                if send(session, &FromApi::Ping).await.is_none() {
                    return;
                }
                recordings.write(state, link).await;
            }
        }
    }
}

/// What a node told of its recordings and is not written yet: it tells each change once, and the database may be away.
#[derive(Default)]
struct Recordings {
    /// The first list has everything that the node has.
    began: bool,
    unwritten: Option<Report>,
}

impl Recordings {
    fn add(&mut self, blocks: Vec<Block>) {
        let new = if std::mem::replace(&mut self.began, true) { Report::default } else { Report::whole };
        self.unwritten.get_or_insert_with(new).add(blocks);
    }

    /// What cannot be written now is tried again with the next ping.
    async fn write(&mut self, state: &State, link: LinkId) {
        let Some(report) = &self.unwritten else { return };
        match heard(&state.app, link, report.clone()).await {
            Ok(()) => self.unwritten = None,
            Err(error) => tracing::error!(error = error.code(), "recordings could not be written"),
        }
    }
}

async fn send(session: &mut Session, command: &FromApi) -> Option<()> {
    let text = serde_json::to_string(command).ok()?;
    timeout(PING * 3, session.text(text)).await.ok()?.ok()
}
