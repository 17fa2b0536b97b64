//! What hosts do to those on screen, and the row of those who wait for a seat (D5, D7).

use crate::harness::{Browser, FakeApi, Node, account, now, pass, pass_with_seats, session, viewer};
use protocol::link::FromApi;
use protocol::pass::{PASS_SECONDS, Pass};
use protocol::room::Source::{self, Camera, Microphone, Screen, ScreenAudio};
use protocol::room::{Seat, Speaker};
use protocol::signalling::{ClientMessage, ErrorCode, ServerMessage, StopReason};

fn rights(person: &str, share: bool) -> FromApi {
    FromApi::Rights { session: session("a"), person: account(person), share, host: false, asked: share }
}

/// D5: approved while every seat is taken, people are told their place, and get the free seat in their order.
#[tokio::test]
async fn d5_approved_while_full_is_offered_the_next_free_seat() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass_with_seats("a", "ada", 1)).await;
    let mut cleo = node.join_to_share(&pass_with_seats("a", "cleo", 1)).await;
    let mut bob = node.join(&watcher("bob")).await;
    let mut dan = node.join(&watcher("dan")).await;
    ada.produce(Camera).await.unwrap();
    link.say(&rights("bob", true)).await;
    assert_eq!(waiting(&mut bob).await, 1);
    link.say(&rights("dan", true)).await;
    assert_eq!(waiting(&mut dan).await, 2);
    ada.stop(Camera).await;
    assert_eq!(offered(&mut bob).await, 30);
    assert_eq!(waiting(&mut dan).await, 1, "the row moves up");
    assert_eq!(cleo.produce(Camera).await, Err(ErrorCode::Full), "the seat is kept for Bob");
    bob.create_send_transport().await;
    bob.produce(Camera).await.expect("it is his");
    bob.leave().await;
    assert_eq!(offered(&mut dan).await, 30);
}

/// D5: who waits and comes back, as by a reload, which leaves, is told the place again; who is offered a seat, for how long it is still kept.
#[tokio::test]
async fn d5_who_comes_back_is_told_of_the_turn_again() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass_with_seats("a", "ada", 1)).await;
    let mut bob = node.join(&watcher("bob")).await;
    let mut dan = node.join(&watcher("dan")).await;
    ada.produce(Camera).await.unwrap();
    for (person, browser) in [("bob", &mut bob), ("dan", &mut dan)] {
        link.say(&rights(person, true)).await;
        waiting(browser).await;
    }
    // A pass from before the approval opens nothing any more.
    let later = |person: &str| Pass { exp: now() + PASS_SECONDS + 5, ..pass_with_seats("a", person, 1) };
    dan.leave().await;
    let mut dan = node.join(&later("dan")).await;
    assert_eq!(waiting(&mut dan).await, 2);

    ada.stop(Camera).await;
    offered(&mut bob).await;
    bob.leave().await;
    let mut bob = node.join(&later("bob")).await;
    let left = offered(&mut bob).await;
    assert!((1..=30).contains(&left), "{left}");
    assert_eq!(waiting(&mut dan).await, 1);
    bob.create_send_transport().await;
    bob.produce(Camera).await.expect("the seat is still kept");

    // Who sits has no turn any more.
    bob.lose();
    let mut bob = node.join(&later("bob")).await;
    let told = bob.request(|id| ClientMessage::Ping { id }).await;
    assert!(matches!(told, ServerMessage::Ok { .. }), "{told:?}");
    assert!(
        bob.has_not_heard(|message| matches!(message, ServerMessage::Offered { .. } | ServerMessage::Rights { .. }))
    );
}

/// D5: a turn that is given to somebody who is away for a moment is theirs when they are back, before who is approved later.
#[tokio::test]
async fn d5_who_is_approved_while_away_has_the_turn() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass_with_seats("a", "ada", 1)).await;
    let bob = node.join(&watcher("bob")).await;
    let mut dan = node.join(&watcher("dan")).await;
    ada.produce(Camera).await.unwrap();
    bob.leave().await;
    for person in ["bob", "dan"] {
        link.say(&rights(person, true)).await;
    }
    // Nobody waits before Dan, who is the next one inside, and still the second of the row.
    assert_eq!(waiting(&mut dan).await, 2);
    let mut bob = node.join(&Pass { exp: now() + PASS_SECONDS + 5, ..pass_with_seats("a", "bob", 1) }).await;
    assert_eq!(waiting(&mut bob).await, 1);
    ada.stop(Camera).await;
    offered(&mut bob).await;
}

/// D5: who is approved while a seat is free may take it, and waits for nothing.
#[tokio::test]
async fn d5_approved_with_a_free_seat_goes_on_screen() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut bob = node.join(&watcher("bob")).await;
    link.say(&rights("bob", true)).await;
    let right = |message: &ServerMessage| match message {
        ServerMessage::Rights { share, waiting } => Some((*share, *waiting)),
        _ => None,
    };
    assert_eq!(bob.event("the right", right).await, (true, None));
    bob.create_send_transport().await;
    bob.produce(Camera).await.unwrap();
}

/// D7: a host mutes somebody for everyone; the person is told, and may unmute.
#[tokio::test]
async fn d7_a_host_mutes_for_everyone() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    ada.produce(Microphone).await.unwrap();
    link.say(&mute("ada")).await;
    assert_eq!(ada.event("the own page is told", muted).await, Microphone);
    bob.speakers("Ada is muted", |speakers| speakers.first().is_some_and(|one| one.muted == [Microphone])).await;
    ada.request(|id| ClientMessage::SetMuted { id, source: Microphone, muted: false }).await;
    bob.speakers("Ada is not muted", |speakers| speakers.first().is_some_and(|one| one.muted.is_empty())).await;
}

/// D7, H5: who is muted while the connection is lost comes back muted, reads that it was a host, and may unmute.
#[tokio::test]
async fn d7_h5_who_is_muted_while_lost_comes_back_muted() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    for source in [Camera, Microphone] {
        ada.produce(source).await.unwrap();
    }
    ada.lose();
    bob.speakers("Ada is lost", |speakers| speakers.first().is_some_and(|one| one.lost)).await;
    link.say(&mute("ada")).await;
    bob.speakers("Ada is muted", |speakers| speakers.first().is_some_and(|one| one.muted == [Microphone])).await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    for source in [Camera, Microphone] {
        ada.produce(source).await.unwrap();
    }
    let back = |one: &Speaker| !one.lost && one.muted == [Microphone] && one.sources.len() == 2;
    bob.speakers("back and muted", |speakers| speakers.first().is_some_and(back)).await;
    assert_eq!(ada.event("a host did it", muted).await, Microphone);
    ada.set_muted(Microphone, false).await;
    bob.speakers("Ada is not muted", |speakers| speakers.first().is_some_and(|one| one.muted.is_empty())).await;
}

/// D7, H5: another tab that takes over does not undo it either.
#[tokio::test]
async fn d7_h5_who_goes_on_in_another_tab_is_still_muted() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut first = node.join_to_share(&pass("a", "ada")).await;
    first.produce(Microphone).await.unwrap();
    link.say(&mute("ada")).await;
    first.event("the own page is told", muted).await;
    let mut second = node.join_to_share(&pass("a", "ada")).await;
    second.produce(Microphone).await.unwrap();
    assert_eq!(second.event("the other tab is told", muted).await, Microphone);
}

/// D7: who gave the seat up begins anew, and is muted no more.
#[tokio::test]
async fn d7_who_left_after_being_muted_comes_back_unmuted() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Microphone).await.unwrap();
    link.say(&mute("ada")).await;
    ada.event("the own page is told", muted).await;
    ada.leave().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Microphone).await.unwrap();
    let told = ada.request(|id| ClientMessage::Ping { id }).await;
    assert!(matches!(told, ServerMessage::Ok { .. }), "{told:?}");
    assert!(ada.has_not_heard(|message| matches!(message, ServerMessage::Muted { .. })));
}

/// D7: a screen share is removed alone; the camera stays, and the right too.
#[tokio::test]
async fn d7_a_screen_share_is_removed_alone() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    for source in [Camera, Screen, ScreenAudio] {
        ada.produce(source).await.unwrap();
    }
    link.say(&FromApi::StopSeat { session: session("a"), person: account("ada"), seat: Seat::Screen }).await;
    let mut over = vec![removed(&mut ada).await, removed(&mut ada).await];
    over.sort();
    assert_eq!(over, [Screen, ScreenAudio]);
    bob.speakers("the camera alone", |speakers| speakers.first().is_some_and(|one| one.sources == [Camera])).await;
    ada.produce(Screen).await.expect("the right stays");
}

/// D3: the api hears how many hosts are inside.
#[tokio::test]
async fn d3_the_hosts_inside_are_counted() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut host = pass("a", "olga");
    host.host = true;
    let olga = node.join(&host).await;
    let _bob = node.join(&watcher("bob")).await;
    link.room("one host inside", |room| room.hosts == 1 && room.counts.viewers == 2).await;
    olga.leave().await;
    link.room("no host inside", |room| room.hosts == 0 && room.counts.viewers == 1).await;
}

/// A host mutes the microphone of a person.
fn mute(person: &str) -> FromApi {
    FromApi::Mute { session: session("a"), person: account(person), source: Microphone }
}

fn muted(message: &ServerMessage) -> Option<Source> {
    match message {
        ServerMessage::Muted { source } => Some(*source),
        _ => None,
    }
}

/// Somebody who watches a room with one seat.
fn watcher(person: &str) -> protocol::pass::Pass {
    let mut pass = pass_with_seats("a", person, 1);
    pass.share = false;
    pass
}

async fn waiting(browser: &mut Browser) -> u32 {
    let place = |message: &ServerMessage| match message {
        ServerMessage::Rights { share: true, waiting } => *waiting,
        _ => None,
    };
    browser.event("a place in the row", place).await
}

async fn offered(browser: &mut Browser) -> u64 {
    let seconds = |message: &ServerMessage| match message {
        ServerMessage::Offered { seconds } => Some(*seconds),
        _ => None,
    };
    browser.event("an offer", seconds).await
}

async fn removed(browser: &mut Browser) -> Source {
    let source = |message: &ServerMessage| match message {
        ServerMessage::Stopped { source, reason: StopReason::Removed } => Some(*source),
        _ => None,
    };
    browser.event("the end of a source", source).await
}
