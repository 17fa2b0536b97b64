//! I1: how hosts set a chat, who reads and writes in it (A3, A7, D4, F5, N1), and that it ends with the right to it (C6).

use crate::harness::{FakeMedia, PATIENCE, Person, SEND, Socket, TestApp, message, room, text, two_attendees};
use api::feed::Topic;
use api::ids::{Id, SessionId};
use serde_json::{Value, json};
use std::time::Duration;

const JOIN: &str = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";
const CHAT: &str =
    "query($id: ID!) { session(id: $id) { chat { sessionId revision slowSeconds paused pinned { id text } }
    viewerWriteRefusal messages { nodes { text } } } }";
const UPDATE: &str =
    "mutation($input: UpdateChatInput!) { updateChat(input: $input) { chat { revision slowSeconds paused } } }";
const PIN: &str = "mutation($input: PinMessageInput!) { pinMessage(input: $input) { chat { pinned { text } } } }";
const UNPIN: &str = "mutation($input: UnpinMessageInput!) { unpinMessage(input: $input) { chat { pinned { text } } } }";
const EDIT: &str = "mutation($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }";
const DELETE: &str = "mutation($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }";
const REACT: &str = "mutation($input: AddReactionInput!) { addReaction(input: $input) { message { id } } }";
const UNREACT: &str = "mutation($input: RemoveReactionInput!) { removeReaction(input: $input) { message { id } } }";
const MESSAGES: &str = "subscription($id: ID!) { messageChanged(sessionId: $id) { text } }";
const SETTINGS: &str =
    "subscription($id: ID!) { chatChanged(sessionId: $id) { revision slowSeconds paused pinned { text } } }";
const MUTE: &str = "mutation($input: PersonInEventInput!) { mutePerson(input: $input) { registration { muted } } }";
const UNMUTE: &str = "mutation($input: PersonInEventInput!) { unmutePerson(input: $input) { registration { muted } } }";
const BLOCK: &str = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { blocked } } }";

fn set(session: &str, fields: Value) -> Value {
    let mut input = fields;
    input["sessionId"] = session.into();
    json!({ "input": input })
}

fn of_message(id: &str) -> Value {
    json!({ "input": { "id": id } })
}

fn emoji_at(id: &str) -> Value {
    json!({ "input": { "messageId": id, "emoji": "👍" } })
}

fn pinned(id: &str) -> Value {
    json!({ "input": { "messageId": id } })
}

async fn of_person(person: &Person) -> Value {
    json!({ "input": { "registrationId": person.registration("summit").await } })
}

/// What the person sees of the chat.
async fn seen(person: &Person, session: &str) -> Value {
    person.ok(CHAT, json!({ "id": session })).await["session"].take()
}

/// Code and message of an answer that was refused.
async fn refusal(person: &Person, query: &str, variables: Value) -> (String, String) {
    let answer = person.ask(query, variables).await;
    let error = &answer["errors"][0];
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

/// I1: in slow mode a person writes again after so many seconds, and is told how many are left; hosts are free.
#[tokio::test]
async fn i1_slow_mode() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    for wrong in [-1, 301] {
        let problems = olivia.problems(UPDATE, set(&session, json!({ "slowSeconds": wrong }))).await;
        assert_eq!(problems, [("slowSeconds".into(), "OUT_OF_RANGE".into())]);
    }
    assert_eq!(ada.code(UPDATE, set(&session, json!({ "slowSeconds": 30 }))).await, "FORBIDDEN");
    olivia.ok(UPDATE, set(&session, json!({ "slowSeconds": 30 }))).await;
    let id = ada.written(&session, "First").await;
    app.advance(18);
    let answer = ada.ask(SEND, message(&session, "Too soon")).await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"], json!({ "code": "RATE_LIMITED", "retryAfterSeconds": 12 }));
    assert_eq!(error["message"], "Slow mode: write again in 12 seconds.");
    // Deleting the last message is no way around it; another person has a time of their own.
    ada.ok(DELETE, of_message(&id)).await;
    assert_eq!(ada.code(SEND, message(&session, "Too soon")).await, "RATE_LIMITED");
    bob.write(&session, "Mine").await;
    app.advance(11);
    assert_eq!(refusal(&ada, SEND, message(&session, "x")).await.1, "Slow mode: write again in 1 second.");
    app.advance(1);
    ada.write(&session, "Second").await;
    for number in 0..3 {
        olivia.write(&session, &format!("Host {number}")).await;
    }
    olivia.ok(UPDATE, set(&session, json!({ "slowSeconds": 0 }))).await;
    ada.write(&session, "Third").await;
    ada.write(&session, "Fourth").await;
}

/// I1: while a chat is paused only hosts write; all read on, and know why they may not write.
#[tokio::test]
async fn i1_a_paused_chat() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let id = ada.written(&session, "Before").await;
    ada.ok(REACT, emoji_at(&id)).await;
    assert_eq!(bob.code(UPDATE, set(&session, json!({ "paused": true }))).await, "FORBIDDEN");
    olivia.ok(UPDATE, set(&session, json!({ "paused": true }))).await;
    let (code, message_of_it) = refusal(&ada, SEND, message(&session, "Now?")).await;
    assert_eq!(
        (code.as_str(), message_of_it.as_str()),
        ("FORBIDDEN", "A host has paused the chat. Write again when it goes on.")
    );
    let edit = json!({ "input": { "id": id, "text": "After" } });
    assert_eq!(ada.code(EDIT, edit.clone()).await, "FORBIDDEN");
    assert_eq!(bob.code(REACT, emoji_at(&id)).await, "FORBIDDEN");
    olivia.write(&session, "Quiet, please").await;
    let chat = seen(&ada, &session).await;
    assert_eq!((&chat["chat"]["paused"], &chat["viewerWriteRefusal"]), (&json!(true), &json!("PAUSED")));
    assert_eq!(chat["messages"]["nodes"], json!([{ "text": "Before" }, { "text": "Quiet, please" }]));
    assert_eq!(seen(&olivia, &session).await["viewerWriteRefusal"], Value::Null);
    // What is one's own is taken back at any time.
    ada.ok(UNREACT, emoji_at(&id)).await;
    olivia.ok(UPDATE, set(&session, json!({ "paused": false }))).await;
    ada.ok(EDIT, edit).await;
    bob.ok(REACT, emoji_at(&id)).await;
    ada.write(&session, "Thanks").await;
    assert_eq!(seen(&ada, &session).await["viewerWriteRefusal"], Value::Null);
}

/// A7: who is muted reads on and is told why they do not write; what is their own they take back.
#[tokio::test]
async fn a7_a_muted_person_does_not_write_and_sees_why() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let (id, bobs) = (ada.written(&session, "Rude").await, bob.written(&session, "Kind").await);
    ada.ok(REACT, emoji_at(&bobs)).await;
    olivia.ok(MUTE, of_person(&ada).await).await;
    let (code, message_of_it) = refusal(&ada, SEND, message(&session, "Ruder")).await;
    assert_eq!(code, "FORBIDDEN");
    assert!(message_of_it.contains("muted you"), "{message_of_it}");
    assert_eq!(ada.code(EDIT, json!({ "input": { "id": id, "text": "Ruder" } })).await, "FORBIDDEN");
    assert_eq!(ada.code(REACT, emoji_at(&id)).await, "FORBIDDEN");
    let chat = seen(&ada, &session).await;
    assert_eq!(chat["viewerWriteRefusal"], "MUTED");
    assert_eq!(chat["messages"]["nodes"], json!([{ "text": "Rude" }, { "text": "Kind" }]));
    ada.ok(UNREACT, emoji_at(&bobs)).await;
    ada.ok(DELETE, of_message(&id)).await;
    bob.write(&session, "Still here").await;
    olivia.ok(UNMUTE, of_person(&ada).await).await;
    ada.write(&session, "Sorry").await;
}

/// I1: hosts pin one message; it is no longer pinned when another one is, or when it is deleted.
#[tokio::test]
async fn i1_hosts_pin_one_message() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let (first, second) = (ada.written(&session, "First").await, ada.written(&session, "Second").await);
    assert_eq!(ada.code(PIN, pinned(&first)).await, "FORBIDDEN");
    assert_eq!(olivia.code(PIN, pinned("message:01ARZ3NDEKTSV4RRFFQ69G5FAV")).await, "NOT_FOUND");
    olivia.ok(PIN, pinned(&first)).await;
    assert_eq!(seen(&bob, &session).await["chat"]["pinned"], json!({ "id": first, "text": "First" }));
    ada.ok(EDIT, json!({ "input": { "id": first, "text": "First of all" } })).await;
    assert_eq!(seen(&bob, &session).await["chat"]["pinned"]["text"], "First of all");
    assert_eq!(olivia.ok(PIN, pinned(&second)).await["pinMessage"]["chat"]["pinned"]["text"], "Second");
    ada.ok(DELETE, of_message(&second)).await;
    assert_eq!(seen(&bob, &session).await["chat"]["pinned"], Value::Null);
    assert_eq!(olivia.code(PIN, pinned(&second)).await, "NOT_FOUND");
    olivia.ok(PIN, pinned(&first)).await;
    assert_eq!(ada.code(UNPIN, set(&session, json!({}))).await, "FORBIDDEN");
    olivia.ok(UNPIN, set(&session, json!({}))).await;
    assert_eq!(seen(&bob, &session).await["chat"]["pinned"], Value::Null);
}

/// D4, N1: hosts of a chat are moderators while the session is moderated, and whoever made the session.
#[tokio::test]
async fn d4_n1_who_is_a_host_of_a_chat() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({ "shareAccess": "MODERATED" })).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    olivia.choose("addModerator", &session, "ada@example.org").await;
    let rude = bob.written(&session, "Rude").await;
    let pause = set(&session, json!({ "paused": true }));
    assert_eq!(bob.code(UPDATE, pause.clone()).await, "FORBIDDEN");
    ada.ok(UPDATE, pause.clone()).await;
    ada.ok(DELETE, of_message(&rude)).await;
    assert_eq!(ada.write(&session, "I moderate").await["fromHost"], true);
    olivia.update_session(&session, json!({ "shareAccess": "ANYONE" })).await;
    assert_eq!(ada.code(UPDATE, pause).await, "FORBIDDEN");
    assert_eq!(ada.code(SEND, message(&session, "x")).await, "FORBIDDEN", "paused, and no host any more");

    let allow = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    olivia.ok(allow, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let create = "mutation($input: CreateOwnSessionInput!) { createOwnSession(input: $input) { session { id } } }";
    let input = json!({ "input": { "eventId": event, "title": "Bob's", "moderated": false } });
    let own = text(&bob.ok(create, input).await["createOwnSession"]["session"]["id"]);
    let adas = ada.written(&own, "Hello").await;
    assert_eq!(ada.code(UPDATE, set(&own, json!({ "paused": true }))).await, "FORBIDDEN");
    bob.ok(UPDATE, set(&own, json!({ "paused": true }))).await;
    bob.ok(DELETE, of_message(&adas)).await;
}

/// I1: those who read a chat hear how it is set, without asking.
#[tokio::test]
async fn i1_the_settings_of_a_chat_are_told() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let id = ada.written(&session, "Pin me").await;
    let mut socket = listening(&app, &ada, SETTINGS, &session).await;
    olivia.ok(UPDATE, set(&session, json!({ "slowSeconds": 30 }))).await;
    olivia.ok(UPDATE, set(&session, json!({ "paused": true }))).await;
    olivia.ok(PIN, pinned(&id)).await;
    olivia.ok(DELETE, of_message(&id)).await;
    let expected =
        [(2, false, Value::Null), (3, true, Value::Null), (4, true, json!("Pin me")), (5, true, Value::Null)];
    for (revision, paused, says) in expected {
        let told = socket.data("s").await["chatChanged"].take();
        assert_eq!((&told["revision"], &told["slowSeconds"]), (&json!(revision), &json!(30)));
        assert_eq!((&told["paused"], &told["pinned"]["text"]), (&json!(paused), &says));
    }
}

/// F5, F6: before its time a session has no chat, but for hosts and speakers; it opens by the clock, and closes for nobody.
#[tokio::test]
async fn f5_no_chat_before_its_time() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let session = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let (from, to) = (app.at(600), app.at(1200));
    let fields = json!({ "sessionIds": [session], "speakerIds": [bob.id().await], "published": true });
    let segment = olivia.segment(&event, "Slot", (&from, &to), fields).await;
    let sent = olivia.written(&session, "Test, test").await;
    bob.write(&session, "I hear you").await;
    let chat = seen(&ada, &session).await;
    assert_eq!(chat, json!({ "chat": null, "viewerWriteRefusal": "NOT_OPEN", "messages": { "nodes": [] } }));
    assert_eq!(ada.code(SEND, message(&session, "Hello?")).await, "NOT_OPEN");
    assert_eq!(ada.code(REACT, emoji_at(&sent)).await, "NOT_FOUND", "what one may not read does not exist");
    let mut socket = ada.socket().await;
    socket.subscribe("s", MESSAGES, json!({ "id": session })).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "NOT_OPEN");
    assert_eq!(seen(&bob, &session).await["messages"]["nodes"].as_array().unwrap().len(), 2);

    app.advance(600 - 300);
    ada.write(&session, "There you are").await;
    assert_eq!(ada.texts(&session).await, ["Test, test", "I hear you", "There you are"]);
    // The talk is put off: who has not been in the room yet waits again; the speaker goes on.
    let mut adas = listening(&app, &ada, MESSAGES, &session).await;
    let mut bobs = bob.socket().await;
    bobs.subscribe("s", MESSAGES, json!({ "id": session })).await;
    app.wait_for_listeners(Topic::Messages(SessionId::parse(&session).unwrap()), 2).await;
    let later = json!({ "startsAt": app.at(1200), "endsAt": app.at(1800) });
    olivia.update_segment(&segment, later).await;
    assert_eq!(ended(&mut adas).await, "NOT_OPEN");
    olivia.write(&session, "Sorry").await;
    assert_eq!(bobs.data("s").await["messageChanged"]["text"], "Sorry");
    app.advance(2_400);
    assert_eq!(ada.texts(&session).await.len(), 4, "after its time those who may watch still enter");
    ada.write(&session, "Late").await;
}

/// A3: after the event its chats are read and no more, except in a room that goes on.
#[tokio::test]
async fn a3_a_chat_after_its_event() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (session, empty) =
        (olivia.session(&event, "Table", json!({})).await, olivia.session(&event, "Empty", json!({})).await);
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let id = ada.written(&empty, "Bye").await;
    ada.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    media.report(room(&session, &ada.id().await, 0)).await;
    let occupied = async {
        let id = SessionId::parse(&session).unwrap();
        while !app.app.rooms.live(id).is_occupied() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, occupied).await.expect("the room stayed empty");
    app.advance(2 * 3600);
    ada.write(&session, "Still here").await;
    assert_eq!(bob.code(SEND, message(&session, "Me too")).await, "NOT_OPEN");
    assert_eq!(ada.code(SEND, message(&empty, "Hello?")).await, "NOT_OPEN");
    assert_eq!(ada.code(EDIT, json!({ "input": { "id": id, "text": "Good bye" } })).await, "NOT_OPEN");
    assert_eq!(ada.code(REACT, emoji_at(&id)).await, "NOT_OPEN");
    let chat = seen(&bob, &empty).await;
    assert_eq!(chat["messages"]["nodes"], json!([{ "text": "Bye" }]));
    assert_eq!(chat["viewerWriteRefusal"], "NOT_OPEN");
    olivia.ok(DELETE, of_message(&id)).await;
    assert_eq!(bob.texts(&empty).await, [""]);
}

async fn listening(app: &TestApp, person: &Person, query: &str, session: &str) -> Socket {
    let mut socket = person.socket().await;
    let id = SessionId::parse(session).unwrap();
    let topic = if query == SETTINGS { Topic::Chat(id) } else { Topic::Messages(id) };
    let before = app.app.feed.listeners(topic);
    socket.subscribe("s", query, json!({ "id": session })).await;
    app.wait_for_listeners(topic, before + 1).await;
    socket
}

/// The code with which a subscription ends.
async fn ended(socket: &mut Socket) -> String {
    let frame = socket.receive().await;
    let code = text(&frame["payload"]["errors"][0]["extensions"]["code"]);
    assert_eq!(socket.receive().await["type"], "complete");
    code
}

/// C6: each way of losing a session ends its chat at once, for who loses it and for nobody else.
#[tokio::test]
async fn c6_losing_access_ends_the_chat() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let (vip, plain) = (olivia.ticket_type(&event, "VIP", json!({})).await, app.first_ticket_type(&event).await);
    let give =
        "mutation($input: UpdateRegistrationInput!) { updateRegistration(input: $input) { registration { id } } }";
    let ticket = async |ticket: &str| {
        let id = ada.registration("summit").await;
        olivia.ok(give, json!({ "input": { "id": id, "ticketTypeId": ticket } })).await;
    };
    let admit = "mutation($input: AdmitInput!) { admit(input: $input) { session { id } } }";
    let rotate = "mutation($input: RotateSessionLinkInput!) { rotateSessionLink(input: $input) { session { id } } }";
    for way in ["uninvited", "made private", "another ticket", "the link replaced"] {
        let access = match way {
            "uninvited" => json!({ "watchAccess": "PRIVATE" }),
            "another ticket" => json!({ "watchAccess": "TICKETS", "ticketTypeIds": [vip] }),
            "the link replaced" => json!({ "watchAccess": "UNLISTED" }),
            _ => json!({}),
        };
        let session = olivia.session(&event, way, access).await;
        match way {
            "uninvited" => olivia.invite(&session, "ada@example.org").await,
            "another ticket" => ticket(&vip).await,
            "the link replaced" => {
                let token = olivia.link_token(&session).await;
                ada.ok(admit, json!({ "input": { "sessionId": session, "linkToken": token } })).await;
            }
            _ => {}
        }
        let sent = ada.written(&session, "In").await;
        let mut adas =
            [listening(&app, &ada, MESSAGES, &session).await, listening(&app, &ada, SETTINGS, &session).await];
        let mut olivias = listening(&app, &olivia, MESSAGES, &session).await;
        // Another session of the event changes nothing here.
        let other = olivia.session(&event, "Other", json!({})).await;
        olivia.update_session(&other, json!({ "watchAccess": "PRIVATE" })).await;
        olivia.update_session(&session, json!({ "description": "The same for all" })).await;
        olivia.write(&session, "Before").await;
        assert_eq!(adas[0].data("s").await["messageChanged"]["text"], "Before", "{way}");
        match way {
            "uninvited" => {
                let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
                olivia.ok(uninvite, json!({ "input": { "sessionId": session, "email": "ada@example.org" } })).await;
            }
            "another ticket" => ticket(&plain).await,
            "the link replaced" => {
                olivia.ok(rotate, json!({ "input": { "sessionId": session, "keepAdmitted": false } })).await;
            }
            _ => _ = olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await,
        }
        for socket in &mut adas {
            assert_eq!(ended(socket).await, "NOT_FOUND", "{way}");
        }
        olivia.write(&session, "After").await;
        for expected in ["Before", "After"] {
            assert_eq!(olivias.data("s").await["messageChanged"]["text"], expected, "{way}");
        }
        is_as_a_wrong_id(&ada, &session, &sent).await;
    }

    // Blocked, made a draft, deleted: for all that the person reads.
    let session = olivia.session(&event, "Open", json!({})).await;
    let (mut adas, mut bobs) =
        (listening(&app, &ada, MESSAGES, &session).await, listening(&app, &bob, MESSAGES, &session).await);
    let registration = of_person(&ada).await;
    olivia.ok(BLOCK, registration).await;
    assert_eq!(ended(&mut adas).await, "NOT_FOUND");
    olivia.write(&session, "Gone").await;
    assert_eq!(bobs.data("s").await["messageChanged"]["text"], "Gone");
    let publish = "mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { id } } }";
    olivia.ok(publish, json!({ "input": { "id": event, "published": false } })).await;
    assert_eq!(ended(&mut bobs).await, "NOT_FOUND");
    olivia.publish(&event).await;
    let mut bobs = listening(&app, &bob, MESSAGES, &session).await;
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    olivia.ok(delete, json!({ "input": { "id": session } })).await;
    assert_eq!(ended(&mut bobs).await, "NOT_FOUND");
}

/// C2: for who may not watch the session, it and what is written in it do not exist, whatever they do.
async fn is_as_a_wrong_id(person: &Person, session: &str, sent: &str) {
    const SESSION: &str = "session:01ARZ3NDEKTSV4RRFFQ69G5FAV";
    const MESSAGE: &str = "message:01ARZ3NDEKTSV4RRFFQ69G5FAV";
    let edit = |id: &str| json!({ "input": { "id": id, "text": "x" } });
    let attempts: [(&str, Value, Value); 8] = [
        (SEND, message(session, "x"), message(SESSION, "x")),
        (UPDATE, set(session, json!({ "paused": true })), set(SESSION, json!({ "paused": true }))),
        (UNPIN, set(session, json!({})), set(SESSION, json!({}))),
        (PIN, pinned(sent), pinned(MESSAGE)),
        (EDIT, edit(sent), edit(MESSAGE)),
        (DELETE, of_message(sent), of_message(MESSAGE)),
        (REACT, emoji_at(sent), emoji_at(MESSAGE)),
        (UNREACT, emoji_at(sent), emoji_at(MESSAGE)),
    ];
    for (query, hidden, wrong) in attempts {
        let answers = (refusal(person, query, hidden).await, refusal(person, query, wrong).await);
        assert_eq!(answers.0, answers.1, "{query}");
        assert_eq!(answers.0.0, "NOT_FOUND", "{query}");
    }
    for query in [MESSAGES, SETTINGS] {
        let mut codes = Vec::new();
        for id in [session, SESSION] {
            let mut socket = person.socket().await;
            socket.subscribe("s", query, json!({ "id": id })).await;
            codes.push(socket.receive().await["payload"]["errors"][0]["message"].take());
        }
        assert_eq!(codes[0], codes[1], "{query}");
    }
}
