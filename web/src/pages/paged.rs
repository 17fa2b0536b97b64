//! A list that is fetched page by page: its rows, what stands there without any, and the way to more.

use super::gate::Failed;
use super::words;
use crate::api::Failure;
use crate::api::query::Pages;
use crate::components::{Button, Skeleton, use_toasts};
use crate::state::Loaded;
use crate::t;
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(Failure),
    Empty,
    List,
}

/// `key` tells rows apart: a row whose key stays is not made again.
#[component]
pub fn Paged<T, Row>(
    pages: Pages<T>,
    key: fn(&T) -> String,
    row: impl Fn(T) -> Row + Copy + Send + Sync + 'static,
    #[prop(into)] empty: ViewFn,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    Row: IntoView + 'static,
{
    let value = pages.query.value;
    let is_empty = Memo::new(move |_| value.with(|value| value.here().is_some_and(Vec::is_empty)));
    let list = move || value.with(|value| value.here().cloned().unwrap_or_default());
    view! {
        <Awaited pages is_empty empty>
            <ul class="rows"><For each=list key=key let:one>{row(one)}</For></ul>
            <More pages/>
        </Awaited>
    }
}

/// What stands in the place of rows while there are none; `children` are the rows.
#[component]
pub fn Awaited<T>(
    pages: Pages<T>,
    /// Whether there are none of what the place shows of its pages.
    is_empty: Memo<bool>,
    #[prop(into)] empty: ViewFn,
    children: ChildrenFn,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let shown = Memo::new(move |_| {
        let is_empty = is_empty.get();
        pages.query.value.with(|value| match value {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(_) if is_empty => Shown::Empty,
            Loaded::Here(_) => Shown::List,
        })
    });
    move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| pages.reload()/> }.into_any(),
        Shown::Empty => empty.run(),
        Shown::List => children(),
    }
}

/// The way to more, where there is more.
#[component]
pub fn More<T>(pages: Pages<T>) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let toasts = use_toasts();
    let more = move |()| pages.more(move |failure| toasts.bad(words::failure(&failure)));
    view! { <Show when=move || pages.has_more()><Button label=t!("show-more") busy=pages.busy on=more/></Show> }
}
