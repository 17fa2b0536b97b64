//! Who is in a room (I2), raised hands and what hosts do about them (I3), and who may react (A7).

use crate::harness::{FakeMedia, Person, Socket, TestApp, room, text, two_attendees};
use api::feed::Topic;
use api::ids::{AccountId, Id, SessionId};
use diesel::RunQueryDsl;
use protocol::link::{FromApi, FromMedia, PeopleChange, RoomState};
use protocol::room::{Counts, Hands, Insider};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PEOPLE: &str =
    "query($id: ID!, $search: String, $role: RoomRole, $first: Int, $after: String) { session(id: $id) {
    room { people(search: $search, role: $role, first: $first, after: $after) { totalCount revision
        pageInfo { hasNextPage hasPreviousPage endCursor }
        nodes { role onScreen hand sortKey person { id name headline picture { id } } } } } } }";
const CHANGED: &str = "subscription($id: ID!) { roomPeopleChanged(sessionId: $id) {
    sessionId revision count anew left joined { role onScreen sortKey person { name } } } }";
const LOWER: &str = "mutation($input: LowerHandInput!) { lowerHand(input: $input) { session { id } } }";
const LOWER_ALL: &str = "mutation($input: LowerAllHandsInput!) { lowerAllHands(input: $input) { session { id } } }";
const JOIN: &str = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";

async fn list(person: &Person, session: &str, arguments: Value) -> Value {
    let mut variables = arguments;
    variables["id"] = json!(session);
    person.ok(PEOPLE, variables).await["session"]["room"]["people"].clone()
}

async fn names(person: &Person, session: &str, arguments: Value) -> Vec<String> {
    let people = list(person, session, arguments).await;
    people["nodes"].as_array().unwrap().iter().map(|node| text(&node["person"]["name"])).collect()
}

/// Waits until so many are inside, as an organizer sees it.
async fn wait_for(organizer: &Person, session: &str, count: usize) {
    let there = async {
        while list(organizer, session, json!({ "first": 1 })).await["totalCount"] != count {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(crate::harness::PATIENCE, there).await.expect("the people are told");
}

fn somebody(number: u128) -> String {
    AccountId::from_ulid(ulid::Ulid(number)).to_string()
}

struct Ground {
    app: TestApp,
    olivia: Person,
    event: String,
    session: String,
    media: FakeMedia,
}

async fn ground() -> Ground {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let media = FakeMedia::link(&app.address, &app.app).await;
    Ground { app, olivia, event, session, media }
}

/// I2: a page and a search among 5,000 take as many statements as among 10, and hardly more time.
#[tokio::test]
async fn i2_a_list_of_5000_costs_what_a_short_one_does() {
    let Ground { olivia, event, app, mut media, .. } = ground().await;
    let ada = app.attendee(&event, "Ada").await;
    let mut costs = Vec::new();
    for size in [10_u128, 5_000] {
        let session = olivia.session(&event, &format!("With {size}"), json!({})).await;
        let people: Vec<(String, String)> =
            (0..size).map(|number| (somebody(number + 1), format!("Person {number:04}"))).collect();
        let people: Vec<(&str, &str)> = people.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
        media.people(&session, &people, &[]).await;
        wait_for(&olivia, &session, people.len()).await;
        let mut after = Value::Null;
        let mut all = Vec::new();
        if size == 5_000 {
            let began = Instant::now();
            for _ in 0..3 {
                let page = list(&ada, &session, json!({ "first": 100, "after": after })).await;
                all.extend(page["nodes"].as_array().unwrap().iter().map(|node| text(&node["person"]["name"])));
                after = page["pageInfo"]["endCursor"].clone();
                assert_eq!(page["totalCount"], 5_000);
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{:?}, in a development build", began.elapsed());
            let expected: Vec<String> = (0..300).map(|number| format!("Person {number:04}")).collect();
            assert_eq!(all, expected);
            let found = names(&ada, &session, json!({ "search": "son 49", "first": 100 })).await;
            assert_eq!((found.len(), found[0].as_str()), (100, "Person 4900"));
        }
        let mut least = u64::MAX;
        for _ in 0..5 {
            let before = app.app.db.statements();
            list(&ada, &session, json!({ "first": 100, "search": "person" })).await;
            least = least.min(app.app.db.statements() - before);
        }
        costs.push(least);
    }
    assert!(costs[1] <= costs[0] + 2 && costs[1] <= 40, "statements for 10 and for 5,000: {costs:?}");
}

/// I2: everybody with what they are there, on screen or not, by name; found whatever the case and the accents.
#[tokio::test]
async fn i2_people_are_found_by_name_and_role() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    olivia.update_session(&session, json!({ "shareAccess": "MODERATED", "scheduling": "SCHEDULED" })).await;
    let (ada, mo, sue) =
        (app.attendee(&event, "Ada").await, app.attendee(&event, "Mo").await, app.attendee(&event, "Sue").await);
    olivia.choose("addModerator", &session, "mo@example.org").await;
    let speaking = json!({ "sessionIds": [session], "published": true, "speakerIds": [sue.id().await, mo.id().await] });
    olivia.segment(&event, "Slot", (&app.at(-60), &app.at(3000)), speaking).await;
    let (a, m, s, o) = (ada.id().await, mo.id().await, sue.id().await, olivia.id().await);
    let mut state = room(&session, &a, 4);
    state.hands = Hands { up: vec![Insider { person: s.clone(), name: "Sue".into() }], count: 1 };
    media.report(state).await;
    let stranger = somebody(7);
    let people = [(&*a, "Ada"), (&*m, "mo"), (&*s, "Süe"), (&*o, "Olivia"), (&*stranger, "Zed")];
    media.people(&session, &people, &[]).await;
    wait_for(&olivia, &session, 5).await;
    let all = list(&ada, &session, json!({})).await;
    let row = |node: &Value| {
        let (name, role) = (text(&node["person"]["name"]), text(&node["role"]));
        format!("{name} {role} {} {}", node["onScreen"], node["hand"])
    };
    let rows: Vec<String> = all["nodes"].as_array().unwrap().iter().map(row).collect();
    let expected = [
        "Ada ATTENDEE true null",
        "mo HOST false null",
        "Olivia HOST false null",
        "Süe SPEAKER false 1",
        "Zed ATTENDEE false null",
    ];
    assert_eq!(rows, expected);
    assert_eq!(all["totalCount"], 5);
    let keys: Vec<&str> =
        all["nodes"].as_array().unwrap().iter().map(|node| node["sortKey"].as_str().unwrap()).collect();
    assert!(keys.is_sorted());
    assert_eq!(names(&ada, &session, json!({ "role": "HOST" })).await, ["mo", "Olivia"]);
    assert_eq!(names(&ada, &session, json!({ "role": "ATTENDEE", "search": "Z" })).await, ["Zed"]);
    assert_eq!(names(&ada, &session, json!({ "search": "SUÉ" })).await, ["Süe"]);
    assert_eq!(ada.code(PEOPLE, json!({ "id": session, "search": "x".repeat(101) })).await, "INVALID_INPUT");
    assert_eq!(ada.code(PEOPLE, json!({ "id": session, "first": 101 })).await, "INVALID_INPUT");
    let hands = "query($id: ID!) { session(id: $id) { room { handCount hands { id name } } } }";
    let data = ada.ok(hands, json!({ "id": session })).await;
    assert_eq!(data["session"]["room"], json!({ "handCount": 1, "hands": [{ "id": s, "name": "Sue" }] }));
    // Who is no moderator of a session that is not moderated is none of its hosts.
    olivia.update_session(&session, json!({ "shareAccess": "ANYONE" })).await;
    assert_eq!(names(&ada, &session, json!({ "role": "HOST" })).await, ["Olivia"]);
    assert_eq!(names(&ada, &session, json!({ "role": "SPEAKER" })).await, ["mo", "Süe"]);
}

/// A6: with the list of people switched off, hosts alone see who is inside.
#[tokio::test]
async fn i2_a6_without_the_list_of_people_hosts_alone_see_who_is_inside() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let ada = app.attendee(&event, "Ada").await;
    media.people(&session, &[(&somebody(1), "Bob")], &[]).await;
    wait_for(&olivia, &session, 1).await;
    assert_eq!(names(&ada, &session, json!({})).await, ["Bob"]);
    let update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    olivia.ok(update, json!({ "input": { "id": event, "peopleVisible": false } })).await;
    let hidden = list(&ada, &session, json!({})).await;
    assert_eq!((&hidden["totalCount"], &hidden["nodes"]), (&json!(0), &json!([])));
    assert_eq!(names(&olivia, &session, json!({})).await, ["Bob"]);
    let mut socket = ada.socket().await;
    socket.subscribe("s", CHANGED, json!({ "id": session })).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

/// F5, F6: before its time there are no people for attendees, and there are for those who come early.
#[tokio::test]
async fn i2_f5_before_its_time_there_are_no_people() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let (ada, sue) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Sue").await);
    olivia.update_session(&session, json!({ "scheduling": "SCHEDULED" })).await;
    let speaking = json!({ "sessionIds": [session], "published": true, "speakerIds": [sue.id().await] });
    olivia.segment(&event, "Slot", (&app.at(1800), &app.at(3000)), speaking).await;
    media.people(&session, &[(&sue.id().await, "Sue")], &[]).await;
    wait_for(&olivia, &session, 1).await;
    assert_eq!(names(&ada, &session, json!({})).await, Vec::<String>::new());
    assert_eq!(names(&sue, &session, json!({})).await, ["Sue"]);
    let mut socket = ada.socket().await;
    socket.subscribe("s", CHANGED, json!({ "id": session })).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "NOT_OPEN");
    app.advance(1800);
    assert_eq!(names(&ada, &session, json!({})).await, ["Sue"]);
}

async fn listening(app: &TestApp, person: &Person, session: &str, before: usize) -> Socket {
    let mut socket = person.socket().await;
    socket.subscribe("s", CHANGED, json!({ "id": session })).await;
    app.wait_for_listeners(Topic::People(SessionId::parse(session).unwrap()), before + 1).await;
    socket
}

/// The names of those of whom it is told that they came, up to this one.
async fn heard(socket: &mut Socket, last: &str) -> Vec<String> {
    let mut heard: Vec<String> = Vec::new();
    while heard.last().is_none_or(|name| name != last) {
        let told = socket.data("s").await["roomPeopleChanged"].take();
        heard.extend(told["joined"].as_array().unwrap().iter().map(|one| text(&one["person"]["name"])));
    }
    heard
}

/// A6, A3, F5: whoever listens hears of the people inside only while they see them: not while the list of people is switched off, not
/// after the end of the event, and not when that begins later all of a sudden. Hosts always do; who has been inside, after the
/// end as well.
#[tokio::test]
async fn i2_a6_a3_f5_who_does_not_see_the_people_hears_nothing_of_them() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let (ada, bob) = two_attendees(&app, &event).await;
    app.pass(&bob, &session).await;
    media.report(room(&session, &somebody(1), 3)).await;
    media.people(&session, &[(&somebody(1), "One")], &[]).await;
    wait_for(&olivia, &session, 1).await;
    let mut to_ada = listening(&app, &ada, &session, 0).await;
    let mut to_bob = listening(&app, &bob, &session, 1).await;
    let mut to_host = listening(&app, &olivia, &session, 2).await;
    let set = async |fields: Value| {
        let mut input = fields;
        input["id"] = json!(event);
        let update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
        olivia.ok(update, json!({ "input": input })).await
    };
    let has = |names: &[String], name: &str| names.iter().any(|one| one == name);

    set(json!({ "peopleVisible": false })).await;
    media.people(&session, &[(&somebody(2), "Two")], &[]).await;
    heard(&mut to_host, "Two").await;
    set(json!({ "peopleVisible": true })).await;
    media.people(&session, &[(&somebody(3), "Three")], &[]).await;
    assert!(!has(&heard(&mut to_ada, "Three").await, "Two"));
    assert!(!has(&heard(&mut to_bob, "Three").await, "Two"));

    app.advance(3601);
    media.people(&session, &[(&somebody(4), "Four")], &[]).await;
    heard(&mut to_host, "Four").await;
    heard(&mut to_bob, "Four").await;
    assert!(has(&names(&bob, &session, json!({})).await, "Four"), "as they may list");
    assert_eq!(names(&ada, &session, json!({})).await, Vec::<String>::new());
    set(json!({ "endsAt": app.at(3600) })).await;
    media.people(&session, &[(&somebody(5), "Five")], &[]).await;
    assert!(!has(&heard(&mut to_ada, "Five").await, "Four"));

    set(json!({ "startsAt": app.at(1800) })).await;
    media.people(&session, &[(&somebody(6), "Six")], &[]).await;
    heard(&mut to_host, "Six").await;
    set(json!({ "startsAt": app.at(-60) })).await;
    media.people(&session, &[(&somebody(7), "Seven")], &[]).await;
    assert!(!has(&heard(&mut to_ada, "Seven").await, "Six"));
    assert!(!has(&heard(&mut to_bob, "Seven").await, "Six"));
}

/// I2: who comes and goes is told to those who may be there, with what they are; another name is told as well.
#[tokio::test]
async fn i2_who_comes_and_goes_is_told() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let (a, b) = (ada.id().await, bob.id().await);
    media.report(room(&session, &a, 1)).await;
    media.people(&session, &[(&a, "Ada")], &[]).await;
    wait_for(&olivia, &session, 1).await;
    let mut socket = listening(&app, &ada, &session, 0).await;
    let o = olivia.id().await;
    media.people(&session, &[(&b, "Bob"), (&o, "Olivia")], &[]).await;
    let told = socket.data("s").await["roomPeopleChanged"].clone();
    let mut joined: Vec<String> = told["joined"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", text(&one["person"]["name"]), text(&one["role"]), one["onScreen"]))
        .collect();
    joined.sort();
    assert_eq!(joined, ["Bob ATTENDEE false", "Olivia HOST false"]);
    assert_eq!((&told["count"], &told["left"], &told["anew"]), (&json!(3), &json!([]), &json!(false)));
    let page = list(&ada, &session, json!({})).await;
    assert_eq!(page["revision"], told["revision"], "the page knows of it");
    media.people(&session, &[], &[&b]).await;
    let later = socket.data("s").await["roomPeopleChanged"].clone();
    assert_eq!((&later["left"], &later["count"]), (&json!([b]), &json!(2)));
    assert!(later["revision"].as_i64() > told["revision"].as_i64());

    let rename = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { account { name } } }";
    ada.ok(rename, json!({ "input": { "name": "Åda L." } })).await;
    let renamed = socket.data("s").await["roomPeopleChanged"].clone();
    assert_eq!((&renamed["joined"][0]["person"]["name"], &renamed["count"]), (&json!("Åda L."), &json!(2)));
    assert_eq!(names(&ada, &session, json!({ "search": "ada l" })).await, ["Åda L."]);

    // So many at once are not named one by one.
    let many: Vec<(String, String)> = (0..300).map(|n| (somebody(n + 1), format!("P {n}"))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    media.people(&session, &many, &[]).await;
    let anew = socket.data("s").await["roomPeopleChanged"].clone();
    assert_eq!((&anew["anew"], &anew["joined"], &anew["count"]), (&json!(true), &json!([]), &json!(302)));

    // The node is gone: nobody is inside as far as anybody knows.
    drop(media);
    let gone = socket.data("s").await["roomPeopleChanged"].clone();
    assert_eq!((&gone["anew"], &gone["count"]), (&json!(true), &json!(0)));
    assert_eq!(names(&ada, &session, json!({})).await, Vec::<String>::new());
}

/// I2: who becomes a moderator is a host there from then on. Each change is newer than the page before it, and than the last.
#[tokio::test]
async fn i2_d4_another_role_is_told() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let (ada, bob) = two_attendees(&app, &event).await;
    olivia.update_session(&session, json!({ "shareAccess": "MODERATED" })).await;
    media.report(room(&session, &ada.id().await, 1)).await;
    media.people(&session, &[(&bob.id().await, "Bob")], &[]).await;
    wait_for(&olivia, &session, 1).await;
    let mut socket = listening(&app, &ada, &session, 0).await;
    let before = list(&ada, &session, json!({})).await["revision"].as_i64();
    olivia.choose("addModerator", &session, "bob@example.org").await;
    let first = socket.data("s").await["roomPeopleChanged"].take();
    assert_eq!(first["anew"], true);
    assert!(first["revision"].as_i64() > before);
    assert_eq!(names(&ada, &session, json!({ "role": "HOST" })).await, ["Bob"]);
    let remove = "mutation($input: RemoveModeratorInput!) { removeModerator(input: $input) { session { id } } }";
    olivia.ok(remove, json!({ "input": { "sessionId": session, "personId": bob.id().await } })).await;
    let told = socket.data("s").await["roomPeopleChanged"].clone();
    assert!(told["revision"].as_i64() > first["revision"].as_i64());
    let joined = &told["joined"][0];
    assert_eq!((&joined["person"]["name"], &joined["role"]), (&json!("Bob"), &json!("ATTENDEE")));
    olivia.update_session(&session, json!({ "shareAccess": "ANYONE" })).await;
    let last = socket.data("s").await["roomPeopleChanged"].take();
    assert_eq!(last["anew"], true);
    assert!(last["revision"].as_i64() > told["revision"].as_i64());
}

/// I2, D7, D2: who is taken off the screen, or may share from now on, is nothing else there by it: media hears of the right, and
/// the list of people of nothing. It hears of another mode, and of who becomes a moderator.
#[tokio::test]
async fn i2_d7_d2_a_right_to_share_is_no_role() {
    let Ground { app, olivia, event, mut media, .. } = ground().await;
    let session = olivia.session(&event, "Stage", json!({ "shareAccess": "INVITE_ONLY" })).await;
    let bob = app.attendee(&event, "Bob").await;
    let person = bob.id().await;
    app.pass(&bob, &session).await;
    let mut changes = app.app.feed.subscribe(Topic::People(SessionId::parse(&session).unwrap()));
    media.people(&session, &[(&person, "Bob")], &[]).await;
    let came = tokio::time::timeout(crate::harness::PATIENCE, changes.recv()).await;
    assert!(came.expect("nobody is told").is_ok());
    let remove = "mutation($input: RemoveFromScreenInput!) { removeFromScreen(input: $input) { session { id } } }";
    olivia.ok(remove, json!({ "input": { "sessionId": session, "personId": person } })).await;
    let gone = |command: &FromApi| matches!(command, FromApi::Rights { person: of, share: false, .. } if *of == person);
    media.wait_for(gone).await;
    olivia.choose("addSharer", &session, "bob@example.org").await;
    let remove = "mutation($input: RemoveSharerInput!) { removeSharer(input: $input) { session { id } } }";
    olivia.ok(remove, json!({ "input": { "sessionId": session, "personId": person } })).await;
    assert!(changes.try_recv().is_err(), "they are an attendee still");
    olivia.update_session(&session, json!({ "shareAccess": "MODERATED" })).await;
    assert!(changes.try_recv().is_ok());
    olivia.choose("addModerator", &session, "bob@example.org").await;
    assert!(changes.try_recv().is_ok());
}

/// C6: who may not watch any more hears nothing of who comes and goes; the others do.
#[tokio::test]
async fn i2_c6_who_lost_access_hears_nothing_more() {
    let Ground { app, olivia, event, mut media, .. } = ground().await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    let (ada, bob) = two_attendees(&app, &event).await;
    for email in ["ada@example.org", "bob@example.org"] {
        olivia.invite(&session, email).await;
    }
    let mut stranger = app.attendee(&event, "Cleo").await.socket().await;
    stranger.subscribe("s", CHANGED, json!({ "id": session })).await;
    assert_eq!(stranger.receive().await["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    media.report(room(&session, &somebody(1), 0)).await;
    media.people(&session, &[(&somebody(1), "One")], &[]).await;
    wait_for(&olivia, &session, 1).await;
    let mut lost = listening(&app, &ada, &session, 0).await;
    let mut kept = listening(&app, &bob, &session, 1).await;
    let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
    olivia.ok(uninvite, json!({ "input": { "sessionId": session, "email": "ada@example.org" } })).await;
    media.people(&session, &[(&somebody(2), "Two")], &[]).await;
    assert_eq!(kept.data("s").await["roomPeopleChanged"]["joined"][0]["person"]["name"], "Two");
    assert_eq!(lost.receive_within(Duration::from_millis(300)).await, None);
}

/// I2: while it cannot be read what people are, no change is lost: in each of the rooms the list has to be read again, and later
/// people are told by name once more.
#[tokio::test]
async fn i2_a_change_that_cannot_be_told_by_name_is_not_lost() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let other = olivia.session(&event, "Other", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    for session in [&session, &other] {
        app.pass(&ada, session).await;
    }
    let mut sockets = [listening(&app, &ada, &session, 0).await, listening(&app, &ada, &other, 0).await];
    let rename = async |statement: &'static str| {
        let run = move |conn: &mut api::db::Conn| {
            Ok(api::on_each!(conn, native => diesel::sql_query(statement).execute(native))?)
        };
        app.app.db.write(run).await.unwrap();
    };
    let came = |number: u128, name: &str| {
        let joined = vec![Insider { person: somebody(number), name: name.into() }];
        let change =
            |session: &String| PeopleChange { session: session.clone(), joined: joined.clone(), left: Vec::new() };
        FromMedia::People { rooms: [&session, &other].map(change).to_vec() }
    };
    // The listeners are there already, but a subscription still asks who may watch.
    media.send(&came(1, "One")).await;
    for socket in &mut sockets {
        assert_eq!(heard(socket, "One").await, ["One"]);
    }
    rename("ALTER TABLE segment_speakers RENAME TO away").await;
    media.send(&came(2, "Two")).await;
    for socket in &mut sockets {
        let told = socket.data("s").await["roomPeopleChanged"].take();
        assert_eq!((&told["anew"], &told["joined"], &told["count"]), (&json!(true), &json!([]), &json!(2)));
    }
    rename("ALTER TABLE away RENAME TO segment_speakers").await;
    media.send(&came(3, "Three")).await;
    for socket in &mut sockets {
        assert_eq!(heard(socket, "Three").await, ["Three"]);
    }
    assert_eq!(names(&ada, &other, json!({})).await, ["One", "Three", "Two"]);
}

/// I2: a node that links brings everybody who is inside, by the names that they have now.
#[tokio::test]
async fn i2_a_node_that_links_brings_its_people() {
    let Ground { app, olivia, event, session, media } = ground().await;
    drop(media);
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut state = room(&session, &ada.id().await, 1);
    state.people.push(bob.id().await);
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![state]).await;
    wait_for(&olivia, &session, 2).await;
    assert_eq!(names(&ada, &session, json!({})).await, ["Ada", "Bob"]);
    media.people(&session, &[], &[&bob.id().await]).await;
    wait_for(&olivia, &session, 1).await;
}

/// I3: hosts lower a hand or all, which media hears and the log has; others do not.
#[tokio::test]
async fn i3_o2_hosts_lower_hands() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let one = json!({ "input": { "sessionId": session, "personId": ada.id().await } });
    let all = json!({ "input": { "sessionId": session } });
    assert_eq!(bob.code(LOWER, one.clone()).await, "FORBIDDEN");
    assert_eq!(ada.code(LOWER, one.clone()).await, "FORBIDDEN", "one lowers the own hand where the media is");
    assert_eq!(bob.code(LOWER_ALL, all.clone()).await, "FORBIDDEN");
    assert_eq!(app.person("Nora").await.code(LOWER_ALL, all.clone()).await, "NOT_FOUND");
    let wrong = json!({ "input": { "sessionId": session, "personId": somebody(9) } });
    assert_eq!(olivia.code(LOWER, wrong).await, "NOT_FOUND");
    olivia.ok(LOWER, one.clone()).await;
    let lowered = FromApi::LowerHand { session: session.clone(), person: Some(ada.id().await) };
    media.wait_for(|command| *command == lowered).await;
    app.advance(1);
    olivia.ok(LOWER_ALL, all.clone()).await;
    let lowered = FromApi::LowerHand { session: session.clone(), person: None };
    media.wait_for(|command| *command == lowered).await;
    let log = "{ event(slug: \"summit\") { hostActions { nodes { action person { name } } } } }";
    let nodes = olivia.ok(log, json!({})).await["event"]["hostActions"]["nodes"].clone();
    let expected = json!([
        { "action": "LOWERED_ALL_HANDS", "person": null },
        { "action": "LOWERED_HAND", "person": { "name": "Ada" } },
    ]);
    assert_eq!(nodes, expected);
    media.unlink(&app.app).await;
    assert_eq!(olivia.code(LOWER, one).await, "UNAVAILABLE");
    assert_eq!(olivia.code(LOWER_ALL, all).await, "UNAVAILABLE");
}

/// I3: raised hands are told with the room's state.
#[tokio::test]
async fn i3_o3_room_changed_tells_raised_hands() {
    let Ground { app, event, session, mut media, .. } = ground().await;
    let ada = app.attendee(&event, "Ada").await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!, $session: ID) { roomChanged(eventId: $id, sessionId: $session) { handCount hands { name } } }";
    socket.subscribe("s", query, json!({ "id": event, "session": session })).await;
    assert_eq!(socket.data("s").await["roomChanged"], json!({ "handCount": 0, "hands": [] }), "told at once");
    let up = ["Bob", "Ada"].map(|name| Insider { person: somebody(1), name: name.into() }).to_vec();
    let counts = Counts { viewers: 2, ..Counts::default() };
    let hands = Hands { up, count: 2 };
    media.report(RoomState { session: session.clone(), counts, hands, ..RoomState::default() }).await;
    let expected = json!({ "handCount": 2, "hands": [{ "name": "Bob" }, { "name": "Ada" }] });
    assert_eq!(socket.data("s").await["roomChanged"], expected);
}

/// O3, I2: what is told of a room costs no read for whoever hears it, so that the people inside are asked for by the session.
#[tokio::test]
async fn o3_i2_room_changed_reads_no_people() {
    let Ground { app, event, session, mut media, .. } = ground().await;
    let ada = app.attendee(&event, "Ada").await;
    let person = ada.id().await;
    app.pass(&ada, &session).await;
    media.people(&session, &[(&person, "Ada")], &[]).await;
    let mut socket = ada.socket().await;
    let aliases: String = (0..20).map(|number| format!("a{number}: people(first: 1) {{ totalCount }} ")).collect();
    let query = format!(
        "subscription($id: ID!, $session: ID) {{ roomChanged(eventId: $id, sessionId: $session) {{ {aliases} }} }}"
    );
    let before = app.app.db.statements();
    socket.subscribe("s", &query, json!({ "id": event, "session": session })).await;
    let at_once = socket.receive().await;
    media.report(room(&session, &person, 0)).await;
    let changed = socket.receive().await;
    let read = app.app.db.statements() - before;
    for frame in [at_once, changed] {
        assert_eq!(frame["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{frame}");
    }
    assert!(read < 100, "{read} statements, those with which the subscription began among them");
    assert_eq!(names(&ada, &session, json!({})).await, ["Ada"]);
}

/// A7, I3: who is muted does not react: the pass says so, media hears of it while they are inside, and a node that links does.
#[tokio::test]
async fn i3_a7_media_knows_who_may_react() {
    let Ground { app, olivia, event, session, mut media } = ground().await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let react = async |person: &Person| app.pass(person, &session).await.react;
    assert!(react(&ada).await && react(&olivia).await);
    let registration = ada.registration("summit").await;
    let person = ada.id().await;
    for (verb, allowed) in [("mute", false), ("unmute", true), ("mute", false)] {
        let query = format!(
            "mutation($input: PersonInEventInput!) {{ {verb}Person(input: $input) {{ registration {{ muted }} }} }}"
        );
        olivia.ok(&query, json!({ "input": { "registrationId": registration } })).await;
        let told = FromApi::Reacting { session: session.clone(), person: person.clone(), allowed };
        media.wait_for(|command| *command == told).await;
        assert_eq!(react(&ada).await, allowed);
    }
    assert!(react(&bob).await);
    assert!(ada.ask(JOIN, json!({ "input": { "sessionId": session } })).await["errors"].is_null(), "and may be there");
    let muting = async |verb: &str, registration: &str| {
        let query = format!(
            "mutation($input: PersonInEventInput!) {{ {verb}Person(input: $input) {{ registration {{ id }} }} }}"
        );
        olivia.ok(&query, json!({ "input": { "registrationId": registration } })).await
    };
    let oscar = app.attendee(&event, "Oscar").await;
    muting("mute", &oscar.registration("summit").await).await;
    app.add_organizer_in_the_database(&olivia.organization().await, &oscar.id().await).await;
    assert!(react(&oscar).await, "as every organizer");
    // Of everybody inside: somebody may have been muted, and unmuted, while there was no link.
    drop(media);
    muting("unmute", &registration).await;
    muting("mute", &bob.registration("summit").await).await;
    let mut held = room(&session, &person, 2);
    held.people.extend([bob.id().await, oscar.id().await]);
    let mut media = FakeMedia::link_with_rooms_unread(&app.address, &app.app, vec![held]).await;
    for (person, allowed) in [(person, true), (bob.id().await, false), (oscar.id().await, true)] {
        let told = FromApi::Reacting { session: session.clone(), person, allowed };
        media.wait_for(|command| *command == told).await;
    }
}
