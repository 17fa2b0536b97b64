//! Moderators and those who may share by invitation: documents and typed results (D2, D4).

use super::schema;
use super::session::SavedPayload;

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AddModeratorInput {
    pub session_id: cynic::Id,
    pub email: String,
    pub invite: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct AddModeratorVariables {
    pub input: AddModeratorInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AddModeratorVariables")]
pub struct AddModerator {
    #[arguments(input: $input)]
    pub add_moderator: SavedPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveModeratorInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveModeratorVariables {
    pub input: RemoveModeratorInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveModeratorVariables")]
pub struct RemoveModerator {
    #[arguments(input: $input)]
    pub remove_moderator: SavedPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AddSharerInput {
    pub session_id: cynic::Id,
    pub email: String,
    pub invite: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct AddSharerVariables {
    pub input: AddSharerInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AddSharerVariables")]
pub struct AddSharer {
    #[arguments(input: $input)]
    pub add_sharer: SavedPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RemoveSharerInput {
    pub session_id: cynic::Id,
    pub person_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveSharerVariables {
    pub input: RemoveSharerInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveSharerVariables")]
pub struct RemoveSharer {
    #[arguments(input: $input)]
    pub remove_sharer: SavedPayload,
}
