//! Relay-style connections: one page of a list, its cursors, and the total when it is asked for.

use super::context::Ask;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{AccountId, EventId, OrganizationId, SessionId};
use crate::limits;
use crate::model;
use crate::model::page::Page;
use crate::model::session::Viewer;
use crate::validate::{Code, Problem};
use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Object, OutputType};

pub(super) type Paged<T> = Connection<String, T, Total, EmptyFields>;

/// What a list's `totalCount` counts; it is counted only when it is asked for.
#[derive(Clone, Debug)]
pub(super) enum Total {
    Nothing,
    EventsOf(OrganizationId),
    SessionsOf(EventId, Viewer, Option<String>),
    RegistrationsOf(EventId, Option<String>),
    RegistrationsOfAccount(AccountId),
    InvitationsOf(SessionId),
}

#[Object]
impl Total {
    /// How many entries the whole list has, on all pages.
    async fn total_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        Ok(self.clone().count(ctx.app()).await?)
    }
}

impl Total {
    async fn count(self, app: &App) -> Result<i64> {
        app.db
            .read(move |conn| {
                Ok(match self {
                    Self::Nothing => 0,
                    Self::EventsOf(id) => model::event::count_of_organization(conn, id)?,
                    Self::SessionsOf(id, viewer, search) => model::session::count(conn, id, viewer, search.as_deref())?,
                    Self::RegistrationsOf(id, search) => {
                        model::registration::count_of_event(conn, id, search.as_deref())?
                    }
                    Self::RegistrationsOfAccount(id) => model::registration::count_of_account(conn, id)?,
                    Self::InvitationsOf(id) => model::invitation::count(conn, id)?,
                })
            })
            .await
    }
}

/// How many entries a page shall have.
pub(super) fn page_size(first: Option<i32>) -> Result<usize> {
    match first.map(usize::try_from) {
        None => Ok(limits::PAGE_DEFAULT),
        Some(Ok(first)) if (1..=limits::PAGE).contains(&first) => Ok(first),
        Some(_) => {
            let message = format!("first must be from 1 to {}.", limits::PAGE);
            Err(Problem::new("first", Code::OutOfRange, message).into())
        }
    }
}

/// The two parts of a cursor `key:rest` as this api writes them.
pub(super) fn cursor<T>(after: Option<String>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    after
        .map(|text| {
            let wrong = || Problem::new("after", Code::Invalid, "after is no cursor of this list.");
            read(&text).ok_or_else(wrong)
        })
        .transpose()
        .map_err(Error::from)
}

/// What to search for: nothing when it is blank.
pub(super) fn search(text: Option<String>) -> Result<Option<String>> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > limits::SEARCH) {
        let message = format!("search has {} characters at the most.", limits::SEARCH);
        return Err(Problem::new("search", Code::TooLong, message).into());
    }
    Ok(text)
}

/// The page as a connection; `node` gives each row's cursor and node.
pub(super) fn paged<R, T: OutputType>(
    page: Page<R>,
    has_previous: bool,
    total: Total,
    node: impl Fn(R) -> (String, T),
) -> Paged<T> {
    let mut connection = Connection::with_additional_fields(has_previous, page.has_next, total);
    connection.edges.extend(page.rows.into_iter().map(|row| {
        let (cursor, node) = node(row);
        Edge::new(cursor, node)
    }));
    connection
}
