//! A schedule from a CSV file, and as one (F7). The dry run and the import are the same code on the same rows; the dry run
//! writes nothing.

pub use super::lines::Reason;

use super::change::{locked, room_for};
use super::draft;
use super::lines::{self, COLUMNS, FIELD, Line};
use super::programme::Programme;
use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AccountId, EventId, SegmentId, SessionId, TagId};
use crate::limits;
use crate::local_time;
use crate::model;
use crate::model::event::Event;
use crate::model::segment::links::Linked;
use crate::model::segment::{Kind, Segment};
use crate::ops;
use crate::table::{self, LineProblem, Report, Seen, Table};
use itertools::Itertools;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What an import of a schedule does, or would do.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Lines whose name and start a segment has already count as there.
    #[serde(flatten)]
    pub report: Report<Reason>,
    /// Tags that the event did not have before.
    pub new_tags: Vec<String>,
}

/// A line with everything that it leads to.
struct Ready {
    segment: Segment,
    tags: Vec<String>,
    speakers: Vec<AccountId>,
    sessions: Vec<SessionId>,
}

/// Makes the segments of a file; with `dry_run` it only says what it would do.
pub async fn import(app: &App, caller: &Caller, id: EventId, file: Vec<u8>, dry_run: bool) -> Result<Imported> {
    caller.account()?;
    let now = app.clock.now();
    let asking = caller.clone();
    // Before the file is read, which costs something; the transaction asks again.
    app.db.read(move |conn| ops::managed_event(conn, &asking, now, id)).await?;
    let table = tokio::task::spawn_blocking(move || table::read(&file)).await.map_err(|_panic| Error::Internal)?;
    let table = table.map_err(|fault| fault.problem(FIELD))?;
    // As many as may be needed: ids come from the app alone.
    let most = limits::SEGMENTS_OF_EVENT * limits::TAGS;
    let tags = if dry_run { 0 } else { (table.rows.len() * limits::TAGS).min(most) };
    let mut ids: Vec<SegmentId> = table.rows.iter().map(|_| app.ids.next()).collect();
    // What starts at the same moment stays in the order of the file.
    ids.sort_unstable();
    let tag_ids: Vec<TagId> = (0..tags).map(|_| app.ids.next()).collect();
    let asking = caller.clone();
    let work = move |conn: &mut Conn| {
        let event = if dry_run { ops::managed_event(conn, &asking, now, id)? } else { locked(conn, &asking, now, id)? };
        let (mut report, lines) = understand(&table, &event, ids, now)?;
        let ready = admissible(conn, &event, lines, &mut report)?;
        report.problems.sort_by_key(|problem| problem.line);
        report.added = ready.len();
        let imported = Imported { report, new_tags: new_tags(conn, event.id, &ready)? };
        if dry_run || ready.is_empty() {
            return Ok((imported, None));
        }
        let event = Arc::new(event);
        let sessions = insert(conn, &event, &ready, tag_ids)?;
        let ids: Vec<SegmentId> = ready.iter().map(|one| one.segment.id).collect();
        let segments = super::made(conn, &ids, &event)?;
        Ok((imported, Some((event, segments, sessions))))
    };
    if dry_run {
        return app.db.read(work).await.map(|(imported, _)| imported);
    }
    let _order = app.in_order().await?;
    let (imported, written) = app.db.write(work).await?;
    if let Some((event, segments, sessions)) = written {
        super::announce(app, event.id, segments);
        ops::session::tell_again(app, &event, sessions).await?;
    }
    Ok(imported)
}

/// Takes the rows apart, without asking the database.
fn understand(table: &Table, event: &Event, ids: Vec<SegmentId>, now: Time) -> Result<(Report<Reason>, Vec<Line>)> {
    let columns = lines::columns(table).map_err(|fault| fault.problem(FIELD))?;
    let mut report = Report::of(table.rows.len(), columns.unknown.clone());
    let (mut seen, mut read) = (Seen::default(), Vec::new());
    for (row, id) in table.rows.iter().zip(ids) {
        match lines::read(row, &columns, event, (id, now), &mut seen) {
            Ok(line) => read.push(line),
            Err(problem) => report.problems.push(problem),
        }
    }
    Ok((report, read))
}

/// Leaves out what the event has already, what leads to nothing there is, and what a break is in the way of, in the order of
/// the lines.
fn admissible(conn: &mut Conn, event: &Event, lines: Vec<Line>, report: &mut Report<Reason>) -> Result<Vec<Ready>> {
    let mut there = model::segment::of_event(conn, event.id)?;
    let known: HashSet<String> = there.iter().map(lines::key).collect();
    let people = speakers(conn, event, &lines)?;
    let mut programme = Programme::read(conn, event.id, &lines)?;
    let mut ready = Vec::with_capacity(lines.len());
    for line in lines {
        if known.contains(&lines::key(&line.segment)) {
            report.already += 1;
            continue;
        }
        match resolve(line, event, &there, &people, &programme) {
            Ok(one) => {
                programme.link(&one.sessions);
                there.push(one.segment.clone());
                ready.push(one);
            }
            Err(problem) => report.problems.push(problem),
        }
    }
    Ok(ready)
}

/// Finds what a line leads to, and its place among the segments that are there.
fn resolve(
    line: Line,
    event: &Event,
    there: &[Segment],
    people: &HashMap<String, AccountId>,
    programme: &Programme,
) -> std::result::Result<Ready, LineProblem<Reason>> {
    let refused = |reason, message| LineProblem::new(line.line, reason, message);
    let mut speakers: Vec<AccountId> = Vec::with_capacity(line.speakers.len());
    for email in &line.speakers {
        let person = people.get(email).ok_or_else(|| refused(Reason::UnknownSpeaker, unknown_speaker(email)))?;
        if !speakers.contains(person) {
            speakers.push(*person);
        }
    }
    let sessions = programme.find(&line.sessions).map_err(|(reason, message)| refused(reason, message))?;
    if let Some(other) = there.iter().find(|other| clash(&line.segment, other)) {
        let overlap = draft::overlap(&line.segment, other, event);
        return Err(LineProblem { names: overlap.names, ..refused(Reason::BreakOverlaps, overlap.message) });
    }
    if there.len() >= limits::SEGMENTS_OF_EVENT {
        let most = limits::SEGMENTS_OF_EVENT;
        return Err(refused(Reason::Full, format!("An event has {most} segments at the most. Delete some first.")));
    }
    Ok(Ready { segment: line.segment, tags: line.tags, speakers, sessions })
}

/// Whether the two cannot both stand there (F4).
fn clash(one: &Segment, other: &Segment) -> bool {
    (one.kind == Kind::Break || other.kind == Kind::Break)
        && one.starts_at < other.ends_at
        && other.starts_at < one.ends_at
}

fn unknown_speaker(email: &str) -> String {
    // A cell may be as long as the file.
    let email: String = email.chars().take(*limits::EMAIL.end()).collect();
    format!(
        "Nobody is registered for this event with the confirmed address \"{email}\". Speakers are named by email address, apart by |."
    )
}

/// Who may speak, of the addresses in the file: who is registered, and who runs the event.
fn speakers(conn: &mut Conn, event: &Event, lines: &[Line]) -> Result<HashMap<String, AccountId>> {
    let mut emails: Vec<String> = lines.iter().flat_map(|line| line.speakers.iter().cloned()).collect();
    emails.sort_unstable();
    emails.dedup();
    let mut people = HashMap::new();
    let organizers = model::organization::organizer_ids(conn, event.organization_id)?;
    for some in emails.chunks(model::segment::BATCH) {
        people.extend(model::registration::speakers_with_emails(conn, event.id, some)?);
        let accounts = model::account::by_emails(conn, some)?.into_iter();
        people.extend(
            accounts.filter(|account| organizers.contains(&account.id)).map(|account| (account.email, account.id)),
        );
    }
    Ok(people)
}

/// The tags of the lines that the event does not have yet, each once.
fn new_tags(conn: &mut Conn, event: EventId, ready: &[Ready]) -> Result<Vec<String>> {
    let mut seen: HashSet<String> = model::tag::keys_of_event(conn, event)?.into_iter().collect();
    let names = ready.iter().flat_map(|one| &one.tags);
    Ok(names.filter(|name| seen.insert(name.to_lowercase())).cloned().collect())
}

/// Writes them; gives the sessions that they lead to.
fn insert(conn: &mut Conn, event: &Event, ready: &[Ready], tag_ids: Vec<TagId>) -> Result<Vec<SessionId>> {
    room_for(conn, event.id, ready.len())?;
    let rows: Vec<Segment> = ready.iter().map(|one| one.segment.clone()).collect();
    model::segment::insert_all(conn, &rows)?;
    let names: Vec<String> =
        ready.iter().flat_map(|one| &one.tags).unique_by(|name| name.to_lowercase()).cloned().collect();
    let wanted: Vec<(TagId, String)> = tag_ids.into_iter().zip(names).collect();
    let tags = model::tag::ensure(conn, event.id, &wanted)?;
    let tags: HashMap<String, TagId> = wanted.into_iter().map(|(_, name)| name.to_lowercase()).zip(tags).collect();
    let with_tags = |one: &Ready| one.tags.iter().filter_map(|name| tags.get(&name.to_lowercase()).copied()).collect();
    let lists: Vec<Linked> = ready
        .iter()
        .map(|one| Linked {
            segment: one.segment.id,
            tags: with_tags(one),
            speakers: one.speakers.clone(),
            sessions: one.sessions.clone(),
        })
        .collect();
    model::segment::links::insert_all(conn, &lists)?;
    let mut linked: Vec<SessionId> = ready.iter().flat_map(|one| one.sessions.iter().copied()).collect();
    linked.sort_unstable();
    linked.dedup();
    super::resort(conn, event.id, &linked)?;
    Ok(linked)
}

/// The schedule of an event as a CSV file that `import` reads again.
pub async fn export(app: &App, caller: &Caller, id: EventId) -> Result<String> {
    let (caller, now) = (caller.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        let event = Arc::new(ops::managed_event(conn, &caller, now, id)?);
        let zone = local_time::zone(&event.time_zone);
        let ids: Vec<SegmentId> = model::segment::of_event(conn, id)?.iter().map(|row| row.id).collect();
        let mut rows = Vec::with_capacity(ids.len());
        for some in ids.chunks(model::segment::BATCH) {
            for view in super::views(conn, some, &event)? {
                let row = &view.segment;
                let speakers: Vec<String> = view.speakers.iter().map(|person| person.email.clone()).collect();
                let sessions: Vec<String> = view.sessions.iter().map(|(session, _)| session.title.clone()).collect();
                rows.push(vec![
                    row.name.clone(),
                    lines::kind_text(row.kind).to_owned(),
                    local_time::write(zone, row.starts_at),
                    local_time::write(zone, row.ends_at),
                    row.description.clone(),
                    row.url.clone(),
                    lines::joined(&view.tags),
                    lines::joined(&speakers),
                    lines::joined(&sessions),
                    if row.published { "yes" } else { "no" }.to_owned(),
                ]);
            }
        }
        Ok(rows)
    };
    let rows = app.db.read(read).await?;
    let header: Vec<&str> = COLUMNS.iter().map(|names| names[0]).collect();
    Ok(table::write(&header, rows))
}
