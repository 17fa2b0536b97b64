//! The organizer's place: its frame, and the way in for organizers only.

pub mod access_section;
pub mod audit_log;
pub mod basics;
pub mod changed_by_both;
pub mod checklist;
pub mod chosen_people;
pub mod create_event;
mod draft;
pub mod editor;
pub mod event_cover;
pub mod event_form;
pub mod import_dialog;
pub mod import_file;
pub mod invite_list;
pub mod invite_many;
mod inviting;
pub mod overview;
pub mod people;
pub mod person_field;
pub mod recordings;
pub mod registered;
pub mod schedule;
mod scheduling;
pub mod session_details;
mod session_picture;
pub mod sessions;
pub mod tags;
pub mod ticket_form;
pub mod ticket_picker;
pub mod ticket_types;
mod unlisted_link;
pub mod venue_controls;
pub mod visibility;

use super::confirm_email::ConfirmEmail;
use super::event::{CurrentEvent, StateBadge, WithEvent};
use super::gate::{AccountMenu, Brand, ConnectionNote, here, is_signed_in, sign_in_address};
use super::not_found::NotFound;
use crate::api::event::MyEvents;
use crate::api::fetch;
use crate::api::query::Query;
use crate::areas::{
    RecordingsArea, ScheduleArea, SessionEditorArea, SessionListArea, VenueControlsArea, load_session_list,
};
use crate::components::{ButtonLink, Glyph, Icon};
use crate::t;
use cynic::QueryBuilder;
use leptos::html::Nav;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::{A, Outlet, ParentRoute, Route, Routes};
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::path;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Pixels of the navigation that are seen before the link of the page: there is more on that side.
const BEFORE_CURRENT: i32 = 40;

/// Every page below `/dashboard`.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFound>
            <Route path=path!("/dashboard") view=crate::pages::home::Dashboards/>
            <Route path=path!("/dashboard/new") view=create_event::CreateEvent/>
            <ParentRoute path=path!("/dashboard/:slug") view=Dashboard>
                <Route path=path!("") view=overview::Overview/>
                <Route path=path!("basics") view=basics::Basics/>
                <Route path=path!("tickets") view=ticket_types::TicketTypes/>
                <Route path=path!("people") view=people::People/>
                <Route path=path!("sessions") view=SessionListArea/>
                <Route path=path!("sessions/new") view=SessionEditorArea/>
                <Route path=path!("sessions/:id") view=SessionEditorArea/>
                <Route path=path!("schedule") view=ScheduleArea/>
                <Route path=path!("controls") view=VenueControlsArea/>
                <Route path=path!("recordings") view=RecordingsArea/>
                <Route path=path!("audit-log") view=audit_log::AuditLog/>
            </ParentRoute>
        </Routes>
    }
}

/// Shows `children` to who is signed in, and the sign-in to others, who then come back here.
#[component]
pub fn SignedIn(children: ChildrenFn) -> impl IntoView {
    let signed_in = is_signed_in();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if signed_in.get() == Some(false) {
            navigate(&sign_in_address(&here()), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    view! { <Show when=move || signed_in.get() == Some(true)>{children()}</Show> }
}

/// The frame around every page of one event's dashboard.
#[component]
pub fn Dashboard() -> impl IntoView {
    view! { <SignedIn><WithEvent><Frame/></WithEvent></SignedIn> }
}

#[component]
fn Frame() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let may = Memo::new(move |_| current.event.with(|event| event.viewer_is_organizer));
    move || {
        if !may.get() {
            return view! { <NotFound/> }.into_any();
        }
        // Where organizers go most.
        load_session_list();
        let nav = NodeRef::new();
        keep_in_sight(nav);
        view! {
            <a class="skip button primary" href="#content" rel="external">{t!("skip")}</a>
            <ConnectionNote/>
            <div class="dashboard">
                <aside class="dashboard-side">
                    <Brand/>
                    <EventSwitch/>
                    <nav node_ref=nav aria-label=t!("dashboard")>
                        <NavLink to=current.dashboard("") label=t!("overview") glyph=Glyph::Overview/>
                        <p class="nav-title">{t!("setup")}</p>
                        <NavLink to=current.dashboard("/basics") label=t!("basics") glyph=Glyph::Settings/>
                        <p class="nav-title">{t!("registration")}</p>
                        <NavLink to=current.dashboard("/tickets") label=t!("ticket-types") glyph=Glyph::Ticket/>
                        <NavLink to=current.dashboard("/people") label=t!("people") glyph=Glyph::People/>
                        <p class="nav-title">{t!("venue")}</p>
                        <NavLink to=current.dashboard("/sessions") label=t!("sessions") glyph=Glyph::Sessions/>
                        <NavLink to=current.dashboard("/schedule") label=t!("schedule") glyph=Glyph::Calendar/>
                        <NavLink to=current.dashboard("/controls") label=t!("venue-controls") glyph=Glyph::Sliders/>
                        <NavLink to=current.dashboard("/recordings") label=t!("recordings") glyph=Glyph::Film/>
                        <p class="nav-title">{t!("integrations")}</p>
                        <NavLink to=current.dashboard("/audit-log") label=t!("audit-log") glyph=Glyph::Shield/>
                    </nav>
                </aside>
                <div class="dashboard-main">
                    <header class="top">
                        <StateBadge state=Signal::derive(move || current.event.with(|event| event.state))/>
                        <div class="toolbar">
                            <ButtonLink label=t!("open-venue") href=current.venue("") icon=Glyph::Venue/>
                            <AccountMenu/>
                        </div>
                    </header>
                    <main class="page" id="content" tabindex="-1"><ConfirmEmail/><Outlet/></main>
                </div>
            </div>
        }
        .into_any()
    }
}

/// On narrow screens the navigation is one row that scrolls: the link of the page that is shown comes into sight.
fn keep_in_sight(nav: NodeRef<Nav>) {
    let pathname = use_location().pathname;
    Effect::new(move |_| {
        pathname.track();
        let Some(nav) = nav.get() else { return };
        // By then the link is marked.
        request_animation_frame(move || {
            let current = nav.query_selector("[aria-current]").ok().flatten();
            if let Some(link) = current.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                nav.set_scroll_left(link.offset_left() - nav.offset_left() - BEFORE_CURRENT);
            }
        });
    });
}

#[component]
fn NavLink(to: Signal<String>, #[prop(into)] label: Signal<String>, glyph: Glyph) -> impl IntoView {
    let exact = to.get_untracked().matches('/').count() < 3;
    view! { <A href=move || to.get() exact attr:class="nav-link"><Icon glyph/>{label}</A> }
}

/// Another event of the same person, one choice away.
#[component]
fn EventSwitch() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let navigate = use_navigate();
    let query = Query::new(|| (), |()| async { fetch::send(MyEvents::build(())).await.map(|answer| answer.me) });
    let others = move || {
        let me = query.value.with(|value| value.here().cloned().flatten());
        let own = current.slug();
        me.into_iter()
            .flat_map(|me| me.organizations)
            .flat_map(|one| one.events.nodes)
            .filter(move |event| event.slug != own)
            .map(|event| view! { <option value=event.slug.clone()>{event.name}</option> })
            .collect_view()
    };
    let change =
        move |event| navigate(&format!("/dashboard/{}", event_target_value(&event)), NavigateOptions::default());
    view! {
        <div class="event-switch">
            <label class="offscreen" for="event-switch">{t!("event")}</label>
            <select id="event-switch" on:change=change>
                <option value=move || current.slug() selected>{move || current.event.with(|event| event.name.clone())}</option>
                {others}
            </select>
        </div>
    }
}
