//! Hosts lower hands that people have raised (I3). Media has the hands; here it is decided and written down.

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::model;
use crate::model::host_action::Action;
use crate::ops;
use crate::ops::host_action::Acted;
use crate::ops::screen::Target;
use crate::ops::session::Watched;
use protocol::link::FromApi;

/// Lowers the hand of one person.
pub async fn lower(app: &App, caller: &Caller, target: Target) -> Result<SessionView> {
    let may = |_, host, _| access::lower_hand(host);
    let view = ops::screen::act(app, caller, target, (Action::LoweredHand, may)).await?;
    let (session, person) = (target.session.to_string(), Some(target.person.to_string()));
    app.rooms.send(&FromApi::LowerHand { session, person });
    Ok(view)
}

/// Lowers every hand in the room.
pub async fn lower_all(app: &App, caller: &Caller, id: SessionId) -> Result<SessionView> {
    let account = caller.account()?.id;
    // Without a node nobody would hear of it, and it would look as if it were done.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, id)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, id)?;
        access::lower_hand(access::is_host(account, standing, &view.session, claim))?;
        let acted = Acted { id: log, actor: account, action: Action::LoweredAllHands, person: None, at: now };
        ops::host_action::write(conn, &view, acted)?;
        Ok(view)
    };
    let view = app.db.write(write).await?;
    app.rooms.send(&FromApi::LowerHand { session: id.to_string(), person: None });
    Ok(view)
}
