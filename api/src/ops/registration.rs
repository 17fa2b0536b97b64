//! Registrations: a person's admission to an event.

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{EventId, RegistrationId};
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::page::Slice;
use crate::model::registration::Registration;
use crate::ops::list::{Listed, Total};

/// Registers the caller. Who is registered already stays so: the form may be sent twice.
pub async fn register(app: &App, caller: &Caller, id: EventId) -> Result<(Registration, Event)> {
    let account = caller.account()?.id;
    let now = app.clock.now();
    let registration = app.ids.next();
    let caller = caller.clone();
    let done = app
        .db
        .write(move |conn| {
            let event = super::seen_event(conn, &caller, id)?;
            if let Some(registration) = model::registration::in_event(conn, id, account)? {
                return Ok((registration, event, false));
            }
            access::register(&caller, &event, event.state(now))?;
            let ticket = model::ticket_type::of_event(conn, id)?.into_iter().find(|ticket| ticket.is_open);
            let ticket = ticket.ok_or(Error::NotOpen("Registration for this event is closed."))?.id;
            let made =
                model::registration::insert_once(conn, &Registration::new(registration, id, account, ticket, now))?;
            let registration = model::registration::in_event(conn, id, account)?.ok_or(Error::Internal)?;
            Ok((registration, event, made))
        })
        .await?;
    let (registration, event, made) = done;
    if made {
        app.feed.publish(Topic::Account(account), Change::Standing);
    }
    Ok((registration, event))
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

/// An event's people by name, for organizers; nobody for others. `search` finds in name and email.
pub async fn of_event(
    app: &App,
    caller: &Caller,
    event: &Event,
    search: Option<String>,
    slice: Slice<(String, RegistrationId)>,
) -> Result<Listed<(Registration, Account)>> {
    if access::see_people(caller, event).is_err() {
        return Ok(Listed::nothing());
    }
    let (id, text) = (event.id, search.clone());
    let read = move |conn: &mut Conn| Ok(model::registration::of_event(conn, id, text.as_deref(), slice)?);
    Ok(Listed { page: app.db.read(read).await?, total: Total::RegistrationsOf(id, search) })
}

/// The caller's own registrations for the events that they can see, the newest first.
pub async fn own(app: &App, caller: &Caller, slice: Slice<RegistrationId>) -> Result<Listed<Registration>> {
    let id = caller.account()?.id;
    let organizes = caller.organizes.clone();
    let total = Total::RegistrationsOfAccount(id, organizes.clone());
    let read = move |conn: &mut Conn| Ok(model::registration::of_account(conn, id, &organizes, slice)?);
    Ok(Listed { page: app.db.read(read).await?, total })
}
