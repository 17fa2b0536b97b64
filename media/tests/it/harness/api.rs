//! An api that is played by the test: it takes the link of a node, and says and hears what a real one would.

use super::PATIENCE;
use super::node::SECRET;
use futures_util::{SinkExt, StreamExt};
use protocol::link::{FromApi, FromMedia};
use protocol::pass::key;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

pub struct FakeApi {
    listener: TcpListener,
}

pub struct Link {
    stream: WebSocketStream<TcpStream>,
}

impl FakeApi {
    pub async fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub fn url(&self) -> String {
        format!("ws://{}/media/link", self.listener.local_addr().unwrap())
    }

    /// The next link that a node opens, refused when its secret is another one.
    #[expect(clippy::result_large_err, reason = "the handshake's own type")]
    pub async fn try_accept(&self) -> Option<Link> {
        let (stream, _) = timeout(PATIENCE, self.listener.accept()).await.expect("no node dialled").unwrap();
        let check = |request: &Request, response: Response| {
            let expected = format!("Bearer {}", key(SECRET, "link"));
            let given = request.headers().get("authorization").map(|value| value.as_bytes().to_vec());
            if given == Some(expected.into_bytes()) {
                Ok(response)
            } else {
                let mut refused = ErrorResponse::new(None);
                *refused.status_mut() = tokio_tungstenite::tungstenite::http::StatusCode::UNAUTHORIZED;
                Err(refused)
            }
        };
        accept_hdr_async(stream, check).await.ok().map(|stream| Link { stream })
    }

    /// The next link, with its hello, welcomed.
    pub async fn accept(&self) -> (Link, FromMedia) {
        let mut link = self.try_accept().await.expect("a node with the right secret");
        let hello = link.wait_for(|message| matches!(message, FromMedia::Hello { .. })).await;
        link.send(&FromApi::Welcome).await;
        (link, hello)
    }
}

impl Link {
    pub async fn send(&mut self, command: &FromApi) {
        self.stream.send(Message::text(serde_json::to_string(command).unwrap())).await.unwrap();
    }

    /// The next message that `wanted` accepts.
    pub async fn wait_for(&mut self, wanted: impl Fn(&FromMedia) -> bool) -> FromMedia {
        let search = async {
            loop {
                let Some(Ok(message)) = self.stream.next().await else { panic!("the link closed") };
                let Message::Text(text) = message else { continue };
                let message: FromMedia = serde_json::from_str(&text).unwrap();
                if wanted(&message) {
                    return message;
                }
            }
        };
        timeout(PATIENCE, search).await.expect("the node did not say it")
    }
}
