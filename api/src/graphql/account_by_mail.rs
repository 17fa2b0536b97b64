//! What one does with an account through its email address, in GraphQL.

use super::account::{Account, AccountPayload, become_account, from_page};
use super::context::Ask;
use super::event::Event;
use crate::ops::account::by_mail;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use std::sync::Arc;

/// A mail is on its way, if there is somebody to get it: the answer says nothing about that.
#[derive(SimpleObject)]
struct MailRequestedPayload {
    /// Always true.
    requested: bool,
}

/// What `verifyEmail` confirmed.
#[derive(SimpleObject)]
struct VerifyEmailPayload {
    /// The email address.
    email: String,
}

/// What `signInWithLink` opened.
#[derive(SimpleObject)]
struct SignInWithLinkPayload {
    /// The account that is signed in now.
    account: Account,
    /// The event that the link is for.
    event: Event,
}

/// For `verifyEmail`.
#[derive(InputObject)]
struct VerifyEmailInput {
    /// The token of the link in the mail.
    token: String,
}

/// For `requestPasswordReset`.
#[derive(InputObject)]
struct RequestPasswordResetInput {
    /// The email address of the account.
    email: String,
}

/// For `resetPassword`.
#[derive(InputObject)]
struct ResetPasswordInput {
    /// The token of the link in the mail.
    token: String,
    /// The password from now on, 10 to 128 characters.
    new_password: String,
}

/// For `setPassword`.
#[derive(InputObject)]
struct SetPasswordInput {
    /// The password from now on, 10 to 128 characters.
    new_password: String,
}

/// For `requestSignInLink`.
#[derive(InputObject)]
struct RequestSignInLinkInput {
    /// The email address that one is registered with.
    email: String,
    /// The event's part of the page's address.
    event_slug: String,
}

/// For `signInWithLink`.
#[derive(InputObject)]
struct SignInWithLinkInput {
    /// The token of the link in the mail.
    token: String,
}

/// A link that was used already is `CONFLICT`, one that is too old `NOT_OPEN`, and one that never was or was taken back
/// `NOT_FOUND`.
#[derive(Default)]
pub(super) struct AccountByMailMutation;

#[Object]
impl AccountByMailMutation {
    /// Mails the caller another link to confirm their email address; none when it is confirmed.
    async fn resend_verification(&self, ctx: &Context<'_>) -> Result<AccountPayload> {
        let account = by_mail::resend_verification(ctx.app(), &ctx.caller(), ctx.request().from).await?;
        Ok(AccountPayload { account: Account(account) })
    }

    /// Confirms an email address by the link of a mail, once. Signs nobody in.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: VerifyEmailInput,
    ) -> Result<VerifyEmailPayload> {
        let email = by_mail::verify_email(ctx.app(), ctx.request().from, input.token).await?;
        Ok(VerifyEmailPayload { email })
    }

    /// Mails a link that sets another password. The answer is the same when nobody has this address.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose password.")] input: RequestPasswordResetInput,
    ) -> Result<MailRequestedPayload> {
        by_mail::request_password_reset(ctx.app(), ctx.request().from, &input.email).await?;
        Ok(MailRequestedPayload { requested: true })
    }

    /// Sets another password by the link of a mail, once, and signs in by cookie. Every other sign-in of the account ends, and
    /// its email address counts as confirmed.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the new password.")] input: ResetPasswordInput,
    ) -> Result<AccountPayload> {
        let signed_in = by_mail::reset_password(ctx.app(), from_page(ctx)?, input.token, input.new_password).await?;
        become_account(ctx, &signed_in).await?;
        Ok(AccountPayload { account: Account(signed_in.account) })
    }

    /// Gives the caller's account, which has none, a password. `CONFLICT` when it has one.
    async fn set_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: SetPasswordInput,
    ) -> Result<AccountPayload> {
        let account = by_mail::set_first_password(ctx.app(), &ctx.caller(), input.new_password).await?;
        Ok(AccountPayload { account: Account(account) })
    }

    /// Mails a registered person a link that signs them in, until a week after the event. The answer is the same when nobody is
    /// registered with this address.
    async fn request_sign_in_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and for which event.")] input: RequestSignInLinkInput,
    ) -> Result<MailRequestedPayload> {
        by_mail::request_sign_in_link(ctx.app(), ctx.request().from, &input.email, input.event_slug).await?;
        Ok(MailRequestedPayload { requested: true })
    }

    /// Signs in by cookie with the link that was mailed to a registered person. It works again and again, until a week after
    /// the event.
    async fn sign_in_with_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: SignInWithLinkInput,
    ) -> Result<SignInWithLinkPayload> {
        let (signed_in, event) = by_mail::sign_in_with_link(ctx.app(), from_page(ctx)?, input.token).await?;
        become_account(ctx, &signed_in).await?;
        let account = Account(signed_in.account);
        Ok(SignInWithLinkPayload { account, event: Event(Arc::new(event)) })
    }
}
