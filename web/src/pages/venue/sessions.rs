//! Every session that the person finds, as cards: searched by text, narrowed by dates, ticket types and tags (B4, B5, B7).

use super::card::{Card, CardFace};
use super::host_news::Requests;
use super::own_session::OwnSession;
use super::tag_filter::TagFilter;
use crate::api::session::Session;
use crate::components::{Button, EmptyState, Glyph, SearchField, Skeleton};
use crate::pages::event::{CurrentEvent, List, Programme};
use crate::pages::filters::{FilterButton, FilterPanel, Filters};
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::{t, text};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Sessions() -> impl IntoView {
    page_title(|| text!("sessions"));
    let programme: Programme = expect_context();
    let (filters, open) = (Filters::in_address(), RwSignal::new(false));
    let (list, ids) = programme.list(move || filters.wanted());
    let clear = move |()| filters.clear();
    let tags = Memo::new(move |_| {
        programme.sessions.with(|sessions| sessions.here().map(|sessions| sessions.tags()).unwrap_or_default())
    });
    view! {
        <div class="page-head"><h1>{t!("sessions")}</h1><OwnSession/></div>
        <div class="toolbar">
            <SearchField label=t!("search-sessions") value=filters.text on=filters.set_text/>
            <FilterButton filters open/>
        </div>
        <FilterPanel filters open/>
        <TagFilter tags has=Callback::new(move |tag: String| filters.tags.has(&tag)) on=move |tag: String| filters.tags.toggle(&tag)/>
        {move || match list.get() {
            List::Waiting => view! { <div class="cards"><Skeleton shape="tall"/><Skeleton shape="tall"/></div> }.into_any(),
            List::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
            List::Empty => view! {
                <EmptyState icon=Glyph::Sessions title=t!("venue-no-sessions-title") text=t!("venue-no-sessions-text")/>
            }.into_any(),
            List::NoMatch => view! {
                <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                    <Button label=t!("clear-search") on=clear/>
                </EmptyState>
            }.into_any(),
            List::Here => view! {
                <ul class="cards">
                    <For each=move || ids.get() key=String::clone let:id><Item session=programme.session(id)/></For>
                </ul>
            }.into_any(),
        }}
    }
}

#[component]
fn Item(session: Memo<Option<Arc<Session>>>) -> impl IntoView {
    let (current, requests): (CurrentEvent, Requests) = (expect_context(), expect_context());
    let first = session.get_untracked();
    first.map(|first| {
        let (id, first) = (first.bare_id().to_owned(), CardFace::from(&*first));
        // A session on its way out keeps the face that it had.
        let face = Memo::new(move |before: Option<&CardFace>| {
            let now = session.get().map(|session| CardFace {
                asking: requests.0.with(|waiting| waiting.of(&session)),
                ..CardFace::from(&*session)
            });
            now.unwrap_or_else(|| before.unwrap_or(&first).clone())
        });
        let href = Signal::derive(move || Some(format!("/e/{}/sessions/{id}", current.slug())));
        view! { <li class:large=move || face.with(|face| face.large)><Card face=face.into() href/></li> }
    })
}
