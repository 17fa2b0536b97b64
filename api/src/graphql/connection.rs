//! Relay-style connections: one page of a list, its cursors, and the total when it is asked for.

use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{AccountId, EventId, OrganizationId, SessionId};
use crate::limits;
use crate::model;
use crate::model::page::Page;
use crate::model::session::Viewer;
use crate::validate::{Code, Problem};
use async_graphql::connection::PageInfo;

/// The entries of one page, with their cursors.
pub(super) struct Entries<T> {
    pub entries: Vec<(String, T)>,
    pub has_previous: bool,
    pub has_next: bool,
    pub total: Total,
}

/// Declares the connection and the edge of a node. async-graphql's own have no descriptions.
macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ty, $of:literal) => {
        pub(super) struct $connection($crate::graphql::connection::Entries<$node>);

        impl From<$crate::graphql::connection::Entries<$node>> for $connection {
            fn from(entries: $crate::graphql::connection::Entries<$node>) -> Self {
                Self(entries)
            }
        }

        #[doc = concat!("A page of a list of ", $of, ".")]
        #[async_graphql::Object]
        impl $connection {
            /// The entries with their cursors.
            async fn edges(&self) -> Vec<$edge<'_>> {
                self.0.entries.iter().map(|(cursor, node)| $edge { cursor, node }).collect()
            }

            /// The entries alone.
            async fn nodes(&self) -> Vec<&$node> {
                self.0.entries.iter().map(|(_, node)| node).collect()
            }

            /// Whether there is more, and where.
            async fn page_info(&self) -> async_graphql::connection::PageInfo {
                self.0.page_info()
            }

            /// How many entries the whole list has, on all pages.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<i64> {
                Ok(self.0.total.clone().count($crate::graphql::context::Ask::app(ctx)).await?)
            }
        }

        #[doc = concat!("One entry of a list of ", $of, ".")]
        #[derive(async_graphql::SimpleObject)]
        pub(super) struct $edge<'a> {
            /// Where a page after this entry begins.
            cursor: &'a str,
            /// The entry.
            node: &'a $node,
        }
    };
}
pub(super) use connection;

impl<T> Entries<T> {
    pub(super) fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.entries.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: self.entries.last().map(|(cursor, _)| cursor.clone()),
        }
    }
}

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

impl Total {
    pub(super) async fn count(self, app: &App) -> Result<i64> {
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
pub(super) fn paged<R, T, C: From<Entries<T>>>(
    page: Page<R>,
    has_previous: bool,
    total: Total,
    node: impl Fn(R) -> (String, T),
) -> C {
    let has_next = page.has_next;
    Entries { entries: page.rows.into_iter().map(node).collect(), has_previous, has_next, total }.into()
}
