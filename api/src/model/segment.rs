//! Segments: the slots of an event's schedule (F4).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, SegmentId, SessionId};
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

/// The event that a segment belongs to.
pub fn event_of(conn: &mut Conn, id: SegmentId) -> QueryResult<Option<EventId>> {
    segments::table.find(id).select(segments::event_id).first(conn).optional()
}
