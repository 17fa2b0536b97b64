//! The link of an unlisted session: copied, and replaced by another one (C4).

use crate::api::fetch;
use crate::api::session::{
    RotateSessionLink, RotateSessionLinkInput, RotateSessionLinkVariables, Session, SessionChange,
};
use crate::components::{Button, Dialog, Glyph, Kind, use_toasts};
use crate::pages::copy::copy_link;
use crate::pages::event::Programme;
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[component]
pub fn UnlistedLink(session: Memo<Option<Arc<Session>>>) -> impl IntoView {
    let programme: Programme = expect_context();
    let (toasts, open, busy) = (use_toasts(), RwSignal::new(false), RwSignal::new(false));
    let url =
        Memo::new(move |_| session.with(|session| session.as_ref().map(|one| one.url.clone()).unwrap_or_default()));
    let rotate = move |keep_admitted: bool| {
        let Some(session) = session.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let input = RotateSessionLinkInput { session_id: session.id.clone(), keep_admitted };
            match fetch::send(RotateSessionLink::build(RotateSessionLinkVariables { input })).await {
                Ok(done) => {
                    programme.apply(SessionChange::now(done.rotate_session_link.session));
                    toasts.good(text!("link-rotated"));
                }
                Err(failure) => toasts.bad(words::failure(&failure)),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <section class="card editor-section" aria-label=t!("unlisted-link")>
            <h2>{t!("unlisted-link")}</h2>
            <p class="muted">{t!("unlisted-link-text")}</p>
            <p><code>{url}</code></p>
            <div class="form-actions">
                <Button label=t!("copy-link") icon=Glyph::Link on=move |()| copy_link(toasts, url.get_untracked())/>
                <Button label=t!("rotate-link") icon=Glyph::Reload on=move |()| open.set(true)/>
            </div>
            <Dialog title=t!("rotate-link-title") open>
                <p>{t!("rotate-link-text")}</p>
                <div class="form-actions">
                    <Button label=t!("rotate-link-keep") kind=Kind::Primary busy on=move |()| rotate(true)/>
                    <Button label=t!("rotate-link-remove") kind=Kind::Danger busy on=move |()| rotate(false)/>
                    <Button label=t!("cancel") on=move |()| open.set(false)/>
                </div>
            </Dialog>
        </section>
    }
}
