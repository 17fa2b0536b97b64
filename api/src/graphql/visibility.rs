//! Why sessions are (in)visible, in GraphQL (B9).

use crate::visibility::Sentence;
use async_graphql::{Enum, SimpleObject};
use chrono::{DateTime, Utc};

/// One sentence about when a session can be found, by whom, or what keeps somebody from it who was chosen for it. Pages put it
/// into words.
#[derive(SimpleObject)]
pub(super) struct VisibilitySentence {
    /// What it says.
    code: VisibilityCode,
    /// The moment that it names.
    at: Option<DateTime<Utc>>,
    /// The names that it holds, 5 at the most.
    names: Vec<String>,
    /// How many there are in all: of the names, or of invited people who are registered.
    count: i64,
    /// How many more on the invite list find it once they register and their addresses are known to be theirs.
    waiting: i64,
}

impl From<Sentence> for VisibilitySentence {
    fn from(sentence: Sentence) -> Self {
        let Sentence { says, at, names, count, waiting } = sentence;
        Self { code: says.into(), at: at.map(|at| at.utc()), names, count, waiting }
    }
}

/// What a sentence says.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::visibility::Says")]
enum VisibilityCode {
    /// The event is a draft: only organizers find it.
    EventIsDraft,
    /// The event is over.
    EventIsOver,
    /// It is always open, and opens with the event at `at`.
    OpensWithEvent,
    /// It is always open, and the event is live.
    AlwaysOpen,
    /// It is scheduled, but no segment leads to it: nobody finds it, except by its address.
    NotLinked,
    /// Only drafts of segments lead to it: nobody finds it, except by its address.
    SegmentsAreDrafts,
    /// It opens at `at`.
    Opens,
    /// It is open until `at`.
    OpenUntil,
    /// Its time is over: it is found by its address only.
    Over,
    /// Everybody who is registered finds it.
    ForEverybody,
    /// Those of the invite list find it: `count` are registered.
    ForInvited,
    /// It is private, and nobody of its invite list is registered.
    ForNobody,
    /// Holders of the ticket types `names` find it, and `count` people of its invite list.
    ForTicketHolders,
    /// Only those who have its link find it.
    ForThoseWithTheLink,
    /// The moderators `names` are not among those who can watch.
    ModeratorsCannotWatch,
    /// The people `names`, who may share, are not among those who can watch.
    SharersCannotWatch,
}
