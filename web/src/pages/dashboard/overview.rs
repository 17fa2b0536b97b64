//! The way from nothing to a live event, then what is on right now.

use crate::api::event::{
    Event, EventState, OpenEvent, OpenEventInput, OpenEventVariables, PublishEvent, PublishEventInput,
    PublishEventVariables,
};
use crate::api::{Failure, fetch};
use crate::browser;
use crate::components::{Button, ButtonLink, EmptyState, Glyph, Icon, Kind, use_toasts};
use crate::pages::copy::copy_link;
use crate::pages::event::{CurrentEvent, Programme, Times};
use crate::pages::submit::page_title;
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

#[component]
pub fn Overview() -> impl IntoView {
    page_title(|| text!("overview"));
    let current: CurrentEvent = expect_context();
    let event = current.event;
    view! {
        <div class="page-head">
            <div>
                <h1>{move || event.with(|event| event.name.clone())}</h1>
                <p class="muted">{move || event.with(|event| view! {
                    <Times starts_at=event.starts_at ends_at=event.ends_at time_zone=event.time_zone.clone()/>
                })}</p>
            </div>
        </div>
        <Checklist/>
        <RoomsNow/>
    }
}

#[component]
fn Checklist() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let Programme { sessions, .. } = expect_context();
    let count =
        Memo::new(move |_| sessions.with(|sessions| sessions.here().map_or(0, |sessions| sessions.all().len())));
    let any = Signal::derive(move || count.get() > 0);
    let state = Memo::new(move |_| current.event.with(|event| event.state));
    let busy = RwSignal::new(false);
    let toasts = use_toasts();
    let id = move || current.event.with_untracked(|event| event.id.clone());
    let ask = move |request: Asking| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match request.await {
                Ok(event) => current.take(event),
                Err(failure) => toasts.bad(words::failure(&failure)),
            }
            busy.try_set(false);
        });
    };
    let publish = move |published| {
        let input = PublishEventInput { id: id(), published };
        ask(Box::pin(async move {
            Ok(fetch::send(PublishEvent::build(PublishEventVariables { input })).await?.publish_event.event)
        }));
    };
    let open = move || {
        let input = OpenEventInput { id: id() };
        ask(Box::pin(async move {
            Ok(fetch::send(OpenEvent::build(OpenEventVariables { input })).await?.open_event.event)
        }));
    };
    let copy = move |()| {
        let address =
            format!("{}/e/{}", browser::window().location().origin().unwrap_or_default(), untrack(|| current.slug()));
        copy_link(toasts, address);
    };
    view! {
        <section class="checklist" aria-label=t!("checklist")>
            <Step done=any title=t!("step-sessions") text=t!("step-sessions-text", count = count.get())>
                <ButtonLink label=t!("add-session") href=current.dashboard("/sessions/new") icon=Glyph::Add/>
            </Step>
            <Step done=Signal::derive(move || state.get() != EventState::Draft) title=t!("step-publish") text=t!("step-publish-text")>
                {move || if state.get() == EventState::Draft {
                    view! { <Button label=t!("publish") kind=Kind::Primary busy on=move |()| publish(true)/> }.into_any()
                } else {
                    view! { <Button label=t!("unpublish") busy on=move |()| publish(false)/> }.into_any()
                }}
            </Step>
            <Step done=Signal::derive(move || state.get() != EventState::Draft) title=t!("step-invite") text=t!("step-invite-text")>
                <Button label=t!("copy-link") icon=Glyph::Link on=copy/>
            </Step>
            <Step
                done=Signal::derive(move || matches!(state.get(), EventState::Live | EventState::Ended))
                title=t!("step-live") text=t!("step-live-text")
            >
                <Show when=move || state.get() == EventState::Upcoming>
                    <Button label=t!("open-now") busy on=move |()| open()/>
                </Show>
            </Step>
        </section>
    }
}

type Asking = std::pin::Pin<Box<dyn Future<Output = Result<Event, Failure>>>>;

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

/// People in rooms now, drawn.
#[component]
fn RoomsNow() -> impl IntoView {
    let Programme { sessions, .. } = expect_context();
    let busy = Memo::new(move |_| {
        sessions.with(|sessions| {
            let busy = sessions.here().map(|sessions| sessions.busy().into_iter().take(12).collect::<Vec<_>>());
            busy.unwrap_or_default()
        })
    });
    let most = move || busy.with(|busy| busy.first().map_or(1, |session| session.room.people()));
    view! {
        <section class="section" aria-label=t!("rooms-now")>
            <h2>{t!("rooms-now")}</h2>
            {move || if busy.with(Vec::is_empty) {
                view! { <EmptyState icon=Glyph::Sessions title=t!("rooms-quiet-title") text=t!("rooms-quiet-text")/> }.into_any()
            } else {
                view! {
                    <div class="card bars">
                        {busy.get().into_iter().map(|session| {
                            let people = session.room.people();
                            view! {
                                <div class="bar">
                                    <span>{session.title.clone()}</span>
                                    <meter min="0" max=most value=people aria-label=session.title.clone()></meter>
                                    <strong>{browser::format_number(people)}</strong>
                                </div>
                            }
                        }).collect_view()}
                    </div>
                }.into_any()
            }}
        </section>
    }
}
