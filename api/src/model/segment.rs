//! Segments: the slots of an event's schedule (F4).

pub mod links;
pub mod seen;

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, SegmentId, SessionId};
use crate::model::event::Event;
use crate::on_each;
use crate::schema::{segment_sessions, segment_speakers, segments};
use crate::text_enum;
use crate::timing::Window;
use diesel::dsl::exists;
use diesel::prelude::*;

text_enum! {
    /// What happens in it (F4).
    Kind { Sessions = "sessions", Break = "break", Link = "link", }
}

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = segments, check_for_backend(crate::db::Backend))]
pub struct Segment {
    pub id: SegmentId,
    pub event_id: EventId,
    pub name: String,
    pub description: String,
    pub kind: Kind,
    /// Where an external link leads; empty for others.
    pub url: String,
    pub starts_at: Time,
    pub ends_at: Time,
    /// From when to when its sessions are shown (A5, F5).
    pub opens_at: Time,
    pub closes_at: Time,
    pub published: bool,
    /// Counts the changes of this row, its tags, speakers and sessions.
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Segment {
    /// From when to when its sessions are shown in this event (A5, F5).
    pub fn window(starts_at: Time, ends_at: Time, event: &Event) -> Window {
        let seconds = |minutes: i32| i64::from(minutes) * 60;
        Window {
            opens_at: starts_at.plus_seconds(-seconds(event.before_minutes)),
            closes_at: ends_at.plus_seconds(seconds(event.after_minutes)),
        }
    }
}

/// Rows of one statement.
pub const BATCH: usize = 500;

/// The fields that change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = segments)]
pub struct Patch {
    pub name: Option<String>,
    pub description: Option<String>,
    pub kind: Option<Kind>,
    pub url: Option<String>,
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub opens_at: Option<Time>,
    pub closes_at: Option<Time>,
    pub published: Option<bool>,
}

pub fn insert(conn: &mut Conn, segment: &Segment) -> QueryResult<()> {
    diesel::insert_into(segments::table).values(segment).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: SegmentId) -> QueryResult<Option<Segment>> {
    segments::table.find(id).select(Segment::as_select()).first(conn).optional()
}

pub fn by_ids(conn: &mut Conn, ids: &[SegmentId]) -> QueryResult<Vec<Segment>> {
    segments::table.filter(segments::id.eq_any(ids.to_vec())).select(Segment::as_select()).load(conn)
}

/// The event that a segment belongs to.
pub fn event_of(conn: &mut Conn, id: SegmentId) -> QueryResult<Option<EventId>> {
    segments::table.find(id).select(segments::event_id).first(conn).optional()
}

/// Changes the row and counts its version up, also when the patch is empty (its tags, speakers or sessions changed).
pub fn update(conn: &mut Conn, id: SegmentId, patch: &Patch, now: Time) -> QueryResult<()> {
    diesel::update(segments::table.find(id))
        .set((patch, segments::version.eq(segments::version + 1), segments::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

pub fn delete(conn: &mut Conn, id: SegmentId) -> QueryResult<()> {
    diesel::delete(segments::table.find(id)).execute(conn).map(drop)
}

/// How many the event has.
pub fn count(conn: &mut Conn, event: EventId) -> QueryResult<i64> {
    segments::table.filter(segments::event_id.eq(event)).count().get_result(conn)
}

/// All segments of the event, by start.
pub fn of_event(conn: &mut Conn, event: EventId) -> QueryResult<Vec<Segment>> {
    segments::table
        .filter(segments::event_id.eq(event))
        .order((segments::starts_at, segments::id))
        .select(Segment::as_select())
        .load(conn)
}

/// Inserts many at once.
pub fn insert_all(conn: &mut Conn, rows: &[Segment]) -> QueryResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(conn, native => diesel::insert_into(segments::table).values(some).execute(native))?;
    }
    Ok(())
}

/// The event's segments, or those of it that are named, which are drafts and shall be published, or the other way round.
pub fn publishable(
    conn: &mut Conn,
    event: EventId,
    named: Option<&[SegmentId]>,
    published: bool,
) -> QueryResult<Vec<SegmentId>> {
    let mut others = segments::table
        .filter(segments::event_id.eq(event))
        .filter(segments::published.ne(published))
        .select(segments::id)
        .into_boxed();
    if let Some(named) = named {
        others = others.filter(segments::id.eq_any(named.to_vec()));
    }
    others.load(conn)
}

pub fn set_published(conn: &mut Conn, ids: &[SegmentId], published: bool, now: Time) -> QueryResult<()> {
    for some in ids.chunks(BATCH) {
        diesel::update(segments::table.filter(segments::id.eq_any(some.to_vec())))
            .set((
                segments::published.eq(published),
                segments::version.eq(segments::version + 1),
                segments::updated_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Makes those of these segments drafts that lead to nothing any more: what was there for some people only would otherwise be
/// there for all (C7).
pub fn withdraw_emptied(conn: &mut Conn, ids: &[SegmentId], now: Time) -> QueryResult<()> {
    let linked = segment_sessions::table.filter(segment_sessions::segment_id.eq(segments::id));
    let emptied = segments::table
        .filter(segments::id.eq_any(ids.to_vec()))
        .filter(segments::published.eq(true))
        .filter(diesel::dsl::not(exists(linked)));
    let ids: Vec<SegmentId> = emptied.select(segments::id).load(conn)?;
    set_published(conn, &ids, false, now)
}

/// Sets from when to when the sessions of a segment are shown, which changes nothing that one sees of it.
pub fn set_window(conn: &mut Conn, id: SegmentId, window: Window) -> QueryResult<()> {
    diesel::update(segments::table.find(id))
        .set((segments::opens_at.eq(window.opens_at), segments::closes_at.eq(window.closes_at)))
        .execute(conn)
        .map(drop)
}

/// One that overlaps this time, so that the two cannot both stand there: a break overlaps nothing (F4).
pub fn in_the_way(conn: &mut Conn, of: &Segment) -> QueryResult<Option<Segment>> {
    let mut others = segments::table
        .filter(segments::event_id.eq(of.event_id))
        .filter(segments::id.ne(of.id))
        .filter(segments::starts_at.lt(of.ends_at))
        .filter(segments::ends_at.gt(of.starts_at))
        .into_boxed();
    if of.kind != Kind::Break {
        others = others.filter(segments::kind.eq(Kind::Break));
    }
    others.order((segments::starts_at, segments::id)).select(Segment::as_select()).first(conn).optional()
}

/// The first segments of the event that are not within these times, and how many there are in all.
pub fn outside(
    conn: &mut Conn,
    event: EventId,
    (from, to): (Time, Time),
    first: i64,
) -> QueryResult<(Vec<Segment>, i64)> {
    let outside = || {
        segments::table
            .filter(segments::event_id.eq(event))
            .filter(segments::starts_at.lt(from).or(segments::ends_at.gt(to)))
    };
    let some = outside().order((segments::starts_at, segments::id)).limit(first).select(Segment::as_select());
    Ok((some.load(conn)?, outside().count().get_result(conn)?))
}

/// The windows of the published segments that these sessions are linked to.
pub fn windows(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, Window)>> {
    let rows: Vec<(SessionId, Time, Time)> = segment_sessions::table
        .inner_join(segments::table)
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .filter(segments::published.eq(true))
        .order((segment_sessions::session_id, segments::opens_at))
        .select((segment_sessions::session_id, segments::opens_at, segments::closes_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(session, opens_at, closes_at)| (session, Window { opens_at, closes_at })).collect())
}

/// Which of these sessions any segment leads to, drafts included.
pub fn linked(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    segment_sessions::table
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .select(segment_sessions::session_id)
        .distinct()
        .load(conn)
}

/// When the earliest segment that the session is linked to starts.
pub fn first_start(conn: &mut Conn, session: SessionId) -> QueryResult<Option<Time>> {
    segment_sessions::table
        .inner_join(segments::table)
        .filter(segment_sessions::session_id.eq(session))
        .select(diesel::dsl::min(segments::starts_at))
        .first(conn)
}

/// Whether the person speaks in a segment that the session is linked to (F6).
pub fn speaks_in(conn: &mut Conn, session: SessionId, account: AccountId) -> QueryResult<bool> {
    let segments =
        segment_speakers::table.filter(segment_speakers::account_id.eq(account)).select(segment_speakers::segment_id);
    let linked = segment_sessions::table
        .filter(segment_sessions::session_id.eq(session))
        .filter(segment_sessions::segment_id.eq_any(segments));
    diesel::select(exists(linked)).get_result(conn)
}

/// The sessions whose window opens or closes after `from` and not after `to`.
pub fn turning(conn: &mut Conn, from: Time, to: Time) -> QueryResult<Vec<SessionId>> {
    let opens = segments::opens_at.gt(from).and(segments::opens_at.le(to));
    let closes = segments::closes_at.gt(from).and(segments::closes_at.le(to));
    segment_sessions::table
        .inner_join(segments::table)
        .filter(segments::published.eq(true))
        .filter(opens.or(closes))
        .select(segment_sessions::session_id)
        .distinct()
        .load(conn)
}

/// The next moment after `now` at which a window opens or closes.
pub fn next_turn(conn: &mut Conn, now: Time) -> QueryResult<Option<Time>> {
    use diesel::dsl::min;
    let published = segments::table.filter(segments::published.eq(true));
    let opens: Option<Time> =
        published.filter(segments::opens_at.gt(now)).select(min(segments::opens_at)).first(conn)?;
    let closes: Option<Time> =
        published.filter(segments::closes_at.gt(now)).select(min(segments::closes_at)).first(conn)?;
    Ok(opens.into_iter().chain(closes).min())
}
