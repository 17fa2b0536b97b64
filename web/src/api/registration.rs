//! Registrations: documents and typed results.

use super::event::{Event, SlugVariablesFields};
use super::{DateTime, schema};

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RegisterInput {
    pub event_id: cynic::Id,
    pub ticket_type_id: Option<cynic::Id>,
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
    pub ticket: Option<cynic::Id>,
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
    #[arguments(search: $search, ticketTypeId: $ticket, first: 50, after: $after)]
    pub registrations: RegistrationConnection,
}

#[derive(cynic::QueryVariables)]
pub struct FoundPeopleVariables {
    pub slug: String,
    pub search: String,
}

/// The first few of those who are registered and not removed, with a text in their name or address.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FoundPeopleVariables")]
pub struct FoundPeople {
    #[arguments(slug: $slug)]
    pub event: Option<EventFoundPeople>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "FoundPeopleVariables")]
pub struct EventFoundPeople {
    #[arguments(search: $search, blocked: false, first: 8)]
    pub registrations: FoundRegistrations,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RegistrationConnection")]
pub struct FoundRegistrations {
    pub nodes: Vec<FoundPerson>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Registration")]
pub struct FoundPerson {
    pub person: Person,
    pub email: String,
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
    pub ticket_type: HeldTicket,
    pub blocked: bool,
    /// Whether they may neither chat nor vote nor ask (A7).
    pub muted: bool,
    pub created_at: DateTime,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "TicketType")]
pub struct HeldTicket {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateRegistrationInput {
    pub id: cynic::Id,
    pub ticket_type_id: Option<cynic::Id>,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateRegistrationVariables {
    pub input: UpdateRegistrationInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateRegistrationVariables")]
pub struct UpdateRegistration {
    #[arguments(input: $input)]
    pub update_registration: RegistrationPayload,
}

#[derive(cynic::QueryFragment)]
pub struct RegistrationPayload {
    pub registration: Registration,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PersonInEventInput {
    pub registration_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct PersonInEventVariables {
    pub input: PersonInEventInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PersonInEventVariables")]
pub struct BlockPerson {
    #[arguments(input: $input)]
    pub block_person: RegistrationPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PersonInEventVariables")]
pub struct UnblockPerson {
    #[arguments(input: $input)]
    pub unblock_person: RegistrationPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PersonInEventVariables")]
pub struct MutePerson {
    #[arguments(input: $input)]
    pub mute_person: RegistrationPayload,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PersonInEventVariables")]
pub struct UnmutePerson {
    #[arguments(input: $input)]
    pub unmute_person: RegistrationPayload,
}

/// What can be wrong with a line of a file of people or sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LineProblemCode {
    Name,
    Email,
    UnknownTicketType,
    Twice,
    Blocked,
    Full,
    Title,
    Description,
    Tags,
    DisplaySize,
    Priority,
    WatchAccess,
    TicketTypes,
    ShareAccess,
    Scheduling,
    MaxParticipants,
    YoutubeSharing,
    Record,
    #[serde(other)]
    Unknown,
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
