//! Which of the sessions that a person finds stand in the venue's lists at a moment (C4, F2, F5, F6). Changes are told of all
//! of them, for their links go on working: so it is the page that decides, from what it holds and the server's time.

use super::sessions::Sessions;
use super::timetable::Turn;
use super::timing::Timing;
use crate::api::DateTime;
use crate::api::session::{Session, WatchAccess};

/// Always open, in the window of a segment, or a test run of this person's. Only its link leads to an unlisted one.
fn is_listed(session: &Session, now: DateTime) -> bool {
    session.watch_access != WatchAccess::Unlisted
        && match session.timing(now) {
            Timing::AlwaysOpen | Timing::Open => true,
            Timing::Before(_) => session.test_run,
            Timing::Unlinked | Timing::Over => false,
        }
}

impl Sessions {
    /// Those of the venue's lists.
    pub fn listed(&self, now: DateTime) -> Sessions {
        self.only(|session| is_listed(session, now))
    }

    /// Between which moments the same sessions are listed.
    pub fn turn(&self, now: DateTime) -> Turn {
        let windows = || self.all().iter().flat_map(|session| session.windows.iter());
        Turn::among(|| windows().flat_map(|window| [window.opens_at, window.closes_at]), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::session::{Scheduling, SessionChange, SessionWindow};
    use crate::state::sessions::tests::session;

    fn at(minute: i64) -> DateTime {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    fn scheduled(id: &str, windows: &[(i64, i64)]) -> Session {
        let window = |(opens, closes): &(i64, i64)| SessionWindow { opens_at: at(*opens), closes_at: at(*closes) };
        let windows = windows.iter().map(window).collect();
        Session { scheduling: Scheduling::Scheduled, windows, ..session(id, id, 0, 1) }
    }

    fn listed(sessions: &Sessions, minute: i64) -> Vec<String> {
        // What is computed at a change-over holds until the next one.
        let since = sessions.turn(at(minute)).since;
        sessions.listed(since).all().iter().map(|session| session.title.clone()).collect()
    }

    #[test]
    fn f2_f5_a_session_is_listed_while_it_is_open_by_its_window_and_an_unlinked_one_never() {
        let sessions = Sessions::new(vec![
            session("always", "always", 0, 1),
            scheduled("later", &[(10, 20), (30, 40)]),
            scheduled("unlinked", &[]),
        ]);
        for (minute, open) in [(0, false), (10, true), (19, true), (20, false), (30, true), (40, false)] {
            let expected: &[&str] = if open { &["always", "later"] } else { &["always"] };
            assert_eq!(listed(&sessions, minute), expected, "minute {minute}");
        }
        let turn = sessions.turn(at(15));
        assert_eq!((turn.since, turn.until), (at(10), Some(at(20))), "the page looks again when that time has come");
    }

    #[test]
    fn f2_f5_what_is_told_of_a_session_that_is_not_shown_now_puts_it_in_no_list() {
        let mut sessions = Sessions::new(vec![scheduled("1", &[(0, 20)])]);
        assert_eq!(listed(&sessions, 5), ["1"]);
        for after in [scheduled("1", &[(10, 20)]), scheduled("1", &[(0, 5)]), scheduled("1", &[])] {
            sessions.apply(SessionChange::now(after));
            assert!(listed(&sessions, 5).is_empty(), "before, over, unlinked");
            assert!(sessions.find("1").is_some(), "the dashboard lists it all the same");
        }
        sessions.apply(SessionChange::now(scheduled("1", &[(0, 20)])));
        assert_eq!(listed(&sessions, 5), ["1"]);
    }

    #[test]
    fn f6_a_test_run_is_listed_before_its_time_only() {
        let early = Session { test_run: true, ..scheduled("1", &[(10, 20)]) };
        let sessions = Sessions::new(vec![early]);
        assert_eq!([0, 15, 20].map(|minute| listed(&sessions, minute).len()), [1, 1, 0]);
    }

    #[test]
    fn c4_an_unlisted_session_is_in_no_list_also_when_a_change_is_told_of_it() {
        let unlisted =
            |id: &str, version| Session { watch_access: WatchAccess::Unlisted, ..session(id, id, 0, version) };
        let mut sessions = Sessions::new(vec![session("1", "1", 0, 1), unlisted("2", 1)]);
        assert_eq!(listed(&sessions, 0), ["1"]);
        sessions.apply(SessionChange::now(unlisted("1", 2)));
        sessions.apply(SessionChange::now(unlisted("3", 1)));
        assert!(listed(&sessions, 0).is_empty());
        assert_eq!(sessions.all().len(), 3, "organizers have their rows");
    }
}
