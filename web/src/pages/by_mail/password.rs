//! A forgotten password: asking for the mail, and setting another one by its link.

use super::{DeadLink, OnItsWay, is_dead, token, wrong_link};
use crate::api::account_by_mail::{
    RequestPasswordReset, RequestPasswordResetInput, RequestPasswordResetVariables, ResetPassword, ResetPasswordInput,
    ResetPasswordVariables,
};
use crate::api::{Failure, fetch};
use crate::components::{Form, SubmitButton, TextField, use_toasts};
use crate::pages::account::entered;
use crate::pages::gate::Gate;
use crate::pages::submit::Sending;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Forgot() -> impl IntoView {
    let (email, sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let sending = Sending::default();
    let send = move |()| {
        let input = RequestPasswordResetInput { email: email.get_untracked() };
        let request = fetch::send(RequestPasswordReset::build(RequestPasswordResetVariables { input }));
        sending.send(request, move |_done| sent.set(true));
    };
    view! {
        <Gate title=t!("forgot-password") text=t!("forgot-password-text")>
            {move || if sent.get() {
                view! { <OnItsWay text=t!("reset-on-its-way", email = email.get())/> }.into_any()
            } else {
                view! {
                    <Form problems=sending.problems on=send label=t!("forgot-password")>
                        <TextField label=t!("email") name="email" kind="email" autocomplete="username" value=email/>
                        <SubmitButton label=t!("send-link") busy=sending.busy/>
                    </Form>
                }.into_any()
            }}
            <p class="gate-foot"><A href="/sign-in">{t!("back-to-sign-in")}</A></p>
        </Gate>
    }
}

#[component]
pub fn Reset() -> impl IntoView {
    let token = token();
    view! {
        <Gate title=t!("reset-password") text=t!("reset-password-text")>
            {move || view! { <ByLink token=token.get()/> }}
        </Gate>
    }
}

#[component]
fn ByLink(token: String) -> impl IntoView {
    let new = RwSignal::new(String::new());
    let dead = RwSignal::new(token.is_empty().then(wrong_link));
    let (sending, toasts, entered) = (Sending::default(), use_toasts(), entered());
    let token = StoredValue::new(token);
    let send = move |()| {
        let input = ResetPasswordInput { token: token.get_value(), new_password: new.get_untracked() };
        let entered = entered.clone();
        let request = fetch::send(ResetPassword::build(ResetPasswordVariables { input }));
        let request = async move {
            let answer: Result<_, Failure> = request.await;
            if let Err(failure) = &answer
                && is_dead(failure)
            {
                dead.try_set(Some(failure.clone()));
            }
            answer
        };
        sending.send(request, move |done| {
            toasts.good(text!("password-changed"));
            entered(done.reset_password.account, None);
        });
    };
    let send = Callback::new(send);
    move || {
        match dead.get() {
        Some(failure) => view! { <DeadLink failure href="/forgot-password" again=t!("ask-for-new-link")/> }.into_any(),
        None => view! {
            <Form problems=sending.problems on=send label=t!("reset-password")>
                <TextField label=t!("new-password") name="newPassword" kind="password" autocomplete="new-password" value=new hint=t!("password-hint")/>
                <SubmitButton label=t!("save-and-sign-in") busy=sending.busy/>
            </Form>
        }
        .into_any(),
    }
    }
}
