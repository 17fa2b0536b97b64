//! The link to an api: media dials, says what it holds, tells changes and does what the api says. It heals by itself.

use crate::apis::Apis;
use crate::board::{News, Told};
use crate::recording::shelf::Shelf;
use crate::rooms::Rooms;
use crate::tls;
use futures_util::{SinkExt, StreamExt};
use protocol::link::{FromApi, FromMedia, LINK_VERSION, ORPHAN_SECONDS, PING_SECONDS, PeopleChange};
use protocol::pass::key;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config};

const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(3);
const PING: Duration = Duration::from_secs(PING_SECONDS);

/// Between two tellings of what changed. Who comes on screen or leaves it is told at once.
const TELL: Duration = Duration::from_secs(1);

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a node is for an api.
pub struct Identity {
    /// Where browsers reach the signalling.
    pub address: String,
    pub secret: String,
    /// The digest of the certificate that an api must show, when it is known by that instead of by its name.
    pub certificate: Option<String>,
}

/// What links tell of, and whom.
pub struct Links {
    pub rooms: Arc<Rooms>,
    pub shelf: Arc<Shelf>,
    pub identity: Identity,
    pub apis: Arc<Apis>,
}

/// Keeps a link to each api. Ends when there was none for [`ORPHAN_SECONDS`]: a media that nobody needs goes.
pub async fn run(links: Links) {
    let links = Arc::new(links);
    let mut kept = JoinSet::new();
    for number in 0..links.apis.urls().len() {
        kept.spawn(keep(Arc::clone(&links), number));
    }
    let mut since = Instant::now();
    loop {
        sleep(TELL).await;
        if links.apis.is_any_linked() {
            since = Instant::now();
        } else if since.elapsed() > Duration::from_secs(ORPHAN_SECONDS) {
            tracing::warn!("no api for {ORPHAN_SECONDS} seconds: this media ends");
            return;
        }
    }
}

async fn keep(links: Arc<Links>, number: usize) {
    let mut wait = FIRST_WAIT;
    loop {
        match connect(&links.apis.urls()[number], &links.identity).await {
            Ok(wire) => {
                if exchange(&links, number, wire).await.is_some() {
                    wait = FIRST_WAIT;
                }
                links.apis.set(number, false);
                tracing::warn!("the link to the api is gone; it is tried again");
            }
            Err(error) => tracing::debug!(%error, "no link to the api"),
        }
        sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

async fn connect(url: &str, identity: &Identity) -> Result<Wire, Error> {
    let mut request = url.into_client_request()?;
    let bearer = format!("Bearer {}", key(&identity.secret, "link"));
    request.headers_mut().insert("authorization", bearer.parse().map_err(|_error| Error::AttackAttempt)?);
    let pinned = identity.certificate.clone().filter(|_| url.starts_with("wss://")).and_then(tls::pinned);
    let connector = pinned.map(|config| Connector::Rustls(Arc::new(config)));
    let opened = timeout(PING, connect_async_tls_with_config(request, None, true, connector)).await;
    opened.map_err(|_late| Error::ConnectionClosed)?.map(|(wire, _response)| wire)
}

/// Until the link breaks. Nothing when it never worked.
async fn exchange(links: &Links, number: usize, mut wire: Wire) -> Option<()> {
    let Links { rooms, shelf, identity, apis } = links;
    let (mut posted, mut urgent) = (rooms.board.watch(), rooms.board.watch_urgent());
    // What is posted while the rooms describe themselves is told again afterwards, rather than never.
    let mut told = *posted.borrow_and_update();
    let described = rooms.describe().await;
    let mut inside = Told::hello(&described);
    let hello = FromMedia::Hello { version: LINK_VERSION, address: identity.address.clone(), rooms: described };
    say(&mut wire, &hello).await?;
    let mut shelved = shelf.watch();
    let (blocks, mut told_blocks) = shelf.blocks();
    say(&mut wire, &FromMedia::Recordings { blocks }).await?;
    let mut welcome = false;
    let mut heard = Instant::now();
    let mut ping = interval(PING);
    let mut tell = interval(TELL);
    tell.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            frame = timeout_at(heard + PING * 3, wire.next()) => match frame {
                Ok(Some(Ok(Message::Text(text)))) => {
                    heard = Instant::now();
                    let command: FromApi = serde_json::from_str(&text)
                        .inspect_err(|error| tracing::error!(%error, "the api speaks another version of the link"))
                        .ok()?;
                    if command == FromApi::Welcome {
                        tracing::info!("linked to an api");
                        welcome = true;
                        apis.set(number, true);
                    }
                    match command {
                        FromApi::RetryRecording { block } => shelf.retry(&block),
                        FromApi::DeleteRecording { block } => shelf.delete(&block),
                        command => rooms.command(command).await,
                    }
                }
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => return welcome.then_some(()),
                Ok(Some(Ok(_))) => heard = Instant::now(),
            },
            _ = tell.tick() => {
                if has_news(&mut posted) {
                    told = tell_news(&mut wire, rooms, told, &mut inside).await?;
                }
                if has_news(&mut shelved) {
                    told_blocks = tell_blocks(&mut wire, shelf, told_blocks).await?;
                }
            }
            // Rooms see to it that this is not often.
            Ok(()) = urgent.changed() => told = tell_news(&mut wire, rooms, told, &mut inside).await?,
            _ = ping.tick() => say(&mut wire, &FromMedia::Ping).await?,
        }
    }
}

fn has_news(posted: &mut watch::Receiver<u64>) -> bool {
    let news = posted.has_changed().unwrap_or(false);
    posted.mark_unchanged();
    news
}

/// Tells what was posted after number `since`; gives the newest number.
async fn tell_news(wire: &mut Wire, rooms: &Rooms, since: u64, inside: &mut Told) -> Option<u64> {
    let News { states, people, newest } = rooms.board.since(since);
    if !states.is_empty() {
        say(wire, &FromMedia::Rooms { rooms: states }).await?;
    }
    let people = people.into_iter().filter_map(|(session, people)| inside.change(session, people));
    let people: Vec<PeopleChange> = people.collect();
    if !people.is_empty() {
        say(wire, &FromMedia::People { rooms: people }).await?;
    }
    Some(newest)
}

/// Tells of the blocks that changed after number `since`; gives the newest number.
async fn tell_blocks(wire: &mut Wire, shelf: &Shelf, since: u64) -> Option<u64> {
    let (blocks, newest) = shelf.since(since);
    if !blocks.is_empty() {
        say(wire, &FromMedia::Recordings { blocks }).await?;
    }
    Some(newest)
}

async fn say(wire: &mut Wire, message: &FromMedia) -> Option<()> {
    let text = serde_json::to_string(message).ok()?;
    timeout(PING * 3, wire.send(Message::text(text))).await.ok()?.ok()
}
