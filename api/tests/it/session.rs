//! B1, C1, C2, C5: sessions, and who finds them on every path.

use crate::harness::{FakeMedia, Person, TestApp, room, text, two_attendees};
use api::feed::Topic;
use api::ids::{EventId, Id};
use serde_json::{Value, json};

const CREATE: &str = "mutation($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }";
const UPDATE: &str =
    "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { title version } } }";
const DELETE: &str = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
const SESSION: &str = "query($id: ID!) { session(id: $id) { title } }";
const CHANGED: &str =
    "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId session { title tags url } } }";

/// B1: the server enforces the limits, counted in Unicode scalar values.
#[tokio::test]
async fn b1_every_field_over_its_limit_is_refused_by_name() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let cases: [(Value, &str, &str); 10] = [
        (json!({ "title": "🎉".repeat(61) }), "title", "TOO_LONG"),
        (json!({ "title": "  " }), "title", "REQUIRED"),
        (json!({ "title": "a\u{0007}b" }), "title", "INVALID"),
        (json!({ "description": "ü".repeat(141) }), "description", "TOO_LONG"),
        (json!({ "maxParticipants": 0 }), "maxParticipants", "OUT_OF_RANGE"),
        (json!({ "maxParticipants": 51 }), "maxParticipants", "OUT_OF_RANGE"),
        (json!({ "priority": 1_000_001 }), "priority", "OUT_OF_RANGE"),
        (json!({ "tags": ["x".repeat(31)] }), "tags", "TOO_LONG"),
        (json!({ "tags": [""] }), "tags", "REQUIRED"),
        (json!({ "tags": vec!["x"; 11] }), "tags", "OUT_OF_RANGE"),
    ];
    let session = olivia.session(&event, "Kept", json!({})).await;
    for (wrong, field, code) in cases {
        let expected = [(field.to_owned(), code.to_owned())];
        let mut input = wrong.clone();
        input["eventId"] = event.clone().into();
        if input["title"].is_null() {
            input["title"] = "A title".into();
        }
        assert_eq!(olivia.problems(CREATE, json!({ "input": input })).await, expected, "create {wrong}");
        let mut input = wrong.clone();
        input["id"] = session.clone().into();
        assert_eq!(olivia.problems(UPDATE, json!({ "input": input })).await, expected, "update {wrong}");
    }
    assert_eq!(olivia.titles("summit").await, ["Kept"]);
}

#[tokio::test]
async fn b1_fields_at_their_limit_are_kept() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let title = "🎉".repeat(60);
    let others = json!({ "description": "ü".repeat(140), "maxParticipants": 1, "displaySize": "LARGE" });
    let id = olivia.session(&event, &title, others).await;
    let query =
        "query($id: ID!) { session(id: $id) { title description maxParticipants displaySize scheduling shareAccess } }";
    let session = &olivia.ok(query, json!({ "id": id })).await["session"];
    assert_eq!(
        *session,
        json!({
            "title": title, "description": "ü".repeat(140), "maxParticipants": 1, "displaySize": "LARGE",
            "scheduling": "ALWAYS_OPEN", "shareAccess": "ANYONE",
        })
    );
}

/// B4: a tag is one tag however it is written, and is offered again.
#[tokio::test]
async fn b4_tags_are_reused() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.session(&event, "One", json!({ "tags": ["Rust", "Maps"] })).await;
    let two = olivia.session(&event, "Two", json!({ "tags": ["rust", "RUST"] })).await;
    let tags = "query($id: ID!) { session(id: $id) { tags event { tags } } }";
    let session = &olivia.ok(tags, json!({ "id": two })).await["session"];
    assert_eq!(*session, json!({ "tags": ["Rust"], "event": { "tags": ["Maps", "Rust"] } }));
    olivia.update_session(&two, json!({ "tags": [] })).await;
    assert_eq!(olivia.ok(tags, json!({ "id": two })).await["session"]["tags"], json!([]));
}

/// B6: higher priority first, then by title; page by page the same.
#[tokio::test]
async fn b6_sessions_come_by_priority_in_pages() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    for (title, priority) in [("C", 0), ("B: with colon", 0), ("A", -5), ("Z", 10), ("B: with colon", 0)] {
        olivia.session(&event, title, json!({ "priority": priority })).await;
    }
    let query = "query($after: String) { event(slug: \"summit\") { sessions(first: 1, after: $after) {
        totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage endCursor } } } }";
    let (mut titles, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = olivia.ok(query, json!({ "after": after })).await;
        let page = &data["event"]["sessions"];
        assert_eq!(page["totalCount"], 5);
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !titles.is_empty());
        titles.push(text(&page["nodes"][0]["title"]));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(titles, ["Z", "B: with colon", "B: with colon", "C", "A"]);
}

#[tokio::test]
async fn b7_search_finds_in_title_and_description_and_takes_signs_literally() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.session(&event, "100% Maps", json!({})).await;
    olivia.session(&event, "Libraries", json!({ "description": "Maps of books" })).await;
    olivia.session(&event, "Lobby", json!({})).await;
    let query = "query($search: String) { event(slug: \"summit\") { sessions(search: $search) { totalCount } } }";
    for (search, found) in [("maps", 2), ("0%", 1), ("%", 1), ("_", 0), ("nothing", 0), ("  ", 3)] {
        let data = olivia.ok(query, json!({ "search": search })).await;
        assert_eq!(data["event"]["sessions"]["totalCount"], found, "{search}");
    }
}

/// C1: every registered attendee finds and enters it; nobody else does.
#[tokio::test]
async fn c1_anyone_means_every_registered_attendee() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Open", json!({ "tags": [MARK] })).await;
    let ada = app.attendee(&event, "Ada").await;
    assert_eq!(paths(&app, &mut media, &ada, &session).await, FOUND);
    let unregistered = app.person("Bob").await;
    assert_eq!(paths(&app, &mut media, &unregistered, &session).await, HIDDEN);
    assert_eq!(paths(&app, &mut media, &app.stranger(), &session).await, HIDDEN);
}

/// C2: only organizers and the invited; for all others it does not exist. C5: organizers see and enter all.
#[tokio::test]
async fn c2_private_is_for_the_invited_on_every_path() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE", "tags": [MARK] })).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    olivia.invite(&session, "ada@example.org").await;
    assert_eq!(paths(&app, &mut media, &olivia, &session).await, FOUND, "C5");
    assert_eq!(paths(&app, &mut media, &ada, &session).await, FOUND);
    assert_eq!(paths(&app, &mut media, &bob, &session).await, HIDDEN);
}

/// C2: the answer for a session that one may not see is that for a wrong id, to the letter.
#[tokio::test]
async fn c2_a_hidden_session_answers_like_a_wrong_id() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let bob = app.attendee(&event, "Bob").await;
    let wrong = "session:01ARZ3NDEKTSV4RRFFQ69G5FAV";
    for query in [JOIN, UPDATE, DELETE, INVITE] {
        let ask = |id: &str| {
            let input = match query {
                JOIN => json!({ "sessionId": id }),
                INVITE => json!({ "sessionId": id, "email": "bob@example.org" }),
                _ => json!({ "id": id }),
            };
            bob.ask(query, json!({ "input": input }))
        };
        let (hidden, missing) = (ask(&session).await, ask(wrong).await);
        assert_eq!(hidden, missing, "{query}");
        assert_eq!(hidden["errors"][0]["extensions"]["code"], "NOT_FOUND", "{query}");
    }
}

const JOIN: &str = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";
const INVITE: &str = "mutation($input: InviteInput!) { invite(input: $input) { session { id } } }";

/// The one tag of the session whose paths are walked.
const MARK: &str = "its own tag";
const FOUND: [&str; 6] = ["found"; 6];
const HIDDEN: [&str; 6] = ["hidden"; 6];

/// What somebody gets of a session of the event `summit` on each path: list, tags, single, node, pass, live state.
async fn paths(app: &TestApp, media: &mut FakeMedia, person: &Person, session: &str) -> [&'static str; 6] {
    let said = |found: bool| if found { "found" } else { "hidden" };
    let list = "query { event(slug: \"summit\") { tags sessions(first: 100) { totalCount nodes { id } } } }";
    let list = person.ok(list, json!({})).await;
    let listed = list["event"]["sessions"]["nodes"].as_array().unwrap().iter().any(|node| node["id"] == session);
    assert_eq!(list["event"]["sessions"]["totalCount"], u8::from(listed));
    let single = person.ok(SESSION, json!({ "id": session })).await;
    let node = person.ok("query($id: ID!) { node(id: $id) { id } }", json!({ "id": session })).await;
    let pass = person.ask(JOIN, json!({ "input": { "sessionId": session } })).await;
    let mut socket = person.socket().await;
    let event =
        "subscription($event: ID!, $session: ID) { roomChanged(eventId: $event, sessionId: $session) { sessionId } }";
    let event_id = event_of(app).await;
    socket.subscribe("s", event, json!({ "event": event_id, "session": session })).await;
    let frame = socket.answer_to(async || media.report(room(session, "account:somebody", 1)).await).await;
    [
        said(listed),
        said(list["event"]["tags"] == json!([MARK])),
        said(!single["session"].is_null()),
        said(!node["node"].is_null()),
        said(pass["errors"].is_null()),
        said(frame["type"] == "next" && frame["payload"]["errors"].is_null()),
    ]
}

async fn event_of(app: &TestApp) -> String {
    let data = app.stranger().ok("{ event(slug: \"summit\") { id } }", json!({})).await;
    text(&data["event"]["id"])
}

/// B10, O3: a change reaches those who find the session, and shows what they may see of it.
#[tokio::test]
async fn o3_session_changed_tells_made_changed_hidden_and_deleted() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let mut socket = ada.socket().await;
    socket.subscribe("s", CHANGED, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let session = olivia.session(&event, "New", json!({ "tags": ["maps"] })).await;
    let made = &socket.data("s").await["sessionChanged"];
    assert_eq!((&made["session"]["title"], &made["session"]["tags"]), (&json!("New"), &json!(["maps"])));
    assert!(text(&made["session"]["url"]).contains("/e/summit/sessions/"));
    olivia.update_session(&session, json!({ "title": "Renamed" })).await;
    assert_eq!(socket.data("s").await["sessionChanged"]["session"]["title"], "Renamed");
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    assert_eq!(socket.data("s").await["sessionChanged"], json!({ "sessionId": session, "session": null }));
    olivia.update_session(&session, json!({ "title": "Secret title" })).await;
    olivia.invite(&session, "ada@example.org").await;
    let back = socket.data("s").await;
    assert_eq!(back["sessionChanged"]["session"]["title"], "Secret title", "the change while hidden is not told");
    olivia.ok(DELETE, json!({ "input": { "id": session } })).await;
    assert_eq!(socket.data("s").await["sessionChanged"], json!({ "sessionId": session, "session": null }));
}

#[tokio::test]
async fn an_id_of_another_kind_or_event_is_not_found() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let other = app.live_event(&olivia, "other").await;
    let session = olivia.session(&event, "Here", json!({})).await;
    assert!(olivia.ok(SESSION, json!({ "id": event })).await["session"].is_null());
    assert_eq!(olivia.code(UPDATE, json!({ "input": { "id": event, "title": "x" } })).await, "NOT_FOUND");
    let input = json!({ "eventId": session, "title": "x" });
    assert_eq!(olivia.code(CREATE, json!({ "input": input })).await, "NOT_FOUND");
    let mut socket = olivia.socket().await;
    let query =
        "subscription($event: ID!, $session: ID) { roomChanged(eventId: $event, sessionId: $session) { sessionId } }";
    socket.subscribe("s", query, json!({ "event": other, "session": session })).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a2_an_attendee_cannot_change_a_session_they_see() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Open", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    assert_eq!(ada.code(UPDATE, json!({ "input": { "id": session, "title": "Mine" } })).await, "FORBIDDEN");
    assert_eq!(ada.code(DELETE, json!({ "input": { "id": session } })).await, "FORBIDDEN");
    let input = json!({ "input": { "eventId": event, "title": "Mine" } });
    assert_eq!(ada.code(CREATE, input).await, "FORBIDDEN");
    assert_eq!(olivia.titles("summit").await, ["Open"]);
}

#[tokio::test]
async fn c3_the_invite_list_is_for_organizers_and_keeps_addresses_that_nobody_has_yet() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let ada = app.attendee(&event, "Ada").await;
    let bad = json!({ "input": { "sessionId": session, "email": "nobody" } });
    assert_eq!(olivia.problems(INVITE, bad).await, [("email".to_owned(), "INVALID".to_owned())]);
    olivia.invite(&session, "nobody@example.org").await;
    olivia.invite(&session, "ada@example.org").await;
    olivia.invite(&session, "ada@example.org").await;
    let list = "query($id: ID!) { session(id: $id) { invitations { totalCount nodes { person { name } email } } } }";
    let shown = olivia.ok(list, json!({ "id": session })).await;
    let expected = json!([
        { "person": { "name": "Ada" }, "email": "ada@example.org" },
        { "person": null, "email": "nobody@example.org" },
    ]);
    assert_eq!(shown["session"]["invitations"], json!({ "totalCount": 2, "nodes": expected }));
    let hidden = ada.ok(list, json!({ "id": session })).await;
    assert_eq!(hidden["session"]["invitations"]["nodes"], json!([]));
}

/// Two organizers at once: no change is lost, and the version counts both.
#[tokio::test]
async fn changes_at_the_same_moment_all_count() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Open", json!({})).await;
    let changes = (1..=8).map(|n| olivia.update_session(&session, json!({ "priority": n })));
    futures_util::future::join_all(changes).await;
    let query = "query($id: ID!) { session(id: $id) { version tags } }";
    assert_eq!(olivia.ok(query, json!({ "id": session })).await["session"]["version"], 9);
    let lists = [["a", "b", "c"], ["c", "b", "a"], ["x", "a", "y"], ["y", "x", "c"]];
    let changes = lists.iter().map(|tags| olivia.update_session(&session, json!({ "tags": tags })));
    futures_util::future::join_all(changes).await;
    let tags = olivia.ok(query, json!({ "id": session })).await["session"]["tags"].take();
    assert!(lists.iter().any(|list| json!(list) == tags), "the tags are of one of them whole: {tags}");
}

/// B10: two organizers: the second one is told, and nothing of the first one's is lost. Who names no version writes as before.
#[tokio::test]
async fn b10_a_change_of_a_session_for_another_version_is_refused() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Open", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.update_session(&session, json!({ "version": 1, "title": "First" })).await;
    let late =
        |version: i64| json!({ "input": { "id": session, "version": version, "title": "Late", "tags": ["late"] } });
    assert_eq!(olivia.code(UPDATE, late(1)).await, "CONFLICT");
    assert_eq!(olivia.code(UPDATE, late(3)).await, "CONFLICT", "there is no such version yet");
    let query = "query($id: ID!) { session(id: $id) { title tags version } }";
    let kept = json!({ "title": "First", "tags": [], "version": 2 });
    assert_eq!(olivia.ok(query, json!({ "id": session })).await["session"], kept);
    // Its invite list is of the session as well.
    olivia.invite(&session, "ada@example.org").await;
    assert_eq!(olivia.code(UPDATE, late(2)).await, "CONFLICT");
    olivia.update_session(&session, json!({ "version": 3, "title": "Second" })).await;
    olivia.update_session(&session, json!({ "title": "Third" })).await;
    let now = json!({ "title": "Third", "tags": [], "version": 5 });
    assert_eq!(olivia.ok(query, json!({ "id": session })).await["session"], now);
}

/// Of two who save the same session at the same moment, one is told.
#[tokio::test]
async fn b10_of_two_changes_of_one_version_one_is_refused() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Open", json!({})).await;
    let changes = (1..=4).map(|n| {
        let input = json!({ "input": { "id": session, "version": 1, "description": format!("By {n}") } });
        olivia.ask(UPDATE, input)
    });
    let answers = futures_util::future::join_all(changes).await;
    let refused = answers.iter().filter(|answer| answer["errors"][0]["extensions"]["code"] == "CONFLICT").count();
    let saved = answers.iter().filter(|answer| answer["data"]["updateSession"]["session"]["version"] == 2).count();
    assert_eq!((saved, refused), (1, 3), "{answers:?}");
}

/// Two organizers invite the same person at the same moment: both succeed, and the person is invited once.
#[tokio::test]
async fn c2_the_same_invitation_twice_at_once_is_one() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    app.attendee(&event, "Ada").await;
    let invitations = (0..4).map(|_| olivia.invite(&session, "ada@example.org"));
    futures_util::future::join_all(invitations).await;
    let list = "query($id: ID!) { session(id: $id) { invitations { totalCount } } }";
    assert_eq!(olivia.ok(list, json!({ "id": session })).await["session"]["invitations"]["totalCount"], 1);
}

/// C6: a change that is told late never undoes a later one, so versions tell their order, also for what is hidden.
#[tokio::test]
async fn o3_changes_say_their_version() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { version session { version } } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let session = olivia.session(&event, "New", json!({})).await;
    assert_eq!(socket.data("s").await["sessionChanged"], json!({ "version": 1, "session": { "version": 1 } }));
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    assert_eq!(socket.data("s").await["sessionChanged"], json!({ "version": 2, "session": null }));
    olivia.update_session(&session, json!({ "watchAccess": "ANYONE" })).await;
    assert_eq!(socket.data("s").await["sessionChanged"]["version"], 3);
    olivia.ok(DELETE, json!({ "input": { "id": session } })).await;
    assert_eq!(socket.data("s").await["sessionChanged"], json!({ "version": 4, "session": null }));
}
