//! The event's own settings.

use super::event_form::{EventFields, EventFieldset, stored};
use crate::api::event::{UpdateEvent, UpdateEventVariables};
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
    let (fields, saved) = (EventFields::of(&event), RwSignal::new(stored(&event)));
    let changed = Memo::new(move |_| fields.typed() != saved.get());
    ask_before_leaving(changed);
    // Somebody else may change the event meanwhile.
    Effect::new(move |_| {
        let event = current.event.get();
        fields.follow(&saved.get_untracked(), &event);
        saved.set(stored(&event));
    });
    let sending = Sending::default();
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let send = move |()| {
        let input = match saved.with_untracked(|saved| fields.update(event.id.clone(), saved)) {
            Ok(input) => input,
            Err(failure) => return sending.problems.set(failure),
        };
        let navigate = navigate.clone();
        let sent = untrack(|| fields.typed());
        sending.send(fetch::send(UpdateEvent::build(UpdateEventVariables { input })), move |done| {
            // The server may have written it more neatly; what was typed on meanwhile stays.
            fields.follow(&sent, &done.update_event.event);
            saved.set(stored(&done.update_event.event));
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
