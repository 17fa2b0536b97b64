//! Events in GraphQL.

use super::account::Person;
use super::connection::{connection, moment_and_id, name_and_id, paged, search, slice};
use super::context::{Ask, parse};
use super::host_action::{HostAction, HostActionConnection};
use super::loaders::RegistrationIn;
use super::organization::Organization;
use super::picture::{Picture, renamed};
use super::recording::{self, Recording, RecordingConnection};
use super::registration::{Registration, RegistrationConnection};
use super::segment::{self, Segment, SegmentConnection};
use super::session::{Session, SessionConnection};
use super::session_list::SessionFilter;
use super::ticket_type::TicketType;
use crate::access::Standing;
use crate::error::Error;
use crate::feed::RecordingView;
use crate::ids::{HostActionId, Id, SessionId};
use crate::model;
use crate::model::session::After;
use crate::ops;
use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use std::sync::Arc;

pub(super) struct Event(pub Arc<model::event::Event>);

/// What an event is now (A3).
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::event::State")]
enum EventState {
    /// Not published: organizers only.
    Draft,
    /// Published: people register; rooms open later.
    Upcoming,
    /// From its start, or from when it was opened early, to its end.
    Live,
    /// Over: rooms that are still occupied go on.
    Ended,
}

/// A conference: the sessions, the people and the time.
#[Object]
impl Event {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Who owns it.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        let found = ctx.loaders().load_one(self.0.organization_id).await?;
        Ok(Organization(found.ok_or(Error::NotFound("organization"))?))
    }

    /// Its part of the page's address.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its name, up to 100 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is about, up to 2,000 characters, lines apart by line feeds.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Its cover.
    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Picture>> {
        match self.0.picture_id {
            Some(id) => Ok(ctx.loaders().load_one(id).await?.map(Picture)),
            None => Ok(None),
        }
    }

    /// When it starts.
    async fn starts_at(&self) -> DateTime<Utc> {
        self.0.starts_at.utc()
    }

    /// When it ends.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.0.ends_at.utc()
    }

    /// The IANA name of its time zone.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// What it is now.
    async fn state(&self, ctx: &Context<'_>) -> EventState {
        self.0.state(ctx.app().clock.now()).into()
    }

    /// Whether others than organizers can see it.
    async fn published(&self) -> bool {
        self.0.published
    }

    /// When an organizer opened it before its start.
    async fn opened_at(&self) -> Option<DateTime<Utc>> {
        self.0.opened_at.map(|time| time.utc())
    }

    /// Minutes for which a scheduled session is shown before its segment starts.
    async fn before_minutes(&self) -> i32 {
        self.0.before_minutes
    }

    /// Minutes for which it is shown after its segment has ended.
    async fn after_minutes(&self) -> i32 {
        self.0.after_minutes
    }

    /// Whether attendees may make sessions while the event is live.
    async fn attendees_create_sessions(&self) -> bool {
        self.0.attendees_create_sessions
    }

    /// Whether attendees see the list of people.
    async fn people_visible(&self) -> bool {
        self.0.people_visible
    }

    /// Whether attendees keep an agenda.
    async fn agenda_enabled(&self) -> bool {
        self.0.agenda_enabled
    }

    /// Days for which messages of its chats are kept; for ever without.
    async fn chat_retention_days(&self) -> Option<i32> {
        self.0.chat_retention_days
    }

    /// Days for which its recordings are kept; for ever without.
    async fn recording_retention_days(&self) -> Option<i32> {
        self.0.recording_retention_days
    }

    /// Its recordings, the newest first, those of deleted sessions included. For organizers; none for others.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn recordings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this session, which may be deleted.")] session_id: Option<ID>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<RecordingConnection> {
        let slice = slice(first, after, moment_and_id)?;
        let has_previous = slice.after.is_some();
        let session = session_id.map(|id| parse(&id, "session")).transpose()?;
        let list = ops::recording::list(ctx.app(), &ctx.caller(), &self.0, session, slice).await?;
        Ok(paged(list, has_previous, |view: RecordingView| {
            let row = &view.recording;
            (format!("{}/{}", row.started_at.millis(), row.id), Recording(view))
        }))
    }

    /// Bytes that its recordings take: their files, and what media keeps of those that are not files yet, or failed. For organizers;
    /// 0 for others.
    #[graphql(complexity = 10)]
    async fn recording_bytes(&self, ctx: &Context<'_>) -> Result<f64> {
        Ok(recording::bytes(ops::recording::bytes(ctx.app(), &ctx.caller(), &self.0).await?))
    }

    /// Counts its changes: of two copies the higher one is newer.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// The address of its reception.
    async fn url(&self, ctx: &Context<'_>) -> String {
        format!("{}/e/{}", ctx.app().public_url, self.0.slug)
    }

    /// Whether the caller is an organizer of it.
    async fn viewer_is_organizer(&self, ctx: &Context<'_>) -> bool {
        ctx.caller().is_organizer_of(self.0.organization_id)
    }

    /// The caller's own registration.
    async fn viewer_registration(&self, ctx: &Context<'_>) -> Result<Option<Registration>> {
        let Some(account) = ctx.caller().account.clone() else { return Ok(None) };
        let row = ctx.loaders().load_one(RegistrationIn(self.0.id, account.id)).await?;
        Ok(row.map(|row| Registration { row, account }))
    }

    /// The sessions that the caller finds and that are open now (organizers: all), by priority, then in the order in which
    /// organizers put them, then by start and title. None for who is neither registered nor an organizer.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those with this in title or description.")] search: Option<String>,
        #[graphql(desc = "Only those of these dates, for these ticket types, with these tags.")] filter: Option<
            SessionFilter,
        >,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<SessionConnection> {
        let slice = slice(first, after, place)?;
        let wanted = filter.unwrap_or_default().wanted(&self.0, self::search(search)?)?;
        let has_previous = slice.after.is_some();
        let standing = standing(ctx, &self.0).await?;
        let list = ops::session::list(ctx.app(), &ctx.caller(), &self.0, standing, wanted, slice).await?;
        Ok(paged(list, has_previous, |row| {
            (format!("{}:{}:{}", row.priority, row.id.bare(), row.sort_key), Session::listed(row, Arc::clone(&self.0)))
        }))
    }

    /// The names of the tags of the sessions that the caller finds, in order, 300 at the most. None for who is neither
    /// registered nor an organizer.
    async fn tags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those with this in them, for completing what somebody types.")] search: Option<String>,
    ) -> Result<Vec<String>> {
        let (standing, search) = (standing(ctx, &self.0).await?, self::search(search)?);
        Ok(ops::session::tags_in_use(ctx.app(), &ctx.caller(), &self.0, standing, search).await?)
    }

    /// The schedule as the caller sees it, by start: segments that lead to no session, or to one at least that the caller finds;
    /// for organizers all, drafts too. None for who is neither registered nor an organizer.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn segments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what is on at some time of this date in the event's time zone, like 2027-03-28.")]
        day: Option<String>,
        #[graphql(desc = "True for what is over, false for what is not.")] past: Option<bool>,
        #[graphql(desc = "Only those with this in name or description.")] search: Option<String>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<SegmentConnection> {
        let slice = slice(first, after, moment_and_id)?;
        let search = self::search(search)?;
        let has_previous = slice.after.is_some();
        let wanted = segment::wanted(ctx, &self.0, day, past, search)?;
        let standing = standing(ctx, &self.0).await?;
        let list = ops::segment::list(ctx.app(), &ctx.caller(), &self.0, standing, wanted, slice).await?;
        let reader = segment::Reader::of(&ctx.caller(), standing);
        Ok(paged(list, has_previous, |row| (segment::cursor(&row), Segment::listed(row, &self.0, reader))))
    }

    /// What one can register with, in the organizers' order; 50 at the most.
    async fn ticket_types(&self, ctx: &Context<'_>) -> Result<Vec<TicketType>> {
        let rows = ops::ticket_type::of_event(ctx.app(), self.0.id).await?;
        Ok(rows.into_iter().map(TicketType).collect())
    }

    /// The ids of the segments in the caller's agenda that they see in the schedule, by start; up to 300. None where My Agenda is
    /// switched off, and for who is neither registered nor an organizer.
    async fn my_agenda(&self, ctx: &Context<'_>) -> Result<Vec<ID>> {
        let standing = standing(ctx, &self.0).await?;
        let list = ops::agenda::own(ctx.app(), &ctx.caller(), &self.0, standing).await?;
        Ok(list.into_iter().map(|segment| ID(segment.to_string())).collect())
    }

    /// The address at which calendar programs read the caller's agenda, without signing in: a secret. Nothing where My Agenda is
    /// switched off, and for who is neither registered nor an organizer.
    async fn my_feed_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let standing = standing(ctx, &self.0).await?;
        Ok(ops::agenda::feed_url(ctx.app(), &ctx.caller(), &self.0, standing).await?)
    }

    /// The people who are registered, by name. For organizers; none for others.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn registrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those with this in name or email address.")] search: Option<String>,
        #[graphql(desc = "Only those with this ticket type.")] ticket_type_id: Option<ID>,
        #[graphql(desc = "Only those who were removed, or only the others.")] blocked: Option<bool>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<RegistrationConnection> {
        let (slice, search) = (slice(first, after, name_and_id)?, self::search(search)?);
        let has_previous = slice.after.is_some();
        let ticket = ticket_type_id.map(|id| parse(&id, "ticket type")).transpose()?;
        let filter = model::registration::Filter { search, name: None, ticket, blocked };
        let list = ops::registration::of_event(ctx.app(), &ctx.caller(), &self.0, filter, slice).await?;
        Ok(paged(list, has_previous, |(row, account)| {
            (format!("{}/{}", account.name, row.id), Registration { row, account })
        }))
    }

    /// What hosts did in its sessions, the newest first. For organizers; none for others.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn host_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<HostActionConnection> {
        let slice = slice(first, after, HostActionId::parse)?;
        let has_previous = slice.after.is_some();
        let list = ops::host_action::list(ctx.app(), &ctx.caller(), &self.0, slice).await?;
        Ok(paged(list, has_previous, |row| (row.id.to_string(), HostAction { row, event: Arc::clone(&self.0) })))
    }

    /// The people who are registered, by name, as they see each other; those who were removed are left out. None for who is
    /// neither registered nor an organizer, and for attendees where the list of people is switched off.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those with this in their name.")] search: Option<String>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<PersonConnection> {
        let (slice, search) = (slice(first, after, name_and_id)?, self::search(search)?);
        let has_previous = slice.after.is_some();
        let standing = standing(ctx, &self.0).await?;
        let list = ops::registration::people(ctx.app(), &ctx.caller(), (&self.0, standing), search, slice).await?;
        Ok(paged(list, has_previous, |(row, account)| (format!("{}/{}", account.name, row.id), Person::from(&account))))
    }
}

connection!(PersonConnection, PersonEdge, Person, "people");

/// What the caller is in the event.
pub(super) async fn standing(ctx: &Context<'_>, event: &model::event::Event) -> std::result::Result<Standing, Error> {
    let caller = ctx.caller();
    let registration = match &caller.account {
        Some(account) => ctx.loaders().load_one(RegistrationIn(event.id, account.id)).await?,
        None => None,
    };
    Ok(ops::stands(&caller, event, registration.as_ref()))
}

/// The place in the order of the last session of the page before.
fn place(cursor: &str) -> Option<After> {
    let mut parts = cursor.splitn(3, ':');
    let priority = parts.next()?.parse().ok()?;
    let id = SessionId::parse(&format!("session:{}", parts.next()?))?;
    Some(After { priority, id, sort_key: parts.next()?.to_owned() })
}

connection!(EventConnection, EventEdge, Event, "events");

/// For `createEvent`.
#[derive(InputObject)]
struct CreateEventInput {
    /// The organization that owns it.
    organization_id: ID,
    /// Its part of the page's address: 2 to 60 small letters, digits and hyphens, unique.
    slug: String,
    /// Its name, 1 to 100 characters.
    name: String,
    /// What it is about, up to 2,000 characters.
    description: Option<String>,
    /// When it starts.
    starts_at: DateTime<Utc>,
    /// When it ends: after its start, and within a year of it.
    ends_at: DateTime<Utc>,
    /// The IANA name of its time zone.
    time_zone: String,
}

/// For `updateEvent`: what is not given stays.
#[derive(InputObject)]
struct UpdateEventInput {
    /// The event.
    id: ID,
    /// The version that the change was made for: with another one it is refused (`CONFLICT`).
    version: Option<i64>,
    /// Its part of the page's address: 2 to 60 small letters, digits and hyphens, unique.
    slug: Option<String>,
    /// Its name, 1 to 100 characters.
    name: Option<String>,
    /// What it is about, up to 2,000 characters.
    description: Option<String>,
    /// When it starts. Refused while segments would fall outside (`IN_USE`, with their names).
    starts_at: Option<DateTime<Utc>>,
    /// When it ends. Refused while segments would fall outside (`IN_USE`, with their names).
    ends_at: Option<DateTime<Utc>>,
    /// The IANA name of its time zone.
    time_zone: Option<String>,
    /// Its cover: a picture that was uploaded to the event; null takes it away.
    picture_id: MaybeUndefined<ID>,
    /// Minutes for which a scheduled session is shown before its segment starts, 0 to 240.
    before_minutes: Option<i32>,
    /// Minutes for which it is shown after its segment has ended, 0 to 240.
    after_minutes: Option<i32>,
    /// Whether attendees may make sessions while the event is live.
    attendees_create_sessions: Option<bool>,
    /// Whether attendees see the list of people.
    people_visible: Option<bool>,
    /// Whether attendees keep an agenda.
    agenda_enabled: Option<bool>,
    /// Days for which messages of its chats are kept, 1 to 3,650: older ones go for good. Null keeps them for ever.
    chat_retention_days: MaybeUndefined<i32>,
    /// Days for which its recordings are kept, 1 to 3,650: older ones are deleted for good. Null keeps them for ever.
    recording_retention_days: MaybeUndefined<i32>,
}

/// Null is for ever.
fn days(given: MaybeUndefined<i32>) -> Option<Option<i32>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(days) => Some(Some(days)),
    }
}

/// For `publishEvent`.
#[derive(InputObject)]
struct PublishEventInput {
    /// The event.
    id: ID,
    /// True to publish it, false to make it a draft again.
    published: bool,
}

/// For `openEvent`.
#[derive(InputObject)]
struct OpenEventInput {
    /// The event.
    id: ID,
}

/// The event after a change.
#[derive(SimpleObject)]
struct EventPayload {
    /// The event.
    event: Event,
}

#[derive(Default)]
pub(super) struct EventMutation;

#[Object]
impl EventMutation {
    /// Makes an event, which is a draft until it is published. For organizers.
    async fn create_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: CreateEventInput,
    ) -> Result<EventPayload> {
        let input = ops::event::NewEvent {
            organization: parse(&input.organization_id, "organization")?,
            slug: input.slug,
            name: input.name,
            description: input.description.unwrap_or_default(),
            starts_at: input.starts_at.into(),
            ends_at: input.ends_at.into(),
            time_zone: input.time_zone,
        };
        let event = ops::event::create(ctx.app(), &ctx.caller(), input).await?;
        Ok(EventPayload { event: Event(Arc::new(event)) })
    }

    /// Changes an event. A later end extends one that is live. For organizers.
    async fn update_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateEventInput,
    ) -> Result<EventPayload> {
        let id = parse(&input.id, "event")?;
        let patch = ops::event::EventPatch {
            version: input.version,
            slug: input.slug,
            name: input.name,
            description: input.description,
            starts_at: input.starts_at.map(Into::into),
            ends_at: input.ends_at.map(Into::into),
            time_zone: input.time_zone,
            picture: renamed(input.picture_id)?,
            before_minutes: input.before_minutes,
            after_minutes: input.after_minutes,
            attendees_create_sessions: input.attendees_create_sessions,
            people_visible: input.people_visible,
            agenda_enabled: input.agenda_enabled,
            chat_retention_days: days(input.chat_retention_days),
            recording_retention_days: days(input.recording_retention_days),
        };
        Ok(EventPayload { event: Event(ops::event::update(ctx.app(), &ctx.caller(), id, patch).await?) })
    }

    /// Publishes an event, or makes it a draft again. For organizers.
    async fn publish_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event, and whether it is published.")] input: PublishEventInput,
    ) -> Result<EventPayload> {
        let id = parse(&input.id, "event")?;
        Ok(EventPayload { event: Event(ops::event::publish(ctx.app(), &ctx.caller(), id, input.published).await?) })
    }

    /// Opens an upcoming event before its start. For organizers.
    async fn open_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: OpenEventInput,
    ) -> Result<EventPayload> {
        let id = parse(&input.id, "event")?;
        Ok(EventPayload { event: Event(ops::event::open(ctx.app(), &ctx.caller(), id).await?) })
    }
}
