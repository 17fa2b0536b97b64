//! The fields of an event, for making one and for changing it.

use super::draft::FormFields;
use crate::api::event::{Event, UpdateEventInput};
use crate::api::picture::PictureChange;
use crate::api::{DateTime, Failure, Problem, ProblemCode};
use crate::browser;
use crate::components::FormProblems;
use crate::components::field::FieldNote;
use crate::components::{TextArea, TextField};
use crate::state::form::{self, Field, Meets};
use crate::state::{event_form, slug, zoned};
use crate::{t, text};
use leptos::prelude::*;

pub use crate::state::event_form::Typed;

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
        let [name, slug, description, starts, ends, time_zone] = stored(event).map(RwSignal::new);
        Self { name, slug, slug_follows: RwSignal::new(false), description, starts, ends, time_zone }
    }

    /// Puts back what was typed on `base`, of an event that is not there yet: nobody else could have changed it.
    pub fn put_back(self, typed: &Typed, base: &Typed) {
        let (merged, _) = typed.merge(base, &untrack(|| self.typed()));
        self.set(merged);
        self.slug_follows.update(|follows| *follows = *follows && typed[1] == slug::suggest(&typed[0]));
    }

    /// Start and end as instants, of what is typed now.
    pub fn times(self) -> Result<(DateTime, DateTime), Failure> {
        times(&untrack(|| self.typed()))
    }

    fn all(self) -> [RwSignal<String>; 6] {
        [self.name, self.slug, self.description, self.starts, self.ends, self.time_zone]
    }
}

impl FormFields for EventFields {
    type Typed = Typed;

    fn typed(self) -> Typed {
        self.all().map(|field| field.get())
    }

    fn set(self, typed: Typed) {
        for (field, now) in self.all().into_iter().zip(typed) {
            if field.with_untracked(|shown| *shown != now) {
                field.set(now);
            }
        }
    }

    fn field_name(field: Field) -> String {
        match field {
            "name" => text!("name"),
            "slug" => text!("address"),
            "description" => text!("description"),
            "startsAt" => text!("starts"),
            "endsAt" => text!("ends"),
            _ => text!("time-zone"),
        }
    }

    fn field_text(field: Field, typed: &Typed) -> String {
        let text = event_form::FIELDS.iter().zip(typed).find(|(name, _)| **name == field).map(|(_, text)| text);
        let text = text.cloned().unwrap_or_default();
        match field {
            "startsAt" | "endsAt" => text.replace('T', " "),
            "timeZone" => text.replace('_', " "),
            _ => text,
        }
    }
}

/// What is typed and was not in `saved`, for the event with this id. Times that mean another instant by the zone alone are
/// changes too.
pub fn update(id: cynic::Id, typed: &Typed, saved: &Typed) -> Result<UpdateEventInput, Failure> {
    let changed = |at: usize| (typed[at] != saved[at]).then(|| typed[at].clone());
    let times = if typed[3..] == saved[3..] { None } else { Some(times(typed)?) };
    Ok(UpdateEventInput {
        id,
        version: None,
        name: changed(0),
        slug: changed(1),
        description: changed(2),
        starts_at: times.map(|(starts, _)| starts),
        ends_at: times.map(|(_, ends)| ends),
        time_zone: changed(5),
        picture_id: PictureChange::Keep,
    })
}

/// Start and end as instants, or which of them is none, as the server would say it; then with what is wrong beside them.
fn times([name, slug, _, starts, ends, zone]: &Typed) -> Result<(DateTime, DateTime), Failure> {
    let read = |text: &str, name: &str| {
        zoned::to_utc(text, |at| browser::zone_offset(zone, at)).map_err(|none| {
            let code = match none {
                zoned::NoInstant::NotATime => ProblemCode::Required,
                zoned::NoInstant::Skipped => ProblemCode::Skipped,
            };
            Problem::found(name, code)
        })
    };
    match (read(starts, "startsAt"), read(ends, "endsAt")) {
        (Ok(starts), Ok(ends)) => Ok((starts, ends)),
        (starts, ends) => {
            let name = form::line("name", name, form::EVENT_NAME);
            let slug = form::line("slug", slug, form::SLUG);
            let problems = [name, slug, starts.err(), ends.err()].into_iter().flatten().collect();
            Err(Failure::Refused { code: crate::api::Code::InvalidInput, problems })
        }
    }
}

/// The fields' texts of an event as it is stored.
pub fn stored(event: &Event) -> Typed {
    let offset = |at| browser::zone_offset(&event.time_zone, at);
    [
        event.name.clone(),
        event.slug.clone(),
        event.description.clone(),
        zoned::to_field(event.starts_at, offset),
        zoned::to_field(event.ends_at, offset),
        event.time_zone.clone(),
    ]
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
        <TextField label=t!("name") name="name" value=fields.name limit=form::EVENT_NAME on_input=follow/>
        <TextField label=t!("address") name="slug" value=fields.slug limit=form::SLUG on_input=typed hint=t!("address-hint", slug = fields.slug.get())/>
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
                    let (name, own) = (zone.replace('_', " "), zone.clone());
                    view! { <option value=zone selected=move || value.with(|value| *value == own)>{name}</option> }
                }).collect_view()}
            </select>
            <FieldNote name="timeZone" hint=t!("time-zone-hint").into() problem/>
        </div>
    }
}
