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
