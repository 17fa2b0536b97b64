//! Sessions in GraphQL.

mod choice;
mod fields;
mod input;
mod mutation;

pub(super) use choice::{DisplaySize, ShareAccess, WatchAccess};
pub(super) use input::tickets;
pub(super) use mutation::{SessionMutation, SessionPayload};

use super::connection::connection;
use super::context::Ask;
use super::loaders::{ChosenIn, WindowsOf};
use crate::access::{self, Claim, Standing};
use crate::feed::SessionView;
use crate::ids::{AccountId, TicketTypeId};
use crate::model;
use crate::ops;
use crate::timing::{Timing, Window};
use async_graphql::{Context, Result};
use std::sync::Arc;

pub(super) struct Session {
    row: Arc<model::session::Session>,
    event: Arc<model::event::Event>,
    /// Known already, or read for the whole list when they are asked for.
    tags: Option<Arc<[String]>>,
    windows: Option<Arc<[Window]>>,
    speakers: Option<Arc<[AccountId]>>,
    additional_information: Option<Arc<str>>,
    tickets: Option<Arc<[TicketTypeId]>>,
    picture: Option<Arc<model::picture::Picture>>,
    /// Whether those whom it is for see it before its time (F6); asked of the caller where nobody has said so.
    early: Option<bool>,
}

impl Session {
    /// A row of a list.
    pub(super) fn listed(row: model::session::Session, event: Arc<model::event::Event>) -> Self {
        Self::listed_shared(Arc::new(row), event)
    }

    /// A row that others hold as well.
    pub(super) fn listed_shared(row: Arc<model::session::Session>, event: Arc<model::event::Event>) -> Self {
        Self {
            row,
            event,
            tags: None,
            windows: None,
            speakers: None,
            additional_information: None,
            tickets: None,
            picture: None,
            early: None,
        }
    }

    /// For people of whom it is known whether they see it before its time: it needs not be asked who they are.
    pub(super) fn told(view: SessionView, early: bool) -> Self {
        Self { early: Some(early), ..Self::from(view) }
    }
}

impl From<SessionView> for Session {
    fn from(view: SessionView) -> Self {
        Self {
            row: view.session,
            event: view.event,
            tags: Some(view.tags),
            windows: Some(view.windows),
            speakers: Some(view.speakers),
            additional_information: Some(view.additional_information),
            tickets: Some(view.tickets),
            picture: view.picture,
            early: None,
        }
    }
}

impl Session {
    async fn known_windows(&self, ctx: &Context<'_>) -> Result<Vec<Window>> {
        match &self.windows {
            Some(windows) => Ok(windows.to_vec()),
            None => Ok(ctx.loaders().load_one(WindowsOf(self.row.id)).await?.unwrap_or_default()),
        }
    }

    /// Where it stands now.
    async fn stands(&self, ctx: &Context<'_>) -> Result<Timing> {
        Ok(Timing::of(self.row.scheduling, &self.known_windows(ctx).await?, ctx.app().clock.now()))
    }

    /// What the caller is here.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        let caller = ctx.caller();
        let Some(account) = &caller.account else { return Ok(Viewer::default()) };
        let claim = ctx.loaders().load_one(ChosenIn(self.row.id, account.id)).await?.unwrap_or_default();
        let standing = ops::stands(&caller, &self.event, None);
        Ok(Viewer { standing, host: access::is_host(account.id, standing, &self.row, claim), claim })
    }
}

/// What somebody who may watch a session is there.
#[derive(Default)]
struct Viewer {
    standing: Standing,
    host: bool,
    claim: Claim,
}

connection!(SessionConnection, SessionEdge, Session, "sessions");
