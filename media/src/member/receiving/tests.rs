//! What the worker is asked for, without any network.

use super::*;
use crate::config::Config;
use crate::room::{Routers, Sending};
use crate::workers::Workers;
use protocol::room::Source;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

/// Ada, who sends a camera in three sizes, a screen and a voice, and Bob, who receives them: with Bob's consumers.
struct Pair {
    ada: MemberMedia,
    bob: MemberMedia,
}

impl Pair {
    async fn new() -> Self {
        let workers = Arc::new(Workers::start(&config()).await.unwrap());
        let capabilities = serde_json::to_value(workers.router(0).await.unwrap().router.rtp_capabilities()).unwrap();
        let routers = Routers::new(workers, 10);
        let mut ada = MemberMedia::new(&routers, capabilities.clone()).await.unwrap();
        ada.create_send_transport().await.unwrap();
        let bob = MemberMedia::new(&routers, capabilities).await.unwrap();
        Self { ada, bob }
    }

    /// Ada sends this; the id of Bob's consumer.
    async fn send(&mut self, source: Source) -> String {
        let producer = self.ada.produce(source, parameters(source), false).await.unwrap();
        let sending = Sending { producer, person: "account:ada".into(), source, router: self.ada.router() };
        self.bob.consume(&[sending]).await.remove(0).id
    }

    async fn receive(&self, wanted: &[(&str, Option<u8>)]) {
        let wanted: Vec<Receiving> =
            wanted.iter().map(|(id, layer)| Receiving { consumer: (*id).to_owned(), layer: *layer }).collect();
        self.bob.set_receiving(&wanted).await.unwrap();
    }

    /// Whether the consumer is paused, and the layer that is wished for.
    fn state(&self, id: &str) -> (bool, Option<u8>) {
        let consumer = &self.bob.consumers[id];
        (consumer.paused(), consumer.preferred_layers().map(|layers| layers.spatial_layer))
    }
}

#[tokio::test]
async fn e4_the_wished_layer_reaches_the_consumer_before_its_picture_flows() {
    let mut pair = Pair::new().await;
    let camera = pair.send(Source::Camera).await;
    assert!(pair.state(&camera).0, "nothing flows before the page asks for it");
    for layer in [0, 1, 2] {
        pair.receive(&[(&camera, Some(layer))]).await;
        assert_eq!(pair.state(&camera), (false, Some(layer)));
    }
    pair.receive(&[(&camera, Some(9))]).await;
    assert_eq!(pair.state(&camera), (false, Some(2)), "there is nothing larger");
    pair.receive(&[(&camera, None)]).await;
    assert_eq!(pair.state(&camera), (true, Some(2)));
}

#[tokio::test]
async fn e4_a_voice_is_never_paused() {
    let mut pair = Pair::new().await;
    let voice = pair.send(Source::Microphone).await;
    pair.bob.resume(std::slice::from_ref(&voice)).await.unwrap();
    pair.receive(&[(&voice, None)]).await;
    assert!(!pair.state(&voice).0);
}

#[tokio::test]
async fn e4_unknown_and_repeated_ids_are_ignored() {
    let mut pair = Pair::new().await;
    let camera = pair.send(Source::Camera).await;
    let unknown = "0a0b0c0d-0000-4000-8000-000000000000";
    pair.receive(&[(unknown, Some(1)), ("nonsense", None), (&camera, Some(1)), (&camera, None), (&camera, Some(2))])
        .await;
    assert_eq!(pair.state(&camera), (false, Some(1)), "the first word counts");
}

#[tokio::test]
async fn h4_a_screen_goes_before_cameras_and_has_one_size() {
    let mut pair = Pair::new().await;
    let (camera, screen) = (pair.send(Source::Camera).await, pair.send(Source::Screen).await);
    let priority = |id: &str| pair.bob.consumers[id].priority();
    assert!(priority(&screen) > priority(&camera));
    pair.receive(&[(&screen, Some(0))]).await;
    assert_eq!(pair.state(&screen), (false, None));
}

fn parameters(source: Source) -> Value {
    let (codec, encodings) = match source {
        Source::Camera => (vp8(), json!([{"rid": "r0"}, {"rid": "r1"}, {"rid": "r2"}])),
        Source::Screen => (vp8(), json!([{"ssrc": 2000}])),
        Source::Microphone | Source::ScreenAudio => (opus(), json!([{"ssrc": 3000}])),
    };
    let number = source as u8;
    json!({
        "mid": number.to_string(),
        "codecs": [codec],
        "headerExtensions": [
            {"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 1, "encrypt": false, "parameters": {}},
            {"uri": "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "id": 2, "encrypt": false, "parameters": {}},
        ],
        "encodings": encodings,
        "rtcp": {"cname": "", "reducedSize": true},
    })
}

fn vp8() -> Value {
    json!({"mimeType": "video/VP8", "payloadType": 96, "clockRate": 90_000, "parameters": {}, "rtcpFeedback": []})
}

fn opus() -> Value {
    json!({
        "mimeType": "audio/opus", "payloadType": 111, "clockRate": 48_000, "channels": 2, "parameters": {}, "rtcpFeedback": [],
    })
}

fn config() -> Config {
    Config {
        listen: "127.0.0.1:0".into(),
        public_url: None,
        rtc_listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
        rtc_port: 0,
        announced_address: "127.0.0.1".into(),
        workers: 1,
        router_members: 10,
        links: Vec::new(),
        link_certificate: None,
        secret: "nobody else's".into(),
        tls: None,
        max_viewers: 10,
        recordings: "nowhere".into(),
        renders: 1,
        ffmpeg: "ffmpeg".into(),
        renderer: "nothing".into(),
        render_silence: Duration::from_secs(600),
        render_spare: Duration::from_secs(600),
        recording_block: Duration::from_secs(7200),
        recording_silence: Duration::from_secs(3600),
        silence: Duration::from_secs(35),
    }
}
