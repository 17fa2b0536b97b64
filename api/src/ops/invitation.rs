//! The invite list of a session (C2, C3).

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::{AccountId, EventId, SessionId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::invitation::Invitation;
use crate::model::page::Slice;
use crate::model::session::{Patch, Session};
use crate::ops::list::{Listed, Total};
use crate::validate::{Code, Problem, Problems};
use itertools::Itertools;
use std::collections::{HashMap, HashSet};

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

/// Invites somebody. Who is invited already stays so; an address that nobody is registered with, or that is not known to be
/// theirs, is kept (C3).
pub async fn invite(app: &App, caller: &Caller, id: SessionId, email: String) -> Result<SessionView> {
    let mut problems = Problems::default();
    let email = problems.email("email", &email);
    problems.finish()?;
    let now: Time = app.clock.now();
    super::session::change(app, caller, id, move |conn, session| {
        make_room(conn, id, 1)?;
        insert(conn, session, &[email], now)?;
        Ok(Patch::default())
    })
    .await
}

/// What became of many addresses.
pub struct Invited {
    pub view: SessionView,
    pub added: usize,
    /// Were on the list, or stood there twice.
    pub already: usize,
    pub refused: Vec<Refused>,
}

/// One that is no address.
pub struct Refused {
    /// Its place in what was given, from 1.
    pub position: usize,
    pub text: String,
    pub problem: Problem,
}

/// Invites many at once, pasted or from a file. What is no address is told one by one, and hinders nobody else's
/// invitation.
pub async fn invite_many(app: &App, caller: &Caller, id: SessionId, emails: Vec<String>) -> Result<Invited> {
    if emails.is_empty() || emails.len() > limits::INVITED_AT_ONCE {
        let code = if emails.is_empty() { Code::Required } else { Code::OutOfRange };
        let message = format!("Invite 1 to {} addresses at once.", limits::INVITED_AT_ONCE);
        return Err(Problem::new("emails", code, message).into());
    }
    let given = emails.len();
    let (good, refused) = sorted_out(emails);
    let wrong = refused.len();
    if good.is_empty() {
        let view = super::session::change(app, caller, id, |_conn, _session| Ok(Patch::default())).await?;
        return Ok(Invited { view, added: 0, already: 0, refused });
    }
    let now: Time = app.clock.now();
    let (told, count) = tokio::sync::oneshot::channel();
    let view = super::session::change(app, caller, id, move |conn, session| {
        make_room(conn, id, good.len())?;
        let added = insert(conn, session, &good, now)?;
        // Nobody waits for it when the request was given up.
        let _ = told.send(added);
        Ok(Patch::default())
    })
    .await?;
    let added = count.await.unwrap_or(0);
    Ok(Invited { view, added, already: given - wrong - added, refused })
}

/// The addresses, each once, and what is none.
fn sorted_out(emails: Vec<String>) -> (Vec<String>, Vec<Refused>) {
    let (mut good, mut refused, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (at, text) in emails.into_iter().enumerate() {
        let mut problems = Problems::default();
        let email = problems.email("emails", &text);
        match problems.finish() {
            Err(Error::Invalid(mut found)) if !found.is_empty() => {
                let text = text.chars().take(*limits::EMAIL.end()).collect();
                refused.push(Refused { position: at + 1, text, problem: found.remove(0) });
            }
            _ if seen.insert(email.clone()) => good.push(email),
            _ => {}
        }
    }
    (good, refused)
}

/// Puts addresses on the list, each as whose it is already; gives how many are new.
fn insert(conn: &mut Conn, session: &Session, emails: &[String], now: Time) -> Result<usize> {
    let mut registered: HashMap<String, AccountId> = HashMap::new();
    for some in emails.chunks(500) {
        registered.extend(model::registration::with_emails(conn, session.event_id, some)?);
    }
    let mut added = 0;
    for email in emails {
        let account_id = registered.get(email).copied();
        let row = Invitation { session_id: session.id, email: email.clone(), account_id, created_at: now };
        added += usize::from(model::invitation::insert_once(conn, &row)?);
    }
    Ok(added)
}

/// Fails when the list has no room for so many more.
pub(crate) fn make_room(conn: &mut Conn, id: SessionId, more: usize) -> Result<()> {
    let count = usize::try_from(model::invitation::count(conn, id)?).unwrap_or(usize::MAX);
    if count.saturating_add(more) <= limits::INVITATIONS {
        return Ok(());
    }
    let message = format!("An invite list has {} addresses at the most. Remove some first.", limits::INVITATIONS);
    Err(Problem::new("emails", Code::OutOfRange, message).into())
}

/// Somebody who is registered has (confirmed) this address: the invitations that waited for it are theirs from now on (C3).
/// Gives the sessions that they find by it, for [`super::session::announce_again`] once it is written.
pub(crate) fn take_effect(conn: &mut Conn, event: EventId, account: &Account) -> Result<Vec<SessionId>> {
    Ok(model::invitation::bind(conn, event, &account.email, account.id)?)
}

/// The same of many who were imported, those apart whose address is not known to be theirs.
pub(crate) fn take_effect_for(conn: &mut Conn, event: EventId, people: &[Account]) -> Result<Vec<SessionId>> {
    let theirs: HashMap<&str, AccountId> = people
        .iter()
        .filter(|person| person.has_its_address())
        .map(|person| (person.email.as_str(), person.id))
        .collect();
    let emails: Vec<String> = theirs.keys().map(|email| (*email).to_owned()).collect();
    let mut found = HashSet::new();
    for some in emails.chunks(model::registration::BATCH) {
        let kept = model::invitation::kept(conn, event, some)?;
        for (email, sessions) in kept.into_iter().map(|(session, email)| (email, session)).into_group_map() {
            if let Some(account) = theirs.get(email.as_str()) {
                model::invitation::give_all(conn, &sessions, &email, *account)?;
                found.extend(sessions);
            }
        }
    }
    Ok(found.into_iter().collect())
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
