//! What a person does with an account through its email address (A1): confirm it, set a password that was forgotten or never
//! there, sign in by a link.
//!
//! Whoever asks for a mail gets the same answer at the same time whether there is such an account: the rest happens after it.
//! A link that confirms, or sets a password, works once. One that signs in works until a week after its event, each time as
//! a sign-in of its own: people open the same mail on several days and devices. Changing the password takes them back.

use super::{SignedIn, Verified, after_verified, new_login, set_password, still, tell_ended, verified};
use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::mail_token::{MailToken, Purpose};
use crate::ops::mail::{self, Slip};
use crate::validate::Problems;
use protocol::pass::digest;
use std::net::IpAddr;
use std::sync::Arc;

/// No link that we know.
const WRONG: Error = Error::NotFound("link");
/// The link was used.
pub(crate) const USED: Error = Error::Conflict("This link was used already. Ask for a new one.");
/// The link is too old.
pub(crate) const OVER: Error = Error::NotOpen("This link is too old. Ask for a new one.");

/// Sends the caller another mail to confirm their address; none when they have done so already.
pub async fn resend_verification(app: &App, caller: &Caller, from: IpAddr) -> Result<Account> {
    let id = caller.account()?.id;
    let (slip, now) = (Slip::new(app), app.clock.now());
    let account = app.db.read(move |conn| Ok(model::account::find(conn, id)?)).await?.ok_or(Error::Unauthenticated)?;
    if account.verified_at.is_some() {
        return Ok(account);
    }
    app.rates.mail(&id.to_string(), from, &account.email)?;
    let account = app
        .db
        .write(move |conn| {
            mail::verification(conn, slip, &account, now)?;
            Ok(account)
        })
        .await?;
    app.mails_due.notify_one();
    Ok(account)
}

/// Confirms the address that a mail was sent to; gives the address. The link signs nobody in.
pub async fn verify_email(app: &App, from: IpAddr, token: String) -> Result<String> {
    app.rates.mail_token(from)?;
    let now = app.clock.now();
    let (email, done) = app
        .db
        .write(move |conn| {
            let (row, account) = usable(conn, Purpose::Verify, &token, now)?;
            spend(conn, &row, now)?;
            Ok((account.email.clone(), verified(conn, &account, now)?))
        })
        .await?;
    after_verified(app, done).await?;
    Ok(email)
}

/// Sends a link to set another password, if there is such an account.
pub async fn request_password_reset(app: &Arc<App>, from: IpAddr, email: &str) -> Result<()> {
    let email = address(app, from, email)?;
    let (slip, now) = (Slip::new(app), app.clock.now());
    afterwards(app, move |conn| {
        let Some(account) = model::account::by_email(conn, &email)? else { return Ok(()) };
        mail::reset(conn, slip, &account, now)
    });
    Ok(())
}

/// Sets another password by the link of a mail, and signs in: every other sign-in has ended, whoever's it was. The address is
/// confirmed by it.
pub async fn reset_password(app: &App, from: IpAddr, token: String, new: String) -> Result<SignedIn> {
    app.rates.mail_token(from)?;
    let mut problems = Problems::default();
    problems.password("newPassword", &new);
    problems.finish()?;
    let now = app.clock.now();
    // Before the password is hashed, which costs something; the transaction looks again.
    let given = token.clone();
    let (_, account) = app.db.read(move |conn| usable(conn, Purpose::Reset, &given, now)).await?;
    let hash = app.passwords.hash(new, app.ids.salt()).await?;
    let (login, cookie) = new_login(app, account.id, now);
    let (account, done, ended) = app
        .db
        .write(move |conn| {
            let (row, account) = usable(conn, Purpose::Reset, &token, now)?;
            spend(conn, &row, now)?;
            model::account::lock(conn, account.id)?;
            set_password(conn, account.id, &hash)?;
            let done = verified(conn, &account, now)?;
            model::login::insert(conn, &login)?;
            let ended = model::login::delete_others(conn, account.id, login.id)?;
            Ok((found(conn, &account)?, done, ended))
        })
        .await?;
    tell_ended(app, account.id, ended);
    after_verified(app, done).await?;
    Ok(SignedIn { account, token: cookie })
}

/// Gives the caller, who signed in by a link, a password.
pub async fn set_first_password(app: &App, caller: &Caller, new: String) -> Result<Account> {
    let id = caller.account()?.id;
    let mut problems = Problems::default();
    problems.password("newPassword", &new);
    problems.finish()?;
    let known = app.db.read(move |conn| Ok(model::account::find(conn, id)?)).await?.ok_or(Error::Unauthenticated)?;
    if !known.password_hash.is_empty() {
        return Err(Error::Conflict("This account has a password. Change it, with the current one."));
    }
    let hash = app.passwords.hash(new, app.ids.salt()).await?;
    app.db
        .write(move |conn| {
            still(conn, &known)?;
            model::account::set_password(conn, id, &hash)?;
            found(conn, &known)
        })
        .await
}

/// Sends a registered person the link by which they sign in, if they are one.
pub async fn request_sign_in_link(app: &Arc<App>, from: IpAddr, email: &str, slug: String) -> Result<()> {
    let email = address(app, from, email)?;
    // PostgreSQL takes no NUL, and no slug has one.
    if slug.contains('\0') {
        return Ok(());
    }
    let (slip, now) = (Slip::new(app), app.clock.now());
    afterwards(app, move |conn| {
        let Some(event) = model::event::by_address(conn, &slug)?.filter(|event| works(event, now)) else {
            return Ok(());
        };
        let Some(account) = model::account::by_email(conn, &email)? else { return Ok(()) };
        if !is_registered(conn, &account, &event)? {
            return Ok(());
        }
        mail::sign_in_link(conn, slip, &account, &event, now)
    });
    Ok(())
}

/// Signs in as a registered person by the link of a mail; gives the event that it leads to.
///
/// Who has no password yet has their address confirmed by it. An account with a password was made by whoever knows that, and
/// is not theirs for certain until they open the mail that asks.
pub async fn sign_in_with_link(app: &App, from: IpAddr, token: String) -> Result<(SignedIn, Event)> {
    app.rates.mail_token(from)?;
    let now = app.clock.now();
    let given = token.clone();
    let (_, account) = app.db.read(move |conn| usable(conn, Purpose::SignIn, &given, now)).await?;
    let (login, cookie) = new_login(app, account.id, now);
    let (account, event, done) = app
        .db
        .write(move |conn| {
            let (row, account) = usable(conn, Purpose::SignIn, &token, now)?;
            let event = event_of(conn, &row)?.ok_or(WRONG)?;
            if !is_registered(conn, &account, &event)? {
                return Err(WRONG);
            }
            let first = account.password_hash.is_empty();
            let done = if first { verified(conn, &account, now)? } else { Verified::default() };
            model::login::insert(conn, &login)?;
            Ok((found(conn, &account)?, event, done))
        })
        .await?;
    after_verified(app, done).await?;
    Ok((SignedIn { account, token: cookie }, event))
}

/// The token of this purpose and whose it is, if it opens anything now.
fn usable(conn: &mut Conn, purpose: Purpose, token: &str, now: Time) -> Result<(MailToken, Account)> {
    let row = model::mail_token::by_hash(conn, purpose, &digest(token))?.ok_or(WRONG)?;
    if row.used_at.is_some() {
        return Err(USED);
    }
    let over = match event_of(conn, &row)? {
        // The event may end later, or sooner, than when the mail was written.
        Some(event) => !works(&event, now),
        None => row.expires_at <= now,
    };
    if over {
        return Err(OVER);
    }
    let id = row.account_id.ok_or(WRONG)?;
    // An account that has another address by now is not who the mail was sent to.
    let account = model::account::find(conn, id)?.filter(|account| account.email == row.email).ok_or(WRONG)?;
    Ok((row, account))
}

/// Uses it up; of two at the same moment, one does.
pub(crate) fn spend(conn: &mut Conn, row: &MailToken, now: Time) -> Result<()> {
    if model::mail_token::spend(conn, row.id, now)? { Ok(()) } else { Err(USED) }
}

fn event_of(conn: &mut Conn, row: &MailToken) -> Result<Option<Event>> {
    match row.event_id {
        Some(id) => Ok(model::event::find(conn, id)?),
        None => Ok(None),
    }
}

/// Whether links to the event sign in.
fn works(event: &Event, now: Time) -> bool {
    now < event.ends_at.plus_seconds(limits::SIGN_IN_LINK_SECONDS)
}

fn is_registered(conn: &mut Conn, account: &Account, event: &Event) -> Result<bool> {
    let own = model::registration::in_event(conn, event.id, account.id)?;
    Ok(own.is_some_and(|own| !own.blocked))
}

/// The account as it is now.
fn found(conn: &mut Conn, account: &Account) -> Result<Account> {
    model::account::find(conn, account.id)?.ok_or(Error::Unauthenticated)
}

/// An address that a mail may be asked for.
fn address(app: &App, from: IpAddr, email: &str) -> Result<String> {
    let mut problems = Problems::default();
    let email = problems.email("email", email);
    problems.finish()?;
    app.rates.mail("", from, &email)?;
    Ok(email)
}

/// Writes after the answer, which so says nothing by how long it takes.
fn afterwards(app: &Arc<App>, work: impl FnOnce(&mut Conn) -> Result<()> + Send + 'static) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        match app.db.write(work).await {
            Ok(()) => app.mails_due.notify_one(),
            Err(error) => tracing::error!(code = error.code(), "a mail that somebody asked for could not be written"),
        }
    });
}
