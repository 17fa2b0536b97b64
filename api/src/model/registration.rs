//! Registrations: one person's admission to one event.

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, EventId, OrganizationId, RegistrationId, TicketTypeId};
use crate::model::account::Account;
use crate::model::page::{Page, Slice, contains, lower, one_more};
use crate::on_each;
use crate::schema::{accounts, blocked_emails, events, registrations};
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Registration {
    pub id: RegistrationId,
    pub event_id: EventId,
    pub account_id: AccountId,
    pub ticket_type_id: TicketTypeId,
    /// Removed by an organizer, and kept out (A7).
    pub blocked: bool,
    /// Cannot chat, vote or ask (A7).
    pub muted: bool,
    pub created_at: Time,
}

impl Registration {
    pub fn new(
        id: RegistrationId,
        event_id: EventId,
        account_id: AccountId,
        ticket_type_id: TicketTypeId,
        created_at: Time,
    ) -> Self {
        Self { id, event_id, account_id, ticket_type_id, blocked: false, muted: false, created_at }
    }
}

/// The fields that change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = registrations)]
pub struct Patch {
    pub ticket_type_id: Option<TicketTypeId>,
    pub blocked: Option<bool>,
    pub muted: Option<bool>,
}

/// Whether it was inserted: not for who is registered already.
pub fn insert_once(conn: &mut Conn, registration: &Registration) -> QueryResult<bool> {
    let insert = diesel::insert_into(registrations::table).values(registration);
    let once = insert.on_conflict((registrations::event_id, registrations::account_id)).do_nothing();
    Both(once).execute(conn).map(|rows| rows > 0)
}

/// Inserts many at once, those apart whose people are registered already.
pub fn insert_all(conn: &mut Conn, rows: &[Registration]) -> QueryResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(conn, native => diesel::insert_into(registrations::table)
            .values(some)
            .on_conflict_do_nothing()
            .execute(native))?;
    }
    Ok(())
}

/// Rows in one statement: SQLite takes 32,766 values in one.
pub const BATCH: usize = 500;

pub fn update(conn: &mut Conn, id: RegistrationId, patch: &Patch) -> QueryResult<()> {
    diesel::update(registrations::table.find(id)).set(patch).execute(conn).map(drop)
}

/// Which of the accounts are registered for the event, blocked or not.
pub fn known_among(conn: &mut Conn, event: EventId, accounts: &[AccountId]) -> QueryResult<Vec<(AccountId, bool)>> {
    registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::account_id.eq_any(accounts.to_vec()))
        .select((registrations::account_id, registrations::blocked))
        .load(conn)
}

/// Keeps an address out of the event, whatever account comes with it (A7).
pub fn block_email(conn: &mut Conn, event: EventId, email: &str, now: Time) -> QueryResult<()> {
    let row = (blocked_emails::event_id.eq(event), blocked_emails::email.eq(email), blocked_emails::created_at.eq(now));
    let insert = diesel::insert_into(blocked_emails::table).values(row);
    Both(insert.on_conflict((blocked_emails::event_id, blocked_emails::email)).do_nothing()).execute(conn).map(drop)
}

pub fn unblock_email(conn: &mut Conn, event: EventId, email: &str) -> QueryResult<()> {
    diesel::delete(blocked_emails::table.find((event, email))).execute(conn).map(drop)
}

/// Which of the addresses are kept out of the event.
pub fn blocked_among(conn: &mut Conn, event: EventId, emails: &[String]) -> QueryResult<Vec<String>> {
    blocked_emails::table
        .filter(blocked_emails::event_id.eq(event))
        .filter(blocked_emails::email.eq_any(emails.to_vec()))
        .select(blocked_emails::email)
        .load(conn)
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

/// The events that the account is registered for and not blocked in.
pub fn events_of(conn: &mut Conn, account: AccountId) -> QueryResult<Vec<EventId>> {
    registrations::table
        .filter(registrations::account_id.eq(account))
        .filter(registrations::blocked.eq(false))
        .select(registrations::event_id)
        .load(conn)
}

/// Which of the accounts are registered for the event and not blocked, each with the ticket type that it holds.
pub fn among(conn: &mut Conn, event: EventId, accounts: &[AccountId]) -> QueryResult<Vec<(AccountId, TicketTypeId)>> {
    registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::blocked.eq(false))
        .filter(registrations::account_id.eq_any(accounts.to_vec()))
        .select((registrations::account_id, registrations::ticket_type_id))
        .load(conn)
}

/// Which of the accounts are muted in the event (A7).
pub fn muted_among(conn: &mut Conn, event: EventId, accounts: &[AccountId]) -> QueryResult<Vec<AccountId>> {
    registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::account_id.eq_any(accounts.to_vec()))
        .filter(registrations::muted.eq(true))
        .select(registrations::account_id)
        .load(conn)
}

/// Whose of these addresses are registered for the event and known to be theirs (`Account::has_its_address`): anybody can
/// register with an address that is not theirs.
pub fn with_emails(conn: &mut Conn, event: EventId, emails: &[String]) -> QueryResult<Vec<(String, AccountId)>> {
    registrations::table
        .inner_join(accounts::table)
        .filter(registrations::event_id.eq(event))
        .filter(accounts::email.eq_any(emails.to_vec()))
        .filter(accounts::verified_at.is_not_null().or(accounts::password_hash.eq("")))
        .select((accounts::email, accounts::id))
        .load(conn)
}

/// Whose of these addresses may be named as speakers of the event: the same, and not blocked.
pub fn speakers_with_emails(
    conn: &mut Conn,
    event: EventId,
    emails: &[String],
) -> QueryResult<Vec<(String, AccountId)>> {
    registrations::table
        .inner_join(accounts::table)
        .filter(registrations::event_id.eq(event))
        .filter(registrations::blocked.eq(false))
        .filter(accounts::email.eq_any(emails.to_vec()))
        .filter(accounts::verified_at.is_not_null().or(accounts::password_hash.eq("")))
        .select((accounts::email, accounts::id))
        .load(conn)
}

/// Everybody who holds one of these ticket types and is not blocked.
pub fn holders(conn: &mut Conn, tickets: &[TicketTypeId]) -> QueryResult<Vec<AccountId>> {
    registrations::table
        .filter(registrations::ticket_type_id.eq_any(tickets.to_vec()))
        .filter(registrations::blocked.eq(false))
        .select(registrations::account_id)
        .load(conn)
}

type OfAccount<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<registrations::table, events::table>,
    crate::db::Backend,
>;

/// An account's registrations for events that it can see: published ones, and those of its own organizations.
fn seen<'a>(account: AccountId, organizes: &[OrganizationId]) -> OfAccount<'a> {
    let own = events::organization_id.eq_any(organizes.to_vec());
    registrations::table
        .inner_join(events::table)
        .filter(registrations::account_id.eq(account))
        .filter(events::published.eq(true).or(own))
        .into_boxed()
}

/// An account's registrations for events that it can see, the newest first, after the last one seen.
pub fn of_account(
    conn: &mut Conn,
    account: AccountId,
    organizes: &[OrganizationId],
    Slice { after, first }: Slice<RegistrationId>,
) -> QueryResult<Page<Registration>> {
    let mut query = seen(account, organizes);
    if let Some(after) = after {
        query = query.filter(registrations::id.lt(after));
    }
    let rows =
        query.order(registrations::id.desc()).limit(one_more(first)).select(Registration::as_select()).load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count_of_account(conn: &mut Conn, account: AccountId, organizes: &[OrganizationId]) -> QueryResult<i64> {
    seen(account, organizes).count().get_result(conn)
}

type OfEvent<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<registrations::table, accounts::table>,
    crate::db::Backend,
>;

/// Which of an event's people to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Found in name and email.
    pub search: Option<String>,
    /// Found in the name alone: who may not know an address may not find somebody by it either.
    pub name: Option<String>,
    pub ticket: Option<TicketTypeId>,
    pub blocked: Option<bool>,
}

/// An event's registrations with their people.
fn people<'a>(event: EventId, filter: &Filter) -> OfEvent<'a> {
    let mut query =
        registrations::table.inner_join(accounts::table).filter(registrations::event_id.eq(event)).into_boxed();
    if let Some(ticket) = filter.ticket {
        query = query.filter(registrations::ticket_type_id.eq(ticket));
    }
    if let Some(blocked) = filter.blocked {
        query = query.filter(registrations::blocked.eq(blocked));
    }
    if let Some(search) = &filter.search {
        let pattern = contains(search);
        let by_name = lower(accounts::name).like(pattern.clone()).escape('\\');
        query = query.filter(by_name.or(accounts::email.like(pattern).escape('\\')));
    }
    if let Some(name) = &filter.name {
        query = query.filter(lower(accounts::name).like(contains(name)).escape('\\'));
    }
    query
}

/// An event's people by name, after name and id of the last one seen.
pub fn of_event(
    conn: &mut Conn,
    event: EventId,
    filter: &Filter,
    Slice { after, first }: Slice<(String, RegistrationId)>,
) -> QueryResult<Page<(Registration, Account)>> {
    let mut query = people(event, filter);
    if let Some((name, id)) = after {
        query = query.filter(accounts::name.gt(name.clone()).or(accounts::name.eq(name).and(registrations::id.gt(id))));
    }
    let rows = query
        .order((accounts::name, registrations::id))
        .limit(one_more(first))
        .select((Registration::as_select(), Account::as_select()))
        .load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count_of_event(conn: &mut Conn, event: EventId, filter: &Filter) -> QueryResult<i64> {
    people(event, filter).count().get_result(conn)
}
