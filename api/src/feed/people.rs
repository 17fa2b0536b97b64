//! What is told of the people in one room (I2). It differs for nobody who hears it, so that it is written once for all.

use super::{Audience, Told};
use crate::access::{self, Door, Standing};
use crate::ids::AccountId;
use crate::media_link::{Live, Moved};
use crate::model::event::Event;
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
    /// The event and the room at this moment, by which it goes who of them sees who is inside. Nothing when it could not be read:
    /// then nobody is named.
    pub scene: Option<(Event, Door)>,
    pub told: Told,
}

impl PeopleChange {
    /// Whether somebody who may watch the session hears of it: who sees who is inside. `was_inside` says that they have been there.
    pub fn is_for(&self, person: AccountId, standing: Standing, was_inside: bool) -> bool {
        let Some((event, door)) = &self.scene else { return true };
        let host = self.roles.hosts.contains(&person);
        let early = host || self.roles.speakers.contains(&person);
        access::see_people_inside((standing, host), event, early, Door { was_inside, ..*door }).is_ok()
    }

    pub fn new(
        moved: Moved,
        anew: bool,
        (roles, live): (Roles, Live),
        audience: Audience,
        scene: Option<(Event, Door)>,
    ) -> Arc<Self> {
        Arc::new(Self { moved, anew, roles, live, audience, scene, told: Told::default() })
    }
}
