//! The form of a session that is not there yet.

use super::draft::{Draft, Fields};
use super::form::Editor;
use crate::api::fetch;
use crate::api::session::{CreateSession, CreateSessionVariables, SessionChange, ShareAccess, WatchAccess};
use crate::components::use_toasts;
use crate::drafts;
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::submit::page_title;
use crate::state::saving::Base;
use crate::state::session_form::Typed;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub fn NewSession() -> impl IntoView {
    page_title(|| text!("add-session"));
    let current: CurrentEvent = expect_context();
    let event = current.event.with_untracked(|event| event.id.clone());
    let key = format!("session.new.{}", event.inner());
    let draft = Draft::new(Fields::of(Typed::default()), Base { typed: Typed::default(), version: 0 }, &key);
    let send = adding(draft, key);
    view! {
        <div class="page-head"><h1>{t!("add-session")}</h1></div>
        <Editor draft send=move |()| send() label=t!("add-session") new=true recordable=true inside=Signal::derive(|| None)/>
    }
}

/// What sends the draft as a new session, and then leads to where it goes on.
pub fn adding(draft: Draft, key: String) -> impl Fn() + Clone {
    let current: CurrentEvent = expect_context();
    let programme: Programme = expect_context();
    let event = current.event.with_untracked(|event| event.id.clone());
    let (toasts, navigate) = (use_toasts(), use_navigate());
    move || {
        let typed = untrack(|| draft.typed());
        let input = match typed.create(event.clone()) {
            Ok(input) => input,
            Err(failure) => return draft.sending.problems.set(failure),
        };
        let (navigate, key) = (navigate.clone(), key.clone());
        draft.sending.send(fetch::send(CreateSession::build(CreateSessionVariables { input })), move |done| {
            let session = done.create_session.session;
            toasts.good(text!("session-added"));
            programme.apply(SessionChange::now(session.clone()));
            if draft.sending.is_left() {
                return drafts::settle(&key, typed);
            }
            draft.saved.set(typed);
            // The lists of who is invited and who may share stand there.
            let has_people = matches!(session.watch_access, WatchAccess::Private | WatchAccess::Tickets)
                || session.share_access != ShareAccess::Anyone;
            let to = if has_people {
                format!("/dashboard/{}/sessions/{}", current.slug(), session.bare_id())
            } else {
                format!("/dashboard/{}/sessions", current.slug())
            };
            navigate(&to, NavigateOptions::default());
        });
    }
}
