//! The link of an unlisted session: who comes with it is admitted, and it can be replaced (C4).

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::SessionId;
use crate::limits;
use crate::model;
use crate::model::session::Patch;
use protocol::pass::digest;
use std::net::IpAddr;
use std::sync::Arc;

/// The secret part of a link that somebody came with, and from where: guesses are limited.
#[derive(Clone)]
pub struct Link {
    pub token: String,
    pub from: IpAddr,
}

/// The session, if the caller may watch it or comes with its link; nothing otherwise. Nobody is admitted by looking.
pub async fn find(app: &App, caller: &Caller, id: SessionId, link: Link) -> Result<Option<SessionView>> {
    if let Some(view) = super::session::find(app, caller, id).await? {
        return Ok(Some(view));
    }
    limit(app, caller, &link)?;
    let caller = caller.clone();
    app.db
        .read(move |conn| match by_link(conn, &caller, id, &link) {
            Ok(view) => Ok(Some(view)),
            Err(Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await
}

/// Admits the caller to the session that they come to with its link: later they need no link any more. Who may watch it
/// already gets it as it is.
pub async fn admit(app: &App, caller: &Caller, id: SessionId, link: Link) -> Result<SessionView> {
    let person = caller.account()?.id;
    if let Some(view) = super::session::find(app, caller, id).await? {
        return Ok(view);
    }
    limit(app, caller, &link)?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let (view, reach) = app
        .db
        .write(move |conn| {
            // The link may be replaced at the same moment.
            model::session::lock(conn, id)?;
            let caller = super::account::again(conn, &caller, now)?;
            let view = by_link(conn, &caller, id, &link)?;
            model::admission::insert_once(conn, id, person, now)?;
            let reach = super::session::reach(conn, &view)?;
            Ok((view, reach))
        })
        .await?;
    // Not a change of the session: a thousand people who come at once would make each other's passes void.
    super::room::found_by_more(app, &view, &reach);
    Ok(view)
}

/// Gives the session another link. Those who were admitted by the old one stay so, or lose it and leave at once (C6).
pub async fn rotate(app: &App, caller: &Caller, id: SessionId, keep_admitted: bool) -> Result<SessionView> {
    let token = app.ids.secret();
    super::session::change(app, caller, id, move |conn, _session| {
        if !keep_admitted {
            model::admission::delete_all(conn, id)?;
        }
        Ok(Patch { link_token: Some(token), ..Patch::default() })
    })
    .await
}

fn by_link(conn: &mut Conn, caller: &Caller, id: SessionId, link: &Link) -> Result<SessionView> {
    let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
    let event = super::seen_event(conn, caller, session.event_id).map_err(|_event| Error::NotFound("session"))?;
    let standing = super::standing(conn, caller, &event)?;
    // Digests, so that the time says nothing about where the two differ.
    let same = digest(&link.token) == digest(&session.link_token);
    access::be_admitted(standing, &event, &session, same)?;
    super::session::view(conn, session, Arc::new(event))
}

/// Counts a try, also one with an id that does not exist: the answers are alike.
fn limit(app: &App, caller: &Caller, link: &Link) -> Result<()> {
    let who = caller.account.as_ref().map(|account| account.id.to_string()).unwrap_or_default();
    app.rates.link(&who, link.from)?;
    if link.token.len() > limits::LINK_TOKEN { Err(Error::NotFound("session")) } else { Ok(()) }
}
