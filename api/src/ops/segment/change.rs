//! Segments: make, change, publish, delete (F4).

use super::draft::{self, Lists};
use super::{Around, MISSING, announce, of_ids, resort, seen};
use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{SegmentChange, SegmentView};
use crate::ids::{AccountId, EventId, SegmentId, SessionId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::segment::{Kind, Patch, Segment};
use crate::ops;
use crate::validate::{Code, Problem, Problems};
use std::sync::Arc;

pub struct NewSegment {
    pub event: EventId,
    pub name: String,
    pub description: String,
    pub kind: Kind,
    pub url: String,
    /// A time of day in the event's zone, or a moment with its offset.
    pub starts_at: String,
    pub ends_at: String,
    pub tags: Vec<String>,
    pub speakers: Vec<AccountId>,
    pub sessions: Vec<SessionId>,
    pub published: bool,
}

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct SegmentPatch {
    /// The version that the change was made for.
    pub version: Option<i64>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub kind: Option<Kind>,
    pub url: Option<String>,
    pub starts_at: Option<String>,
    pub ends_at: Option<String>,
    pub tags: Option<Vec<String>>,
    pub speakers: Option<Vec<AccountId>>,
    pub sessions: Option<Vec<SessionId>>,
    pub published: Option<bool>,
}

/// What was written, and what has to be told of it.
struct Written {
    event: Arc<Event>,
    segments: Vec<SegmentChange>,
    /// Sessions whose windows may be others now.
    sessions: Vec<SessionId>,
}

/// A segment as it is typed in, its texts checked.
struct Typed {
    name: Option<String>,
    description: Option<String>,
    kind: Option<Kind>,
    url: Option<String>,
    starts_at: Option<String>,
    ends_at: Option<String>,
    published: Option<bool>,
    lists: Lists,
}

pub async fn create(app: &App, caller: &Caller, input: NewSegment) -> Result<SegmentView> {
    caller.account()?;
    let (asking, now, id, event) = (caller.clone(), app.clock.now(), app.ids.next(), input.event);
    let mut problems = Problems::default();
    let typed = typed(app, &mut problems, input.into());
    let write = move |conn: &mut Conn| {
        let event = locked(conn, &asking, now, event)?;
        let segment = typed.applied(problems, &blank(id, &event, now), &event)?;
        room_for(conn, event.id, 1)?;
        typed.check(conn, &segment, &[], &event)?;
        model::segment::insert(conn, &segment)?;
        typed.lists.write(conn, &event, id)?;
        let sessions = typed.lists.sessions.unwrap_or_default();
        resort(conn, event.id, &sessions)?;
        let event = Arc::new(event);
        Ok(Written { segments: super::made(conn, &[id], &event)?, event, sessions })
    };
    written(app, write).await
}

pub async fn update(app: &App, caller: &Caller, id: SegmentId, input: SegmentPatch) -> Result<SegmentView> {
    caller.account()?;
    let (asking, now, version) = (caller.clone(), app.clock.now(), input.version);
    let mut problems = Problems::default();
    let typed = typed(app, &mut problems, input);
    let write = move |conn: &mut Conn| {
        let (before, event) = managed(conn, &asking, now, id)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::Conflict("Somebody else has changed this segment meanwhile. Look at it again first."));
        }
        let (was, mut sessions) = read_before(conn, id, &event)?;
        let after = typed.applied(problems, &before, &event)?;
        typed.check(conn, &after, &sessions, &event)?;
        // Its version stays for who edits it: there is nothing that they would have to look at.
        if after == before && typed.lists.are_of(conn, id)? {
            return Ok(Written { segments: was.changes(conn, &event)?, event, sessions: Vec::new() });
        }
        model::segment::update(conn, id, &patch(after), now)?;
        typed.lists.write(conn, &event, id)?;
        sessions.extend(typed.lists.sessions.iter().flatten());
        sessions.sort_unstable();
        sessions.dedup();
        resort(conn, event.id, &sessions)?;
        Ok(Written { segments: was.changes(conn, &event)?, event, sessions })
    };
    written(app, write).await
}

impl From<NewSegment> for SegmentPatch {
    fn from(new: NewSegment) -> Self {
        Self {
            version: None,
            name: Some(new.name),
            description: Some(new.description),
            kind: Some(new.kind),
            url: Some(new.url),
            starts_at: Some(new.starts_at),
            ends_at: Some(new.ends_at),
            tags: Some(new.tags),
            speakers: Some(new.speakers),
            sessions: Some(new.sessions),
            published: Some(new.published),
        }
    }
}

/// Checks what can be checked without the event.
fn typed(app: &App, problems: &mut Problems, input: SegmentPatch) -> Typed {
    Typed {
        name: input.name.map(|name| problems.line("name", &name, limits::SEGMENT_NAME)),
        description: input.description.map(|text| problems.text("description", &text, limits::SEGMENT_DESCRIPTION)),
        url: input.url.map(|url| draft::link(problems, &url)),
        lists: Lists {
            tags: input.tags.map(|names| ops::tag::checked(app, problems, "segment", &names)),
            speakers: input.speakers.map(|list| draft::few(problems, "speakerIds", list, limits::SPEAKERS_OF_SEGMENT)),
            sessions: input.sessions.map(|list| draft::few(problems, "sessionIds", list, limits::SESSIONS_OF_SEGMENT)),
        },
        kind: input.kind,
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        published: input.published,
    }
}

/// What a new segment begins with.
fn blank(id: SegmentId, event: &Event, now: Time) -> Segment {
    Segment {
        id,
        event_id: event.id,
        name: String::new(),
        description: String::new(),
        kind: Kind::Sessions,
        url: String::new(),
        starts_at: event.starts_at,
        ends_at: event.starts_at,
        opens_at: event.starts_at,
        closes_at: event.starts_at,
        published: false,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

impl Typed {
    /// The segment as it is wanted, if its texts and times are right.
    fn applied(&self, mut problems: Problems, before: &Segment, event: &Event) -> Result<Segment> {
        let mut after = before.clone();
        after.name = self.name.clone().unwrap_or(after.name);
        after.description = self.description.clone().unwrap_or(after.description);
        after.kind = self.kind.unwrap_or(after.kind);
        after.url = self.url.clone().unwrap_or(after.url);
        if after.kind != Kind::Link {
            after.url.clear();
        }
        after.published = self.published.unwrap_or(after.published);
        let mut time = |field, text: &Option<String>, before| match text {
            Some(text) => draft::moment(&mut problems, field, text, event),
            None => Some(before),
        };
        let starts_at = time("startsAt", &self.starts_at, before.starts_at);
        let ends_at = time("endsAt", &self.ends_at, before.ends_at);
        if let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at) {
            let window = Segment::window(starts_at, ends_at, event);
            (after.starts_at, after.ends_at) = (starts_at, ends_at);
            (after.opens_at, after.closes_at) = (window.opens_at, window.closes_at);
            draft::check(&mut problems, &after, event);
        }
        problems.finish()?;
        Ok(after)
    }

    /// Whether the segment, which led to `before`, has room in the schedule, and leads to what there is.
    fn check(&self, conn: &mut Conn, after: &Segment, before: &[SessionId], event: &Event) -> Result<()> {
        draft::check_breaks(conn, after, event)?;
        if let Some(speakers) = &self.lists.speakers {
            let before = model::segment::links::speaker_ids_of(conn, after.id)?;
            draft::check_speakers(conn, event, speakers, &before)?;
        }
        draft::check_sessions(conn, after, self.lists.sessions.as_deref().unwrap_or(before), before)
    }
}

/// Deletes a segment. The sessions that it led to stay, and are shown as their other segments say.
pub async fn delete(app: &App, caller: &Caller, id: SegmentId) -> Result<Arc<Event>> {
    caller.account()?;
    let (asking, now) = (caller.clone(), app.clock.now());
    let write = move |conn: &mut Conn| {
        let (_, event) = managed(conn, &asking, now, id)?;
        let (was, sessions) = read_before(conn, id, &event)?;
        model::segment::delete(conn, id)?;
        resort(conn, event.id, &sessions)?;
        Ok(Written { segments: was.changes(conn, &event)?, event, sessions })
    };
    tell(app, write).await.map(|(event, _)| event)
}

/// Publishes segments of an event, all unless some are named, or makes them drafts; gives how many it changed.
pub async fn publish(
    app: &App,
    caller: &Caller,
    id: EventId,
    which: Option<Vec<SegmentId>>,
    published: bool,
) -> Result<(Arc<Event>, usize)> {
    caller.account()?;
    if which.as_ref().is_some_and(|which| which.len() > limits::SEGMENTS_AT_ONCE) {
        let message = format!("segmentIds has {} entries at the most.", limits::SEGMENTS_AT_ONCE);
        return Err(Problem::new("segmentIds", Code::OutOfRange, message).into());
    }
    let (asking, now) = (caller.clone(), app.clock.now());
    let write = move |conn: &mut Conn| {
        let event = Arc::new(locked(conn, &asking, now, id)?);
        if let Some(which) = &which {
            let known = model::segment::by_ids(conn, which)?;
            if which.iter().any(|id| !known.iter().any(|row| row.id == *id && row.event_id == event.id)) {
                return Err(MISSING);
            }
        }
        let others = model::segment::publishable(conn, id, which.as_deref(), published)?;
        let was = of_ids(conn, &others, &event)?;
        model::segment::set_published(conn, &others, published, now)?;
        let sessions = model::segment::links::session_ids_of(conn, &others)?;
        Ok(Written { segments: was.changes(conn, &event)?, event, sessions })
    };
    tell(app, write).await
}

/// Whether the event may have so many more.
pub(super) fn room_for(conn: &mut Conn, event: EventId, more: usize) -> Result<()> {
    let count = usize::try_from(model::segment::count(conn, event)?).unwrap_or(usize::MAX);
    if count.saturating_add(more) <= limits::SEGMENTS_OF_EVENT {
        return Ok(());
    }
    let message = format!("An event has {} segments at the most. Delete some first.", limits::SEGMENTS_OF_EVENT);
    Err(Problem::new("eventId", Code::OutOfRange, message).into())
}

/// The event, if the caller may manage it, held against other changes of its schedule: of two that would not both fit, the
/// second one sees the first.
pub(super) fn locked(conn: &mut Conn, caller: &Caller, now: Time, id: EventId) -> Result<Event> {
    model::event::lock(conn, id)?;
    ops::managed_event(conn, caller, now, id)
}

/// The segment, if the caller may change it. For who does not even see it, it does not exist.
fn managed(conn: &mut Conn, caller: &Caller, now: Time, id: SegmentId) -> Result<(Segment, Arc<Event>)> {
    let event = model::segment::event_of(conn, id)?.ok_or(MISSING)?;
    model::event::lock(conn, event)?;
    let caller = &ops::account::again(conn, caller, now)?;
    caller.account()?;
    let (segment, event, _) = seen(conn, caller, now, id)?;
    access::manage_event(caller, &event)?;
    Ok((segment, Arc::new(event)))
}

/// The segment and its sessions, before they change.
fn read_before(conn: &mut Conn, id: SegmentId, event: &Arc<Event>) -> Result<(Around, Vec<SessionId>)> {
    Ok((of_ids(conn, &[id], event)?, model::segment::links::session_ids_of(conn, &[id])?))
}

/// All of a segment's own fields.
fn patch(after: Segment) -> Patch {
    Patch {
        name: Some(after.name),
        description: Some(after.description),
        kind: Some(after.kind),
        url: Some(after.url),
        starts_at: Some(after.starts_at),
        ends_at: Some(after.ends_at),
        opens_at: Some(after.opens_at),
        closes_at: Some(after.closes_at),
        published: Some(after.published),
    }
}

/// Writes, tells, and gives the one segment that was written.
async fn written<F>(app: &App, write: F) -> Result<SegmentView>
where
    F: FnOnce(&mut Conn) -> Result<Written> + Send + 'static,
{
    let (told, view) = tokio::sync::oneshot::channel();
    let write = move |conn: &mut Conn| {
        let written = write(conn)?;
        let view = written.segments.first().and_then(|change| change.after.clone());
        // Nobody waits for it when the request was given up.
        let _ = told.send(view.ok_or(MISSING)?);
        Ok(written)
    };
    tell(app, write).await?;
    view.await.map_err(|_gone| Error::Internal)
}

/// Writes in one transaction, then tells of the segments, and of the sessions whose windows they move (F5); gives the event
/// and how many segments were changed.
async fn tell<F>(app: &App, write: F) -> Result<(Arc<Event>, usize)>
where
    F: FnOnce(&mut Conn) -> Result<Written> + Send + 'static,
{
    let _order = app.in_order().await?;
    let Written { event, segments, sessions } = app.db.write(write).await?;
    let changed = segments.len();
    announce(app, event.id, segments);
    ops::session::tell_again(app, &event, sessions).await?;
    Ok((event, changed))
}
