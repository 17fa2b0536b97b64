//! Registrations: a person's admission to an event (A4), and what organizers do about it (A7).

pub mod import;

use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, EventId, RegistrationId, TicketTypeId};
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::page::Slice;
use crate::model::registration::{Filter, Patch, Registration};
use crate::model::ticket_type::TicketType;
use crate::ops::list::{Listed, Total};
use crate::ops::mail::Slip;
use crate::validate::{Code, Problem};

/// Registers the caller with a ticket type; without one, with the only one that is open. Who is registered already stays
/// so: the form may be sent twice.
pub async fn register(
    app: &App,
    caller: &Caller,
    id: EventId,
    wanted: Option<TicketTypeId>,
) -> Result<(Registration, Event)> {
    let account = caller.account()?.clone();
    let person = account.id;
    let now = app.clock.now();
    let registration = app.ids.next();
    let slip = Slip::new(app);
    let caller = caller.clone();
    let done = app
        .db
        .write(move |conn| {
            let event = super::seen_event(conn, &caller, id)?;
            if let Some(own) = valid(conn, id, person)? {
                return Ok((own, event, false, Vec::new()));
            }
            let blocked =
                !model::registration::blocked_among(conn, id, std::slice::from_ref(&account.email))?.is_empty();
            access::register(&caller, &event, event.state(now), blocked)?;
            let ticket = chosen(&model::ticket_type::of_event(conn, id)?, wanted)?;
            model::ticket_type::lock(conn, id, &[ticket])?;
            // Sent twice at the same moment: the other one may have taken the last place for the same person.
            if let Some(own) = valid(conn, id, person)? {
                return Ok((own, event, false, Vec::new()));
            }
            let ticket = super::ticket_type::take_place(conn, id, ticket)?;
            if !ticket.is_open {
                return Err(CLOSED);
            }
            let row = Registration::new(registration, id, person, ticket.id, now);
            let made = model::registration::insert_once(conn, &row)?;
            let row = model::registration::in_event(conn, id, person)?.ok_or(Error::Internal)?;
            if made {
                super::mail::registered(conn, vec![(slip, &account)], &event, now)?;
            }
            // Whoever only says that the address is theirs does not get what was meant for it: they confirm it first.
            let known = model::account::find(conn, person)?.ok_or(Error::Unauthenticated)?;
            let found = match known.verified_at {
                Some(_) => super::invitation::take_effect(conn, id, &known)?,
                None => Vec::new(),
            };
            Ok((row, event, made, found))
        })
        .await?;
    let (registration, event, made, found) = done;
    if made {
        app.mails_due.notify_one();
        app.feed.publish(Topic::Account(person), Change::Standing);
    }
    if !found.is_empty() {
        super::session::announce_again(app, move |_conn| Ok(found)).await?;
    }
    Ok((registration, event))
}

const CLOSED: Error = Error::NotOpen("Registration with this ticket type is closed.");

/// The person's registration, if they have one that counts.
fn valid(conn: &mut Conn, event: EventId, person: AccountId) -> Result<Option<Registration>> {
    let own = model::registration::in_event(conn, event, person)?;
    Ok(own.filter(|own| !own.blocked))
}

/// The ticket type that was asked for, or the only one that is open.
fn chosen(all: &[TicketType], wanted: Option<TicketTypeId>) -> Result<TicketTypeId> {
    let mut open = all.iter().filter(|ticket| ticket.is_open);
    match (wanted, open.next(), open.next()) {
        (Some(wanted), ..) => match all.iter().find(|ticket| ticket.id == wanted) {
            Some(ticket) if ticket.is_open => Ok(wanted),
            Some(_) => Err(CLOSED),
            None => Err(Error::NotFound("ticket type")),
        },
        (None, None, _) => Err(Error::NotOpen("Registration for this event is closed.")),
        (None, Some(only), None) => Ok(only.id),
        (None, Some(_), Some(_)) => {
            Err(Problem::new("ticketTypeId", Code::Required, "Choose one of the ticket types.").into())
        }
    }
}

/// Gives a person another ticket type: what they may see and enter follows at once (C6).
pub async fn update(
    app: &App,
    caller: &Caller,
    id: RegistrationId,
    ticket: Option<TicketTypeId>,
) -> Result<(Registration, Account)> {
    let now = app.clock.now();
    change(app, caller, id, move |conn, event, row, _account| {
        if let Some(ticket) = ticket.filter(|ticket| *ticket != row.ticket_type_id) {
            super::ticket_type::take_place(conn, event.id, ticket)?;
            // Passes that the person has out open what the old ticket type opened.
            model::session::raise_versions(conn, &[event.id], now)?;
            model::registration::update(conn, id, &Patch { ticket_type_id: Some(ticket), ..Patch::default() })?;
        }
        Ok(())
    })
    .await
}

/// Removes a person from the event and keeps them out, also with a new account; or lets them back in (A7). They come back
/// also when their ticket type is full by now.
pub async fn block(app: &App, caller: &Caller, id: RegistrationId, blocked: bool) -> Result<(Registration, Account)> {
    let now = app.clock.now();
    change(app, caller, id, move |conn, event, _row, account| {
        if blocked {
            access::block(&model::organization::organizer_ids(conn, event.organization_id)?, account.id)?;
            model::registration::block_email(conn, event.id, &account.email, now)?;
            // Passes that the person has out open nothing any more.
            model::session::raise_versions(conn, &[event.id], now)?;
        } else {
            model::registration::unblock_email(conn, event.id, &account.email)?;
        }
        Ok(model::registration::update(conn, id, &Patch { blocked: Some(blocked), ..Patch::default() })?)
    })
    .await
}

/// Forbids a person to chat, vote and ask, or allows it again (A7).
pub async fn mute(app: &App, caller: &Caller, id: RegistrationId, muted: bool) -> Result<(Registration, Account)> {
    change(app, caller, id, move |conn, _event, _row, _account| {
        Ok(model::registration::update(conn, id, &Patch { muted: Some(muted), ..Patch::default() })?)
    })
    .await
}

/// Changes a registration in an event that the caller manages. The person's subscriptions follow, and they leave the rooms
/// that they may not be in any more (C6).
async fn change<F>(app: &App, caller: &Caller, id: RegistrationId, work: F) -> Result<(Registration, Account)>
where
    F: FnOnce(&mut Conn, &Event, &Registration, &Account) -> Result<()> + Send + 'static,
{
    caller.account()?;
    let now = app.clock.now();
    let caller = caller.clone();
    let _order = app.in_order().await?;
    let (row, account) = app
        .db
        .write(move |conn| {
            let missing = || Error::NotFound("registration");
            let (row, account) = model::registration::find(conn, id)?.ok_or_else(missing)?;
            let event = super::managed_event(conn, &caller, now, row.event_id).map_err(|error| match error {
                // Who is registered is nobody's business but the organizers'.
                Error::NotFound(_) | Error::Forbidden(_) => missing(),
                other => other,
            })?;
            work(conn, &event, &row, &account)?;
            model::registration::find(conn, id)?.ok_or_else(missing)
        })
        .await?;
    app.feed.publish(Topic::Account(account.id), Change::Standing);
    super::room::access_changed(app, account.id).await?;
    Ok((row, account))
}

/// A registration, for the person and for organizers.
pub async fn find(app: &App, caller: &Caller, id: RegistrationId) -> Result<Option<(Registration, Account)>> {
    let caller = caller.clone();
    app.db
        .read(move |conn| {
            let Some((registration, account)) = model::registration::find(conn, id)? else { return Ok(None) };
            let Ok(event) = super::seen_event(conn, &caller, registration.event_id) else { return Ok(None) };
            let own = caller.account.as_ref().is_some_and(|caller| caller.id == account.id);
            let may = own || access::see_people(&caller, &event).is_ok();
            Ok(may.then_some((registration, account)))
        })
        .await
}

/// An event's people by name, for organizers; nobody for others.
pub async fn of_event(
    app: &App,
    caller: &Caller,
    event: &Event,
    filter: Filter,
    slice: Slice<(String, RegistrationId)>,
) -> Result<Listed<(Registration, Account)>> {
    if access::see_people(caller, event).is_err() {
        return Ok(Listed::nothing());
    }
    let (id, wanted) = (event.id, filter.clone());
    let read = move |conn: &mut Conn| Ok(model::registration::of_event(conn, id, &wanted, slice)?);
    Ok(Listed { page: app.db.read(read).await?, total: Total::RegistrationsOf(id, filter) })
}

/// The people of an event as they see each other (A6), by name: none for who may not. `name` is searched for.
pub async fn people(
    app: &App,
    caller: &Caller,
    (event, standing): (&Event, Standing),
    name: Option<String>,
    slice: Slice<(String, RegistrationId)>,
) -> Result<Listed<(Registration, Account)>> {
    if access::see_each_other(caller, event, standing).is_err() {
        return Ok(Listed::nothing());
    }
    let filter = Filter { name, blocked: Some(false), ..Filter::default() };
    let (id, wanted) = (event.id, filter.clone());
    let read = move |conn: &mut Conn| Ok(model::registration::of_event(conn, id, &wanted, slice)?);
    Ok(Listed { page: app.db.read(read).await?, total: Total::RegistrationsOf(id, filter) })
}

/// The caller's own registrations for the events that they can see, the newest first.
pub async fn own(app: &App, caller: &Caller, slice: Slice<RegistrationId>) -> Result<Listed<Registration>> {
    let id = caller.account()?.id;
    let organizes = caller.organizes.clone();
    let total = Total::RegistrationsOfAccount(id, organizes.clone());
    let read = move |conn: &mut Conn| Ok(model::registration::of_account(conn, id, &organizes, slice)?);
    Ok(Listed { page: app.db.read(read).await?, total })
}
