//! The filter panel of the lists of sessions: dates, ticket types and tags, each with its own "Clear" (B7). What is chosen
//! stands in the address.

use super::event::{CurrentEvent, Programme};
use crate::api::event::SlugVariables;
use crate::api::fetch;
use crate::api::query::Query;
use crate::api::ticket_type::TicketNames;
use crate::browser::{self, Style};
use crate::components::{Glyph, Icon, in_address};
use crate::state::session_filter::{self, Filter, toggled};
use crate::t;
use chrono::NaiveTime;
use cynic::QueryBuilder;
use leptos::prelude::*;

/// One section: what is chosen in it.
#[derive(Clone, Copy)]
pub struct Section {
    pub chosen: Memo<Vec<String>>,
    set: Callback<String>,
}

impl Section {
    fn in_address(name: &'static str) -> Self {
        let (text, set) = in_address(name);
        Self { chosen: Memo::new(move |_| text.with(|text| session_filter::read(text))), set }
    }

    pub fn toggle(self, one: &str) {
        self.set.run(session_filter::written(&toggled(self.chosen.get_untracked(), one)));
    }

    pub fn has(self, one: &str) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|other| other == one))
    }

    fn clear(self) {
        self.set.run(String::new());
    }
}

/// What a list is narrowed by.
#[derive(Clone, Copy)]
pub struct Filters {
    pub text: Memo<String>,
    pub set_text: Callback<String>,
    pub dates: Section,
    pub tickets: Section,
    pub tags: Section,
}

impl Filters {
    pub fn in_address() -> Self {
        let (text, set_text) = in_address("q");
        let [dates, tickets, tags] = ["dates", "tickets", "tags"].map(Section::in_address);
        Self { text, set_text, dates, tickets, tags }
    }

    pub fn wanted(self) -> Filter {
        Filter {
            text: self.text.get(),
            dates: self.dates.chosen.get(),
            tickets: self.tickets.chosen.get(),
            tags: self.tags.chosen.get(),
        }
    }

    /// Everything, the text too.
    pub fn clear(self) {
        self.set_text.run(String::new());
        [self.dates, self.tickets, self.tags].into_iter().for_each(Section::clear);
    }
}

/// One thing that can be chosen: what stands in the address, and how it is called.
type Named = (String, String);

/// Opens and closes the panel, and says how much is chosen in it.
#[component]
pub fn FilterButton(filters: Filters, open: RwSignal<bool>) -> impl IntoView {
    let chosen = Memo::new(move |_| filters.wanted().chosen());
    view! {
        <button
            type="button"
            class="button secondary"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-controls="filter-panel"
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon glyph=Glyph::Sliders/>
            <span>{t!("filters", count = chosen.get())}</span>
        </button>
    }
}

#[component]
pub fn FilterPanel(filters: Filters, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <div id="filter-panel" hidden=move || !open.get()>
            <Show when=move || open.get()><Sections filters/></Show>
        </div>
    }
}

#[component]
fn Sections(filters: Filters) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let Programme { sessions, .. } = expect_context();
    let tickets = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(TicketNames::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.ticket_types).unwrap_or_default())
        },
    );
    let zone = Memo::new(move |_| current.event.with(|event| event.time_zone.clone()));
    let dates = Memo::new(move |_| {
        let zone = zone.get();
        let dates = sessions.with(|sessions| {
            sessions.here().map(|sessions| sessions.dates(|at| browser::zone_offset(&zone, at))).unwrap_or_default()
        });
        // A calendar date is written as the noon of it would be.
        let named = |date: chrono::NaiveDate| {
            let noon = date.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12);
            (date.to_string(), browser::format_instant(noon, "UTC", Style::Date))
        };
        dates.into_iter().map(named).collect::<Vec<Named>>()
    });
    let tickets = Memo::new(move |_| {
        let named = |ticket: &crate::api::ticket_type::TicketName| (ticket.id.inner().to_owned(), ticket.name.clone());
        tickets.value.with(|value| value.here().into_iter().flatten().map(named).collect::<Vec<Named>>())
    });
    let tags = Memo::new(move |_| {
        let tags = sessions.with(|sessions| sessions.here().map(|sessions| sessions.tags()).unwrap_or_default());
        tags.into_iter().map(|tag| (tag.clone(), tag)).collect::<Vec<Named>>()
    });
    view! {
        <div class="filter-panel card">
            <OneSection legend=t!("filter-dates") section=filters.dates all=dates none=t!("filter-no-dates")/>
            <OneSection legend=t!("filter-tickets") section=filters.tickets all=tickets none=t!("filter-no-tickets")/>
            <OneSection legend=t!("tags") section=filters.tags all=tags none=t!("filter-no-tags")/>
        </div>
    }
}

#[component]
fn OneSection(
    legend: Signal<String>,
    section: Section,
    all: Memo<Vec<Named>>,
    /// Why there is nothing to choose.
    none: Signal<String>,
) -> impl IntoView {
    let is_empty = move || all.with(Vec::is_empty);
    let nothing_chosen = move || section.chosen.with(Vec::is_empty);
    view! {
        <fieldset class="filter-section">
            <legend>{legend}</legend>
            <div class="filter-choices">
                <For each=move || all.get() key=Named::clone let:one>
                    {
                        let (value, name) = one;
                        let value = StoredValue::new(value);
                        view! {
                            <label>
                                <input
                                    type="checkbox"
                                    prop:checked=move || value.with_value(|value| section.has(value))
                                    on:change=move |_| value.with_value(|value| section.toggle(value))
                                />
                                <span>{name}</span>
                            </label>
                        }
                    }
                </For>
                <Show when=is_empty><p class="muted small">{none}</p></Show>
            </div>
            <button type="button" class="link-button" disabled=nothing_chosen aria-label=t!("clear-of", section = legend.get()) on:click=move |_| section.clear()>
                {t!("clear")}
            </button>
        </fieldset>
    }
}
