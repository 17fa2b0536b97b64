//! Invite lists in GraphQL (C2).

use super::account::Person;
use super::connection::connection;
use super::context::{Ask, parse};
use super::session::SessionPayload;
use crate::model;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};

pub(super) struct Invitation {
    pub row: model::invitation::Invitation,
    pub account: Option<model::account::Account>,
}

/// One person on a session's invite list. Seen by organizers.
#[Object]
impl Invitation {
    /// Whose it is; nothing until somebody with this address registers and has confirmed it.
    async fn person(&self) -> Option<Person> {
        self.account.as_ref().map(Person::from)
    }

    /// The email address that is invited.
    async fn email(&self) -> &str {
        &self.row.email
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }
}

connection!(InvitationConnection, InvitationEdge, Invitation, "invitations");

/// For `invite`.
#[derive(InputObject)]
struct InviteInput {
    /// The session.
    session_id: ID,
    /// The email address of a person. Who is not registered yet finds the session once they are.
    email: String,
}

/// For `uninvite`.
#[derive(InputObject)]
struct UninviteInput {
    /// The session.
    session_id: ID,
    /// The email address on the list.
    email: String,
}

#[derive(Default)]
pub(super) struct InvitationMutation;

#[Object]
impl InvitationMutation {
    /// Puts somebody on a session's invite list; who is on it stays so. For organizers.
    async fn invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the person.")] input: InviteInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        let view = ops::invitation::invite(ctx.app(), &ctx.caller(), id, input.email).await?;
        Ok(SessionPayload { session: view.into() })
    }

    /// Takes a person off a session's invite list; who is in a private room leaves it at once. For organizers.
    async fn uninvite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the address.")] input: UninviteInput,
    ) -> Result<SessionPayload> {
        let id = parse(&input.session_id, "session")?;
        let view = ops::invitation::uninvite(ctx.app(), &ctx.caller(), id, input.email).await?;
        Ok(SessionPayload { session: view.into() })
    }
}
