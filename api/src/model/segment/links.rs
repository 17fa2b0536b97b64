//! What belongs to a segment: the sessions that it leads to, its tags, its speakers (F4).

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, SegmentId, SessionId, TagId};
use crate::model::account::Account;
use crate::model::session::{Attendee, Session, Viewer, found_by};
use crate::on_each;
use crate::schema::{accounts, segment_sessions, segment_speakers, segment_tags, segments, sessions, tags};
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = segment_sessions)]
struct Link {
    segment_id: SegmentId,
    session_id: SessionId,
    position: i32,
}

#[derive(Insertable)]
#[diesel(table_name = segment_tags)]
struct SegmentTag {
    segment_id: SegmentId,
    tag_id: TagId,
    position: i32,
}

#[derive(Insertable)]
#[diesel(table_name = segment_speakers)]
struct Speaker {
    segment_id: SegmentId,
    account_id: AccountId,
    position: i32,
}

/// The sessions of these segments, deleted ones too, each segment's in its order.
pub fn sessions_of(conn: &mut Conn, segments: &[SegmentId]) -> QueryResult<Vec<(SegmentId, Session)>> {
    segment_sessions::table
        .inner_join(sessions::table)
        .filter(segment_sessions::segment_id.eq_any(segments.to_vec()))
        .order((segment_sessions::segment_id, segment_sessions::position, sessions::id))
        .select((segment_sessions::segment_id, Session::as_select()))
        .load(conn)
}

/// Those that `viewer` finds (C7), each segment's in its order. When they are open does not matter.
pub fn found_sessions_of(
    conn: &mut Conn,
    segments: &[SegmentId],
    viewer: Viewer,
) -> QueryResult<Vec<(SegmentId, Session)>> {
    let mut query = segment_sessions::table
        .inner_join(sessions::table)
        .filter(segment_sessions::segment_id.eq_any(segments.to_vec()))
        .filter(sessions::deleted_at.is_null())
        .into_boxed();
    if let Viewer::Attendee(Attendee { account, ticket, .. }) = viewer {
        query = query.filter(found_by(account, ticket));
    }
    query
        .order((segment_sessions::segment_id, segment_sessions::position, sessions::id))
        .select((segment_sessions::segment_id, Session::as_select()))
        .load(conn)
}

/// The names of the segments that a session is linked to, by start.
pub fn names_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<String>> {
    segment_sessions::table
        .inner_join(segments::table)
        .filter(segment_sessions::session_id.eq(session))
        .order((segments::starts_at, segments::id))
        .select(segments::name)
        .load(conn)
}

/// The sessions that these segments lead to, deleted ones too, each once.
pub fn session_ids_of(conn: &mut Conn, segments: &[SegmentId]) -> QueryResult<Vec<SessionId>> {
    segment_sessions::table
        .filter(segment_sessions::segment_id.eq_any(segments.to_vec()))
        .select(segment_sessions::session_id)
        .distinct()
        .load(conn)
}

/// The segments that lead to any of these sessions, each once.
pub fn segments_of_any(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<SegmentId>> {
    segment_sessions::table
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .select(segment_sessions::segment_id)
        .distinct()
        .load(conn)
}

/// When the earliest segment of each of these sessions starts; nothing where there is none.
pub fn first_starts(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, Option<Time>)>> {
    segment_sessions::table
        .inner_join(segments::table)
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .group_by(segment_sessions::session_id)
        .select((segment_sessions::session_id, diesel::dsl::min(segments::starts_at)))
        .load(conn)
}

/// Of these sessions those to which a segment leads in which the person speaks (F6).
pub fn spoken_among(conn: &mut Conn, account: AccountId, sessions: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    segment_sessions::table
        .inner_join(segment_speakers::table.on(segment_speakers::segment_id.eq(segment_sessions::segment_id)))
        .filter(segment_speakers::account_id.eq(account))
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .select(segment_sessions::session_id)
        .distinct()
        .load(conn)
}

/// Who speaks in the segments that lead to these sessions, each of them once for a session (F6).
pub fn speakers_of_sessions(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, AccountId)>> {
    segment_sessions::table
        .inner_join(segment_speakers::table.on(segment_speakers::segment_id.eq(segment_sessions::segment_id)))
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .select((segment_sessions::session_id, segment_speakers::account_id))
        .distinct()
        .load(conn)
}

/// How many segments each of these sessions is linked to; nothing where there is none.
pub fn counts_of(conn: &mut Conn, sessions: &[SessionId]) -> QueryResult<Vec<(SessionId, i64)>> {
    segment_sessions::table
        .filter(segment_sessions::session_id.eq_any(sessions.to_vec()))
        .group_by(segment_sessions::session_id)
        .select((segment_sessions::session_id, diesel::dsl::count_star()))
        .load(conn)
}

/// The names of the segments' tags, each segment's in its order.
pub fn tags_of(conn: &mut Conn, segments: &[SegmentId]) -> QueryResult<Vec<(SegmentId, String)>> {
    segment_tags::table
        .inner_join(tags::table)
        .filter(segment_tags::segment_id.eq_any(segments.to_vec()))
        .order((segment_tags::segment_id, segment_tags::position))
        .select((segment_tags::segment_id, tags::name))
        .load(conn)
}

/// The segments' speakers, each segment's in its order.
pub fn speakers_of(conn: &mut Conn, segments: &[SegmentId]) -> QueryResult<Vec<(SegmentId, Account)>> {
    segment_speakers::table
        .inner_join(accounts::table)
        .filter(segment_speakers::segment_id.eq_any(segments.to_vec()))
        .order((segment_speakers::segment_id, segment_speakers::position, accounts::id))
        .select((segment_speakers::segment_id, Account::as_select()))
        .load(conn)
}

/// Who speaks in a segment.
pub fn speaker_ids_of(conn: &mut Conn, segment: SegmentId) -> QueryResult<Vec<AccountId>> {
    segment_speakers::table
        .filter(segment_speakers::segment_id.eq(segment))
        .select(segment_speakers::account_id)
        .load(conn)
}

/// Makes these the segment's sessions, in this order. A session whose deletion can be taken back still keeps its link, before
/// the others, since nobody could name it.
pub fn replace_sessions(conn: &mut Conn, segment: SegmentId, wanted: &[SessionId]) -> QueryResult<()> {
    let there = sessions::table.filter(sessions::deleted_at.is_null()).select(sessions::id);
    let of_segment = segment_sessions::table.filter(segment_sessions::segment_id.eq(segment));
    diesel::delete(of_segment.filter(segment_sessions::session_id.eq_any(there))).execute(conn)?;
    let kept: Vec<(SessionId, i32)> =
        of_segment.select((segment_sessions::session_id, segment_sessions::position)).load(conn)?;
    let next = kept.iter().map(|(_, position)| position + 1).max().unwrap_or(0);
    let fresh = wanted.iter().filter(|one| kept.iter().all(|(kept, _)| kept != *one));
    let row = |(position, session): (i32, &SessionId)| Link { segment_id: segment, session_id: *session, position };
    let rows: Vec<Link> = (next..).zip(fresh).map(row).collect();
    on_each!(conn, native => diesel::insert_into(segment_sessions::table).values(&rows).execute(native)).map(drop)
}

/// All that belongs to a new segment.
pub struct Linked {
    pub segment: SegmentId,
    pub tags: Vec<TagId>,
    pub speakers: Vec<AccountId>,
    pub sessions: Vec<SessionId>,
}

/// Adds what belongs to new segments: a few statements, however many they are.
pub fn insert_all(conn: &mut Conn, all: &[Linked]) -> QueryResult<()> {
    fn rows<T: Copy, R>(all: &[Linked], of: impl Fn(&Linked) -> &[T], row: impl Fn(SegmentId, T, i32) -> R) -> Vec<R> {
        let each = |one: &Linked| -> Vec<R> {
            (0..).zip(of(one)).map(|(position, linked)| row(one.segment, *linked, position)).collect()
        };
        all.iter().flat_map(each).collect()
    }
    let tags = rows(all, |one| &one.tags, |segment_id, tag_id, position| SegmentTag { segment_id, tag_id, position });
    let speakers =
        rows(all, |one| &one.speakers, |segment_id, account_id, position| Speaker { segment_id, account_id, position });
    let sessions =
        rows(all, |one| &one.sessions, |segment_id, session_id, position| Link { segment_id, session_id, position });
    on_each!(conn, native => {
        for some in tags.chunks(super::BATCH) {
            diesel::insert_into(segment_tags::table).values(some).execute(native)?;
        }
        for some in speakers.chunks(super::BATCH) {
            diesel::insert_into(segment_speakers::table).values(some).execute(native)?;
        }
        for some in sessions.chunks(super::BATCH) {
            diesel::insert_into(segment_sessions::table).values(some).execute(native)?;
        }
        QueryResult::Ok(())
    })
}

/// Takes a session out of all segments; they count that as a change.
pub fn unlink(conn: &mut Conn, session: SessionId, now: Time) -> QueryResult<()> {
    let linked =
        segment_sessions::table.filter(segment_sessions::session_id.eq(session)).select(segment_sessions::segment_id);
    diesel::update(segments::table.filter(segments::id.eq_any(linked)))
        .set((segments::version.eq(segments::version + 1), segments::updated_at.eq(now)))
        .execute(conn)?;
    let links = segment_sessions::table.filter(segment_sessions::session_id.eq(session));
    diesel::delete(links).execute(conn).map(drop)
}

/// Makes these the segment's tags, in this order.
pub fn replace_tags(conn: &mut Conn, segment: SegmentId, wanted: &[TagId]) -> QueryResult<()> {
    diesel::delete(segment_tags::table.filter(segment_tags::segment_id.eq(segment))).execute(conn)?;
    let row = |(position, tag): (i32, &TagId)| SegmentTag { segment_id: segment, tag_id: *tag, position };
    let rows: Vec<SegmentTag> = (0..).zip(wanted).map(row).collect();
    on_each!(conn, native => diesel::insert_into(segment_tags::table).values(&rows).execute(native)).map(drop)
}

/// Makes these the segment's speakers, in this order.
pub fn replace_speakers(conn: &mut Conn, segment: SegmentId, wanted: &[AccountId]) -> QueryResult<()> {
    let old = segment_speakers::table.filter(segment_speakers::segment_id.eq(segment));
    diesel::delete(old).execute(conn)?;
    let row = |(position, account): (i32, &AccountId)| Speaker { segment_id: segment, account_id: *account, position };
    let rows: Vec<Speaker> = (0..).zip(wanted).map(row).collect();
    on_each!(conn, native => diesel::insert_into(segment_speakers::table).values(&rows).execute(native)).map(drop)
}
