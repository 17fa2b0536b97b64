//! May they? The one place for permissions: pure functions named after the act. Callers load, then ask.
//!
//! What may not be seen does not exist: the answer is the same as for a wrong id.

use crate::error::{Error, Result};
use crate::ids::{LoginId, OrganizationId};
use crate::model::account::Account;
use crate::model::event::{Event, State};
use crate::model::session::{Session, WatchAccess};

/// Whoever makes a request, resolved once at the edge.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub account: Option<Account>,
    /// The sign-in that the request came with.
    pub login: Option<LoginId>,
    /// The organizations that the account is an organizer of.
    pub organizes: Vec<OrganizationId>,
}

impl Caller {
    /// The caller's account; nobody who is not signed in gets further.
    pub fn account(&self) -> Result<&Account> {
        self.account.as_ref().ok_or(Error::Unauthenticated)
    }

    pub fn is_organizer_of(&self, organization: OrganizationId) -> bool {
        self.organizes.contains(&organization)
    }
}

/// What a caller is in one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Of the organization that owns the event.
    pub organizer: bool,
    pub registered: bool,
}

/// Manage an organization: its events, its organizers (A2).
pub fn manage_organization(caller: &Caller, organization: OrganizationId) -> Result<()> {
    caller.account()?;
    if caller.is_organizer_of(organization) { Ok(()) } else { Err(Error::NotFound("organization")) }
}

/// See an event's public side. A draft is for organizers only (A3).
pub fn see_event(caller: &Caller, event: &Event) -> Result<()> {
    if event.published || caller.is_organizer_of(event.organization_id) {
        Ok(())
    } else {
        Err(Error::NotFound("event"))
    }
}

/// Change an event and everything in it (A2).
pub fn manage_event(caller: &Caller, event: &Event) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    if caller.is_organizer_of(event.organization_id) {
        Ok(())
    } else {
        Err(Error::Forbidden("Only organizers of this event may do that."))
    }
}

/// See who is registered for an event.
pub fn see_people(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// See who is invited to the sessions of an event.
pub fn see_invitations(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Register for an event (A3): from its publication to its end.
pub fn register(caller: &Caller, event: &Event, state: State) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    match state {
        State::Upcoming | State::Live => Ok(()),
        State::Draft => Err(Error::NotOpen("The event is not published yet.")),
        State::Ended => Err(Error::NotOpen("The event is over; registration is closed.")),
    }
}

/// Be in an event's venue at all.
pub fn be_in_venue(caller: &Caller, event: &Event, standing: Standing) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    if standing.organizer || standing.registered {
        Ok(())
    } else {
        Err(Error::Forbidden("Register for this event first."))
    }
}

/// Find and watch a session (C1, C2, C5). A draft's are for organizers only (A3).
pub fn watch(standing: Standing, event: &Event, session: &Session, invited: bool) -> Result<()> {
    let may = standing.organizer
        || event.published
            && standing.registered
            && match session.watch_access {
                WatchAccess::Anyone => true,
                WatchAccess::Private => invited,
            };
    if may { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// Enter the room of a session that one may watch (A3): while the event is live; organizers earlier too. After the end
/// a room that is still occupied goes on: organizers may go there, and those come back whose connection breaks, but nobody
/// new comes.
pub fn enter(standing: Standing, state: State, occupied: bool, was_inside: bool) -> Result<()> {
    match state {
        State::Live => Ok(()),
        State::Draft | State::Upcoming if standing.organizer => Ok(()),
        State::Ended if occupied && (was_inside || standing.organizer) => Ok(()),
        State::Draft | State::Upcoming => Err(Error::NotOpen("The event has not started yet.")),
        State::Ended => Err(Error::NotOpen("The event is over.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use crate::model::session::{DisplaySize, Scheduling, ShareAccess};

    const ORGANIZER: Standing = Standing { organizer: true, registered: false };
    const ATTENDEE: Standing = Standing { organizer: false, registered: true };
    const STRANGER: Standing = Standing { organizer: false, registered: false };

    fn session(watch_access: WatchAccess) -> Session {
        let at = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
        Session {
            id: crate::ids::SessionId::from_ulid(ulid::Ulid::nil()),
            event_id: crate::ids::EventId::from_ulid(ulid::Ulid::nil()),
            title: "T".into(),
            description: String::new(),
            display_size: DisplaySize::Medium,
            priority: 0,
            watch_access,
            share_access: ShareAccess::Anyone,
            max_participants: 50,
            scheduling: Scheduling::AlwaysOpen,
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    fn event(published: bool) -> Event {
        let at = chrono::DateTime::from_timestamp(0, 0).unwrap().into();
        Event {
            id: crate::ids::EventId::from_ulid(ulid::Ulid::nil()),
            organization_id: crate::ids::OrganizationId::from_ulid(ulid::Ulid::nil()),
            slug: "e".into(),
            name: "E".into(),
            description: String::new(),
            starts_at: at,
            ends_at: at,
            time_zone: "UTC".into(),
            published,
            opened_at: None,
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    /// C1: every registered attendee; nobody else.
    #[test]
    fn c1_anyone_means_every_registered_attendee() {
        let session = session(WatchAccess::Anyone);
        assert_eq!(watch(ATTENDEE, &event(true), &session, false), Ok(()));
        assert_eq!(watch(STRANGER, &event(true), &session, false), Err(Error::NotFound("session")));
    }

    /// C2: the invited see it, for all others it does not exist.
    #[test]
    fn c2_private_is_for_the_invited() {
        let session = session(WatchAccess::Private);
        assert_eq!(watch(ATTENDEE, &event(true), &session, true), Ok(()));
        assert_eq!(watch(ATTENDEE, &event(true), &session, false), Err(Error::NotFound("session")));
        assert_eq!(watch(STRANGER, &event(true), &session, true), Err(Error::NotFound("session")));
    }

    /// A3: what belongs to a draft is for organizers only.
    #[test]
    fn a3_sessions_of_a_draft_are_hidden() {
        let session = session(WatchAccess::Anyone);
        assert_eq!(watch(ATTENDEE, &event(false), &session, true), Err(Error::NotFound("session")));
    }

    /// C5: organizers see and enter all.
    #[test]
    fn c5_organizers_see_and_enter_all() {
        assert_eq!(watch(ORGANIZER, &event(false), &session(WatchAccess::Private), false), Ok(()));
        assert_eq!(enter(ORGANIZER, State::Draft, false, false), Ok(()));
        assert_eq!(enter(ORGANIZER, State::Ended, true, false), Ok(()));
    }

    /// A3: attendees enter while the event is live; a room that is occupied at the end goes on.
    #[test]
    fn a3_attendees_enter_while_live() {
        assert_eq!(enter(ATTENDEE, State::Live, false, false), Ok(()));
        assert_eq!(enter(ATTENDEE, State::Ended, true, true), Ok(()));
        let refused = [(State::Upcoming, true, true), (State::Ended, false, true), (State::Ended, true, false)];
        for (state, occupied, was_inside) in refused {
            let answer = enter(ATTENDEE, state, occupied, was_inside);
            assert!(matches!(answer, Err(Error::NotOpen(_))), "{state:?} {occupied} {was_inside}");
        }
    }
}
