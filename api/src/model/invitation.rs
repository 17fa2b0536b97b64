//! Who is invited to a session (C2).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, SessionId};
use crate::model::account::Account;
use crate::model::page::{Page, Slice, one_more};
use crate::schema::{accounts, invitations};
use diesel::dsl::exists;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations, check_for_backend(crate::db::Backend))]
pub struct Invitation {
    pub session_id: SessionId,
    pub account_id: AccountId,
    pub created_at: Time,
}

/// Fails with a unique violation for who is invited already.
pub fn insert(conn: &mut Conn, invitation: &Invitation) -> QueryResult<()> {
    diesel::insert_into(invitations::table).values(invitation).execute(conn).map(drop)
}

/// Whether somebody was removed.
pub fn delete(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(invitations::table.find((session, account))).execute(conn).map(|rows| rows > 0)
}

pub fn is_invited(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    diesel::select(exists(invitations::table.find((session, account)))).get_result(conn)
}

/// Everybody on the list, in no order.
pub fn accounts_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<AccountId>> {
    invitations::table.filter(invitations::session_id.eq(session)).select(invitations::account_id).load(conn)
}

/// The list by name. `after` is name and account of the last one seen.
pub fn list(
    conn: &mut Conn,
    session: SessionId,
    Slice { after, first }: Slice<(String, AccountId)>,
) -> QueryResult<Page<(Invitation, Account)>> {
    let mut query = invitations::table
        .inner_join(accounts::table)
        .filter(invitations::session_id.eq(session))
        .order((accounts::name, accounts::id))
        .limit(one_more(first))
        .select((Invitation::as_select(), Account::as_select()))
        .into_boxed();
    if let Some((name, id)) = after {
        query = query.filter(accounts::name.gt(name.clone()).or(accounts::name.eq(name).and(accounts::id.gt(id))));
    }
    Ok(Page::of(query.load(conn)?, first))
}

pub fn count(conn: &mut Conn, session: SessionId) -> QueryResult<i64> {
    invitations::table.filter(invitations::session_id.eq(session)).count().get_result(conn)
}
