//! What the shelf makes of what lies on the disk, without anybody who renders or fetches it.

use super::*;
use crate::recording::clock;
use futures_util::FutureExt;
use protocol::room::Speaker;
use protocol::timeline::{Event, Line, TIMELINE, track_file};
use std::io::Write;
use tempfile::TempDir;

/// Microseconds since 1970.
const NOW: i64 = 1_800_000_000_000_000;
const SECOND: i64 = 1_000_000;

fn shelf() -> (TempDir, Arc<Shelf>) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    (folder, shelf)
}

/// What a process would find that is started after this one.
fn again(folder: &TempDir, shelf: Arc<Shelf>) -> Arc<Shelf> {
    drop(shelf);
    Shelf::open(folder.path()).unwrap()
}

fn write(folder: &Path, at: i64, event: Event) {
    let mut timeline = File::options().create(true).append(true).open(folder.join(TIMELINE)).unwrap();
    writeln!(timeline, "{}", serde_json::to_string(&Line { at, event }).unwrap()).unwrap();
}

/// The beginning of a timeline, with somebody on screen at once.
fn begin(folder: &Path, at: i64) {
    write(folder, at, Event::Begin { version: 1, block: "B".into(), session: "session:a".into() });
    let ada = Speaker {
        person: "account:ada".into(),
        name: "Ada".into(),
        sources: Vec::new(),
        muted: Vec::new(),
        lost: false,
    };
    write(folder, at, Event::OnScreen { speakers: vec![ada] });
}

/// Everybody has left the screen.
fn nobody(folder: &Path, at: i64) {
    write(folder, at, Event::OnScreen { speakers: Vec::new() });
}

/// A track with a packet.
fn packet(folder: &Path) {
    let mut track = b"#!rtpplay1.0 127.0.0.1/0\n".to_vec();
    track.extend([0; 16]);
    track.extend([0, 20, 0, 12, 0, 0, 0, 0]);
    track.extend([7; 12]);
    fs::write(folder.join(track_file(0)), track).unwrap();
}

/// A block that has begun and holds a packet.
fn recorded(shelf: &Shelf, at: i64) -> (String, PathBuf) {
    let (block, folder) = shelf.begin("session:a", at).unwrap();
    begin(&folder, at);
    packet(&folder);
    shelf.grow(&block, SECOND, 20);
    (block, folder)
}

/// The only block that is told.
fn told(shelf: &Shelf) -> Block {
    let (mut blocks, _newest) = shelf.blocks();
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    blocks.remove(0)
}

fn tells_nothing(shelf: &Shelf) -> bool {
    shelf.blocks().0.is_empty()
}

#[test]
fn a_block_is_recorded_rendered_and_handed_over() {
    let (_folder, shelf) = shelf();
    let (block, folder) = recorded(&shelf, NOW);
    let now = told(&shelf);
    assert_eq!((now.id.as_str(), now.session.as_str(), now.started_at), (block.as_str(), "session:a", NOW / 1000));
    assert_eq!((now.state, now.length, now.bytes, now.ended_at), (BlockState::Recording, 1000, 20, None));
    assert!(shelf.take_job().is_none(), "it is recorded still");

    shelf.end(&block, NOW + 5 * SECOND, BlockEnd::SwitchedOff);
    let now = told(&shelf);
    assert_eq!((now.ended_at, now.end), (Some(NOW / 1000 + 5000), Some(BlockEnd::SwitchedOff)));
    assert_eq!(now.state, BlockState::Processing { percent: 0 });

    let job = shelf.take_job().unwrap();
    assert_eq!((&job.block, &job.folder), (&block, &folder));
    assert!(shelf.take_job().is_none(), "it is taken");
    shelf.progress(&block, 40);
    assert_eq!(told(&shelf).state, BlockState::Processing { percent: 40 });
    assert!(shelf.next_delivery("").is_none());
    fs::write(&job.output, "film").unwrap();
    shelf.rendered(&block, 4000);
    let now = told(&shelf);
    assert_eq!((now.state, now.length), (BlockState::Processing { percent: 100 }, 4000));

    let delivery = shelf.next_delivery("").unwrap();
    assert_eq!((fs::read(delivery.file).unwrap().as_slice(), delivery.length), (b"film".as_slice(), 4000));
    shelf.delivered(&block);
    assert!(tells_nothing(&shelf) && !folder.exists());
}

#[test]
fn changes_are_told_since_a_number() {
    let (_folder, shelf) = shelf();
    let (_first, _) = recorded(&shelf, NOW);
    let (all, newest) = shelf.blocks();
    assert_eq!((all.len(), shelf.since(newest).0.len()), (1, 0));
    let (second, _) = recorded(&shelf, NOW + SECOND);
    let (changed, _) = shelf.since(newest);
    assert_eq!(changed.into_iter().map(|block| block.id).collect::<Vec<_>>(), [second]);
}

/// K3: the next block is begun before the one before it ends, and the file begins where its timeline says.
#[test]
fn k3_a_block_starts_where_its_timeline_begins() {
    let (_folder, shelf) = shelf();
    let (block, folder) = shelf.begin("session:a", NOW).unwrap();
    begin(&folder, NOW + 2 * SECOND);
    packet(&folder);
    shelf.end(&block, NOW + 9 * SECOND, BlockEnd::Length);
    assert_eq!(told(&shelf).started_at, NOW / 1000 + 2000);
}

#[test]
fn the_oldest_block_is_rendered_first() {
    let (_folder, shelf) = shelf();
    let blocks = [NOW + SECOND, NOW].map(|at| recorded(&shelf, at).0);
    blocks.iter().for_each(|block| shelf.end(block, NOW + 2 * SECOND, BlockEnd::Length));
    assert_eq!(shelf.take_job().unwrap().block, blocks[1]);
    assert_eq!(shelf.take_job().unwrap().block, blocks[0]);
}

/// One that the api does not take now does not hold up the others.
#[test]
fn files_are_handed_over_in_turn() {
    let (_folder, shelf) = shelf();
    let blocks = [NOW, NOW + SECOND].map(|at| recorded(&shelf, at).0);
    for block in &blocks {
        shelf.end(block, NOW + 2 * SECOND, BlockEnd::Length);
        fs::write(shelf.take_job().unwrap().output, "film").unwrap();
        shelf.rendered(block, 1000);
    }
    let after = |block: &str| shelf.next_delivery(block).unwrap().block;
    assert_eq!(
        [after(""), after(&blocks[0]), after(&blocks[1])],
        [&blocks[0], &blocks[1], &blocks[0]].map(String::clone)
    );
}

#[test]
fn a_block_without_a_packet_is_never_told_and_goes_at_its_end() {
    let (_folder, shelf) = shelf();
    let (block, folder) = shelf.begin("session:a", NOW).unwrap();
    begin(&folder, NOW);
    shelf.grow(&block, SECOND, 300);
    assert!(tells_nothing(&shelf));
    shelf.end(&block, NOW + SECOND, BlockEnd::SwitchedOff);
    assert!(tells_nothing(&shelf) && !folder.exists());
}

/// Something should have come in a minute, and a full disk says why nothing did.
#[test]
fn a_block_without_a_packet_is_told_where_that_is_a_loss() {
    let (_folder, shelf) = shelf();
    let (long, _) = shelf.begin("session:a", NOW).unwrap();
    shelf.grow(&long, LOSS * 1000, 300);
    shelf.end(&long, NOW + LOSS * 1000, BlockEnd::SwitchedOff);
    assert_eq!(told(&shelf).state, BlockState::Failed { failure: Failure::Empty });
    shelf.delete(&long);
    let (full, _) = shelf.begin("session:a", NOW).unwrap();
    shelf.end(&full, NOW, BlockEnd::Disk);
    assert_eq!(told(&shelf).state, BlockState::Failed { failure: Failure::Disk });
}

/// K2: recording has stopped with it until a host starts it again, which nobody could if nobody heard of it.
#[test]
fn k2_a_silence_is_told_also_of_a_block_without_a_packet() {
    let (_folder, shelf) = shelf();
    let (block, folder) = shelf.begin("session:a", NOW).unwrap();
    begin(&folder, NOW);
    shelf.grow(&block, SECOND, 300);
    assert!(tells_nothing(&shelf));
    shelf.end(&block, NOW + 3601 * SECOND, BlockEnd::Silence);
    let now = told(&shelf);
    assert_eq!((now.end, now.state), (Some(BlockEnd::Silence), BlockState::Failed { failure: Failure::Empty }));
}

/// K2: nobody was on screen when a process ended. The hour goes on, and ends when it would have ended.
#[tokio::test]
async fn k2_a_silence_goes_on_over_a_restart() {
    let (folder, shelf) = shelf();
    let moment = clock::now();
    let (_block, own) = recorded(&shelf, moment - 10 * SECOND);
    nobody(&own, moment - 5 * SECOND);
    let shelf = again(&folder, shelf);
    let now = told(&shelf);
    assert_eq!((now.state, now.end, now.ended_at, now.length), (BlockState::Recording, None, None, 5000));
    assert!(shelf.end_silences(3600 * SECOND).now_or_never().is_none(), "the hour is not over");
    shelf.end_silences(5 * SECOND).await;
    let now = told(&shelf);
    assert_eq!((now.end, now.ended_at), (Some(BlockEnd::Silence), Some(moment / 1000)));
    assert_eq!(now.state, BlockState::Processing { percent: 0 });
    assert_eq!(told(&again(&folder, shelf)).end, Some(BlockEnd::Silence));
}

/// K2: also over the end of a process that had time for it. Whoever comes meanwhile begins another block.
#[test]
fn k2_a_block_that_waits_ends_when_another_begins() {
    let (folder, shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    nobody(&own, NOW + SECOND);
    write(&own, NOW + 2 * SECOND, Event::End { end: BlockEnd::Restarted });
    shelf.leave();
    shelf.end(&block, NOW + 2 * SECOND, BlockEnd::Restarted);
    assert_eq!(told(&shelf).end, None, "nobody hears that it is over");
    let shelf = again(&folder, shelf);
    assert_eq!((told(&shelf).end, told(&shelf).length), (None, 1000));
    shelf.begin("session:b", NOW + 3 * SECOND).unwrap();
    assert!(shelf.take_job().is_none(), "that is another session");
    shelf.begin("session:a", NOW + 4 * SECOND).unwrap();
    assert_eq!(shelf.take_job().unwrap().block, block);
    assert_eq!(told(&shelf).end, Some(BlockEnd::Restarted));
}

/// Nobody records it who could end it.
#[test]
fn a_block_that_waits_goes_at_once_when_it_is_deleted() {
    let (folder, shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    nobody(&own, NOW + SECOND);
    let shelf = again(&folder, shelf);
    shelf.delete(&block);
    assert!(tells_nothing(&shelf) && !own.exists());
}

/// K6: what a crash cut off ends where it was last written to, and is rendered.
#[test]
fn k6_a_block_that_was_cut_off_is_rendered() {
    let (folder, shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    for name in [TIMELINE.to_owned(), track_file(0)] {
        let at = UNIX_EPOCH + Duration::from_micros(u64::try_from(NOW + 3 * SECOND).unwrap());
        File::options().append(true).open(own.join(name)).unwrap().set_modified(at).unwrap();
    }
    for _ in 0..2 {
        let shelf = Shelf::open(folder.path());
        assert!(shelf.is_err(), "nobody else takes it up while it is recorded");
    }
    let shelf = again(&folder, shelf);
    let now = told(&shelf);
    assert_eq!((now.id.as_str(), now.session.as_str(), now.started_at), (block.as_str(), "session:a", NOW / 1000));
    assert_eq!((now.ended_at, now.end), (Some(NOW / 1000 + 3000), Some(BlockEnd::Restarted)));
    assert_eq!((now.length, now.state), (3000, BlockState::Processing { percent: 0 }));
    assert_eq!(told(&again(&folder, shelf)).end, Some(BlockEnd::Restarted));
}

/// K6: the same when not even its session was written down apart from the timeline.
#[test]
fn k6_the_timeline_is_enough_to_find_a_block() {
    let (folder, shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    fs::remove_file(own.join("block.json")).unwrap();
    let now = told(&again(&folder, shelf));
    assert_eq!((now.id.as_str(), now.session.as_str(), now.started_at), (block.as_str(), "session:a", NOW / 1000));
}

/// K6: and when its timeline is gone; what can be made of that, a render says.
#[test]
fn k6_a_block_whose_timeline_is_lost_is_not_lost_silently() {
    let (folder, shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    fs::remove_file(own.join(TIMELINE)).unwrap();
    let shelf = again(&folder, shelf);
    assert_eq!((told(&shelf).id, shelf.take_job().unwrap().block), (block.clone(), block));
}

/// K6: of a crash in the moment of its end the reason is known still.
#[test]
fn k6_an_end_that_was_written_is_kept() {
    let (folder, shelf) = shelf();
    let (_block, own) = recorded(&shelf, NOW);
    write(&own, NOW + 4 * SECOND, Event::End { end: BlockEnd::Silence });
    let now = told(&again(&folder, shelf));
    assert_eq!((now.ended_at, now.end), (Some(NOW / 1000 + 4000), Some(BlockEnd::Silence)));
    assert_eq!(now.length, 4000);
}

#[test]
fn k6_a_block_that_held_nothing_is_not_found() {
    let (folder, shelf) = shelf();
    let (_block, own) = shelf.begin("session:a", NOW).unwrap();
    let shelf = again(&folder, shelf);
    assert!(tells_nothing(&shelf) && !own.exists());
}

/// Nobody could be told of it, but nothing that was recorded is deleted for that.
#[test]
fn k6_packets_of_an_unknown_session_stay() {
    let (folder, shelf) = shelf();
    let (_block, own) = recorded(&shelf, NOW);
    fs::remove_file(own.join("block.json")).unwrap();
    fs::remove_file(own.join(TIMELINE)).unwrap();
    let shelf = again(&folder, shelf);
    assert!(tells_nothing(&shelf) && own.join(track_file(0)).exists());
}

#[test]
fn how_a_block_stands_survives_a_restart() {
    let (folder, mut shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    shelf.end(&block, NOW + SECOND, BlockEnd::Length);
    shelf = again(&folder, shelf);
    assert_eq!((told(&shelf).state, told(&shelf).end), (BlockState::Processing { percent: 0 }, Some(BlockEnd::Length)));

    let half = shelf.take_job().unwrap().output;
    fs::write(&half, "fi").unwrap();
    shelf = again(&folder, shelf);
    let job = shelf.take_job().expect("a render that was cut off begins anew");
    assert!(!job.output.exists(), "without what there was of it");

    shelf.fail(&block, Failure::Damaged);
    shelf = again(&folder, shelf);
    assert_eq!(told(&shelf).state, BlockState::Failed { failure: Failure::Damaged });
    assert!(shelf.take_job().is_none(), "nobody has asked for another try");

    shelf.retry(&block);
    shelf = again(&folder, shelf);
    fs::write(shelf.take_job().unwrap().output, "film").unwrap();
    shelf.rendered(&block, 1234);
    shelf = again(&folder, shelf);
    assert_eq!((told(&shelf).state, told(&shelf).length), (BlockState::Processing { percent: 100 }, 1234));
    assert!(shelf.take_job().is_none() && shelf.next_delivery("").is_some());
    shelf.delivered(&block);
    shelf = again(&folder, shelf);
    assert!(tells_nothing(&shelf) && !own.exists());
}

/// K5: only what failed is tried again, and a file that no api took is not made anew.
#[test]
fn k5_a_retry_takes_up_what_failed() {
    let (_folder, shelf) = shelf();
    let (block, _) = recorded(&shelf, NOW);
    shelf.retry(&block);
    assert_eq!(told(&shelf).state, BlockState::Recording);
    shelf.end(&block, NOW + SECOND, BlockEnd::Length);
    assert!(shelf.take_job().is_some());
    shelf.retry(&block);
    assert!(shelf.take_job().is_none(), "it is being rendered");
    shelf.fail(&block, Failure::Encoder);
    shelf.retry(&block);
    fs::write(shelf.take_job().unwrap().output, "film").unwrap();
    shelf.rendered(&block, 1000);
    shelf.fail(&block, Failure::Storage);
    assert!(shelf.next_delivery("").is_none());
    shelf.retry(&block);
    assert!(shelf.take_job().is_none() && shelf.next_delivery("").is_some());
    shelf.retry("01J00000000000000000000000");
}

/// Whoever records is asked to end it, and with that it goes; also when the process ends before.
#[test]
fn a_block_is_deleted_while_it_is_recorded() {
    let (folder, shelf) = shelf();
    let [(first, own), (second, other)] = [NOW, NOW + SECOND].map(|at| recorded(&shelf, at));
    assert!(!shelf.is_deleted(&first));
    shelf.delete(&first);
    shelf.delete(&second);
    assert!(shelf.is_deleted(&first) && tells_nothing(&shelf) && own.exists());
    shelf.grow(&first, 2 * SECOND, 40);
    assert!(tells_nothing(&shelf));
    shelf.end(&first, NOW + 2 * SECOND, BlockEnd::Length);
    assert!(!own.exists() && shelf.is_deleted(&first));
    let shelf = again(&folder, shelf);
    assert!(tells_nothing(&shelf) && !other.exists());
}

#[tokio::test]
async fn who_works_on_a_block_hears_that_it_is_deleted() {
    let (_folder, shelf) = shelf();
    let (block, own) = recorded(&shelf, NOW);
    shelf.end(&block, NOW + SECOND, BlockEnd::Length);
    shelf.take_job().unwrap();
    let (watching, id) = (Arc::clone(&shelf), block.clone());
    let gone = tokio::spawn(async move { watching.gone(&id).await });
    tokio::task::yield_now().await;
    assert!(!gone.is_finished());
    shelf.delete(&block);
    gone.await.unwrap();
    assert!(!own.exists());
    shelf.rendered(&block, 1000);
    shelf.fail(&block, Failure::Encoder);
    assert!(tells_nothing(&shelf), "what comes of it is nobody's any more");
}

#[test]
fn two_processes_do_not_share_a_folder() {
    let (folder, shelf) = shelf();
    let error = Shelf::open(folder.path()).err().unwrap();
    assert!(error.contains("MEDIA_RECORDINGS") && error.contains(folder.path().to_str().unwrap()), "{error}");
    drop(shelf);
    Shelf::open(folder.path()).unwrap();
}

#[test]
fn what_is_no_block_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("lost+found");
    fs::create_dir(&own).unwrap();
    let gone = folder.path().join("01J00000000000000000000000.gone");
    fs::create_dir(&gone).unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    assert!(tells_nothing(&shelf) && own.exists());
    assert!(!gone.exists(), "but what was being deleted goes");
}
