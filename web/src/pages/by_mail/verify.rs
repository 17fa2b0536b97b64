//! Confirming an email address: the link of the mail does it.

use super::{DeadLink, home_label, token, wrong_link};
use crate::api::account_by_mail::{VerifyEmail, VerifyEmailInput, VerifyEmailVariables};
use crate::api::fetch;
use crate::app::Me;
use crate::components::{ButtonLink, EmptyState, Glyph, Kind, Skeleton};
use crate::pages::gate::Gate;
use crate::state::Loaded;
use crate::t;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Verify() -> impl IntoView {
    let Me(start) = expect_context();
    let token = token();
    let outcome = RwSignal::new(Loaded::Waiting);
    Effect::new(move |_| {
        let token = token.get();
        if token.is_empty() {
            return outcome.set(Loaded::Failed(wrong_link()));
        }
        spawn_local(async move {
            let input = VerifyEmailInput { token };
            let answer = fetch::send(VerifyEmail::build(VerifyEmailVariables { input })).await;
            start.reload();
            outcome.try_set(match answer {
                Ok(done) => Loaded::Here(done.verify_email.email),
                Err(failure) => Loaded::Failed(failure),
            });
        });
    });
    view! {
        <Gate title=t!("confirm-email") text=t!("confirm-email-why")>
            {move || match outcome.get() {
                Loaded::Waiting => view! { <Skeleton shape="row"/> }.into_any(),
                Loaded::Failed(failure) => view! { <DeadLink failure href="/" again=home_label()/> }.into_any(),
                Loaded::Here(email) => view! {
                    <div role="status">
                        <EmptyState icon=Glyph::Check title=t!("email-confirmed") text=t!("email-confirmed-text", email = email.clone())>
                            <ButtonLink label=home_label() href="/".to_owned() kind=Kind::Primary/>
                        </EmptyState>
                    </div>
                }.into_any(),
            }}
        </Gate>
    }
}
