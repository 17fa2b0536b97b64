//! Where attendees are: the frame around reception and sessions, and the way in for who is not registered yet.

pub mod agenda;
pub mod card;
pub mod countdown;
pub mod happening;
pub mod host_news;
pub mod landing;
pub mod now_next;
pub mod own_session;
pub mod people;
pub mod reception;
pub mod room;
pub mod schedule;
pub mod sessions;
pub mod tag_filter;
pub mod timetable;
pub mod when;

use super::confirm_email::ConfirmEmail;
use super::event::{CurrentEvent, Programme, StateBadge, WithEvent};
use super::gate::{AccountMenu, ConnectionNote};
use crate::api::event::Event;
use crate::app::Clock;
use crate::areas::HostNewsArea;
use crate::browser::{self, Style};
use crate::components::{ButtonLink, Glyph, Icon};
use crate::state::timetable::NowNext;
use crate::{t, text};
use host_news::Requests;
use landing::Landing;
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use now_next::NowNextWords;
use timetable::Schedule;

/// The frame around every page of one event's venue, except for its rooms.
#[component]
pub fn Venue() -> impl IntoView {
    view! { <WithEvent><Frame/></WithEvent> }
}

#[component]
fn Frame() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let inside = Memo::new(move |_| current.event.with(Event::is_open_to_viewer));
    move || if inside.get() { view! { <Inside/> }.into_any() } else { view! { <Landing/> }.into_any() }
}

#[component]
fn Inside() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let programme = expect_context::<Programme>().in_venue();
    provide_context(programme);
    // Where everybody goes from here.
    crate::areas::load_room();
    let schedule = Schedule::of(current);
    provide_context(schedule);
    let strip = Memo::new(move |_| now_next::strip(schedule));
    let organizes = Memo::new(move |_| current.event.with(|event| event.viewer_is_organizer));
    let people_visible = Memo::new(move |_| current.event.with(Event::shows_people_to_viewer));
    let agenda_enabled = Memo::new(move |_| current.event.with(|event| event.agenda_enabled));
    // Only they have to ask whether they are one.
    let may_host = Memo::new(move |_| {
        organizes.get()
            || programme.sessions.with(|sessions| sessions.here().is_some_and(|sessions| sessions.have_own_hosts()))
    });
    let requests = Requests(RwSignal::default());
    provide_context(requests);
    let asking = Memo::new(move |_| {
        programme
            .sessions
            .with(|sessions| sessions.here().map_or(0, |sessions| requests.0.with(|waiting| sessions.asking(waiting))))
    });
    let anything_on = Memo::new(move |_| {
        programme.sessions.with(|sessions| sessions.here().is_some_and(|sessions| sessions.is_busy()))
    });
    view! {
        <a class="skip button primary" href="#content" rel="external">{t!("skip")}</a>
        <ConnectionNote/>
        <div class="venue">
            <header class="top">
                <div class="venue-name">
                    <A href=move || current.venue("").get()>{move || current.event.with(|event| event.name.clone())}</A>
                    <StateBadge state=Signal::derive(move || current.event.with(|event| event.state))/>
                </div>
                <Show when=move || !strip.with(NowNext::is_empty)>
                    <p class="now-next"><NowNextWords strip/></p>
                </Show>
                <div class="toolbar">
                    <LocalTime/>
                    <Show when=move || organizes.get()>
                        <ButtonLink label=t!("dashboard") href=current.dashboard("") icon=Glyph::Overview/>
                    </Show>
                    <AccountMenu/>
                </div>
            </header>
            <nav class="venue-rail" aria-label=t!("venue")>
                <A href=move || current.venue("").get() exact=true attr:class="nav-link">
                    <Icon glyph=Glyph::Venue/>{t!("reception")}
                </A>
                <A href=move || current.venue("/sessions").get() attr:class="nav-link">
                    <Icon glyph=Glyph::Sessions/>{t!("sessions")}
                    <Show when=move || anything_on.get()>
                        <span class="live-dot" role="img" aria-label=t!("something-is-on")></span>
                    </Show>
                    {move || {
                        let asking = asking.get();
                        (asking > 0).then(|| view! {
                            <span class="badge live" role="img" aria-label=text!("requests-waiting", count = asking)>{asking}</span>
                        })
                    }}
                </A>
                <Show when=move || people_visible.get()>
                    <A href=move || current.venue("/people").get() attr:class="nav-link">
                        <Icon glyph=Glyph::People/>{t!("people")}
                    </A>
                </Show>
                <Show when=move || agenda_enabled.get()>
                    <A href=move || current.venue("/agenda").get() attr:class="nav-link">
                        <Icon glyph=Glyph::Calendar/>{t!("my-agenda")}
                    </A>
                </Show>
            </nav>
            <Show when=move || may_host.get()><HostNewsArea/></Show>
            <div class="venue-main"><main class="page" id="content" tabindex="-1"><ConfirmEmail/><Muted/><Outlet/></main></div>
        </div>
    }
}

/// To who was muted by an organizer: what they cannot do, and why (A7).
#[component]
fn Muted() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let muted = Memo::new(move |_| current.event.with(Event::is_viewer_muted));
    view! {
        <div role="status">
            <Show when=move || muted.get()>
                <div class="notice"><Icon glyph=Glyph::MessageOff/><p><strong>{t!("muted-title")}</strong>" "{t!("muted-text")}</p></div>
            </Show>
        </div>
    }
}

/// The time where the person is, with the event's own on hover when that differs.
#[component]
fn LocalTime() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let clock: Clock = expect_context();
    // To the minute: what shows it is drawn again only when it says something else.
    let own = Memo::new(move |_| browser::format_instant(clock.now(), &browser::own_zone(), Style::Time));
    let there = Memo::new(move |_| {
        let zone = current.event.with(|event| event.time_zone.clone());
        browser::format_instant(clock.now(), &zone, Style::Zone)
    });
    view! { <time class="muted local-time" title=move || there.get()>{move || own.get()}</time> }
}
