//! Registrations in GraphQL.

use super::account::Person;
use super::connection::connection;
use super::context::{Ask, parse};
use super::event::Event;
use crate::error::Error;
use crate::model;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use std::sync::Arc;

pub(super) struct Registration {
    pub row: model::registration::Registration,
    pub account: model::account::Account,
}

/// One person's admission to one event. Seen by the person and by organizers.
#[Object]
impl Registration {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Who is registered.
    async fn person(&self) -> Person {
        Person::from(&self.account)
    }

    /// The person's email address.
    async fn email(&self) -> &str {
        &self.account.email
    }

    /// What for.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        let event = ctx.loaders().load_one(self.row.event_id).await?;
        Ok(Event(event.ok_or(Error::NotFound("event"))?))
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }
}

connection!(RegistrationConnection, RegistrationEdge, Registration, "registrations");

/// For `register`.
#[derive(InputObject)]
struct RegisterInput {
    /// The event.
    event_id: ID,
}

/// The caller is registered.
#[derive(SimpleObject)]
struct RegisterPayload {
    /// The registration.
    registration: Registration,
    /// The event, as the caller sees it now.
    event: Event,
}

#[derive(Default)]
pub(super) struct RegistrationMutation;

#[Object]
impl RegistrationMutation {
    /// Registers the caller for an event; who is registered already stays so. From its publication to its end.
    async fn register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: RegisterInput,
    ) -> Result<RegisterPayload> {
        let account = ctx.caller().account()?.clone();
        let id = parse(&input.event_id, "event")?;
        let (row, event) = ops::registration::register(ctx.app(), &ctx.caller(), id).await?;
        Ok(RegisterPayload { registration: Registration { row, account }, event: Event(Arc::new(event)) })
    }
}
