//! Ticket types: what people register with (A4).

use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{EventId, TicketTypeId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::ticket_type::{Patch, TicketType};
use crate::validate::{Code, Problem, Problems};
use std::sync::Arc;

pub struct NewTicketType {
    pub event: EventId,
    pub name: String,
    pub description: String,
    pub capacity: Option<i32>,
    pub is_open: bool,
}

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct TicketTypePatch {
    pub name: Option<String>,
    pub description: Option<String>,
    /// `Some(None)` takes the capacity off.
    pub capacity: Option<Option<i32>>,
    pub is_open: Option<bool>,
    /// Its place in the order of the event's ticket types, from 0.
    pub position: Option<usize>,
}

/// The event's ticket types in their order, for whoever sees the event.
pub async fn of_event(app: &App, event: EventId) -> Result<Vec<TicketType>> {
    app.db.read(move |conn| Ok(model::ticket_type::of_event(conn, event)?)).await
}

/// A new ticket type is the last in the order.
pub async fn create(app: &App, caller: &Caller, input: NewTicketType) -> Result<(TicketType, Arc<Event>)> {
    let mut problems = Problems::default();
    let name = problems.line("name", &input.name, limits::TICKET_NAME);
    let mut ticket = TicketType {
        id: app.ids.next(),
        event_id: input.event,
        name_key: name.to_lowercase(),
        name,
        description: problems.text("description", &input.description, limits::TICKET_DESCRIPTION),
        capacity: input.capacity,
        is_open: input.is_open,
        position: 0,
        created_at: app.clock.now(),
    };
    if let Some(capacity) = ticket.capacity {
        problems.number("capacity", capacity, limits::TICKET_CAPACITY);
    }
    problems.finish()?;
    change(app, caller, input.event, move |conn, others| {
        if others.len() >= limits::TICKET_TYPES_OF_EVENT {
            return Err(Error::Conflict("This event has as many ticket types as there may be."));
        }
        free_name(others, ticket.id, &ticket.name_key)?;
        ticket.position = others.last().map_or(0, |last| last.position + 1);
        model::ticket_type::insert(conn, &ticket)?;
        Ok(ticket)
    })
    .await
}

pub async fn update(
    app: &App,
    caller: &Caller,
    id: TicketTypeId,
    input: TicketTypePatch,
) -> Result<(TicketType, Arc<Event>)> {
    let mut problems = Problems::default();
    let name = input.name.map(|name| problems.line("name", &name, limits::TICKET_NAME));
    let patch = Patch {
        name_key: name.as_ref().map(|name| name.to_lowercase()),
        name,
        description: input.description.map(|text| problems.text("description", &text, limits::TICKET_DESCRIPTION)),
        capacity: input.capacity,
        is_open: input.is_open,
        position: None,
    };
    if let Some(Some(capacity)) = patch.capacity {
        problems.number("capacity", capacity, limits::TICKET_CAPACITY);
    }
    problems.finish()?;
    let event = event_of(app, id).await?;
    let changed = change(app, caller, event, move |conn, all| {
        find(all, id)?;
        if let Some(key) = &patch.name_key {
            free_name(all, id, key)?;
        }
        model::ticket_type::update(conn, id, &patch)?;
        if let Some(position) = input.position {
            place(conn, all, id, position)?;
        }
        model::ticket_type::find(conn, id)?.ok_or(MISSING)
    });
    changed.await.map_err(hidden)
}

/// Deletes a ticket type that nobody and nothing needs. The last one stays.
pub async fn delete(app: &App, caller: &Caller, id: TicketTypeId) -> Result<Arc<Event>> {
    let event = event_of(app, id).await?;
    let deleted = change(app, caller, event, move |conn, all| {
        let ticket = find(all, id)?.clone();
        if all.len() == 1 {
            return Err(Error::Conflict("The last ticket type stays. Add another one first."));
        }
        model::ticket_type::lock(conn, event, &[id])?;
        let people = model::ticket_type::count_registrations(conn, id)?;
        let sessions = model::ticket_type::session_titles(conn, &[id])?;
        if people > 0 || !sessions.is_empty() {
            return Err(in_use(people, sessions.into_iter().map(|(_, title)| title).collect()));
        }
        model::ticket_type::delete(conn, id)?;
        Ok(ticket)
    });
    Ok(deleted.await.map_err(hidden)?.1)
}

const MISSING: Error = Error::NotFound("ticket type");

/// Of an event that the caller may not see, its ticket types do not exist either.
fn hidden(error: Error) -> Error {
    if matches!(error, Error::NotFound(_)) { MISSING } else { error }
}

fn in_use(people: i64, sessions: Vec<String>) -> Error {
    let mut reasons = Vec::new();
    if people > 0 {
        let who = if people == 1 { "1 person holds".to_owned() } else { format!("{people} people hold") };
        reasons.push(format!("{who} it: give them another one first."));
    }
    if !sessions.is_empty() {
        let titles = sessions.iter().map(|title| format!("\"{title}\"")).collect::<Vec<_>>().join(", ");
        reasons.push(format!("These sessions are for it: {titles}. Change who can watch them first."));
    }
    Problem::new("id", Code::InUse, reasons.join(" ")).into()
}

/// The event of a ticket type. Whether the caller may know of it is asked by `change`.
async fn event_of(app: &App, id: TicketTypeId) -> Result<EventId> {
    let found = app.db.read(move |conn| Ok(model::ticket_type::find(conn, id)?)).await?;
    Ok(found.ok_or(MISSING)?.event_id)
}

/// Changes the ticket types of an event that the caller manages, and tells everybody that there are others now.
async fn change<F>(app: &App, caller: &Caller, id: EventId, work: F) -> Result<(TicketType, Arc<Event>)>
where
    F: FnOnce(&mut Conn, &[TicketType]) -> Result<TicketType> + Send + 'static,
{
    caller.account()?;
    let now: Time = app.clock.now();
    let caller = caller.clone();
    let _order = app.in_order().await?;
    let (ticket, event) = app
        .db
        .write(move |conn| {
            model::event::lock(conn, id)?;
            let event = super::managed_event(conn, &caller, now, id)?;
            let all = model::ticket_type::of_event(conn, id)?;
            Ok((work(conn, &all)?, event))
        })
        .await?;
    Ok((ticket, super::event::announce(app, event)))
}

fn find(all: &[TicketType], id: TicketTypeId) -> Result<&TicketType> {
    all.iter().find(|ticket| ticket.id == id).ok_or(MISSING)
}

fn free_name(all: &[TicketType], id: TicketTypeId, key: &str) -> Result<()> {
    if all.iter().any(|other| other.id != id && other.name_key == key) {
        let message = "Another ticket type of this event has this name. Choose another one.";
        return Err(Problem::new("name", Code::Taken, message).into());
    }
    Ok(())
}

/// Moves a ticket type to a place in the order; beyond the end is the end.
fn place(conn: &mut Conn, all: &[TicketType], id: TicketTypeId, position: usize) -> Result<()> {
    let mut order: Vec<&TicketType> = all.iter().filter(|ticket| ticket.id != id).collect();
    order.insert(position.min(order.len()), find(all, id)?);
    for (position, ticket) in order.into_iter().enumerate() {
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        if ticket.position != position {
            model::ticket_type::update(conn, ticket.id, &Patch { position: Some(position), ..Patch::default() })?;
        }
    }
    Ok(())
}

/// Takes a place of the ticket type in this transaction, or says that none is left.
pub(crate) fn take_place(conn: &mut Conn, event: EventId, id: TicketTypeId) -> Result<TicketType> {
    model::ticket_type::lock(conn, event, &[id])?;
    let ticket = model::ticket_type::find(conn, id)?.filter(|ticket| ticket.event_id == event);
    let ticket = ticket.ok_or(MISSING)?;
    let holders = model::ticket_type::count_holders(conn, id)?;
    if ticket.remaining(holders) == Some(0) {
        return Err(Error::Conflict("No place is left with this ticket type."));
    }
    Ok(ticket)
}

/// What to say where a file names a ticket type that is not among the event's.
pub(crate) fn no_such(name: &str, tickets: &[TicketType]) -> String {
    let names = tickets.iter().map(|ticket| format!("\"{}\"", ticket.name)).collect::<Vec<_>>().join(", ");
    // A cell may be as long as the file.
    let name: String = name.chars().take(*limits::TICKET_NAME.end()).collect();
    format!("This event has no ticket type \"{name}\". It has {names}.")
}
