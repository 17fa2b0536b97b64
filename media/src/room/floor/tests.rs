use super::*;
use Source::{Camera, Microphone, Screen, ScreenAudio};

fn claim(floor: &mut Floor, person: &str, source: Source) -> Result<(), ErrorCode> {
    floor.claim(person, person, source, false).map(drop)
}

fn leave(floor: &mut Floor, person: &str) -> bool {
    floor.leave(person, Instant::now())
}

/// E1: one seat per person with camera, microphone or both; one more per screen share.
#[test]
fn e1_camera_and_microphone_share_a_seat_and_a_screen_has_its_own() {
    let mut floor = Floor::new(50);
    for (source, seats) in [(Microphone, 1), (Camera, 1), (Screen, 2), (ScreenAudio, 2)] {
        claim(&mut floor, "ada", source).unwrap();
        assert_eq!(floor.seats(), seats, "{source:?}");
    }
}

/// E1: a screen share takes a seat also without a camera, and with one seat left it still fits.
#[test]
fn e1_with_49_people_one_share_fits() {
    let mut floor = Floor::new(50);
    for n in 0..49 {
        claim(&mut floor, &n.to_string(), Camera).unwrap();
    }
    assert_eq!(claim(&mut floor, "watcher", Screen), Ok(()));
    assert_eq!(claim(&mut floor, "late", Camera), Err(ErrorCode::Full));
}

/// E1, J4: a video takes a seat like everything else; who shares nothing else is not among those on screen.
#[test]
fn e1_j4_a_video_takes_a_seat_and_shows_nobody() {
    let mut floor = Floor::new(2);
    assert_eq!(floor.claim_seat("olga", "Olga", Seat::Youtube), Ok(()));
    assert_eq!((floor.seats(), floor.speakers().len(), floor.shows("olga")), (1, 0, false));
    claim(&mut floor, "ada", Camera).unwrap();
    assert_eq!(claim(&mut floor, "olga", Camera), Err(ErrorCode::Full), "the seat is the video's");
    floor.leave("ada", Instant::now());
    claim(&mut floor, "olga", Camera).unwrap();
    assert_eq!(floor.claim_seat("bob", "Bob", Seat::Youtube), Err(ErrorCode::Full));
    assert_eq!(floor.claim_seat("olga", "Olga", Seat::Youtube), Err(ErrorCode::WrongState));
}

/// E1, H5: the seat of a video is held like others, and goes on at once when its sharer is back, with or without a camera.
#[test]
fn e1_h5_the_seat_of_a_video_is_held_and_resumed() {
    let mut floor = Floor::new(9);
    let start = Instant::now();
    claim(&mut floor, "ada", Camera).unwrap();
    floor.claim_seat("ada", "Ada", Seat::Youtube).unwrap();
    floor.lost("ada", start);
    floor.resume("ada", Seat::Youtube);
    assert!(floor.speakers()[0].lost, "the camera is not back");
    floor.expire(start + Duration::from_secs(60));
    assert!(floor.has("ada", Seat::Youtube) && !floor.has("ada", Seat::Person));
    floor.lost("ada", start);
    assert!(floor.expire(start + Duration::from_secs(60)) && floor.is_empty());
}

/// E2: the server refuses the 51st; who sits already may add to the own seat.
#[test]
fn e2_full_refuses_new_seats_only() {
    let mut floor = Floor::new(1);
    claim(&mut floor, "ada", Microphone).unwrap();
    assert_eq!(claim(&mut floor, "bob", Microphone), Err(ErrorCode::Full));
    assert_eq!(claim(&mut floor, "ada", Camera), Ok(()));
    assert_eq!(claim(&mut floor, "ada", Screen), Err(ErrorCode::Full));
}

/// E1: lowering the maximum removes nobody; it refuses new ones.
#[test]
fn e1_lowering_the_maximum_removes_nobody() {
    let mut floor = Floor::new(3);
    for person in ["ada", "bob"] {
        claim(&mut floor, person, Camera).unwrap();
    }
    floor.set_max(1);
    assert_eq!(floor.seats(), 2);
    assert_eq!(claim(&mut floor, "cleo", Camera), Err(ErrorCode::Full));
    leave(&mut floor, "ada");
    assert_eq!(claim(&mut floor, "cleo", Camera), Err(ErrorCode::Full));
    leave(&mut floor, "bob");
    assert_eq!(claim(&mut floor, "cleo", Camera), Ok(()));
}

/// E1: a seat is held for 60 s after a network loss, and is the person's again when they come back.
#[test]
fn e1_a_lost_seat_is_held_for_60_seconds() {
    let mut floor = Floor::new(1);
    let start = Instant::now();
    claim(&mut floor, "ada", Camera).unwrap();
    floor.lost("ada", start);
    assert!(floor.speakers()[0].lost && floor.shows("ada"));
    assert!(!floor.expire(start + Duration::from_secs(59)));
    assert_eq!(claim(&mut floor, "bob", Camera), Err(ErrorCode::Full));
    assert_eq!(claim(&mut floor, "ada", Microphone), Ok(()));
    assert_eq!(floor.speakers()[0].sources, [Microphone], "what was sent before is over");
    floor.lost("ada", start);
    assert!(floor.expire(start + Duration::from_secs(60)));
    assert_eq!(claim(&mut floor, "bob", Camera), Ok(()));
}

/// E1: who comes back without the screen share is not shown with it, though its seat is still held.
#[test]
fn e1_what_is_only_held_is_not_shown_beside_what_is_live() {
    let mut floor = Floor::new(9);
    claim(&mut floor, "ada", Camera).unwrap();
    claim(&mut floor, "ada", Screen).unwrap();
    floor.lost("ada", Instant::now());
    assert_eq!(floor.speakers()[0].sources, [Camera, Screen]);
    claim(&mut floor, "ada", Camera).unwrap();
    let speaker = floor.speakers().remove(0);
    assert_eq!((speaker.sources, speaker.lost, floor.seats()), (vec![Camera], false, 2));
    assert!(floor.sends("ada", Camera) && !floor.sends("ada", Microphone));
}

/// D5: approved while full, people get the next free seats in their order; those who are not inside are passed over.
#[test]
fn d5_free_seats_are_offered_in_order_to_who_is_inside() {
    let mut floor = Floor::new(1);
    let start = Instant::now();
    claim(&mut floor, "ada", Camera).unwrap();
    for person in ["away", "bob", "cleo", "bob"] {
        floor.approve(person);
    }
    let inside = |person: &str| person != "away";
    assert!(floor.offer(start, inside).is_empty(), "no seat is free yet");
    leave(&mut floor, "ada");
    assert_eq!(floor.offer(start, inside), ["bob"]);
    assert_eq!(*floor.waiting(), ["away", "cleo"]);
    assert_eq!(claim(&mut floor, "dan", Camera), Err(ErrorCode::Full), "the seat is kept for Bob");
    assert_eq!(claim(&mut floor, "bob", Camera), Ok(()));
    assert_eq!(floor.seats(), 1);
    leave(&mut floor, "bob");
    assert_eq!(floor.offer(start, |_| true), ["away"]);
}

/// D5: a page that is loaded again leaves and comes back. The place in the row waits for it; a seat does for 10 s.
#[test]
fn d5_who_leaves_and_comes_back_has_the_turn_still() {
    let mut floor = Floor::new(1);
    let (start, second) = (Instant::now(), Duration::from_secs(1));
    claim(&mut floor, "ada", Camera).unwrap();
    for person in ["bob", "cleo"] {
        floor.approve(person);
    }
    floor.leave("bob", start);
    assert_eq!(*floor.waiting(), ["bob", "cleo"]);
    floor.leave("ada", start);
    assert_eq!(floor.offer(start, |person| person != "bob"), ["cleo"], "who is away is passed by");
    floor.leave("cleo", start);
    assert!(!floor.expire(start + second * 9));
    floor.enter("cleo");
    assert!(!floor.expire(start + second * 20), "it stands as long as ever");
    floor.leave("cleo", start + second * 15);
    assert!(floor.expire(start + second * 25));
    assert_eq!(floor.offer(start + second * 25, |_| true), ["bob"]);
}

/// D5: who comes back while a seat is kept is told how long that still lasts.
#[test]
fn d5_an_offer_says_how_long_it_still_stands() {
    let mut floor = Floor::new(1);
    let start = Instant::now();
    claim(&mut floor, "ada", Camera).unwrap();
    floor.approve("bob");
    assert_eq!(floor.offered("bob", start), None, "he waits");
    leave(&mut floor, "ada");
    floor.offer(start, |_| true);
    assert_eq!(floor.offered("bob", start), Some(30));
    assert_eq!(floor.offered("bob", start + Duration::from_millis(12_500)), Some(18));
    claim(&mut floor, "bob", Camera).unwrap();
    assert_eq!(floor.offered("bob", start), None, "he sits");
}

/// D5: an offer stands for 30 s; then the seat goes to the next.
#[test]
fn d5_an_offer_lapses_after_30_seconds() {
    let mut floor = Floor::new(1);
    let start = Instant::now();
    claim(&mut floor, "ada", Camera).unwrap();
    floor.approve("bob");
    floor.approve("cleo");
    leave(&mut floor, "ada");
    assert_eq!(floor.offer(start, |_| true), ["bob"]);
    assert!(!floor.expire(start + Duration::from_secs(29)));
    assert!(floor.expire(start + Duration::from_secs(30)));
    assert_eq!(floor.offer(start + Duration::from_secs(30), |_| true), ["cleo"]);
    assert_eq!(claim(&mut floor, "bob", Camera), Err(ErrorCode::Full), "his turn is over");
}

/// D5: who is approved while a seat is free waits for nothing, and no seat is kept.
#[test]
fn d5_approved_with_a_free_seat_nobody_waits() {
    let mut floor = Floor::new(2);
    claim(&mut floor, "ada", Camera).unwrap();
    floor.approve("bob");
    floor.approve("ada");
    assert!(floor.waiting().is_empty());
    assert_eq!(claim(&mut floor, "cleo", Camera), Ok(()), "the seat is everybody's");
}

/// D5: who loses the right has no turn any more.
#[test]
fn d5_who_loses_the_right_gives_the_turn_away() {
    let mut floor = Floor::new(1);
    let start = Instant::now();
    claim(&mut floor, "ada", Camera).unwrap();
    for person in ["bob", "cleo", "dan"] {
        floor.approve(person);
    }
    floor.forget("bob");
    leave(&mut floor, "ada");
    assert_eq!(floor.offer(start, |_| true), ["cleo"]);
    floor.forget("cleo");
    assert_eq!(floor.offer(start, |_| true), ["dan"]);
    floor.keep(|person| person != "dan");
    assert_eq!(floor.seats(), 0);
}

/// D7, H5: what a host mutes while its seat is held comes back muted, once, whether it comes first or not.
#[test]
fn d7_what_a_host_mutes_while_the_seat_is_held_comes_back_muted() {
    let mut floor = Floor::new(9);
    let start = Instant::now();
    for source in [Camera, Microphone] {
        claim(&mut floor, "ada", source).unwrap();
    }
    floor.lost("ada", start);
    assert!(floor.mute("ada", Microphone) && !floor.mute("ada", Microphone), "it is muted already");
    assert_eq!(floor.speakers()[0].muted, [Microphone]);
    assert_eq!(floor.claim("ada", "ada", Camera, false), Ok(false));
    assert_eq!(floor.claim("ada", "ada", Microphone, false), Ok(true));
    assert_eq!(floor.speakers()[0].muted, [Microphone]);

    assert!(floor.set_muted("ada", Microphone, false));
    floor.lost("ada", start);
    assert_eq!(floor.claim("ada", "ada", Microphone, false), Ok(false), "she has unmuted it since");
    // Between the return of one source and of the next; and she is lost once more before that.
    assert!(floor.mute("ada", Camera));
    floor.lost("ada", start);
    assert_eq!(floor.claim("ada", "ada", Microphone, true), Ok(false));
    assert_eq!(floor.claim("ada", "ada", Camera, false), Ok(true));
}

/// D7, H5: the same of what was muted just before the loss, of which the page may not have heard. One that has heard asks for
/// nothing else.
#[test]
fn d7_what_a_host_muted_just_before_the_loss_comes_back_muted() {
    let mut floor = Floor::new(9);
    for (person, page, told) in [("ada", false, true), ("bob", true, false)] {
        claim(&mut floor, person, Microphone).unwrap();
        assert!(floor.mute(person, Microphone));
        assert!(!floor.set_muted(person, Microphone, true));
        floor.lost(person, Instant::now());
        assert_eq!(floor.claim(person, person, Microphone, page), Ok(told), "{person}");
    }
    assert!(floor.speakers().iter().all(|speaker| speaker.muted == [Microphone]));
}

/// D7: what a host muted is forgotten with the seat, and after the time for which it was held.
#[test]
fn d7_who_gave_the_seat_up_comes_back_unmuted() {
    let mut floor = Floor::new(9);
    let (start, over) = (Instant::now(), Duration::from_secs(60));
    for person in ["leaves", "too late", "stops", "not yet"] {
        for source in [Camera, Microphone] {
            claim(&mut floor, person, source).unwrap();
        }
        floor.mute(person, Microphone);
    }
    leave(&mut floor, "leaves");
    for source in [Camera, Microphone] {
        assert!(floor.release("stops", source));
    }
    floor.lost("too late", start);
    floor.lost("not yet", start);
    assert_eq!(floor.claim("not yet", "not yet", Camera, false), Ok(false));
    assert!(floor.expire(start + over));
    for person in ["leaves", "too late", "stops", "not yet"] {
        assert_eq!(floor.claim(person, person, Microphone, false), Ok(false), "{person}");
    }
    assert!(!floor.mute("nobody", Microphone) && !floor.mute("leaves", Screen));
}

#[test]
fn a_seat_is_free_with_its_last_source() {
    let mut floor = Floor::new(1);
    claim(&mut floor, "ada", Microphone).unwrap();
    claim(&mut floor, "ada", Camera).unwrap();
    assert_eq!(claim(&mut floor, "ada", Camera), Err(ErrorCode::WrongState));
    assert!(floor.release("ada", Camera));
    assert_eq!(floor.seats(), 1);
    assert!(floor.release("ada", Microphone));
    assert!(!floor.release("ada", Microphone));
    assert!(floor.is_empty());
}

#[test]
fn speakers_stand_in_the_order_they_came() {
    let mut floor = Floor::new(9);
    for person in ["zoe", "ada"] {
        claim(&mut floor, person, Camera).unwrap();
    }
    assert!(floor.set_muted("zoe", Camera, true) && !floor.set_muted("zoe", Camera, true));
    let speakers = floor.speakers();
    assert_eq!(speakers.iter().map(|speaker| speaker.person.as_str()).collect::<Vec<_>>(), ["zoe", "ada"]);
    assert_eq!(speakers[0].muted, [Camera]);
}
