//! B4, B6–B8: what organizers do to the list of sessions as a whole.

use crate::harness::{FakeMedia, Person, TestApp, room, text};
use api::feed::Topic;
use api::ids::{EventId, Id, SegmentId, SessionId};
use api::model::segment::{Kind, Segment};
use api::schema::{segment_sessions, segments};
use diesel::prelude::*;
use protocol::link::FromApi;
use serde_json::{Value, json};

const MOVE: &str = "mutation($input: MoveSessionInput!) { moveSession(input: $input) { session { version sortKey } } }";
const DELETE: &str = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
const RESTORE: &str = "mutation($input: RestoreSessionInput!) { restoreSession(input: $input) { session { title } } }";
const DELETE_MANY: &str = "mutation($input: DeleteSessionsInput!) { deleteSessions(input: $input) { ids } }";
const RESTORE_MANY: &str =
    "mutation($input: RestoreSessionsInput!) { restoreSessions(input: $input) { sessions { title } } }";
const UPDATE_MANY: &str = "mutation($input: UpdateSessionsInput!) {
    updateSessions(input: $input) { sessions { title tags watchAccess } } }";
const CHANGED: &str =
    "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId version session { title sortKey } } }";
const FILTERED: &str = "query($filter: SessionFilter) { event(slug: \"summit\") {
    sessions(filter: $filter, first: 100) { totalCount nodes { title } } } }";

/// An event of Olivia's that is live, with these sessions in this order.
async fn programme<const N: usize>(titles: [&str; N]) -> (TestApp, Person, String, [String; N]) {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let mut ids = Vec::new();
    for title in titles {
        ids.push(olivia.session(&event, title, json!({})).await);
    }
    (app, olivia, event, ids.try_into().unwrap())
}

async fn insert_segment_into_the_database(
    app: &TestApp,
    event: &str,
    session: &str,
    hours: (i64, i64),
    published: bool,
) {
    let (id, now): (SegmentId, _) = (app.app.ids.next(), app.app.clock.now());
    let (starts_at, ends_at) = (now.plus_seconds(hours.0 * 3600), now.plus_seconds(hours.1 * 3600));
    let event_id = EventId::parse(event).unwrap();
    let session = SessionId::parse(session).unwrap();
    let segment = Segment {
        id,
        event_id,
        name: "Slot".into(),
        description: String::new(),
        kind: Kind::Sessions,
        url: String::new(),
        starts_at,
        ends_at,
        opens_at: starts_at,
        closes_at: ends_at,
        published,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let insert = move |conn: &mut api::db::Conn| {
        diesel::insert_into(segments::table).values(&segment).execute(conn)?;
        let link = (
            segment_sessions::segment_id.eq(id),
            segment_sessions::session_id.eq(session),
            segment_sessions::position.eq(0),
        );
        diesel::insert_into(segment_sessions::table).values(link).execute(conn)?;
        Ok(())
    };
    app.app.db.write(insert).await.unwrap();
}

/// B6: beside another one, by its neighbours; one row is written, and everybody hears of it.
#[tokio::test]
async fn b6_a_session_moves_between_its_neighbours_and_others_see_it_live() {
    let (app, olivia, event, [a, b, c]) = programme(["A", "B", "C"]).await;
    let mut socket = olivia.socket().await;
    socket.subscribe("s", CHANGED, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Event(EventId::parse(&event).unwrap()), 1).await;
    let moved = olivia.ok(MOVE, json!({ "input": { "id": c, "afterId": a } })).await;
    assert_eq!(moved["moveSession"]["session"]["version"], 2);
    assert_eq!(olivia.titles("summit").await, ["A", "C", "B"]);
    let heard = &socket.data("s").await["sessionChanged"];
    let expected = (&json!(c), &moved["moveSession"]["session"]["sortKey"]);
    assert_eq!((&heard["sessionId"], &heard["session"]["sortKey"]), expected);
    olivia.ok(MOVE, json!({ "input": { "id": b, "beforeId": a } })).await;
    assert_eq!(olivia.titles("summit").await, ["B", "A", "C"]);
    // Dragged once, it keeps its place also under another title.
    olivia.update_session(&b, json!({ "title": "Z" })).await;
    assert_eq!(olivia.titles("summit").await, ["Z", "A", "C"]);
}

/// B6: two that stand at the very same place make room.
#[tokio::test]
async fn b6_a_session_moves_between_two_of_the_same_title() {
    let (_app, olivia, _event, [_, _, moved]) = programme(["Same", "Same", "Z"]).await;
    let ids = olivia.ok("{ event(slug: \"summit\") { sessions { nodes { id } } } }", json!({})).await;
    let first = &ids["event"]["sessions"]["nodes"][0]["id"];
    olivia.ok(MOVE, json!({ "input": { "id": moved, "afterId": first } })).await;
    assert_eq!(olivia.titles("summit").await, ["Same", "Z", "Same"]);
}

/// B6: the priority number wins, so a place beside another priority is refused; and so is one in another event.
#[tokio::test]
async fn b6_a_place_beside_another_priority_event_or_itself_is_refused() {
    let (app, olivia, event, [a]) = programme(["A"]).await;
    let high = olivia.session(&event, "High", json!({ "priority": 5 })).await;
    let other = app.live_event(&olivia, "other").await;
    let elsewhere = olivia.session(&other, "Elsewhere", json!({})).await;
    let refused = |input: Value| olivia.problems(MOVE, json!({ "input": input }));
    assert_eq!(refused(json!({ "id": a, "afterId": high })).await, [("afterId".into(), "INVALID".into())]);
    assert_eq!(refused(json!({ "id": a, "beforeId": a })).await, [("beforeId".into(), "INVALID".into())]);
    assert_eq!(refused(json!({ "id": a })).await, [("afterId".into(), "REQUIRED".into())]);
    assert_eq!(olivia.code(MOVE, json!({ "input": { "id": a, "afterId": elsewhere } })).await, "NOT_FOUND");
    let ada = app.attendee(&event, "Ada").await;
    assert_eq!(ada.code(MOVE, json!({ "input": { "id": a, "afterId": high } })).await, "FORBIDDEN");
}

/// B6: many who move at the same moment all get a place of their own.
#[tokio::test]
async fn b6_moves_at_the_same_moment_stay_consistent() {
    let (_app, olivia, _event, ids) = programme(["A", "B", "C", "D", "E", "F"]).await;
    let moves = ids[1..].iter().map(|id| {
        let (olivia, input) = (olivia.clone(), json!({ "input": { "id": id, "beforeId": ids[0] } }));
        async move { text(&olivia.ok(MOVE, input).await["moveSession"]["session"]["sortKey"]) }
    });
    let keys: std::collections::HashSet<String> = futures_util::future::join_all(moves).await.into_iter().collect();
    assert_eq!(keys.len(), 5);
    assert_eq!(olivia.titles("summit").await.last().map(String::as_str), Some("A"));
}

/// B7: within a section any will do, all sections have to be met; always open sessions match every date.
#[tokio::test]
async fn b7_filters_by_date_ticket_type_and_tag() {
    let (app, olivia, event, []) = programme([]).await;
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    olivia.session(&event, "Always", json!({ "tags": ["Rust"] })).await;
    let today = olivia.session(&event, "Today", json!({ "scheduling": "SCHEDULED", "tags": ["Maps"] })).await;
    let draft = olivia.session(&event, "Draft", json!({ "scheduling": "SCHEDULED" })).await;
    olivia.session(&event, "Private", json!({ "watchAccess": "PRIVATE", "tags": ["rust"] })).await;
    // The test begins at ten in the morning of Berlin's 1 March.
    insert_segment_into_the_database(&app, &event, &today, (0, 1), true).await;
    insert_segment_into_the_database(&app, &event, &draft, (0, 1), false).await;
    let found = async |filter: Value| {
        let data = olivia.ok(FILTERED, json!({ "filter": filter })).await;
        let sessions = &data["event"]["sessions"];
        let titles: Vec<String> =
            sessions["nodes"].as_array().unwrap().iter().map(|node| text(&node["title"])).collect();
        assert_eq!(sessions["totalCount"], titles.len());
        titles
    };
    assert_eq!(found(json!({ "dates": ["2027-03-01"] })).await, ["Always", "Private", "Today"]);
    assert_eq!(found(json!({ "dates": ["2027-03-02"] })).await, ["Always", "Private"]);
    assert_eq!(found(json!({ "dates": ["2027-03-02", "2027-03-01"] })).await.len(), 3);
    assert_eq!(found(json!({ "ticketTypeIds": [vip] })).await, ["Always", "Draft", "Today"]);
    assert_eq!(found(json!({ "tags": ["RUST"] })).await, ["Always", "Private"]);
    assert_eq!(found(json!({ "tags": ["rust", "maps"] })).await, ["Always", "Private", "Today"]);
    assert_eq!(found(json!({ "tags": ["rust"], "ticketTypeIds": [vip] })).await, ["Always"]);
    assert_eq!(found(json!({ "dates": [], "tags": [] })).await.len(), 4);
    let many = olivia.problems(FILTERED, json!({ "filter": { "tags": vec!["x"; 101] } })).await;
    assert_eq!(many, [("tags".to_owned(), "OUT_OF_RANGE".to_owned())]);
}

/// B4: what somebody types is completed from the tags in use.
#[tokio::test]
async fn b4_tags_are_found_by_a_part_of_them() {
    let (_app, olivia, event, []) = programme([]).await;
    olivia.session(&event, "One", json!({ "tags": ["Über uns", "100%", "Rust"] })).await;
    let query = "query($search: String) { event(slug: \"summit\") { tags(search: $search) } }";
    for (search, found) in
        [("über", json!(["Über uns"])), ("%", json!(["100%"])), ("u", json!(["Rust", "Über uns"])), ("x", json!([]))]
    {
        assert_eq!(olivia.ok(query, json!({ "search": search })).await["event"]["tags"], found, "{search}");
    }
}

/// B4, F2: a session that shows nowhere lends no tag either.
#[tokio::test]
async fn b4_f2_tags_are_those_of_the_list() {
    let (app, olivia, event, []) = programme([]).await;
    let ada = app.attendee(&event, "Ada").await;
    olivia.session(&event, "Shown", json!({ "tags": ["rust"] })).await;
    olivia.session(&event, "Nowhere", json!({ "tags": ["secret"], "scheduling": "SCHEDULED" })).await;
    let query = "{ event(slug: \"summit\") { tags } }";
    for (person, tags) in [(&ada, json!(["rust"])), (&olivia, json!(["rust", "secret"]))] {
        assert_eq!(person.ok(query, json!({})).await["event"]["tags"], tags);
    }
}

/// B8: deleted, it is in no list and cannot be entered; taken back, it is as it was, for those inside too.
#[tokio::test]
async fn b8_a_deletion_is_taken_back_within_ten_seconds() {
    let (app, olivia, event, [table]) = programme(["Table"]).await;
    let ada = app.attendee(&event, "Ada").await;
    let input = json!({ "input": { "id": table } });
    assert_eq!(olivia.code(RESTORE, input.clone()).await, "NOT_FOUND", "it is not deleted");
    olivia.ok(DELETE, input.clone()).await;
    assert!(ada.titles("summit").await.is_empty() && olivia.titles("summit").await.is_empty());
    assert_eq!(ada.code(RESTORE, input.clone()).await, "NOT_FOUND", "attendees do not learn of it");
    app.advance(9);
    olivia.ok(RESTORE, input.clone()).await;
    assert_eq!(ada.titles("summit").await, ["Table"]);
    assert_eq!(olivia.code(RESTORE, input).await, "NOT_FOUND");
}

/// B8: after the time it is final: the room closes then and not before, and segments stay without it.
#[tokio::test]
async fn b8_after_the_undo_time_the_room_closes_and_nothing_comes_back() {
    let (app, olivia, event, [table, kept]) = programme(["Table", "Kept"]).await;
    insert_segment_into_the_database(&app, &event, &table, (0, 1), true).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    olivia.ok(DELETE, json!({ "input": { "id": table } })).await;
    // Media is told of a later change before it is told that the room closes.
    olivia.update_session(&kept, json!({ "maxParticipants": 7 })).await;
    let first = media.wait_for(|command| matches!(command, FromApi::Close { .. } | FromApi::Settings { .. })).await;
    assert!(matches!(first, FromApi::Settings { .. }), "{first:?}");
    app.advance(10);
    media.wait_for(|command| *command == FromApi::Close { session: table.clone(), version: None }).await;
    assert_eq!(olivia.code(RESTORE, json!({ "input": { "id": table } })).await, "NOT_FOUND");
    let count = move |conn: &mut api::db::Conn| Ok(segment_sessions::table.count().get_result::<i64>(conn)?);
    assert_eq!(app.app.db.read(count).await.unwrap(), 0);
}

/// B8: media that links again while the deletion can be taken back keeps the room open.
#[tokio::test]
async fn b8_a_room_stays_open_within_the_undo_time_also_when_media_links_again() {
    let (app, olivia, event, [table]) = programme(["Table"]).await;
    let ada = app.attendee(&event, "Ada").await;
    olivia.ok(DELETE, json!({ "input": { "id": table } })).await;
    let rooms = vec![room(&table, &ada.id().await, 0)];
    let mut media = FakeMedia::link_with_rooms_unread(&app.address, &app.app, rooms).await;
    let of_room = |command: &FromApi| matches!(command, FromApi::Close { .. } | FromApi::Settings { .. });
    let first = media.wait_for(of_room).await;
    assert!(matches!(&first, FromApi::Settings { session, keep: None, .. } if *session == table), "{first:?}");
    app.advance(10);
    media.wait_for(|command| *command == FromApi::Close { session: table.clone(), version: None }).await;
}

/// B8, C3, D1: many become for ticket holders at once, but not without ticket types; and who may share changes inside too.
#[tokio::test]
async fn b8_access_of_many_changes_as_that_of_one() {
    let (app, olivia, event, [a, b]) = programme(["A", "B"]).await;
    let ada = app.attendee(&event, "Ada").await;
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    let inside = room(&b, &ada.id().await, 0);
    let mut media = FakeMedia::link_with(&app.address, &app.app, vec![inside]).await;
    let update = |fields: Value| {
        let mut input = json!({ "ids": [a, b] });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let missing = olivia.problems(UPDATE_MANY, update(json!({ "watchAccess": "TICKETS" }))).await;
    assert_eq!(missing, [("ticketTypeIds".to_owned(), "REQUIRED".to_owned())]);
    assert_eq!(ada.titles("summit").await, ["A", "B"], "all or none");
    olivia.ok(UPDATE_MANY, update(json!({ "shareAccess": "INVITE_ONLY" }))).await;
    media.wait_for(|command| matches!(command, FromApi::Rights { session, share: false, .. } if *session == b)).await;
    olivia.ok(UPDATE_MANY, update(json!({ "watchAccess": "TICKETS", "ticketTypeIds": [vip] }))).await;
    assert!(ada.titles("summit").await.is_empty());
}

/// B8: many at once, all or none.
#[tokio::test]
async fn b8_many_are_changed_and_deleted_at_once_or_not_at_all() {
    let (app, olivia, _event, [a, b]) = programme(["A", "B"]).await;
    olivia.update_session(&a, json!({ "tags": ["Old", "Kept"] })).await;
    let input = json!({ "ids": [a, b, a], "addTags": ["new"], "removeTags": ["old"], "watchAccess": "PRIVATE" });
    let mut answer = olivia.ok(UPDATE_MANY, json!({ "input": input })).await;
    let changed = answer["updateSessions"]["sessions"].as_array_mut().unwrap();
    changed.sort_by_key(|session| text(&session["title"]));
    let expected = json!([
        { "title": "A", "tags": ["Kept", "new"], "watchAccess": "PRIVATE" },
        { "title": "B", "tags": ["new"], "watchAccess": "PRIVATE" },
    ]);
    assert_eq!(json!(changed), expected);
    let other = app.live_event(&olivia, "other").await;
    let elsewhere = olivia.session(&other, "Elsewhere", json!({})).await;
    for query in [UPDATE_MANY, DELETE_MANY] {
        let mixed = json!({ "input": { "ids": [a, elsewhere] } });
        assert_eq!(olivia.code(query, mixed).await, "NOT_FOUND", "{query}");
        let none = olivia.problems(query, json!({ "input": { "ids": [] } })).await;
        assert_eq!(none, [("ids".to_owned(), "OUT_OF_RANGE".to_owned())]);
        let many = olivia.problems(query, json!({ "input": { "ids": vec![a.clone(); 101] } })).await;
        assert_eq!(many, [("ids".to_owned(), "OUT_OF_RANGE".to_owned())]);
    }
    let ten: Vec<String> = (0..10).map(|number| format!("t{number}")).collect();
    let over = olivia.problems(UPDATE_MANY, json!({ "input": { "ids": [a, b], "addTags": ten } })).await;
    assert_eq!(over, [("addTags".to_owned(), "OUT_OF_RANGE".to_owned())]);
    assert_eq!(olivia.titles("summit").await, ["A", "B"], "nothing was deleted");
    let both = json!({ "input": { "ids": [a, b] } });
    olivia.ok(DELETE_MANY, both.clone()).await;
    assert!(olivia.titles("summit").await.is_empty());
    olivia.ok(RESTORE_MANY, both).await;
    assert_eq!(olivia.titles("summit").await, ["A", "B"]);
}
