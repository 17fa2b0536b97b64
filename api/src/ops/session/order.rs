//! The place of a session among those of the same priority (B6).

use super::{announce, managed, reach, view};
use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{SessionChange, SessionView, Told};
use crate::ids::SessionId;
use crate::model;
use crate::model::session::{Patch, Session};
use crate::sort_key;
use crate::validate::{Code, Problem};
use std::sync::Arc;

/// Where a session goes.
#[derive(Clone, Copy)]
pub enum Place {
    After(SessionId),
    Before(SessionId),
}

impl Place {
    fn beside(self) -> SessionId {
        let (Self::After(id) | Self::Before(id)) = self;
        id
    }

    fn field(self) -> &'static str {
        match self {
            Self::After(_) => "afterId",
            Self::Before(_) => "beforeId",
        }
    }
}

/// Puts the session beside another one of the same priority, which the priority number goes before. Writes one row, except
/// where those around have the same place exactly (same start, same title): then these get places of their own first.
pub async fn put(app: &App, caller: &Caller, id: SessionId, place: Place) -> Result<SessionView> {
    caller.account()?;
    let (caller, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let session = managed(conn, &caller, now, id)?.session;
        // One after the other: two who move something at once must not both take the same gap.
        model::event::lock(conn, session.event_id)?;
        let row = managed(conn, &caller, now, id)?;
        let others = others(conn, &row.session, place)?;
        let mut changes = Vec::new();
        for (id, key) in keys(&others, id, place) {
            changes.push(written(conn, id, key, now)?);
        }
        Ok(changes)
    };
    let mut moved = None;
    for change in app.db.write(write).await? {
        if let Some((after, _)) = change.after.as_ref().filter(|_| change.id == id) {
            moved = Some(after.clone());
        }
        let event = change.after.as_ref().map(|(view, _)| view.event.id);
        if let Some(event) = event {
            announce(app, event, change);
        }
    }
    moved.ok_or(Error::NotFound("session"))
}

/// The others of the same priority in their order, among them the one that it goes beside. Deleted ones too: they may come
/// back.
fn others(conn: &mut Conn, session: &Session, place: Place) -> Result<Vec<(SessionId, String)>> {
    let beside = model::session::find(conn, place.beside())?.filter(|beside| beside.event_id == session.event_id);
    let beside = beside.ok_or(Error::NotFound("session"))?;
    if beside.id == session.id {
        let message = "A session cannot be put beside itself. Name another one.";
        return Err(Problem::new(place.field(), Code::Invalid, message).into());
    }
    if beside.priority != session.priority {
        let message = format!(
            "Sessions stand by their priority first: this one has {}, the other {}. Give both the same priority, then move.",
            session.priority, beside.priority
        );
        return Err(Problem::new(place.field(), Code::Invalid, message).into());
    }
    let mut others = model::session::places(conn, session.event_id, session.priority)?;
    others.retain(|(id, _)| *id != session.id);
    Ok(others)
}

/// The keys to write, so that `id` stands at `place` among `others`.
fn keys(others: &[(SessionId, String)], id: SessionId, place: Place) -> Vec<(SessionId, String)> {
    let Some(at) = others.iter().position(|(other, _)| *other == place.beside()) else { return Vec::new() };
    let at = if matches!(place, Place::After(_)) { at + 1 } else { at };
    let key = |index: Option<usize>| index.and_then(|index| others.get(index)).map(|(_, key)| key.as_str());
    let (low, high) = (key(at.checked_sub(1)), key(Some(at)));
    if let Some(between) = sort_key::between(low, high) {
        return vec![(id, between)];
    }
    // Those with the very same place, and the moved one among them, spread over the room around them.
    let same = key(Some(at));
    let first = others.iter().position(|(_, key)| Some(key.as_str()) == same).unwrap_or(at);
    let last = others.iter().rposition(|(_, key)| Some(key.as_str()) == same).unwrap_or(at);
    let mut run: Vec<SessionId> = others[first..=last].iter().map(|(other, _)| *other).collect();
    run.insert(at - first, id);
    let mut low = key(first.checked_sub(1)).map(str::to_owned);
    let mut written = Vec::new();
    for id in run {
        let Some(next) = sort_key::between(low.as_deref(), key(Some(last + 1))) else { break };
        low = Some(next.clone());
        written.push((id, next));
    }
    written
}

fn written(conn: &mut Conn, id: SessionId, key: String, now: Time) -> Result<SessionChange> {
    let before = model::session::even_deleted(conn, id)?.ok_or(Error::NotFound("session"))?;
    let patch = Patch { sort_key: Some(key), dragged: Some(true), ..Patch::default() };
    model::session::update(conn, id, &patch, now)?;
    let row = model::session::even_deleted(conn, id)?.ok_or(Error::NotFound("session"))?;
    let (version, deleted) = (row.version, row.deleted_at.is_some());
    let event = model::event::find(conn, before.event_id)?.ok_or(Error::NotFound("event"))?;
    let after = view(conn, row, Arc::new(event))?;
    let reach = reach(conn, &after)?;
    let seen_before = reach.audience.clone();
    let after = (!deleted).then_some((after, reach));
    Ok(SessionChange { id, version, after, seen_before, told: Told::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn id(number: u128) -> SessionId {
        SessionId::from_ulid(ulid::Ulid(number))
    }

    fn after_the_move(others: &[(SessionId, String)], place: Place) -> (usize, Vec<SessionId>) {
        let written = keys(others, id(9), place);
        let mut all: Vec<(String, SessionId)> = others.iter().map(|(id, key)| (key.clone(), *id)).collect();
        for (id, key) in &written {
            all.retain(|(_, other)| other != id);
            all.push((key.clone(), *id));
        }
        all.sort();
        (written.len(), all.into_iter().map(|(_, id)| id).collect())
    }

    #[test]
    fn b6_a_move_writes_one_row() {
        let others = [(id(1), "11".to_owned()), (id(2), "12".to_owned()), (id(3), "13".to_owned())];
        let cases = [
            (Place::After(id(1)), [1, 9, 2, 3]),
            (Place::Before(id(1)), [9, 1, 2, 3]),
            (Place::After(id(3)), [1, 2, 3, 9]),
            (Place::Before(id(3)), [1, 2, 9, 3]),
        ];
        for (place, expected) in cases {
            assert_eq!(after_the_move(&others, place), (1, expected.map(id).to_vec()));
        }
    }

    #[test]
    fn b6_between_two_with_the_very_same_place_these_get_places_of_their_own() {
        let others =
            [(id(1), "11".to_owned()), (id(2), "12".to_owned()), (id(3), "12".to_owned()), (id(4), "13".to_owned())];
        assert_eq!(after_the_move(&others, Place::After(id(2))), (3, [1, 2, 9, 3, 4].map(id).to_vec()));
    }
}
