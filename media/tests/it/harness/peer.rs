//! One WebRTC transport as a browser has it: ICE, DTLS and SRTP over a UDP socket, and nothing of what pictures or sound hold.

use protocol::signalling::Transport;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Instant;
use str0m::format::{Codec, FormatParams};
use str0m::ice::IceCreds;
use str0m::media::{Frequency, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{Extension, RtpWrite, Ssrc};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::time::{sleep_until, timeout_at};

pub struct Peer {
    rtc: Rtc,
    socket: UdpSocket,
    address: SocketAddr,
    pub(super) connected: bool,
}

impl Peer {
    /// The other end of a node's transport, for Opus with one payload type and one `mid`.
    pub async fn new(transport: &Transport, payload_type: u8, mid: &str) -> Self {
        let mut peer = Self::with(transport, &[(payload_type, Codec::Opus)]).await;
        peer.rtc.direct_api().declare_media(Mid::from(mid), MediaKind::Audio);
        peer
    }

    /// For VP8 with one `mid`.
    pub async fn camera(transport: &Transport, payload_type: u8, mid: &str) -> Self {
        let mut peer = Self::with(transport, &[(payload_type, Codec::Vp8)]).await;
        peer.rtc.direct_api().declare_media(Mid::from(mid), MediaKind::Video);
        peer
    }

    /// For whatever a node sends.
    pub async fn receiving(transport: &Transport) -> Self {
        Self::with(transport, &[(100, Codec::Opus), (101, Codec::Vp8)]).await
    }

    async fn with(transport: &Transport, codecs: &[(u8, Codec)]) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let mut config = RtcConfig::new()
            .set_rtp_mode(true)
            .clear_codecs()
            .clear_extension_map()
            .set_extension(1, Extension::RtpMid)
            .set_dtls_version(str0m::config::DtlsVersion::Dtls12);
        for (payload_type, codec) in codecs {
            let format = FormatParams::default();
            let (rate, channels) =
                if codec.is_audio() { (Frequency::FORTY_EIGHT_KHZ, Some(2)) } else { (Frequency::NINETY_KHZ, None) };
            config.codec_config().add_config((*payload_type).into(), None, *codec, rate, channels, format);
        }
        let mut rtc = config.build(Instant::now());
        rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
        rtc.add_remote_candidate(Candidate::host(udp_address(transport), "udp").unwrap());
        let mut direct = rtc.direct_api();
        direct.set_ice_controlling(true);
        direct.set_remote_ice_credentials(IceCreds {
            ufrag: text(&transport.ice_parameters["usernameFragment"]),
            pass: text(&transport.ice_parameters["password"]),
        });
        direct.set_remote_fingerprint(fingerprint(transport).parse().unwrap());
        direct.start_dtls(true).unwrap();
        Self { rtc, socket, address, connected: false }
    }

    /// What the node must be told to accept the handshake.
    pub fn dtls_parameters(&mut self) -> Value {
        let fingerprint = self.rtc.direct_api().local_dtls_fingerprint().to_string();
        let (algorithm, value) = fingerprint.split_once(' ').expect("an algorithm and its value");
        json!({"role": "client", "fingerprints": [{"algorithm": algorithm, "value": value}]})
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

    /// Sends one packet every 20 ms, each with this payload, from the moment the transport is connected.
    pub async fn send(mut self, ssrc: u32, mid: &str, payload_type: u8, payload: &[u8]) -> ! {
        let ssrc = Ssrc::from(ssrc);
        self.rtc.direct_api().declare_stream_tx(ssrc, None, Mid::from(mid), None);
        let mut number: u32 = 0;
        let mut next = Instant::now();
        loop {
            if self.connected {
                let packet = RtpWrite::new(
                    payload_type.into(),
                    u64::from(number).into(),
                    number * 960,
                    Instant::now(),
                    payload.to_vec(),
                );
                self.rtc.direct_api().stream_tx(&ssrc).unwrap().write_rtp(packet);
                number += 1;
            }
            next += std::time::Duration::from_millis(20);
            while Instant::now() < next {
                self.step(next).await;
            }
        }
    }

    /// The payload of the first packet that comes.
    pub async fn receive(&mut self) -> Vec<u8> {
        loop {
            let soon = Instant::now() + std::time::Duration::from_millis(100);
            if let Some(Event::RtpPacket(packet)) = self.step(soon).await {
                return packet.payload.to_vec();
            }
        }
    }

    /// Does what is due, at the longest until `until`.
    pub(super) async fn step(&mut self, until: Instant) -> Option<Event> {
        let due = match self.rtc.poll_output().unwrap() {
            Output::Transmit(packet) => {
                self.socket.send_to(&packet.contents, packet.destination).await.unwrap();
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
        self.rtc.handle_input(input).unwrap();
        None
    }
}

fn udp_address(transport: &Transport) -> SocketAddr {
    let candidates = transport.ice_candidates.as_array().unwrap();
    let udp = candidates.iter().find(|candidate| candidate["protocol"] == "udp").unwrap();
    let port = udp["port"].as_u64().unwrap();
    SocketAddr::new(text(&udp["address"]).parse().unwrap(), u16::try_from(port).unwrap())
}

fn fingerprint(transport: &Transport) -> String {
    let all = transport.dtls_parameters["fingerprints"].as_array().unwrap();
    let sha256 = all.iter().find(|one| one["algorithm"] == "sha-256").unwrap();
    format!("sha-256 {}", text(&sha256["value"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
