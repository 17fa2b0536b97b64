//! Segments in GraphQL: the schedule as it is read.

use super::account::Person;
use super::connection::connection;
use super::context::Ask;
use super::event::{self, Event};
use super::loaders::{SegmentSessions, SegmentSpeakers, SegmentTags};
use super::session::Session;
use crate::access::{Caller, Standing};
use crate::clock::Time;
use crate::error::Error;
use crate::feed::SegmentView;
use crate::ids::{AccountId, SegmentId, TicketTypeId};
use crate::local_time;
use crate::model;
use crate::model::segment::seen::Wanted;
use crate::model::session::{Attendee, Viewer};
use crate::ops;
use crate::validate::{Code, Problem};
use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// What a segment is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::segment::Kind")]
pub(super) enum SegmentKind {
    /// Leads to sessions.
    Sessions,
    /// A pause: nothing else is on.
    Break,
    /// Something elsewhere, by its address.
    #[graphql(name = "EXTERNAL_LINK")]
    Link,
}

/// By what somebody sees segments and finds sessions.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    Organizer,
    Attendee(AccountId, TicketTypeId),
}

impl By {
    pub(super) fn viewer(self, now: Time) -> Viewer {
        match self {
            Self::Organizer => Viewer::Organizer,
            Self::Attendee(account, ticket) => Viewer::Attendee(Attendee { account, ticket, now }),
        }
    }
}

/// Who reads a segment; nobody for who is not in the venue.
#[derive(Clone, Copy)]
pub(super) struct Reader(Option<By>);

impl Reader {
    pub(super) const ORGANIZER: Self = Self(Some(By::Organizer));

    pub(super) fn of(caller: &Caller, standing: Standing) -> Self {
        let attendee = || Some(By::Attendee(caller.account.as_ref()?.id, standing.ticket?));
        Self(if standing.organizer { Some(By::Organizer) } else { attendee() })
    }

    pub(super) fn by(self) -> Option<By> {
        self.0
    }
}

pub(super) struct Segment {
    row: Arc<model::segment::Segment>,
    event: Arc<model::event::Event>,
    reader: Reader,
    /// Known already, or read for the whole list when they are asked for.
    tags: Option<Arc<[String]>>,
    speakers: Option<Arc<[model::account::Account]>>,
    /// Those that the reader finds.
    sessions: Option<Vec<Arc<model::session::Session>>>,
}

impl Segment {
    /// A row of a list.
    pub(super) fn listed(row: model::segment::Segment, event: &Arc<model::event::Event>, reader: Reader) -> Self {
        let (row, event) = (Arc::new(row), Arc::clone(event));
        Self { row, event, reader, tags: None, speakers: None, sessions: None }
    }

    /// With the sessions that `finds` lets through.
    pub(super) fn seen(view: &SegmentView, reader: Reader, finds: impl Fn(&crate::feed::Audience) -> bool) -> Self {
        let found = view.sessions.iter().filter(|(_, audience)| finds(audience));
        Self {
            row: Arc::clone(&view.segment),
            event: Arc::clone(&view.event),
            reader,
            tags: Some(Arc::clone(&view.tags)),
            speakers: Some(Arc::clone(&view.speakers)),
            sessions: Some(found.map(|(session, _)| Arc::clone(session)).collect()),
        }
    }
}

/// As organizers see it.
impl From<SegmentView> for Segment {
    fn from(view: SegmentView) -> Self {
        Self::seen(&view, Reader::ORGANIZER, |_| true)
    }
}

/// A slot in the schedule of an event.
#[Object]
impl Segment {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The event that it belongs to.
    async fn event(&self) -> Event {
        Event(Arc::clone(&self.event))
    }

    /// Its name, up to 100 characters.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// What it is about, up to 1,000 characters, lines apart by line feeds.
    async fn description(&self) -> &str {
        &self.row.description
    }

    /// What it is.
    async fn kind(&self) -> SegmentKind {
        self.row.kind.into()
    }

    /// Where it leads, if it is an external link.
    async fn url(&self) -> Option<&str> {
        Some(self.row.url.as_str()).filter(|url| !url.is_empty())
    }

    /// When it starts.
    async fn starts_at(&self) -> DateTime<Utc> {
        self.row.starts_at.utc()
    }

    /// When it ends.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.row.ends_at.utc()
    }

    /// When it starts in the event's time zone, like 2027-03-28T09:30; with its offset where that time comes twice.
    async fn local_starts_at(&self) -> String {
        local_time::write(local_time::zone(&self.event.time_zone), self.row.starts_at)
    }

    /// When it ends in the event's time zone.
    async fn local_ends_at(&self) -> String {
        local_time::write(local_time::zone(&self.event.time_zone), self.row.ends_at)
    }

    /// Its tags, in its order.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        match &self.tags {
            Some(tags) => Ok(tags.to_vec()),
            None => Ok(ctx.loaders().load_one(SegmentTags(self.row.id)).await?.unwrap_or_default()),
        }
    }

    /// Its speakers, in its order; 20 at the most.
    async fn speakers(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let people = match &self.speakers {
            Some(people) => people.to_vec(),
            None => ctx.loaders().load_one(SegmentSpeakers(self.row.id)).await?.unwrap_or_default(),
        };
        Ok(people.iter().map(Person::from).collect())
    }

    /// The sessions that it leads to and that the caller finds, in its order; 20 at the most. Also those that are not open now.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        if let Some(known) = &self.sessions {
            let of = |row: &Arc<_>| Session::listed_shared(Arc::clone(row), Arc::clone(&self.event));
            return Ok(known.iter().map(of).collect());
        }
        let Some(by) = self.reader.by() else { return Ok(Vec::new()) };
        let rows = ctx.loaders().load_one(SegmentSessions(self.row.id, by)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Session::listed(row, Arc::clone(&self.event))).collect())
    }

    /// Whether others than organizers see it.
    async fn published(&self) -> bool {
        self.row.published
    }

    /// Counts its changes, those of its tags, speakers and sessions included: of two copies the higher one is newer.
    async fn version(&self) -> i64 {
        self.row.version
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row.updated_at.utc()
    }
}

connection!(SegmentConnection, SegmentEdge, Segment, "segments");

/// The cursor of a segment in the schedule.
pub(super) fn cursor(row: &model::segment::Segment) -> String {
    format!("{}/{}", row.starts_at.millis(), row.id)
}

/// Which part of the schedule is asked for.
pub(super) fn wanted(
    ctx: &Context<'_>,
    event: &model::event::Event,
    day: Option<String>,
    past: Option<bool>,
    search: Option<String>,
) -> std::result::Result<Wanted, Error> {
    let between = day.map(|day| {
        let unreadable = || Error::from(Problem::new("day", Code::Invalid, "day must be a date, like 2027-03-28."));
        let date = local_time::date(&day).ok_or_else(unreadable)?;
        Ok::<_, Error>(local_time::day(local_time::zone(&event.time_zone), date))
    });
    let now = ctx.app().clock.now();
    Ok(Wanted { between: between.transpose()?, past: past.map(|past| (past, now)), search })
}

/// The segment, if the caller sees it.
pub(super) async fn find(ctx: &Context<'_>, id: SegmentId) -> Result<Option<Segment>> {
    let caller = ctx.caller();
    let Some((row, event)) = ops::segment::find(ctx.app(), &caller, id).await? else { return Ok(None) };
    let event = Arc::new(event);
    let standing = event::standing(ctx, &event).await?;
    Ok(Some(Segment::listed(row, &event, Reader::of(&caller, standing))))
}
