//! Somebody who watches: joins as a page does, and takes what comes.

use crate::peer::{Peer, Woken, config};
use crate::publisher::MARK;
use crate::rtc::is_rtp;
use crate::server::pass;
use crate::signalling::{Failure, Signalling};
use crate::tally::{Streams, Tally};
use protocol::signalling::Consumer;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use str0m::format::{Codec, FormatParams};
use str0m::media::{Frequency, MediaKind, Mid};
use str0m::rtp::{Extension, Ssrc};
use str0m::{Event, RtcConfig};
use tokio::task::JoinHandle;

/// How much a viewer does with what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// As a browser: everything is decrypted, and the node is told what came, what is missing and when (TWCC, NACK, reports).
    Whole,
    /// Everything up to the handshake and to stay connected; sound and picture are counted by their open heads and thrown away.
    Counting,
}

pub struct Viewer {
    pub tally: Arc<Tally>,
    pub times: Times,
    media: JoinHandle<()>,
    signalling: JoinHandle<Failure>,
}

/// When the way in had come how far.
pub struct Times {
    pub began: Instant,
    pub welcome: Instant,
    pub joined: Instant,
}

impl Viewer {
    /// In the room, and about to receive what is sent there.
    pub async fn enter(address: SocketAddr, session: &str, person: &str, care: Care) -> Result<Self, Failure> {
        Self::with(address, pass(session, person, false), care).await
    }

    /// The same with another pass.
    pub async fn with(address: SocketAddr, pass: String, care: Care) -> Result<Self, Failure> {
        let began = Instant::now();
        let mut signalling = Signalling::connect(address).await?;
        let welcome = Instant::now();
        let (transport, consumers) = signalling.join(pass).await?;
        let times = Times { began, welcome, joined: Instant::now() };
        let mut peer = Peer::new(receiving(config(), &consumers), &transport).await;
        expect(&mut peer, &consumers);
        let ids = consumers.into_iter().map(|consumer| consumer.id).collect();
        signalling.receive(peer.dtls_parameters(), ids).await?;
        Ok(Self::new(peer, care, times, signalling.stay()))
    }

    /// Who has come in already, and ends with `stay`.
    pub fn new(peer: Peer, care: Care, times: Times, stay: impl Future<Output = Failure> + Send + 'static) -> Self {
        let tally = Arc::<Tally>::default();
        let media = tokio::spawn(watch(peer, care, Arc::clone(&tally)));
        Self { tally, times, media, signalling: tokio::spawn(stay) }
    }

    /// Whether the node still has this viewer.
    pub fn is_inside(&self) -> bool {
        !self.signalling.is_finished()
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.media.abort();
        self.signalling.abort();
    }
}

async fn watch(mut peer: Peer, care: Care, tally: Arc<Tally>) {
    let mut streams = Streams::default();
    let mut buffer = vec![0; 2000];
    settle(&mut peer, &tally);
    loop {
        match peer.wait().await {
            Woken::Due => settle(&mut peer, &tally),
            Woken::Datagrams => {
                while let Some(length) = peer.next(&mut buffer) {
                    let datagram = &buffer[..length];
                    let media = is_rtp(datagram);
                    if media && let Some(sent) = streams.sent(datagram) {
                        tally.note(length, sent);
                    }
                    // Of what is encrypted with the keys of the handshake, nothing is looked at.
                    let skipped = care == Care::Counting && tally.is_connected() && (media || is_rtcp(datagram));
                    if !skipped {
                        peer.feed(datagram);
                        settle(&mut peer, &tally);
                    }
                }
            }
        }
    }
}

fn settle(peer: &mut Peer, tally: &Tally) {
    peer.settle(|event| match event {
        Event::Connected => tally.note_connected(),
        Event::RtpPacket(packet) => tally.note_decrypted(packet.payload.ends_with(MARK)),
        _ => {}
    });
}

fn is_rtcp(datagram: &[u8]) -> bool {
    datagram.len() >= 2 && (128..192).contains(&datagram[0]) && (192..224).contains(&datagram[1])
}

/// The codecs and header extensions of what is received.
fn receiving(mut config: RtcConfig, consumers: &[Consumer]) -> RtcConfig {
    let mut payload_types = Vec::new();
    for Consumer { source, rtp_parameters, .. } in consumers {
        for extension in list(&rtp_parameters["headerExtensions"]) {
            let known = [Extension::RtpMid, Extension::AbsoluteSendTime, Extension::TransportSequenceNumber];
            if let Some(known) = known.into_iter().find(|known| extension["uri"] == known.as_uri()) {
                config = config.set_extension(byte(&extension["id"]), known);
            }
        }
        let codecs = list(&rtp_parameters["codecs"]);
        let payload_type = byte(&codecs[0]["payloadType"]);
        let again = codecs.get(1).map(|codec| byte(&codec["payloadType"]).into());
        if payload_types.contains(&payload_type) {
            continue;
        }
        payload_types.push(payload_type);
        let (codec, rate, channels) = match source.is_audio() {
            true => (Codec::Opus, Frequency::FORTY_EIGHT_KHZ, Some(2)),
            false => (Codec::Vp8, Frequency::NINETY_KHZ, None),
        };
        let format = FormatParams::default();
        config.codec_config().add_config(payload_type.into(), again, codec, rate, channels, format);
    }
    config
}

/// The streams of what is received.
fn expect(peer: &mut Peer, consumers: &[Consumer]) {
    let mut direct = peer.rtc.direct_api();
    for Consumer { source, rtp_parameters, .. } in consumers {
        let mid = Mid::from(rtp_parameters["mid"].as_str().expect("a consumer has a mid"));
        let encoding = &rtp_parameters["encodings"][0];
        let ssrc = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok()).map(Ssrc::from);
        direct.declare_media(mid, if source.is_audio() { MediaKind::Audio } else { MediaKind::Video });
        let own = ssrc(&encoding["ssrc"]).expect("a consumer has an SSRC");
        direct.expect_stream_rx(own, ssrc(&encoding["rtx"]["ssrc"]), mid, None);
    }
    direct.enable_twcc_feedback();
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn byte(value: &Value) -> u8 {
    value.as_u64().and_then(|number| u8::try_from(number).ok()).expect("a number below 256")
}
