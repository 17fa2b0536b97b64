//! The invite list of a session (C2).

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::invitation::Invitation;
use crate::model::page::Slice;
use crate::model::session::Patch;
use crate::ops::list::{Listed, Total};
use crate::validate::Problems;

/// A session's invite list by address, for organizers; nobody for others.
pub async fn list(
    app: &App,
    caller: &Caller,
    event: &Event,
    id: SessionId,
    slice: Slice<String>,
) -> Result<Listed<(Invitation, Option<Account>)>> {
    if access::see_invitations(caller, event).is_err() {
        return Ok(Listed::nothing());
    }
    let page = app.db.read(move |conn| Ok(model::invitation::list(conn, id, slice)?)).await?;
    Ok(Listed { page, total: Total::InvitationsOf(id) })
}

/// Invites somebody. Who is invited already stays so; an address that nobody is registered with is kept (C3).
pub async fn invite(app: &App, caller: &Caller, id: SessionId, email: String) -> Result<SessionView> {
    let mut problems = Problems::default();
    let email = problems.email("email", &email);
    problems.finish()?;
    let now: Time = app.clock.now();
    super::session::change(app, caller, id, move |conn, session| {
        let account = model::account::by_email(conn, &email)?.map(|account| account.id);
        let registered = match account {
            Some(account) => model::registration::in_event(conn, session.event_id, account)?.is_some(),
            None => false,
        };
        let account_id = account.filter(|_| registered);
        model::invitation::insert_once(conn, &Invitation { session_id: id, email, account_id, created_at: now })?;
        Ok(Patch::default())
    })
    .await
}

/// Takes an invitation back: the person leaves the room at once (C6).
pub async fn uninvite(app: &App, caller: &Caller, id: SessionId, email: String) -> Result<SessionView> {
    let email = email.trim().to_lowercase();
    super::session::change(app, caller, id, move |conn, _session| {
        if model::invitation::delete(conn, id, &email)? {
            Ok(Patch::default())
        } else {
            Err(Error::NotFound("invitation"))
        }
    })
    .await
}
