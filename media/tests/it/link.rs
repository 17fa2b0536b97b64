//! The link to an api: what it is told, what it can command, and that it heals.

use crate::harness::{
    FakeApi, Node, account, parameters, pass, pass_at, pass_with_seats, session, sign, viewer, within,
};
use protocol::link::FromApi;
use protocol::room::{Settings, Source};
use protocol::signalling::{ClientMessage, CloseCode, ErrorCode, ServerMessage, StopReason};
use std::time::{Duration, Instant};

fn settings(version: i64, max_seats: u32, keep: Option<Vec<String>>) -> FromApi {
    FromApi::Settings {
        session: session("a"),
        settings: Settings { version, max_seats, youtube: Default::default(), record: false, starts: 0 },
        keep,
    }
}

#[tokio::test]
async fn the_api_is_told_of_rooms_and_of_their_end() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, hello) = api.link().await;
    assert_eq!(hello.address, format!(":{}/signalling", node.address().port()));
    assert!(hello.rooms.is_empty());

    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Camera).await.unwrap();
    let room = link.room("ada on screen", |room| room.counts.seats == 1).await;
    assert_eq!((room.session, room.counts.viewers), (session("a"), 0));
    assert_eq!((room.speakers[0].person.as_str(), room.speakers[0].name.as_str()), ("account:ada", "ada"));
    assert!(room.people.is_empty(), "who watches is told in hello only");
    ada.leave().await;
    link.room("the end", |room| room.counts.seats == 0 && room.counts.viewers == 0 && room.speakers.is_empty()).await;
}

/// Changes are told at most once a second, whatever happens in the room.
#[tokio::test]
async fn changes_are_told_together() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Microphone).await.unwrap();
    for round in 0..40 {
        let muted = round % 2 == 0;
        ada.request(|id| ClientMessage::SetMuted { id, source: Source::Microphone, muted }).await;
    }
    ada.produce(Source::Camera).await.unwrap();
    let told = std::cell::Cell::new(0);
    link.room("both sources", |room| {
        told.set(told.get() + 1);
        room.speakers.first().is_some_and(|one| one.sources.len() == 2)
    })
    .await;
    assert!(told.get() < 20, "told {} times", told.get());
}

/// D9: who comes on screen or leaves it is told at once, so that the api knows who is there when a host changes the mode.
#[tokio::test]
async fn d9_who_is_on_screen_is_told_at_once() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let began = Instant::now();
    for _ in 0..10 {
        ada.produce(Source::Camera).await.unwrap();
        link.room("Ada on screen", |room| room.speakers.len() == 1).await;
        ada.stop(Source::Camera).await;
        link.room("nobody on screen", |room| room.speakers.is_empty()).await;
    }
    assert!(began.elapsed() < Duration::from_secs(10), "20 changes, each told well within a second");
}

/// O2: so is what somebody starts or stops to send, so that the api knows what a host ends.
#[tokio::test]
async fn o2_what_is_sent_is_told_at_once() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Camera).await.unwrap();
    let began = Instant::now();
    for _ in 0..8 {
        ada.produce(Source::Screen).await.unwrap();
        link.room("a screen", |room| room.speakers.first().is_some_and(|one| one.sources.len() == 2)).await;
        ada.stop(Source::Screen).await;
        link.room("no screen", |room| room.speakers.first().is_some_and(|one| one.sources.len() == 1)).await;
    }
    assert!(began.elapsed() < Duration::from_secs(8), "16 changes, each told well within a second");
}

/// E1: lowering the maximum removes nobody, and refuses new ones until there is room.
#[tokio::test]
async fn e1_lowering_the_maximum_removes_nobody() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join_to_share(&pass("a", "bob")).await;
    ada.produce(Source::Camera).await.unwrap();
    bob.produce(Source::Camera).await.unwrap();
    link.say(&settings(2, 1, None)).await;
    ada.counts("the new maximum", |counts| (counts.seats, counts.max_seats) == (2, 1)).await;
    let mut cleo = node.connect().await;
    let mut newer = pass_with_seats("a", "cleo", 1);
    newer.settings.version = 2;
    cleo.join(&newer).await;
    cleo.create_send_transport().await;
    assert_eq!(cleo.produce(Source::Camera).await, Err(ErrorCode::Full));
    ada.stop(Source::Camera).await;
    assert_eq!(cleo.produce(Source::Camera).await, Err(ErrorCode::Full));
    bob.stop(Source::Camera).await;
    cleo.produce(Source::Camera).await.expect("below the new maximum there is room");
}

/// The higher version wins, whoever brings it; a pass with a lower one opens nothing, also when the room went empty.
#[tokio::test]
async fn c6_the_higher_version_of_the_settings_wins() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join(&pass("a", "ada")).await;
    link.say(&settings(3, 7, None)).await;
    ada.counts("the new maximum", |counts| counts.max_seats == 7).await;
    link.say(&settings(2, 9, Some(Vec::new()))).await;
    link.say(&settings(4, 8, None)).await;
    ada.counts("the newest maximum; the older one changed nothing", |counts| {
        assert_ne!(counts.max_seats, 9);
        counts.max_seats == 8
    })
    .await;
    ada.leave().await;
    link.room("the end", |room| room.counts.viewers == 0).await;
    let mut late = node.connect().await;
    let answer = late.try_join(&sign(&pass("a", "bob")), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
    let mut newer = pass("a", "bob");
    newer.settings.version = 4;
    node.join(&newer).await;
}

/// C6: who is not among those who may stay is put out at once.
#[tokio::test]
async fn c6_settings_put_out_who_may_not_stay() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join(&pass("a", "ada")).await;
    let mut bob = node.join(&pass("a", "bob")).await;
    link.say(&settings(2, 50, Some(vec![account("ada")]))).await;
    assert_eq!(bob.closed().await, CloseCode::AccessLost);
    ada.counts("ada alone", |counts| counts.viewers == 1).await;
}

/// C6, E1: a seat that is held after a network loss is held for those only who may come back.
#[tokio::test]
async fn c6_settings_free_the_held_seats_of_who_may_not_stay() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut bob = node.join(&pass("a", "bob")).await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Camera).await.unwrap();
    ada.lose();
    bob.counts("ada is gone, her seat is held", |counts| (counts.seats, counts.viewers) == (1, 1)).await;
    link.say(&settings(2, 50, Some(vec![account("bob")]))).await;
    bob.counts("no seat is held", |counts| counts.seats == 0).await;
}

/// C6: a removed person is out at once, loses the seat, and the passes they have open nothing; a later one does.
#[tokio::test]
async fn c6_a_removed_person_is_out_and_their_passes_open_nothing() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    ada.produce(Source::Camera).await.unwrap();
    let consumer = bob.consumer_added().await.id;
    link.say(&FromApi::Remove { session: session("a"), person: account("ada") }).await;
    assert_eq!(ada.closed().await, CloseCode::AccessLost);
    assert_eq!(bob.consumer_removed().await, consumer);
    bob.counts("no seat is held", |counts| (counts.seats, counts.viewers) == (0, 1)).await;

    let mut again = node.connect().await;
    let old = pass_at(crate::harness::now() - 10, "a", "ada");
    let answer = again.try_join(&sign(&old), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
    node.join(&pass_at(crate::harness::now() + 5, "a", "ada")).await;
}

/// F5: a host ended the room: passes from before open nothing, later ones do.
#[tokio::test]
async fn f5_a_room_that_a_host_closed_opens_by_newer_passes() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Camera).await.unwrap();
    let mut newer = pass("a", "ada");
    newer.settings.version += 1;
    let version = newer.settings.version;
    link.say(&FromApi::Close { session: session("a"), version: Some(version) }).await;
    assert_eq!(ada.closed().await, CloseCode::SessionClosed);
    let mut again = node.connect().await;
    let answer = again.try_join(&sign(&pass("a", "ada")), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
    node.join(&newer).await;
}

#[tokio::test]
async fn a_closed_room_is_over_for_all() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    let mut elsewhere = node.join(&viewer("b", "cleo")).await;
    ada.produce(Source::Camera).await.unwrap();
    link.say(&FromApi::Close { session: session("a"), version: None }).await;
    assert_eq!(ada.closed().await, CloseCode::SessionClosed);
    assert_eq!(bob.closed().await, CloseCode::SessionClosed);
    link.room("the end", |room| room.session == session("a") && room.counts.seats + room.counts.viewers == 0).await;
    let mut again = node.connect().await;
    let answer = again.try_join(&sign(&pass("a", "ada")), "tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
    let answer = elsewhere.request(|id| ClientMessage::Ping { id }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
}

/// D8: rights are taken and given back while inside; what was on screen ends at once.
#[tokio::test]
async fn d8_rights_change_while_inside() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    ada.produce(Source::Microphone).await.unwrap();
    ada.produce(Source::Camera).await.unwrap();
    let rights =
        |share| FromApi::Rights { session: session("a"), person: account("ada"), share, host: false, asked: false };
    link.say(&rights(false)).await;
    let mut stopped = Vec::new();
    let told = |message: &ServerMessage| match message {
        ServerMessage::Stopped { source, reason: StopReason::MayNotShare } => Some(*source),
        _ => None,
    };
    let right = |message: &ServerMessage| match message {
        ServerMessage::Rights { share, .. } => Some(*share),
        _ => None,
    };
    assert!(!ada.event("the right is gone", right).await);
    for _ in 0..2 {
        stopped.push(ada.event("the end of a source", told).await);
    }
    stopped.sort();
    assert_eq!(stopped, [Source::Microphone, Source::Camera]);
    bob.speakers("nobody on screen", <[_]>::is_empty).await;
    assert_eq!(ada.produce(Source::Camera).await, Err(ErrorCode::MayNotShare));
    link.say(&rights(true)).await;
    assert!(ada.event("the right is back", right).await);
    ada.produce_with(Source::Camera, parameters::rtp(Source::Camera)).await.expect("it may be used again");
}

/// The api goes away and comes back on the same address: the call goes on, and everything is told again.
#[tokio::test]
async fn the_link_heals_and_says_everything_again() {
    let mut api = FakeApi::start().await;
    let address = api.address();
    let node = Node::linked_to(&api).await;
    drop((api.link().await, api));
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    ada.produce(Source::Camera).await.unwrap();
    let _bob = node.join(&viewer("a", "bob")).await;

    let mut api = FakeApi::on(address).await;
    let (mut link, second) = api.link().await;
    let [room] = &second.rooms[..] else { panic!("one room, not {}", second.rooms.len()) };
    let mut people = room.people.clone();
    people.sort();
    assert_eq!(people, [account("ada"), account("bob")]);
    assert_eq!((room.counts.seats, room.counts.viewers), (1, 1));
    link.say(&FromApi::Remove { session: session("a"), person: account("ada") }).await;
    assert_eq!(ada.closed().await, CloseCode::AccessLost, "the new link commands");
}

/// A media with another secret gets no link, and neither gives up nor falls over.
#[tokio::test]
async fn a_wrong_secret_is_refused_and_tried_again_later() {
    let api = FakeApi::start().await;
    let link = api.url();
    let node = Node::start_with(|config| {
        config.links = vec![link];
        config.secret = "another secret".into();
    })
    .await;
    within("three attempts", async {
        while api.refused() < 3 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    node.connect().await;
}

/// An api that fell silent is dialled again after 15 s: a connection that is open on one side only helps nobody.
#[tokio::test]
async fn a_link_to_an_api_that_falls_silent_is_made_again() {
    let mut api = FakeApi::start().await;
    let _node = Node::linked_to(&api).await;
    let (silent, _hello) = api.link().await;
    let began = Instant::now();
    let (_again, _hello) = within("another link", api.link()).await;
    assert!(began.elapsed() > Duration::from_secs(10), "it was not in a hurry either");
    silent.ended().await;
}

/// D8: a right that was taken back does not come back with a pass from before.
#[tokio::test]
async fn d8_a_pass_from_before_gives_no_right_back() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let before = pass("a", "ada");
    let mut ada = node.join_to_share(&before).await;
    link.say(&FromApi::Rights {
        session: session("a"),
        person: account("ada"),
        share: false,
        host: false,
        asked: false,
    })
    .await;
    let told = |message: &ServerMessage| matches!(message, ServerMessage::Rights { share: false, .. }).then_some(());
    ada.event("the right is gone", told).await;
    let mut again = node.connect().await;
    let answer = again.try_join(&sign(&before), "another tab").await;
    assert!(matches!(answer, ServerMessage::Closed { code: CloseCode::InvalidPass, .. }), "{answer:?}");
}
