//! An event to who is not registered for it: what it is, and the one step in (A4).

use super::reception::Hero;
use crate::api::event::{Event, EventState, SlugVariables};
use crate::api::query::Query;
use crate::api::registration::{Register as RegisterMutation, RegisterInput, RegisterVariables};
use crate::api::ticket_type::{Offer, Offers};
use crate::api::{Code, fetch};
use crate::components::{Button, ButtonLink, EmptyState, Glyph, Kind, Skeleton, use_toasts};
use crate::pages::event::{CurrentEvent, StateBadge};
use crate::pages::gate::{
    AccountMenu, Brand, ConnectionNote, Failed, account_address, here, is_signed_in, sign_in_address,
};
use crate::pages::submit::page_title;
use crate::pages::words;
use crate::state::Loaded;
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

#[component]
pub fn Landing() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    page_title(move || current.event.with(|event| event.name.clone()));
    let state = Memo::new(move |_| current.event.with(|event| event.state));
    let removed = Memo::new(move |_| current.event.with(Event::is_closed_to_viewer));
    view! {
        <ConnectionNote/>
        <header class="gate-top"><Brand/><AccountMenu/></header>
        <main class="page">
            {move || if removed.get() {
                view! { <Removed/> }.into_any()
            } else {
                view! {
                    <Hero>
                        <p><StateBadge state/></p>
                        {move || match state.get() {
                            EventState::Upcoming | EventState::Live => view! { <WayIn/> }.into_any(),
                            EventState::Draft | EventState::Ended => view! { <p>{t!("registration-closed")}</p> }.into_any(),
                        }}
                    </Hero>
                }.into_any()
            }}
        </main>
    }
}

#[component]
fn WayIn() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let offers = Query::new(
        move || current.slug(),
        |slug| async move {
            let answer = fetch::send(Offers::build(SlugVariables { slug })).await?;
            Ok(answer.event.map(|event| event.ticket_types).unwrap_or_default())
        },
    );
    // The event is told anew when its ticket types change.
    Effect::new(move |before: Option<()>| {
        current.event.track();
        if before.is_some() {
            offers.reload();
        }
    });
    move || match offers.value.get() {
        Loaded::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
        Loaded::Failed(failure) => view! { <Failed failure again=move |()| offers.reload()/> }.into_any(),
        Loaded::Here(all) if !all.iter().any(|offer| offer.open) => {
            view! { <p>{t!("registration-closed")}</p> }.into_any()
        }
        Loaded::Here(all) => view! { <Register all offers/> }.into_any(),
    }
}

/// The ticket types, where there are several, and the button; or the way to an account first.
#[component]
fn Register(all: Vec<Offer>, offers: Query<Vec<Offer>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    let signed_in = is_signed_in();
    let free: Vec<String> =
        all.iter().filter(|offer| offer.is_free()).map(|offer| offer.id.inner().to_owned()).collect();
    let none_left = free.is_empty();
    // Nothing is chosen for anybody, unless there is nothing to choose.
    let chosen = RwSignal::new(if free.len() == 1 { free.first().cloned() } else { None });
    let register = move |()| {
        let Some(ticket) = chosen.get_untracked() else {
            return toasts.bad(untrack(|| text!("problem-choose-ticket")));
        };
        busy.set(true);
        let event_id = current.event.with_untracked(|event| event.id.clone());
        let input = RegisterInput { event_id, ticket_type_id: Some(cynic::Id::new(ticket)) };
        spawn_local(async move {
            match fetch::send(RegisterMutation::build(RegisterVariables { input })).await {
                Ok(done) => current.take(done.register.event),
                Err(failure) => {
                    toasts.bad(untrack(|| match failure.code() {
                        Some(Code::Conflict) => text!("last-place-taken"),
                        _ => words::failure(&failure),
                    }));
                    offers.reload();
                }
            }
            busy.try_set(false);
        });
    };
    let several = all.len() > 1 || all.iter().any(|offer| offer.remaining.is_some() || !offer.description.is_empty());
    let choice = several.then(|| view! { <Choice all chosen/> });
    view! {
        {choice}
        {move || match signed_in.get() {
            None => ().into_any(),
            Some(_) if none_left => view! { <p><strong>{t!("everything-sold-out")}</strong></p> }.into_any(),
            Some(true) => view! {
                <p>{t!("register-text")}</p>
                <div class="form-actions"><Button label=t!("register") kind=Kind::Primary busy on=register/></div>
            }
            .into_any(),
            Some(false) => view! {
                <p>{t!("register-first-text")}</p>
                <div class="form-actions">
                    <ButtonLink label=t!("create-an-account") href=account_address(&here()) kind=Kind::Primary/>
                    <ButtonLink label=t!("sign-in") href=sign_in_address(&here())/>
                </div>
                <p class="small">
                    {t!("registered-already")}" "
                    <A href=format!("/sign-in-link?event={}", current.slug())>{t!("mail-me-a-link")}</A>
                </p>
            }
            .into_any(),
        }}
    }
}

/// What one can register with, and what is left of it.
#[component]
fn Choice(all: Vec<Offer>, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let one = move |offer: Offer| {
        let (id, free) = (offer.id.inner().to_owned(), offer.is_free());
        let taken = id.clone();
        let left = move || match (offer.open, offer.sold_out, offer.remaining) {
            (false, ..) => Some(text!("ticket-closed")),
            (true, true, _) => Some(text!("sold-out")),
            (true, false, Some(remaining)) => Some(text!("places-left", count = remaining)),
            (true, false, None) => None,
        };
        view! {
            <label class:off=!free>
                <input
                    type="radio"
                    name="ticket-type"
                    disabled=!free
                    prop:checked=move || chosen.with(|chosen| chosen.as_ref() == Some(&id))
                    on:change=move |_| chosen.set(Some(taken.clone()))
                />
                <span class="ticket-face"><strong>{offer.name}</strong><span class="muted small">{left}</span></span>
                <span class="hint small">{offer.description}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice ticket-choice">
            <legend>{t!("choose-ticket")}</legend>
            {all.into_iter().map(one).collect_view()}
        </fieldset>
    }
}

/// To who was removed from the event: nothing of it but this (A7).
#[component]
fn Removed() -> impl IntoView {
    view! {
        <EmptyState icon=Glyph::Lock title=t!("removed-title") text=t!("removed-text")>
            <ButtonLink label=t!("go-home") href="/".to_owned()/>
        </EmptyState>
    }
}
