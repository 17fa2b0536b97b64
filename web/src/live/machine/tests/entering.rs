//! Tests of the way in, until somebody is inside or is told why not (H1, H9).

use super::*;
use crate::live::engine::Step;
use crate::state::room::Trouble;
use protocol::signalling::{CloseCode, Receiving};

#[test]
fn entering_waits_for_nothing_after_joined() {
    let mut machine = machine();
    let effects = machine.handle(Input::Enter);
    assert_eq!(effects[0], Effect::Change(Change::Phase(Phase::Joining)));
    assert_eq!(effects[1], Effect::AskPass { attempt: 1 });
    assert_eq!(machine.granted()[0], Effect::OpenSocket { attempt: 1, url: "ws://media".into() });
    let effects = machine.hear(ServerMessage::Welcome { router_rtp_capabilities: json!(1) });
    assert_eq!(effects, [Effect::Engine(Command::Load { router_rtp_capabilities: json!(1) })]);
    let effects = machine.handle(Input::Engine(Event::Loaded { rtp_capabilities: json!(2) }));
    let join = ClientMessage::Join { id: 1, pass: "pass".into(), tab: "tab-1".into(), rtp_capabilities: json!(2) };
    assert_eq!(effects, [Effect::Send(join)]);
    let effects = machine.hear(ServerMessage::Joined {
        id: 1,
        person: "me".into(),
        share: true,
        counts: Counts::default(),
        speakers: vec![],
        hands: Hands::default(),
        receive_transport: transport("r"),
        consumers: vec![consumer("c1")],
        youtube: None,
        recording: false,
        began: 1,
    });
    assert_eq!(effects[0], Effect::Engine(Command::ReceiveTransport { transport: transport("r") }));
    assert_eq!(effects[1], Effect::Engine(Command::Consume { consumers: vec![consumer("c1")] }));
    assert_eq!(phases(&effects), [Phase::Inside]);
    let effects =
        machine.handle(Input::Engine(Event::Connect { direction: Direction::Receive, dtls_parameters: json!(3) }));
    let connect = ClientMessage::ConnectTransport { id: 2, direction: Direction::Receive, dtls_parameters: json!(3) };
    assert_eq!(sent(&effects), [&connect]);
    machine.handle(Input::Show(shown(&[("ada", 1)])));
    let effects = machine.handle(Input::Engine(Event::Consumed { consumers: vec!["c1".into()] }));
    let receiving = vec![Receiving { consumer: "c1".into(), layer: Some(1) }];
    assert_eq!(sent(&effects), [&ClientMessage::SetReceiving { id: 3, consumers: receiving }]);
    let received = Change::Received { person: "ada".into(), source: Source::Camera, consumer: "c1".into() };
    assert_eq!(effects[0], Effect::Change(received));
}

/// Before any transport is made, and with each pass anew: the names on them end.
#[test]
fn h9_the_media_layer_hears_of_turn_servers_with_each_pass() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let told = Effect::Engine(Command::IceServers { ice_servers: vec![turn_server()] });
    assert!(machine.granted().contains(&told));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    assert!(machine.granted().contains(&told));
}

#[test]
fn h1_entering_asks_for_no_device_and_sends_nothing() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    assert!(sent(&machine.joined(true, vec![])).is_empty());
}

#[test]
fn h9_an_entry_that_does_not_succeed_is_told_and_tried_on() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let trouble = Effect::Change(Change::Trouble(Some(Trouble::Packets)));
    let mut told = Vec::new();
    for _ in 0..5 {
        machine.granted();
        let effects = machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
        told.push(effects.contains(&trouble));
        assert_eq!(phases(&effects), [Phase::Joining]);
        machine.ring(Timer::Retry);
    }
    assert_eq!(told, [false, false, false, true, true]);
}

#[test]
fn h9_an_entry_that_takes_ten_seconds_is_told_with_what_is_in_the_way() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let told = |trouble| Effect::Change(Change::Trouble(Some(trouble)));
    assert!(machine.ring(Timer::Enter).contains(&told(Trouble::Server)), "nobody answered at all");
    machine.ring(Timer::Retry);
    machine.granted();
    assert!(machine.ring(Timer::Enter).contains(&told(Trouble::Packets)), "a pass came, and nothing after it");
}

#[test]
fn h5_another_network_starts_an_entry_over() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let old = machine.attempt;
    let effects = machine.handle(Input::NetworkChanged);
    assert!(effects.contains(&Effect::AskPass { attempt: machine.attempt }));
    assert!(machine.attempt > old);
}

#[test]
fn h5_each_press_of_the_button_has_its_own_name_and_a_reconnect_has_not() {
    let mut machine = machine();
    let mut names = Vec::new();
    let join = |machine: &mut Machine| {
        machine.granted();
        machine.hear(ServerMessage::Welcome { router_rtp_capabilities: Value::Null });
        let effects = machine.handle(Input::Engine(Event::Loaded { rtp_capabilities: Value::Null }));
        let [ClientMessage::Join { tab, .. }] = sent(&effects)[..] else { panic!("{effects:?}") };
        tab.clone()
    };
    machine.handle(Input::Enter);
    names.push(join(&mut machine));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    names.push(join(&mut machine));
    machine.handle(Input::Closed { attempt: machine.attempt, code: CloseCode::TakenOver.number() });
    machine.handle(Input::Enter);
    names.push(join(&mut machine));
    assert_eq!(names, ["tab-1", "tab-1", "tab-2"]);
}

#[test]
fn e3_a_full_room_is_asked_again_until_a_place_is_free() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.granted();
    let effects = machine.hear(ServerMessage::Closed { code: CloseCode::RoomFull, message: String::new() });
    assert_eq!(phases(&effects), [Phase::WaitingForPlace]);
    assert_eq!(retry(&effects), Some(PLACE_MS));
    machine.ring(Timer::Retry);
    assert_eq!(phases(&machine.joined(true, vec![])), [Phase::Inside]);
}

#[test]
fn c6_a_pass_that_is_refused_ends_with_its_reason() {
    for (refusal, ending) in [
        (Refusal::NotFound, Ending::AccessLost),
        (Refusal::NotOpen, Ending::NotOpen),
        (Refusal::SignedOut, Ending::SignedOut),
    ] {
        let mut machine = machine();
        machine.handle(Input::Enter);
        let effects = machine.handle(Input::Pass { attempt: machine.attempt, answer: Err(refusal) });
        assert_eq!(phases(&effects), [Phase::Ended(ending)]);
        assert_eq!(retry(&effects), None);
    }
}

#[test]
fn a_browser_that_cannot_take_part_is_told_and_not_tried_again() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.granted();
    machine.hear(ServerMessage::Welcome { router_rtp_capabilities: Value::Null });
    let failed = |step| Input::Engine(Event::Failed { step, source: None, message: String::new() });
    let mut other = machine.clone();
    assert_eq!(phases(&machine.handle(failed(Step::Unsupported))), [Phase::Ended(Ending::Unsupported)]);
    assert_eq!(phases(&other.handle(failed(Step::Load))), [Phase::Joining], "a chunk that did not load may load later");
}
