//! Recordings as they are now: what was fetched and, over it, what was told since; and how long and how large they are (K5, K8).

use crate::api::DateTime;
use crate::api::recording::{RecordedSession, Recording, RecordingChange, RecordingState};
use chrono::TimeDelta;
use std::cmp::Ordering;
use std::sync::Arc;

/// Which stand first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Newest,
    Oldest,
}

impl Order {
    fn of(self, a: &Recording, b: &Recording) -> Ordering {
        let by_time = a.started_at.cmp(&b.started_at).then_with(|| a.id.inner().cmp(b.id.inner()));
        match self {
            Self::Newest => by_time.reverse(),
            Self::Oldest => by_time,
        }
    }
}

/// One thing that was told.
#[derive(Clone, Debug)]
struct Told {
    id: String,
    /// As it is now; nothing of what is gone.
    now: Option<Recording>,
    /// Told after the list was asked for last: its answer may not know of it.
    late: bool,
}

/// What was told of recordings, whether it is in the list or not.
#[derive(Clone, Debug, Default)]
pub struct Heard(Vec<Told>);

impl Heard {
    /// Takes a change, somebody else's or an own one alike. An older copy that comes late changes nothing.
    pub fn take(&mut self, change: RecordingChange) {
        if let Some(id) = change.deleted_id {
            self.put(id.into_inner(), None);
        }
        if let Some(now) = change.recording {
            let older = |told: &Told| told.now.as_ref().is_some_and(|known| known.version > now.version);
            let id = now.id.inner().to_owned();
            if !self.of(&id).is_some_and(older) {
                self.put(id, Some(now));
            }
        }
    }

    /// The whole list is asked for: what was told before will be in the answer.
    pub fn asked(&mut self) {
        self.0.iter_mut().for_each(|told| told.late = false);
    }

    /// The answer is here.
    pub fn answered(&mut self) {
        self.0.retain(|told| told.late);
    }

    /// What was `fetched`, of which there may be `more`, as it is now; and what is not in it yet.
    pub fn over(&self, fetched: &[Recording], more: bool, order: Order) -> Vec<Arc<Recording>> {
        let new = self.0.iter().filter_map(|told| told.now.as_ref()).filter(|now| {
            // What stands behind the last one is on a page that is not here yet.
            let in_reach = !more || fetched.last().is_some_and(|last| order.of(now, last).is_le());
            in_reach && fetched.iter().all(|one| one.id != now.id)
        });
        let here = fetched.iter().filter_map(|one| self.newest(one)).chain(new.cloned());
        let mut list: Vec<Arc<Recording>> = here.map(Arc::new).collect();
        list.sort_by(|a, b| order.of(a, b));
        // A page begins where the last one ended, also when something went in between.
        list.dedup_by(|a, b| a.id == b.id);
        list
    }

    /// One of the list as it is now; nothing when it is gone.
    fn newest(&self, one: &Recording) -> Option<Recording> {
        match self.of(one.id.inner()) {
            Some(Told { now: None, .. }) => None,
            Some(Told { now: Some(now), .. }) if now.version >= one.version => Some(now.clone()),
            _ => Some(one.clone()),
        }
    }

    fn of(&self, id: &str) -> Option<&Told> {
        self.0.iter().find(|told| told.id == id)
    }

    fn put(&mut self, id: String, now: Option<Recording>) {
        self.0.retain(|told| told.id != id);
        self.0.push(Told { id, now, late: true });
    }
}

/// Whether it is worth asking after a change how much room recordings take. Not while one grows or is being made into a file, which
/// is told again and again: at its end, and when that has become something.
pub fn changes_room(change: &RecordingChange) -> bool {
    change.recording.as_ref().is_none_or(|now| match now.state {
        RecordingState::Recording => false,
        RecordingState::Processing => now.percent == 0,
        RecordingState::Ready | RecordingState::Failed => true,
    })
}

/// How many of these ended longer ago than so many days: they go when recordings are kept for these (A8).
pub fn older(recordings: &[RecordedSession], days: i32, now: DateTime) -> usize {
    let before = now.checked_sub_signed(TimeDelta::days(days.into()));
    recordings
        .iter()
        .filter(|one| one.ended_at.is_some_and(|ended| before.is_some_and(|before| ended < before)))
        .count()
}

/// As a clock shows it: "1:02:03", "4:05".
pub fn length(seconds: i32) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// How much room a file takes: a number to read, and of what. Powers of a thousand, as disks are sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    Kilobytes(f64),
    Megabytes(f64),
    Gigabytes(f64),
}

impl Size {
    pub fn of(bytes: f64) -> Self {
        // Rounded first: 999,999 bytes are a megabyte, and not a thousand kilobytes.
        let kilobytes = (bytes / 1e3).ceil();
        if kilobytes < 1e3 {
            return Self::Kilobytes(kilobytes);
        }
        let megabytes = (bytes / 1e6).round();
        if megabytes < 1e3 { Self::Megabytes(megabytes) } else { Self::Gigabytes((bytes / 1e8).round() / 10.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::recording::RecordingFailure;

    fn recording(id: &str, minute: i64, version: i32) -> Recording {
        Recording {
            id: cynic::Id::new(id),
            session_id: cynic::Id::new("session:1"),
            session_title: "Opening".into(),
            session_deleted: false,
            block: 1,
            started_at: DateTime::from_timestamp(minute * 60, 0).unwrap(),
            length_seconds: 60,
            bytes: 1e6,
            state: RecordingState::Ready,
            percent: 100,
            end: None,
            failure: None,
            is_replay: false,
            url: None,
            version,
        }
    }

    fn changed(recording: Recording) -> RecordingChange {
        RecordingChange { recording: Some(recording), deleted_id: None }
    }

    fn gone(id: &str) -> RecordingChange {
        RecordingChange { recording: None, deleted_id: Some(cynic::Id::new(id)) }
    }

    fn heard(changes: impl IntoIterator<Item = RecordingChange>) -> Heard {
        let mut heard = Heard::default();
        changes.into_iter().for_each(|change| heard.take(change));
        heard
    }

    /// Ids with versions.
    fn shown(heard: &Heard, fetched: &[Recording], more: bool) -> Vec<(String, i32)> {
        let list = heard.over(fetched, more, Order::Newest);
        list.iter().map(|one| (one.id.inner().to_owned(), one.version)).collect()
    }

    fn two() -> [Recording; 2] {
        [recording("b", 20, 1), recording("a", 10, 1)]
    }

    fn expected(list: &[(&str, i32)]) -> Vec<(String, i32)> {
        list.iter().map(|(id, version)| ((*id).to_owned(), *version)).collect()
    }

    #[test]
    fn k5_the_newest_stands_first_and_a_change_stays_in_its_place() {
        let heard = heard([changed(recording("a", 10, 2)), changed(recording("c", 30, 1))]);
        assert_eq!(shown(&heard, &two(), false), expected(&[("c", 1), ("b", 1), ("a", 2)]));
    }

    #[test]
    fn k5_an_older_copy_that_comes_late_changes_nothing() {
        let fetched = [recording("a", 10, 3)];
        assert_eq!(shown(&heard([changed(recording("a", 10, 2))]), &fetched, false), expected(&[("a", 3)]));
        let both = heard([changed(recording("a", 10, 5)), changed(recording("a", 10, 4))]);
        assert_eq!(shown(&both, &fetched, false), expected(&[("a", 5)]));
    }

    #[test]
    fn k5_what_is_deleted_goes() {
        assert_eq!(shown(&heard([gone("b")]), &two(), false), expected(&[("a", 1)]));
    }

    #[test]
    fn k8_the_replays_of_a_session_stand_as_they_were_made() {
        let heard = heard([changed(recording("c", 30, 1)), changed(recording("early", 1, 1))]);
        let fetched = [recording("a", 10, 1), recording("b", 20, 1)];
        let ids = |more| {
            let list = heard.over(&fetched, more, Order::Oldest);
            list.iter().map(|one| one.id.inner().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!([ids(false), ids(true)], [vec!["early", "a", "b", "c"], vec!["early", "a", "b"]]);
    }

    #[test]
    fn k5_what_belongs_to_a_page_that_is_not_here_waits_for_it() {
        let heard = heard([changed(recording("old", 5, 1)), changed(recording("mid", 15, 1))]);
        assert_eq!(shown(&heard, &two(), true), expected(&[("b", 1), ("mid", 1), ("a", 1)]));
        assert_eq!(shown(&heard, &two(), false).last(), expected(&[("old", 1)]).last());
    }

    #[test]
    fn k5_one_that_stands_on_two_pages_is_shown_once() {
        let pages = [recording("b", 20, 1), recording("a", 10, 1), recording("a", 10, 1)];
        assert_eq!(shown(&Heard::default(), &pages, false), expected(&[("b", 1), ("a", 1)]));
    }

    #[test]
    fn k8_a_replay_that_is_withdrawn_and_shown_again_is_there_again() {
        let again = heard([gone("a"), changed(recording("a", 10, 1))]);
        assert_eq!(shown(&again, &two(), false), expected(&[("b", 1), ("a", 1)]));
    }

    /// As after a lost connection: the answer knows what happened meanwhile, unless it was told while the answer was on its way.
    #[test]
    fn k8_an_answer_counts_more_than_what_was_told_before_it_was_asked_for() {
        let mut known = heard([gone("a")]);
        known.asked();
        known.take(gone("b"));
        assert!(shown(&known, &two(), false).is_empty(), "until it is here, everything told counts");
        known.answered();
        assert_eq!(shown(&known, &two(), false), expected(&[("a", 1)]));
    }

    #[test]
    fn k5_what_ends_fails_is_ready_or_gone_changes_the_room_that_is_used() {
        assert!(changes_room(&gone("a")));
        let at = |state, percent| changes_room(&changed(Recording { state, percent, ..recording("a", 10, 1) }));
        assert!(at(RecordingState::Processing, 0) && at(RecordingState::Ready, 100) && at(RecordingState::Failed, 0));
        assert!(!at(RecordingState::Recording, 0) && !at(RecordingState::Processing, 40));
    }

    #[test]
    fn k5_only_what_is_left_can_be_tried_again() {
        let failed = |failure, bytes| Recording { failure: Some(failure), bytes, ..recording("a", 10, 1) };
        assert!(failed(RecordingFailure::Damaged, 0.0).is_lost() && failed(RecordingFailure::Disk, 0.0).is_lost());
        assert!(!failed(RecordingFailure::Damaged, 1e6).is_lost() && !recording("a", 10, 1).is_lost());
    }

    #[test]
    fn k5_a_length_reads_like_a_clock() {
        assert_eq!([0, 59, 245, 3_600, 7_384, -1].map(length), ["0:00", "0:59", "4:05", "1:00:00", "2:03:04", "0:00"]);
    }

    #[test]
    fn k5_what_failed_is_tried_again_unless_nothing_of_it_is_left() {
        let failed = |failure, bytes| Recording {
            state: RecordingState::Failed,
            failure: Some(failure),
            bytes,
            ..recording("a", 10, 1)
        };
        assert!(failed(RecordingFailure::Encoder, 1e6).may_be_retried());
        assert!(!failed(RecordingFailure::Disk, 0.0).may_be_retried());
        assert!(!recording("a", 10, 1).may_be_retried());
    }

    #[test]
    fn a8_what_ended_longer_ago_than_it_is_kept_goes() {
        let day = |day: i64| DateTime::from_timestamp(day * 86_400, 0).unwrap();
        let ended = |ended_at| RecordedSession { session_id: cynic::Id::new("session:1"), ended_at };
        let recordings = [ended(Some(day(10))), ended(Some(day(19))), ended(Some(day(17))), ended(None)];
        assert_eq!([1, 3, 9, 10, i32::MAX].map(|days| older(&recordings, days, day(20))), [2, 1, 1, 0, 0]);
    }

    #[test]
    fn k5_a_size_is_a_number_that_one_can_read() {
        let sizes = [0.0, 1.0, 998_500.0, 999_999.0, 1_499_999.0, 999_400_000.0, 999_600_000.0, 2_340_000_000.0];
        let read = [
            Size::Kilobytes(0.0),
            Size::Kilobytes(1.0),
            Size::Kilobytes(999.0),
            Size::Megabytes(1.0),
            Size::Megabytes(1.0),
            Size::Megabytes(999.0),
            Size::Gigabytes(1.0),
            Size::Gigabytes(2.3),
        ];
        assert_eq!(sizes.map(Size::of), read);
    }
}
