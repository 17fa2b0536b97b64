//! Who else is in the event, where organizers let people see each other (A6).

use crate::api::fetch;
use crate::api::people::{People as PeopleQuery, PeopleVariables, Person};
use crate::api::query::Pages;
use crate::components::{Avatar, Button, EmptyState, Glyph, SearchField, in_address};
use crate::pages::event::CurrentEvent;
use crate::pages::paged::Paged;
use crate::pages::submit::page_title;
use crate::{t, text};
use cynic::QueryBuilder;
use leptos::prelude::*;

#[component]
pub fn People() -> impl IntoView {
    page_title(|| text!("people"));
    let current: CurrentEvent = expect_context();
    let visible = Memo::new(move |_| current.event.with(|event| event.shows_people_to_viewer()));
    move || {
        if visible.get() {
            view! { <List/> }.into_any()
        } else {
            view! { <EmptyState icon=Glyph::People title=t!("people-off-title") text=t!("people-off-text")/> }
                .into_any()
        }
    }
}

#[component]
fn List() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (search, set_search) = in_address("q");
    let total = RwSignal::new(None::<i32>);
    let pages = Pages::new(
        move || (current.slug(), search.get()),
        move |(slug, search): (String, String), after| async move {
            let search = Some(search).filter(|search| !search.trim().is_empty());
            let event = fetch::send(PeopleQuery::build(PeopleVariables { slug, search, after })).await?.event;
            Ok(event.map(|event| {
                total.try_set(Some(event.people.total_count));
                (event.people.nodes, event.people.page_info)
            }))
        },
    );
    let empty = move || {
        if search.with(String::is_empty) {
            view! { <EmptyState icon=Glyph::People title=t!("people-none-title") text=t!("people-none-text")/> }
                .into_any()
        } else {
            view! {
                <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                    <Button label=t!("clear-search") on=move |()| set_search.run(String::new())/>
                </EmptyState>
            }
            .into_any()
        }
    };
    let row = |person: Person| {
        let headline = (!person.headline.is_empty()).then(|| view! { <p class="muted small">{person.headline}</p> });
        let picture = Signal::stored(person.picture);
        view! {
            <li class="person"><Avatar name=person.name.clone() picture/><div><strong>{person.name}</strong>{headline}</div></li>
        }
    };
    view! {
        <div class="page-head">
            <h1>{t!("people")}</h1>
            <p class="muted" role="status">{move || total.get().map(|total| text!("people-count", count = total))}</p>
        </div>
        <div class="toolbar"><SearchField label=t!("find-people") value=search on=set_search/></div>
        <div class="people"><Paged pages key=|person: &Person| person.id.inner().to_owned() row empty/></div>
    }
}
