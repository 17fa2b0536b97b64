//! Tags of an event, and which session has which (B4).

use crate::db::{Both, Conn};
use crate::ids::{EventId, SessionId, TagId};
use crate::limits;
use crate::model::page::contains;
use crate::model::session::{Attendee, Viewer, found_by, shown_to};
use crate::on_each;
use crate::schema::{session_tags, sessions, tags};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = tags, check_for_backend(crate::db::Backend))]
pub struct Tag {
    pub id: TagId,
    pub event_id: EventId,
    pub name: String,
    /// The name in lower case: what makes it the same tag.
    pub name_key: String,
}

#[derive(Insertable)]
#[diesel(table_name = session_tags)]
struct SessionTag {
    session_id: SessionId,
    tag_id: TagId,
    position: i32,
}

/// The names of the tags of the sessions that `viewer` finds in the list, those with `search` in them, in order; bounded.
pub fn of_event(conn: &mut Conn, event: EventId, viewer: Viewer, search: Option<&str>) -> QueryResult<Vec<String>> {
    let mut used = session_tags::table
        .inner_join(tags::table)
        .inner_join(sessions::table)
        .filter(sessions::event_id.eq(event))
        .filter(sessions::deleted_at.is_null())
        .into_boxed();
    if let Viewer::Attendee(Attendee { account, ticket, now }) = viewer {
        used = used.filter(found_by(account, ticket)).filter(shown_to(account, now));
    }
    if let Some(search) = search {
        used = used.filter(tags::name_key.like(contains(search)).escape('\\'));
    }
    let named = used.select((tags::name_key, tags::name)).distinct().order(tags::name_key);
    let names: Vec<(String, String)> = named.limit(limits::TAGS_OFFERED).load(conn)?;
    Ok(names.into_iter().map(|(_key, name)| name).collect())
}

/// The names of all tags of the event, in lower case.
pub fn keys_of_event(conn: &mut Conn, event: EventId) -> QueryResult<Vec<String>> {
    tags::table.filter(tags::event_id.eq(event)).select(tags::name_key).load(conn)
}

/// The names of the sessions' tags, each session's in its order.
pub fn of_sessions(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, String)>> {
    session_tags::table
        .inner_join(tags::table)
        .filter(session_tags::session_id.eq_any(sessions.to_vec()))
        .order((session_tags::session_id, session_tags::position))
        .select((session_tags::session_id, tags::name))
        .load(conn)
}

/// Makes `wanted` the session's tags, in this order. The ids are for those that are new.
pub fn replace(conn: &mut Conn, event: EventId, session: SessionId, wanted: &[(TagId, String)]) -> QueryResult<()> {
    let tags = ensure(conn, event, wanted)?;
    diesel::delete(session_tags::table.filter(session_tags::session_id.eq(session))).execute(conn)?;
    let row = |(position, tag_id): (i32, TagId)| SessionTag { session_id: session, tag_id, position };
    let rows: Vec<SessionTag> = (0..).zip(tags).map(row).collect();
    on_each!(conn, native => diesel::insert_into(session_tags::table).values(&rows).execute(native)).map(drop)
}

/// The event's tags with these names, in this order: those that it has keep their spelling, the others are made.
pub fn ensure(conn: &mut Conn, event: EventId, wanted: &[(TagId, String)]) -> QueryResult<Vec<TagId>> {
    let keys: Vec<String> = wanted.iter().map(|(_, name)| name.to_lowercase()).collect();
    // In one order everywhere: two transactions that insert the same tags must not wait for each other.
    let mut in_order: Vec<_> = wanted.iter().zip(&keys).collect();
    in_order.sort_by_key(|(_, key)| *key);
    for ((id, name), key) in in_order {
        let row = Tag { id: *id, event_id: event, name: name.clone(), name_key: key.clone() };
        let insert = diesel::insert_into(tags::table).values(row).on_conflict((tags::event_id, tags::name_key));
        Both(insert.do_nothing()).execute(conn)?;
    }
    let known: Vec<(String, TagId)> = tags::table
        .filter(tags::event_id.eq(event))
        .filter(tags::name_key.eq_any(keys.clone()))
        .select((tags::name_key, tags::id))
        .load(conn)?;
    let known: HashMap<String, TagId> = known.into_iter().collect();
    Ok(keys.iter().filter_map(|key| known.get(key).copied()).collect())
}
