//! A host ends the YouTube video that is shared (J4).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::{AccountId, Id, SessionId};
use crate::model;
use crate::model::host_action::Action;
use crate::ops;
use crate::ops::host_action::Acted;
use crate::ops::session::Watched;
use protocol::link::FromApi;

/// Ends the video, whoever shares it; they may share another one. What is heard of the room is a second old at the most, so it is
/// not asked whether there is one.
pub async fn remove(app: &App, caller: &Caller, session: SessionId) -> Result<SessionView> {
    let account = caller.account()?.id;
    // Without a node nobody would hear of it, and it would look as if it were done.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let sharer = app.rooms.live(session).youtube.and_then(|video| AccountId::parse(&video.state.person));
    let (asking, now, log) = (caller.clone(), app.clock.now(), app.ids.next());
    let write = move |conn: &mut Conn| {
        model::session::lock(conn, session)?;
        let asking = ops::account::again(conn, &asking, now)?;
        let Watched { view, standing, claim } = ops::session::watched(conn, &asking, session)?;
        access::direct_screen(access::is_host(account, standing, &view.session, claim))?;
        // Their account may have been deleted while their video went on.
        let there = sharer.map(|id| model::account::find(conn, id)).transpose()?.flatten();
        let person = there.map(|account| account.id);
        let acted = Acted { id: log, actor: account, action: Action::RemovedYoutube, person, at: now };
        ops::host_action::write(conn, &view, acted)?;
        Ok(view)
    };
    let view = app.db.write(write).await?;
    app.rooms.send(&FromApi::StopYoutube { session: session.to_string() });
    Ok(view)
}
