//! People who are chosen for a session: its moderators (C5, D4), and those who may share where that is by invitation only
//! (D2).

use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::SessionView;
use crate::ids::{AccountId, SessionId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::invitation::Invitation;
use crate::model::session::{Patch, Session, WatchAccess};
use crate::ops::room::Whose;
use crate::validate::{Code, Problem, Problems};

/// What somebody is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Moderator,
    Sharer,
}

/// Chooses somebody who is registered for the event; who is chosen already stays so. With `invite`, who is not among those
/// who can watch is invited in the same step (C5).
pub async fn add(
    app: &App,
    caller: &Caller,
    id: SessionId,
    role: Role,
    email: String,
    invite: bool,
) -> Result<SessionView> {
    let mut problems = Problems::default();
    let email = problems.email("email", &email);
    problems.finish()?;
    let now = app.clock.now();
    let view = super::session::change(app, caller, id, move |conn, session| {
        let (account, standing) = registered(conn, session, &email)?;
        among_watchers(conn, session, &account, standing, invite, now)?;
        role.make_room(conn, id)?;
        role.insert(conn, id, account.id, now)?;
        Ok(Patch::default())
    })
    .await?;
    role.tell(app, id, Whose::Everybodys).await?;
    Ok(view)
}

/// Takes it back. Who is on screen by it alone leaves the screen.
pub async fn remove(app: &App, caller: &Caller, id: SessionId, role: Role, person: AccountId) -> Result<SessionView> {
    let view = super::session::change(app, caller, id, move |conn, _session| {
        if role.delete(conn, id, person)? { Ok(Patch::default()) } else { Err(Error::NotFound("person")) }
    })
    .await?;
    role.tell(app, id, Whose::One(person)).await?;
    Ok(view)
}

/// The person with this address, who must be registered for the event and not blocked (D4).
fn registered(conn: &mut Conn, session: &Session, email: &str) -> Result<(Account, Standing)> {
    let unknown = || {
        let message = "Nobody with this address is registered for the event. They register first, then you add them.";
        Error::from(Problem::new("email", Code::NotFound, message))
    };
    let account = model::account::by_email(conn, email)?.ok_or_else(unknown)?;
    let registered = model::registration::among(conn, session.event_id, &[account.id])?;
    let (_, ticket) = registered.first().copied().ok_or_else(unknown)?;
    let event = model::event::find(conn, session.event_id)?.ok_or(Error::NotFound("event"))?;
    let organizer = model::organization::organizer_ids(conn, event.organization_id)?.contains(&account.id);
    Ok((account, Standing { organizer, ticket: Some(ticket) }))
}

/// Whoever is chosen must be among those who can watch (C5).
fn among_watchers(
    conn: &mut Conn,
    session: &Session,
    account: &Account,
    standing: Standing,
    invite: bool,
    now: Time,
) -> Result<()> {
    let claim = super::session::claim(conn, session, account.id, standing)?;
    if access::is_among_watchers(standing, session, claim) {
        return Ok(());
    }
    if !invite {
        let message = format!("{} is not among those who can watch. Invite them in the same step.", account.name);
        return Err(Problem::new("invite", Code::Required, message).into());
    }
    if session.watch_access == WatchAccess::Unlisted {
        model::admission::insert_once(conn, session.id, account.id, now)?;
        return Ok(());
    }
    super::invitation::make_room(conn, session.id, 1)?;
    let invitation = Invitation {
        session_id: session.id,
        email: account.email.clone(),
        account_id: Some(account.id),
        created_at: now,
    };
    if !model::invitation::insert_once(conn, &invitation)? {
        model::invitation::give(conn, session.id, &account.email, account.id)?;
    }
    Ok(())
}

impl Role {
    /// Who shares where that is by invitation is nothing else there by it; a moderator is a host.
    async fn tell(self, app: &App, id: SessionId, whose: Whose) -> Result<()> {
        match self {
            Self::Moderator => super::room::sharing_changed(app, id, whose).await,
            Self::Sharer => super::room::rights_changed(app, id, whose).await,
        }
    }

    fn make_room(self, conn: &mut Conn, id: SessionId) -> Result<()> {
        let (count, limit, who) = match self {
            Self::Moderator => (model::moderator::count(conn, id)?, limits::MODERATORS, "moderators"),
            Self::Sharer => (model::sharer::count(conn, id)?, limits::SHARERS, "people who may share"),
        };
        if usize::try_from(count).is_ok_and(|count| count < limit) {
            return Ok(());
        }
        let message = format!("A session has {limit} {who} at the most. Remove somebody first.");
        Err(Problem::new("email", Code::OutOfRange, message).into())
    }

    fn insert(self, conn: &mut Conn, id: SessionId, person: AccountId, now: Time) -> Result<bool> {
        Ok(match self {
            Self::Moderator => model::moderator::insert_once(conn, id, person, now)?,
            Self::Sharer => model::sharer::insert_once(conn, id, person, now)?,
        })
    }

    fn delete(self, conn: &mut Conn, id: SessionId, person: AccountId) -> Result<bool> {
        Ok(match self {
            Self::Moderator => model::moderator::delete(conn, id, person)?,
            Self::Sharer => model::sharer::delete(conn, id, person)?,
        })
    }
}
