//! Ticket types: what people register with (A4).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{EventId, SessionId, TicketTypeId};
use crate::schema::{session_ticket_types, ticket_types};
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
