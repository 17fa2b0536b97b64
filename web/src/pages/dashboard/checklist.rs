//! The way from nothing to a live event: what is done, and the next thing to do.

use crate::api::event::{
    Event, EventState, OpenEvent, OpenEventInput, OpenEventVariables, PublishEvent, PublishEventInput,
    PublishEventVariables, SlugVariables,
};
use crate::api::query::Query;
use crate::api::registration::RegistrationCount;
use crate::api::{Failure, fetch};
use crate::browser;
use crate::components::{Button, ButtonLink, Dialog, Glyph, Icon, Kind, Toasts, use_toasts};
use crate::pages::copy::copy_link;
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::words;
use crate::state::steps;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

#[component]
pub fn Checklist() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let asking = Asking { current, busy: RwSignal::new(false), toasts: use_toasts() };
    let state = Memo::new(move |_| current.event.with(|event| event.state));
    view! {
        <section class="checklist" aria-label=t!("checklist")>
            <AddSessions/>
            <Publish asking state/>
            <Invite state/>
            <Step
                done=Signal::derive(move || matches!(state.get(), EventState::Live | EventState::Ended))
                title=t!("step-live") text=t!(steps::live(state.get()))
            >
                <Show when=move || state.get() == EventState::Upcoming>
                    <Button label=t!("open-now") busy=asking.busy on=move |()| asking.open()/>
                </Show>
            </Step>
        </section>
    }
}

/// Changes the event's state, one request at a time.
#[derive(Clone, Copy)]
struct Asking {
    current: CurrentEvent,
    busy: RwSignal<bool>,
    toasts: Toasts,
}

impl Asking {
    fn publish(self, published: bool) {
        let input = PublishEventInput { id: self.id(), published };
        let request = fetch::send(PublishEvent::build(PublishEventVariables { input }));
        self.send(async move { Ok(request.await?.publish_event.event) });
    }

    fn open(self) {
        let request = fetch::send(OpenEvent::build(OpenEventVariables { input: OpenEventInput { id: self.id() } }));
        self.send(async move { Ok(request.await?.open_event.event) });
    }

    fn id(self) -> cynic::Id {
        self.current.event.with_untracked(|event| event.id.clone())
    }

    fn send(self, request: impl Future<Output = Result<Event, Failure>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match request.await {
                Ok(event) => self.current.take(event),
                Err(failure) => self.toasts.bad(untrack(|| words::failure(&failure))),
            }
            self.busy.try_set(false);
        });
    }
}

#[component]
fn AddSessions() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let Programme { sessions, .. } = expect_context();
    // Nothing while that is not known.
    let count = Memo::new(move |_| sessions.with(|sessions| sessions.here().map(|sessions| sessions.all().len())));
    let sentence =
        Signal::derive(move || count.get().map(|count| text!("step-sessions-text", count = count)).unwrap_or_default());
    view! {
        <Step done=Signal::derive(move || count.get().is_some_and(|count| count > 0)) title=t!("step-sessions") text=sentence>
            <ButtonLink label=t!("add-session") href=current.dashboard("/sessions/new") icon=Glyph::Add/>
        </Step>
    }
}

/// Publishing, and taking that back: which asks first, because everybody but organizers is shut out by it.
#[component]
fn Publish(asking: Asking, state: Memo<EventState>) -> impl IntoView {
    let Programme { sessions, .. } = expect_context();
    let question = RwSignal::new(false);
    let inside = Memo::new(move |_| {
        sessions.with(|sessions| {
            sessions
                .here()
                .map_or(0, |sessions| sessions.all().iter().map(|session| session.room.people()).sum::<i32>())
        })
    });
    let unpublish = move |()| {
        question.set(false);
        asking.publish(false);
    };
    view! {
        <Step done=Signal::derive(move || state.get() != EventState::Draft) title=t!("step-publish") text=t!(steps::publish(state.get()))>
            {move || if state.get() == EventState::Draft {
                view! { <Button label=t!("publish") kind=Kind::Primary busy=asking.busy on=move |()| asking.publish(true)/> }.into_any()
            } else {
                view! { <Button label=t!("unpublish") busy=asking.busy on=move |()| question.set(true)/> }.into_any()
            }}
        </Step>
        <Dialog title=t!("unpublish-title") open=question>
            <p>{move || text!("unpublish-text", count = inside.get())}</p>
            <div class="form-actions">
                <Button label=t!("unpublish") kind=Kind::Danger busy=asking.busy on=unpublish/>
                <Button label=t!("cancel") on=move |()| question.set(false)/>
            </div>
        </Dialog>
    }
}

/// Done when somebody has come.
#[component]
fn Invite(state: Memo<EventState>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let toasts = use_toasts();
    let registered = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(RegistrationCount::build(SlugVariables { slug })).await?;
            Ok(answer.event.map_or(0, |event| event.registrations.total_count))
        },
    );
    let any = Signal::derive(move || registered.value.with(|count| count.here().is_some_and(|count| *count > 0)));
    let copy = move |()| {
        let address =
            format!("{}/e/{}", browser::window().location().origin().unwrap_or_default(), untrack(|| current.slug()));
        copy_link(toasts, address);
    };
    view! {
        <Step done=any title=t!("step-invite") text=t!(steps::invite(state.get()))>
            <Button label=t!("copy-link") icon=Glyph::Link on=copy/>
        </Step>
    }
}

#[component]
fn Step(
    #[prop(into)] done: Signal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    children: Children,
) -> impl IntoView {
    let mark = move || if done.get() { Glyph::Check } else { Glyph::ChevronRight };
    view! {
        <div class="step" class:done=done>
            <span class="step-mark"><Icon glyph=Signal::derive(mark)/></span>
            <div>
                <h3>{title}<Show when=move || done.get()><span class="offscreen">" · "{t!("done")}</span></Show></h3>
                <p class="muted small">{text}</p>
            </div>
            {children()}
        </div>
    }
}
