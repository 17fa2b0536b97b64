//! Somebody on screen, on a thread of their own so that busy viewers do not slow them down.

use crate::parameters;
use crate::peer::{Peer, Woken, config};
use crate::picture;
use crate::server::pass;
use crate::signalling::{Failure, Signalling};
use protocol::room::Source;
use protocol::signalling::{ClientMessage, Direction, ServerMessage};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use str0m::Event;
use str0m::format::{Codec, FormatParams};
use str0m::media::{Frequency, MediaKind, Mid};
use str0m::rtp::{Extension, RtpWrite, Ssrc};
use tokio::sync::oneshot;
use tokio::time::interval;

/// What every payload ends with.
pub const MARK: &[u8] = b"round table";

/// Bytes of a packet of sound: 32 kbit/s when somebody speaks.
const SOUND: usize = 80;

/// Bytes of a packet before its payload, without extensions.
const HEAD: usize = 12;

/// What is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sends {
    /// A microphone and a camera: 175 packets and 1.2 Mbit a second.
    SoundAndPicture,
    /// A microphone in a silence, in which Opus sends little: 5 packets a second.
    Silence,
}

impl Sends {
    fn every(self) -> Duration {
        match self {
            Self::SoundAndPicture => Duration::from_millis(20),
            Self::Silence => Duration::from_millis(200),
        }
    }

    fn sources(self) -> &'static [Source] {
        match self {
            Self::SoundAndPicture => &[Source::Microphone, Source::Camera],
            Self::Silence => &[Source::Microphone],
        }
    }
}

/// What was sent so far.
#[derive(Default)]
struct Sent {
    packets: AtomicU64,
    bytes: AtomicU64,
}

impl Sent {
    fn count(&self, payload: &[u8]) {
        self.packets.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add((HEAD + payload.len()) as u64, Ordering::Relaxed);
    }
}

/// Sends for as long as this lives.
pub struct Publisher {
    sent: Arc<Sent>,
    _stop: oneshot::Sender<()>,
}

impl Publisher {
    /// On screen in a room of the node, and connected.
    pub async fn start(address: SocketAddr, session: &str, sends: Sends) -> Self {
        Self::with(address, pass(session, "publisher", true), sends).await
    }

    /// The same with the pass of somebody else.
    pub async fn with(address: SocketAddr, pass: String, sends: Sends) -> Self {
        Self::on(sends, go_on_screen(address, pass, sends)).await
    }

    /// On a screen, and connected.
    pub async fn on(sends: Sends, screen: impl Future<Output = Result<Screen, Failure>> + Send + 'static) -> Self {
        let sent = Arc::<Sent>::default();
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = oneshot::channel();
        let counter = Arc::clone(&sent);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let publish = async move {
            let Screen { peer, streams, stay } = screen.await?;
            tokio::select! {
                failure = stay => Err::<(), _>(failure),
                () = send(peer, streams, sends, counter, ready) => Err("the transport ended".into()),
            }
        };
        let until_stopped = async move {
            tokio::select! {
                biased;
                // It ends when nobody holds the other end any more.
                _over = stopped => {}
                over = publish => panic!("the publisher is out: {over:?}"),
            }
        };
        let thread =
            std::thread::Builder::new().name("publisher".into()).spawn(move || runtime.block_on(until_stopped));
        thread.expect("a thread starts");
        is_ready.await.expect("the publisher comes on screen");
        Self { sent, _stop: stop }
    }

    /// Packets so far.
    pub fn sent(&self) -> u64 {
        self.sent.packets.load(Ordering::Relaxed)
    }

    /// Bytes of these packets, without what encryption adds.
    pub fn sent_bytes(&self) -> u64 {
        self.sent.bytes.load(Ordering::Relaxed)
    }
}

/// Where the publisher sends to, as what, and what goes on beside it.
pub struct Screen {
    pub peer: Peer,
    pub streams: Streams,
    pub stay: Pin<Box<dyn Future<Output = Failure> + Send>>,
}

/// SSRC of each stream.
pub struct Streams {
    pub sound: Ssrc,
    pub picture: Ssrc,
}

/// Payload types, as browsers number them.
const OPUS: u8 = 111;
const VP8: u8 = 96;

async fn go_on_screen(address: SocketAddr, pass: String, sends: Sends) -> Result<Screen, Failure> {
    let mut signalling = Signalling::connect(address).await?;
    signalling.join(pass).await?;
    let transport = match signalling.ask(|id| ClientMessage::CreateSendTransport { id }).await? {
        ServerMessage::SendTransport { transport, .. } => transport,
        other => return Err(format!("a transport, not {other:?}")),
    };
    let mut config = config().set_extension(1, Extension::RtpMid);
    let (codecs, format) = (config.codec_config(), FormatParams::default());
    codecs.add_config(OPUS.into(), None, Codec::Opus, Frequency::FORTY_EIGHT_KHZ, Some(2), format);
    codecs.add_config(VP8.into(), None, Codec::Vp8, Frequency::NINETY_KHZ, None, format);
    let mut peer = Peer::new(config, &transport).await;
    let streams = Streams { sound: Ssrc::from(1000), picture: Ssrc::from(1001) };
    let mut direct = peer.rtc.direct_api();
    for (mid, kind, ssrc) in [("0", MediaKind::Audio, streams.sound), ("1", MediaKind::Video, streams.picture)] {
        let mid = Mid::from(mid);
        direct.declare_media(mid, kind);
        direct.declare_stream_tx(ssrc, None, mid, None);
    }
    let (direction, dtls_parameters) = (Direction::Send, peer.dtls_parameters());
    signalling.ask(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters }).await?;
    for source in sends.sources() {
        let (source, rtp_parameters) = (*source, parameters::rtp(*source));
        signalling.ask(|id| ClientMessage::Produce { id, source, rtp_parameters, paused: false }).await?;
    }
    Ok(Screen { peer, streams, stay: Box::pin(signalling.stay()) })
}

async fn send(mut peer: Peer, streams: Streams, sends: Sends, sent: Arc<Sent>, ready: oneshot::Sender<()>) {
    let mut buffer = vec![0; 2000];
    let mut ready = Some(ready);
    let mut connected = false;
    let mut script = Script::default();
    // What could not be sent in time is sent when it can be.
    let mut tick = interval(sends.every());
    while peer.rtc.is_alive() {
        peer.settle(|event| connected |= matches!(event, Event::Connected));
        tokio::select! {
            _ = tick.tick(), if connected => {
                script.go_on(&mut peer, &streams, sends, &sent);
                if let Some(ready) = ready.take() {
                    let _ = ready.send(());
                }
            }
            woken = peer.wait() => {
                while matches!(woken, Woken::Datagrams) && let Some(length) = peer.next(&mut buffer) {
                    peer.feed(&buffer[..length]);
                    peer.settle(|event| connected |= matches!(event, Event::Connected));
                }
            }
        }
    }
}

/// How far it has come.
#[derive(Default)]
struct Script {
    ticks: u32,
    pictures: u64,
}

impl Script {
    /// What is due at one tick.
    fn go_on(&mut self, peer: &mut Peer, streams: &Streams, sends: Sends, sent: &Sent) {
        let mut sound = vec![0x5a; SOUND - MARK.len()];
        sound.extend(MARK);
        sent.count(&sound);
        let samples = u32::try_from(sends.every().as_millis()).unwrap_or_default() * 48;
        write(
            peer,
            streams.sound,
            OPUS,
            u64::from(self.ticks),
            self.ticks.wrapping_mul(samples),
            (sound.into(), false),
        );
        // 25 frames a second.
        if sends == Sends::SoundAndPicture && self.ticks.is_multiple_of(2) {
            let frame = self.ticks / 2;
            for index in 0..picture::PACKETS {
                let packet = picture::packet((frame % 0x8000) as u16, index);
                sent.count(&packet.0);
                write(peer, streams.picture, VP8, self.pictures, frame.wrapping_mul(3600), packet);
                self.pictures += 1;
            }
        }
        self.ticks += 1;
    }
}

fn write(peer: &mut Peer, ssrc: Ssrc, payload_type: u8, number: u64, time: u32, (payload, last): (Arc<[u8]>, bool)) {
    let packet = RtpWrite::new(payload_type.into(), number.into(), time, Instant::now(), payload).marker(last);
    let mut direct = peer.rtc.direct_api();
    direct.stream_tx(&ssrc).expect("the stream was declared").write_rtp(packet);
    // One packet at a time: `Rtc` wants to be asked after each.
    peer.settle(|_event| {});
}
