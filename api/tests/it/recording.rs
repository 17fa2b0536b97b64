//! K3, K5, B8, A8: recordings follow what media tells of them; organizers see them, try again, delete them.

use crate::harness::recording::{Ground, RECORDING, block, ended, file, ground, id};
use crate::harness::{FakeMedia, PATIENCE, Person, TestApp, text};
use api::feed::Topic;
use api::ids::{EventId, Id};
use protocol::link::FromApi;
use protocol::recording::{Block, BlockEnd, BlockState, Failure};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

const LIST: &str = "query($session: ID, $first: Int, $after: String) { event(slug: \"summit\") { recordingBytes
    recordings(sessionId: $session, first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage
    endCursor } } } }";
const CHANGES: &str = "subscription($id: ID!) { recordingChanged(eventId: $id) { recording { id state percent
    sessionDeleted version } deletedId } }";
const DELETE: &str = "mutation($input: DeleteSessionInput!) { deleteSession(input: $input) { id } }";
const RESTORE: &str = "mutation($input: RestoreSessionInput!) { restoreSession(input: $input) { session { id } } }";
const ACTIONS: &str = "{ event(slug: \"summit\") { hostActions { nodes { action session { title } } } } }";

fn processing(block: &Block, percent: u8) -> Block {
    Block { state: BlockState::Processing { percent }, ..ended(block, BlockEnd::Length) }
}

fn failed(block: &Block, failure: Failure) -> Block {
    Block { state: BlockState::Failed { failure }, ..ended(block, BlockEnd::Length) }
}

async fn listed(person: &Person, variables: Value) -> Value {
    person.ok(LIST, variables).await["event"].take()
}

fn ids(list: &Value) -> Vec<String> {
    list["recordings"]["nodes"].as_array().unwrap().iter().map(|node| text(&node["id"])).collect()
}

fn deletes(block: &Block) -> FromApi {
    FromApi::DeleteRecording { block: block.id.clone() }
}

/// K5: from its first packet to its file; it keeps the title that the session had.
#[tokio::test]
async fn k5_a_recording_follows_what_media_tells() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let going = block(&app, &session);
    media.recordings(std::slice::from_ref(&going)).await;
    let seen = olivia.sees_state(&going, "RECORDING").await;
    let expected = json!({
        "id": id(&going), "sessionId": session, "sessionTitle": "Table", "sessionDeleted": false, "block": 1,
        "startedAt": app.at(-60), "endedAt": null, "lengthSeconds": 60, "bytes": 1000.0, "state": "RECORDING",
        "percent": 0, "end": null, "failure": null, "isReplay": false, "url": null, "version": 1,
    });
    assert_eq!(seen, expected);
    olivia.update_session(&session, json!({ "title": "Another name" })).await;
    media.recordings(&[Block { length: 90_000, bytes: 5_000_000_000, ..going.clone() }]).await;
    let seen = olivia.sees_recording(&going, |seen| seen["version"] == 2).await;
    assert_eq!((&seen["lengthSeconds"], &seen["bytes"]), (&json!(90), &json!(5e9)));
    media.recordings(&[processing(&going, 40)]).await;
    let seen = olivia.sees_state(&going, "PROCESSING").await;
    assert_eq!((&seen["percent"], &seen["end"]), (&json!(40), &json!("LENGTH")));
    assert_eq!((&seen["endedAt"], &seen["sessionTitle"]), (&json!(app.at(0)), &json!("Table")));
    assert_eq!(app.hand_over(&going, file(123)).await, StatusCode::OK);
    let seen = olivia.sees_state(&going, "READY").await;
    assert_eq!((&seen["percent"], &seen["bytes"]), (&json!(100), &json!(123.0)));
    assert_eq!(seen["url"], format!("/recordings/{}.mp4", going.id));
    // The node has it for a moment longer.
    media.recordings(&[processing(&going, 99)]).await;
    let other = block(&app, &session);
    media.recordings(std::slice::from_ref(&other)).await;
    olivia.sees_state(&other, "RECORDING").await;
    assert_eq!(olivia.recording(&going).await, seen, "what is ready stays");
}

/// K3: blocks count within their session, in the order of their time; the number of a deleted one is not given again.
#[tokio::test]
async fn k3_blocks_are_counted_in_each_session() {
    let Ground { app, olivia, event, session, mut media, .. } = ground().await;
    let other = olivia.session(&event, "Other", json!({ "record": true })).await;
    let earlier = |block: Block, seconds: i64| Block { started_at: block.started_at - seconds * 1000, ..block };
    let (second, first) = (block(&app, &session), earlier(block(&app, &session), 7_200));
    let apart = block(&app, &other);
    media.recordings(&[second.clone(), apart.clone(), first.clone()]).await;
    for (block, number) in [(&first, 1), (&second, 2), (&apart, 1)] {
        assert_eq!(olivia.sees_state(block, "RECORDING").await["block"], number);
    }
    olivia.on_recording("deleteRecording", &second).await.unwrap();
    let third = block(&app, &session);
    media.recordings(std::slice::from_ref(&third)).await;
    assert_eq!(olivia.sees_state(&third, "RECORDING").await["block"], 3);
}

/// K5: what is used is said of everything that is kept, also of what is recorded, waits or failed.
#[tokio::test]
async fn k5_what_is_no_file_takes_room_as_well() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let bytes = async || listed(&olivia, json!({})).await["recordingBytes"].as_f64().unwrap();
    let ready = app.ready(&mut media, &olivia, &session, file(10)).await;
    assert!((bytes().await - 10.0).abs() < f64::EPSILON);
    let of = |bytes| Block { bytes, ..block(&app, &session) };
    let (going, waiting, broken) = (of(100), processing(&of(1_000), 7), failed(&of(10_000), Failure::Encoder));
    media.recordings(&[going, waiting, broken.clone()]).await;
    olivia.sees_state(&broken, "FAILED").await;
    assert!((bytes().await - 11_110.0).abs() < f64::EPSILON);
    for gone in [&ready, &broken] {
        olivia.on_recording("deleteRecording", gone).await.unwrap();
    }
    assert!((bytes().await - 1_100.0).abs() < f64::EPSILON);
}

/// K5: the newest first, page by page, of one session or of all, with what their files take; for organizers alone.
#[tokio::test]
async fn k5_organizers_list_them() {
    let Ground { app, olivia, event, session, mo, ada, mut media } = ground().await;
    let other = olivia.session(&event, "Other", json!({ "record": true })).await;
    let mut newest = Vec::new();
    for (number, of) in [&session, &other, &session].into_iter().enumerate() {
        app.advance(60);
        newest.insert(0, id(&app.ready(&mut media, &olivia, of, file(1_000 * (number + 1))).await));
    }
    let all = listed(&olivia, json!({})).await;
    assert_eq!((ids(&all), &all["recordings"]["totalCount"]), (newest.clone(), &json!(3)));
    assert_eq!(all["recordingBytes"], 6_000.0);
    let of_one = listed(&olivia, json!({ "session": session })).await;
    assert_eq!(ids(&of_one), [newest[0].clone(), newest[2].clone()]);
    assert_eq!(of_one["recordings"]["totalCount"], 2);
    let page = listed(&olivia, json!({ "first": 2 })).await;
    assert_eq!((ids(&page), &page["recordings"]["pageInfo"]["hasNextPage"]), (newest[..2].to_vec(), &json!(true)));
    let after = &page["recordings"]["pageInfo"]["endCursor"];
    assert_eq!(ids(&listed(&olivia, json!({ "after": after })).await), newest[2..]);
    for person in [&mo, &ada, &app.stranger()] {
        let nothing = listed(person, json!({})).await;
        assert_eq!((ids(&nothing), &nothing["recordingBytes"]), (vec![], &json!(0.0)));
        assert_eq!(nothing["recordings"]["totalCount"], 0);
    }
}

/// K5: hosts see those of their session there, in its order, page by page; nobody else does.
#[tokio::test]
async fn k5_hosts_see_those_of_their_session() {
    let Ground { app, olivia, session, mo, ada, mut media, .. } = ground().await;
    let mut blocks = Vec::new();
    for _ in 0..3 {
        app.advance(60);
        blocks.push(block(&app, &session));
        media.recordings(&blocks).await;
        olivia.sees_state(blocks.last().unwrap(), "RECORDING").await;
    }
    let in_order: Vec<String> = blocks.iter().map(id).collect();
    for host in [&olivia, &mo] {
        assert_eq!(host.recordings_of(&session).await, in_order);
    }
    let page = "query($id: ID!, $after: String) { session(id: $id) { recordings(first: 2, after: $after) {
        totalCount nodes { block } pageInfo { endCursor hasNextPage hasPreviousPage } } } }";
    let first = mo.ok(page, json!({ "id": session })).await["session"]["recordings"].take();
    let end = json!({ "endCursor": "2", "hasNextPage": true, "hasPreviousPage": false });
    let expected = json!({ "totalCount": 3, "nodes": [{ "block": 1 }, { "block": 2 }], "pageInfo": end });
    assert_eq!(first, expected);
    let rest = mo.ok(page, json!({ "id": session, "after": "2" })).await["session"]["recordings"].take();
    assert_eq!(rest["nodes"], json!([{ "block": 3 }]));
    assert!(ada.recordings_of(&session).await.is_empty());
    assert_eq!(ada.recording(&blocks[0]).await, Value::Null);
    assert_eq!(mo.recording(&blocks[0]).await["id"], in_order[0]);
}

/// K5: a failed one says why, and hosts have it tried again.
#[tokio::test]
async fn k5_a_failed_one_is_tried_again() {
    let Ground { app, olivia, session, mo, ada, mut media, .. } = ground().await;
    let block = block(&app, &session);
    let reasons = [
        (Failure::Empty, "EMPTY"),
        (Failure::Damaged, "DAMAGED"),
        (Failure::Encoder, "ENCODER"),
        (Failure::Disk, "DISK"),
        (Failure::Storage, "STORAGE"),
    ];
    for (failure, shown) in reasons {
        media.recordings(&[failed(&block, failure)]).await;
        let seen = olivia.sees_recording(&block, |seen| seen["failure"] == shown).await;
        assert_eq!((&seen["state"], &seen["percent"]), (&json!("FAILED"), &json!(0)));
    }
    assert_eq!(ada.on_recording("retryRecording", &block).await, Err("NOT_FOUND".into()));
    assert_eq!(app.stranger().on_recording("retryRecording", &block).await, Err("UNAUTHENTICATED".into()));
    assert_eq!(mo.on_recording("retryRecording", &block).await, Ok(()));
    let wanted = FromApi::RetryRecording { block: block.id.clone() };
    media.wait_for(|command| *command == wanted).await;
    let seen = olivia.recording(&block).await;
    assert_eq!((&seen["state"], &seen["percent"]), (&json!("PROCESSING"), &json!(0)));
    assert_eq!(seen["failure"], Value::Null);
    assert_eq!(olivia.on_recording("retryRecording", &block).await, Ok(()), "it is done already");
    assert_eq!(olivia.recording(&block).await, seen);
    // O2: once, as it was done once.
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    assert_eq!(log, json!([{ "action": "RETRIED_RECORDING", "session": { "title": "Table" } }]));
    media.recordings(&[failed(&block, Failure::Encoder)]).await;
    olivia.sees_state(&block, "FAILED").await;
    media.unlink(&app.app).await;
    assert_eq!(olivia.on_recording("retryRecording", &block).await, Err("UNAVAILABLE".into()));
    assert_eq!(olivia.recording(&block).await["state"], "FAILED");
}

/// Two apis on one database hear the same: it is written once, and what is told again changes nothing.
#[tokio::test]
async fn k5_several_apis_hear_the_same() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let other = TestApp::start_with(&[("DATABASE_URL", &app.app.config.database_url)]).await;
    let mut there = FakeMedia::link(&other.address, &other.app).await;
    // The first list of each link has everything; after that each tells what changes.
    let mut told = Vec::new();
    for node in [&mut media, &mut there] {
        told.push(ended(&block(&app, &session), BlockEnd::Length));
        node.recordings(&told).await;
        olivia.sees_state(told.last().unwrap(), "PROCESSING").await;
    }
    for _ in 0..5 {
        told.push(ended(&block(&app, &session), BlockEnd::Silence));
        tokio::join!(media.recordings(&told), there.recordings(&told));
    }
    for block in &told {
        olivia.sees_state(block, "PROCESSING").await;
    }
    let numbers = "query($id: ID!) { session(id: $id) { version recordings { nodes { block version } } } }";
    let before = olivia.ok(numbers, json!({ "id": session })).await["session"].take();
    let rows: Vec<Value> = (1..=7).map(|block| json!({ "block": block, "version": 1 })).collect();
    assert_eq!(before["recordings"]["nodes"], json!(rows));
    // What a node tells is taken one after the other: with the last one, what was told before it is written.
    for node in [&mut media, &mut there] {
        node.recordings(&told).await;
        let last = block(&app, &session);
        node.recordings(std::slice::from_ref(&last)).await;
        olivia.sees_state(&last, "RECORDING").await;
    }
    let after = olivia.ok(numbers, json!({ "id": session })).await["session"].take();
    assert_eq!(after["version"], before["version"], "recording stopped once");
    assert_eq!(after["recordings"]["nodes"].as_array().unwrap()[..7], rows);
}

/// What a node says that makes no sense here costs nothing but itself.
#[tokio::test]
async fn k5_blocks_of_nobody_are_passed_over() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let known = block(&app, &session);
    let unknown = block(&app, "session:01ARZ3NDEKTSV4RRFFQ69G5FAV");
    let nonsense = Block { id: "../../etc".into(), ..block(&app, &session) };
    let strange = Block { session: "room 5".into(), ..block(&app, &session) };
    let never = Block { started_at: i64::MAX, ..block(&app, &session) };
    media.recordings(&[nonsense, unknown.clone(), strange.clone(), never.clone(), known.clone()]).await;
    olivia.sees_state(&known, "RECORDING").await;
    for block in [unknown, strange, never] {
        assert_eq!(olivia.recording(&block).await, Value::Null);
    }
    assert_eq!(listed(&olivia, json!({})).await["recordings"]["totalCount"], 1);
}

/// K6: what a node told of as its own and has not any more after it linked anew is lost, and says so; what is ready, and what other
/// nodes have, stays.
#[tokio::test]
async fn k6_what_a_node_has_lost_says_so() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let ready = app.ready(&mut media, &olivia, &session, file(10)).await;
    let (lost, kept) = (block(&app, &session), block(&app, &session));
    let ready_told = ended(&ready, BlockEnd::SwitchedOff);
    media.recordings(&[lost.clone(), kept.clone(), ready_told]).await;
    olivia.sees_state(&kept, "RECORDING").await;
    // A list that only says what changed.
    media.recordings(&[processing(&kept, 1)]).await;
    olivia.sees_state(&kept, "PROCESSING").await;
    assert_eq!(olivia.recording(&lost).await["state"], "RECORDING");
    drop(media);
    let mut again = FakeMedia::link(&app.address, &app.app).await;
    again.recordings(&[processing(&kept, 2)]).await;
    let seen = olivia.sees_state(&lost, "FAILED").await;
    assert_eq!((&seen["failure"], &seen["bytes"]), (&json!("DAMAGED"), &json!(0.0)));
    assert_eq!(seen["endedAt"], app.at(0));
    assert_eq!(olivia.on_recording("retryRecording", &lost).await, Err("CONFLICT".into()), "there is nothing to try");
    assert_eq!(olivia.recording(&ready).await["state"], "READY");
    assert_eq!(olivia.recording(&kept).await["state"], "PROCESSING");
    // Its disk is back.
    again.recordings(std::slice::from_ref(&lost)).await;
    assert_eq!(olivia.sees_state(&lost, "RECORDING").await["failure"], Value::Null);
    let mut elsewhere = FakeMedia::link_as(&app.address, &app.app, "wss://other.example.org/signalling").await;
    let theirs = block(&app, &session);
    elsewhere.recordings(std::slice::from_ref(&theirs)).await;
    olivia.sees_state(&theirs, "RECORDING").await;
    assert_eq!(olivia.recording(&lost).await["state"], "RECORDING", "another node has nothing to say of it");
}

/// K6: one that could not even begin keeps its reason, though its node has nothing that would tell it again after a restart.
#[tokio::test]
async fn k6_what_could_not_be_written_goes_on_to_say_why() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let never = Block { bytes: 0, end: Some(BlockEnd::Disk), ..failed(&block(&app, &session), Failure::Disk) };
    media.recordings(std::slice::from_ref(&never)).await;
    let seen = olivia.sees_state(&never, "FAILED").await;
    assert_eq!(olivia.on_recording("retryRecording", &never).await, Err("CONFLICT".into()), "there is nothing to try");
    drop(media);
    let mut again = FakeMedia::link(&app.address, &app.app).await;
    let next = block(&app, &session);
    again.recordings(std::slice::from_ref(&next)).await;
    olivia.sees_state(&next, "RECORDING").await;
    assert_eq!((&seen["failure"], &olivia.recording(&never).await), (&json!("DISK"), &seen));
}

/// K5: organizers delete, with the file; a node that still has it is told, now and later.
#[tokio::test]
async fn k5_organizers_delete_them() {
    let Ground { app, olivia, session, mo, ada, mut media, .. } = ground().await;
    let ready = app.ready(&mut media, &olivia, &session, file(1_000)).await;
    let on_disk = app.app.config.data_dir.join("files/recordings").join(format!("{}.mp4", ready.id));
    assert!(on_disk.exists());
    assert_eq!(app.stranger().on_recording("deleteRecording", &ready).await, Err("UNAUTHENTICATED".into()));
    assert_eq!(ada.on_recording("deleteRecording", &ready).await, Err("NOT_FOUND".into()));
    assert_eq!(mo.on_recording("deleteRecording", &ready).await, Err("FORBIDDEN".into()));
    mo.set_replay(&ready, true).await.unwrap();
    assert_eq!(ada.on_recording("deleteRecording", &ready).await, Err("FORBIDDEN".into()), "it can be seen now");
    let (one, other) =
        tokio::join!(olivia.on_recording("deleteRecording", &ready), olivia.on_recording("deleteRecording", &ready));
    let mut both = [one, other];
    both.sort();
    assert_eq!(both, [Ok(()), Err("NOT_FOUND".into())], "of two at once one deletes it");
    media.wait_for(|command| *command == deletes(&ready)).await;
    assert!(!on_disk.exists());
    assert_eq!(olivia.recording(&ready).await, Value::Null);
    let list = listed(&olivia, json!({})).await;
    assert_eq!((&list["recordings"]["totalCount"], &list["recordingBytes"]), (&json!(0), &json!(0.0)));
    assert!(olivia.recordings_of(&session).await.is_empty());
    assert!(!olivia.may_download(&ready).await);
    // A node that was away.
    drop(media);
    let mut later = FakeMedia::link(&app.address, &app.app).await;
    later.recordings(&[processing(&ready, 50)]).await;
    later.wait_for(|command| *command == deletes(&ready)).await;
    assert_eq!(olivia.recording(&ready).await, Value::Null);
}

/// One that goes on is deleted as well; recording goes on in the next one.
#[tokio::test]
async fn k5_one_that_goes_on_is_deleted_as_well() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let going = block(&app, &session);
    media.recordings(std::slice::from_ref(&going)).await;
    olivia.sees_state(&going, "RECORDING").await;
    olivia.on_recording("deleteRecording", &going).await.unwrap();
    media.wait_for(|command| *command == deletes(&going)).await;
    let next = block(&app, &session);
    media.recordings(&[ended(&going, BlockEnd::Silence), next.clone()]).await;
    olivia.sees_state(&next, "RECORDING").await;
    assert_eq!(olivia.recording(&going).await, Value::Null);
    let stopped = "query($id: ID!) { session(id: $id) { recordStopped } }";
    assert_eq!(olivia.ok(stopped, json!({ "id": session })).await["session"]["recordStopped"], Value::Null);
}

/// B8: before a session is deleted one sees how many recordings it has; they stay after it, for organizers alone.
#[tokio::test]
async fn b8_recordings_outlive_their_session() {
    let Ground { app, olivia, session, mo, ada, mut media, .. } = ground().await;
    let ready = app.ready(&mut media, &olivia, &session, file(100)).await;
    let going = block(&app, &session);
    media.recordings(std::slice::from_ref(&going)).await;
    olivia.sees_state(&going, "RECORDING").await;
    mo.set_replay(&ready, true).await.unwrap();
    let count = "query($id: ID!) { session(id: $id) { recordings { totalCount } } }";
    for (person, expected) in [(&olivia, 2), (&mo, 2), (&ada, 1)] {
        let data = person.ok(count, json!({ "id": session })).await;
        assert_eq!(data["session"]["recordings"]["totalCount"], expected);
    }
    olivia.ok(DELETE, json!({ "input": { "id": session } })).await;
    for gone_for_good in [false, true] {
        if gone_for_good {
            app.advance(10);
            media.wait_for(|command| matches!(command, FromApi::Close { session: of, .. } if *of == session)).await;
        }
        let seen = olivia.recording(&ready).await;
        assert_eq!((&seen["sessionDeleted"], &seen["sessionTitle"]), (&json!(true), &json!("Table")));
        assert!(olivia.may_download(&ready).await);
        assert_eq!(listed(&olivia, json!({ "session": session })).await["recordings"]["totalCount"], 2);
        for other in [&mo, &ada] {
            assert_eq!(other.recording(&ready).await, Value::Null);
            assert!(!other.may_download(&ready).await);
        }
    }
    // Media goes on to tell of it, and organizers do with it what they like.
    media.recordings(&[processing(&going, 7)]).await;
    olivia.sees_state(&going, "PROCESSING").await;
    assert_eq!(app.hand_over(&going, file(10)).await, StatusCode::OK);
    assert_eq!(olivia.sees_state(&going, "READY").await["sessionDeleted"], true);
    assert_eq!(olivia.on_recording("deleteRecording", &going).await, Ok(()));
    let log = olivia.ok(ACTIONS, json!({})).await["event"]["hostActions"]["nodes"].take();
    assert_eq!(log[0], json!({ "action": "DELETED_RECORDING", "session": null }));
}

/// B8: a node that could not tell of a block before its session was gone for good is heard all the same.
#[tokio::test]
async fn b8_what_is_told_after_its_session_is_gone_is_not_lost() {
    let Ground { app, olivia, event, session, mut media, .. } = ground().await;
    let off = olivia.session(&event, "Switched off", json!({ "record": true })).await;
    olivia.update_session(&off, json!({ "record": false })).await;
    let never = olivia.session(&event, "Never", json!({})).await;
    for id in [&session, &off, &never] {
        olivia.ok(DELETE, json!({ "input": { "id": id } })).await;
    }
    app.advance(10);
    media.wait_for(|command| matches!(command, FromApi::Close { .. })).await;
    let [unknown, late, other] = [&never, &session, &off].map(|of| ended(&block(&app, of), BlockEnd::Silence));
    media.recordings(&[unknown.clone(), late.clone(), other.clone()]).await;
    for (block, title) in [(&late, "Table"), (&other, "Switched off")] {
        let seen = olivia.sees_state(block, "PROCESSING").await;
        assert_eq!((&seen["sessionDeleted"], &seen["sessionTitle"]), (&json!(true), &json!(title)));
        assert_eq!(seen["block"], 1);
        assert_eq!(app.hand_over(block, file(10)).await, StatusCode::OK);
    }
    assert_eq!(olivia.recording(&unknown).await, Value::Null, "nobody had it recorded");
}

/// K5: organizers hear of every change; attendees of none that is not theirs to see.
#[tokio::test]
async fn k5_organizers_hear_of_every_change() {
    let Ground { app, olivia, event, session, ada, mut media, .. } = ground().await;
    let (mut hers, mut theirs) = (olivia.socket().await, ada.socket().await);
    for socket in [&mut hers, &mut theirs] {
        socket.subscribe("s", CHANGES, json!({ "id": event })).await;
    }
    app.wait_for_listeners(Topic::Recordings(EventId::parse(&event).unwrap()), 2).await;
    let block = block(&app, &session);
    let mut next = async || hers.data("s").await["recordingChanged"].take();
    let changed = |state: &str, percent: i32, deleted: bool, version: i32| {
        json!({ "recording": { "id": id(&block), "state": state, "percent": percent, "sessionDeleted": deleted,
            "version": version }, "deletedId": null })
    };
    media.recordings(std::slice::from_ref(&block)).await;
    assert_eq!(next().await, changed("RECORDING", 0, false, 1));
    media.recordings(&[processing(&block, 3)]).await;
    assert_eq!(next().await, changed("PROCESSING", 3, false, 2));
    media.recordings(&[failed(&block, Failure::Encoder)]).await;
    assert_eq!(next().await, changed("FAILED", 0, false, 3));
    olivia.on_recording("retryRecording", &block).await.unwrap();
    assert_eq!(next().await, changed("PROCESSING", 0, false, 4));
    app.hand_over(&block, file(10)).await;
    assert_eq!(next().await, changed("READY", 100, false, 5));
    olivia.ok(DELETE, json!({ "input": { "id": session } })).await;
    assert_eq!(next().await, changed("READY", 100, true, 5));
    olivia.ok(RESTORE, json!({ "input": { "id": session } })).await;
    assert_eq!(next().await, changed("READY", 100, false, 5));
    olivia.on_recording("deleteRecording", &block).await.unwrap();
    assert_eq!(next().await, json!({ "recording": null, "deletedId": id(&block) }));
    // What attendees hear of comes after all that.
    let replay = app.ready(&mut media, &olivia, &session, file(10)).await;
    olivia.set_replay(&replay, true).await.unwrap();
    assert_eq!(theirs.data("s").await["recordingChanged"]["recording"]["id"], id(&replay));
}

/// K5, K8: moderators hear of those of their session as long as they may watch it, and need not reload to see what became of one.
#[tokio::test]
async fn k5_moderators_hear_of_those_of_their_session() {
    let Ground { app, olivia, event, session, mo, mut media, .. } = ground().await;
    let other = olivia.session(&event, "Other", json!({ "record": true, "shareAccess": "MODERATED" })).await;
    let mut socket = mo.socket().await;
    socket.subscribe("s", CHANGES, json!({ "id": event })).await;
    app.wait_for_listeners(Topic::Recordings(EventId::parse(&event).unwrap()), 1).await;
    let (elsewhere, block) = (block(&app, &other), block(&app, &session));
    let mut next = async || socket.data("s").await["recordingChanged"].take();
    let changed = |state: &str, percent: i32, version: i32| {
        json!({ "recording": { "id": id(&block), "state": state, "percent": percent, "sessionDeleted": false,
            "version": version }, "deletedId": null })
    };
    media.recordings(&[elsewhere.clone(), block.clone()]).await;
    assert_eq!(next().await, changed("RECORDING", 0, 1));
    media.recordings(&[Block { length: 90_000, ..block.clone() }]).await;
    olivia.sees_recording(&block, |seen| seen["version"] == 2).await;
    media.recordings(&[processing(&elsewhere, 3), processing(&block, 3)]).await;
    assert_eq!(next().await, changed("PROCESSING", 3, 3), "that it is longer is not told");
    assert_eq!(app.hand_over(&block, file(10)).await, StatusCode::OK);
    assert_eq!(next().await, changed("READY", 100, 4));
    for (replay, version) in [(true, 5), (false, 6)] {
        olivia.set_replay(&block, replay).await.unwrap();
        assert_eq!(next().await, changed("READY", 100, version), "it is there for a host in either case");
    }
    // C5: a moderator who may not watch it sees nothing of it.
    olivia.update_session(&session, json!({ "watchAccess": "PRIVATE" })).await;
    olivia.set_replay(&block, true).await.unwrap();
    olivia.update_session(&session, json!({ "watchAccess": "ANYONE" })).await;
    olivia.on_recording("deleteRecording", &block).await.unwrap();
    assert_eq!(next().await, json!({ "recording": null, "deletedId": id(&block) }));
}

/// A8: what an event keeps for a day is gone after it, with its file; what goes on, and what is kept for ever, stays.
#[tokio::test]
async fn a8_recordings_go_when_their_time_is_over() {
    let Ground { app, olivia, event, session, ada, mut media, .. } = ground().await;
    let update =
        "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { recordingRetentionDays } } }";
    for wrong in [0, 3_651] {
        let input = json!({ "input": { "id": event, "recordingRetentionDays": wrong } });
        assert_eq!(olivia.problems(update, input).await, [("recordingRetentionDays".into(), "OUT_OF_RANGE".into())]);
    }
    let input = json!({ "input": { "id": event, "recordingRetentionDays": 1 } });
    let set = olivia.ok(update, input.clone()).await["updateEvent"]["event"].take();
    assert_eq!(set["recordingRetentionDays"], 1);
    assert_eq!(ada.code(update, input).await, "FORBIDDEN");
    let other = app.live_event(&olivia, "other").await;
    let elsewhere = olivia.session(&other, "Kept", json!({ "record": true })).await;
    let old = app.ready(&mut media, &olivia, &session, file(10)).await;
    let kept = app.ready(&mut media, &olivia, &elsewhere, file(10)).await;
    let going = block(&app, &session);
    media.recordings(std::slice::from_ref(&going)).await;
    olivia.sees_state(&going, "RECORDING").await;
    app.advance(12 * 3600);
    let younger = app.ready(&mut media, &olivia, &session, file(10)).await;
    app.advance(12 * 3600 + 60);
    olivia.sees_recording(&old, Value::is_null).await;
    media.wait_for(|command| *command == deletes(&old)).await;
    assert!(!olivia.may_download(&old).await);
    for block in [&kept, &going, &younger] {
        assert_ne!(olivia.recording(block).await, Value::Null);
    }
    let folder = app.app.config.data_dir.join("files/recordings");
    let swept = async {
        while folder.join(format!("{}.mp4", old.id)).exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, swept).await.expect("its file stays");
    assert!(folder.join(format!("{}.mp4", younger.id)).exists());
    let input = json!({ "input": { "id": event, "recordingRetentionDays": null } });
    assert_eq!(olivia.ok(update, input).await["updateEvent"]["event"]["recordingRetentionDays"], Value::Null);
}

/// A8: a recording is of a session and of nobody alone: the end of an account leaves it, and its data names it not.
#[tokio::test]
async fn a8_recordings_stay_when_an_account_ends() {
    let Ground { app, olivia, session, mo, mut media, .. } = ground().await;
    let ready = app.ready(&mut media, &olivia, &session, file(10)).await;
    let cookie = mo.cookie.clone().unwrap();
    let data = mo.get("/account/data.json").header("cookie", cookie).send().await.unwrap().text().await.unwrap();
    assert!(!data.contains(&ready.id), "{data}");
    let delete = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }";
    mo.ok(delete, json!({ "input": { "confirmation": crate::harness::PASSWORD } })).await;
    assert_eq!(olivia.recording(&ready).await["state"], "READY");
}

/// K5: the list of an event has everything that is to be seen of each.
#[tokio::test]
async fn k5_everything_of_a_recording_is_in_the_list_of_its_event() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let ready = app.ready(&mut media, &olivia, &session, file(10)).await;
    let query = format!("{{ event(slug: \"summit\") {{ recordings {{ nodes {{ {RECORDING} }} }} }} }}");
    let listed = olivia.ok(&query, json!({})).await["event"]["recordings"]["nodes"].take();
    assert_eq!(listed, json!([olivia.recording(&ready).await]));
}
