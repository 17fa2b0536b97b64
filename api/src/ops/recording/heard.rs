//! What media tells of its blocks (K): rows follow it. Several apis may hear the same, and each may hear it again: only what is
//! news is written and told.

use super::{Changed, Changes, announce, block, changes, recording};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{Id, RecordingId, SessionId};
use crate::limits;
use crate::media_link::{LinkId, Rooms};
use crate::model;
use crate::model::recording::{End, Failure, Recording, State};
use crate::model::session::{Former, Patch, Session};
use crate::ops;
use crate::ops::session::Changing;
use chrono::DateTime;
use itertools::Itertools;
use protocol::link::FromApi;
use protocol::recording as told;
use protocol::recording::BlockState;
use std::collections::{HashMap, HashSet};

/// What a node told of its blocks.
#[derive(Clone, Debug, Default)]
pub struct Report {
    blocks: HashMap<String, told::Block>,
    /// These are all that it has: what it told of before and does not any more is lost, unless its file is here.
    whole: bool,
}

impl Report {
    /// The first one of a link, with everything that the node has.
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// The later one of a block counts.
    pub fn add(&mut self, blocks: Vec<told::Block>) {
        self.blocks.extend(blocks.into_iter().map(|block| (block.id.clone(), block)));
    }
}

/// A block of ours, as a node tells of it.
struct Told {
    id: RecordingId,
    session: SessionId,
    started_at: Time,
    ended_at: Option<Time>,
    block: told::Block,
}

impl Told {
    fn read(block: told::Block) -> Option<Self> {
        let time = |millis| DateTime::from_timestamp_millis(millis).map(Time::from);
        let read = || Some((recording(&block.id)?, SessionId::parse(&block.session)?, time(block.started_at)?));
        let Some((id, session, started_at)) = read() else {
            tracing::warn!(recording.block = block.id, "a block of a recording was told that is none");
            return None;
        };
        Some(Self { id, session, started_at, ended_at: block.ended_at.and_then(time), block })
    }

    /// Why recording does not go on by itself after it.
    fn stops(&self) -> Option<End> {
        self.block.end.filter(|end| end.stops()).map(end)
    }

    /// Whether another link has told more already: what has ended does not go on.
    fn is_old(&self, row: &Recording) -> bool {
        row.ended_by.is_some() && self.block.end.is_none()
    }

    /// The row as this makes it.
    fn applied(&self, row: &Recording, node: &str) -> Recording {
        let (state, percent, failure) = match self.block.state {
            BlockState::Recording => (State::Recording, 0, None),
            BlockState::Processing { percent } => (State::Processing, percent.min(100).into(), None),
            BlockState::Failed { failure } => (State::Failed, 0, Some(self::failure(failure))),
        };
        Recording {
            node: node.to_owned(),
            ended_at: self.ended_at,
            length_ms: self.block.length.max(0),
            bytes: i64::try_from(self.block.bytes).unwrap_or(i64::MAX),
            state,
            percent,
            ended_by: self.block.end.map(end),
            failure,
            ..row.clone()
        }
    }

    /// A new row.
    fn first(&self, session: &Former, number: i32, node: &str) -> Recording {
        let row = Recording {
            id: self.id,
            event_id: session.event_id,
            session_id: session.id,
            session_title: session.title.clone(),
            block: number,
            node: node.to_owned(),
            started_at: self.started_at,
            ended_at: None,
            length_ms: 0,
            bytes: 0,
            state: State::Recording,
            percent: 0,
            ended_by: None,
            failure: None,
            replay: false,
            stored: false,
            deleted_at: None,
            version: 1,
        };
        self.applied(&row, node)
    }
}

fn end(end: told::BlockEnd) -> End {
    match end {
        told::BlockEnd::SwitchedOff => End::SwitchedOff,
        told::BlockEnd::Length => End::Length,
        told::BlockEnd::Silence => End::Silence,
        told::BlockEnd::Disk => End::Disk,
        told::BlockEnd::Restarted => End::Restarted,
    }
}

fn failure(failure: told::Failure) -> Failure {
    match failure {
        told::Failure::Empty => Failure::Empty,
        told::Failure::Damaged => Failure::Damaged,
        told::Failure::Encoder => Failure::Encoder,
        told::Failure::Disk => Failure::Disk,
        told::Failure::Storage => Failure::Storage,
    }
}

/// A node told of its blocks. What could not be written is to be told again.
pub async fn heard(app: &App, link: LinkId, report: Report) -> Result<()> {
    let Some(node) = app.rooms.address(link) else { return Ok(()) };
    let (whole, now) = (report.whole, app.clock.now());
    let told: Vec<Told> = report.blocks.into_values().filter_map(Told::read).collect();
    // In the order in which they are counted, where several are new.
    let told: Vec<Told> = told.into_iter().sorted_by_key(|told| (told.started_at, told.id)).collect();
    // Before anything is locked: mostly other apis have heard it already, or nothing is to be done but to delete.
    let (asked, told) = {
        let node = node.clone();
        let read = move |conn: &mut Conn| Ok((is_news(conn, &told, (&node, whole), now)?, told));
        app.db.read(read).await?
    };
    for id in asked.deleted {
        app.rooms.send_to(link, FromApi::DeleteRecording { block: block(id) });
    }
    if !asked.news {
        return Ok(());
    }
    let _order = app.in_order().await?;
    let rooms = app.rooms.clone();
    let written = app.db.write(move |conn| write(conn, &rooms, &told, (&node, whole), now)).await?;
    for changed in written.sessions {
        // Media hears of it by the session's settings.
        changed.announce(app);
    }
    announce(app, written.recordings);
    Ok(())
}

struct Asked {
    news: bool,
    /// Told of, and deleted by us.
    deleted: Vec<RecordingId>,
}

fn is_news(conn: &mut Conn, told: &[Told], (node, whole): (&str, bool), now: Time) -> Result<Asked> {
    let known = known(conn, told)?;
    let deleted = known.values().filter(|row| row.deleted_at.is_some()).map(|row| row.id).collect();
    let fresh = |told: &Told| match known.get(&told.id) {
        None => true,
        Some(row) => is_open(row) && !told.is_old(row) && told.applied(row, node) != *row,
    };
    let news = told.iter().any(fresh) || whole && !lost(conn, told, node, now)?.is_empty();
    Ok(Asked { news, deleted })
}

/// Whether a node still says what becomes of it: not of what is deleted, nor of what we have.
fn is_open(row: &Recording) -> bool {
    row.deleted_at.is_none() && row.state != State::Ready
}

/// The rows that there are of these, deleted ones too.
fn known(conn: &mut Conn, told: &[Told]) -> Result<HashMap<RecordingId, Recording>> {
    let ids: Vec<RecordingId> = told.iter().map(|told| told.id).collect();
    Ok(model::recording::by_ids(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect())
}

/// What this node had told of and has not any more, as it is from now on: nothing of it is left. A node is known by its address,
/// which browsers reach it by, so that no two have the same.
fn lost(conn: &mut Conn, told: &[Told], node: &str, now: Time) -> Result<Vec<Recording>> {
    let there: HashSet<RecordingId> = told.iter().map(|told| told.id).collect();
    let rows = model::recording::unfinished_of_node(conn, node)?;
    let gone = |row: Recording| {
        let ended_at = row.ended_at.unwrap_or_else(|| row.started_at.plus_millis(row.length_ms));
        // Of what could not be written the node knew no longer than it ran.
        let failure = if row.is_lost() { row.failure } else { Some(Failure::Damaged) };
        Recording { state: State::Failed, failure, percent: 0, bytes: 0, ended_at: Some(ended_at), ..row }
    };
    // What has just begun may have been told to another api while this list was on its way here.
    let before = now.plus_seconds(-limits::RECORDING_NEW_SECONDS);
    let missing = rows.into_iter().filter(|row| !there.contains(&row.id) && row.started_at < before);
    Ok(missing.map(|row| (row.clone(), gone(row))).filter(|(row, gone)| row != gone).map(|(_, gone)| gone).collect())
}

struct Written {
    recordings: Vec<Changes>,
    /// Recording has stopped there by itself.
    sessions: Vec<ops::session::Changed>,
}

fn write(conn: &mut Conn, rooms: &Rooms, told: &[Told], (node, whole): (&str, bool), now: Time) -> Result<Written> {
    let unlocked = known(conn, told)?;
    // Sessions first, as everywhere: those that may change, and those whose blocks are counted.
    let counted = |told: &&Told| told.stops().is_some() || !unlocked.contains_key(&told.id);
    let sessions: Vec<SessionId> = told.iter().filter(counted).map(|told| told.session).sorted().dedup().collect();
    for session in &sessions {
        model::session::lock(conn, *session)?;
    }
    let mut ids: Vec<RecordingId> = told.iter().map(|told| told.id).collect();
    if whole {
        ids.extend(lost(conn, told, node, now)?.into_iter().map(|row| row.id));
    }
    model::recording::lock(conn, &ids)?;
    let known = known(conn, told)?;
    let (mut rows, mut stopped) = (Vec::new(), Vec::new());
    for told in told {
        let mut grows = false;
        let row = match known.get(&told.id) {
            Some(row) if !is_open(row) || told.is_old(row) => continue,
            Some(row) => {
                let after = told.applied(row, node);
                if after == *row {
                    continue;
                }
                grows = row.state == State::Recording && after.state == State::Recording;
                let after = Recording { version: row.version + 1, ..after };
                model::recording::save(conn, &after)?;
                // Once for each block: a host may have started recording again since.
                stopped.extend(told.stops().filter(|_| row.ended_by.is_none()).map(|end| (row.session_id, end)));
                after
            }
            None => {
                let Some(session) = model::session::even_former(conn, told.session)? else {
                    tracing::warn!(
                        session.id = told.session.bare(),
                        recording.block = told.id.bare(),
                        "a recording of an unknown session"
                    );
                    continue;
                };
                let number = model::recording::next_block(conn, session.id)?;
                let row = told.first(&session, number, node);
                model::recording::insert(conn, &row)?;
                stopped.extend(told.stops().map(|end| (session.id, end)));
                row
            }
        };
        rows.push(Changed { shown_before: false, grows, after: row });
    }
    if whole {
        for row in lost(conn, told, node, now)? {
            let row = Recording { version: row.version + 1, ..row };
            model::recording::save(conn, &row)?;
            rows.push(Changed::now(false, row));
        }
    }
    let sessions = stop(conn, rooms, stopped, node, now)?;
    Ok(Written { recordings: changes(conn, rows)?, sessions })
}

/// By what this node told, recording has stopped in these sessions until a host starts it again (K2). Not where people went to
/// another node meanwhile, which records them: this one goes on then when they are back. What a node left open that is not there any
/// more records nobody. Nobody hears of a session that is deleted; it has stopped all the same when that is taken back.
fn stop(
    conn: &mut Conn,
    rooms: &Rooms,
    stopped: Vec<(SessionId, End)>,
    node: &str,
    now: Time,
) -> Result<Vec<ops::session::Changed>> {
    let mut changed = Vec::new();
    for (session, end) in stopped {
        let there = model::session::even_deleted(conn, session)?;
        let Some(row) = there.filter(Session::is_recorded) else { continue };
        let goes_on = end == End::Silence
            && model::recording::open_nodes_elsewhere(conn, session, node)?.iter().any(|other| rooms.has_node(other));
        let patch = if goes_on {
            Patch { record_starts: Some(row.record_starts + 1), ..Patch::default() }
        } else {
            Patch { record_stopped: Some(Some(end)), ..Patch::default() }
        };
        match ops::session::unchecked(conn, session)? {
            Some((view, _)) => changed.push(Changing::begin(conn, view)?.finish(conn, &patch, now)?),
            None => model::session::update(conn, session, &patch, now)?,
        }
    }
    Ok(changed)
}
