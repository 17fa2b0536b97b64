//! Tests of raised hands and reactions (I3).

use super::*;
use protocol::room::Insider;

/// I3: a hand is raised and a reaction sent at once, inside alone; what the room tells is taken as it is.
#[test]
fn i3_hands_and_reactions_go_at_once_and_only_inside() {
    let mut machine = machine();
    assert_eq!(machine.handle(Input::RaiseHand(true)), []);
    machine.handle(Input::Enter);
    assert_eq!(machine.handle(Input::React(Reaction::Heart)), []);
    machine.joined(false, vec![]);
    let effects = machine.handle(Input::RaiseHand(true));
    assert!(matches!(sent(&effects)[..], [ClientMessage::RaiseHand { raised: true, .. }]), "{effects:?}");
    assert!(effects.contains(&Effect::Change(Change::OwnHand(true))));
    let effects = machine.handle(Input::React(Reaction::Heart));
    assert!(matches!(sent(&effects)[..], [ClientMessage::React { emoji: Reaction::Heart, .. }]), "{effects:?}");
    let hands = Hands { up: vec![Insider { person: "me".into(), name: "Me".into() }], count: 1 };
    assert_eq!(machine.hear(ServerMessage::Hands { hands: hands.clone() }), [Effect::Change(Change::Hands(hands))]);
    let counts = vec![(Reaction::Heart, 3)];
    let effects = machine.hear(ServerMessage::Reactions { counts: counts.clone() });
    assert_eq!(effects, [Effect::Change(Change::Reactions(counts))]);
}

fn hands(people: &[&str]) -> Hands {
    let up = people.iter().map(|person| Insider { person: (*person).into(), name: (*person).into() });
    Hands { up: up.collect(), count: u32::try_from(people.len()).unwrap() }
}

/// Inside with a raised hand, of which the room has told.
fn raised() -> Machine {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    machine.handle(Input::RaiseHand(true));
    machine.hear(ServerMessage::Hands { hands: hands(&["bob", "me"]) });
    machine
}

fn raises(effects: &[Effect]) -> bool {
    sent(effects).iter().any(|message| matches!(message, ClientMessage::RaiseHand { raised: true, .. }))
}

/// I3, H5: media that has started anew knows of no hands; the own one is up again, on the page too.
#[test]
fn i3_h5_a_hand_is_raised_again_where_the_room_does_not_know_of_it() {
    let mut machine = raised();
    let effects = machine.comes_anew(Found::default());
    assert!(raises(&effects), "{effects:?}");
    let place = |change: &dyn Fn(&Change) -> bool| {
        effects.iter().position(|effect| matches!(effect, Effect::Change(one) if change(one)))
    };
    let joined = place(&|change| matches!(change, Change::Joined { .. }));
    assert!(joined < place(&|change| *change == Change::OwnHand(true)), "{effects:?}");
    assert!(raises(&machine.comes_anew(Found::default())), "as often as it takes");
    let known = Found { hands: hands(&["me"]), ..Found::default() };
    assert!(!raises(&machine.comes_anew(known)), "it is up still");
}

/// I3: what a host has lowered stays down, and so does what the person lowered, or left with.
#[test]
fn i3_a_lowered_hand_is_not_raised_again() {
    let mut machine = raised();
    machine.hear(ServerMessage::Hands { hands: hands(&["bob"]) });
    assert!(!raises(&machine.comes_anew(Found::default())), "a host lowered it");
    let mut machine = raised();
    machine.handle(Input::RaiseHand(false));
    assert!(!raises(&machine.comes_anew(Found::default())), "the person lowered it");
    let mut machine = raised();
    assert!(!raises(&machine.comes_back(Found::default())), "a host lowered it meanwhile");
    assert!(!raises(&machine.comes_anew(Found::default())), "and it stays so, whatever room comes next");
    let mut machine = raised();
    machine.handle(Input::Leave);
    machine.handle(Input::Enter);
    assert!(!raises(&machine.joined(false, vec![])));
}

/// I3: behind those that are listed it is up, as far as anybody can say, and a room that has started anew is told.
#[test]
fn i3_h5_a_hand_that_is_not_listed_counts_as_up() {
    let mut machine = raised();
    machine.hear(ServerMessage::Hands { hands: Hands { count: 300, ..hands(&["bob"]) } });
    assert!(raises(&machine.comes_anew(Found::default())));
}
