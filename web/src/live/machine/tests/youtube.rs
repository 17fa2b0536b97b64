//! Tests of the own video after a lost connection (J1, H5).

use super::*;
use protocol::signalling::ErrorCode;
use protocol::youtube::YoutubeEnd;

fn video(person: &str, started: bool, playing: bool) -> Youtube {
    Youtube {
        video: "dQw4w9WgXcQ".into(),
        live: false,
        person: person.into(),
        name: person.to_uppercase(),
        started,
        playing,
        position: 30.0,
        rate: 1.5,
        revision: 7,
    }
}

/// Inside, where this person shares a video.
fn watching(person: &str) -> Machine {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.hear(ServerMessage::Youtube { youtube: Some(video(person, true, true)), end: None });
    machine
}

fn is_over(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Change(Change::Video(None)))
}

fn asks_again(effects: &[Effect]) -> bool {
    effects.contains(&Effect::VideoAgain)
}

/// What is sent when the driver hands in where the video stands.
fn started_again(machine: &mut Machine, video: Youtube) -> Vec<ClientMessage> {
    let effects = machine.handle(Input::Video(VideoWish::Again(video)));
    sent(&effects).into_iter().cloned().collect()
}

/// J1, H5: media that has started anew gets the video as it stands, and the page goes on showing it.
#[test]
fn j1_h5_the_own_video_is_started_again_where_it_stands() {
    let mut machine = watching("me");
    let effects = machine.comes_anew(Found::default());
    assert!(asks_again(&effects) && !is_over(&effects), "{effects:?}");
    let messages = started_again(&mut machine, video("me", true, true));
    let [ClientMessage::StartYoutube { at, live: false, .. }, control] = &messages[..] else { panic!("{messages:?}") };
    assert_eq!(*at, 30.0);
    let plays = |message: &ClientMessage| match message {
        ClientMessage::ControlYoutube { playing, position, rate, .. } => Some((*playing, *position, *rate)),
        _ => None,
    };
    assert_eq!(plays(control), Some((true, 30.0, Some(1.5))));

    // One that is paused has played, so that nobody waits for its beginning.
    machine.comes_anew(Found::default());
    let messages = started_again(&mut machine, video("me", true, false));
    let states: Vec<bool> = messages.iter().filter_map(plays).map(|(playing, ..)| playing).collect();
    assert_eq!(states, [true, false]);

    // One that has not begun begins with its sharer's player.
    machine.comes_anew(Found::default());
    assert_eq!(started_again(&mut machine, video("me", false, false)).len(), 1);
}

/// J3, H5: who may share it by being on screen is there first.
#[test]
fn j3_h5_the_own_video_comes_after_the_own_picture() {
    let mut machine = Machine::on_screen();
    machine.hear(ServerMessage::Youtube { youtube: Some(video("me", true, true)), end: None });
    let effects = machine.comes_anew(Found { share: true, ..Found::default() });
    assert!(!asks_again(&effects) && !is_over(&effects), "{effects:?}");
    let [ClientMessage::CreateSendTransport { id }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let id = *id;
    machine.hear(ServerMessage::SendTransport { id, transport: transport("send") });
    let source = Source::Camera;
    let effects = machine.handle(Input::Engine(Event::Produce { source, rtp_parameters: Value::Null }));
    let [ClientMessage::Produce { id, .. }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let id = *id;
    assert!(asks_again(&machine.hear(ServerMessage::Produced { id, producer: "p".into() })));
}

/// J3, H5: where nothing comes on screen any more, the server decides.
#[test]
fn j3_h5_who_may_not_go_on_screen_any_more_asks_at_once() {
    let mut machine = Machine::on_screen();
    machine.hear(ServerMessage::Youtube { youtube: Some(video("me", true, true)), end: None });
    let effects = machine.comes_anew(Found::default());
    assert_eq!(effects.iter().filter(|effect| **effect == Effect::VideoAgain).count(), 1, "{effects:?}");
}

/// J4: only the own video, and only where nobody has ended it.
#[test]
fn j4_h5_nothing_is_started_again_that_is_somebody_elses_or_over() {
    let mut machine = watching("ada");
    let effects = machine.comes_anew(Found::default());
    assert!(!asks_again(&effects) && is_over(&effects), "somebody else's");

    let mut machine = watching("me");
    machine.hear(ServerMessage::Youtube { youtube: None, end: Some(YoutubeEnd::Removed) });
    assert!(!asks_again(&machine.comes_anew(Found::default())), "a host ended it");

    let mut machine = watching("me");
    let effects = machine.comes_back(Found::default());
    assert!(!asks_again(&effects) && is_over(&effects), "a host ended it meanwhile");

    let mut machine = watching("me");
    let youtube = Some(video("ada", true, true));
    assert!(!asks_again(&machine.comes_anew(Found { youtube, ..Found::default() })), "somebody was faster");

    let mut machine = watching("me");
    machine.handle(Input::Leave);
    machine.handle(Input::Enter);
    assert!(!asks_again(&machine.joined(true, vec![])), "the person left");
}

/// J4, H5: what cannot be started again is not shown any more, and the person is told why.
#[test]
fn j4_h5_a_video_that_is_refused_is_over() {
    let mut machine = watching("me");
    machine.comes_anew(Found::default());
    let id = started_again(&mut machine, video("me", true, true))[0].id();
    let effects = machine.hear(ServerMessage::Error { id, code: ErrorCode::MayNotShare, message: String::new() });
    assert_eq!(effects, [Effect::Change(Change::Video(None)), Effect::Notice(Notice::VideoMayNot)]);
    assert!(!asks_again(&machine.comes_anew(Found::default())));
}
