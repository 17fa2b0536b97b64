//! Tests of the room's reducer.

use super::tiles::tests::speaker;
use super::*;

fn inside(seats: u32, max_seats: u32) -> Room {
    let mut room = Room::default();
    room.apply(Change::Joined {
        person: "me".into(),
        share: true,
        counts: Counts { seats, max_seats, viewers: 1 },
        speakers: vec![],
        hands: Hands::default(),
    });
    room.apply(Change::Phase(Phase::Inside));
    room
}

const SENDING: Own = Own { muted: false, on_screen: true };

#[test]
fn e2_a_room_at_its_cap_is_full_for_who_is_not_seated() {
    let mut room = inside(3, 3);
    assert!(room.full(Seat::Person) && room.full(Seat::Screen));
    room.apply(Change::Own { source: Source::Microphone, own: SENDING });
    assert!(!room.full(Seat::Person), "who sits already may add a camera");
    assert!(room.full(Seat::Screen), "a screen share needs a seat of its own (E1)");
}

#[test]
fn e2_a_room_below_its_cap_is_not_full() {
    let room = inside(2, 3);
    assert!(!room.full(Seat::Person) && !room.full(Seat::Screen));
}

fn watching() -> Room {
    let mut room = inside(3, 3);
    room.apply(Change::Rights { share: false, waiting: None });
    room
}

#[test]
fn d6_a_right_that_comes_while_inside_is_news_until_it_is_used_seen_or_lost() {
    let mut room = watching();
    assert!(!room.granted);
    room.apply(Change::Rights { share: true, waiting: None });
    assert!(room.granted && room.may_share);
    let mut used = room.clone();
    used.apply(Change::Own { source: Source::Microphone, own: Own { muted: false, on_screen: false } });
    assert!(used.granted, "the server has not given the seat yet");
    used.apply(Change::Own { source: Source::Microphone, own: SENDING });
    assert!(!used.granted);
    let mut seen = room.clone();
    seen.grant_seen();
    seen.apply(Change::Rights { share: true, waiting: None });
    assert!(!seen.granted, "the same right is no news");
    room.apply(Change::Rights { share: false, waiting: None });
    assert!(!room.granted);
}

#[test]
fn d5_who_is_approved_while_full_waits_in_a_row_and_is_offered_a_seat() {
    let mut room = watching();
    room.apply(Change::Rights { share: true, waiting: None });
    room.apply(Change::Rights { share: true, waiting: Some(2) });
    assert_eq!((room.granted, room.waiting), (false, Some(2)));
    assert!(room.full(Seat::Person));
    room.apply(Change::Offered(Some(30)));
    assert_eq!((room.waiting, room.offered), (None, Some(30)));
    assert!(!room.full(Seat::Person), "the seat is theirs, though all are counted as taken");
    let mut seated = room.clone();
    seated.apply(Change::Own { source: Source::Camera, own: SENDING });
    assert_eq!(seated.offered, None);
    room.apply(Change::Offered(None));
    assert!(room.full(Seat::Person), "it went to the next");
}

#[test]
fn d7_who_loses_the_right_has_no_turn() {
    for lost in [
        Change::Rights { share: false, waiting: None },
        Change::Joined {
            person: "me".into(),
            share: false,
            counts: Counts::default(),
            speakers: vec![],
            hands: Hands::default(),
        },
    ] {
        let mut room = watching();
        room.apply(Change::Rights { share: true, waiting: Some(1) });
        room.apply(Change::Offered(Some(30)));
        room.apply(lost);
        assert_eq!((room.may_share, room.waiting, room.offered), (false, None, None));
    }
}

#[test]
fn e1_raising_the_maximum_opens_a_full_room_at_once() {
    let mut room = inside(3, 3);
    room.apply(Change::Counts(Counts { seats: 3, max_seats: 4, viewers: 0 }));
    assert!(!room.full(Seat::Person));
}

#[test]
fn h8_who_comes_and_leaves_is_told_but_not_what_one_did_oneself() {
    let mut room = inside(0, 50);
    let news =
        room.apply(Change::Speakers(vec![speaker("ada", &[Source::Microphone]), speaker("me", &[Source::Camera])]));
    assert_eq!(news, [Announcement::CameOnScreen("ADA".into())]);
    let news = room.apply(Change::Speakers(vec![
        speaker("ada", &[Source::Microphone, Source::Screen]),
        speaker("me", &[Source::Camera]),
    ]));
    assert_eq!(news, [Announcement::SharesScreen("ADA".into())]);
    let news = room.apply(Change::Speakers(vec![speaker("ada", &[Source::Microphone, Source::Camera])]));
    assert_eq!(news, [Announcement::StoppedSharingScreen("ADA".into())]);
    assert_eq!(room.apply(Change::Speakers(vec![])), [Announcement::LeftScreen("ADA".into())]);
}

#[test]
fn h1_e1_who_is_lost_keeps_their_place_in_the_count() {
    let mut room = inside(2, 3);
    let lost = Speaker { lost: true, ..speaker("me", &[Source::Camera]) };
    room.apply(Change::Speakers(vec![lost, speaker("ada", &[Source::Camera])]));
    assert_eq!(room.on_screen(), 2, "whoever watches with another tab is no viewer beside it");
}

#[test]
fn h8_who_was_there_at_the_entry_is_no_news() {
    let mut room = Room::default();
    let news = room.apply(Change::Joined {
        person: "me".into(),
        share: true,
        counts: Counts::default(),
        speakers: vec![speaker("ada", &[Source::Microphone])],
        hands: Hands::default(),
    });
    assert_eq!(news, []);
}

#[test]
fn h5_a_lost_connection_keeps_the_people_but_not_their_pictures() {
    let mut room = inside(1, 50);
    room.apply(Change::Speakers(vec![speaker("ada", &[Source::Camera])]));
    room.apply(Change::Received { person: "ada".into(), source: Source::Camera, consumer: "c1".into() });
    room.apply(Change::Own { source: Source::Microphone, own: SENDING });
    room.apply(Change::NothingReceived);
    room.apply(Change::Phase(Phase::Reconnecting));
    assert!(room.received.is_empty());
    assert_eq!(room.speakers.len(), 1);
    assert!(room.seated(Seat::Person), "what was being sent is sent again");
}

#[test]
fn an_ended_room_forgets_everything_but_the_reason() {
    let mut room = inside(1, 50);
    room.apply(Change::Speakers(vec![speaker("ada", &[Source::Camera])]));
    room.apply(Change::Own { source: Source::Microphone, own: SENDING });
    room.apply(Change::Recording(true));
    room.apply(Change::Phase(Phase::Ended(Ending::TakenOver)));
    let expected = Room { phase: Phase::Ended(Ending::TakenOver), me: Some("me".into()), ..Room::default() };
    assert_eq!(room, expected);
}

#[test]
fn e4_the_latest_to_speak_comes_first_and_who_left_is_forgotten() {
    let mut room = inside(2, 50);
    room.apply(Change::Speakers(vec![speaker("ada", &[Source::Microphone]), speaker("bob", &[Source::Microphone])]));
    room.apply(Change::Speaking { people: vec!["ada".into()], own: false });
    room.apply(Change::Speaking { people: vec!["bob".into()], own: false });
    room.apply(Change::Speaking { people: vec![], own: false });
    assert_eq!(room.spoken, ["bob", "ada"]);
    room.apply(Change::Speakers(vec![speaker("ada", &[Source::Microphone])]));
    assert_eq!(room.spoken, ["ada"]);
}

#[test]
fn k1_the_sign_stands_while_the_room_is_recorded_also_over_a_lost_connection() {
    let mut room = inside(1, 50);
    room.apply(Change::Recording(true));
    room.apply(Change::NothingReceived);
    room.apply(Change::Phase(Phase::Reconnecting));
    assert!(room.recording);
    room.apply(Change::Recording(false));
    assert!(!room.recording);
}

#[test]
fn h4_the_own_voice_counts_as_speaking() {
    let mut room = inside(1, 50);
    room.apply(Change::Speakers(vec![speaker("me", &[Source::Microphone])]));
    room.apply(Change::Speaking { people: vec![], own: true });
    assert_eq!(room.speaking, ["me"]);
    room.apply(Change::Speaking { people: vec![], own: false });
    assert!(room.speaking.is_empty());
}

#[test]
fn a_consumer_that_ends_takes_its_picture_away() {
    let mut room = inside(1, 50);
    room.apply(Change::Received { person: "ada".into(), source: Source::Camera, consumer: "c1".into() });
    room.apply(Change::Gone { consumer: "c1".into() });
    assert!(room.received.is_empty());
}
