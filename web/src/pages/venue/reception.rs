//! The first page of the venue: what the event is, what is happening now, and where to go.

use super::card::Inside;
use crate::api::event::EventState;
use crate::api::session::Session;
use crate::app::Clock;
use crate::components::{ButtonLink, EmptyState, Glyph, Kind, PictureSize, Skeleton, UploadedPicture};
use crate::pages::event::{CurrentEvent, List, Programme, Times};
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::state::session_filter::Filter;
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// Rooms that are named under "What's happening now".
const ROOMS: usize = 6;

#[component]
pub fn Reception() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    page_title(move || current.event.with(|event| event.name.clone()));
    let state = Memo::new(move |_| current.event.with(|event| event.state));
    view! {
        <Hero/>
        {move || match state.get() {
            EventState::Live => view! { <Now/> }.into_any(),
            EventState::Upcoming => view! { <Countdown/> }.into_any(),
            EventState::Draft => view! {
                <EmptyState icon=Glyph::Lock title=t!("venue-draft-title") text=t!("venue-draft-text")>
                    <ButtonLink label=t!("dashboard") href=current.dashboard("") kind=Kind::Primary/>
                </EmptyState>
            }.into_any(),
            EventState::Ended => view! {
                <EmptyState icon=Glyph::Calendar title=t!("venue-ended-title") text=t!("venue-ended-text")/>
            }.into_any(),
        }}
    }
}

/// The event in large letters; also on the page for who is not registered yet.
#[component]
pub fn Hero(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let event = current.event;
    let cover = Memo::new(move |_| event.with(|event| event.picture.clone()));
    view! {
        <section class="hero">
            {move || cover.get().map(|picture| view! { <div class="hero-cover"><UploadedPicture picture size=PictureSize::Full/></div> })}
            <div class="hero-head">
                <h1>{move || event.with(|event| event.name.clone())}</h1>
                <p class="muted">{move || event.with(|event| view! {
                    <Times starts_at=event.starts_at ends_at=event.ends_at time_zone=event.time_zone.clone()/>
                })}</p>
            </div>
            {move || {
                let text = event.with(|event| event.description.clone());
                (!text.is_empty()).then(|| view! { <p class="hero-text">{text}</p> })
            }}
            {children.map(|children| children())}
        </section>
    }
}

/// The rooms with people in them, the fullest first (G1).
#[component]
fn Now() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let (list, _) = programme.list(Filter::default);
    let busy = Memo::new(move |_| {
        programme.sessions.with(|sessions| sessions.here().map(|sessions| sessions.busy()).unwrap_or_default())
    });
    let top = Memo::new(move |_| {
        busy.with(|busy| busy.iter().take(ROOMS).map(|one| one.id.inner().to_owned()).collect::<Vec<_>>())
    });
    let all =
        move || view! { <ButtonLink label=t!("all-sessions") href=current.venue("/sessions") icon=Glyph::Sessions/> };
    view! {
        <section class="section" aria-label=t!("happening-now")>
            <div class="page-head"><h2>{t!("happening-now")}</h2>{all()}</div>
            {move || match list.get() {
                List::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
                List::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
                List::Empty => view! {
                    <EmptyState icon=Glyph::Sessions title=t!("venue-no-sessions-title") text=t!("venue-no-sessions-text")/>
                }.into_any(),
                _ if top.with(Vec::is_empty) => view! {
                    <EmptyState icon=Glyph::Armchair title=t!("quiet-title") text=t!("quiet-text")>
                        <ButtonLink label=t!("choose-session") href=current.venue("/sessions") kind=Kind::Primary/>
                    </EmptyState>
                }.into_any(),
                _ => view! {
                    <ul class="now">
                        <For each=move || top.get() key=String::clone let:id><Busy session=programme.session(id)/></For>
                    </ul>
                }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Busy(session: Memo<Option<Arc<Session>>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let title = Memo::new(move |_| {
        session.with(|session| session.as_ref().map(|session| session.title.clone()).unwrap_or_default())
    });
    let cover =
        Memo::new(move |_| session.with(|session| session.as_ref().and_then(|session| session.picture.clone())));
    let href = Signal::derive(move || {
        let id =
            session.with(|session| session.as_ref().map(|session| session.bare_id().to_owned()).unwrap_or_default());
        format!("/e/{}/sessions/{id}", current.slug())
    });
    view! {
        <li class="now-room">
            {move || cover.get().map(|picture| view! { <div class="now-picture"><UploadedPicture picture size=PictureSize::Card/></div> })}
            <div>
                <h3><A href=move || href.get()>{move || title.get()}</A></h3>
                <p class="session-card-foot">{move || session.get().map(|session| view! { <Inside room=session.room.clone()/> })}</p>
            </div>
            <A href=move || href.get() attr:class="button primary" attr:aria-label=t!("join-session", title = title.get())>{t!("join")}</A>
        </li>
    }
}

/// Until the event begins (A3).
#[component]
fn Countdown() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let clock: Clock = expect_context();
    let left = move || current.event.with(|event| event.starts_at) - clock.now();
    let part = move |unit: i64, of: i64| {
        let seconds = left().num_seconds().max(0);
        (if of == 0 { seconds } else { seconds % of }) / unit
    };
    let (day, hour, minute) = (24 * 3600, 3600, 60);
    // Seconds are not read aloud: the sentence before them says when it starts.
    view! {
        <section class="section" aria-label=t!("begins-soon")>
            <h2>{t!("begins-soon")}</h2>
            <p class="muted">{move || text!("begins-text")}</p>
            <div class="countdown" role="timer" aria-live="off">
                <div><strong>{move || part(day, 0)}</strong><span>{t!("countdown-days")}</span></div>
                <div><strong>{move || part(hour, day)}</strong><span>{t!("countdown-hours")}</span></div>
                <div><strong>{move || part(minute, hour)}</strong><span>{t!("countdown-minutes")}</span></div>
                <div><strong>{move || part(1, minute)}</strong><span>{t!("countdown-seconds")}</span></div>
            </div>
        </section>
    }
}
