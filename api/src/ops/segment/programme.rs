//! The sessions that the lines of a schedule's file lead to, found by their titles (F7).

use super::draft;
use super::lines::{Line, Reason};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{EventId, SessionId};
use crate::limits;
use crate::model;
use crate::model::session::{Scheduling, Session};
use std::collections::HashMap;

/// Why a title leads nowhere.
type Refused = (Reason, String);

/// The event's sessions by title, and how many segments each has.
pub(super) struct Programme {
    by_title: HashMap<String, Vec<Session>>,
    linked: HashMap<SessionId, i64>,
}

impl Programme {
    pub(super) fn read(conn: &mut Conn, event: EventId, lines: &[Line]) -> Result<Self> {
        let mut found = Self { by_title: HashMap::new(), linked: HashMap::new() };
        if lines.iter().all(|line| line.sessions.1.is_empty()) {
            return Ok(found);
        }
        let mut ids = Vec::new();
        for session in model::session::all_of_event(conn, event)? {
            ids.push(session.id);
            found.by_title.entry(session.title.to_lowercase()).or_default().push(session);
        }
        for some in ids.chunks(model::segment::BATCH) {
            found.linked.extend(model::segment::links::counts_of(conn, some)?);
        }
        Ok(found)
    }

    /// The sessions that a cell names: one with the whole of it as title, or one for each part.
    pub(super) fn find(&self, (cell, parts): &(String, Vec<String>)) -> std::result::Result<Vec<SessionId>, Refused> {
        if parts.len() > 1
            && let Ok(one) = self.one(cell)
        {
            return Ok(vec![one]);
        }
        let mut ids: Vec<SessionId> = Vec::with_capacity(parts.len());
        for part in parts {
            let id = self.one(part)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    fn one(&self, title: &str) -> std::result::Result<SessionId, Refused> {
        let shown: String = title.chars().take(*limits::TITLE.end()).collect();
        match self.by_title.get(&title.trim().to_lowercase()).map(Vec::as_slice).unwrap_or_default() {
            [] => {
                let message = format!("This event has no session \"{shown}\". Make it first, or correct its title.");
                Err((Reason::UnknownSession, message))
            }
            [one] if one.scheduling == Scheduling::AlwaysOpen => {
                Err((Reason::AlwaysOpenSession, draft::always_open(one)))
            }
            [one] => {
                let most = i64::try_from(limits::SEGMENTS_OF_SESSION).unwrap_or(i64::MAX);
                if self.linked.get(&one.id).is_some_and(|count| *count >= most) {
                    let message = format!("\"{shown}\" has {most} segments already, which is the most.");
                    return Err((Reason::Full, message));
                }
                Ok(one.id)
            }
            several => {
                let count = several.len();
                let message = format!("This event has {count} sessions \"{shown}\". Give them different titles first.");
                Err((Reason::AmbiguousSession, message))
            }
        }
    }

    pub(super) fn link(&mut self, sessions: &[SessionId]) {
        for id in sessions {
            *self.linked.entry(*id).or_default() += 1;
        }
    }
}
