//! TURN servers that the way into a room names (H9).

use crate::harness::{FakeMedia, TestApp, text, two_attendees};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use ring::hmac;
use serde_json::{Value, json};

const JOIN: &str = "mutation($input: JoinSessionInput!) {
    joinSession(input: $input) { iceServers { urls username credential expiresAt } } }";
const URLS: [&str; 2] = ["turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:443?transport=tcp"];
const SECRET: &str = "north wind and south wind";

async fn with_turn() -> TestApp {
    TestApp::start_with(&[("TURN_URLS", &URLS.join(", ")), ("TURN_SECRET", SECRET)]).await
}

/// As a TURN server does it.
fn lets_in(secret: &str, server: &Value) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    let credential = STANDARD.decode(text(&server["credential"])).unwrap();
    hmac::verify(&key, text(&server["username"]).as_bytes(), &credential).is_ok()
}

#[tokio::test]
async fn h9_who_may_join_gets_a_credential_of_their_own_that_ends() {
    let app = with_turn().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let input = json!({ "input": { "sessionId": olivia.session(&event, "Table", json!({})).await } });
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut names = Vec::new();
    for person in [&ada, &bob] {
        let servers = person.ok(JOIN, input.clone()).await["joinSession"]["iceServers"].clone();
        let [server] = &servers.as_array().unwrap()[..] else { panic!("{servers}") };
        assert_eq!(server["urls"], json!(URLS));
        assert!(lets_in(SECRET, server), "{server}");
        assert!(!lets_in("another secret", server), "{server}");
        let username = text(&server["username"]);
        let (expiry, name) = username.split_once(':').unwrap();
        let expires_at: DateTime<Utc> = text(&server["expiresAt"]).parse().unwrap();
        assert_eq!(expiry.parse::<i64>().unwrap(), expires_at.timestamp());
        let twelve_hours: DateTime<Utc> = app.at(12 * 60 * 60).parse().unwrap();
        assert_eq!(expires_at, twelve_hours);
        names.push(name.to_owned());
    }
    assert_ne!(names[0], names[1], "a server's log tells whose it is");
}

#[tokio::test]
async fn h9_who_may_not_join_gets_no_credential() {
    let app = with_turn().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let private = olivia.session(&event, "Board", json!({ "watchAccess": "PRIVATE" })).await;
    let (ada, _) = two_attendees(&app, &event).await;
    let input = json!({ "input": { "sessionId": private } });
    assert_eq!(ada.code(JOIN, input.clone()).await, "NOT_FOUND");
    assert_eq!(app.stranger().code(JOIN, input).await, "UNAUTHENTICATED");
}

#[tokio::test]
async fn h9_an_installation_without_turn_names_none() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let answer = olivia.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    assert_eq!(answer["joinSession"]["iceServers"], json!([]));
}
