//! Registrations: a person's admission to an event.

use crate::access::{self, Caller};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{EventId, RegistrationId};
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::registration::Registration;

/// Registers the caller. Who is registered already stays so: the form may be sent twice.
pub async fn register(app: &App, caller: &Caller, id: EventId) -> Result<(Registration, Event)> {
    let account = caller.account()?.id;
    let now = app.clock.now();
    let registration = Registration { id: app.ids.next(), event_id: id, account_id: account, created_at: now };
    let caller = caller.clone();
    let done = app
        .db
        .write(move |conn| {
            let event = super::seen_event(conn, &caller, id)?;
            if let Some(registration) = model::registration::in_event(conn, id, account)? {
                return Ok((registration, event));
            }
            access::register(&caller, &event, event.state(now))?;
            model::registration::insert(conn, &registration).map_err(|error| {
                let twice = Error::Conflict("You are registered already.");
                if Error::is_unique_violation(&error) { twice } else { error.into() }
            })?;
            Ok((registration, event))
        })
        .await?;
    app.feed.publish(Topic::Accounts, Change::Standing(account));
    Ok(done)
}

/// A registration, for the person and for organizers.
pub async fn find(app: &App, caller: &Caller, id: RegistrationId) -> Result<Option<(Registration, Account)>> {
    let caller = caller.clone();
    app.db
        .read(move |conn| {
            let Some((registration, account)) = model::registration::find(conn, id)? else { return Ok(None) };
            let own = caller.account.as_ref().is_some_and(|caller| caller.id == account.id);
            let may = own || super::managed_event(conn, &caller, registration.event_id).is_ok();
            Ok(may.then_some((registration, account)))
        })
        .await
}
