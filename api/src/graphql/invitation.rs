//! Invite lists in GraphQL (C2, C3).

use super::account::Person;
use super::connection::connection;
use super::context::{Ask, parse};
use super::session::{Session, SessionPayload};
use crate::model;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

pub(super) struct Invitation {
    pub row: model::invitation::Invitation,
    pub account: Option<model::account::Account>,
}

/// One person on a session's invite list. Seen by organizers.
#[Object]
impl Invitation {
    /// Whose it is; nothing until somebody is registered with this address who has confirmed it, or was imported.
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

/// For `inviteMany`.
#[derive(InputObject)]
struct InviteManyInput {
    /// The session.
    session_id: ID,
    /// 1 to 1,000 email addresses.
    emails: Vec<String>,
}

/// What became of many addresses.
#[derive(SimpleObject)]
struct InviteManyPayload {
    /// The session.
    session: Session,
    /// How many are on the list from now on.
    added: i32,
    /// How many were on it already, or were given twice.
    already: i32,
    /// What could not be added, one by one; the others were.
    refused: Vec<RefusedAddress>,
}

/// What is no email address, among many.
#[derive(SimpleObject)]
struct RefusedAddress {
    /// Its place among those given, from 1.
    position: i32,
    /// What was given.
    text: String,
    /// A code, as in the problems of `INVALID_INPUT`.
    code: String,
    /// What is wrong with it, for people.
    message: String,
}

impl From<ops::invitation::Refused> for RefusedAddress {
    fn from(refused: ops::invitation::Refused) -> Self {
        let ops::invitation::Refused { position, text, problem } = refused;
        Self { position: count(position), text, code: problem.code.as_str().into(), message: problem.message }
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
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

    /// Puts many on a session's invite list at once. What is no address is told one by one, and hinders no other. For
    /// organizers.
    async fn invite_many(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session and the people.")] input: InviteManyInput,
    ) -> Result<InviteManyPayload> {
        let id = parse(&input.session_id, "session")?;
        let done = ops::invitation::invite_many(ctx.app(), &ctx.caller(), id, input.emails).await?;
        Ok(InviteManyPayload {
            session: done.view.into(),
            added: count(done.added),
            already: count(done.already),
            refused: done.refused.into_iter().map(RefusedAddress::from).collect(),
        })
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
