//! An api that a test speaks for: it accepts links of a media node that knows the secret, and hears what that says.

use super::store::{self, Stored};
use super::{SECRET, within};
use futures_util::{SinkExt, StreamExt};
use protocol::link::{FromApi, FromMedia, LINK_VERSION, PeopleChange, RoomState};
use protocol::pass::key;
use protocol::recording::Block;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

pub struct FakeApi {
    address: SocketAddr,
    links: mpsc::UnboundedReceiver<Link>,
    refused: Arc<AtomicUsize>,
    stored: mpsc::UnboundedReceiver<Stored>,
    answers: store::Answers,
    accepting: tokio::task::JoinHandle<()>,
}

/// One link, from the api's side.
pub struct Link {
    wire: WebSocketStream<TcpStream>,
}

/// What a node said first.
pub struct Hello {
    pub address: String,
    pub rooms: Vec<RoomState>,
}

impl FakeApi {
    pub async fn start() -> Self {
        Self::on("127.0.0.1:0".parse().unwrap()).await
    }

    /// On an address that was an api's before.
    pub async fn on(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let refused = Arc::new(AtomicUsize::new(0));
        let (accepted, links) = mpsc::unbounded_channel();
        let (storing, stored) = mpsc::unbounded_channel();
        let answers = store::Answers::default();
        let store = store::Store { answers: Arc::clone(&answers), storing };
        let accepting = tokio::spawn(accept(listener, Arc::clone(&refused), accepted, store));
        Self { address, links, refused, stored, answers, accepting }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("ws://{}/media/link", self.address)
    }

    /// How often somebody came with a wrong secret.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    /// The next recordings that a node hands over are answered with these, before anything of them is read; those after them
    /// are taken.
    pub fn refuse_recordings(&self, answers: &[u16]) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// The next recording that a node hands over.
    pub async fn stored(&mut self) -> Stored {
        within("a recording", self.stored.recv()).await.unwrap()
    }

    /// The next link that a node opens, welcomed.
    pub async fn link(&mut self) -> (Link, Hello) {
        let (mut link, hello) = self.silent_link().await;
        link.say(&FromApi::Welcome).await;
        (link, hello)
    }

    /// The next link, which hears nothing from the api so far.
    pub async fn silent_link(&mut self) -> (Link, Hello) {
        let mut link = within("a link", self.links.recv()).await.unwrap();
        match link.hear().await {
            FromMedia::Hello { version, address, rooms } => {
                assert_eq!(version, LINK_VERSION);
                (link, Hello { address, rooms })
            }
            other => panic!("hello comes first, not {other:?}"),
        }
    }
}

impl Drop for FakeApi {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Link {
    pub async fn say(&mut self, command: &FromApi) {
        let text = serde_json::to_string(command).unwrap();
        self.wire.send(Message::text(text)).await.expect("the link is open");
    }

    /// Waits until the node tells of a room as `is` wants it.
    pub async fn room(&mut self, what: &str, is: impl Fn(&RoomState) -> bool) -> RoomState {
        within(what, async {
            loop {
                if let FromMedia::Rooms { rooms } = self.hear().await
                    && let Some(room) = rooms.into_iter().find(|room| is(room))
                {
                    return room;
                }
            }
        })
        .await
    }

    /// The next telling of who came into a room and who went.
    pub async fn people(&mut self) -> PeopleChange {
        within("who came and went", async {
            loop {
                if let FromMedia::People { mut rooms } = self.hear().await {
                    assert_eq!(rooms.len(), 1, "{rooms:?}");
                    return rooms.remove(0);
                }
            }
        })
        .await
    }

    /// The next telling of blocks of recordings.
    pub async fn blocks(&mut self) -> Vec<Block> {
        within("blocks", async {
            loop {
                if let FromMedia::Recordings { blocks } = self.hear().await {
                    return blocks;
                }
            }
        })
        .await
    }

    /// Waits until the node tells of a block as `is` wants it.
    pub async fn block(&mut self, what: &str, is: impl Fn(&Block) -> bool) -> Block {
        within(what, async {
            loop {
                if let Some(block) = self.blocks().await.into_iter().find(|block| is(block)) {
                    return block;
                }
            }
        })
        .await
    }

    /// What comes of `future`; the node's pings are answered meanwhile, and what else it says is not heard.
    pub async fn during<T>(&mut self, future: impl Future<Output = T>) -> T {
        tokio::select! {
            outcome = future => outcome,
            never = async { loop { self.hear().await; } } => never,
        }
    }

    /// Waits until the node ends the link.
    pub async fn ended(mut self) {
        within("the end of the link", async { while let Some(Ok(_)) = self.wire.next().await {} }).await;
    }

    /// What the node says next; its pings are answered, so that a test may take its time.
    async fn hear(&mut self) -> FromMedia {
        loop {
            match within("a message on the link", self.wire.next()).await {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text).unwrap() {
                    FromMedia::Ping => self.say(&FromApi::Ping).await,
                    message => return message,
                },
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("a message on the link, not {other:?}"),
            }
        }
    }
}

async fn accept(
    listener: TcpListener,
    refused: Arc<AtomicUsize>,
    accepted: mpsc::UnboundedSender<Link>,
    store: store::Store,
) {
    // What hangs on it ends with it.
    let mut storing = JoinSet::new();
    while let Ok((stream, _from)) = listener.accept().await {
        if store::is_put(&stream).await {
            storing.spawn(store::take(stream, store.clone()));
            continue;
        }
        let check = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            let expected = format!("Bearer {}", key(SECRET, "link"));
            if request.headers().get("authorization").is_some_and(|given| given == expected.as_str()) {
                return Ok(response);
            }
            refused.fetch_add(1, Ordering::Relaxed);
            let mut answer = ErrorResponse::new(None);
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
            Err(answer)
        };
        if let Ok(wire) = accept_hdr_async(stream, check).await {
            let _ = accepted.send(Link { wire });
        }
    }
}
