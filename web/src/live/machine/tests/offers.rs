//! Tests of waiting for a place on screen, and of the one that is offered (D5).

use super::*;

fn offers(effects: &[Effect]) -> Vec<Option<u64>> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Change(Change::Offered(left)) = effect { Some(*left) } else { None })
        .collect()
}

#[test]
fn d5_who_is_approved_while_full_hears_of_it_once() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    assert_eq!(notices(&machine.hear(ServerMessage::Rights { share: true, waiting: None })), []);
    let effects = machine.hear(ServerMessage::Rights { share: true, waiting: Some(2) });
    assert_eq!(notices(&effects), [Notice::NextSeat]);
    let effects = machine.hear(ServerMessage::Rights { share: true, waiting: Some(1) });
    assert_eq!(
        effects,
        [Effect::Change(Change::Rights { share: true, waiting: Some(1) })],
        "only the place is another"
    );
}

#[test]
fn d5_an_offer_counts_down_and_lapses() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    assert_eq!(offers(&machine.hear(ServerMessage::Offered { seconds: 3 })), [Some(3)]);
    assert_eq!(offers(&machine.ring(Timer::Offer)), [Some(2)]);
    assert_eq!(offers(&machine.ring(Timer::Offer)), [Some(1)]);
    let effects = machine.ring(Timer::Offer);
    assert_eq!(offers(&effects), [None]);
    assert_eq!(notices(&effects), [Notice::OfferLapsed]);
    assert_eq!(machine.ring(Timer::Offer), []);
}

#[test]
fn d5_a_taken_seat_ends_the_offer() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![]);
    machine.hear(ServerMessage::Offered { seconds: 30 });
    let effects = machine.handle(Input::Share(BOTH.to_vec()));
    machine.finish_sharing(&effects);
    assert_eq!(machine.ring(Timer::Offer), []);
}

#[test]
fn h5_an_offer_goes_on_after_a_reconnect_unless_the_right_is_lost() {
    for share in [true, false] {
        let mut machine = machine();
        machine.handle(Input::Enter);
        machine.joined(true, vec![]);
        machine.hear(ServerMessage::Offered { seconds: 30 });
        machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
        machine.ring(Timer::Retry);
        machine.joined(share, vec![]);
        assert_eq!(offers(&machine.ring(Timer::Offer)).len(), usize::from(share));
    }
}
