//! Recording while it is live (K1–K3, K6): what is on the disk of a node, read back. What becomes of it is in `shelf.rs`.

use crate::harness::{
    Block, Browser, Ear, Face, FakeApi, NOTHING_LOST, Node, Packet, Peer, Sending, Track, Voice, account, is_key, pass,
    session, viewer, within,
};
use crate::node::program;
use futures_util::future::join;
use media::config::Config;
use media::room::Event;
use protocol::link::FromApi;
use protocol::pass::Pass;
use protocol::recording::BlockEnd::{self, Disk, Length, Restarted, Silence, SwitchedOff};
use protocol::recording::{BlockState, Failure};
use protocol::room::Source::{Camera, Microphone, Screen, ScreenAudio};
use protocol::room::{Settings, Speaker};
use protocol::signalling::{ClientMessage, Direction, ServerMessage};
use protocol::timeline;
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::sleep;

const OFTEN: Duration = Duration::from_millis(30);

/// A node that makes no files of what it records.
async fn start() -> Node {
    start_with(|_config| {}).await
}

async fn start_with(change: impl FnOnce(&mut Config)) -> Node {
    Node::start_with(|config| {
        config.renderer = "false".into();
        change(config);
    })
    .await
}

fn recorded(mut pass: Pass) -> Pass {
    pass.settings.record = true;
    pass
}

/// As after each change of the session somebody had it recorded.
fn settings(version: i64, record: bool) -> FromApi {
    let settings = Settings { version, max_seats: 50, youtube: Default::default(), record, starts: version };
    FromApi::Settings { session: session("a"), settings, keep: None }
}

/// Waits until the browser is told that it is recorded, or not; gives why not.
async fn told(browser: &mut Browser, what: bool) -> Option<BlockEnd> {
    let pick = |message: &ServerMessage| match message {
        ServerMessage::Recording { recording, end } if *recording == what => Some(*end),
        _ => None,
    };
    browser.event(if what { "it is recorded" } else { "it is not recorded" }, pick).await
}

fn holds(person: &'static str, packets: usize) -> impl Fn(&[Block]) -> bool {
    move |blocks| blocks.last().is_some_and(|block| block.packets_of(person) >= packets)
}

fn only(mut blocks: Vec<Block>) -> Block {
    assert_eq!(blocks.len(), 1);
    blocks.remove(0)
}

/// K1: nobody's packet is stored before everybody inside has been told; who comes later is told as they come.
#[tokio::test(flavor = "multi_thread")]
async fn k1_everybody_is_told_before_anything_is_stored() {
    let node = start().await;
    let (_room, mut bob) = node.running.rooms.enter(recorded(viewer("a", "bob")), "tab").await.unwrap();
    assert!(!bob.recording);
    let stored = within("something that is stored", async {
        let is_folder = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().path().is_dir();
        while !fs::read_dir(node.recordings.path()).unwrap().any(is_folder) {
            sleep(Duration::from_millis(1)).await;
        }
        std::iter::from_fn(|| bob.events.try_recv().ok()).any(|event| {
            let Event::Say(text) = event else { return false };
            matches!(serde_json::from_str(&text), Ok(ServerMessage::Recording { recording: true, end: None }))
        })
    });
    let pass = recorded(pass("a", "ada"));
    let (mut ada, was_told) = join(Voice::start(node.address(), &pass), stored).await;
    assert!(was_told, "Bob was told when there was nothing yet");
    told(&mut ada.browser, true).await;
    let mut late = node.connect().await;
    assert!(late.join(&recorded(viewer("a", "late"))).await.recording);
    assert!(node.running.rooms.describe().await[0].recording);
}

/// K1: it begins when somebody goes on screen, and ends with nothing kept of who only watched.
#[tokio::test(flavor = "multi_thread")]
async fn k1_recording_begins_when_somebody_goes_on_screen() {
    let node = start().await;
    let mut bob = node.join(&recorded(viewer("a", "bob"))).await;
    let mut ada = node.join_to_share(&recorded(pass("a", "ada"))).await;
    assert!(bob.has_not_heard(|message| matches!(message, ServerMessage::Recording { .. })));
    assert!(node.blocks().is_empty());
    ada.produce(Microphone).await.unwrap();
    assert_eq!(told(&mut bob, true).await, None);
    let block = only(node.recorded("a block", |blocks| !blocks.is_empty()).await);
    assert_eq!(block.lines[1].at, block.screens_at()[0]);
    let timeline::Event::Begin { version, session: of, block: id } = &block.lines[0].event else { unreachable!() };
    assert_eq!((*version, of), (timeline::TIMELINE_VERSION, &session("a")));
    assert!(block.folder.ends_with(id));
}

/// K1: of a session that is not recorded there is nothing: no block, no word to anybody.
#[tokio::test(flavor = "multi_thread")]
async fn k1_what_is_not_to_be_recorded_is_not() {
    let node = start().await;
    let mut quiet = Voice::start(node.address(), &pass("b", "quiet")).await;
    let _ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    quiet.goes_on().await;
    only(node.recorded("sound of Ada", holds("ada", 10)).await);
    quiet.goes_on().await;
    let quiets = only(node.blocks()).tracks().into_iter().filter(|track| track.person == account("quiet"));
    assert_eq!(quiets.count(), 0);
    ping(&mut quiet.browser).await;
    assert!(quiet.browser.has_not_heard(|message| matches!(message, ServerMessage::Recording { .. })));
    let rooms = node.running.rooms.describe().await;
    assert!(rooms.iter().all(|room| room.recording == (room.session == session("a"))), "{rooms:?}");
}

/// K1: switched on while somebody is on screen it begins at once, and switching off ends the block: nothing is stored after that.
#[tokio::test(flavor = "multi_thread")]
async fn k1_switching_on_begins_at_once_and_switching_off_ends_the_block() {
    let node = start().await;
    let mut ada = Voice::start(node.address(), &pass("a", "ada")).await;
    ada.goes_on().await;
    node.running.rooms.command(settings(2, true)).await;
    told(&mut ada.browser, true).await;
    node.recorded("sound", holds("ada", 10)).await;
    node.running.rooms.command(settings(3, false)).await;
    assert_eq!(told(&mut ada.browser, false).await, None);
    let end = |blocks: &[Block]| blocks[0].end() == Some(SwitchedOff);
    let stored = only(node.recorded("the end of the block", end).await).packets_of("ada");
    ada.goes_on().await;
    let block = only(node.blocks());
    assert_eq!(block.packets_of("ada"), stored, "nothing after the end");
    assert!(matches!(block.lines.last().unwrap().event, timeline::Event::End { .. }), "the end is the last line");

    node.running.rooms.command(settings(4, true)).await;
    told(&mut ada.browser, true).await;
    node.recorded("another block", |blocks| blocks.len() == 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k1_closing_the_session_ends_the_block() {
    let node = start().await;
    let _ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    node.recorded("sound", holds("ada", 10)).await;
    node.running.rooms.command(FromApi::Close { session: session("a"), version: None }).await;
    node.recorded("the end of the block", |blocks| blocks[0].end() == Some(SwitchedOff)).await;
}

/// K1: whether a room is recorded is told to the api.
#[tokio::test(flavor = "multi_thread")]
async fn k1_the_api_is_told_whether_a_room_is_recorded() {
    let mut api = FakeApi::start().await;
    let link = api.url();
    let node = start_with(|config| config.links = vec![link]).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    link.room("it is recorded", |room| room.recording).await;
    ada.browser.stop(Microphone).await;
    link.room("it is not", |room| !room.recording && room.speakers.is_empty()).await;
}

/// K4, K6: each producer has a track with every packet as it was sent, and sender reports on the clock of the timeline.
#[tokio::test(flavor = "multi_thread")]
async fn each_producer_has_a_track_in_which_nothing_is_missing() {
    let node = start().await;
    let _ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let cleo = Face::start(node.address(), &recorded(pass("a", "cleo")), OFTEN, NOTHING_LOST).await;
    let both = |blocks: &[Block]| {
        let reported = |track: Track| track.packets.len() >= 50 && track.reports.len() >= 2;
        let of = |person| blocks.first().and_then(|block| block.track_of(person));
        ["ada", "cleo"].into_iter().all(|person| of(person).is_some_and(reported))
    };
    let block = only(node.recorded("sound and pictures", both).await);
    let (sound, pictures) = (block.track_of("ada").unwrap(), block.track_of("cleo").unwrap());
    for track in [&sound, &pictures] {
        assert!(track.is_complete(), "{:?}", track.numbers());
        // Told and written on one thread, so between the two there is no more than that the machine is busy.
        for report in &track.reports {
            assert!((0..200_000).contains(&(report.at - report.said + 2000)), "{} {}", report.at, report.said);
        }
    }
    let described =
        |track: &Track| (track.source, track.codec.mime.clone(), track.codec.clock_rate, track.codec.channels);
    assert_eq!(described(&sound), (Microphone, "audio/opus".into(), 48_000, 2));
    assert_eq!(described(&pictures), (Camera, "video/VP8".into(), 90_000, 0));
    assert!(sound.packets.iter().all(|packet| packet.payload == b"a sound"));
    assert!(is_key(&pictures.packets[0].payload), "pictures begin with one that needs no other");
    let lasted = sound.packets.last().unwrap().at - sound.packets[0].at;
    assert!(lasted >= 49 * 20_000 / 2, "times are those of the packets: {lasted}");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&block.folder), 0o700);
    for file in ["timeline.jsonl", "0.rtpdump", "1.rtpdump"] {
        assert_eq!(mode(&block.folder.join(file)), 0o600);
    }
    drop(cleo);
}

/// K4: everybody is heard, and so is what is shared; but that is nobody's speech.
#[tokio::test(flavor = "multi_thread")]
async fn k4_the_sound_of_a_shared_screen_has_a_track() {
    let node = start().await;
    let mut ada = node.join(&recorded(pass("a", "ada"))).await;
    let transport = ada.create_send_transport().await;
    let mut peer = Peer::new(&transport, 111, "3").await;
    peer.loudness.store(-30, Ordering::Relaxed);
    ada.connect_transport(Direction::Send, &mut peer).await;
    for source in [Screen, ScreenAudio] {
        ada.produce(source).await.unwrap();
    }
    let sending = Sending { streams: vec![(1003, 111)], payload: b"a film".to_vec(), packets: 1 };
    let sending = tokio::spawn(peer.send(sending));
    let sound = |block: &Block| block.tracks().into_iter().find(|track| track.source == ScreenAudio);
    let comes = |blocks: &[Block]| blocks.first().and_then(sound).is_some_and(|track| track.packets.len() >= 20);
    let block = only(node.recorded("the sound of the screen", comes).await);
    let track = sound(&block).unwrap();
    assert_eq!((track.person.as_str(), track.codec.mime.as_str()), (account("ada").as_str(), "audio/opus"));
    assert!(track.is_complete() && track.packets.iter().all(|packet| packet.payload == b"a film"));
    assert!(speech(&block).is_empty());
    sending.abort();
}

/// K4: pictures of phones come upright, since no browser is offered to leave turning them to others.
#[tokio::test]
async fn k4_pictures_are_not_left_for_others_to_turn() {
    let node = start().await;
    let browser = node.connect().await;
    let extensions = browser.router_capabilities["headerExtensions"].as_array().unwrap();
    let uris: Vec<&str> = extensions.iter().map(|extension| extension["uri"].as_str().unwrap()).collect();
    assert!(uris.contains(&"urn:ietf:params:rtp-hdrext:ssrc-audio-level"), "{uris:?}");
    assert!(!uris.contains(&"urn:3gpp:video-orientation"), "{uris:?}");
}

/// What people do is in the timeline, and after a pause pictures begin with one that needs no other.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_muted_sends_nothing_and_comes_back_with_a_key_picture() {
    let node = start().await;
    let mut ada = Face::start(node.address(), &recorded(pass("a", "ada")), OFTEN, NOTHING_LOST).await;
    node.recorded("pictures", holds("ada", 10)).await;
    ada.browser.set_muted(Camera, true).await;
    let muted = |speakers: &[Speaker]| speakers[0].muted == [Camera];
    let is_muted = |blocks: &[Block]| blocks[0].screens().last().is_some_and(|speakers| muted(speakers));
    let before = only(node.recorded("that she is muted", is_muted).await).packets_of("ada");
    ada.browser.set_muted(Camera, false).await;
    let block = only(node.recorded("pictures again", holds("ada", before + 20)).await);
    let (screens, at) = (block.screens(), block.screens_at());
    let place = screens.iter().position(|speakers| muted(speakers)).unwrap();
    assert!(!muted(screens[place + 1]), "and that she is not");
    let track = block.track_of("ada").unwrap();
    let after: Vec<&Packet> = track.packets.iter().filter(|packet| packet.at > at[place]).collect();
    assert!(is_key(&after[0].payload), "the first picture afterwards");
    assert!(track.is_complete());
}

/// Who leaves and comes again is another track.
#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_and_comes_back_has_another_track() {
    let node = start().await;
    let cleo = Face::start(node.address(), &recorded(pass("a", "cleo")), OFTEN, NOTHING_LOST).await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    node.recorded("sound", holds("ada", 10)).await;
    ada.leave().await;
    let ends = |block: &Block| block.lines.iter().filter(|line| is_end_of_track(&line.event)).count();
    let block = only(node.recorded("the end of her track", |blocks| ends(&blocks[0]) == 1).await);
    let people: Vec<&str> = block.screens().last().unwrap().iter().map(|speaker| speaker.person.as_str()).collect();
    assert_eq!(people, [account("cleo")]);
    let _again = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let twice = |blocks: &[Block]| {
        let tracks = blocks[0].tracks();
        let hers: Vec<&Track> = tracks.iter().filter(|track| track.person == account("ada")).collect();
        hers.len() == 2 && hers[1].packets.len() > 10
    };
    only(node.recorded("another track", twice).await);
    drop(cleo);
}

/// K2: while nobody is on screen nothing is stored, and whoever comes back goes on in the same block, in a new room too.
#[tokio::test(flavor = "multi_thread")]
async fn k2_nobody_on_screen_pauses_and_coming_back_goes_on_in_the_same_block() {
    let node = start().await;
    let mut bob = node.join(&recorded(viewer("a", "bob"))).await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    told(&mut bob, true).await;
    node.recorded("sound", holds("ada", 10)).await;
    ada.browser.stop(Microphone).await;
    assert_eq!(told(&mut bob, false).await, None);
    ada.browser.produce(Microphone).await.unwrap();
    told(&mut bob, true).await;
    ada.leave().await;
    told(&mut bob, false).await;
    bob.leave().await;
    within("the end of the room", async {
        while !node.running.rooms.describe().await.is_empty() {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    let block = only(node.recorded("nobody on screen", |blocks| last_screen(blocks).is_empty()).await);
    assert_eq!(block.end(), None);
    let before = block.packets_of("ada");

    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    told(&mut ada.browser, true).await;
    let block = only(node.recorded("more sound", holds("ada", before + 10)).await);
    let there: Vec<usize> = block.screens().iter().map(|speakers| speakers.len()).collect();
    assert_eq!(there, [1, 0, 1, 0, 1]);
}

/// K2: after the longest silence it stops; people who go on screen are not recorded until a host starts it again.
#[tokio::test(flavor = "multi_thread")]
async fn k2_after_a_long_silence_it_does_not_resume_by_itself() {
    let node = start_with(|config| config.recording_silence = Duration::from_secs(1)).await;
    let mut bob = node.join(&recorded(viewer("a", "bob"))).await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    node.recorded("sound", holds("ada", 10)).await;
    ada.browser.stop(Microphone).await;
    assert_eq!(told(&mut bob, false).await, None, "it has paused");
    assert_eq!(told(&mut bob, false).await, Some(Silence), "it has stopped");
    let block = only(node.recorded("the end of the block", |blocks| blocks[0].end() == Some(Silence)).await);
    let (stored, ended) = (block.packets_of("ada"), block.ended().unwrap().0);
    assert!(ended - block.screens_at().last().unwrap() >= 1_000_000);

    ada.browser.produce(Microphone).await.unwrap();
    let mut ear = Ear::join(node.address(), &recorded(viewer("a", "ear"))).await;
    ear.hears("sound that is not recorded").await;
    ping(&mut bob).await;
    assert!(bob.has_not_heard(|message| matches!(message, ServerMessage::Recording { .. })));
    node.running.rooms.command(settings(1, true)).await;
    ear.hears("sound after settings that say nothing new").await;
    assert_eq!(only(node.blocks()).packets_of("ada"), stored);

    node.running.rooms.command(settings(2, true)).await;
    told(&mut ear.browser, true).await;
    node.recorded("sound in another block", |blocks| blocks.len() == 2 && holds("ada", 10)(blocks)).await;
}

/// K2: the api hears that it stopped, though not one packet came meanwhile; else no host could start it again.
#[tokio::test(flavor = "multi_thread")]
async fn k2_a_silence_after_which_there_is_nothing_is_told_to_the_api() {
    let mut api = FakeApi::start().await;
    let link = api.url();
    let node = start_with(|config| {
        config.links = vec![link];
        config.recording_silence = Duration::from_secs(1);
    })
    .await;
    let (mut link, _hello) = api.link().await;
    let mut ada = node.join_to_share(&recorded(pass("a", "ada"))).await;
    ada.produce(Microphone).await.unwrap();
    told(&mut ada, true).await;
    ada.stop(Microphone).await;
    let block = link.block("the silence", |block| block.end == Some(Silence)).await;
    assert_eq!((block.session, block.state), (session("a"), BlockState::Failed { failure: Failure::Empty }));
}

/// K2: the block of a session that nobody is in ends, too.
#[tokio::test(flavor = "multi_thread")]
async fn k2_a_silence_without_a_room_ends_the_block() {
    let node = start_with(|config| config.recording_silence = Duration::from_secs(1)).await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    node.recorded("sound", holds("ada", 10)).await;
    ada.leave().await;
    node.recorded("the end of the block", |blocks| blocks[0].end() == Some(Silence)).await;
    let mut again = node.connect().await;
    assert!(!again.join(&recorded(pass("a", "ada"))).await.recording);
}

/// K3: blocks follow each other so that every packet is in one of them, and all that came after the change are in the later one,
/// with pictures that can be shown from the first moment on.
#[tokio::test(flavor = "multi_thread")]
async fn k3_between_two_blocks_nothing_is_missing() {
    let node = start_with(|config| config.recording_block = Duration::from_secs(4)).await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let mut cleo = Face::start(node.address(), &recorded(pass("a", "cleo")), OFTEN, NOTHING_LOST).await;
    told(&mut ada.browser, true).await;
    // The second one takes no more packets of the time before it ended.
    let done = |blocks: &[Block]| {
        let tail = |block: &Block| block.ended().is_some_and(|(at, _)| micros_now() > at + 3_000_000);
        blocks.len() > 2 && tail(&blocks[1])
    };
    let blocks = node.recorded("three blocks", done).await;
    for (number, two) in blocks.windows(2).take(2).enumerate() {
        let (a, b) = (&two[0], &two[1]);
        let change = b.began();
        assert_eq!(a.ended(), Some((change, Length)));
        let lasted = change - a.began();
        assert!((3_500_000..5_500_000).contains(&lasted), "{lasted}");
        for person in ["ada", "cleo"] {
            let (before, after) = (a.track_of(person).unwrap(), b.track_of(person).unwrap());
            assert!(before.is_complete() && after.is_complete(), "{number} {person}");
            let (in_a, in_b): (HashSet<u16>, HashSet<u16>) =
                (before.numbers().into_iter().collect(), after.numbers().into_iter().collect());
            let (first, last) = (before.numbers()[0], after.numbers().last().copied().unwrap());
            assert!((first..=last).all(|number| in_a.contains(&number) || in_b.contains(&number)), "{number} {person}");
            assert!(before.packets.iter().filter(|packet| packet.at > change).all(|one| in_b.contains(&one.number)));
            assert!(after.packets.iter().filter(|packet| packet.at < change).all(|one| in_a.contains(&one.number)));
            assert!(before.packets.last().unwrap().at > change + 1_000_000, "also what comes late is in it");
        }
        let pictures = b.track_of("cleo").unwrap();
        assert!(pictures.packets.iter().any(|packet| packet.at <= change && is_key(&packet.payload)));
        assert_eq!(b.screens()[0].len(), 2, "who is on screen is said anew");
        assert!(!a.folder.join("next").exists());
    }
    for browser in [&mut ada.browser, &mut cleo.browser] {
        ping(browser).await;
        assert!(browser.has_not_heard(|message| matches!(message, ServerMessage::Recording { recording: false, .. })));
    }
}

/// K5: a block that is deleted while it is recorded ends and is gone; recording goes on in another.
#[tokio::test(flavor = "multi_thread")]
async fn k5_a_block_that_is_deleted_while_it_is_recorded_is_followed_by_another() {
    let node = start().await;
    let _ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let block = only(node.recorded("sound", holds("ada", 10)).await);
    node.running.shelf.delete(block.folder.file_name().unwrap().to_str().unwrap());
    let other =
        |blocks: &[Block]| blocks.iter().all(|other| other.began() != block.began()) && holds("ada", 10)(blocks);
    only(node.recorded("another block", other).await);
    assert!(!block.folder.exists());
}

/// K6, K2: a node that is told to stop ends its blocks, with everything that came; those alone wait on in which nobody was on screen
/// before its rooms closed.
#[tokio::test(flavor = "multi_thread")]
async fn k6_a_node_that_stops_ends_its_blocks() {
    let node = start().await;
    let _ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let mut ben = Voice::start(node.address(), &recorded(pass("b", "ben"))).await;
    let sound = |blocks: &[Block], person: &str| blocks.iter().any(|block| block.packets_of(person) > 0);
    node.recorded("two blocks", |blocks| sound(blocks, "ada") && sound(blocks, "ben")).await;
    // One of them waits for somebody to come back.
    ben.browser.stop(Microphone).await;
    node.recorded("nobody on screen", |blocks| blocks.iter().any(|block| block.screens().last().unwrap().is_empty()))
        .await;
    // Closing them all takes a while, in which a recorder could hear that its room is empty.
    let mut others = Vec::new();
    for number in 0..300 {
        let pass = viewer(&format!("other {number}"), &format!("viewer {number}"));
        others.push(node.running.rooms.enter(pass, "tab").await.unwrap());
    }
    let shelf = Arc::clone(&node.running.shelf);
    node.running.stop().await;
    let ends: Vec<_> = Block::all(node.recordings.path()).iter().map(Block::end).collect();
    assert_eq!(ends, [Some(Restarted); 2]);
    let (blocks, _newest) = shelf.blocks();
    let end = |name: &str| blocks.iter().find(|block| block.session == session(name)).unwrap().end;
    assert_eq!((end("a"), end("b")), (Some(Restarted), None), "what waits for somebody has not ended");
}

/// K6: of a process that is killed, no more than the last two seconds are missing.
#[tokio::test(flavor = "multi_thread")]
async fn k6_a_killed_process_loses_less_than_two_seconds() {
    let mut api = FakeApi::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = program();
    command.env("API_LINK", api.url()).env("MEDIA_RECORDINGS", folder.path()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let (_link, hello) = api.link().await;
    let port = hello.address.trim_start_matches(':').trim_end_matches("/signalling").parse().unwrap();
    let ada = Voice::start(([127, 0, 0, 1], port).into(), &recorded(pass("a", "ada"))).await;
    Block::wait(folder.path(), "sound", holds("ada", 100)).await;
    ada.goes_on().await;
    let killed = micros_now();
    child.kill().await.unwrap();
    let block = only(Block::all(folder.path()));
    let track = block.track_of("ada").unwrap();
    assert!(track.is_complete());
    let missing = killed - track.packets.last().unwrap().at;
    assert!(missing < 2_000_000, "{missing}");
    assert_eq!(block.end(), None);
}

/// A block that cannot be written to ends, and everybody is told why. The call goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_block_that_cannot_be_written_ends_and_the_call_goes_on() {
    let node = start().await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let block = only(node.recorded("sound", holds("ada", 10)).await);
    fs::remove_dir_all(&block.folder).unwrap();
    ada.browser.produce(Screen).await.unwrap();
    assert_eq!(told(&mut ada.browser, false).await, Some(Disk));
    let mut bob = Ear::join(node.address(), &recorded(viewer("a", "bob"))).await;
    bob.hears("the call").await;
    assert!(node.blocks().is_empty(), "and it does not begin again by itself");
    node.running.rooms.command(settings(2, true)).await;
    told(&mut bob.browser, true).await;
    node.recorded("another block", holds("ada", 10)).await;
}

/// A disk that has room for little.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// Nothing where this user may not mount one.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut command = std::process::Command::new("mount");
        command.args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(folder.path()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

/// A full disk ends the block with everything that was written, and the call goes on. Where no disk can be mounted, the test above
/// is all there is.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_block_with_all_that_was_written() {
    let Some(disk) = SmallDisk::mount() else { return };
    let folder = disk.0.path().to_owned();
    let node = start_with(|config| config.recordings = folder).await;
    let mut ada = node.join(&recorded(pass("a", "ada"))).await;
    let transport = ada.create_send_transport().await;
    let mut peer = Peer::new(&transport, 111, "0").await;
    ada.connect_transport(Direction::Send, &mut peer).await;
    ada.produce(Microphone).await.unwrap();
    let sending = Sending { streams: vec![(1000, 111)], payload: vec![7; 1000], packets: 2 };
    let sending = tokio::spawn(peer.send(sending));
    assert_eq!(told(&mut ada, false).await, Some(Disk));
    let bob = Ear::join(node.address(), &recorded(viewer("a", "bob"))).await;
    bob.hears("the call").await;
    let block = only(Block::all(disk.0.path()));
    let track = block.track_of("ada").unwrap();
    assert!(track.is_complete() && track.packets.len() > 100, "{}", track.packets.len());
    assert!(track.packets.iter().all(|packet| packet.payload == [7; 1000]));
    let known = node.running.shelf.blocks().0;
    assert_eq!(known.iter().map(|block| block.end).collect::<Vec<_>>(), [Some(Disk)]);
    sending.abort();
}

/// Who speaks is in the timeline.
#[tokio::test(flavor = "multi_thread")]
async fn who_speaks_is_written_down() {
    let node = start().await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    node.recorded("sound", holds("ada", 20)).await;
    ada.loudness.store(-30, Ordering::Relaxed);
    node.recorded("that she speaks", |blocks| speech(&blocks[0]) == [true]).await;
    ada.loudness.store(-70, Ordering::Relaxed);
    node.recorded("that she has stopped", |blocks| speech(&blocks[0]) == [true, false]).await;
    ada.loudness.store(-30, Ordering::Relaxed);
    node.recorded("that she speaks again", |blocks| speech(&blocks[0]) == [true, false, true]).await;
    ada.leave().await;
    node.recorded("the end of it", |blocks| speech(&blocks[0]) == [true, false, true, false]).await;
}

/// People who stand on different workers are all recorded; afterwards the workers hold nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_room_on_two_workers_is_recorded_and_leaves_nothing_behind() {
    let node = start_with(|config| (config.workers, config.router_members) = (2, 1)).await;
    let mut ada = Voice::start(node.address(), &recorded(pass("a", "ada"))).await;
    let mut ben = Voice::start(node.address(), &recorded(pass("a", "ben"))).await;
    let both = |blocks: &[Block]| holds("ada", 20)(blocks) && holds("ben", 20)(blocks);
    let block = only(node.recorded("both", both).await);
    assert!(block.tracks().iter().all(Track::is_complete));
    ada.leave().await;
    ben.leave().await;
    within("the end of everything", async {
        while node.running.rooms.holds().await.unwrap() != 2 {
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

fn last_screen(blocks: &[Block]) -> &[Speaker] {
    blocks[0].screens().last().expect("it begins with one")
}

fn is_end_of_track(event: &timeline::Event) -> bool {
    matches!(event, timeline::Event::TrackEnd { .. })
}

/// What is said of whether somebody speaks, in order.
fn speech(block: &Block) -> Vec<bool> {
    let speech = block.lines.iter().filter_map(|line| match &line.event {
        timeline::Event::Speaking { person, speaking } if *person == account("ada") => Some(*speaking),
        _ => None,
    });
    speech.collect()
}

/// Until everything that was said before has come.
async fn ping(browser: &mut Browser) {
    let answer = browser.request(|id| ClientMessage::Ping { id }).await;
    assert!(matches!(answer, ServerMessage::Ok { .. }), "{answer:?}");
}

fn micros_now() -> i64 {
    media::recording::clock::now()
}
