//! What opens by a link in a mail. The token itself is only in the mail, the row has its hash.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, MailTokenId, OrganizationId};
use crate::schema::mail_tokens;
use crate::{on_each, text_enum};
use diesel::prelude::*;

text_enum! {
    /// What a token is for. It is good for nothing else.
    Purpose {
        /// Confirms the email address.
        Verify = "verify",
        /// Sets another password, once.
        Reset = "reset",
        /// Signs in as a registered person, as often as they like until some days after the event.
        SignIn = "sign_in",
        /// Makes an organizer, once.
        Organize = "organize",
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mail_tokens, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct MailToken {
    pub id: MailTokenId,
    pub purpose: Purpose,
    /// SHA-256 of the token, in hex digits.
    pub token_hash: String,
    /// In lower case: where it was sent to.
    pub email: String,
    /// Nothing for who may not have an account yet.
    pub account_id: Option<AccountId>,
    pub event_id: Option<EventId>,
    pub organization_id: Option<OrganizationId>,
    /// Whoever had it sent, where that is somebody else.
    pub sender_id: Option<AccountId>,
    pub created_at: Time,
    pub expires_at: Time,
    pub used_at: Option<Time>,
}

/// Rows in one statement.
const BATCH: usize = 500;

pub fn insert_all(conn: &mut Conn, rows: &[MailToken]) -> QueryResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(conn, native => diesel::insert_into(mail_tokens::table).values(some).execute(native))?;
    }
    Ok(())
}

pub fn find(conn: &mut Conn, id: MailTokenId) -> QueryResult<Option<MailToken>> {
    mail_tokens::table.find(id).select(MailToken::as_select()).first(conn).optional()
}

pub fn by_hash(conn: &mut Conn, purpose: Purpose, hash: &str) -> QueryResult<Option<MailToken>> {
    mail_tokens::table
        .filter(mail_tokens::token_hash.eq(hash))
        .filter(mail_tokens::purpose.eq(purpose))
        .select(MailToken::as_select())
        .first(conn)
        .optional()
}

/// Whether this was the first use: of two at the same moment, one.
pub fn spend(conn: &mut Conn, id: MailTokenId, now: Time) -> QueryResult<bool> {
    diesel::update(mail_tokens::table.find(id).filter(mail_tokens::used_at.is_null()))
        .set(mail_tokens::used_at.eq(now))
        .execute(conn)
        .map(|rows| rows > 0)
}

/// Takes back what the account was sent for this purpose and did not use.
pub fn revoke(conn: &mut Conn, account: AccountId, purpose: Purpose) -> QueryResult<()> {
    let unused = mail_tokens::table
        .filter(mail_tokens::account_id.eq(account))
        .filter(mail_tokens::purpose.eq(purpose))
        .filter(mail_tokens::used_at.is_null());
    diesel::delete(unused).execute(conn).map(drop)
}

/// The invitations to organize that nobody has accepted, also those that are over, by address.
pub fn open_invitations(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<MailToken>> {
    mail_tokens::table
        .filter(mail_tokens::organization_id.eq(organization))
        .filter(mail_tokens::purpose.eq(Purpose::Organize))
        .filter(mail_tokens::used_at.is_null())
        .order((mail_tokens::email, mail_tokens::id))
        .select(MailToken::as_select())
        .load(conn)
}

/// Takes the open invitations of an address back.
pub fn withdraw(conn: &mut Conn, organization: OrganizationId, email: &str) -> QueryResult<()> {
    let open = mail_tokens::table
        .filter(mail_tokens::organization_id.eq(organization))
        .filter(mail_tokens::purpose.eq(Purpose::Organize))
        .filter(mail_tokens::used_at.is_null())
        .filter(mail_tokens::email.eq(email.to_owned()));
    diesel::delete(open).execute(conn).map(drop)
}

/// Takes the open invitations back that somebody had sent.
pub fn withdraw_of_sender(conn: &mut Conn, organization: OrganizationId, sender: AccountId) -> QueryResult<()> {
    let open = mail_tokens::table
        .filter(mail_tokens::organization_id.eq(organization))
        .filter(mail_tokens::purpose.eq(Purpose::Organize))
        .filter(mail_tokens::used_at.is_null())
        .filter(mail_tokens::sender_id.eq(sender));
    diesel::delete(open).execute(conn).map(drop)
}

/// Forgets what was over before `before`.
pub fn delete_over(conn: &mut Conn, before: Time) -> QueryResult<()> {
    diesel::delete(mail_tokens::table.filter(mail_tokens::expires_at.lt(before))).execute(conn).map(drop)
}
