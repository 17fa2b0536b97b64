//! Ticket types: what people register with (A4).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{EventId, SessionId, TicketTypeId};
use crate::schema::{registrations, session_ticket_types, sessions, ticket_types};
use diesel::dsl::count_star;
use diesel::prelude::*;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = ticket_types, check_for_backend(crate::db::Backend))]
pub struct TicketType {
    pub id: TicketTypeId,
    pub event_id: EventId,
    pub name: String,
    /// The name in lower case, unique in the event.
    pub name_key: String,
    pub description: String,
    /// How many people may hold it; nothing means any number.
    pub capacity: Option<i32>,
    /// Whether people can register with it.
    pub is_open: bool,
    pub position: i32,
    pub created_at: Time,
}

impl TicketType {
    /// The one that every event begins with.
    pub fn first(id: TicketTypeId, event_id: EventId, now: Time) -> Self {
        Self {
            id,
            event_id,
            name: "Attendee".into(),
            name_key: "attendee".into(),
            description: String::new(),
            capacity: None,
            is_open: true,
            position: 0,
            created_at: now,
        }
    }

    /// How many more people may hold it when so many do; nothing means any number. None are left, rather than fewer, where
    /// the capacity was lowered below those who hold it: they keep it.
    pub fn remaining(&self, holders: i64) -> Option<i64> {
        self.capacity.map(|capacity| (i64::from(capacity) - holders).max(0))
    }
}

/// The fields that change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = ticket_types)]
pub struct Patch {
    pub name: Option<String>,
    pub name_key: Option<String>,
    pub description: Option<String>,
    pub capacity: Option<Option<i32>>,
    pub is_open: Option<bool>,
    pub position: Option<i32>,
}

impl Patch {
    fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.name_key.is_none()
            && self.description.is_none()
            && self.capacity.is_none()
            && self.is_open.is_none()
            && self.position.is_none()
    }
}

pub fn insert(conn: &mut Conn, ticket: &TicketType) -> QueryResult<()> {
    diesel::insert_into(ticket_types::table).values(ticket).execute(conn).map(drop)
}

/// An event's ticket types in their order.
pub fn of_event(conn: &mut Conn, event: EventId) -> QueryResult<Vec<TicketType>> {
    ticket_types::table
        .filter(ticket_types::event_id.eq(event))
        .order((ticket_types::position, ticket_types::id))
        .select(TicketType::as_select())
        .load(conn)
}

/// The ticket types whose holders may watch the session (C3).
pub fn of_session(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<TicketTypeId>> {
    session_ticket_types::table
        .filter(session_ticket_types::session_id.eq(session))
        .select(session_ticket_types::ticket_type_id)
        .load(conn)
}

pub fn find(conn: &mut Conn, id: TicketTypeId) -> QueryResult<Option<TicketType>> {
    ticket_types::table.find(id).select(TicketType::as_select()).first(conn).optional()
}

pub fn by_ids(conn: &mut Conn, ids: &[TicketTypeId]) -> QueryResult<Vec<TicketType>> {
    ticket_types::table.filter(ticket_types::id.eq_any(ids.to_vec())).select(TicketType::as_select()).load(conn)
}

/// The event's ticket types by id, each for one transaction at a time that hands out places of it, on PostgreSQL as SQLite
/// always does: so the last place goes once.
pub fn lock(conn: &mut Conn, event: EventId, ids: &[TicketTypeId]) -> QueryResult<()> {
    if let Conn::Pg(pg) = conn {
        let rows = ticket_types::table
            .filter(ticket_types::event_id.eq(event))
            .filter(ticket_types::id.eq_any(ids.to_vec()))
            .order(ticket_types::id)
            .select(ticket_types::id)
            .for_update();
        rows.load::<TicketTypeId>(pg)?;
    }
    Ok(())
}

pub fn update(conn: &mut Conn, id: TicketTypeId, patch: &Patch) -> QueryResult<()> {
    if patch.is_empty() {
        return Ok(());
    }
    diesel::update(ticket_types::table.find(id)).set(patch).execute(conn).map(drop)
}

/// Also from sessions that are deleted already.
pub fn delete(conn: &mut Conn, id: TicketTypeId) -> QueryResult<()> {
    diesel::delete(session_ticket_types::table.filter(session_ticket_types::ticket_type_id.eq(id))).execute(conn)?;
    diesel::delete(ticket_types::table.find(id)).execute(conn).map(drop)
}

/// How many people hold each of the ticket types that somebody holds. Who is blocked holds none (A7).
pub fn holders(conn: &mut Conn, ids: &[TicketTypeId]) -> QueryResult<Vec<(TicketTypeId, i64)>> {
    registrations::table
        .filter(registrations::ticket_type_id.eq_any(ids.to_vec()))
        .filter(registrations::blocked.eq(false))
        .group_by(registrations::ticket_type_id)
        .select((registrations::ticket_type_id, count_star()))
        .load(conn)
}

pub fn count_holders(conn: &mut Conn, id: TicketTypeId) -> QueryResult<i64> {
    Ok(holders(conn, &[id])?.pop().map_or(0, |(_, count)| count))
}

/// How many registrations have it, those of blocked people too.
pub fn count_registrations(conn: &mut Conn, id: TicketTypeId) -> QueryResult<i64> {
    registrations::table.filter(registrations::ticket_type_id.eq(id)).count().get_result(conn)
}

/// The titles of the sessions that are for holders of each of the ticket types.
pub fn session_titles(conn: &mut Conn, ids: &[TicketTypeId]) -> QueryResult<Vec<(TicketTypeId, String)>> {
    session_ticket_types::table
        .inner_join(sessions::table)
        .filter(session_ticket_types::ticket_type_id.eq_any(ids.to_vec()))
        .filter(sessions::deleted_at.is_null())
        .order((sessions::title, sessions::id))
        .select((session_ticket_types::ticket_type_id, sessions::title))
        .load(conn)
}

/// Makes these the session's ticket types.
pub fn replace(conn: &mut Conn, session: SessionId, tickets: &[TicketTypeId]) -> QueryResult<()> {
    diesel::delete(session_ticket_types::table.filter(session_ticket_types::session_id.eq(session))).execute(conn)?;
    for ticket in tickets {
        let row = (session_ticket_types::session_id.eq(session), session_ticket_types::ticket_type_id.eq(ticket));
        diesel::insert_into(session_ticket_types::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The ticket types of many sessions, in their order.
pub fn of_sessions(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, TicketTypeId)>> {
    session_ticket_types::table
        .inner_join(ticket_types::table)
        .filter(session_ticket_types::session_id.eq_any(sessions.to_vec()))
        .order((ticket_types::position, ticket_types::id))
        .select((session_ticket_types::session_id, session_ticket_types::ticket_type_id))
        .load(conn)
}
