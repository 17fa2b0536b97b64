//! I1: messages as they are written, changed and read again; what harms nobody, and what own data has of it (A8).

use crate::harness::{PASSWORD, Person, SEND, TestApp, message, text, two_attendees};
use api::feed::Topic;
use api::ids::{AccountId, Id, SessionId};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

const EDIT: &str = "mutation($input: EditMessageInput!) { editMessage(input: $input) { message { number text editedAt
    mentions { name } } } }";
const DELETE: &str =
    "mutation($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { number text deletedAt
    deletedByHost } } }";
const REACT: &str = "mutation($input: AddReactionInput!) { addReaction(input: $input) { message { viewerReactions
    reactions { emoji count } } } }";
const UNREACT: &str =
    "mutation($input: RemoveReactionInput!) { removeReaction(input: $input) { message { viewerReactions
    reactions { emoji count } } } }";

struct Ground {
    app: TestApp,
    olivia: Person,
    event: String,
    session: String,
    ada: Person,
    bob: Person,
}

async fn ground() -> Ground {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    Ground { app, olivia, event, session, ada, bob }
}

fn numbers(list: &Value) -> Vec<i64> {
    list["nodes"].as_array().unwrap().iter().map(|node| node["number"].as_i64().unwrap()).collect()
}

/// I1: whoever comes reads the newest 50, and older ones page by page, in the order in which they were written.
#[tokio::test]
async fn i1_history_on_entry_and_its_pages() {
    let Ground { app, session, ada, bob, .. } = ground().await;
    app.messages_in_the_database(&session, &ada, 120).await;
    let newest = bob.messages(&session, json!({})).await;
    assert_eq!(numbers(&newest), (71..=120).collect::<Vec<_>>());
    assert_eq!((&newest["totalCount"], &newest["revision"]), (&json!(120), &json!(120)));
    let info = &newest["pageInfo"];
    assert_eq!((&info["hasPreviousPage"], &info["hasNextPage"]), (&json!(true), &json!(false)));

    let older = bob.messages(&session, json!({ "last": 60, "before": info["startCursor"] })).await;
    assert_eq!(numbers(&older), (11..=70).collect::<Vec<_>>());
    let info = &older["pageInfo"];
    assert_eq!((&info["hasPreviousPage"], &info["hasNextPage"]), (&json!(true), &json!(true)));
    let oldest = bob.messages(&session, json!({ "before": info["startCursor"] })).await;
    assert_eq!(numbers(&oldest), (1..=10).collect::<Vec<_>>());
    assert_eq!(oldest["pageInfo"]["hasPreviousPage"], false);

    let onwards = bob.messages(&session, json!({ "first": 30, "after": oldest["pageInfo"]["endCursor"] })).await;
    assert_eq!(numbers(&onwards), (11..=40).collect::<Vec<_>>());
    assert_eq!(onwards["pageInfo"]["hasNextPage"], true);
    let refused = "query($id: ID!) { session(id: $id) { messages(first: 1, last: 1) { totalCount } } }";
    assert_eq!(bob.problems(refused, json!({ "id": session })).await, [("last".into(), "INVALID".into())]);
}

/// I1: a message says who wrote it, when, and what it answers; hosts are marked.
#[tokio::test]
async fn i1_a_message_and_the_answer_to_it() {
    let Ground { app: _app, olivia, event, session, ada, .. } = ground().await;
    let question = ada.write(&session, " Where is https://example.org/map?\n").await;
    assert_eq!((&question["number"], &question["text"]), (&json!(1), &json!("Where is https://example.org/map?")));
    assert_eq!(question["author"], json!({ "id": ada.id().await, "name": "Ada" }));
    assert_eq!((&question["fromHost"], &question["editedAt"]), (&json!(false), &Value::Null));
    let mut input = message(&session, "Here.");
    input["input"]["replyToId"] = question["id"].clone();
    let answer = &olivia.ok(SEND, input).await["sendMessage"]["message"];
    assert_eq!((&answer["number"], &answer["fromHost"]), (&json!(2), &json!(true)));
    let quoted = json!({ "id": question["id"], "number": 1, "text": question["text"], "deletedAt": null, "author": { "name": "Ada" }, "mentions": [] });
    assert_eq!(answer["replyTo"], quoted);
    assert_eq!(ada.texts(&session).await, ["Where is https://example.org/map?", "Here."]);

    // Only what stands in the same chat can be answered.
    let elsewhere = olivia.session(&event, "Elsewhere", json!({})).await;
    let there = olivia.written(&elsewhere, "There").await;
    for wrong in [there.as_str(), "message:01ARZ3NDEKTSV4RRFFQ69G5FAV", "nonsense"] {
        let mut input = message(&session, "x");
        input["input"]["replyToId"] = wrong.into();
        assert_eq!(ada.problems(SEND, input).await, [("replyToId".into(), "NOT_FOUND".into())], "{wrong}");
    }
}

/// I1: a client that did not hear the answer sends again, and the message is there once; another person's, and another of the
/// same person, are others.
#[tokio::test]
async fn i1_what_is_sent_twice_is_kept_once() {
    let Ground { app: _app, session, ada, bob, .. } = ground().await;
    let input = message(&session, "Once");
    let answers = join_all((0..8).map(|_| ada.ok(SEND, input.clone()))).await;
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["sendMessage"]["message"]["id"]).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(ada.texts(&session).await, ["Once"]);
    let bobs = bob.ok(SEND, input.clone()).await;
    assert_ne!(bobs["sendMessage"]["message"]["id"], *ids[0]);
    ada.write(&session, "Once").await;
    assert_eq!(bob.texts(&session).await, ["Once", "Once", "Once"]);
    for wrong in ["", "x\ny"] {
        let mut input = input.clone();
        input["input"]["clientId"] = wrong.into();
        assert_eq!(ada.problems(SEND, input).await.len(), 1, "{wrong:?}");
    }
}

/// I1: one's own message is edited, and nobody else's; a wrong id and a deleted message are the same.
#[tokio::test]
async fn i1_own_messages_are_edited() {
    let Ground { app, olivia, session, ada, bob, .. } = ground().await;
    let id = ada.written(&session, "Frist").await;
    let change = json!({ "input": { "id": id, "text": " First\u{202e} " } });
    app.advance(5);
    let edited = ada.ok(EDIT, change.clone()).await["editMessage"]["message"].take();
    assert_eq!((&edited["number"], &edited["text"]), (&json!(1), &json!("First")));
    assert_eq!(edited["editedAt"], app.at(0));
    assert_eq!(bob.texts(&session).await, ["First"]);
    assert_eq!(bob.code(EDIT, change.clone()).await, "FORBIDDEN");
    assert_eq!(
        olivia.code(EDIT, change.clone()).await,
        "FORBIDDEN",
        "a host deletes, but puts nothing into one's mouth"
    );
    assert_eq!(app.stranger().code(EDIT, change.clone()).await, "UNAUTHENTICATED");
    let empty = json!({ "input": { "id": id, "text": " " } });
    assert_eq!(ada.problems(EDIT, empty).await, [("text".into(), "REQUIRED".into())]);
    ada.ok(DELETE, json!({ "input": { "id": id } })).await;
    let deleted = ada.ask(EDIT, change).await;
    let wrong = ada.ask(EDIT, json!({ "input": { "id": "message:01ARZ3NDEKTSV4RRFFQ69G5FAV", "text": "x" } })).await;
    assert_eq!(deleted["errors"][0]["message"], wrong["errors"][0]["message"]);
}

/// I1: one's own message is deleted, by hosts any; its place stays, its text does not, nor where it is quoted.
#[tokio::test]
async fn i1_own_messages_are_deleted_and_hosts_delete_any() {
    let Ground { app: _app, olivia, session, ada, bob, .. } = ground().await;
    let (first, second) = (ada.written(&session, "Secret").await, ada.written(&session, "Rude").await);
    let mut answer = message(&session, "Why?");
    answer["input"]["replyToId"] = first.clone().into();
    bob.ok(SEND, answer).await;
    let delete = |id: &str| json!({ "input": { "id": id } });
    assert_eq!(bob.code(DELETE, delete(&first)).await, "FORBIDDEN");
    let deleted = ada.ok(DELETE, delete(&first)).await["deleteMessage"]["message"].take();
    assert_eq!((&deleted["text"], &deleted["deletedByHost"]), (&json!(""), &json!(false)));
    assert!(deleted["deletedAt"].is_string());
    let deleted = olivia.ok(DELETE, delete(&second)).await;
    assert_eq!(deleted["deleteMessage"]["message"]["deletedByHost"], true);
    let list = bob.messages(&session, json!({})).await;
    assert_eq!(numbers(&list), [1, 2, 3]);
    assert!(!list.to_string().contains("Secret") && !list.to_string().contains("Rude"), "{list}");
    assert_eq!(list["nodes"][2]["replyTo"], json!({ "id": first, "text": "" }));
    assert_eq!(ada.code(DELETE, delete(&first)).await, "NOT_FOUND");
}

/// I1, C2: somebody is mentioned who can watch the session; nobody else, and not more than 20.
#[tokio::test]
async fn i1_people_who_can_watch_are_mentioned() {
    let Ground { app, olivia, event, ada, bob, .. } = ground().await;
    let private = olivia.session(&event, "Private", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&private, "ada@example.org").await;
    let mention = |id: &str| format!("@[{id}]");
    let (adas, bobs, olivias) = (ada.id().await, bob.id().await, olivia.id().await);
    let words = format!("Hello {} and {}, again {}", mention(&olivias), mention(&adas), mention(&olivias));
    let sent = ada.write(&private, &words).await;
    let people = json!([{ "id": olivias, "name": "Olivia" }, { "id": adas, "name": "Ada" }]);
    assert_eq!((&sent["text"], &sent["mentions"]), (&json!(words), &people));
    for hidden in [bobs.as_str(), "account:01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        let refused = ada.problems(SEND, message(&private, &format!("Psst, {}", mention(hidden)))).await;
        assert_eq!(refused, [("text".into(), "NOT_FOUND".into())], "{hidden}");
    }
    let edit = json!({ "input": { "id": sent["id"], "text": format!("Hello {}", mention(&bobs)) } });
    assert_eq!(ada.problems(EDIT, edit).await, [("text".into(), "NOT_FOUND".into())]);
    let edit = json!({ "input": { "id": sent["id"], "text": format!("Hello {}", mention(&olivias)) } });
    let edited = ada.ok(EDIT, edit).await;
    assert_eq!(edited["editMessage"]["message"]["mentions"], json!([{ "name": "Olivia" }]));
    let crowd: String = (0..21).map(|_| mention(&app.app.ids.next::<AccountId>().to_string())).collect();
    assert_eq!(ada.problems(SEND, message(&private, &crowd)).await, [("text".into(), "OUT_OF_RANGE".into())]);
}

/// I1: people react with emoji: each counts once for a person, and is taken back by them alone.
#[tokio::test]
async fn i1_emoji_reactions() {
    let Ground { app: _app, olivia, session, ada, bob, .. } = ground().await;
    let id = olivia.written(&session, "Lunch?").await;
    let with = |emoji: &str| json!({ "input": { "messageId": id, "emoji": emoji } });
    for (person, emoji) in [(&ada, "👍"), (&ada, "👍"), (&bob, "👍🏽"), (&bob, "👍")] {
        person.ok(REACT, with(emoji)).await;
    }
    let list = bob.messages(&session, json!({})).await;
    let mut reactions = list["nodes"][0]["reactions"].as_array().unwrap().clone();
    reactions.sort_by_key(|reaction| reaction["count"].as_i64());
    assert_eq!(json!(reactions), json!([{ "emoji": "👍🏽", "count": 1 }, { "emoji": "👍", "count": 2 }]));
    let viewers = ada.messages(&session, json!({})).await["nodes"][0]["viewerReactions"].take();
    assert_eq!(viewers, json!(["👍"]), "one's own");
    let after = ada.ok(UNREACT, with("👍🏽")).await["removeReaction"]["message"].take();
    assert_eq!(after["reactions"].as_array().unwrap().len(), 2, "another person's emoji stays");
    let after = bob.ok(UNREACT, with("👍🏽")).await["removeReaction"]["message"].take();
    assert_eq!(after, json!({ "viewerReactions": ["👍"], "reactions": [{ "emoji": "👍", "count": 2 }] }));
    for wrong in ["", "x", "👍👍", "<b>", "👍 "] {
        let refused = ada.ask(REACT, with(wrong)).await;
        let is_refused = refused["errors"][0]["extensions"]["problems"][0]["code"] == "INVALID";
        assert_eq!(is_refused, wrong != "👍 ", "{wrong:?}: blanks around are none of it");
    }
    assert_eq!(ada.code(REACT, json!({ "input": { "messageId": "message:x", "emoji": "👍" } })).await, "NOT_FOUND");
}

/// I1: 20 different emoji stand at a message at the most; those can still be chosen.
#[tokio::test]
async fn i1_emoji_at_a_message_are_limited() {
    let Ground { app: _app, session, ada, bob, .. } = ground().await;
    let id = ada.written(&session, "All of them").await;
    let with = |emoji: char| json!({ "input": { "messageId": id, "emoji": emoji.to_string() } });
    for emoji in ('\u{1f600}'..).take(20) {
        ada.ok(REACT, with(emoji)).await;
    }
    assert_eq!(bob.problems(REACT, with('\u{1f44d}')).await, [("emoji".into(), "OUT_OF_RANGE".into())]);
    bob.ok(REACT, with('\u{1f600}')).await;
}

/// I1: what somebody sends to harm others is refused or made harmless, and everybody reads on.
#[tokio::test]
async fn i1_poison_harms_nobody() {
    let Ground { app: _app, session, ada, bob, .. } = ground().await;
    let harmless = [
        ("control \0\u{7}\u{1b}[2J\u{9f}end", "control [2Jend"),
        ("file\u{202e}gpj.exe\u{2066}", "filegpj.exe"),
        ("half a family 👩\u{200d}", "half a family 👩\u{200d}"),
        ("replaced \u{fffd}", "replaced \u{fffd}"),
        ("alone \u{1f1e9} \u{1f3fb} \u{fe0f}", "alone \u{1f1e9} \u{1f3fb} \u{fe0f}"),
        (
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
        ),
        (
            "javascript:alert(1) {{x}} ${y} %s %n '; DROP TABLE messages; --",
            "javascript:alert(1) {{x}} ${y} %s %n '; DROP TABLE messages; --",
        ),
        ("@[account:01ARZ3", "@[account:01ARZ3"),
        ("\u{feff}\u{200b}zero\u{2060}width\u{ad}", "zerowidth"),
    ];
    for (written, kept) in harmless {
        assert_eq!(ada.write(&session, written).await["text"], kept, "{written:?}");
    }
    let zalgo = format!("z{}a{}", "\u{336}".repeat(900), "\u{489}".repeat(900));
    assert_eq!(text(&ada.write(&session, &zalgo).await["text"]).chars().count(), 2 + 4 + 4);
    let tall = format!("a{}b", "\n".repeat(1_900));
    assert_eq!(ada.write(&session, &tall).await["text"], "a\n\nb");
    let crowd = "👩\u{200d}👩\u{200d}👧\u{200d}👦".repeat(285);
    assert_eq!(ada.write(&session, &crowd).await["text"], json!(crowd));
    let refused = [
        (String::new(), "REQUIRED"),
        ("\u{200b}\u{202e}\0".into(), "REQUIRED"),
        ("\u{301}\u{3164}".into(), "REQUIRED"),
        ("x".repeat(2_001), "TOO_LONG"),
        ("💣".repeat(2_001), "TOO_LONG"),
        ("x".repeat(65_536), "TOO_LONG"),
        ("\u{301}".repeat(65_536), "TOO_LONG"),
    ];
    for (written, code) in refused {
        let start: String = written.chars().take(9).collect();
        assert_eq!(ada.problems(SEND, message(&session, &written)).await, [("text".into(), code.into())], "{start:?}");
    }
    // Half an emoji is no text at all: JSON cannot say it.
    let body = format!(
        r#"{{"query":{},"variables":{{"input":{{"sessionId":"{session}","clientId":"half","text":"\ud83d"}}}}}}"#,
        json!(SEND)
    );
    let request = ada.post("/graphql").header("content-type", "application/json").body(body);
    assert_eq!(request.send().await.unwrap().status(), 400);
    let read = bob.messages(&session, json!({})).await;
    assert_eq!(numbers(&read), (1..=12).collect::<Vec<_>>(), "what was refused left no gap");
    bob.write(&session, "I am fine").await;
}

/// I1: nobody floods a chat, whatever is set in it.
#[tokio::test]
async fn i1_a_flood_of_messages_is_slowed_down() {
    let Ground { app: _app, session, ada, bob, .. } = ground().await;
    let mut refused = Value::Null;
    for _ in 0..100 {
        let answer = ada.ask(SEND, message(&session, "spam")).await;
        if !answer["errors"].is_null() {
            refused = answer["errors"][0]["extensions"].clone();
            break;
        }
    }
    assert_eq!(refused, json!({ "code": "RATE_LIMITED", "retryAfterSeconds": 1 }));
    bob.write(&session, "ham").await;
}

/// A8: what an event keeps for a day is gone after it; what is kept for ever stays.
#[tokio::test]
async fn a8_messages_go_when_their_time_is_over() {
    let Ground { app, olivia, event, session, ada, .. } = ground().await;
    let other = app.live_event(&olivia, "other").await;
    ada.register(&other).await;
    let kept = olivia.session(&other, "Kept", json!({})).await;
    let update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { chatRetentionDays } } }";
    for wrong in [0, 3_651] {
        let input = json!({ "input": { "id": event, "chatRetentionDays": wrong } });
        assert_eq!(olivia.problems(update, input).await, [("chatRetentionDays".into(), "OUT_OF_RANGE".into())]);
    }
    let input = json!({ "input": { "id": event, "chatRetentionDays": 1 } });
    assert_eq!(olivia.ok(update, input.clone()).await["updateEvent"]["event"]["chatRetentionDays"], 1);
    assert_eq!(ada.code(update, input).await, "FORBIDDEN");
    ada.write(&session, "Goes").await;
    ada.write(&kept, "Stays").await;
    app.advance(1_000);
    ada.write(&session, "Goes later").await;
    app.advance(24 * 3600 - 900);
    wait_for_texts(&ada, &session, &["Goes later"]).await;
    app.advance(3600);
    wait_for_texts(&ada, &session, &[]).await;
    assert_eq!(ada.texts(&kept).await, ["Stays"]);
    let input = json!({ "input": { "id": event, "chatRetentionDays": null } });
    assert_eq!(olivia.ok(update, input).await["updateEvent"]["event"]["chatRetentionDays"], Value::Null);
}

/// Waits for the tidying, which runs beside the test.
async fn wait_for_texts(person: &Person, session: &str, texts: &[&str]) {
    let wait = async {
        while person.texts(session).await != texts {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(crate::harness::PATIENCE, wait).await.unwrap_or_else(|_late| panic!("not {texts:?}"));
}

/// A8: the export has what one wrote and chose, and nothing of others.
#[tokio::test]
async fn a8_the_export_has_messages_and_reactions() {
    let Ground { app: _app, olivia, session, ada, bob, .. } = ground().await;
    let id = ada.written(&session, "My words").await;
    let deleted = ada.written(&session, "Taken back").await;
    ada.ok(DELETE, json!({ "input": { "id": deleted } })).await;
    bob.write(&session, "Words of Bob").await;
    ada.ok(REACT, json!({ "input": { "messageId": id, "emoji": "👍" } })).await;
    let data: Value = ada.look_at("/account/data.json").await.json().await.unwrap();
    let messages = data["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 1, "{messages:?}");
    let message = &messages[0];
    assert_eq!((&message["event"], &message["session"]), (&json!("summit"), &json!("Table")));
    assert_eq!(message["text"], "My words");
    assert_eq!((&data["reactions"][0]["emoji"], &data["reactions"][0]["session"]), (&json!("👍"), &json!("Table")));
    assert!(!data.to_string().contains("Words of Bob"));
    // C2: not the name of what one does not find any more.
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    let data: Value = ada.look_at("/account/data.json").await.json().await.unwrap();
    assert_eq!((&data["messages"][0]["session"], &data["messages"][0]["text"]), (&Value::Null, &json!("My words")));
}

/// A8: with an account goes what it wrote and chose, at once for those who are reading; that something stood there stays.
#[tokio::test]
async fn a8_a_deleted_account_leaves_no_words() {
    let Ground { app, olivia, session, ada, bob, .. } = ground().await;
    let id = ada.written(&session, "My words").await;
    let mention = format!("Thanks, @[{}]", ada.id().await);
    let bobs = bob.written(&session, &mention).await;
    ada.ok(REACT, json!({ "input": { "messageId": bobs, "emoji": "👍" } })).await;
    let pin = "mutation($input: PinMessageInput!) { pinMessage(input: $input) { chat { pinned { id } } } }";
    olivia.ok(pin, json!({ "input": { "messageId": id } })).await;
    let newest = bob.messages(&session, json!({})).await;
    let mut socket = bob.socket().await;
    let query = "subscription($id: ID!) { messageChanged(sessionId: $id) { id text author { name } deletedAt } }";
    socket.subscribe("s", query, json!({ "id": session })).await;
    app.wait_for_listeners(Topic::Messages(SessionId::parse(&session).unwrap()), 1).await;
    let delete = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }";
    ada.ok(delete, json!({ "input": { "confirmation": PASSWORD } })).await;
    let mut told = socket.data("s").await["messageChanged"].take();
    if told["id"] == bobs {
        // The reaction is told within half a second: it may come first.
        told = socket.data("s").await["messageChanged"].take();
    }
    assert_eq!((&told["id"], &told["text"], &told["author"]), (&json!(id), &json!(""), &Value::Null));
    let list = bob.messages(&session, json!({})).await;
    assert_eq!(numbers(&list), [1, 2]);
    assert!(!list.to_string().contains("My words") && !list.to_string().contains("Ada"), "{list}");
    assert_eq!(list["nodes"][1]["reactions"], json!([]));
    assert!(list["revision"].as_i64() > newest["revision"].as_i64());
    let chat = "query($id: ID!) { session(id: $id) { chat { pinned { id } } } }";
    let chat = olivia.ok(chat, json!({ "id": session })).await;
    assert_eq!(chat["session"]["chat"]["pinned"], Value::Null);
}
