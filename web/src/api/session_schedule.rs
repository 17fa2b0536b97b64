//! The segments that lead to a session: documents and typed results (F1, F3).

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
