//! Organizations, their events, and being in one (A2, A3, A6, A7, N1).

use super::{Caller, Standing};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganizationId};
use crate::model::account::Account;
use crate::model::event::{Event, State};

/// Manage an organization: its events, its organizers (A2).
pub fn manage_organization(caller: &Caller, organization: OrganizationId) -> Result<()> {
    caller.account()?;
    if caller.is_organizer_of(organization) { Ok(()) } else { Err(Error::NotFound("organization")) }
}

/// Accept an invitation to organize that was sent to this address (A2).
pub fn accept_invitation(account: &Account, email: &str) -> Result<()> {
    if account.email == email {
        Ok(())
    } else {
        Err(Error::Forbidden("This invitation was sent to another email address. Sign in with that one."))
    }
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

/// Remove a person from an event and keep them out (A7). Who runs it cannot be kept out.
pub fn block(organizers: &[AccountId], person: AccountId) -> Result<()> {
    if organizers.contains(&person) {
        Err(Error::Forbidden("This person is an organizer. Take their organizer's powers back first."))
    } else {
        Ok(())
    }
}

/// See who is invited to the sessions of an event.
pub fn see_invitations(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Register for an event (A3): from its publication to its end. `blocked` says that the person, or whoever had the address
/// before, was removed (A7).
pub fn register(caller: &Caller, event: &Event, state: State, blocked: bool) -> Result<()> {
    see_event(caller, event)?;
    caller.account()?;
    if blocked {
        return Err(Error::Forbidden("You were removed from this event by its organizers and cannot register again."));
    }
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
    if standing.organizer || standing.is_registered() {
        Ok(())
    } else {
        Err(Error::Forbidden("Register for this event first."))
    }
}

/// Keep an agenda of an event that one is in (A6, G3).
pub fn keep_agenda(event: &Event) -> Result<()> {
    if event.agenda_enabled { Ok(()) } else { Err(Error::Forbidden("My Agenda is switched off for this event.")) }
}

/// Change one's agenda: once the event is over it stays as it is (A3).
pub fn change_agenda(event: &Event, state: State) -> Result<()> {
    keep_agenda(event)?;
    match state {
        State::Ended => Err(Error::NotOpen("The event is over. Your agenda stays as it is.")),
        State::Draft | State::Upcoming | State::Live => Ok(()),
    }
}

/// See who else is in an event (A6): organizers always, attendees while the list of people is visible.
pub fn see_each_other(caller: &Caller, event: &Event, standing: Standing) -> Result<()> {
    be_in_venue(caller, event, standing)?;
    if standing.organizer || event.people_visible {
        Ok(())
    } else {
        Err(Error::Forbidden("The list of people is switched off for this event."))
    }
}

/// Make a session of one's own, as an attendee (N1).
pub fn create_own_session(caller: &Caller, event: &Event, standing: Standing, state: State) -> Result<()> {
    be_in_venue(caller, event, standing)?;
    if !event.attendees_create_sessions {
        return Err(Error::Forbidden("The organizers of this event do not let attendees create sessions."));
    }
    match state {
        State::Live => Ok(()),
        State::Draft | State::Upcoming => Err(Error::NotOpen("The event has not started yet.")),
        State::Ended => Err(Error::NotOpen("The event is over.")),
    }
}

/// Upload a picture into an event: for what one manages there, or for a session of one's own (B3, N1).
pub fn upload_to_event(caller: &Caller, event: &Event, standing: Standing, state: State) -> Result<()> {
    match manage_event(caller, event) {
        Err(_refused) if create_own_session(caller, event, standing, state).is_ok() => Ok(()),
        managing => managing,
    }
}

/// See what the hosts of an event did (O2).
pub fn see_host_actions(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}
