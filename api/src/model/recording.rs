//! Recordings: the blocks that media makes, as rows that outlive their sessions (K3, B8). Their bytes are files.

use crate::clock::Time;
use crate::db::{Backend, Conn};
use crate::ids::{EventId, RecordingId, SessionId};
use crate::model::page::{Page, Slice, one_more};
use crate::schema::recordings;
use crate::text_enum;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

text_enum! {
    /// What is being done with it (K5).
    State { Recording = "recording", Processing = "processing", Ready = "ready", Failed = "failed", }
}

text_enum! {
    /// Why a block ended.
    End {
        SwitchedOff = "switched_off",
        Length = "length",
        Silence = "silence",
        Disk = "disk",
        Restarted = "restarted",
    }
}

text_enum! {
    /// Why it did not become a file.
    Failure { Empty = "empty", Damaged = "damaged", Encoder = "encoder", Disk = "disk", Storage = "storage", }
}

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = recordings, treat_none_as_default_value = false, treat_none_as_null = true, check_for_backend(crate::db::Backend))]
pub struct Recording {
    pub id: RecordingId,
    pub event_id: EventId,
    /// Of a session that may be gone.
    pub session_id: SessionId,
    /// The title that the session had when it began.
    pub session_title: String,
    /// Counts within the session, from 1.
    pub block: i32,
    /// The media node that has it, or had it, by its address.
    pub node: String,
    pub started_at: Time,
    pub ended_at: Option<Time>,
    /// Of what is to be seen in it.
    pub length_ms: i64,
    /// Of its file; until there is one, of what the node keeps of it.
    pub bytes: i64,
    pub state: State,
    /// How much of the file is made, 0 to 100.
    pub percent: i32,
    pub ended_by: Option<End>,
    pub failure: Option<Failure>,
    /// Attendees see it (K8).
    pub replay: bool,
    /// There may be a file of it among ours.
    pub stored: bool,
    /// Deleted then: the row stays, so that a node that still has it is told.
    pub deleted_at: Option<Time>,
    /// Counts the changes of this row.
    pub version: i64,
}

impl Recording {
    /// Whether those see it who may watch its session (K8).
    pub fn is_shown(&self) -> bool {
        self.deleted_at.is_none() && self.replay && self.state == State::Ready
    }

    /// Whether its node has nothing of it: not any more (K6), or since nothing of it could be written.
    pub fn is_lost(&self) -> bool {
        self.state == State::Failed && self.bytes == 0
    }

    /// The name of its file among ours.
    pub fn file(&self) -> String {
        format!("recordings/{}.mp4", self.id.bare())
    }
}

/// Which recordings of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    All,
    /// Those that attendees see (K8).
    Replays,
}

pub fn insert(conn: &mut Conn, recording: &Recording) -> QueryResult<()> {
    diesel::insert_into(recordings::table).values(recording).execute(conn).map(drop)
}

/// Writes the row as it is here.
pub fn save(conn: &mut Conn, recording: &Recording) -> QueryResult<()> {
    diesel::update(recordings::table.find(recording.id)).set(recording).execute(conn).map(drop)
}

/// One that is not deleted.
pub fn find(conn: &mut Conn, id: RecordingId) -> QueryResult<Option<Recording>> {
    Ok(even_deleted(conn, id)?.filter(|recording| recording.deleted_at.is_none()))
}

pub fn even_deleted(conn: &mut Conn, id: RecordingId) -> QueryResult<Option<Recording>> {
    recordings::table.find(id).select(Recording::as_select()).first(conn).optional()
}

/// These, deleted ones too.
pub fn by_ids(conn: &mut Conn, ids: &[RecordingId]) -> QueryResult<Vec<Recording>> {
    recordings::table.filter(recordings::id.eq_any(ids.to_vec())).select(Recording::as_select()).load(conn)
}

/// Lets only one transaction at a time change these, on PostgreSQL as SQLite always does. Whoever needs their sessions as well
/// locks those first.
pub fn lock(conn: &mut Conn, ids: &[RecordingId]) -> QueryResult<()> {
    if let Conn::Pg(pg) = conn {
        let these = recordings::table.filter(recordings::id.eq_any(ids.to_vec())).order(recordings::id);
        these.select(recordings::id).for_update().load::<RecordingId>(pg)?;
    }
    Ok(())
}

/// The number of the session's next block. Those of deleted ones are not given again.
pub fn next_block(conn: &mut Conn, session: SessionId) -> QueryResult<i32> {
    let last: Option<i32> =
        recordings::table.filter(recordings::session_id.eq(session)).select(max(recordings::block)).first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

type Boxed<'a> = recordings::BoxedQuery<'a, Backend>;

/// Those of the session that are being recorded, or wait for somebody to come back on screen (K2).
fn open<'a>(session: SessionId) -> Boxed<'a> {
    recordings::table
        .filter(recordings::session_id.eq(session))
        .filter(recordings::state.eq(State::Recording))
        .filter(recordings::deleted_at.is_null())
        .into_boxed()
}

/// The node that has one of the session open, by its address: of several the one that began last.
pub fn open_on(conn: &mut Conn, session: SessionId) -> QueryResult<Option<String>> {
    open(session)
        .order((recordings::started_at.desc(), recordings::id.desc()))
        .select(recordings::node)
        .first(conn)
        .optional()
}

/// The other nodes than this one that have one of the session open, by their addresses.
pub fn open_nodes_elsewhere(conn: &mut Conn, session: SessionId, node: &str) -> QueryResult<Vec<String>> {
    open(session).filter(recordings::node.ne(node.to_owned())).select(recordings::node).load(conn)
}

/// Those of the event, or of one session of it, that are not deleted.
fn of<'a>(event: EventId, session: Option<SessionId>) -> Boxed<'a> {
    let mut query =
        recordings::table.filter(recordings::event_id.eq(event)).filter(recordings::deleted_at.is_null()).into_boxed();
    if let Some(session) = session {
        query = query.filter(recordings::session_id.eq(session));
    }
    query
}

/// The recordings of an event, or of one of its sessions, the newest first, after the start and id of the last one seen.
pub fn list(
    conn: &mut Conn,
    event: EventId,
    session: Option<SessionId>,
    Slice { after, first }: Slice<(Time, RecordingId)>,
) -> QueryResult<Page<Recording>> {
    let mut query = of(event, session);
    if let Some((start, id)) = after {
        let same_start = recordings::started_at.eq(start).and(recordings::id.lt(id));
        query = query.filter(recordings::started_at.lt(start).or(same_start));
    }
    let rows = query
        .order((recordings::started_at.desc(), recordings::id.desc()))
        .limit(one_more(first))
        .select(Recording::as_select())
        .load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count(conn: &mut Conn, event: EventId, session: Option<SessionId>) -> QueryResult<i64> {
    of(event, session).count().get_result(conn)
}

/// Those of these sessions that are not deleted.
fn of_any<'a>(sessions: &[SessionId], which: Which) -> Boxed<'a> {
    let mut query = recordings::table
        .filter(recordings::session_id.eq_any(sessions.to_vec()))
        .filter(recordings::deleted_at.is_null())
        .into_boxed();
    if which == Which::Replays {
        query = query.filter(recordings::replay.eq(true)).filter(recordings::state.eq(State::Ready));
    }
    query
}

/// The recordings of these sessions, each session's in the order of its blocks.
pub fn of_sessions(conn: &mut Conn, sessions: &[SessionId], which: Which) -> QueryResult<Vec<Recording>> {
    of_any(sessions, which).order((recordings::session_id, recordings::block)).select(Recording::as_select()).load(conn)
}

/// How many each of these sessions has; nothing where there is none.
pub fn counts(conn: &mut Conn, sessions: &[SessionId], which: Which) -> QueryResult<Vec<(SessionId, i64)>> {
    let mut query = recordings::table
        .filter(recordings::session_id.eq_any(sessions.to_vec()))
        .filter(recordings::deleted_at.is_null())
        .group_by(recordings::session_id)
        .select((recordings::session_id, count_star()))
        .into_boxed();
    if which == Which::Replays {
        query = query.filter(recordings::replay.eq(true)).filter(recordings::state.eq(State::Ready));
    }
    query.load(conn)
}

/// Bytes of what is kept of the recordings of an event: files, and what nodes have of those that are none, or not yet.
pub fn bytes_of_event(conn: &mut Conn, event: EventId) -> QueryResult<i64> {
    // The sum of such numbers is of another type on PostgreSQL.
    let sum = diesel::dsl::sql::<Nullable<BigInt>>("CAST(SUM(bytes) AS BIGINT)");
    let bytes: Option<i64> = recordings::table
        .filter(recordings::event_id.eq(event))
        .filter(recordings::deleted_at.is_null())
        .select(sum)
        .first(conn)?;
    Ok(bytes.unwrap_or(0))
}

/// What a node told of and has not handed over yet.
pub fn unfinished_of_node(conn: &mut Conn, node: &str) -> QueryResult<Vec<Recording>> {
    recordings::table
        .filter(recordings::node.eq(node.to_owned()))
        .filter(recordings::state.ne(State::Ready))
        .filter(recordings::deleted_at.is_null())
        .order(recordings::id)
        .select(Recording::as_select())
        .load(conn)
}

/// Some of what the event has and what ended before `before`.
pub fn ended_before(conn: &mut Conn, event: EventId, before: Time, count: i64) -> QueryResult<Vec<Recording>> {
    recordings::table
        .filter(recordings::event_id.eq(event))
        .filter(recordings::deleted_at.is_null())
        // What ended by then had begun by then, which the index knows.
        .filter(recordings::started_at.lt(before))
        .filter(recordings::ended_at.lt(before))
        .order((recordings::started_at, recordings::id))
        .limit(count)
        .select(Recording::as_select())
        .load(conn)
}

/// Some of those that are deleted and whose files may still be there, in the order of their ids, after one of them.
pub fn left(conn: &mut Conn, after: Option<RecordingId>, count: i64) -> QueryResult<Vec<Recording>> {
    let mut left: Boxed<'_> =
        recordings::table.filter(recordings::deleted_at.is_not_null()).filter(recordings::stored.eq(true)).into_boxed();
    if let Some(after) = after {
        left = left.filter(recordings::id.gt(after));
    }
    left.order(recordings::id).limit(count).select(Recording::as_select()).load(conn)
}

/// Their files are gone; not that of one which changed meanwhile, since a file may have come in.
pub fn set_gone(conn: &mut Conn, swept: &[Recording]) -> QueryResult<()> {
    for row in swept {
        diesel::update(recordings::table.find(row.id).filter(recordings::version.eq(row.version)))
            .set(recordings::stored.eq(false))
            .execute(conn)?;
    }
    Ok(())
}
