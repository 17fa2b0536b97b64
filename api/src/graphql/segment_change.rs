//! Segments in GraphQL: how the schedule is made.

use super::context::{Ask, parse};
use super::event::Event;
use super::segment::{Segment, SegmentKind};
use crate::error::Error;
use crate::ids::Id;
use crate::ops;
use crate::ops::segment::change::{NewSegment, SegmentPatch};
use crate::validate::{Code, Problem};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

/// For `createSegment`.
#[derive(InputObject)]
struct CreateSegmentInput {
    /// The event that it belongs to.
    event_id: ID,
    /// Its name, 1 to 100 characters.
    name: String,
    /// What it is about, up to 1,000 characters.
    description: Option<String>,
    /// What it is; SESSIONS unless given. A break overlaps no other segment.
    kind: Option<SegmentKind>,
    /// Where an external link leads: an https address.
    url: Option<String>,
    /// When it starts: a date and time of day in the event's time zone, like 2027-03-28T09:30. A time that comes twice when the
    /// clocks are put back (`AMBIGUOUS`) needs its offset, like 2026-11-01T01:30-05:00. Within the event's time.
    starts_at: String,
    /// When it ends, written as its start.
    ends_at: String,
    /// Up to 10 tags of up to 30 characters; those that differ only in case are one.
    tags: Option<Vec<String>>,
    /// The accounts of up to 20 speakers, who are registered for the event or run it.
    speaker_ids: Option<Vec<ID>>,
    /// Up to 20 scheduled sessions that it leads to.
    session_ids: Option<Vec<ID>>,
    /// Whether others than organizers see it; false unless given.
    published: Option<bool>,
}

/// For `updateSegment`: what is not given stays.
#[derive(InputObject)]
struct UpdateSegmentInput {
    /// The segment.
    id: ID,
    /// The version that the change was made for: with another one it is refused (`CONFLICT`).
    version: Option<i64>,
    /// Its name, 1 to 100 characters.
    name: Option<String>,
    /// What it is about, up to 1,000 characters.
    description: Option<String>,
    /// What it is.
    kind: Option<SegmentKind>,
    /// Where an external link leads: an https address.
    url: Option<String>,
    /// When it starts: a date and time of day in the event's time zone, as for `createSegment`.
    starts_at: Option<String>,
    /// When it ends, written as its start.
    ends_at: Option<String>,
    /// Up to 10 tags of up to 30 characters, instead of those it has.
    tags: Option<Vec<String>>,
    /// The accounts of up to 20 speakers, instead of those it has.
    speaker_ids: Option<Vec<ID>>,
    /// Up to 20 scheduled sessions, instead of those it has.
    session_ids: Option<Vec<ID>>,
    /// Whether others than organizers see it.
    published: Option<bool>,
}

/// For `deleteSegment`.
#[derive(InputObject)]
struct DeleteSegmentInput {
    /// The segment.
    id: ID,
}

/// For `publishSegments`.
#[derive(InputObject)]
struct PublishSegmentsInput {
    /// The event.
    event_id: ID,
    /// Up to 100 segments of it; all unless given.
    segment_ids: Option<Vec<ID>>,
    /// True to publish them, false to make them drafts.
    published: bool,
}

/// The segment after a change.
#[derive(SimpleObject)]
struct SegmentPayload {
    /// The segment.
    segment: Segment,
}

/// The segment is gone.
#[derive(SimpleObject)]
struct DeleteSegmentPayload {
    /// The id it had.
    id: ID,
    /// The event that it belonged to.
    event: Event,
}

/// The segments are published, or drafts.
#[derive(SimpleObject)]
struct PublishSegmentsPayload {
    /// The event.
    event: Event,
    /// How many were changed.
    changed: i32,
}

#[derive(Default)]
pub(super) struct SegmentMutation;

#[Object]
impl SegmentMutation {
    /// Makes a segment, a draft unless said otherwise. For organizers.
    async fn create_segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The segment.")] input: CreateSegmentInput,
    ) -> Result<SegmentPayload> {
        let input = NewSegment {
            event: parse(&input.event_id, "event")?,
            name: input.name,
            description: input.description.unwrap_or_default(),
            kind: input.kind.unwrap_or(SegmentKind::Sessions).into(),
            url: input.url.unwrap_or_default(),
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            tags: input.tags.unwrap_or_default(),
            speakers: ids("speakerIds", input.speaker_ids.unwrap_or_default())?,
            sessions: ids("sessionIds", input.session_ids.unwrap_or_default())?,
            published: input.published.unwrap_or(false),
        };
        let view = ops::segment::change::create(ctx.app(), &ctx.caller(), input).await?;
        Ok(SegmentPayload { segment: view.into() })
    }

    /// Changes a segment; its sessions open and close by it at once. For organizers.
    async fn update_segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateSegmentInput,
    ) -> Result<SegmentPayload> {
        let id = parse(&input.id, "segment")?;
        let patch = SegmentPatch {
            version: input.version,
            name: input.name,
            description: input.description,
            kind: input.kind.map(Into::into),
            url: input.url,
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            tags: input.tags,
            speakers: input.speaker_ids.map(|list| ids("speakerIds", list)).transpose()?,
            sessions: input.session_ids.map(|list| ids("sessionIds", list)).transpose()?,
            published: input.published,
        };
        let view = ops::segment::change::update(ctx.app(), &ctx.caller(), id, patch).await?;
        Ok(SegmentPayload { segment: view.into() })
    }

    /// Deletes a segment; the sessions that it led to stay. For organizers.
    async fn delete_segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The segment.")] input: DeleteSegmentInput,
    ) -> Result<DeleteSegmentPayload> {
        let id = parse(&input.id, "segment")?;
        let event = ops::segment::change::delete(ctx.app(), &ctx.caller(), id).await?;
        Ok(DeleteSegmentPayload { id: input.id, event: Event(event) })
    }

    /// Publishes segments, or makes them drafts again. For organizers.
    async fn publish_segments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and whether they are published.")] input: PublishSegmentsInput,
    ) -> Result<PublishSegmentsPayload> {
        let id = parse(&input.event_id, "event")?;
        let which = input
            .segment_ids
            .map(|list| list.iter().map(|id| parse(id, "segment")).collect::<std::result::Result<Vec<_>, Error>>());
        let (which, published) = (which.transpose()?, input.published);
        let (event, changed) = ops::segment::change::publish(ctx.app(), &ctx.caller(), id, which, published).await?;
        Ok(PublishSegmentsPayload { event: Event(event), changed: i32::try_from(changed).unwrap_or(i32::MAX) })
    }
}

/// The ids of a list. What is none belongs to nothing in the event.
fn ids<I: Id>(field: &'static str, list: Vec<ID>) -> std::result::Result<Vec<I>, Error> {
    let unknown = || Problem::new(field, Code::NotFound, format!("{field} names something that is not there."));
    list.iter().map(|id| I::parse(id).ok_or_else(|| unknown().into())).collect()
}
