//! What organizers do about people: remove them, mute them (A7), bring them from a file and take them away (A4).

use crate::harness::{FakeMedia, PASSWORD, Person, TestApp, room, text};
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::link::FromApi;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::fmt::Write;

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) { registration { id } } }";
const BLOCK: &str = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { blocked } } }";
const UNBLOCK: &str =
    "mutation($input: PersonInEventInput!) { unblockPerson(input: $input) { registration { blocked } } }";
const MUTE: &str = "mutation($input: PersonInEventInput!) { mutePerson(input: $input) { registration { muted } } }";
const UNMUTE: &str = "mutation($input: PersonInEventInput!) { unmutePerson(input: $input) { registration { muted } } }";
const JOIN: &str = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";
const IMPORT: &str = "mutation($input: ImportPeopleInput!) { importPeople(input: $input) {
    lines added already problems { line code message } unknownColumns } }";
const OWN: &str = "{ event(slug: \"summit\") { name viewerRegistration { blocked muted } sessions { totalCount } } }";

fn person(registration: &str) -> Value {
    json!({ "input": { "registrationId": registration } })
}

/// A7: who is removed leaves every room at once, hears nothing more, finds nothing, and knows why.
#[tokio::test]
async fn a7_a_blocked_person_is_removed_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let bob = app.attendee(&event, "Bob").await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(&session, &ada.id().await, 0)]).await;
    let mut socket = ada.socket().await;
    let changes = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId } }";
    socket.subscribe("sessions", changes, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let registration = ada.registration("summit").await;
    let data = olivia.ok(BLOCK, person(&registration)).await;
    assert_eq!(data["blockPerson"]["registration"]["blocked"], true);
    let gone = FromApi::Remove { session: session.clone(), person: ada.id().await };
    media.wait_for(|command| *command == gone).await;
    let end = socket.receive().await;
    assert_eq!(end["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{end}");
    let own = ada.ok(OWN, json!({})).await;
    assert_eq!(own["event"]["viewerRegistration"], json!({ "blocked": true, "muted": false }));
    assert_eq!(own["event"]["sessions"]["totalCount"], 0);
    assert_eq!(ada.code(JOIN, json!({ "input": { "sessionId": session } })).await, "NOT_FOUND");
    assert_eq!(ada.code(REGISTER, json!({ "input": { "eventId": event } })).await, "FORBIDDEN");
    bob.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    olivia.ok(UNBLOCK, person(&registration)).await;
    ada.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
}

/// A7, C6: a pass from before opens nothing, also where the link to media was down at that moment.
#[tokio::test]
async fn a7_a_pass_of_a_blocked_person_opens_nothing() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let media = FakeMedia::link(&app.address, &app.app).await;
    ada.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
    drop(media);
    olivia.ok(BLOCK, person(&ada.registration("summit").await)).await;
    let mut later = FakeMedia::link(&app.address, &app.app).await;
    let raised = |command: &FromApi| matches!(command, FromApi::Settings { session: of, settings, .. } if *of == session && settings.version == 2);
    later.wait_for(raised).await;
}

/// A7: the address stays out, whatever account comes with it; another event is not concerned.
#[tokio::test]
async fn a7_a_blocked_address_does_not_register_again() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let other = app.live_event(&olivia, "other").await;
    let ada = app.attendee(&event, "Ada").await;
    olivia.ok(BLOCK, person(&ada.registration("summit").await)).await;
    delete_account_in_the_database(&app, "ada@example.org").await;
    let again = app.person("Ada").await;
    assert_eq!(again.code(REGISTER, json!({ "input": { "eventId": event } })).await, "FORBIDDEN");
    again.register(&other).await;
    app.attendee(&event, "Bob").await;
}

async fn delete_account_in_the_database(app: &TestApp, email: &'static str) {
    use diesel::prelude::*;
    let delete = move |conn: &mut api::db::Conn| {
        use api::schema::{accounts, logins, registrations};
        let id: api::ids::AccountId =
            accounts::table.filter(accounts::email.eq(email)).select(accounts::id).first(conn)?;
        diesel::delete(registrations::table.filter(registrations::account_id.eq(id))).execute(conn)?;
        diesel::delete(logins::table.filter(logins::account_id.eq(id))).execute(conn)?;
        Ok(diesel::delete(accounts::table.find(id)).execute(conn).map(drop)?)
    };
    app.app.db.write(delete).await.unwrap();
}

#[tokio::test]
async fn a7_who_may_remove_and_mute_whom() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.register(&event).await;
    let (ada, bob) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Bob").await);
    assert_eq!(olivia.code(BLOCK, person(&olivia.registration("summit").await)).await, "FORBIDDEN", "an organizer");
    for query in [BLOCK, UNBLOCK, MUTE, UNMUTE] {
        assert_eq!(ada.code(query, person(&bob.registration("summit").await)).await, "NOT_FOUND");
        assert_eq!(app.stranger().code(query, person("registration:x")).await, "NOT_FOUND");
    }
    olivia.ok(MUTE, person(&ada.registration("summit").await)).await;
    assert_eq!(ada.ok(OWN, json!({})).await["event"]["viewerRegistration"]["muted"], true);
    olivia.ok(UNMUTE, person(&ada.registration("summit").await)).await;
    assert_eq!(ada.ok(OWN, json!({})).await["event"]["viewerRegistration"]["muted"], false);
}

#[tokio::test]
async fn a4_people_are_listed_by_ticket_type_and_by_being_removed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    app.attendee(&event, "Bob").await;
    let speaker = olivia.ticket_type(&event, "Speaker", json!({})).await;
    let dana = app.person("Dana").await;
    dana.ok(REGISTER, json!({ "input": { "eventId": event, "ticketTypeId": speaker } })).await;
    olivia.ok(BLOCK, person(&ada.registration("summit").await)).await;
    let query = "query($ticket: ID, $blocked: Boolean) { event(slug: \"summit\") {
        registrations(ticketTypeId: $ticket, blocked: $blocked) { totalCount nodes { person { name } ticketType { name } } } } }";
    let found = async |variables: Value| olivia.ok(query, variables).await["event"]["registrations"].clone();
    let by_ticket = found(json!({ "ticket": speaker })).await;
    let expected =
        json!({ "totalCount": 1, "nodes": [{ "person": { "name": "Dana" }, "ticketType": { "name": "Speaker" } }] });
    assert_eq!(by_ticket, expected);
    assert_eq!(found(json!({ "blocked": true })).await["nodes"][0]["person"]["name"], "Ada");
    assert_eq!(found(json!({ "blocked": false })).await["totalCount"], 2);
}

async fn import(organizer: &Person, event: &str, csv: &str, dry_run: bool) -> Value {
    let input = json!({ "input": { "eventId": event, "csv": csv, "dryRun": dry_run } });
    organizer.ok(IMPORT, input).await["importPeople"].clone()
}

fn problems(report: &Value) -> Vec<(u64, String)> {
    let problems = report["problems"].as_array().unwrap();
    problems.iter().map(|problem| (problem["line"].as_u64().unwrap(), text(&problem["code"]))).collect()
}

/// A4: the dry run names every line at fault and what would happen; the import then does exactly that.
#[tokio::test]
async fn a4_an_import_does_what_its_dry_run_said() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.ok(BLOCK, person(&app.attendee(&event, "Ada").await.registration("summit").await)).await;
    app.attendee(&event, "Bob").await;
    app.person("Dana").await;
    olivia.ticket_type(&event, "Speaker", json!({ "capacity": 1 })).await;
    let csv = "E-mail;Full name;TICKET;Shoe size\n\
        cleo@example.org;Cleo;speaker;38\n\
        no address;Dora;Attendee;\n\
        emil@example.org;;Attendee;\n\
        fred@example.org;Fred;VIP;\n\
        CLEO@example.org;Cleo again;Attendee;\n\
        bob@example.org;Bob;Attendee;\n\
        ada@example.org;Ada;Attendee;\n\
        gus@example.org;Gus;Speaker;\n\
        \n\
        dana@example.org;Somebody else;Attendee;\n";
    let said = import(&olivia, &event, csv, true).await;
    let expected = [(3, "EMAIL"), (4, "NAME"), (5, "UNKNOWN_TICKET_TYPE"), (6, "TWICE"), (8, "BLOCKED"), (9, "FULL")];
    assert_eq!(problems(&said), expected.map(|(line, code)| (line, code.to_owned())));
    assert_eq!((&said["lines"], &said["added"], &said["already"]), (&json!(9), &json!(2), &json!(1)));
    assert_eq!(said["unknownColumns"], json!(["Shoe size"]));
    let message = text(&said["problems"][2]["message"]);
    assert!(message.contains("\"VIP\"") && message.contains("\"Attendee\", \"Speaker\""), "{message}");
    let people = "{ event(slug: \"summit\") { registrations(blocked: false) { nodes { person { name } email ticketType { name } } } } }";
    let count = olivia.ok(people, json!({})).await["event"]["registrations"]["nodes"].as_array().unwrap().len();
    assert_eq!(count, 1, "a dry run writes nothing");
    assert_eq!(import(&olivia, &event, csv, false).await, said);
    let nodes = olivia.ok(people, json!({})).await["event"]["registrations"]["nodes"].clone();
    let one = |name: &str, email: &str, ticket: &str| json!({ "person": { "name": name }, "email": email, "ticketType": { "name": ticket } });
    let expected = json!([
        one("Bob", "bob@example.org", "Attendee"),
        one("Cleo", "cleo@example.org", "Speaker"),
        one("Dana", "dana@example.org", "Attendee"),
    ]);
    assert_eq!(nodes, expected, "who has an account keeps their name");
    let again = import(&olivia, &event, csv, false).await;
    assert_eq!((&again["added"], &again["already"]), (&json!(0), &json!(3)));
}

/// A4: an account that an import made has no password, so none opens it.
#[tokio::test]
async fn a4_no_password_opens_an_account_from_an_import() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    import(&olivia, &event, "name,email\nCleo,cleo@example.org\n", false).await;
    for password in ["", PASSWORD] {
        let answer = app.stranger().sign_in("cleo@example.org", password).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "WRONG_CREDENTIALS", "{answer}");
    }
}

#[tokio::test]
async fn a4_a_file_that_is_no_table_is_refused_with_what_to_do() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.ticket_type(&event, "Speaker", json!({})).await;
    let wide = format!("name,email,ticket{}\n", ",x".repeat(10_000));
    let cases = [
        ("", "REQUIRED"),
        ("name,email\nAda,ada@example.org\n", "REQUIRED"),
        ("email,email,name,ticket\n", "INVALID"),
        ("name,email,ticket\nAda,\"ada@example.org\nBob,x\n", "INVALID"),
        (&wide, "OUT_OF_RANGE"),
    ];
    for (csv, code) in cases {
        let input = json!({ "input": { "eventId": event, "csv": csv, "dryRun": true } });
        let found = olivia.problems(IMPORT, input).await;
        assert_eq!(found, [("csv".to_owned(), code.to_owned())], "{}", &csv[..csv.len().min(60)]);
    }
}

/// A4: 5,000 people come in seconds, with bytes as they are in a file; and go out again.
#[tokio::test]
async fn a4_five_thousand_people_come_and_go_as_files() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut csv = String::from("Name\tEmail\n");
    for number in 0..5_000 {
        writeln!(csv, "Pérson {number}\tp{number}@example.org").unwrap();
    }
    let file: Vec<u8> = std::iter::once(0xfeff).chain(csv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let path = format!("/events/{}/people.csv", event.strip_prefix("event:").unwrap());
    let send = |path: String| olivia.post(&path).header("x-roundtable", "1").body(file.clone()).send();
    let said: Value = send(format!("{path}?dryRun=1")).await.unwrap().json().await.unwrap();
    let began = std::time::Instant::now();
    let done: Value = send(path.clone()).await.unwrap().json().await.unwrap();
    assert!(began.elapsed().as_secs() < 20, "it took {:?}", began.elapsed());
    assert_eq!(done, said);
    assert_eq!(done["data"]["importPeople"]["added"], 5_000, "{done}");
    let answer = olivia.get(&path).header("cookie", olivia.cookie.clone().unwrap()).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let out = answer.text().await.unwrap();
    assert_eq!(out.lines().count(), 5_001);
    assert!(
        out.starts_with("\u{feff}Name,Email,Ticket type,Registered,Blocked,Muted\r\nPérson 0,p0@example.org,Attendee,")
    );
    let back = import(&olivia, &event, &out, true).await;
    let expected = json!({ "lines": 5_000, "added": 0, "already": 5_000, "problems": [], "unknownColumns": [] });
    assert_eq!(back, expected);
}

/// A4: the file's own addresses are for organizers, and for pages of our own.
#[tokio::test]
async fn a4_files_are_for_organizers() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let path = format!("/events/{event}/people.csv");
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status();
    let post = |person: &Person| person.post(&path).body("name,email\nX,x@example.org");
    assert_eq!(status(post(&olivia)).await, StatusCode::FORBIDDEN, "a form of another site");
    let own = |person: &Person| post(person).header("x-roundtable", "1");
    assert_eq!(status(own(&app.stranger())).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(own(&ada)).await, StatusCode::FORBIDDEN);
    assert_eq!(status(own(&olivia)).await, StatusCode::OK);
    let large = olivia.post(&path).header("x-roundtable", "1").body(vec![b'a'; 3 * 1024 * 1024]);
    assert_eq!(status(large).await, StatusCode::UNPROCESSABLE_ENTITY);
    let get = |person: &Person| person.get(&path).header("cookie", person.cookie.clone().unwrap_or_default());
    assert_eq!(status(get(&app.stranger())).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(get(&ada)).await, StatusCode::FORBIDDEN);
    assert_eq!(status(get(&olivia)).await, StatusCode::OK);
    assert_eq!(status(olivia.get("/events/event:x/people.csv")).await, StatusCode::NOT_FOUND);
}

const EACH_OTHER: &str = "query($search: String, $first: Int, $after: String) { event(slug: \"summit\") {
    people(search: $search, first: $first, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } } }";

async fn names(person: &Person, arguments: Value) -> (Vec<String>, Value) {
    let data = person.ok(EACH_OTHER, arguments).await;
    let people = &data["event"]["people"];
    (people["nodes"].as_array().unwrap().iter().map(|node| text(&node["name"])).collect(), people.clone())
}

/// A6: who is in the event sees the others by name, page by page, without those who were removed; nobody is found by their
/// address.
#[tokio::test]
async fn a6_people_see_each_other() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Bob").await);
    app.attendee(&event, "Cleo").await;
    let (eve, stranger) = (app.person("Eve").await, app.stranger());
    assert_eq!(names(&ada, json!({})).await.0, ["Ada", "Bob", "Cleo"]);
    assert_eq!(names(&olivia, json!({})).await.0, ["Ada", "Bob", "Cleo"]);
    assert_eq!(names(&ada, json!({ "search": "LE" })).await.0, ["Cleo"]);
    assert!(names(&ada, json!({ "search": "example.org" })).await.0.is_empty(), "an address finds nobody");
    let (first, page) = names(&ada, json!({ "first": 2 })).await;
    assert_eq!((first, &page["totalCount"]), (vec!["Ada".to_owned(), "Bob".to_owned()], &json!(3)));
    let after = &page["pageInfo"]["endCursor"];
    assert_eq!(names(&ada, json!({ "first": 2, "after": after })).await.0, ["Cleo"]);
    for nobody in [&eve, &stranger] {
        let (seen, page) = names(nobody, json!({})).await;
        assert_eq!((seen.len(), &page["totalCount"]), (0, &json!(0)));
    }
    olivia.ok(BLOCK, person(&bob.registration("summit").await)).await;
    assert_eq!(names(&ada, json!({})).await.0, ["Ada", "Cleo"]);
    assert!(names(&bob, json!({})).await.0.is_empty());
}

/// A6: switched off, the list is for organizers only.
#[tokio::test]
async fn a6_the_list_of_people_can_be_switched_off() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    hide_people_in_the_database(&app, &event).await;
    let (seen, page) = names(&ada, json!({})).await;
    assert_eq!((seen.len(), &page["totalCount"]), (0, &json!(0)));
    assert_eq!(names(&olivia, json!({})).await.0, ["Ada"]);
}

async fn hide_people_in_the_database(app: &TestApp, event: &str) {
    use api::schema::events;
    use diesel::prelude::*;
    let id = EventId::parse(event).unwrap();
    app.app
        .db
        .write(move |conn| {
            diesel::update(events::table.find(id)).set(events::people_visible.eq(false)).execute(conn)?;
            Ok(())
        })
        .await
        .unwrap();
}
