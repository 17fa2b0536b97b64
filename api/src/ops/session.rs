//! Sessions: make, change, delete, find.

use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, SessionChange, SessionView, Topic};
use crate::ids::{EventId, SessionId, TagId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::session::{DisplaySize, Patch, Scheduling, Session, ShareAccess, Viewer, WatchAccess};
use crate::validate::{Code, Problem, Problems};
use std::collections::HashSet;
use std::sync::Arc;

pub struct NewSession {
    pub event: EventId,
    pub title: String,
    pub description: String,
    pub tags: Vec<String>,
    pub display_size: DisplaySize,
    pub priority: i32,
    pub watch_access: WatchAccess,
    pub share_access: ShareAccess,
    pub max_participants: i32,
    pub scheduling: Scheduling,
}

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct SessionPatch {
    pub title: Option<String>,
    pub description: Option<String>,
    pub tags: Option<Vec<String>>,
    pub display_size: Option<DisplaySize>,
    pub priority: Option<i32>,
    pub watch_access: Option<WatchAccess>,
    pub share_access: Option<ShareAccess>,
    pub max_participants: Option<i32>,
}

/// The session, if the caller may watch it; nothing otherwise.
pub async fn find(app: &App, caller: &Caller, id: SessionId) -> Result<Option<SessionView>> {
    let caller = caller.clone();
    app.db
        .read(move |conn| match watched(conn, &caller, id) {
            Ok((view, _)) => Ok(Some(view)),
            Err(Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await
}

/// What the caller finds among an event's sessions; nobody who is neither registered nor organizer finds any.
pub fn viewer(caller: &Caller, standing: Standing) -> Option<Viewer> {
    match &caller.account {
        Some(_) if standing.organizer => Some(Viewer::Organizer),
        Some(account) if standing.registered => Some(Viewer::Attendee(account.id)),
        _ => None,
    }
}

pub async fn create(app: &App, caller: &Caller, input: NewSession) -> Result<SessionView> {
    let now = app.clock.now();
    let mut problems = Problems::default();
    let session = Session {
        id: app.ids.next(),
        event_id: input.event,
        title: problems.line("title", &input.title, limits::TITLE),
        description: problems.text("description", &input.description, limits::DESCRIPTION),
        display_size: input.display_size,
        priority: input.priority,
        watch_access: input.watch_access,
        share_access: input.share_access,
        max_participants: input.max_participants,
        scheduling: input.scheduling,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    problems.number("priority", session.priority, limits::PRIORITY);
    problems.number("maxParticipants", session.max_participants, limits::MAX_PARTICIPANTS);
    let tags = tags(app, &mut problems, &input.tags);
    problems.finish()?;
    let caller = caller.clone();
    let view = app
        .db
        .write(move |conn| {
            let event = super::managed_event(conn, &caller, session.event_id)?;
            model::session::insert(conn, &session)?;
            model::tag::replace(conn, event.id, session.id, &tags)?;
            view(conn, session, Arc::new(event))
        })
        .await?;
    announce(app, Some(view.clone()), view.session.id, view.event.id, Audience::Nobody);
    Ok(view)
}

pub async fn update(app: &App, caller: &Caller, id: SessionId, input: SessionPatch) -> Result<SessionView> {
    let mut problems = Problems::default();
    let patch = Patch {
        title: input.title.map(|title| problems.line("title", &title, limits::TITLE)),
        description: input.description.map(|text| problems.text("description", &text, limits::DESCRIPTION)),
        display_size: input.display_size,
        priority: input.priority,
        watch_access: input.watch_access,
        share_access: input.share_access,
        max_participants: input.max_participants,
    };
    if let Some(priority) = patch.priority {
        problems.number("priority", priority, limits::PRIORITY);
    }
    if let Some(max) = patch.max_participants {
        problems.number("maxParticipants", max, limits::MAX_PARTICIPANTS);
    }
    let tags = input.tags.map(|names| tags(app, &mut problems, &names));
    problems.finish()?;
    change(app, caller, id, move |conn, session| {
        if let Some(tags) = &tags {
            model::tag::replace(conn, session.event_id, id, tags)?;
        }
        Ok(patch)
    })
    .await
}

/// Deletes the session and closes its room for everybody inside.
pub async fn delete(app: &App, caller: &Caller, id: SessionId) -> Result<Arc<Event>> {
    let caller = caller.clone();
    let before = app
        .db
        .write(move |conn| {
            let before = managed(conn, &caller, id)?;
            model::session::delete(conn, id)?;
            Ok(before)
        })
        .await?;
    announce(app, None, id, before.event.id, before.audience);
    Ok(before.event)
}

/// Changes a session that the caller manages: `patch` may write more in the same transaction.
pub(crate) async fn change<F>(app: &App, caller: &Caller, id: SessionId, patch: F) -> Result<SessionView>
where
    F: FnOnce(&mut Conn, &Session) -> Result<Patch> + Send + 'static,
{
    let now = app.clock.now();
    let caller = caller.clone();
    let (before, after) = app
        .db
        .write(move |conn| {
            let before = managed(conn, &caller, id)?;
            let patch = patch(conn, &before.session)?;
            model::session::update(conn, id, &patch, now)?;
            let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
            let after = view(conn, session, Arc::clone(&before.event))?;
            Ok((before, after))
        })
        .await?;
    announce(app, Some(after.clone()), id, after.event.id, before.audience);
    Ok(after)
}

/// The session as the caller sees it, with what they are in its event.
pub(crate) fn watched(conn: &mut Conn, caller: &Caller, id: SessionId) -> Result<(SessionView, Standing)> {
    let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
    let event = super::seen_event(conn, caller, session.event_id).map_err(|_event| Error::NotFound("session"))?;
    let standing = super::standing(conn, caller, &event)?;
    let invited = match &caller.account {
        Some(account) => model::invitation::is_invited(conn, id, account.id)?,
        None => false,
    };
    access::watch(standing, &session, invited)?;
    Ok((view(conn, session, Arc::new(event))?, standing))
}

/// The session, if the caller may change it. For who cannot even see it, it does not exist.
fn managed(conn: &mut Conn, caller: &Caller, id: SessionId) -> Result<SessionView> {
    caller.account()?;
    let (view, _standing) = watched(conn, caller, id)?;
    access::manage_event(caller, &view.event)?;
    Ok(view)
}

/// Adds what belongs to the row.
pub(crate) fn view(conn: &mut Conn, session: Session, event: Arc<Event>) -> Result<SessionView> {
    let names = model::tag::of_sessions(conn, &[session.id])?;
    let (audience, insiders) = match session.watch_access {
        WatchAccess::Anyone => (Audience::of(&session, []), None),
        WatchAccess::Private => {
            let invited = model::invitation::accounts_of(conn, session.id)?;
            let organizers = model::organization::organizer_ids(conn, event.organization_id)?;
            let insiders = invited.iter().chain(&organizers).copied().collect();
            (Audience::of(&session, invited), Some(insiders))
        }
    };
    let tags = names.into_iter().map(|(_, name)| name).collect();
    Ok(SessionView { session: Arc::new(session), event, tags, audience, insiders })
}

fn announce(app: &App, after: Option<SessionView>, id: SessionId, event: EventId, seen_before: Audience) {
    super::room::session_changed(app, id, after.as_ref());
    let change = SessionChange { id, after, seen_before };
    app.feed.publish(Topic::Event(event), Change::Session(Arc::new(change)));
}

/// Checks tags; names that differ only in case are one.
fn tags(app: &App, problems: &mut Problems, names: &[String]) -> Vec<(TagId, String)> {
    if names.len() > limits::TAGS_OF_SESSION {
        let message = format!("A session has {} tags at the most.", limits::TAGS_OF_SESSION);
        problems.push(Problem::new("tags", Code::OutOfRange, message));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut checked = Vec::new();
    for name in names {
        let name = problems.line("tags", name, limits::TAG);
        if seen.insert(name.to_lowercase()) {
            checked.push((app.ids.next(), name));
        }
    }
    checked
}
