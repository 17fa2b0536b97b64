//! Who is here: the account behind the login's cookie, signing in and out, the first set-up.

use super::picture::{Picture, PictureChange};
use super::schema;

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Account {
    pub id: cynic::Id,
    pub name: String,
    pub headline: String,
    pub picture: Option<Picture>,
    pub email: String,
    /// Whether the person has shown that mail reaches them.
    pub is_verified: bool,
    /// Without one, links that are mailed sign in.
    pub has_password: bool,
    pub organizations: Vec<Organization>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Organization {
    pub id: cynic::Id,
    pub name: String,
}

/// What every page needs to know before it shows anything.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Query")]
pub struct Start {
    pub instance: Instance,
    pub me: Option<Account>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Instance {
    /// Nobody is here yet: the first visitor sets up the organization.
    pub needs_set_up: bool,
    pub version: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetUpInput {
    pub organization_name: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SignUpInput {
    pub name: String,
    pub email: String,
    pub password: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SignInInput {
    pub email: String,
    pub password: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ChangePasswordInput {
    pub current_password: String,
    pub new_password: String,
}

#[derive(cynic::QueryVariables)]
pub struct SetUpVariables {
    pub input: SetUpInput,
}

#[derive(cynic::QueryVariables)]
pub struct SignUpVariables {
    pub input: SignUpInput,
}

#[derive(cynic::QueryVariables)]
pub struct SignInVariables {
    pub input: SignInInput,
}

#[derive(cynic::QueryVariables)]
pub struct ChangePasswordVariables {
    pub input: ChangePasswordInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SetUpVariables")]
pub struct SetUp {
    #[arguments(input: $input)]
    pub set_up: SetUpPayload,
}

#[derive(cynic::QueryFragment, Debug)]
pub struct SetUpPayload {
    pub account: Account,
}

#[derive(cynic::QueryFragment, Debug)]
pub struct AccountPayload {
    pub account: Account,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SignUpVariables")]
pub struct SignUp {
    #[arguments(input: $input)]
    pub sign_up: AccountPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SignInVariables")]
pub struct SignIn {
    #[arguments(input: $input)]
    pub sign_in: AccountPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation")]
pub struct SignOut {
    pub sign_out: SignOutPayload,
}

#[derive(cynic::QueryFragment, Debug)]
pub struct SignOutPayload {
    pub signed_out: bool,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ChangePasswordVariables")]
pub struct ChangePassword {
    #[arguments(input: $input)]
    pub change_password: AccountPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct UpdateProfileInput {
    pub name: Option<String>,
    pub headline: Option<String>,
    #[cynic(skip_serializing_if = "PictureChange::is_keep")]
    pub picture_id: PictureChange,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateProfileVariables {
    pub input: UpdateProfileInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateProfileVariables")]
pub struct UpdateProfile {
    #[arguments(input: $input)]
    pub update_profile: AccountPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeleteAccountInput {
    pub confirmation: String,
}

#[derive(cynic::QueryVariables)]
pub struct DeleteAccountVariables {
    pub input: DeleteAccountInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeleteAccountVariables")]
pub struct DeleteAccount {
    #[arguments(input: $input)]
    pub delete_account: DeleteAccountPayload,
}

#[derive(cynic::QueryFragment)]
pub struct DeleteAccountPayload {
    pub id: cynic::Id,
}
