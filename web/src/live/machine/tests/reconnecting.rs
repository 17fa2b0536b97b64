//! Tests of lost connections, each of which is replaced whole (H5).

use super::*;

#[test]
fn h5_a_lost_connection_asks_for_another_pass_and_sends_again_what_was_sent() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::SetMuted { source: Source::Microphone, muted: true });
    let effects = machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    assert_eq!(phases(&effects), [Phase::Reconnecting]);
    assert!(effects.contains(&Effect::Engine(Command::Reset)));
    let closes_device = |effect: &Effect| matches!(effect, Effect::Engine(Command::CloseCapture { .. }));
    assert!(!effects.iter().any(closes_device), "the devices stay on");
    assert!(retry(&effects).unwrap() < 500);
    let effects = machine.ring(Timer::Retry);
    assert_eq!(effects[0], Effect::AskPass { attempt: machine.attempt });
    let effects = machine.joined(true, vec![]);
    let produced = machine.finish_sharing(&effects);
    let muted: Vec<(Source, bool)> = produced
        .iter()
        .map(|message| match message {
            ClientMessage::Produce { source, paused, .. } => (*source, *paused),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(muted, [(Source::Microphone, true), (Source::Camera, false)]);
}

#[test]
fn h5_attempts_go_on_until_a_media_node_is_back() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    for _ in 0..50 {
        machine.ring(Timer::Retry);
        let effects = machine.handle(Input::Pass { attempt: machine.attempt, answer: Err(Refusal::Temporary) });
        assert_eq!(phases(&effects), [Phase::Reconnecting]);
        assert!(retry(&effects).is_some());
    }
    machine.ring(Timer::Retry);
    assert_eq!(phases(&machine.joined(true, vec![])), [Phase::Inside]);
}

#[test]
fn h5_silence_between_two_pings_is_a_lost_connection() {
    let mut machine = Machine::on_screen();
    let effects = machine.ring(Timer::Ping);
    let [ClientMessage::Ping { id }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let id = *id;
    machine.hear(ServerMessage::Ok { id });
    assert_eq!(phases(&machine.ring(Timer::Ping)), []);
    assert_eq!(phases(&machine.ring(Timer::Ping)), [Phase::Reconnecting]);
}

#[test]
fn h5_another_network_is_tried_at_once() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    let effects = machine.handle(Input::NetworkChanged);
    assert!(matches!(effects[0], Effect::AskPass { .. }));
}

#[test]
fn h5_a_probe_starts_the_regular_ping_over() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Awake);
    let [ClientMessage::Ping { .. }] = sent(&effects)[..] else { panic!("{effects:?}") };
    let ping = Effect::SetTimer { attempt: machine.attempt, timer: Timer::Ping, ms: PING_MS };
    assert!(effects.contains(&ping), "a regular ping a moment later would hear nothing yet");
    assert_eq!(phases(&machine.ring(Timer::Probe)), [Phase::Reconnecting], "the computer slept too long");
}

#[test]
fn what_an_earlier_connection_still_says_is_ignored() {
    let mut machine = Machine::on_screen();
    let old = machine.attempt;
    machine.handle(Input::Closed { attempt: old, code: 1006 });
    machine.ring(Timer::Retry);
    for input in [
        Input::Closed { attempt: old, code: 4409 },
        Input::Message { attempt: old, message: ServerMessage::Speakers { speakers: Vec::<Speaker>::new() } },
        Input::Timer { attempt: old, timer: Timer::Ping },
        Input::Pass { attempt: old, answer: Err(Refusal::NotFound) },
    ] {
        assert_eq!(machine.handle(input), []);
    }
}
