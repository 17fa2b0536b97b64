//! O2, I1: what hosts do about a chat is written down; what people do about their own words is not.

use crate::harness::{TestApp, text, two_attendees};
use serde_json::{Value, json};

const DELETE: &str = "mutation($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }";
const PIN: &str = "mutation($input: PinMessageInput!) { pinMessage(input: $input) { chat { revision } } }";
const UNPIN: &str = "mutation($input: UnpinMessageInput!) { unpinMessage(input: $input) { chat { revision } } }";
const UPDATE: &str = "mutation($input: UpdateChatInput!) { updateChat(input: $input) { chat { revision } } }";
const ACTIONS: &str =
    "{ event(slug: \"summit\") { hostActions { totalCount nodes { action actor { name } person { name }
    session { title } } } } }";

/// The log, the newest first.
fn lines(data: &Value) -> Vec<String> {
    let line = |node: &Value| {
        let name = |of: &str| node[of]["name"].as_str().unwrap_or("nobody").to_owned();
        assert_eq!(node["session"]["title"], "Table");
        format!("{} {} {}", name("actor"), text(&node["action"]), name("person"))
    };
    data["event"]["hostActions"]["nodes"].as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn o2_i1_what_hosts_do_about_a_chat_is_written_down() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, _bob) = two_attendees(&app, &event).await;
    let of_message = |id: &str| json!({ "input": { "id": id } });
    let pinned = |id: &str| json!({ "input": { "messageId": id } });
    let set = |fields: Value| {
        let mut input = fields;
        input["sessionId"] = session.clone().into();
        json!({ "input": input })
    };
    let (rude, kind) = (ada.written(&session, "Rude").await, ada.written(&session, "Kind").await);
    let (own, hosts) = (ada.written(&session, "Mine").await, olivia.written(&session, "Welcome").await);

    // Each of them is refused to who is no host, and leaves no line.
    assert_eq!(ada.code(UPDATE, set(json!({ "paused": true }))).await, "FORBIDDEN");
    assert_eq!(ada.code(PIN, pinned(&kind)).await, "FORBIDDEN");
    assert_eq!(ada.code(DELETE, of_message(&hosts)).await, "FORBIDDEN");
    // What is one's own is nobody else's business.
    ada.ok(DELETE, of_message(&own)).await;
    olivia.ok(DELETE, of_message(&hosts)).await;
    assert_eq!(lines(&olivia.ok(ACTIONS, json!({})).await), Vec::<String>::new());

    let acts = [
        (DELETE, of_message(&rude)),
        (PIN, pinned(&kind)),
        (UNPIN, set(json!({}))),
        (UPDATE, set(json!({ "slowSeconds": 30 }))),
        // Nothing is another than it was.
        (UPDATE, set(json!({ "slowSeconds": 30, "paused": false }))),
        (UNPIN, set(json!({}))),
        (UPDATE, set(json!({ "paused": true }))),
        (UPDATE, set(json!({ "paused": false }))),
        (UPDATE, set(json!({ "slowSeconds": 0 }))),
    ];
    for (act, input) in acts {
        app.advance(1);
        olivia.ok(act, input).await;
    }
    let expected = [
        "Olivia ENDED_SLOW_MODE nobody",
        "Olivia RESUMED_CHAT nobody",
        "Olivia PAUSED_CHAT nobody",
        "Olivia SLOWED_CHAT nobody",
        "Olivia UNPINNED_MESSAGE nobody",
        "Olivia PINNED_MESSAGE Ada",
        "Olivia DELETED_MESSAGE Ada",
    ];
    assert_eq!(lines(&olivia.ok(ACTIONS, json!({})).await), expected);

    // Two at once are two lines.
    app.advance(1);
    olivia.ok(UPDATE, set(json!({ "slowSeconds": 10, "paused": true }))).await;
    let mut both = lines(&olivia.ok(ACTIONS, json!({})).await);
    both.truncate(2);
    both.sort();
    assert_eq!(both, ["Olivia PAUSED_CHAT nobody", "Olivia SLOWED_CHAT nobody"]);
    assert_eq!(ada.ok(ACTIONS, json!({})).await["event"]["hostActions"]["totalCount"], 0, "for organizers alone");
}
