//! Registrations: one person's admission to one event.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, RegistrationId};
use crate::model::account::Account;
use crate::model::page::{Page, contains, lower, one_more};
use crate::schema::{accounts, registrations};
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations, check_for_backend(crate::db::Backend))]
pub struct Registration {
    pub id: RegistrationId,
    pub event_id: EventId,
    pub account_id: AccountId,
    pub created_at: Time,
}

/// Fails with a unique violation for who is registered already.
pub fn insert(conn: &mut Conn, registration: &Registration) -> QueryResult<()> {
    diesel::insert_into(registrations::table).values(registration).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: RegistrationId) -> QueryResult<Option<(Registration, Account)>> {
    registrations::table
        .find(id)
        .inner_join(accounts::table)
        .select((Registration::as_select(), Account::as_select()))
        .first(conn)
        .optional()
}

/// The account's registration in each of the events that has one.
pub fn of_account_in(conn: &mut Conn, account: AccountId, events: &[EventId]) -> QueryResult<Vec<Registration>> {
    registrations::table
        .filter(registrations::account_id.eq(account))
        .filter(registrations::event_id.eq_any(events.to_vec()))
        .select(Registration::as_select())
        .load(conn)
}

pub fn in_event(conn: &mut Conn, event: EventId, account: AccountId) -> QueryResult<Option<Registration>> {
    Ok(of_account_in(conn, account, &[event])?.pop())
}

/// Which of the accounts are registered for the event.
pub fn among(conn: &mut Conn, event: EventId, accounts: &[AccountId]) -> QueryResult<Vec<AccountId>> {
    registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::account_id.eq_any(accounts.to_vec()))
        .select(registrations::account_id)
        .load(conn)
}

/// An account's registrations, the newest first. `after` is the last one seen.
pub fn of_account(
    conn: &mut Conn,
    account: AccountId,
    after: Option<RegistrationId>,
    first: usize,
) -> QueryResult<Page<Registration>> {
    let mut query = registrations::table
        .filter(registrations::account_id.eq(account))
        .order(registrations::id.desc())
        .limit(one_more(first))
        .select(Registration::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(registrations::id.lt(after));
    }
    Ok(Page::of(query.load(conn)?, first))
}

pub fn count_of_account(conn: &mut Conn, account: AccountId) -> QueryResult<i64> {
    registrations::table.filter(registrations::account_id.eq(account)).count().get_result(conn)
}

/// An event's people by name; `search` finds in name and email. `after` is name and id of the last one seen.
pub fn of_event(
    conn: &mut Conn,
    event: EventId,
    search: Option<&str>,
    after: Option<(String, RegistrationId)>,
    first: usize,
) -> QueryResult<Page<(Registration, Account)>> {
    let mut query = registrations::table
        .inner_join(accounts::table)
        .filter(registrations::event_id.eq(event))
        .order((accounts::name, registrations::id))
        .limit(one_more(first))
        .select((Registration::as_select(), Account::as_select()))
        .into_boxed();
    if let Some(search) = search {
        let pattern = contains(search);
        let by_name = lower(accounts::name).like(pattern.clone()).escape('\\');
        query = query.filter(by_name.or(accounts::email.like(pattern).escape('\\')));
    }
    if let Some((name, id)) = after {
        query = query.filter(accounts::name.gt(name.clone()).or(accounts::name.eq(name).and(registrations::id.gt(id))));
    }
    Ok(Page::of(query.load(conn)?, first))
}

pub fn count_of_event(conn: &mut Conn, event: EventId, search: Option<&str>) -> QueryResult<i64> {
    let mut query =
        registrations::table.inner_join(accounts::table).filter(registrations::event_id.eq(event)).into_boxed();
    if let Some(search) = search {
        let pattern = contains(search);
        let by_name = lower(accounts::name).like(pattern.clone()).escape('\\');
        query = query.filter(by_name.or(accounts::email.like(pattern).escape('\\')));
    }
    query.count().get_result(conn)
}
