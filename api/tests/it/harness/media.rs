//! A media node that is played by the test: it links to the api and says and hears what a real one would.

use super::PATIENCE;
use api::app::App;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use protocol::link::{FromApi, FromMedia, LINK_VERSION, PING_SECONDS, PeopleChange, RoomState};
use protocol::pass::key;
use protocol::room::{Counts, Insider, Source, Speaker};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct FakeMedia {
    stream: SplitStream<Wire>,
    sink: Arc<Mutex<SplitSink<Wire, Message>>>,
    pings: JoinHandle<()>,
}

impl Drop for FakeMedia {
    fn drop(&mut self) {
        self.pings.abort();
    }
}

impl FakeMedia {
    /// Links without rooms.
    pub async fn link(address: &str, app: &App) -> Self {
        Self::link_with(address, app, Vec::new()).await
    }

    /// Links and tells of these rooms.
    pub async fn link_with(address: &str, app: &App, rooms: Vec<RoomState>) -> Self {
        let mut media = Self::link_with_rooms_unread(address, app, rooms).await;
        media.wait_for(|command| *command == FromApi::Welcome).await;
        media
    }

    /// Links without rooms, as a node that browsers reach somewhere else.
    pub async fn link_as(address: &str, app: &App, node: &str) -> Self {
        let mut media = Self::link_unread(address, app, (node, Vec::new())).await;
        media.wait_for(|command| *command == FromApi::Welcome).await;
        media
    }

    /// Links and tells of these rooms; every answer is still to be read.
    pub async fn link_with_rooms_unread(address: &str, app: &App, rooms: Vec<RoomState>) -> Self {
        Self::link_unread(address, app, (":8081/signalling", rooms)).await
    }

    async fn link_unread(address: &str, app: &App, (node, rooms): (&str, Vec<RoomState>)) -> Self {
        let wire = Self::connect(address, &key(&app.config.secret, "link")).await.unwrap();
        let (sink, stream) = wire.split();
        let sink = Arc::new(Mutex::new(sink));
        let mut media = Self { stream, pings: tokio::spawn(ping(Arc::clone(&sink))), sink };
        let hello = FromMedia::Hello { version: LINK_VERSION, address: node.into(), rooms };
        media.send(&hello).await;
        media
    }

    /// Opens the link with this secret.
    pub async fn connect(address: &str, secret: &str) -> Result<Wire, Error> {
        let url = format!("{}/media/link", address.replace("http://", "ws://"));
        let mut request = url.into_client_request()?;
        request.headers_mut().insert("authorization", format!("Bearer {secret}").parse().unwrap());
        Ok(connect_async(request).await?.0)
    }

    /// Ends the link, and waits until the api has heard of that.
    pub async fn unlink(self, app: &App) {
        drop(self);
        let alone = async {
            while app.rooms.is_linked() {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, alone).await.expect("the link did not end");
    }

    pub async fn send(&mut self, message: &FromMedia) {
        self.send_text(&serde_json::to_string(message).unwrap()).await;
    }

    pub async fn send_text(&mut self, text: &str) {
        self.sink.lock().await.send(Message::text(text)).await.unwrap();
    }

    /// Says nothing by itself any more.
    pub fn fall_silent(&self) {
        self.pings.abort();
    }

    /// Whether the api ends the link.
    pub async fn is_closed(&mut self) -> bool {
        let closed = async {
            while let Some(Ok(message)) = self.stream.next().await
                && !message.is_close()
            {}
        };
        timeout(PATIENCE, closed).await.is_ok()
    }

    /// Reports one room.
    pub async fn report_all(&mut self, rooms: Vec<RoomState>) {
        self.send(&FromMedia::Rooms { rooms }).await;
    }

    pub async fn report(&mut self, room: RoomState) {
        self.send(&FromMedia::Rooms { rooms: vec![room] }).await;
    }

    /// Tells who came into a room, by id and name, and who went.
    pub async fn people(&mut self, session: &str, joined: &[(&str, &str)], left: &[&str]) {
        let joined = joined.iter().map(|(person, name)| Insider { person: (*person).into(), name: (*name).into() });
        let left = left.iter().map(|person| (*person).to_owned()).collect();
        let change = PeopleChange { session: session.into(), joined: joined.collect(), left };
        self.send(&FromMedia::People { rooms: vec![change] }).await;
    }

    /// The next command that `wanted` accepts; others are passed over.
    pub async fn wait_for(&mut self, mut wanted: impl FnMut(&FromApi) -> bool) -> FromApi {
        let search = async {
            loop {
                let Some(Ok(message)) = self.stream.next().await else { panic!("the link closed") };
                let Message::Text(text) = message else { continue };
                let command: FromApi = serde_json::from_str(&text).unwrap();
                if wanted(&command) {
                    return command;
                }
            }
        };
        timeout(PATIENCE, search).await.expect("the api did not send it")
    }
}

/// As a node does, whatever else it has to say: the api lets go of one that is silent.
async fn ping(sink: Arc<Mutex<SplitSink<Wire, Message>>>) {
    let ping = serde_json::to_string(&FromMedia::Ping).unwrap();
    loop {
        sleep(Duration::from_secs(PING_SECONDS)).await;
        if sink.lock().await.send(Message::text(ping.clone())).await.is_err() {
            return;
        }
    }
}

/// A room with somebody on screen.
pub fn room(session: &str, person: &str, viewers: u32) -> RoomState {
    let speaker = Speaker {
        person: person.into(),
        name: "Ada".into(),
        sources: vec![Source::Microphone, Source::Camera],
        muted: Vec::new(),
        lost: false,
    };
    RoomState {
        session: session.into(),
        counts: Counts { seats: 1, max_seats: 50, viewers },
        speakers: vec![speaker],
        hosts: 0,
        youtube: None,
        people: vec![person.into()],
        ..RoomState::default()
    }
}

/// Whether the command says that exactly these people may stay inside.
pub fn keeps(command: &FromApi, people: &[String]) -> bool {
    let FromApi::Settings { keep: Some(keep), .. } = command else { return false };
    let set = |people: &[String]| people.iter().cloned().collect::<HashSet<_>>();
    set(keep) == set(people)
}
