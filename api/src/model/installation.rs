//! Whether the installation was set up: one row, whose key decides when two people do it at once.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::OrganizationId;
use crate::schema::installations;
use diesel::prelude::*;

pub fn exists(conn: &mut Conn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(installations::table.select(installations::id))).get_result(conn)
}

/// Whether it holds the demo, whose passwords everybody knows.
pub fn is_demo(conn: &mut Conn) -> QueryResult<bool> {
    Ok(installations::table.select(installations::demo).first(conn).optional()? == Some(true))
}

/// Fails with a unique violation when it was set up already.
pub fn insert(conn: &mut Conn, organization: OrganizationId, now: Time, demo: bool) -> QueryResult<()> {
    diesel::insert_into(installations::table)
        .values((
            installations::id.eq(1),
            installations::organization_id.eq(organization),
            installations::demo.eq(demo),
            installations::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}
