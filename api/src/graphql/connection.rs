//! Relay-style connections: one page of a list, its cursors, and the total when it is asked for.

use super::context::Ask;
use super::loaders::{RecordingCountIn, WaitingIn};
use crate::clock::Time;
use crate::error::Result;
use crate::ids::Id;
use crate::limits;
use crate::model::page::Slice;
use crate::ops::list::{Listed, Total};
use crate::validate::{Code, Problem};
use async_graphql::Context;
use async_graphql::connection::PageInfo;
use chrono::DateTime;

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
                Ok($crate::graphql::connection::count(&self.0.total, ctx).await?)
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

/// How long a list is. That of those who wait in a session, and of its recordings, is asked for in lists of sessions.
pub(super) async fn count(total: &Total, ctx: &Context<'_>) -> Result<i64> {
    match total {
        Total::WaitingIn(id) => Ok(ctx.loaders().load_one(WaitingIn(*id)).await?.unwrap_or(0)),
        Total::RecordingsIn(id, which) => Ok(ctx.loaders().load_one(RecordingCountIn(*id, *which)).await?.unwrap_or(0)),
        other => other.clone().count(ctx.app()).await,
    }
}

/// Whether more is asked for of a list than how long it is: only then a page of it is read.
pub(super) fn is_read(ctx: &Context<'_>) -> bool {
    ["edges", "nodes", "pageInfo"].iter().any(|field| ctx.look_ahead().field(field).exists())
}

/// The cursor `millis/id` of lists by moment.
pub(super) fn moment_and_id<I: Id>(cursor: &str) -> Option<(Time, I)> {
    let (millis, id) = cursor.split_once('/')?;
    let moment = DateTime::from_timestamp_millis(millis.parse().ok()?)?;
    Some((moment.into(), I::parse(id)?))
}

/// Which part of the list is asked for: `read` takes a cursor of this list apart.
pub(super) fn slice<T>(
    first: Option<i32>,
    after: Option<String>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Slice<T>> {
    let first = match first.map(usize::try_from) {
        None => limits::PAGE_DEFAULT,
        Some(Ok(first)) if (1..=limits::PAGE).contains(&first) => first,
        Some(_) => {
            let message = format!("first must be from 1 to {}.", limits::PAGE);
            return Err(Problem::new("first", Code::OutOfRange, message).into());
        }
    };
    let wrong = || Problem::new("after", Code::Invalid, "after is no cursor of this list.");
    // PostgreSQL takes no NUL, and no cursor has one.
    let read = |text: String| if text.contains('\0') { None } else { read(&text) };
    let after = after.map(|text| read(text).ok_or_else(wrong)).transpose()?;
    Ok(Slice { after, first })
}

/// The cursor `name/id` of lists by name.
pub(super) fn name_and_id<I: Id>(cursor: &str) -> Option<(String, I)> {
    let (name, id) = cursor.rsplit_once('/')?;
    Some((name.to_owned(), I::parse(id)?))
}

/// What to search for: nothing when it is blank.
pub(super) fn search(text: Option<String>) -> Result<Option<String>> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > limits::SEARCH) {
        let message = format!("search has {} characters at the most.", limits::SEARCH);
        return Err(Problem::new("search", Code::TooLong, message).into());
    }
    if text.as_ref().is_some_and(|text| text.contains('\0')) {
        return Err(Problem::new("search", Code::Invalid, "search must not have control characters.").into());
    }
    Ok(text)
}

/// The list as a connection; `node` gives each row's cursor and node.
pub(super) fn paged<R, T, C: From<Entries<T>>>(
    list: Listed<R>,
    has_previous: bool,
    node: impl Fn(R) -> (String, T),
) -> C {
    let Listed { page, total } = list;
    let has_next = page.has_next;
    Entries { entries: page.rows.into_iter().map(node).collect(), has_previous, has_next, total }.into()
}
