//! The cases of B9.

use super::*;
use crate::ids::{EventId, Id, SessionId, TicketTypeId};
use crate::model::session::{DisplaySize, Scheduling};

fn at(minutes: i64) -> Time {
    chrono::DateTime::from_timestamp(minutes * 60, 0).unwrap().into()
}

/// From minute 0 to minute 1,000.
fn event(published: bool) -> Event {
    Event::example(published, at(0), at(1000))
}

fn session(watch_access: WatchAccess, share_access: ShareAccess, scheduling: Scheduling) -> Session {
    Session {
        picture_id: None,
        picture_alt: String::new(),
        id: SessionId::from_ulid(ulid::Ulid(3)),
        event_id: EventId::from_ulid(ulid::Ulid(1)),
        title: "T".into(),
        description: String::new(),
        display_size: DisplaySize::Medium,
        priority: 0,
        watch_access,
        share_access,
        max_participants: 50,
        youtube_sharing: false,
        record: false,
        record_stopped: None,
        record_starts: 0,
        scheduling,
        sort_key: "1".into(),
        dragged: false,
        link_token: "secret".into(),
        deleted_at: None,
        creator_id: None,
        version: 1,
        created_at: at(-9),
        updated_at: at(-9),
    }
}

fn windows(windows: &[(i64, i64)]) -> Vec<Window> {
    windows.iter().map(|(opens, closes)| Window { opens_at: at(*opens), closes_at: at(*closes) }).collect()
}

/// Whether the event is published, when the session is open, its windows, whether a draft segment leads to it, the minute of
/// now, and what is said.
type Case<'a> = (bool, Scheduling, &'a [(i64, i64)], bool, i64, Sentence);

#[test]
fn b9_when_a_session_can_be_found() {
    let (always, scheduled) = (Scheduling::AlwaysOpen, Scheduling::Scheduled);
    let cases: [Case; 13] = [
        (false, always, &[], false, 5, Says::EventIsDraft.plain()),
        (true, always, &[], false, 1000, Says::EventIsOver.plain()),
        (true, always, &[], false, -5, Says::OpensWithEvent.at(at(0))),
        (true, always, &[], false, 5, Says::AlwaysOpen.plain()),
        (true, scheduled, &[], false, 5, Says::NotLinked.plain()),
        (true, scheduled, &[], false, -5, Says::NotLinked.plain()),
        (true, scheduled, &[], true, 5, Says::SegmentsAreDrafts.plain()),
        (true, scheduled, &[(10, 20)], true, 9, Says::Opens.at(at(10))),
        (true, scheduled, &[(10, 20)], true, 10, Says::OpenUntil.at(at(20))),
        // Windows that meet are one; those apart open again.
        (true, scheduled, &[(30, 40), (10, 20), (15, 30)], true, 12, Says::OpenUntil.at(at(40))),
        (true, scheduled, &[(10, 20), (30, 40)], true, 12, Says::OpenUntil.at(at(20))),
        (true, scheduled, &[(10, 20), (30, 40)], true, 25, Says::Opens.at(at(30))),
        (true, scheduled, &[(10, 20)], true, 20, Says::Over.plain()),
    ];
    for (published, scheduling, open, linked, now, expected) in cases {
        let known = Known { windows: windows(open), linked, ..Known::default() };
        let session = session(WatchAccess::Anyone, ShareAccess::Anyone, scheduling);
        let said = of(&event(published), &session, &known, at(now));
        assert_eq!(said, [expected, Says::ForEverybody.plain()], "{open:?} at {now}");
    }
}

#[test]
fn b9_who_finds_a_session() {
    let tickets = vec!["Press".to_owned(), "VIP".to_owned()];
    let two = Known { invited: 2, tickets: tickets.clone(), ..Known::default() };
    let nobody = Known { tickets: tickets.clone(), ..Known::default() };
    let kept = Known { waiting: 3, ..two.clone() };
    let cases = [
        (WatchAccess::Anyone, &two, Says::ForEverybody.plain()),
        (WatchAccess::Private, &two, Sentence { count: 2, ..Says::ForInvited.plain() }),
        (WatchAccess::Private, &nobody, Says::ForNobody.plain()),
        (WatchAccess::Private, &kept, Sentence { count: 2, waiting: 3, ..Says::ForInvited.plain() }),
        (WatchAccess::Anyone, &kept, Says::ForEverybody.plain()),
        (WatchAccess::Tickets, &two, Sentence { count: 2, ..Says::ForTicketHolders.of(&tickets) }),
        (WatchAccess::Tickets, &nobody, Sentence { count: 0, ..Says::ForTicketHolders.of(&tickets) }),
        (WatchAccess::Unlisted, &two, Says::ForThoseWithTheLink.plain()),
    ];
    for (access, known, expected) in cases {
        let session = session(access, ShareAccess::Anyone, Scheduling::AlwaysOpen);
        assert_eq!(of(&event(true), &session, known, at(5)), [Says::AlwaysOpen.plain(), expected], "{access:?}");
    }
}

/// Each mode of sharing names those of its own who are chosen in vain; nobody where they are not needed.
#[test]
fn b9_c5_who_is_chosen_and_cannot_watch() {
    let registered = Standing { organizer: false, ticket: Some(TicketTypeId::from_ulid(ulid::Ulid(4))) };
    let chosen = |name: &str, standing, invited| Chosen {
        name: name.into(),
        standing,
        claim: Claim { invited, ..Claim::default() },
    };
    let known = Known {
        invited: 1,
        moderators: vec![
            chosen("Ada", registered, false),
            chosen("Bob", registered, true),
            chosen("Olga", Standing { organizer: true, ticket: None }, false),
            chosen("Gone", Standing::default(), true),
        ],
        sharers: vec![chosen("Sam", registered, false)],
        ..Known::default()
    };
    let cases = [
        (WatchAccess::Private, ShareAccess::Moderated, Some((Says::ModeratorsCannotWatch, vec!["Ada", "Gone"]))),
        (WatchAccess::Anyone, ShareAccess::Moderated, Some((Says::ModeratorsCannotWatch, vec!["Gone"]))),
        (WatchAccess::Private, ShareAccess::InviteOnly, Some((Says::SharersCannotWatch, vec!["Sam"]))),
        (WatchAccess::Anyone, ShareAccess::InviteOnly, None),
        (WatchAccess::Private, ShareAccess::Anyone, None),
    ];
    for (watch, share, expected) in cases {
        let said = of(&event(true), &session(watch, share, Scheduling::AlwaysOpen), &known, at(5));
        let expected = expected.map(|(says, names)| says.of(&names.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(said.get(2), expected.as_ref(), "{watch:?} {share:?}");
    }
}

#[test]
fn b9_a_sentence_holds_a_few_names_and_says_how_many_there_are() {
    let names: Vec<String> = (0..9).map(|number| format!("P{number}")).collect();
    let sentence = Says::ModeratorsCannotWatch.of(&names);
    assert_eq!((sentence.names.len(), sentence.count), (5, 9));
}
