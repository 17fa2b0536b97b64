//! Who is invited to a session (C2).

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, EventId, SessionId};
use crate::model::account::Account;
use crate::model::page::{Page, Slice, one_more};
use crate::schema::{accounts, invitations, registrations, sessions};
use diesel::dsl::exists;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations, check_for_backend(crate::db::Backend))]
pub struct Invitation {
    pub session_id: SessionId,
    /// In lower case.
    pub email: String,
    /// Whose it is; nothing until somebody with this address is registered, and it is known to be theirs (C3).
    pub account_id: Option<AccountId>,
    pub created_at: Time,
}

/// Whether it was inserted: not for an address that is on the list already.
pub fn insert_once(conn: &mut Conn, invitation: &Invitation) -> QueryResult<bool> {
    let insert = diesel::insert_into(invitations::table).values(invitation);
    let once = insert.on_conflict((invitations::session_id, invitations::email)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, email: &str) -> QueryResult<bool> {
    diesel::delete(invitations::table.find((session, email))).execute(conn).map(|rows| rows > 0)
}

pub fn is_invited(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    let own =
        invitations::table.filter(invitations::session_id.eq(session)).filter(invitations::account_id.eq(account));
    diesel::select(exists(own)).get_result(conn)
}

/// Everybody on the list whose it is already, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    let rows: Vec<Option<AccountId>> =
        invitations::table.filter(invitations::session_id.eq(session)).select(invitations::account_id).load(conn)?;
    Ok(rows.into_iter().flatten().collect())
}

/// The same of several sessions.
pub fn accounts_of_all(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, AccountId)>> {
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(SessionId, Option<AccountId>)> = invitations::table
        .filter(invitations::session_id.eq_any(sessions.to_vec()))
        .select((invitations::session_id, invitations::account_id))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(session, account)| Some((session, account?))).collect())
}

/// Makes an invitation that is kept for this address the account's own.
pub fn give(conn: &mut Conn, session: SessionId, email: &str, account: AccountId) -> QueryResult<()> {
    diesel::update(invitations::table.find((session, email)))
        .set(invitations::account_id.eq(account))
        .execute(conn)
        .map(drop)
}

/// The same of several sessions, where it is nobody's yet.
pub fn give_all(conn: &mut Conn, sessions: &[SessionId], email: &str, account: AccountId) -> QueryResult<()> {
    let kept = invitations::table
        .filter(invitations::email.eq(email.to_owned()))
        .filter(invitations::account_id.is_null())
        .filter(invitations::session_id.eq_any(sessions.to_vec()));
    diesel::update(kept).set(invitations::account_id.eq(account)).execute(conn).map(drop)
}

/// Which of these addresses invitations of this event are kept for, and to which sessions.
pub fn kept(conn: &mut Conn, event: EventId, emails: &[String]) -> QueryResult<Vec<(SessionId, String)>> {
    invitations::table
        .inner_join(sessions::table.on(sessions::id.eq(invitations::session_id)))
        .filter(sessions::event_id.eq(event))
        .filter(invitations::account_id.is_null())
        .filter(invitations::email.eq_any(emails.to_vec()))
        .select((invitations::session_id, invitations::email))
        .load(conn)
}

/// Makes the kept invitations of this event that were sent to the address the account's own: they were waiting for somebody
/// with it to register (C3). Gives the sessions that the person finds from now on.
pub fn bind(conn: &mut Conn, event: EventId, email: &str, account: AccountId) -> QueryResult<Vec<SessionId>> {
    let of_event = sessions::table.filter(sessions::event_id.eq(event)).select(sessions::id);
    let waiting = invitations::table
        .filter(invitations::email.eq(email.to_owned()))
        .filter(invitations::account_id.is_null())
        .filter(invitations::session_id.eq_any(of_event));
    let found: Vec<SessionId> = waiting.select(invitations::session_id).load(conn)?;
    if !found.is_empty() {
        give_all(conn, &found, email, account)?;
    }
    Ok(found)
}

/// The list by address, with whose it is. `after` is the address of the last one seen.
pub fn list(
    conn: &mut Conn,
    session: SessionId,
    Slice { after, first }: Slice<String>,
) -> QueryResult<Page<(Invitation, Option<Account>)>> {
    let mut query = invitations::table
        .left_join(accounts::table)
        .filter(invitations::session_id.eq(session))
        .order(invitations::email)
        .limit(one_more(first))
        .select((Invitation::as_select(), Option::<Account>::as_select()))
        .into_boxed();
    if let Some(email) = after {
        query = query.filter(invitations::email.gt(email));
    }
    Ok(Page::of(query.load(conn)?, first))
}

pub fn count(conn: &mut Conn, session: SessionId) -> QueryResult<i64> {
    invitations::table.filter(invitations::session_id.eq(session)).count().get_result(conn)
}

/// How many on the lists of these sessions are registered for their event and not blocked, where there is anybody.
pub fn counts(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, i64)>> {
    let registered = exists(
        registrations::table
            .filter(registrations::event_id.eq(sessions::event_id))
            .filter(registrations::account_id.nullable().eq(invitations::account_id))
            .filter(registrations::blocked.eq(false)),
    );
    invitations::table
        .inner_join(sessions::table.on(sessions::id.eq(invitations::session_id)))
        .filter(invitations::session_id.eq_any(sessions.to_vec()))
        .filter(registered)
        .group_by(invitations::session_id)
        .select((invitations::session_id, diesel::dsl::count_star()))
        .load(conn)
}

/// How many on the lists of these sessions are invited by an address that is nobody's yet, where there is anybody.
pub fn kept_counts(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, i64)>> {
    invitations::table
        .filter(invitations::session_id.eq_any(sessions.to_vec()))
        .filter(invitations::account_id.is_null())
        .group_by(invitations::session_id)
        .select((invitations::session_id, diesel::dsl::count_star()))
        .load(conn)
}

/// Who of these people is on the lists of which of these sessions.
pub fn among(
    conn: &mut Conn,
    sessions: &[SessionId],
    people: &[AccountId],
) -> QueryResult<Vec<(SessionId, AccountId)>> {
    let rows: Vec<(SessionId, Option<AccountId>)> = invitations::table
        .filter(invitations::session_id.eq_any(sessions.to_vec()))
        .filter(invitations::account_id.eq_any(people.to_vec()))
        .select((invitations::session_id, invitations::account_id))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(session, person)| Some((session, person?))).collect())
}
