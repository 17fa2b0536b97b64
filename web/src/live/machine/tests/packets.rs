//! Tests of the ways that the packets take: they are mended, or what is in the way is told (H5, H9).

use super::*;
use crate::live::engine::TransportState;
use crate::state::room::Trouble;

#[test]
fn h5_broken_packets_restart_ice_and_ask_for_a_sign_of_life() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    let effects = machine.handle(transport_is(Direction::Receive, TransportState::Disconnected));
    let [ClientMessage::Ping { .. }, ClientMessage::RestartIce { id, direction: Direction::Receive }] =
        sent(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    let id = *id;
    let effects = machine.hear(ServerMessage::IceRestarted { id, ice_parameters: json!(9) });
    let restart = Command::RestartIce { direction: Direction::Receive, ice_parameters: json!(9) };
    assert_eq!(effects, [Effect::Engine(restart)]);
    assert_eq!(phases(&machine.ring(Timer::Probe)), [], "an answer came");
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    assert!(machine.ring(Timer::Heal(Way::Receive)).is_empty(), "healed");
}

#[test]
fn h5_no_sign_of_life_replaces_the_connection() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Disconnected));
    assert_eq!(phases(&machine.ring(Timer::Probe)), [Phase::Reconnecting]);
}

#[test]
fn h9_missing_packets_are_told_after_ten_seconds_and_no_more_when_they_come() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![consumer("c1")]);
    let effects =
        machine.handle(Input::Engine(Event::Connect { direction: Direction::Receive, dtls_parameters: Value::Null }));
    let reach = Effect::SetTimer { attempt: machine.attempt, timer: Timer::Reach(Way::Receive), ms: REACH_MS };
    assert!(effects.contains(&reach));
    assert!(
        machine.ring(Timer::Reach(Way::Receive)).contains(&Effect::Change(Change::Trouble(Some(Trouble::Packets))))
    );
    let effects = machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    assert_eq!(effects, [Effect::Change(Change::Trouble(None))]);
}

#[test]
fn h5_a_way_that_worked_and_cannot_be_mended_ends_with_its_connection() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    machine.handle(transport_is(Direction::Receive, TransportState::Failed));
    let phases: Vec<Vec<Phase>> = (0..=HEALS).map(|_| phases(&machine.ring(Timer::Heal(Way::Receive)))).collect();
    assert_eq!(phases.last(), Some(&vec![Phase::Reconnecting]));
    assert!(phases[..phases.len() - 1].iter().all(Vec::is_empty), "{phases:?}");
}

#[test]
fn h9_a_way_that_never_worked_is_tried_on_without_another_connection() {
    let mut machine = Machine::on_screen();
    let mut effects = machine.ring(Timer::Reach(Way::Receive));
    for _ in 0..3 * HEALS {
        let restart = sent(&effects).into_iter().find_map(|message| match message {
            ClientMessage::RestartIce { id, .. } => Some(*id),
            _ => None,
        });
        machine.hear(ServerMessage::IceRestarted { id: restart.expect("another try"), ice_parameters: json!(1) });
        effects = machine.ring(Timer::Heal(Way::Receive));
        assert_eq!(phases(&effects), []);
    }
}

#[test]
fn h9_packets_that_come_in_time_are_not_talked_about() {
    let mut machine = Machine::on_screen();
    machine.handle(transport_is(Direction::Receive, TransportState::Connected));
    assert!(machine.ring(Timer::Reach(Way::Receive)).is_empty());
}

fn transport_is(direction: Direction, state: TransportState) -> Input {
    Input::Engine(Event::Transport { direction, state })
}
