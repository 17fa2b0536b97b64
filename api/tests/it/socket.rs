//! The GraphQL socket beyond what `e2e/protocol` checks with public clients: rights, limits, slow readers.

use crate::harness::{PASSWORD, Socket, TestApp};
use api::feed::Topic;
use api::ids::{EventId, Id};
use serde_json::json;

#[tokio::test]
async fn the_acknowledgement_tells_the_servers_time() {
    let app = TestApp::start().await;
    let ack = Socket::open(&app.address, None).await.init().await;
    assert_eq!(ack["payload"]["serverTime"], "2027-03-01T09:00:00.000Z");
}

#[tokio::test]
async fn signing_out_closes_what_is_open_with_the_sign_in() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = ada.socket().await;
    ada.ok("mutation { signOut { signedOut } }", json!({})).await;
    assert_eq!(socket.close_code().await, 4403);
}

#[tokio::test]
async fn queries_and_mutations_run_on_a_socket_but_nobody_signs_in_there() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = ada.socket().await;
    socket.subscribe("q", "{ me { name } }", json!({})).await;
    assert_eq!(socket.data("q").await["me"]["name"], "Ada");
    assert_eq!(socket.receive().await, json!({ "type": "complete", "id": "q" }));
    let input = json!({ "email": "ada@example.org", "password": "x" });
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { account { id } } }";
    socket.subscribe("m", query, json!({ "input": input })).await;
    let frame = socket.receive().await;
    assert_eq!(frame["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{frame}");
}

#[tokio::test]
async fn operations_of_one_socket_are_limited() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut socket = olivia.socket().await;
    let query = "subscription($id: ID!) { eventChanged(eventId: $id) { id } }";
    for number in 0..65 {
        socket.subscribe(&number.to_string(), query, json!({ "id": event })).await;
    }
    let frame = socket.receive().await;
    assert_eq!((&frame["type"], &frame["id"]), (&json!("error"), &json!("64")), "{frame}");
}

/// Who was registered a moment ago may watch with the socket that is open already.
#[tokio::test]
async fn a_socket_knows_of_a_new_registration() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.person("Ada").await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId } }";
    socket.subscribe("early", query, json!({ "id": event })).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
    ada.register(&event).await;
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let session = olivia.session(&event, "New", json!({})).await;
    let mut frame = socket.receive().await;
    if frame["id"] == "early" {
        frame = socket.receive().await;
    }
    assert_eq!(frame["payload"]["data"]["sessionChanged"]["sessionId"], session.as_str(), "{frame}");
}

/// A reader that is too slow is closed and starts over: nothing is skipped silently.
#[tokio::test]
async fn a_slow_reader_is_told_to_start_over() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let id = EventId::parse(&event).unwrap();
    let mut socket = olivia.socket().await;
    // Each change selects much, so that the frames fill the buffers between server and client.
    let fields: String = (0..40).map(|n| format!("d{n}: description ")).collect();
    let query = format!("subscription($id: ID!) {{ eventChanged(eventId: $id) {{ {fields} }} }}");
    socket.subscribe("s", &query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(id), 1).await;
    let update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    olivia.ok(update, json!({ "input": { "id": event, "description": "x".repeat(2000) } })).await;
    let event = app.app.db.read(move |conn| Ok(api::model::event::find(conn, id)?)).await.unwrap().unwrap();
    for _ in 0..3000 {
        api::ops::event::announce(&app.app, event.clone());
        tokio::task::yield_now().await;
    }
    assert_eq!(socket.close_code().await, 1013);
}

#[tokio::test]
async fn a_page_of_another_site_cannot_use_a_socket() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = Socket::open_from(&app.address, ada.cookie.as_deref(), Some("https://elsewhere.example")).await;
    assert_eq!(socket.close_code().await, 4403);
    Socket::open_from(&app.address, ada.cookie.as_deref(), Some(&app.address)).await.init().await;
}

/// What was changed is announced, also when its client does not wait for the answer (C6).
#[tokio::test]
async fn a_mutation_is_carried_out_and_announced_when_its_client_is_gone() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut watcher = olivia.socket().await;
    let changed = "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title } } }";
    watcher.subscribe("s", changed, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let create = "mutation($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }";
    // Changes wait for this, so that their clients are gone for sure before they are made.
    let held = app.app.order.lock().await;

    let mut socket = olivia.socket().await;
    socket.subscribe("m", create, json!({ "input": { "eventId": event, "title": "By socket" } })).await;
    socket.send(json!({ "type": "complete", "id": "m" })).await;
    // Frames are handled in order: this answer says that the one before was handled.
    socket.send(json!({ "type": "ping" })).await;
    assert_eq!(socket.receive().await["type"], "pong");
    drop(socket);

    let body = json!({ "query": create, "variables": { "input": { "eventId": event, "title": "By HTTP" } } });
    let request = olivia.post("/graphql").json(&body).timeout(std::time::Duration::from_millis(300));
    assert!(request.send().await.is_err_and(|error| error.is_timeout()));

    drop(held);
    let mut titles = Vec::new();
    for _ in 0..2 {
        titles.push(watcher.data("s").await["sessionChanged"]["session"]["title"].take());
    }
    titles.sort_by_key(ToString::to_string);
    assert_eq!(titles, ["By HTTP", "By socket"]);
}

#[tokio::test]
async fn a1_a_sign_in_that_is_over_ends_its_socket() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = ada.socket().await;
    app.advance(31 * 24 * 3600);
    assert_eq!(socket.close_code().await, 4403);
}

/// A password that was changed elsewhere is the one that counts, however long the socket has been open (A1).
#[tokio::test]
async fn a1_a_socket_knows_of_another_password() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = ada.socket().await;
    let query = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { account { id } } }";
    let change = |from: &str, to: &str| json!({ "input": { "currentPassword": from, "newPassword": to } });
    ada.ok(query, change(PASSWORD, "another good password")).await;
    socket.subscribe("old", query, change(PASSWORD, "not this one, please")).await;
    let frame = socket.receive().await;
    assert_eq!(frame["payload"]["errors"][0]["extensions"]["problems"][0]["field"], "currentPassword", "{frame}");
    assert_eq!(socket.receive().await["type"], "complete");
    socket.subscribe("new", query, change("another good password", PASSWORD)).await;
    assert!(socket.data("new").await["changePassword"]["account"]["id"].is_string());
}

#[tokio::test]
async fn an_id_that_every_frame_would_repeat_has_a_limit() {
    let app = TestApp::start().await;
    let mut socket = app.stranger().socket().await;
    socket.subscribe(&"x".repeat(129), "{ __typename }", json!({})).await;
    assert_eq!(socket.close_code().await, 4400);
}
