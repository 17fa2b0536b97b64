//! A YouTube video that is watched together: who may share it, its seat, and where it stands for everybody (J1, J3, J4).

use crate::harness::{Browser, FakeApi, Node, account, pass, pass_with_seats, refused, session, viewer, within};
use protocol::link::FromApi;
use protocol::pass::Pass;
use protocol::room::Source::Camera;
use protocol::room::{Seat, Settings};
use protocol::signalling::{ClientMessage, CloseCode, ErrorCode, ServerMessage};
use protocol::youtube::{Youtube, YoutubeEnd, YoutubeSharing};
use std::ops::RangeInclusive;
use std::time::Duration;
use tokio::time::{Instant, sleep};

const VIDEO: &str = "dQw4w9WgXcQ";

/// A pass for a room in which `youtube` may share a video.
fn allowed(mut pass: Pass, youtube: YoutubeSharing) -> Pass {
    pass.settings.youtube = youtube;
    pass
}

fn on_screen(person: &str) -> Pass {
    allowed(pass("a", person), YoutubeSharing::OnScreen)
}

fn hosts_only(person: &str, host: bool) -> Pass {
    let mut pass = allowed(pass("a", person), YoutubeSharing::Hosts);
    pass.host = host;
    pass
}

async fn start(browser: &mut Browser, video: &str, at: f64) -> Result<(), ErrorCode> {
    let video = video.to_owned();
    ended_well(browser.request(|id| ClientMessage::StartYoutube { id, video, at, live: false }).await)
}

async fn control(browser: &mut Browser, playing: bool, position: f64) -> Result<(), ErrorCode> {
    let answer = browser.request(|id| ClientMessage::ControlYoutube { id, playing, position, rate: None, live: None });
    ended_well(answer.await)
}

async fn stop(browser: &mut Browser) -> Result<(), ErrorCode> {
    ended_well(browser.request(|id| ClientMessage::StopYoutube { id }).await)
}

fn ended_well(answer: ServerMessage) -> Result<(), ErrorCode> {
    if matches!(answer, ServerMessage::Ok { .. }) { Ok(()) } else { Err(refused(&answer)) }
}

/// Where a video may be by now that stood at `position` at some moment since then.
fn since(then: Instant, position: f64) -> RangeInclusive<f64> {
    position..=position + then.elapsed().as_secs_f64()
}

/// Waits until the room's video is as `is` wants it.
async fn video(browser: &mut Browser, what: &str, is: impl Fn(&Youtube) -> bool) -> Youtube {
    let pick = |message: &ServerMessage| match message {
        ServerMessage::Youtube { youtube: Some(video), .. } if is(video) => Some(video.clone()),
        _ => None,
    };
    browser.event(what, pick).await
}

/// Waits for the end of the video.
async fn over(browser: &mut Browser) -> Option<YoutubeEnd> {
    let pick = |message: &ServerMessage| match message {
        ServerMessage::Youtube { youtube: None, end } => Some(*end),
        _ => None,
    };
    browser.event("the end of the video", pick).await
}

/// Somebody on screen.
async fn speaker(node: &Node, person: &str) -> Browser {
    let mut browser = node.join_to_share(&on_screen(person)).await;
    browser.produce(Camera).await.unwrap();
    browser
}

/// J1: everybody hears where the video stands; it waits for the sharer's player, plays, is paused and sought in.
#[tokio::test]
async fn j1_play_pause_and_seek_reach_everybody() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = node.join(&on_screen("bob")).await;
    start(&mut ada, VIDEO, 30.0).await.unwrap();
    let first = video(&mut bob, "a video", |_| true).await;
    assert_eq!((first.video.as_str(), first.person, first.name), (VIDEO, account("ada"), "ada".into()));
    assert_eq!((first.started, first.playing, first.position, first.rate), (false, false, 30.0, 1.0));
    let said = Instant::now();
    control(&mut ada, true, 30.2).await.unwrap();
    let playing = video(&mut bob, "it plays", |video| video.playing).await;
    assert!(playing.started && since(said, 30.2).contains(&playing.position), "{playing:?}");
    let said = Instant::now();
    control(&mut ada, true, 100.0).await.unwrap();
    let sought = video(&mut bob, "it was sought in", |video| video.position > 90.0).await;
    assert!(since(said, 100.0).contains(&sought.position) && sought.revision > playing.revision, "{sought:?}");
    control(&mut ada, false, 101.0).await.unwrap();
    assert_eq!(video(&mut bob, "it is paused", |video| !video.playing).await.position, 101.0);
}

/// J1: who comes later is told where the video stands by then, and not where it was when somebody last said so.
#[tokio::test]
async fn j1_who_comes_later_gets_the_position_of_then() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    let before = Instant::now();
    control(&mut ada, true, 10.0).await.unwrap();
    // The time itself is what is tested.
    sleep(Duration::from_millis(1_500)).await;
    let least = 10.0 + 1.5 - 0.2;
    let late = node.connect().await.join(&on_screen("late")).await.youtube.expect("the video is told at the entry");
    assert!(late.position >= least && late.position <= 10.0 + before.elapsed().as_secs_f64(), "{late:?}");
    assert!(node.connect().await.join(&allowed(pass("b", "eve"), YoutubeSharing::OnScreen)).await.youtube.is_none());
}

/// J3: where it is switched off nobody shares a video, on screen or host.
#[tokio::test]
async fn j3_switched_off_nobody_may() {
    let node = Node::start().await;
    let mut host = allowed(pass("a", "olga"), YoutubeSharing::Nobody);
    host.host = true;
    let mut olga = node.join_to_share(&host).await;
    olga.produce(Camera).await.unwrap();
    assert_eq!(start(&mut olga, VIDEO, 0.0).await, Err(ErrorCode::MayNotShare));
}

/// J3: in a moderated session hosts only, on screen or not.
#[tokio::test]
async fn j3_moderated_hosts_only() {
    let node = Node::start().await;
    let mut ada = node.join_to_share(&hosts_only("ada", false)).await;
    ada.produce(Camera).await.unwrap();
    assert_eq!(start(&mut ada, VIDEO, 0.0).await, Err(ErrorCode::MayNotShare), "on screen, and no host");
    let mut olga = node.join(&hosts_only("olga", true)).await;
    assert_eq!(start(&mut olga, VIDEO, 0.0).await, Ok(()));
}

/// J3: otherwise who is on screen, and hosts; who only watches is refused, and nothing is told.
#[tokio::test]
async fn j3_otherwise_who_is_on_screen() {
    let node = Node::start().await;
    let mut bob = node.join(&allowed(viewer("a", "bob"), YoutubeSharing::OnScreen)).await;
    assert_eq!(start(&mut bob, VIDEO, 0.0).await, Err(ErrorCode::MayNotShare));
    let mut ada = node.join_to_share(&on_screen("ada")).await;
    assert_eq!(start(&mut ada, VIDEO, 0.0).await, Err(ErrorCode::MayNotShare), "not on screen yet");
    ada.produce(Camera).await.unwrap();
    assert_eq!(start(&mut ada, VIDEO, 0.0).await, Ok(()));
    stop(&mut ada).await.unwrap();
    let mut host = on_screen("olga");
    host.host = true;
    let mut olga = node.join(&host).await;
    assert_eq!(start(&mut olga, VIDEO, 0.0).await, Ok(()), "a host in any mode");
}

/// J3: leaving the screen ends the video of who may share one only there.
#[tokio::test]
async fn j3_leaving_the_screen_ends_it() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = node.join(&on_screen("bob")).await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    ada.stop(Camera).await;
    assert_eq!(over(&mut bob).await, Some(YoutubeEnd::MayNotShare));
    assert_eq!(over(&mut ada).await, Some(YoutubeEnd::MayNotShare), "the sharer is told why");
}

/// J3, D8: who may not go on screen any more is told that the video ended by that.
#[tokio::test]
async fn j3_d8_who_loses_the_right_reads_why_the_video_ended() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = node.join(&on_screen("bob")).await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    let (session, person) = (session("a"), account("ada"));
    link.say(&FromApi::Rights { session, person, share: false, host: false, asked: false }).await;
    assert_eq!(over(&mut ada).await, Some(YoutubeEnd::MayNotShare));
    assert_eq!(over(&mut bob).await, Some(YoutubeEnd::MayNotShare));
}

/// J3, D9: another mode while it is shared: hosts go on, others do not; switched off, nobody does.
#[tokio::test]
async fn j3_d9_another_mode_applies_at_once() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let settings = |version, youtube| FromApi::Settings {
        session: session("a"),
        settings: Settings { version, max_seats: 50, youtube, record: false, starts: 0 },
        keep: None,
    };
    let right = |person: &str, host| FromApi::Rights {
        session: session("a"),
        person: account(person),
        share: true,
        host,
        asked: false,
    };
    let mut mo = speaker(&node, "mo").await;
    let mut ada = speaker(&node, "ada").await;
    start(&mut mo, VIDEO, 0.0).await.unwrap();
    // Mo is a moderator, which counts from now on.
    link.say(&settings(2, YoutubeSharing::Hosts)).await;
    link.say(&right("mo", true)).await;
    link.room("a host inside, with the video", |room| room.hosts == 1 && room.youtube.is_some()).await;
    assert_eq!(control(&mut mo, true, 1.0).await, Ok(()));
    link.say(&right("mo", false)).await;
    assert_eq!(over(&mut mo).await, Some(YoutubeEnd::MayNotShare), "a host no more");
    assert_eq!(start(&mut ada, VIDEO, 0.0).await, Err(ErrorCode::MayNotShare));
    link.say(&settings(3, YoutubeSharing::OnScreen)).await;
    // Said after the settings, so they apply when this does.
    link.say(&right("mo", true)).await;
    link.room("a host again, and no video", |room| room.hosts == 1 && room.youtube.is_none()).await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    link.say(&settings(4, YoutubeSharing::Nobody)).await;
    assert_eq!(over(&mut ada).await, Some(YoutubeEnd::MayNotShare));
}

/// J4: one at a time, also when two start at the same moment; only its sharer moves or ends it.
#[tokio::test]
async fn j4_one_at_a_time_and_the_sharers_own() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = speaker(&node, "bob").await;
    let (first, second) = tokio::join!(start(&mut ada, VIDEO, 0.0), start(&mut bob, "aaaaaaaaaaa", 0.0));
    let refused: Vec<_> = [first, second].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused, [ErrorCode::WrongState], "one wins");
    let shared = video(&mut ada, "a video", |_| true).await;
    let (mut sharer, mut other) = if shared.person == account("ada") { (ada, bob) } else { (bob, ada) };
    for answer in [control(&mut other, true, 5.0).await, stop(&mut other).await] {
        assert_eq!(answer, Err(ErrorCode::MayNotShare));
    }
    assert_eq!(stop(&mut sharer).await, Ok(()));
    assert_eq!(over(&mut other).await, None, "by the sharer's own will");
    assert_eq!(control(&mut sharer, true, 5.0).await, Err(ErrorCode::WrongState), "there is none any more");
    assert_eq!(start(&mut other, VIDEO, 0.0).await, Ok(()));
}

/// J4, E1, E2: it takes a seat, is refused when none is left, and gives it back.
#[tokio::test]
async fn j4_e1_it_takes_a_seat() {
    let node = Node::start().await;
    let seats = |person: &str| allowed(pass_with_seats("a", person, 2), YoutubeSharing::OnScreen);
    let mut ada = node.join_to_share(&seats("ada")).await;
    ada.produce(Camera).await.unwrap();
    let mut bob = node.join_to_share(&seats("bob")).await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    bob.counts("two seats in use", |counts| (counts.seats, counts.viewers) == (2, 1)).await;
    assert_eq!(bob.produce(Camera).await, Err(ErrorCode::Full));
    stop(&mut ada).await.unwrap();
    bob.produce(Camera).await.expect("the seat is free again");
    assert_eq!(start(&mut ada, VIDEO, 0.0).await, Err(ErrorCode::Full));
}

/// J4: it ends when the sharer leaves, for everybody, and the seat is free.
#[tokio::test]
async fn j4_the_sharer_leaves_and_it_ends() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = node.join(&on_screen("bob")).await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    video(&mut bob, "a video", |_| true).await;
    ada.leave().await;
    assert_eq!(over(&mut bob).await, None);
    bob.counts("no seat in use", |counts| counts.seats == 0).await;
}

/// J4: a host ends it, by whatever way, and the api sees it while it lasts.
#[tokio::test]
async fn j4_a_host_ends_it() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut ada = speaker(&node, "ada").await;
    let ways = [
        FromApi::StopYoutube { session: session("a") },
        FromApi::StopSeat { session: session("a"), person: account("ada"), seat: Seat::Youtube },
    ];
    for way in ways {
        start(&mut ada, VIDEO, 12.0).await.unwrap();
        let told = link.room("the video", |room| room.youtube.is_some()).await;
        assert_eq!(told.youtube.unwrap().video, VIDEO);
        link.say(&way).await;
        assert_eq!(over(&mut ada).await, Some(YoutubeEnd::Removed), "{way:?}");
        link.room("no video", |room| room.youtube.is_none()).await;
    }
    start(&mut ada, VIDEO, 0.0).await.expect("the right stays");
    link.say(&FromApi::StopSeat { session: session("a"), person: account("bob"), seat: Seat::Youtube }).await;
    assert_eq!(control(&mut ada, true, 1.0).await, Ok(()), "the seat of somebody else is not hers");
}

/// J4, O2: the api hears at once that there is a video or none, so that it knows what a host ends.
#[tokio::test]
async fn j4_o2_its_beginning_and_its_end_are_told_at_once() {
    let mut api = FakeApi::start().await;
    let node = Node::linked_to(&api).await;
    let (mut link, _hello) = api.link().await;
    let mut olga = node.join(&hosts_only("olga", true)).await;
    let began = Instant::now();
    for _ in 0..8 {
        start(&mut olga, VIDEO, 0.0).await.unwrap();
        link.room("the video", |room| room.youtube.is_some()).await;
        stop(&mut olga).await.unwrap();
        link.room("no video", |room| room.youtube.is_none()).await;
    }
    assert!(began.elapsed() < Duration::from_secs(8), "16 changes, each told well within a second");
}

/// H5, E1: a lost sharer's seat is held, the video goes on meanwhile, and is theirs again when they are back.
#[tokio::test]
async fn h5_j4_a_lost_sharer_comes_back_to_the_video() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = speaker(&node, "bob").await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    control(&mut ada, true, 50.0).await.unwrap();
    ada.lose();
    bob.speakers("Ada is lost", |speakers| speakers.iter().any(|one| one.lost)).await;
    assert_eq!(start(&mut bob, "aaaaaaaaaaa", 0.0).await, Err(ErrorCode::WrongState), "it is still there");
    let mut again = node.connect().await;
    let joined = again.join(&on_screen("ada")).await;
    let held = joined.youtube.expect("the video is there");
    assert!(held.playing && held.position >= 50.0 && held.person == account("ada"), "{held:?}");
    assert_eq!(control(&mut again, false, 60.0).await, Ok(()));
    assert_eq!(video(&mut bob, "paused by Ada", |video| !video.playing).await.position, 60.0);
}

/// J4, H5: of a video that a host ended while its sharer was lost, the sharer hears that it was this room that had it; and nothing
/// else there knows of who shared only that.
#[tokio::test]
async fn j4_h5_a_lost_sharer_comes_back_to_the_room_that_ended_the_video() {
    let node = Node::start().await;
    let mut olga = node.connect().await;
    let before = olga.join(&hosts_only("olga", true)).await;
    let mut bob = node.join(&hosts_only("bob", false)).await;
    start(&mut olga, VIDEO, 0.0).await.unwrap();
    video(&mut bob, "the video", |video| video.video == VIDEO).await;
    olga.lose();
    node.running.rooms.command(FromApi::StopYoutube { session: session("a") }).await;
    assert_eq!(over(&mut bob).await, Some(YoutubeEnd::Removed));
    let after = node.connect().await.join(&hosts_only("olga", true)).await;
    assert_eq!((after.youtube, after.speakers, after.began), (None, Vec::new(), before.began));
}

/// E1, I2: a lost sharer who is not seen themselves is inside for as long as the seat is held, and counted like that.
#[tokio::test]
async fn e1_i2_a_lost_sharer_is_counted_among_those_inside() {
    let node = Node::start().await;
    let mut olga = node.join(&hosts_only("olga", true)).await;
    let _bob = node.join(&hosts_only("bob", false)).await;
    start(&mut olga, VIDEO, 0.0).await.unwrap();
    olga.lose();
    let state = async || node.running.rooms.describe().await.remove(0);
    let lost = async {
        while state().await.hosts > 0 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    within("the loss of olga, the only host", lost).await;
    let state = state().await;
    assert_eq!((state.counts.seats, state.counts.viewers, state.people.len()), (1, 2, 2));
}

/// J2: media trusts nobody's id, place or speed.
#[tokio::test]
async fn j2_what_is_no_video_is_refused() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let poisoned = ["", "dQw4w9WgXc", "dQw4w9WgXcQQ", "../../../xy", "\"><script>", "dQw4w9WgXcé", "dQw4w9 gXcQ"];
    for id in poisoned {
        assert_eq!(start(&mut ada, id, 0.0).await, Err(ErrorCode::InvalidParameters), "{id}");
    }
    for at in [-1.0, 1e9] {
        assert_eq!(start(&mut ada, VIDEO, at).await, Err(ErrorCode::InvalidParameters), "{at}");
    }
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    for position in [-0.5, 1e12] {
        assert_eq!(control(&mut ada, true, position).await, Err(ErrorCode::InvalidParameters), "{position}");
    }
    for rate in [0.0, -1.0, 16.0] {
        let make =
            |id| ClientMessage::ControlYoutube { id, playing: true, position: 1.0, rate: Some(rate), live: None };
        assert_eq!(refused(&ada.request(make).await), ErrorCode::InvalidParameters, "{rate}");
    }
    assert_eq!(control(&mut ada, true, 1.0).await, Ok(()));
}

/// J1: moving the video without end is a flood, and the room goes on without its author.
#[tokio::test]
async fn j1_a_flood_of_changes_is_closed() {
    let node = Node::start().await;
    let mut ada = speaker(&node, "ada").await;
    let mut bob = node.join(&on_screen("bob")).await;
    start(&mut ada, VIDEO, 0.0).await.unwrap();
    for number in 0..400 {
        let control =
            ClientMessage::ControlYoutube { id: 1_000 + number, playing: true, position: 5.0, rate: None, live: None };
        ada.say_raw(tokio_tungstenite::tungstenite::Message::text(serde_json::to_string(&control).unwrap())).await;
    }
    assert_eq!(ada.closed().await, CloseCode::TooMany);
    video(&mut bob, "the video", |video| video.playing).await;
}
