//! The first page: one's own events, to run and to visit.

use super::confirm_email::ConfirmEmail;
use super::event::{StateBadge, Times};
use super::gate::{AccountMenu, Brand, ConnectionNote, Failed, is_signed_in};
use super::submit::page_title;
use crate::api::event::{EventItem, MyEvents};
use crate::api::fetch;
use crate::api::query::Query;
use crate::app::Me;
use crate::components::{ButtonLink, EmptyState, Glyph, Kind, Skeleton};
use crate::state::Loaded;
use crate::{t, text};
use cynic::QueryBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

/// Leads to where the person has to begin: set up, sign in, or their events.
#[component]
pub fn Home() -> impl IntoView {
    let Me(start) = expect_context();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let to = start.value.with(|start| match start {
            Loaded::Here(start) if start.instance.needs_set_up => Some("/set-up"),
            Loaded::Here(start) if start.me.is_none() => Some("/sign-in"),
            _ => None,
        });
        if let Some(to) = to {
            navigate(to, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let failure = move || {
        start.value.with(|start| if let Loaded::Failed(failure) = start { Some(failure.clone()) } else { None })
    };
    let signed_in = is_signed_in();
    view! {
        <Plain>
            {move || failure().map(|failure| view! { <Failed failure again=move |()| start.reload()/> })}
            <Show when=move || signed_in.get() == Some(true)><Events organizer_only=false/></Show>
        </Plain>
    }
}

/// The events that one runs; those that one visits, where one runs none.
#[component]
pub fn Dashboards() -> impl IntoView {
    view! { <super::dashboard::SignedIn><Plain><Events organizer_only=true/></Plain></super::dashboard::SignedIn> }
}

#[component]
fn Plain(children: Children) -> impl IntoView {
    view! {
        <ConnectionNote/>
        <header class="gate-top"><Brand/><AccountMenu/></header>
        <main class="page"><ConfirmEmail/>{children()}</main>
    }
}

#[component]
fn Events(organizer_only: bool) -> impl IntoView {
    page_title(|| text!("my-events"));
    let query = Query::new(|| (), |()| async { fetch::send(MyEvents::build(())).await.map(|answer| answer.me) });
    move || match query.value.get() {
        Loaded::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
        Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
        Loaded::Here(None) => ().into_any(),
        Loaded::Here(Some(me)) => {
            let runs = !me.organizations.is_empty();
            let own: Vec<EventItem> = me.organizations.into_iter().flat_map(|one| one.events.nodes).collect();
            let visited: Vec<EventItem> = me.registrations.nodes.into_iter().map(|one| one.event).collect();
            // Who runs nothing has come to the wrong address for the right thing.
            let visited = if organizer_only && runs { Vec::new() } else { visited };
            let nothing = own.is_empty() && visited.is_empty();
            view! {
                <div class="page-head">
                    <h1>{t!("my-events")}</h1>
                    {runs.then(|| view! {
                        <ButtonLink label=t!("create-event") href="/dashboard/new" kind=Kind::Primary icon=Glyph::Add/>
                    })}
                </div>
                {(!own.is_empty()).then(|| view! {
                    <section class="section">
                        <h2>{t!("events-i-run")}</h2>
                        <List events=own to="/dashboard/"/>
                    </section>
                })}
                {(!visited.is_empty()).then(|| view! {
                    <section class="section">
                        <h2>{t!("events-i-visit")}</h2>
                        <List events=visited to="/e/"/>
                    </section>
                })}
                {nothing.then(|| view! { <Nothing runs/> })}
            }
            .into_any()
        }
    }
}

#[component]
fn Nothing(runs: bool) -> impl IntoView {
    let (title, text) = if runs {
        (t!("no-events-title"), t!("no-events-text"))
    } else {
        (t!("no-registrations-title"), t!("no-registrations-text"))
    };
    view! { <EmptyState icon=Glyph::Calendar title text/> }
}

#[component]
fn List(events: Vec<EventItem>, to: &'static str) -> impl IntoView {
    view! {
        <ul class="event-list">
            {events.into_iter().map(|event| view! {
                <li class="event-row">
                    <div>
                        <h3><A href=format!("{to}{}", event.slug)>{event.name}</A></h3>
                        <p class="muted small">
                            <Times starts_at=event.starts_at ends_at=event.ends_at time_zone=event.time_zone/>
                        </p>
                    </div>
                    <StateBadge state=event.state/>
                </li>
            }).collect_view()}
        </ul>
    }
}
