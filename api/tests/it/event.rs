//! A3: events and their states.

use crate::harness::{FakeMedia, TestApp, room, text};
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::link::FromApi;
use serde_json::{Value, json};

const STATE: &str = "query($slug: String!) { event(slug: $slug) { state } }";
const CREATE: &str = "mutation($input: CreateEventInput!) { createEvent(input: $input) { event { id } } }";
const UPDATE: &str =
    "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { name endsAt state } } }";
const OPEN: &str = "mutation($input: OpenEventInput!) { openEvent(input: $input) { event { state openedAt } } }";

#[tokio::test]
async fn a3_a_draft_is_seen_by_organizers_only() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (-60, 3600)).await;
    let ada = app.person("Ada").await;
    let slug = json!({ "slug": "summit" });
    assert_eq!(olivia.ok(STATE, slug.clone()).await["event"]["state"], "DRAFT");
    assert!(ada.ok(STATE, slug.clone()).await["event"].is_null());
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert!(ada.ok(node, json!({ "id": event })).await["node"].is_null());
    olivia.publish(&event).await;
    assert_eq!(ada.ok(STATE, slug).await["event"]["state"], "LIVE");
}

/// A3: live from start to end, and everybody is told at the moment.
#[tokio::test]
async fn a3_start_and_end_are_pushed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (60, 120)).await;
    olivia.publish(&event).await;
    let mut socket = app.stranger().socket().await;
    let query = "subscription($id: ID!) { eventChanged(eventId: $id) { state } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    app.advance(60);
    assert_eq!(socket.data("s").await["eventChanged"]["state"], "LIVE");
    app.advance(60);
    assert_eq!(socket.data("s").await["eventChanged"]["state"], "ENDED");
}

#[tokio::test]
async fn a3_organizers_open_early_and_extend() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (3600, 7200)).await;
    let input = json!({ "input": { "id": event } });
    assert_eq!(olivia.code(OPEN, input.clone()).await, "NOT_OPEN");
    olivia.publish(&event).await;
    assert_eq!(olivia.ok(OPEN, input).await["openEvent"]["event"]["state"], "LIVE");
    app.advance(7200);
    assert_eq!(olivia.ok(STATE, json!({ "slug": "summit" })).await["event"]["state"], "ENDED");
    let extended = json!({ "input": { "id": event, "endsAt": app.at(600) } });
    assert_eq!(olivia.ok(UPDATE, extended).await["updateEvent"]["event"]["state"], "LIVE");
}

#[tokio::test]
async fn a3_wrong_times_zones_and_addresses_are_told_by_field() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let organization = olivia.organization().await;
    let cases: [(Value, &str, &str); 10] = [
        (json!({ "endsAt": app.at(-1) }), "endsAt", "INVALID"),
        (json!({ "endsAt": app.at(367 * 24 * 3600) }), "endsAt", "OUT_OF_RANGE"),
        (json!({ "timeZone": "Europe/Atlantis" }), "timeZone", "INVALID"),
        (json!({ "slug": "No Spaces!" }), "slug", "INVALID"),
        (json!({ "slug": "x" }), "slug", "TOO_SHORT"),
        (json!({ "slug": "x".repeat(61) }), "slug", "TOO_LONG"),
        (json!({ "name": "" }), "name", "REQUIRED"),
        (json!({ "name": "ü".repeat(101) }), "name", "TOO_LONG"),
        (json!({ "timeZone": "x".repeat(5000) }), "timeZone", "INVALID"),
        (json!({ "description": "x".repeat(2001) }), "description", "TOO_LONG"),
    ];
    for (wrong, field, code) in cases {
        let mut input = json!({
            "organizationId": organization, "slug": "summit", "name": "Summit", "timeZone": "Europe/Berlin",
            "startsAt": app.at(0), "endsAt": app.at(60),
        });
        for (name, value) in wrong.as_object().unwrap() {
            input[name] = value.clone();
        }
        let problems = olivia.problems(CREATE, json!({ "input": input })).await;
        assert_eq!(problems, [(field.to_owned(), code.to_owned())], "{wrong}");
    }
}

#[tokio::test]
async fn two_events_cannot_have_the_same_address_also_when_made_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let input = json!({
        "organizationId": olivia.organization().await, "slug": "summit", "name": "Summit",
        "timeZone": "Europe/Berlin", "startsAt": app.at(0), "endsAt": app.at(60),
    });
    let asks = (0..6).map(|_| olivia.ask(CREATE, json!({ "input": input.clone() })));
    let answers = futures_util::future::join_all(asks).await;
    let made = answers.iter().filter(|answer| answer["errors"].is_null()).count();
    let taken = answers.iter().filter(|a| a["errors"][0]["extensions"]["problems"][0]["code"] == "TAKEN").count();
    assert_eq!((made, taken), (1, 5), "{answers:?}");
}

// A3: links that were mailed go on leading to the event, until another one takes the address.
#[tokio::test]
async fn a3_an_address_an_event_had_before_leads_to_it_until_another_event_takes_it() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let found = "query($slug: String!) { event(slug: $slug) { id slug } }";
    let at = |slug: &'static str| olivia.ok(found, json!({ "slug": slug }));
    olivia.ok(UPDATE, json!({ "input": { "id": event, "slug": "moved" } })).await;
    assert_eq!(at("summit").await["event"], json!({ "id": event, "slug": "moved" }));
    assert_eq!(at("moved").await["event"]["id"], json!(event));

    let input = json!({
        "organizationId": olivia.organization().await, "slug": "summit", "name": "Next summit",
        "timeZone": "Europe/Berlin", "startsAt": app.at(0), "endsAt": app.at(60),
    });
    olivia.ok(CREATE, json!({ "input": input })).await;
    assert_ne!(at("summit").await["event"]["id"], json!(event));
    // Its own old address is free for the event again.
    olivia.ok(UPDATE, json!({ "input": { "id": event, "slug": "third" } })).await;
    olivia.ok(UPDATE, json!({ "input": { "id": event, "slug": "moved" } })).await;
    assert_eq!(at("third").await["event"]["slug"], "moved");
}

#[tokio::test]
async fn an_attendee_cannot_change_an_event_and_a_stranger_to_the_organization_cannot_make_one() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let change = json!({ "input": { "id": event, "name": "Mine" } });
    assert_eq!(ada.code(UPDATE, change.clone()).await, "FORBIDDEN");
    assert_eq!(app.stranger().code(UPDATE, change.clone()).await, "UNAUTHENTICATED");
    assert_eq!(olivia.ok(UPDATE, change).await["updateEvent"]["event"]["name"], "Mine");
    let input = json!({
        "organizationId": olivia.organization().await, "slug": "other", "name": "Other",
        "timeZone": "Europe/Berlin", "startsAt": app.at(0), "endsAt": app.at(60),
    });
    assert_eq!(ada.code(CREATE, json!({ "input": input })).await, "NOT_FOUND");
}

#[tokio::test]
async fn the_events_of_an_organization_come_in_pages() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    for number in 0..5 {
        app.draft_event(&olivia, &format!("event-{number}"), (number * 10, 3600)).await;
    }
    let query = "query($after: String) { me { organizations { events(first: 2, after: $after) {
        totalCount nodes { slug } pageInfo { hasNextPage endCursor } } } } }";
    let (mut slugs, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = olivia.ok(query, json!({ "after": after })).await;
        let page = &data["me"]["organizations"][0]["events"];
        assert_eq!(page["totalCount"], 5);
        slugs.extend(page["nodes"].as_array().unwrap().iter().map(|node| text(&node["slug"])));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(slugs, ["event-4", "event-3", "event-2", "event-1", "event-0"]);
}

/// A3, C6: made a draft again, an event is gone for everybody but organizers: from lists, nodes, open subscriptions and
/// rooms, and passes from before open nothing.
#[tokio::test]
async fn a3_a_draft_takes_back_what_attendees_had() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({})).await;
    let ada = app.attendee(&event, "Ada").await;
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![room(&session, &ada.id().await, 0)]).await;
    let own = "{ me { registrations { totalCount nodes { id event { name } } } } }";
    let before = ada.ok(own, json!({})).await;
    assert_eq!(before["me"]["registrations"]["totalCount"], 1);
    let registration = text(&before["me"]["registrations"]["nodes"][0]["id"]);
    let mut socket = ada.socket().await;
    let (sessions, rooms) = (
        "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId } }",
        "subscription($id: ID!) { roomChanged(eventId: $id) { sessionId } }",
    );
    socket.subscribe("sessions", sessions, json!({ "id": event })).await;
    socket.subscribe("rooms", rooms, json!({ "id": event })).await;
    let id = EventId::parse(&event).unwrap();
    app.wait_for_listeners(Topic::Event(id), 1).await;
    app.wait_for_listeners(Topic::Rooms(id), 1).await;

    let draft = "mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { state } } }";
    olivia.ok(draft, json!({ "input": { "id": event, "published": false } })).await;

    let mut refused = Vec::new();
    for _ in 0..4 {
        let frame = socket.receive().await;
        if frame["type"] == "next" {
            assert_eq!(frame["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{frame}");
            refused.push(text(&frame["id"]));
        }
    }
    refused.sort();
    assert_eq!(refused, ["rooms", "sessions"]);
    let after = ada.ok(own, json!({})).await;
    assert_eq!(after["me"]["registrations"], json!({ "totalCount": 0, "nodes": [] }));
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert!(ada.ok(node, json!({ "id": registration })).await["node"].is_null());
    assert!(ada.ok(node, json!({ "id": session })).await["node"].is_null());
    let put_out = |command: &FromApi| match command {
        FromApi::Settings { session: of, settings, keep } => *of == session && settings.version == 2 && keep.is_some(),
        _ => false,
    };
    let FromApi::Settings { keep, .. } = media.wait_for(put_out).await else { unreachable!() };
    assert_eq!(keep.unwrap(), [olivia.id().await]);

    olivia.publish(&event).await;
    assert_eq!(ada.ok(own, json!({})).await["me"]["registrations"]["totalCount"], 1);
}

/// A3: an event that was opened early and is then moved is not open any more.
#[tokio::test]
async fn a3_opening_early_does_not_outlive_another_start_or_a_draft() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (3600, 7200)).await;
    olivia.publish(&event).await;
    let open = json!({ "input": { "id": event } });
    olivia.ok(OPEN, open.clone()).await;
    let moved = json!({ "input": { "id": event, "startsAt": app.at(86_400), "endsAt": app.at(90_000) } });
    assert_eq!(olivia.ok(UPDATE, moved).await["updateEvent"]["event"]["state"], "UPCOMING");
    olivia.ok(OPEN, open).await;
    let draft = "mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { state } } }";
    olivia.ok(draft, json!({ "input": { "id": event, "published": false } })).await;
    let again = olivia.ok(draft, json!({ "input": { "id": event, "published": true } })).await;
    assert_eq!(again["publishEvent"]["event"]["state"], "UPCOMING");
}

/// Two organizers: the second one is told, and nothing of the first one's is lost. Who names no version writes as before.
#[tokio::test]
async fn a3_a_change_of_an_event_for_another_version_is_refused() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let query = "query($slug: String!) { event(slug: $slug) { name beforeMinutes version } }";
    let now = async || olivia.ok(query, json!({ "slug": "summit" })).await["event"].clone();
    let first = now().await["version"].as_i64().unwrap();
    let change = |version: Option<i64>, name: &str| {
        let mut input = json!({ "id": event, "name": name, "beforeMinutes": 7 });
        if let Some(version) = version {
            input["version"] = version.into();
        }
        json!({ "input": input })
    };
    olivia.ok(UPDATE, change(Some(first), "First")).await;
    let late = json!({ "input": { "id": event, "version": first, "name": "Late", "beforeMinutes": 9 } });
    assert_eq!(olivia.code(UPDATE, late).await, "CONFLICT");
    assert_eq!(now().await, json!({ "name": "First", "beforeMinutes": 7, "version": first + 1 }));
    olivia.ok(UPDATE, change(Some(first + 1), "Second")).await;
    olivia.ok(UPDATE, change(None, "Third")).await;
    assert_eq!(now().await, json!({ "name": "Third", "beforeMinutes": 7, "version": first + 3 }));
}

#[tokio::test]
async fn years_beyond_reason_and_signs_that_no_address_has_are_told() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let organization = olivia.organization().await;
    for (start, end) in
        [("+12025-01-01T00:00:00Z", "+12025-01-02T00:00:00Z"), ("1890-01-01T00:00:00Z", "1890-01-02T00:00:00Z")]
    {
        let input = json!({
            "organizationId": organization, "slug": "far", "name": "Far", "startsAt": start, "endsAt": end,
            "timeZone": "UTC",
        });
        let problems = olivia.problems(CREATE, json!({ "input": input })).await;
        assert_eq!(problems[0], ("startsAt".to_owned(), "OUT_OF_RANGE".to_owned()), "{start}");
    }
    let nothing = olivia.ok(STATE, json!({ "slug": "sum\u{0}mit" })).await;
    assert!(nothing["event"].is_null());
}
