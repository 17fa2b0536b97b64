//! Ticket types: documents and typed results.

use super::event::SlugVariablesFields;
use super::schema;

/// A ticket type as organizers see it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct TicketType {
    pub id: cynic::Id,
    pub name: String,
    pub description: String,
    pub open: bool,
    pub sold_out: bool,
    pub capacity: Option<i32>,
    pub holders: Option<i32>,
    pub session_titles: Vec<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct TicketTypes {
    #[arguments(slug: $slug)]
    pub event: Option<EventTicketTypes>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventTicketTypes {
    pub ticket_types: Vec<TicketType>,
}

/// The ticket types of an event by their names.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct TicketNames {
    #[arguments(slug: $slug)]
    pub event: Option<EventTicketNames>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventTicketNames {
    pub ticket_types: Vec<TicketName>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "TicketType")]
pub struct TicketName {
    pub id: cynic::Id,
    pub name: String,
}

/// A ticket type as somebody sees it who may register with it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "TicketType")]
pub struct Offer {
    pub id: cynic::Id,
    pub name: String,
    pub description: String,
    pub open: bool,
    pub sold_out: bool,
    pub remaining: Option<i32>,
}

impl Offer {
    pub fn is_free(&self) -> bool {
        self.open && !self.sold_out
    }
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct Offers {
    #[arguments(slug: $slug)]
    pub event: Option<EventOffers>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventOffers {
    pub ticket_types: Vec<Offer>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreateTicketTypeInput {
    pub event_id: cynic::Id,
    pub name: String,
    pub description: Option<String>,
    pub capacity: Option<i32>,
}

#[derive(cynic::QueryVariables)]
pub struct CreateTicketTypeVariables {
    pub input: CreateTicketTypeInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CreateTicketTypeVariables")]
pub struct CreateTicketType {
    #[arguments(input: $input)]
    pub create_ticket_type: TicketTypePayload,
}

#[derive(cynic::QueryFragment)]
pub struct TicketTypePayload {
    pub event: EventTicketTypes,
}

/// All that the form has: without a capacity there is none any more.
#[derive(cynic::InputObject, Clone, Debug)]
#[cynic(graphql_type = "UpdateTicketTypeInput")]
pub struct EditTicketTypeInput {
    pub id: cynic::Id,
    pub name: Option<String>,
    pub description: Option<String>,
    pub capacity: Option<i32>,
}

#[derive(cynic::QueryVariables)]
pub struct EditTicketTypeVariables {
    pub input: EditTicketTypeInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "EditTicketTypeVariables")]
pub struct EditTicketType {
    #[arguments(input: $input)]
    pub update_ticket_type: TicketTypePayload,
}

/// What the list does: the rest stays.
#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateTicketTypeInput {
    pub id: cynic::Id,
    pub open: Option<bool>,
    pub position: Option<i32>,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateTicketTypeVariables {
    pub input: UpdateTicketTypeInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateTicketTypeVariables")]
pub struct UpdateTicketType {
    #[arguments(input: $input)]
    pub update_ticket_type: TicketTypePayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteTicketTypeInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DeleteTicketTypeVariables {
    pub input: DeleteTicketTypeInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeleteTicketTypeVariables")]
pub struct DeleteTicketType {
    #[arguments(input: $input)]
    pub delete_ticket_type: DeleteTicketTypePayload,
}

#[derive(cynic::QueryFragment)]
pub struct DeleteTicketTypePayload {
    pub event: EventTicketTypes,
}
