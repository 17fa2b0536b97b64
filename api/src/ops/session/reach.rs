//! Whom sessions concern. What several of them share is read once, so that many that change at the same moment cost no more
//! statements than one does.

use crate::db::Conn;
use crate::error::Result;
use crate::feed::{Audience, Reach, SessionView};
use crate::ids::{AccountId, OrganizationId, SessionId, TicketTypeId};
use crate::model;
use crate::model::event::Event;
use crate::model::session::{Session, WatchAccess};
use itertools::Itertools;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// Whom a session concerns.
pub(crate) fn reach(conn: &mut Conn, view: &SessionView) -> Result<Reach> {
    reaches(conn, std::slice::from_ref(view))?.pop().ok_or(crate::error::Error::Internal)
}

/// Whom each of these sessions concerns, in their order.
pub(crate) fn reaches(conn: &mut Conn, views: &[SessionView]) -> Result<Vec<Reach>> {
    let published = |view: &&SessionView| view.event.published;
    let rows = || views.iter().filter(published).map(|view| &*view.session);
    let mut people = invited(conn, rows())?;
    let unlisted = ids(rows(), &[WatchAccess::Unlisted]);
    people.extend(model::admission::accounts_of_all(conn, &unlisted)?.into_iter().into_group_map());
    let mut tickets = held(conn, rows())?;
    let mut organizers: HashMap<OrganizationId, Vec<AccountId>> = HashMap::new();
    let mut holders: HashMap<Vec<TicketTypeId>, Vec<AccountId>> = HashMap::new();
    let mut reaches = Vec::with_capacity(views.len());
    for view in views {
        let (session, event) = (&view.session, &view.event);
        if event.published && session.watch_access == WatchAccess::Anyone {
            reaches.push(Reach { audience: Audience::Registered, insiders: None });
            continue;
        }
        let people = people.remove(&session.id).unwrap_or_default();
        let tickets = tickets.remove(&session.id).unwrap_or_default();
        let mut insiders = match organizers.entry(event.organization_id) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(empty) => {
                empty.insert(model::organization::organizer_ids(conn, event.organization_id)?).clone()
            }
        };
        insiders.extend(&people);
        let held = match holders.entry(tickets.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => empty.insert(holding(conn, &tickets)?),
        };
        insiders.extend(held.iter());
        reaches.push(Reach { audience: some(people, tickets), insiders: Some(insiders.into()) });
    }
    Ok(reaches)
}

/// Who finds each of these sessions of an event in its schedule: not those either who were admitted to an unlisted one by its
/// link, which is in no schedule (C4).
pub(crate) fn finders(conn: &mut Conn, sessions: &[Session], event: &Event) -> Result<HashMap<SessionId, Audience>> {
    if !event.published {
        return Ok(sessions.iter().map(|session| (session.id, Audience::organizers())).collect());
    }
    let mut people = invited(conn, sessions.iter())?;
    let mut tickets = held(conn, sessions.iter())?;
    let of = |session: &Session| match session.watch_access {
        WatchAccess::Anyone => Audience::Registered,
        WatchAccess::Unlisted => Audience::organizers(),
        WatchAccess::Private | WatchAccess::Tickets => {
            some(people.remove(&session.id).unwrap_or_default(), tickets.remove(&session.id).unwrap_or_default())
        }
    };
    Ok(sessions.iter().map(|session| session.id).zip(sessions.iter().map(of)).collect())
}

fn holding(conn: &mut Conn, tickets: &[TicketTypeId]) -> Result<Vec<AccountId>> {
    if tickets.is_empty() { Ok(Vec::new()) } else { Ok(model::registration::holders(conn, tickets)?) }
}

fn some(people: Vec<AccountId>, tickets: Vec<TicketTypeId>) -> Audience {
    Audience::Some { people: Arc::new(people.into_iter().collect()), tickets: tickets.into() }
}

/// Those of the sessions that are watched by one of these rules.
fn ids<'a>(sessions: impl Iterator<Item = &'a Session>, access: &[WatchAccess]) -> Vec<SessionId> {
    sessions.filter(|session| access.contains(&session.watch_access)).map(|session| session.id).collect()
}

/// The invited people of those that have any.
fn invited<'a>(
    conn: &mut Conn,
    sessions: impl Iterator<Item = &'a Session>,
) -> Result<HashMap<SessionId, Vec<AccountId>>> {
    let by_invitation = ids(sessions, &[WatchAccess::Private, WatchAccess::Tickets]);
    Ok(model::invitation::accounts_of_all(conn, &by_invitation)?.into_iter().into_group_map())
}

/// The ticket types of those that are for holders.
fn held<'a>(
    conn: &mut Conn,
    sessions: impl Iterator<Item = &'a Session>,
) -> Result<HashMap<SessionId, Vec<TicketTypeId>>> {
    let for_holders = ids(sessions, &[WatchAccess::Tickets]);
    Ok(model::ticket_type::of_sessions(conn, &for_holders)?.into_iter().into_group_map())
}
