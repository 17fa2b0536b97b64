//! Invite lists: documents and typed results (C2).

use super::registration::{PageInfo, Person};
use super::schema;

#[derive(cynic::QueryVariables)]
pub struct InvitationsVariables {
    pub id: cynic::Id,
    pub after: Option<String>,
}

/// One page of a session's invite list, by name.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "InvitationsVariables")]
pub struct Invitations {
    #[arguments(id: $id)]
    pub session: Option<SessionInvitations>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session", variables = "InvitationsVariables")]
pub struct SessionInvitations {
    #[arguments(first: 100, after: $after)]
    pub invitations: InvitationConnection,
}

#[derive(cynic::QueryFragment)]
pub struct InvitationConnection {
    pub nodes: Vec<Invitation>,
    pub page_info: PageInfo,
    pub total_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Invitation {
    pub person: Option<Person>,
    pub email: String,
}

/// Addresses that the API takes at once.
pub const INVITED_AT_ONCE: usize = 1_000;

#[derive(cynic::InputObject, Clone, Debug)]
pub struct InviteManyInput {
    pub session_id: cynic::Id,
    pub emails: Vec<String>,
}

#[derive(cynic::QueryVariables)]
pub struct InviteManyVariables {
    pub input: InviteManyInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "InviteManyVariables")]
pub struct InviteMany {
    #[arguments(input: $input)]
    pub invite_many: InviteManyPayload,
}

/// What became of many addresses.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct InviteManyPayload {
    pub added: i32,
    pub already: i32,
    pub refused: Vec<RefusedAddress>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct RefusedAddress {
    pub text: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UninviteInput {
    pub session_id: cynic::Id,
    pub email: String,
}

#[derive(cynic::QueryVariables)]
pub struct UninviteVariables {
    pub input: UninviteInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UninviteVariables")]
pub struct Uninvite {
    #[arguments(input: $input)]
    pub uninvite: InvitedPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionPayload")]
pub struct InvitedPayload {
    pub session: InvitedSession,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct InvitedSession {
    pub id: cynic::Id,
}
