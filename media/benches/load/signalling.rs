//! The signalling of one client, that is in a room for minutes and does not look at what it is told. Tests have a `Browser`.

use futures_util::{SinkExt, StreamExt};
use protocol::signalling::{ClientMessage, Consumer, Direction, RequestId, ServerMessage, Transport};
use serde_json::Value;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What went wrong, in words.
pub type Failure = String;

pub struct Signalling {
    wire: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next: RequestId,
    capabilities: Value,
}

impl Signalling {
    /// Connected and welcomed.
    pub async fn connect(address: SocketAddr) -> Result<Self, Failure> {
        let connected = connect_async(format!("ws://{address}/signalling")).await;
        let (wire, _response) = connected.map_err(|error| format!("no connection: {error}"))?;
        let mut this = Self { wire, next: 0, capabilities: Value::Null };
        match this.hear().await? {
            ServerMessage::Welcome { router_rtp_capabilities } => this.capabilities = router_rtp_capabilities,
            other => return Err(format!("a welcome comes first, not {other:?}")),
        }
        Ok(this)
    }

    /// Enters the room of the pass. The client can receive whatever the router can.
    pub async fn join(&mut self, pass: String) -> Result<(Transport, Vec<Consumer>), Failure> {
        let (tab, rtp_capabilities) = ("tab".to_owned(), self.capabilities.clone());
        match self.ask(|id| ClientMessage::Join { id, pass, tab, rtp_capabilities }).await? {
            ServerMessage::Joined { receive_transport, consumers, .. } => Ok((receive_transport, consumers)),
            other => Err(format!("joined, not {other:?}")),
        }
    }

    /// Sends the two requests that come after joining one behind the other, without waiting for the answers, as pages do.
    pub async fn receive(&mut self, dtls_parameters: Value, consumers: Vec<String>) -> Result<(), Failure> {
        let direction = Direction::Receive;
        self.say(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters }).await?;
        self.say(|id| ClientMessage::ResumeConsumers { id, consumers }).await
    }

    /// Sends a request, and gives its answer; what else is said is passed over.
    pub async fn ask(&mut self, make: impl FnOnce(RequestId) -> ClientMessage) -> Result<ServerMessage, Failure> {
        self.say(make).await?;
        loop {
            match self.hear().await? {
                message @ (ServerMessage::Joined { .. }
                | ServerMessage::SendTransport { .. }
                | ServerMessage::Produced { .. }
                | ServerMessage::Ok { .. }) => return Ok(message),
                ServerMessage::Error { code, message, .. } => return Err(format!("{code:?}: {message}")),
                ServerMessage::Closed { code, message } => return Err(format!("closed, {code:?}: {message}")),
                _event => {}
            }
        }
    }

    /// Stays in the room, and says why it is over.
    pub async fn stay(mut self) -> Failure {
        loop {
            match self.hear().await {
                Ok(ServerMessage::Error { code, message, .. }) => return format!("{code:?}: {message}"),
                Ok(ServerMessage::Closed { code, message }) => return format!("closed, {code:?}: {message}"),
                Ok(_) => {}
                Err(failure) => return failure,
            }
        }
    }

    async fn say(&mut self, make: impl FnOnce(RequestId) -> ClientMessage) -> Result<(), Failure> {
        self.next += 1;
        let text = serde_json::to_string(&make(self.next)).map_err(|error| error.to_string())?;
        self.wire.send(Message::text(text)).await.map_err(|error| error.to_string())
    }

    async fn hear(&mut self) -> Result<ServerMessage, Failure> {
        loop {
            match self.wire.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return Err(format!("a message, not {other:?}")),
            }
        }
    }
}
