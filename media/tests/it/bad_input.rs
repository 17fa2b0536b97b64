//! Nonsense and floods from one member: refused or limited, written to the log once, and nobody else notices.

use crate::harness::{
    Browser, Ear, FakeApi, Peer, Sending, Voice, account, parameters, pass, refused, sign, viewer, within,
};
use crate::node::start_with;
use protocol::room::Source;
use protocol::signalling::{ClientMessage, CloseCode, Direction, ErrorCode, ServerMessage};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio_tungstenite::tungstenite::Message;

/// The program with its log, and a call in it: Bob hears Ada.
struct Call {
    address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
    bob: Ear,
    _ada: Voice,
    _program: (Child, FakeApi),
}

impl Call {
    async fn start() -> Self {
        let mut api = FakeApi::start().await;
        let (mut child, address) = start_with(&mut api, Stdio::piped()).await;
        let log = Arc::<Mutex<Vec<String>>>::default();
        let (mut lines, written) = (BufReader::new(child.stderr.take().unwrap()).lines(), Arc::clone(&log));
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                written.lock().unwrap().push(line);
            }
        });
        let ada = Voice::start(address, &pass("a", "ada")).await;
        let bob = Ear::join(address, &viewer("a", "bob")).await;
        bob.hears("the call").await;
        Self { address, log, bob, _ada: ada, _program: (child, api) }
    }

    /// Somebody with the right to share who has a transport to send on.
    async fn mallory(&self) -> Browser {
        let mut browser = Browser::enter(self.address, &pass("a", "mallory")).await;
        browser.create_send_transport().await;
        browser
    }

    async fn goes_on(&mut self, after: &str) {
        self.bob.hears(&format!("packets of the others after {after}")).await;
        let answer = self.bob.browser.request(|id| ClientMessage::Ping { id }).await;
        assert!(matches!(answer, ServerMessage::Ok { .. }), "after {after}: {answer:?}");
    }

    /// Lines of the log since the call began that tell of anything wrong.
    fn told(&self) -> Vec<String> {
        let log = self.log.lock().unwrap();
        log.iter().filter(|line| !line.contains("INFO") && !line.contains("link to the api")).cloned().collect()
    }

    /// Waits for a line with this, and sees that it is the only one.
    async fn told_once(&self, what: &str) {
        within(what, async {
            while !self.told().iter().any(|line| line.contains(what)) {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        })
        .await;
        let told = self.told();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].len() < 1000, "{}", told[0]);
    }
}

/// A camera's parameters with something else in one place.
fn with(pointer: &str, value: Value) -> Value {
    let mut parameters = parameters::simulcast();
    *parameters.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    parameters
}

fn long() -> String {
    "<b>\u{1b}[31m".repeat(10_000)
}

/// What no browser sends.
fn nonsense() -> Vec<(&'static str, Value)> {
    let encodings = |count: u32| (0..count).map(|number| json!({"ssrc": 5000 + number})).collect::<Vec<_>>();
    let codec = |change: Value| {
        let mut codec = parameters::rtp(Source::Camera)["codecs"][0].clone();
        codec.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        codec
    };
    let extension = |uri: &str, id: i64| json!([{"uri": uri, "id": id, "encrypt": false, "parameters": {}}]);
    let mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    vec![
        ("nothing", json!(null)),
        ("a list", json!([])),
        ("a number", json!(1e300)),
        ("a long string", json!(long())),
        ("no codecs", with("/codecs", json!([]))),
        ("codecs that are a word", with("/codecs", json!("video/VP8"))),
        ("an unknown codec", with("/codecs/0/mimeType", json!("video/AV7"))),
        ("a codec with a long name", with("/codecs/0/mimeType", json!(long()))),
        ("sound instead of a picture", parameters::rtp(Source::Microphone)),
        ("a payload type of 256", with("/codecs/0/payloadType", json!(256))),
        ("a payload type of 200", with("/codecs/0/payloadType", json!(200))),
        ("a clock rate of 0", with("/codecs/0/clockRate", json!(0))),
        ("another clock rate", with("/codecs/0/clockRate", json!(4_294_967_295_u32))),
        ("long parameters of a codec", with("/codecs/0/parameters", json!({"x": long()}))),
        ("the same codec twice", with("/codecs", json!([codec(json!({})), codec(json!({}))]))),
        ("100 codecs", with("/codecs", json!(vec![codec(json!({})); 100]))),
        ("what repeats nothing", with("/codecs/0", codec(json!({"mimeType": "video/rtx", "parameters": {"apt": 9}})))),
        ("an id of 0", with("/headerExtensions", extension(mid, 0))),
        ("an id of 300", with("/headerExtensions", extension(mid, 300))),
        ("a negative id", with("/headerExtensions", extension(mid, -1))),
        ("a header extension of nonsense", with("/headerExtensions", extension(&long(), 3))),
        ("1,000 header extensions", with("/headerExtensions", json!(vec![extension(mid, 1)[0].clone(); 1000]))),
        ("1,000 encodings", with("/encodings", json!(encodings(1000)))),
        ("no encodings", with("/encodings", json!([]))),
        ("the same stream twice", with("/encodings", json!([{"ssrc": 7}, {"ssrc": 7}]))),
        ("a stream that repeats itself", with("/encodings", json!([{"ssrc": 7, "rtx": {"ssrc": 7}}]))),
        ("the same rid twice", with("/encodings", json!([{"rid": "r0"}, {"rid": "r0"}]))),
        ("a long rid", with("/encodings", json!([{"rid": long()}]))),
        ("a stream beyond 32 bits", with("/encodings", json!([{"ssrc": 4_294_967_296_u64}]))),
        ("a negative stream", with("/encodings", json!([{"ssrc": -1}]))),
        ("99 layers", with("/encodings", json!([{"ssrc": 7, "scalabilityMode": "L99T99"}]))),
        ("a long mid", with("/mid", json!(long()))),
        ("a mid that is a number", with("/mid", json!(7))),
        ("a long name", with("/rtcp/cname", json!(long()))),
        ("no RTCP", with("/rtcp", json!(null))),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_instead_of_rtp_parameters_is_refused_and_harms_nobody() {
    let mut call = Call::start().await;
    let all = nonsense();
    for (place, some) in all.chunks(12).enumerate() {
        // A connection has so much to spend.
        let mut mallory = Browser::enter(call.address, &pass("a", &format!("mallory {place}"))).await;
        mallory.create_send_transport().await;
        for (what, parameters) in some {
            let result = mallory.produce_with(Source::Camera, parameters.clone()).await;
            assert_eq!(result, Err(ErrorCode::InvalidParameters), "{what}");
            call.bob.hears(&format!("packets of the others after {what}")).await;
        }
        mallory.produce(Source::Camera).await.expect("what is valid is accepted after that");
    }
    call.goes_on("all of it").await;
    let told = call.told();
    assert_eq!(told.len(), all.len().div_ceil(12), "one line for each connection: {told:#?}");
}

/// What is valid by itself may collide with what the same person sends already.
#[tokio::test(flavor = "multi_thread")]
async fn two_sources_with_one_mid_or_one_stream_are_refused() {
    let mut call = Call::start().await;
    let mut mallory = call.mallory().await;
    mallory.produce(Source::Microphone).await.unwrap();
    let mut same_mid = parameters::rtp(Source::Camera);
    same_mid["mid"] = json!("0");
    let mut same_stream = parameters::rtp(Source::Camera);
    same_stream["encodings"] = json!([{"ssrc": 1000}]);
    for parameters in [same_mid, same_stream] {
        let result = mallory.produce_with(Source::Camera, parameters).await;
        assert_eq!(result, Err(ErrorCode::InvalidParameters));
    }
    mallory.produce(Source::Camera).await.expect("with a mid and a stream of its own");
    call.goes_on("what collides").await;
    call.told_once("parameters that are none").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_instead_of_dtls_parameters_is_refused_and_harms_nobody() {
    let mut call = Call::start().await;
    let mut mallory = call.mallory().await;
    let print = json!({"algorithm": "sha-256", "value": "AA:".repeat(31) + "AA"});
    for (what, dtls_parameters) in [
        ("nothing", json!(null)),
        ("a list", json!([1, 2])),
        ("a long string", json!(long())),
        ("no fingerprints", json!({"role": "client"})),
        ("another role", json!({"role": long(), "fingerprints": [print]})),
        ("an unknown algorithm", json!({"role": "client", "fingerprints": [{"algorithm": "md5", "value": "AA"}]})),
        ("no fingerprint", json!({"role": "client", "fingerprints": [{"algorithm": "sha-256", "value": long()}]})),
        ("1,000 fingerprints", json!({"role": "client", "fingerprints": vec![print.clone(); 1000]})),
    ] {
        for direction in [Direction::Send, Direction::Receive] {
            let parameters = dtls_parameters.clone();
            let connect = |id| ClientMessage::ConnectTransport { id, direction, dtls_parameters: parameters };
            assert_eq!(refused(&mallory.request(connect).await), ErrorCode::InvalidParameters, "{what}");
        }
        call.bob.hears(&format!("packets of the others after {what}")).await;
    }
    // One that is well written and nobody's: the handshake fails, and that is all.
    let dtls_parameters = json!({"role": "client", "fingerprints": [print]});
    let direction = Direction::Send;
    mallory.request(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters }).await;
    call.goes_on("all of it").await;
    call.told_once("parameters that are none").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_instead_of_capabilities_opens_nothing_and_harms_nobody() {
    let mut call = Call::start().await;
    let codec = json!({"kind": "audio", "mimeType": "audio/opus", "clockRate": 48000, "channels": 2});
    for (what, rtp_capabilities) in [
        ("a long string", json!(long())),
        ("numbers", json!({"codecs": 7, "headerExtensions": 1e300})),
        ("1,000 codecs", json!({"codecs": vec![codec; 1000], "headerExtensions": []})),
        ("no header extensions", json!({"codecs": []})),
    ] {
        let (mut mallory, token) = (Browser::connect(call.address).await, sign(&pass("a", "mallory")));
        let join = |id| ClientMessage::Join { id, pass: token, tab: "tab".into(), rtp_capabilities };
        let answer = mallory.request(join).await;
        assert_eq!(refused(&answer), ErrorCode::InvalidParameters, "{what}");
        let ServerMessage::Error { message, .. } = answer else { unreachable!() };
        assert!(message.chars().count() <= 300, "{what}: {message}");
        assert_eq!(mallory.closed().await, CloseCode::BadMessage, "{what}");
    }
    call.goes_on("all of it").await;
    assert_eq!(call.told(), [] as [String; 0]);
}

/// The others are served meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_messages_at_once_end_their_connection_alone() {
    let mut call = Call::start().await;
    let mut mallory = call.mallory().await;
    let flood = async {
        for id in 0..10_000 {
            mallory.say_raw(Message::text(json!({"type": "ping", "id": id}).to_string())).await;
        }
        mallory.closed().await
    };
    let served = async {
        for _ in 0..10 {
            call.goes_on("some of the flood").await;
        }
    };
    let (code, ()) = tokio::join!(flood, served);
    assert_eq!(code, CloseCode::TooMany);
    call.goes_on("the flood").await;
    call.told_once("TooMany").await;
}

/// 50 Mbit/s, whatever the node advises: ended with a code, and kept outside for a while.
#[tokio::test(flavor = "multi_thread")]
async fn who_sends_50_megabits_a_second_is_put_out() {
    let mut call = Call::start().await;
    let mut mallory = Browser::enter(call.address, &pass("a", "mallory")).await;
    let transport = mallory.create_send_transport().await;
    let mut peer = Peer::new(&transport, 111, "0").await;
    mallory.connect_transport(Direction::Send, &mut peer).await;
    mallory.produce(Source::Microphone).await.unwrap();
    let flood = Sending { streams: vec![(1000, 111)], payload: vec![7; 1100], packets: 114 };
    let sending = tokio::spawn(peer.send(flood));
    assert_eq!(mallory.closed().await, CloseCode::TooMuch);
    assert!(!CloseCode::TooMuch.may_come_back());
    let mut again = Browser::connect(call.address).await;
    let answer = again.try_join(&sign(&pass("a", "mallory")), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::TooMany, .. }), "{answer:?}");
    call.goes_on("the flood, which still comes").await;
    sending.abort();
    call.told_once("TooMuch").await;
}

/// Names are text, whatever stands in them.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_markup_and_control_characters_is_passed_on_short_and_plain() {
    let mut call = Call::start().await;
    let mut pass = pass("a", "mallory");
    pass.name = format!("<img src=x onerror=alert(1)>\u{0}\u{1b}[31m\r\n\u{202e}{}", "x".repeat(10_000));
    let mut mallory = Browser::enter(call.address, &pass).await;
    mallory.create_send_transport().await;
    mallory.produce(Source::Camera).await.unwrap();
    let is_there = |speakers: &[protocol::room::Speaker]| speakers.iter().any(|one| one.person == account("mallory"));
    let speakers = call.bob.browser.speakers("who has such a name", is_there).await;
    let name = &speakers.iter().find(|one| one.person == account("mallory")).unwrap().name;
    assert!(name.starts_with("<img src=x onerror=alert(1)>[31mxxx"), "{name}");
    assert_eq!(name.chars().count(), 100);
    call.goes_on("the name").await;
}
