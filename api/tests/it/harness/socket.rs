//! A hand-written graphql-transport-ws client.

use super::PATIENCE;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    pub async fn open(address: &str, cookie: Option<&str>) -> Self {
        Self::open_from(address, cookie, None).await
    }

    /// As a page of this origin would.
    pub async fn open_from(address: &str, cookie: Option<&str>, origin: Option<&str>) -> Self {
        let url = format!("{}/graphql/ws", address.replace("http://", "ws://"));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        if let Some(cookie) = cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        Self { stream: connect_async(request).await.unwrap().0 }
    }

    /// Says hello; gives the acknowledgement.
    pub async fn init(&mut self) -> Value {
        self.send(json!({ "type": "connection_init" })).await;
        let ack = self.receive().await;
        assert_eq!(ack["type"], "connection_ack");
        ack
    }

    pub async fn send(&mut self, message: Value) {
        self.stream.send(Message::text(message.to_string())).await.unwrap();
    }

    /// Subscribes. The operation starts by itself: wait for it with `wait_for_listeners` or `answer_to`.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// The next frame of the protocol.
    pub async fn receive(&mut self) -> Value {
        timeout(PATIENCE, self.next()).await.expect("no frame came").expect("the socket closed")
    }

    /// The next frame, while `nudge` is called again and again: for a subscription that may not listen yet.
    pub async fn answer_to(&mut self, mut nudge: impl AsyncFnMut()) -> Value {
        let answer = async {
            loop {
                nudge().await;
                if let Some(frame) = self.receive_within(Duration::from_millis(100)).await {
                    return frame;
                }
            }
        };
        timeout(PATIENCE, answer).await.expect("no frame came")
    }

    /// The next frame, or nothing within `wait`: for what must not come.
    pub async fn receive_within(&mut self, wait: Duration) -> Option<Value> {
        timeout(wait, self.next()).await.ok().flatten()
    }

    /// The data of the next `next` frame of the operation, without errors.
    pub async fn data(&mut self, id: &str) -> Value {
        let mut frame = self.receive().await;
        assert_eq!((&frame["type"], &frame["id"]), (&json!("next"), &json!(id)), "{frame}");
        assert!(frame["payload"]["errors"].is_null(), "{frame}");
        frame["payload"]["data"].take()
    }

    /// The code with which the server closes the socket.
    pub async fn close_code(&mut self) -> u16 {
        let closed = async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                    Some(Ok(_)) => {}
                    other => panic!("no close frame: {other:?}"),
                }
            }
        };
        timeout(PATIENCE, closed).await.expect("the socket stayed open")
    }

    async fn next(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await? {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }
}
