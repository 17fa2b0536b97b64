//! My Agenda in GraphQL (G3).

use super::context::{Ask, parse};
use super::event::Event;
use crate::ops;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use std::sync::Arc;

/// For `addToAgenda`.
#[derive(InputObject)]
struct AddToAgendaInput {
    /// A segment that the caller sees.
    segment_id: ID,
}

/// For `removeFromAgenda`.
#[derive(InputObject)]
struct RemoveFromAgendaInput {
    /// The segment.
    segment_id: ID,
}

/// For `rotateFeed`.
#[derive(InputObject)]
struct RotateFeedInput {
    /// The event whose agenda it shows.
    event_id: ID,
}

/// The agenda after a change.
#[derive(SimpleObject)]
struct AgendaPayload {
    /// The segment that was added or removed.
    segment_id: ID,
    /// The event, whose `myAgenda` has changed.
    event: Event,
}

/// The feed has another address.
#[derive(SimpleObject)]
struct RotateFeedPayload {
    /// Its address from now on.
    url: String,
}

#[derive(Default)]
pub(super) struct AgendaMutation;

#[Object]
impl AgendaMutation {
    /// Takes a segment into the caller's agenda. `FORBIDDEN` where My Agenda is switched off,
    /// `NOT_OPEN` once the event is over: then it stays as it is.
    async fn add_to_agenda(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The segment.")] input: AddToAgendaInput,
    ) -> Result<AgendaPayload> {
        let event = ops::agenda::add(ctx.app(), &ctx.caller(), parse(&input.segment_id, "segment")?).await?;
        Ok(AgendaPayload { segment_id: input.segment_id, event: Event(Arc::new(event)) })
    }

    /// Takes a segment out of the caller's agenda; `NOT_OPEN` once the event is over.
    async fn remove_from_agenda(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The segment.")] input: RemoveFromAgendaInput,
    ) -> Result<AgendaPayload> {
        let event = ops::agenda::remove(ctx.app(), &ctx.caller(), parse(&input.segment_id, "segment")?).await?;
        Ok(AgendaPayload { segment_id: input.segment_id, event: Event(Arc::new(event)) })
    }

    /// Gives the caller's calendar feed another secret address; the old one leads nowhere from now on.
    async fn rotate_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: RotateFeedInput,
    ) -> Result<RotateFeedPayload> {
        let url = ops::agenda::rotate_feed(ctx.app(), &ctx.caller(), parse(&input.event_id, "event")?).await?;
        Ok(RotateFeedPayload { url })
    }
}
