//! What is done to many sessions at once (B8).

use super::sessions::Sessions;
use crate::api::recording::RecordedSession;
use crate::api::session::{Scheduling, Session, ShareAccess};
use crate::api::session_schedule::LeadingSegment;
use std::collections::HashSet;
use std::sync::Arc;

/// Sessions that the API takes at once.
pub const AT_ONCE: usize = 100;

/// What goes with sessions that are deleted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doomed {
    pub titles: Vec<String>,
    /// How many people are in their rooms.
    pub inside: i32,
    /// Whether segments of the schedule may lead to one of them.
    pub scheduled: bool,
}

impl Doomed {
    pub fn of(ids: &[String], sessions: Option<&Sessions>) -> Self {
        let found = found(ids, sessions);
        Self {
            inside: found.iter().map(|session| session.room.people()).sum(),
            scheduled: found.iter().any(|session| session.scheduling == Scheduling::Scheduled),
            titles: found.into_iter().map(|session| session.title.clone()).collect(),
        }
    }
}

/// Who is on screen where it becomes by invitation only: they are invited, or have to leave it (D9).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OnScreen {
    /// Each once, wherever they are.
    pub people: usize,
    pub sessions: usize,
}

impl OnScreen {
    pub fn of(ids: &[String], sessions: Option<&Sessions>) -> Self {
        let closes =
            |session: &Session| session.share_access != ShareAccess::InviteOnly && !session.room.on_screen.is_empty();
        let closing: Vec<_> = found(ids, sessions).into_iter().filter(|session| closes(session)).collect();
        let people = closing.iter().flat_map(|session| session.room.on_screen.iter());
        Self {
            people: people.map(|one| one.person.id.inner()).collect::<HashSet<&str>>().len(),
            sessions: closing.len(),
        }
    }
}

/// The names of the segments that lead to some of the sessions, in the order of the schedule.
pub fn leading(ids: &[String], segments: &[LeadingSegment]) -> Vec<String> {
    let leads =
        |segment: &&LeadingSegment| segment.sessions.iter().any(|one| ids.iter().any(|id| id == one.id.inner()));
    segments.iter().filter(leads).map(|segment| segment.name.clone()).collect()
}

/// How many recordings there are of some of the sessions.
pub fn recordings_of(ids: &[String], recordings: &[RecordedSession]) -> usize {
    recordings.iter().filter(|one| ids.iter().any(|id| id == one.session_id.inner())).count()
}

/// The tags that some of the sessions have, in alphabetical order: what can be taken off them.
pub fn tags_of(ids: &[String], sessions: Option<&Sessions>) -> Vec<String> {
    let mut tags: Vec<String> = found(ids, sessions).iter().flat_map(|session| session.tags.iter().cloned()).collect();
    tags.sort_by_key(|tag| tag.to_lowercase());
    tags.dedup_by_key(|tag| tag.to_lowercase());
    tags
}

fn found(ids: &[String], sessions: Option<&Sessions>) -> Vec<Arc<Session>> {
    ids.iter().filter_map(|id| sessions?.find(id).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::registration::Person;
    use crate::api::session::{OnScreenPerson, RoomState};
    use crate::api::session_schedule::LedTo;
    use crate::state::sessions::tests::session;

    #[test]
    fn b8_deleting_says_who_is_inside_and_whether_something_may_stand_in_the_schedule() {
        let scheduled = Session { scheduling: Scheduling::Scheduled, ..session("2", "Later", 0, 1) };
        let mut sessions = Sessions::new(vec![session("1", "Now", 0, 1), scheduled, session("3", "Other", 0, 1)]);
        let session_id = cynic::Id::new("1");
        sessions.set_room(RoomState { session_id, viewer_count: 4, seats_in_use: 0, on_screen: Vec::new() });
        let doomed = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            Doomed::of(&ids, Some(&sessions))
        };
        let all = doomed(&["1", "2", "gone"]);
        assert_eq!(all.titles, ["Now", "Later"]);
        assert_eq!((all.inside, all.scheduled), (4, true));
        assert!(!doomed(&["1", "3"]).scheduled, "nothing leads to what is always open");
        assert_eq!(tags_of(&["3", "1"].map(str::to_owned), Some(&sessions)), ["tag 1", "tag 3"]);
    }

    #[test]
    fn d9_people_on_screen_are_counted_once_and_only_where_it_closes() {
        let invited = Session { share_access: ShareAccess::InviteOnly, ..session("3", "Invited", 0, 1) };
        let mut sessions = Sessions::new(vec![session("1", "One", 0, 1), session("2", "Two", 0, 1), invited]);
        let on_screen = |names: &[&str]| {
            let person = |name: &&str| Person { id: cynic::Id::new(format!("account:{name}")), name: (*name).into() };
            names.iter().map(|name| OnScreenPerson { person: person(name) }).collect()
        };
        for (id, names) in [("1", &["Ada", "Bob"] as &[&str]), ("2", &["Ada"]), ("3", &["Cleo"])] {
            let session_id = cynic::Id::new(id);
            sessions.set_room(RoomState { session_id, viewer_count: 9, seats_in_use: 0, on_screen: on_screen(names) });
        }
        let of = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            OnScreen::of(&ids, Some(&sessions))
        };
        assert_eq!(of(&["1", "2", "3"]), OnScreen { people: 2, sessions: 2 });
        assert_eq!(of(&["3"]), OnScreen::default(), "it is by invitation already");
    }

    #[test]
    fn b8_deleting_names_the_segments_that_lead_there() {
        let segment = |name: &str, ids: &[&str]| LeadingSegment {
            id: cynic::Id::new(name),
            name: name.into(),
            starts_at: Default::default(),
            published: true,
            version: 1,
            sessions: ids.iter().map(|id| LedTo { id: cynic::Id::new(*id) }).collect(),
        };
        let segments = [segment("Opening", &["1", "2"]), segment("Lunch", &[]), segment("Talks", &["2", "3"])];
        assert_eq!(leading(&["1", "2"].map(str::to_owned), &segments), ["Opening", "Talks"]);
        assert_eq!(leading(&["3".to_owned()], &segments), ["Talks"]);
        assert!(leading(&["4".to_owned()], &segments).is_empty());
    }

    #[test]
    fn b8_deleting_says_how_many_recordings_stay() {
        let recordings =
            ["1", "2", "1", "3"].map(|id| RecordedSession { session_id: cynic::Id::new(id), ended_at: None });
        let count = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            recordings_of(&ids, &recordings)
        };
        assert_eq!([count(&["1"]), count(&["1", "3"]), count(&["4"])], [2, 3, 0]);
    }
}
