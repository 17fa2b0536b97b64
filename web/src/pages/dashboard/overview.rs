//! The way from nothing to a live event, then what is on right now.

use super::checklist::Checklist;
use crate::api::session::Session;
use crate::browser;
use crate::components::{EmptyState, Glyph, Skeleton};
use crate::pages::event::{CurrentEvent, Programme, Times};
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::state::Loaded;
use crate::{t, text};
use leptos::prelude::*;
use std::sync::Arc;

/// How many rooms are drawn, those with the most people first.
const ROOMS: usize = 12;

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

/// People in rooms now, drawn.
#[component]
fn RoomsNow() -> impl IntoView {
    let programme: Programme = expect_context();
    let busy = Memo::new(move |_| {
        programme.sessions.with(|sessions| match sessions {
            Loaded::Waiting => Loaded::Waiting,
            Loaded::Failed(failure) => Loaded::Failed(failure.clone()),
            Loaded::Here(sessions) => Loaded::Here(sessions.busy().into_iter().take(ROOMS).collect::<Vec<_>>()),
        })
    });
    view! {
        <section class="section" aria-label=t!("rooms-now")>
            <h2>{t!("rooms-now")}</h2>
            {move || match busy.get() {
                Loaded::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
                Loaded::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
                Loaded::Here(busy) if busy.is_empty() => view! {
                    <EmptyState icon=Glyph::Sessions title=t!("rooms-quiet-title") text=t!("rooms-quiet-text")/>
                }.into_any(),
                Loaded::Here(busy) => view! { <Bars busy/> }.into_any(),
            }}
        </section>
    }
}

/// How many are in each room, compared with the one that has the most: the first.
#[component]
fn Bars(busy: Vec<Arc<Session>>) -> impl IntoView {
    let most = busy.first().map_or(1, |session| session.room.people());
    let bars = busy.into_iter().map(|session| {
        let people = session.room.people();
        view! {
            <div class="bar">
                <span>{session.title.clone()}</span>
                <meter min="0" max=most value=people aria-label=session.title.clone()></meter>
                <strong>{browser::format_number(people)}</strong>
            </div>
        }
    });
    view! { <div class="card bars">{bars.collect_view()}</div> }
}
