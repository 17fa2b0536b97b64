//! C4: unlisted sessions, their links, and who was admitted by one.

use crate::harness::{FakeMedia, Person, TestApp, keeps, room, text};
use serde_json::{Value, json};

const JOIN: &str = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass session { title url } } }";
const ADMIT: &str = "mutation($input: AdmitInput!) { admit(input: $input) { session { id url } } }";
const BY_LINK: &str = "query($id: ID!, $link: String) { session(id: $id, linkToken: $link) { title url } }";
const ROTATE: &str =
    "mutation($input: RotateSessionLinkInput!) { rotateSessionLink(input: $input) { session { url } } }";
const WRONG: &str = "session:01ARZ3NDEKTSV4RRFFQ69G5FAV";

struct Ground {
    app: TestApp,
    olivia: Person,
    event: String,
    session: String,
    token: String,
    ada: Person,
}

async fn ground() -> Ground {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Hidden", json!({ "watchAccess": "UNLISTED" })).await;
    let token = olivia.link_token(&session).await;
    let ada = app.attendee(&event, "Ada").await;
    Ground { app, olivia, event, session, token, ada }
}

fn with_link(session: &str, token: &str) -> Value {
    json!({ "input": { "sessionId": session, "linkToken": token } })
}

/// C4: in no list or search; by its link a registered person finds it, enters, and needs no link any more.
#[tokio::test]
async fn c4_the_link_admits_and_is_not_needed_later() {
    let Ground { app, session, token, ada, .. } = ground().await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let look = |link: Value| ada.ok(BY_LINK, json!({ "id": session, "link": link }));
    let join = json!({ "input": { "sessionId": session } });
    assert!(look(Value::Null).await["session"].is_null());
    assert_eq!(look(token.clone().into()).await["session"]["title"], "Hidden");
    assert_eq!(ada.code(JOIN, join.clone()).await, "NOT_FOUND", "looking admits nobody");
    let entered = ada.ok(JOIN, with_link(&session, &token)).await;
    assert!(text(&entered["joinSession"]["session"]["url"]).ends_with(&format!("?link={token}")), "and can pass it on");
    ada.ok(JOIN, join).await;
    assert_eq!(look(Value::Null).await["session"]["title"], "Hidden");
    assert!(ada.titles("summit").await.is_empty(), "also who was admitted finds it in no list");
}

/// C4: without token or admission, the answer is that of a wrong id, to the letter.
#[tokio::test]
async fn c4_a_wrong_token_answers_like_a_wrong_id() {
    let Ground { app, session, token, ada, .. } = ground().await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    for query in [ADMIT, JOIN] {
        let hidden = ada.ask(query, with_link(&session, "guess")).await;
        assert_eq!(hidden, ada.ask(query, with_link(WRONG, "guess")).await, "{query}");
        assert_eq!(hidden["errors"][0]["extensions"]["code"], "NOT_FOUND");
    }
    let looked = ada.ask(BY_LINK, json!({ "id": session, "link": "guess" })).await;
    assert_eq!(looked, ada.ask(BY_LINK, json!({ "id": WRONG, "link": token })).await);
    let nora = app.person("Nora").await;
    assert_eq!(nora.code(ADMIT, with_link(&session, &token)).await, "NOT_FOUND", "who is not registered");
    let stranger = app.stranger().ok(BY_LINK, json!({ "id": session, "link": token })).await;
    assert!(stranger["session"].is_null(), "who is not signed in");
    ada.ok(ADMIT, with_link(&session, &token)).await;
}

/// C4: the token of one session opens no other, and none that is not unlisted.
#[tokio::test]
async fn c4_a_token_opens_its_own_session_while_it_is_unlisted() {
    let Ground { app: _app, olivia, event, session, token, ada } = ground().await;
    let other = olivia.session(&event, "Other", json!({ "watchAccess": "UNLISTED" })).await;
    assert_eq!(ada.code(ADMIT, with_link(&other, &token)).await, "NOT_FOUND");
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    assert_eq!(ada.code(ADMIT, with_link(&session, &token)).await, "NOT_FOUND");
    olivia.update_session(&session, json!({ "watchAccess": "UNLISTED" })).await;
    ada.ok(ADMIT, with_link(&session, &token)).await;
}

/// C4: guesses are limited, also those with ids that do not exist.
#[tokio::test]
async fn c4_guesses_are_limited() {
    let Ground { app, session, token, ada, event, .. } = ground().await;
    for n in 0..30 {
        let id = if n % 2 == 0 { &session } else { WRONG };
        let looked = ada.ok(BY_LINK, json!({ "id": id, "link": format!("guess {n}") })).await;
        assert!(looked["session"].is_null());
    }
    for id in [&session, WRONG] {
        assert_eq!(ada.code(BY_LINK, json!({ "id": id, "link": token })).await, "RATE_LIMITED");
        assert_eq!(ada.code(ADMIT, with_link(id, &token)).await, "RATE_LIMITED");
    }
    let bob = app.attendee(&event, "Bob").await;
    bob.ok(ADMIT, with_link(&session, &token)).await;
}

/// C4, C6: another link; those who were admitted by the old one stay, or are put out at once.
#[tokio::test]
async fn c4_c6_rotating_keeps_the_admitted_or_removes_them() {
    let Ground { app, olivia, event, session, token, ada } = ground().await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    ada.ok(ADMIT, with_link(&session, &token)).await;
    let rotate = |keep: bool| json!({ "input": { "sessionId": session, "keepAdmitted": keep } });
    let url = text(&olivia.ok(ROTATE, rotate(true)).await["rotateSessionLink"]["session"]["url"]);
    assert!(!url.ends_with(&token));
    let everybody = [ada.id().await, olivia.id().await];
    media.wait_for(|command| keeps(command, &everybody)).await;
    ada.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    let bob = app.attendee(&event, "Bob").await;
    assert_eq!(bob.code(ADMIT, with_link(&session, &token)).await, "NOT_FOUND", "the old link");
    bob.ok(ADMIT, with_link(&session, url.rsplit_once('=').unwrap().1)).await;

    olivia.ok(ROTATE, rotate(false)).await;
    media.wait_for(|command| keeps(command, &everybody[1..])).await;
    assert_eq!(ada.code(JOIN, json!({ "input": { "sessionId": session } })).await, "NOT_FOUND");
    let looked = ada.ok(BY_LINK, json!({ "id": session, "link": token })).await;
    assert!(looked["session"].is_null());
}

/// C4: who was admitted hears of the session and of its room, also when nobody changed it since; others do not.
#[tokio::test]
async fn c4_the_admitted_hear_of_the_session_and_its_room() {
    let Ground { app, olivia, event, session, token, ada } = ground().await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    // Somebody is inside already, so that it is known whom the room concerns.
    olivia.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    ada.ok(ADMIT, with_link(&session, &token)).await;
    let mut socket = ada.socket().await;
    let rooms =
        "subscription($event: ID!, $session: ID) { roomChanged(eventId: $event, sessionId: $session) { viewerCount } }";
    socket.subscribe("r", rooms, json!({ "event": event, "session": session })).await;
    assert_eq!(socket.data("r").await["roomChanged"]["viewerCount"], 0, "told at once");
    media.report(room(&session, &olivia.id().await, 4)).await;
    assert_eq!(socket.data("r").await["roomChanged"]["viewerCount"], 4);
    let bob = app.attendee(&event, "Bob").await;
    let mut other = bob.socket().await;
    other.subscribe("r", rooms, json!({ "event": event, "session": session })).await;
    assert_eq!(other.receive().await["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let changed = "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title } } }";
    let mut heard = ada.socket().await;
    heard.subscribe("s", changed, json!({ "id": event })).await;
    let frame = heard
        .answer_to(async || {
            olivia.update_session(&session, json!({ "title": "Still hidden" })).await;
        })
        .await;
    assert_eq!(frame["payload"]["data"]["sessionChanged"]["session"]["title"], "Still hidden");
}

/// C4: only organizers rotate; who sees the session is told so, for others it is not there.
#[tokio::test]
async fn c4_only_organizers_rotate_a_link() {
    let Ground { app: _app, session, token, ada, .. } = ground().await;
    let rotate = json!({ "input": { "sessionId": session, "keepAdmitted": true } });
    assert_eq!(ada.code(ROTATE, rotate.clone()).await, "NOT_FOUND");
    ada.ok(ADMIT, with_link(&session, &token)).await;
    assert_eq!(ada.code(ROTATE, rotate).await, "FORBIDDEN");
}
