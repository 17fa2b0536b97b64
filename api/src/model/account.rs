//! People with an account.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, PictureId};
use crate::on_each;
use crate::schema::accounts;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Account {
    pub id: AccountId,
    /// In lower case.
    pub email: String,
    pub name: String,
    /// What they say of themselves (A8).
    pub headline: String,
    pub picture_id: Option<PictureId>,
    /// argon2id, in PHC form; empty for who has none and signs in by a link.
    pub password_hash: String,
    /// When the person showed that mail to the address reaches them.
    pub verified_at: Option<Time>,
    pub created_at: Time,
}

impl Account {
    /// Whether it is whose the address is: they have confirmed it, or were imported, so that only a link in a mail to it opens
    /// the account.
    pub fn has_its_address(&self) -> bool {
        self.verified_at.is_some() || self.password_hash.is_empty()
    }
}

/// What a person says of themselves (A8); `None` leaves a field as it is.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = accounts)]
pub struct Patch {
    pub name: Option<String>,
    pub headline: Option<String>,
    pub picture_id: Option<Option<PictureId>>,
}

impl Patch {
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.headline.is_none() && self.picture_id.is_none()
    }
}

pub fn update(conn: &mut Conn, id: AccountId, patch: &Patch) -> QueryResult<()> {
    if patch.is_empty() {
        return Ok(());
    }
    diesel::update(accounts::table.find(id)).set(patch).execute(conn).map(drop)
}

pub fn insert(conn: &mut Conn, account: &Account) -> QueryResult<()> {
    diesel::insert_into(accounts::table).values(account).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: AccountId) -> QueryResult<Option<Account>> {
    accounts::table.find(id).select(Account::as_select()).first(conn).optional()
}

pub fn by_ids(conn: &mut Conn, ids: &[AccountId]) -> QueryResult<Vec<Account>> {
    accounts::table.filter(accounts::id.eq_any(ids.to_vec())).select(Account::as_select()).load(conn)
}

/// `email` in lower case.
pub fn by_email(conn: &mut Conn, email: &str) -> QueryResult<Option<Account>> {
    accounts::table.filter(accounts::email.eq(email)).select(Account::as_select()).first(conn).optional()
}

pub fn by_emails(conn: &mut Conn, emails: &[String]) -> QueryResult<Vec<Account>> {
    accounts::table.filter(accounts::email.eq_any(emails.to_vec())).select(Account::as_select()).load(conn)
}

/// Inserts many at once, those apart whose address has an account already.
pub fn insert_all(conn: &mut Conn, rows: &[Account]) -> QueryResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(conn, native => diesel::insert_into(accounts::table)
            .values(some)
            .on_conflict_do_nothing()
            .execute(native))?;
    }
    Ok(())
}

/// Rows in one statement.
const BATCH: usize = 500;

/// Lets only one transaction at a time go by this account's password, on PostgreSQL as SQLite always does.
pub fn lock(conn: &mut Conn, id: AccountId) -> QueryResult<()> {
    if let Conn::Pg(pg) = conn {
        accounts::table.find(id).select(accounts::id).for_update().first::<AccountId>(pg).optional()?;
    }
    Ok(())
}

pub fn set_password(conn: &mut Conn, id: AccountId, hash: &str) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::password_hash.eq(hash)).execute(conn).map(drop)
}

/// Whether it was changed: not for who is verified already.
pub fn verify(conn: &mut Conn, id: AccountId, now: Time) -> QueryResult<bool> {
    diesel::update(accounts::table.find(id).filter(accounts::verified_at.is_null()))
        .set(accounts::verified_at.eq(now))
        .execute(conn)
        .map(|rows| rows > 0)
}
