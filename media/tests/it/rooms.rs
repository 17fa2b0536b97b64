//! The rooms of a node: how many fit in, and that a room begins anew when it was over.

use crate::harness::{Browser, Node, pass, pass_with_seats, sign, viewer, within};
use futures_util::future::join_all;
use protocol::room::Source;
use protocol::signalling::{CloseCode, ServerMessage};

/// E3: over the set number nobody else is let in; who is in already may come with another connection.
#[tokio::test]
async fn e3_a_room_with_as_many_people_as_are_allowed_is_full() {
    let node = Node::start_with(|config| config.max_viewers = 2).await;
    let first = node.join(&viewer("a", "ada")).await;
    let _second = node.join(&viewer("a", "bob")).await;
    let mut third = node.connect().await;
    let answer = third.try_join(&sign(&viewer("a", "cleo")), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::RoomFull, .. }), "{answer:?}");
    assert!(CloseCode::RoomFull.may_come_back(), "a place may get free");
    let _again = node.join(&viewer("a", "bob")).await;
    let _elsewhere = node.join(&viewer("b", "cleo")).await;
    first.leave().await;
    let _third = node.join(&viewer("a", "cleo")).await;
}

/// E3, D4: hosts come into a full room, which makes no place for anybody else.
#[tokio::test]
async fn e3_hosts_come_into_a_full_room() {
    let node = Node::start_with(|config| config.max_viewers = 2).await;
    let ada = node.join(&viewer("a", "ada")).await;
    let _bob = node.join(&viewer("a", "bob")).await;
    let refused = async |person: &str| {
        let mut browser = node.connect().await;
        let answer = browser.try_join(&sign(&viewer("a", person)), "tab").await;
        assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::RoomFull, .. }), "{person}: {answer:?}");
    };
    refused("cleo").await;
    let mut hosts = Vec::new();
    for name in ["olga", "mo"] {
        let mut host = viewer("a", name);
        host.host = true;
        hosts.push(node.join(&host).await);
    }
    hosts[0].counts("everybody inside", |counts| counts.viewers == 4).await;
    refused("cleo").await;
    ada.leave().await;
    hosts[0].counts("one less", |counts| counts.viewers == 3).await;
    refused("cleo").await;
}

/// E1, H5: in a full room there is a place for the person whose seat is held.
#[tokio::test]
async fn e1_a_full_room_takes_back_who_has_a_seat() {
    let node = Node::start_with(|config| config.max_viewers = 2).await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Microphone).await.unwrap();
    let mut bob = node.join(&viewer("a", "bob")).await;
    ada.lose();
    bob.speakers("ada is lost", |speakers| speakers.first().is_some_and(|one| one.lost)).await;
    let _cleo = node.join(&viewer("a", "cleo")).await;
    let mut dan = node.connect().await;
    let answer = dan.try_join(&sign(&viewer("a", "dan")), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::RoomFull, .. }), "{answer:?}");
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Microphone).await.expect("her seat");
}

/// E5: rooms are not counted: many at the same moment, each with somebody on screen, and each is over when they leave.
#[tokio::test(flavor = "multi_thread")]
async fn e5_300_rooms_at_once_on_one_node() {
    let node = Node::start_with(|config| config.workers = 2).await;
    let mut browsers = Vec::new();
    let numbers: Vec<u32> = (0..300).collect();
    for some in numbers.chunks(30) {
        // One person in 300 rooms would be one who joins too often.
        let passes: Vec<_> = some.iter().map(|number| pass(&number.to_string(), &format!("person {number}"))).collect();
        let mut joined = join_all(passes.iter().map(|pass| node.join_to_share(pass))).await;
        for produced in join_all(joined.iter_mut().map(|browser| browser.produce(Source::Microphone))).await {
            produced.unwrap();
        }
        browsers.append(&mut joined);
    }
    let rooms = node.running.rooms.describe().await;
    assert_eq!(rooms.len(), 300);
    assert!(rooms.iter().all(|room| room.speakers.len() == 1 && room.people.len() == 1));
    join_all(browsers.into_iter().map(Browser::leave)).await;
    within("the end of every room", async {
        while !node.running.rooms.describe().await.is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// A room that nobody is in is over; the next one begins with the settings of who comes, however often that happens.
#[tokio::test(flavor = "multi_thread")]
async fn rooms_end_and_begin_again() {
    let node = Node::start().await;
    let mut began = 0;
    for round in 1..=20 {
        let mut browser = node.connect().await;
        let mut pass = pass_with_seats("a", "ada", round);
        // A room that went on would refuse this lower version.
        pass.settings.version = 100 - i64::from(round);
        let joined = browser.join(&pass).await;
        assert_eq!((joined.counts.max_seats, joined.counts.viewers), (round, 1));
        assert!(joined.began > began, "it says that it is another one");
        began = joined.began;
        browser.leave().await;
        within("the end of the room", async {
            while !node.running.rooms.describe().await.is_empty() {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

/// Many who come to a new room at the same moment meet in one room.
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_at_the_same_moment_is_in_the_same_room() {
    let node = Node::start().await;
    for round in 0..5 {
        let session = round.to_string();
        let passes: Vec<_> = (0..8).map(|number| pass(&session, &number.to_string())).collect();
        let mut browsers = join_all(passes.iter().map(|pass| node.join_to_share(pass))).await;
        browsers[0].produce(Source::Microphone).await.unwrap();
        for browser in &mut browsers[1..] {
            browser.consumer_added().await;
        }
    }
}
