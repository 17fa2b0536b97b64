//! Segments of an event's schedule, for who plans it and who attends it: documents and typed results (F4, G1).

use super::event::EventIdVariablesFields;
use super::picture::Picture;
use super::registration::{PageInfo, Person};
use super::{DateTime, schema};

/// What a segment is.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    Sessions,
    Break,
    ExternalLink,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Segment {
    pub id: cynic::Id,
    pub name: String,
    pub description: String,
    pub kind: SegmentKind,
    pub url: Option<String>,
    pub starts_at: DateTime,
    pub ends_at: DateTime,
    pub tags: Vec<String>,
    pub speakers: Vec<Person>,
    pub sessions: Vec<LinkedSession>,
    pub published: bool,
    pub version: i32,
}

impl Segment {
    /// The id as it stands in addresses.
    pub fn bare_id(&self) -> &str {
        let id = self.id.inner();
        id.strip_prefix("segment:").unwrap_or(id)
    }
}

/// A session that a segment leads to.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Session")]
pub struct LinkedSession {
    pub id: cynic::Id,
    pub title: String,
    pub picture: Option<Picture>,
    pub picture_alt: String,
}

impl LinkedSession {
    pub fn bare_id(&self) -> &str {
        let id = self.id.inner();
        id.strip_prefix("session:").unwrap_or(id)
    }
}

#[derive(cynic::QueryVariables)]
pub struct SegmentsVariables {
    pub slug: String,
    pub after: Option<String>,
}

/// One page of an event's schedule.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SegmentsVariables")]
pub struct Segments {
    #[arguments(slug: $slug)]
    pub event: Option<EventSegments>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "SegmentsVariables")]
pub struct EventSegments {
    #[arguments(first: 100, after: $after)]
    pub segments: SegmentConnection,
}

#[derive(cynic::QueryFragment)]
pub struct SegmentConnection {
    pub nodes: Vec<Segment>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct SegmentChanged {
    #[arguments(eventId: $event_id)]
    pub segment_changed: SegmentChange,
}

/// `segment` is nothing when it was deleted, or when the person does not see it any more. Of two changes the one with the
/// higher version is newer.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct SegmentChange {
    pub segment_id: cynic::Id,
    pub version: i32,
    pub segment: Option<Segment>,
}

impl SegmentChange {
    /// That a segment is as an answer has it.
    pub fn now(segment: Segment) -> Self {
        Self { segment_id: segment.id.clone(), version: segment.version, segment: Some(segment) }
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateSegmentInput {
    pub event_id: cynic::Id,
    pub name: String,
    pub description: Option<String>,
    pub kind: Option<SegmentKind>,
    pub url: Option<String>,
    pub starts_at: String,
    pub ends_at: String,
    pub tags: Option<Vec<String>>,
    pub speaker_ids: Option<Vec<cynic::Id>>,
    pub session_ids: Option<Vec<cynic::Id>>,
    pub published: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct CreateSegmentVariables {
    pub input: CreateSegmentInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateSegmentVariables")]
pub struct CreateSegment {
    #[arguments(input: $input)]
    pub create_segment: SegmentPayload,
}

#[derive(cynic::QueryFragment)]
pub struct SegmentPayload {
    pub segment: Segment,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateSegmentInput {
    pub id: cynic::Id,
    /// The version that the change was made for, where another one is refused.
    pub version: Option<i32>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub kind: Option<SegmentKind>,
    pub url: Option<String>,
    pub starts_at: Option<String>,
    pub ends_at: Option<String>,
    pub tags: Option<Vec<String>>,
    pub speaker_ids: Option<Vec<cynic::Id>>,
    pub session_ids: Option<Vec<cynic::Id>>,
    pub published: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateSegmentVariables {
    pub input: UpdateSegmentInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateSegmentVariables")]
pub struct UpdateSegment {
    #[arguments(input: $input)]
    pub update_segment: SegmentPayload,
}

#[derive(cynic::QueryVariables)]
pub struct SegmentIdVariables {
    pub id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SegmentIdVariables")]
pub struct SegmentNow {
    #[arguments(id: $id)]
    pub segment: Option<Segment>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteSegmentInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DeleteSegmentVariables {
    pub input: DeleteSegmentInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeleteSegmentVariables")]
pub struct DeleteSegment {
    #[arguments(input: $input)]
    pub delete_segment: DeleteSegmentPayload,
}

#[derive(cynic::QueryFragment)]
pub struct DeleteSegmentPayload {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PublishSegmentsInput {
    pub event_id: cynic::Id,
    pub segment_ids: Option<Vec<cynic::Id>>,
    pub published: bool,
}

#[derive(cynic::QueryVariables)]
pub struct PublishSegmentsVariables {
    pub input: PublishSegmentsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PublishSegmentsVariables")]
pub struct PublishSegments {
    #[arguments(input: $input)]
    pub publish_segments: PublishSegmentsPayload,
}

#[derive(cynic::QueryFragment)]
pub struct PublishSegmentsPayload {
    pub changed: i32,
}
