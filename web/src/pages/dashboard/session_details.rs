//! What lists do not carry of a session and its form needs: fetched when the form opens, and kept as it is now.

use crate::api::event::EventState;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::session::{Details, DetailsChanged, OneSessionVariables, SessionDetails, SessionIdVariables};
use crate::api::{Failure, fetch};
use crate::components::Skeleton;
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::not_found::NotFound;
use crate::state::Loaded;
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use std::sync::Arc;

/// The details as they are now.
#[derive(Clone, Copy)]
pub struct Known {
    pub now: RwSignal<Details>,
}

impl Known {
    /// Takes a newer copy; an older one that comes late changes nothing.
    pub fn take(self, details: Details) {
        self.now.try_update(|known| {
            if known.version <= details.version {
                *known = details;
            }
        });
    }
}

/// Shows a form once the details of its session are here.
#[component]
pub fn WithDetails(id: cynic::Id, form: impl Fn(Known) -> AnyView + Send + Sync + 'static) -> impl IntoView {
    let asked = id.clone();
    let query = Query::new(
        move || asked.clone(),
        |id| async move {
            let answer = fetch::send(SessionDetails::build(SessionIdVariables { id })).await;
            answer.map(|answer| answer.session)
        },
    );
    // The form is made once: a later answer must not take away what is typed in it.
    let shown = Memo::new(move |before: Option<&Shown>| match query.value.get() {
        _ if before == Some(&Shown::Form) => Shown::Form,
        Loaded::Waiting => Shown::Waiting,
        Loaded::Here(Some(_)) => Shown::Form,
        Loaded::Here(None) => Shown::Nothing,
        Loaded::Failed(failure) => Shown::Failed(failure),
    });
    let form = Arc::new(form);
    move || match shown.get() {
        Shown::Waiting => view! { <Skeleton shape="line"/><Skeleton shape="tall"/> }.into_any(),
        Shown::Nothing => view! { <NotFound/> }.into_any(),
        Shown::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
        Shown::Form => {
            let first = query.value.with_untracked(|value| value.here().cloned().flatten());
            let form = Arc::clone(&form);
            first
                .map(|first| {
                    let known = Known { now: RwSignal::new(first) };
                    follow(known, id.clone(), query);
                    form(known)
                })
                .into_any()
        }
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Form,
    Nothing,
    Failed(Failure),
}

/// Keeps the details as they are, from pushed changes and from what is fetched after a reconnect.
fn follow(known: Known, session_id: cynic::Id, query: Query<Option<Details>>) {
    Effect::new(move |_| {
        if let Some(details) = query.value.with(|value| value.here().cloned().flatten()) {
            known.take(details);
        }
    });
    let (live, current): (Live, CurrentEvent) = (expect_context(), expect_context());
    // An event that is published, opened or over says something else of when its sessions can be found (B9).
    Effect::new(move |before: Option<(i32, EventState)>| {
        let now = current.event.with(|event| (event.version, event.state));
        if before.is_some_and(|before| before != now) {
            query.reload();
        }
        now
    });
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let operation = DetailsChanged::build(OneSessionVariables { event_id, session_id });
    let changes = live.subscribe(&operation, move |change: Result<DetailsChanged, Failure>| {
        if let Ok(DetailsChanged { session_changed: change }) = change
            && let Some(details) = change.session
        {
            known.take(details);
        }
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
}
