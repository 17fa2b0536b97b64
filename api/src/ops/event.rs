//! Events: make, change, publish, open early (A3).

mod schedule;

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{EventId, OrganizationId, PictureId};
use crate::limits;
use crate::model;
use crate::model::event::{Event, Patch, State};
use crate::model::page::Slice;
use crate::model::ticket_type::TicketType;
use crate::ops::list::{Listed, Total};
use crate::validate::{Code, Problem, Problems};
use std::sync::Arc;

pub struct NewEvent {
    pub organization: OrganizationId,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub starts_at: Time,
    pub ends_at: Time,
    pub time_zone: String,
}

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct EventPatch {
    /// The version that the change was made for.
    pub version: Option<i64>,
    pub slug: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub time_zone: Option<String>,
    /// Its cover; `Some(None)` takes it away.
    pub picture: Option<Option<PictureId>>,
    /// Sessions display (A5).
    pub before_minutes: Option<i32>,
    pub after_minutes: Option<i32>,
    /// Venue controls (A6).
    pub attendees_create_sessions: Option<bool>,
    pub people_visible: Option<bool>,
    pub agenda_enabled: Option<bool>,
    /// Days for which messages are kept (A8); `Some(None)` keeps them for ever.
    pub chat_retention_days: Option<Option<i32>>,
    /// Days for which recordings are kept (A8); `Some(None)` keeps them for ever.
    pub recording_retention_days: Option<Option<i32>>,
}

/// The event that has this slug, or had it before, if the caller may see it; nothing otherwise.
pub async fn by_slug(app: &App, caller: &Caller, slug: String) -> Result<Option<Event>> {
    // PostgreSQL takes no NUL, and no slug has one.
    if slug.contains('\0') {
        return Ok(None);
    }
    let event = app.db.read(move |conn| Ok(model::event::by_address(conn, &slug)?)).await?;
    Ok(event.filter(|event| access::see_event(caller, event).is_ok()))
}

/// The event, if the caller may see it; nothing otherwise.
pub async fn find(app: &App, caller: &Caller, id: EventId) -> Result<Option<Event>> {
    let event = app.db.read(move |conn| Ok(model::event::find(conn, id)?)).await?;
    Ok(event.filter(|event| access::see_event(caller, event).is_ok()))
}

/// An organization's events, the latest start first, for its organizers; none for others.
pub async fn of_organization(
    app: &App,
    caller: &Caller,
    id: OrganizationId,
    slice: Slice<(Time, EventId)>,
) -> Result<Listed<Event>> {
    if access::manage_organization(caller, id).is_err() {
        return Ok(Listed::nothing());
    }
    let page = app.db.read(move |conn| Ok(model::event::of_organization(conn, id, slice)?)).await?;
    Ok(Listed { page, total: Total::EventsOf(id) })
}

/// A new event is a draft.
pub async fn create(app: &App, caller: &Caller, input: NewEvent) -> Result<Event> {
    access::manage_organization(caller, input.organization)?;
    let now = app.clock.now();
    let mut problems = Problems::default();
    let event = Event {
        id: app.ids.next(),
        organization_id: input.organization,
        slug: problems.slug("slug", &input.slug),
        name: problems.line("name", &input.name, limits::EVENT_NAME),
        description: problems.text("description", &input.description, limits::EVENT_DESCRIPTION),
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        time_zone: zone(&mut problems, &input.time_zone),
        published: false,
        opened_at: None,
        before_minutes: model::event::BEFORE_MINUTES,
        after_minutes: model::event::AFTER_MINUTES,
        attendees_create_sessions: false,
        people_visible: true,
        agenda_enabled: true,
        chat_retention_days: None,
        recording_retention_days: None,
        picture_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    check_times(&mut problems, event.starts_at, event.ends_at);
    problems.finish()?;
    let ticket = TicketType::first(app.ids.next(), event.id, now);
    let caller = caller.clone();
    app.db
        .write(move |conn| {
            access::manage_organization(&super::account::again(conn, &caller, now)?, event.organization_id)?;
            free_slug(conn, &event.slug, event.id)?;
            model::event::insert(conn, &event).map_err(slug_taken)?;
            model::ticket_type::insert(conn, &ticket)?;
            Ok(event)
        })
        .await
}

pub async fn update(app: &App, caller: &Caller, id: EventId, input: EventPatch) -> Result<Arc<Event>> {
    let mut problems = Problems::default();
    let patch = Patch {
        slug: input.slug.map(|slug| problems.slug("slug", &slug)),
        name: input.name.map(|name| problems.line("name", &name, limits::EVENT_NAME)),
        description: input.description.map(|text| problems.text("description", &text, limits::EVENT_DESCRIPTION)),
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        time_zone: input.time_zone.map(|name| zone(&mut problems, &name)),
        picture_id: input.picture,
        before_minutes: input.before_minutes,
        after_minutes: input.after_minutes,
        attendees_create_sessions: input.attendees_create_sessions,
        people_visible: input.people_visible,
        agenda_enabled: input.agenda_enabled,
        chat_retention_days: input.chat_retention_days,
        recording_retention_days: input.recording_retention_days,
        ..Patch::default()
    };
    for (field, minutes) in [("beforeMinutes", patch.before_minutes), ("afterMinutes", patch.after_minutes)] {
        if let Some(minutes) = minutes {
            problems.number(field, minutes, limits::DISPLAY_MINUTES);
        }
    }
    if let Some(Some(days)) = patch.chat_retention_days {
        problems.number("chatRetentionDays", days, limits::CHAT_RETENTION_DAYS);
    }
    if let Some(Some(days)) = patch.recording_retention_days {
        problems.number("recordingRetentionDays", days, limits::RECORDING_RETENTION_DAYS);
    }
    let version = input.version;
    let display = patch.before_minutes.is_some() || patch.after_minutes.is_some();
    let event = change(app, caller, id, move |conn, event, now| {
        if version.is_some_and(|version| version != event.version) {
            return Err(Error::Conflict("Somebody else has changed this event meanwhile. Look at it again first."));
        }
        let mut patch = patch;
        let (starts_at, ends_at) = (patch.starts_at.unwrap_or(event.starts_at), patch.ends_at.unwrap_or(event.ends_at));
        check_times(&mut problems, starts_at, ends_at);
        problems.finish()?;
        schedule::fits(conn, event, starts_at, ends_at)?;
        schedule::show(conn, event, &patch)?;
        if let Some(slug) = patch.slug.as_ref().filter(|slug| **slug != event.slug) {
            free_slug(conn, slug, id)?;
            model::event::keep_slug(conn, &event.slug, id)?;
        }
        if let Some(picture) = &patch.picture_id {
            super::picture::used_by_event(conn, id, "pictureId", picture.as_slice())?;
        }
        // An event that is moved into the future is not open any more because it was opened early for its old start.
        if starts_at != event.starts_at && starts_at > now {
            patch.opened_at = Some(None);
        }
        Ok(patch)
    })
    .await?;
    if display {
        super::session::announce_again(app, move |conn| schedule::linked(conn, id)).await?;
    }
    Ok(event)
}

/// Publishes the event, or makes it a draft again: then everybody but organizers loses it at once (A3, C6).
pub async fn publish(app: &App, caller: &Caller, id: EventId, published: bool) -> Result<Arc<Event>> {
    let event = change(app, caller, id, move |conn, event, now| {
        if event.published && !published {
            model::session::raise_versions(conn, &[id], now)?;
        }
        // Opening early belongs to one publication.
        let opened_at = if published { None } else { Some(None) };
        Ok(Patch { published: Some(published), opened_at, ..Patch::default() })
    })
    .await?;
    app.feed.publish(Topic::Access(id), Change::AccessChanged);
    super::room::event_access_changed(app, id).await?;
    Ok(event)
}

/// Opens an upcoming event before its start (A3).
pub async fn open(app: &App, caller: &Caller, id: EventId) -> Result<Arc<Event>> {
    change(app, caller, id, |_conn, event, now| match event.state(now) {
        State::Upcoming => Ok(Patch { opened_at: Some(Some(now)), ..Patch::default() }),
        State::Draft => Err(Error::NotOpen("Publish the event first.")),
        State::Live => Err(Error::Conflict("The event is live already.")),
        State::Ended => Err(Error::NotOpen("The event is over. Set a later end to open it again.")),
    })
    .await
}

/// Tells everybody that the event is another one now, also when only its state turned with the clock.
pub fn announce(app: &App, event: Event) -> Arc<Event> {
    let event = Arc::new(event);
    app.feed.publish(Topic::Event(event.id), Change::Event(Arc::clone(&event)));
    app.times_changed.notify_one();
    event
}

/// Changes an event that the caller manages, and tells everybody.
async fn change<F>(app: &App, caller: &Caller, id: EventId, patch: F) -> Result<Arc<Event>>
where
    F: FnOnce(&mut Conn, &Event, Time) -> Result<Patch> + Send + 'static,
{
    caller.account()?;
    let now = app.clock.now();
    let caller = caller.clone();
    let _order = app.in_order().await?;
    let event = app
        .db
        .write(move |conn| {
            model::event::lock(conn, id)?;
            let event = super::managed_event(conn, &caller, now, id)?;
            let patch = patch(conn, &event, now)?;
            model::event::update(conn, id, &patch, now).map_err(slug_taken)?;
            model::event::find(conn, id)?.ok_or(Error::NotFound("event"))
        })
        .await?;
    Ok(announce(app, event))
}

fn zone(problems: &mut Problems, name: &str) -> String {
    if name.parse::<chrono_tz::Tz>().is_err() {
        problems.push(Problem::new("timeZone", Code::Invalid, "Use the IANA name of a time zone, like Europe/Berlin."));
    }
    name.to_owned()
}

fn check_times(problems: &mut Problems, starts_at: Time, ends_at: Time) {
    for (field, time) in [("startsAt", starts_at), ("endsAt", ends_at)] {
        if !limits::YEARS.contains(&time.year()) {
            let message = format!("The year must be from {} to {}.", limits::YEARS.start(), limits::YEARS.end());
            return problems.push(Problem::new(field, Code::OutOfRange, message));
        }
    }
    if ends_at <= starts_at {
        problems.push(Problem::new("endsAt", Code::Invalid, "The event must end after it starts."));
    } else if ends_at > starts_at.plus_seconds(limits::EVENT_SECONDS) {
        problems.push(Problem::new("endsAt", Code::OutOfRange, "An event lasts a year at the most."));
    }
}

fn taken() -> Error {
    Problem::new("slug", Code::Taken, "This address is taken by another event. Choose another one.").into()
}

/// An address that an event of now has is taken; one that another event had before is free, and leads there no longer.
fn free_slug(conn: &mut Conn, slug: &str, of: EventId) -> Result<()> {
    match model::event::by_slug(conn, slug)? {
        Some(other) if other.id != of => Err(taken()),
        _ => Ok(model::event::forget_slug(conn, slug)?),
    }
}

fn slug_taken(error: diesel::result::Error) -> Error {
    if Error::is_unique_violation(&error) { taken() } else { error.into() }
}
