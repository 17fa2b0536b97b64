//! The mails that the product sends, written into the outbox in the transaction of what causes them.
//!
//! Ids come from the app, so a [`Slip`] is taken before the transaction; after it, `app.mails_due.notify_one()` wakes
//! whoever sends. A row of the outbox holds no token: that one is made again when the mail is sent, from the id of its row
//! and the installation's secret.

use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AccountId, MailId, MailTokenId};
use crate::limits;
use crate::mail::letter::{self, Letter};
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::mail::Mail;
use crate::model::mail_token::{MailToken, Purpose};
use crate::model::organization::Organization;
use protocol::pass::digest;
use std::sync::Arc;

/// What a mail needs that only the app gives.
pub struct Slip {
    mail: MailId,
    token: MailTokenId,
    token_hash: String,
    public_url: Arc<str>,
}

impl Slip {
    pub fn new(app: &App) -> Self {
        let token = app.ids.next();
        Self {
            mail: app.ids.next(),
            token_hash: digest(&token_of(app, token)),
            token,
            public_url: app.public_url.as_str().into(),
        }
    }
}

/// The token that belongs to a row.
fn token_of(app: &App, id: MailTokenId) -> String {
    protocol::pass::key(&app.config.secret, &format!("mail {}", id.bare()))
}

/// Asks somebody to confirm their address.
pub(crate) fn verification(conn: &mut Conn, slip: Slip, account: &Account, now: Time) -> Result<()> {
    let letter = letter::verification(&slip.public_url);
    let token = Token { account: Some(account.id), lasts: limits::VERIFY_SECONDS, ..Token::new(Purpose::Verify) };
    post(conn, vec![written(slip, &account.email, letter, token, now)])
}

/// Lets somebody who forgot their password, or never had one, set another.
pub(crate) fn reset(conn: &mut Conn, slip: Slip, account: &Account, now: Time) -> Result<()> {
    let letter = letter::reset(&slip.public_url, account.password_hash.is_empty());
    let token = Token { account: Some(account.id), lasts: limits::RESET_SECONDS, ..Token::new(Purpose::Reset) };
    post(conn, vec![written(slip, &account.email, letter, token, now)])
}

/// The link by which a registered person signs in, which they asked for.
pub(crate) fn sign_in_link(conn: &mut Conn, slip: Slip, account: &Account, event: &Event, now: Time) -> Result<()> {
    let letter = letter::sign_in_link(&slip.public_url, event);
    post(conn, vec![written(slip, &account.email, letter, signs_in(account.id, event, now), now)])
}

/// Tells people that they are registered, each with their sign-in link: one, or some thousands of an import.
pub(crate) fn registered(conn: &mut Conn, people: Vec<(Slip, &Account)>, event: &Event, now: Time) -> Result<()> {
    let letters = people.into_iter().map(|(slip, account)| {
        let letter = letter::registered(&slip.public_url, event);
        written(slip, &account.email, letter, signs_in(account.id, event, now), now)
    });
    post(conn, letters.collect())
}

/// Invites an address to organize. `sender` is who invites.
pub(crate) fn organizer_invitation(
    conn: &mut Conn,
    slip: Slip,
    email: &str,
    organization: &Organization,
    sender: &Account,
    now: Time,
) -> Result<()> {
    let letter = letter::organizer_invitation(&slip.public_url, &organization.name, &sender.name);
    let (mail, mut token) =
        written(slip, email, letter, Token { lasts: limits::INVITE_SECONDS, ..Token::new(Purpose::Organize) }, now);
    token.organization_id = Some(organization.id);
    token.sender_id = Some(sender.id);
    post(conn, vec![(mail, token)])
}

/// Tells somebody that they organize from now on.
pub(crate) fn organizer_added(
    conn: &mut Conn,
    slip: Slip,
    account: &Account,
    organization: &Organization,
    sender: &Account,
    now: Time,
) -> Result<()> {
    let letter = letter::organizer_added(&slip.public_url, &organization.name, &sender.name);
    let mail = Mail { token_id: None, ..outgoing(&slip, &account.email, letter, now) };
    Ok(model::mail::insert_all(conn, &[mail])?)
}

/// What a token is for and how long.
struct Token {
    purpose: Purpose,
    account: Option<AccountId>,
    event: Option<crate::ids::EventId>,
    lasts: i64,
}

impl Token {
    fn new(purpose: Purpose) -> Self {
        Self { purpose, account: None, event: None, lasts: 0 }
    }
}

/// A link signs in until some days after the event, whose end may still change: see `ops::account::by_mail`.
fn signs_in(account: AccountId, event: &Event, now: Time) -> Token {
    let lasts = event.ends_at.seconds() + limits::SIGN_IN_LINK_SECONDS - now.seconds();
    Token { account: Some(account), event: Some(event.id), lasts, ..Token::new(Purpose::SignIn) }
}

fn outgoing(slip: &Slip, recipient: &str, letter: Letter, now: Time) -> Mail {
    Mail {
        id: slip.mail,
        recipient: recipient.to_owned(),
        subject: letter.subject,
        body: letter.body,
        token_id: Some(slip.token),
        created_at: now,
        attempts: 0,
        next_at: Some(now),
        sent_at: None,
        failure: None,
    }
}

fn written(slip: Slip, recipient: &str, letter: Letter, token: Token, now: Time) -> (Mail, MailToken) {
    let mail = outgoing(&slip, recipient, letter, now);
    let token = MailToken {
        id: slip.token,
        purpose: token.purpose,
        token_hash: slip.token_hash,
        email: recipient.to_owned(),
        account_id: token.account,
        event_id: token.event,
        organization_id: None,
        sender_id: None,
        created_at: now,
        expires_at: now.plus_seconds(token.lasts),
        used_at: None,
    };
    (mail, token)
}

fn post(conn: &mut Conn, letters: Vec<(Mail, MailToken)>) -> Result<()> {
    let (mails, tokens): (Vec<_>, Vec<_>) = letters.into_iter().unzip();
    model::mail_token::insert_all(conn, &tokens)?;
    Ok(model::mail::insert_all(conn, &mails)?)
}

/// A mail's text with its token, for whoever sends it.
pub fn body_of(app: &App, mail: &Mail) -> String {
    match mail.token_id {
        Some(token) => mail.body.replace(letter::TOKEN, &token_of(app, token)),
        None => mail.body.clone(),
    }
}

/// When the next mail is to be tried.
pub(crate) async fn next_due(app: &App) -> Result<Option<Time>> {
    app.db.read(|conn| Ok(model::mail::next_due(conn)?)).await
}

/// Takes so many mails that are due for sending, so that no other process does; should this one be lost, they are due again
/// at `again`. With when the next one is due.
pub(crate) async fn claim_due(app: &App, now: Time, again: Time, count: usize) -> Result<(Vec<Mail>, Option<Time>)> {
    app.db
        .write(move |conn| {
            let mut claimed = Vec::new();
            for mail in model::mail::due(conn, now, i64::try_from(count).unwrap_or(i64::MAX))? {
                if model::mail::claim(conn, &mail, again)? {
                    claimed.push(Mail { attempts: mail.attempts + 1, ..mail });
                }
            }
            Ok((claimed, model::mail::next_due(conn)?))
        })
        .await
}

/// A mail was handed over.
pub(crate) async fn sent(app: &App, id: MailId, now: Time) -> Result<()> {
    app.db.write(move |conn| Ok(model::mail::sent(conn, id, now)?)).await
}

/// A mail was not taken; it is tried again at `again`, or never.
pub(crate) async fn refused(app: &App, id: MailId, why: String, again: Option<Time>) -> Result<()> {
    app.db.write(move |conn| Ok(model::mail::refused(conn, id, &why, again)?)).await
}

/// The newest mails, for the page that shows them in development.
pub async fn latest(app: &App) -> Result<Vec<Mail>> {
    app.db.read(|conn| Ok(model::mail::latest(conn, 100)?)).await
}

/// One mail and its text with its token, for the same page.
pub async fn with_token(app: &App, id: MailId) -> Result<Option<(Mail, String)>> {
    let mail = app.db.read(move |conn| Ok(model::mail::find(conn, id)?)).await?;
    Ok(mail.map(|mail| {
        let body = body_of(app, &mail);
        (mail, body)
    }))
}

/// How many mails are not sent yet.
pub async fn count_waiting(app: &App) -> Result<i64> {
    app.db.read(|conn| Ok(model::mail::count_waiting(conn)?)).await
}

/// Forgets what was done with long ago.
pub(crate) async fn forget(app: &App, now: Time) {
    let (mails, tokens) =
        (now.plus_seconds(-limits::MAIL_KEPT_SECONDS), now.plus_seconds(-limits::MAIL_TOKEN_KEPT_SECONDS));
    let work = move |conn: &mut Conn| {
        model::mail::delete_done(conn, mails)?;
        Ok(model::mail_token::delete_over(conn, tokens)?)
    };
    // It is tried again the next time.
    let _ = app.db.write(work).await;
}
