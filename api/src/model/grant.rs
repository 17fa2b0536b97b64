//! Who may go on screen where that is moderated, since a host approved it, or since they were there before (D3, D9).

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, SessionId};
use crate::schema::grants;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Adds a person; who is there already stays. Whether somebody was added.
pub fn insert_once(conn: &mut Conn, session: SessionId, account: AccountId, now: Time) -> QueryResult<bool> {
    let row = (grants::session_id.eq(session), grants::account_id.eq(account), grants::created_at.eq(now));
    let insert = diesel::insert_into(grants::table).values(row);
    let once = insert.on_conflict((grants::session_id, grants::account_id)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(grants::table.find((session, account))).execute(conn).map(|rows| rows > 0)
}

pub fn is_one(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::select(exists(grants::table.find((session, account)))).get_result(conn)
}

/// Everybody, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    grants::table.filter(grants::session_id.eq(session)).select(grants::account_id).load(conn)
}

/// In which of these sessions the person is one.
pub fn among(conn: &mut Conn, account: AccountId, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    grants::table
        .filter(grants::account_id.eq(account))
        .filter(grants::session_id.eq_any(sessions.to_vec()))
        .select(grants::session_id)
        .load(conn)
}
