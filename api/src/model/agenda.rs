//! Agendas: the segments that people marked for themselves (G3), and whose feeds they can be read at.

use crate::clock::Time;
use crate::db::{Both, Conn};
use crate::ids::{AccountId, EventId, SegmentId, SessionId};
use crate::model::segment::{self, Segment};
use crate::model::session::Viewer;
use crate::schema::{agenda_entries, agenda_feeds, segment_sessions, segments};
use diesel::prelude::*;

type Boxed<'a> = segments::BoxedQuery<'a, crate::db::Backend>;

/// The event's published segments that `viewer` sees (C7).
fn seen_by<'a>(event: EventId, viewer: Viewer) -> Boxed<'a> {
    let query = segments::table.filter(segments::event_id.eq(event)).filter(segments::published.eq(true)).into_boxed();
    segment::seen::to(query, viewer)
}

/// One segment, if `viewer` sees it.
pub fn seen(conn: &mut Conn, event: EventId, viewer: Viewer, id: SegmentId) -> QueryResult<Option<Segment>> {
    seen_by(event, viewer).filter(segments::id.eq(id)).select(Segment::as_select()).first(conn).optional()
}

/// The account's agenda, by start: what of it `viewer`, who is the account, sees.
pub fn list(
    conn: &mut Conn,
    event: EventId,
    account: AccountId,
    viewer: Viewer,
    most: usize,
) -> QueryResult<Vec<Segment>> {
    let own = agenda_entries::table.filter(agenda_entries::account_id.eq(account)).select(agenda_entries::segment_id);
    seen_by(event, viewer)
        .filter(segments::id.eq_any(own))
        .order((segments::starts_at, segments::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(Segment::as_select())
        .load(conn)
}

/// The published segments that a session is linked to, by start.
pub fn segments_of(conn: &mut Conn, session: SessionId) -> QueryResult<Vec<Segment>> {
    let linked =
        segment_sessions::table.filter(segment_sessions::session_id.eq(session)).select(segment_sessions::segment_id);
    segments::table
        .filter(segments::id.eq_any(linked))
        .filter(segments::published.eq(true))
        .order((segments::starts_at, segments::id))
        .select(Segment::as_select())
        .load(conn)
}

/// How many segments of the event the account has marked, seen or not.
pub fn count(conn: &mut Conn, event: EventId, account: AccountId) -> QueryResult<i64> {
    let of_event = segments::table.filter(segments::event_id.eq(event)).select(segments::id);
    agenda_entries::table
        .filter(agenda_entries::account_id.eq(account))
        .filter(agenda_entries::segment_id.eq_any(of_event))
        .count()
        .get_result(conn)
}

/// Adds a segment; what is there already stays.
pub fn insert_once(conn: &mut Conn, account: AccountId, segment: SegmentId, now: Time) -> QueryResult<()> {
    let row = (
        agenda_entries::account_id.eq(account),
        agenda_entries::segment_id.eq(segment),
        agenda_entries::created_at.eq(now),
    );
    let insert = diesel::insert_into(agenda_entries::table).values(row);
    let once = insert.on_conflict((agenda_entries::account_id, agenda_entries::segment_id)).do_nothing();
    Both(once).execute(conn).map(drop)
}

pub fn delete(conn: &mut Conn, account: AccountId, segment: SegmentId) -> QueryResult<()> {
    diesel::delete(agenda_entries::table.find((account, segment))).execute(conn).map(drop)
}

/// What the address of a feed is made with; empty until the person asks for another address.
pub fn feed_secret(conn: &mut Conn, event: EventId, account: AccountId) -> QueryResult<String> {
    let found = agenda_feeds::table.find((event, account)).select(agenda_feeds::secret).first(conn).optional()?;
    Ok(found.unwrap_or_default())
}

pub fn set_feed_secret(conn: &mut Conn, event: EventId, account: AccountId, secret: &str) -> QueryResult<()> {
    diesel::delete(agenda_feeds::table.find((event, account))).execute(conn)?;
    let row = (agenda_feeds::event_id.eq(event), agenda_feeds::account_id.eq(account), agenda_feeds::secret.eq(secret));
    diesel::insert_into(agenda_feeds::table).values(row).execute(conn).map(drop)
}
