//! C1–C6 on every path: *role × who can watch × path*. Whoever may not watch a session gets the answer of a wrong id on each
//! of them. A field of the schema that gives sessions, or a route, that is not named here fails the test.

use crate::agenda::{bare, file, read};
use crate::harness::recording;
use crate::harness::{FakeMedia, Person, SEND, Socket, TestApp, message, room, text};
use api::feed::Topic;
use api::ids::{AccountId, EventId, Id, SegmentId, SessionId};
use api::model;
use diesel::prelude::*;
use protocol::recording::Block;
use serde_json::{Value, json};

/// The columns of the table.
const ROLES: [&str; 11] = [
    "signed out",
    "not registered",
    "attendee",
    "ticket holder",
    "invited",
    "admitted",
    "moderator",
    "sharer",
    "speaker",
    "blocked",
    "organizer",
];

/// Who may watch, by what the session says (C1–C5): the specification in numbers, in the order of the roles. To run it (C5), to
/// go on screen in it (D2) and to speak in its segment (F6, C7) gives nobody more than every attendee has.
const MAY: [(&str, [u8; 11]); 4] = [
    ("ANYONE", [0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1]),
    ("PRIVATE", [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]),
    ("TICKETS", [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1]),
    ("UNLISTED", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
];

/// Every path to a session: its name, whether it is a list (an unlisted session is in none, but for organizers), and the
/// fields or routes that it covers. What `THEIRS` names is for organizers only.
const PATHS: [(&str, bool, &[&str]); 31] = [
    ("list", true, &["Event.sessions", "/graphql"]),
    ("search", true, &[]),
    ("filter", true, &[]),
    ("tags", true, &["Event.tags"]),
    ("single", false, &["Query.session", "Session.room"]),
    ("node", false, &["Query.node"]),
    ("pass", false, &["JoinSessionPayload.session"]),
    ("sessionChanged", false, &["Subscription.sessionChanged", "SessionChange.session", "/graphql/ws"]),
    ("roomChanged", false, &["Subscription.roomChanged"]),
    ("agenda", true, &["Event.myAgenda"]),
    ("file of its segment", true, &["/e/{slug}/segments/{id}.ics"]),
    ("file of its times", false, &["/e/{slug}/sessions/{id}.ics"]),
    ("feed", true, &["/feeds/{token}.ics"]),
    // Of what anyone may watch, the cover stands in the preview of a link: see `PREVIEWED`.
    ("cover", false, &["/pictures/{id}/{variant}"]),
    ("picture of the text", false, &[]),
    ("file", true, &["/events/{id}/sessions.csv"]),
    ("schedule", true, &["Event.segments", "Segment.sessions"]),
    ("segment", true, &["Query.segment"]),
    ("segments of the session", true, &["Session.segments"]),
    ("segmentChanged", true, &["Subscription.segmentChanged", "SegmentChange.segment"]),
    ("chat", false, &["Session.chat", "Session.messages", "Chat.pinned", "Message.reactions"]),
    ("messageChanged", false, &["Subscription.messageChanged"]),
    ("chatChanged", false, &["Subscription.chatChanged"]),
    ("writing", false, &["MessagePayload.message"]),
    ("people inside", false, &[]),
    ("roomPeopleChanged", false, &[]),
    ("replays", false, &["Session.recordings"]),
    ("replay", false, &[]),
    ("file of a replay", false, &["/recordings/{id}.mp4"]),
    ("recordingChanged", false, &["Subscription.recordingChanged", "RecordingChange.recording"]),
    ("recordings", true, &["Event.recordings"]),
];

/// Lists that organizers alone have.
const THEIRS: [&str; 2] = ["file", "recordings"];

/// Paths that open for everybody, registered or not, what anyone may watch: the preview of a link is read by machines.
const PREVIEWED: [&str; 1] = ["cover"];

/// What gives sessions and is no path for who may not see them, with the reason.
const NO_PATHS: [(&str, &str); 28] = [
    ("SessionPayload.session", "the answer of a change: access.txt has who may make it"),
    ("InviteManyPayload.session", "the same"),
    ("Subscription.agendaChanged", "what the caller did themselves, by its id"),
    ("SessionsPayload.sessions", "the same"),
    ("ImportSessionsPayload.problems", "lines of a file that an organizer brought"),
    ("SegmentPayload.segment", "the same"),
    ("CloseRoomPayload.session", "the same"),
    ("ShareRequestPayload.session", "the same"),
    ("DeclineAllShareRequestsPayload.session", "the same"),
    ("HostAction.session", "for organizers, who see all; screen.rs has that it is for them alone"),
    ("ChatPayload.chat", "the same"),
    ("Session.windows", "times of a session that one has already"),
    ("Session.additionalInformation", "text of a session that one has already"),
    ("/media/link", "for media, with a key"),
    ("/media/recordings/{id}", "the same"),
    ("RecordingPayload.recording", "the answer of a change: access.txt has who may make it"),
    ("/events/{id}/people.csv", "people, not sessions"),
    ("/events/{id}/pictures", "takes pictures, shows none"),
    ("/pictures", "the same"),
    ("/account/data.json", "one's own data: sessions that one was given a part in, by name"),
    ("/events/{id}/segments.csv", "for organizers, who see all; segment_import.rs has that it is for them alone"),
    ("ImportSegmentsPayload.problems", "says of lines of a file"),
    ("/dev/mail", "mails, and in development only: they name events"),
    ("/dev/mail/{id}", "the same"),
    ("/dev/clock", "for tests, in development builds only"),
    ("/healthz", "says nothing of sessions"),
    ("/metrics", "says nothing of sessions"),
    ("Event.ticketTypes", "says of ticket types"),
];

struct Ground {
    app: TestApp,
    olivia: Person,
    event: String,
    /// Changes after the one that is looked for, so that nothing has to be waited for that never comes.
    marker: String,
    /// The same of segments.
    marker_segment: String,
    /// One for each row of `MAY`.
    sessions: Vec<String>,
    /// A segment that leads to that session alone, in everybody's agenda.
    segments: Vec<String>,
    /// The addresses of the people's feeds, those that have one.
    feeds: Vec<Option<String>>,
    /// The cover of each, and the picture in its text.
    pictures: Vec<(String, String)>,
    /// A replay of each, and of the marker.
    replays: Vec<Block>,
    people: Vec<Person>,
}

#[tokio::test]
async fn c1_c2_c3_c4_c5_every_path_for_every_role() {
    let mut ground = ground().await;
    let mut media = FakeMedia::link(&ground.app.address, &ground.app.app).await;
    ground.replays = replays(&ground, &mut media).await;
    let mut wrong = Vec::new();
    for (which, (access, may)) in MAY.iter().enumerate() {
        for (who, (role, may)) in ROLES.iter().zip(may).enumerate() {
            for (path, is_list, _) in PATHS {
                let is_theirs = THEIRS.contains(&path) || is_list && *access == "UNLISTED";
                let left_out = is_theirs && *role != "organizer";
                let previewed = *access == "ANYONE" && PREVIEWED.contains(&path);
                let found = finds(&ground, &mut media, path, (which, who)).await;
                if found != (previewed || *may == 1 && !left_out) {
                    wrong.push(format!("{access}: {role} by {path}: {}", if found { "found" } else { "hidden" }));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn ground() -> Ground {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let (ada, ida, adam) =
        (app.attendee(&event, "Ada").await, app.attendee(&event, "Ida").await, app.attendee(&event, "Adam").await);
    let (mo, bert) = (app.attendee(&event, "Mo").await, app.attendee(&event, "Bert").await);
    let (sid, sue) = (app.attendee(&event, "Sid").await, app.attendee(&event, "Sue").await);
    let speaker = sue.id().await;
    let (vera, nora) = (app.attendee(&event, "Vera").await, app.person("Nora").await);
    let vip = olivia.ticket_type(&event, "VIP", json!({})).await;
    let (mut sessions, mut segments, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
    for (access, _) in MAY {
        let (cover, shown) = (olivia.picture(&event).await, olivia.picture(&event).await);
        let address = |picture: &str| format!("/pictures/{}/full", picture.replace("picture:", ""));
        let text = format!("<img src=\"{}\" alt=\"\">", address(&shown));
        let mut fields = json!({
            "watchAccess": access, "tags": [access], "scheduling": "SCHEDULED", "pictureId": cover, "additionalInformation": text,
        });
        pictures.push((address(&cover), address(&shown)));
        if access == "TICKETS" {
            fields["ticketTypeIds"] = json!([vip]);
        }
        let session = olivia.session(&event, &format!("For {access}"), fields).await;
        for email in ["ida@example.org", "bert@example.org"] {
            olivia.invite(&session, email).await;
        }
        let (from, to) = (app.at(-60), app.at(3000));
        let fields = json!({ "sessionIds": [session], "published": true, "speakerIds": [speaker] });
        olivia.write(&session, "Welcome").await;
        segments.push(olivia.segment(&event, &format!("Slot for {access}"), (&from, &to), fields).await);
        sessions.push(session);
    }
    let marker_segment =
        olivia.segment(&event, "Marker", (&app.at(0), &app.at(60)), json!({ "published": true })).await;
    let marker = olivia.session(&event, "Marker", json!({})).await;
    let ids = [adam.id().await, mo.id().await, sid.id().await, bert.id().await, vera.id().await];
    give_in_the_database(&app, &event, &vip, &sessions, &ids).await;
    let people = vec![app.stranger(), nora, ada, vera, ida, adam, mo, sid, sue, bert, olivia.clone()];
    let mut feeds = Vec::new();
    for person in &people {
        feeds.push(agenda_in_the_database(&app, person, &segments).await);
    }
    Ground {
        app,
        olivia,
        event,
        marker,
        marker_segment,
        sessions,
        segments,
        feeds,
        pictures,
        replays: Vec::new(),
        people,
    }
}

/// Something that was recorded in each session, and in the marker, for all who may watch it.
async fn replays(ground: &Ground, media: &mut FakeMedia) -> Vec<Block> {
    let mut replays = Vec::new();
    for session in ground.sessions.iter().chain([&ground.marker]) {
        let block = ground.app.ready(media, &ground.olivia, session, vec![1]).await;
        ground.olivia.set_replay(&block, true).await.unwrap();
        replays.push(block);
    }
    replays
}

/// What no mutation gives to these people: a moderator or a sharer who cannot watch, an admission to what is not unlisted.
async fn give_in_the_database(app: &TestApp, event: &str, vip: &str, sessions: &[String], ids: &[String; 5]) {
    use api::schema::registrations as table;
    let event = EventId::parse(event).unwrap();
    let vip = api::ids::TicketTypeId::parse(vip).unwrap();
    let sessions: Vec<SessionId> = sessions.iter().map(|id| SessionId::parse(id).unwrap()).collect();
    let ids: Vec<AccountId> = ids.iter().map(|id| AccountId::parse(id).unwrap()).collect();
    let now = app.app.clock.now();
    app.app
        .db
        .write(move |conn| {
            let [adam, mo, sid, bert, vera] = ids[..] else { unreachable!() };
            for session in sessions {
                model::admission::insert_once(conn, session, adam, now)?;
                model::admission::insert_once(conn, session, bert, now)?;
                model::moderator::insert_once(conn, session, mo, now)?;
                model::sharer::insert_once(conn, session, sid, now)?;
            }
            let of = |person| table::table.filter(table::event_id.eq(event)).filter(table::account_id.eq(person));
            diesel::update(of(vera)).set(table::ticket_type_id.eq(vip)).execute(conn)?;
            diesel::update(of(bert)).set(table::blocked.eq(true)).execute(conn)?;
            Ok(())
        })
        .await
        .unwrap();
}

/// Marks all segments for the person, also those that they do not see; gives the address of their feed.
async fn agenda_in_the_database(app: &TestApp, person: &Person, segments: &[String]) -> Option<String> {
    person.cookie.as_ref()?;
    let account = AccountId::parse(&person.id().await).unwrap();
    let segments: Vec<SegmentId> = segments.iter().map(|id| SegmentId::parse(id).unwrap()).collect();
    let now = app.app.clock.now();
    app.app
        .db
        .write(move |conn| {
            for segment in segments {
                model::agenda::insert_once(conn, account, segment, now)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let data = person.ok("{ event(slug: \"summit\") { myFeedUrl } }", json!({})).await;
    data["event"]["myFeedUrl"].as_str().map(|url| url.strip_prefix(&app.address).unwrap().to_owned())
}

async fn finds(ground: &Ground, media: &mut FakeMedia, path: &str, (which, who): (usize, usize)) -> bool {
    let (person, access) = (&ground.people[who], MAY[which].0);
    let (session, segment) = (ground.sessions[which].as_str(), &ground.segments[which]);
    let listed = async |arguments: String| {
        let query = format!("{{ event(slug: \"summit\") {{ sessions({arguments}) {{ nodes {{ id }} }} }} }}");
        let data = person.ok(&query, json!({})).await;
        data["event"]["sessions"]["nodes"].as_array().unwrap().iter().any(|node| node["id"] == *session)
    };
    let id = json!({ "id": session });
    match path {
        "list" => listed("first: 100".into()).await,
        "search" => listed(format!("search: \"for {access}\"")).await,
        "filter" => listed(format!("filter: {{ tags: [\"{access}\"] }}")).await,
        "tags" => {
            let data = person.ok("{ event(slug: \"summit\") { tags } }", json!({})).await;
            data["event"]["tags"].as_array().unwrap().iter().any(|tag| tag == access)
        }
        "file" => {
            let path = format!("/events/{}/sessions.csv", ground.event);
            let cookie = person.cookie.clone().unwrap_or_default();
            let file = person.get(&path).header("cookie", cookie).send().await.unwrap().text().await.unwrap();
            file.contains(&format!("For {access},"))
        }
        "single" => !person.ok("query($id: ID!) { session(id: $id) { id } }", id).await["session"].is_null(),
        "node" => !person.ok("query($id: ID!) { node(id: $id) { id } }", id).await["node"].is_null(),
        "pass" => {
            let join = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { pass } }";
            person.ask(join, json!({ "input": { "sessionId": session } })).await["errors"].is_null()
        }
        "cover" | "picture of the text" => {
            let (cover, shown) = &ground.pictures[which];
            let answer = person.look_at(if path == "cover" { cover } else { shown }).await;
            answer.status().is_success()
        }
        "sessionChanged" => {
            let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId session { id } } }";
            let topic = Topic::Event(EventId::parse(&ground.event).unwrap());
            let Some(mut socket) = listens(ground, person, query, topic).await else { return false };
            for changed in [session, &ground.marker] {
                ground.olivia.update_session(changed, json!({ "priority": 0 })).await;
            }
            hears(&mut socket, "sessionChanged", "session", session, &ground.marker).await
        }
        "roomChanged" => {
            let query = "subscription($id: ID!) { roomChanged(eventId: $id) { sessionId } }";
            let topic = Topic::Rooms(EventId::parse(&ground.event).unwrap());
            let Some(mut socket) = listens(ground, person, query, topic).await else { return false };
            for changed in [session, &ground.marker] {
                media.report(room(changed, "account:somebody", 1)).await;
            }
            hears(&mut socket, "roomChanged", "session", session, &ground.marker).await
        }
        "schedule" => {
            let query = "{ event(slug: \"summit\") { segments(first: 100) { nodes { id sessions { id } } } } }";
            let data = person.ok(query, json!({})).await;
            let nodes = data["event"]["segments"]["nodes"].as_array().unwrap();
            let shown = nodes.iter().any(|node| node["id"] == *segment);
            let linked =
                nodes.iter().any(|node| node["sessions"].as_array().unwrap().iter().any(|one| one["id"] == *session));
            assert_eq!(shown, linked, "a segment that leads to one session is shown with it");
            shown
        }
        "segment" => {
            let found = person.ok("query($id: ID!) { segment(id: $id) { id } }", json!({ "id": segment })).await;
            let node = person.ok("query($id: ID!) { node(id: $id) { id } }", json!({ "id": segment })).await;
            assert_eq!(found["segment"], node["node"]);
            !found["segment"].is_null()
        }
        "segments of the session" => {
            let found = person.ok("query($id: ID!) { session(id: $id) { segments { id } } }", id).await;
            found["session"]["segments"].as_array().is_some_and(|segments| !segments.is_empty())
        }
        "segmentChanged" => {
            let query = "subscription($id: ID!) { segmentChanged(eventId: $id) { segmentId segment { id } } }";
            let topic = Topic::Event(EventId::parse(&ground.event).unwrap());
            let Some(mut socket) = listens(ground, person, query, topic).await else { return false };
            for changed in [segment, &ground.marker_segment] {
                ground.olivia.update_segment(changed, json!({})).await;
            }
            hears(&mut socket, "segmentChanged", "segment", segment, &ground.marker_segment).await
        }
        "chat" => {
            let query = "query($id: ID!) { node(id: $id) { ... on Session { chat { revision } messages { nodes { text } } } } }";
            let found = person.ok(query, id).await;
            let read = found["node"]["messages"]["nodes"].as_array().is_some_and(|messages| !messages.is_empty());
            assert_eq!(read, found["node"]["chat"].is_object(), "a chat is read with its messages");
            read
        }
        "people inside" => {
            media.people(session, &[("account:01ARZ3NDEKTSV4RRFFQ69G5FAV", "Somebody")], &[]).await;
            let id = SessionId::parse(session).unwrap();
            while ground.app.app.rooms.with_people(id, |people, _| people.is_empty()) {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
            let query = "query($id: ID!) { session(id: $id) { room { people { totalCount } } } }";
            let found = person.ok(query, json!({ "id": session })).await;
            found["session"]["room"]["people"]["totalCount"].as_i64().is_some_and(|count| count > 0)
        }
        "roomPeopleChanged" => {
            let query = "subscription($id: ID!) { roomPeopleChanged(sessionId: $id) { count } }";
            let mut socket = person.socket().await;
            socket.subscribe("s", query, id).await;
            media.report(room(session, "account:somebody", 1)).await;
            // Whoever may not listen is told so; the others hear of who comes.
            let frame = socket
                .answer_to(async || {
                    let fresh: AccountId = ground.app.app.ids.next();
                    media.people(session, &[(&fresh.to_string(), "Somebody")], &[]).await;
                })
                .await;
            frame["payload"]["errors"].is_null()
        }
        "writing" => person.ask(SEND, message(session, "Hello")).await["errors"].is_null(),
        "messageChanged" => {
            let query = "subscription($id: ID!) { messageChanged(sessionId: $id, afterRevision: 0) { text } }";
            let mut socket = person.socket().await;
            socket.subscribe("s", query, id).await;
            socket.receive().await["payload"]["errors"].is_null()
        }
        "chatChanged" => {
            let query = "subscription($id: ID!) { chatChanged(sessionId: $id) { revision } }";
            let mut socket = person.socket().await;
            socket.subscribe("s", query, id).await;
            let update = "mutation($input: UpdateChatInput!) { updateChat(input: $input) { chat { paused } } }";
            let change = json!({ "input": { "sessionId": session } });
            // Whoever may not listen is told so; the others hear of the change.
            let frame = socket.answer_to(async || _ = ground.olivia.ok(update, change.clone()).await).await;
            frame["payload"]["errors"].is_null()
        }
        "agenda" => {
            let data = person.ok("{ event(slug: \"summit\") { myAgenda } }", json!({})).await;
            data["event"]["myAgenda"].as_array().unwrap().contains(&json!(segment))
        }
        "file of its segment" => read(person, &file(segment)).await.0 == 200,
        "file of its times" => read(person, &format!("/e/summit/sessions/{}.ics", bare(session))).await.0 == 200,
        "feed" => {
            let feed = ground.feeds[who].as_ref();
            let read = async |path| read(&ground.app.stranger(), path).await.1.contains(bare(segment));
            if let Some(feed) = feed { read(feed).await } else { false }
        }
        "replays" => !person.recordings_of(session).await.is_empty(),
        "replay" => !person.recording(&ground.replays[which]).await.is_null(),
        "file of a replay" => person.may_download(&ground.replays[which]).await,
        "recordings" => {
            let query = "query($id: ID!) { event(slug: \"summit\") { recordings(sessionId: $id) { totalCount } } }";
            person.ok(query, id).await["event"]["recordings"]["totalCount"] == 1
        }
        "recordingChanged" => {
            let query = "subscription($id: ID!) { recordingChanged(eventId: $id) { recording { id } deletedId } }";
            let topic = Topic::Recordings(EventId::parse(&ground.event).unwrap());
            let Some(mut socket) = listens(ground, person, query, topic).await else { return false };
            let (wanted, marker) = (&ground.replays[which], ground.replays.last().unwrap());
            for (block, replay) in [(wanted, false), (wanted, true), (marker, false), (marker, true)] {
                ground.olivia.set_replay(block, replay).await.unwrap();
            }
            hears_of_recording(&mut socket, &recording::id(wanted), &recording::id(marker)).await
        }
        other => panic!("no way to try {other}"),
    }
}

/// A socket that listens; nothing for who may not.
async fn listens(ground: &Ground, person: &Person, query: &str, topic: Topic) -> Option<Socket> {
    let mut socket = person.socket().await;
    let before = ground.app.app.feed.listeners(topic);
    socket.subscribe("s", query, json!({ "id": ground.event })).await;
    // Whoever may not listen is told so; whoever may hears of the marker's change sooner or later.
    let refused = tokio::select! {
        frame = socket.receive() => Some(frame),
        () = ground.app.wait_for_listeners(topic, before + 1) => None,
    };
    match refused {
        Some(frame) => {
            assert!(!frame["payload"]["errors"].is_null() || frame["type"] == "error", "{frame}");
            None
        }
        None => Some(socket),
    }
}

/// Whether the socket hears of the thing of this noun before it hears of the marker; not at all when it is refused after all.
async fn hears(socket: &mut Socket, field: &str, noun: &str, wanted: &str, marker: &str) -> bool {
    let id = format!("{noun}Id");
    let mut heard = false;
    loop {
        let frame = socket.receive().await;
        if !frame["payload"]["errors"].is_null() {
            return false;
        }
        let change = &frame["payload"]["data"][field];
        let shown = change.get(noun).is_none_or(|thing| !thing.is_null());
        heard |= change[&id] == wanted && shown;
        if change[&id] == marker {
            return heard;
        }
    }
}

/// The same of recordings, whether they come or go.
async fn hears_of_recording(socket: &mut Socket, wanted: &str, marker: &str) -> bool {
    let mut heard = false;
    loop {
        let frame = socket.receive().await;
        if !frame["payload"]["errors"].is_null() {
            return false;
        }
        let change = &frame["payload"]["data"]["recordingChanged"];
        let id = change["recording"]["id"].as_str().or(change["deletedId"].as_str()).unwrap();
        heard |= id == wanted;
        if id == marker {
            return heard;
        }
    }
}

/// A new field that gives sessions, segments or live rooms, and a new route, must be named above.
#[tokio::test]
async fn every_path_is_named() {
    let app = TestApp::start().await;
    let query =
        "{ __schema { types { kind name possibleTypes { name } fields { name type { name kind ofType { name kind
        ofType { name kind ofType { name kind } } } } } } } }";
    let data = app.stranger().ok(query, json!({})).await;
    let types = data["__schema"]["types"].as_array().unwrap();
    let mut found = routes();
    let carries: Vec<String> =
        types.iter().filter(|kind| gives_sessions(kind)).map(|kind| text(&kind["name"])).collect();
    for parent in types {
        for field in parent["fields"].as_array().into_iter().flatten() {
            let (parent, gives) = (text(&parent["name"]), innermost(&field["type"]));
            let within = parent.ends_with("Connection") || parent.ends_with("Edge") || parent.starts_with("__");
            let is_change = parent == "Mutation";
            if carries.contains(&gives) && !within && !is_change {
                found.push(format!("{parent}.{}", text(&field["name"])));
            }
        }
    }
    let named: Vec<&str> = PATHS
        .iter()
        .flat_map(|(_, _, covers)| covers.iter().copied())
        .chain(NO_PATHS.iter().map(|(name, _)| *name))
        .collect();
    found.retain(|path| !named.contains(&path.as_str()));
    assert!(found.is_empty(), "paths to sessions that PATHS must name, and try: {found:#?}");
}

fn gives_sessions(kind: &Value) -> bool {
    let name = kind["name"].as_str().unwrap();
    let noun = ["Session", "Segment", "RoomState", "Agenda", "Recording", "Chat", "Message"]
        .iter()
        .any(|noun| name.starts_with(noun));
    let any = kind["possibleTypes"].as_array().into_iter().flatten().any(|one| one["name"] == "Session");
    any || noun && kind["kind"] == "OBJECT" && !name.ends_with("Payload")
}

fn innermost(kind: &Value) -> String {
    let mut kind = kind;
    while !kind["ofType"].is_null() {
        kind = &kind["ofType"];
    }
    kind["name"].as_str().unwrap_or_default().to_owned()
}

/// The addresses that the server has, the pages apart.
fn routes() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut files = vec![format!("{folder}/server.rs")];
    files.extend(
        std::fs::read_dir(format!("{folder}/server")).unwrap().map(|file| file.unwrap().path().display().to_string()),
    );
    let mut routes = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(file).unwrap();
        for call in [".route(\"", "resource(\"", "scope(\""] {
            routes.extend(source.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    routes.sort();
    routes.dedup();
    routes
}
