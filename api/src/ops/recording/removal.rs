//! Deleting recordings: by an organizer, or since the event does not keep them any longer (A8). The row stays without its file, so
//! that a node that still has the block is told.

use super::{Changed, announce, block, changes, held};
use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::RecordingId;
use crate::limits;
use crate::model;
use crate::model::host_action::Action;
use crate::model::recording::Recording;
use crate::ops::host_action::Acted;
use protocol::link::FromApi;
use std::sync::PoisonError;

/// Deletes a recording for good (K5).
pub async fn delete(app: &App, caller: &Caller, id: RecordingId) -> Result<()> {
    let account = caller.account()?.id;
    let (caller, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let seen = held(conn, &caller, now, id)?;
        access::delete_recording(seen.standing)?;
        let acted = Acted { id: log, actor: account, action: Action::DeletedRecording, person: None, at: now };
        seen.write_down(conn, acted)?;
        let erased = erase(conn, seen.recording, now)?;
        changes(conn, vec![erased])
    };
    announce(app, app.db.write(write).await?);
    drop(order);
    app.rooms.send(&FromApi::DeleteRecording { block: block(id) });
    sweep_one(app, id).await;
    Ok(())
}

/// Nobody sees it from now on.
fn erase(conn: &mut Conn, before: Recording, now: Time) -> Result<Changed> {
    let shown_before = before.is_shown();
    let after = Recording { deleted_at: Some(now), replay: false, version: before.version + 1, ..before };
    model::recording::save(conn, &after)?;
    Ok(Changed::now(shown_before, after))
}

/// Deletes what is older than its event keeps it (A8), and the files that are left of what was deleted.
pub(crate) async fn forget(app: &App, now: Time) {
    // It is tried again the next time.
    if let Ok(over) = app.db.read(move |conn| over(conn, now)).await
        && !over.is_empty()
    {
        let _ = delete_all(app, over, now).await;
    }
    sweep(app).await;
}

/// What is older than its event keeps it; not all of it at once.
fn over(conn: &mut Conn, now: Time) -> Result<Vec<RecordingId>> {
    let mut over = Vec::new();
    for (event, days) in model::event::forgetful_of_recordings(conn)? {
        let before = now.plus_seconds(-i64::from(days) * 24 * 3600);
        let rows = model::recording::ended_before(conn, event, before, limits::RECORDINGS_FORGOTTEN)?;
        over.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(over)
}

async fn delete_all(app: &App, ids: Vec<RecordingId>, now: Time) -> Result<()> {
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::recording::lock(conn, &ids)?;
        let (mut erased, mut gone) = (Vec::new(), Vec::new());
        // Another api may have been faster.
        let there = model::recording::by_ids(conn, &ids)?.into_iter().filter(|row| row.deleted_at.is_none());
        for row in there {
            gone.push(row.id);
            erased.push(erase(conn, row, now)?);
        }
        Ok((changes(conn, erased)?, gone))
    };
    let (changed, gone) = app.db.write(write).await?;
    announce(app, changed);
    app.rooms.send_many(gone.into_iter().map(|id| FromApi::DeleteRecording { block: block(id) }).collect()).await;
    Ok(())
}

/// Deletes the file of a recording that is deleted. What cannot be deleted now is found again by a later tidying.
pub(super) async fn sweep_one(app: &App, id: RecordingId) {
    if let Ok(Some(row)) = app.db.read(move |conn| Ok(model::recording::even_deleted(conn, id)?)).await
        && row.deleted_at.is_some()
        && row.stored
    {
        delete_files(app, vec![row]).await;
    }
}

/// Deletes files of recordings that are deleted: some each time, and from the first one again after the last, so that those which
/// cannot be deleted are in the way of no other.
async fn sweep(app: &App) {
    let most = limits::RECORDINGS_FORGOTTEN;
    let after = *app.swept.lock().unwrap_or_else(PoisonError::into_inner);
    let Ok(left) = app.db.read(move |conn| Ok(model::recording::left(conn, after, most)?)).await else { return };
    let last = left.last().filter(|_| i64::try_from(left.len()).is_ok_and(|count| count == most));
    *app.swept.lock().unwrap_or_else(PoisonError::into_inner) = last.map(|row| row.id);
    delete_files(app, left).await;
}

async fn delete_files(app: &App, rows: Vec<Recording>) {
    let mut gone = Vec::new();
    for row in rows {
        gone.extend(app.files.delete(&row.file()).await.is_ok().then_some(row));
    }
    if !gone.is_empty() {
        let _ = app.db.write(move |conn| Ok(model::recording::set_gone(conn, &gone)?)).await;
    }
}
