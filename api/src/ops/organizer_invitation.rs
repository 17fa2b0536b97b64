//! Inviting organizers by email, also people without an account (A2).

use super::account::by_mail::{OVER, USED, spend};
use super::mail::{self, Slip};
use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, MailTokenId, OrganizationId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::mail_token::{MailToken, Purpose};
use crate::model::organization::Organization;
use crate::validate::Problems;
use protocol::pass::digest;
use std::net::IpAddr;

/// Makes the person with this address an organizer: at once when they have an account and have confirmed the address, else
/// when they accept the invitation that is mailed to them. Who is one already stays one.
pub async fn invite(
    app: &App,
    caller: &Caller,
    from: IpAddr,
    id: OrganizationId,
    email: String,
) -> Result<Organization> {
    access::manage_organization(caller, id)?;
    let sender = caller.account()?.clone();
    let mut problems = Problems::default();
    let email = problems.email("email", &email);
    problems.finish()?;
    app.rates.mail(&sender.id.to_string(), from, &email)?;
    let (slip, now, caller) = (Slip::new(app), app.clock.now(), caller.clone());
    let (organization, added) = app
        .db
        .write(move |conn| {
            model::organization::lock(conn, id)?;
            access::manage_organization(&super::account::again(conn, &caller, now)?, id)?;
            let organization = super::organization::found(conn, id)?;
            match model::account::by_email(conn, &email)? {
                Some(account) if model::organization::organizer_ids(conn, id)?.contains(&account.id) => {
                    Ok((organization, None))
                }
                Some(account) if account.verified_at.is_some() => {
                    add(conn, id, account.id, now)?;
                    model::mail_token::withdraw(conn, id, &email)?;
                    mail::organizer_added(conn, slip, &account, &organization, &sender, now)?;
                    Ok((organization, Some(account.id)))
                }
                // Whoever made the account may only say that the address is theirs.
                _ => {
                    model::mail_token::withdraw(conn, id, &email)?;
                    if model::mail_token::open_invitations(conn, id)?.len() >= limits::ORGANIZER_INVITATIONS {
                        return Err(Error::Conflict("As many invitations are open as there may be. Withdraw some."));
                    }
                    mail::organizer_invitation(conn, slip, &email, &organization, &sender, now)?;
                    Ok((organization, None))
                }
            }
        })
        .await?;
    app.mails_due.notify_one();
    if let Some(account) = added {
        tell_added(app, account).await?;
    }
    Ok(organization)
}

fn add(conn: &mut Conn, id: OrganizationId, account: AccountId, now: Time) -> Result<()> {
    if model::organization::organizer_ids(conn, id)?.len() >= limits::ORGANIZERS {
        return Err(Error::Conflict("This organization has as many organizers as there may be."));
    }
    Ok(model::organization::add_organizer(conn, id, account, now)?)
}

/// The invitations that nobody has accepted, by address, for organizers; none for others.
pub async fn list(app: &App, caller: &Caller, id: OrganizationId) -> Result<Vec<MailToken>> {
    if access::manage_organization(caller, id).is_err() {
        return Ok(Vec::new());
    }
    app.db.read(move |conn| Ok(model::mail_token::open_invitations(conn, id)?)).await
}

/// Takes an invitation back: its link opens nothing any more.
pub async fn withdraw(app: &App, caller: &Caller, id: MailTokenId) -> Result<Organization> {
    caller.account()?;
    let (caller, now) = (caller.clone(), app.clock.now());
    app.db
        .write(move |conn| {
            let caller = super::account::again(conn, &caller, now)?;
            let missing = Error::NotFound("invitation");
            let row = model::mail_token::find(conn, id)?.filter(|row| row.used_at.is_none());
            let (row, organization) =
                row.and_then(|row| row.organization_id.map(|id| (row, id))).ok_or(missing.clone())?;
            access::manage_organization(&caller, organization).map_err(|_denied| missing)?;
            model::mail_token::withdraw(conn, organization, &row.email)?;
            super::organization::found(conn, organization)
        })
        .await
}

/// The invitation with this token, for whoever has it.
pub async fn by_token(app: &App, from: IpAddr, token: String) -> Result<Option<(MailToken, Organization)>> {
    app.rates.mail_token(from)?;
    app.db
        .read(move |conn| {
            let row = model::mail_token::by_hash(conn, Purpose::Organize, &digest(&token))?;
            let Some((row, id)) = row.and_then(|row| row.organization_id.map(|id| (row, id))) else { return Ok(None) };
            Ok(Some((row, super::organization::found(conn, id)?)))
        })
        .await
}

/// Makes the caller, whom the invitation was sent to, an organizer. Their address is confirmed by it.
pub async fn accept(app: &App, caller: &Caller, from: IpAddr, token: String) -> Result<Organization> {
    let account = caller.account()?.clone();
    app.rates.mail_token(from)?;
    let now = app.clock.now();
    let id = account.id;
    let (organization, done) = app
        .db
        .write(move |conn| {
            let row = model::mail_token::by_hash(conn, Purpose::Organize, &digest(&token))?;
            let row = row.ok_or(Error::NotFound("invitation"))?;
            let organization = row.organization_id.ok_or(Error::NotFound("invitation"))?;
            may_accept(&row, &account, now)?;
            spend(conn, &row, now)?;
            model::organization::lock(conn, organization)?;
            if !model::organization::organizer_ids(conn, organization)?.contains(&account.id) {
                add(conn, organization, account.id, now)?;
            }
            let done = super::account::verified(conn, &account, now)?;
            Ok((super::organization::found(conn, organization)?, done))
        })
        .await?;
    tell_added(app, id).await?;
    super::account::after_verified(app, done).await?;
    Ok(organization)
}

/// Somebody is an organizer from now on: also in the rooms that they are in.
async fn tell_added(app: &App, account: AccountId) -> Result<()> {
    app.feed.publish(Topic::Account(account), Change::Standing);
    let _order = app.in_order().await?;
    super::room::access_changed(app, account).await
}

fn may_accept(row: &MailToken, account: &Account, now: Time) -> Result<()> {
    access::accept_invitation(account, &row.email)?;
    if row.used_at.is_some() {
        return Err(USED);
    }
    if row.expires_at <= now {
        return Err(OVER);
    }
    Ok(())
}
