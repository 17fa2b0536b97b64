//! Invitations to organize, in GraphQL.

use super::context::{Ask, parse};
use super::organization::{Organization, OrganizationPayload};
use crate::model;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};

pub(super) struct OrganizerInvitation {
    pub row: model::mail_token::MailToken,
    pub organization: model::organization::Organization,
}

/// An invitation to organize, sent by mail. Seen by organizers, and by who has its link.
#[Object]
impl OrganizerInvitation {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The email address that it was sent to. Only an account with this address can accept it.
    async fn email(&self) -> &str {
        &self.row.email
    }

    /// Until when it can be accepted.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.row.expires_at.utc()
    }

    /// Whether it is too old to be accepted.
    async fn is_over(&self, ctx: &Context<'_>) -> bool {
        self.row.expires_at <= ctx.app().clock.now()
    }

    /// Whether somebody has accepted it.
    async fn is_accepted(&self) -> bool {
        self.row.used_at.is_some()
    }

    /// What it invites to organize.
    async fn organization(&self) -> Organization {
        Organization(self.organization.clone())
    }
}

/// For `inviteOrganizer`.
#[derive(InputObject)]
struct InviteOrganizerInput {
    /// The organization.
    organization_id: ID,
    /// The person's email address.
    email: String,
}

/// For `withdrawOrganizerInvitation`.
#[derive(InputObject)]
struct WithdrawOrganizerInvitationInput {
    /// The invitation.
    id: ID,
}

/// For `acceptOrganizerInvitation`.
#[derive(InputObject)]
struct AcceptOrganizerInvitationInput {
    /// The token of the link in the mail.
    token: String,
}

#[derive(Default)]
pub(super) struct OrganizerInvitationMutation;

#[Object]
impl OrganizerInvitationMutation {
    /// Makes somebody an organizer of the organization: at once when they have an account with this address and have confirmed
    /// it, else when they accept the invitation that is mailed to them. Inviting again sends another mail, and the link of the
    /// one before opens nothing any more. For organizers.
    async fn invite_organizer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organization and the person.")] input: InviteOrganizerInput,
    ) -> Result<OrganizationPayload> {
        let id = parse(&input.organization_id, "organization")?;
        let (app, from) = (ctx.app(), ctx.request().from);
        let organization = ops::organizer_invitation::invite(app, &ctx.caller(), from, id, input.email).await?;
        Ok(OrganizationPayload { organization: Organization(organization) })
    }

    /// Takes an invitation back that nobody has accepted. For organizers.
    async fn withdraw_organizer_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation.")] input: WithdrawOrganizerInvitationInput,
    ) -> Result<OrganizationPayload> {
        let id = parse(&input.id, "invitation")?;
        let organization = ops::organizer_invitation::withdraw(ctx.app(), &ctx.caller(), id).await?;
        Ok(OrganizationPayload { organization: Organization(organization) })
    }

    /// Makes the caller an organizer. `FORBIDDEN` when it was sent to another address, `CONFLICT` when it was accepted already,
    /// `NOT_OPEN` when it is too old, `NOT_FOUND` when it was withdrawn.
    async fn accept_organizer_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: AcceptOrganizerInvitationInput,
    ) -> Result<OrganizationPayload> {
        let (app, from) = (ctx.app(), ctx.request().from);
        let organization = ops::organizer_invitation::accept(app, &ctx.caller(), from, input.token).await?;
        let again = ops::account::renewed(app, &ctx.caller()).await?;
        ctx.request().caller_as_now().set(std::sync::Arc::new(again));
        Ok(OrganizationPayload { organization: Organization(organization) })
    }
}
