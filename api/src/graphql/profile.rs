//! What a person says of themselves, in GraphQL (A8).

use super::account::{Account, AccountPayload};
use super::context::Ask;
use super::picture::renamed;
use crate::ops;
use crate::ops::account::profile::ProfilePatch;
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};

/// For `updateProfile`: what is not given stays.
#[derive(InputObject)]
struct UpdateProfileInput {
    /// The name that others see, 1 to 80 characters.
    name: Option<String>,
    /// What the person says of themselves in one line, up to 80 characters.
    headline: Option<String>,
    /// The person's picture: one that they uploaded as their own; null takes it away.
    picture_id: MaybeUndefined<ID>,
}

/// For `deleteAccount`.
#[derive(InputObject)]
struct DeleteAccountInput {
    /// The password; of an account without one, its email address.
    confirmation: String,
}

/// The account is gone.
#[derive(SimpleObject)]
struct DeleteAccountPayload {
    /// The id it had.
    id: ID,
}

#[derive(Default)]
pub(super) struct ProfileMutation;

#[Object]
impl ProfileMutation {
    /// Changes what others see of the caller.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateProfileInput,
    ) -> Result<AccountPayload> {
        let patch = ProfilePatch { name: input.name, headline: input.headline, picture: renamed(input.picture_id)? };
        Ok(AccountPayload { account: Account(ops::account::profile::update(ctx.app(), &ctx.caller(), patch).await?) })
    }

    /// Deletes the caller's account for good, with registrations, invitations and own pictures. They leave every room at once.
    /// The last organizer of an organization stays: another one has to be added first. `GET /account/data.json` gives all that
    /// is kept about the caller before.
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That the caller means it.")] input: DeleteAccountInput,
    ) -> Result<DeleteAccountPayload> {
        let caller = ctx.caller();
        let id = ID(caller.account()?.id.to_string());
        ops::account::own_data::delete(ctx.app(), &caller, ctx.request().from, input.confirmation).await?;
        ctx.append_http_header("set-cookie", crate::auth::clearing_cookie(ctx.request().is_https()));
        Ok(DeleteAccountPayload { id })
    }
}
