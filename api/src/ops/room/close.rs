//! A host ends a room for everybody inside (F5).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::model;
use crate::model::host_action::Action;
use crate::model::session::Patch;
use crate::ops;
use crate::ops::host_action::Acted;
use crate::ops::session::{Changing, Watched};
use protocol::link::FromApi;

/// Ends the room; gives the session, and how many were inside. Passes from before open it no more: the session counts that as a
/// change. Whoever may enter gets another one when they come again.
pub async fn close(app: &App, caller: &Caller, id: SessionId) -> Result<(SessionView, usize)> {
    let account = caller.account()?.id;
    // Without a node nobody would hear of it, and it would look as if it were done.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, id)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, id)?;
        access::close_room(access::is_host(account, standing, &view.session, claim))?;
        let acted = Acted { id: log, actor: account, action: Action::ClosedRoom, person: None, at: now };
        ops::host_action::write(conn, &view, acted)?;
        Changing::begin(conn, view)?.finish(conn, &Patch::default(), now)
    };
    let changed = app.db.write(write).await?;
    let live = app.rooms.live(id);
    let inside = live.speakers.len() + usize::try_from(live.counts.viewers).unwrap_or(usize::MAX);
    let after = changed.announce(app);
    let version = Some(after.session.version);
    app.rooms.send(&FromApi::Close { session: id.to_string(), version });
    Ok((after, inside))
}
