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
    let toasts = use_toasts();
    let value = pages.query.value;
    let shown = Memo::new(move |_| {
        value.with(|value| match value {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(list) if list.is_empty() => Shown::Empty,
            Loaded::Here(_) => Shown::List,
        })
    });
    let list = move || value.with(|value| value.here().cloned().unwrap_or_default());
    let more = move |()| pages.more(move |failure| toasts.bad(words::failure(&failure)));
    move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| pages.reload()/> }.into_any(),
        Shown::Empty => empty.run(),
        Shown::List => view! {
            <ul class="rows"><For each=list key=key let:one>{row(one)}</For></ul>
            <Show when=move || pages.has_more()><Button label=t!("show-more") busy=pages.busy on=more/></Show>
        }
        .into_any(),
    }
}
