//! Accounts in GraphQL.

use super::connection::{paged, slice};
use super::context::{Ask, Via};
use super::organization::Organization;
use super::picture::Picture;
use super::registration::{Registration, RegistrationConnection};
use crate::error::Error;
use crate::ids::{AccountId, Id, PictureId, RegistrationId};
use crate::model;
use crate::ops;
use crate::ops::account::SignedIn;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use std::sync::Arc;

pub(super) struct Account(pub model::account::Account);

/// The caller's own account.
#[Object]
impl Account {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// The name that others see.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the person says of themselves in one line, up to 80 characters; empty when that is nothing.
    async fn headline(&self) -> &str {
        &self.0.headline
    }

    /// The person's picture.
    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Picture>> {
        of_person(ctx, self.0.picture_id).await
    }

    /// The email address that one signs in with, in lower case.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Whether the person has shown that mail to the address reaches them. Nobody has to, to take part.
    async fn is_verified(&self) -> bool {
        self.0.verified_at.is_some()
    }

    /// Whether the account has a password. Without one, links that are mailed sign in.
    async fn has_password(&self) -> bool {
        !self.0.password_hash.is_empty()
    }

    /// The organizations that the account is an organizer of.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<Organization>> {
        let rows = ops::organization::own(ctx.app(), &ctx.caller()).await?;
        Ok(rows.into_iter().map(Organization).collect())
    }

    /// The events that the account is registered for, the newest registration first.
    #[graphql(complexity = "first.unwrap_or(25).max(0) as usize * child_complexity + 1")]
    async fn registrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of the page, 1 to 100; 25 unless given.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<RegistrationConnection> {
        let slice = slice(first, after, RegistrationId::parse)?;
        let has_previous = slice.after.is_some();
        let account = self.0.clone();
        let list = ops::registration::own(ctx.app(), &ctx.caller(), slice).await?;
        Ok(paged(list, has_previous, |row| (row.id.to_string(), Registration { row, account: account.clone() })))
    }
}

async fn of_person(ctx: &Context<'_>, id: Option<PictureId>) -> Result<Option<Picture>> {
    match id {
        Some(id) => Ok(ctx.loaders().load_one(id).await?.map(Picture)),
        None => Ok(None),
    }
}

pub(super) struct Person {
    pub id: String,
    pub name: String,
    /// Known already, or read for the whole list when it is asked for.
    pub account: Option<Arc<model::account::Account>>,
    /// The same.
    pub picture: Option<Arc<model::picture::Picture>>,
}

impl From<&model::account::Account> for Person {
    fn from(account: &model::account::Account) -> Self {
        Self {
            id: account.id.to_string(),
            name: account.name.clone(),
            account: Some(Arc::new(account.clone())),
            picture: None,
        }
    }
}

/// Somebody, as others may know them.
#[Object]
impl Person {
    /// The id of their account.
    async fn id(&self) -> ID {
        ID(self.id.clone())
    }

    /// Their name.
    async fn name(&self) -> &str {
        &self.name
    }

    /// What they say of themselves in one line; empty when that is nothing.
    async fn headline(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.account(ctx).await?.map(|account| account.headline.clone()).unwrap_or_default())
    }

    /// Their picture.
    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Picture>> {
        if let Some(picture) = &self.picture {
            return Ok(Some(Picture(Arc::clone(picture))));
        }
        of_person(ctx, self.account(ctx).await?.and_then(|account| account.picture_id)).await
    }
}

impl Person {
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Arc<model::account::Account>>> {
        match (&self.account, AccountId::parse(&self.id)) {
            (Some(account), _) => Ok(Some(Arc::clone(account))),
            (None, Some(id)) => Ok(ctx.loaders().load_one(id).await?),
            (None, None) => Ok(None),
        }
    }
}

/// The account that is signed in now.
#[derive(SimpleObject)]
pub(super) struct AccountPayload {
    /// The account.
    pub(super) account: Account,
}

/// What `setUp` made.
#[derive(SimpleObject)]
pub(super) struct SetUpPayload {
    /// The account of the first organizer, signed in.
    account: Account,
    /// The organization.
    organization: Organization,
}

/// The sign-in has ended.
#[derive(SimpleObject)]
pub(super) struct SignOutPayload {
    /// Always true.
    signed_out: bool,
}

/// For `setUp`.
#[derive(InputObject)]
struct SetUpInput {
    /// The name of the organization, 1 to 80 characters.
    organization_name: String,
    /// The organizer's name, 1 to 80 characters.
    name: String,
    /// The organizer's email address.
    email: String,
    /// The password, 10 to 128 characters.
    password: String,
}

/// For `signUp`.
#[derive(InputObject)]
struct SignUpInput {
    /// The name that others see, 1 to 80 characters.
    name: String,
    /// The email address to sign in with.
    email: String,
    /// The password, 10 to 128 characters.
    password: String,
}

/// For `signIn`.
#[derive(InputObject)]
struct SignInInput {
    /// The email address of the account.
    email: String,
    /// The password.
    password: String,
}

/// For `changePassword`.
#[derive(InputObject)]
struct ChangePasswordInput {
    /// The password until now.
    current_password: String,
    /// The password from now on, 10 to 128 characters.
    new_password: String,
}

#[derive(Default)]
pub(super) struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Sets a new installation up: makes the organization and its first organizer, who is signed in by cookie. Works once.
    async fn set_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organization and its first organizer.")] input: SetUpInput,
    ) -> Result<SetUpPayload> {
        let account = ops::account::NewAccount { name: input.name, email: input.email, password: input.password };
        let (signed_in, organization) =
            ops::account::set_up(ctx.app(), from_page(ctx)?, input.organization_name, account).await?;
        become_account(ctx, &signed_in).await?;
        Ok(SetUpPayload { account: Account(signed_in.account), organization: Organization(organization) })
    }

    /// Makes an account and signs it in by cookie. A mail asks for the address to be confirmed.
    async fn sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Name, email address and password.")] input: SignUpInput,
    ) -> Result<AccountPayload> {
        let account = ops::account::NewAccount { name: input.name, email: input.email, password: input.password };
        let signed_in = ops::account::sign_up(ctx.app(), from_page(ctx)?, account).await?;
        become_account(ctx, &signed_in).await?;
        Ok(AccountPayload { account: Account(signed_in.account) })
    }

    /// Signs in by cookie. Wrong email address and wrong password get the same error.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Email address and password.")] input: SignInInput,
    ) -> Result<AccountPayload> {
        let signed_in = ops::account::sign_in(ctx.app(), from_page(ctx)?, input.email, input.password).await?;
        become_account(ctx, &signed_in).await?;
        Ok(AccountPayload { account: Account(signed_in.account) })
    }

    /// Ends this sign-in and closes what is open with it.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        ops::account::sign_out(ctx.app(), &ctx.caller()).await?;
        ctx.append_http_header("set-cookie", crate::auth::clearing_cookie(ctx.request().is_https()));
        Ok(SignOutPayload { signed_out: true })
    }

    /// Changes the caller's password and ends every other sign-in of the account; links that were mailed open nothing any more.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password until now and the new one.")] input: ChangePasswordInput,
    ) -> Result<AccountPayload> {
        let from = ctx.request().from;
        let (current, new) = (input.current_password, input.new_password);
        let account = ops::account::change_password(ctx.app(), &ctx.caller(), from, current, new).await?;
        Ok(AccountPayload { account: Account(account) })
    }
}

/// Where the request came from; refused on a socket, which cannot set the cookie.
pub(super) fn from_page(ctx: &Context<'_>) -> std::result::Result<std::net::IpAddr, Error> {
    match ctx.request().via {
        Via::Http { .. } => Ok(ctx.request().from),
        Via::Socket => Err(Error::Forbidden("Sign in over HTTP: a socket cannot set the cookie.")),
    }
}

/// Sets the cookie, and lets the rest of the answer be what this account sees.
pub(super) async fn become_account(ctx: &Context<'_>, signed_in: &SignedIn) -> std::result::Result<(), Error> {
    ctx.append_http_header("set-cookie", crate::auth::cookie(ctx.request().is_https(), &signed_in.token));
    ctx.request().caller_as_now().set(Arc::new(ops::account::by_token(ctx.app(), &signed_in.token).await?));
    Ok(())
}
