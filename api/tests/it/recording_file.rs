//! K5: the files of recordings, from media into the store and from there to whoever may watch them.

use crate::harness::recording::{Ground, block, ended, file, ground, id};
use crate::harness::{FakeMedia, PATIENCE, Person, TestApp};
use api::ids::{Id, RecordingId};
use api::limits;
use api::model;
use api::model::recording::Recording;
use futures_util::stream;
use protocol::recording::{Block, BlockEnd, LENGTH_HEADER};
use reqwest::{Body, Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// More than a part that is written at once.
const SEVERAL_PARTS: usize = 20 * 1024 * 1024 + 7;

/// More than lies between the server and somebody who does not read on.
const LARGE: usize = 48 * 1024 * 1024;

impl Ground {
    /// A block that waits for its file.
    async fn told(&mut self) -> Block {
        let block = ended(&block(&self.app, &self.session), BlockEnd::SwitchedOff);
        self.media.recordings(std::slice::from_ref(&block)).await;
        self.olivia.sees_state(&block, "PROCESSING").await;
        block
    }

    /// The names of what is in the store.
    fn stored(&self) -> Vec<String> {
        let folder = self.app.app.config.data_dir.join("files/recordings");
        let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }

    async fn row(&self, block: &Block) -> Recording {
        let id = RecordingId::parse(&id(block)).unwrap();
        let row = self.app.app.db.read(move |conn| Ok(model::recording::even_deleted(conn, id)?)).await;
        row.unwrap().unwrap()
    }

    async fn wait_for_stored(&self, count: usize) {
        let wait = async {
            while self.stored().len() != count {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("{:?}", self.stored()));
    }
}

/// K5: only who has the secret of the link hands files over, and only of blocks that were told.
#[tokio::test]
async fn k5_files_come_from_media_alone() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let app = &ground.app;
    let without = reqwest::Client::new().put(format!("{}/media/recordings/{}", app.address, block.id));
    assert_eq!(without.body(file(10)).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let wrong = app.put(&block.id, "another key").body(file(10)).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let organizer = app.put(&block.id, "").header("cookie", ground.olivia.cookie.clone().unwrap());
    assert_eq!(organizer.body(file(10)).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    for unknown in ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "nonsense", "..%2f..%2fsecret"] {
        let answer = app.put(unknown, &app.link_key()).body(file(10)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{unknown}");
    }
    assert!(ground.stored().is_empty());
    assert_eq!(app.hand_over(&block, file(10)).await, StatusCode::OK);
    assert_eq!(ground.stored(), [format!("{}.mp4", block.id)]);
}

/// K5: it comes in parts and is what it was; handed over once more it stays, whatever is sent.
#[tokio::test]
async fn k5_a_file_is_handed_over_once() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let bytes = file(SEVERAL_PARTS);
    assert_eq!(ground.app.hand_over(&block, bytes.clone()).await, StatusCode::OK);
    let seen = ground.olivia.recording(&block).await;
    assert_eq!((&seen["state"], &seen["version"]), (&json!("READY"), &json!(2)));
    assert_eq!(ground.app.hand_over(&block, file(SEVERAL_PARTS / 2)).await, StatusCode::OK);
    assert_eq!(ground.olivia.recording(&block).await, seen);
    assert!(ground.olivia.download(&block, &[]).await.bytes().await.unwrap() == bytes, "it is another file");
}

/// K5: how long the film is comes with it, since the link may tell that when nobody listens any more.
#[tokio::test]
async fn k5_a_recording_is_as_long_as_its_film() {
    let mut ground = ground().await;
    for (told, seconds) in [(Some("4000"), 4), (Some("long"), 60), (None, 60)] {
        let block = ground.told().await;
        let request = ground.app.put(&block.id, &ground.app.link_key()).body(file(10));
        let request = told.iter().fold(request, |request, told| request.header(LENGTH_HEADER, *told));
        assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(ground.olivia.sees_state(&block, "READY").await["lengthSeconds"], seconds);
    }
}

/// A8: of many files that cannot be deleted none is in the way of one that can.
#[tokio::test]
async fn a8_a_file_is_deleted_after_many_that_cannot_be() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let like = ground.row(&block).await;
    let app = &ground.app.app;
    let deleted_at = Some(app.clock.now());
    let more = |block| Recording { id: app.ids.next(), block, stored: true, deleted_at, ..like.clone() };
    let stuck = i32::try_from(limits::RECORDINGS_FORGOTTEN).unwrap();
    let mut rows: Vec<Recording> = (2..stuck + 3).map(more).collect();
    rows.sort_by_key(|row| row.id);
    let files: Vec<_> = rows.iter().map(|row| app.config.data_dir.join("files").join(row.file())).collect();
    let (last, others) = files.split_last().unwrap();
    for folder in others {
        // Nobody deletes a folder that is not empty for a file.
        std::fs::create_dir_all(folder.join("full")).unwrap();
    }
    std::fs::write(last, "film").unwrap();
    let insert = move |conn: &mut _| {
        for row in &rows {
            model::recording::insert(conn, row)?;
        }
        Ok(())
    };
    app.db.write(insert).await.unwrap();
    let swept = async {
        while last.exists() {
            ground.app.advance(300);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, swept).await.expect("its file stays");
    assert!(others.iter().all(|folder| folder.exists()));
}

/// K2, K5: when it ended, and why, is heard before its file is taken: nothing is heard of it afterwards. Media tries again meanwhile.
#[tokio::test]
async fn k5_the_file_of_one_whose_end_is_not_heard_waits() {
    let Ground { app, olivia, session, mut media, .. } = ground().await;
    let going = block(&app, &session);
    media.recordings(std::slice::from_ref(&going)).await;
    olivia.sees_state(&going, "RECORDING").await;
    assert_eq!(app.hand_over(&going, file(10)).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(olivia.recording(&going).await["state"], "RECORDING");
    media.recordings(&[ended(&going, BlockEnd::Silence)]).await;
    olivia.sees_state(&going, "PROCESSING").await;
    assert_eq!(app.hand_over(&going, file(10)).await, StatusCode::OK);
    let seen = olivia.recording(&going).await;
    assert_eq!(
        (&seen["state"], &seen["end"], &seen["endedAt"]),
        (&json!("READY"), &json!("SILENCE"), &json!(app.at(0)))
    );
}

/// K5: of two that are handed over at once the recording is one.
#[tokio::test]
async fn k5_two_at_once_are_one() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let bytes = file(SEVERAL_PARTS);
    let (one, other) =
        tokio::join!(ground.app.hand_over(&block, bytes.clone()), ground.app.hand_over(&block, bytes.clone()));
    assert_eq!((one, other), (StatusCode::OK, StatusCode::OK));
    ground.wait_for_stored(1).await;
    assert!(ground.olivia.download(&block, &[]).await.bytes().await.unwrap() == bytes, "it is another file");
}

/// K5: nobody needs the file of what was deleted, and none is kept.
#[tokio::test]
async fn k5_the_file_of_a_deleted_one_is_not_taken() {
    let mut ground = ground().await;
    let block = ground.told().await;
    ground.olivia.on_recording("deleteRecording", &block).await.unwrap();
    assert_eq!(ground.app.hand_over(&block, file(SEVERAL_PARTS)).await, StatusCode::GONE);
    assert!(ground.stored().is_empty());
}

/// K5: deleted while it comes, it is not kept either.
#[tokio::test]
async fn k5_one_that_is_deleted_while_it_comes_is_not_kept() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let (more, rest) = tokio::sync::oneshot::channel();
    let first = stream::iter([Ok::<_, std::io::Error>(file(1_000))]);
    let second = stream::once(async { Ok(rest.await.unwrap()) });
    let body = Body::wrap_stream(stream::StreamExt::chain(first, second));
    let request = ground.app.put(&block.id, &ground.app.link_key()).header("content-length", 2_000).body(body);
    let sent = tokio::spawn(request.send());
    ground.wait_for_stored(1).await;
    ground.olivia.on_recording("deleteRecording", &block).await.unwrap();
    more.send(file(1_000)).unwrap();
    assert_eq!(sent.await.unwrap().unwrap().status(), StatusCode::GONE);
    assert!(ground.stored().is_empty());
    assert_eq!(ground.olivia.recording(&block).await, Value::Null);
    let row = ground.row(&block).await;
    assert!(!row.stored);
    assert_eq!(row.version, 3, "made, deleted, come in");
}

/// K5: what comes in while files of deleted recordings are deleted is found the next time.
#[tokio::test]
async fn k5_one_that_comes_while_files_are_deleted_is_deleted_the_next_time() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let row = ground.row(&block).await;
    let deleted = Recording { deleted_at: Some(ground.app.app.clock.now()), stored: true, ..row };
    let since = Recording { version: deleted.version + 1, ..deleted.clone() };
    let left = |looked: Recording, now: Recording| {
        ground.app.app.db.write(move |conn| {
            model::recording::save(conn, &now)?;
            model::recording::set_gone(conn, &[looked])?;
            Ok(model::recording::left(conn, None, 10)?.len())
        })
    };
    assert_eq!(left(deleted.clone(), since.clone()).await.unwrap(), 1, "a file came after they had looked");
    assert_eq!(left(since.clone(), since).await.unwrap(), 0);
}

/// K5: a file that breaks off leaves nothing, and comes again.
#[tokio::test]
async fn k5_a_broken_one_leaves_nothing() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let address = ground.app.address.strip_prefix("http://").unwrap().to_owned();
    let mut wire = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "PUT /media/recordings/{} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\ncontent-length: 5000\r\n\r\n",
        block.id,
        ground.app.link_key()
    );
    wire.write_all(head.as_bytes()).await.unwrap();
    wire.write_all(&file(4_000)).await.unwrap();
    ground.wait_for_stored(1).await;
    drop(wire);
    ground.wait_for_stored(0).await;
    assert_eq!(ground.olivia.recording(&block).await["state"], "PROCESSING");
    let nothing = ground.app.put(&block.id, &ground.app.link_key()).header("content-length", 0).send().await.unwrap();
    assert_eq!(nothing.status(), StatusCode::BAD_REQUEST, "nothing is no file");
    let endless = Body::wrap_stream(stream::iter([Ok::<_, std::io::Error>(file(10))]));
    let answer = ground.app.put(&block.id, &ground.app.link_key()).body(endless).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::LENGTH_REQUIRED);
    let huge = format!("{}", 65_u64 * 1024 * 1024 * 1024);
    let request = ground.app.put(&block.id, &ground.app.link_key()).header("content-length", huge);
    let refused = request.body(Body::wrap_stream(stream::pending::<std::io::Result<Vec<u8>>>())).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(ground.stored().is_empty());
    assert_eq!(ground.app.hand_over(&block, file(5_000)).await, StatusCode::OK);
    assert_eq!(ground.olivia.recording(&block).await["state"], "READY");
}

/// K5: organizers and moderators always, attendees and strangers not; nobody before it is ready.
#[tokio::test]
async fn k5_hosts_play_and_download() {
    let mut ground = ground().await;
    let block = ground.told().await;
    assert!(!ground.olivia.may_download(&block).await, "there is nothing yet");
    assert_eq!(ground.app.hand_over(&block, file(100)).await, StatusCode::OK);
    let Ground { app, olivia, mo, ada, .. } = &ground;
    for (person, may) in [(olivia, true), (mo, true), (ada, false), (&app.stranger(), false)] {
        assert_eq!(person.may_download(&block).await, may);
    }
    let refused = ada.download(&block, &[]).await;
    let unknown = ada.get("/recordings/01ARZ3NDEKTSV4RRFFQ69G5FAV.mp4").send().await.unwrap();
    assert_eq!(refused.headers()["cache-control"], "no-store");
    assert_eq!(refused.text().await.unwrap(), unknown.text().await.unwrap(), "the same answer as for a wrong id");
}

/// K5: players and downloads ask for parts of it.
#[tokio::test]
async fn k5_any_part_of_it_can_be_asked_for() {
    let mut ground = ground().await;
    let block = ground.told().await;
    let bytes = file(300_000);
    assert_eq!(ground.app.hand_over(&block, bytes.clone()).await, StatusCode::OK);
    let olivia = &ground.olivia;
    let all = olivia.download(&block, &[]).await;
    let header = |answer: &reqwest::Response, name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header(&all, "content-type"), header(&all, "content-length")), ("video/mp4".into(), "300000".into()));
    assert_eq!(
        (header(&all, "accept-ranges"), header(&all, "cache-control")),
        ("bytes".into(), "private, no-store".into())
    );
    let tag = header(&all, "etag");
    assert!(!all.headers().contains_key("content-disposition"));
    assert!(all.bytes().await.unwrap() == bytes);
    for (range, from, to) in [
        ("bytes=0-0", 0, 1),
        ("bytes=200000-", 200_000, 300_000),
        ("bytes=-7", 299_993, 300_000),
        ("bytes=5-999999", 5, 300_000),
    ] {
        let part = olivia.download(&block, &[("range", range), ("if-range", &tag)]).await;
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(header(&part, "content-range"), format!("bytes {from}-{}/300000", to - 1));
        assert!(part.bytes().await.unwrap() == bytes[from..to], "{range}");
    }
    let beyond = olivia.download(&block, &[("range", "bytes=300000-")]).await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&beyond, "content-range"), "bytes */300000");
    for whole in [("range", "bytes=0-1,4-5"), ("range", "lines=1-2")] {
        assert_eq!(olivia.download(&block, &[whole]).await.status(), StatusCode::OK);
    }
    let another = olivia.download(&block, &[("range", "bytes=0-1"), ("if-range", "\"another\"")]).await;
    assert_eq!(another.status(), StatusCode::OK);
    let url = format!("{}/recordings/{}.mp4", ground.app.address, block.id);
    let head = reqwest::Client::new().request(Method::HEAD, url).header("cookie", olivia.cookie.clone().unwrap());
    let head = head.send().await.unwrap();
    assert_eq!((head.status(), header(&head, "content-length")), (StatusCode::OK, "300000".into()));
    assert_eq!(header(&head, "accept-ranges"), "bytes");
    assert!(head.bytes().await.unwrap().is_empty());
}

/// K5: who saves it finds it again by session, date in the event's zone and block.
#[tokio::test]
async fn k5_a_download_has_a_name() {
    let mut ground = ground().await;
    ground.olivia.update_session(&ground.session, json!({ "title": "Über \"Maps\" / Teil 1" })).await;
    let block = ground.told().await;
    assert_eq!(ground.app.hand_over(&block, file(100)).await, StatusCode::OK);
    let path = format!("/recordings/{}.mp4?download=1", block.id);
    let answer = ground.olivia.look_at(&path).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let said = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(said.starts_with("attachment; filename=\"_ber Maps Teil 1 2027-03-01 1.mp4\";"), "{said}");
    let encoded = said.split("filename*=UTF-8''").nth(1).unwrap_or_else(|| panic!("{said}"));
    assert_eq!(encoded, "%C3%9Cber%20Maps%20Teil%201%202027%2D03%2D01%201.mp4");
}

/// What cannot be read is said so, rather than a file that breaks off.
#[tokio::test]
async fn k5_a_file_that_is_lost_is_not_begun() {
    let mut ground = ground().await;
    let block = ground.told().await;
    assert_eq!(ground.app.hand_over(&block, file(100)).await, StatusCode::OK);
    std::fs::remove_file(ground.app.app.config.data_dir.join(format!("files/recordings/{}.mp4", block.id))).unwrap();
    assert_eq!(ground.olivia.download(&block, &[]).await.status(), StatusCode::SERVICE_UNAVAILABLE);
}

/// Reads on until the end, or until it breaks off; gives how much came.
async fn rest(mut answer: reqwest::Response) -> usize {
    let mut read = 0;
    while let Ok(Some(piece)) = answer.chunk().await {
        read += piece.len();
    }
    read
}

/// C6: whoever loses the right to watch it while they download it gets no more of it.
#[tokio::test]
async fn c6_a_download_ends_with_the_right_to_it() {
    let mut ground = ground().await;
    let block = ground.told().await;
    assert_eq!(ground.app.hand_over(&block, file(LARGE)).await, StatusCode::OK);
    let Ground { olivia, mo, ada, session, .. } = &ground;
    olivia.set_replay(&block, true).await.unwrap();
    let begin = async |person: &Person| {
        let mut answer = person.download(&block, &[]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.chunk().await.unwrap().unwrap();
        answer
    };
    let to_the_end = async |answer| tokio::time::timeout(PATIENCE, rest(answer)).await.expect("it does not end");
    let (hers, theirs) = (begin(mo).await, begin(ada).await);
    olivia.set_replay(&block, false).await.unwrap();
    assert!(to_the_end(theirs).await < LARGE - 1_000_000, "it is no replay any more");
    assert!(to_the_end(hers).await > LARGE - 1_000_000, "hosts go on");
    olivia.set_replay(&block, true).await.unwrap();
    let theirs = begin(ada).await;
    olivia.update_session(session, json!({ "watchAccess": "PRIVATE" })).await;
    assert!(to_the_end(theirs).await < LARGE - 1_000_000, "who may watch the session is another question now");
    let hers = begin(olivia).await;
    olivia.ok("mutation { signOut { signedOut } }", json!({})).await;
    assert!(to_the_end(hers).await < LARGE - 1_000_000, "she signed out");
}

/// FILES_URL: what comes is kept in a bucket, and read from there in parts. Only where `TEST_S3_URL` names one, with the `AWS_`
/// settings for it in the environment; CONTRIBUTING.md tells how.
#[tokio::test]
async fn k5_files_are_kept_in_a_bucket() {
    let Ok(url) = std::env::var("TEST_S3_URL") else { return };
    let mut settings = vec![("FILES_URL".to_owned(), url)];
    settings.extend(std::env::vars().filter(|(name, _)| name.starts_with("AWS_")));
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let app = TestApp::start_with(&settings).await;
    app.app.files.check().await.unwrap();
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({ "record": true })).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let bytes = file(SEVERAL_PARTS);
    let block = app.ready(&mut media, &olivia, &session, bytes.clone()).await;
    assert!(olivia.download(&block, &[]).await.bytes().await.unwrap() == bytes, "it is another file");
    let part = olivia.download(&block, &[("range", "bytes=9000000-9000009")]).await;
    assert!(part.bytes().await.unwrap() == bytes[9_000_000..9_000_010]);
    let picture = olivia.picture(&event).await;
    olivia.update_session(&session, json!({ "pictureId": picture })).await;
    let cover = "query($id: ID!) { session(id: $id) { picture { card { url } } } }";
    let cover = olivia.ok(cover, json!({ "id": session })).await;
    let address = cover["session"]["picture"]["card"]["url"].as_str().unwrap().to_owned();
    assert_eq!(olivia.look_at(&address).await.status(), StatusCode::OK);
    olivia.on_recording("deleteRecording", &block).await.unwrap();
    assert!(app.app.files.get(&format!("recordings/{}.mp4", block.id)).await.unwrap().is_none());
    assert!(!app.app.config.data_dir.join("files").exists());
}
