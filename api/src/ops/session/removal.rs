//! Deleting sessions, taking that back within ten seconds, and what happens after these (B8).

use super::{announce, managed, reach, view};
use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, SegmentChange, SessionChange, SessionView, Told, Topic};
use crate::ids::{EventId, SessionId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::session::{Patch, WatchAccess};
use crate::ops::recording;
use std::collections::HashMap;
use std::sync::Arc;

/// Deletes sessions of one event: nobody finds them any more, but their rooms stay open for as long as it can be taken back.
pub async fn delete(app: &App, caller: &Caller, ids: Vec<SessionId>) -> Result<Arc<Event>> {
    caller.account()?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let (mut changes, mut segments) = (Vec::new(), Vec::new());
        let mut event: Option<Arc<Event>> = None;
        for id in ids.iter().copied() {
            model::session::lock(conn, id)?;
            let before = managed(conn, &caller, now, id)?;
            let event = Arc::clone(event.get_or_insert(Arc::clone(&before.event)));
            super::of_event(&before, &event)?;
            let seen_before = reach(conn, &before)?.audience;
            let patch = Patch { deleted_at: Some(Some(now)), ..Patch::default() };
            let around = crate::ops::segment::around(conn, &[id], &event)?;
            model::session::update(conn, id, &patch, now)?;
            segments.extend(around.changes(conn, &event)?);
            let version = before.session.version + 1;
            changes.push(SessionChange { id, version, after: None, seen_before, told: Told::default() });
        }
        let recordings = recording::of_sessions_again(conn, &ids)?;
        Ok((changes, segments, recordings, event.ok_or(Error::NotFound("session"))?))
    };
    let (changes, segments, recordings, event) = app.db.write(write).await?;
    for change in changes {
        // The room hears of it when it is final.
        app.feed.publish(Topic::Event(event.id), Change::Session(Arc::new(change)));
    }
    crate::ops::segment::announce(app, event.id, segments);
    recording::tell_again(app, recordings);
    app.times_changed.notify_one();
    Ok(event)
}

/// Takes the deletion of sessions of one event back.
pub async fn restore(app: &App, caller: &Caller, ids: Vec<SessionId>) -> Result<Vec<SessionView>> {
    caller.account()?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let (mut restored, mut segments): (Vec<(SessionView, _)>, _) = (Vec::new(), Vec::new());
        for id in ids.iter().copied() {
            model::session::lock(conn, id)?;
            let event = restorable(conn, &caller, now, id)?;
            let patch = Patch { deleted_at: Some(None), ..Patch::default() };
            let around = crate::ops::segment::around(conn, &[id], &event)?;
            model::session::update(conn, id, &patch, now)?;
            segments.extend(around.changes(conn, &event)?);
            let row = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
            let after = view(conn, row, event)?;
            if let Some((first, _)) = restored.first() {
                super::of_event(&after, &first.event)?;
            }
            let reach = reach(conn, &after)?;
            restored.push((after, reach));
        }
        Ok((restored, segments, recording::of_sessions_again(conn, &ids)?))
    };
    let mut views: Vec<SessionView> = Vec::new();
    let (restored, segments, recordings) = app.db.write(write).await?;
    for (view, reach) in restored {
        let (id, version, event) = (view.session.id, view.session.version, view.event.id);
        views.push(view.clone());
        let seen_before = Audience::Nobody;
        announce(
            app,
            event,
            SessionChange { id, version, after: Some((view, reach)), seen_before, told: Told::default() },
        );
    }
    if let Some(view) = views.first() {
        crate::ops::segment::announce(app, view.event.id, segments);
    }
    recording::tell_again(app, recordings);
    Ok(views)
}

/// The event of a session whose deletion the caller may take back now.
fn restorable(conn: &mut Conn, caller: &Caller, now: Time, id: SessionId) -> Result<Arc<Event>> {
    let caller = &crate::ops::account::again(conn, caller, now)?;
    let session = model::session::even_deleted(conn, id)?.ok_or(Error::NotFound("session"))?;
    let event = model::event::find(conn, session.event_id)?.ok_or(Error::NotFound("session"))?;
    // Who could not have deleted it does not learn that it was there.
    access::manage_event(caller, &event).map_err(|_refused| Error::NotFound("session"))?;
    let deleted_at = session.deleted_at.ok_or(Error::NotFound("session"))?;
    if deleted_at.plus_seconds(limits::UNDO_SECONDS) <= now {
        return Err(Error::NotFound("session"));
    }
    Ok(Arc::new(event))
}

/// Makes deletions final that cannot be taken back any more: their rooms close, and segments do not lead to them.
pub(crate) async fn purge(app: &App, now: Time) -> Result<()> {
    let before = now.plus_seconds(-limits::UNDO_SECONDS);
    if app.db.read(move |conn| Ok(model::session::first_deleted(conn)?)).await?.is_none_or(|first| first > before) {
        return Ok(());
    }
    let _order = app.in_order().await?;
    let (gone, segments) = app.db.write(move |conn| purged(conn, before, now)).await?;
    for id in gone {
        crate::ops::room::session_changed(app, id, None);
    }
    for (event, changes) in segments {
        crate::ops::segment::announce(app, event, changes);
    }
    Ok(())
}

/// What became of segments, by event.
type SegmentChanges = Vec<(EventId, Vec<SegmentChange>)>;

/// Removes what was deleted until then; gives it, and what that makes of the segments that led to it.
fn purged(conn: &mut Conn, until: Time, now: Time) -> Result<(Vec<SessionId>, SegmentChanges)> {
    let gone = model::session::deleted_until(conn, until)?;
    let mut by_event: HashMap<EventId, Vec<SessionId>> = HashMap::new();
    for session in &gone {
        by_event.entry(session.event_id).or_default().push(session.id);
    }
    let mut around = Vec::with_capacity(by_event.len());
    for (event, ids) in by_event {
        let event = Arc::new(model::event::find(conn, event)?.ok_or(Error::NotFound("event"))?);
        around.push((crate::ops::segment::around(conn, &ids, &event)?, event));
    }
    let not_for_all: Vec<SessionId> =
        gone.iter().filter(|session| session.watch_access != WatchAccess::Anyone).map(|session| session.id).collect();
    let theirs = model::segment::links::segments_of_any(conn, &not_for_all)?;
    let gone: Vec<SessionId> = gone.iter().map(|session| session.id).collect();
    // A node may tell later of what was recorded there.
    model::session::insert_formers(conn, &gone)?;
    model::session::purge(conn, &gone)?;
    model::segment::withdraw_emptied(conn, &theirs, now)?;
    let mut segments = Vec::with_capacity(around.len());
    for (around, event) in around {
        segments.push((event.id, around.changes(conn, &event)?));
    }
    Ok((gone, segments))
}

/// When the next deletion becomes final.
pub(crate) fn next_purge(conn: &mut Conn) -> Result<Option<Time>> {
    Ok(model::session::first_deleted(conn)?.map(|first| first.plus_seconds(limits::UNDO_SECONDS)))
}
