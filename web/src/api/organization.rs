//! Organizers: documents and typed results.

use super::event::SlugVariablesFields;
use super::organizer_invitation::OrganizerInvitation;
use super::registration::Person;
use super::schema;

pub use super::event::SlugVariables;

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Organization {
    pub id: cynic::Id,
    pub organizers: Vec<Person>,
    pub organizer_invitations: Vec<OrganizerInvitation>,
}

/// The organizers of an event.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SlugVariables")]
pub struct Organizers {
    #[arguments(slug: $slug)]
    pub event: Option<EventOrganizers>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventOrganizers {
    pub organization: Organization,
}

#[derive(cynic::QueryFragment)]
pub struct OrganizationPayload {
    pub organization: Organization,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveOrganizerInput {
    pub organization_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveOrganizerVariables {
    pub input: RemoveOrganizerInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveOrganizerVariables")]
pub struct RemoveOrganizer {
    #[arguments(input: $input)]
    pub remove_organizer: OrganizationPayload,
}
