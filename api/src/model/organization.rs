//! Organizations and their organizers.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, OrganizationId};
use crate::model::account::Account;
use crate::schema::{accounts, organizations, organizers};
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = organizations, check_for_backend(crate::db::Backend))]
pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
    pub created_at: Time,
}

pub fn insert(conn: &mut Conn, organization: &Organization) -> QueryResult<()> {
    diesel::insert_into(organizations::table).values(organization).execute(conn).map(drop)
}

pub fn by_ids(conn: &mut Conn, ids: &[OrganizationId]) -> QueryResult<Vec<Organization>> {
    organizations::table
        .filter(organizations::id.eq_any(ids.to_vec()))
        .order(organizations::id)
        .select(Organization::as_select())
        .load(conn)
}

/// The organizations that the account is an organizer of.
pub fn of_organizer(conn: &mut Conn, account: AccountId) -> QueryResult<Vec<OrganizationId>> {
    organizers::table.filter(organizers::account_id.eq(account)).select(organizers::organization_id).load(conn)
}

pub fn organizers(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Account>> {
    organizers::table
        .inner_join(accounts::table)
        .filter(organizers::organization_id.eq(organization))
        .order((accounts::name, accounts::id))
        .select(Account::as_select())
        .load(conn)
}

pub fn organizer_ids(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<AccountId>> {
    organizers::table.filter(organizers::organization_id.eq(organization)).select(organizers::account_id).load(conn)
}

/// Fails with a unique violation for who is one already.
pub fn add_organizer(conn: &mut Conn, organization: OrganizationId, account: AccountId, now: Time) -> QueryResult<()> {
    diesel::insert_into(organizers::table)
        .values((
            organizers::organization_id.eq(organization),
            organizers::account_id.eq(account),
            organizers::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Whether somebody was removed.
pub fn remove_organizer(conn: &mut Conn, organization: OrganizationId, account: AccountId) -> QueryResult<bool> {
    diesel::delete(organizers::table.find((organization, account))).execute(conn).map(|rows| rows > 0)
}

/// Lets only one transaction at a time change this organization's organizers, on PostgreSQL as SQLite always does.
pub fn lock(conn: &mut Conn, organization: OrganizationId) -> QueryResult<()> {
    if let Conn::Pg(pg) = conn {
        organizations::table.find(organization).select(organizations::id).for_update().first::<OrganizationId>(pg)?;
    }
    Ok(())
}
