//! What a list gives: one page of it, and how to count the whole when that is asked for.

use crate::app::App;
use crate::error::Result;
use crate::ids::{AccountId, EventId, OrganizationId, SessionId};
use crate::model;
use crate::model::page::Page;
use crate::model::recording::Which;
use crate::model::registration;
use crate::model::segment::seen;
use crate::model::session::{Viewer, Wanted};

pub struct Listed<R> {
    pub page: Page<R>,
    pub total: Total,
}

impl<R> Listed<R> {
    /// For who may not see the list.
    pub fn nothing() -> Self {
        Self { page: Page::empty(), total: Total::Nothing }
    }
}

/// What is counted.
#[derive(Clone, Debug)]
pub enum Total {
    Nothing,
    EventsOf(OrganizationId),
    SessionsOf(EventId, Viewer, Wanted),
    RegistrationsOf(EventId, registration::Filter),
    RegistrationsOfAccount(AccountId, Vec<OrganizationId>),
    InvitationsOf(SessionId),
    SegmentsOf(EventId, Viewer, seen::Wanted),
    /// Requests to share.
    WaitingIn(SessionId),
    BarsOf(SessionId),
    HostActionsOf(EventId),
    MessagesOf(SessionId),
    RecordingsOf(EventId, Option<SessionId>),
    RecordingsIn(SessionId, Which),
}

impl Total {
    pub async fn count(self, app: &App) -> Result<i64> {
        // Not even a connection is taken for it: it may be asked for in each row of a list.
        if matches!(self, Self::Nothing) {
            return Ok(0);
        }
        app.db
            .read(move |conn| {
                Ok(match self {
                    Self::Nothing => 0,
                    Self::EventsOf(id) => model::event::count_of_organization(conn, id)?,
                    Self::SessionsOf(id, viewer, wanted) => model::session::count(conn, id, viewer, &wanted)?,
                    Self::RegistrationsOf(id, filter) => model::registration::count_of_event(conn, id, &filter)?,
                    Self::RegistrationsOfAccount(id, organizes) => {
                        model::registration::count_of_account(conn, id, &organizes)?
                    }
                    Self::InvitationsOf(id) => model::invitation::count(conn, id)?,
                    Self::MessagesOf(id) => model::message::count(conn, id)?,
                    Self::SegmentsOf(id, viewer, wanted) => seen::count(conn, id, viewer, &wanted)?,
                    Self::WaitingIn(id) => {
                        model::share_request::counts(conn, &[id])?.first().map_or(0, |(_, count)| *count)
                    }
                    Self::BarsOf(id) => model::bar::count(conn, id)?,
                    Self::HostActionsOf(id) => model::host_action::count(conn, id)?,
                    Self::RecordingsOf(id, session) => model::recording::count(conn, id, session)?,
                    Self::RecordingsIn(id, which) => {
                        model::recording::counts(conn, &[id], which)?.first().map_or(0, |(_, count)| *count)
                    }
                })
            })
            .await
    }
}
