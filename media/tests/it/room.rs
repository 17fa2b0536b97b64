//! A room: seats when many want them at once, what others are told, and who comes back.

use crate::harness::{Browser, Node, account, pass, pass_with_seats, sign, viewer, within};
use futures_util::future::join_all;
use media::room::{Control, Sending};
use protocol::room::Source;
use protocol::room::Source::{Camera, Microphone, Screen, ScreenAudio};
use protocol::signalling::{ClientMessage, CloseCode, ErrorCode, ServerMessage};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};
use tokio::sync::oneshot::error::TryRecvError;
use tokio::time::sleep;

/// Between two looks at a room.
const OFTEN: Duration = Duration::from_millis(10);

/// E1, E2: with three seats and four people who press at the same moment, exactly three are on screen, every time.
#[tokio::test(flavor = "multi_thread")]
async fn e1_e2_of_four_at_once_exactly_three_get_a_seat_in_each_of_50_rounds() {
    let node = Node::start().await;
    for round in 0..50 {
        let session = round.to_string();
        let passes = ["ada", "bob", "cleo", "dan"].map(|person| pass_with_seats(&session, person, 3));
        let mut browsers = join_all(passes.iter().map(|pass| node.join_to_share(pass))).await;
        let results = join_all(browsers.iter_mut().map(|browser| browser.produce(Microphone))).await;
        let refused: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
        assert_eq!(refused, [&ErrorCode::Full], "round {round}");
    }
}

/// E1, E2: at the default maximum, 50 of 51 are on screen and the 51st is told that the room is full.
#[tokio::test(flavor = "multi_thread")]
async fn e2_of_51_people_exactly_50_get_a_seat() {
    let node = Node::start().await;
    let passes: Vec<_> = (0..51).map(|number| pass("a", &format!("person{number}"))).collect();
    let mut browsers = join_all(passes.iter().map(|pass| node.join_to_share(pass))).await;
    let results = join_all(browsers.iter_mut().map(|browser| browser.produce(Microphone))).await;
    let refused: Vec<_> =
        results.iter().enumerate().filter_map(|(who, result)| Some((who, result.as_ref().err()?))).collect();
    let [(last, ErrorCode::Full)] = refused[..] else { panic!("{refused:?}") };
    // Who is on screen and how many are told apart from each other, in either order.
    let (on_screen, counts) = (RefCell::new(Vec::new()), Cell::new(None));
    let both = |message: &ServerMessage| {
        match message {
            ServerMessage::Speakers { speakers } if speakers.len() == 50 => *on_screen.borrow_mut() = speakers.clone(),
            ServerMessage::Counts { counts: now } if now.seats == 50 => counts.set(Some(*now)),
            _ => {}
        }
        (!on_screen.borrow().is_empty() && counts.get().is_some()).then_some(())
    };
    browsers[last].event("50 people on screen and every seat taken", both).await;
    assert!(on_screen.borrow().iter().all(|speaker| speaker.person != passes[last].sub));
    let seen = counts.get().unwrap();
    assert_eq!((seen.max_seats, seen.viewers), (50, 1));
    let lucky = if last == 0 { 1 } else { 0 };
    browsers[lucky].stop(Microphone).await;
    browsers[last].produce(Microphone).await.expect("the seat that was left is free");
}

/// E1: camera and microphone share a seat, a screen with its sound takes one of its own.
#[tokio::test]
async fn e1_a_screen_share_takes_a_seat_of_its_own() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass_with_seats("a", "ada", 2)).await;
    let mut bob = node.join_to_share(&pass_with_seats("a", "bob", 2)).await;
    for source in [Microphone, Camera, Screen, ScreenAudio] {
        ada.produce(source).await.unwrap();
    }
    assert_eq!(bob.produce(Camera).await, Err(ErrorCode::Full));
    assert_eq!(bob.produce(Screen).await, Err(ErrorCode::Full));
    ada.stop(ScreenAudio).await;
    assert_eq!(bob.produce(Camera).await, Err(ErrorCode::Full), "the picture still has the seat");
    ada.stop(Screen).await;
    bob.produce(Camera).await.unwrap();
    let speakers = ada.speakers("bob on screen", |speakers| speakers.len() == 2).await;
    assert_eq!(speakers[0].sources, [Microphone, Camera]);
    assert_eq!(speakers[1].person, account("bob"));
}

/// H1: who watches receives what was on screen before and what comes later.
#[tokio::test]
async fn h1_others_are_told_of_a_producer_whenever_they_come_and_until_it_ends() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut before = node.join(&viewer("a", "before")).await;
    let producer = ada.produce(Camera).await.unwrap();
    let told = before.consumer_added().await;
    assert_eq!((told.producer, told.person, told.source), (producer.clone(), account("ada"), Camera));

    let mut after = node.connect().await;
    let joined = after.join(&viewer("a", "after")).await;
    assert_eq!(joined.consumers.iter().map(|one| &one.producer).collect::<Vec<_>>(), [&producer]);
    assert_eq!(joined.speakers[0].person, account("ada"));
    let consumers = vec![joined.consumers[0].id.clone(), "unknown".into()];
    let answer = after.request(|id| ClientMessage::ResumeConsumers { id, consumers }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");

    let mut elsewhere = node.connect().await;
    assert!(elsewhere.join(&viewer("b", "elsewhere")).await.consumers.is_empty(), "rooms are apart");

    ada.stop(Camera).await;
    assert_eq!(before.consumer_removed().await, told.id);
    assert_eq!(after.consumer_removed().await, joined.consumers[0].id);
    after.speakers("nobody on screen", <[_]>::is_empty).await;
}

#[tokio::test]
async fn muting_is_seen_by_all() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    ada.produce(Microphone).await.unwrap();
    for muted in [true, false] {
        ada.request(|id| ClientMessage::SetMuted { id, source: Microphone, muted }).await;
        bob.speakers("the other state", |speakers| speakers.first().is_some_and(|one| one.muted.is_empty() != muted))
            .await;
    }
}

/// E1: the seat of a lost connection is held, nobody else gets it, and it is the person's again when they come back.
#[tokio::test]
async fn e1_a_lost_seat_is_held_and_taken_again() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass_with_seats("a", "ada", 1)).await;
    let mut bob = node.join_to_share(&pass_with_seats("a", "bob", 1)).await;
    ada.produce(Camera).await.unwrap();
    let consumer = bob.consumer_added().await.id;
    ada.lose();
    assert_eq!(bob.consumer_removed().await, consumer);
    bob.speakers("ada is lost", |speakers| speakers.first().is_some_and(|one| one.lost)).await;
    assert_eq!(bob.produce(Camera).await, Err(ErrorCode::Full));

    let mut back = node.connect().await;
    let joined = back.join(&pass_with_seats("a", "ada", 1)).await;
    assert!(joined.speakers[0].lost && joined.counts.seats == 1);
    back.create_send_transport().await;
    back.produce(Camera).await.expect("the seat is still hers");
    bob.speakers("ada is back", |speakers| speakers.first().is_some_and(|one| !one.lost)).await;
    assert_eq!(bob.produce(Camera).await, Err(ErrorCode::Full));
}

/// E1: who leaves by themselves leaves the seat at once.
#[tokio::test]
async fn e1_leaving_frees_the_seat_at_once() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass_with_seats("a", "ada", 1)).await;
    let mut bob = node.join_to_share(&pass_with_seats("a", "bob", 1)).await;
    ada.produce(Camera).await.unwrap();
    let began = Instant::now();
    ada.leave().await;
    bob.speakers("nobody on screen", <[_]>::is_empty).await;
    bob.produce(Camera).await.expect("the seat is free");
    assert!(began.elapsed() < Duration::from_secs(30), "long before a held seat would be free");
}

/// E1: who leaves while the room is busy with others has left, and is not one whose seat is held.
#[tokio::test(flavor = "multi_thread")]
async fn e1_leaving_frees_the_seat_also_in_a_busy_room() {
    let node = Node::start().await;
    let watching = node.join(&viewer("a", "watching")).await;
    for round in 0..5 {
        let passes: Vec<_> = (0..20).map(|number| pass("a", &format!("{round} {number}"))).collect();
        let mut browsers = join_all(passes.iter().map(|pass| node.join_to_share(pass))).await;
        join_all(browsers.iter_mut().map(|browser| browser.produce(Microphone))).await;
        join_all(browsers.into_iter().map(Browser::leave)).await;
        let seats = async || node.running.rooms.describe().await[0].counts.seats;
        let all_gone = async {
            while seats().await > 0 {
                sleep(OFTEN).await;
            }
        };
        within("the end of all that was on screen", all_gone).await;
    }
    drop(watching);
}

/// H5: a person is in a room once: the newer connection takes over, also the seat.
#[tokio::test]
async fn h5_a_second_connection_of_a_person_takes_over() {
    let node = Node::start().await;
    let mut old = node.join_to_share(&pass_with_seats("a", "ada", 1)).await;
    let mut bob = node.join_to_share(&pass_with_seats("a", "bob", 1)).await;
    old.produce(Camera).await.unwrap();
    let consumer = bob.consumer_added().await.id;

    let mut new = node.connect().await;
    let joined = new.join(&pass_with_seats("a", "ada", 1)).await;
    assert_eq!(old.closed().await, CloseCode::TakenOver);
    assert!(!CloseCode::TakenOver.may_come_back(), "or two tabs would take turns for ever");
    assert_eq!(bob.consumer_removed().await, consumer);
    assert!(joined.consumers.is_empty());
    new.create_send_transport().await;
    assert_eq!(bob.produce(Camera).await, Err(ErrorCode::Full));
    new.produce(Camera).await.expect("the seat went with the person");
    bob.counts("one on screen, one watching", |counts| (counts.seats, counts.viewers) == (1, 1)).await;
}

/// H5, E1: who goes on in another tab, and only holds the seat there, is counted once; also when the seat is given up.
#[tokio::test]
async fn h5_who_takes_over_is_counted_once() {
    let node = Node::start().await;
    let state = async || node.running.rooms.describe().await.remove(0);
    let inside = async || {
        let state = state().await;
        assert_eq!(state.speakers.len() + state.counts.viewers as usize, state.people.len(), "{state:?}");
        (state.speakers.len(), state.counts.viewers)
    };
    let mut old = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    assert_eq!(inside().await, (0, 2));
    old.produce(Camera).await.unwrap();
    assert_eq!(inside().await, (1, 1));

    let mut new = node.connect().await;
    let joined = new.join(&pass("a", "ada")).await;
    assert!(joined.speakers[0].lost && joined.counts.viewers == 1, "she is on screen still, as lost");
    assert_eq!(inside().await, (1, 1));
    new.create_send_transport().await;
    new.produce(Camera).await.unwrap();
    assert_eq!(inside().await, (1, 1));
    new.lose();
    let lost = async {
        while !state().await.speakers[0].lost {
            sleep(OFTEN).await;
        }
    };
    within("her loss", lost).await;
    assert_eq!(inside().await, (1, 1), "lost altogether");

    let mut back = node.join(&pass("a", "ada")).await;
    back.counts("as before", |counts| counts.viewers == 1).await;
    back.leave().await;
    bob.counts("bob alone", |counts| (counts.seats, counts.viewers) == (0, 1)).await;
    assert_eq!(inside().await, (0, 1));
}

#[tokio::test]
async fn people_on_screen_are_no_viewers() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join(&viewer("a", "bob")).await;
    let is = |seats, viewers| move |counts: &protocol::room::Counts| (counts.seats, counts.viewers) == (seats, viewers);
    bob.counts("two viewers", is(0, 2)).await;
    ada.produce(Camera).await.unwrap();
    bob.counts("one on screen", is(1, 1)).await;
    ada.produce(Screen).await.unwrap();
    bob.counts("two seats", is(2, 1)).await;
    ada.leave().await;
    bob.counts("one viewer", is(0, 1)).await;
}

/// What a member says it sends, where no media is needed.
fn sending(person: &str, source: Source) -> Sending {
    let producer = "0a0b0c0d-0000-4000-8000-000000000000".parse().unwrap();
    let router = "0a0b0c0d-0000-4000-8000-000000000001".parse().unwrap();
    Sending { producer, person: account(person).as_str().into(), source, router }
}

/// A member that takes nothing from its queue is dropped with `TOO_SLOW`; the room does not wait for it.
#[tokio::test]
async fn a_member_that_falls_behind_stops_nobody() {
    let node = Node::start().await;
    let (_room, deaf) = node.running.rooms.enter(viewer("a", "deaf"), "tab").await.unwrap();
    let (room, mut bob) = node.running.rooms.enter(viewer("a", "bob"), "tab").await.unwrap();
    let (_, ada) = node.running.rooms.enter(pass("a", "ada"), "tab").await.unwrap();
    let mut heard = 0;
    for _ in 0..600 {
        room.claim(ada.member, Microphone, false).await.unwrap();
        room.started(ada.member, sending("ada", Microphone)).await;
        room.ended(ada.member, Microphone).await;
        while bob.events.try_recv().is_ok() {
            heard += 1;
        }
    }
    assert!(within("the end of who is deaf", deaf.closed).await.is_err(), "no reason is given: it was too slow");
    assert!(heard > 600, "{heard}");
    assert!(bob.closed.try_recv().is_err_and(|error| error == TryRecvError::Empty), "who reads stays");
}

/// C6: being put out is not behind whatever waits for a browser that reads slowly.
#[tokio::test]
async fn c6_who_is_put_out_hears_of_it_past_everything_that_waits() {
    let node = Node::start().await;
    let (_room, mut slow) = node.running.rooms.enter(viewer("a", "slow"), "tab").await.unwrap();
    let (room, ada) = node.running.rooms.enter(pass("a", "ada"), "tab").await.unwrap();
    for source in [Microphone, Camera, Screen] {
        room.claim(ada.member, source, false).await.unwrap();
        room.started(ada.member, sending("ada", source)).await;
    }
    room.control(Control::Remove { person: account("slow") }).await;
    assert_eq!(within("the reason", &mut slow.closed).await, Ok(CloseCode::AccessLost));
    assert!(slow.events.try_recv().is_ok(), "and there was something that waited");
}

/// E1, H5: a browser that gives no sign of life is lost, however lively the room is, and its seat is held.
#[tokio::test]
async fn e1_a_silent_browser_is_lost_also_in_a_lively_room() {
    let node = Node::start_with(|config| config.silence = Duration::from_secs(3)).await;
    let mut ada = node.join_to_share(&pass("a", "ada")).await;
    let mut bob = node.join_to_share(&pass("a", "bob")).await;
    ada.produce(Camera).await.unwrap();
    bob.produce(Microphone).await.unwrap();
    // From here on nothing is read for Ada, so that no ping is answered; Bob keeps the room busy.
    let mut muted = false;
    within("the loss of a silent browser", async {
        loop {
            muted = !muted;
            bob.request(|id| ClientMessage::SetMuted { id, source: Microphone, muted }).await;
            let speakers = bob.speakers("news", |_| true).await;
            if speakers.iter().any(|one| one.person == account("ada") && one.lost) {
                return;
            }
        }
    })
    .await;
    drop(ada);
}

/// A tab that sleeps sends nothing by itself; its browser answers pings, and it stays.
#[tokio::test]
async fn a_browser_that_only_answers_pings_stays() {
    let node = Node::start_with(|config| config.silence = Duration::from_secs(1)).await;
    let mut sleeping = node.join(&viewer("a", "sleeping")).await;
    let asleep = tokio::spawn(async move { sleeping.closed().await });
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(!asleep.is_finished(), "it was lost while it answered");
    asleep.abort();
}

/// H5: a tab that comes back by itself does not take the place from where the person went on meanwhile.
#[tokio::test]
async fn h5_a_tab_that_was_taken_over_does_not_come_back_by_itself() {
    let node = Node::start().await;
    let token = sign(&pass("a", "ada"));
    let join = async |tab: &str| {
        let mut browser = node.connect().await;
        let answer = browser.try_join(&token, tab).await;
        (browser, answer)
    };
    let (laptop, _) = join("laptop").await;
    drop(laptop);
    let (_laptop, again) = join("laptop").await;
    assert!(matches!(again, ServerMessage::Joined { .. }), "the same tab comes back: {again:?}");
    let (_phone, on_phone) = join("phone").await;
    assert!(matches!(on_phone, ServerMessage::Joined { .. }), "{on_phone:?}");
    let (_laptop, by_itself) = join("laptop").await;
    assert!(matches!(by_itself, ServerMessage::Closed { code: CloseCode::TakenOver, .. }), "{by_itself:?}");
    let (_laptop, by_the_person) = join("laptop, pressed again").await;
    assert!(matches!(by_the_person, ServerMessage::Joined { .. }), "{by_the_person:?}");
}
