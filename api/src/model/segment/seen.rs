//! Which segments somebody sees: the schedule as it is for them (C7).

use super::Segment;
use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{EventId, SegmentId, SessionId};
use crate::model::page::{Page, Slice, contains, lower, one_more};
use crate::model::session::{Attendee, Viewer, found_by};
use crate::schema::{segment_sessions, segments, sessions};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use std::collections::HashMap;

type Boxed<'a> = segments::BoxedQuery<'a, crate::db::Backend>;

/// Which part of a schedule.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What is on at some time from the first moment to before the second.
    pub between: Option<(Time, Time)>,
    /// What is over at this moment, or what is not.
    pub past: Option<(bool, Time)>,
    /// In name or description.
    pub search: Option<String>,
}

/// Of these segments those that `viewer` sees: organizers all; others what is published and has no sessions, or one at
/// least that they find. A session whose deletion can be taken back counts as one that nobody finds.
pub(crate) fn to<'a>(query: Boxed<'a>, viewer: Viewer) -> Boxed<'a> {
    let Viewer::Attendee(Attendee { account, ticket, .. }) = viewer else { return query };
    let linked = segment_sessions::table.filter(segment_sessions::segment_id.eq(segments::id));
    let found = segment_sessions::table
        .inner_join(sessions::table)
        .filter(segment_sessions::segment_id.eq(segments::id))
        .filter(sessions::deleted_at.is_null())
        .filter(found_by(account, ticket));
    query.filter(segments::published.eq(true)).filter(not(exists(linked)).or(exists(found)))
}

fn of_event<'a>(event: EventId, viewer: Viewer, wanted: &Wanted) -> Boxed<'a> {
    let mut query = segments::table.filter(segments::event_id.eq(event)).into_boxed();
    if let Some((from, to)) = wanted.between {
        query = query.filter(segments::starts_at.lt(to)).filter(segments::ends_at.gt(from));
    }
    query = match wanted.past {
        Some((true, now)) => query.filter(segments::ends_at.le(now)),
        Some((false, now)) => query.filter(segments::ends_at.gt(now)),
        None => query,
    };
    if let Some(search) = &wanted.search {
        let pattern = contains(search);
        let by_name = lower(segments::name).like(pattern.clone()).escape('\\');
        query = query.filter(by_name.or(lower(segments::description).like(pattern).escape('\\')));
    }
    to(query, viewer)
}

/// One segment, if `viewer` sees it.
pub fn find(conn: &mut Conn, id: SegmentId, viewer: Viewer) -> QueryResult<Option<Segment>> {
    let one = segments::table.filter(segments::id.eq(id)).into_boxed();
    to(one, viewer).select(Segment::as_select()).first(conn).optional()
}

/// The event's segments that `viewer` sees, by start.
pub fn list(
    conn: &mut Conn,
    event: EventId,
    viewer: Viewer,
    wanted: &Wanted,
    Slice { after, first }: Slice<(Time, SegmentId)>,
) -> QueryResult<Page<Segment>> {
    let mut query = of_event(event, viewer, wanted);
    if let Some((start, id)) = after {
        query = query.filter(segments::starts_at.gt(start).or(segments::starts_at.eq(start).and(segments::id.gt(id))));
    }
    let rows = query
        .order((segments::starts_at, segments::id))
        .limit(one_more(first))
        .select(Segment::as_select())
        .load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count(conn: &mut Conn, event: EventId, viewer: Viewer, wanted: &Wanted) -> QueryResult<i64> {
    of_event(event, viewer, wanted).count().get_result(conn)
}

/// The segments of these sessions that `viewer` sees, each session's by start: published ones, for organizers all.
pub fn of_sessions(conn: &mut Conn, sessions: &[SessionId], viewer: Viewer) -> QueryResult<Vec<(SessionId, Segment)>> {
    let links: Vec<(SessionId, SegmentId)> = segment_sessions::table
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .select((segment_sessions::session_id, segment_sessions::segment_id))
        .load(conn)?;
    let ids: Vec<SegmentId> = links.iter().map(|(_, segment)| *segment).collect();
    let linked = segments::table.filter(segments::id.eq_any(ids)).into_boxed();
    let seen = to(linked, viewer).select(Segment::as_select()).load::<Segment>(conn)?;
    let seen: HashMap<SegmentId, Segment> = seen.into_iter().map(|segment| (segment.id, segment)).collect();
    let mut found: Vec<(SessionId, Segment)> =
        links.into_iter().filter_map(|(session, segment)| Some((session, seen.get(&segment)?.clone()))).collect();
    found.sort_by_key(|(_, segment)| (segment.starts_at, segment.id));
    Ok(found)
}
