//! Ticket types in GraphQL (A4).

use super::context::{Ask, parse};
use super::event::Event;
use super::loaders::{HoldersOf, SessionsFor};
use crate::access;
use crate::error::Error;
use crate::model;
use crate::ops;
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use std::sync::Arc;

pub(super) struct TicketType(pub model::ticket_type::TicketType);

impl TicketType {
    async fn holders_now(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(ctx.loaders().load_one(HoldersOf(self.0.id)).await?.unwrap_or_default())
    }

    /// Whether the caller manages the event that it belongs to.
    async fn is_managed(&self, ctx: &Context<'_>) -> Result<bool> {
        let event = ctx.loaders().load_one(self.0.event_id).await?;
        Ok(event.is_some_and(|event| access::manage_event(&ctx.caller(), &event).is_ok()))
    }
}

/// What a person registers with.
#[Object]
impl TicketType {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name, up to 60 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for, up to 300 characters, lines apart by line feeds.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Whether people can register with it while places are left.
    async fn open(&self) -> bool {
        self.0.is_open
    }

    /// Whether no place is left.
    async fn sold_out(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.capacity.is_some() && self.0.remaining(self.holders_now(ctx).await?) == Some(0))
    }

    /// How many places are left; nothing where there is no limit.
    async fn remaining(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        if self.0.capacity.is_none() {
            return Ok(None);
        }
        Ok(self.0.remaining(self.holders_now(ctx).await?))
    }

    /// How many people may hold it; nothing means any number. For organizers; nothing for others.
    async fn capacity(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(if self.is_managed(ctx).await? { self.0.capacity } else { None })
    }

    /// How many people hold it, those who are blocked apart. For organizers; nothing for others.
    async fn holders(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        Ok(if self.is_managed(ctx).await? { Some(self.holders_now(ctx).await?) } else { None })
    }

    /// The titles of the sessions that are for its holders, up to 100. For organizers; none for others.
    async fn session_titles(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        if !self.is_managed(ctx).await? {
            return Ok(Vec::new());
        }
        Ok(ctx.loaders().load_one(SessionsFor(self.0.id)).await?.unwrap_or_default())
    }
}

/// For `createTicketType`.
#[derive(InputObject)]
struct CreateTicketTypeInput {
    /// The event.
    event_id: ID,
    /// Its name, 1 to 60 characters, unique in the event.
    name: String,
    /// What it is for, up to 300 characters.
    description: Option<String>,
    /// How many people may hold it, 1 to 1,000,000; any number unless given.
    capacity: Option<i32>,
    /// Whether people can register with it; they can unless this is false.
    open: Option<bool>,
}

/// For `updateTicketType`: what is not given stays.
#[derive(InputObject)]
struct UpdateTicketTypeInput {
    /// The ticket type.
    id: ID,
    /// Its name, 1 to 60 characters, unique in the event.
    name: Option<String>,
    /// What it is for, up to 300 characters.
    description: Option<String>,
    /// How many people may hold it, 1 to 1,000,000; null for any number. Below those who hold it, they keep it.
    capacity: MaybeUndefined<i32>,
    /// Whether people can register with it.
    open: Option<bool>,
    /// Its place in the order of the event's ticket types, from 0.
    position: Option<i32>,
}

/// For `deleteTicketType`.
#[derive(InputObject)]
struct DeleteTicketTypeInput {
    /// The ticket type.
    id: ID,
}

/// A ticket type after a change.
#[derive(SimpleObject)]
struct TicketTypePayload {
    /// The ticket type.
    ticket_type: TicketType,
    /// The event that it belongs to.
    event: Event,
}

/// A ticket type was deleted.
#[derive(SimpleObject)]
struct DeleteTicketTypePayload {
    /// The ticket type's id.
    id: ID,
    /// The event that it belonged to.
    event: Event,
}

#[derive(Default)]
pub(super) struct TicketTypeMutation;

#[Object]
impl TicketTypeMutation {
    /// Adds a ticket type to an event, the last in the order. For organizers.
    async fn create_ticket_type(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ticket type.")] input: CreateTicketTypeInput,
    ) -> Result<TicketTypePayload> {
        let input = ops::ticket_type::NewTicketType {
            event: parse(&input.event_id, "event")?,
            name: input.name,
            description: input.description.unwrap_or_default(),
            capacity: input.capacity,
            is_open: input.open.unwrap_or(true),
        };
        let (ticket, event) = ops::ticket_type::create(ctx.app(), &ctx.caller(), input).await?;
        Ok(TicketTypePayload { ticket_type: TicketType(ticket), event: Event(event) })
    }

    /// Changes a ticket type. For organizers.
    async fn update_ticket_type(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateTicketTypeInput,
    ) -> Result<TicketTypePayload> {
        let id = parse(&input.id, "ticket type")?;
        let capacity = match input.capacity {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(capacity) => Some(Some(capacity)),
        };
        let patch = ops::ticket_type::TicketTypePatch {
            name: input.name,
            description: input.description,
            capacity,
            is_open: input.open,
            position: input.position.map(|position| usize::try_from(position).unwrap_or(0)),
        };
        let (ticket, event) = ops::ticket_type::update(ctx.app(), &ctx.caller(), id, patch).await?;
        Ok(TicketTypePayload { ticket_type: TicketType(ticket), event: Event(event) })
    }

    /// Deletes a ticket type that nobody holds and no session is for; the last one of an event stays. `IN_USE` says what
    /// holds it. For organizers.
    async fn delete_ticket_type(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ticket type.")] input: DeleteTicketTypeInput,
    ) -> Result<DeleteTicketTypePayload> {
        let id = parse(&input.id, "ticket type")?;
        let event = ops::ticket_type::delete(ctx.app(), &ctx.caller(), id).await?;
        Ok(DeleteTicketTypePayload { id: input.id, event: Event(event) })
    }
}

/// The ticket type of a registration.
pub(super) async fn held(ctx: &Context<'_>, id: crate::ids::TicketTypeId) -> Result<TicketType> {
    let found = ctx.loaders().load_one(id).await?;
    Ok(TicketType(Arc::unwrap_or_clone(found.ok_or(Error::NotFound("ticket type"))?)))
}
