//! Registrations (A4's simple form).

use crate::harness::{TestApp, text};
use serde_json::{Value, json};

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) { registration { id } } }";
const PEOPLE: &str = "query($slug: String!, $search: String, $after: String) { event(slug: $slug) {
    registrations(search: $search, first: 2, after: $after) {
        totalCount nodes { person { name } email } pageInfo { hasNextPage endCursor } } } }";

#[tokio::test]
async fn a4_one_registration_per_person_and_event_also_when_the_form_is_sent_twice() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.person("Ada").await;
    let first = ada.ok(REGISTER, json!({ "input": { "eventId": event } })).await;
    let second = ada.ok(REGISTER, json!({ "input": { "eventId": event } })).await;
    assert_eq!(first, second);
    let bob = app.person("Bob").await;
    let asks = (0..6).map(|_| bob.ask(REGISTER, json!({ "input": { "eventId": event } })));
    futures_util::future::join_all(asks).await;
    let data = olivia.ok(PEOPLE, json!({ "slug": "summit" })).await;
    assert_eq!(data["event"]["registrations"]["totalCount"], 2);
}

#[tokio::test]
async fn a3_registration_is_open_from_publication_to_the_end() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (60, 120)).await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let input = json!({ "input": { "eventId": event } });
    assert_eq!(ada.code(REGISTER, input.clone()).await, "NOT_FOUND");
    olivia.publish(&event).await;
    ada.register(&event).await;
    app.advance(120);
    assert_eq!(bob.code(REGISTER, input).await, "NOT_OPEN");
}

#[tokio::test]
async fn a4_who_is_not_signed_in_is_told_to() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    assert_eq!(app.stranger().code(REGISTER, json!({ "input": { "eventId": event } })).await, "UNAUTHENTICATED");
}

#[tokio::test]
async fn organizers_search_the_people_page_by_page_and_attendees_do_not_see_them() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    for name in ["Cleo", "Ada", "Bob"] {
        app.attendee(&event, name).await;
    }
    let (mut names, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = olivia.ok(PEOPLE, json!({ "slug": "summit", "after": after })).await;
        let page = &data["event"]["registrations"];
        names.extend(page["nodes"].as_array().unwrap().iter().map(|node| text(&node["person"]["name"])));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(names, ["Ada", "Bob", "Cleo"]);
    let found = olivia.ok(PEOPLE, json!({ "slug": "summit", "search": "BOB@" })).await;
    assert_eq!(found["event"]["registrations"]["totalCount"], 1);
    let dana = app.attendee(&event, "Dana").await;
    let hidden = dana.ok(PEOPLE, json!({ "slug": "summit" })).await;
    assert_eq!(hidden["event"]["registrations"]["nodes"], json!([]));
    assert_eq!(hidden["event"]["registrations"]["totalCount"], 0);
}

/// A4: a form that is sent twice at the same moment registers once, and both answers say so.
#[tokio::test]
async fn a4_the_form_sent_twice_at_once_succeeds_twice() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.person("Ada").await;
    futures_util::future::join_all((0..4).map(|_| ada.register(&event))).await;
    let people = "{ event(slug: \"summit\") { registrations { totalCount } } }";
    assert_eq!(olivia.ok(people, json!({})).await["event"]["registrations"]["totalCount"], 1);
}

/// B7: names are found whatever their alphabet, on both databases.
#[tokio::test]
async fn people_are_found_by_letters_beyond_ascii() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    for name in ["Özgür", "Émile", "Иван"] {
        app.attendee(&event, name).await;
    }
    let people = "query($search: String) { event(slug: \"summit\") { registrations(search: $search) { nodes { person { name } } } } }";
    for (search, name) in [("özg", "Özgür"), ("ÉMILE", "Émile"), ("иван", "Иван")] {
        let found = olivia.ok(people, json!({ "search": search })).await;
        assert_eq!(found["event"]["registrations"]["nodes"], json!([{ "person": { "name": name } }]), "{search}");
    }
    let problems = olivia.problems(people, json!({ "search": "a\u{0}b" })).await;
    assert_eq!(problems, [("search".to_owned(), "INVALID".to_owned())]);
}
