//! Anything with an id, found by it alone.

use super::account::Account;
use super::context::Ask;
use super::event::Event;
use super::organization::Organization;
use super::recording::Recording;
use super::registration::Registration;
use super::segment::{self, Segment};
use super::session::Session;
use crate::access;
use crate::ids::{AccountId, EventId, Id, OrganizationId, RecordingId, RegistrationId, SegmentId, SessionId};
use crate::ops;
use async_graphql::{Context, ID, Interface, Result};
use std::sync::Arc;

/// Anything with an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id, unique in the whole installation."))]
pub(super) enum Node {
    Account(Account),
    Organization(Organization),
    Event(Event),
    Registration(Registration),
    Session(Session),
    Segment(Segment),
    Recording(Recording),
}

/// What has this id, if the caller may see it.
pub(super) async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let (app, caller) = (ctx.app(), ctx.caller());
    if let Some(id) = SessionId::parse(id) {
        return Ok(ops::session::find(app, &caller, id).await?.map(|view| Node::Session(view.into())));
    }
    if let Some(id) = SegmentId::parse(id) {
        return Ok(segment::find(ctx, id).await?.map(Node::Segment));
    }
    if let Some(id) = RecordingId::parse(id) {
        return Ok(ops::recording::find(app, &caller, id).await?.map(|view| Node::Recording(Recording(view))));
    }
    if let Some(id) = EventId::parse(id) {
        return Ok(ops::event::find(app, &caller, id).await?.map(|event| Node::Event(Event(Arc::new(event)))));
    }
    if let Some(id) = RegistrationId::parse(id) {
        let found = ops::registration::find(app, &caller, id).await?;
        return Ok(found.map(|(row, account)| Node::Registration(Registration { row, account })));
    }
    if let Some(id) = OrganizationId::parse(id) {
        if access::manage_organization(&caller, id).is_err() {
            return Ok(None);
        }
        return Ok(ctx.loaders().load_one(id).await?.map(|row| Node::Organization(Organization(row))));
    }
    let own = AccountId::parse(id).and_then(|id| caller.account.clone().filter(|account| account.id == id));
    Ok(own.map(|account| Node::Account(Account(account))))
}
