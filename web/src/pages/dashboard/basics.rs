//! The event's own settings.

use super::event_form::{EventFields, EventFieldset};
use crate::api::event::{UpdateEvent, UpdateEventInput, UpdateEventVariables};
use crate::api::fetch;
use crate::components::{Form, SubmitButton, use_toasts};
use crate::leaving::ask_before_leaving;
use crate::pages::event::CurrentEvent;
use crate::pages::submit::{Sending, page_title};
use crate::t;
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub fn Basics() -> impl IntoView {
    page_title(|| text!("basics"));
    let current: CurrentEvent = expect_context();
    let event = current.event.get_untracked();
    let (fields, saved) = (EventFields::of(&event), RwSignal::new([const { String::new() }; 6]));
    saved.set(untrack(|| fields.typed()));
    let changed = Memo::new(move |_| fields.typed() != saved.get());
    ask_before_leaving(changed);
    let sending = Sending::default();
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let send = move |()| {
        let (starts_at, ends_at) = match fields.times() {
            Ok(times) => times,
            Err(failure) => return sending.problems.set(failure),
        };
        let input = UpdateEventInput {
            id: event.id.clone(),
            slug: Some(fields.slug.get_untracked()),
            name: Some(fields.name.get_untracked()),
            description: Some(fields.description.get_untracked()),
            starts_at: Some(starts_at),
            ends_at: Some(ends_at),
            time_zone: Some(fields.time_zone.get_untracked()),
        };
        let navigate = navigate.clone();
        sending.send(fetch::send(UpdateEvent::build(UpdateEventVariables { input })), move |done| {
            saved.set(untrack(|| fields.typed()));
            toasts.good(text!("saved"));
            let moved = done.update_event.event.slug != current.event.with_untracked(|event| event.slug.clone());
            let address = format!("/dashboard/{}/basics", done.update_event.event.slug);
            current.take(done.update_event.event);
            if moved {
                navigate(&address, NavigateOptions { replace: true, ..NavigateOptions::default() });
            }
        });
    };
    view! {
        <div class="page-head"><h1>{t!("basics")}</h1></div>
        <div class="card">
            <Form problems=sending.problems on=send label=t!("basics")>
                <EventFieldset fields/>
                <div class="form-actions">
                    <SubmitButton label=t!("save") busy=sending.busy/>
                    <Show when=move || changed.get()><span class="muted">{t!("unsaved")}</span></Show>
                </div>
            </Form>
        </div>
    }
}
