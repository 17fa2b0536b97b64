//! What is told of the people in one room (I2). It differs for nobody who hears it, so that it is written once for all.

use super::{Audience, Told};
use crate::ids::AccountId;
use crate::media_link::{Live, Moved};
use std::collections::HashSet;
use std::sync::Arc;

/// What the people of a session are there.
#[derive(Debug, Default)]
pub struct Roles {
    /// Organizers, moderators while it is moderated, and who made it.
    pub hosts: HashSet<AccountId>,
    /// Of segments that lead to it.
    pub speakers: HashSet<AccountId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Host,
    Speaker,
    Attendee,
}

impl Roles {
    /// The first that is true.
    pub fn of(&self, person: AccountId) -> Role {
        if self.hosts.contains(&person) {
            Role::Host
        } else if self.speakers.contains(&person) {
            Role::Speaker
        } else {
            Role::Attendee
        }
    }
}

/// People came in and went, or are something else now.
#[derive(Debug)]
pub struct PeopleChange {
    pub moved: Moved,
    /// So much has changed that the list has to be read again.
    pub anew: bool,
    pub roles: Roles,
    pub live: Live,
    /// Who may watch the session.
    pub audience: Audience,
    /// It is before its time: only those hear of it who come early (F5, F6).
    pub before: bool,
    /// Whether attendees see each other (A6).
    pub visible: bool,
    pub told: Told,
}

impl PeopleChange {
    /// Whether somebody who may watch the session hears of it.
    pub fn is_for(&self, person: AccountId) -> bool {
        match self.roles.of(person) {
            Role::Host => true,
            Role::Speaker => self.visible,
            Role::Attendee => self.visible && !self.before,
        }
    }

    pub fn new(
        moved: Moved,
        anew: bool,
        (roles, live): (Roles, Live),
        audience: Audience,
        (before, visible): (bool, bool),
    ) -> Arc<Self> {
        Arc::new(Self { moved, anew, roles, live, audience, before, visible, told: Told::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Id, SessionId};

    /// A6, F5: hosts always hear of who is inside, others while people see each other, and attendees not before its time.
    #[test]
    fn i2_a6_f5_who_hears_of_the_people_inside() {
        let person = |number| AccountId::from_ulid(ulid::Ulid(number));
        let (host, speaker, attendee) = (person(1), person(2), person(3));
        let heard = |before, visible| {
            let roles = Roles { hosts: [host].into(), speakers: [host, speaker].into() };
            let session = SessionId::from_ulid(ulid::Ulid(9));
            let moved = Moved { session, revision: 1, count: 0, joined: Vec::new(), left: Vec::new() };
            let known = (roles, Live::default());
            let change = PeopleChange::new(moved, false, known, Audience::Registered, (before, visible));
            [host, speaker, attendee].map(|person| change.is_for(person))
        };
        assert_eq!(heard(false, true), [true, true, true]);
        assert_eq!(heard(true, true), [true, true, false]);
        assert_eq!(heard(false, false), [true, false, false]);
        assert_eq!(heard(true, false), [true, false, false]);
    }
}
