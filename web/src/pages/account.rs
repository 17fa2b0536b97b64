//! Signing in and up, setting the installation up (A1), and everything about one's own account (A1, A8).

mod own_data;
mod profile;

use super::confirm_email::ConfirmEmail;
use super::gate::Gate;
use super::submit::Sending;
use crate::api::account::{
    Account, ChangePassword, ChangePasswordInput, ChangePasswordVariables, Instance, SetUp as SetUpMutation,
    SetUpInput, SetUpVariables, SignIn as SignInMutation, SignInInput, SignInVariables, SignUp as SignUpMutation,
    SignUpInput, SignUpVariables, Start,
};
use crate::api::account_by_mail::{SetPassword, SetPasswordInput, SetPasswordVariables};
use crate::api::live::Live;
use crate::api::{ProblemCode, fetch};
use crate::app::Me;
use crate::components::{Form, SubmitButton, TextField, use_toasts};
use crate::state::Loaded;
use crate::t;
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use own_data::OwnData;
use profile::Profile;
use std::cell::RefCell;

thread_local! {
    /// The address that an invitation is for, on the way from its page to the form: not in an address, which is sent.
    pub static INVITED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Takes an account that has just signed in, and goes where the person wanted to go.
pub(super) fn entered() -> impl Fn(Account, Option<String>) + Clone {
    let Me(start) = expect_context();
    let live: Live = expect_context();
    let navigate = use_navigate();
    move |account, to| {
        let instance = Instance { needs_set_up: false, version: String::new() };
        start.value.set(Loaded::Here(Start { instance, me: Some(account) }));
        // The socket was opened as somebody else.
        live.renew();
        start.reload();
        navigate(&to.unwrap_or_else(|| "/".into()), NavigateOptions { replace: true, ..NavigateOptions::default() });
    }
}

/// Where to go afterwards: an address of ours, never another site.
fn next() -> Option<String> {
    let next = use_query_map().read_untracked().get("next")?;
    (next.starts_with('/') && !next.starts_with("//") && !next.contains('\\')).then_some(next)
}

/// Leads who came signed in already straight on.
fn skip_when_signed_in(next: Option<String>) {
    let Me(start) = expect_context();
    let navigate = use_navigate();
    Effect::new(move |asked: Option<bool>| {
        // Only what is known at first counts: signing in on this page leads on by itself.
        if asked == Some(true) {
            return true;
        }
        let known = start.value.with(|start| start.here().map(|start| start.me.is_some()));
        if known == Some(true) {
            let to = next.clone().unwrap_or_else(|| "/".into());
            navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
        known.is_some()
    });
}

fn with_next(path: &str, next: Option<&String>) -> String {
    match next {
        Some(next) => format!("{path}?next={}", js_sys::encode_uri_component(next)),
        None => path.to_owned(),
    }
}

#[component]
pub fn SignIn() -> impl IntoView {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::default();
    let (entered, next) = (entered(), next());
    skip_when_signed_in(next.clone());
    let other = with_next("/sign-up", next.as_ref());
    let send = move |()| {
        let input = SignInInput { email: email.get_untracked(), password: password.get_untracked() };
        let (entered, next) = (entered.clone(), next.clone());
        sending.send(fetch::send(SignInMutation::build(SignInVariables { input })), move |done| {
            entered(done.sign_in.account, next);
        });
    };
    view! {
        <Gate title=t!("sign-in") text=t!("sign-in-text")>
            <Form problems=sending.problems on=send label=t!("sign-in")>
                <TextField label=t!("email") name="email" kind="email" autocomplete="username" value=email/>
                <TextField label=t!("password") name="password" kind="password" autocomplete="current-password" value=password/>
                <SubmitButton label=t!("sign-in") busy=sending.busy/>
            </Form>
            <p class="gate-foot"><A href="/forgot-password">{t!("forgot-password")}</A></p>
            <p class="gate-foot">{t!("no-account-yet")}" "<A href=other>{t!("create-an-account")}</A></p>
        </Gate>
    }
}

#[component]
pub fn SignUp() -> impl IntoView {
    let (name, email, password) =
        (RwSignal::new(String::new()), RwSignal::new(INVITED.take()), RwSignal::new(String::new()));
    let sending = Sending::default();
    let (entered, next) = (entered(), next());
    skip_when_signed_in(next.clone());
    let other = with_next("/sign-in", next.as_ref());
    let taken = Memo::new(move |_| sending.problems.has("email", ProblemCode::Taken));
    let send = move |()| {
        let input = SignUpInput {
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        let (entered, next) = (entered.clone(), next.clone());
        sending.send(fetch::send(SignUpMutation::build(SignUpVariables { input })), move |done| {
            entered(done.sign_up.account, next);
        });
    };
    view! {
        <Gate title=t!("create-an-account") text=t!("sign-up-text")>
            <Form problems=sending.problems on=send label=t!("create-an-account")>
                <TextField label=t!("your-name") name="name" autocomplete="name" value=name/>
                <TextField label=t!("email") name="email" kind="email" autocomplete="username" value=email/>
                <TextField label=t!("password") name="password" kind="password" autocomplete="new-password" value=password hint=t!("password-hint")/>
                <SubmitButton label=t!("create-account") busy=sending.busy/>
            </Form>
            {move || taken.get().then(|| view! {
                <p class="gate-foot" role="status">{t!("account-there-already")}" "<A href="/forgot-password">{t!("set-its-password")}</A></p>
            })}
            <p class="gate-foot">{t!("have-an-account")}" "<A href=other>{t!("sign-in")}</A></p>
        </Gate>
    }
}

/// The first visitor of a new installation.
#[component]
pub fn SetUp() -> impl IntoView {
    let Me(start) = expect_context();
    let (organization, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::default();
    let (entered, entering) = (entered(), StoredValue::new(false));
    let navigate = use_navigate();
    Effect::new(move |_| {
        let done = start.value.with(|start| start.here().is_some_and(|start| !start.instance.needs_set_up));
        if done && !entering.get_value() {
            navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let send = move |()| {
        let input = SetUpInput {
            organization_name: organization.get_untracked(),
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        let entered = entered.clone();
        sending.send(fetch::send(SetUpMutation::build(SetUpVariables { input })), move |done| {
            entering.set_value(true);
            entered(done.set_up.account, Some("/dashboard".into()));
        });
    };
    view! {
        <Gate title=t!("set-up-title") text=t!("set-up-text")>
            <Form problems=sending.problems on=send label=t!("set-up-title")>
                <TextField label=t!("organization") name="organizationName" autocomplete="organization" value=organization/>
                <TextField label=t!("your-name") name="name" autocomplete="name" value=name/>
                <TextField label=t!("email") name="email" kind="email" autocomplete="username" value=email/>
                <TextField label=t!("password") name="password" kind="password" autocomplete="new-password" value=password hint=t!("password-hint")/>
                <SubmitButton label=t!("set-up") busy=sending.busy/>
            </Form>
        </Gate>
    }
}

/// The own address and password.
#[component]
pub fn OwnAccount() -> impl IntoView {
    let Me(start) = expect_context();
    let me = Memo::new(move |_| start.value.with(|start| start.here().and_then(|start| start.me.clone())));
    let known = Memo::new(move |_| me.with(Option::is_some));
    let has_password = Memo::new(move |_| me.with(|me| me.as_ref().is_none_or(|me| me.has_password)));
    view! {
        <Gate title=t!("your-account") text=Signal::derive(move || me.get().map(|me| me.email).unwrap_or_default())>
            <ConfirmEmail/>
            {move || known.get().then(|| view! { <Profile/> })}
            {move || if has_password.get() { view! { <Change/> }.into_any() } else { view! { <First/> }.into_any() }}
            <OwnData has_password/>
        </Gate>
    }
}

#[component]
fn Change() -> impl IntoView {
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::default();
    let toasts = use_toasts();
    let send = move |()| {
        let input =
            ChangePasswordInput { current_password: current.get_untracked(), new_password: new.get_untracked() };
        sending.send(fetch::send(ChangePassword::build(ChangePasswordVariables { input })), move |_done| {
            current.set(String::new());
            new.set(String::new());
            toasts.good(text!("password-changed"));
        });
    };
    view! {
        <h2>{t!("menu-password")}</h2>
        <p class="muted">{t!("password-text")}</p>
        <Form problems=sending.problems on=send label=t!("menu-password")>
            <TextField label=t!("current-password") name="currentPassword" kind="password" autocomplete="current-password" value=current/>
            <TextField label=t!("new-password") name="newPassword" kind="password" autocomplete="new-password" value=new hint=t!("password-hint")/>
            <SubmitButton label=t!("save") busy=sending.busy/>
        </Form>
    }
}

/// For who has signed in by a link and has no password yet.
#[component]
fn First() -> impl IntoView {
    let Me(start) = expect_context();
    let new = RwSignal::new(String::new());
    let sending = Sending::default();
    let toasts = use_toasts();
    let send = move |()| {
        let input = SetPasswordInput { new_password: new.get_untracked() };
        sending.send(fetch::send(SetPassword::build(SetPasswordVariables { input })), move |_done| {
            toasts.good(text!("password-set"));
            start.reload();
        });
    };
    view! {
        <h2>{t!("set-password")}</h2>
        <p class="muted">{t!("set-password-text")}</p>
        <Form problems=sending.problems on=send label=t!("set-password")>
            <TextField label=t!("new-password") name="newPassword" kind="password" autocomplete="new-password" value=new hint=t!("password-hint")/>
            <SubmitButton label=t!("save") busy=sending.busy/>
        </Form>
    }
}
