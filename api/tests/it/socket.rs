//! The GraphQL socket beyond what `e2e/protocol` checks with public clients: rights, limits, slow readers.

use crate::harness::{Socket, TestApp};
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
