//! Sessions that attendees make: documents and typed results (N1).

use super::schema;
use super::session::Session;

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateOwnSessionInput {
    pub event_id: cynic::Id,
    pub title: String,
    pub description: Option<String>,
    pub moderated: bool,
    pub max_participants: Option<i32>,
    pub picture_id: Option<cynic::Id>,
    pub picture_alt: Option<String>,
}

#[derive(cynic::QueryVariables)]
pub struct CreateOwnSessionVariables {
    pub input: CreateOwnSessionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateOwnSessionVariables")]
pub struct CreateOwnSession {
    #[arguments(input: $input)]
    pub create_own_session: OwnSessionPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionPayload")]
pub struct OwnSessionPayload {
    pub session: Session,
}
