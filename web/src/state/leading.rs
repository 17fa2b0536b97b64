//! Which segments lead to which sessions, as the list of sessions says beside each (F1).

use crate::api::session_schedule::{LeadingChange, LeadingSegment};

/// By start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leading(Vec<LeadingSegment>);

impl Leading {
    pub fn new(mut list: Vec<LeadingSegment>) -> Self {
        list.sort_by_key(|segment| (segment.starts_at, segment.id.inner().to_owned()));
        Self(list)
    }

    /// Those that lead to a session.
    pub fn to(&self, session: &str) -> Vec<LeadingSegment> {
        let leads = |segment: &&LeadingSegment| segment.sessions.iter().any(|one| one.id.inner() == session);
        self.0.iter().filter(leads).cloned().collect()
    }

    /// Applies changes that came together, in their order. An older copy that comes late changes nothing.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = LeadingChange>) {
        let mut list = std::mem::take(&mut self.0);
        for change in changes {
            if list.iter().any(|known| known.id == change.segment_id && known.version > change.version) {
                continue;
            }
            list.retain(|known| known.id != change.segment_id);
            list.extend(change.segment);
        }
        *self = Self::new(list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::session_schedule::LedTo;

    fn segment(id: &str, hour: i64, version: i32, sessions: &[&str]) -> LeadingSegment {
        LeadingSegment {
            id: cynic::Id::new(id),
            name: format!("Segment {id}"),
            starts_at: chrono::DateTime::from_timestamp(hour * 3_600, 0).unwrap(),
            published: true,
            version,
            sessions: sessions.iter().map(|id| LedTo { id: cynic::Id::new(*id) }).collect(),
        }
    }

    fn to(leading: &Leading, session: &str) -> Vec<String> {
        leading.to(session).into_iter().map(|segment| segment.id.into_inner()).collect()
    }

    #[test]
    fn f1_what_leads_to_a_session_is_told_by_start_and_follows_changes() {
        let change = |segment: LeadingSegment| LeadingChange {
            segment_id: segment.id.clone(),
            version: segment.version,
            segment: Some(segment),
        };
        let mut leading = Leading::new(vec![segment("b", 10, 1, &["1", "2"]), segment("a", 9, 3, &["1"])]);
        assert_eq!(to(&leading, "1"), ["a", "b"]);
        assert_eq!(to(&leading, "2"), ["b"]);
        leading.apply([
            change(segment("a", 11, 4, &["1"])),
            change(segment("a", 8, 2, &[])),
            change(segment("c", 7, 1, &["2"])),
        ]);
        assert_eq!(to(&leading, "1"), ["b", "a"], "moved, and not by the copy that came late");
        assert_eq!(to(&leading, "2"), ["c", "b"]);
        leading.apply([LeadingChange { segment_id: cynic::Id::new("b"), version: 2, segment: None }]);
        assert_eq!(to(&leading, "2"), ["c"]);
    }
}
