//! Tests of how being inside ends: by the server's word, or the person's own.

use super::*;
use protocol::signalling::CloseCode;

#[test]
fn every_close_code_leads_somewhere() {
    let expected = [
        (CloseCode::TakenOver, Phase::Ended(Ending::TakenOver)),
        (CloseCode::AccessLost, Phase::Ended(Ending::AccessLost)),
        (CloseCode::SessionClosed, Phase::Ended(Ending::SessionClosed)),
        (CloseCode::RoomFull, Phase::WaitingForPlace),
        (CloseCode::InvalidPass, Phase::Reconnecting),
        (CloseCode::Restarting, Phase::Reconnecting),
        (CloseCode::TooSlow, Phase::Reconnecting),
        (CloseCode::NotJoined, Phase::Reconnecting),
        (CloseCode::BadMessage, Phase::Ended(Ending::Refused)),
        (CloseCode::TooMany, Phase::Ended(Ending::Refused)),
        (CloseCode::TooMuch, Phase::Ended(Ending::Refused)),
    ];
    for (code, phase) in expected {
        let mut machine = Machine::on_screen();
        let before = machine.attempt;
        let effects = machine.hear(ServerMessage::Closed { code, message: String::new() });
        assert_eq!(phases(&effects), [phase], "{code:?}");
        let late = machine.handle(Input::Closed { attempt: before, code: code.number() });
        assert_eq!(late, [], "{code:?}: the socket's own end adds nothing");
        let mut machine = Machine::on_screen();
        let effects = machine.handle(Input::Closed { attempt: machine.attempt, code: code.number() });
        assert_eq!(phases(&effects), [phase], "{code:?} as a number");
    }
}

#[test]
fn an_end_switches_the_devices_off() {
    let mut machine = Machine::on_screen();
    let effects = machine.hear(ServerMessage::Closed { code: CloseCode::TakenOver, message: String::new() });
    for source in BOTH {
        assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source })));
    }
    assert_eq!(phases(&machine.handle(Input::Enter)), [Phase::Joining], "\"use it here\" enters again");
}

#[test]
fn leaving_says_so_and_leaves_nothing_on() {
    let mut machine = Machine::on_screen();
    let effects = machine.handle(Input::Leave);
    assert!(matches!(sent(&effects)[..], [ClientMessage::Leave { .. }]));
    let leave = effects.iter().position(|effect| matches!(effect, Effect::Send(_)));
    let close = effects.iter().position(|effect| *effect == Effect::CloseSocket);
    assert!(leave < close);
    assert_eq!(phases(&effects), [Phase::Ended(Ending::Left)]);
    assert!(effects.contains(&Effect::Engine(Command::CloseCapture { source: Source::Camera })));
    assert_eq!(machine.handle(Input::Leave), []);
}

#[test]
fn a_device_that_opens_after_leaving_is_switched_off() {
    let mut machine = Machine::on_screen();
    machine.handle(Input::Leave);
    let effects = machine.handle(Input::Share(vec![Source::Camera]));
    assert_eq!(effects, [Effect::Engine(Command::CloseCapture { source: Source::Camera })]);
}
