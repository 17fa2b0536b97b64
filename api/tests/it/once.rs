//! A change is written once for all who may see it alike, and never for people who may not.

use crate::harness::{FakeMedia, TestApp, room, two_attendees};
use api::feed::{Change, Topic};
use api::ids::{EventId, Id};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

const ROOMS: &str = "subscription($id: ID!) { roomChanged(eventId: $id) { viewerCount onScreen { person { name } } } }";

/// How many ways of asking a change was answered in, after the sockets have been told of it.
async fn ways(changes: &mut Receiver<Change>) -> usize {
    let change = match changes.recv().await.unwrap() {
        Change::Rooms(rooms) => Change::Room(rooms[0].clone()),
        other => other,
    };
    change.told().unwrap().ways()
}

#[tokio::test]
async fn o3_a_change_is_written_once_for_all_who_ask_alike() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let topic = Topic::Rooms(EventId::parse(&event).unwrap());
    let mut changes = app.app.feed.subscribe(topic);
    let mut sockets = vec![ada.socket().await, bob.socket().await, olivia.socket().await];
    for socket in &mut sockets {
        socket.subscribe("s", ROOMS, json!({ "id": event })).await;
    }
    let mut other = bob.socket().await;
    other
        .subscribe("s", "subscription($id: ID!) { roomChanged(eventId: $id) { sessionId } }", json!({ "id": event }))
        .await;
    app.wait_for_listeners(topic, 5).await;
    media.report(room(&session, &ada.id().await, 7)).await;
    for socket in &mut sockets {
        let told = socket.data("s").await;
        assert_eq!(told, json!({ "roomChanged": { "viewerCount": 7, "onScreen": [{ "person": { "name": "Ada" } }] } }));
    }
    assert_eq!(
        other.data("s").await,
        json!({ "roomChanged": { "sessionId": session } }),
        "who asks for less gets less"
    );
    assert_eq!(ways(&mut changes).await, 2);
}

#[tokio::test]
async fn c2_what_differs_between_people_is_written_for_each_of_them() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let session = olivia.session(&event, "Table", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&session, "ada@example.org").await;
    let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title viewerCanEdit
        invitations(first: 5) { totalCount nodes { person { name } } } } } }";
    let topic = Topic::Event(EventId::parse(&event).unwrap());
    let mut changes = app.app.feed.subscribe(topic);
    let mut sockets = vec![olivia.socket().await, ada.socket().await, bob.socket().await];
    for socket in &mut sockets {
        socket.subscribe("s", query, json!({ "id": event })).await;
    }
    app.wait_for_listeners(topic, 4).await;
    olivia.update_session(&session, json!({ "title": "Small table" })).await;
    let told = |socket: &Value| socket["sessionChanged"]["session"].clone();
    let organizers = told(&sockets[0].data("s").await);
    assert_eq!((&organizers["viewerCanEdit"], &organizers["invitations"]["totalCount"]), (&json!(true), &json!(1)));
    let invited = told(&sockets[1].data("s").await);
    assert_eq!((&invited["viewerCanEdit"], &invited["invitations"]["totalCount"]), (&json!(false), &json!(0)));
    assert_eq!(ways(&mut changes).await, 0, "an answer that went by who asked is nobody else's");
    olivia.update_session(&session, json!({ "watchAccess": "ANYONE" })).await;
    let everybodys = told(&sockets[2].data("s").await);
    assert_eq!((&everybodys["title"], &everybodys["viewerCanEdit"]), (&json!("Small table"), &json!(false)));
}

/// F6: before a session's time those for whom it is no test run are told of a change once for all of them, and those for whom
/// it is each by themselves.
#[tokio::test]
async fn f6_a_change_before_its_time_is_written_once_for_all_who_come_on_time() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let cleo = app.attendee(&event, "Cleo").await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let fields = json!({ "sessionIds": [talk], "published": true, "speakerIds": [ada.id().await] });
    olivia.segment(&event, "Slot", (&app.at(1200), &app.at(1800)), fields).await;
    let query =
        "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title testRun room { seatsInUse } } } }";
    let topic = Topic::Event(EventId::parse(&event).unwrap());
    let mut changes = app.app.feed.subscribe(topic);
    let mut sockets = Vec::new();
    for (person, early) in [(&olivia, true), (&ada, true), (&bob, false), (&cleo, false)] {
        let mut socket = person.socket().await;
        socket.subscribe("s", query, json!({ "id": event })).await;
        sockets.push((socket, early));
    }
    app.wait_for_listeners(topic, 5).await;
    olivia.update_session(&talk, json!({ "title": "The talk" })).await;
    for (socket, early) in &mut sockets {
        let told = socket.data("s").await["sessionChanged"]["session"].clone();
        assert_eq!(told, json!({ "title": "The talk", "testRun": early, "room": { "seatsInUse": 0 } }));
    }
    assert_eq!(ways(&mut changes).await, 1, "bob and cleo are told the same, and nobody else is");
}
