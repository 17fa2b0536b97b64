//! I1: every message exactly once and in one order, for all who read a chat, also for those whose connection breaks; and what
//! that costs the server.

use crate::harness::{Person, SEND, Socket, TestApp, message, text, two_attendees};
use api::feed::{Change, Topic};
use api::ids::{AccountId, Id, MessageId, SessionId};
use api::model;
use futures_util::future::join_all;
use serde_json::{Value, json};

const WATCH: &str = "subscription($id: ID!, $after: Int) { messageChanged(sessionId: $id, afterRevision: $after) {
    id number revision text author { name } } }";
const EDIT: &str = "mutation($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }";
const DELETE: &str = "mutation($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }";
const REACT: &str =
    "mutation($input: AddReactionInput!) { addReaction(input: $input) { message { reactions { count } } } }";

fn topic(session: &str) -> Topic {
    Topic::Messages(SessionId::parse(session).unwrap())
}

/// A socket that hears of the chat, from after this revision on or from now on.
async fn listening(app: &TestApp, person: &Person, session: &str, after: Option<i64>) -> Socket {
    let mut socket = person.socket().await;
    let before = app.app.feed.listeners(topic(session));
    socket.subscribe("s", WATCH, json!({ "id": session, "after": after })).await;
    app.wait_for_listeners(topic(session), before + 1).await;
    socket
}

async fn next(socket: &mut Socket) -> Value {
    socket.data("s").await["messageChanged"].take()
}

fn number(message: &Value) -> i64 {
    message["number"].as_i64().unwrap()
}

fn revision(message: &Value) -> i64 {
    message["revision"].as_i64().unwrap()
}

/// I1: 200 messages that ten people send at once come to everybody once and in one order: to who was there, to who comes in the
/// middle with what the history said, to who loses the connection again and again, and to who reads the history at the end.
#[tokio::test]
async fn i1_every_message_exactly_once_and_in_order() {
    const SENDERS: usize = 10;
    const EACH: usize = 20;
    const ALL: i64 = (SENDERS * EACH) as i64;
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let mut senders = Vec::new();
    for sender in 0..SENDERS {
        senders.push(app.attendee(&event, &format!("Sender{sender}")).await);
    }
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut there = listening(&app, &ada, &session, None).await;
    let all_there = async {
        let mut heard = Vec::new();
        while heard.len() < ALL as usize {
            heard.push(next(&mut there).await);
        }
        heard
    };
    let unsteady = async {
        let mut heard: Vec<Value> = Vec::new();
        while heard.len() < ALL as usize {
            let after = heard.last().map_or(0, revision);
            let mut socket = bob.socket().await;
            socket.subscribe("s", WATCH, json!({ "id": session, "after": after })).await;
            for _ in 0..23.min(ALL as usize - heard.len()) {
                heard.push(next(&mut socket).await);
            }
        }
        heard
    };
    let comes_later = async {
        let count = async || olivia.messages(&session, json!({ "last": 1 })).await["totalCount"].as_i64().unwrap();
        while count().await < ALL / 4 {}
        let list = olivia.messages(&session, json!({ "first": 100 })).await;
        let mut heard: Vec<Value> = list["nodes"].as_array().unwrap().clone();
        let mut socket = olivia.socket().await;
        let known = list["revision"].as_i64().unwrap();
        socket.subscribe("s", WATCH, json!({ "id": session, "after": known })).await;
        while heard.len() < ALL as usize {
            let message = next(&mut socket).await;
            assert!(revision(&message) > known);
            // What the page had already beyond its revision comes once more, as it stands there.
            match heard.iter().find(|known| known["id"] == message["id"]) {
                Some(known) => assert_eq!(known["revision"], message["revision"]),
                None => heard.push(message),
            }
        }
        heard
    };
    let sending = async {
        let one = async |sender: &Person, count: usize| {
            sender.ok(SEND, message(&session, &format!("{count}"))).await["sendMessage"]["message"].take()
        };
        let one = &one;
        join_all(senders.iter().flat_map(|sender| (0..EACH).map(move |count| one(sender, count)))).await
    };
    let (sent, first, second, third) = tokio::join!(sending, all_there, unsteady, comes_later);
    let expected: Vec<i64> = (1..=ALL).collect();
    for (who, heard) in [("there", &first), ("unsteady", &second), ("later", &third)] {
        assert_eq!(heard.iter().map(number).collect::<Vec<_>>(), expected, "{who}");
    }
    let ids = |heard: &[Value]| heard.iter().map(|message| text(&message["id"])).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(ids(&first), ids(&third));
    let mut answers = sent;
    answers.sort_by_key(number);
    assert_eq!(ids(&first), ids(&answers), "what was answered is what was told");
    let mut history = Vec::new();
    while history.len() < ALL as usize {
        let page = ada.messages(&session, json!({ "first": 100, "after": history.len().to_string() })).await;
        history.extend(page["nodes"].as_array().unwrap().clone());
    }
    assert_eq!(ids(&first), ids(&history));
    let nothing_more = there.receive_within(std::time::Duration::from_millis(100)).await;
    assert_eq!(nothing_more, None);
}

/// I1: who was away hears of what changed meanwhile, each message once as it is now, in the order of the changes; then of what
/// comes.
#[tokio::test]
async fn i1_who_was_away_hears_what_changed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut ids = Vec::new();
    for number in 1..=4 {
        ids.push(ada.written(&session, &format!("Message {number}")).await);
    }
    let known = bob.messages(&session, json!({})).await["revision"].as_i64().unwrap();
    let edit = |id: &str, text: &str| json!({ "input": { "id": id, "text": text } });
    ada.ok(EDIT, edit(&ids[2], "Edited")).await;
    ada.ok(EDIT, edit(&ids[2], "Edited twice")).await;
    ada.ok(DELETE, json!({ "input": { "id": ids[0] } })).await;
    ada.write(&session, "New").await;
    let mut socket = listening(&app, &bob, &session, Some(known)).await;
    let mut heard = Vec::new();
    for _ in 0..3 {
        let message = next(&mut socket).await;
        heard.push((number(&message), revision(&message), text(&message["text"])));
    }
    assert_eq!(heard, [(3, 6, "Edited twice".into()), (1, 7, String::new()), (5, 8, "New".into())]);
    ada.ok(EDIT, edit(&ids[1], "Now")).await;
    assert_eq!(next(&mut socket).await["text"], "Now");

    let mut up_to_date = listening(&app, &bob, &session, Some(9)).await;
    ada.write(&session, "Next").await;
    assert_eq!(next(&mut up_to_date).await["text"], "Next", "nothing comes twice");
}

/// I1: more than 1,000 changes are not told one by one, and what the server never said is not believed: both begin anew.
#[tokio::test]
async fn i1_who_was_away_for_too_long_begins_anew() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    app.messages_in_the_database(&session, &ada, 1_001).await;
    for after in [0, 1_002] {
        let mut socket = bob.socket().await;
        socket.subscribe("s", WATCH, json!({ "id": session, "after": after })).await;
        let frame = socket.receive().await;
        assert_eq!(frame["payload"]["errors"][0]["extensions"]["code"], "CONFLICT", "{after}: {frame}");
    }
    let mut socket = listening(&app, &bob, &session, Some(1)).await;
    for expected in 2..=1_001 {
        assert_eq!(number(&next(&mut socket).await), expected);
    }
}

/// I1: a thousand people may choose the same emoji at once: those who read are told together of all that came.
#[tokio::test]
async fn i1_reactions_are_told_together() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let id = olivia.written(&session, "Who is in?").await;
    let mut people = Vec::new();
    for number in 0..12 {
        people.push(app.attendee(&event, &format!("Person{number}")).await);
    }
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { messageChanged(sessionId: $id) { revision reactions { emoji count } } }";
    socket.subscribe("s", query, json!({ "id": session })).await;
    app.wait_for_listeners(topic(&session), 1).await;
    let react = json!({ "input": { "messageId": id, "emoji": "👍" } });
    // Nothing is told before all have chosen, also where that takes seconds.
    let turn = app.app.chats.in_order(SessionId::parse(&session).unwrap()).await.unwrap();
    let answers = join_all(people.iter().map(|person| person.ok(REACT, react.clone()))).await;
    let counts =
        answers.iter().map(|answer| answer["addReaction"]["message"]["reactions"][0]["count"].as_i64().unwrap());
    assert_eq!(counts.max(), Some(12), "whoever reacts sees it at once");
    drop(turn);
    assert_eq!(next(&mut socket).await["reactions"], json!([{ "emoji": "👍", "count": 12 }]), "in one frame");
    // What was chosen already is nothing new.
    people[0].ok(REACT, react).await;
    olivia.write(&session, "Good").await;
    assert_eq!(next(&mut socket).await["reactions"], json!([]));
}

/// I1: what an api that stopped did not tell of reactions, the next one does, to who catches up as well.
#[tokio::test]
async fn i1_reactions_that_were_not_told_are_told_later() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let id = olivia.written(&session, "Who is in?").await;
    let untold = || async { app.app.db.read(|conn| Ok(model::message::untold(conn)?)).await.unwrap() };

    // An api that lives tells it, and nothing is left to be told. Not before it was looked at here.
    let mut socket = listening(&app, &ada, &session, None).await;
    let turn = app.app.chats.in_order(SessionId::parse(&session).unwrap()).await.unwrap();
    ada.ok(REACT, json!({ "input": { "messageId": id, "emoji": "👍" } })).await;
    assert_eq!(untold().await, [SessionId::parse(&session).unwrap()]);
    drop(turn);
    let told = next(&mut socket).await;
    assert!(untold().await.is_empty());

    // One that stopped in between left this.
    let (message, person) = (MessageId::parse(&id).unwrap(), AccountId::parse(&olivia.id().await).unwrap());
    let (in_chat, now) = (SessionId::parse(&session).unwrap(), app.app.clock.now());
    let left = move |conn: &mut _| {
        model::message::react(conn, message, person, "🎉", now)?;
        Ok(model::message::set_untold(conn, in_chat, message)?)
    };
    app.app.db.write(left).await.unwrap();
    api::ops::message::tell_untold(&app.app).await;
    let later = next(&mut socket).await;
    assert_eq!((number(&later), revision(&later)), (1, revision(&told) + 1));
    let mut away = listening(&app, &ada, &session, Some(revision(&told))).await;
    assert_eq!(next(&mut away).await, later, "who was away meanwhile hears of it");
    assert!(untold().await.is_empty());
}

/// I1, O3: a message is written once for all who ask alike, and costs no statement for any of them.
#[tokio::test]
async fn i1_a_message_is_written_once_for_all() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    ada.picture_of_their_own().await;
    let (question, adas) = (bob.written(&session, "Question").await, ada.id().await);
    let query = "subscription($id: ID!) { messageChanged(sessionId: $id) { id number revision text fromHost createdAt editedAt
        author { id name headline picture { thumb { url } } } mentions { id name picture { isSmall } } reactions { emoji count }
        replyTo { id text author { name picture { isSmall } } } } }";
    let mut told_of = app.app.feed.subscribe(topic(&session));
    let mut sockets = Vec::new();
    let mut costs = Vec::new();
    for count in [1_usize, 20] {
        while sockets.len() < count {
            let person = [&ada, &bob, &olivia][sockets.len() % 3];
            let mut socket = person.socket().await;
            socket.subscribe("s", query, json!({ "id": session })).await;
            sockets.push(socket);
        }
        app.wait_for_listeners(topic(&session), count + 1).await;
        // The least of several: the clock's own work may come between, and whoever listens may still be let in at the first.
        let mut least = u64::MAX;
        for _ in 0..5 {
            let before = app.app.db.statements();
            let mut input = message(&session, &format!("Hello @[{adas}]"));
            input["input"]["replyToId"] = question.clone().into();
            ada.ok(SEND, input).await;
            let mut texts = Vec::new();
            for socket in &mut sockets {
                texts.push(next(socket).await.to_string());
            }
            least = least.min(app.app.db.statements() - before);
            assert!(texts.iter().all(|text| *text == texts[0] && text.contains("thumb")), "{texts:?}");
            let Change::Message(change) = told_of.recv().await.unwrap() else { panic!("no message") };
            assert_eq!(change.told.ways(), 1);
        }
        costs.push(least);
    }
    assert_eq!(costs[0], costs[1], "as many statements for 20 who read as for one");
}

/// C2: what a client asks about itself is told to it alone.
#[tokio::test]
async fn i1_what_differs_between_people_is_told_to_each() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let id = ada.written(&session, "Mine").await;
    let query = "subscription($id: ID!) { messageChanged(sessionId: $id) { viewerReactions } }";
    let mut sockets = vec![ada.socket().await, bob.socket().await];
    for socket in &mut sockets {
        socket.subscribe("s", query, json!({ "id": session })).await;
    }
    app.wait_for_listeners(topic(&session), 2).await;
    ada.ok(REACT, json!({ "input": { "messageId": id, "emoji": "👍" } })).await;
    for (socket, expected) in sockets.iter_mut().zip([json!(["👍"]), json!([])]) {
        assert_eq!(next(socket).await["viewerReactions"], expected);
    }
}
