//! Organizers of an organization (A2).

use crate::access::{self, Caller};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, OrganizationId};
use crate::model;
use crate::model::account::Account;
use crate::model::organization::Organization;

/// The organizers by name, for one of them; nobody for others.
pub async fn organizers(app: &App, caller: &Caller, id: OrganizationId) -> Result<Vec<Account>> {
    if access::manage_organization(caller, id).is_err() {
        return Ok(Vec::new());
    }
    app.db.read(move |conn| Ok(model::organization::organizers(conn, id)?)).await
}

/// The organizations that the caller is an organizer of.
pub async fn own(app: &App, caller: &Caller) -> Result<Vec<Organization>> {
    let ids = caller.organizes.clone();
    app.db.read(move |conn| Ok(model::organization::by_ids(conn, &ids)?)).await
}

/// Takes an organizer's powers back. The last one stays (A2).
pub async fn remove_organizer(
    app: &App,
    caller: &Caller,
    id: OrganizationId,
    person: AccountId,
) -> Result<Organization> {
    access::manage_organization(caller, id)?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let organization = app
        .db
        .write(move |conn| {
            model::organization::lock(conn, id)?;
            // Two who remove each other at the same moment: the second is no organizer any more.
            access::manage_organization(&super::account::again(conn, &caller, now)?, id)?;
            if model::organization::organizer_ids(conn, id)? == [person] {
                return Err(Error::Conflict("The last organizer stays. Add another one first."));
            }
            if !model::organization::remove_organizer(conn, id, person)? {
                return Err(Error::NotFound("organizer"));
            }
            // Nor does anybody come in whom they invited, and who might be themselves.
            model::mail_token::withdraw_of_sender(conn, id, person)?;
            // Passes that the person has out say that they are a host.
            let events = model::event::ids_of_organization(conn, id)?;
            model::session::raise_versions(conn, &events, now)?;
            found(conn, id)
        })
        .await?;
    app.feed.publish(Topic::Account(person), Change::Standing);
    super::room::access_changed(app, person).await?;
    Ok(organization)
}

pub(super) fn found(conn: &mut crate::db::Conn, id: OrganizationId) -> Result<Organization> {
    model::organization::by_ids(conn, &[id])?.pop().ok_or(Error::NotFound("organization"))
}
