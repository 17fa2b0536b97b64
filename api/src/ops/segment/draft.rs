//! What somebody wants a segment to be, checked against the event and its other segments (F4). The same for one that is
//! typed in and for the lines of a file.

use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AccountId, SegmentId, SessionId, TagId};
use crate::limits;
use crate::local_time;
use crate::model;
use crate::model::event::Event;
use crate::model::segment::{Kind, Segment};
use crate::model::session::{Scheduling, Session};
use crate::validate::{Code, Problem, Problems};
use std::collections::{HashMap, HashSet};

/// The address of an external link: https alone, so that nobody is led to a page that others can read along.
pub(super) fn link(problems: &mut Problems, url: &str) -> String {
    let url = problems.line("url", url, 0..=*limits::LINK.end());
    let host = url.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let well_formed = host.is_some_and(|host| {
        host.contains('.') && !host.starts_with('.') && !host.contains('@') && !host.contains('\\')
    }) && !url.contains(char::is_whitespace);
    if !url.is_empty() && !well_formed {
        let message = "url must be a full address that begins with https://, like https://example.org/talk.";
        problems.push(Problem::new("url", Code::Invalid, message));
    }
    url
}

/// These, each once, and no more than so many.
pub(super) fn few<T: Eq + std::hash::Hash + Copy>(
    problems: &mut Problems,
    field: &'static str,
    list: Vec<T>,
    most: usize,
) -> Vec<T> {
    let mut seen = HashSet::new();
    let list: Vec<T> = list.into_iter().filter(|one| seen.insert(*one)).collect();
    if list.len() > most {
        let problem = Problem::new(field, Code::OutOfRange, format!("{field} has {most} entries at the most."));
        problems.push(Problem { limit: i64::try_from(most).ok(), ..problem });
    }
    list
}

/// The moment that a text means in the event's zone.
pub(super) fn moment(problems: &mut Problems, field: &'static str, text: &str, event: &Event) -> Option<Time> {
    match local_time::parse(local_time::zone(&event.time_zone), text) {
        Ok(time) => Some(time),
        Err(fault) => {
            let code = match fault {
                local_time::Fault::Twice { .. } => Code::Ambiguous,
                _ => Code::Invalid,
            };
            problems.push(Problem::new(field, code, fault.message(field)));
            None
        }
    }
}

/// Whether its time is within the event's, and it leads where its kind says.
pub(super) fn check(problems: &mut Problems, segment: &Segment, event: &Event) {
    let shown = |time: Time| local_time::show(local_time::zone(&event.time_zone), time);
    if segment.ends_at <= segment.starts_at {
        problems.push(Problem::new("endsAt", Code::Invalid, "A segment must end after it starts."));
    } else if segment.starts_at < event.starts_at || segment.ends_at > event.ends_at {
        let field = if segment.starts_at < event.starts_at { "startsAt" } else { "endsAt" };
        let message = format!(
            "The event lasts from {} to {} ({}). Choose a time within it, or change the event's first.",
            shown(event.starts_at),
            shown(event.ends_at),
            event.time_zone
        );
        problems.push(Problem::new(field, Code::OutOfRange, message));
    }
    if segment.kind == Kind::Link && segment.url.is_empty() {
        let message = "url is missing: an external link needs the address that it leads to.";
        problems.push(Problem::new("url", Code::Required, message));
    }
}

/// Refuses what a break would overlap, or a break that it would overlap (F4).
pub(super) fn check_breaks(conn: &mut Conn, segment: &Segment, event: &Event) -> Result<()> {
    match model::segment::in_the_way(conn, segment)? {
        Some(other) => Err(overlap(segment, &other, event).into()),
        None => Ok(()),
    }
}

/// That two segments cannot both stand there, since one of them is a break.
pub(super) fn overlap(segment: &Segment, other: &Segment, event: &Event) -> Problem {
    let shown = |time: Time| local_time::show(local_time::zone(&event.time_zone), time);
    let rest = if segment.kind == Kind::Break { segment } else { other };
    let message = format!(
        "\"{}\" and \"{}\" ({} to {}) would overlap, and \"{}\" is a break. Move one of them.",
        segment.name,
        other.name,
        shown(other.starts_at),
        shown(other.ends_at),
        rest.name
    );
    Problem::new("startsAt", Code::Taken, message).naming([segment.name.clone(), other.name.clone()], 2)
}

/// The speakers must be registered for the event or run it; who spoke in the segment before may stay.
pub(super) fn check_speakers(
    conn: &mut Conn,
    event: &Event,
    speakers: &[AccountId],
    before: &[AccountId],
) -> Result<()> {
    let speakers: Vec<AccountId> = speakers.iter().filter(|one| !before.contains(one)).copied().collect();
    if speakers.is_empty() {
        return Ok(());
    }
    let registered: HashMap<AccountId, _> =
        model::registration::among(conn, event.id, &speakers)?.into_iter().collect();
    let organizers = model::organization::organizer_ids(conn, event.organization_id)?;
    if speakers.iter().all(|one| registered.contains_key(one) || organizers.contains(one)) {
        return Ok(());
    }
    let message = "A speaker must be registered for this event. Add the person under People first.";
    Err(Problem::new("speakerIds", Code::NotFound, message).into())
}

/// The sessions must be this event's, and scheduled (F1); each has room for another segment. Those that it led to `before` are
/// so, and one whose deletion can be taken back still stays linked.
pub(super) fn check_sessions(
    conn: &mut Conn,
    segment: &Segment,
    sessions: &[SessionId],
    before: &[SessionId],
) -> Result<()> {
    let problem = |code, message: String| Err(Problem::new("sessionIds", code, message).into());
    if sessions.is_empty() {
        return Ok(());
    }
    if segment.kind != Kind::Sessions {
        let message = "Only a segment of the kind SESSIONS leads to sessions. Choose that kind, or remove them.";
        return problem(Code::Invalid, message.into());
    }
    let fresh: Vec<SessionId> = sessions.iter().filter(|id| !before.contains(id)).copied().collect();
    let known = model::session::by_ids(conn, segment.event_id, &fresh)?;
    if known.len() < fresh.len() {
        let message = "There is no such session in this event. Load the list of them again.";
        return problem(Code::NotFound, message.into());
    }
    if let Some(open) = known.iter().find(|session| session.scheduling == Scheduling::AlwaysOpen) {
        return problem(Code::Invalid, always_open(open));
    }
    let most = i64::try_from(limits::SEGMENTS_OF_SESSION).unwrap_or(i64::MAX);
    let full = model::segment::links::counts_of(conn, &fresh)?.into_iter().find(|(_, count)| *count >= most);
    if let Some(session) = full.and_then(|(id, _)| known.iter().find(|session| session.id == id)) {
        let message = format!("\"{}\" has {most} segments already, which is the most.", session.title);
        return Err(Problem::new("sessionIds", Code::OutOfRange, message).naming([session.title.clone()], 1).into());
    }
    Ok(())
}

/// Why such a session is not in the schedule (F1).
pub(super) fn always_open(session: &Session) -> String {
    format!("\"{}\" is always open. Make it a scheduled session first.", session.title)
}

/// Everything of one segment that is in other tables; `None` stays as it is.
#[derive(Default)]
pub(super) struct Lists {
    pub tags: Option<Vec<(TagId, String)>>,
    pub speakers: Option<Vec<AccountId>>,
    pub sessions: Option<Vec<SessionId>>,
}

impl Lists {
    /// Whether the segment has already all that is given.
    pub(super) fn are_of(&self, conn: &mut Conn, id: SegmentId) -> Result<bool> {
        let id = &[id];
        if let Some(tags) = &self.tags {
            let before = model::segment::links::tags_of(conn, id)?;
            // Those that differ only in case are one.
            let same = before.iter().map(|(_, name)| name.to_lowercase());
            if !same.eq(tags.iter().map(|(_, name)| name.to_lowercase())) {
                return Ok(false);
            }
        }
        if let Some(speakers) = &self.speakers {
            let before = model::segment::links::speakers_of(conn, id)?;
            if !before.iter().map(|(_, account)| account.id).eq(speakers.iter().copied()) {
                return Ok(false);
            }
        }
        if let Some(sessions) = &self.sessions {
            let before = model::segment::links::sessions_of(conn, id)?;
            let there = before.iter().map(|(_, session)| session).filter(|session| session.deleted_at.is_none());
            if !there.map(|session| session.id).eq(sessions.iter().copied()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes what is given.
    pub(super) fn write(&self, conn: &mut Conn, event: &Event, id: SegmentId) -> Result<()> {
        if let Some(tags) = &self.tags {
            let tags = model::tag::ensure(conn, event.id, tags)?;
            model::segment::links::replace_tags(conn, id, &tags)?;
        }
        if let Some(speakers) = &self.speakers {
            model::segment::links::replace_speakers(conn, id, speakers)?;
        }
        if let Some(sessions) = &self.sessions {
            model::segment::links::replace_sessions(conn, id, sessions)?;
        }
        Ok(())
    }
}
