//! Registrations: documents and typed results.

use super::event::{Event, SlugVariablesFields};
use super::{DateTime, schema};

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RegisterInput {
    pub event_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RegisterVariables {
    pub input: RegisterInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RegisterVariables")]
pub struct Register {
    #[arguments(input: $input)]
    pub register: RegisterPayload,
}

#[derive(cynic::QueryFragment)]
pub struct RegisterPayload {
    pub event: Event,
}

#[derive(cynic::QueryVariables)]
pub struct PeopleVariables {
    pub slug: String,
    pub search: Option<String>,
    pub after: Option<String>,
}

/// One page of the people who are registered, by name.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "PeopleVariables")]
pub struct People {
    #[arguments(slug: $slug)]
    pub event: Option<EventPeople>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "PeopleVariables")]
pub struct EventPeople {
    #[arguments(search: $search, first: 50, after: $after)]
    pub registrations: RegistrationConnection,
}

/// How many people are registered.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct RegistrationCount {
    #[arguments(slug: $slug)]
    pub event: Option<EventRegistrationCount>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventRegistrationCount {
    #[arguments(first: 1)]
    pub registrations: TotalCount,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RegistrationConnection")]
pub struct TotalCount {
    pub total_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct RegistrationConnection {
    pub nodes: Vec<Registration>,
    pub page_info: PageInfo,
    pub total_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Registration {
    pub id: cynic::Id,
    pub person: Person,
    pub email: String,
    pub created_at: DateTime,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Person {
    pub id: cynic::Id,
    pub name: String,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct PageInfo {
    pub has_next_page: bool,
    pub end_cursor: Option<String>,
}
