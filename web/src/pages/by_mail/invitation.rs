//! An invitation to organize (A2): who invites, and the way in with an account of the address that it was sent to.

use super::{DeadLink, home_label, token, wrong_link};
use crate::api::organizer_invitation::{
    AcceptOrganizerInvitation, AcceptOrganizerInvitationInput, AcceptVariables, Invited, LookAtInvitation,
    TokenVariables,
};
use crate::api::query::Query;
use crate::api::{Code, Failure, fetch};
use crate::app::Me;
use crate::components::{Button, ButtonLink, Kind, Skeleton, use_toasts};
use crate::pages::account::INVITED;
use crate::pages::gate::{Failed, Gate, account_address, sign_in_address};
use crate::pages::words;
use crate::state::Loaded;
use crate::t;
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::cell::RefCell;

/// Where one comes back to after signing in or up: without the token, which must not stand in an address that is sent.
const HERE: &str = "/organizer-invitation";

thread_local! {
    /// The token, while the person signs in or up on another page.
    static KEPT: RefCell<String> = const { RefCell::new(String::new()) };
}

#[component]
pub fn Invitation() -> impl IntoView {
    let in_address = token();
    let token = Memo::new(move |_| {
        let token = in_address.get();
        if !token.is_empty() {
            KEPT.set(token);
        }
        KEPT.with_borrow(Clone::clone)
    });
    let query = Query::new(
        move || token.get(),
        |token| async move {
            if token.is_empty() {
                return Ok(None);
            }
            let answer = fetch::send(LookAtInvitation::build(TokenVariables { token })).await?;
            Ok(answer.organizer_invitation)
        },
    );
    view! {
        <Gate title=t!("organizer-invitation") text=t!("organizer-invitation-text")>
            {move || match query.value.get() {
                Loaded::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
                Loaded::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
                Loaded::Here(found) => match usable(found) {
                    Ok(invited) => view! { <Accept invited token=token.get_untracked()/> }.into_any(),
                    Err(failure) => view! { <DeadLink failure href="/" again=home_label()/> }.into_any(),
                },
            }}
        </Gate>
    }
}

fn usable(found: Option<Invited>) -> Result<Invited, Failure> {
    let refused = |code| Failure::Refused { code, problems: Vec::new() };
    match found {
        None => Err(wrong_link()),
        Some(invited) if invited.is_accepted => Err(refused(Code::Conflict)),
        Some(invited) if invited.is_over => Err(refused(Code::NotOpen)),
        Some(invited) => Ok(invited),
    }
}

#[component]
fn Accept(invited: Invited, token: String) -> impl IntoView {
    let Me(start) = expect_context();
    let me = Memo::new(move |_| start.value.with(|start| start.here().map(|start| start.me.clone())));
    let (toasts, busy, navigate) = (use_toasts(), RwSignal::new(false), use_navigate());
    let Invited { email, organization, .. } = invited;
    let accept = Callback::new(move |()| {
        busy.set(true);
        let (navigate, input) = (navigate.clone(), AcceptOrganizerInvitationInput { token: token.clone() });
        spawn_local(async move {
            match fetch::send(AcceptOrganizerInvitation::build(AcceptVariables { input })).await {
                Ok(_done) => {
                    KEPT.take();
                    start.reload();
                    let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    navigate("/dashboard", replace);
                }
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
        });
    });
    let (name, email) = (StoredValue::new(organization.name), StoredValue::new(email));
    Effect::new(move |_| {
        // Whoever is signed in makes no account for it: a later one in this tab is somebody else's.
        let is_out = me.with(|me| matches!(me, Some(None)));
        INVITED.set(if is_out { email.get_value() } else { String::new() });
    });
    view! {
        <p>{t!("you-are-invited", organization = name.get_value(), email = email.get_value())}</p>
        {move || match me.get() {
            None => ().into_any(),
            Some(None) => view! {
                <p>{t!("invitation-needs-account", email = email.get_value())}</p>
                <div class="form-actions">
                    <ButtonLink label=t!("create-an-account") href=account_address(HERE) kind=Kind::Primary/>
                    <ButtonLink label=t!("sign-in") href=sign_in_address(HERE)/>
                </div>
            }.into_any(),
            Some(Some(me)) if email.with_value(|email| *email == me.email) => view! {
                <div class="form-actions"><Button label=t!("accept-invitation") kind=Kind::Primary busy on=accept/></div>
            }.into_any(),
            Some(Some(me)) => view! {
                <p role="alert">{t!("invitation-for-other", own = me.email.clone(), email = email.get_value())}</p>
            }.into_any(),
        }}
    }
}
