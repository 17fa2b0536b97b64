//! Tests of what is sent, and of what takes it off the screen (D7–D9, E1, E2).

use super::*;
use crate::state::room::Own;
use protocol::room::Seat;
use protocol::signalling::{ErrorCode, StopReason};

#[test]
fn e2_a_refused_seat_switches_the_devices_off_and_says_full_once() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    let effects = machine.handle(Input::Share(BOTH.to_vec()));
    let [ClientMessage::CreateSendTransport { id }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let id = *id;
    machine.hear(ServerMessage::SendTransport { id, transport: transport("s") });
    let mut requests = Vec::new();
    for source in BOTH {
        let effects = machine.handle(Input::Engine(Event::Produce { source, rtp_parameters: Value::Null }));
        requests.push(sent(&effects)[0].id());
    }
    let mut notices = Vec::new();
    for id in requests {
        let effects = machine.hear(ServerMessage::Error { id, code: ErrorCode::Full, message: String::new() });
        notices.extend(effects.into_iter().filter(|effect| matches!(effect, Effect::Notice(_))));
    }
    assert_eq!(notices, [Effect::Notice(Notice::Full)]);
    assert!(machine.wanted.is_empty());
}

#[test]
fn e1_a_refused_screen_takes_its_sound_along_and_leaves_the_person_on_screen() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Share(vec![Source::Screen, Source::ScreenAudio]));
    assert!(effects.contains(&Effect::Engine(Command::Produce { source: Source::Screen, muted: false })));
    let effects = machine.handle(Input::Engine(Event::Produce { source: Source::Screen, rtp_parameters: Value::Null }));
    let id = sent(&effects)[0].id();
    machine.hear(ServerMessage::Error { id, code: ErrorCode::Full, message: String::new() });
    assert_eq!(machine.wanted.keys().copied().collect::<Vec<_>>(), BOTH);
}

#[test]
fn d8_who_may_not_share_is_told_and_asks_the_server_for_nothing() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    let effects = machine.handle(Input::Share(BOTH.to_vec()));
    assert!(sent(&effects).is_empty());
    assert!(effects.contains(&Effect::Notice(Notice::MayNotShare)));
    assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source: Source::Camera })));
}

#[test]
fn d9_a_right_taken_back_stops_what_is_sent_with_one_message() {
    let mut machine = Machine::on_screen();
    let mut notices = 0;
    machine.hear(ServerMessage::Rights { share: false, waiting: None });
    for source in BOTH {
        let effects = machine.hear(ServerMessage::Stopped { source, reason: StopReason::MayNotShare });
        assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source })));
        notices += effects.iter().filter(|effect| matches!(effect, Effect::Notice(_))).count();
    }
    assert_eq!(notices, 1);
}

#[test]
fn d7_a_host_mutes_and_the_person_may_unmute_again() {
    let mut machine = Machine::on_screen();
    let source = Source::Microphone;
    let effects = machine.hear(ServerMessage::Muted { source });
    assert!(effects.contains(&Effect::Engine(Command::SetMuted { source, muted: true })), "nothing is sent any more");
    let shown = Change::Own { source, own: Own { muted: true, on_screen: true } };
    assert!(effects.contains(&Effect::Change(shown)));
    assert_eq!(notices(&effects), [Notice::MutedByHost(source)]);
    assert!(sent(&effects).is_empty(), "the server knows it");
    let effects = machine.handle(Input::SetMuted { source, muted: false });
    assert!(matches!(sent(&effects)[..], [ClientMessage::SetMuted { muted: false, .. }]));
}

#[test]
fn d7_what_is_not_sent_any_more_is_not_muted() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::StopSharing(BOTH.to_vec()));
    assert_eq!(machine.hear(ServerMessage::Muted { source: Source::Microphone }), []);
}

#[test]
fn d7_who_is_removed_from_the_screen_is_told_once_and_stays_inside() {
    let mut machine = Machine::on_screen();
    let mut told = Vec::new();
    for source in BOTH {
        let effects = machine.hear(ServerMessage::Stopped { source, reason: StopReason::Removed });
        assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source })));
        assert!(sent(&effects).is_empty() && phases(&effects).is_empty());
        told.extend(notices(&effects));
    }
    told.extend(notices(&machine.hear(ServerMessage::Rights { share: false, waiting: None })));
    assert_eq!(told, [Notice::Removed(Seat::Person)]);
}

#[test]
fn d7_a_removed_screen_share_leaves_the_person_on_screen() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Share(vec![Source::Screen]));
    let effects = machine.hear(ServerMessage::Stopped { source: Source::Screen, reason: StopReason::Removed });
    assert_eq!(notices(&effects), [Notice::Removed(Seat::Screen)]);
    assert_eq!(machine.wanted.keys().copied().collect::<Vec<_>>(), BOTH);
}

#[test]
fn a_source_that_stops_while_it_starts_is_not_sent() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.handle(Input::Share(vec![Source::Screen]));
    machine.handle(Input::Engine(Event::CaptureEnded { source: Source::Screen }));
    let effects = machine.handle(Input::Engine(Event::Produce { source: Source::Screen, rtp_parameters: Value::Null }));
    assert_eq!(effects, [Effect::Engine(Command::StopProducing { source: Source::Screen })]);
}

#[test]
fn ending_a_screen_share_in_the_browser_ends_its_sound_too_and_is_no_accident() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Share(vec![Source::Screen, Source::ScreenAudio]));
    for effect in effects {
        if let Effect::Engine(Command::Produce { source, .. }) = effect {
            machine.handle(Input::Engine(Event::Produce { source, rtp_parameters: Value::Null }));
        }
    }
    let effects = machine.handle(Input::Engine(Event::CaptureEnded { source: Source::Screen }));
    let stopped: Vec<Source> = sent(&effects)
        .into_iter()
        .map(|message| match message {
            ClientMessage::StopProducing { source, .. } => *source,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(stopped, [Source::Screen, Source::ScreenAudio]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Notice(_))));
}

#[test]
fn an_unplugged_microphone_is_told() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Engine(Event::CaptureEnded { source: Source::Microphone }));
    assert!(effects.contains(&Effect::Notice(Notice::CaptureEnded(Source::Microphone))));
    assert_eq!(machine.wanted.keys().copied().collect::<Vec<_>>(), [Source::Camera]);
}

#[test]
fn muting_before_the_server_knows_the_source_starts_it_muted() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.handle(Input::Share(vec![Source::Microphone]));
    let effects = machine.handle(Input::SetMuted { source: Source::Microphone, muted: true });
    assert!(sent(&effects).is_empty());
    let effects =
        machine.handle(Input::Engine(Event::Produce { source: Source::Microphone, rtp_parameters: Value::Null }));
    assert!(matches!(sent(&effects)[..], [ClientMessage::Produce { paused: true, .. }]));
}
