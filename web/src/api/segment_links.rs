//! What a segment can be linked to: sessions and people, found by what somebody types; and whether a session is scheduled.

use super::registration::Person;
use super::schema;
use super::session::Scheduling;

#[derive(cynic::QueryVariables)]
pub struct FindSessionsVariables {
    pub slug: String,
    pub search: Option<String>,
}

/// Sessions that a segment may lead to, by what somebody types.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FindSessionsVariables")]
pub struct FindSessions {
    #[arguments(slug: $slug)]
    pub event: Option<FoundSessions>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "FindSessionsVariables")]
pub struct FoundSessions {
    #[arguments(first: 20, search: $search)]
    pub sessions: FoundSessionConnection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionConnection")]
pub struct FoundSessionConnection {
    pub nodes: Vec<FoundSession>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Session")]
pub struct FoundSession {
    pub id: cynic::Id,
    pub title: String,
    pub scheduling: Scheduling,
}

#[derive(cynic::InputObject, Clone, Debug)]
#[cynic(graphql_type = "UpdateSessionInput")]
pub struct ScheduleSessionInput {
    pub id: cynic::Id,
    pub scheduling: Option<Scheduling>,
    /// Takes the session off the schedule when it becomes always open (F3).
    pub unlink_segments: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct ScheduleSessionVariables {
    pub input: ScheduleSessionInput,
}

/// Makes a session scheduled, or always open.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ScheduleSessionVariables")]
pub struct ScheduleSession {
    #[arguments(input: $input)]
    pub update_session: ScheduledPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SessionPayload")]
pub struct ScheduledPayload {
    pub session: FoundSession,
}

#[derive(cynic::QueryVariables)]
pub struct FindPeopleVariables {
    pub slug: String,
    pub search: Option<String>,
}

/// People who may speak, by what somebody types: the registered ones found, and all organizers.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FindPeopleVariables")]
pub struct FindPeople {
    #[arguments(slug: $slug)]
    pub event: Option<FoundPeople>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "FindPeopleVariables")]
pub struct FoundPeople {
    #[arguments(first: 20, search: $search, blocked: false)]
    pub registrations: FoundRegistrations,
    pub organization: Organizing,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RegistrationConnection")]
pub struct FoundRegistrations {
    pub nodes: Vec<FoundRegistration>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Registration")]
pub struct FoundRegistration {
    pub email: String,
    pub person: Person,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Organization")]
pub struct Organizing {
    pub organizers: Vec<Person>,
}
