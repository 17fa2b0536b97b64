//! The pass into a room, and what media is told when access or settings change.

use crate::harness::{FakeMedia, TestApp, room, text, two_attendees};
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::link::FromApi;
use protocol::pass::{Pass, key};
use serde_json::json;

const JOIN: &str =
    "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass mediaUrl expiresAt session { title } } }";
const DELETE: &str = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
const ROOMS: &str = "subscription($id: ID!) { roomChanged(eventId: $id) {
    sessionId viewerCount seatsInUse onScreen { person { name } microphone camera screen } } }";

/// D1: in a session where anyone may share, the pass of every attendee says so; only organizers' says host.
#[tokio::test]
async fn d1_a_pass_says_who_where_and_what() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({ "maxParticipants": 7 })).await;
    let ada = app.attendee(&event, "Ada").await;
    for (person, host) in [(&ada, false), (&olivia, true)] {
        let data = person.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
        assert_eq!(data["joinSession"]["mediaUrl"], ":8081/signalling");
        let claims = claims(&text(&data["joinSession"]["pass"]), &app);
        assert_eq!((claims.session, claims.sub), (session.clone(), person.id().await));
        assert_eq!((claims.share, claims.host, claims.settings.max_seats), (true, host, 7));
    }
}

/// The claims, without their expiry, which runs on the test's clock: signature and audience are checked.
fn claims(token: &str, app: &TestApp) -> Pass {
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.set_audience(&["roundtable-media"]);
    let key = key(&app.app.config.secret, "pass");
    decode(token, &DecodingKey::from_secret(key.as_bytes()), &validation).unwrap().claims
}

/// A3: attendees enter while the event is live, organizers earlier too; an occupied room goes on after the end.
#[tokio::test]
async fn a3_rooms_open_with_the_event() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (60, 120)).await;
    olivia.publish(&event).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let input = json!({ "input": { "sessionId": session } });
    assert_eq!(ada.code(JOIN, input.clone()).await, "NOT_OPEN");
    olivia.ok(JOIN, input.clone()).await;
    app.advance(60);
    ada.ok(JOIN, input.clone()).await;
    app.advance(60);
    assert_eq!(ada.code(JOIN, input.clone()).await, "NOT_OPEN");
    let mut socket = ada.socket().await;
    socket.subscribe("s", ROOMS, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Rooms(EventId::parse(&event).unwrap()), 1).await;
    media.report(room(&session, &ada.id().await, 0)).await;
    socket.data("s").await;
    ada.ok(JOIN, input.clone()).await;
    // The room goes on for those who are in it; nobody new comes, organizers apart.
    assert_eq!(bob.code(JOIN, input.clone()).await, "NOT_OPEN");
    olivia.ok(JOIN, input).await;
}

/// A3, H5: api was started again in between: it learns from media who is inside.
#[tokio::test]
async fn a3_who_is_inside_at_the_end_comes_back_also_after_a_start_of_api() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (-60, 60)).await;
    olivia.publish(&event).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    app.advance(120);
    let held = vec![room(&session, &ada.id().await, 0)];
    let _media = FakeMedia::link_with(&app.address, &app.app, held).await;
    let input = json!({ "input": { "sessionId": session } });
    ada.ok(JOIN, input.clone()).await;
    assert_eq!(bob.code(JOIN, input).await, "NOT_OPEN");
}

/// Many rooms that change in the same second are told one after the other, and drive nobody's socket out.
#[tokio::test]
async fn o3_more_rooms_than_a_subscriber_may_be_behind_change_at_once() {
    const ROOMS_AT_ONCE: usize = 270;
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let person = ada.id().await;
    let mut rooms = Vec::new();
    for number in 0..ROOMS_AT_ONCE {
        rooms.push(room(&olivia.session(&event, &format!("Table {number}"), json!({})).await, &person, 1));
    }
    let mut socket = ada.socket().await;
    socket.subscribe("s", ROOMS, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Rooms(EventId::parse(&event).unwrap()), 1).await;
    media.report_all(rooms).await;
    let mut told = std::collections::HashSet::new();
    for _ in 0..ROOMS_AT_ONCE {
        told.insert(socket.data("s").await["roomChanged"]["sessionId"].to_string());
    }
    assert_eq!(told.len(), ROOMS_AT_ONCE);
}

#[tokio::test]
async fn without_a_media_node_joining_says_to_try_again() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    assert_eq!(olivia.code(JOIN, json!({ "input": { "sessionId": session } })).await, "UNAVAILABLE");
}

/// O3: the live state of rooms reaches those who find the session, and nobody else.
#[tokio::test]
async fn o3_room_changed_tells_who_is_on_screen_and_how_many_watch() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let open = olivia.session(&event, "Open", json!({})).await;
    let private = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    olivia.invite(&private, "ada@example.org").await;
    let (mut invited, mut other) = (ada.socket().await, bob.socket().await);
    invited.subscribe("s", ROOMS, json!({ "id": event })).await;
    other.subscribe("s", ROOMS, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Rooms(EventId::parse(&event).unwrap()), 2).await;
    media.report(room(&private, &ada.id().await, 3)).await;
    media.report(room(&open, &ada.id().await, 9)).await;
    let expected = |session: &str, viewers: u32| {
        let on_screen = json!([{ "person": { "name": "Ada" }, "microphone": true, "camera": true, "screen": false }]);
        json!({ "sessionId": session, "viewerCount": viewers, "seatsInUse": 1, "onScreen": on_screen })
    };
    assert_eq!(invited.data("s").await["roomChanged"], expected(&private, 3));
    assert_eq!(invited.data("s").await["roomChanged"], expected(&open, 9));
    assert_eq!(other.data("s").await["roomChanged"], expected(&open, 9), "the private room is not told");
    let query = "query($id: ID!) { session(id: $id) { room { viewerCount } } }";
    assert_eq!(bob.ok(query, json!({ "id": open })).await["session"]["room"]["viewerCount"], 9);
    drop(media);
    assert_eq!(invited.data("s").await["roomChanged"]["viewerCount"], 0, "a lost node's rooms count as empty");
}

/// O3: whoever watches one room is told how it is at once, so that what changed since a query is not missed, and then whenever it
/// changes; who does not find the session is told nothing.
#[tokio::test]
async fn o3_room_changed_of_one_session_tells_its_state_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let empty = olivia.session(&event, "Empty", json!({})).await;
    let private = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    olivia.invite(&private, "ada@example.org").await;
    let person = ada.id().await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(&private, &person, 3)]).await;
    let one = "subscription($id: ID!, $session: ID) { roomChanged(eventId: $id, sessionId: $session) { sessionId viewerCount } }";
    let told = |session: &str, viewers: u32| json!({ "sessionId": session, "viewerCount": viewers });
    for (person, session, viewers) in [(&olivia, &private, 3), (&ada, &private, 3), (&bob, &empty, 0)] {
        let mut socket = person.socket().await;
        socket.subscribe("s", one, json!({ "id": event, "session": session })).await;
        assert_eq!(socket.data("s").await["roomChanged"], told(session, viewers));
    }
    let mut other = bob.socket().await;
    other.subscribe("s", one, json!({ "id": event, "session": private })).await;
    assert_eq!(other.receive().await["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let mut socket = ada.socket().await;
    socket.subscribe("s", one, json!({ "id": event, "session": private })).await;
    for viewers in [3, 4, 5] {
        assert_eq!(socket.data("s").await["roomChanged"], told(&private, viewers));
        media.report(room(&private, &person, viewers + 1)).await;
    }
}

/// O3, F5, E1: who is lost and has a seat still is inside like the others, by whatever it is counted.
#[tokio::test]
async fn o3_f5_those_inside_are_counted_alike() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut held = room(&session, &ada.id().await, 1);
    held.speakers[0].lost = true;
    held.people.push(bob.id().await);
    let _media = FakeMedia::link_with(&app.address, &app.app, vec![held]).await;
    let query =
        "query($id: ID!) { session(id: $id) { room { viewerCount onScreen { camera } people { totalCount } } } }";
    let expected = json!({ "viewerCount": 1, "onScreen": [{ "camera": true }], "people": { "totalCount": 2 } });
    assert_eq!(olivia.ok(query, json!({ "id": session })).await["session"]["room"], expected);
    let close = "mutation($input: CloseRoomInput!) { closeRoom(input: $input) { closed } }";
    let closed = olivia.ok(close, json!({ "input": { "sessionId": session } })).await;
    assert_eq!(closed["closeRoom"]["closed"], 2);
}

/// B10, E1: another maximum reaches the room at once.
#[tokio::test]
async fn b10_settings_reach_the_room_while_it_is_live() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    olivia.update_session(&session, json!({ "maxParticipants": 3 })).await;
    let told = |command: &FromApi| matches!(command, FromApi::Settings { settings, .. } if settings.max_seats == 3);
    media.wait_for(told).await;
}

/// C6: who may not be in the room any more is put out by media: when it turns private, and when uninvited.
#[tokio::test]
async fn c6_losing_access_ends_being_inside() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, _bob) = two_attendees(&app, &event).await;
    olivia.invite(&session, "ada@example.org").await;
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    let kept = media.wait_for(|command| kept(command).is_some()).await;
    let mut people = self::kept(&kept).unwrap();
    people.sort();
    let mut expected = vec![ada.id().await, olivia.id().await];
    expected.sort();
    assert_eq!(people, expected, "the invited and the organizers stay");
    let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
    olivia.ok(uninvite, json!({ "input": { "sessionId": session, "email": "ada@example.org" } })).await;
    let left = media.wait_for(|command| self::kept(command).is_some()).await;
    assert_eq!(self::kept(&left).unwrap(), [olivia.id().await]);
}

/// The people who may stay, if the command says so.
fn kept(command: &FromApi) -> Option<Vec<String>> {
    match command {
        FromApi::Settings { keep, .. } => keep.clone(),
        _ => None,
    }
}

#[tokio::test]
async fn deleting_a_session_closes_its_room() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    olivia.ok(DELETE, json!({ "input": { "id": session } })).await;
    app.advance(10);
    media.wait_for(|command| *command == FromApi::Close { session: session.clone(), version: None }).await;
}

/// C6, A2: a removed organizer leaves the private rooms that only organizers may be in.
#[tokio::test]
async fn c6_a_removed_organizer_leaves_private_rooms() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    let add = "mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) { organization { id } } }";
    olivia.ok(add, json!({ "input": { "organizationId": organization, "email": "ada@example.org" } })).await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(&session, &ada.id().await, 0)]).await;
    let remove = "mutation($input: RemoveOrganizerInput!) { removeOrganizer(input: $input) { organization { id } } }";
    olivia.ok(remove, json!({ "input": { "organizationId": organization, "personId": ada.id().await } })).await;
    let gone = FromApi::Remove { session, person: ada.id().await };
    media.wait_for(|command| *command == gone).await;
}

/// A pass counts the session's version, so that a pass from before a change opens nothing after it.
#[tokio::test]
async fn a_pass_carries_the_version_of_the_session() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let mut versions = Vec::new();
    for title in ["One", "Two"] {
        let data = olivia.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
        versions.push(claims(&text(&data["joinSession"]["pass"]), &app).settings.version);
        olivia.update_session(&session, json!({ "title": title })).await;
    }
    assert_eq!(versions, [1, 2]);
}

/// C6, A2: a pass that a removed organizer still has opens nothing: media hears of it also for a room that is empty, and
/// a link that was down at that moment hears of it later.
#[tokio::test]
async fn c6_a_pass_of_a_removed_organizer_opens_nothing() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    let add = "mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) { organization { id } } }";
    olivia.ok(add, json!({ "input": { "organizationId": organization, "email": "ada@example.org" } })).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let data = ada.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    let version = claims(&text(&data["joinSession"]["pass"]), &app).settings.version;
    let remove = "mutation($input: RemoveOrganizerInput!) { removeOrganizer(input: $input) { organization { id } } }";
    olivia.ok(remove, json!({ "input": { "organizationId": organization, "personId": ada.id().await } })).await;
    let gone = FromApi::Remove { session: session.clone(), person: ada.id().await };
    media.wait_for(|command| *command == gone).await;
    drop(media);
    let mut later = FakeMedia::link(&app.address, &app.app).await;
    let raised = |command: &FromApi| matches!(command, FromApi::Settings { session: of, settings, .. } if *of == session && settings.version > version);
    later.wait_for(raised).await;
}

/// A3, H5: who was in a call that outlives its event comes back to it after media was started again.
#[tokio::test]
async fn h5_a_call_that_outlives_its_event_heals() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let input = json!({ "input": { "sessionId": session } });
    let media = FakeMedia::link_with(&app.address, &app.app, vec![room(&session, &ada.id().await, 0)]).await;
    ada.ok(JOIN, input.clone()).await;
    app.advance(3600);
    media.unlink(&app.app).await;
    assert_eq!(ada.code(JOIN, input.clone()).await, "UNAVAILABLE", "worth another attempt");
    let _media = FakeMedia::link(&app.address, &app.app).await;
    ada.ok(JOIN, input.clone()).await;
    app.advance(600);
    assert_eq!(ada.code(JOIN, input).await, "NOT_OPEN");
}
