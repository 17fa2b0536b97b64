//! The invite list of a session (C2).

use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::{AccountId, SessionId};
use crate::model;
use crate::model::invitation::Invitation;
use crate::model::session::Patch;
use crate::validate::{Code, Problem, Problems};

/// Invites a registered person. Who is invited already stays so.
pub async fn invite(app: &App, caller: &Caller, id: SessionId, email: String) -> Result<SessionView> {
    let mut problems = Problems::default();
    let email = problems.email("email", &email);
    problems.finish()?;
    let now: Time = app.clock.now();
    super::session::change(app, caller, id, move |conn, session| {
        let missing =
            || Problem::new("email", Code::NotFound, "Nobody with this email address is registered for the event.");
        let account = model::account::by_email(conn, &email)?.ok_or_else(missing)?.id;
        if model::registration::in_event(conn, session.event_id, account)?.is_none() {
            return Err(missing().into());
        }
        if !model::invitation::is_invited(conn, id, account)? {
            model::invitation::insert(conn, &Invitation { session_id: id, account_id: account, created_at: now })?;
        }
        Ok(Patch::default())
    })
    .await
}

/// Takes an invitation back: the person leaves the room at once (C6).
pub async fn uninvite(app: &App, caller: &Caller, id: SessionId, person: AccountId) -> Result<SessionView> {
    super::session::change(app, caller, id, move |conn, _session| {
        if model::invitation::delete(conn, id, person)? {
            Ok(Patch::default())
        } else {
            Err(Error::NotFound("invitation"))
        }
    })
    .await
}
