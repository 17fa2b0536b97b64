//! Recordings (K): see them, make replays of them, try again, delete, start again. What media tells of them is in `heard`, their
//! files are in `file`.

pub mod file;
pub mod heard;
mod removal;

pub use removal::delete;
pub(crate) use removal::forget;

use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, RecordingChange, RecordingView, SessionView, Told, Topic};
use crate::ids::{AccountId, EventId, Id, RecordingId, SessionId};
use crate::model;
use crate::model::event::Event;
use crate::model::host_action::Action;
use crate::model::page::{Page, Slice};
use crate::model::recording::{Recording, State};
use crate::model::session::{Patch, Session, ShareAccess};
use crate::ops;
use crate::ops::host_action::Acted;
use crate::ops::list::{Listed, Total};
use crate::ops::session::Changing;
use crate::validate::{Code, Problem};
use itertools::{Either, Itertools};
use protocol::link::FromApi;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const MISSING: Error = Error::NotFound("recording");

/// The recording, if the caller may watch it; nothing otherwise.
pub async fn find(app: &App, caller: &Caller, id: RecordingId) -> Result<Option<RecordingView>> {
    let caller = caller.clone();
    let read = move |conn: &mut Conn| match seen(conn, &caller, id) {
        Ok(seen) => Ok(Some(seen.view())),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    };
    app.db.read(read).await
}

/// The recordings of the event, or of one of its sessions, the newest first, for organizers; none for others.
pub async fn list(
    app: &App,
    caller: &Caller,
    event: &Event,
    session: Option<SessionId>,
    slice: Slice<(Time, RecordingId)>,
) -> Result<Listed<RecordingView>> {
    if access::manage_recordings(caller, event).is_err() {
        return Ok(Listed::nothing());
    }
    let id = event.id;
    let read = move |conn: &mut Conn| {
        let Page { rows, has_next } = model::recording::list(conn, id, session, slice)?;
        Ok(Page { rows: views(conn, rows)?, has_next })
    };
    Ok(Listed { page: app.db.read(read).await?, total: Total::RecordingsOf(id, session) })
}

/// Bytes that the recordings of the event take, for organizers; 0 for others.
pub async fn bytes(app: &App, caller: &Caller, event: &Event) -> Result<i64> {
    if access::manage_recordings(caller, event).is_err() {
        return Ok(0);
    }
    let id = event.id;
    app.db.read(move |conn| Ok(model::recording::bytes_of_event(conn, id)?)).await
}

/// Starts recording again that has stopped by itself (K2). Nothing is done where it goes on: another host was faster.
pub async fn start(app: &App, caller: &Caller, id: SessionId) -> Result<SessionView> {
    let (account, log) = (caller.account()?.id, app.ids.next());
    let _order = app.in_order().await?;
    // Written down only where it changes something.
    let what = (None::<Action>, None, access::start_recording as fn(bool) -> Result<()>);
    let start = move |conn: &mut Conn, view: SessionView, now: Time| {
        if !view.session.record {
            return Err(Error::Conflict("Recording is switched off in this session. Organizers switch it on."));
        }
        if view.session.record_stopped.is_none() {
            return Ok(Either::Left(view));
        }
        let acted = Acted { id: log, actor: account, action: Action::StartedRecording, person: None, at: now };
        ops::host_action::write(conn, &view, acted)?;
        let record_starts = Some(view.session.record_starts + 1);
        let patch = Patch { record_stopped: Some(None), record_starts, ..Patch::default() };
        Ok(Either::Right(Changing::begin(conn, view)?.finish(conn, &patch, now)?))
    };
    Ok(match ops::screen::act_in(app, caller, id, what, start).await? {
        Either::Left(same) => same,
        // Media hears of it by the session's settings.
        Either::Right(changed) => changed.announce(app),
    })
}

/// Recording that is switched on or off has not stopped by itself any more. Sessions of attendees are not recorded (N1).
pub(crate) fn switch(session: &Session, patch: &mut Patch) -> Result<()> {
    if patch.record == Some(true) && !access::record(session) {
        let message = "A session that an attendee made is not recorded. Make one of your own.";
        return Err(Problem::new("record", Code::Invalid, message).into());
    }
    if let Some(record) = patch.record.filter(|record| *record != session.record) {
        patch.record_stopped = Some(None);
        patch.record_starts = record.then_some(session.record_starts + 1);
    }
    Ok(())
}

/// Lets attendees watch a recording, or not any more (K8).
pub async fn set_replay(app: &App, caller: &Caller, id: RecordingId, replay: bool) -> Result<RecordingView> {
    let account = caller.account()?.id;
    let log = app.ids.next();
    change(app, caller, id, move |conn, seen, now| {
        access::direct_recording(seen.host)?;
        if seen.recording.state != State::Ready {
            return Err(Error::Conflict("This recording is not ready yet. Wait until it can be played."));
        }
        if replay && seen.session.is_none() {
            return Err(Error::Conflict("The session of this recording is deleted, so attendees see no replay of it."));
        }
        if seen.recording.replay == replay {
            return Ok(None);
        }
        let action = if replay { Action::PublishedReplay } else { Action::WithdrewReplay };
        seen.write_down(conn, Acted { id: log, actor: account, action, person: None, at: now })?;
        Ok(Some(Recording { replay, ..seen.recording.clone() }))
    })
    .await
}

/// Has a block made into a file once more that failed (K5). Nothing is done where that is so already: another host was faster.
pub async fn retry(app: &App, caller: &Caller, id: RecordingId) -> Result<RecordingView> {
    let account = caller.account()?.id;
    let (rooms, log) = (app.rooms.clone(), app.ids.next());
    let view = change(app, caller, id, move |conn, seen, now| {
        access::direct_recording(seen.host)?;
        if seen.recording.state == State::Processing {
            return Ok(None);
        }
        if seen.recording.state != State::Failed {
            return Err(Error::Conflict("This recording did not fail. Load it again."));
        }
        if seen.recording.is_lost() {
            return Err(Error::Conflict("Nothing of this recording is left that it could be made of. Delete it."));
        }
        // Nobody else has what was recorded.
        if !rooms.has_node(&seen.recording.node) {
            return Err(Error::Unavailable);
        }
        let action = Action::RetriedRecording;
        seen.write_down(conn, Acted { id: log, actor: account, action, person: None, at: now })?;
        let again = Recording { state: State::Processing, percent: 0, failure: None, ..seen.recording.clone() };
        Ok(Some(again))
    })
    .await?;
    // A node that is at it already does not begin once more.
    app.rooms.send(&FromApi::RetryRecording { block: id.bare().to_owned() });
    Ok(view)
}

/// A recording as somebody sees it.
pub(crate) struct Seen {
    pub recording: Recording,
    pub event: Event,
    pub standing: Standing,
    pub host: bool,
    /// Its session, while it is not deleted.
    pub session: Option<Session>,
}

impl Seen {
    pub(crate) fn view(self) -> RecordingView {
        RecordingView { recording: Arc::new(self.recording), session_deleted: self.session.is_none() }
    }

    /// Writes down what a host did, in the transaction that does it (O2).
    fn write_down(&self, conn: &mut Conn, acted: Acted) -> Result<()> {
        let session = self.session.as_ref().map(|session| session.id);
        ops::host_action::write_of(conn, (self.event.id, session), acted)
    }
}

/// The recording as the caller sees it: hosts of its session each, others its replays; that of a session which is gone, organizers
/// alone (B8). What they do not see does not exist.
pub(crate) fn seen(conn: &mut Conn, caller: &Caller, id: RecordingId) -> Result<Seen> {
    let recording = model::recording::find(conn, id)?.ok_or(MISSING)?;
    match model::session::find(conn, recording.session_id)? {
        Some(session) => {
            let watched = ops::session::let_watch(conn, caller, &session);
            let (event, standing, claim) = watched.map_err(as_of_wrong_id)?;
            let person = caller.account.as_ref().map(|account| account.id);
            let host = person.is_some_and(|person| access::is_host(person, standing, &session, claim));
            access::watch_recording(host, recording.is_shown())?;
            Ok(Seen { recording, event, standing, host, session: Some(session) })
        }
        None => {
            let event = ops::seen_event(conn, caller, recording.event_id).map_err(as_of_wrong_id)?;
            let standing = ops::standing(conn, caller, &event)?;
            access::watch_recording(standing.organizer, false)?;
            Ok(Seen { recording, event, standing, host: standing.organizer, session: None })
        }
    }
}

fn as_of_wrong_id(error: Error) -> Error {
    match error {
        Error::NotFound(_) => MISSING,
        other => other,
    }
}

/// The same for who changes it, as they stand now. Its session is held first, as by whoever changes both.
fn held(conn: &mut Conn, caller: &Caller, now: Time, id: RecordingId) -> Result<Seen> {
    let caller = ops::account::again(conn, caller, now)?;
    caller.account()?;
    let session = model::recording::find(conn, id)?.ok_or(MISSING)?.session_id;
    model::session::lock(conn, session)?;
    model::recording::lock(conn, &[id])?;
    seen(conn, &caller, id)
}

/// Changes a recording that the caller sees, and tells of it; `work` gives it as it is from now on, or nothing where it stays.
async fn change<F>(app: &App, caller: &Caller, id: RecordingId, work: F) -> Result<RecordingView>
where
    F: FnOnce(&mut Conn, &Seen, Time) -> Result<Option<Recording>> + Send + 'static,
{
    let (caller, now) = (caller.clone(), app.clock.now());
    let _order = app.in_order().await?;
    let write = move |conn: &mut Conn| {
        let seen = held(conn, &caller, now, id)?;
        let Some(mut after) = work(conn, &seen, now)? else { return Ok((seen.view(), Vec::new())) };
        after.version += 1;
        model::recording::save(conn, &after)?;
        let changed = changes(conn, vec![Changed::now(seen.recording.is_shown(), after.clone())])?;
        Ok((Seen { recording: after, ..seen }.view(), changed))
    };
    let (view, changed) = app.db.write(write).await?;
    announce(app, changed);
    Ok(view)
}

/// These with what lists show of them.
pub(crate) fn views(conn: &mut Conn, rows: Vec<Recording>) -> Result<Vec<RecordingView>> {
    let sessions: Vec<SessionId> = rows.iter().map(|row| row.session_id).unique().collect();
    let there: HashSet<SessionId> = model::session::there_among(conn, &sessions)?.into_iter().collect();
    let view =
        |row: Recording| RecordingView { session_deleted: !there.contains(&row.session_id), recording: Arc::new(row) };
    Ok(rows.into_iter().map(view).collect())
}

/// A row that was written, deleted ones included.
struct Changed {
    /// Whether it was a replay before.
    shown_before: bool,
    /// It goes on and is longer, as every second: who is no organizer need not hear of that.
    grows: bool,
    after: Recording,
}

impl Changed {
    fn now(shown_before: bool, after: Recording) -> Self {
        Self { shown_before, grows: false, after }
    }
}

/// Who hears of the recordings of a session, organizers apart.
#[derive(Clone)]
struct Hearers {
    audience: Audience,
    hosts: Arc<HashSet<AccountId>>,
}

impl Hearers {
    fn none() -> Self {
        Self { audience: Audience::organizers(), hosts: Arc::default() }
    }

    /// Nobody, where the session is gone.
    fn of(conn: &mut Conn, session: SessionId) -> Result<Self> {
        let Some((view, reach)) = ops::session::unchecked(conn, session)? else { return Ok(Self::none()) };
        let moderated = view.session.share_access == ShareAccess::Moderated;
        let moderators = if moderated { model::moderator::accounts_of(conn, session)? } else { Vec::new() };
        Ok(Self { audience: reach.audience, hosts: Arc::new(moderators.into_iter().collect()) })
    }
}

/// Changes of one event, to be told.
type Changes = (EventId, Vec<Arc<RecordingChange>>);

/// What is to be told of these. Who else hears of a session's is read only where that matters.
fn changes(conn: &mut Conn, changed: Vec<Changed>) -> Result<Vec<Changes>> {
    let (how, rows): (Vec<(bool, bool)>, Vec<Recording>) =
        changed.into_iter().map(|Changed { shown_before, grows, after }| ((shown_before, grows), after)).unzip();
    let mut hearers: HashMap<SessionId, Hearers> = HashMap::new();
    let mut told: Vec<(EventId, Arc<RecordingChange>)> = Vec::with_capacity(rows.len());
    for (view, (shown_before, grows)) in views(conn, rows)?.into_iter().zip(how) {
        let recording = &view.recording;
        let (id, event, session) = (recording.id, recording.event_id, recording.session_id);
        let Hearers { audience, hosts } = match hearers.get(&session) {
            _ if grows => Hearers::none(),
            Some(known) => known.clone(),
            None => {
                let read = Hearers::of(conn, session)?;
                hearers.insert(session, read.clone());
                read
            }
        };
        let after = (recording.deleted_at.is_none()).then_some(view);
        let change = RecordingChange { id, after, shown_before, audience, hosts, told: Told::default() };
        told.push((event, Arc::new(change)));
    }
    Ok(told.into_iter().into_group_map().into_iter().collect())
}

/// Tells of changed recordings.
fn announce(app: &App, changed: Vec<Changes>) {
    for (event, changes) in changed {
        app.feed.publish(Topic::Recordings(event), Change::Recordings(changes.into()));
    }
}

/// Their session was deleted, or is back: those who see its recordings still see that.
pub(crate) fn of_sessions_again(conn: &mut Conn, sessions: &[SessionId]) -> Result<Vec<Changes>> {
    let rows = model::recording::of_sessions(conn, sessions, model::recording::Which::All)?;
    let again = |after: Recording| Changed::now(after.is_shown(), after);
    changes(conn, rows.into_iter().map(again).collect())
}

/// Tells what [`of_sessions_again`] gave.
pub(crate) fn tell_again(app: &App, changed: Vec<Changes>) {
    announce(app, changed);
}

/// What media calls a recording.
fn block(id: RecordingId) -> String {
    id.bare().to_owned()
}

/// The recording that media calls so.
fn recording(block: &str) -> Option<RecordingId> {
    RecordingId::parse(&format!("{}:{block}", RecordingId::PREFIX))
}
