//! The schedule: segments as their readers see them (C7, F4), and what is told of them.

pub mod change;
mod draft;
pub mod import;
mod lines;
mod programme;

use crate::access::{Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, Seen, SegmentChange, SegmentView, Told, Topic};
use crate::ids::{EventId, SegmentId, SessionId};
use crate::model;
use crate::model::event::Event;
use crate::model::page::Slice;
use crate::model::segment::Segment;
use crate::model::segment::seen::Wanted;
use crate::model::session::{Session, Viewer};
use crate::ops::list::{Listed, Total};
use crate::sort_key;
use itertools::Itertools;
use std::collections::HashMap;
use std::sync::Arc;

const MISSING: Error = Error::NotFound("segment");

/// The event's segments that the caller sees, by start; none for who may not be in the venue.
pub async fn list(
    app: &App,
    caller: &Caller,
    event: &Event,
    standing: Standing,
    wanted: Wanted,
    slice: Slice<(Time, SegmentId)>,
) -> Result<Listed<Segment>> {
    let Some(viewer) = super::session::viewer(app, caller, event, standing) else { return Ok(Listed::nothing()) };
    let (id, of_page) = (event.id, wanted.clone());
    let read = move |conn: &mut Conn| Ok(model::segment::seen::list(conn, id, viewer, &of_page, slice)?);
    Ok(Listed { page: app.db.read(read).await?, total: Total::SegmentsOf(id, viewer, wanted) })
}

/// The segment with its event, if the caller sees it; nothing otherwise.
pub async fn find(app: &App, caller: &Caller, id: SegmentId) -> Result<Option<(Segment, Event)>> {
    let (asking, now) = (caller.clone(), app.clock.now());
    app.db
        .read(move |conn| match seen(conn, &asking, now, id) {
            Ok((segment, event, _)) => Ok(Some((segment, event))),
            Err(Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await
}

/// The segment as the caller sees it, and as whom. What they do not see does not exist.
pub(crate) fn seen(conn: &mut Conn, caller: &Caller, now: Time, id: SegmentId) -> Result<(Segment, Event, Viewer)> {
    let event = model::segment::event_of(conn, id)?.ok_or(MISSING)?;
    let event = super::seen_event(conn, caller, event).map_err(|_hidden| MISSING)?;
    let standing = super::standing(conn, caller, &event)?;
    let viewer = super::session::viewer_at(caller, &event, standing, now).ok_or(MISSING)?;
    let segment = model::segment::seen::find(conn, id, viewer)?.ok_or(MISSING)?;
    Ok((segment, event, viewer))
}

/// These segments of an event with all that a schedule shows of them, by start.
pub(crate) fn views(conn: &mut Conn, ids: &[SegmentId], event: &Arc<Event>) -> Result<Vec<SegmentView>> {
    let mut rows = model::segment::by_ids(conn, ids)?;
    rows.sort_by_key(|row| (row.starts_at, row.id));
    let mut tags = model::segment::links::tags_of(conn, ids)?.into_iter().into_group_map();
    let mut speakers = model::segment::links::speakers_of(conn, ids)?.into_iter().into_group_map();
    let linked = model::segment::links::sessions_of(conn, ids)?;
    let each: Vec<Session> =
        linked.iter().map(|(_, session)| session.clone()).unique_by(|session| session.id).collect();
    let finders = super::session::finders(conn, &each, event)?;
    let mut sessions = linked.into_iter().into_group_map();
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let linked = sessions.remove(&row.id).unwrap_or_default();
        let leads_nowhere = linked.is_empty();
        let there = linked.into_iter().filter(|session| session.deleted_at.is_none());
        let found: Vec<(Arc<Session>, Audience)> = there
            .filter_map(|session| Some((finders.get(&session.id)?.clone(), session)))
            .map(|(audience, session)| (Arc::new(session), audience))
            .collect();
        let seen = match row.published {
            false => Seen::Organizers,
            true if leads_nowhere => Seen::Registered,
            true => Seen::By(found.iter().map(|(_, audience)| audience.clone()).collect()),
        };
        views.push(SegmentView {
            tags: tags.remove(&row.id).unwrap_or_default().into(),
            speakers: speakers.remove(&row.id).unwrap_or_default().into(),
            segment: Arc::new(row),
            event: Arc::clone(event),
            sessions: found.into(),
            seen,
        });
    }
    Ok(views)
}

/// The segments that lead to a session, as they are before it changes.
pub(crate) struct Around(Vec<(SegmentId, i64, Seen)>);

/// Reads the segments that lead to any of these sessions before they change.
pub(crate) fn around(conn: &mut Conn, sessions: &[SessionId], event: &Arc<Event>) -> Result<Around> {
    let ids = model::segment::links::segments_of_any(conn, sessions)?;
    of_ids(conn, &ids, event)
}

/// Reads these segments before they change.
pub(crate) fn of_ids(conn: &mut Conn, ids: &[SegmentId], event: &Arc<Event>) -> Result<Around> {
    if ids.is_empty() {
        return Ok(Around(Vec::new()));
    }
    let views = views(conn, ids, event)?;
    Ok(Around(views.into_iter().map(|view| (view.segment.id, view.segment.version, view.seen)).collect()))
}

impl Around {
    /// What has become of them, to be told.
    pub(crate) fn changes(self, conn: &mut Conn, event: &Arc<Event>) -> Result<Vec<SegmentChange>> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<SegmentId> = self.0.iter().map(|(id, ..)| *id).collect();
        let mut after: HashMap<SegmentId, SegmentView> =
            views(conn, &ids, event)?.into_iter().map(|view| (view.segment.id, view)).collect();
        let change = |(id, version, seen_before)| {
            let after = after.remove(&id);
            let version = after.as_ref().map_or(version + 1, |view| view.segment.version);
            SegmentChange { id, version, after, seen_before, told: Told::default() }
        };
        Ok(self.0.into_iter().map(change).collect())
    }
}

/// Segments of one event that were just made, to be told.
pub(crate) fn made(conn: &mut Conn, ids: &[SegmentId], event: &Arc<Event>) -> Result<Vec<SegmentChange>> {
    let change = |view: SegmentView| SegmentChange {
        id: view.segment.id,
        version: view.segment.version,
        after: Some(view),
        seen_before: Seen::Nobody,
        told: Told::default(),
    };
    Ok(views(conn, ids, event)?.into_iter().map(change).collect())
}

/// Tells everybody of changed segments of one event, and the timer that windows may have moved.
pub(crate) fn announce(app: &App, event: EventId, changes: Vec<SegmentChange>) {
    if changes.is_empty() {
        return;
    }
    let changes: Vec<Arc<SegmentChange>> = changes.into_iter().map(Arc::new).collect();
    app.feed.publish(Topic::Event(event), Change::Segments(changes.into()));
    app.times_changed.notify_one();
}

/// Gives these sessions their places by the start of their first segments, unless somebody has put them elsewhere (B6).
pub(crate) fn resort(conn: &mut Conn, event: EventId, sessions: &[SessionId]) -> Result<()> {
    for some in sessions.chunks(model::segment::BATCH) {
        let starts: HashMap<SessionId, Option<Time>> =
            model::segment::links::first_starts(conn, some)?.into_iter().collect();
        for session in model::session::by_ids(conn, event, some)?.into_iter().filter(|session| !session.dragged) {
            let key = sort_key::natural(starts.get(&session.id).copied().flatten(), &session.title);
            if key != session.sort_key {
                model::session::set_sort_key(conn, session.id, &key)?;
            }
        }
    }
    Ok(())
}
