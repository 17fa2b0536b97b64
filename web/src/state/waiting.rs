//! How many ask to go on screen in each session that the person is a host of, as the venue marks it (D3, D5).

use crate::api::session::{Session, ShareAccess};
use litemap::LiteMap;

/// By the session's id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting(LiteMap<String, i32>);

impl Waiting {
    pub fn set(&mut self, session: String, count: i32) {
        self.0.insert(session, count);
    }

    /// What was heard since this was asked for is newer.
    pub fn with(mut self, heard: Waiting) -> Self {
        heard.0.into_iter().for_each(|(session, count)| self.set(session, count));
        self
    }

    /// Takes what is so now. Gives the sessions in which more people ask than was known.
    pub fn take(&mut self, now: Waiting) -> Vec<String> {
        let grew = now.0.iter().filter(|(id, count)| **count > self.count(id)).map(|(id, _)| id.clone()).collect();
        *self = now;
        grew
    }

    /// How many ask in this session. Nobody does where nobody has to: of that not everybody who was a host hears.
    pub fn of(&self, session: &Session) -> i32 {
        if session.share_access == ShareAccess::Moderated { self.count(session.id.inner()) } else { 0 }
    }

    fn count(&self, id: &str) -> i32 {
        self.0.get(id).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sessions::tests::session;
    use super::*;

    fn waiting(counts: &[(&str, i32)]) -> Waiting {
        Waiting(counts.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect())
    }

    /// D3: who comes, or was away, is told what is new to them: not what they were told before, nor who is gone.
    #[test]
    fn d3_only_where_more_ask_than_was_known_is_news() {
        let mut known = Waiting::default();
        assert_eq!(known.take(waiting(&[("a", 1), ("b", 2)])), ["a", "b"]);
        known.set("b".into(), 3);
        assert_eq!(known.take(waiting(&[("a", 1), ("b", 3)])), Vec::<String>::new(), "as after a short loss");
        assert_eq!(known.take(waiting(&[("b", 1), ("c", 4)])), ["c"]);
        assert_eq!(known, waiting(&[("b", 1), ("c", 4)]), "nobody waits in the first any more");
    }

    /// D3: only the last of what was heard of a session counts, and is all that is kept.
    #[test]
    fn d3_what_was_heard_meanwhile_is_newer() {
        let mut heard = Waiting::default();
        for count in [1, 2, 0] {
            heard.set("a".into(), count);
        }
        assert_eq!(heard, waiting(&[("a", 0)]));
        assert_eq!(waiting(&[("a", 3), ("b", 1)]).with(heard), waiting(&[("a", 0), ("b", 1)]));
    }

    #[test]
    fn d3_nobody_asks_where_nobody_has_to() {
        let known = waiting(&[("a", 2)]);
        let mut asked = session("a", "A", 0, 1);
        assert_eq!(known.of(&asked), 0, "it is not moderated any more");
        asked.share_access = ShareAccess::Moderated;
        assert_eq!((known.of(&asked), known.of(&session("b", "B", 0, 1))), (2, 0));
    }
}
