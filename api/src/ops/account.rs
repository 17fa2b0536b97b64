//! Accounts: set up the installation, sign up, in and out, change the password (A1).

pub mod by_mail;
pub mod own_data;
pub mod profile;

use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, LoginId, SessionId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::login::Login;
use crate::model::mail_token::Purpose;
use crate::model::organization::Organization;
use crate::ops::mail::{self, Slip};
use crate::validate::{Code, Problem, Problems};
use protocol::pass::digest;
use std::net::IpAddr;

/// Somebody else was the first visitor.
const ALREADY: &str = "This installation is set up already. Sign in instead.";

/// What a person gives to get an account.
pub struct NewAccount {
    pub name: String,
    pub email: String,
    pub password: String,
}

/// An account that is signed in now, with the token for its cookie.
pub struct SignedIn {
    pub account: Account,
    pub token: String,
}

/// Whether the first visitor has still to set the installation up.
pub async fn needs_set_up(app: &App) -> Result<bool> {
    app.db.read(|conn| Ok(!model::installation::exists(conn)?)).await
}

/// The first visitor makes the organization and becomes its organizer. Exactly one succeeds.
pub async fn set_up(
    app: &App,
    from: IpAddr,
    organization: String,
    input: NewAccount,
) -> Result<(SignedIn, Organization)> {
    app.rates.sign_up(from)?;
    let mut problems = Problems::default();
    let name = problems.line("organizationName", &organization, limits::ORGANIZATION_NAME);
    // Before the password is hashed, which costs something.
    if !needs_set_up(app).await? {
        return Err(Error::Conflict(ALREADY));
    }
    // There is no mail server yet on the first day, and nobody else who could have given the address.
    let now = app.clock.now();
    let account = Account { verified_at: Some(now), ..checked(app, input, problems).await? };
    let organization = Organization { id: app.ids.next(), name, created_at: now };
    let (login, token) = new_login(app, account.id, now);
    let (account, organization) = app
        .db
        .write(move |conn| {
            let already = Error::Conflict(ALREADY);
            if model::installation::exists(conn)? {
                return Err(already);
            }
            model::installation::insert(conn, organization.id, now, false).map_err(|error| unique(error, already))?;
            insert(conn, &account)?;
            model::organization::insert(conn, &organization)?;
            model::organization::add_organizer(conn, organization.id, account.id, now)?;
            model::login::insert(conn, &login)?;
            Ok((account, organization))
        })
        .await?;
    Ok((SignedIn { account, token }, organization))
}

/// Makes an account, signs it in, and asks it by mail to confirm its address. Nothing waits for that.
pub async fn sign_up(app: &App, from: IpAddr, input: NewAccount) -> Result<SignedIn> {
    app.rates.sign_up(from)?;
    let account = checked(app, input, Problems::default()).await?;
    let now = app.clock.now();
    let (login, token) = new_login(app, account.id, now);
    let slip = Slip::new(app);
    let account = app
        .db
        .write(move |conn| {
            insert(conn, &account)?;
            model::login::insert(conn, &login)?;
            mail::verification(conn, slip, &account, now)?;
            Ok(account)
        })
        .await?;
    app.mails_due.notify_one();
    Ok(SignedIn { account, token })
}

/// Signs in. The answer is the same for a wrong password and for no such account, and takes as long.
pub async fn sign_in(app: &App, from: IpAddr, email: String, password: String) -> Result<SignedIn> {
    let email = email.trim().to_lowercase();
    let too_long = password.chars().count() > *limits::PASSWORD.end() || email.chars().count() > *limits::EMAIL.end();
    // PostgreSQL takes no NUL, and no address has one.
    if too_long || email.contains('\0') {
        return Err(Error::WrongCredentials);
    }
    app.rates.sign_in(&email, from)?;
    let account = app.db.read(move |conn| Ok(model::account::by_email(conn, &email)?)).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = app.passwords.verify(password, hash).await?;
    let account = account.filter(|_| right).ok_or(Error::WrongCredentials)?;
    let (login, token) = new_login(app, account.id, app.clock.now());
    let account = app
        .db
        .write(move |conn| {
            still(conn, &account).map_err(|_changed| Error::WrongCredentials)?;
            model::login::insert(conn, &login)?;
            Ok(account)
        })
        .await?;
    Ok(SignedIn { account, token })
}

/// Fails when the password is another one than the one that was verified, which takes a while.
fn still(conn: &mut Conn, verified: &Account) -> Result<()> {
    model::account::lock(conn, verified.id)?;
    let now = model::account::find(conn, verified.id)?.ok_or(Error::Unauthenticated)?;
    if now.password_hash == verified.password_hash {
        Ok(())
    } else {
        Err(Error::Conflict("The password was changed at the same moment. Try again."))
    }
}

/// Ends the sign-in that the request came with, and whatever is open with it.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<()> {
    let (Some(login), Some(account)) = (caller.login, &caller.account) else { return Ok(()) };
    app.db.write(move |conn| Ok(model::login::delete(conn, login)?)).await?;
    app.feed.publish(Topic::Account(account.id), Change::LoginEnded(login));
    Ok(())
}

/// Sets another password and ends every other sign-in of the account, and every link that would sign in.
pub async fn change_password(
    app: &App,
    caller: &Caller,
    from: IpAddr,
    current: String,
    new: String,
) -> Result<Account> {
    let account = caller.account()?.clone();
    let login = caller.login.ok_or(Error::Unauthenticated)?;
    app.rates.sign_in(&account.email, from)?;
    let mut problems = Problems::default();
    problems.password("newPassword", &new);
    problems.finish()?;
    // As it is now: what asks may have been open since before an earlier change.
    let id = account.id;
    let known = app.db.read(move |conn| Ok(model::account::find(conn, id)?)).await?.ok_or(Error::Unauthenticated)?;
    if !app.passwords.verify(current, Some(known.password_hash.clone())).await? {
        let message = "The current password is wrong.";
        return Err(Problem::new("currentPassword", Code::Invalid, message).into());
    }
    let hash = app.passwords.hash(new, app.ids.salt()).await?;
    let ended = app
        .db
        .write(move |conn| {
            still(conn, &known)?;
            set_password(conn, id, &hash)?;
            Ok(model::login::delete_others(conn, id, login)?)
        })
        .await?;
    tell_ended(app, id, ended);
    Ok(account)
}

/// Sets the password, and takes back what was mailed to the person and would still open their account.
fn set_password(conn: &mut Conn, id: AccountId, hash: &str) -> Result<()> {
    model::account::set_password(conn, id, hash)?;
    model::mail_token::revoke(conn, id, Purpose::Reset)?;
    Ok(model::mail_token::revoke(conn, id, Purpose::SignIn)?)
}

/// Closes what is open with these sign-ins.
fn tell_ended(app: &App, id: AccountId, ended: Vec<LoginId>) {
    for login in ended {
        app.feed.publish(Topic::Account(id), Change::LoginEnded(login));
    }
}

/// Forgets the sign-ins that are over, and ends what is still open with them.
pub(crate) async fn end_expired(app: &App, now: Time) {
    // It is tried again the next time. Until then a sign-in that is over opens nothing new.
    let Ok(ended) = app.db.write(move |conn| Ok(model::login::delete_expired(conn, now)?)).await else { return };
    for (login, account) in ended {
        app.feed.publish(Topic::Account(account), Change::LoginEnded(login));
    }
}

/// Who comes with this token, or nobody.
pub async fn by_token(app: &App, token: &str) -> Result<Caller> {
    let (hash, now) = (digest(token), app.clock.now());
    app.db
        .read(move |conn| {
            let Some((login, account)) = model::login::by_token_hash(conn, &hash, now)? else {
                return Ok(Caller::default());
            };
            let organizes = model::organization::of_organizer(conn, account.id)?;
            Ok(Caller { account: Some(account), login: Some(login.id), organizes })
        })
        .await
}

/// The same caller as they stand now: for what stays open longer than a request. Nobody when the sign-in has ended.
pub(crate) fn again(conn: &mut Conn, caller: &Caller, now: Time) -> Result<Caller> {
    // A stranger stays one, and the api itself (the demo) has no sign-in that could end.
    let Some(login) = caller.login else { return Ok(caller.clone()) };
    let Some(account) = model::login::account_of(conn, login, now)? else { return Ok(Caller::default()) };
    let organizes = model::organization::of_organizer(conn, account.id)?;
    Ok(Caller { account: Some(account), login: Some(login), organizes })
}

/// See [`again`].
pub async fn renewed(app: &App, caller: &Caller) -> Result<Caller> {
    let (caller, now) = (caller.clone(), app.clock.now());
    app.db.read(move |conn| again(conn, &caller, now)).await
}

async fn checked(app: &App, input: NewAccount, mut problems: Problems) -> Result<Account> {
    let name = problems.line("name", &input.name, limits::PERSON_NAME);
    let email = problems.email("email", &input.email);
    problems.password("password", &input.password);
    problems.finish()?;
    let password_hash = app.passwords.hash(input.password, app.ids.salt()).await?;
    Ok(Account {
        id: app.ids.next(),
        email,
        name,
        headline: String::new(),
        picture_id: None,
        password_hash,
        verified_at: None,
        created_at: app.clock.now(),
    })
}

fn insert(conn: &mut Conn, account: &Account) -> Result<()> {
    let message = "There is an account with this email address. Sign in, or have a link sent that sets its password.";
    let taken = Problem::new("email", Code::Taken, message);
    if model::account::by_email(conn, &account.email)?.is_some() {
        return Err(taken.into());
    }
    model::account::insert(conn, account).map_err(|error| unique(error, taken.into()))
}

fn unique(error: diesel::result::Error, instead: Error) -> Error {
    if Error::is_unique_violation(&error) { instead } else { error.into() }
}

fn new_login(app: &App, account_id: AccountId, now: Time) -> (Login, String) {
    let token = app.ids.secret();
    let expires_at = now.plus_seconds(limits::LOGIN_SECONDS);
    (Login { id: app.ids.next(), account_id, token_hash: digest(&token), created_at: now, expires_at }, token)
}

/// What follows from a confirmed address, for [`after_verified`] once it is written.
#[derive(Default)]
pub(crate) struct Verified {
    /// Sessions that the person finds from now on.
    found: Vec<SessionId>,
}

/// The account has shown that mail to its address reaches it: what waited for that takes effect, and belongs here. Nothing
/// for who is verified already.
pub(crate) fn verified(conn: &mut Conn, account: &Account, now: Time) -> Result<Verified> {
    if !model::account::verify(conn, account.id, now)? {
        return Ok(Verified::default());
    }
    let mut found = Vec::new();
    // Kept invitations to sessions (C3).
    for event in model::registration::events_of(conn, account.id)? {
        found.extend(super::invitation::take_effect(conn, event, account)?);
    }
    Ok(Verified { found })
}

/// Tells of what [`verified`] changed.
pub(crate) async fn after_verified(app: &App, done: Verified) -> Result<()> {
    if done.found.is_empty() {
        return Ok(());
    }
    super::session::announce_again(app, move |_conn| Ok(done.found)).await
}
