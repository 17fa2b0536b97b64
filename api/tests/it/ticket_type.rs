//! Ticket types (A4), and what follows when a person gets another one (C6).

use crate::harness::{FakeMedia, Person, TestApp, room, text};
use api::feed::Topic;
use api::ids::{AccountId, EventId, Id};
use futures_util::future::join_all;
use protocol::link::FromApi;
use serde_json::{Value, json};

const REGISTER: &str =
    "mutation($input: RegisterInput!) { register(input: $input) { registration { id ticketType { name } } } }";
const CREATE: &str =
    "mutation($input: CreateTicketTypeInput!) { createTicketType(input: $input) { ticketType { id } } }";
const UPDATE: &str = "mutation($input: UpdateTicketTypeInput!) { updateTicketType(input: $input) {
    ticketType { name capacity open } event { ticketTypes { name } } } }";
const DELETE: &str = "mutation($input: DeleteTicketTypeInput!) { deleteTicketType(input: $input) { id } }";
const MOVE: &str = "mutation($input: UpdateRegistrationInput!) { updateRegistration(input: $input) {
    registration { ticketType { name } } } }";
const LIST: &str =
    "{ event(slug: \"summit\") { ticketTypes { id name open soldOut remaining capacity holders sessionTitles } } }";

async fn list(person: &Person) -> Vec<Value> {
    person.ok(LIST, json!({})).await["event"]["ticketTypes"].as_array().unwrap().clone()
}

/// The one that every event begins with.
async fn first(person: &Person) -> String {
    text(&list(person).await[0]["id"])
}

#[tokio::test]
async fn a4_ticket_types_are_made_changed_put_in_order_and_deleted() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let speaker = olivia.ticket_type(&event, "Speaker", json!({ "capacity": 3 })).await;
    let press = olivia.ticket_type(&event, "Press", json!({ "description": "With a card", "open": false })).await;
    let input = json!({ "input": { "id": press, "position": 0, "open": true, "name": "PRESS" } });
    let data = olivia.ok(UPDATE, input).await;
    let names = json!([{ "name": "PRESS" }, { "name": "Attendee" }, { "name": "Speaker" }]);
    assert_eq!(data["updateTicketType"]["event"]["ticketTypes"], names);
    let data = olivia.ok(UPDATE, json!({ "input": { "id": speaker, "capacity": null } })).await;
    assert_eq!(data["updateTicketType"]["ticketType"], json!({ "name": "Speaker", "capacity": null, "open": true }));
    olivia.ok(DELETE, json!({ "input": { "id": speaker } })).await;
    olivia.ok(DELETE, json!({ "input": { "id": press } })).await;
    let last = first(&olivia).await;
    assert_eq!(olivia.code(DELETE, json!({ "input": { "id": last } })).await, "CONFLICT", "the last one stays");
}

#[tokio::test]
async fn a4_every_field_of_a_ticket_type_has_a_limit() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let cases = [
        (json!({ "name": " " }), ("name", "REQUIRED")),
        (json!({ "name": "x".repeat(61) }), ("name", "TOO_LONG")),
        (json!({ "name": "ATTENDEE" }), ("name", "TAKEN")),
        (json!({ "name": "A", "description": "x".repeat(301) }), ("description", "TOO_LONG")),
        (json!({ "name": "A", "capacity": 0 }), ("capacity", "OUT_OF_RANGE")),
    ];
    for (mut input, (field, code)) in cases {
        input["eventId"] = event.clone().into();
        let problems = olivia.problems(CREATE, json!({ "input": input })).await;
        assert_eq!(problems, [(field.to_owned(), code.to_owned())], "{input}");
    }
    let widest = json!({ "name": "ü".repeat(60), "description": "x".repeat(300), "capacity": 1, "eventId": event });
    olivia.ok(CREATE, json!({ "input": widest })).await;
    let other = olivia.ticket_type(&event, "Other", json!({})).await;
    let rename = json!({ "input": { "id": other, "name": "attendee" } });
    assert_eq!(olivia.problems(UPDATE, rename).await, [("name".to_owned(), "TAKEN".to_owned())]);
    for number in 0..47 {
        olivia.ticket_type(&event, &format!("T{number}"), json!({})).await;
    }
    let one_more = json!({ "input": { "eventId": event, "name": "One more" } });
    assert_eq!(olivia.code(CREATE, one_more).await, "CONFLICT");
}

/// A4: deleting one in use says who holds it and what is for it; nothing is lost.
#[tokio::test]
async fn a4_a_ticket_type_in_use_is_not_deleted() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let speaker = olivia.ticket_type(&event, "Speaker", json!({})).await;
    let tickets = json!({ "watchAccess": "TICKETS", "ticketTypeIds": [speaker] });
    olivia.session(&event, "Backstage", tickets).await;
    let input = json!({ "input": { "id": speaker } });
    assert_eq!(olivia.problems(DELETE, input.clone()).await, [("id".to_owned(), "IN_USE".to_owned())]);
    let message = text(&olivia.ask(DELETE, input.clone()).await["errors"][0]["message"]);
    assert!(message.contains("\"Backstage\"") && !message.contains("hold it"), "{message}");
    let ada = app.person("Ada").await;
    ada.ok(REGISTER, json!({ "input": { "eventId": event, "ticketTypeId": speaker } })).await;
    let message = text(&olivia.ask(DELETE, input).await["errors"][0]["message"]);
    assert!(message.contains("1 person holds it"), "{message}");
    let shown = list(&olivia).await[1].clone();
    assert_eq!((&shown["holders"], &shown["sessionTitles"]), (&json!(1), &json!(["Backstage"])));
}

/// A4: organizers see how many hold it; others see what is open and left.
#[tokio::test]
async fn a4_others_see_the_public_part_only() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let few = olivia.ticket_type(&event, "Few", json!({ "capacity": 1 })).await;
    let seen = &list(&app.stranger()).await[1];
    let expected = json!({ "id": few, "name": "Few", "open": true, "soldOut": false, "remaining": 1,
        "capacity": null, "holders": null, "sessionTitles": [] });
    assert_eq!(*seen, expected);
    let ada = app.person("Ada").await;
    let data = ada.ok(REGISTER, json!({ "input": { "eventId": event, "ticketTypeId": few } })).await;
    assert_eq!(data["register"]["registration"]["ticketType"]["name"], "Few");
    let seen = &list(&app.stranger()).await[1];
    assert_eq!((&seen["soldOut"], &seen["remaining"]), (&json!(true), &json!(0)));
    let seen = &list(&olivia).await[1];
    assert_eq!((&seen["capacity"], &seen["holders"]), (&json!(1), &json!(1)));
    let first = &list(&app.stranger()).await[0];
    assert_eq!((&first["soldOut"], &first["remaining"]), (&json!(false), &Value::Null), "no limit, none is missing");
}

#[tokio::test]
async fn a4_which_ticket_type_somebody_registers_with() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let elsewhere = app.live_event(&olivia, "other").await;
    let speaker = olivia.ticket_type(&event, "Speaker", json!({})).await;
    let foreign = olivia.ticket_type(&elsewhere, "Foreign", json!({})).await;
    let attendee = first(&olivia).await;
    let ada = app.person("Ada").await;
    let without = json!({ "input": { "eventId": event } });
    assert_eq!(ada.problems(REGISTER, without.clone()).await, [("ticketTypeId".to_owned(), "REQUIRED".to_owned())]);
    let with = |ticket: &str| json!({ "input": { "eventId": event, "ticketTypeId": ticket } });
    assert_eq!(ada.code(REGISTER, with(&foreign)).await, "NOT_FOUND", "of another event");
    olivia.ok(UPDATE, json!({ "input": { "id": attendee, "open": false } })).await;
    assert_eq!(ada.code(REGISTER, with(&attendee)).await, "NOT_OPEN");
    let data = ada.ok(REGISTER, without.clone()).await;
    assert_eq!(data["register"]["registration"]["ticketType"]["name"], "Speaker", "the only one that is open");
    let data = ada.ok(REGISTER, with(&speaker)).await;
    assert_eq!(data["register"]["registration"]["ticketType"]["name"], "Speaker", "sent twice");
    olivia.ok(UPDATE, json!({ "input": { "id": speaker, "open": false } })).await;
    assert_eq!(app.person("Bob").await.code(REGISTER, without).await, "NOT_OPEN");
}

/// A4: 20 people want the 3 last places at the same moment.
#[tokio::test]
async fn a4_the_last_places_go_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let few = olivia.ticket_type(&event, "Few", json!({ "capacity": 3 })).await;
    let people = join_all((0..20).map(|number| {
        let app = &app;
        async move { app.person(&format!("P{number}")).await }
    }))
    .await;
    let input = json!({ "input": { "eventId": event, "ticketTypeId": few } });
    let answers = join_all(people.iter().map(|person| person.ask(REGISTER, input.clone()))).await;
    let (took, refused): (Vec<&Value>, Vec<&Value>) = answers.iter().partition(|answer| answer["errors"].is_null());
    assert_eq!(took.len(), 3);
    for answer in refused {
        assert_eq!(answer["errors"][0]["extensions"]["code"], "CONFLICT", "{answer}");
    }
    assert_eq!(list(&olivia).await[1]["holders"], 3);
    // Whoever has a place keeps it when fewer are left, and nobody new comes.
    olivia.ok(UPDATE, json!({ "input": { "id": few, "capacity": 1 } })).await;
    let shown = &list(&olivia).await[1];
    assert_eq!((&shown["holders"], &shown["remaining"], &shown["soldOut"]), (&json!(3), &json!(0), &json!(true)));
    assert_eq!(app.person("Late").await.code(REGISTER, input).await, "CONFLICT");
}

/// A4: sent twice at once, the form takes the last place for one person and says so to both.
#[tokio::test]
async fn a4_the_form_sent_twice_at_once_for_the_last_place() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let one = olivia.ticket_type(&event, "One", json!({ "capacity": 1 })).await;
    let ada = app.person("Ada").await;
    let input = json!({ "input": { "eventId": event, "ticketTypeId": one } });
    join_all((0..4).map(|_| ada.ok(REGISTER, input.clone()))).await;
    assert_eq!(list(&olivia).await[1]["holders"], 1);
}

/// C6, C3: with another ticket type the rooms of the old one are lost at once, also by a pass; lists and subscriptions
/// follow, and the person is told.
#[tokio::test]
async fn c6_another_ticket_type_takes_effect_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let speaker = olivia.ticket_type(&event, "Speaker", json!({})).await;
    let attendee = first(&olivia).await;
    let for_speakers = json!({ "watchAccess": "TICKETS", "ticketTypeIds": [speaker] });
    let session = olivia.session(&event, "Backstage", for_speakers).await;
    let ada = app.person("Ada").await;
    ada.ok(REGISTER, json!({ "input": { "eventId": event, "ticketTypeId": speaker } })).await;
    assert_eq!(ada.titles("summit").await, ["Backstage"]);
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(&session, &ada.id().await, 0)]).await;
    let mut socket = ada.socket().await;
    let standing =
        "subscription($id: ID!) { myStandingChanged(eventId: $id) { viewerRegistration { ticketType { name } } } }";
    socket.subscribe("standing", standing, json!({ "id": event })).await;
    let changes = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId } }";
    socket.subscribe("sessions", changes, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    app.wait_for_listeners(Topic::Account(AccountId::parse(&ada.id().await).unwrap()), 4).await;
    let registration = ada.registration("summit").await;
    let give = |ticket: &str| json!({ "input": { "id": registration, "ticketTypeId": ticket } });
    let data = olivia.ok(MOVE, give(&attendee)).await;
    assert_eq!(data["updateRegistration"]["registration"]["ticketType"]["name"], "Attendee");
    let gone = FromApi::Remove { session: session.clone(), person: ada.id().await };
    media.wait_for(|command| *command == gone).await;
    let told = socket.data("standing").await;
    assert_eq!(told["myStandingChanged"]["viewerRegistration"]["ticketType"]["name"], "Attendee");
    assert_eq!(ada.titles("summit").await, Vec::<String>::new());
    // The subscription goes by the new ticket type: it hears of what it finds, and of nothing else.
    olivia.update_session(&session, json!({ "priority": 5 })).await;
    let open = olivia.session(&event, "Open", json!({})).await;
    assert_eq!(socket.data("sessions").await["sessionChanged"]["sessionId"], json!(open));
    olivia.ok(MOVE, give(&speaker)).await;
    assert_eq!(ada.titles("summit").await, ["Backstage", "Open"]);
}

#[tokio::test]
async fn a4_another_ticket_type_needs_a_place_and_an_organizer() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let elsewhere = app.live_event(&olivia, "other").await;
    let foreign = olivia.ticket_type(&elsewhere, "Foreign", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let bob = app.attendee(&event, "Bob").await;
    let one = olivia.ticket_type(&event, "One", json!({ "capacity": 1 })).await;
    let (adas, bobs) = (ada.registration("summit").await, bob.registration("summit").await);
    let input = |id: &str, ticket: &str| json!({ "input": { "id": id, "ticketTypeId": ticket } });
    olivia.ok(MOVE, input(&adas, &one)).await;
    olivia.ok(MOVE, input(&adas, &one)).await;
    assert_eq!(olivia.code(MOVE, input(&bobs, &one)).await, "CONFLICT");
    assert_eq!(olivia.code(MOVE, input(&bobs, &foreign)).await, "NOT_FOUND");
    assert_eq!(ada.code(MOVE, input(&adas, &first(&olivia).await)).await, "NOT_FOUND");
}
