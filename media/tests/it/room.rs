//! Who is told what in a room, and who is put out of it.

use crate::harness::{Browser, TestNode, pass, sign};
use protocol::link::FromApi;
use protocol::room::{Settings, Source};
use protocol::signalling::{ClientMessage, CloseCode, ErrorCode, ServerMessage, StopReason};

/// H1: joining starts as a viewer, who receives what is on screen already and what comes later.
#[tokio::test]
async fn h1_a_viewer_receives_what_is_sent_before_and_after_joining() {
    let node = TestNode::start().await;
    let mut ada = node.join("session:1", "account:1").await;
    let first = ada.produce(Source::Camera).await.unwrap();
    let mut bob = node.connect().await;
    let joined = bob.join(&sign(&pass("session:1", "account:2", 50))).await;
    let ServerMessage::Joined { speakers, consumers, share, .. } = joined else { panic!() };
    assert!(share);
    assert_eq!((speakers.len(), speakers[0].name.as_str()), (1, "ACCOUNT:1"));
    assert_eq!((consumers.len(), &consumers[0].producer, consumers[0].source), (1, &first, Source::Camera));
    let second = ada.produce_again(Source::Microphone).await.unwrap();
    let added = bob.event(added).await;
    assert_eq!((added.producer, added.source, added.person.as_str()), (second, Source::Microphone, "account:1"));
    ada.ask(|id| ClientMessage::StopProducing { id, source: Source::Microphone }).await;
    let removed = bob.event(removed).await;
    assert_eq!(removed, added.id);
}

fn added(event: &ServerMessage) -> Option<protocol::signalling::Consumer> {
    match event {
        ServerMessage::ConsumerAdded { consumer } => Some(consumer.clone()),
        _ => None,
    }
}

fn removed(event: &ServerMessage) -> Option<String> {
    match event {
        ServerMessage::ConsumerRemoved { consumer } => Some(consumer.clone()),
        _ => None,
    }
}

fn speakers(event: &ServerMessage) -> Option<Vec<protocol::room::Speaker>> {
    match event {
        ServerMessage::Speakers { speakers } => Some(speakers.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn muting_is_seen_by_the_others() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = two(&node).await;
    ada.produce(Source::Microphone).await.unwrap();
    let source = Source::Microphone;
    let answer = ada.ask(|id| ClientMessage::SetMuted { id, source, muted: true }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
    bob.event(|event| speakers(event).filter(|speakers| speakers.iter().any(|s| s.muted == [source]))).await;
}

async fn two(node: &TestNode) -> (Browser, Browser) {
    (node.join("session:1", "account:1").await, node.join("session:1", "account:2").await)
}

/// D8: the server refuses media of who may not share, and nobody is told of any.
#[tokio::test]
async fn d8_without_the_right_nothing_is_taken() {
    let node = TestNode::start().await;
    let mut watcher = node.connect().await;
    let mut no_right = pass("session:1", "account:1", 50);
    no_right.share = false;
    watcher.join(&sign(&no_right)).await;
    let answer = watcher.ask(|id| ClientMessage::CreateSendTransport { id }).await;
    assert!(matches!(answer, ServerMessage::Error { code: ErrorCode::MayNotShare, .. }), "{answer:?}");
    assert_eq!(watcher.produce_again(Source::Camera).await, Err(ErrorCode::MayNotShare));
}

/// D8: a right that is taken back ends the media at once, for the sender and for the others.
#[tokio::test]
async fn d8_losing_the_right_ends_what_is_sent() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = two(&node).await;
    ada.produce(Source::Camera).await.unwrap();
    let consumer = bob.event(added).await;
    let rights = |share| FromApi::Rights { session: "session:1".into(), person: "account:1".into(), share };
    node.running.rooms.command(rights(false)).await;
    assert_eq!(bob.event(removed).await, consumer.id);
    ada.event(|event| matches!(event, ServerMessage::Rights { share: false }).then_some(())).await;
    let stopped = ServerMessage::Stopped { source: Source::Camera, reason: StopReason::MayNotShare };
    ada.event(|event| (*event == stopped).then_some(())).await;
    assert_eq!(ada.produce_again(Source::Camera).await, Err(ErrorCode::MayNotShare));
    node.running.rooms.command(rights(true)).await;
    ada.event(|event| matches!(event, ServerMessage::Rights { share: true }).then_some(())).await;
    ada.produce_again(Source::Camera).await.unwrap();
}

/// H5: the same person in another tab takes over; the first is told and does not come back by itself.
#[tokio::test]
async fn h5_a_second_tab_takes_over() {
    let node = TestNode::start().await;
    let mut first = node.join("session:1", "account:1").await;
    first.produce(Source::Camera).await.unwrap();
    let mut second = node.join("session:1", "account:1").await;
    assert_eq!(first.closed().await, CloseCode::TakenOver);
    assert!(!CloseCode::TakenOver.may_come_back());
    second.produce(Source::Camera).await.unwrap();
}

/// C6: who loses access is out at once, and the pass they hold opens nothing any more.
#[tokio::test]
async fn c6_who_is_removed_is_out_and_stays_out() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = two(&node).await;
    ada.produce(Source::Camera).await.unwrap();
    let consumer = bob.event(added).await;
    let remove = FromApi::Remove { session: "session:1".into(), person: "account:1".into() };
    node.running.rooms.command(remove).await;
    assert_eq!(ada.closed().await, CloseCode::AccessLost);
    assert_eq!(bob.event(removed).await, consumer.id);
    let mut again = node.connect().await;
    let answer = again.try_join(&sign(&pass("session:1", "account:1", 50))).await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
}

/// C6: when a session turns private, everybody who is not on the list is out, and older passes open nothing.
#[tokio::test]
async fn c6_only_those_on_the_list_stay() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = two(&node).await;
    let settings = Settings { version: 2, max_seats: 50 };
    let keep = Some(vec!["account:2".into()]);
    node.running.rooms.command(FromApi::Settings { session: "session:1".into(), settings, keep }).await;
    assert_eq!(ada.closed().await, CloseCode::AccessLost);
    bob.ask(|id| ClientMessage::Ping { id }).await;
    let mut again = node.connect().await;
    let answer = again.try_join(&sign(&pass("session:1", "account:1", 50))).await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
}

/// Two changes at the same moment: the older one that comes late changes nothing.
#[tokio::test]
async fn an_older_version_of_the_settings_changes_nothing() {
    let node = TestNode::start().await;
    let (mut ada, _bob) = two(&node).await;
    for (version, max_seats, keep) in [(3, 7, None), (2, 1, Some(Vec::new()))] {
        let settings = Settings { version, max_seats };
        node.running.rooms.command(FromApi::Settings { session: "session:1".into(), settings, keep }).await;
    }
    ada.event(|event| match event {
        ServerMessage::Counts { counts } => (counts.max_seats == 7).then_some(()),
        _ => None,
    })
    .await;
    ada.ask(|id| ClientMessage::Ping { id }).await;
}

#[tokio::test]
async fn a_closed_session_puts_everybody_out_and_lets_nobody_in() {
    let node = TestNode::start().await;
    let (mut ada, mut bob) = two(&node).await;
    node.running.rooms.command(FromApi::Close { session: "session:1".into() }).await;
    assert_eq!(ada.closed().await, CloseCode::SessionClosed);
    assert_eq!(bob.closed().await, CloseCode::SessionClosed);
    let mut late = node.connect().await;
    let answer = late.try_join(&sign(&pass("session:1", "account:3", 50))).await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
}

/// E3: the hard limit of people in a room.
#[tokio::test]
async fn e3_a_full_room_says_so_and_lets_in_when_a_place_frees() {
    let node = TestNode::start_with(|config| config.max_viewers = 2).await;
    let (mut ada, _bob) = two(&node).await;
    let mut late = node.connect().await;
    let answer = late.try_join(&sign(&pass("session:1", "account:3", 50))).await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::RoomFull, .. }), "{answer:?}");
    assert!(CloseCode::RoomFull.may_come_back());
    ada.ask(|id| ClientMessage::Leave { id }).await;
    node.join("session:1", "account:3").await;
}

/// A room is over when nobody is inside, and begins again with the next one.
#[tokio::test]
async fn a_room_ends_and_begins_again() {
    let node = TestNode::start().await;
    for _ in 0..20 {
        let mut ada = node.join("session:1", "account:1").await;
        ada.ask(|id| ClientMessage::Leave { id }).await;
    }
}

/// A node that stops tells everybody to come back.
#[tokio::test]
async fn stopping_tells_everybody_to_come_back() {
    let node = TestNode::start().await;
    let (mut ada, _bob) = two(&node).await;
    let stopping = tokio::spawn(node.running.stop());
    assert_eq!(ada.closed().await, CloseCode::Restarting);
    drop((ada, _bob));
    stopping.await.unwrap();
}
