//! What can be done, one function per verb: load, ask `access`, validate, change in one transaction, publish, return.

pub mod account;
pub mod admission;
pub mod agenda;
pub mod chat;
pub mod chosen;
pub mod demo;
pub mod event;
pub mod host_action;
pub mod invitation;
pub mod list;
pub mod mail;
pub mod message;
pub mod organization;
pub mod organizer_invitation;
pub mod picture;
pub mod preview;
pub mod recording;
pub mod registration;
pub mod room;
pub mod screen;
pub mod seed;
pub mod segment;
pub mod session;
pub mod share_request;
mod tag;
pub mod ticket_type;

use crate::access::{self, Caller, Standing};
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::EventId;
use crate::model;
use crate::model::event::Event;
use crate::model::registration::Registration;

/// The event, if the caller may see it.
pub(crate) fn seen_event(conn: &mut Conn, caller: &Caller, id: EventId) -> Result<Event> {
    let event = model::event::find(conn, id)?.ok_or(Error::NotFound("event"))?;
    access::see_event(caller, &event)?;
    Ok(event)
}

/// The event, if the caller may manage it. Asked in the transaction that writes: the caller may have lost that right while
/// the request waited.
pub(crate) fn managed_event(conn: &mut Conn, caller: &Caller, now: Time, id: EventId) -> Result<Event> {
    let caller = account::again(conn, caller, now)?;
    let event = model::event::find(conn, id)?.ok_or(Error::NotFound("event"))?;
    access::manage_event(&caller, &event)?;
    Ok(event)
}

/// What the caller is in the event by this registration of theirs.
pub(crate) fn stands(caller: &Caller, event: &Event, registration: Option<&Registration>) -> Standing {
    let ticket =
        registration.filter(|registration| !registration.blocked).map(|registration| registration.ticket_type_id);
    Standing { organizer: caller.is_organizer_of(event.organization_id), ticket }
}

/// What the caller is in the event.
pub(crate) fn standing(conn: &mut Conn, caller: &Caller, event: &Event) -> Result<Standing> {
    let registration = match &caller.account {
        Some(account) => model::registration::in_event(conn, event.id, account.id)?,
        None => None,
    };
    Ok(stands(caller, event, registration.as_ref()))
}
