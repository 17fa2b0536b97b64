//! Sign-ins. The token itself is only in the browser's cookie, the row has its hash.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, LoginId};
use crate::model::account::Account;
use crate::schema::{accounts, logins};
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = logins, check_for_backend(crate::db::Backend))]
pub struct Login {
    pub id: LoginId,
    pub account_id: AccountId,
    /// SHA-256 of the token, in hex digits.
    pub token_hash: String,
    pub created_at: Time,
    pub expires_at: Time,
}

pub fn insert(conn: &mut Conn, login: &Login) -> QueryResult<()> {
    diesel::insert_into(logins::table).values(login).execute(conn).map(drop)
}

/// Whose token this is, if the sign-in is not over.
pub fn by_token_hash(conn: &mut Conn, hash: &str, now: Time) -> QueryResult<Option<(Login, Account)>> {
    logins::table
        .inner_join(accounts::table)
        .filter(logins::token_hash.eq(hash))
        .filter(logins::expires_at.gt(now))
        .select((Login::as_select(), Account::as_select()))
        .first(conn)
        .optional()
}

/// The account of a sign-in that is not over.
pub fn account_of(conn: &mut Conn, id: LoginId, now: Time) -> QueryResult<Option<Account>> {
    logins::table
        .find(id)
        .inner_join(accounts::table)
        .filter(logins::expires_at.gt(now))
        .select(Account::as_select())
        .first(conn)
        .optional()
}

pub fn delete(conn: &mut Conn, id: LoginId) -> QueryResult<()> {
    diesel::delete(logins::table.find(id)).execute(conn).map(drop)
}

/// Ends every sign-in of the account but `keep`, and gives those that ended.
pub fn delete_others(conn: &mut Conn, account: AccountId, keep: LoginId) -> QueryResult<Vec<LoginId>> {
    let ended: Vec<LoginId> = logins::table
        .filter(logins::account_id.eq(account))
        .filter(logins::id.ne(keep))
        .select(logins::id)
        .load(conn)?;
    diesel::delete(logins::table.filter(logins::id.eq_any(ended.clone()))).execute(conn)?;
    Ok(ended)
}

/// Ends every sign-in of the account, and gives them.
pub fn delete_all(conn: &mut Conn, account: AccountId) -> QueryResult<Vec<LoginId>> {
    let ended = logins::table.filter(logins::account_id.eq(account)).select(logins::id).load(conn)?;
    diesel::delete(logins::table.filter(logins::account_id.eq(account))).execute(conn)?;
    Ok(ended)
}

/// Forgets the sign-ins that are over, and gives whose they were.
pub fn delete_expired(conn: &mut Conn, now: Time) -> QueryResult<Vec<(LoginId, AccountId)>> {
    let over = logins::expires_at.le(now);
    let ended = logins::table.filter(over).select((logins::id, logins::account_id)).load(conn)?;
    diesel::delete(logins::table.filter(over)).execute(conn)?;
    Ok(ended)
}
