//! Who may not go on screen in a session until a host lifts that (D7).

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, SessionId};
use crate::model::account::Account;
use crate::model::page::{Page, Slice, one_more};
use crate::schema::{accounts, bars};
use diesel::dsl::exists;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = bars, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Bar {
    pub session_id: SessionId,
    pub account_id: AccountId,
    /// Who did it, while they have an account.
    pub barred_by: Option<AccountId>,
    pub created_at: Time,
}

/// Adds a person; who is there already stays. Whether somebody was added.
pub fn insert_once(conn: &mut Conn, bar: &Bar) -> QueryResult<bool> {
    let insert = diesel::insert_into(bars::table).values(bar);
    let once = insert.on_conflict((bars::session_id, bars::account_id)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(bars::table.find((session, account))).execute(conn).map(|rows| rows > 0)
}

pub fn is_one(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::select(exists(bars::table.find((session, account)))).get_result(conn)
}

/// Everybody, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    bars::table.filter(bars::session_id.eq(session)).select(bars::account_id).load(conn)
}

/// In which of these sessions the person is one.
pub fn among(conn: &mut Conn, account: AccountId, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    bars::table
        .filter(bars::account_id.eq(account))
        .filter(bars::session_id.eq_any(sessions.to_vec()))
        .select(bars::session_id)
        .load(conn)
}

/// Everybody with their accounts, the earliest first, after moment and account of the last one seen.
pub fn list(
    conn: &mut Conn,
    session: SessionId,
    Slice { after, first }: Slice<(Time, AccountId)>,
) -> QueryResult<Page<(Bar, Account)>> {
    let mut query = bars::table
        .inner_join(accounts::table)
        .filter(bars::session_id.eq(session))
        .order((bars::created_at, bars::account_id))
        .limit(one_more(first))
        .select((Bar::as_select(), Account::as_select()))
        .into_boxed();
    if let Some((at, account)) = after {
        let same_moment = bars::created_at.eq(at).and(bars::account_id.gt(account));
        query = query.filter(bars::created_at.gt(at).or(same_moment));
    }
    Ok(Page::of(query.load(conn)?, first))
}

pub fn count(conn: &mut Conn, session: SessionId) -> QueryResult<i64> {
    bars::table.filter(bars::session_id.eq(session)).count().get_result(conn)
}
