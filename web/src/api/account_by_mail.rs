//! What a person does with an account through its email address: documents and typed results.

use super::account::{Account, AccountPayload};
use super::schema;

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation")]
pub struct ResendVerification {
    pub resend_verification: AccountPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct VerifyEmailInput {
    pub token: String,
}

#[derive(cynic::QueryVariables)]
pub struct VerifyEmailVariables {
    pub input: VerifyEmailInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "VerifyEmailVariables")]
pub struct VerifyEmail {
    #[arguments(input: $input)]
    pub verify_email: VerifyEmailPayload,
}

#[derive(cynic::QueryFragment)]
pub struct VerifyEmailPayload {
    pub email: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RequestPasswordResetInput {
    pub email: String,
}

#[derive(cynic::QueryVariables)]
pub struct RequestPasswordResetVariables {
    pub input: RequestPasswordResetInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RequestPasswordResetVariables")]
pub struct RequestPasswordReset {
    #[arguments(input: $input)]
    pub request_password_reset: MailRequestedPayload,
}

#[derive(cynic::QueryFragment)]
pub struct MailRequestedPayload {
    pub requested: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ResetPasswordInput {
    pub token: String,
    pub new_password: String,
}

#[derive(cynic::QueryVariables)]
pub struct ResetPasswordVariables {
    pub input: ResetPasswordInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ResetPasswordVariables")]
pub struct ResetPassword {
    #[arguments(input: $input)]
    pub reset_password: AccountPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetPasswordInput {
    pub new_password: String,
}

#[derive(cynic::QueryVariables)]
pub struct SetPasswordVariables {
    pub input: SetPasswordInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SetPasswordVariables")]
pub struct SetPassword {
    #[arguments(input: $input)]
    pub set_password: AccountPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RequestSignInLinkInput {
    pub email: String,
    pub event_slug: String,
}

#[derive(cynic::QueryVariables)]
pub struct RequestSignInLinkVariables {
    pub input: RequestSignInLinkInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RequestSignInLinkVariables")]
pub struct RequestSignInLink {
    #[arguments(input: $input)]
    pub request_sign_in_link: MailRequestedPayload,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SignInWithLinkInput {
    pub token: String,
}

#[derive(cynic::QueryVariables)]
pub struct SignInWithLinkVariables {
    pub input: SignInWithLinkInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SignInWithLinkVariables")]
pub struct SignInWithLink {
    #[arguments(input: $input)]
    pub sign_in_with_link: SignInWithLinkPayload,
}

#[derive(cynic::QueryFragment)]
pub struct SignInWithLinkPayload {
    pub account: Account,
    pub event: EventOfLink,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event")]
pub struct EventOfLink {
    pub slug: String,
}
