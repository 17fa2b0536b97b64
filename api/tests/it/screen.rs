//! D7, D9: what hosts do about people on screen, and what becomes of those when who can share changes.

use crate::harness::{FakeMedia, Person, room, text, two_attendees};
use crate::share_request::{Ground, input, stands};
use protocol::link::{FromApi, RoomState};
use protocol::room::{Seat, Source};
use serde_json::{Value, json};

const REMOVE: &str =
    "mutation($input: RemoveFromScreenInput!) { removeFromScreen(input: $input) { session { version } } }";
const LIFT: &str = "mutation($input: LiftBarInput!) { liftBar(input: $input) { session { id } } }";
const MUTE: &str = "mutation($input: MuteOnScreenInput!) { muteOnScreen(input: $input) { session { id } } }";
const REMOVE_SHARE: &str =
    "mutation($input: RemoveScreenShareInput!) { removeScreenShare(input: $input) { session { id } } }";
const REQUEST: &str = "mutation($input: RequestToShareInput!) { requestToShare(input: $input) { session { id } } }";
const BARS: &str =
    "query($id: ID!) { session(id: $id) { bars { totalCount nodes { person { name } barredBy { name } } } } }";
const ACTIONS: &str =
    "{ event(slug: \"summit\") { hostActions { totalCount nodes { action actor { name } person { name }
    session { title } } } } }";
const WRONG: &str = "account:01ARZ3NDEKTSV4RRFFQ69G5FAV";

fn about(session: &str, person: &str) -> Value {
    json!({ "input": { "sessionId": session, "personId": person } })
}

fn muting(session: &str, person: &str) -> Value {
    json!({ "input": { "sessionId": session, "personId": person, "source": "MICROPHONE" } })
}

fn is(state: &str) -> (String, Option<i64>) {
    (state.into(), None)
}

fn right(session: &str, person: &str, share: bool) -> FromApi {
    FromApi::Rights { session: session.into(), person: person.into(), share, host: false, asked: false }
}

/// Of a host, who need not ask.
fn hosts_right(session: &str, person: &str) -> FromApi {
    FromApi::Rights { session: session.into(), person: person.into(), share: true, host: true, asked: false }
}

fn stop(session: &str, person: &str, seat: Seat) -> FromApi {
    FromApi::StopSeat { session: session.into(), person: person.into(), seat }
}

/// Everything that media hears of a person on screen, up to their right.
async fn heard(media: &mut FakeMedia, person: &str) -> Vec<FromApi> {
    let mut heard = Vec::new();
    loop {
        let of = |command: &FromApi| match command {
            FromApi::Rights { person: of, .. } | FromApi::StopSeat { person: of, .. } => of == person,
            _ => false,
        };
        heard.push(media.wait_for(of).await);
        if matches!(heard.last(), Some(FromApi::Rights { .. })) {
            return heard;
        }
    }
}

/// D7: taken off the screen by a moderator, the person loses the grant and must ask again; media ends what they send, as by a host,
/// and passes from before are older than the session.
#[tokio::test]
async fn d7_removing_revokes_the_grant() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let mo = ground.moderator("Mo").await;
    let ada = ground.app.attendee(&ground.event, "Ada").await;
    let person = ada.id().await;
    ground.be_approved(&ada, &mo).await;
    let mut media = FakeMedia::link(&ground.app.address, &ground.app.app).await;
    let before = ground.app.pass(&ada, session).await;
    assert!(before.share);
    let removed = mo.ok(REMOVE, about(session, &person)).await;
    let version = removed["removeFromScreen"]["session"]["version"].as_i64().unwrap();
    assert!(before.settings.version < version, "the pass opens nothing any more");
    let expected = [Seat::Person, Seat::Screen, Seat::Youtube].map(|seat| stop(session, &person, seat));
    let told = heard(&mut media, &person).await;
    assert_eq!(told, [&expected[..], &[right(session, &person, false)]].concat());
    assert_eq!(stands(&ada, session).await, is("MAY_ASK"), "a moderator bars nobody");
    assert!(!ground.app.pass(&ada, session).await.share);
    ground.ask(&ada).await;
}

/// D7: leaving the screen, or the room, by oneself keeps the grant.
#[tokio::test]
async fn d7_leaving_keeps_the_grant() {
    let ground = Ground::new().await;
    let Ground { app, session, .. } = &ground;
    let ada = app.attendee(&ground.event, "Ada").await;
    ground.be_approved(&ada, &ground.olivia).await;
    let mut occupied = room(session, &ada.id().await, 0);
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![occupied.clone()]).await;
    occupied.speakers.clear();
    occupied.counts.seats = 0;
    media.report(occupied).await;
    let left = async {
        let id = api::ids::Id::parse(session).unwrap();
        while app.app.rooms.live(id).is_occupied() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(crate::harness::PATIENCE, left).await.expect("the room did not become empty");
    assert_eq!(stands(&ada, session).await, is("APPROVED"));
    assert!(app.pass(&ada, session).await.share);
}

/// D7: what an organizer does also bars, in every session, until a host lifts it; hosts alone see who is barred.
#[tokio::test]
async fn d7_an_organizers_removal_bars_until_lifted() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let ada = app.attendee(&ground.event, "Ada").await;
    let person = ada.id().await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let bars = async |of: &Person| of.ok(BARS, json!({ "id": session })).await["session"]["bars"]["nodes"].clone();
    for (mode, after) in [("MODERATED", "MAY_ASK"), ("ANYONE", "MAY_SHARE")] {
        olivia.update_session(session, json!({ "shareAccess": mode })).await;
        assert_eq!(stands(&ada, session).await, is(after), "{mode}");
        olivia.ok(REMOVE, about(session, &person)).await;
        media.wait_for(|command| *command == right(session, &person, false)).await;
        assert_eq!(stands(&ada, session).await, is("BARRED"), "{mode}");
        assert!(!app.pass(&ada, session).await.share, "{mode}");
        assert_eq!(ada.code(REQUEST, input(session)).await, "FORBIDDEN", "{mode}");
        let expected = json!([{ "person": { "name": "Ada" }, "barredBy": { "name": "Olivia" } }]);
        assert_eq!((bars(olivia).await, bars(&ada).await), (expected, json!([])), "{mode}");
        assert_eq!(ada.code(LIFT, about(session, &person)).await, "FORBIDDEN", "{mode}");
        let host = if mode == "MODERATED" { &mo } else { olivia };
        host.ok(LIFT, about(session, &person)).await;
        assert_eq!(host.code(LIFT, about(session, &person)).await, "NOT_FOUND", "{mode}: there is none any more");
        assert_eq!(stands(&ada, session).await, is(after), "{mode}");
        let may = right(session, &person, after == "MAY_SHARE");
        media.wait_for(|command| *command == may).await;
    }
}

/// D7, D5: who waits and is taken off the screen waits no more.
#[tokio::test]
async fn d7_a_removed_person_waits_no_more() {
    let ground = Ground::new().await;
    let session = &ground.session;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    ground.ask(&ada).await;
    ground.ask(&bob).await;
    ground.olivia.ok(REMOVE, about(session, &ada.id().await)).await;
    assert_eq!(stands(&ada, session).await, is("BARRED"));
    assert_eq!(stands(&bob, session).await, ("WAITING".into(), Some(1)));
    ground.olivia.ok(LIFT, about(session, &ada.id().await)).await;
    assert_eq!(stands(&ada, session).await, is("MAY_ASK"));
}

/// D7: moderators act in moderated sessions only; attendees nowhere; organizers in every session.
#[tokio::test]
async fn d7_who_acts_where() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    let person = ada.id().await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let all =
        [(REMOVE, about(session, &person)), (MUTE, muting(session, &person)), (REMOVE_SHARE, about(session, &person))];
    for mode in ["ANYONE", "INVITE_ONLY", "MODERATED"] {
        olivia.update_session(session, json!({ "shareAccess": mode })).await;
        for (mutation, input) in &all {
            assert_eq!(bob.code(mutation, input.clone()).await, "FORBIDDEN", "{mode}: {mutation}");
            if mode == "MODERATED" {
                mo.ok(mutation, input.clone()).await;
            } else {
                assert_eq!(mo.code(mutation, input.clone()).await, "FORBIDDEN", "{mode}: {mutation}");
            }
            olivia.ok(mutation, input.clone()).await;
        }
    }
}

/// D7: a host is taken off by organizers only, and barred by it like anybody; organizers never are.
#[tokio::test]
async fn d7_hosts_are_taken_off_by_organizers_only() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let (mo, max) = (ground.moderator("Mo").await, ground.moderator("Max").await);
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    for host in [&max.id().await, &olivia.id().await] {
        assert_eq!(mo.code(REMOVE, about(session, host)).await, "FORBIDDEN");
        assert_eq!(mo.code(REMOVE_SHARE, about(session, host)).await, "FORBIDDEN");
        mo.ok(MUTE, muting(session, host)).await;
    }
    olivia.ok(REMOVE, about(session, &max.id().await)).await;
    assert_eq!(stands(&max, session).await, is("BARRED"));
    let oscar = app.attendee(&ground.event, "Oscar").await;
    let person = oscar.id().await;
    app.add_organizer_in_the_database(&olivia.organization().await, &person).await;
    olivia.ok(REMOVE, about(session, &person)).await;
    let told = heard(&mut media, &person).await;
    assert_eq!(told[0], stop(session, &person, Seat::Person), "off the screen now");
    assert_eq!(told.last(), Some(&hosts_right(session, &person)), "and free to come back");
    assert_eq!(stands(&oscar, session).await, is("MAY_SHARE"));
}

/// N1, D7: in a session of one's own one acts in either mode, and bars.
#[tokio::test]
async fn n1_the_creator_acts_in_either_mode() {
    let ground = Ground::new().await;
    let Ground { app, olivia, event, .. } = &ground;
    let allow = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    olivia.ok(allow, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let (ada, bob) = two_attendees(app, event).await;
    let create = "mutation($input: CreateOwnSessionInput!) { createOwnSession(input: $input) { session { id } } }";
    for moderated in [false, true] {
        let input = json!({ "input": { "eventId": event, "title": "Corner", "moderated": moderated } });
        let own = text(&ada.ok(create, input).await["createOwnSession"]["session"]["id"]);
        ada.ok(REMOVE, about(&own, &bob.id().await)).await;
        assert_eq!(stands(&bob, &own).await, is("BARRED"), "{moderated}");
        assert_eq!(ada.code(REMOVE, about(&own, &olivia.id().await)).await, "FORBIDDEN", "{moderated}: an organizer");
        ada.ok(LIFT, about(&own, &bob.id().await)).await;
        assert_ne!(stands(&bob, &own).await, is("BARRED"), "{moderated}");
    }
}

/// D7: mute for everyone, and the end of a screen share alone, take no right; without media nobody would hear of them.
#[tokio::test]
async fn d7_mute_and_the_end_of_a_screen_share() {
    let ground = Ground::new().await;
    let Ground { app, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let ada = app.attendee(&ground.event, "Ada").await;
    let person = ada.id().await;
    ground.be_approved(&ada, &mo).await;
    for (mutation, input) in [(MUTE, muting(session, &person)), (REMOVE_SHARE, about(session, &person))] {
        assert_eq!(mo.code(mutation, input).await, "UNAVAILABLE", "{mutation}");
    }
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    mo.ok(MUTE, muting(session, &person)).await;
    let muted = FromApi::Mute { session: session.clone(), person: person.clone(), source: Source::Microphone };
    media.wait_for(|command| *command == muted).await;
    mo.ok(REMOVE_SHARE, about(session, &person)).await;
    let ended = media.wait_for(|command| matches!(command, FromApi::StopSeat { .. })).await;
    assert_eq!(ended, stop(session, &person, Seat::Screen));
    assert_eq!(stands(&ada, session).await, is("APPROVED"));
}

/// D7: who is not among those who can watch is nobody here; and for who may not watch the session there is none.
#[tokio::test]
async fn d7_strangers_are_not_found() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    let nora = app.person("Nora").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    olivia.invite(session, "ada@example.org").await;
    olivia.update_session(session, json!({ "watchAccess": "PRIVATE" })).await;
    for mutation in [REMOVE, LIFT, REMOVE_SHARE] {
        for person in [&nora.id().await, &bob.id().await, WRONG] {
            assert_eq!(olivia.code(mutation, about(session, person)).await, "NOT_FOUND", "{mutation}");
        }
        let answers = [session.as_str(), "session:01ARZ3NDEKTSV4RRFFQ69G5FAV"].map(|session| about(session, WRONG));
        let [hidden, wrong] = answers;
        assert_eq!(bob.ask(mutation, hidden).await, bob.ask(mutation, wrong).await, "{mutation}");
    }
    assert_eq!(olivia.code(MUTE, muting(session, &bob.id().await)).await, "NOT_FOUND");
    olivia.ok(MUTE, muting(session, &ada.id().await)).await;
    olivia.ok(REMOVE, about(session, &ada.id().await)).await;
}

/// D7, D8: media was started again, or the link was gone meanwhile: who was barred hears it then.
#[tokio::test]
async fn d7_d8_bars_survive_a_start_of_media() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    olivia.update_session(session, json!({ "shareAccess": "ANYONE" })).await;
    olivia.ok(REMOVE, about(session, &ada.id().await)).await;
    let held = inside(session, &[&ada, &bob], &[]).await;
    let mut media = FakeMedia::link_with_rooms_unread(&app.address, &app.app, vec![held]).await;
    for (person, share) in [(&ada, false), (&bob, true)] {
        let expected = right(session, &person.id().await, share);
        media.wait_for(|command| *command == expected).await;
    }
}

/// A2, D8: who is no organizer any more, and stays inside as an attendee, may go on screen as an attendee may.
#[tokio::test]
async fn a2_d8_a_former_organizer_shares_as_an_attendee() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let oscar = app.attendee(&ground.event, "Oscar").await;
    let (person, organization) = (oscar.id().await, olivia.organization().await);
    app.add_organizer_in_the_database(&organization, &person).await;
    let held = inside(session, &[&oscar], &[]).await;
    let mut media = FakeMedia::link_with_rooms_unread(&app.address, &app.app, vec![held]).await;
    media.wait_for(|command| *command == hosts_right(session, &person)).await;
    let remove = "mutation($input: RemoveOrganizerInput!) { removeOrganizer(input: $input) { organization { id } } }";
    olivia.ok(remove, json!({ "input": { "organizationId": organization, "personId": person } })).await;
    media.wait_for(|command| *command == right(session, &person, false)).await;
}

/// A room with these people inside, of whom some are on screen.
async fn inside(session: &str, people: &[&Person], on_screen: &[&Person]) -> RoomState {
    let mut state = room(session, "", 0);
    let seat = state.speakers.remove(0);
    state.people.clear();
    for person in people {
        state.people.push(person.id().await);
    }
    for person in on_screen {
        let mut seat = seat.clone();
        seat.person = person.id().await;
        state.speakers.push(seat);
    }
    state.counts.seats = u32::try_from(on_screen.len()).unwrap();
    state.counts.viewers = u32::try_from(people.len() - on_screen.len()).unwrap();
    state
}

/// The next so many rights that media hears: in which session, of whom, whether they may share.
async fn rights(media: &mut FakeMedia, count: usize) -> Vec<(String, String, bool)> {
    let mut rights = Vec::new();
    while rights.len() < count {
        if let FromApi::Rights { session, person, share, .. } = media.wait_for(|_| true).await {
            rights.push((session, person, share));
        }
    }
    rights
}

/// D9: to moderated, one session or many, everyone on screen gets a grant and stays; the others ask.
#[tokio::test]
async fn d9_to_moderated_those_on_screen_stay() {
    let ground = Ground::new().await;
    let Ground { app, olivia, event, .. } = &ground;
    let (ada, bob) = two_attendees(app, event).await;
    let (one, many) = (olivia.session(event, "One", json!({})).await, olivia.session(event, "Many", json!({})).await);
    let rooms = vec![inside(&one, &[&ada, &bob], &[&ada]).await, inside(&many, &[&ada, &bob], &[&ada]).await];
    let mut media = FakeMedia::link_with(&app.address, &app.app, rooms).await;
    olivia.update_session(&one, json!({ "shareAccess": "MODERATED" })).await;
    let bulk = "mutation($input: UpdateSessionsInput!) { updateSessions(input: $input) { sessions { id } } }";
    olivia.ok(bulk, json!({ "input": { "ids": [many], "shareAccess": "MODERATED" } })).await;
    // Each person in each session, when the link opened and when the mode changed.
    let told = rights(&mut media, 8).await;
    let of = async |session: &str, person: &Person| {
        let person = person.id().await;
        let theirs = told.iter().filter(|(of, whose, _)| of == session && *whose == person);
        theirs.map(|(_, _, share)| *share).collect::<Vec<bool>>()
    };
    for session in [&one, &many] {
        assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (is("APPROVED"), is("MAY_ASK")));
        assert_eq!((of(session, &ada).await, of(session, &bob).await), (vec![true, true], vec![true, false]));
    }
}

/// D9: to invite only, those on screen are invited if the host wants that, moderators too, who are no hosts there; otherwise
/// they leave.
#[tokio::test]
async fn d9_to_invite_only_those_on_screen_are_invited_or_leave() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    ground.be_approved(&ada, &mo).await;
    let held = inside(session, &[&ada, &bob, &mo, olivia], &[&ada, &mo, olivia]).await;
    let _media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    let change = json!({ "shareAccess": "INVITE_ONLY", "inviteOnScreen": true });
    olivia.update_session(session, change).await;
    let sharers = async || {
        let query = "query($id: ID!) { session(id: $id) { sharers { name } } }";
        olivia.ok(query, json!({ "id": session })).await["session"]["sharers"].clone()
    };
    assert_eq!(sharers().await, json!([{ "name": "Ada" }, { "name": "Mo" }]), "organizers need no invitation");
    assert_eq!((stands(&ada, session).await, stands(&mo, session).await), (is("MAY_SHARE"), is("MAY_SHARE")));
    assert_eq!(stands(&bob, session).await, is("MAY_NOT"));

    let other = olivia.session(&ground.event, "Other", json!({})).await;
    let held = inside(&other, &[&ada], &[&ada]).await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    olivia.update_session(&other, json!({ "shareAccess": "INVITE_ONLY" })).await;
    assert_eq!(stands(&ada, &other).await, is("MAY_NOT"), "not asked for");
    let gone = right(&other, &ada.id().await, false);
    media.wait_for(|command| *command == gone).await;
}

/// D9: who had to leave when the mode became invite only gets no grant when it becomes moderated right after that, though media
/// has not said yet that they are gone; who was invited gets one.
#[tokio::test]
async fn d9_who_had_to_leave_by_one_change_is_not_carried_on_by_the_next() {
    let ground = Ground::new().await;
    let Ground { app, olivia, event, .. } = &ground;
    let (ada, bob) = two_attendees(app, event).await;
    let session = olivia.session(event, "Quick", json!({})).await;
    let held = inside(&session, &[&ada, &bob], &[&ada, &bob]).await;
    let _media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    olivia.update_session(&session, json!({ "shareAccess": "INVITE_ONLY" })).await;
    olivia.choose("addSharer", &session, "bob@example.org").await;
    assert_eq!((stands(&ada, &session).await, stands(&bob, &session).await), (is("MAY_NOT"), is("MAY_SHARE")));
    olivia.update_session(&session, json!({ "shareAccess": "MODERATED" })).await;
    assert_eq!((stands(&ada, &session).await, stands(&bob, &session).await), (is("MAY_ASK"), is("APPROVED")));
}

/// D9: of many that become invite only those on screen are invited in each, if that is wanted, and in those alone.
#[tokio::test]
async fn d9_of_many_that_become_invite_only_those_on_screen_are_invited_or_leave() {
    let ground = Ground::new().await;
    let Ground { app, olivia, event, .. } = &ground;
    let (ada, bob) = two_attendees(app, event).await;
    let session =
        async |title: &str, access: &str| olivia.session(event, title, json!({ "shareAccess": access })).await;
    let (one, two) = (session("One", "ANYONE").await, session("Two", "ANYONE").await);
    let (was, leave) = (session("Was", "INVITE_ONLY").await, session("Leave", "ANYONE").await);
    let mut rooms = Vec::new();
    for (id, on_screen) in [(&one, &ada), (&two, &bob), (&was, &bob), (&leave, &ada)] {
        rooms.push(inside(id, &[&ada, &bob], &[on_screen]).await);
    }
    let _media = FakeMedia::link_with(&app.address, &app.app, rooms).await;
    let bulk = "mutation($input: UpdateSessionsInput!) { updateSessions(input: $input) { sessions { id } } }";
    let change = |ids: &[&String], invite: bool| json!({ "input": { "ids": ids, "shareAccess": "INVITE_ONLY", "inviteOnScreen": invite } });
    olivia.ok(bulk, change(&[&one, &two, &was], true)).await;
    olivia.ok(bulk, change(&[&leave], false)).await;
    let stand = async |session: &str| (stands(&ada, session).await, stands(&bob, session).await);
    assert_eq!(stand(&one).await, (is("MAY_SHARE"), is("MAY_NOT")));
    assert_eq!(stand(&two).await, (is("MAY_NOT"), is("MAY_SHARE")));
    assert_eq!(stand(&was).await, (is("MAY_NOT"), is("MAY_NOT")), "it was so before");
    assert_eq!(stand(&leave).await, (is("MAY_NOT"), is("MAY_NOT")));
}

/// D9: with the mode the queue ends, and grants wait for its return.
#[tokio::test]
async fn d9_another_mode_ends_the_queue() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    ground.be_approved(&ada, olivia).await;
    ground.ask(&bob).await;
    olivia.update_session(session, json!({ "shareAccess": "ANYONE" })).await;
    assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (is("MAY_SHARE"), is("MAY_SHARE")));
    olivia.update_session(session, json!({ "shareAccess": "MODERATED" })).await;
    assert_eq!((stands(&ada, session).await, stands(&bob, session).await), (is("APPROVED"), is("MAY_ASK")));
}

/// A line of the log: who did what, to whom.
fn line(node: &Value) -> String {
    let name = |of: &str| node[of]["name"].as_str().unwrap_or("nobody").to_owned();
    assert_eq!(node["session"]["title"], "Table");
    format!("{} {} {}", name("actor"), text(&node["action"]), name("person"))
}

/// O2, D3: that one request was declined is written down; and who can share, and how many people at the most, where it becomes
/// another, by one change or with others, and not where it stays.
#[tokio::test]
async fn o2_d3_what_is_set_is_written_down_where_it_changes() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let ada = app.attendee(&ground.event, "Ada").await;
    let decline =
        "mutation($input: DeclineShareRequestInput!) { declineShareRequest(input: $input) { request { state } } }";
    olivia.ok(decline, json!({ "input": { "id": ground.ask(&ada).await } })).await;
    for _ in 0..2 {
        app.advance(1);
        olivia.update_session(session, json!({ "maxParticipants": 20, "shareAccess": "MODERATED" })).await;
    }
    let bulk = "mutation($input: UpdateSessionsInput!) { updateSessions(input: $input) { sessions { id } } }";
    for _ in 0..2 {
        app.advance(1);
        olivia.ok(bulk, json!({ "input": { "ids": [session], "shareAccess": "INVITE_ONLY" } })).await;
    }
    app.advance(1);
    olivia.update_session(session, json!({ "title": "Table", "shareAccess": "ANYONE" })).await;
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"].take();
    let lines: Vec<String> = log["nodes"].as_array().unwrap().iter().map(line).collect();
    let expected = [
        "Olivia CHANGED_SHARING nobody",
        "Olivia CHANGED_SHARING nobody",
        "Olivia CHANGED_CAPACITY nobody",
        "Olivia DECLINED_REQUEST Ada",
    ];
    assert_eq!(lines, expected);
}

/// O2, D7: what ends nothing of a person is not written down, and media hears it all the same; what ends something is.
#[tokio::test]
async fn o2_d7_what_changes_nothing_is_not_written_down() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let (ada, bob) = two_attendees(app, &ground.event).await;
    let (a, b) = (ada.id().await, bob.id().await);
    let held = inside(session, &[&ada, &bob], &[&ada]).await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    let lines = async || {
        let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
        log.as_array().unwrap().iter().map(line).collect::<Vec<String>>()
    };
    mo.ok(MUTE, muting(session, &b)).await;
    let muted = FromApi::Mute { session: session.clone(), person: b.clone(), source: Source::Microphone };
    media.wait_for(|command| *command == muted).await;
    for person in [&a, &b] {
        mo.ok(REMOVE_SHARE, about(session, person)).await;
        media.wait_for(|command| *command == stop(session, person, Seat::Screen)).await;
    }
    mo.ok(REMOVE, about(session, &b)).await;
    media.wait_for(|command| *command == right(session, &b, false)).await;
    assert_eq!(lines().await, Vec::<String>::new(), "who is not on screen, and a screen that is not shared");

    mo.ok(MUTE, muting(session, &a)).await;
    app.advance(1);
    mo.ok(REMOVE, about(session, &a)).await;
    app.advance(1);
    olivia.ok(REMOVE, about(session, &b)).await;
    olivia.ok(REMOVE, about(session, &b)).await;
    assert_eq!(lines().await, ["Olivia BARRED_FROM_SCREEN Bob", "Mo REMOVED_FROM_SCREEN Ada", "Mo MUTED Ada"]);
}

/// O2: everything that hosts do is written down, the newest first, for organizers alone.
#[tokio::test]
async fn o2_what_hosts_do_is_written_down() {
    let ground = Ground::new().await;
    let Ground { app, olivia, session, .. } = &ground;
    let mo = ground.moderator("Mo").await;
    let ada = app.attendee(&ground.event, "Ada").await;
    let person = ada.id().await;
    let mut sharing = room(session, &person, 0);
    sharing.speakers[0].sources.push(Source::Screen);
    let _media = FakeMedia::link_with(&app.address, &app.app, vec![sharing]).await;
    ground.be_approved(&ada, &mo).await;
    mo.ok(MUTE, muting(session, &person)).await;
    app.advance(1);
    mo.ok(REMOVE_SHARE, about(session, &person)).await;
    app.advance(1);
    mo.ok(REMOVE, about(session, &person)).await;
    app.advance(1);
    olivia.ok(REMOVE, about(session, &person)).await;
    app.advance(1);
    mo.ok(LIFT, about(session, &person)).await;
    app.advance(1);
    ground.ask(&ada).await;
    let decline_all = "mutation($input: DeclineAllShareRequestsInput!) { declineAllShareRequests(input: $input) {
        declined } }";
    mo.ok(decline_all, input(session)).await;
    app.advance(1);
    let close = "mutation($input: CloseRoomInput!) { closeRoom(input: $input) { closed } }";
    mo.ok(close, input(session)).await;
    let data = olivia.ok(ACTIONS, json!({})).await;
    let log = &data["event"]["hostActions"];
    assert_eq!(log["totalCount"], 8);
    let mut lines: Vec<String> = log["nodes"].as_array().unwrap().iter().map(line).collect();
    // These two happened at the same moment.
    lines[6..].sort();
    let expected = [
        "Mo CLOSED_ROOM nobody",
        "Mo DECLINED_ALL_REQUESTS nobody",
        "Mo LIFTED_BAR Ada",
        "Olivia BARRED_FROM_SCREEN Ada",
        "Mo REMOVED_FROM_SCREEN Ada",
        "Mo REMOVED_SCREEN_SHARE Ada",
        "Mo APPROVED_REQUEST Ada",
        "Mo MUTED Ada",
    ];
    assert_eq!(lines, expected);
    for other in [&mo, &ada] {
        let nothing = json!({ "totalCount": 0, "nodes": [] });
        assert_eq!(other.ok(ACTIONS, json!({})).await["event"]["hostActions"], nothing);
    }
    // The log stays when the session and the people are gone.
    let delete = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }";
    mo.ok(delete, json!({ "input": { "confirmation": crate::harness::PASSWORD } })).await;
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    olivia.ok(delete, json!({ "input": { "id": session } })).await;
    let left = &olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"];
    assert_eq!((&left["totalCount"], &left["nodes"][0]["session"]), (&json!(8), &Value::Null));
    assert_eq!(left["nodes"][0]["actor"], Value::Null);
}
