//! Organizers of an organization (A2).

use crate::access::{self, Caller};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, OrganizationId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::organization::Organization;
use crate::validate::{Code, Problem, Problems};

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

/// Makes a person with an account an organizer. Who is one already stays one.
pub async fn add_organizer(app: &App, caller: &Caller, id: OrganizationId, email: String) -> Result<Organization> {
    access::manage_organization(caller, id)?;
    let mut problems = Problems::default();
    let email = problems.email("email", &email);
    problems.finish()?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let (organization, account) = app
        .db
        .write(move |conn| {
            let missing = Problem::new("email", Code::NotFound, "Nobody has an account with this email address yet.");
            let account = model::account::by_email(conn, &email)?.ok_or(missing)?;
            model::organization::lock(conn, id)?;
            access::manage_organization(&super::account::again(conn, &caller, now)?, id)?;
            let organizers = model::organization::organizer_ids(conn, id)?;
            if !organizers.contains(&account.id) {
                if organizers.len() >= limits::ORGANIZERS {
                    return Err(Error::Conflict("This organization has as many organizers as there may be."));
                }
                model::organization::add_organizer(conn, id, account.id, now)?;
            }
            Ok((found(conn, id)?, account.id))
        })
        .await?;
    app.feed.publish(Topic::Account(account), Change::Standing);
    Ok(organization)
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

fn found(conn: &mut crate::db::Conn, id: OrganizationId) -> Result<Organization> {
    model::organization::by_ids(conn, &[id])?.pop().ok_or(Error::NotFound("organization"))
}
