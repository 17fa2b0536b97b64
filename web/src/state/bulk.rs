//! What is done to many sessions at once (B8).

use super::sessions::Sessions;
use crate::api::session::Session;
use std::sync::Arc;

/// Sessions that the API takes at once.
pub const AT_ONCE: usize = 100;

/// What goes with sessions that are deleted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doomed {
    pub titles: Vec<String>,
    /// How many people are in their rooms.
    pub inside: i32,
    /// The titles of those that stand in the schedule.
    pub scheduled: Vec<String>,
}

impl Doomed {
    pub fn of(ids: &[String], sessions: Option<&Sessions>) -> Self {
        let found = found(ids, sessions);
        Self {
            inside: found.iter().map(|session| session.room.people()).sum(),
            scheduled: found.iter().filter(|one| !one.windows.is_empty()).map(|one| one.title.clone()).collect(),
            titles: found.into_iter().map(|session| session.title.clone()).collect(),
        }
    }
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
    use crate::api::session::{RoomState, SessionWindow};
    use crate::state::sessions::tests::session;

    #[test]
    fn b8_deleting_says_who_is_inside_and_what_stands_in_the_schedule() {
        let mut scheduled = session("2", "Later", 0, 1);
        let (opens_at, closes_at) = ("2027-03-01T09:00:00Z".parse().unwrap(), "2027-03-01T10:00:00Z".parse().unwrap());
        scheduled.windows = vec![SessionWindow { opens_at, closes_at }];
        let mut sessions = Sessions::new(vec![session("1", "Now", 0, 1), scheduled, session("3", "Other", 0, 1)]);
        let session_id = cynic::Id::new("1");
        sessions.set_room(RoomState { session_id, viewer_count: 4, seats_in_use: 0, on_screen: Vec::new() });
        let doomed = Doomed::of(&["1", "2", "gone"].map(str::to_owned), Some(&sessions));
        assert_eq!(doomed.titles, ["Now", "Later"]);
        assert_eq!((doomed.inside, doomed.scheduled), (4, vec!["Later".to_owned()]));
        assert_eq!(tags_of(&["3", "1"].map(str::to_owned), Some(&sessions)), ["tag 1", "tag 3"]);
    }
}
