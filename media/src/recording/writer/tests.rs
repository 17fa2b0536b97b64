use super::*;
use crate::recording::intake::LIMIT;
use protocol::recording::{BlockState, Failure};
use protocol::timeline::{Codec, Line, TIMELINE, track_file};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A writer that is told what to do, and its folder.
struct Desk {
    recordings: TempDir,
    intake: Arc<Intake>,
    facts: UnboundedReceiver<Fact>,
}

impl Desk {
    fn new() -> Self {
        let recordings = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(recordings.path()).unwrap();
        let intake = Arc::new(Intake::new(LIMIT, || panic!("more than fits")));
        let (sender, facts) = unbounded_channel();
        Writer::start("session:a", shelf, Arc::clone(&intake), (sender, 1)).unwrap();
        let desk = Self { recordings, intake, facts };
        desk.folder();
        desk
    }

    /// The folder of the first block, which the thread begins by itself.
    fn folder(&self) -> PathBuf {
        loop {
            if let [folder] = &folders(self.recordings.path())[..] {
                return folder.clone();
            }
            thread::yield_now();
        }
    }

    fn order(&self, order: Order) {
        self.intake.order(order);
    }

    /// A tap of Ada begins, with a packet.
    fn tap(&self, tap: TapId) {
        let codec =
            Codec { mime: "video/VP8".into(), payload_type: 101, clock_rate: 90_000, channels: 0, ssrc: 1000 + tap };
        let track = Track { person: "ada".into(), source: Source::Camera, codec, level: None };
        self.order(Order::Track { at: clock::now(), tap, track });
        self.intake.rtp(tap, &[tap as u8; 20]);
    }

    /// The last order; gives the folders of the blocks when all is done, the first one first.
    fn end(mut self, end: BlockEnd) -> (Vec<PathBuf>, TempDir) {
        self.order(Order::End { at: clock::now(), end });
        while self.facts.blocking_recv().is_some_and(|fact| !matches!(fact, Fact::WriterOver)) {}
        (folders(self.recordings.path()), self.recordings)
    }
}

fn folders(recordings: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(recordings).unwrap().map(|entry| entry.unwrap().path());
    let begun = |path: &PathBuf| fs::read_to_string(path.join(TIMELINE)).is_ok_and(|text| text.contains('\n'));
    let mut folders: Vec<PathBuf> = entries.filter(begun).collect();
    folders.sort_by_key(|folder| lines(folder)[0].at);
    folders
}

fn lines(folder: &Path) -> Vec<Line> {
    let text = fs::read_to_string(folder.join(TIMELINE)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What a timeline says, in short.
fn told(folder: &Path) -> Vec<String> {
    let short = |line: Line| match line.event {
        Event::Begin { .. } => "begin".into(),
        Event::OnScreen { speakers } => format!("{} on screen", speakers.len()),
        Event::Track { track, .. } => format!("track {track}"),
        Event::TrackEnd { track } => format!("end of {track}"),
        Event::Speaking { speaking, .. } => format!("speaking {speaking}"),
        Event::End { end } => format!("{end:?}"),
    };
    lines(folder).into_iter().map(short).collect()
}

/// The packets of a track, each by its first byte.
fn packets(folder: &Path, track: u32) -> Vec<u8> {
    let file = fs::read(folder.join(track_file(track))).unwrap();
    let head = b"#!rtpplay1.0 127.0.0.1/0\n".len() + 16;
    file[head..].chunks(8 + 20).map(|record| record[8]).collect()
}

#[test]
fn what_comes_is_written_to_the_track_of_its_tap() {
    let desk = Desk::new();
    desk.tap(1);
    desk.tap(2);
    desk.intake.rtp(1, &[7; 20]);
    desk.intake.rtp(3, &[3; 20]);
    desk.order(Order::TrackEnd { at: clock::now(), tap: 1 });
    desk.intake.rtp(1, &[8; 20]);
    let (blocks, _recordings) = desk.end(BlockEnd::SwitchedOff);
    let [block] = &blocks[..] else { panic!("{blocks:?}") };
    assert_eq!(told(block), ["begin", "track 0", "track 1", "end of 0", "SwitchedOff"]);
    assert_eq!(
        (packets(block, 0), packets(block, 1)),
        (vec![1, 7], vec![2]),
        "nothing of who has no track, or has ended"
    );
}

/// K3: the next block has what is sent still, from before it began; the one before takes what comes late.
#[test]
fn k3_the_next_block_goes_on_with_the_tracks_that_are_open() {
    let desk = Desk::new();
    desk.order(Order::OnScreen { at: clock::now(), speakers: Vec::new() });
    for tap in [1, 2] {
        desk.tap(tap);
    }
    desk.order(Order::Prepare { at: clock::now() });
    desk.intake.rtp(1, &[11; 20]);
    desk.intake.rtp(2, &[12; 20]);
    desk.order(Order::TrackEnd { at: clock::now(), tap: 1 });
    desk.tap(3);
    let change = clock::now();
    desk.order(Order::Follow { at: change });
    desk.intake.rtp(2, &[22; 20]);
    desk.tap(4);
    let (blocks, _recordings) = desk.end(BlockEnd::Silence);
    let [a, b] = &blocks[..] else { panic!("{blocks:?}") };
    assert_eq!(
        told(a),
        ["begin", "0 on screen", "track 0", "track 1", "end of 0", "track 2", "Length"],
        "its end is the last that it says"
    );
    assert_eq!((packets(a, 0), packets(a, 1), packets(a, 2)), (vec![1, 11], vec![2, 12, 22], vec![3]));
    let mut said = told(b);
    said[2..4].sort_unstable();
    let (first, second) = (said[2].clone(), said[3].clone());
    assert_eq!(said, ["begin", "0 on screen", first.as_str(), second.as_str(), "track 3", "Silence"]);
    let number = |track: &str| -> u32 { track.strip_prefix("track ").unwrap().parse().unwrap() };
    let mut of_b = [packets(b, number(&first)), packets(b, number(&second))];
    of_b.sort_unstable();
    assert_eq!(of_b, [vec![3], vec![12, 22]], "not of who had ended by then");
    assert_eq!(packets(b, 3), [4]);
    assert_eq!((lines(a).last().unwrap().at, lines(b)[0].at), (change, change));
    assert!(!a.join("next").exists());
}

#[test]
fn k3_what_was_prepared_and_is_not_needed_is_removed() {
    let desk = Desk::new();
    desk.tap(1);
    desk.order(Order::Prepare { at: clock::now() });
    desk.order(Order::Discard);
    desk.order(Order::Prepare { at: clock::now() });
    desk.intake.rtp(1, &[11; 20]);
    let (blocks, _recordings) = desk.end(BlockEnd::SwitchedOff);
    let [block] = &blocks[..] else { panic!("{blocks:?}") };
    assert_eq!(packets(block, 0), [1, 11]);
    assert!(!block.join("next").exists());
}

/// What cannot be written is said once, and everything after it is left until the last order comes.
#[test]
fn a_failure_is_said_once_and_ends_nothing_by_itself() {
    let mut desk = Desk::new();
    desk.tap(1);
    let folder = desk.folder();
    fs::write(folder.join(track_file(1)), "in the way").unwrap();
    desk.tap(2);
    desk.tap(3);
    let Some(Fact::Failed { capture: 1, problem }) = desk.facts.blocking_recv() else { panic!("a failure") };
    assert!(problem.contains("exists"), "{problem}");
    desk.order(Order::End { at: clock::now(), end: BlockEnd::Disk });
    assert!(matches!(desk.facts.blocking_recv(), Some(Fact::WriterOver)), "no other failure");
    assert_eq!(told(&folder), ["begin", "track 0", "Disk"]);
    assert_eq!(packets(&folder, 0), [1], "what had come is there");
}

/// Each telling is written down by an api and shown: that there is a block comes at once, how it grows only now and then.
#[test]
fn k5_a_block_is_told_at_once_and_its_growth_every_ten_seconds() {
    let recordings = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(recordings.path()).unwrap();
    let (facts, _heard) = unbounded_channel();
    let mut writer = Writer::new("session:a", Arc::clone(&shelf), Arc::new(Intake::new(LIMIT, || {})), (facts, 1));
    let began = clock::now();
    writer.begin(began).unwrap();
    writer.look(began + LOOK);
    assert!(shelf.blocks().0.is_empty(), "it holds nothing");

    let codec = Codec { mime: "video/VP8".into(), payload_type: 101, clock_rate: 90_000, channels: 0, ssrc: 1001 };
    let track = Track { person: "ada".into(), source: Source::Camera, codec, level: None };
    writer.order(Order::Track { at: began, tap: 1, track }).unwrap();
    let mut grow_and_look = |seconds: i64| {
        writer.rtp(1, began, &[7; 20]).unwrap();
        writer.flush().unwrap();
        writer.look(began + seconds * LOOK);
    };
    grow_and_look(2);
    let (told, first) = shelf.blocks();
    assert_eq!(told.len(), 1, "it holds a packet");
    (3..12).for_each(&mut grow_and_look);
    assert!(shelf.since(first).0.is_empty(), "it has only grown");
    grow_and_look(12);
    assert!(shelf.since(first).0[0].bytes > told[0].bytes);
}

/// K1: also where not even a folder can be made, the api hears that recording has stopped, so that a host may start it again.
#[test]
fn k1_a_block_that_cannot_begin_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recordings");
    let shelf = Shelf::open(&path).unwrap();
    std::fs::remove_dir_all(&path).unwrap();
    std::fs::write(&path, "no folder").unwrap();
    let intake = Arc::new(Intake::new(LIMIT, || {}));
    let (facts, mut heard) = unbounded_channel();
    Writer::start("session:a", Arc::clone(&shelf), Arc::clone(&intake), (facts, 1)).unwrap();
    assert!(matches!(heard.blocking_recv(), Some(Fact::Failed { capture: 1, .. })));
    intake.order(Order::End { at: clock::now(), end: BlockEnd::Disk });
    assert!(matches!(heard.blocking_recv(), Some(Fact::WriterOver)));
    let (blocks, _newest) = shelf.blocks();
    assert_eq!(blocks.len(), 1);
    assert_eq!((blocks[0].session.as_str(), blocks[0].end), ("session:a", Some(BlockEnd::Disk)));
    assert_eq!(blocks[0].state, BlockState::Failed { failure: Failure::Disk });
    shelf.delete(&blocks[0].id);
    assert!(shelf.blocks().0.is_empty(), "it goes as any other does");
}
