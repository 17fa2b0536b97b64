//! Sessions: make, change, delete, find.

pub mod copy;
pub mod import;
pub mod many;
pub mod order;
pub mod own;
mod reach;
pub mod removal;
mod schedule;
mod stage;
pub(crate) mod visibility;

pub(crate) use reach::{finders, reach};
pub(crate) use schedule::{named, tell_again};

use crate::access::{self, Caller, Claim, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, Reach, SessionChange, SessionView, Told, Topic};
use crate::ids::{AccountId, EventId, HostActionId, Id, PictureId, SessionId, TicketTypeId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::host_action::Action;
use crate::model::page::Slice;
use crate::model::session::{
    After, Attendee, DisplaySize, Patch, Scheduling, Session, ShareAccess, Viewer, Wanted, WatchAccess,
};
use crate::ops::host_action::Acted;
use crate::ops::list::{Listed, Total};
use crate::ops::room::{Whose, sharing_changed, tell_sharing};
use crate::rich_text::{self, RichText};
use crate::sort_key;
use crate::validate::{Code, Problem, Problems};
use stage::Stage;
use std::sync::Arc;

pub struct NewSession {
    pub event: EventId,
    pub title: String,
    pub description: String,
    /// HTML as somebody wrote it (B2).
    pub additional_information: String,
    pub tags: Vec<String>,
    pub display_size: DisplaySize,
    pub priority: i32,
    pub watch_access: WatchAccess,
    pub share_access: ShareAccess,
    pub max_participants: i32,
    /// Whether a YouTube video may be shared (J1).
    pub youtube_sharing: bool,
    /// Whether it is recorded (K1).
    pub record: bool,
    pub scheduling: Scheduling,
    pub tickets: Vec<TicketTypeId>,
    /// Its cover, and what it says to who does not see it (B3).
    pub picture: Option<PictureId>,
    pub picture_alt: String,
}

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct SessionPatch {
    /// The version that the change was made for.
    pub version: Option<i64>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub additional_information: Option<String>,
    pub tags: Option<Vec<String>>,
    pub display_size: Option<DisplaySize>,
    pub priority: Option<i32>,
    pub watch_access: Option<WatchAccess>,
    pub share_access: Option<ShareAccess>,
    pub max_participants: Option<i32>,
    pub youtube_sharing: Option<bool>,
    pub record: Option<bool>,
    pub scheduling: Option<Scheduling>,
    pub tickets: Option<Vec<TicketTypeId>>,
    /// `Some(None)` takes it away.
    pub picture: Option<Option<PictureId>>,
    pub picture_alt: Option<String>,
    /// Whether it may be taken off the schedule to become always open (F3).
    pub unlink_segments: bool,
    /// Whether those on screen are invited when sharing becomes by invitation only (D9).
    pub invite_on_screen: bool,
}

/// The session, if the caller may watch it; nothing otherwise.
pub async fn find(app: &App, caller: &Caller, id: SessionId) -> Result<Option<SessionView>> {
    let caller = caller.clone();
    app.db
        .read(move |conn| match watched(conn, &caller, id) {
            Ok(watched) => Ok(Some(watched.view)),
            Err(Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await
}

/// The event's sessions that the caller finds, by priority, then title; none for who may not be in the venue.
pub async fn list(
    app: &App,
    caller: &Caller,
    event: &Event,
    standing: Standing,
    wanted: Wanted,
    slice: Slice<After>,
) -> Result<Listed<Session>> {
    let Some(viewer) = viewer(app, caller, event, standing) else { return Ok(Listed::nothing()) };
    let (id, of_page) = (event.id, wanted.clone());
    let read = move |conn: &mut Conn| Ok(model::session::list(conn, id, viewer, &of_page, slice)?);
    Ok(Listed { page: app.db.read(read).await?, total: Total::SessionsOf(id, viewer, wanted) })
}

/// The names of the tags of the sessions that the caller finds, those with `search` in them, in order (B4).
pub async fn tags_in_use(
    app: &App,
    caller: &Caller,
    event: &Event,
    standing: Standing,
    search: Option<String>,
) -> Result<Vec<String>> {
    let Some(viewer) = viewer(app, caller, event, standing) else { return Ok(Vec::new()) };
    let id = event.id;
    app.db.read(move |conn| Ok(model::tag::of_event(conn, id, viewer, search.as_deref())?)).await
}

/// Whose view of the event's sessions the caller has; nobody's who may not be in the venue.
pub(crate) fn viewer(app: &App, caller: &Caller, event: &Event, standing: Standing) -> Option<Viewer> {
    viewer_at(caller, event, standing, app.clock.now())
}

/// The same at this moment.
pub(crate) fn viewer_at(caller: &Caller, event: &Event, standing: Standing, now: Time) -> Option<Viewer> {
    access::be_in_venue(caller, event, standing).ok()?;
    if standing.organizer {
        return Some(Viewer::Organizer);
    }
    let account = caller.account().ok()?.id;
    Some(Viewer::Attendee(Attendee { account, ticket: standing.ticket?, now }))
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
        youtube_sharing: input.youtube_sharing,
        record: input.record,
        record_stopped: None,
        record_starts: i64::from(input.record),
        scheduling: input.scheduling,
        sort_key: sort_key::natural(None, &input.title),
        dragged: false,
        link_token: app.ids.secret(),
        deleted_at: None,
        creator_id: None,
        picture_id: input.picture,
        picture_alt: problems.line("pictureAlt", &input.picture_alt, limits::PICTURE_ALT),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let information = rich_text::clean(&mut problems, "additionalInformation", &input.additional_information);
    problems.number("priority", session.priority, limits::PRIORITY);
    problems.number("maxParticipants", session.max_participants, limits::MAX_PARTICIPANTS);
    let tags = super::tag::checked(app, &mut problems, "session", &input.tags);
    let tickets = chosen_tickets(&mut problems, input.tickets);
    problems.finish()?;
    caller.account()?;
    let caller = caller.clone();
    let _order = app.in_order().await?;
    let (view, reach) = app
        .db
        .write(move |conn| {
            let event = super::managed_event(conn, &caller, now, session.event_id)?;
            super::picture::used_by_event(conn, event.id, "pictureId", session.picture_id.as_slice())?;
            own_pictures(conn, event.id, &information)?;
            model::session::insert(conn, &session, &information.html)?;
            model::tag::replace(conn, event.id, session.id, &tags)?;
            set_tickets(conn, &session, session.watch_access, Some(&tickets))?;
            let view = view(conn, session, Arc::new(event))?;
            let reach = reach(conn, &view)?;
            Ok((view, reach))
        })
        .await?;
    let change = SessionChange {
        id: view.session.id,
        version: view.session.version,
        after: Some((view.clone(), reach)),
        seen_before: Audience::Nobody,
        told: Told::default(),
    };
    announce(app, view.event.id, change);
    Ok(view)
}

pub async fn update(app: &App, caller: &Caller, id: SessionId, input: SessionPatch) -> Result<SessionView> {
    let mut problems = Problems::default();
    let information =
        input.additional_information.map(|html| rich_text::clean(&mut problems, "additionalInformation", &html));
    let patch = Patch {
        title: input.title.map(|title| problems.line("title", &title, limits::TITLE)),
        description: input.description.map(|text| problems.text("description", &text, limits::DESCRIPTION)),
        display_size: input.display_size,
        priority: input.priority,
        watch_access: input.watch_access,
        share_access: input.share_access,
        max_participants: input.max_participants,
        youtube_sharing: input.youtube_sharing,
        record: input.record,
        scheduling: input.scheduling,
        additional_information: information.as_ref().map(|information| information.html.clone()),
        picture_id: input.picture,
        picture_alt: input.picture_alt.map(|text| problems.line("pictureAlt", &text, limits::PICTURE_ALT)),
        ..Patch::default()
    };
    if let Some(priority) = patch.priority {
        problems.number("priority", priority, limits::PRIORITY);
    }
    if let Some(max) = patch.max_participants {
        problems.number("maxParticipants", max, limits::MAX_PARTICIPANTS);
    }
    let tags = input.tags.map(|names| super::tag::checked(app, &mut problems, "session", &names));
    let tickets = input.tickets.map(|tickets| chosen_tickets(&mut problems, tickets));
    problems.finish()?;
    let sharing = patch.share_access.is_some();
    let (now, unlink, version) = (app.clock.now(), input.unlink_segments, input.version);
    let stage = Stage::new(app, input.invite_on_screen);
    let (actor, log) = (caller.account()?.id, fresh_log(app));
    // As segments do: of one that links the session and one that makes it always open, the second sees the first (F1).
    let first = if patch.scheduling.is_some() { schedule::lock } else { |_: &mut Conn, _| Ok(()) };
    let view = change_after(app, caller, id, first, move |conn, session| {
        if version.is_some_and(|version| version != session.version) {
            return Err(Error::Conflict("Somebody else has changed this session meanwhile. Look at it again first."));
        }
        let unlinked = schedule::convert(conn, session, patch.scheduling, unlink, now)?;
        if let Some(mode) = patch.share_access {
            stage.carry_over(conn, session, mode, now)?;
        }
        write_down(conn, session, &patch, (actor, log, now))?;
        if patch.watch_access.is_some() || tickets.is_some() {
            let access = patch.watch_access.unwrap_or(session.watch_access);
            set_tickets(conn, session, access, tickets.as_deref())?;
        }
        if let Some(tags) = &tags {
            model::tag::replace(conn, session.event_id, id, tags)?;
        }
        if let Some(information) = &information {
            let pictures = own_pictures(conn, session.event_id, information)?;
            model::picture::replace_in_text(conn, id, &pictures)?;
        }
        if let Some(picture) = &patch.picture_id {
            super::picture::used_by_event(conn, session.event_id, "pictureId", picture.as_slice())?;
        }
        let mut patch = patch;
        super::recording::switch(session, &mut patch)?;
        if !session.dragged && (patch.title.is_some() || unlinked) {
            let title = patch.title.as_ref().unwrap_or(&session.title);
            patch.sort_key = Some(sort_key::natural(model::segment::first_start(conn, id)?, title));
        }
        Ok(patch)
    })
    .await?;
    if sharing {
        sharing_changed(app, id, Whose::Everybodys).await?;
    }
    Ok(view)
}

/// What of a session is written down when organizers set it.
type Log = [HostActionId; 3];

fn fresh_log(app: &App) -> Log {
    std::array::from_fn(|_| app.ids.next())
}

/// Writes down that others can share from now on, or more people or fewer, or that it is recorded or not any more (O2); nothing
/// where that stays as it was.
fn write_down(
    conn: &mut Conn,
    before: &Session,
    patch: &Patch,
    (actor, log, at): (AccountId, Log, Time),
) -> Result<()> {
    let sharing = patch.share_access.is_some_and(|mode| mode != before.share_access);
    let capacity = patch.max_participants.is_some_and(|max| max != before.max_participants);
    let recording = patch.record.filter(|record| *record != before.record);
    let switched = if recording == Some(true) { Action::SwitchedRecordingOn } else { Action::SwitchedRecordingOff };
    let acts =
        [(sharing, Action::ChangedSharing), (capacity, Action::ChangedCapacity), (recording.is_some(), switched)];
    for (id, (_, action)) in log.into_iter().zip(acts).filter(|(_, (changes, _))| *changes) {
        let acted = Acted { id, actor, action, person: None, at };
        super::host_action::write_in(conn, (before.event_id, before.id), acted)?;
    }
    Ok(())
}

/// The ticket types of an input, each once.
fn chosen_tickets(problems: &mut Problems, mut tickets: Vec<TicketTypeId>) -> Vec<TicketTypeId> {
    tickets.sort_unstable();
    tickets.dedup();
    if tickets.len() > limits::TICKETS_OF_SESSION {
        let message = format!("A session is for {} ticket types at the most.", limits::TICKETS_OF_SESSION);
        problems.push(Problem::new("ticketTypeIds", Code::OutOfRange, message));
    }
    tickets
}

/// Makes these the session's ticket types, if any are given: they must be of its event, and there must be one at least
/// where it is for ticket holders, since nobody would find it otherwise (C3).
fn set_tickets(
    conn: &mut Conn,
    session: &Session,
    access: WatchAccess,
    tickets: Option<&[TicketTypeId]>,
) -> Result<()> {
    let problem = |code, message| Err(Error::from(Problem::new("ticketTypeIds", code, message)));
    if let Some(tickets) = tickets {
        let known = model::ticket_type::of_event(conn, session.event_id)?;
        if tickets.iter().any(|ticket| known.iter().all(|known| known.id != *ticket)) {
            return problem(Code::NotFound, "There is no such ticket type in this event. Load the list of them again.");
        }
        model::ticket_type::replace(conn, session.id, tickets)?;
    }
    if access == WatchAccess::Tickets && model::ticket_type::of_session(conn, session.id)?.is_empty() {
        return problem(Code::Required, "Choose at least one ticket type, or another answer to who can watch.");
    }
    Ok(())
}

/// Changes a session that the caller manages: `patch` may write more in the same transaction.
pub(crate) async fn change<F>(app: &App, caller: &Caller, id: SessionId, patch: F) -> Result<SessionView>
where
    F: FnOnce(&mut Conn, &Session) -> Result<Patch> + Send + 'static,
{
    change_after(app, caller, id, |_, _| Ok(()), patch).await
}

/// The same, with something that has to be locked before the session.
async fn change_after<F>(
    app: &App,
    caller: &Caller,
    id: SessionId,
    first: fn(&mut Conn, SessionId) -> Result<()>,
    patch: F,
) -> Result<SessionView>
where
    F: FnOnce(&mut Conn, &Session) -> Result<Patch> + Send + 'static,
{
    caller.account()?;
    let now = app.clock.now();
    let caller = caller.clone();
    let _order = app.in_order().await?;
    let (changed, segments, requests) = app
        .db
        .write(move |conn| {
            first(conn, id)?;
            model::session::lock(conn, id)?;
            let before = managed(conn, &caller, now, id)?;
            let changing = Changing::begin(conn, before)?;
            let around = super::segment::around(conn, &[id], &changing.before.event)?;
            let patch = patch(conn, &changing.before.session)?;
            let changed = changing.finish(conn, &patch, now)?;
            let Changed { after, .. } = &changed;
            let segments = around.changes(conn, &after.event)?;
            let requests = super::share_request::settle(conn, &after.event, &after.session, now)?;
            Ok((changed, segments, requests))
        })
        .await?;
    let after = changed.announce(app);
    // They show the session, to those who find it (C7).
    super::segment::announce(app, after.event.id, segments);
    if !requests.is_empty() {
        tell_sharing(app, id, Whose::Nobodys, requests).await?;
    }
    Ok(after)
}

/// A session that is about to change, and who finds it until then.
pub(crate) struct Changing {
    pub before: SessionView,
    seen_before: Audience,
}

impl Changing {
    /// Before anything of it changes, its lists included.
    pub(crate) fn begin(conn: &mut Conn, before: SessionView) -> Result<Self> {
        let seen_before = reach(conn, &before)?.audience;
        Ok(Self { before, seen_before })
    }

    /// Counts its version up, so that passes from before open nothing any more.
    pub(crate) fn finish(self, conn: &mut Conn, patch: &Patch, now: Time) -> Result<Changed> {
        let id = self.before.session.id;
        model::session::update(conn, id, patch, now)?;
        let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
        let after = view(conn, session, self.before.event)?;
        let reach = reach(conn, &after)?;
        Ok(Changed { after, reach, seen_before: self.seen_before })
    }
}

/// A session after a change, and whom that concerns.
pub(crate) struct Changed {
    pub after: SessionView,
    reach: Reach,
    seen_before: Audience,
}

impl Changed {
    /// Tells of it, once it is written.
    pub(crate) fn announce(self, app: &App) -> SessionView {
        announce_changed(app, &self.after, self.reach, self.seen_before);
        self.after
    }
}

/// A session as somebody sees it who may watch it.
pub(crate) struct Watched {
    pub view: SessionView,
    pub standing: Standing,
    pub claim: Claim,
}

/// The session as the caller sees it, with what they are in its event and what they were given for it.
pub(crate) fn watched(conn: &mut Conn, caller: &Caller, id: SessionId) -> Result<Watched> {
    let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
    let (event, standing, claim) = let_watch(conn, caller, &session)?;
    Ok(Watched { view: view(conn, session, Arc::new(event))?, standing, claim })
}

/// Whether the caller may watch the session, with what that was decided by.
pub(crate) fn let_watch(conn: &mut Conn, caller: &Caller, session: &Session) -> Result<(Event, Standing, Claim)> {
    let event = super::seen_event(conn, caller, session.event_id).map_err(|_event| Error::NotFound("session"))?;
    let standing = super::standing(conn, caller, &event)?;
    let claim = match &caller.account {
        Some(account) => claim(conn, session, account.id, standing)?,
        None => Claim::default(),
    };
    access::watch(standing, &event, session, claim)?;
    Ok((event, standing, claim))
}

/// What the person was given for the session.
pub(crate) fn claim(conn: &mut Conn, session: &Session, person: AccountId, standing: Standing) -> Result<Claim> {
    let id = session.id;
    let holds_ticket = match (session.watch_access, standing.ticket) {
        (WatchAccess::Tickets, Some(ticket)) => model::ticket_type::of_session(conn, id)?.contains(&ticket),
        _ => false,
    };
    Ok(Claim {
        invited: model::invitation::is_invited(conn, id, person)?,
        holds_ticket,
        admitted: model::admission::is_one(conn, id, person)?,
        moderator: model::moderator::is_one(conn, id, person)?,
        sharer: model::sharer::is_one(conn, id, person)?,
        granted: model::grant::is_one(conn, id, person)?,
        barred: model::bar::is_one(conn, id, person)?,
        speaker: model::segment::speaks_in(conn, id, person)?,
    })
}

/// The session as it is and whom it concerns, for what the api itself has to know; nothing when it is gone.
pub(crate) fn unchecked(conn: &mut Conn, id: SessionId) -> Result<Option<(SessionView, Reach)>> {
    let Some(session) = model::session::find(conn, id)? else { return Ok(None) };
    let Some(event) = model::event::find(conn, session.event_id)? else { return Ok(None) };
    let view = view(conn, session, Arc::new(event))?;
    let reach = reach(conn, &view)?;
    Ok(Some((view, reach)))
}

/// The session, if the caller may change it. For who cannot even see it, it does not exist.
fn managed(conn: &mut Conn, caller: &Caller, now: Time, id: SessionId) -> Result<SessionView> {
    let caller = &super::account::again(conn, caller, now)?;
    caller.account()?;
    let watched = watched(conn, caller, id)?;
    access::manage_event(caller, &watched.view.event)?;
    Ok(watched.view)
}

/// What is done to many sessions at once is done in one event.
fn of_event(view: &SessionView, event: &Event) -> Result<()> {
    if view.event.id == event.id { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// The address of the session's room; that of an unlisted one is its link (C4).
pub(crate) fn url(public_url: &str, event: &Event, session: &Session) -> String {
    let room = format!("{public_url}/e/{}/sessions/{}", event.slug, session.id.bare());
    match session.watch_access {
        WatchAccess::Unlisted => format!("{room}?link={}", session.link_token),
        WatchAccess::Anyone | WatchAccess::Private | WatchAccess::Tickets => room,
    }
}

/// Adds what belongs to the row.
pub(crate) fn view(conn: &mut Conn, session: Session, event: Arc<Event>) -> Result<SessionView> {
    let tags = model::tag::of_sessions(conn, &[session.id])?.into_iter().map(|(_, name)| name).collect();
    let windows = model::segment::windows(conn, &[session.id])?.into_iter().map(|(_, window)| window).collect();
    let speakers = model::segment::links::speakers_of_sessions(conn, &[session.id])?;
    let speakers = speakers.into_iter().map(|(_, person)| person).collect();
    let information = model::session::additional_information(conn, &[session.id])?;
    let additional_information = information.into_iter().next().map(|(_, html)| html).unwrap_or_default().into();
    let tickets = model::ticket_type::of_session(conn, session.id)?.into();
    let picture = match session.picture_id {
        Some(id) => model::picture::find(conn, id)?.map(Arc::new),
        None => None,
    };
    let session = Arc::new(session);
    Ok(SessionView { session, event, tags, windows, speakers, additional_information, tickets, picture })
}

/// The sessions whose window opened or closed since `from`: lists show them from now on, or not any more (F5, G4).
pub(crate) async fn announce_turning(app: &App, from: Time, to: Time) -> Result<()> {
    let _order = app.in_order().await?;
    let read = move |conn: &mut Conn| {
        let ids = model::segment::turning(conn, from, to)?;
        schedule::views(conn, &ids)
    };
    schedule::tell(app, app.db.read(read).await?);
    Ok(())
}

/// Tells of sessions that nobody changed, but that some people find from now on, or not any more: their version stays. So it
/// is with the segments that lead to them (C7).
pub(crate) async fn announce_again<F>(app: &App, which: F) -> Result<()>
where
    F: FnOnce(&mut Conn) -> Result<Vec<SessionId>> + Send + 'static,
{
    let _order = app.in_order().await?;
    let read = move |conn: &mut Conn| {
        let ids = which(conn)?;
        let found = schedule::views(conn, &ids)?;
        let mut segments = Vec::new();
        for (event, ids) in schedule::by_event(&found) {
            let around = super::segment::around(conn, &ids, &event)?;
            segments.push((event.id, around.changes(conn, &event)?));
        }
        Ok((found, segments))
    };
    let (found, segments) = app.db.read(read).await?;
    schedule::tell(app, found);
    for (event, segments) in segments {
        super::segment::announce(app, event, segments);
    }
    Ok(())
}

/// Tells of a session that was changed, and that this audience found before.
pub(crate) fn announce_changed(app: &App, after: &SessionView, reach: Reach, seen_before: Audience) {
    let (id, version, event) = (after.session.id, after.session.version, after.event.id);
    let change = SessionChange { id, version, after: Some((after.clone(), reach)), seen_before, told: Told::default() };
    announce(app, event, change);
}

fn announce(app: &App, event: EventId, change: SessionChange) {
    super::room::session_changed(app, change.id, change.after.as_ref());
    app.feed.publish(Topic::Event(event), Change::Session(Arc::new(change)));
}

/// The pictures that the text shows, which all must be the event's own (B2).
fn own_pictures(conn: &mut Conn, event: EventId, information: &RichText) -> Result<Vec<PictureId>> {
    let ids: Vec<PictureId> =
        information.pictures.iter().filter_map(|id| PictureId::parse(&format!("picture:{id}"))).collect();
    super::picture::used_by_event(conn, event, "additionalInformation", &ids)?;
    Ok(ids)
}
