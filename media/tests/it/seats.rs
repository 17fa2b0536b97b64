//! E1, E2: seats are decided in one place, whoever asks and however many at once.

use crate::harness::{Browser, TestNode, pass, sign};
use futures_util::future::join_all;
use protocol::room::{Counts, Source};
use protocol::signalling::{ClientMessage, ErrorCode, ServerMessage};

/// E2: with three seats, four clients at once, fifty rounds: always exactly three.
#[tokio::test(flavor = "multi_thread")]
async fn e2_of_four_at_once_exactly_three_get_a_seat_in_fifty_rounds() {
    let node = TestNode::start().await;
    for round in 0..50 {
        let session = format!("session:{round}");
        let mut browsers = join_all((0..4).map(|n| enter(&node, &session, n, 3))).await;
        let answers = join_all(browsers.iter_mut().map(|browser| browser.produce_again(Source::Microphone))).await;
        let seated = answers.iter().filter(|answer| answer.is_ok()).count();
        let full = answers.iter().filter(|answer| **answer == Err(ErrorCode::Full)).count();
        assert_eq!((seated, full), (3, 1), "round {round}: {answers:?}");
    }
}

/// E1, E2: the default cap is 50; of 51 clients at once one is refused.
#[tokio::test(flavor = "multi_thread")]
async fn e2_of_51_at_once_exactly_50_get_a_seat() {
    let node = TestNode::start().await;
    let mut browsers = join_all((0..51).map(|n| enter(&node, "session:full", n, 50))).await;
    let answers = join_all(browsers.iter_mut().map(|browser| browser.produce_again(Source::Camera))).await;
    let seated = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(seated, 50);
    assert_eq!(answers.iter().filter(|answer| **answer == Err(ErrorCode::Full)).count(), 1);
    let counts = browsers[0].event(|event| counts(event).filter(|counts| counts.seats == 50)).await;
    assert_eq!(counts, Counts { seats: 50, max_seats: 50, viewers: 1 });
}

async fn enter(node: &TestNode, session: &str, number: usize, seats: u32) -> Browser {
    let mut browser = node.connect().await;
    browser.join(&sign(&pass(session, &format!("account:{number}"), seats))).await;
    browser.ask(|id| ClientMessage::CreateSendTransport { id }).await;
    browser
}

fn counts(event: &ServerMessage) -> Option<Counts> {
    match event {
        ServerMessage::Counts { counts } => Some(*counts),
        _ => None,
    }
}

/// E1: a screen share takes a seat of its own; stopping it gives the seat back.
#[tokio::test]
async fn e1_a_screen_share_takes_a_seat_of_its_own() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = (enter(&node, "session:1", 1, 2).await, enter(&node, "session:1", 2, 2).await);
    ada.produce_again(Source::Camera).await.unwrap();
    ada.produce_again(Source::Screen).await.unwrap();
    assert_eq!(bob.produce_again(Source::Microphone).await, Err(ErrorCode::Full));
    ada.ask(|id| ClientMessage::StopProducing { id, source: Source::Screen }).await;
    bob.produce_again(Source::Microphone).await.unwrap();
}

/// E1: the seat of a broken connection is held, and is the person's own when they come back.
#[tokio::test]
async fn e1_a_seat_outlives_a_broken_connection() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = (enter(&node, "session:1", 1, 1).await, enter(&node, "session:1", 2, 1).await);
    ada.produce_again(Source::Camera).await.unwrap();
    drop(ada);
    bob.event(|event| match event {
        ServerMessage::Speakers { speakers } if speakers.iter().any(|speaker| speaker.lost) => Some(()),
        _ => None,
    })
    .await;
    assert_eq!(bob.produce_again(Source::Camera).await, Err(ErrorCode::Full));
    let mut ada = enter(&node, "session:1", 1, 1).await;
    ada.produce_again(Source::Camera).await.unwrap();
}

/// E1: who leaves gives the seat back at once.
#[tokio::test]
async fn e1_leaving_frees_the_seat() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = (enter(&node, "session:1", 1, 1).await, enter(&node, "session:1", 2, 1).await);
    ada.produce_again(Source::Camera).await.unwrap();
    ada.ask(|id| ClientMessage::Leave { id }).await;
    bob.event(|event| match event {
        ServerMessage::Speakers { speakers } if speakers.is_empty() => Some(()),
        _ => None,
    })
    .await;
    bob.produce_again(Source::Camera).await.unwrap();
}

/// A request that fails after the seat was given gives it back.
#[tokio::test]
async fn a_failed_produce_keeps_no_seat() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = (enter(&node, "session:1", 1, 1).await, enter(&node, "session:1", 2, 1).await);
    let nonsense = serde_json::json!({ "codecs": [] });
    let answer = ada
        .ask(|id| ClientMessage::Produce { id, source: Source::Camera, rtp_parameters: nonsense, paused: false })
        .await;
    assert!(matches!(answer, ServerMessage::Error { code: ErrorCode::InvalidParameters, .. }), "{answer:?}");
    bob.produce_again(Source::Camera).await.unwrap();
}
