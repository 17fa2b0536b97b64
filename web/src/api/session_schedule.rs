//! The segments that lead to a session: documents and typed results (F1, F3).

use super::event::EventIdVariablesFields;
use super::registration::PageInfo;
use super::segment::SegmentsVariablesFields;
use super::{DateTime, schema};

#[derive(cynic::QueryVariables)]
pub struct SessionSegmentsVariables {
    pub id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SessionSegmentsVariables")]
pub struct SessionSegments {
    #[arguments(id: $id)]
    pub session: Option<SegmentsOfSession>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct SegmentsOfSession {
    pub segments: Vec<LinkedSegment>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Segment")]
pub struct LinkedSegment {
    pub id: cynic::Id,
    pub name: String,
    pub starts_at: DateTime,
    pub published: bool,
}

/// One page of an event's schedule, with where it leads.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SegmentsVariables")]
pub struct LeadingSegments {
    #[arguments(slug: $slug)]
    pub event: Option<EventLeadingSegments>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "SegmentsVariables")]
pub struct EventLeadingSegments {
    #[arguments(first: 100, after: $after)]
    pub segments: LeadingSegmentConnection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SegmentConnection")]
pub struct LeadingSegmentConnection {
    pub nodes: Vec<LeadingSegment>,
    pub page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Segment")]
pub struct LeadingSegment {
    pub id: cynic::Id,
    pub name: String,
    pub starts_at: DateTime,
    pub published: bool,
    pub version: i32,
    pub sessions: Vec<LedTo>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Session")]
pub struct LedTo {
    pub id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "EventIdVariables")]
pub struct LeadingChanged {
    #[arguments(eventId: $event_id)]
    pub segment_changed: LeadingChange,
}

/// `segment` is nothing when it was deleted. Of two changes the one with the higher version is newer.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "SegmentChange")]
pub struct LeadingChange {
    pub segment_id: cynic::Id,
    pub version: i32,
    pub segment: Option<LeadingSegment>,
}
