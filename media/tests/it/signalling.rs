//! One connection: what opens a room, what a member may ask, and what ends a connection that breaks the rules.

use crate::harness::{Node, SECRET, account, now, parameters, pass, pass_at, refused, sign, viewer};
use protocol::pass::{PASS_SECONDS, Pass, key};
use protocol::room::Source;
use protocol::signalling::{ClientMessage, CloseCode, Direction, ErrorCode, MAX_FRAME_BYTES, ServerMessage};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

async fn closed_after(node: &Node, text: &str) -> CloseCode {
    let mut browser = node.connect().await;
    browser.say_raw(Message::text(text)).await;
    browser.closed().await
}

fn join_text(pass: &str) -> String {
    json!({"type": "join", "id": 1, "pass": pass, "tab": "tab", "rtpCapabilities": {"codecs": []}}).to_string()
}

#[tokio::test]
async fn a_valid_pass_opens_its_room_and_says_who_one_is() {
    let node = Node::start().await;
    let mut browser = node.connect().await;
    let joined = browser.join(&pass("a", "ada")).await;
    assert_eq!((joined.person, joined.share), (account("ada"), true));
    assert_eq!((joined.counts.viewers, joined.counts.seats, joined.counts.max_seats), (1, 0, 50));
    assert!(joined.speakers.is_empty() && joined.consumers.is_empty());
    let mut watching = node.connect().await;
    assert!(!watching.join(&viewer("a", "bob")).await.share);
}

#[tokio::test]
async fn forged_expired_and_foreign_passes_are_refused() {
    let node = Node::start().await;
    let right = sign(&pass("a", "ada"));
    let unsigned = right.rsplit_once('.').unwrap().0.to_owned() + ".";
    let mut foreign = pass("a", "ada");
    foreign.aud = "somewhere-else".into();
    for (what, token) in [
        ("signed with another key", pass("a", "ada").sign(b"another key")),
        ("signed with the key of the link", pass("a", "ada").sign(key(SECRET, "link").as_bytes())),
        ("without a signature", unsigned),
        ("over", sign(&pass_at(now() - PASS_SECONDS - 1, "a", "ada"))),
        ("for another service", sign(&foreign)),
        ("no token at all", "pass".into()),
        ("empty", String::new()),
    ] {
        assert_eq!(closed_after(&node, &join_text(&token)).await, CloseCode::InvalidPass, "{what}");
    }
    node.join(&pass("a", "ada")).await;
}

#[tokio::test]
async fn a_message_before_join_ends_the_connection() {
    let node = Node::start().await;
    let ping = json!({"type": "ping", "id": 1}).to_string();
    assert_eq!(closed_after(&node, &ping).await, CloseCode::NotJoined);
}

#[tokio::test]
async fn a_second_join_ends_the_connection() {
    let node = Node::start().await;
    let mut browser = node.join(&pass("a", "ada")).await;
    browser.say_raw(Message::text(join_text(&sign(&pass("b", "ada"))))).await;
    assert_eq!(browser.closed().await, CloseCode::NotJoined);
}

#[tokio::test]
async fn who_does_not_join_in_time_is_closed() {
    let node = Node::start().await;
    let mut browser = node.connect().await;
    assert_eq!(browser.closed().await, CloseCode::NotJoined);
}

#[tokio::test]
async fn what_is_no_message_ends_its_connection_only_before_and_after_joining() {
    let node = Node::start().await;
    let mut other = node.join(&pass("a", "bob")).await;
    for text in ["{", "null", "[]", "\"join\"", r#"{"type":"dance","id":1}"#, r#"{"type":"ping","id":-1}"#, ""] {
        assert_eq!(closed_after(&node, text).await, CloseCode::BadMessage, "{text}");
        let mut browser = node.join(&pass("a", "ada")).await;
        browser.say_raw(Message::text(text)).await;
        assert_eq!(browser.closed().await, CloseCode::BadMessage, "{text} inside");
    }
    let mut browser = node.connect().await;
    browser.say_raw(Message::binary(vec![1, 2, 3])).await;
    assert_eq!(browser.closed().await, CloseCode::BadMessage);
    let answer = other.request(|id| ClientMessage::Ping { id }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
}

#[tokio::test]
async fn a_frame_over_the_limit_ends_the_connection() {
    let node = Node::start().await;
    let fits = json!({"type": "ping", "id": 77, "more": "x".repeat(MAX_FRAME_BYTES - 100)}).to_string();
    let mut browser = node.join(&pass("a", "ada")).await;
    browser.say_raw(Message::text(fits)).await;
    browser.event("an answer", |message| matches!(message, ServerMessage::Ok { id: 77 }).then_some(())).await;
    browser.say_raw(Message::text("x".repeat(MAX_FRAME_BYTES + 1))).await;
    assert_eq!(browser.closed().await, CloseCode::BadMessage);
}

#[tokio::test]
async fn a_flood_of_messages_ends_the_connection_and_nothing_else() {
    let node = Node::start().await;
    let mut other = node.join(&pass("a", "bob")).await;
    let mut browser = node.join(&pass("a", "ada")).await;
    for id in 0..600 {
        browser.say_raw(Message::text(json!({"type": "ping", "id": id}).to_string())).await;
    }
    assert_eq!(browser.closed().await, CloseCode::TooMany);
    let answer = other.request(|id| ClientMessage::Ping { id }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
}

/// Starting and stopping makes work for everybody: who does nothing else is ended long before a person could be.
#[tokio::test]
async fn starting_and_stopping_without_end_ends_the_connection() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    for id in 0..60 {
        let stop = json!({"type": "stopProducing", "id": 1000 + id, "source": "camera"});
        ada.say_raw(Message::text(stop.to_string())).await;
    }
    assert_eq!(ada.closed().await, CloseCode::TooMany);
}

/// A browser that stops a source and starts it again uses the same stream: it must work however quick that is.
#[tokio::test]
async fn a_source_that_was_stopped_can_be_started_at_once() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    for _ in 0..5 {
        ada.produce(Source::Camera).await.expect("it can be sent");
        assert!(matches!(ada.stop(Source::Camera).await, ServerMessage::Ok { .. }));
    }
}

/// The connection and the room go on, and the seat that was asked for is free again.
#[tokio::test]
async fn nonsense_parameters_are_an_error_and_the_room_is_unharmed() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&seat("ada")).await;
    let mut bob = node.join_to_share(&seat("bob")).await;
    let mut no_codec = parameters::rtp(Source::Camera);
    no_codec["codecs"] = json!([]);
    let mut unknown_codec = parameters::rtp(Source::Camera);
    unknown_codec["codecs"][0]["mimeType"] = json!("video/AV1");
    for parameters in [json!(null), json!({}), json!("x"), no_codec, unknown_codec] {
        let result = ada.produce_with(Source::Camera, parameters.clone()).await;
        assert_eq!(result, Err(ErrorCode::InvalidParameters), "{parameters}");
    }
    let direction = Direction::Send;
    for dtls_parameters in [json!(null), json!({"role": "client"}), json!({"role": "x", "fingerprints": []})] {
        let connect = |id| ClientMessage::ConnectTransport { id, direction, dtls_parameters };
        assert_eq!(refused(&ada.request(connect).await), ErrorCode::InvalidParameters);
    }
    let dtls_parameters = json!({"role": "client", "fingerprints": []});
    let answer = ada.request(|id| ClientMessage::ConnectTransport { id, direction, dtls_parameters }).await;
    assert!(matches!(answer, ServerMessage::Error { .. }), "{answer:?}");
    bob.produce(Source::Camera).await.expect("the only seat is free");
    bob.stop(Source::Camera).await;
    ada.produce(Source::Camera).await.expect("valid parameters are accepted after the others");
}

#[tokio::test]
async fn capabilities_that_are_none_open_nothing() {
    let node = Node::start().await;
    let mut browser = node.connect().await;
    let token = sign(&pass("a", "ada"));
    let join = |id| ClientMessage::Join { id, pass: token, tab: "tab".into(), rtp_capabilities: json!({"codecs": 7}) };
    assert_eq!(refused(&browser.request(join).await), ErrorCode::InvalidParameters);
    assert_eq!(browser.closed().await, CloseCode::BadMessage);
    let mut next = node.connect().await;
    assert_eq!(next.join(&pass("a", "bob")).await.counts.viewers, 1, "nobody was left behind");
}

/// D8: who has no right to share can neither prepare it nor do it.
#[tokio::test]
async fn d8_sharing_without_the_right_is_refused() {
    let node = Node::start().await;
    let mut browser = node.join(&viewer("a", "ada")).await;
    let answer = browser.request(|id| ClientMessage::CreateSendTransport { id }).await;
    assert_eq!(refused(&answer), ErrorCode::MayNotShare);
    for source in [Source::Microphone, Source::Camera, Source::Screen, Source::ScreenAudio] {
        assert_eq!(browser.produce(source).await, Err(ErrorCode::MayNotShare), "{source:?}");
    }
    node.join_to_share(&pass("a", "bob")).await.produce(Source::Camera).await.expect("with the right it is accepted");
}

#[tokio::test]
async fn what_is_not_there_is_a_wrong_state() {
    let node = Node::start().await;
    let mut browser = node.join(&pass("a", "ada")).await;
    assert_eq!(browser.produce(Source::Camera).await, Err(ErrorCode::WrongState), "no transport yet");
    browser.create_send_transport().await;
    let again = browser.request(|id| ClientMessage::CreateSendTransport { id }).await;
    assert_eq!(refused(&again), ErrorCode::WrongState);
    assert_eq!(refused(&browser.stop(Source::Camera).await), ErrorCode::WrongState);
    let muting = browser.request(|id| ClientMessage::SetMuted { id, source: Source::Camera, muted: true }).await;
    assert_eq!(refused(&muting), ErrorCode::WrongState);
    browser.produce(Source::Camera).await.unwrap();
    assert_eq!(browser.produce(Source::Camera).await, Err(ErrorCode::WrongState), "it is sent already");
    let answer = browser.stop(Source::Camera).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
}

/// What Chromium and Safari send: three sizes by rid with an empty name, and H.264.
#[tokio::test]
async fn simulcast_and_h264_are_accepted() {
    let node = Node::start().await;
    let mut browser = node.join_to_share(&pass("a", "ada")).await;
    browser.produce_with(Source::Camera, parameters::simulcast()).await.expect("simulcast");
    browser.stop(Source::Camera).await;
    browser.produce_with(Source::Camera, parameters::h264()).await.expect("H.264");
}

/// H9: what browsers are told to send to is the announced address, over UDP first, and over TCP.
#[tokio::test]
async fn h9_candidates_are_of_the_announced_address_over_udp_and_tcp() {
    let node = Node::start_with(|config| config.announced_address = "media.example.org".into()).await;
    let mut browser = node.connect().await;
    let joined = browser.join(&pass("a", "ada")).await;
    let candidates = joined.receive_transport.ice_candidates.as_array().unwrap().clone();
    assert!(candidates.iter().all(|candidate| candidate["address"] == "media.example.org"), "{candidates:?}");
    let priority = |protocol: &str| {
        let of_it = candidates.iter().find(|candidate| candidate["protocol"] == protocol);
        of_it.unwrap_or_else(|| panic!("no {protocol} in {candidates:?}"))["priority"].as_u64().unwrap()
    };
    assert!(priority("udp") > priority("tcp"));
}

#[tokio::test]
async fn a_change_of_network_gets_new_ice_credentials() {
    let node = Node::start().await;
    let mut browser = node.connect().await;
    let joined = browser.join(&pass("a", "ada")).await;
    let answer = browser.request(|id| ClientMessage::RestartIce { id, direction: Direction::Receive }).await;
    let ServerMessage::IceRestarted { ice_parameters, .. } = answer else { panic!("{answer:?}") };
    assert_ne!(ice_parameters["password"], joined.receive_transport.ice_parameters["password"]);
    let none = browser.request(|id| ClientMessage::RestartIce { id, direction: Direction::Send }).await;
    assert_eq!(refused(&none), ErrorCode::WrongState);
}

/// A pass for a room with one seat.
fn seat(person: &str) -> Pass {
    crate::harness::pass_with_seats("a", person, 1)
}
