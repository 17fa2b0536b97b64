//! The calm reminder to confirm one's email address. Only what somebody is invited to waits for it.

use crate::api::account_by_mail::ResendVerification;
use crate::api::fetch;
use crate::app::Me;
use crate::components::{Button, Glyph, Icon, IconButton, use_toasts};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether the person put it off, as a context: until the page is loaded anew.
#[derive(Clone, Copy)]
pub struct ConfirmLater(RwSignal<bool>);

impl Default for ConfirmLater {
    fn default() -> Self {
        ConfirmLater(RwSignal::new(false))
    }
}

#[component]
pub fn ConfirmEmail() -> impl IntoView {
    let Me(start) = expect_context();
    let ConfirmLater(later) = expect_context();
    let email = Memo::new(move |_| {
        let me = start.value.with(|start| start.here().and_then(|start| start.me.clone()));
        me.filter(|me| !me.is_verified).map(|me| me.email)
    });
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    let send = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            match fetch::send(ResendVerification::build(())).await {
                // It was confirmed on another page.
                Ok(done) if done.resend_verification.account.is_verified => start.reload(),
                Ok(_) => toasts.good(untrack(|| text!("confirmation-sent"))),
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
        });
    });
    move || {
        email.get().filter(|_| !later.get()).map(|email| {
            view! {
                <aside class="notice confirm-email" aria-label=t!("confirm-email")>
                    <Icon glyph=Glyph::Mail/>
                    <p><strong>{t!("confirm-email")}</strong>" "{t!("confirm-email-text", email = email.clone())}</p>
                    <Button label=t!("send-again") busy on=send/>
                    <IconButton label=t!("later") icon=Glyph::Close on=move |()| later.set(true)/>
                </aside>
            }
        })
    }
}
