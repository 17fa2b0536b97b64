//! What the schedule does to sessions: taken off it (F3), shown and hidden by it (F5).

use super::reach::reaches;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::feed::{Change, Reach, SessionChange, SessionView, Told, Topic};
use crate::ids::{EventId, PictureId, SessionId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::picture::Picture;
use crate::model::session::{Scheduling, Session, WatchAccess};
use crate::validate::{Code, Problem};
use itertools::Itertools;
use std::collections::HashMap;
use std::sync::Arc;

/// Holds the event of a session against other changes of its schedule, as whoever changes a segment does.
pub(super) fn lock(conn: &mut Conn, id: SessionId) -> Result<()> {
    for (_, event) in model::session::events_of(conn, &[id])? {
        model::event::lock(conn, event)?;
    }
    Ok(())
}

/// Takes a session that becomes always open off the schedule, if that may be; otherwise it stays what it is (F3). Tells whether
/// it was on it.
pub(super) fn convert(
    conn: &mut Conn,
    session: &Session,
    wanted: Option<Scheduling>,
    unlink: bool,
    now: Time,
) -> Result<bool> {
    if wanted != Some(Scheduling::AlwaysOpen) || session.scheduling == Scheduling::AlwaysOpen {
        return Ok(false);
    }
    let names = model::segment::links::names_of(conn, session.id)?;
    if names.is_empty() {
        return Ok(false);
    }
    if !unlink {
        let message = format!(
            "An always open session is in no segment. Take it off {} first, or repeat this with unlinkSegments.",
            named(&names, names.len())
        );
        let count = names.len();
        return Err(Problem::new("scheduling", Code::InUse, message).naming(names, count).into());
    }
    let led = model::segment::links::segments_of_any(conn, &[session.id])?;
    model::segment::links::unlink(conn, session.id, now)?;
    if session.watch_access != WatchAccess::Anyone {
        model::segment::withdraw_emptied(conn, &led, now)?;
    }
    Ok(true)
}

/// The first names of so many, for an error.
pub(crate) fn named(names: &[String], count: usize) -> String {
    let first: Vec<String> = names.iter().take(limits::NAMED).map(|name| format!("\"{name}\"")).collect();
    match count - first.len() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// These sessions with what belongs to them and whom they concern; those that are gone are left out.
pub(super) fn views(conn: &mut Conn, ids: &[SessionId]) -> Result<Vec<(SessionView, Reach)>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(model::segment::BATCH) {
        let rows = model::session::all_by_ids(conn, some)?;
        let mut events: Vec<EventId> = rows.iter().map(|row| row.event_id).collect();
        events.sort_unstable();
        events.dedup();
        let events: HashMap<EventId, Arc<Event>> =
            model::event::by_ids(conn, &events)?.into_iter().map(|event| (event.id, Arc::new(event))).collect();
        let mut tags = model::tag::of_sessions(conn, some)?.into_iter().into_group_map();
        let mut windows = model::segment::windows(conn, some)?.into_iter().into_group_map();
        let mut speakers = model::segment::links::speakers_of_sessions(conn, some)?.into_iter().into_group_map();
        let mut tickets = model::ticket_type::of_sessions(conn, some)?.into_iter().into_group_map();
        let mut information: HashMap<SessionId, String> =
            model::session::additional_information(conn, some)?.into_iter().collect();
        let pictures: Vec<PictureId> = rows.iter().filter_map(|row| row.picture_id).collect();
        let pictures: HashMap<PictureId, Arc<Picture>> = model::picture::by_ids(conn, &pictures)?
            .into_iter()
            .map(|picture| (picture.id, Arc::new(picture)))
            .collect();
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(event) = events.get(&row.event_id) else { continue };
            let view = SessionView {
                event: Arc::clone(event),
                tags: tags.remove(&row.id).unwrap_or_default().into(),
                windows: windows.remove(&row.id).unwrap_or_default().into(),
                speakers: speakers.remove(&row.id).unwrap_or_default().into(),
                additional_information: information.remove(&row.id).unwrap_or_default().into(),
                tickets: tickets.remove(&row.id).unwrap_or_default().into(),
                picture: row.picture_id.and_then(|id| pictures.get(&id).cloned()),
                session: Arc::new(row),
            };
            views.push(view);
        }
        let reaches = reaches(conn, &views)?;
        found.extend(views.into_iter().zip(reaches));
    }
    Ok(found)
}

/// Which of these sessions are in which event.
pub(super) fn by_event(found: &[(SessionView, Reach)]) -> Vec<(Arc<Event>, Vec<SessionId>)> {
    let mut events: Vec<(Arc<Event>, Vec<SessionId>)> = Vec::new();
    for (view, _) in found {
        match events.iter_mut().find(|(event, _)| event.id == view.event.id) {
            Some((_, ids)) => ids.push(view.session.id),
            None => events.push((Arc::clone(&view.event), vec![view.session.id])),
        }
    }
    events
}

/// Tells of sessions of an event whose windows are others now, and which nobody else changed (F5). Whoever calls it holds the
/// order of changes.
pub(crate) async fn tell_again(app: &App, event: &Event, ids: Vec<SessionId>) -> Result<()> {
    if ids.is_empty()
        || app.feed.listeners(Topic::Event(event.id)) == 0 && ids.iter().all(|id| app.rooms.place(*id).is_none())
    {
        return Ok(());
    }
    let found = app.db.read(move |conn| views(conn, &ids)).await?;
    tell(app, found);
    Ok(())
}

/// Tells of sessions whose version stays: those of one event in one change, so that many of them drive nobody out.
pub(super) fn tell(app: &App, found: Vec<(SessionView, Reach)>) {
    let mut by_event: HashMap<EventId, Vec<Arc<SessionChange>>> = HashMap::new();
    for (view, reach) in found {
        let (id, version, event) = (view.session.id, view.session.version, view.event.id);
        crate::ops::room::found_by_more(app, &view, &reach);
        let seen_before = reach.audience.clone();
        let change = SessionChange { id, version, after: Some((view, reach)), seen_before, told: Told::default() };
        by_event.entry(event).or_default().push(Arc::new(change));
    }
    for (event, changes) in by_event {
        app.feed.publish(Topic::Event(event), Change::Sessions(changes.into()));
    }
}
