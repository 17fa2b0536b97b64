//! One hand-written client of the signalling: it sends requests, keeps the events it was told, and sees how it is closed.

use super::{Peer, parameters, refused, sign, within};
use futures_util::{SinkExt, StreamExt};
use protocol::pass::Pass;
use protocol::room::{Counts, Hands, Reaction, Source, Speaker};
use protocol::signalling::{
    ClientMessage, CloseCode, Consumer, Direction, ErrorCode, RequestId, ServerMessage, Transport,
};
use protocol::youtube::Youtube;
use serde_json::Value;
use std::collections::VecDeque;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct Browser {
    wire: Wire,
    /// What was said and not looked at yet, in order.
    heard: VecDeque<ServerMessage>,
    next: RequestId,
    pub router_capabilities: Value,
}

/// What `joined` said.
pub struct Joined {
    pub person: String,
    pub share: bool,
    pub counts: Counts,
    pub speakers: Vec<Speaker>,
    pub hands: Hands,
    pub receive_transport: Transport,
    pub consumers: Vec<Consumer>,
    pub youtube: Option<Youtube>,
    pub recording: bool,
    pub began: i64,
}

impl Browser {
    pub async fn connect(address: SocketAddr) -> Self {
        let url = format!("ws://{address}/signalling");
        let (wire, _response) = within("a connection", connect_async(url)).await.expect("the node answers");
        Self::over(wire).await
    }

    /// Over a connection that is open already; reads the welcome.
    pub async fn over(wire: Wire) -> Self {
        let mut browser = Self { wire, heard: VecDeque::new(), next: 0, router_capabilities: Value::Null };
        match browser.hear().await {
            ServerMessage::Welcome { router_rtp_capabilities } => browser.router_capabilities = router_rtp_capabilities,
            other => panic!("a welcome comes first, not {other:?}"),
        }
        browser
    }

    /// One that is in the room of the pass.
    pub async fn enter(address: SocketAddr, pass: &Pass) -> Self {
        let mut browser = Self::connect(address).await;
        browser.join(pass).await;
        browser
    }

    /// Enters the room of the pass.
    pub async fn join(&mut self, pass: &Pass) -> Joined {
        match self.try_join(&sign(pass), "tab").await {
            ServerMessage::Joined {
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
                ..
            } => Joined {
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
            },
            other => panic!("joined, not {other:?}"),
        }
    }

    /// Asks to enter with a token. The browser can receive whatever the router can.
    pub async fn try_join(&mut self, pass: &str, tab: &str) -> ServerMessage {
        let (pass, tab, rtp_capabilities) = (pass.to_owned(), tab.to_owned(), self.router_capabilities.clone());
        self.request(|id| ClientMessage::Join { id, pass, tab, rtp_capabilities }).await
    }

    pub async fn create_send_transport(&mut self) -> Transport {
        match self.request(|id| ClientMessage::CreateSendTransport { id }).await {
            ServerMessage::SendTransport { transport, .. } => transport,
            other => panic!("a transport, not {other:?}"),
        }
    }

    /// Asks to send a source with valid parameters.
    pub async fn produce(&mut self, source: Source) -> Result<String, ErrorCode> {
        self.produce_with(source, parameters::rtp(source)).await
    }

    pub async fn produce_with(&mut self, source: Source, rtp_parameters: Value) -> Result<String, ErrorCode> {
        let answer = self.request(|id| ClientMessage::Produce { id, source, rtp_parameters, paused: false }).await;
        match answer {
            ServerMessage::Produced { producer, .. } => Ok(producer),
            other => Err(refused(&other)),
        }
    }

    /// Tells the node how the other end of a transport proves who it is.
    pub async fn connect_transport(&mut self, direction: Direction, peer: &mut Peer) {
        let dtls_parameters = peer.dtls_parameters();
        let answer = self.request(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    /// Lets packets of these consumers come.
    pub async fn resume(&mut self, consumers: Vec<String>) {
        let answer = self.request(|id| ClientMessage::ResumeConsumers { id, consumers }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    pub async fn set_muted(&mut self, source: Source, muted: bool) {
        let answer = self.request(|id| ClientMessage::SetMuted { id, source, muted }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    pub async fn stop(&mut self, source: Source) -> ServerMessage {
        self.request(|id| ClientMessage::StopProducing { id, source }).await
    }

    pub async fn raise_hand(&mut self, raised: bool) {
        let answer = self.request(|id| ClientMessage::RaiseHand { id, raised }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    pub async fn react(&mut self, emoji: Reaction) -> ServerMessage {
        self.request(|id| ClientMessage::React { id, emoji }).await
    }

    /// Waits until the hands of exactly these people are up, in this order.
    pub async fn hands(&mut self, names: &[&str]) -> Hands {
        let pick = |message: &ServerMessage| match message {
            ServerMessage::Hands { hands } if hands.up.iter().map(|hand| &*hand.name).eq(names.iter().copied()) => {
                Some(hands.clone())
            }
            _ => None,
        };
        self.event(&format!("the hands of {names:?}"), pick).await
    }

    /// The next reactions that are told.
    pub async fn reactions(&mut self) -> Vec<(Reaction, u32)> {
        let pick = |message: &ServerMessage| match message {
            ServerMessage::Reactions { counts } => Some(counts.clone()),
            _ => None,
        };
        self.event("reactions", pick).await
    }

    pub async fn leave(mut self) {
        let answer = self.request(|id| ClientMessage::Leave { id }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    /// Sends a request, and gives its answer; events that come before it are kept.
    pub async fn request(&mut self, make: impl FnOnce(RequestId) -> ClientMessage) -> ServerMessage {
        self.next += 1;
        let id = self.next;
        self.say(&make(id)).await;
        loop {
            let message = within("an answer", self.hear()).await;
            match answers(&message) {
                Some(answered) if answered == id => return message,
                Some(_) => panic!("{message:?} answers nothing"),
                None if matches!(message, ServerMessage::Closed { .. }) => return message,
                None => self.heard.push_back(message),
            }
        }
    }

    /// The first event for which `pick` gives something; those before it are forgotten.
    pub async fn event<T>(&mut self, what: &str, pick: impl Fn(&ServerMessage) -> Option<T>) -> T {
        within(what, async {
            loop {
                let message = match self.heard.pop_front() {
                    Some(message) => message,
                    None => self.hear().await,
                };
                if let Some(picked) = pick(&message) {
                    return picked;
                }
                assert!(!matches!(message, ServerMessage::Closed { .. }), "{what}: closed instead: {message:?}");
            }
        })
        .await
    }

    /// Whether nothing like this was said before the last answer.
    pub fn has_not_heard(&self, is: impl Fn(&ServerMessage) -> bool) -> bool {
        !self.heard.iter().any(is)
    }

    /// Waits until the people on screen are as `is` wants them.
    pub async fn speakers(&mut self, what: &str, is: impl Fn(&[Speaker]) -> bool) -> Vec<Speaker> {
        let pick = |message: &ServerMessage| match message {
            ServerMessage::Speakers { speakers } if is(speakers) => Some(speakers.clone()),
            _ => None,
        };
        self.event(what, pick).await
    }

    /// Waits until the counts are as `is` wants them.
    pub async fn counts(&mut self, what: &str, is: impl Fn(&Counts) -> bool) -> Counts {
        let pick = |message: &ServerMessage| match message {
            ServerMessage::Counts { counts } if is(counts) => Some(*counts),
            _ => None,
        };
        self.event(what, pick).await
    }

    pub async fn consumer_added(&mut self) -> Consumer {
        let pick = |message: &ServerMessage| match message {
            ServerMessage::ConsumerAdded { consumer } => Some(consumer.clone()),
            _ => None,
        };
        self.event("a consumer", pick).await
    }

    pub async fn consumer_removed(&mut self) -> String {
        let pick = |message: &ServerMessage| match message {
            ServerMessage::ConsumerRemoved { consumer } => Some(consumer.clone()),
            _ => None,
        };
        self.event("the end of a consumer", pick).await
    }

    /// Waits for the end, and checks that the last message and the close frame say the same.
    pub async fn closed(&mut self) -> CloseCode {
        within("the end of the connection", async {
            let mut told = self.heard.iter().find_map(why);
            loop {
                match self.wire.next().await {
                    Some(Ok(Message::Text(text))) => told = told.or(why(&parse(&text))),
                    Some(Ok(Message::Close(Some(frame)))) => {
                        let code = told.expect("the reason is told before the close frame");
                        assert_eq!(u16::from(frame.code), code.number());
                        return code;
                    }
                    Some(Ok(_)) => {}
                    other => panic!("a close frame with a code, not {other:?}; told before: {told:?}"),
                }
            }
        })
        .await
    }

    /// Says something that ends the connection, without waiting for what is answered.
    pub async fn say_raw(&mut self, frame: Message) {
        // The node may have closed already, when it was a flood.
        let _ = self.wire.send(frame).await;
    }

    /// Breaks the connection without a word, as a network does.
    pub fn lose(self) {
        drop(self.wire);
    }

    async fn say(&mut self, message: &ClientMessage) {
        let text = serde_json::to_string(message).unwrap();
        self.wire.send(Message::text(text)).await.expect("the connection is open");
    }

    async fn hear(&mut self) -> ServerMessage {
        loop {
            match self.wire.next().await {
                Some(Ok(Message::Text(text))) => return parse(&text),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("a message, not {other:?}"),
            }
        }
    }
}

fn parse(text: &str) -> ServerMessage {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn why(message: &ServerMessage) -> Option<CloseCode> {
    match message {
        ServerMessage::Closed { code, .. } => Some(*code),
        _ => None,
    }
}

/// The number of the request that a message answers; none for events.
fn answers(message: &ServerMessage) -> Option<RequestId> {
    match message {
        ServerMessage::Joined { id, .. }
        | ServerMessage::Ok { id }
        | ServerMessage::SendTransport { id, .. }
        | ServerMessage::IceRestarted { id, .. }
        | ServerMessage::Produced { id, .. }
        | ServerMessage::Error { id, .. } => Some(*id),
        _ => None,
    }
}
