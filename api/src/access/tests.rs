//! The cases of who may do what.

use super::*;
use crate::ids::{AccountId, Id};
use crate::model::event::{Event, State};
use crate::model::session::{DisplaySize, Scheduling, Session, ShareAccess, WatchAccess};
use crate::timing::Timing;

const ORGANIZER: Standing = Standing { organizer: true, ticket: None };
const STRANGER: Standing = Standing { organizer: false, ticket: None };
const NOTHING: Claim = Claim {
    invited: false,
    holds_ticket: false,
    admitted: false,
    moderator: false,
    sharer: false,
    granted: false,
    barred: false,
    speaker: false,
};

fn attendee() -> Standing {
    Standing { organizer: false, ticket: Some(TicketTypeId::from_ulid(ulid::Ulid::nil())) }
}

fn session(watch_access: WatchAccess) -> Session {
    let at = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
    Session {
        id: crate::ids::SessionId::from_ulid(ulid::Ulid::nil()),
        event_id: crate::ids::EventId::from_ulid(ulid::Ulid::nil()),
        title: "T".into(),
        description: String::new(),
        display_size: DisplaySize::Medium,
        priority: 0,
        watch_access,
        share_access: ShareAccess::Anyone,
        max_participants: 50,
        youtube_sharing: false,
        record: false,
        record_stopped: None,
        record_starts: 0,
        scheduling: Scheduling::AlwaysOpen,
        sort_key: "1".into(),
        dragged: false,
        link_token: "secret".into(),
        deleted_at: None,
        creator_id: None,
        picture_id: None,
        picture_alt: String::new(),
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn event(published: bool) -> Event {
    let at = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
    Event::example(published, at, at)
}

fn door(state: State, timing: Timing) -> Door {
    Door { state, timing, occupied: false, was_inside: false }
}

/// C1–C4: for each setting, what of all that one can be given opens it.
#[test]
fn c1_c2_c3_c4_who_watches() {
    let invited = Claim { invited: true, ..NOTHING };
    let ticket = Claim { holds_ticket: true, ..NOTHING };
    let admitted = Claim { admitted: true, ..NOTHING };
    let others = Claim { moderator: true, sharer: true, granted: true, speaker: true, ..NOTHING };
    let cases = [
        (WatchAccess::Anyone, [true, true, true, true, true]),
        (WatchAccess::Private, [false, true, false, false, false]),
        (WatchAccess::Tickets, [false, true, true, false, false]),
        (WatchAccess::Unlisted, [false, false, false, true, false]),
    ];
    for (access, may) in cases {
        for (claim, may) in [NOTHING, invited, ticket, admitted, others].into_iter().zip(may) {
            let answer = watch(attendee(), &event(true), &session(access), claim);
            let expected = if may { Ok(()) } else { Err(Error::NotFound("session")) };
            assert_eq!(answer, expected, "{access:?} {claim:?}");
            let answer = watch(STRANGER, &event(true), &session(access), claim);
            assert_eq!(answer, Err(Error::NotFound("session")), "not registered: {access:?} {claim:?}");
        }
    }
}

/// A3: what belongs to a draft is for organizers only.
#[test]
fn a3_sessions_of_a_draft_are_hidden() {
    let invited = Claim { invited: true, ..NOTHING };
    let session = session(WatchAccess::Anyone);
    assert_eq!(watch(attendee(), &event(false), &session, invited), Err(Error::NotFound("session")));
}

/// C4: the token admits to an unlisted session, and to nothing else.
#[test]
fn c4_the_link_admits_to_unlisted_sessions_only() {
    let refused = Err(Error::NotFound("session"));
    let unlisted = session(WatchAccess::Unlisted);
    assert_eq!(be_admitted(attendee(), &event(true), &unlisted, true), Ok(()));
    assert_eq!(be_admitted(attendee(), &event(true), &unlisted, false), refused);
    assert_eq!(be_admitted(STRANGER, &event(true), &unlisted, true), refused);
    assert_eq!(be_admitted(attendee(), &event(false), &unlisted, true), refused);
    assert_eq!(be_admitted(attendee(), &event(true), &session(WatchAccess::Private), true), refused);
}

/// C5: organizers see and enter all.
#[test]
fn c5_organizers_see_and_enter_all() {
    for access in [WatchAccess::Anyone, WatchAccess::Private, WatchAccess::Tickets, WatchAccess::Unlisted] {
        assert_eq!(watch(ORGANIZER, &event(false), &session(access), NOTHING), Ok(()));
    }
    assert_eq!(enter(ORGANIZER, false, door(State::Draft, Timing::Unlinked)), Ok(()));
    let occupied = Door { occupied: true, ..door(State::Ended, Timing::Over) };
    assert_eq!(enter(ORGANIZER, false, occupied), Ok(()));
}

/// D4: moderators are hosts while the session is moderated; N1: the creator always is.
#[test]
fn d4_who_is_a_host() {
    let moderator = Claim { moderator: true, ..NOTHING };
    let mut session = session(WatchAccess::Anyone);
    let person = AccountId::from_ulid(ulid::Ulid(7));
    assert!(is_host(person, ORGANIZER, &session, NOTHING));
    assert!(!is_host(person, attendee(), &session, moderator));
    session.share_access = ShareAccess::Moderated;
    assert!(is_host(person, attendee(), &session, moderator));
    assert!(!is_host(person, attendee(), &session, NOTHING));
    session.creator_id = Some(person);
    assert!(is_host(person, attendee(), &session, NOTHING));
}

/// D1–D4: for each mode, how a host stands to going on screen, and what else opens it.
#[test]
fn d1_d2_d3_d4_who_goes_on_screen() {
    use ShareStanding::{Approved, MayAsk, MayNot, MayShare};
    let sharer = Claim { sharer: true, ..NOTHING };
    let granted = Claim { granted: true, ..NOTHING };
    let cases = [
        (ShareAccess::Anyone, [MayShare, MayShare, MayShare, MayShare]),
        (ShareAccess::InviteOnly, [MayShare, MayNot, MayShare, MayNot]),
        (ShareAccess::Moderated, [MayShare, MayAsk, MayAsk, Approved]),
    ];
    for (mode, expected) in cases {
        let session = Session { share_access: mode, ..session(WatchAccess::Anyone) };
        let people = [(true, NOTHING), (false, NOTHING), (false, sharer), (false, granted)];
        for ((host, claim), expected) in people.into_iter().zip(expected) {
            assert_eq!(share_standing(attendee(), &session, host, claim), expected, "{mode:?} {host} {claim:?}");
            let may = may_share(attendee(), &session, host, claim);
            assert_eq!(may, matches!(expected, MayShare | Approved), "{mode:?} {host} {claim:?}");
        }
    }
}

/// D7: who is barred stays off the screen whatever else they were given, in every mode; organizers cannot be barred.
#[test]
fn d7_a_bar_outweighs_everything_but_an_organizer() {
    let barred = Claim { barred: true, sharer: true, granted: true, ..NOTHING };
    for mode in [ShareAccess::Anyone, ShareAccess::InviteOnly, ShareAccess::Moderated] {
        let session = Session { share_access: mode, ..session(WatchAccess::Anyone) };
        assert_eq!(share_standing(attendee(), &session, true, barred), ShareStanding::Barred, "{mode:?}");
        assert_eq!(share_standing(ORGANIZER, &session, true, barred), ShareStanding::MayShare, "{mode:?}");
    }
}

/// D3, D4: attendees of a moderated session ask; hosts never do, and nobody does where it would change nothing.
#[test]
fn d3_d4_who_asks() {
    let moderated = Session { share_access: ShareAccess::Moderated, ..session(WatchAccess::Anyone) };
    let invite_only = Session { share_access: ShareAccess::InviteOnly, ..session(WatchAccess::Anyone) };
    let (granted, barred) = (Claim { granted: true, ..NOTHING }, Claim { barred: true, ..NOTHING });
    assert_eq!(request_to_share(attendee(), &moderated, false, NOTHING), Ok(()));
    let forbidden = |answer| matches!(answer, Err(Error::Forbidden(_)));
    assert!(forbidden(request_to_share(attendee(), &moderated, true, NOTHING)), "a host");
    assert!(forbidden(request_to_share(attendee(), &moderated, false, barred)), "barred");
    assert!(forbidden(request_to_share(attendee(), &session(WatchAccess::Anyone), false, NOTHING)), "anyone");
    assert!(forbidden(request_to_share(attendee(), &invite_only, false, NOTHING)), "by invitation");
    let again = request_to_share(attendee(), &moderated, false, granted);
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

/// D7: hosts take attendees off the screen, organizers everybody; what an organizer does, or the creator in a session of
/// their own, bars as well.
#[test]
fn d7_who_takes_whom_off_the_screen() {
    assert!(remove_from_screen(attendee(), false, false).is_err());
    assert_eq!(remove_from_screen(attendee(), true, false), Ok(()));
    assert!(remove_from_screen(attendee(), true, true).is_err(), "a moderator and another host");
    assert_eq!(remove_from_screen(ORGANIZER, true, true), Ok(()));
    assert!(!removal_bars(attendee(), false, attendee()), "a moderator");
    assert!(removal_bars(attendee(), true, attendee()), "the creator");
    assert!(removal_bars(ORGANIZER, false, attendee()));
    assert!(!removal_bars(ORGANIZER, false, ORGANIZER), "organizers cannot be barred");
}

/// A3: attendees enter while the event is live; a room that is occupied at the end goes on.
#[test]
fn a3_attendees_enter_while_live() {
    let door = |state, occupied, was_inside| Door { state, timing: Timing::AlwaysOpen, occupied, was_inside };
    assert_eq!(enter(attendee(), false, door(State::Live, false, false)), Ok(()));
    assert_eq!(enter(attendee(), false, door(State::Ended, true, true)), Ok(()));
    let refused = [(State::Upcoming, true, true), (State::Ended, false, true), (State::Ended, true, false)];
    for (state, occupied, was_inside) in refused {
        let answer = enter(attendee(), false, door(state, occupied, was_inside));
        assert!(matches!(answer, Err(Error::NotOpen(_))), "{state:?} {occupied} {was_inside}");
    }
}

/// F5: no pass before the window, for others than hosts and speakers (F6); by link at any time after it.
#[test]
fn f5_nobody_enters_before_the_window() {
    let before = door(State::Live, Timing::Before(session(WatchAccess::Anyone).created_at));
    assert!(matches!(enter(attendee(), false, before), Err(Error::NotOpen(_))));
    assert_eq!(enter(attendee(), true, before), Ok(()));
    assert_eq!(enter(ORGANIZER, false, before), Ok(()));
    for timing in [Timing::Open, Timing::Over, Timing::Unlinked] {
        assert_eq!(enter(attendee(), false, door(State::Live, timing)), Ok(()), "{timing:?}");
    }
    assert!(matches!(enter(attendee(), true, door(State::Draft, Timing::Open)), Err(Error::NotOpen(_))));
}

/// I1, F5: no chat before the window, for others than hosts and speakers; A3: it stays to be read after the end.
#[test]
fn i1_who_reads_a_chat() {
    let before = Timing::Before(session(WatchAccess::Anyone).created_at);
    let may = |early, door| read_chat(attendee(), early, door).is_ok();
    assert!(!may(false, door(State::Live, before)) && may(true, door(State::Live, before)));
    assert!(!may(false, door(State::Upcoming, Timing::AlwaysOpen)));
    assert!(may(false, door(State::Live, Timing::Open)) && may(false, door(State::Ended, Timing::Over)));
}

/// I1, A3, A7: who writes in a chat, and why the others do not.
#[test]
fn i1_a7_who_writes_in_a_chat() {
    const FREE: Writer = Writer { host: false, muted: false, paused: false };
    let live = door(State::Live, Timing::Open);
    let write = |standing, writer| write_chat(standing, false, live, writer);
    assert_eq!(write(attendee(), FREE), Ok(()));
    assert_eq!(write(attendee(), Writer { muted: true, ..FREE }), Err(WriteRefusal::Muted));
    assert_eq!(write(attendee(), Writer { muted: true, host: true, ..FREE }), Err(WriteRefusal::Muted));
    assert_eq!(write(ORGANIZER, Writer { muted: true, host: true, ..FREE }), Ok(()));
    assert_eq!(write(attendee(), Writer { paused: true, ..FREE }), Err(WriteRefusal::Paused));
    assert_eq!(write(attendee(), Writer { paused: true, host: true, ..FREE }), Ok(()));
    let ended = door(State::Ended, Timing::Over);
    assert!(matches!(write_chat(attendee(), false, ended, FREE), Err(WriteRefusal::NotOpen(_))));
    let goes_on = Door { occupied: true, was_inside: true, ..ended };
    assert_eq!(write_chat(attendee(), false, goes_on, FREE), Ok(()));
}

/// I1: one's own message, and hosts delete any.
#[test]
fn i1_whose_message_it_is() {
    let (person, other) = (AccountId::from_ulid(ulid::Ulid(7)), AccountId::from_ulid(ulid::Ulid(8)));
    assert!(edit_message(person, Some(person)).is_ok());
    assert!(edit_message(person, Some(other)).is_err() && edit_message(person, None).is_err());
    assert!(delete_message(person, Some(person), false).is_ok());
    assert!(delete_message(person, Some(other), false).is_err());
    assert!(delete_message(person, Some(other), true).is_ok() && delete_message(person, None, true).is_ok());
}
