//! Who was admitted to an unlisted session by its link (C4).

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, SessionId};
use crate::schema::admissions;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Adds a person; who is there already stays. Whether somebody was added.
pub fn insert_once(conn: &mut Conn, session: SessionId, account: AccountId, now: Time) -> QueryResult<bool> {
    let row = (admissions::session_id.eq(session), admissions::account_id.eq(account), admissions::created_at.eq(now));
    let insert = diesel::insert_into(admissions::table).values(row);
    let once = insert.on_conflict((admissions::session_id, admissions::account_id)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(admissions::table.find((session, account))).execute(conn).map(|rows| rows > 0)
}

pub fn is_one(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::select(exists(admissions::table.find((session, account)))).get_result(conn)
}

/// Everybody, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    admissions::table.filter(admissions::session_id.eq(session)).select(admissions::account_id).load(conn)
}

/// The same of several sessions.
pub fn accounts_of_all(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, AccountId)>> {
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    admissions::table
        .filter(admissions::session_id.eq_any(sessions.to_vec()))
        .select((admissions::session_id, admissions::account_id))
        .load(conn)
}

/// Removes everybody: the link has changed, and they did not get the new one.
pub fn delete_all(conn: &mut Conn, session: SessionId) -> QueryResult<()> {
    diesel::delete(admissions::table.filter(admissions::session_id.eq(session))).execute(conn).map(drop)
}

/// Who of these people was admitted to which of these sessions.
pub fn among(
    conn: &mut Conn,
    sessions: &[SessionId],
    people: &[AccountId],
) -> QueryResult<Vec<(SessionId, AccountId)>> {
    admissions::table
        .filter(admissions::session_id.eq_any(sessions.to_vec()))
        .filter(admissions::account_id.eq_any(people.to_vec()))
        .select((admissions::session_id, admissions::account_id))
        .load(conn)
}
