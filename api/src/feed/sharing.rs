//! What is told of sharing: who may go on screen in a session, who waits for that, and what becomes of requests (D1–D9).

use super::{Audience, Told};
use crate::access::{self, Claim, ShareStanding, Standing};
use crate::ids::{AccountId, ShareRequestId};
use crate::model::account::Account;
use crate::model::session::Session;
use crate::model::share_request::ShareRequest;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Everything that decides who of those who may watch a session may go on screen, at one moment.
#[derive(Clone, Debug)]
pub struct Sharing {
    pub session: Session,
    pub organizers: HashSet<AccountId>,
    pub moderators: HashSet<AccountId>,
    pub sharers: HashSet<AccountId>,
    pub granted: HashSet<AccountId>,
    pub barred: HashSet<AccountId>,
    pub queue: Queue,
}

/// Who waits for a host: each person's request and its place, from 1.
#[derive(Clone, Debug, Default)]
pub struct Queue(HashMap<AccountId, (ShareRequestId, i32)>);

/// How one person stands to going on screen in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MyShare {
    pub standing: ShareStanding,
    /// Of who waits: the request, and its place from 1.
    pub waiting: Option<(ShareRequestId, i32)>,
}

/// A request with the people that it names.
#[derive(Clone, Debug)]
pub struct ShareRequestView {
    pub request: ShareRequest,
    pub person: Arc<Account>,
    pub decided_by: Option<Arc<Account>>,
}

/// Who may go on screen in a session has changed, or who waits for that.
#[derive(Debug)]
pub struct SharingChange {
    pub sharing: Sharing,
    /// Who may watch it.
    pub audience: Audience,
}

/// A request was made, or has ended.
#[derive(Debug)]
pub struct ShareRequestChange {
    pub view: ShareRequestView,
    /// As it is after that.
    pub sharing: Arc<SharingChange>,
    pub told: Told,
}

impl Sharing {
    pub fn is_host(&self, person: AccountId) -> bool {
        access::is_host(person, self.standing(person), &self.session, self.claim(person))
    }

    pub fn may(&self, person: AccountId) -> bool {
        access::may_share(self.standing(person), &self.session, self.is_host(person), self.claim(person))
    }

    pub fn of(&self, person: AccountId) -> MyShare {
        let standing =
            access::share_standing(self.standing(person), &self.session, self.is_host(person), self.claim(person));
        MyShare::new(standing, self.queue.place(person))
    }

    /// Nothing here goes by ticket: it is about people who may watch.
    pub fn standing(&self, person: AccountId) -> Standing {
        Standing { organizer: self.organizers.contains(&person), ticket: None }
    }

    fn claim(&self, person: AccountId) -> Claim {
        Claim {
            moderator: self.moderators.contains(&person),
            sharer: self.sharers.contains(&person),
            granted: self.granted.contains(&person),
            barred: self.barred.contains(&person),
            ..Claim::default()
        }
    }
}

impl Queue {
    /// Of the requests that wait in one session, in order.
    pub fn of(requests: &[ShareRequest]) -> Self {
        Self(requests.iter().zip(1..).map(|(request, place)| (request.account_id, (request.id, place))).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn place(&self, person: AccountId) -> Option<(ShareRequestId, i32)> {
        self.0.get(&person).copied()
    }
}

impl MyShare {
    pub fn new(standing: ShareStanding, waiting: Option<(ShareRequestId, i32)>) -> Self {
        let standing = standing.once_asked(waiting.is_some());
        Self { standing, waiting: waiting.filter(|_| standing == ShareStanding::Waiting) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use crate::ids::{Id, SessionId};

    /// D5: a place in the queue belongs to who may still ask; a host, or who is barred, has none whatever is stored.
    #[test]
    fn d5_only_who_may_ask_has_a_place() {
        let request = ShareRequestId::from_ulid(ulid::Ulid(1));
        let waiting = MyShare::new(ShareStanding::MayAsk, Some((request, 3)));
        assert_eq!(waiting, MyShare { standing: ShareStanding::Waiting, waiting: Some((request, 3)) });
        for standing in [ShareStanding::MayShare, ShareStanding::Approved, ShareStanding::Barred] {
            let expected = MyShare { standing, waiting: None };
            assert_eq!(MyShare::new(standing, Some((request, 3))), expected);
        }
    }

    /// D5: places are counted from 1, in the order of the requests.
    #[test]
    fn d5_places_are_counted_from_one() {
        let now: Time = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
        let person = |number| AccountId::from_ulid(ulid::Ulid(number));
        let request = |number| {
            let (id, session) = (ShareRequestId::from_ulid(ulid::Ulid(number)), SessionId::from_ulid(ulid::Ulid(9)));
            ShareRequest::new(id, session, person(number), now)
        };
        let queue = Queue::of(&[request(7), request(5)]);
        let place = |number| queue.place(person(number)).map(|(_, place)| place);
        assert_eq!((place(7), place(5), place(6), queue.len()), (Some(1), Some(2), None, 2));
    }
}
