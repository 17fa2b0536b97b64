//! The root of queries: only a list.

use super::account::Account;
use super::context::Ask;
use super::event::Event;
use super::node::{self, Node};
use super::organizer_invitation::OrganizerInvitation;
use super::segment::{self, Segment};
use super::session::Session;
use crate::ids::{Id, SegmentId, SessionId};
use crate::ops;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use std::sync::Arc;

/// This installation.
#[derive(SimpleObject)]
struct Instance {
    /// Whether the first visitor has still to set it up.
    needs_set_up: bool,
    /// The version of the program.
    version: &'static str,
}

pub struct Query;

/// What clients can read.
#[Object]
impl Query {
    /// This installation.
    async fn instance(&self, ctx: &Context<'_>) -> Result<Instance> {
        let needs_set_up = ops::account::needs_set_up(ctx.app()).await?;
        Ok(Instance { needs_set_up, version: env!("CARGO_PKG_VERSION") })
    }

    /// The caller's account; nothing for who is not signed in.
    async fn me(&self, ctx: &Context<'_>) -> Option<Account> {
        ctx.caller().account.clone().map(Account)
    }

    /// The event that has this slug, if the caller may see it. A slug that an event had before leads to it too, until
    /// another event takes it.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event's part of the page's address.")] slug: String,
    ) -> Result<Option<Event>> {
        let event = ops::event::by_slug(ctx.app(), &ctx.caller(), slug).await?;
        Ok(event.map(|event| Event(Arc::new(event))))
    }

    /// The session, if the caller may watch it, or is registered and has the link of an unlisted one.
    async fn session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: ID,
        #[graphql(desc = "The secret part of its link. Looking admits nobody: `admit` and `joinSession` do.")]
        link_token: Option<String>,
    ) -> Result<Option<Session>> {
        let Some(id) = SessionId::parse(&id) else { return Ok(None) };
        let found = match link_token {
            Some(token) => ops::admission::find(ctx.app(), &ctx.caller(), id, ctx.link(token)).await?,
            None => ops::session::find(ctx.app(), &ctx.caller(), id).await?,
        };
        Ok(found.map(Session::from))
    }

    /// The segment, if the caller sees it.
    async fn segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The segment's id.")] id: ID,
    ) -> Result<Option<Segment>> {
        let Some(id) = SegmentId::parse(&id) else { return Ok(None) };
        segment::find(ctx, id).await
    }

    /// The invitation to organize whose link has this token, also when it was accepted or is too old; nothing when it was
    /// withdrawn.
    async fn organizer_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the link in the mail.")] token: String,
    ) -> Result<Option<OrganizerInvitation>> {
        let found = ops::organizer_invitation::by_token(ctx.app(), ctx.request().from, token).await?;
        Ok(found.map(|(row, organization)| OrganizerInvitation { row, organization }))
    }

    /// Whatever has this id, if the caller may see it.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Any id.")] id: ID) -> Result<Option<Node>> {
        node::find(ctx, &id).await
    }
}
