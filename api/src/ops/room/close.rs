//! A host ends a room for everybody inside (F5).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::model;
use crate::model::session::Patch;
use crate::ops;
use protocol::link::FromApi;

/// Ends the room; gives the session, and how many were inside. Passes from before open it no more: the session counts that as a
/// change. Whoever may enter gets another one when they come again.
pub async fn close(app: &App, caller: &Caller, id: SessionId) -> Result<(SessionView, usize)> {
    let account = caller.account()?.id;
    // Without a node nobody would hear of it, and it would look as if it were done.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let (asking, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, id)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let watched = ops::session::watched(conn, &asking, id)?;
        access::close_room(access::is_host(account, watched.standing, &watched.view.session, watched.claim))?;
        let seen_before = ops::session::reach(conn, &watched.view)?.audience;
        model::session::update(conn, id, &Patch::default(), now)?;
        let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
        let after = ops::session::view(conn, session, watched.view.event)?;
        let reach = ops::session::reach(conn, &after)?;
        Ok((after, reach, seen_before))
    };
    let (after, reach, seen_before) = app.db.write(write).await?;
    let live = app.rooms.live(id);
    let inside = live.speakers.len() + usize::try_from(live.counts.viewers).unwrap_or(usize::MAX);
    let version = after.session.version;
    ops::session::announce_changed(app, &after, reach, seen_before);
    app.rooms.send(&FromApi::Close { session: id.to_string(), version: Some(version) });
    Ok((after, inside))
}
