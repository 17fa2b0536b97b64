//! A client of the signalling that is written by hand: it does what a test says, also what no browser would.

use super::PATIENCE;
use futures_util::{SinkExt, StreamExt};
use protocol::room::Source;
use protocol::signalling::{ClientMessage, CloseCode, ErrorCode, ServerMessage};
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub struct Browser {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next: u32,
    /// The node's capabilities, which this client claims as its own.
    pub capabilities: Value,
    /// Events that came while an answer was waited for.
    events: VecDeque<ServerMessage>,
}

impl Browser {
    pub async fn open(url: &str) -> Self {
        let (stream, _) = connect_async(url).await.unwrap();
        let mut browser = Self { stream, next: 0, capabilities: Value::Null, events: VecDeque::new() };
        let ServerMessage::Welcome { router_rtp_capabilities } = browser.read().await else { panic!("no welcome") };
        browser.capabilities = router_rtp_capabilities;
        browser
    }

    pub async fn send_text(&mut self, text: impl Into<String>) {
        self.stream.send(Message::text(text.into())).await.unwrap();
    }

    pub async fn send(&mut self, message: &ClientMessage) {
        self.send_text(serde_json::to_string(message).unwrap()).await;
    }

    /// Joins, which must succeed.
    pub async fn join(&mut self, pass: &str) -> ServerMessage {
        let answer = self.try_join(pass).await;
        assert!(matches!(answer, ServerMessage::Joined { .. }), "{answer:?}");
        answer
    }

    pub async fn try_join(&mut self, pass: &str) -> ServerMessage {
        let message = ClientMessage::Join {
            id: 0,
            pass: pass.into(),
            tab: "tab".into(),
            rtp_capabilities: self.capabilities.clone(),
        };
        self.send(&message).await;
        self.read().await
    }

    /// Asks, and gives the answer; what comes in between is kept as events.
    pub async fn ask(&mut self, message: impl FnOnce(u32) -> ClientMessage) -> ServerMessage {
        self.next += 1;
        let id = self.next;
        self.send(&message(id)).await;
        loop {
            let message = self.read().await;
            if answers(&message) == Some(id) {
                return message;
            }
            self.events.push_back(message);
        }
    }

    /// Starts to send a source, with a transport made first when there is none.
    pub async fn produce(&mut self, source: Source) -> Result<String, ErrorCode> {
        self.ask(|id| ClientMessage::CreateSendTransport { id }).await;
        self.produce_again(source).await
    }

    pub async fn produce_again(&mut self, source: Source) -> Result<String, ErrorCode> {
        let ssrc = 1000 + self.next;
        let rtp_parameters = rtp_parameters(source, ssrc);
        match self.ask(|id| ClientMessage::Produce { id, source, rtp_parameters, paused: false }).await {
            ServerMessage::Produced { producer, .. } => Ok(producer),
            ServerMessage::Error { code, .. } => Err(code),
            other => panic!("{other:?}"),
        }
    }

    /// The next event that `wanted` accepts; others are passed over.
    pub async fn event<T>(&mut self, wanted: impl Fn(&ServerMessage) -> Option<T>) -> T {
        let search = async {
            loop {
                let message = match self.events.pop_front() {
                    Some(message) => message,
                    None => self.read().await,
                };
                if let Some(found) = wanted(&message) {
                    return found;
                }
            }
        };
        timeout(PATIENCE, search).await.expect("the event did not come")
    }

    /// What the node closes the connection with: the last message and the close code, which must agree.
    pub async fn closed(&mut self) -> CloseCode {
        let search = async {
            let mut last = None;
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Text(text))) => {
                        if let Ok(ServerMessage::Closed { code, .. }) = serde_json::from_str(&text) {
                            last = Some(code);
                        }
                    }
                    Some(Ok(Message::Close(Some(frame)))) => {
                        let code = last.expect("no reason was said before the close");
                        assert_eq!(u16::from(frame.code), code.number());
                        return code;
                    }
                    Some(Ok(_)) => {}
                    other => panic!("closed without a code: {other:?}"),
                }
            }
        };
        timeout(PATIENCE, search).await.expect("the connection stayed open")
    }

    pub async fn read(&mut self) -> ServerMessage {
        let read = async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    other => panic!("the connection ended: {other:?}"),
                }
            }
        };
        timeout(PATIENCE, read).await.expect("nothing came")
    }
}

fn answers(message: &ServerMessage) -> Option<u32> {
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

/// What a browser would send for this source, with one stream.
pub fn rtp_parameters(source: Source, ssrc: u32) -> Value {
    let codec = if source.is_audio() {
        json!({ "mimeType": "audio/opus", "payloadType": 111, "clockRate": 48000, "channels": 2 })
    } else {
        json!({ "mimeType": "video/VP8", "payloadType": 96, "clockRate": 90000 })
    };
    json!({
        "codecs": [codec], "headerExtensions": [], "encodings": [{ "ssrc": ssrc }],
        "rtcp": { "cname": "test", "reducedSize": true },
    })
}
