//! Who may go on screen where that is by invitation only (D2).

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, SessionId};
use crate::model::account::Account;
use crate::schema::{accounts, sharers};
use diesel::dsl::exists;
use diesel::prelude::*;

/// Adds a person; who is there already stays. Whether somebody was added.
pub fn insert_once(conn: &mut Conn, session: SessionId, account: AccountId, now: Time) -> QueryResult<bool> {
    let row = (sharers::session_id.eq(session), sharers::account_id.eq(account), sharers::created_at.eq(now));
    let insert = diesel::insert_into(sharers::table).values(row);
    let once = insert.on_conflict((sharers::session_id, sharers::account_id)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(sharers::table.find((session, account))).execute(conn).map(|rows| rows > 0)
}

pub fn is_one(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::select(exists(sharers::table.find((session, account)))).get_result(conn)
}

/// Everybody, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    sharers::table.filter(sharers::session_id.eq(session)).select(sharers::account_id).load(conn)
}

/// How many there are.
pub fn count(conn: &mut Conn, session: SessionId) -> QueryResult<i64> {
    sharers::table.filter(sharers::session_id.eq(session)).count().get_result(conn)
}

/// Those of many sessions, by name.
pub fn of_sessions(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, Account)>> {
    sharers::table
        .inner_join(accounts::table)
        .filter(sharers::session_id.eq_any(sessions.to_vec()))
        .order((accounts::name, accounts::id))
        .select((sharers::session_id, Account::as_select()))
        .load(conn)
}

/// In which of these sessions the person is one.
pub fn among(conn: &mut Conn, account: AccountId, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    sharers::table
        .filter(sharers::account_id.eq(account))
        .filter(sharers::session_id.eq_any(sessions.to_vec()))
        .select(sharers::session_id)
        .load(conn)
}
