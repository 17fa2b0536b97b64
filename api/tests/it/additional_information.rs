//! B2: what is written about a session is cleaned when it is written, and comes with every way of reading the session.

use crate::harness::{TestApp, text};
use api::feed::Topic;
use api::ids::{EventId, Id};
use serde_json::{Value, json};

const INFORMATION: &str = "query($id: ID!) { session(id: $id) { additionalInformation } }";
const CREATE: &str = "mutation($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }";
const UPDATE: &str = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) {
    session { additionalInformation version } } }";

fn information(data: &Value) -> String {
    text(&data["session"]["additionalInformation"])
}

#[tokio::test]
async fn b2_what_is_stored_is_clean_on_both_ways_in_and_all_ways_out() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (dirty, clean) =
        ("<h1 onclick=x()>Bring</h1><script>x()</script><b>tea</b>", "<h2>Bring</h2><strong>tea</strong>");
    let id = olivia.session(&event, "Tea", json!({ "additionalInformation": dirty })).await;
    assert_eq!(information(&olivia.ok(INFORMATION, json!({ "id": id })).await), clean);
    let plain = olivia.session(&event, "Plain", json!({})).await;
    assert_eq!(information(&olivia.ok(INFORMATION, json!({ "id": plain })).await), "");

    let ada = app.attendee(&event, "Ada").await;
    let mut socket = ada.socket().await;
    let changed = "subscription($event: ID!, $id: ID) { sessionChanged(eventId: $event, sessionId: $id) {
        session { title additionalInformation } } }";
    socket.subscribe("1", changed, json!({ "event": event, "id": plain })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    // Of another session this subscription says nothing.
    olivia.update_session(&id, json!({ "title": "Tea time" })).await;
    let input = json!({ "id": plain, "additionalInformation": "<p>Now <i onmouseover=x()>this</i></p>" });
    let payload = olivia.ok(UPDATE, json!({ "input": input })).await;
    assert_eq!(payload["updateSession"]["session"]["additionalInformation"], "<p>Now <em>this</em></p>");
    let pushed = socket.data("1").await;
    assert_eq!(
        pushed["sessionChanged"]["session"],
        json!({ "title": "Plain", "additionalInformation": "<p>Now <em>this</em></p>" })
    );
    let list = "{ event(slug: \"summit\") { sessions { nodes { additionalInformation } } } }";
    let nodes = &ada.ok(list, json!({})).await["event"]["sessions"]["nodes"];
    assert_eq!(
        *nodes,
        json!([{ "additionalInformation": "<p>Now <em>this</em></p>" }, { "additionalInformation": clean }])
    );
    // A change of something else leaves it.
    olivia.update_session(&plain, json!({ "priority": 3 })).await;
    assert_eq!(information(&ada.ok(INFORMATION, json!({ "id": plain })).await), "<p>Now <em>this</em></p>");
}

#[tokio::test]
async fn b2_what_is_too_much_or_from_elsewhere_is_refused_by_name_and_nothing_changes() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let id = olivia.session(&event, "Tea", json!({ "additionalInformation": "<p>Kept</p>" })).await;
    let cases = [
        (format!("<p>{}</p>", "ü".repeat(20_001 - 7)), "TOO_LONG"),
        ("<p>x</p><img src=\"https://tracker.example/pixel.png\">".to_owned(), "INVALID"),
        ("<iframe src=\"https://evil.example/\"></iframe>".to_owned(), "INVALID"),
        (format!("{}x", "<blockquote>".repeat(21)), "INVALID"),
        ("<iframe src=\"https://player.vimeo.com/video/1\"></iframe>".repeat(11), "OUT_OF_RANGE"),
        ("<img src=\"/pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV/wide\">".repeat(21), "OUT_OF_RANGE"),
        // No picture of this event.
        ("<img src=\"/pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV/wide\">".to_owned(), "NOT_FOUND"),
    ];
    for (html, code) in cases {
        let expected = [("additionalInformation".to_owned(), code.to_owned())];
        let input = json!({ "id": id, "title": "Coffee", "additionalInformation": html });
        assert_eq!(olivia.problems(UPDATE, json!({ "input": input })).await, expected);
        let input = json!({ "eventId": event, "title": "Coffee", "additionalInformation": html });
        assert_eq!(olivia.problems(CREATE, json!({ "input": input })).await, expected);
    }
    assert_eq!(olivia.titles("summit").await, ["Tea"]);
    assert_eq!(information(&olivia.ok(INFORMATION, json!({ "id": id })).await), "<p>Kept</p>");
    let limit = format!("<p>{}</p>", "ü".repeat(20_000 - 7));
    olivia.update_session(&id, json!({ "additionalInformation": limit })).await;
    assert_eq!(information(&olivia.ok(INFORMATION, json!({ "id": id })).await), limit);
}

/// B2: a page may frame the players that rich text may embed, and nothing else.
#[tokio::test]
async fn b2_frames_come_from_the_list_of_video_hosts() {
    let app = TestApp::start().await;
    let answer = app.stranger().get("/").send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    let frames = policy.split(';').map(str::trim).find(|part| part.starts_with("frame-src")).unwrap();
    assert_eq!(frames, format!("frame-src {}", api::rich_text::VIDEO_HOSTS.join(" ")));
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
}
