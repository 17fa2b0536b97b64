//! The link of media nodes: who may link, and what a new link is told.

use crate::harness::{FakeMedia, TestApp, room};
use protocol::link::{FromApi, FromMedia};
use protocol::pass::key;
use serde_json::json;

#[tokio::test]
async fn a_node_with_another_secret_is_refused() {
    let app = TestApp::start().await;
    assert!(FakeMedia::connect(&app.address, "wrong").await.is_err());
    assert!(FakeMedia::connect(&app.address, &key(&app.app.config.secret, "pass")).await.is_err());
    assert!(FakeMedia::connect(&app.address, &key(&app.app.config.secret, "link")).await.is_ok());
}

/// C6: changes that passed a broken link by are made good when it is back.
#[tokio::test]
async fn c6_a_link_that_heals_is_told_what_changed_meanwhile() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let private = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE", "maxParticipants": 5 })).await;
    let gone = olivia.session(&event, "Gone", json!({})).await;
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    olivia.ok(delete, json!({ "input": { "id": gone } })).await;
    // Until it cannot be taken back any more, the room goes on (B8).
    app.advance(10);
    let person = ada.id().await;
    let rooms = vec![room(&private, &person, 0), room(&gone, &person, 0)];
    let mut media = FakeMedia::link_with_rooms_unread(&app.address, &app.app, rooms).await;
    let seats = |command: &FromApi| matches!(command, FromApi::Settings { settings, .. } if settings.max_seats == 5);
    media.wait_for(seats).await;
    let remove = FromApi::Remove { session: private, person };
    media.wait_for(|command| *command == remove).await;
    let close = FromApi::Close { session: gone, version: None };
    media.wait_for(|command| *command == close).await;
}

#[tokio::test]
async fn a_node_that_speaks_nonsense_loses_its_link_only() {
    let app = TestApp::start().await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    media.send_text("{\"type\":\"nonsense\"}").await;
    assert!(media.is_closed().await);
    let mut other = FakeMedia::link(&app.address, &app.app).await;
    other.send(&FromMedia::Ping).await;
    other.wait_for(|command| *command == FromApi::Ping).await;
}

/// A node that fell silent is not given out any more: after 15 s without a word its link ends.
#[tokio::test]
async fn a_node_that_falls_silent_loses_its_link() {
    let app = TestApp::start().await;
    let media = FakeMedia::link(&app.address, &app.app).await;
    media.fall_silent();
    assert!(app.app.rooms.is_linked());
    let ended = async {
        while app.app.rooms.is_linked() {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(40), ended).await.expect("the link of a silent node stayed");
    drop(media);
}
