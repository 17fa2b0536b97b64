//! N1, N2: sessions that attendees make.

use crate::harness::picture::png;
use crate::harness::{FakeMedia, TestApp, two_attendees};
use serde_json::{Value, json};

const CREATE: &str = "mutation($input: CreateOwnSessionInput!) { createOwnSession(input: $input) { session { id title
    scheduling watchAccess shareAccess maxParticipants attendeeCreated creator { name } viewerIsHost viewerCanEdit } } }";
const ALLOW: &str = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";

fn input(event: &str, fields: Value) -> Value {
    let mut input = json!({ "eventId": event, "title": "Coffee corner", "moderated": false });
    for (name, value) in fields.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

/// N1: where it is allowed and while the event is live, an attendee makes a session, always open, for anyone, and is its host in
/// either mode. N2: organizers see who made it, change and delete it; the attendee only runs it.
#[tokio::test]
async fn n1_n2_attendees_make_sessions() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    assert_eq!(ada.code(CREATE, input(&event, json!({}))).await, "FORBIDDEN");
    olivia.ok(ALLOW, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    assert_eq!(app.person("Nora").await.code(CREATE, input(&event, json!({}))).await, "FORBIDDEN");
    assert_eq!(app.stranger().code(CREATE, input(&event, json!({}))).await, "UNAUTHENTICATED");

    let mut ids = Vec::new();
    for (moderated, share) in [(false, "ANYONE"), (true, "MODERATED")] {
        let fields = json!({ "moderated": moderated, "maxParticipants": 7, "description": "Come by" });
        let made = ada.ok(CREATE, input(&event, fields)).await["createOwnSession"]["session"].clone();
        let expected = json!({
            "id": made["id"], "title": "Coffee corner", "scheduling": "ALWAYS_OPEN", "watchAccess": "ANYONE",
            "shareAccess": share, "maxParticipants": 7, "attendeeCreated": true, "creator": { "name": "Ada" },
            "viewerIsHost": true, "viewerCanEdit": false,
        });
        assert_eq!(made, expected);
        ids.push(made["id"].clone());
    }
    let shown = bob.ok(
        "query($id: ID!) { session(id: $id) { viewerIsHost viewerMayShare attendeeCreated } }",
        json!({ "id": ids[1] }),
    );
    let shown = shown.await["session"].clone();
    assert_eq!(shown, json!({ "viewerIsHost": false, "viewerMayShare": false, "attendeeCreated": true }));
    let close = "mutation($input: CloseRoomInput!) { closeRoom(input: $input) { closed } }";
    assert_eq!(bob.code(close, json!({ "input": { "sessionId": ids[0] } })).await, "FORBIDDEN");
    ada.ok(close, json!({ "input": { "sessionId": ids[0] } })).await;
    let rename = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { title } } }";
    let renamed = json!({ "input": { "id": ids[0], "title": "Renamed" } });
    assert_eq!(ada.code(rename, renamed.clone()).await, "FORBIDDEN");
    olivia.ok(rename, renamed).await;
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    olivia.ok(delete, json!({ "input": { "id": ids[0] } })).await;
    assert_eq!(bob.titles("summit").await, ["Coffee corner"]);
    let problems = ada.problems(CREATE, input(&event, json!({ "title": " ", "maxParticipants": 51 }))).await;
    let fields: Vec<&str> = problems.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["title", "maxParticipants"]);
}

/// N1: not before the event is live, nor after its end.
#[tokio::test]
async fn n1_only_while_the_event_is_live() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (600, 1200)).await;
    olivia.publish(&event).await;
    olivia.ok(ALLOW, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let ada = app.attendee(&event, "Ada").await;
    assert_eq!(ada.code(CREATE, input(&event, json!({}))).await, "NOT_OPEN");
    app.advance(600);
    ada.ok(CREATE, input(&event, json!({}))).await;
    app.advance(600);
    assert_eq!(ada.code(CREATE, input(&event, json!({}))).await, "NOT_OPEN");
}

/// N2: a flood stops, of one person; others go on.
#[tokio::test]
async fn n2_a_flood_stops() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.ok(ALLOW, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    for _ in 0..5 {
        ada.ok(CREATE, input(&event, json!({}))).await;
    }
    assert_eq!(ada.code(CREATE, input(&event, json!({}))).await, "RATE_LIMITED");
    bob.ok(CREATE, input(&event, json!({}))).await;
}

/// N1: with a picture of one's own. Who may not make a session uploads none, and somebody else's is not shown that way.
#[tokio::test]
async fn n1_with_a_picture_of_ones_own() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let path = format!("/events/{event}/pictures");
    let refused = ada.upload(&path, png(900, 400)).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    olivia.ok(ALLOW, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let (own, theirs) = (ada.picture(&event).await, olivia.picture(&event).await);
    let create = "mutation($input: CreateOwnSessionInput!) { createOwnSession(input: $input) { session { picture { id }
        pictureAlt } } }";
    let problems = ada.problems(create, input(&event, json!({ "pictureId": theirs }))).await;
    assert_eq!(problems, [("pictureId".to_owned(), "NOT_FOUND".to_owned())]);
    let fields = json!({ "pictureId": own, "pictureAlt": "Two cups" });
    let made = ada.ok(create, input(&event, fields)).await["createOwnSession"]["session"].clone();
    assert_eq!(made, json!({ "picture": { "id": own }, "pictureAlt": "Two cups" }));
    // Whoever finds the session sees it.
    let address = ada
        .ok(
            "query($slug: String!) { event(slug: $slug) { sessions { nodes { picture { card { url } } } } } }",
            json!({ "slug": "summit" }),
        )
        .await["event"]["sessions"]["nodes"][0]["picture"]["card"]["url"]
        .clone();
    assert_eq!(bob.look_at(address.as_str().unwrap()).await.status(), 200);
}
