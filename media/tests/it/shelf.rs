//! Blocks of recordings, from the moment in which a crash left them until an api has their files. What renders them here is a
//! script that does what lies beside the packets.

use crate::harness::{FakeApi, Link, Node, SECRET, session, within};
use media::config::Config;
use media::recording::queue::ENVIRONMENT;
use protocol::link::FromApi;
use protocol::pass::key;
use protocol::recording::{Block, BlockEnd, BlockState, Failure, LENGTH_HEADER};
use protocol::room::{Source, Speaker};
use protocol::timeline::{Event, Line, TIMELINE, TIMELINE_VERSION, track_file};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};
use tempfile::TempDir;

const RENDERER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/harness/renderer");

/// Renders.
const WELL: &str = r#"printf film > "$3"; echo '{"done":{"length":1500,"bytes":4}}'"#;

/// Waits for the test to say `go` in the block's folder.
const GO: &str = r#"while [ ! -e "$2/go" ]; do sleep 0.02; done;"#;

/// The recordings of a node as a crash left them.
struct Left(TempDir);

impl Left {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self, block: &str) -> PathBuf {
        self.0.path().join(block)
    }

    /// A block that nobody has ended, and how it is to be rendered. Those with higher numbers are younger.
    fn block(&self, number: u8, plan: &str) -> String {
        let id = format!("01J000000000000000000000{number:02}");
        let folder = self.folder(&id);
        fs::create_dir(&folder).unwrap();
        let ada = Speaker {
            person: "account:ada".into(),
            name: "Ada".into(),
            sources: vec![Source::Microphone],
            muted: Vec::new(),
            lost: false,
        };
        let begin = Event::Begin { version: TIMELINE_VERSION, block: id.clone(), session: session("a") };
        let lines = [begin, Event::OnScreen { speakers: vec![ada] }].map(|event| Line { at: 1_000_000, event });
        let lines = lines.map(|line| serde_json::to_string(&line).unwrap() + "\n").concat();
        fs::write(folder.join(TIMELINE), lines + r#"{"at":2000000,"ev"#).unwrap();
        let mut track = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
        track.extend([0; 16]);
        track.extend([0, 20, 0, 12, 0, 0, 0, 0]);
        track.extend([7; 12]);
        fs::write(folder.join(track_file(0)), track).unwrap();
        fs::write(folder.join("plan"), plan).unwrap();
        id
    }

    fn say(&self, block: &str, word: &str) {
        fs::write(self.folder(block).join(word), "").unwrap();
    }

    /// A node that takes it up, and its link.
    async fn node(&self, api: &mut FakeApi) -> (Node, Link) {
        self.node_with(api, |_config| {}).await
    }

    async fn node_with(&self, api: &mut FakeApi, change: impl FnOnce(&mut Config)) -> (Node, Link) {
        let node = Node::start_with(|config| {
            config.links = vec![api.url()];
            config.recordings = self.0.path().to_owned();
            config.renderer = RENDERER.into();
            change(config);
        })
        .await;
        let (link, _hello) = api.link().await;
        (node, link)
    }
}

/// Looks until it is so.
async fn until(what: &str, is: impl Fn() -> bool) {
    within(what, async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

fn is_failed(block: &Block, failure: Failure) -> bool {
    block.state == BlockState::Failed { failure }
}

fn has_percent(block: &Block, percent: u8) -> bool {
    block.state == BlockState::Processing { percent }
}

/// K6: it is told right after `hello`, rendered, and handed over with the key of the link; then nothing of it is kept.
#[tokio::test]
async fn k6_what_a_crash_left_becomes_a_file() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let id = left.block(1, &format!("{GO} {WELL}"));
    let (_node, mut link) = left.node(&mut api).await;
    let blocks = link.blocks().await;
    let [block] = &blocks[..] else { panic!("one block, not {blocks:?}") };
    assert_eq!((&block.id, &block.session, block.started_at), (&id, &session("a"), 1000));
    assert_eq!((block.end, &block.state), (Some(BlockEnd::Restarted), &BlockState::Processing { percent: 0 }));
    assert!(block.ended_at.unwrap() > block.started_at && block.length > 0 && block.bytes > 0, "{block:?}");

    left.say(&id, "go");
    let stored = link.during(api.stored()).await;
    assert_eq!((stored.path, stored.body.as_slice()), (format!("/media/recordings/{id}"), b"film".as_slice()));
    assert_eq!(stored.headers["authorization"], format!("Bearer {}", key(SECRET, "link")));
    assert_eq!((stored.headers["content-length"].as_str(), stored.headers[LENGTH_HEADER].as_str()), ("4", "1500"));
    until("nothing is left of it", || !left.folder(&id).exists()).await;
}

/// K2: a silence that began before a crash is over when the node is back, more than an hour later.
#[tokio::test]
async fn k2_a_silence_that_outlived_the_node_is_told() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let id = left.block(1, &format!("{GO} {WELL}"));
    let nobody = Line { at: 1_500_000, event: Event::OnScreen { speakers: Vec::new() } };
    let mut timeline = fs::File::options().append(true).open(left.folder(&id).join(TIMELINE)).unwrap();
    write!(timeline, "\n{}\n", serde_json::to_string(&nobody).unwrap()).unwrap();
    let (_node, mut link) = left.node(&mut api).await;
    let block = link.block("the silence", |block| block.end == Some(BlockEnd::Silence)).await;
    assert_eq!((block.id, block.length, block.ended_at), (id, 500, Some(1500 + 3_600_000)));
}

/// K5: how far it is is told in whole percents, and how long the file is.
#[tokio::test]
async fn k5_progress_is_told() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    api.refuse_recordings(&[503, 503, 503]);
    let id = left.block(1, &format!(r#"echo '{{"percent":7}}'; {GO} {WELL}"#));
    let (_node, mut link) = left.node(&mut api).await;
    link.block("7 percent", |block| has_percent(block, 7)).await;
    left.say(&id, "go");
    let done = link.block("all of it", |block| has_percent(block, 100)).await;
    assert_eq!((done.id, done.length), (id, 1500));
}

/// Changes are told together, once a second at the most.
#[tokio::test]
async fn a_hundred_percents_are_not_a_hundred_messages() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    // It is there until it was told.
    api.refuse_recordings(&[503, 503, 503]);
    let percents = r#"for i in $(seq 1 99); do echo "{\"percent\":$i}"; sleep 0.01; done;"#;
    let id = left.block(1, &format!("{GO} {percents} {WELL}"));
    let (_node, mut link) = left.node(&mut api).await;
    assert_eq!(link.blocks().await.len(), 1);
    let began = Instant::now();
    left.say(&id, "go");
    let told = std::cell::Cell::new(0);
    link.block("99 percent or all", |block| {
        told.set(told.get() + 1);
        matches!(block.state, BlockState::Processing { percent: 99.. })
    })
    .await;
    assert!(told.get() <= began.elapsed().as_secs() + 2, "told {} times", told.get());
}

/// An api that is away is no reason to wait with rendering, nor to give up what was rendered.
#[tokio::test]
async fn an_api_that_is_away_gets_it_later() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let (address, id) = (api.address(), left.block(1, &format!("{GO} {WELL}")));
    let (_node, link) = left.node(&mut api).await;
    drop((link, api));
    left.say(&id, "go");
    until("it is rendered", || left.folder(&id).join("recording.mp4").exists()).await;

    let mut api = FakeApi::on(address).await;
    let (mut link, _hello) = api.link().await;
    link.block("it is told once more", |block| block.id == id && has_percent(block, 100)).await;
    assert_eq!(link.during(api.stored()).await.body, b"film");
}

/// K5: a failure says why, and is tried again when somebody says so.
#[tokio::test]
async fn k5_what_failed_is_tried_again() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let fails = r#"echo '{"failed":"DAMAGED","message":"no picture"}'; exit 1"#;
    let id = left.block(1, &format!(r#"if [ -e "$2/better" ]; then {WELL}; else {fails}; fi"#));
    let (_node, mut link) = left.node(&mut api).await;
    link.block("why", |block| is_failed(block, Failure::Damaged)).await;
    assert!(left.folder(&id).join(track_file(0)).exists(), "what was recorded stays");
    left.say(&id, "better");
    link.say(&FromApi::RetryRecording { block: id.clone() }).await;
    assert_eq!(link.during(api.stored()).await.path, format!("/media/recordings/{id}"));
    until("nothing is left of it", || !left.folder(&id).exists()).await;
}

/// A render that ends without saying how, without a file, or not well.
#[tokio::test]
async fn a_render_that_ends_in_another_way_has_failed() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let no_file = r#"echo '{"done":{"length":1500,"bytes":4}}'"#;
    for (number, plan) in (1..).zip(["true", no_file, &format!("{WELL}; exit 3"), "kill -9 $$"]) {
        left.block(number, plan);
    }
    let (_node, mut link) = left.node(&mut api).await;
    let mut failed = BTreeSet::new();
    while failed.len() < 4 {
        let blocks = link.blocks().await.into_iter();
        failed.extend(blocks.filter(|block| is_failed(block, Failure::Encoder)).map(|block| block.id));
    }
}

#[tokio::test]
async fn a_render_that_falls_silent_is_ended() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let id = left.block(1, r#"echo $$ > "$2/number"; exec sleep 1000"#);
    let (_node, mut link) = left.node_with(&mut api, |config| config.render_silence = Duration::from_secs(2)).await;
    link.block("a failure", |block| is_failed(block, Failure::Encoder)).await;
    let process = process(&left.folder(&id).join("number"));
    until("its end", || !process.exists()).await;
}

/// Of a block of a moment, that says a percent again and again.
#[tokio::test]
async fn a_render_that_takes_much_longer_than_the_recording_is_ended() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let plan = r#"echo $$ > "$2/number"; while :; do echo '{"percent":1}'; sleep 0.1; done"#;
    let id = left.block(1, plan);
    // A twentieth of a second after it began.
    let cut_off = UNIX_EPOCH + Duration::from_millis(1050);
    for entry in fs::read_dir(left.folder(&id)).unwrap() {
        let file = fs::File::options().append(true).open(entry.unwrap().path()).unwrap();
        file.set_modified(cut_off).unwrap();
    }
    let change = |config: &mut Config| config.render_spare = Duration::from_secs(2);
    let (_node, mut link) = left.node_with(&mut api, change).await;
    let block = link.block("a failure", |block| is_failed(block, Failure::Encoder)).await;
    assert_eq!(block.length, 50);
    let process = process(&left.folder(&id).join("number"));
    until("its end", || !process.exists()).await;
}

/// Renders that cannot be started: another program is missing, say.
#[tokio::test]
async fn a_renderer_that_is_missing_is_a_failure_of_each_block() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    left.block(1, WELL);
    let (_node, mut link) = left.node_with(&mut api, |config| config.renderer = "/missing/media".into()).await;
    link.block("a failure", |block| is_failed(block, Failure::Encoder)).await;
}

/// The process whose number is in the file.
fn process(number: &Path) -> PathBuf {
    Path::new("/proc").join(fs::read_to_string(number).unwrap().trim())
}

/// What it has started ends with it.
#[tokio::test]
async fn a_block_that_is_deleted_is_not_rendered_on() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let plan =
        r#"sleep 1000 & echo $! > "$2/../other"; echo $$ > "$2/../own.new"; mv "$2/../own.new" "$2/../own"; wait"#;
    let id = left.block(1, plan);
    let (_node, mut link) = left.node(&mut api).await;
    until("a render", || left.folder("own").exists()).await;
    let processes = ["own", "other"].map(|name| process(&left.folder(name)));
    assert!(processes.iter().all(|process| process.exists()));
    link.say(&FromApi::DeleteRecording { block: "01J00000000000000000000099".into() }).await;
    link.say(&FromApi::DeleteRecording { block: id.clone() }).await;
    until("nothing is left of it", || !left.folder(&id).exists()).await;
    until("the end of all that rendered it", || !processes.iter().any(|process| process.exists())).await;
}

/// K7: no more at the same time than they may be, the oldest first.
#[tokio::test]
async fn k7_few_are_rendered_at_the_same_time() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let plan = format!(r#"echo + >> "$2/../log"; touch "$2/started"; {GO} echo - >> "$2/../log"; {WELL}"#);
    let blocks = [1, 2, 3, 4].map(|number| left.block(number, &plan));
    let started = |number: usize| left.folder(&blocks[number]).join("started").exists();
    let (_node, mut link) = left.node_with(&mut api, |config| config.renders = 2).await;
    until("the first two", || started(0) && started(1)).await;
    assert!(!started(2) && !started(3));
    left.say(&blocks[1], "go");
    until("the third", || started(2)).await;
    assert!(!started(3));
    blocks.iter().filter(|block| left.folder(block).exists()).for_each(|block| left.say(block, "go"));
    for _ in &blocks {
        link.during(api.stored()).await;
    }
    let log = fs::read_to_string(left.folder("log")).unwrap();
    let running = log.lines().scan(0, |running, sign| {
        *running += if sign == "+" { 1 } else { -1 };
        Some(*running)
    });
    assert_eq!(running.max(), Some(2), "{log}");
}

/// What its shell here adds to what a render knows of the environment, and where ffmpeg is.
const ADDED: [&str; 5] = ["FFMPEG", "PWD", "OLDPWD", "SHLVL", "_"];

/// K7: what is live goes first. Of the environment it gets nothing that could be a secret; cargo has set more than that for this test.
#[tokio::test]
async fn k7_a_render_is_nice_and_gets_no_secret() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let id = left.block(1, &format!(r#"nice > "$2/../nice"; env > "$2/../environment"; {WELL}"#));
    let (_node, mut link) = left.node_with(&mut api, |config| config.ffmpeg = "/opt/ffmpeg".into()).await;
    assert_eq!(link.during(api.stored()).await.path, format!("/media/recordings/{id}"));
    assert_eq!(fs::read_to_string(left.folder("nice")).unwrap().trim(), "19");
    let environment = fs::read_to_string(left.folder("environment")).unwrap();
    assert!(environment.lines().any(|line| line == "FFMPEG=/opt/ffmpeg"), "{environment}");
    let names = environment.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name);
    let others: Vec<&str> = names.filter(|name| !ENVIRONMENT.contains(name) && !ADDED.contains(name)).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// An api that is busy is asked again, each time after a longer while.
#[tokio::test]
async fn a_busy_api_is_asked_again_later() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    api.refuse_recordings(&[503, 429]);
    let id = left.block(1, WELL);
    let (_node, mut link) = left.node(&mut api).await;
    assert_eq!(link.during(api.stored()).await.status, 503);
    let (first, folder) = (Instant::now(), left.folder(&id));
    assert!(folder.join("recording.mp4").exists());
    assert_eq!(link.during(api.stored()).await.status, 429);
    let second = Instant::now();
    assert!(second - first > Duration::from_millis(900), "after a second");
    let stored = link.during(api.stored()).await;
    assert_eq!((stored.status, stored.body.as_slice()), (200, b"film".as_slice()));
    assert!(second.elapsed() > Duration::from_millis(1900), "after two");
    until("nothing is left of it", || !folder.exists()).await;
}

/// The api says so before it has read what is more than the network holds.
#[tokio::test]
async fn what_the_api_has_deleted_goes() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    api.refuse_recordings(&[410]);
    let id = left.block(1, r#"truncate -s 50M "$3"; echo '{"done":{"length":1500,"bytes":52428800}}'"#);
    let (_node, mut link) = left.node(&mut api).await;
    assert_eq!(link.during(api.stored()).await.status, 410);
    until("nothing is left of it", || !left.folder(&id).exists()).await;
}

/// An api may not know yet of a block; but none is asked for ever.
#[tokio::test]
async fn what_the_api_refuses_again_and_again_has_failed() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    api.refuse_recordings(&[404, 400, 404, 404]);
    let id = left.block(1, WELL);
    let (_node, mut link) = left.node(&mut api).await;
    link.block("a failure", |block| is_failed(block, Failure::Storage)).await;
    for status in [404, 400, 404, 404] {
        assert_eq!(api.stored().await.status, status);
    }
    assert!(left.folder(&id).join("recording.mp4").exists());
}

/// What is too large stays so. The file is there for another try.
#[tokio::test]
async fn what_is_too_large_for_the_api_has_failed() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    api.refuse_recordings(&[413]);
    let id = left.block(1, &format!(r#"echo >> "$2/../renders"; {WELL}"#));
    let (_node, mut link) = left.node(&mut api).await;
    assert_eq!(link.during(api.stored()).await.status, 413);
    link.block("a failure", |block| is_failed(block, Failure::Storage)).await;
    link.say(&FromApi::RetryRecording { block: id }).await;
    assert_eq!(link.during(api.stored()).await.body, b"film");
    assert_eq!(fs::read_to_string(left.folder("renders")).unwrap(), "\n", "it was rendered once");
}

/// A large file comes as it is.
#[tokio::test]
async fn every_byte_is_handed_over() {
    let (left, mut api) = (Left::new(), FakeApi::start().await);
    let plan = r#"head -c 30000000 /dev/urandom > "$3"; cp "$3" "$2/../copy"; echo '{"done":{"length":1500,"bytes":30000000}}'"#;
    left.block(1, plan);
    let (_node, mut link) = left.node(&mut api).await;
    let body = link.during(api.stored()).await.body;
    assert!(body == fs::read(left.folder("copy")).unwrap(), "{} bytes", body.len());
}

/// A render does not live on when its node is killed: the next node begins it anew.
#[test]
fn a_render_ends_with_what_started_it() {
    let left = Left::new();
    let id = left.block(1, r#"echo $$ > "$2/number.new"; mv "$2/number.new" "$2/number"; exec sleep 1000"#);
    let (shelf, number) = (left.0.path().to_owned(), left.folder(&id).join("number"));
    let started = number.clone();
    // As far as the kernel tells, a thread that ends is a process that does; nothing is dropped.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let shelf = media::recording::shelf::Shelf::open(&shelf).unwrap();
            let renders = media::recording::queue::Renders {
                program: RENDERER.into(),
                ffmpeg: "ffmpeg".into(),
                at_once: 1,
                silence: Duration::from_secs(600),
                spare: Duration::from_secs(600),
            };
            tokio::spawn(media::recording::queue::run(shelf, renders));
            until("a render", || started.exists()).await;
        });
        std::mem::forget(runtime);
    })
    .join()
    .unwrap();
    let process = process(&number);
    let began = Instant::now();
    while process.join("exe").read_link().is_ok() {
        assert!(began.elapsed() < crate::harness::LIMIT, "the render goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
}
