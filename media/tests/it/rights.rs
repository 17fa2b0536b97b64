//! D8: what may not be sent is not forwarded, whatever a client sends. Every silence here has a sound before or after it, of
//! the same client and the same packets.

use crate::harness::{
    Ear, FakeApi, Link, Node, SECRET, Voice, account, now, pass, pass_at, refused, send_on, session, sign, viewer,
};
use protocol::link::FromApi;
use protocol::pass::{PASS_SECONDS, Pass, key};
use protocol::room::{Seat, Source};
use protocol::signalling::{ClientMessage, CloseCode, Direction, ErrorCode, ServerMessage, StopReason};
use serde_json::json;

/// A node with its api, somebody on screen who sends without end, and somebody who hears it.
struct Scene {
    _node: Node,
    _api: FakeApi,
    link: Link,
    ada: Voice,
    bob: Ear,
}

impl Scene {
    async fn new() -> Self {
        let mut api = FakeApi::start().await;
        let node = Node::linked_to(&api).await;
        let (link, _hello) = api.link().await;
        let ada = Voice::start(node.address(), &pass("a", "ada")).await;
        let bob = Ear::join(node.address(), &viewer("a", "bob")).await;
        bob.hears("packets of who may send").await;
        Self { _node: node, _api: api, link, ada, bob }
    }

    /// Nobody hears Ada, who sends as before.
    async fn is_silent(&self, why: &str) {
        self.ada.goes_on().await;
        self.bob.hears_nothing(why).await;
        self.ada.goes_on().await;
    }
}

fn rights(person: &str, share: bool) -> FromApi {
    FromApi::Rights { session: session("a"), person: account(person), share, host: false, asked: false }
}

fn stopped(message: &ServerMessage) -> Option<StopReason> {
    match message {
        ServerMessage::Stopped { source: Source::Microphone, reason } => Some(*reason),
        _ => None,
    }
}

/// The right is taken back while the client goes on sending, as the same stream, another one, and repeated.
#[tokio::test(flavor = "multi_thread")]
async fn d8_who_loses_the_right_is_heard_by_nobody() {
    let mut scene = Scene::new().await;
    scene.link.say(&rights("ada", false)).await;
    let reason = scene.ada.browser.event("the end of the microphone", stopped).await;
    assert_eq!(reason, StopReason::MayNotShare);
    scene.is_silent("who may not share").await;
    assert_eq!(scene.ada.browser.produce(Source::Microphone).await, Err(ErrorCode::MayNotShare));
    scene.bob.hears_nothing("who was refused").await;
    scene.link.say(&rights("ada", true)).await;
    let right = |message: &ServerMessage| matches!(message, ServerMessage::Rights { share: true, .. }).then_some(());
    scene.ada.browser.event("the right is back", right).await;
    scene.ada.browser.produce(Source::Microphone).await.unwrap();
    scene.bob.add().await;
    scene.bob.hears("the same packets, which are allowed again").await;
}

/// Who never had the right gets no transport to send on, and what is sent on the one to receive on ends there.
#[tokio::test(flavor = "multi_thread")]
async fn d8_packets_on_the_transport_to_receive_on_reach_nobody() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut bob = Ear::join(node.address(), &viewer("a", "bob")).await;
    let mut browser = node.connect().await;
    let joined = browser.join(&viewer("a", "mallory")).await;
    let answer = browser.request(|id| ClientMessage::CreateSendTransport { id }).await;
    assert_eq!(refused(&answer), ErrorCode::MayNotShare);
    let mut mallory = send_on(browser, &joined.receive_transport, Direction::Receive).await;
    assert_eq!(mallory.browser.produce(Source::Microphone).await, Err(ErrorCode::MayNotShare));
    mallory.goes_on().await;
    bob.hears_nothing("who only watches").await;

    link.say(&rights("mallory", true)).await;
    let right = |message: &ServerMessage| matches!(message, ServerMessage::Rights { share: true, .. }).then_some(());
    mallory.browser.event("the right", right).await;
    let transport = mallory.browser.create_send_transport().await;
    mallory.also_on(&transport).await;
    mallory.browser.produce(Source::Microphone).await.unwrap();
    bob.add().await;
    bob.hears("the same packets with the right").await;
}

/// Muted by a host is muted on the server: the client's own packets change nothing.
#[tokio::test(flavor = "multi_thread")]
async fn d8_who_is_muted_by_a_host_is_heard_by_nobody_until_unmuted() {
    let mut scene = Scene::new().await;
    let mute = FromApi::Mute { session: session("a"), person: account("ada"), source: Source::Microphone };
    scene.link.say(&mute).await;
    let muted = |message: &ServerMessage| matches!(message, ServerMessage::Muted { .. }).then_some(());
    scene.ada.browser.event("the own page is told", muted).await;
    scene.is_silent("who is muted").await;
    scene.ada.browser.set_muted(Source::Microphone, false).await;
    scene.bob.hears("who has unmuted").await;
}

/// D7, D8: taken off the screen, and then out of the room.
#[tokio::test(flavor = "multi_thread")]
async fn d8_who_is_removed_is_heard_by_nobody() {
    let mut scene = Scene::new().await;
    let stop = FromApi::StopSeat { session: session("a"), person: account("ada"), seat: Seat::Person };
    scene.link.say(&stop).await;
    let reason = scene.ada.browser.event("the end of the microphone", stopped).await;
    assert_eq!(reason, StopReason::Removed);
    scene.is_silent("whose seat was taken").await;
    scene.ada.browser.produce(Source::Microphone).await.expect("the right stays");
    scene.bob.add().await;
    scene.bob.hears("who came back on screen").await;

    scene.link.say(&FromApi::Remove { session: session("a"), person: account("ada") }).await;
    assert_eq!(scene.ada.browser.closed().await, CloseCode::AccessLost);
    scene.bob.hears_nothing("who was put out").await;
}

/// A pass of another room opens that one: the same stream there is not heard here.
#[tokio::test(flavor = "multi_thread")]
async fn d8_who_has_a_pass_of_another_room_is_heard_there_alone() {
    let node = Node::start().await;
    let bob = Ear::join(node.address(), &viewer("a", "bob")).await;
    let mallory = Voice::start(node.address(), &pass("b", "mallory")).await;
    let cleo = Ear::join(node.address(), &viewer("b", "cleo")).await;
    cleo.hears("packets in the room of the pass").await;
    mallory.goes_on().await;
    bob.hears_nothing("another room").await;
    cleo.hears("packets in the room of the pass, still").await;
}

/// The claims of a pass with another header, and with this end instead of the signature.
fn forged(header: &serde_json::Value, pass: &Pass, signature: &str) -> String {
    let claims = serde_json::to_value(pass).unwrap();
    format!("{}.{}.{signature}", base64url(header), base64url(&claims))
}

fn base64url(value: &serde_json::Value) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let text = value.to_string();
    let digits = text.as_bytes().chunks(3).flat_map(|bytes| {
        let bits = bytes.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - bytes.len()));
        let digit = move |place: usize| char::from(DIGITS[((bits >> (18 - 6 * place)) & 63) as usize]);
        (0..=bytes.len()).map(digit)
    });
    digits.collect()
}

/// What a viewer's pass is worth when somebody has written a right into it.
#[tokio::test]
async fn d8_a_forged_pass_opens_nothing() {
    let node = Node::start().await;
    let genuine = sign(&viewer("a", "mallory"));
    let signature = genuine.rsplit_once('.').unwrap().1;
    let sharing = pass("a", "mallory");
    let hs256 = json!({"typ": "JWT", "alg": "HS256"});
    let mut host = viewer("a", "mallory");
    (host.share, host.host) = (true, true);
    let mut foreign = pass("a", "mallory");
    foreign.aud = "roundtable-login".into();
    let with_kind = json!({"typ": "login", "alg": "HS512"});
    for (what, token) in [
        ("the right written in, with the old signature", forged(&hs256, &sharing, signature)),
        ("a host's, with the old signature", forged(&hs256, &host, signature)),
        ("no algorithm", forged(&json!({"typ": "JWT", "alg": "none"}), &sharing, "")),
        ("no algorithm, with the old signature", forged(&json!({"alg": "None"}), &sharing, signature)),
        ("another kind", forged(&with_kind, &sharing, signature)),
        ("for another service, well signed", sign(&foreign)),
        ("signed with the key of the link", sharing.sign(key(SECRET, "link").as_bytes())),
        ("an expired one, replayed", sign(&pass_at(now() - PASS_SECONDS - 1, "a", "mallory"))),
    ] {
        let mut browser = node.connect().await;
        let answer = browser.try_join(&token, "tab").await;
        assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{what}: {answer:?}");
    }
    let mut browser = node.connect().await;
    assert!(!browser.join(&viewer("a", "mallory")).await.share, "the genuine one opens, without the right");
    assert_eq!(browser.produce(Source::Microphone).await, Err(ErrorCode::MayNotShare));
}

#[test]
fn the_forger_writes_base64_as_passes_do() {
    assert_eq!(base64url(&json!("ab")), "ImFiIg");
    assert_eq!(base64url(&json!("a")), "ImEi");
}
