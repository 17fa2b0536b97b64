//! A2: organizers.

use crate::harness::TestApp;
use api::feed::Topic;
use api::ids::{EventId, Id};
use serde_json::json;

const ADD: &str = "mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) { organization { organizers { name } } } }";
const REMOVE: &str = "mutation($input: RemoveOrganizerInput!) { removeOrganizer(input: $input) { organization { organizers { name } } } }";

#[tokio::test]
async fn a2_organizers_are_added_and_removed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    let add = json!({ "input": { "organizationId": organization, "email": "ada@example.org" } });
    let data = olivia.ok(ADD, add.clone()).await;
    assert_eq!(data["inviteOrganizer"]["organization"]["organizers"].as_array().unwrap().len(), 2);
    assert_eq!(ada.organization().await, organization);
    olivia.ok(ADD, add).await;
    let remove = json!({ "input": { "organizationId": organization, "personId": ada.id().await } });
    olivia.ok(REMOVE, remove.clone()).await;
    assert_eq!(ada.ok("{ me { organizations { id } } }", json!({})).await["me"]["organizations"], json!([]));
    assert_eq!(olivia.code(REMOVE, remove).await, "NOT_FOUND");
}

#[tokio::test]
async fn a2_the_last_organizer_stays_also_when_two_remove_each_other_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    olivia.ok(ADD, json!({ "input": { "organizationId": organization, "email": "ada@example.org" } })).await;
    let remove = |person: String| json!({ "input": { "organizationId": organization, "personId": person } });
    let (of_ada, of_olivia) = (remove(ada.id().await), remove(olivia.id().await));
    let (first, second) = tokio::join!(olivia.ask(REMOVE, of_ada), ada.ask(REMOVE, of_olivia));
    let removed = [&first, &second].iter().filter(|answer| answer["errors"].is_null()).count();
    assert_eq!(removed, 1, "{first} {second}");
}

/// The right to remove is asked when the removal happens, not when the request came in.
#[tokio::test]
async fn a2_who_is_being_removed_removes_nobody() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let organization = olivia.organization().await;
    for email in ["ada@example.org", "bob@example.org"] {
        olivia.ok(ADD, json!({ "input": { "organizationId": organization, "email": email } })).await;
    }
    let remove = |person: String| json!({ "input": { "organizationId": organization, "personId": person } });
    let (of_ada, of_bob) = (remove(ada.id().await), remove(bob.id().await));
    // Both requests have come in before either is carried out.
    let held = app.app.order.lock().await;
    let both = async { tokio::join!(bob.ask(REMOVE, of_ada), ada.ask(REMOVE, of_bob)) };
    let waiting = async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        drop(held);
    };
    let ((first, second), ()) = tokio::join!(both, waiting);
    let removed = [&first, &second].iter().filter(|answer| answer["errors"].is_null()).count();
    assert_eq!(removed, 1, "{first} {second}");
}

#[tokio::test]
async fn a2_for_others_the_organization_does_not_exist() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    let input = json!({ "input": { "organizationId": organization, "email": "ada@example.org" } });
    assert_eq!(ada.code(ADD, input).await, "NOT_FOUND");
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert!(ada.ok(node, json!({ "id": organization })).await["node"].is_null());
}

/// A removed organizer's open subscription ends: deny by default holds for what is open too.
#[tokio::test]
async fn a2_a_removed_organizer_stops_receiving() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    olivia.ok(ADD, json!({ "input": { "organizationId": organization, "email": "ada@example.org" } })).await;
    let event = app.live_event(&olivia, "summit").await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let session = olivia.session(&event, "First", json!({})).await;
    assert_eq!(socket.data("s").await["sessionChanged"]["sessionId"], session.as_str());
    let remove = json!({ "input": { "organizationId": organization, "personId": ada.id().await } });
    olivia.ok(REMOVE, remove).await;
    let frame = socket.receive().await;
    assert_eq!(frame["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{frame}");
    assert_eq!(socket.receive().await["type"], "complete");
}

/// What a removed organizer sees in the payloads of a subscription that goes on is what they may see now.
#[tokio::test]
async fn a2_open_subscriptions_show_what_the_person_may_see_now() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let ada = app.person("Ada").await;
    let organization = olivia.organization().await;
    olivia.ok(ADD, json!({ "input": { "organizationId": organization, "email": "ada@example.org" } })).await;
    let event = app.live_event(&olivia, "summit").await;
    app.attendee(&event, "Bob").await;
    olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { eventChanged(eventId: $id) {
        viewerIsOrganizer registrations { nodes { email } } sessions { nodes { title } } } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    olivia.publish(&event).await;
    let before = &socket.data("s").await["eventChanged"];
    assert_eq!(before["registrations"]["nodes"], json!([{ "email": "bob@example.org" }]));
    assert_eq!(before["sessions"]["nodes"], json!([{ "title": "Secret" }]));
    let remove = json!({ "input": { "organizationId": organization, "personId": ada.id().await } });
    olivia.ok(REMOVE, remove).await;
    olivia.publish(&event).await;
    let nothing = json!({ "nodes": [] });
    let expected = json!({ "viewerIsOrganizer": false, "registrations": nothing, "sessions": nothing });
    assert_eq!(socket.data("s").await["eventChanged"], expected);
}
