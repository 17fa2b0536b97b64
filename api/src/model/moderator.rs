//! Who moderates a session (D4).

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, EventId, SessionId};
use crate::model::account::Account;
use crate::schema::{accounts, moderators, sessions};
use diesel::dsl::exists;
use diesel::prelude::*;

/// Adds a person; who is there already stays. Whether somebody was added.
pub fn insert_once(conn: &mut Conn, session: SessionId, account: AccountId, now: Time) -> QueryResult<bool> {
    let row = (moderators::session_id.eq(session), moderators::account_id.eq(account), moderators::created_at.eq(now));
    let insert = diesel::insert_into(moderators::table).values(row);
    let once = insert.on_conflict((moderators::session_id, moderators::account_id)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(moderators::table.find((session, account))).execute(conn).map(|rows| rows > 0)
}

pub fn is_one(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::select(exists(moderators::table.find((session, account)))).get_result(conn)
}

/// Whether the person moderates a session of the event, deleted ones apart.
pub fn is_one_in(conn: &mut Conn, event: EventId, account: AccountId) -> QueryResult<bool> {
    let own = moderators::table
        .inner_join(sessions::table.on(sessions::id.eq(moderators::session_id)))
        .filter(moderators::account_id.eq(account))
        .filter(sessions::event_id.eq(event))
        .filter(sessions::deleted_at.is_null());
    diesel::select(exists(own)).get_result(conn)
}

/// Everybody, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    moderators::table.filter(moderators::session_id.eq(session)).select(moderators::account_id).load(conn)
}

/// How many there are.
pub fn count(conn: &mut Conn, session: SessionId) -> QueryResult<i64> {
    moderators::table.filter(moderators::session_id.eq(session)).count().get_result(conn)
}

/// Those of many sessions, by name.
pub fn of_sessions(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, Account)>> {
    moderators::table
        .inner_join(accounts::table)
        .filter(moderators::session_id.eq_any(sessions.to_vec()))
        .order((accounts::name, accounts::id))
        .select((moderators::session_id, Account::as_select()))
        .load(conn)
}

/// In which of these sessions the person is one.
pub fn among(conn: &mut Conn, account: AccountId, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    moderators::table
        .filter(moderators::account_id.eq(account))
        .filter(moderators::session_id.eq_any(sessions.to_vec()))
        .select(moderators::session_id)
        .load(conn)
}
