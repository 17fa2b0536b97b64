//! Hosts lower hands that people have raised (I3). Media has the hands; here it is decided and written down.

use crate::access::{self, Caller};
use crate::app::App;
use crate::error::Result;
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::model::host_action::Action;
use crate::ops;
use crate::ops::screen::Target;
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
    let what = (Action::LoweredAllHands, None, access::lower_hand as fn(bool) -> Result<()>);
    let view = ops::screen::act_in(app, caller, id, what, |_conn, view, _now| Ok(view)).await?;
    app.rooms.send(&FromApi::LowerHand { session: id.to_string(), person: None });
    Ok(view)
}
