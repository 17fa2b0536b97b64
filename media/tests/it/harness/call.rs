//! Two ends of a call with real packets: somebody who sends sound and does not stop for anything, and somebody who counts
//! what comes.

use super::peer::REPEATED;
use super::{Browser, Peer, Sending, within};
use protocol::pass::Pass;
use protocol::room::Source;
use protocol::signalling::{ClientMessage, Direction, ServerMessage, Transport};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI8, AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// After this nothing may come any more of somebody who may not send.
const END: Duration = Duration::from_millis(500);

/// For how long nothing comes then.
const SILENCE: Duration = Duration::from_secs(2);

/// Somebody who sends from the moment of joining, as the own stream, as another one and as if repeated.
pub struct Voice {
    pub browser: Browser,
    /// How loud it says that it is; silent at first.
    pub loudness: Arc<AtomicI8>,
    sent: Arc<AtomicU64>,
    tasks: Vec<JoinHandle<()>>,
}

impl Voice {
    /// With the right to share: on screen with a microphone.
    pub async fn start(address: SocketAddr, pass: &Pass) -> Self {
        let mut browser = Browser::enter(address, pass).await;
        let transport = browser.create_send_transport().await;
        let mut voice = send_on(browser, &transport, Direction::Send).await;
        voice.browser.produce(Source::Microphone).await.unwrap();
        voice
    }

    /// Sends the same on a transport to send on.
    pub async fn also_on(&mut self, transport: &Transport) {
        let Begun { loudness, sent, task } = begin(&mut self.browser, transport, Direction::Send).await;
        (self.loudness, self.sent) = (loudness, sent);
        self.tasks.push(task);
    }

    /// Leaves at once: no seat is held.
    pub async fn leave(&mut self) {
        let answer = self.browser.request(|id| ClientMessage::Leave { id }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    }

    /// Waits until more packets have gone out.
    pub async fn goes_on(&self) {
        more_than(&self.sent, 10, "packets that are sent").await;
    }
}

/// Sends sound on a transport, whatever it is for.
pub async fn send_on(mut browser: Browser, transport: &Transport, direction: Direction) -> Voice {
    let Begun { loudness, sent, task } = begin(&mut browser, transport, direction).await;
    Voice { browser, loudness, sent, tasks: vec![task] }
}

struct Begun {
    loudness: Arc<AtomicI8>,
    sent: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

async fn begin(browser: &mut Browser, transport: &Transport, direction: Direction) -> Begun {
    let mut peer = Peer::new(transport, 111, "0").await;
    browser.connect_transport(direction, &mut peer).await;
    let (loudness, sent) = (Arc::clone(&peer.loudness), Arc::clone(&peer.sent));
    let streams = vec![(1000, 111), (4242, 111), (1001, REPEATED)];
    let sending = Sending { streams, payload: b"a sound".to_vec(), packets: 1 };
    Begun { loudness, sent, task: tokio::spawn(peer.send(sending)) }
}

/// Somebody who takes whatever comes, and counts it.
pub struct Ear {
    pub browser: Browser,
    received: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Ear {
    /// Hears everything that is sent in the room at this moment.
    pub async fn join(address: SocketAddr, pass: &Pass) -> Self {
        let mut browser = Browser::connect(address).await;
        let joined = browser.join(pass).await;
        let mut peer = Peer::new(&joined.receive_transport, 111, "0").await;
        browser.connect_transport(Direction::Receive, &mut peer).await;
        browser.resume(joined.consumers.into_iter().map(|consumer| consumer.id).collect()).await;
        Self { browser, received: Arc::clone(&peer.received), task: tokio::spawn(peer.listen()) }
    }

    /// Hears what the next one starts to send.
    pub async fn add(&mut self) {
        let consumer = self.browser.consumer_added().await.id;
        self.browser.resume(vec![consumer]).await;
    }

    pub async fn hears(&self, what: &str) {
        more_than(&self.received, 10, what).await;
    }

    /// From half a second from now on, not one packet comes for two seconds.
    pub async fn hears_nothing(&self, of: &str) {
        sleep(END).await;
        let before = self.received.load(Ordering::Relaxed);
        sleep(SILENCE).await;
        assert_eq!(self.received.load(Ordering::Relaxed) - before, 0, "packets of {of}");
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn more_than(counter: &AtomicU64, more: u64, what: &str) {
    let before = counter.load(Ordering::Relaxed);
    let counted = async {
        while counter.load(Ordering::Relaxed) <= before + more {
            sleep(Duration::from_millis(20)).await;
        }
    };
    within(what, counted).await;
}
