//! The link to an api: media dials, says what it holds, tells changes and does what the api says. It heals by itself.

use crate::board::{News, Told};
use crate::rooms::Rooms;
use crate::tls;
use futures_util::{SinkExt, StreamExt};
use protocol::link::{FromApi, FromMedia, LINK_VERSION, ORPHAN_SECONDS, PING_SECONDS, PeopleChange};
use protocol::pass::key;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
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

/// Keeps a link to each api. Ends when there was none for [`ORPHAN_SECONDS`]: a media that nobody needs goes.
pub async fn run(rooms: Arc<Rooms>, identity: Identity, urls: Vec<String>) {
    let (identity, linked) = (Arc::new(identity), Arc::new(AtomicUsize::new(0)));
    for url in urls {
        tokio::spawn(keep(Arc::clone(&rooms), Arc::clone(&identity), url, Arc::clone(&linked)));
    }
    let mut since = Instant::now();
    loop {
        sleep(TELL).await;
        if linked.load(Ordering::Relaxed) > 0 {
            since = Instant::now();
        } else if since.elapsed() > Duration::from_secs(ORPHAN_SECONDS) {
            tracing::warn!("no api for {ORPHAN_SECONDS} seconds: this media ends");
            return;
        }
    }
}

async fn keep(rooms: Arc<Rooms>, identity: Arc<Identity>, url: String, linked: Arc<AtomicUsize>) {
    let mut wait = FIRST_WAIT;
    loop {
        match connect(&url, &identity).await {
            Ok(wire) => {
                linked.fetch_add(1, Ordering::Relaxed);
                if exchange(&rooms, &identity, wire).await.is_some() {
                    wait = FIRST_WAIT;
                }
                linked.fetch_sub(1, Ordering::Relaxed);
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
async fn exchange(rooms: &Rooms, identity: &Identity, mut wire: Wire) -> Option<()> {
    let (mut posted, mut urgent) = (rooms.board.watch(), rooms.board.watch_urgent());
    // What is posted while the rooms describe themselves is told again afterwards, rather than never.
    let mut told = *posted.borrow_and_update();
    let described = rooms.describe().await;
    let mut inside = Told::hello(&described);
    let hello = FromMedia::Hello { version: LINK_VERSION, address: identity.address.clone(), rooms: described };
    say(&mut wire, &hello).await?;
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
                    }
                    rooms.command(command).await;
                }
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => return welcome.then_some(()),
                Ok(Some(Ok(_))) => heard = Instant::now(),
            },
            _ = tell.tick() => {
                if has_news(&mut posted) {
                    told = tell_news(&mut wire, rooms, told, &mut inside).await?;
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

async fn say(wire: &mut Wire, message: &FromMedia) -> Option<()> {
    let text = serde_json::to_string(message).ok()?;
    timeout(PING * 3, wire.send(Message::text(text))).await.ok()?.ok()
}
