//! The first page of the venue: what the event is, what is happening now, and where to go.

use super::countdown::Countdown;
use super::happening::HappeningNow;
use super::schedule::Narrowing;
use crate::api::event::EventState;
use crate::areas::TimetableArea;
use crate::components::{ButtonLink, EmptyState, Glyph, Kind, PictureSize, UploadedPicture, in_address};
use crate::pages::event::{CurrentEvent, Times};
use crate::pages::submit::page_title;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Reception() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    page_title(move || current.event.with(|event| event.name.clone()));
    let state = Memo::new(move |_| current.event.with(|event| event.state));
    let (chosen, on) = in_address("tag");
    provide_context(Narrowing { chosen, on });
    view! {
        <Hero/>
        {move || match state.get() {
            EventState::Live => view! { <HappeningNow/> }.into_any(),
            EventState::Upcoming => view! { <Begins/> }.into_any(),
            EventState::Draft => view! {
                <EmptyState icon=Glyph::Lock title=t!("venue-draft-title") text=t!("venue-draft-text")>
                    <ButtonLink label=t!("dashboard") href=current.dashboard("") kind=Kind::Primary/>
                </EmptyState>
            }.into_any(),
            EventState::Ended => view! {
                <EmptyState icon=Glyph::Calendar title=t!("venue-ended-title") text=t!("venue-ended-text")/>
            }.into_any(),
        }}
        <TimetableArea/>
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

/// Until the event begins (A3).
#[component]
fn Begins() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let until = Signal::derive(move || current.event.with(|event| event.starts_at));
    view! {
        <section class="section" aria-label=t!("begins-soon")>
            <h2>{t!("begins-soon")}</h2>
            <p class="muted">{t!("begins-text")}</p>
            <Countdown until/>
        </section>
    }
}
