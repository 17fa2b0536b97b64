//! Invitations to organize: documents and typed results.

use super::organization::OrganizationPayload;
use super::schema;

/// One that nobody has accepted yet.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct OrganizerInvitation {
    pub id: cynic::Id,
    pub email: String,
    pub is_over: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct InviteOrganizerInput {
    pub organization_id: cynic::Id,
    pub email: String,
}

#[derive(cynic::QueryVariables)]
pub struct InviteOrganizerVariables {
    pub input: InviteOrganizerInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "InviteOrganizerVariables")]
pub struct InviteOrganizer {
    #[arguments(input: $input)]
    pub invite_organizer: OrganizationPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct WithdrawOrganizerInvitationInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct WithdrawVariables {
    pub input: WithdrawOrganizerInvitationInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "WithdrawVariables")]
pub struct WithdrawOrganizerInvitation {
    #[arguments(input: $input)]
    pub withdraw_organizer_invitation: OrganizationPayload,
}

#[derive(cynic::QueryVariables)]
pub struct TokenVariables {
    pub token: String,
}

/// What the link of an invitation leads to.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TokenVariables")]
pub struct LookAtInvitation {
    #[arguments(token: $token)]
    pub organizer_invitation: Option<Invited>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "OrganizerInvitation")]
pub struct Invited {
    pub email: String,
    pub is_over: bool,
    pub is_accepted: bool,
    pub organization: super::account::Organization,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AcceptOrganizerInvitationInput {
    pub token: String,
}

#[derive(cynic::QueryVariables)]
pub struct AcceptVariables {
    pub input: AcceptOrganizerInvitationInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AcceptVariables")]
pub struct AcceptOrganizerInvitation {
    #[arguments(input: $input)]
    pub accept_organizer_invitation: OrganizationPayload,
}
