//! The event's own settings.

use super::changed_by_both::{Both, ChangedByBoth};
use super::event_cover::EventCover;
use super::event_form::{self, EventFields, EventFieldset, Typed, stored};
use crate::api::event::{Event, EventBySlug, SlugVariables, UpdateEvent, UpdateEventInput, UpdateEventVariables};
use crate::api::{Failure, fetch};
use crate::components::{Form, SubmitButton, use_toasts};
use crate::drafts;
use crate::leaving::ask_before_leaving;
use crate::pages::event::CurrentEvent;
use crate::pages::submit::{Sending, page_title};
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
    let (fields, saved) = (EventFields::of(&event), RwSignal::new(stored(&event)));
    // Which version of the event that is.
    let version = StoredValue::new(event.version);
    let changed = Memo::new(move |_| fields.typed() != saved.get());
    ask_before_leaving(changed);
    let both = RwSignal::new(Vec::<Field>::new());
    let meet = move |typed: &Typed, base: &Typed| {
        let collided = saved.with_untracked(|saved| fields.meet(typed, base, saved));
        both.update(|both| {
            both.retain(|known| !collided.contains(known));
            both.extend(collided);
        });
    };
    let put_back = |left: drafts::Left<Typed>| meet(&left.typed, &left.base);
    let key = format!("event.{}", event.id.inner());
    drafts::keep(&key, move || saved.get(), move || fields.typed(), put_back);
    // Somebody else may change the event meanwhile.
    let take_over = move |theirs: Base<Typed>| {
        let base = saved.get_untracked();
        version.set_value(theirs.version);
        if theirs.typed != base {
            saved.set(theirs.typed);
            meet(&untrack(|| fields.typed()), &base);
        }
    };
    Effect::new(move |_| take_over(current.event.with(base_of)));
    let sending = Sending::default();
    let toasts = use_toasts();
    let send = move |()| {
        let sent = untrack(|| fields.typed());
        let base = Base { typed: saved.get_untracked(), version: version.get_value() };
        if let Err(failure) = event_form::update(event.id.clone(), &sent, &base.typed) {
            return sending.problems.set(failure);
        }
        let request = save(event.id.clone(), current.slug(), sent.clone(), base);
        let key = key.clone();
        sending.send(request, move |outcome| {
            let left = sending.is_left();
            match outcome {
                Outcome::Saved(event) => {
                    toasts.good(text!("saved"));
                    current.take(event.clone());
                    if left {
                        return drafts::settle(&key, sent);
                    }
                    // The server may have written it more neatly; what was typed on meanwhile stays.
                    version.set_value(event.version);
                    saved.set(stored(&event));
                    meet(&untrack(|| fields.typed()), &sent);
                    both.set(Vec::new());
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
            take_over(current.event.with_untracked(base_of));
        });
    };
    let news = move || -> Vec<Both> {
        let fields = both.get();
        saved.with(|saved| fields.into_iter().map(|field| event_form::both(field, saved)).collect())
    };
    let take_theirs = move |field: Field| {
        saved.with_untracked(|saved| fields.take(field, saved));
        both.update(|both| both.retain(|known| *known != field));
    };
    view! {
        <div class="page-head"><h1>{t!("basics")}</h1></div>
        <div class="card">
            <Form problems=sending.problems on=send label=t!("basics")>
                <EventFieldset fields/>
                <ChangedByBoth fields=Signal::derive(news) take=take_theirs/>
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
    saving::save(typed, base, crate::state::event_form::merge, send, || read(slug.clone()), base_of).await
}

async fn send_input(input: Result<UpdateEventInput, Failure>) -> Result<Event, Failure> {
    let answer = fetch::send(UpdateEvent::build(UpdateEventVariables { input: input? })).await?;
    Ok(answer.update_event.event)
}

async fn read(slug: String) -> Result<Event, Failure> {
    let answer = fetch::send(EventBySlug::build(SlugVariables { slug })).await?;
    answer.event.ok_or_else(Failure::gone)
}
