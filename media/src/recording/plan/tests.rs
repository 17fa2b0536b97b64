use super::*;
use BlockEnd::{Disk, Length, Restarted, Silence, SwitchedOff};
use Step::{Begin, Discard, End, Follow, GoOn, Pause, Prepare};

const LIMITS: Limits = Limits { block: 7200 * SECOND, silence: 3600 * SECOND };

const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

const OFF: (i64, bool) = (1, false);
const ON: (i64, bool) = (1, true);

/// A session that is recorded since moment 0.
fn recorded() -> Plan {
    let mut plan = Plan::new(LIMITS);
    plan.started(1);
    assert_eq!(plan.see(0, ON, true), [Begin]);
    plan
}

/// Does what is due, as often as something is until then.
fn until(plan: &mut Plan, end: i64) -> Vec<(i64, Step)> {
    let mut done = Vec::new();
    while let Some(due) = plan.due().filter(|due| *due <= end) {
        let steps = plan.tick(due);
        assert!(!steps.is_empty(), "something is done when it is due: {plan:?}");
        done.extend(steps.into_iter().map(|step| (due, step)));
    }
    done
}

/// K1: not before somebody is on screen.
#[test]
fn k1_it_begins_when_somebody_goes_on_screen() {
    let mut plan = Plan::new(LIMITS);
    assert_eq!(plan.see(0, ON, false), []);
    assert!(!plan.is_recording() && plan.due().is_none());
    assert_eq!(plan.see(5, ON, true), [Begin]);
    assert!(plan.is_recording());
    assert_eq!(plan.see(6, ON, true), [], "once");
}

#[test]
fn k1_without_the_setting_nothing_begins() {
    let mut plan = Plan::new(LIMITS);
    assert_eq!(plan.see(0, OFF, true), []);
    assert!(plan.is_idle() && !plan.is_recording());
}

#[test]
fn k1_switched_on_while_somebody_is_on_screen_it_begins_at_once() {
    let mut plan = Plan::new(LIMITS);
    plan.see(0, OFF, true);
    assert_eq!(plan.settings(1, 2, true), [Begin]);
}

#[test]
fn k1_switching_off_ends_the_block_and_on_again_begins_another() {
    let mut plan = recorded();
    assert_eq!(plan.settings(1, 2, false), [End(SwitchedOff)]);
    assert!(plan.is_idle());
    assert_eq!(plan.settings(2, 3, true), [Begin]);
}

#[test]
fn k1_switching_off_ends_a_block_in_which_nobody_is_on_screen() {
    let mut plan = recorded();
    plan.leave(1);
    assert_eq!(plan.settings(2, 2, false), [End(SwitchedOff)]);
}

#[test]
fn k1_settings_of_a_lower_version_say_nothing() {
    let mut plan = recorded();
    assert_eq!(plan.settings(1, 0, false), []);
    assert!(plan.records() && plan.is_recording());
}

#[test]
fn k1_a_session_that_is_closed_ends_its_block() {
    let mut plan = recorded();
    assert_eq!(plan.close(1), [End(SwitchedOff)]);
    assert!(plan.is_idle());
}

/// K2: whoever comes back within the hour goes on in the same block.
#[test]
fn k2_nobody_on_screen_pauses_and_coming_back_goes_on_in_the_same_block() {
    let mut plan = recorded();
    assert_eq!(plan.leave(10 * MINUTE), [Pause]);
    assert!(!plan.is_idle() && !plan.is_recording());
    assert_eq!(until(&mut plan, 70 * MINUTE - 1), []);
    assert_eq!(plan.see(70 * MINUTE - 1, ON, true), [GoOn]);
    assert!(plan.is_recording());
}

/// K2: after an hour it stops, and nothing but a host starts it again.
#[test]
fn k2_after_an_hour_of_nobody_it_stops_and_does_not_resume_by_itself() {
    let mut plan = recorded();
    plan.leave(MINUTE);
    assert_eq!(plan.due(), Some(HOUR + MINUTE));
    assert_eq!(plan.tick(HOUR + MINUTE), [End(Silence)]);
    assert_eq!(plan.due(), None);
    assert_eq!(plan.see(2 * HOUR, ON, true), [], "somebody comes");
    assert_eq!(plan.settings(2 * HOUR, 0, true), [], "older settings");
    assert_eq!(plan.settings(2 * HOUR, 1, true), [], "the same settings");
    plan.started(1);
    assert_eq!(plan.settings(2 * HOUR, 2, true), [], "the session changed before the api heard that it has stopped");
    assert!(!plan.is_idle(), "that must not be forgotten");
    plan.started(2);
    assert_eq!(plan.settings(2 * HOUR, 3, true), [Begin], "a host started it again");
}

#[test]
fn k2_what_stopped_is_over_when_newer_settings_switch_it_off() {
    let mut plan = recorded();
    plan.leave(0);
    plan.tick(HOUR);
    assert_eq!(plan.settings(HOUR, 2, false), []);
    assert!(plan.is_idle());
}

#[test]
fn k2_what_stopped_is_forgotten_with_its_session() {
    let mut plan = recorded();
    plan.leave(0);
    plan.tick(HOUR);
    assert_eq!(plan.close(HOUR), []);
    assert!(plan.is_idle());
    assert_eq!(plan.see(HOUR, (0, true), true), [], "nor does it go on");
}

/// K2: the hour counts from when the last one left, each time anew.
#[test]
fn k2_each_time_nobody_is_on_screen_the_hour_begins_anew() {
    let mut plan = recorded();
    plan.leave(MINUTE);
    plan.see(50 * MINUTE, ON, true);
    assert_eq!(plan.leave(55 * MINUTE), [Pause]);
    assert_eq!(plan.due(), Some(55 * MINUTE + HOUR));
}

/// K2: also when the clock is looked at late.
#[test]
fn k2_whoever_comes_after_the_hour_is_too_late() {
    let mut plan = recorded();
    plan.leave(0);
    assert_eq!(plan.see(HOUR, ON, true), [End(Silence)]);
}

/// K3: two hours after it began a block ends where the next one begins, when every picture has come anew by then.
#[test]
fn k3_a_full_block_is_followed_by_the_next_one() {
    let mut plan = recorded();
    assert_eq!(until(&mut plan, 2 * HOUR - 2 * SECOND), [(2 * HOUR - 2 * SECOND, Prepare)]);
    assert!(plan.awaits_keys());
    assert_eq!(plan.keyed(2 * HOUR - SECOND), []);
    assert!(!plan.awaits_keys());
    assert_eq!(until(&mut plan, 2 * HOUR), [(2 * HOUR, Follow)]);
    assert!(plan.is_recording());
    assert_eq!(until(&mut plan, 4 * HOUR - 2 * SECOND), [(4 * HOUR - 2 * SECOND, Prepare)], "and so on");
}

/// K3: a picture that comes late holds the next block up, and three seconds at the most.
#[test]
fn k3_a_late_picture_holds_the_next_block_up_for_a_second_at_the_most() {
    let mut plan = recorded();
    plan.tick(2 * HOUR - 2 * SECOND);
    assert_eq!(plan.tick(2 * HOUR), []);
    assert_eq!(plan.keyed(2 * HOUR + 1), [Follow], "it comes");

    let mut plan = recorded();
    plan.tick(2 * HOUR - 2 * SECOND);
    assert_eq!(until(&mut plan, 3 * HOUR), [(2 * HOUR + SECOND, Follow)], "it does not come");
}

/// K2, K3: with nobody on screen there is nothing to go on with; the block waits, since silence has to end one.
#[test]
fn k3_a_block_that_gets_full_while_nobody_is_on_screen_ends_when_somebody_comes() {
    let mut plan = recorded();
    plan.leave(2 * HOUR - 10 * MINUTE);
    assert_eq!(until(&mut plan, 2 * HOUR + 40 * MINUTE), []);
    assert_eq!(plan.see(2 * HOUR + 40 * MINUTE, ON, true), [End(Length), Begin]);

    let mut plan = recorded();
    plan.leave(2 * HOUR - 10 * MINUTE);
    let silence = 3 * HOUR - 10 * MINUTE;
    assert_eq!(until(&mut plan, 4 * HOUR), [(silence, End(Silence))]);
}

#[test]
fn k3_when_everybody_leaves_meanwhile_the_next_block_is_discarded() {
    let mut plan = recorded();
    plan.tick(2 * HOUR - 2 * SECOND);
    assert_eq!(plan.leave(2 * HOUR - SECOND), [Discard, Pause]);
    assert_eq!(plan.see(2 * HOUR - 1, ON, true), [GoOn, Prepare], "there is a moment left");
    assert_eq!(plan.leave(2 * HOUR), [Discard, Pause]);
    assert_eq!(plan.see(2 * HOUR, ON, true), [End(Length), Begin]);
}

#[test]
fn k3_switching_off_meanwhile_ends_both() {
    let mut plan = recorded();
    plan.tick(2 * HOUR - 2 * SECOND);
    assert_eq!(plan.settings(2 * HOUR - SECOND, 2, false), [End(SwitchedOff)]);
    assert_eq!(plan.keyed(2 * HOUR), [], "what comes late does nothing");
}

/// A full disk stops it like silence does.
#[test]
fn a_disk_that_takes_nothing_stops_it_until_a_host_starts_it() {
    let mut plan = recorded();
    assert_eq!(plan.fail(1), [End(Disk)]);
    assert_eq!(plan.fail(2), [], "once");
    assert_eq!(plan.see(3, (2, true), true), []);
    plan.started(2);
    assert_eq!(plan.settings(4, 3, true), [Begin]);
}

/// A stall of a few seconds costs what did not fit, and no host has to do anything about it.
#[test]
fn a_disk_that_falls_behind_ends_the_block_and_another_begins_when_it_has_caught_up() {
    let mut plan = recorded();
    assert_eq!(plan.fall_behind(1), [End(Restarted)]);
    assert_eq!(plan.fall_behind(2), [], "once");
    assert_eq!(plan.see(3, ON, true), [], "as long as something waits, no more is taken");
    assert_eq!(plan.due(), None);
    assert_eq!(plan.catch_up(MINUTE), [Begin]);
    assert_eq!(plan.catch_up(MINUTE + 1), [], "the end of another thread says nothing");
    assert_eq!(plan.fall_behind(2 * MINUTE), [End(Restarted)], "a minute later");
    plan.leave(2 * MINUTE + 1);
    assert_eq!(plan.catch_up(2 * MINUTE + 2), [], "nobody is on screen any more");
    assert!(plan.is_idle());
}

#[test]
fn a_disk_that_falls_behind_again_at_once_is_too_slow() {
    let mut plan = recorded();
    plan.fall_behind(1);
    plan.catch_up(2);
    assert_eq!(plan.fall_behind(MINUTE), [End(Disk)]);
    assert_eq!(plan.catch_up(MINUTE + 1), [], "it does not go on by itself");
}

#[test]
fn a_failure_that_is_heard_of_late_does_not_keep_the_next_from_beginning() {
    let mut plan = recorded();
    plan.settings(1, 2, false);
    assert_eq!(plan.fail(2), []);
    assert_eq!(plan.settings(3, 3, true), [Begin]);
}

#[test]
fn a_block_that_is_deleted_ends_and_recording_goes_on_in_another() {
    let mut plan = recorded();
    assert_eq!(plan.release(1), [End(SwitchedOff), Begin]);
    plan.leave(2);
    assert_eq!(plan.release(3), [End(SwitchedOff)]);
    assert_eq!(plan.see(4, ON, true), [Begin]);
}

#[test]
fn k6_a_process_that_ends_ends_its_blocks_and_begins_none() {
    let mut plan = recorded();
    assert_eq!(plan.restart(1), [End(Restarted)]);
    assert_eq!(plan.see(2, (2, true), true), []);
    let mut plan = recorded();
    plan.leave(1);
    assert_eq!(plan.restart(2), [End(Restarted)], "also one that waits for somebody to come back");
}

/// Limits as tests set them: a block of four seconds is prepared in its second half.
#[test]
fn short_blocks_work_too() {
    let mut plan = Plan::new(Limits { block: 2 * SECOND, silence: SECOND });
    plan.see(0, ON, true);
    assert_eq!(until(&mut plan, SECOND), [(SECOND, Prepare)]);
    plan.keyed(SECOND + 1);
    assert_eq!(until(&mut plan, 2 * SECOND), [(2 * SECOND, Follow)]);
    plan.leave(2 * SECOND + 1);
    assert_eq!(until(&mut plan, 9 * SECOND), [(3 * SECOND + 1, End(Silence))]);
}
