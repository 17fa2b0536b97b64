//! A host ends a room for everybody inside (F5).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::model::host_action::Action;
use crate::model::session::Patch;
use crate::ops;
use crate::ops::session::Changing;
use protocol::link::FromApi;

/// Ends the room; gives the session, and how many were inside. Passes from before open it no more: the session counts that as a
/// change. Whoever may enter gets another one when they come again.
pub async fn close(app: &App, caller: &Caller, id: SessionId) -> Result<(SessionView, usize)> {
    caller.account()?;
    let _order = app.in_order().await?;
    let what = (Action::ClosedRoom, None, access::close_room as fn(bool) -> Result<()>);
    let close = |conn: &mut Conn, view, now| Changing::begin(conn, view)?.finish(conn, &Patch::default(), now);
    let changed = ops::screen::act_in(app, caller, id, what, close).await?;
    let inside = app.rooms.live(id).inside();
    let after = changed.announce(app);
    let version = Some(after.session.version);
    app.rooms.send(&FromApi::Close { session: id.to_string(), version });
    Ok((after, inside))
}
