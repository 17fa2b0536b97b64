//! One WebRTC transport as a browser has it: ICE, DTLS and SRTP over a UDP socket, and nothing of what pictures or sound hold.

use super::rtc;
use protocol::signalling::Transport;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI8, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use str0m::format::{Codec, FormatParams};
use str0m::media::{Frequency, MediaKind, Mid, Rid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{Extension, ExtensionValues, RtpWrite, Ssrc};
use str0m::{Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::time::{sleep_until, timeout_at};

pub struct Peer {
    rtc: Rtc,
    socket: UdpSocket,
    address: SocketAddr,
    pub(super) connected: bool,
    mid: Mid,
    /// Datagrams with sound or picture that came, whatever they carry.
    pub received: Arc<AtomicU64>,
    pub sent: Arc<AtomicU64>,
    /// How loud it says that what it sends is, in decibels: 0 is the loudest, -127 silence.
    pub loudness: Arc<AtomicI8>,
}

/// What is sent, and how much of it.
#[derive(Clone, Debug)]
pub struct Sending {
    /// SSRC and payload type of each stream.
    pub streams: Vec<(u32, u8)>,
    pub payload: Vec<u8>,
    /// Packets of each stream every 20 ms.
    pub packets: u32,
}

/// The payload type of what is sent once more.
pub const REPEATED: u8 = 112;

impl Peer {
    /// The other end of a node's transport, for Opus with one payload type and one `mid`.
    pub async fn new(transport: &Transport, payload_type: u8, mid: &str) -> Self {
        let mut peer = Self::with(transport, &[(payload_type, Codec::Opus), (REPEATED, Codec::Opus)], mid).await;
        peer.rtc.direct_api().declare_media(Mid::from(mid), MediaKind::Audio);
        peer
    }

    /// For VP8 with one `mid`.
    pub async fn camera(transport: &Transport, payload_type: u8, mid: &str) -> Self {
        let mut peer = Self::with(transport, &[(payload_type, Codec::Vp8)], mid).await;
        peer.rtc.direct_api().declare_media(Mid::from(mid), MediaKind::Video);
        peer
    }

    /// For whatever a node sends.
    pub async fn receiving(transport: &Transport) -> Self {
        Self::with(transport, &[(100, Codec::Opus), (101, Codec::Vp8)], "0").await
    }

    async fn with(transport: &Transport, codecs: &[(u8, Codec)], mid: &str) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let mut config = RtcConfig::new()
            .set_rtp_mode(true)
            .clear_codecs()
            .clear_extension_map()
            .set_extension(1, Extension::RtpMid)
            .set_extension(2, Extension::AudioLevel)
            .set_dtls_version(str0m::config::DtlsVersion::Dtls12);
        for (payload_type, codec) in codecs {
            let format = FormatParams::default();
            let (rate, channels) =
                if codec.is_audio() { (Frequency::FORTY_EIGHT_KHZ, Some(2)) } else { (Frequency::NINETY_KHZ, None) };
            config.codec_config().add_config((*payload_type).into(), None, *codec, rate, channels, format);
        }
        let rtc = rtc::begin(config, transport, address);
        let (received, sent) = (Arc::default(), Arc::default());
        let loudness = Arc::new(AtomicI8::new(-127));
        Self { rtc, socket, address, connected: false, mid: Mid::from(mid), received, sent, loudness }
    }

    /// What the node must be told to accept the handshake.
    pub fn dtls_parameters(&mut self) -> Value {
        rtc::dtls_parameters(&mut self.rtc)
    }

    pub fn expect(&mut self, ssrc: u32, mid: &str) {
        self.rtc.direct_api().expect_stream_rx(Ssrc::from(ssrc), None, Mid::from(mid), None);
    }

    /// Of a `mid` of its own.
    pub(super) fn expect_of(&mut self, ssrc: u32, again: Option<u32>, mid: &str, audio: bool) {
        let kind = if audio { MediaKind::Audio } else { MediaKind::Video };
        let mut direct = self.rtc.direct_api();
        direct.declare_media(Mid::from(mid), kind);
        direct.expect_stream_rx(Ssrc::from(ssrc), again.map(Ssrc::from), Mid::from(mid), None);
    }

    pub(super) fn declare(&mut self, ssrc: u32, mid: &str) {
        self.rtc.direct_api().declare_stream_tx(Ssrc::from(ssrc), None, Mid::from(mid), None);
    }

    pub(super) fn write(&mut self, ssrc: u32, payload_type: u8, number: u32, time: u32, payload: &[u8]) {
        let packet =
            RtpWrite::new(payload_type.into(), u64::from(number).into(), time, Instant::now(), payload.to_vec())
                .marker(true);
        self.rtc.direct_api().stream_tx(&Ssrc::from(ssrc)).unwrap().write_rtp(packet);
    }

    /// Sends every 20 ms from the moment the transport is connected, for as long as there is one.
    pub async fn send(mut self, sending: Sending) {
        let Sending { streams, payload, packets } = sending;
        // All under one `mid`: what sets them apart here is not sent.
        for (number, (ssrc, _)) in streams.iter().enumerate() {
            let rid = Rid::from(number.to_string().as_str());
            self.rtc.direct_api().declare_stream_tx(Ssrc::from(*ssrc), None, self.mid, Some(rid));
        }
        let payload: Arc<[u8]> = payload.into();
        let mut number: u32 = 0;
        while self.rtc.is_alive() {
            let burst = if self.connected { packets } else { 0 };
            for _ in 0..burst {
                for (ssrc, payload_type) in &streams {
                    let sequence = u64::from(number).into();
                    let now = Instant::now();
                    let packet =
                        RtpWrite::new((*payload_type).into(), sequence, number * 960, now, Arc::clone(&payload))
                            .ext_vals(self.said());
                    self.rtc.direct_api().stream_tx(&Ssrc::from(*ssrc)).unwrap().write_rtp(packet);
                    self.sent.fetch_add(1, Ordering::Relaxed);
                }
                number += 1;
            }
            let next = Instant::now() + Duration::from_millis(20);
            while Instant::now() < next && self.rtc.is_alive() {
                self.step(next).await;
            }
        }
    }

    /// What it says of each packet of sound.
    fn said(&self) -> ExtensionValues {
        let audio_level = Some(self.loudness.load(Ordering::Relaxed));
        ExtensionValues { audio_level, voice_activity: Some(false), ..ExtensionValues::default() }
    }

    /// Takes what comes, for ever.
    pub async fn listen(mut self) {
        while self.rtc.is_alive() {
            self.step(Instant::now() + Duration::from_millis(100)).await;
        }
    }

    /// The payload of the first packet that comes.
    pub async fn receive(&mut self) -> Vec<u8> {
        loop {
            let soon = Instant::now() + Duration::from_millis(100);
            if let Some(Event::RtpPacket(packet)) = self.step(soon).await {
                return packet.payload.to_vec();
            }
        }
    }

    /// Does what is due, at the longest until `until`.
    pub(super) async fn step(&mut self, until: Instant) -> Option<Event> {
        // The node has ended the transport.
        let Ok(output) = self.rtc.poll_output() else {
            self.rtc.disconnect();
            return None;
        };
        let due = match output {
            Output::Transmit(packet) => {
                // The node may be gone.
                let _ = self.socket.send_to(&packet.contents, packet.destination).await;
                return None;
            }
            Output::Event(event) => {
                self.connected |= matches!(event, Event::Connected);
                return Some(event);
            }
            Output::Timeout(due) => due.min(until),
        };
        let mut buffer = [0; 2000];
        let received = timeout_at(due.into(), self.socket.recv_from(&mut buffer)).await;
        let now = Instant::now();
        if let Ok(Ok((length, _))) = &received
            && rtc::is_rtp(&buffer[..*length])
        {
            self.received.fetch_add(1, Ordering::Relaxed);
        }
        let input = match received {
            Ok(Ok((length, from))) => match Receive::new(Protocol::Udp, from, self.address, &buffer[..length]) {
                Ok(receive) => Input::Receive(now, receive),
                Err(_unknown) => Input::Timeout(now),
            },
            _ => {
                sleep_until(due.into()).await;
                Input::Timeout(Instant::now())
            }
        };
        if self.rtc.handle_input(input).is_err() {
            self.rtc.disconnect();
        }
        None
    }
}
