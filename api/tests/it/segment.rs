//! F1–F4, C7: segments, what they lead to, and who sees them.

use crate::harness::{CREATE_SEGMENT, Person, TestApp, UPDATE_SEGMENT, text, two_attendees};
use api::feed::Topic;
use api::ids::{EventId, Id};
use serde_json::{Value, json};

const UPDATE_SESSION: &str = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id
    scheduling segments { name } } } }";

/// A live event of an hour before and after now, and times in it.
struct Ground {
    app: TestApp,
    olivia: Person,
    event: String,
}

impl Ground {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let olivia = app.organizer().await;
        let event = app.live_event(&olivia, "summit").await;
        Self { app, olivia, event }
    }

    async fn scheduled(&self, title: &str) -> String {
        self.olivia.session(&self.event, title, json!({ "scheduling": "SCHEDULED" })).await
    }

    /// A published segment between these seconds from now.
    async fn segment(&self, name: &str, (start, end): (i64, i64), mut others: Value) -> String {
        others["published"] = others.get("published").cloned().unwrap_or(true.into());
        self.olivia.segment(&self.event, name, (&self.app.at(start), &self.app.at(end)), others).await
    }

    /// Field and code of the problems of a segment between these seconds from now.
    async fn refused(&self, (start, end): (i64, i64), others: Value) -> Vec<(String, String)> {
        let mut input = json!({
            "eventId": self.event, "name": "X", "startsAt": self.app.at(start), "endsAt": self.app.at(end),
        });
        for (name, value) in others.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        self.olivia.problems(CREATE_SEGMENT, json!({ "input": input })).await
    }

    /// The message of a change that must be refused.
    async fn message(&self, query: &str, input: Value) -> String {
        let answer = self.olivia.ask(query, json!({ "input": input })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{answer}");
        text(&answer["errors"][0]["message"])
    }

    /// What a refused change names as being in the way, and how much more there is of it.
    async fn in_the_way(&self, query: &str, input: Value) -> (Value, Value) {
        let answer = self.olivia.ask(query, json!({ "input": input })).await;
        let problem = &answer["errors"][0]["extensions"]["problems"][0];
        (problem["names"].clone(), problem["more"].clone())
    }
}

fn problem(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

/// F4: inside the event's time, its end after its start.
#[tokio::test]
async fn f4_a_segment_is_within_the_event() {
    let ground = Ground::new().await;
    ground.segment("The whole", (-3600, 3600), json!({})).await;
    for (times, field, code) in [
        ((-3601, 0), "startsAt", "OUT_OF_RANGE"),
        ((0, 3601), "endsAt", "OUT_OF_RANGE"),
        ((60, 60), "endsAt", "INVALID"),
        ((60, 0), "endsAt", "INVALID"),
    ] {
        assert_eq!(ground.refused(times, json!({})).await, problem(field, code), "{times:?}");
    }
    let text = ground.message(
        CREATE_SEGMENT,
        json!({
            "eventId": ground.event, "name": "X", "startsAt": ground.app.at(0), "endsAt": ground.app.at(7200),
        }),
    );
    let text = text.await;
    assert!(text.contains("from 2027-03-01T09:00 to 2027-03-01T11:00 (Europe/Berlin)"), "{text}");
}

/// F4: a break overlaps no other segment, and the answer names both; others may overlap.
#[tokio::test]
async fn f4_a_break_overlaps_nothing() {
    let ground = Ground::new().await;
    let keynote = ground.segment("Keynote", (0, 600), json!({})).await;
    ground.segment("Workshop", (300, 900), json!({})).await;
    assert_eq!(ground.refused((800, 1000), json!({ "kind": "BREAK" })).await, problem("startsAt", "TAKEN"));
    let lunch = ground.segment("Lunch", (900, 1200), json!({ "kind": "BREAK" })).await;
    assert_eq!(ground.refused((1100, 1300), json!({})).await, problem("startsAt", "TAKEN"));
    ground.segment("After lunch", (1200, 1300), json!({})).await;
    let moved = json!({ "id": lunch, "startsAt": ground.app.at(500), "endsAt": ground.app.at(550) });
    let answer = ground.message(UPDATE_SEGMENT, moved).await;
    assert!(answer.contains("\"Lunch\"") && answer.contains("\"Keynote\""), "{answer}");
    let turned = json!({ "id": keynote, "kind": "BREAK" });
    assert!(ground.message(UPDATE_SEGMENT, turned).await.contains("\"Workshop\""));
    ground.olivia.update_segment(&lunch, json!({ "endsAt": ground.app.at(1100) })).await;
}

/// F4: an external link leads to an https address, and only it has one.
#[tokio::test]
async fn f4_external_links_are_https() {
    let ground = Ground::new().await;
    let link = |url: Value| json!({ "kind": "EXTERNAL_LINK", "url": url });
    assert_eq!(ground.refused((0, 60), link(Value::Null)).await, problem("url", "REQUIRED"));
    for url in
        ["http://example.org", "javascript:alert(1)", "//example.org", "https://", "https://a b.org", "https://x@y.org"]
    {
        assert_eq!(ground.refused((0, 60), link(url.into())).await, problem("url", "INVALID"), "{url}");
    }
    let segment = ground.segment("Expo", (0, 60), link("https://example.org/expo?a=1".into())).await;
    let query = "query($id: ID!) { segment(id: $id) { url kind } }";
    let shown = ground.olivia.ok(query, json!({ "id": segment })).await;
    assert_eq!(shown["segment"], json!({ "url": "https://example.org/expo?a=1", "kind": "EXTERNAL_LINK" }));
    ground.olivia.update_segment(&segment, json!({ "kind": "BREAK" })).await;
    assert_eq!(ground.olivia.ok(query, json!({ "id": segment })).await["segment"]["url"], Value::Null);
    let long = json!({ "name": "x".repeat(101), "description": "y".repeat(1001), "tags": vec!["t"; 11] });
    let problems = ground.refused((0, 60), long).await;
    let fields: Vec<&str> = problems.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["name", "description", "tags"]);
}

/// F1, F4: a segment leads to several scheduled sessions, and a session stands in several segments; an always open one in
/// none.
#[tokio::test]
async fn f1_f4_only_scheduled_sessions_are_linked() {
    let ground = Ground::new().await;
    let (a, b) = (ground.scheduled("A").await, ground.scheduled("B").await);
    let open = ground.olivia.session(&ground.event, "Open", json!({})).await;
    let elsewhere = ground.app.live_event(&ground.olivia, "other").await;
    let foreign = ground.olivia.session(&elsewhere, "Foreign", json!({ "scheduling": "SCHEDULED" })).await;
    let link = |sessions: Vec<&String>| json!({ "sessionIds": sessions });
    assert_eq!(ground.refused((0, 60), link(vec![&a, &open])).await, problem("sessionIds", "INVALID"));
    assert_eq!(ground.refused((0, 60), link(vec![&foreign])).await, problem("sessionIds", "NOT_FOUND"));
    let with_break = json!({ "sessionIds": [a], "kind": "BREAK" });
    assert_eq!(ground.refused((0, 60), with_break).await, problem("sessionIds", "INVALID"));
    let first = ground.segment("First", (0, 60), link(vec![&b, &a])).await;
    ground.segment("Second", (60, 120), link(vec![&a])).await;
    assert_eq!(ground.olivia.schedule("summit").await, ["First: B, A", "Second: A"]);
    let kind = json!({ "id": first, "kind": "BREAK" });
    let problems = ground.olivia.problems(UPDATE_SEGMENT, json!({ "input": kind })).await;
    assert_eq!(problems, problem("sessionIds", "INVALID"));
    ground.olivia.update_segment(&first, json!({ "sessionIds": [a] })).await;
    assert_eq!(ground.olivia.schedule("summit").await, ["First: A", "Second: A"]);
    let delete = "mutation($input: DeleteSegmentInput!) { deleteSegment(input: $input) { id } }";
    ground.olivia.ok(delete, json!({ "input": { "id": first } })).await;
    let of_session = ground.olivia.ok("query($id: ID!) { session(id: $id) { segments { name } } }", json!({ "id": a }));
    assert_eq!(of_session.await["session"]["segments"], json!([{ "name": "Second" }]));
}

/// F3: taking a linked session off the schedule is asked for, names the segments, and does both or neither.
#[tokio::test]
async fn f3_a_linked_session_becomes_always_open_only_off_the_schedule() {
    let ground = Ground::new().await;
    let session = ground.scheduled("Talk").await;
    for (name, start) in [("Morning", 0), ("Noon", 60), ("Evening", 120)] {
        ground.segment(name, (start, start + 60), json!({ "sessionIds": [session] })).await;
    }
    let mut input = json!({ "id": session, "title": "Changed", "scheduling": "ALWAYS_OPEN" });
    let answer = ground.olivia.ask(UPDATE_SESSION, json!({ "input": input })).await;
    let refused = &answer["errors"][0]["extensions"]["problems"][0];
    assert_eq!((&refused["field"], &refused["code"]), (&json!("scheduling"), &json!("IN_USE")), "{answer}");
    assert!(text(&refused["message"]).contains("\"Morning\", \"Noon\", \"Evening\""), "{answer}");
    let query = "query($id: ID!) { session(id: $id) { title scheduling segments { name } } }";
    let neither = ground.olivia.ok(query, json!({ "id": session })).await;
    assert_eq!(
        (&neither["session"]["title"], &neither["session"]["scheduling"]),
        (&json!("Talk"), &json!("SCHEDULED"))
    );
    assert_eq!(neither["session"]["segments"].as_array().unwrap().len(), 3);

    input["unlinkSegments"] = true.into();
    let both = ground.olivia.ok(UPDATE_SESSION, json!({ "input": input })).await;
    assert_eq!(both["updateSession"]["session"]["scheduling"], "ALWAYS_OPEN");
    assert_eq!(both["updateSession"]["session"]["segments"], json!([]));
    assert_eq!(ground.olivia.schedule("summit").await, ["Morning: ", "Noon: ", "Evening: "]);
    // It stands by its title alone from now on (B6).
    ground.olivia.session(&ground.event, "After", json!({})).await;
    assert_eq!(ground.olivia.titles("summit").await, ["After", "Changed"]);
    // Without a segment nobody has to be asked.
    let alone = ground.scheduled("Alone").await;
    ground.olivia.update_session(&alone, json!({ "scheduling": "ALWAYS_OPEN" })).await;
}

/// F4: speakers are registered for the event, or run it.
#[tokio::test]
async fn f4_speakers_are_in_the_event() {
    let ground = Ground::new().await;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let nora = ground.app.person("Nora").await;
    let speakers = [bob.id().await, ground.olivia.id().await, ada.id().await];
    let stranger = json!({ "speakerIds": [speakers[0], nora.id().await] });
    assert_eq!(ground.refused((0, 60), stranger).await, problem("speakerIds", "NOT_FOUND"));
    let segment =
        ground.segment("Panel", (0, 60), json!({ "speakerIds": speakers, "tags": ["Rust", "rust", "Web"] })).await;
    let query = "query($id: ID!) { segment(id: $id) { tags speakers { name } localStartsAt localEndsAt version } }";
    let shown = ada.ok(query, json!({ "id": segment })).await;
    let expected = json!({
        "tags": ["Rust", "Web"], "speakers": [{ "name": "Bob" }, { "name": "Olivia" }, { "name": "Ada" }],
        "localStartsAt": "2027-03-01T10:00", "localEndsAt": "2027-03-01T10:01", "version": 1,
    });
    assert_eq!(shown["segment"], expected);
}

/// F4: the event's times stay while segments would fall outside, and the answer names them.
#[tokio::test]
async fn f4_the_event_keeps_its_segments_inside() {
    let ground = Ground::new().await;
    ground.segment("Opening", (-3600, -3000), json!({})).await;
    ground.segment("Closing", (3000, 3600), json!({ "published": false })).await;
    let update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    let change = |field: &str, seconds: i64| {
        let mut input = json!({ "id": ground.event });
        input[field] = ground.app.at(seconds).into();
        input
    };
    let answer = ground.message(update, change("startsAt", -3599)).await;
    assert!(
        answer.contains("Opening (2027-03-01T09:00 to 2027-03-01T09:10)") && !answer.contains("Closing"),
        "{answer}"
    );
    let answer = ground.message(update, change("endsAt", 3599)).await;
    assert!(answer.contains("Closing"), "{answer}");
    // Another zone with times of its own, as somebody who corrects the zone would send it.
    let mut moved = change("startsAt", 3600);
    moved["endsAt"] = ground.app.at(9000).into();
    moved["timeZone"] = "America/New_York".into();
    let answer = ground.message(update, moved).await;
    assert!(answer.contains("Opening") && answer.contains("Closing"), "{answer}");
    for input in [change("startsAt", -7200), change("endsAt", 3600), json!({ "id": ground.event, "timeZone": "UTC" })] {
        ground.olivia.ok(update, json!({ "input": input })).await;
    }
}

/// F4: pages in other languages have the names of what is in the way apart from the sentence: the first five by their start, and
/// how many more there are.
#[tokio::test]
async fn f4_refusals_name_what_is_in_the_way() {
    let ground = Ground::new().await;
    for number in 0..7 {
        ground.segment(&format!("Talk {number}"), (600 + number, 3600), json!({})).await;
    }
    let update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    let shorter = json!({ "id": ground.event, "endsAt": ground.app.at(3599) });
    let first = json!(["Talk 0", "Talk 1", "Talk 2", "Talk 3", "Talk 4"]);
    assert_eq!(ground.in_the_way(update, shorter).await, (first, json!(2)));
    let pause = json!({
        "eventId": ground.event, "name": "Lunch", "kind": "BREAK", "startsAt": ground.app.at(600), "endsAt": ground.app.at(900),
    });
    assert_eq!(ground.in_the_way(CREATE_SEGMENT, pause).await, (json!(["Lunch", "Talk 0"]), json!(0)));
}

/// C7: a segment is shown to who finds one of its sessions, with those alone; a draft to organizers alone.
#[tokio::test]
async fn c7_a_schedule_has_what_its_reader_finds() {
    let ground = Ground::new().await;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let of = |title: &'static str, access: &'static str| {
        let fields = json!({ "scheduling": "SCHEDULED", "watchAccess": access });
        ground.olivia.session(&ground.event, title, fields)
    };
    let (open, private) = (of("Open", "ANYONE").await, of("Private", "PRIVATE").await);
    let unlisted = of("Unlisted", "UNLISTED").await;
    ground.olivia.invite(&private, "ada@example.org").await;
    let slot = |name: &'static str, start: i64, sessions: Vec<String>| {
        ground.segment(name, (start, start + 60), json!({ "sessionIds": sessions }))
    };
    slot("Mixed", 0, vec![open.clone(), private.clone(), unlisted.clone()]).await;
    slot("Hidden", 60, vec![private.clone()]).await;
    slot("By link", 120, vec![unlisted.clone()]).await;
    ground.segment("Coffee", (180, 240), json!({ "kind": "BREAK" })).await;
    let draft = ground.segment("Draft", (240, 300), json!({ "published": false })).await;
    let all = ["Mixed: Open, Private, Unlisted", "Hidden: Private", "By link: Unlisted", "Coffee: ", "Draft: "];
    assert_eq!(ground.olivia.schedule("summit").await, all);
    assert_eq!(ada.schedule("summit").await, ["Mixed: Open, Private", "Hidden: Private", "Coffee: "]);
    assert_eq!(bob.schedule("summit").await, ["Mixed: Open", "Coffee: "]);
    assert!(ground.app.person("Nora").await.schedule("summit").await.is_empty());
    let total = "{ event(slug: \"summit\") { segments(first: 1) { totalCount pageInfo { hasNextPage } } } }";
    assert_eq!(bob.ok(total, json!({})).await["event"]["segments"]["totalCount"], 2);
    ground.olivia.update_segment(&draft, json!({ "published": true })).await;
    assert_eq!(bob.schedule("summit").await, ["Mixed: Open", "Coffee: ", "Draft: "]);
    // What is deleted leads nowhere, and hides nothing that leads elsewhere.
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    ground.olivia.ok(delete, json!({ "input": { "id": open } })).await;
    assert_eq!(bob.schedule("summit").await, ["Coffee: ", "Draft: "]);
}

/// C7: who gains or loses a session hears of its segments at once, each what they may see.
#[tokio::test]
async fn c7_changes_reach_each_reader_as_they_see_them() {
    let ground = Ground::new().await;
    let (ada, _bob) = two_attendees(&ground.app, &ground.event).await;
    let (open, other) = (ground.scheduled("Open").await, ground.scheduled("Other").await);
    let segment = ground.segment("Slot", (0, 60), json!({ "sessionIds": [open, other] })).await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { segmentChanged(eventId: $id) { segmentId version segment { name sessions {
        title } } } }";
    socket.subscribe("s", query, json!({ "id": ground.event })).await;
    ground.app.wait_for_listeners(Topic::Event(EventId::parse(&ground.event).unwrap()), 1).await;
    let titles = |frame: &Value| frame["segmentChanged"]["segment"]["sessions"].as_array().map(Vec::len);

    ground.olivia.update_segment(&segment, json!({ "name": "Renamed" })).await;
    let frame = socket.data("s").await;
    assert_eq!((&frame["segmentChanged"]["segment"]["name"], titles(&frame)), (&json!("Renamed"), Some(2)));
    ground.olivia.update_session(&other, json!({ "watchAccess": "PRIVATE" })).await;
    assert_eq!(titles(&socket.data("s").await), Some(1));
    ground.olivia.update_session(&open, json!({ "watchAccess": "UNLISTED" })).await;
    let frame = socket.data("s").await;
    assert_eq!(
        (&frame["segmentChanged"]["segmentId"], &frame["segmentChanged"]["segment"]),
        (&json!(segment), &Value::Null)
    );
    // Nothing is told of what is hidden, until an invitation shows it.
    ground.olivia.update_segment(&segment, json!({ "name": "Secret" })).await;
    ground.olivia.invite(&other, "ada@example.org").await;
    let frame = socket.data("s").await;
    assert_eq!((&frame["segmentChanged"]["segment"]["name"], titles(&frame)), (&json!("Secret"), Some(1)));
    ground.olivia.update_segment(&segment, json!({ "published": false })).await;
    assert_eq!(socket.data("s").await["segmentChanged"]["segment"], Value::Null);
    let publish = "mutation($input: PublishSegmentsInput!) { publishSegments(input: $input) { changed } }";
    let all = json!({ "input": { "eventId": ground.event, "published": true } });
    assert_eq!(ground.olivia.ok(publish, all.clone()).await["publishSegments"]["changed"], 1);
    assert_eq!(titles(&socket.data("s").await), Some(1));
    assert_eq!(ground.olivia.ok(publish, all).await["publishSegments"]["changed"], 0);
    let delete = "mutation($input: DeleteSegmentInput!) { deleteSegment(input: $input) { id } }";
    ground.olivia.ok(delete, json!({ "input": { "id": segment } })).await;
    assert_eq!(socket.data("s").await["segmentChanged"]["segment"], Value::Null);
}

/// Two organizers: the second one is told, and nothing of the first one's is lost.
#[tokio::test]
async fn a_change_for_another_version_is_refused() {
    let ground = Ground::new().await;
    let segment = ground.segment("Slot", (0, 60), json!({})).await;
    ground.olivia.update_segment(&segment, json!({ "version": 1, "name": "First" })).await;
    let late = json!({ "input": { "id": segment, "version": 1, "name": "Second" } });
    assert_eq!(ground.olivia.code(UPDATE_SEGMENT, late).await, "CONFLICT");
    assert_eq!(ground.olivia.schedule("summit").await, ["First: "]);
    ground.olivia.update_segment(&segment, json!({ "version": 2, "name": "Second" })).await;
}

/// What changes nothing is in nobody's way; another order of speakers is a change.
#[tokio::test]
async fn f4_a_change_that_changes_nothing_keeps_the_version() {
    let ground = Ground::new().await;
    let (ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let (ada, bob) = (ada.id().await, bob.id().await);
    let (a, b) = (ground.scheduled("A").await, ground.scheduled("B").await);
    let same = json!({
        "name": "Slot", "description": "Tea", "kind": "SESSIONS", "tags": ["Rust", "Web"], "speakerIds": [ada, bob],
        "sessionIds": [a, b], "published": true, "startsAt": ground.app.at(0), "endsAt": ground.app.at(60),
    });
    let segment = ground.segment("Slot", (0, 60), same.clone()).await;
    let version = async || {
        let query = "query($id: ID!) { segment(id: $id) { version } }";
        ground.olivia.ok(query, json!({ "id": segment })).await["segment"]["version"].as_i64()
    };
    for nothing in [json!({}), same, json!({ "version": 1, "tags": ["rust", "WEB"] })] {
        ground.olivia.update_segment(&segment, nothing.clone()).await;
        assert_eq!(version().await, Some(1), "{nothing}");
    }
    let others = [
        json!({ "tags": ["Web", "Rust"] }),
        json!({ "speakerIds": [bob, ada] }),
        json!({ "sessionIds": [b] }),
        json!({ "published": false }),
    ];
    for (so_far, other) in (1_i64..).zip(others) {
        ground.olivia.update_segment(&segment, other.clone()).await;
        assert_eq!(version().await, Some(so_far + 1), "{other}");
    }
}

const DELETE_SESSION: &str = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";

/// C7: what led to a session for some people alone is not there for all when that session is gone for good, or off the
/// schedule (F3): it becomes a draft. What led to one for everybody stays.
#[tokio::test]
async fn c7_what_led_to_a_hidden_session_becomes_a_draft_with_it() {
    let ground = Ground::new().await;
    let (_ada, bob) = two_attendees(&ground.app, &ground.event).await;
    let private = json!({ "scheduling": "SCHEDULED", "watchAccess": "PRIVATE" });
    let secret = ground.olivia.session(&ground.event, "Secret", private.clone()).await;
    let other = ground.olivia.session(&ground.event, "Other", private).await;
    let open = ground.scheduled("Open").await;
    for (name, start, session) in [("Layoffs", 0, &secret), ("Takeover", 60, &other), ("Talk", 120, &open)] {
        ground.segment(name, (start, start + 60), json!({ "sessionIds": [session] })).await;
    }
    for id in [&secret, &open] {
        ground.olivia.ok(DELETE_SESSION, json!({ "input": { "id": id } })).await;
    }
    let off = json!({ "input": { "id": other, "scheduling": "ALWAYS_OPEN", "unlinkSegments": true } });
    ground.olivia.ok(UPDATE_SESSION, off).await;
    assert!(bob.schedule("summit").await.is_empty());
    let mut socket = bob.socket().await;
    let query = "subscription($id: ID!) { segmentChanged(eventId: $id) { segment { name } } }";
    socket.subscribe("s", query, json!({ "id": ground.event })).await;
    ground.app.wait_for_listeners(Topic::Event(EventId::parse(&ground.event).unwrap()), 1).await;
    ground.app.advance(10);
    assert_eq!(socket.data("s").await["segmentChanged"]["segment"]["name"], "Talk");
    assert_eq!(bob.schedule("summit").await, ["Talk: "]);
    let query = "{ event(slug: \"summit\") { segments { nodes { name published } } } }";
    let nodes = ground.olivia.ok(query, json!({})).await["event"]["segments"]["nodes"].clone();
    let drafts = |name: &str, published: bool| json!({ "name": name, "published": published });
    assert_eq!(nodes, json!([drafts("Layoffs", false), drafts("Takeover", false), drafts("Talk", true)]));
}

/// C7, B8: also when many sessions are changed at once.
#[tokio::test]
async fn c7_many_sessions_changed_at_once_change_the_schedule() {
    let ground = Ground::new().await;
    let (ada, _bob) = two_attendees(&ground.app, &ground.event).await;
    let (a, b) = (ground.scheduled("A").await, ground.scheduled("B").await);
    ground.segment("Slot", (0, 60), json!({ "sessionIds": [a, b] })).await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { segmentChanged(eventId: $id) { segment { name } } }";
    socket.subscribe("s", query, json!({ "id": ground.event })).await;
    ground.app.wait_for_listeners(Topic::Event(EventId::parse(&ground.event).unwrap()), 1).await;
    let many = "mutation($input: UpdateSessionsInput!) { updateSessions(input: $input) { sessions { id } } }";
    ground.olivia.ok(many, json!({ "input": { "ids": [a, b], "watchAccess": "PRIVATE" } })).await;
    assert_eq!(socket.data("s").await["segmentChanged"]["segment"], Value::Null);
}

/// F4, B8: while the deletion of one of its sessions can be taken back, a segment can be changed, and the link is there again
/// with the session.
#[tokio::test]
async fn f4_a_segment_keeps_the_link_to_a_session_that_comes_back() {
    let ground = Ground::new().await;
    let (a, b) = (ground.scheduled("A").await, ground.scheduled("B").await);
    let segment = ground.segment("Slot", (0, 60), json!({ "sessionIds": [a, b] })).await;
    ground.olivia.ok(DELETE_SESSION, json!({ "input": { "id": a } })).await;
    ground.olivia.update_segment(&segment, json!({ "name": "Renamed" })).await;
    ground.olivia.update_segment(&segment, json!({ "sessionIds": [b] })).await;
    assert_eq!(ground.olivia.schedule("summit").await, ["Renamed: B"]);
    let restore = "mutation($input: RestoreSessionInput!) { restoreSession(input: $input) { session { id } } }";
    ground.olivia.ok(restore, json!({ "input": { "id": a } })).await;
    assert_eq!(ground.olivia.schedule("summit").await, ["Renamed: A, B"]);
    ground.olivia.update_segment(&segment, json!({ "sessionIds": [b] })).await;
    assert_eq!(ground.olivia.schedule("summit").await, ["Renamed: B"]);
}
