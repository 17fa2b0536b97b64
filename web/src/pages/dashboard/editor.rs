//! Making and changing a session: its fields in sections, and beside them the card as attendees will see it (B1, B10).

mod adding;
mod draft;
mod existing;
mod form;

use super::session_details::WithDetails;
use crate::api::Failure;
use crate::components::Skeleton;
use crate::pages::event::Programme;
use crate::pages::gate::Failed;
use crate::pages::not_found::NotFound;
use crate::state::Loaded;
use adding::NewSession;
use existing::Existing;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The form of the session that the address names, or of a new one.
#[component]
pub fn SessionEditor() -> impl IntoView {
    let params = use_params_map();
    let new = params.with_untracked(|params| params.get("id").is_none());
    if new { view! { <NewSession/> }.into_any() } else { view! { <EditSession/> }.into_any() }
}

#[component]
fn EditSession() -> impl IntoView {
    let programme: Programme = expect_context();
    let params = use_params_map();
    let id = Memo::new(move |_| format!("session:{}", params.read().get("id").unwrap_or_default()));
    // The form is made once per session: neither a change nor somebody's deletion may lose what is typed in it.
    let shown = Memo::new(move |before: Option<&Shown>| {
        let id = id.get();
        programme.sessions.with(|sessions| match sessions {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(sessions) => {
                let open = Shown::Session(id.clone());
                if sessions.find(&id).is_some() || before == Some(&open) { open } else { Shown::Nothing }
            }
        })
    });
    move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="line"/><Skeleton shape="tall"/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| programme.reload()/> }.into_any(),
        Shown::Nothing => view! { <NotFound/> }.into_any(),
        Shown::Session(id) => {
            let session = programme.session(id);
            let first = session.get_untracked();
            first.map(|first| {
                let id = first.id.clone();
                view! { <WithDetails id form=move |details| view! { <Existing first=first.clone() session details/> }.into_any()/> }
            }).into_any()
        }
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(Failure),
    Nothing,
    Session(String),
}
