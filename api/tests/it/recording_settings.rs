//! Whether a session is recorded (K1), what media hears of that, and what follows when recording stops by itself (K2).

use crate::harness::recording::{Ground, block, ended, ground};
use crate::harness::{FakeMedia, PATIENCE, Person, room};
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::link::{FromApi, RoomState};
use protocol::recording::{Block, BlockEnd};
use protocol::room::Settings;
use serde_json::{Value, json};
use std::time::Duration;

const UPDATE: &str = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { record } } }";
/// Where browsers reach a second node.
const ELSEWHERE: &str = "wss://other.example.org/signalling";
const ACTIONS: &str =
    "{ event(slug: \"summit\") { hostActions { nodes { action actor { name } session { title } } } } }";

async fn seen(person: &Person, session: &str, field: &str) -> Value {
    let query = format!("query($id: ID!) {{ session(id: $id) {{ {field} }} }}");
    person.ok(&query, json!({ "id": session })).await["session"][field].take()
}

/// The next settings of the session that are newer than `version`.
async fn newer(media: &mut FakeMedia, session: &str, version: i64) -> Settings {
    let newer = |command: &FromApi| match command {
        FromApi::Settings { session: of, settings, .. } => of == session && settings.version > version,
        _ => false,
    };
    let FromApi::Settings { settings, .. } = media.wait_for(newer).await else { unreachable!() };
    settings
}

/// K1: off in a new session; organizers switch it, also while the room is live; everybody sees it, and media hears it with each
/// change and each pass.
#[tokio::test]
async fn k1_organizers_switch_it_and_everybody_and_media_hear() {
    let Ground { app, olivia, event, mo, ada, mut media, .. } = ground().await;
    let session = olivia.session(&event, "Plain", json!({})).await;
    assert_eq!(seen(&ada, &session, "record").await, false);
    assert!(!app.pass(&ada, &session).await.settings.record);
    let mut version = 1;
    for on in [true, false] {
        olivia.update_session(&session, json!({ "record": on })).await;
        let settings = newer(&mut media, &session, version).await;
        version = settings.version;
        assert_eq!(settings.record, on);
        assert_eq!(app.pass(&ada, &session).await.settings.record, on);
        assert_eq!(seen(&ada, &session, "record").await, on);
    }
    let input = json!({ "input": { "id": session, "record": true } });
    for other in [&mo, &ada] {
        assert_eq!(other.code(UPDATE, input.clone()).await, "FORBIDDEN");
    }
    assert_eq!(seen(&ada, &session, "record").await, false);
}

/// K1: pages hear of the setting, and of what is recorded at this moment.
#[tokio::test]
async fn k1_pages_hear_that_it_is_recorded() {
    let Ground { app, olivia, event, session, ada, mut media, .. } = ground().await;
    let (mut sessions, mut rooms) = (ada.socket().await, ada.socket().await);
    let changed = "subscription($id: ID!) { sessionChanged(eventId: $id) { session { record } } }";
    sessions.subscribe("s", changed, json!({ "id": event })).await;
    let changed = "subscription($id: ID!) { roomChanged(eventId: $id) { recording } }";
    rooms.subscribe("s", changed, json!({ "id": event })).await;
    let id = EventId::parse(&event).unwrap();
    app.wait_for_listeners(Topic::Event(id), 1).await;
    app.wait_for_listeners(Topic::Rooms(id), 1).await;
    olivia.update_session(&session, json!({ "record": false })).await;
    assert_eq!(sessions.data("s").await["sessionChanged"]["session"]["record"], false);
    let person = ada.id().await;
    for recording in [true, false] {
        media.report(RoomState { recording, ..room(&session, &person, 1) }).await;
        assert_eq!(rooms.data("s").await["roomChanged"]["recording"], recording);
        let query = "query($id: ID!) { session(id: $id) { room { recording } } }";
        assert_eq!(ada.ok(query, json!({ "id": session })).await["session"]["room"]["recording"], recording);
    }
}

/// K2: after an hour in which nobody was on screen, and when the disk is full, it stops until a host starts it again; hosts see
/// why, media hears of both.
#[tokio::test]
async fn k2_what_has_stopped_by_itself_is_started_again_by_hosts() {
    let Ground { app, olivia, session, mo, ada, mut media, .. } = ground().await;
    let mut version = app.pass(&ada, &session).await.settings.version;
    for (end, shown) in [(BlockEnd::Silence, "SILENCE"), (BlockEnd::Disk, "DISK")] {
        assert_eq!(olivia.start_recording(&session).await, Ok(()), "it has not stopped");
        assert_eq!(app.pass(&ada, &session).await.settings.version, version, "what stays is no change");
        let going = block(&app, &session);
        media.recordings(std::slice::from_ref(&going)).await;
        media.recordings(&[ended(&going, end)]).await;
        let settings = newer(&mut media, &session, version).await;
        version = settings.version;
        assert!(!settings.record && !app.pass(&ada, &session).await.settings.record);
        assert_eq!(seen(&mo, &session, "recordStopped").await, shown);
        assert_eq!(seen(&ada, &session, "recordStopped").await, shown, "who goes on screen may know");
        assert_eq!(seen(&ada, &session, "record").await, true, "the setting stays");
        assert_eq!(ada.start_recording(&session).await, Err("FORBIDDEN".into()));
        assert_eq!(app.stranger().start_recording(&session).await, Err("UNAUTHENTICATED".into()));
        assert_eq!(mo.start_recording(&session).await, Ok(()));
        let settings = newer(&mut media, &session, version).await;
        version = settings.version;
        assert!(settings.record && app.pass(&ada, &session).await.settings.record);
        assert_eq!(seen(&mo, &session, "recordStopped").await, Value::Null);
        // Told again, as when the link is opened anew: that was before.
        media.recordings(&[ended(&going, end)]).await;
        olivia.sees_state(&going, "PROCESSING").await;
        assert_eq!(seen(&mo, &session, "recordStopped").await, Value::Null);
    }
}

/// K2, K3: other ends do not stop it, nor does one in a session that is not recorded any more.
#[tokio::test]
async fn k2_only_silence_and_a_full_disk_stop_it() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    for end in [BlockEnd::Length, BlockEnd::Restarted, BlockEnd::SwitchedOff] {
        let block = ended(&block(&app, &session), end);
        media.recordings(std::slice::from_ref(&block)).await;
        olivia.sees_state(&block, "PROCESSING").await;
        assert_eq!(seen(&olivia, &session, "recordStopped").await, Value::Null, "{end:?}");
    }
    olivia.update_session(&session, json!({ "record": false })).await;
    let last = ended(&block(&app, &session), BlockEnd::Silence);
    media.recordings(std::slice::from_ref(&last)).await;
    olivia.sees_state(&last, "PROCESSING").await;
    olivia.update_session(&session, json!({ "record": true })).await;
    assert_eq!(seen(&olivia, &session, "recordStopped").await, Value::Null);
    assert!(app.pass(&olivia, &session).await.settings.record);
}

/// K2: a second link that is behind tells of what has ended as if it went on: recording does not stop once more by that, nor does the
/// recording begin again.
#[tokio::test]
async fn k2_what_is_told_late_stops_nothing() {
    let Ground { app, olivia, session, mo, mut media, .. } = ground().await;
    let going = block(&app, &session);
    media.recordings(&[ended(&going, BlockEnd::Silence)]).await;
    let stopped = olivia.sees_state(&going, "PROCESSING").await;
    mo.start_recording(&session).await.unwrap();
    let mut late = FakeMedia::link(&app.address, &app.app).await;
    let after = block(&app, &session);
    late.recordings(&[going.clone(), after.clone()]).await;
    olivia.sees_state(&after, "RECORDING").await;
    assert_eq!(olivia.recording(&going).await, stopped);
    late.recordings(&[ended(&going, BlockEnd::Silence), Block { length: 61_000, ..after.clone() }]).await;
    olivia.sees_recording(&after, |seen| seen["lengthSeconds"] == 61).await;
    assert_eq!(seen(&olivia, &session, "recordStopped").await, Value::Null);
}

/// K2: media that has stopped is told what starts it again, and takes no other change of the session for that.
#[tokio::test]
async fn k2_only_what_starts_it_counts_as_a_start() {
    let Ground { app, olivia, session, mo, mut media, .. } = ground().await;
    let before = app.pass(&mo, &session).await.settings;
    let starts = |settings: &Settings| settings.starts - before.starts;
    let mut version = before.version;
    let mut next = async |media: &mut FakeMedia| {
        let settings = newer(media, &session, version).await;
        version = settings.version;
        settings
    };
    olivia.update_session(&session, json!({ "title": "Another name", "record": true })).await;
    assert_eq!(starts(&next(&mut media).await), 0);
    media.recordings(&[ended(&block(&app, &session), BlockEnd::Silence)]).await;
    let settings = next(&mut media).await;
    assert_eq!((settings.record, starts(&settings)), (false, 0));
    mo.start_recording(&session).await.unwrap();
    let settings = next(&mut media).await;
    assert_eq!((settings.record, starts(&settings)), (true, 1));
    for (on, count) in [(false, 1), (true, 2)] {
        olivia.update_session(&session, json!({ "record": on })).await;
        let settings = next(&mut media).await;
        assert_eq!((settings.record, starts(&settings)), (on, count));
    }
}

/// K2, B8: what stops in the ten seconds in which a session is deleted has stopped when that is taken back.
#[tokio::test]
async fn k2_what_stops_while_its_session_is_deleted_has_stopped() {
    let Ground { app, olivia, session, mo, mut media, .. } = ground().await;
    let going = block(&app, &session);
    media.recordings(std::slice::from_ref(&going)).await;
    olivia.sees_state(&going, "RECORDING").await;
    let version = app.pass(&olivia, &session).await.settings.version;
    let delete = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
    olivia.ok(delete, json!({ "input": { "id": session } })).await;
    media.recordings(&[ended(&going, BlockEnd::Silence)]).await;
    olivia.sees_state(&going, "PROCESSING").await;
    let restore = "mutation($input: RestoreSessionInput!) { restoreSession(input: $input) { session { id } } }";
    olivia.ok(restore, json!({ "input": { "id": session } })).await;
    assert!(!newer(&mut media, &session, version).await.record);
    assert_eq!(seen(&mo, &session, "recordStopped").await, "SILENCE");
    assert_eq!(mo.start_recording(&session).await, Ok(()));
}

/// K1, K2: a node that waited for somebody to come back gives up, while they are on another one, which records them: that goes on
/// until nobody is left there either.
#[tokio::test]
async fn k2_silence_on_one_node_stops_nothing_that_another_one_records() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let mut other = FakeMedia::link_as(&app.address, &app.app, ELSEWHERE).await;
    let (here, there) = (block(&app, &session), block(&app, &session));
    for (node, going) in [(&mut media, &here), (&mut other, &there)] {
        node.recordings(std::slice::from_ref(going)).await;
        olivia.sees_state(going, "RECORDING").await;
    }
    let before = app.pass(&olivia, &session).await.settings;
    media.recordings(&[ended(&here, BlockEnd::Silence)]).await;
    let settings = newer(&mut media, &session, before.version).await;
    assert!(settings.record && settings.starts > before.starts, "nor has the one that gave up stopped for good");
    olivia.sees_state(&here, "PROCESSING").await;
    assert_eq!(seen(&olivia, &session, "recordStopped").await, Value::Null);
    assert!(app.pass(&olivia, &session).await.settings.record);
    other.recordings(&[ended(&there, BlockEnd::Silence)]).await;
    olivia.sees_state(&there, "PROCESSING").await;
    assert_eq!(seen(&olivia, &session, "recordStopped").await, "SILENCE");
}

/// K2: of a node that is gone what it left open records nobody.
#[tokio::test]
async fn k2_silence_stops_it_where_another_node_is_gone() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let mut other = FakeMedia::link_as(&app.address, &app.app, ELSEWHERE).await;
    let (here, there) = (block(&app, &session), block(&app, &session));
    for (node, going) in [(&mut media, &here), (&mut other, &there)] {
        node.recordings(std::slice::from_ref(going)).await;
        olivia.sees_state(going, "RECORDING").await;
    }
    drop(other);
    let gone = async {
        while app.app.rooms.has_node(ELSEWHERE) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.expect("the link did not end");
    media.recordings(&[ended(&here, BlockEnd::Silence)]).await;
    olivia.sees_state(&here, "PROCESSING").await;
    assert_eq!(seen(&olivia, &session, "recordStopped").await, "SILENCE");
    assert_eq!(olivia.recording(&there).await["state"], "RECORDING", "it may come back with that");
}

/// K2: who comes back goes on in the same block, so they are led to the node that has it, also when nobody was in the room for long.
#[tokio::test]
async fn k2_who_comes_back_is_led_to_where_the_block_waits() {
    let Ground { app, olivia, event, session, ada, media: _media, .. } = ground().await;
    let mut other = FakeMedia::link_as(&app.address, &app.app, ELSEWHERE).await;
    let waits = block(&app, &session);
    other.recordings(std::slice::from_ref(&waits)).await;
    olivia.sees_state(&waits, "RECORDING").await;
    let plain = olivia.session(&event, "Plain", json!({})).await;
    let join = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { mediaUrl } }";
    // Without that the first node would have both.
    for (session, node) in [(&session, ELSEWHERE), (&plain, ":8081/signalling")] {
        let entered = ada.ok(join, json!({ "input": { "sessionId": session } })).await;
        assert_eq!(entered["joinSession"]["mediaUrl"], node);
    }
}

/// K2: switching it off and on is starting it as well; two hosts who press the button at once start it once.
#[tokio::test]
async fn k2_switching_starts_it_and_of_two_hosts_one_does() {
    let Ground { app, olivia, session, mo, mut media, .. } = ground().await;
    let stop = async |media: &mut FakeMedia| {
        let block = ended(&block(&app, &session), BlockEnd::Silence);
        media.recordings(std::slice::from_ref(&block)).await;
        olivia.sees_state(&block, "PROCESSING").await;
        assert_eq!(seen(&olivia, &session, "recordStopped").await, "SILENCE");
    };
    stop(&mut media).await;
    olivia.update_session(&session, json!({ "record": true })).await;
    assert_eq!(seen(&olivia, &session, "recordStopped").await, "SILENCE", "it was on already");
    for on in [false, true] {
        olivia.update_session(&session, json!({ "record": on })).await;
        assert_eq!(seen(&olivia, &session, "recordStopped").await, Value::Null);
    }
    stop(&mut media).await;
    let starts = app.pass(&mo, &session).await.settings.starts;
    let both = tokio::join!(olivia.start_recording(&session), mo.start_recording(&session));
    assert_eq!(both, (Ok(()), Ok(())), "who comes second finds done what they wanted");
    assert_eq!(app.pass(&mo, &session).await.settings.starts, starts + 1);
    // O2: written down once.
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    let started = log.as_array().unwrap().iter().filter(|line| line["action"] == "STARTED_RECORDING");
    assert_eq!(started.count(), 1);
    olivia.update_session(&session, json!({ "record": false })).await;
    assert_eq!(mo.start_recording(&session).await, Err("CONFLICT".into()), "it is switched off");
}

#[tokio::test]
async fn k2_without_a_node_nobody_could_hear_of_it() {
    let Ground { app, olivia, session, media, .. } = ground().await;
    media.unlink(&app.app).await;
    assert_eq!(olivia.start_recording(&session).await, Err("UNAVAILABLE".into()));
}

/// N1: what attendees make is not recorded, also by organizers; nor is a copy of it unless somebody says so.
#[tokio::test]
async fn n1_sessions_of_attendees_are_not_recorded() {
    let Ground { app: _app, olivia, event, ada, .. } = ground().await;
    let allow = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }";
    olivia.ok(allow, json!({ "input": { "id": event, "attendeesCreateSessions": true } })).await;
    let create =
        "mutation($input: CreateOwnSessionInput!) { createOwnSession(input: $input) { session { id record } } }";
    let input = json!({ "input": { "eventId": event, "title": "Coffee", "moderated": false } });
    let made = ada.ok(create, input).await["createOwnSession"]["session"].take();
    assert_eq!(made["record"], false);
    let on = json!({ "input": { "id": made["id"], "record": true } });
    assert_eq!(olivia.problems(UPDATE, on).await, [("record".into(), "INVALID".into())]);
    let off = json!({ "input": { "id": made["id"], "record": false } });
    assert_eq!(olivia.ok(UPDATE, off).await["updateSession"]["session"]["record"], false);
}

/// B8: the copy of a session whose recording has stopped is recorded from its beginning.
#[tokio::test]
async fn b8_a_copy_does_not_wait_for_a_host() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let block = ended(&block(&app, &session), BlockEnd::Silence);
    media.recordings(std::slice::from_ref(&block)).await;
    olivia.sees_state(&block, "PROCESSING").await;
    let duplicate = "mutation($input: DuplicateSessionInput!) { duplicateSession(input: $input) { session {
        record recordStopped recordings { totalCount } } } }";
    let copy = olivia.ok(duplicate, json!({ "input": { "id": session } })).await["duplicateSession"]["session"].take();
    let expected = json!({ "record": true, "recordStopped": null, "recordings": { "totalCount": 0 } });
    assert_eq!(copy, expected);
}

/// O2: that it was switched on or off, and started again, is written down; not where it stayed.
#[tokio::test]
async fn o2_k1_what_hosts_do_about_recording_is_written_down() {
    let Ground { app, olivia, session, mo, mut media, .. } = ground().await;
    for on in [false, false, true] {
        app.advance(1);
        olivia.update_session(&session, json!({ "record": on })).await;
    }
    let block = ended(&block(&app, &session), BlockEnd::Silence);
    media.recordings(std::slice::from_ref(&block)).await;
    olivia.sees_state(&block, "PROCESSING").await;
    app.advance(1);
    mo.start_recording(&session).await.unwrap();
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    let line = |action: &str, name: &str| json!({ "action": action, "actor": { "name": name }, "session": { "title": "Table" } });
    let expected = json!([
        line("STARTED_RECORDING", "Mo"),
        line("SWITCHED_RECORDING_ON", "Olivia"),
        line("SWITCHED_RECORDING_OFF", "Olivia"),
    ]);
    assert_eq!(log, expected);
}

/// C2: a session of which one knows nothing says nothing of its recording either.
#[tokio::test]
async fn c2_a_private_session_says_nothing_to_others() {
    let Ground { app: _app, olivia, event, ada, media: _media, .. } = ground().await;
    let private = olivia.session(&event, "Secret", json!({ "record": true, "watchAccess": "PRIVATE" })).await;
    assert_eq!(seen(&ada, &private, "record").await, Value::Null);
    assert_eq!(ada.start_recording(&private).await, Err("NOT_FOUND".into()));
}
