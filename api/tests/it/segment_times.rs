//! F5–F7, A5: when the schedule shows sessions, to whom earlier, and what its times mean in the event's zone.

use crate::harness::{CREATE_SEGMENT, FakeMedia, Person, Socket, TestApp, room, text, two_attendees};
use api::feed::Topic;
use api::ids::{EventId, Id, SessionId};
use protocol::link::FromApi;
use serde_json::{Value, json};

const JOIN: &str = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";
const UPDATE_EVENT: &str = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { beforeMinutes
    afterMinutes attendeesCreateSessions peopleVisible agendaEnabled } } }";

async fn listening(app: &TestApp, person: &Person, event: &str) -> Socket {
    let mut socket = person.socket().await;
    let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title timing windows { opensAt
        closesAt } } } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(event).unwrap()), 1).await;
    socket
}

async fn timing(socket: &mut Socket) -> String {
    text(&socket.data("s").await["sessionChanged"]["session"]["timing"])
}

/// F5, A5: a session is shown from five minutes before its segment to its end, and whoever watches hears of it when the clock
/// gets there, without asking again. Before it there is no pass; after it, its link works.
#[tokio::test]
async fn f5_a_window_opens_and_closes_by_itself() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let join = json!({ "input": { "sessionId": talk } });
    // F2: in no segment, shown nowhere; its link works.
    assert!(ada.titles("summit").await.is_empty());
    bob.ok(JOIN, join.clone()).await;

    let mut socket = listening(&app, &ada, &event).await;
    let times = (app.at(1200), app.at(1800));
    let fields = json!({ "sessionIds": [talk], "published": true });
    let segment = olivia.segment(&event, "Slot", (&times.0, &times.1), fields).await;
    assert_eq!(timing(&mut socket).await, "BEFORE");
    assert!(ada.titles("summit").await.is_empty());
    assert_eq!(ada.code(JOIN, join.clone()).await, "NOT_OPEN");
    app.advance(1200 - 301);
    assert!(ada.titles("summit").await.is_empty());
    app.advance(1);
    assert_eq!(timing(&mut socket).await, "OPEN");
    assert_eq!(ada.titles("summit").await, ["Talk"]);
    ada.ok(JOIN, join.clone()).await;

    // The organizer ends it earlier, then shows it for longer: it follows at once, and by the clock again.
    olivia.update_segment(&segment, json!({ "endsAt": app.at(600) })).await;
    assert_eq!(timing(&mut socket).await, "OPEN");
    olivia.ok(UPDATE_EVENT, json!({ "input": { "id": event, "afterMinutes": 10 } })).await;
    assert_eq!(timing(&mut socket).await, "OPEN");
    app.advance(1199);
    assert_eq!(ada.titles("summit").await, ["Talk"]);
    app.advance(1);
    assert_eq!(timing(&mut socket).await, "OVER");
    assert!(ada.titles("summit").await.is_empty());
    ada.ok(JOIN, join).await;
}

/// F5: the window of several published segments is their union; a draft opens nothing.
#[tokio::test]
async fn f5_several_segments_are_one_window() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let slot = |name: &'static str, (from, to): (i64, i64), published: bool| {
        let (from, to, fields) = (app.at(from), app.at(to), json!({ "sessionIds": [talk], "published": published }));
        let (olivia, event) = (&olivia, &event);
        async move { olivia.segment(event, name, (&from, &to), fields).await }
    };
    slot("Draft", (0, 600), false).await;
    assert!(ada.titles("summit").await.is_empty());
    slot("One", (600, 900), true).await;
    slot("Two", (800, 1100), true).await;
    slot("Three", (2000, 2100), true).await;
    let mut shown = Vec::new();
    for step in [299, 1, 799, 1, 599, 1, 399, 1] {
        app.advance(step);
        shown.push(!ada.titles("summit").await.is_empty());
    }
    assert_eq!(shown, [false, true, true, false, false, true, true, false]);
}

/// A5, A6: the settings with their defaults and limits.
#[tokio::test]
async fn a5_a6_settings_of_the_venue() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let set = |fields: Value| {
        let mut input = fields;
        input["id"] = event.clone().into();
        json!({ "input": input })
    };
    let first = olivia.ok(UPDATE_EVENT, set(json!({}))).await;
    let defaults = json!({
        "beforeMinutes": 5, "afterMinutes": 0, "attendeesCreateSessions": false, "peopleVisible": true,
        "agendaEnabled": true,
    });
    assert_eq!(first["updateEvent"]["event"], defaults);
    let wanted = json!({
        "beforeMinutes": 0, "afterMinutes": 240, "attendeesCreateSessions": true, "peopleVisible": false,
        "agendaEnabled": false,
    });
    assert_eq!(olivia.ok(UPDATE_EVENT, set(wanted.clone())).await["updateEvent"]["event"], wanted);
    for (field, value) in [("beforeMinutes", -1), ("afterMinutes", 241)] {
        let problems = olivia.problems(UPDATE_EVENT, set(json!({ field: value }))).await;
        assert_eq!(problems, [(field.to_owned(), "OUT_OF_RANGE".to_owned())]);
    }
}

/// F6: organizers, and speakers of a segment that leads to it, see and enter a session before its time, as a test run; others
/// do not.
#[tokio::test]
async fn f6_speakers_and_organizers_come_earlier() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let fields = json!({ "sessionIds": [talk], "published": true, "speakerIds": [ada.id().await] });
    olivia.segment(&event, "Slot", (&app.at(1200), &app.at(1800)), fields).await;
    let list = "{ event(slug: \"summit\") { sessions { nodes { title testRun } } } }";
    let single = "query($id: ID!) { session(id: $id) { testRun timing } }";
    for (person, early) in [(&ada, true), (&olivia, true), (&bob, false)] {
        let nodes = person.ok(list, json!({})).await["event"]["sessions"]["nodes"].clone();
        let expected = if early { json!([{ "title": "Talk", "testRun": true }]) } else { json!([]) };
        assert_eq!(nodes, expected);
        let session = person.ok(single, json!({ "id": talk })).await;
        assert_eq!(session["session"], json!({ "testRun": early, "timing": "BEFORE" }));
        let answer = person.ask(JOIN, json!({ "input": { "sessionId": talk } })).await;
        assert_eq!(answer["errors"].is_null(), early, "{answer}");
    }
    app.advance(1000);
    for person in [&ada, &olivia, &bob] {
        let nodes = person.ok(list, json!({})).await["event"]["sessions"]["nodes"].clone();
        assert_eq!(nodes, json!([{ "title": "Talk", "testRun": false }]));
    }
    // Over is over, for speakers too; a draft shows its speakers nothing.
    app.advance(800);
    let fields = json!({ "sessionIds": [talk], "published": false, "speakerIds": [ada.id().await] });
    olivia.segment(&event, "Draft", (&app.at(600), &app.at(900)), fields).await;
    for person in [&ada, &bob] {
        assert_eq!(person.ok(list, json!({})).await["event"]["sessions"]["nodes"], json!([]));
    }
}

/// F6, C7: the earlier look is at what one may watch: speaking in its segment opens no session to who is not invited, holds no
/// ticket or has no link.
#[tokio::test]
async fn f6_c7_speaking_alone_lets_nobody_watch() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let _media = FakeMedia::link(&app.address, &app.app).await;
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    for access in ["PRIVATE", "TICKETS", "UNLISTED"] {
        let mut fields = json!({ "scheduling": "SCHEDULED", "watchAccess": access });
        if access == "TICKETS" {
            fields["ticketTypeIds"] = json!([vip]);
        }
        let talk = olivia.session(&event, access, fields).await;
        let fields = json!({ "sessionIds": [talk], "published": true, "speakerIds": [ada.id().await] });
        olivia.segment(&event, access, (&app.at(1200), &app.at(1800)), fields).await;
        let single = ada.ok("query($id: ID!) { session(id: $id) { testRun } }", json!({ "id": talk })).await;
        assert!(single["session"].is_null(), "{access}");
        assert_eq!(ada.code(JOIN, json!({ "input": { "sessionId": talk } })).await, "NOT_FOUND", "{access}");
    }
    assert!(ada.titles("summit").await.is_empty());
    assert!(ada.schedule("summit").await.is_empty());
    assert_eq!(olivia.titles("summit").await.len(), 3);
}

/// F5: before its time a session tells attendees nothing of who is inside, neither when they ask nor as it changes; those of the
/// test run see it.
#[tokio::test]
async fn f5_a_test_run_looks_empty_from_outside() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let lobby = olivia.session(&event, "Lobby", json!({})).await;
    let fields = json!({ "sessionIds": [talk], "published": true, "speakerIds": [ada.id().await] });
    olivia.segment(&event, "Slot", (&app.at(1200), &app.at(1800)), fields).await;
    let mut socket = bob.socket().await;
    let query = "subscription($id: ID!) { roomChanged(eventId: $id) { sessionId viewerCount } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Rooms(EventId::parse(&event).unwrap()), 1).await;
    for session in [&talk, &lobby] {
        olivia.ok(JOIN, json!({ "input": { "sessionId": session } })).await;
        media.report(room(session, &olivia.id().await, 3)).await;
    }
    let heard = socket.data("s").await["roomChanged"].clone();
    assert_eq!(heard, json!({ "sessionId": lobby, "viewerCount": 3 }), "the first that is heard of is the open one");
    let single = "query($id: ID!) { session(id: $id) { room { viewerCount onScreen { __typename } } } }";
    for (person, seen) in [(&olivia, 3), (&ada, 3), (&bob, 0)] {
        let room = person.ok(single, json!({ "id": talk })).await["session"]["room"].clone();
        assert_eq!((&room["viewerCount"], room["onScreen"] == json!([])), (&json!(seen), seen == 0));
    }
    app.advance(901);
    assert_eq!(bob.ok(single, json!({ "id": talk })).await["session"]["room"]["viewerCount"], 3);
}

/// F5: whoever watches the room of one session hears nothing of a test run either, at once or later, unless they are organizers; once
/// it has opened they are told at once.
#[tokio::test]
async fn f5_a_test_run_is_not_told_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let bob = app.attendee(&event, "Bob").await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED" })).await;
    let lobby = olivia.session(&event, "Lobby", json!({})).await;
    let fields = json!({ "sessionIds": [talk], "published": true });
    olivia.segment(&event, "Slot", (&app.at(1200), &app.at(1800)), fields).await;
    let person = olivia.id().await;
    let rooms = |viewers: u32| vec![room(&talk, &person, viewers), room(&lobby, &person, viewers)];
    let mut media = FakeMedia::link_with(&app.address, &app.app, rooms(3)).await;
    let query =
        "subscription($id: ID!, $session: ID) { roomChanged(eventId: $id, sessionId: $session) { viewerCount } }";
    let mut socket = bob.socket().await;
    socket.subscribe("talk", query, json!({ "id": event, "session": talk })).await;
    app.wait_for_listeners(Topic::Room(SessionId::parse(&talk).unwrap()), 1).await;
    socket.subscribe("lobby", query, json!({ "id": event, "session": lobby })).await;
    for viewers in [3, 4, 5] {
        assert_eq!(socket.data("lobby").await["roomChanged"]["viewerCount"], viewers, "the lobby alone is told");
        media.report_all(rooms(viewers + 1)).await;
    }
    let mut hers = olivia.socket().await;
    hers.subscribe("talk", query, json!({ "id": event, "session": talk })).await;
    assert_eq!(socket.data("lobby").await["roomChanged"]["viewerCount"], 6);
    assert!(hers.data("talk").await["roomChanged"]["viewerCount"].as_u64() >= Some(5), "organizers are told");
    app.advance(901);
    let mut later = bob.socket().await;
    later.subscribe("talk", query, json!({ "id": event, "session": talk })).await;
    assert_eq!(later.data("talk").await["roomChanged"]["viewerCount"], 6, "it has opened");
}

/// F5: without a media node nobody would hear that a room is closed, so that is not said to be done.
#[tokio::test]
async fn f5_a_room_that_cannot_be_reached_is_not_closed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let talk = olivia.session(&event, "Talk", json!({})).await;
    let close = "mutation($input: CloseRoomInput!) { closeRoom(input: $input) { closed } }";
    let input = json!({ "input": { "sessionId": talk } });
    assert_eq!(olivia.code(close, input.clone()).await, "UNAVAILABLE");
    let _media = FakeMedia::link(&app.address, &app.app).await;
    assert_eq!(olivia.ok(close, input).await["closeRoom"]["closed"], 0);
}

/// An event over a change of the clocks, with its zone.
async fn changing_event(olivia: &Person, zone: &str, (from, to): (&str, &str)) -> String {
    let input = json!({
        "organizationId": olivia.organization().await, "slug": "clocks", "name": "Clocks", "startsAt": from, "endsAt": to,
        "timeZone": zone,
    });
    let create = "mutation($input: CreateEventInput!) { createEvent(input: $input) { event { id } } }";
    text(&olivia.ok(create, json!({ "input": input })).await["createEvent"]["event"]["id"])
}

/// What became of a segment at these local times: its moments, or the code and message of the refusal.
async fn local(olivia: &Person, event: &str, from: &str, to: &str) -> Result<(String, String), (String, String)> {
    let query = "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { startsAt endsAt
        localStartsAt } } }";
    let input = json!({ "eventId": event, "name": "X", "startsAt": from, "endsAt": to });
    let answer = olivia.ask(query, json!({ "input": input })).await;
    let made = &answer["data"]["createSegment"]["segment"];
    if made.is_null() {
        let problem = &answer["errors"][0]["extensions"]["problems"][0];
        return Err((text(&problem["code"]), text(&problem["message"])));
    }
    Ok((text(&made["startsAt"]), text(&made["endsAt"])))
}

/// F7: the clocks are put forward inside the event: what they skip is refused with what to do, the day has 23 hours.
#[tokio::test]
async fn f7_the_clocks_are_put_forward() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = changing_event(&olivia, "Europe/Berlin", ("2027-03-27T08:00:00Z", "2027-03-29T16:00:00Z")).await;
    let made = |from: &str, to: &str| Ok((from.to_owned(), to.to_owned()));
    let before = local(&olivia, &event, "2027-03-27T09:30", "2027-03-27T10:30").await;
    assert_eq!(before, made("2027-03-27T08:30:00+00:00", "2027-03-27T09:30:00+00:00"));
    let over = local(&olivia, &event, "2027-03-28T01:30", "2027-03-28T03:30").await;
    assert_eq!(over, made("2027-03-28T00:30:00+00:00", "2027-03-28T01:30:00+00:00"));
    let after = local(&olivia, &event, "2027-03-28T23:30", "2027-03-29T00:30").await;
    assert_eq!(after, made("2027-03-28T21:30:00+00:00", "2027-03-28T22:30:00+00:00"));
    let (code, message) = local(&olivia, &event, "2027-03-28T02:30", "2027-03-28T04:00").await.unwrap_err();
    assert_eq!(code, "INVALID");
    assert!(message.contains("2027-03-28T01:59 or earlier, or 2027-03-28T03:00 or later"), "{message}");

    let day = "query($day: String!) { event(slug: \"clocks\") { segments(day: $day) { nodes { localStartsAt } } } }";
    for (date, starts) in [
        ("2027-03-27", json!([{ "localStartsAt": "2027-03-27T09:30" }])),
        ("2027-03-28", json!([{ "localStartsAt": "2027-03-28T01:30" }, { "localStartsAt": "2027-03-28T23:30" }])),
        ("2027-03-29", json!([{ "localStartsAt": "2027-03-28T23:30" }])),
        ("2027-03-30", json!([])),
    ] {
        let data = olivia.ok(day, json!({ "day": date })).await;
        assert_eq!(data["event"]["segments"]["nodes"], starts, "{date}");
    }
    for wrong in ["tomorrow", "-9000-01-01", "9999-01-01"] {
        let problems = olivia.problems(day, json!({ "day": wrong })).await;
        assert_eq!(problems, [("day".to_owned(), "INVALID".to_owned())], "{wrong}");
    }
    let far = local(&olivia, &event, "-262143-01-01T00:00", "+262142-12-31T23:59").await.unwrap_err();
    assert_eq!(far.0, "INVALID");
}

/// F7: the clocks are put back inside the event: what comes twice needs an explicit choice, and is shown with it.
#[tokio::test]
async fn f7_the_clocks_are_put_back() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = changing_event(&olivia, "America/New_York", ("2026-10-31T12:00:00Z", "2026-11-02T22:00:00Z")).await;
    let (code, message) = local(&olivia, &event, "2026-11-01T01:30", "2026-11-01T03:00").await.unwrap_err();
    assert_eq!(code, "AMBIGUOUS");
    assert!(message.contains("Write 2026-11-01T01:30-04:00 or 2026-11-01T01:30-05:00"), "{message}");
    for (text, moment) in [("-04:00", "2026-11-01T05:30:00+00:00"), ("-05:00", "2026-11-01T06:30:00+00:00")] {
        let from = format!("2026-11-01T01:30{text}");
        let made = local(&olivia, &event, &from, "2026-11-01T03:00").await.unwrap();
        assert_eq!(made, (moment.to_owned(), "2026-11-01T08:00:00+00:00".to_owned()));
    }
    // What the page is shown can be sent back as it is.
    let query = "{ event(slug: \"clocks\") { segments { nodes { id startsAt localStartsAt localEndsAt } } } }";
    let shown = olivia.ok(query, json!({})).await["event"]["segments"]["nodes"].clone();
    for segment in shown.as_array().unwrap() {
        let fields = json!({ "startsAt": segment["localStartsAt"], "endsAt": segment["localEndsAt"] });
        olivia.update_segment(segment["id"].as_str().unwrap(), fields).await;
    }
    assert_eq!(olivia.ok(query, json!({})).await["event"]["segments"]["nodes"], shown);
    // A file that was exported has both, and brings both again.
    let path = format!("/events/{event}/segments.csv");
    let cookie = olivia.cookie.clone().unwrap();
    let csv = olivia.get(&path).header("cookie", cookie).send().await.unwrap().text().await.unwrap();
    let delete = "mutation($input: DeleteSegmentInput!) { deleteSegment(input: $input) { id } }";
    for segment in shown.as_array().unwrap() {
        olivia.ok(delete, json!({ "input": { "id": segment["id"] } })).await;
    }
    // They have one name, and are two by their starts.
    let answer: Value =
        olivia.post(&path).header("x-roundtable", "1").body(csv).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["data"]["importSegments"]["added"], 2, "{answer}");
    let starts = "{ event(slug: \"clocks\") { segments { nodes { startsAt } } } }";
    let starts = olivia.ok(starts, json!({})).await["event"]["segments"]["nodes"].clone();
    let start = |text: &str| json!({ "startsAt": text });
    assert_eq!(starts, json!([start("2026-11-01T05:30:00+00:00"), start("2026-11-01T06:30:00+00:00")]));
    let unreadable = json!({ "eventId": event, "name": "X", "startsAt": "soon", "endsAt": "later" });
    let problems = olivia.problems(CREATE_SEGMENT, json!({ "input": unreadable })).await;
    assert_eq!(
        problems.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect::<Vec<_>>(),
        [("startsAt", "INVALID"), ("endsAt", "INVALID")]
    );
}

/// The list by what is over, by text, and page by page.
#[tokio::test]
async fn the_schedule_is_filtered_and_paged() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    for (name, from, to) in [("Über Rust", -120, -60), ("Ended now", -60, 0), ("Running", -30, 30), ("Next", 30, 60)] {
        olivia.segment(&event, name, (&app.at(from), &app.at(to)), json!({ "published": true })).await;
    }
    let names = async |arguments: &str| {
        let query = format!(
            "{{ event(slug: \"summit\") {{ segments({arguments}) {{ totalCount nodes {{ name }}
            pageInfo {{ endCursor hasNextPage }} }} }} }}"
        );
        let list = olivia.ok(&query, json!({})).await["event"]["segments"].clone();
        let names: Vec<String> = list["nodes"].as_array().unwrap().iter().map(|node| text(&node["name"])).collect();
        (names, list)
    };
    assert_eq!(names("past: true").await.0, ["Über Rust", "Ended now"]);
    assert_eq!(names("past: false").await.0, ["Running", "Next"]);
    assert_eq!(names("search: \"über\"").await.0, ["Über Rust"]);
    let (first, list) = names("first: 3").await;
    assert_eq!((first.len(), &list["totalCount"], &list["pageInfo"]["hasNextPage"]), (3, &json!(4), &json!(true)));
    let rest = names(&format!("first: 3, after: {}", list["pageInfo"]["endCursor"])).await.0;
    assert_eq!(rest, ["Next"]);
}

/// B6: a session that nobody has dragged stands by the start of its first segment, and follows it.
#[tokio::test]
async fn b6_sessions_stand_by_the_start_of_their_segments() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let scheduled = json!({ "scheduling": "SCHEDULED" });
    let (a, b) = (olivia.session(&event, "A", scheduled.clone()).await, olivia.session(&event, "B", scheduled).await);
    let late = json!({ "sessionIds": [a], "published": true });
    let segment = olivia.segment(&event, "Late", (&app.at(600), &app.at(700)), late).await;
    olivia.segment(&event, "Early", (&app.at(60), &app.at(120)), json!({ "sessionIds": [b], "published": true })).await;
    assert_eq!(olivia.titles("summit").await, ["B", "A"]);
    olivia.update_segment(&segment, json!({ "startsAt": app.at(0) })).await;
    assert_eq!(olivia.titles("summit").await, ["A", "B"]);
}

/// F5: its time over, the room goes on until a host ends it for all; then passes from before open nothing, and who comes again
/// gets another one.
#[tokio::test]
async fn f5_hosts_close_a_room_for_all() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, bob) = two_attendees(&app, &event).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let talk = olivia.session(&event, "Talk", json!({ "scheduling": "SCHEDULED", "shareAccess": "MODERATED" })).await;
    olivia.choose("addModerator", &talk, "ada@example.org").await;
    let fields = json!({ "sessionIds": [talk], "published": true });
    olivia.segment(&event, "Slot", (&app.at(0), &app.at(600)), fields).await;
    let join = json!({ "input": { "sessionId": talk } });
    for person in [&ada, &bob] {
        person.ok(JOIN, join.clone()).await;
    }
    media.report(room(&talk, &bob.id().await, 3)).await;
    let mut socket = listening(&app, &olivia, &event).await;
    app.advance(600);
    assert_eq!(timing(&mut socket).await, "OVER");
    let close = "mutation($input: CloseRoomInput!) { closeRoom(input: $input) { closed session { version } } }";
    assert_eq!(bob.code(close, join.clone()).await, "FORBIDDEN");
    assert_eq!(app.person("Nora").await.code(close, join.clone()).await, "NOT_FOUND");
    let closed = ada.ok(close, join.clone()).await["closeRoom"].clone();
    let version = closed["session"]["version"].as_i64().unwrap();
    assert_eq!(closed["closed"], 4);
    let expected = FromApi::Close { session: talk, version: Some(version) };
    media.wait_for(|command| *command == expected).await;
    bob.ok(JOIN, join).await;
}
