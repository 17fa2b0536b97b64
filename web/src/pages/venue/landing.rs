//! An event to who is not registered for it: what it is, and the one step in (A4).

use super::reception::Hero;
use crate::api::event::EventState;
use crate::api::fetch;
use crate::api::registration::{Register, RegisterInput, RegisterVariables};
use crate::components::{Button, ButtonLink, Kind, use_toasts};
use crate::pages::event::{CurrentEvent, StateBadge};
use crate::pages::gate::{AccountMenu, Brand, ConnectionNote, account_address, here, is_signed_in, sign_in_address};
use crate::pages::submit::page_title;
use crate::pages::words;
use crate::t;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Landing() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    page_title(move || current.event.with(|event| event.name.clone()));
    let state = Memo::new(move |_| current.event.with(|event| event.state));
    view! {
        <ConnectionNote/>
        <header class="gate-top"><Brand/><AccountMenu/></header>
        <main class="page">
            <Hero>
                <p><StateBadge state/></p>
                {move || match state.get() {
                    EventState::Upcoming | EventState::Live => view! { <WayIn/> }.into_any(),
                    EventState::Draft | EventState::Ended => view! { <p>{t!("registration-closed")}</p> }.into_any(),
                }}
            </Hero>
        </main>
    }
}

#[component]
fn WayIn() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    let signed_in = is_signed_in();
    let register = move |()| {
        busy.set(true);
        let input = RegisterInput { event_id: current.event.with_untracked(|event| event.id.clone()) };
        spawn_local(async move {
            match fetch::send(Register::build(RegisterVariables { input })).await {
                Ok(done) => current.take(done.register.event),
                Err(failure) => toasts.bad(words::failure(&failure)),
            }
            busy.try_set(false);
        });
    };
    move || match signed_in.get() {
        None => ().into_any(),
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
        }
        .into_any(),
    }
}
