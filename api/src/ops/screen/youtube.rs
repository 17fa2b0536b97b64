//! A host ends the YouTube video that is shared (J4).

use crate::access::{self, Caller};
use crate::app::App;
use crate::error::Result;
use crate::feed::SessionView;
use crate::ids::{AccountId, Id, SessionId};
use crate::model::host_action::Action;
use protocol::link::FromApi;

/// Ends the video, whoever shares it; they may share another one. Where nothing is heard of one, nothing is written down, and media is
/// told all the same.
pub async fn remove(app: &App, caller: &Caller, session: SessionId) -> Result<SessionView> {
    let video = app.rooms.live(session).youtube;
    let action = video.is_some().then_some(Action::RemovedYoutube);
    // Their account may have been deleted while their video went on.
    let sharer = video.and_then(|video| AccountId::parse(&video.state.person));
    let what = (action, sharer, access::direct_screen as fn(bool) -> Result<()>);
    let view = super::act_in(app, caller, session, what, |_conn, view, _now| Ok(view)).await?;
    app.rooms.send(&FromApi::StopYoutube { session: session.to_string() });
    Ok(view)
}
