//! What a connection may not do, and that the room takes no harm from it.

use crate::harness::{Browser, SECRET, TestNode, now, pass, rtp_parameters, sign};
use protocol::pass::{PASS_SECONDS, Pass, key};
use protocol::room::{Settings, Source};
use protocol::signalling::{ClientMessage, CloseCode, Direction, ErrorCode, MAX_FRAME_BYTES, ServerMessage};
use serde_json::json;

async fn refused(node: &TestNode, pass: &str) -> CloseCode {
    let mut browser = node.connect().await;
    match browser.try_join(pass).await {
        ServerMessage::Closed { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn forged_expired_and_foreign_passes_open_nothing() {
    let node = TestNode::start().await;
    let good = pass("session:1", "account:1", 50);
    let settings = Settings { version: 1, max_seats: 50 };
    let old = Pass::new("session:1".into(), "account:1".into(), "A".into(), now() - PASS_SECONDS - 1, settings);
    let mut foreign = good.clone();
    foreign.aud = "another service".into();
    for (what, token) in [
        ("forged", good.sign(key("another secret", "pass").as_bytes())),
        ("signed with the link's key", good.sign(key(SECRET, "link").as_bytes())),
        ("expired", sign(&old)),
        ("for another service", sign(&foreign)),
        ("nonsense", "a.b.c".into()),
    ] {
        assert_eq!(refused(&node, &token).await, CloseCode::InvalidPass, "{what}");
    }
    node.join("session:1", "account:1").await;
}

#[tokio::test]
async fn the_first_message_must_be_a_join_and_the_only_one() {
    let node = TestNode::start().await;
    let mut early = node.connect().await;
    early.send(&ClientMessage::Ping { id: 1 }).await;
    assert_eq!(early.closed().await, CloseCode::NotJoined);
    let mut twice = node.join("session:1", "account:1").await;
    let again = ClientMessage::Join {
        id: 9,
        pass: sign(&pass("session:2", "account:1", 50)),
        tab: "t".into(),
        rtp_capabilities: twice.capabilities.clone(),
    };
    twice.send(&again).await;
    assert_eq!(twice.closed().await, CloseCode::NotJoined);
}

#[tokio::test]
async fn what_is_no_message_ends_its_connection_only() {
    let node = TestNode::start().await;
    let mut bystander = node.join("session:1", "account:9").await;
    let cases: [(&str, String); 4] = [
        ("malformed", "{\"type\":".into()),
        ("unknown", "{\"type\":\"dance\",\"id\":1}".into()),
        ("no object", "[]".into()),
        ("too large", "x".repeat(MAX_FRAME_BYTES + 1)),
    ];
    for (what, text) in cases {
        let mut browser = node.join("session:1", "account:1").await;
        browser.send_text(text).await;
        assert_eq!(browser.closed().await, CloseCode::BadMessage, "{what}");
    }
    bystander.ask(|id| ClientMessage::Ping { id }).await;
}

#[tokio::test]
async fn a_flood_ends_its_connection_only() {
    let node = TestNode::start().await;
    let mut bystander = node.join("session:1", "account:9").await;
    let mut browser = node.join("session:1", "account:1").await;
    for id in 0..1000 {
        browser.send(&ClientMessage::Ping { id }).await;
    }
    assert_eq!(browser.closed().await, CloseCode::TooMany);
    bystander.ask(|id| ClientMessage::Ping { id }).await;
}

#[tokio::test]
async fn nonsense_in_parameters_is_told_and_the_connection_goes_on() {
    let node = TestNode::start().await;
    let mut ada = node.join("session:1", "account:1").await;
    ada.ask(|id| ClientMessage::CreateSendTransport { id }).await;
    let mut other_codec = rtp_parameters(Source::Camera, 7);
    other_codec["codecs"][0]["mimeType"] = "video/AV1".into();
    for parameters in [json!(null), json!({}), json!({ "codecs": [{ "mimeType": "x" }] }), other_codec] {
        let answer = produce(&mut ada, parameters.clone()).await;
        assert_eq!(answer, Some(ErrorCode::InvalidParameters), "{parameters}");
    }
    let dtls = json!({ "role": "client", "fingerprints": [] });
    let direction = Direction::Receive;
    let answer = ada.ask(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters: dtls }).await;
    assert!(matches!(answer, ServerMessage::Error { .. }), "{answer:?}");
    assert_eq!(produce(&mut ada, rtp_parameters(Source::Camera, 8)).await, None);
}

async fn produce(browser: &mut Browser, rtp_parameters: serde_json::Value) -> Option<ErrorCode> {
    let source = Source::Camera;
    match browser.ask(|id| ClientMessage::Produce { id, source, rtp_parameters, paused: false }).await {
        ServerMessage::Error { code, .. } => Some(code),
        _ => None,
    }
}

#[tokio::test]
async fn requests_out_of_order_are_refused_with_a_code() {
    let node = TestNode::start().await;
    let mut ada = node.join("session:1", "account:1").await;
    let refused = |answer: ServerMessage| match answer {
        ServerMessage::Error { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let source = Source::Camera;
    assert_eq!(ada.produce_again(source).await, Err(ErrorCode::WrongState), "no transport yet");
    ada.produce(source).await.unwrap();
    assert_eq!(ada.produce_again(source).await, Err(ErrorCode::WrongState), "sent already");
    let second = ada.ask(|id| ClientMessage::CreateSendTransport { id }).await;
    assert_eq!(refused(second), ErrorCode::WrongState);
    let not_sent = ada.ask(|id| ClientMessage::StopProducing { id, source: Source::Screen }).await;
    assert_eq!(refused(not_sent), ErrorCode::WrongState);
    let unknown = ada.ask(|id| ClientMessage::ResumeConsumers { id, consumers: vec!["nobody's".into()] }).await;
    assert!(matches!(unknown, ServerMessage::Ok { .. }), "it may have ended meanwhile");
}

#[tokio::test]
async fn ice_is_restarted_with_new_credentials() {
    let node = TestNode::start().await;
    let mut browser = node.connect().await;
    let ServerMessage::Joined { receive_transport, .. } = browser.join(&sign(&pass("session:1", "account:1", 5))).await
    else {
        panic!()
    };
    let direction = Direction::Receive;
    let answer = browser.ask(|id| ClientMessage::RestartIce { id, direction }).await;
    let ServerMessage::IceRestarted { ice_parameters, .. } = answer else { panic!("{answer:?}") };
    assert_ne!(ice_parameters["usernameFragment"], receive_transport.ice_parameters["usernameFragment"]);
}

/// H9: what browsers are told to send to is the announced address, by UDP first and by TCP.
#[tokio::test]
async fn h9_candidates_are_of_the_announced_address_over_udp_and_tcp() {
    let node = TestNode::start_with(|config| config.announced_address = "media.example.org".into()).await;
    let mut browser = node.connect().await;
    let ServerMessage::Joined { receive_transport, .. } = browser.join(&sign(&pass("session:1", "account:1", 5))).await
    else {
        panic!()
    };
    let candidates = receive_transport.ice_candidates.as_array().unwrap().clone();
    let of = |protocol: &str| candidates.iter().find(|candidate| candidate["protocol"] == protocol).unwrap().clone();
    assert!(candidates.iter().all(|candidate| candidate["address"] == "media.example.org"), "{candidates:?}");
    assert!(of("udp")["priority"].as_u64() > of("tcp")["priority"].as_u64());
}
