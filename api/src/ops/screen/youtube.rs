//! A host ends the YouTube video that is shared (J4).

use crate::access::{self, Caller};
use crate::app::App;
use crate::error::Result;
use crate::feed::SessionView;
use crate::ids::{AccountId, Id, SessionId};
use crate::model::host_action::Action;
use protocol::link::FromApi;

/// Ends the video, whoever shares it; they may share another one. What is heard of the room is a second old at the most, so it is
/// not asked whether there is one.
pub async fn remove(app: &App, caller: &Caller, session: SessionId) -> Result<SessionView> {
    // Their account may have been deleted while their video went on.
    let sharer = app.rooms.live(session).youtube.and_then(|video| AccountId::parse(&video.state.person));
    let what = (Action::RemovedYoutube, sharer, access::direct_screen as fn(bool) -> Result<()>);
    let view = super::act_in(app, caller, session, what, |_conn, view, _now| Ok(view)).await?;
    app.rooms.send(&FromApi::StopYoutube { session: session.to_string() });
    Ok(view)
}
