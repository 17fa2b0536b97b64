//! Signing in by the link that a registered person was mailed, and asking for that mail.

use super::{DeadLink, OnItsWay, home_label, token};
use crate::api::account_by_mail::{
    RequestSignInLink, RequestSignInLinkInput, RequestSignInLinkVariables, SignInWithLink, SignInWithLinkInput,
    SignInWithLinkVariables,
};
use crate::api::{Failure, fetch};
use crate::components::{Form, Skeleton, SubmitButton, TextField};
use crate::pages::account::entered;
use crate::pages::gate::Gate;
use crate::pages::submit::Sending;
use crate::t;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

#[component]
pub fn SignInLink() -> impl IntoView {
    let token = token();
    let slug = use_query_map().read_untracked().get("event").unwrap_or_default();
    view! {
        <Gate title=t!("sign-in") text=t!("sign-in-link-text")>
            {move || match (token.get(), slug.clone()) {
                (token, _) if !token.is_empty() => view! { <Open token/> }.into_any(),
                (_, slug) if !slug.is_empty() => view! { <Ask slug/> }.into_any(),
                _ => view! { <DeadLink failure=super::wrong_link() href="/" again=home_label()/> }.into_any(),
            }}
        </Gate>
    }
}

#[component]
fn Open(token: String) -> impl IntoView {
    let failed = RwSignal::new(None::<Failure>);
    let entered = entered();
    spawn_local(async move {
        let input = SignInWithLinkInput { token };
        match fetch::send(SignInWithLink::build(SignInWithLinkVariables { input })).await {
            Ok(done) => {
                let to = format!("/e/{}", done.sign_in_with_link.event.slug);
                entered(done.sign_in_with_link.account, Some(to));
            }
            Err(failure) => _ = failed.try_set(Some(failure)),
        }
    });
    move || match failed.get() {
        None => view! { <Skeleton shape="row"/> }.into_any(),
        Some(failure) => view! { <DeadLink failure href="/sign-in" again=t!("back-to-sign-in")/> }.into_any(),
    }
}

#[component]
fn Ask(slug: String) -> impl IntoView {
    let (email, sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let sending = Sending::default();
    let slug = StoredValue::new(slug);
    let send = Callback::new(move |()| {
        let input = RequestSignInLinkInput { email: email.get_untracked(), event_slug: slug.get_value() };
        let request = fetch::send(RequestSignInLink::build(RequestSignInLinkVariables { input }));
        sending.send(request, move |_done| sent.set(true));
    });
    view! {
        {move || if sent.get() {
            view! { <OnItsWay text=t!("sign-in-link-on-its-way", email = email.get())/> }.into_any()
        } else {
            view! {
                <Form problems=sending.problems on=send label=t!("mail-me-a-link")>
                    <TextField label=t!("email") name="email" kind="email" autocomplete="username" value=email/>
                    <SubmitButton label=t!("send-link") busy=sending.busy/>
                </Form>
            }.into_any()
        }}
        <p class="gate-foot"><A href=format!("/e/{}", slug.get_value())>{t!("back-to-event")}</A></p>
    }
}
