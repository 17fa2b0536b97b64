//! My Agenda, .ics files and feeds: who sees what, and that a feed follows (C6, C7, G3).

use crate::harness::{Person, TestApp, text};
use api::feed::Topic;
use api::ids::{AccountId, EventId, Id, SegmentId, SessionId};
use api::model::segment::{Kind, Segment};
use diesel::prelude::*;
use serde_json::{Value, json};

const ADD: &str = "mutation($input: AddToAgendaInput!) { addToAgenda(input: $input) { segmentId event { myAgenda } } }";
const REMOVE: &str =
    "mutation($input: RemoveFromAgendaInput!) { removeFromAgenda(input: $input) { event { myAgenda } } }";

/// A published segment of the event, an hour long from now on, with these sessions.
pub async fn insert_segment_into_the_database(app: &TestApp, event: &str, name: &str, sessions: &[&str]) -> String {
    let (id, now): (SegmentId, _) = (app.app.ids.next(), app.app.clock.now());
    let row = Segment {
        id,
        event_id: EventId::parse(event).unwrap(),
        name: name.into(),
        description: "All, of; it\nand more".into(),
        kind: Kind::Sessions,
        url: String::new(),
        starts_at: now,
        ends_at: now.plus_seconds(3600),
        opens_at: now.plus_seconds(-300),
        closes_at: now.plus_seconds(3600),
        published: true,
        version: 3,
        created_at: now,
        updated_at: now,
    };
    let sessions: Vec<SessionId> = sessions.iter().map(|id| SessionId::parse(id).unwrap()).collect();
    app.app
        .db
        .write(move |conn| {
            use api::schema::{segment_sessions, segments};
            diesel::insert_into(segments::table).values(&row).execute(conn)?;
            for session in sessions {
                let link = (
                    segment_sessions::segment_id.eq(id),
                    segment_sessions::session_id.eq(session),
                    segment_sessions::position.eq(0),
                );
                diesel::insert_into(segment_sessions::table).values(link).execute(conn)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    id.to_string()
}

async fn switch_agenda_off_in_the_database(app: &TestApp, event: &str) {
    let id = EventId::parse(event).unwrap();
    app.app
        .db
        .write(move |conn| {
            use api::schema::events;
            diesel::update(events::table.find(id)).set(events::agenda_enabled.eq(false)).execute(conn)?;
            Ok(())
        })
        .await
        .unwrap();
}

async fn add(person: &Person, segment: &str) -> Value {
    person.ask(ADD, json!({ "input": { "segmentId": segment } })).await
}

async fn agenda(person: &Person) -> Vec<String> {
    let data = person.ok("{ event(slug: \"summit\") { myAgenda } }", json!({})).await;
    data["event"]["myAgenda"].as_array().unwrap().iter().map(text).collect()
}

async fn feed_address(person: &Person) -> String {
    text(&person.ok("{ event(slug: \"summit\") { myFeedUrl } }", json!({})).await["event"]["myFeedUrl"])
}

/// Status and text of a page of ours; with the person's cookie.
pub async fn read(person: &Person, path: &str) -> (u16, String) {
    let mut request = person.get(path);
    if let Some(cookie) = &person.cookie {
        request = request.header("cookie", cookie);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// What anybody reads at a feed's address.
async fn read_feed(app: &TestApp, address: &str) -> (u16, String) {
    read(&app.stranger(), address.strip_prefix(&app.address).unwrap()).await
}

pub fn file(segment: &str) -> String {
    format!("/e/summit/segments/{}.ics", bare(segment))
}

/// An id as it stands in addresses.
pub fn bare(id: &str) -> &str {
    &id[id.find(':').unwrap() + 1..]
}

/// C7: in the agenda, the .ics and the feed alike, a segment is there for who finds one of its sessions, with those alone.
#[tokio::test]
async fn c7_a_segment_is_for_who_finds_one_of_its_sessions() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let open = olivia.session(&event, "Open room", json!({})).await;
    let private = olivia.session(&event, "Board room", json!({ "watchAccess": "PRIVATE" })).await;
    let unlisted = olivia.session(&event, "Back room", json!({ "watchAccess": "UNLISTED" })).await;
    let both = insert_segment_into_the_database(&app, &event, "Both", &[&open, &private]).await;
    let hidden = insert_segment_into_the_database(&app, &event, "Hidden", &[&private]).await;
    let secret = insert_segment_into_the_database(&app, &event, "Secret", &[&unlisted]).await;
    let empty = insert_segment_into_the_database(&app, &event, "Coffee", &[]).await;
    let (ada, ida) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Ida").await);
    olivia.invite(&private, "ida@example.org").await;
    let eve = app.person("Eve").await;

    let sees = [(&ada, [true, false, false, true]), (&ida, [true, true, false, true]), (&olivia, [true; 4])];
    for (person, may) in sees {
        let mut seen = Vec::new();
        for (segment, may) in [&both, &hidden, &secret, &empty].into_iter().zip(may) {
            let answer = add(person, segment).await;
            let code = answer["errors"][0]["extensions"]["code"].as_str();
            assert_eq!(code, (!may).then_some("NOT_FOUND"), "{answer}");
            assert_eq!(read(person, &file(segment)).await.0, if may { 200 } else { 404 });
            seen.extend(may.then(|| segment.clone()));
        }
        let mut listed = agenda(person).await;
        listed.sort();
        seen.sort();
        assert_eq!(listed, seen);
        let (status, text) = read_feed(&app, &feed_address(person).await).await;
        assert_eq!((status, text.matches("BEGIN:VEVENT").count()), (200, seen.len()), "{text}");
        let (_, text) = read(person, &file(&both)).await;
        assert_eq!(text.contains("Board room"), !std::ptr::eq(person, &raw const ada), "{text}");
    }
    let missing = read(&ada, "/e/summit/segments/01ARZ3NDEKTSV4RRFFQ69G5FAV.ics").await;
    assert_eq!(read(&ada, &file(&hidden)).await, missing, "the same answer as a wrong id");
    for stranger in [&eve, &app.stranger()] {
        assert_eq!(read(stranger, &file(&both)).await, missing);
    }
    assert_eq!(add(&eve, &both).await["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(
        read(&ada, &file(&both).replace("summit", "other")).await,
        missing,
        "an id is checked against its event"
    );
}

/// C6, G3: the feed shows what the person may see at that moment: after an invitation or the event itself is lost, nothing.
#[tokio::test]
async fn c6_the_feed_follows_when_access_is_lost() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let private = olivia.session(&event, "Board room", json!({ "watchAccess": "PRIVATE" })).await;
    let board = insert_segment_into_the_database(&app, &event, "Board", &[&private]).await;
    let ada = app.attendee(&event, "Ada").await;
    olivia.invite(&private, "ada@example.org").await;
    add(&ada, &board).await;
    let lunch = insert_segment_into_the_database(&app, &event, "Lunch", &[]).await;
    add(&ada, &lunch).await;
    let address = feed_address(&ada).await;
    let events = async || {
        let (status, text) = read_feed(&app, &address).await;
        assert_eq!(status, 200);
        text.matches("BEGIN:VEVENT").count()
    };
    assert_eq!(events().await, 2);
    let uninvite = "mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }";
    olivia.ok(uninvite, json!({ "input": { "sessionId": private, "email": "ada@example.org" } })).await;
    assert_eq!(events().await, 1);
    assert_eq!(agenda(&ada).await, [lunch]);
    let block = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(block, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    assert_eq!(events().await, 0);
}

/// G3: the address is a secret of one person; asked for another one, the old one leads nowhere, as any wrong one.
#[tokio::test]
async fn g3_a_feed_needs_its_address_which_can_be_changed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let first = feed_address(&ada).await;
    assert_eq!(read_feed(&app, &first).await.0, 200);
    let forged = first.replace(&first[first.len() - 8..], "0000.ics");
    let wrong = read_feed(&app, &forged).await;
    assert_eq!(wrong.0, 404);
    assert_eq!(read(&ada, "/feeds/x.ics").await, wrong);
    let rotate = "mutation($input: RotateFeedInput!) { rotateFeed(input: $input) { url } }";
    let second = text(&ada.ok(rotate, json!({ "input": { "eventId": event } })).await["rotateFeed"]["url"]);
    assert_eq!(feed_address(&ada).await, second);
    assert_eq!(read_feed(&app, &first).await, wrong);
    assert_eq!(read_feed(&app, &second).await.0, 200);
    assert_eq!(app.person("Eve").await.code(rotate, json!({ "input": { "eventId": event } })).await, "FORBIDDEN");
}

/// G3, A6: segments are added and removed, once each, and a second window hears of it; not where My Agenda is off.
#[tokio::test]
async fn g3_a6_an_agenda_is_kept_and_can_be_switched_off() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let lunch = insert_segment_into_the_database(&app, &event, "Lunch", &[]).await;
    let ada = app.attendee(&event, "Ada").await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { agendaChanged(eventId: $id) { segmentId included } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    let account = AccountId::parse(&ada.id().await).unwrap();
    app.wait_for_listeners(Topic::Account(account), 2).await;

    for _ in 0..2 {
        let answer = add(&ada, &lunch).await;
        assert_eq!(answer["data"]["addToAgenda"]["event"]["myAgenda"], json!([lunch]));
        assert_eq!(socket.data("s").await["agendaChanged"], json!({ "segmentId": lunch, "included": true }));
    }
    let answer = ada.ok(REMOVE, json!({ "input": { "segmentId": lunch } })).await;
    assert_eq!(answer["removeFromAgenda"]["event"]["myAgenda"], json!([]));
    assert_eq!(socket.data("s").await["agendaChanged"], json!({ "segmentId": lunch, "included": false }));

    add(&ada, &lunch).await;
    let address = feed_address(&ada).await;
    switch_agenda_off_in_the_database(&app, &event).await;
    assert_eq!(add(&ada, &lunch).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(agenda(&ada).await, Vec::<String>::new());
    assert!(ada.ok("{ event(slug: \"summit\") { myFeedUrl } }", json!({})).await["event"]["myFeedUrl"].is_null());
    assert_eq!(read_feed(&app, &address).await.1.matches("BEGIN:VEVENT").count(), 0);
}

/// G3: what calendar programs read: escaped, in UTC, versioned, with a name and a link; unchanged, it is not sent again.
#[tokio::test]
async fn g3_what_a_calendar_program_reads() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let open = olivia.session(&event, "Open room", json!({})).await;
    let name = format!("Talks, {}", "🎉".repeat(30));
    let segment = insert_segment_into_the_database(&app, &event, &name, &[&open]).await;
    let (status, file) = read(&olivia, &file(&segment)).await;
    assert_eq!(status, 200);
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    let whole = file.replace("\r\n ", "");
    let room = format!("{}/e/summit/sessions/{}", app.address, open.strip_prefix("session:").unwrap());
    for line in [
        "X-WR-CALNAME:summit".to_owned(),
        format!("SUMMARY:{}", name.replace(',', "\\,")),
        format!("DESCRIPTION:All\\, of\\; it\\nand more\\nOpen room: {room}"),
        format!("URL:{room}"),
        format!("UID:{}@127.0.0.1", segment.strip_prefix("segment:").unwrap()),
        "SEQUENCE:3".into(),
        "DTSTAMP:20270301T090000Z".into(),
        "DTSTART:20270301T090000Z".into(),
        "DTEND:20270301T100000Z".into(),
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M".into(),
    ] {
        assert!(whole.split("\r\n").any(|other| other == line), "{line} is not in\n{whole}");
    }
    let address = feed_address(&olivia).await;
    let path = address.strip_prefix(&app.address).unwrap();
    let first = app.stranger().get(path).send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    assert_eq!(first.headers()["cache-control"], "private, max-age=60");
    let again = app.stranger().get(path).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status().as_u16(), 304);
}

/// F5: the times of a session are there for who may watch it, also of one that stands in no schedule for them.
#[tokio::test]
async fn f5_the_times_of_a_session_are_for_who_may_watch_it() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let private = olivia.session(&event, "Board room", json!({ "watchAccess": "PRIVATE" })).await;
    insert_segment_into_the_database(&app, &event, "Board", &[&private]).await;
    let (ada, ida) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Ida").await);
    olivia.invite(&private, "ida@example.org").await;
    let path = format!("/e/summit/sessions/{}.ics", private.strip_prefix("session:").unwrap());
    assert_eq!(read(&ida, &path).await.0, 200);
    assert_eq!(read(&ada, &path).await, read(&ada, "/e/summit/sessions/01ARZ3NDEKTSV4RRFFQ69G5FAV.ics").await);
    assert_eq!(read(&app.stranger(), &path).await.0, 404);
}

/// A3: once the event is over, an agenda can be read, and stays as it is.
#[tokio::test]
async fn a3_g3_an_agenda_stays_as_it_is_after_the_end() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let [kept, other] = [
        insert_segment_into_the_database(&app, &event, "Kept", &[]).await,
        insert_segment_into_the_database(&app, &event, "Other", &[]).await,
    ];
    assert!(add(&ada, &kept).await["errors"].is_null());
    app.advance(3600);
    assert_eq!(add(&ada, &other).await["errors"][0]["extensions"]["code"], "NOT_OPEN");
    assert_eq!(ada.code(REMOVE, json!({ "input": { "segmentId": kept } })).await, "NOT_OPEN");
    assert_eq!(agenda(&ada).await, [kept.as_str()]);
    assert_eq!(read(&ada, &file(&kept)).await.0, 200);
    assert_eq!(read_feed(&app, &feed_address(&ada).await).await.0, 200);
}
