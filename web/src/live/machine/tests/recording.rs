//! Tests of what people are told of the recording (K1, K2).

use super::*;

#[test]
fn k1_everybody_is_told_when_recording_begins_and_ends() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    assert!(machine.joined(false, vec![]).contains(&Effect::Change(Change::Recording(false))));
    let told = |on, notice| vec![Effect::Change(Change::Recording(on)), Effect::Notice(notice)];
    assert_eq!(machine.hears_of_recording(true, None), told(true, Notice::RecordingOn));
    assert_eq!(machine.hears_of_recording(true, None), [Effect::Change(Change::Recording(true))], "no news");
    assert_eq!(machine.hears_of_recording(false, None), told(false, Notice::RecordingOff));
}

#[test]
fn k1_who_comes_in_is_told_each_time_and_who_reconnects_is_not() {
    let mut machine = machine();
    let notice = Effect::Notice(Notice::RecordingOn);
    machine.handle(Input::Enter);
    let effects = machine.joined_recorded();
    assert!(effects.contains(&notice) && effects.contains(&Effect::Change(Change::Recording(true))));
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    assert!(!machine.joined_recorded().contains(&notice));
    machine.handle(Input::Leave);
    machine.handle(Input::Enter);
    assert!(machine.joined_recorded().contains(&notice));
}

#[test]
fn k1_what_changed_while_the_connection_was_lost_is_told_after_it() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined_recorded();
    machine.handle(Input::Closed { attempt: machine.attempt, code: 1006 });
    machine.ring(Timer::Retry);
    assert!(machine.joined(false, vec![]).contains(&Effect::Notice(Notice::RecordingOff)));
}

/// Silence comes an hour after nothing was recorded any more; a full disk in the middle of it.
#[test]
fn k2_that_recording_does_not_go_on_by_itself_is_told_with_the_reason() {
    let mut machine = machine();
    machine.handle(Input::Enter);
    machine.joined(false, vec![]);
    let silence = Effect::Notice(Notice::RecordingStopped(BlockEnd::Silence));
    assert_eq!(machine.hears_of_recording(false, Some(BlockEnd::Silence)).last(), Some(&silence));
    machine.hears_of_recording(true, None);
    let disk = Effect::Notice(Notice::RecordingStopped(BlockEnd::Disk));
    assert_eq!(machine.hears_of_recording(false, Some(BlockEnd::Disk)).last(), Some(&disk));
    machine.hears_of_recording(true, None);
    let off = Effect::Notice(Notice::RecordingOff);
    assert_eq!(machine.hears_of_recording(false, Some(BlockEnd::SwitchedOff)).last(), Some(&off), "it was wanted");
}
