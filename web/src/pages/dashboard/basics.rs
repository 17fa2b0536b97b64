//! The event's own settings.

use super::changed_by_both::ChangedByBoth;
use super::draft::Draft;
use super::event_cover::EventCover;
use super::event_form::{self, EventFields, EventFieldset, Typed, stored};
use crate::api::event::{Event, EventBySlug, SlugVariables, UpdateEvent, UpdateEventInput, UpdateEventVariables};
use crate::api::{Failure, fetch};
use crate::components::{Form, SubmitButton, use_toasts};
use crate::drafts;
use crate::leaving::ask_before_leaving;
use crate::pages::event::CurrentEvent;
use crate::pages::submit::page_title;
use crate::state::form::Field;
use crate::state::saving::{self, Base, Outcome};
use crate::t;
use crate::text;
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;

#[component]
pub fn Basics() -> impl IntoView {
    page_title(|| text!("basics"));
    let current: CurrentEvent = expect_context();
    let event = current.event.get_untracked();
    let key = format!("event.{}", event.id.inner());
    let draft = Draft::new(EventFields::of(&event), base_of(&event), &key);
    let changed = Memo::new(move |_| draft.is_unsaved());
    ask_before_leaving(changed);
    // Somebody else may change the event meanwhile.
    Effect::new(move |_| draft.take_over(current.event.with(base_of)));
    let sending = draft.sending;
    let toasts = use_toasts();
    let send = move |()| {
        let (sent, base) = (untrack(|| draft.typed()), draft.base());
        if let Err(failure) = event_form::update(event.id.clone(), &sent, &base.typed) {
            return sending.problems.set(failure);
        }
        let (key, began) = (key.clone(), base.typed.clone());
        let request = save(event.id.clone(), current.slug(), sent.clone(), base);
        sending.send(request, move |outcome| {
            let left = sending.is_left();
            match outcome {
                Outcome::Saved(event) => {
                    toasts.good(text!("saved"));
                    current.take(event.clone());
                    if left {
                        return drafts::settle(&key, sent);
                    }
                    draft.settle(&began, &sent, base_of(&event));
                }
                Outcome::Met(event) => {
                    current.take(event);
                    if left {
                        // What was typed is still there when the page is opened again.
                        return toasts.bad(text!("failure-conflict"));
                    }
                }
            }
            // Also of what somebody saved after that, which may have been told of first.
            draft.take_over(current.event.with_untracked(base_of));
        });
    };
    view! {
        <div class="page-head"><h1>{t!("basics")}</h1></div>
        <div class="card">
            <Form problems=sending.problems on=send label=t!("basics")>
                <EventFieldset fields=draft.fields/>
                <ChangedByBoth fields=draft.changed_by_both() take=move |field: Field| draft.take_theirs(field)/>
                <div class="form-actions">
                    <SubmitButton label=t!("save") busy=sending.busy/>
                    <Show when=move || changed.get()><span class="muted">{t!("unsaved")}</span></Show>
                </div>
            </Form>
        </div>
        <EventCover/>
    }
}

fn base_of(event: &Event) -> Base<Typed> {
    Base { typed: stored(event), version: event.version }
}

/// Saves what was typed, on top of what others save meanwhile. A former address leads to the event as well.
async fn save(id: cynic::Id, slug: String, typed: Typed, base: Base<Typed>) -> Result<Outcome<Event>, Failure> {
    let send = |typed: &Typed, base: &Base<Typed>| {
        let version = Some(base.version);
        let input = event_form::update(id.clone(), typed, &base.typed);
        send_input(input.map(|input| UpdateEventInput { version, ..input }))
    };
    saving::save(typed, base, send, || read(slug.clone()), base_of).await
}

async fn send_input(input: Result<UpdateEventInput, Failure>) -> Result<Event, Failure> {
    let answer = fetch::send(UpdateEvent::build(UpdateEventVariables { input: input? })).await?;
    Ok(answer.update_event.event)
}

async fn read(slug: String) -> Result<Event, Failure> {
    let answer = fetch::send(EventBySlug::build(SlugVariables { slug })).await?;
    answer.event.ok_or_else(Failure::gone)
}
