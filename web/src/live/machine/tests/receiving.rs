//! Tests of which pictures are received, and how well (E4, H4).

use super::*;
use protocol::signalling::{PersonQuality, Quality};

/// What the server is told of pictures.
fn told(effects: &[Effect]) -> Vec<(&str, Option<u8>)> {
    let mut told = Vec::new();
    for message in sent(effects) {
        if let ClientMessage::SetReceiving { consumers, .. } = message {
            told.extend(consumers.iter().map(|one| (one.consumer.as_str(), one.layer)));
        }
    }
    told
}

fn of(person: &str, source: Source) -> Consumer {
    let id = format!("{person}-{source:?}");
    Consumer { person: person.into(), source, ..consumer(&id) }
}

/// Inside, with the cameras and voices of these, ready for packets.
fn watching(people: &[&str]) -> (Machine, Vec<Effect>) {
    let mut machine = machine();
    machine.handle(Input::Enter);
    let consumers: Vec<Consumer> =
        people.iter().flat_map(|person| [of(person, Source::Camera), of(person, Source::Microphone)]).collect();
    let ids = consumers.iter().map(|consumer| consumer.id.clone()).collect();
    machine.joined(true, consumers);
    let effects = machine.handle(Input::Engine(Event::Consumed { consumers: ids }));
    (machine, effects)
}

#[test]
fn a_consumer_that_ends_before_it_is_ready_is_not_resumed() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(true, vec![consumer("c1")]);
    machine.hear(ServerMessage::ConsumerRemoved { consumer: "c1".into() });
    assert_eq!(machine.handle(Input::Engine(Event::Consumed { consumers: vec!["c1".into()] })), []);
}

#[test]
fn e4_everybody_is_heard_at_once_and_nobody_is_seen_before_a_tile_shows_them() {
    let (mut machine, effects) = watching(&["ada", "bob"]);
    let voices = vec!["ada-Microphone".to_owned(), "bob-Microphone".into()];
    let resumed: Vec<_> = sent(&effects)
        .into_iter()
        .map(|message| match message {
            ClientMessage::ResumeConsumers { consumers, .. } => consumers.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(resumed, [voices]);
    let effects = machine.handle(Input::Show(shown(&[("bob", 2)])));
    assert_eq!(told(&effects), [("bob-Camera", Some(2))]);
}

#[test]
fn e4_what_is_not_shown_any_more_is_paused_and_what_stays_is_not_told_again() {
    let (mut machine, _) = watching(&["ada", "bob", "cleo"]);
    machine.handle(Input::Show(shown(&[("ada", 0), ("bob", 0)])));
    machine.ring(Timer::Show);
    let effects = machine.handle(Input::Show(shown(&[("ada", 0), ("cleo", 1)])));
    assert_eq!(told(&effects), [("bob-Camera", None), ("cleo-Camera", Some(1))]);
}

#[test]
fn e4_tiles_that_move_all_the_time_are_told_four_times_a_second() {
    let (mut machine, _) = watching(&["ada"]);
    let effects = machine.handle(Input::Show(shown(&[("ada", 0)])));
    assert!(effects.contains(&Effect::SetTimer { attempt: machine.attempt, timer: Timer::Show, ms: 250 }));
    for layer in [1, 2, 1] {
        assert!(told(&machine.handle(Input::Show(shown(&[("ada", layer)])))).is_empty());
    }
    assert_eq!(told(&machine.ring(Timer::Show)), [("ada-Camera", Some(1))], "only how it ended");
    assert!(machine.ring(Timer::Show).is_empty(), "nothing has changed");
    assert_eq!(told(&machine.handle(Input::Show(shown(&[])))), [("ada-Camera", None)], "and at once after a rest");
}

#[test]
fn e4_h5_after_a_reconnect_the_same_pictures_are_asked_for_again() {
    let (mut machine, _) = watching(&["ada", "bob"]);
    machine.handle(Input::Show(shown(&[("bob", 1)])));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    assert!(sent(&machine.handle(Input::Show(shown(&[("ada", 2)])))).is_empty(), "there is nobody to tell");
    machine.ring(Timer::Retry);
    machine.joined(true, vec![of("ada", Source::Camera), of("bob", Source::Camera)]);
    let ids = vec!["ada-Camera".into(), "bob-Camera".into()];
    let effects = machine.handle(Input::Engine(Event::Consumed { consumers: ids }));
    assert_eq!(told(&effects), [("ada-Camera", Some(2))]);
}

#[test]
fn h4_word_of_the_quality_reaches_the_room() {
    let (mut machine, _) = watching(&["ada"]);
    let people = vec![PersonQuality { person: "ada".into(), quality: Quality::Fair }];
    let effects = machine.hear(ServerMessage::Quality { people: people.clone() });
    assert_eq!(effects, [Effect::Change(Change::Quality(people))]);
}
