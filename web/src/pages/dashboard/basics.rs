//! The event's own settings.

use super::changed_by_both::ChangedByBoth;
use super::event_cover::EventCover;
use super::event_form::{EventFields, EventFieldset, Typed, field_name, stored};
use crate::api::event::{UpdateEvent, UpdateEventVariables};
use crate::api::fetch;
use crate::components::{Form, SubmitButton, use_toasts};
use crate::drafts;
use crate::leaving::ask_before_leaving;
use crate::pages::event::CurrentEvent;
use crate::pages::submit::{Sending, page_title};
use crate::t;
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;

#[component]
pub fn Basics() -> impl IntoView {
    page_title(|| text!("basics"));
    let current: CurrentEvent = expect_context();
    let event = current.event.get_untracked();
    let (fields, saved) = (EventFields::of(&event), RwSignal::new(stored(&event)));
    let changed = Memo::new(move |_| fields.typed() != saved.get());
    ask_before_leaving(changed);
    let both = RwSignal::new(Vec::<usize>::new());
    let meet = move |typed: &Typed, base: &Typed| {
        let collided = saved.with_untracked(|saved| fields.meet(typed, base, saved));
        both.update(|both| {
            both.retain(|at| !collided.contains(at));
            both.extend(collided);
        });
    };
    let put_back = |left: drafts::Left<Typed>| meet(&left.typed, &left.base);
    let key = format!("event.{}", event.id.inner());
    drafts::keep(&key, move || saved.get(), move || fields.typed(), put_back);
    // Somebody else may change the event meanwhile.
    Effect::new(move |_| {
        let (now, base) = (stored(&current.event.get()), saved.get_untracked());
        if now != base {
            saved.set(now);
            meet(&untrack(|| fields.typed()), &base);
        }
    });
    let sending = Sending::default();
    let toasts = use_toasts();
    let send = move |()| {
        let input = match saved.with_untracked(|saved| fields.update(event.id.clone(), saved)) {
            Ok(input) => input,
            Err(failure) => return sending.problems.set(failure),
        };
        let (sent, key) = (untrack(|| fields.typed()), key.clone());
        sending.send(fetch::send(UpdateEvent::build(UpdateEventVariables { input })), move |done| {
            let event = done.update_event.event;
            toasts.good(text!("saved"));
            current.take(event.clone());
            if sending.is_left() {
                return drafts::settle(&key, sent);
            }
            // The server may have written it more neatly; what was typed on meanwhile stays.
            saved.set(stored(&event));
            meet(&untrack(|| fields.typed()), &sent);
            both.set(Vec::new());
        });
    };
    view! {
        <div class="page-head"><h1>{t!("basics")}</h1></div>
        <ChangedByBoth fields=Signal::derive(move || both.get().into_iter().map(field_name).collect())/>
        <div class="card">
            <Form problems=sending.problems on=send label=t!("basics")>
                <EventFieldset fields/>
                <div class="form-actions">
                    <SubmitButton label=t!("save") busy=sending.busy/>
                    <Show when=move || changed.get()><span class="muted">{t!("unsaved")}</span></Show>
                </div>
            </Form>
        </div>
        <EventCover/>
    }
}
