//! The log of what hosts did (O2).

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::feed::SessionView;
use crate::ids::{AccountId, EventId, HostActionId, SessionId};
use crate::model;
use crate::model::event::Event;
use crate::model::host_action::{Action, HostAction};
use crate::model::page::Slice;
use crate::ops::list::{Listed, Total};

/// What a host did in a session.
pub(crate) struct Acted {
    pub id: HostActionId,
    pub actor: AccountId,
    pub action: Action,
    /// To whom, if it is about one person.
    pub person: Option<AccountId>,
    pub at: Time,
}

/// Writes it down, in the transaction that does it.
pub(crate) fn write(conn: &mut Conn, view: &SessionView, acted: Acted) -> Result<()> {
    write_in(conn, (view.event.id, view.session.id), acted)
}

/// The same, where no more of the session is known than where it is.
pub(crate) fn write_in(conn: &mut Conn, (event, session): (EventId, SessionId), acted: Acted) -> Result<()> {
    write_of(conn, (event, Some(session)), acted)
}

/// The same of something that may have outlived its session.
pub(crate) fn write_of(conn: &mut Conn, (event, session): (EventId, Option<SessionId>), acted: Acted) -> Result<()> {
    let row = HostAction {
        id: acted.id,
        event_id: event,
        session_id: session,
        actor_id: Some(acted.actor),
        action: acted.action,
        person_id: acted.person,
        created_at: acted.at,
    };
    Ok(model::host_action::insert(conn, &row)?)
}

/// What the hosts of an event did, the newest first, for organizers; nothing for others.
pub async fn list(app: &App, caller: &Caller, event: &Event, slice: Slice<HostActionId>) -> Result<Listed<HostAction>> {
    if access::see_host_actions(caller, event).is_err() {
        return Ok(Listed::nothing());
    }
    let id = event.id;
    let page = app.db.read(move |conn| Ok(model::host_action::list(conn, id, slice)?)).await?;
    Ok(Listed { page, total: Total::HostActionsOf(id) })
}
