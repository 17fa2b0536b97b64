//! To hosts who are in the venue and not in the room: who asks to go on screen there, and the way to it (D3).

use crate::api::live::Live;
use crate::api::share_request::{
    OfEvent, ShareRequestChange, ShareRequestState, ShareRequestsChanged, Title, TitleVariables,
};
use crate::api::{Failure, fetch};
use crate::components::{Toasts, Way, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::gathered::Gathered;
use crate::text;
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;

/// Where the host is told.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    Venue,
    /// Nobody is led out of a room that they are in.
    Room,
}

/// Shows nothing: listens for those who are a host of any session, whom the server knows.
#[component]
pub fn HostNews() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let toasts = use_toasts();
    let told = Gathered::new(move |changes| {
        tell(toasts, &current.event.with_untracked(|event| event.slug.clone()), changes, Place::Venue)
    });
    let live: Live = expect_context();
    let event_id = current.event.with_untracked(|event| event.id.clone());
    Effect::new(move |_| {
        // Who is refused may become a host.
        current.track_standing();
        let operation = ShareRequestsChanged::build(OfEvent { event_id: event_id.clone() });
        let changes = live.subscribe(&operation, move |change: Result<ShareRequestsChanged, Failure>| {
            if let Ok(ShareRequestsChanged { share_requests_changed: change }) = change {
                told.take(change);
            }
        });
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    });
}

/// Says for each session who asked last, and how many more wait.
pub fn tell(toasts: Toasts, slug: &str, changes: Vec<ShareRequestChange>, place: Place) {
    let waiting = changes.into_iter().filter(|change| change.request.state == ShareRequestState::Waiting);
    let last: HashMap<String, ShareRequestChange> =
        waiting.map(|change| (change.session_id.inner().to_owned(), change)).collect();
    for (id, change) in last {
        let href = format!("/e/{slug}/sessions/{}", id.strip_prefix("session:").unwrap_or(&id));
        spawn_local(async move {
            let session = fetch::send(Title::build(TitleVariables { id: change.session_id })).await;
            // A session that is gone by now needs nobody.
            let Ok(Title { session: Some(session) }) = session else { return };
            let (name, others) = (change.request.person.name, change.waiting_count.saturating_sub(1).max(0));
            let (name, title) = (text::name(&name), text::name(&session.title));
            let said = untrack(|| text!("asks-to-share", name = name, session = title, others = others));
            let new_tab = place == Place::Room;
            toasts.leading(said, Way { label: untrack(|| text!("to-room")), href, new_tab });
        });
    }
}
