//! What is told of segments: one of the schedule, and who sees it (C7).

use super::{Audience, Told};
use crate::ids::{AccountId, SegmentId, TicketTypeId};
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::segment::Segment;
use crate::model::session::Session;
use std::sync::Arc;

/// A segment was made, changed or deleted, or others see it now.
#[derive(Debug)]
pub struct SegmentChange {
    pub id: SegmentId,
    /// The version that the segment has by this change, its deletion included: of two changes the higher is newer.
    pub version: i64,
    /// As it is now; nothing after its deletion.
    pub after: Option<SegmentView>,
    /// Who saw it before.
    pub seen_before: Seen,
    pub told: Told,
}

/// A segment with all that a schedule shows of it.
#[derive(Clone, Debug)]
pub struct SegmentView {
    pub segment: Arc<Segment>,
    pub event: Arc<Event>,
    /// In the segment's order.
    pub tags: Arc<[String]>,
    pub speakers: Arc<[Account]>,
    /// The sessions that it leads to, with who finds each of them.
    pub sessions: Arc<[(Arc<Session>, Audience)]>,
    pub seen: Seen,
}

/// Who sees a segment (C7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It was not there.
    Nobody,
    /// A draft.
    Organizers,
    /// It leads to no session.
    Registered,
    /// Who finds one of its sessions at least, and organizers.
    By(Arc<[Audience]>),
}

impl Seen {
    /// Whether this attendee, registered with this ticket type, sees it.
    pub fn includes(&self, account: AccountId, ticket: TicketTypeId) -> bool {
        match self {
            Self::Nobody | Self::Organizers => false,
            Self::Registered => true,
            Self::By(finders) => finders.iter().any(|finders| finders.includes(account, ticket)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    /// C7: shown to who finds at least one session, and to all where it leads to none; a draft to no attendee.
    #[test]
    fn c7_who_sees_a_segment() {
        let person = |number| AccountId::from_ulid(ulid::Ulid(number));
        let (ada, bob) = (person(1), person(2));
        let ticket = TicketTypeId::from_ulid(ulid::Ulid(3));
        let only = |person| Audience::Some { people: Arc::new([person].into()), tickets: Arc::new([]) };
        let seen = |seen: Seen| (seen.includes(ada, ticket), seen.includes(bob, ticket));
        assert_eq!(seen(Seen::Registered), (true, true));
        assert_eq!(seen(Seen::By(Arc::new([only(bob)]))), (false, true));
        assert_eq!(seen(Seen::By(Arc::new([only(bob), only(ada)]))), (true, true));
        assert_eq!(seen(Seen::By(Arc::new([Audience::organizers()]))), (false, false), "to an unlisted session only");
        assert_eq!(seen(Seen::By(Arc::new([]))), (false, false), "all its sessions are deleted");
        assert_eq!(seen(Seen::Organizers), (false, false));
        assert_eq!(seen(Seen::Nobody), (false, false));
    }
}
