//! What has to be known to say why sessions are (in)visible, read for many at once (B9).

use crate::access::{Claim, Standing};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AccountId, EventId, SessionId, TicketTypeId};
use crate::model;
use crate::model::account::Account;
use crate::visibility::{Chosen, Known};
use std::collections::{HashMap, HashSet};

/// Of the sessions that are there.
pub(crate) fn known(conn: &mut Conn, ids: &[SessionId]) -> Result<HashMap<SessionId, Known>> {
    let mut all: HashMap<SessionId, Known> = ids.iter().map(|id| (*id, Known::default())).collect();
    for (id, window) in model::segment::windows(conn, ids)? {
        all.entry(id).or_default().windows.push(window);
    }
    for id in model::segment::linked(conn, ids)? {
        all.entry(id).or_default().linked = true;
    }
    for (id, count) in model::invitation::counts(conn, ids)? {
        all.entry(id).or_default().invited = count;
    }
    for (id, count) in model::invitation::kept_counts(conn, ids)? {
        all.entry(id).or_default().waiting = count;
    }
    let tickets = model::ticket_type::of_sessions(conn, ids)?;
    let held: Vec<TicketTypeId> = tickets.iter().map(|(_, ticket)| *ticket).collect();
    let names: HashMap<TicketTypeId, String> =
        model::ticket_type::by_ids(conn, &held)?.into_iter().map(|ticket| (ticket.id, ticket.name)).collect();
    for (id, ticket) in &tickets {
        all.entry(*id).or_default().tickets.extend(names.get(ticket).cloned());
    }
    let (moderators, sharers) = (model::moderator::of_sessions(conn, ids)?, model::sharer::of_sessions(conn, ids)?);
    let asked: HashSet<AccountId> = moderators.iter().chain(&sharers).map(|(_, person)| person.id).collect();
    let people = People::read(conn, ids, asked.into_iter().collect(), tickets)?;
    for (id, person) in moderators {
        all.entry(id).or_default().moderators.push(people.chosen(id, person));
    }
    for (id, person) in sharers {
        all.entry(id).or_default().sharers.push(people.chosen(id, person));
    }
    Ok(all)
}

/// What the people who are chosen for sessions are in their events, and were given for them.
#[derive(Default)]
struct People {
    events: HashMap<SessionId, EventId>,
    organizers: HashSet<(EventId, AccountId)>,
    registered: HashMap<(EventId, AccountId), TicketTypeId>,
    invited: HashSet<(SessionId, AccountId)>,
    admitted: HashSet<(SessionId, AccountId)>,
    tickets: HashSet<(SessionId, TicketTypeId)>,
}

impl People {
    fn read(
        conn: &mut Conn,
        sessions: &[SessionId],
        people: Vec<AccountId>,
        tickets: Vec<(SessionId, TicketTypeId)>,
    ) -> Result<Self> {
        let mut read = Self { tickets: tickets.into_iter().collect(), ..Self::default() };
        if people.is_empty() {
            return Ok(read);
        }
        read.events = model::session::events_of(conn, sessions)?.into_iter().collect();
        let events: HashSet<EventId> = read.events.values().copied().collect();
        for event in model::event::by_ids(conn, &events.into_iter().collect::<Vec<_>>())? {
            let organizers = model::organization::organizer_ids(conn, event.organization_id)?;
            read.organizers.extend(organizers.into_iter().map(|person| (event.id, person)));
            for some in people.chunks(model::registration::BATCH) {
                let registered = model::registration::among(conn, event.id, some)?;
                read.registered.extend(registered.into_iter().map(|(person, ticket)| ((event.id, person), ticket)));
            }
        }
        for some in people.chunks(model::registration::BATCH) {
            read.invited.extend(model::invitation::among(conn, sessions, some)?);
            read.admitted.extend(model::admission::among(conn, sessions, some)?);
        }
        Ok(read)
    }

    fn chosen(&self, session: SessionId, person: Account) -> Chosen {
        let of_event = self.events.get(&session).map(|event| (*event, person.id));
        let ticket = of_event.and_then(|key| self.registered.get(&key).copied());
        Chosen {
            name: person.name,
            standing: Standing { organizer: of_event.is_some_and(|key| self.organizers.contains(&key)), ticket },
            claim: Claim {
                invited: self.invited.contains(&(session, person.id)),
                admitted: self.admitted.contains(&(session, person.id)),
                holds_ticket: ticket.is_some_and(|ticket| self.tickets.contains(&(session, ticket))),
                ..Claim::default()
            },
        }
    }
}
