//! Sessions from a CSV file into an event, and out of it (B10). The dry run and the import are the same code on the same rows.

use super::{announce, reach, view};
use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Reach, SessionChange, SessionView, Told};
use crate::ids::{EventId, SessionId, TagId, TicketTypeId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::page::Slice;
use crate::model::session::{After, Session, Viewer, Wanted};
use crate::model::ticket_type::TicketType;
use crate::sort_key;
use crate::table::{self, Fault, Report, Seen, Table};
use itertools::Itertools;
use line::{COLUMNS, Line, Reason};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub mod line;

/// The field of the input that holds the file.
const FIELD: &str = "csv";

/// Columns of an export that an import need not know.
const ONLY_EXPORTED: [&str; 1] = ["Link"];

/// What a new session needs that comes from the app alone.
struct Fresh {
    id: SessionId,
    link_token: String,
    tags: Vec<TagId>,
}

impl Fresh {
    fn new(app: &App) -> Self {
        let tags = (0..limits::TAGS).map(|_| app.ids.next()).collect();
        Self { id: app.ids.next(), link_token: app.ids.secret(), tags }
    }
}

/// Makes the sessions of a file; with `dry_run` it only says what it would do.
pub async fn import(app: &App, caller: &Caller, id: EventId, file: Vec<u8>, dry_run: bool) -> Result<Report<Reason>> {
    caller.account()?;
    let now = app.clock.now();
    let asking = caller.clone();
    // Before the file is read, which costs something; the transaction asks again.
    app.db.read(move |conn| crate::ops::managed_event(conn, &asking, now, id)).await?;
    let table = tokio::task::spawn_blocking(move || table::read(&file)).await.map_err(|_panic| Error::Internal)?;
    let table = table.map_err(|fault| fault.problem(FIELD))?;
    if table.rows.len() > limits::SESSIONS_IMPORTED {
        return Err(Fault::Over(limits::SESSIONS_IMPORTED).problem(FIELD).into());
    }
    let fresh: Vec<Fresh> = table.rows.iter().filter(|_| !dry_run).map(|_| Fresh::new(app)).collect();
    let asking = caller.clone();
    let work = move |conn: &mut Conn| {
        let event = Arc::new(crate::ops::managed_event(conn, &asking, now, id)?);
        let tickets = model::ticket_type::of_event(conn, id)?;
        let titles = model::session::titles(conn, id)?;
        let (report, wanted) = understand(&table, &tickets, &titles)?;
        let mut made = Vec::new();
        for (line, fresh) in wanted.into_iter().zip(fresh) {
            made.push(insert(conn, &event, line, fresh, now)?);
        }
        Ok((report, made))
    };
    if dry_run {
        return Ok(app.db.read(work).await?.0);
    }
    let _order = app.in_order().await?;
    let (report, made) = app.db.write(work).await?;
    for (view, reach) in made {
        let (id, event, after) = (view.session.id, view.event.id, Some((view, reach)));
        let change = SessionChange { id, version: 1, after, seen_before: Audience::Nobody, told: Told::default() };
        announce(app, event, change);
    }
    Ok(report)
}

/// Takes the rows apart, without asking the database.
fn understand(table: &Table, tickets: &[TicketType], titles: &[String]) -> Result<(Report<Reason>, Vec<Line>)> {
    let columns = table.columns(COLUMNS).map_err(|fault| fault.problem(FIELD))?;
    if columns.at[0].is_none() {
        return Err(Fault::Missing(vec![COLUMNS[0][0]]).problem(FIELD).into());
    }
    let known = |name: &String| !ONLY_EXPORTED.iter().any(|known| known.eq_ignore_ascii_case(name));
    let unknown_columns = columns.unknown.into_iter().filter(known).collect();
    let mut report = Report::of(table.rows.len(), unknown_columns);
    let there: HashSet<String> = titles.iter().map(|title| title.to_lowercase()).collect();
    let (mut seen, mut wanted) = (Seen::default(), Vec::new());
    for row in &table.rows {
        match line::read(row, &columns.at, tickets) {
            Ok(line) if !seen.is_first(&line.title) => report.problems.push(line::twice(row.line)),
            Ok(line) if there.contains(&line.title.to_lowercase()) => report.already += 1,
            Ok(line) => wanted.push(line),
            Err(problem) => report.problems.push(problem),
        }
    }
    report.added = wanted.len();
    Ok((report, wanted))
}

fn insert(conn: &mut Conn, event: &Arc<Event>, line: Line, fresh: Fresh, now: Time) -> Result<(SessionView, Reach)> {
    let session = Session {
        picture_id: None,
        picture_alt: String::new(),
        id: fresh.id,
        event_id: event.id,
        sort_key: sort_key::natural(None, &line.title),
        title: line.title,
        description: line.description,
        display_size: line.display_size,
        priority: line.priority,
        watch_access: line.watch_access,
        share_access: line.share_access,
        max_participants: line.max_participants,
        youtube_sharing: line.youtube_sharing,
        record: line.record,
        record_stopped: None,
        record_starts: i64::from(line.record),
        scheduling: line.scheduling,
        dragged: false,
        link_token: fresh.link_token,
        deleted_at: None,
        creator_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    model::session::insert(conn, &session, "")?;
    let tags: Vec<(TagId, String)> = fresh.tags.into_iter().zip(line.tags).collect();
    model::tag::replace(conn, event.id, session.id, &tags)?;
    model::ticket_type::replace(conn, session.id, &line.tickets)?;
    let view = view(conn, session, Arc::clone(event))?;
    let reach = reach(conn, &view)?;
    Ok((view, reach))
}

/// The sessions of an event as a CSV file that `import` reads again.
pub async fn export(app: &App, caller: &Caller, id: EventId) -> Result<String> {
    let (caller, now, public_url) = (caller.clone(), app.clock.now(), app.public_url.clone());
    let read = move |conn: &mut Conn| {
        let event = crate::ops::managed_event(conn, &caller, now, id)?;
        let names: HashMap<TicketTypeId, String> =
            model::ticket_type::of_event(conn, id)?.into_iter().map(|ticket| (ticket.id, ticket.name)).collect();
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let slice = Slice { after, first: limits::PAGE };
            let page = model::session::list(conn, id, Viewer::Organizer, &Wanted::default(), slice)?;
            let ids: Vec<SessionId> = page.rows.iter().map(|session| session.id).collect();
            let tags = model::tag::of_sessions(conn, &ids)?.into_iter().into_group_map();
            let tickets = model::ticket_type::of_sessions(conn, &ids)?.into_iter();
            let tickets = tickets.filter_map(|(id, ticket)| Some((id, names.get(&ticket)?.clone()))).into_group_map();
            after = page.rows.last().map(|last| After {
                priority: last.priority,
                sort_key: last.sort_key.clone(),
                id: last.id,
            });
            rows.extend(page.rows.iter().map(|session| {
                let list = |of: &HashMap<SessionId, Vec<String>>| of.get(&session.id).map(|list| list.join("; "));
                let link = crate::ops::session::url(&public_url, &event, session);
                line::written(session, list(&tags), list(&tickets), link)
            }));
            if !page.has_next {
                return Ok(rows);
            }
        }
    };
    let rows = app.db.read(read).await?;
    let header: Vec<&str> = COLUMNS.iter().map(|names| names[0]).chain(ONLY_EXPORTED).collect();
    Ok(table::write(&header, rows))
}
