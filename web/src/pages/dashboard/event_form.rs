//! The fields of an event, for making one and for changing it.

use crate::api::event::Event;
use crate::api::{DateTime, Failure, Problem, ProblemCode};
use crate::browser;
use crate::components::FormProblems;
use crate::components::field::FieldNote;
use crate::components::{TextArea, TextField};
use crate::state::{slug, zoned};
use crate::t;
use leptos::prelude::*;

/// What is typed.
#[derive(Clone, Copy)]
pub struct EventFields {
    pub name: RwSignal<String>,
    pub slug: RwSignal<String>,
    /// The address follows the name until somebody types one.
    slug_follows: RwSignal<bool>,
    pub description: RwSignal<String>,
    starts: RwSignal<String>,
    ends: RwSignal<String>,
    pub time_zone: RwSignal<String>,
}

impl EventFields {
    pub fn empty() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            slug: RwSignal::new(String::new()),
            slug_follows: RwSignal::new(true),
            description: RwSignal::new(String::new()),
            starts: RwSignal::new(String::new()),
            ends: RwSignal::new(String::new()),
            time_zone: RwSignal::new(browser::own_zone()),
        }
    }

    pub fn of(event: &Event) -> Self {
        let offset = |at| browser::zone_offset(&event.time_zone, at);
        Self {
            name: RwSignal::new(event.name.clone()),
            slug: RwSignal::new(event.slug.clone()),
            slug_follows: RwSignal::new(false),
            description: RwSignal::new(event.description.clone()),
            starts: RwSignal::new(zoned::to_field(event.starts_at, offset)),
            ends: RwSignal::new(zoned::to_field(event.ends_at, offset)),
            time_zone: RwSignal::new(event.time_zone.clone()),
        }
    }

    /// Start and end as instants, or which of them is none, as the server would say it.
    pub fn times(self) -> Result<(DateTime, DateTime), Failure> {
        let zone = self.time_zone.get_untracked();
        let read = |field: RwSignal<String>, name: &str| {
            zoned::to_utc(&field.get_untracked(), |at| browser::zone_offset(&zone, at)).map_err(|none| {
                let code = match none {
                    zoned::NoInstant::NotATime => ProblemCode::Required,
                    zoned::NoInstant::Skipped => ProblemCode::Skipped,
                };
                Problem { field: name.into(), code, limit: None }
            })
        };
        match (read(self.starts, "startsAt"), read(self.ends, "endsAt")) {
            (Ok(starts), Ok(ends)) => Ok((starts, ends)),
            (starts, ends) => {
                let problems = [starts.err(), ends.err()].into_iter().flatten().collect();
                Err(Failure::Refused { code: crate::api::Code::InvalidInput, problems })
            }
        }
    }

    /// Everything that is typed, to see whether it changed.
    pub fn typed(self) -> [String; 6] {
        [self.name, self.slug, self.description, self.starts, self.ends, self.time_zone].map(|field| field.get())
    }
}

#[component]
pub fn EventFieldset(fields: EventFields) -> impl IntoView {
    let follow = Callback::new(move |name: String| {
        if fields.slug_follows.get_untracked() {
            fields.slug.set(slug::suggest(&name));
        }
    });
    let typed = Callback::new(move |_: String| fields.slug_follows.set(false));
    view! {
        <TextField label=t!("name") name="name" value=fields.name limit=100 on_input=follow/>
        <TextField label=t!("address") name="slug" value=fields.slug limit=60 on_input=typed hint=t!("address-hint", slug = fields.slug.get())/>
        <TextArea label=t!("description") name="description" value=fields.description rows=4 limit=2000/>
        <div class="row-fields">
            <TextField label=t!("starts") name="startsAt" kind="datetime-local" value=fields.starts/>
            <TextField label=t!("ends") name="endsAt" kind="datetime-local" value=fields.ends/>
        </div>
        <ZoneField value=fields.time_zone/>
    }
}

/// Every zone this browser knows, its own first.
#[component]
fn ZoneField(value: RwSignal<String>) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let problem = problems.of("timeZone");
    let own = browser::own_zone();
    let mut zones = browser::zones();
    zones.retain(|zone| *zone != own);
    zones.insert(0, own);
    let chosen = value.get_untracked();
    if !zones.contains(&chosen) {
        zones.insert(0, chosen);
    }
    view! {
        <div class="field">
            <div class="field-head"><label for="timeZone">{t!("time-zone")}</label></div>
            <select id="timeZone" aria-describedby="timeZone-note" on:change=move |event| value.set(event_target_value(&event))>
                {zones.into_iter().map(|zone| {
                    let selected = zone == value.get_untracked();
                    view! { <option value=zone.clone() selected=selected>{zone.replace('_', " ")}</option> }
                }).collect_view()}
            </select>
            <FieldNote name="timeZone" hint=t!("time-zone-hint").into() problem/>
        </div>
    }
}
