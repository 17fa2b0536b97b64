//! The link to the api: it tells what there is, heals, and does what the api says.

use crate::harness::{FakeApi, TestNode, pass, sign};
use protocol::link::{FromApi, FromMedia, LINK_VERSION};
use protocol::room::Source;
use protocol::signalling::CloseCode;

#[tokio::test]
async fn a_node_says_hello_and_tells_of_its_rooms_within_a_second() {
    let api = FakeApi::start().await;
    let node = TestNode::start_with(|config| config.links = vec![api.url()]).await;
    let (mut link, hello) = api.accept().await;
    let FromMedia::Hello { version, address, rooms, .. } = hello else { panic!() };
    assert_eq!((version, rooms.len()), (LINK_VERSION, 0));
    assert_eq!(address, format!(":{}/signalling", node.running.address.port()));
    let mut ada = node.join("session:1", "account:1").await;
    ada.produce(Source::Camera).await.unwrap();
    link.wait_for(|message| match message {
        FromMedia::Rooms { rooms } => {
            rooms.iter().any(|room| room.session == "session:1" && room.speakers.len() == 1 && room.counts.seats == 1)
        }
        _ => false,
    })
    .await;
    drop(ada);
    let mut bob = node.join("session:2", "account:2").await;
    bob.ask(|id| protocol::signalling::ClientMessage::Leave { id }).await;
    link.wait_for(|message| match message {
        FromMedia::Rooms { rooms } => rooms.iter().any(|room| room.session == "session:2" && room.counts.viewers == 0),
        _ => false,
    })
    .await;
}

/// The link heals by itself, and says again what there is, with everybody inside.
#[tokio::test]
async fn a_broken_link_heals_and_tells_everything_again() {
    let api = FakeApi::start().await;
    let node = TestNode::start_with(|config| config.links = vec![api.url()]).await;
    let (link, _hello) = api.accept().await;
    let mut ada = node.join("session:1", "account:1").await;
    drop(link);
    let (mut link, hello) = api.accept().await;
    let FromMedia::Hello { rooms, .. } = hello else { panic!() };
    assert_eq!((rooms.len(), rooms[0].people.as_slice()), (1, ["account:1".to_owned()].as_slice()));
    link.send(&FromApi::Remove { session: "session:1".into(), person: "account:1".into() }).await;
    assert_eq!(ada.closed().await, CloseCode::AccessLost);
}

/// Without an api the rooms go on.
#[tokio::test]
async fn calls_go_on_without_an_api() {
    let api = FakeApi::start().await;
    let node = TestNode::start_with(|config| config.links = vec![api.url()]).await;
    let (link, _hello) = api.accept().await;
    let mut ada = node.join("session:1", "account:1").await;
    drop((link, api));
    ada.produce(Source::Camera).await.unwrap();
    let mut bob = node.connect().await;
    bob.join(&sign(&pass("session:1", "account:2", 50))).await;
}

#[tokio::test]
async fn a_node_with_another_secret_is_refused_and_goes_on_trying() {
    let api = FakeApi::start().await;
    let _node = TestNode::start_with(|config| {
        config.links = vec![api.url()];
        config.secret = "another secret".into();
    })
    .await;
    assert!(api.try_accept().await.is_none());
    assert!(api.try_accept().await.is_none());
}
