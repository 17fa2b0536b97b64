//! Pictures as the worker sees them: who sends tiny ones, and who counts what comes.

use super::Browser;
use super::peer::Peer;
use protocol::pass::Pass;
use protocol::room::Source;
use protocol::signalling::{Consumer, Direction, Transport};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use str0m::Event;

/// VP8 with one byte of description and the first bytes of a picture: the worker reads no further.
const KEY_PICTURE: [u8; 11] = [0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x10, 0, 0x10, 0];
const OTHER_PICTURE: [u8; 11] = [0x10, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0];

pub const NOTHING_LOST: fn(u32) -> bool = |_| false;

/// Somebody whose camera is on.
pub struct Face {
    pub browser: Browser,
    sending: tokio::task::JoinHandle<()>,
}

impl Face {
    /// On screen, with a picture so often.
    pub async fn start(address: SocketAddr, pass: &Pass, every: Duration, lost: fn(u32) -> bool) -> Self {
        let mut browser = Browser::enter(address, pass).await;
        let transport = browser.create_send_transport().await;
        let mut peer = Peer::camera(&transport, 96, "1").await;
        browser.connect_transport(Direction::Send, &mut peer).await;
        browser.produce(Source::Camera).await.unwrap();
        let sending = tokio::spawn(send_pictures(peer, 1001, "1".into(), every, lost));
        Self { browser, sending }
    }
}

impl Drop for Face {
    fn drop(&mut self) {
        self.sending.abort();
    }
}

/// What has come from one sender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    pub packets: u32,
    /// Whether the first picture after the last look began a stream of pictures.
    pub begins_with_key: Option<bool>,
}

/// Sends a picture of one packet so often, a key picture when one is asked for; leaves out every packet for which `lost` says so.
async fn send_pictures(mut peer: Peer, ssrc: u32, mid: String, every: Duration, lost: fn(u32) -> bool) {
    peer.declare(ssrc, &mid);
    let (mut number, mut key) = (0, true);
    let mut next = Instant::now();
    loop {
        if peer.connected {
            let picture = if key { KEY_PICTURE } else { OTHER_PICTURE };
            if !lost(number) || key {
                peer.write(ssrc, 96, number, number * 9_000, &picture);
                key = false;
            }
            number += 1;
        }
        next += every;
        while Instant::now() < next {
            key |= matches!(peer.step(next).await, Some(Event::KeyframeRequest(_)));
        }
    }
}

/// Everything that a receiver gets, counted while it is kept.
pub struct Counting {
    came: Arc<Mutex<HashMap<u32, Came>>>,
    ssrcs: HashMap<String, u32>,
    task: tokio::task::JoinHandle<()>,
}

impl Counting {
    /// The other end of a transport to receive on; gives the parameters with which it is connected, too.
    pub async fn start(transport: &Transport, consumers: &[Consumer]) -> (Self, serde_json::Value) {
        let mut peer = Peer::receiving(transport).await;
        let mut ssrcs = HashMap::new();
        for consumer in consumers {
            let encoding = &consumer.rtp_parameters["encodings"][0];
            let ssrc = number(&encoding["ssrc"]).expect("an SSRC");
            let mid = consumer.rtp_parameters["mid"].as_str().unwrap();
            peer.expect_of(ssrc, number(&encoding["rtx"]["ssrc"]), mid, consumer.source.is_audio());
            ssrcs.insert(consumer.id.clone(), ssrc);
        }
        let parameters = peer.dtls_parameters();
        let came = Arc::<Mutex<HashMap<u32, Came>>>::default();
        let counted = Arc::clone(&came);
        let task = tokio::spawn(async move {
            loop {
                let soon = Instant::now() + Duration::from_millis(100);
                if let Some(Event::RtpPacket(packet)) = peer.step(soon).await {
                    let mut all = counted.lock().unwrap();
                    let came = all.entry(*packet.header.ssrc).or_default();
                    came.packets += 1;
                    came.begins_with_key.get_or_insert_with(|| is_key(&packet.payload));
                }
            }
        });
        (Self { came, ssrcs, task }, parameters)
    }

    /// What came for this consumer so far.
    pub fn of(&self, consumer: &str) -> Came {
        self.came.lock().unwrap().get(&self.ssrcs[consumer]).copied().unwrap_or_default()
    }

    /// Looks from here on, as if nothing had come.
    pub fn forget(&self, consumer: &str) {
        self.came.lock().unwrap().remove(&self.ssrcs[consumer]);
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Whether the payload begins a key picture; how long its description is, the payload itself says.
pub fn is_key(payload: &[u8]) -> bool {
    payload.ends_with(&KEY_PICTURE[1..])
}

fn number(value: &serde_json::Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}
