//! To hosts who are in the venue and not in the room: who asks to go on screen there, and the way to it (D3).

use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::share_request::{
    OfEvent, Queue, Queues, QueuesVariables, ShareRequestChange, ShareRequestState, ShareRequestsChanged, Title,
    TitleVariables,
};
use crate::api::{Failure, fetch};
use crate::components::{Toasts, Way, use_toasts};
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::gathered::Gathered;
use crate::state::sessions::Sessions;
use crate::state::waiting::Waiting;
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

/// How many ask in each session, as a context: for the marks that stay until somebody has answered.
#[derive(Clone, Copy)]
pub struct Requests(pub RwSignal<Waiting>);

/// Shows nothing: listens for those who are a host of any session, whom the server knows.
#[component]
pub fn HostNews() -> impl IntoView {
    let (current, Requests(waiting)): (CurrentEvent, Requests) = (expect_context(), expect_context());
    let toasts = use_toasts();
    // What was heard while the list was on its way may be newer than what that says.
    let heard = StoredValue::new(Waiting::default());
    let fetched = fetched(current, heard);
    Effect::new(move |_| {
        let Some(queues) = fetched.value.with(|answer| answer.here().cloned()) else { return };
        let mut now = Waiting::default();
        let counts = queues.iter().map(|queue| (queue.id.inner().to_owned(), queue.share_requests.total_count));
        counts.for_each(|(id, count)| now.set(id, count));
        let grew = waiting.try_update(|waiting| waiting.take(now.with(heard.get_value()))).unwrap_or_default();
        let news: Vec<Queue> =
            queues.into_iter().filter(|queue| grew.iter().any(|id| id == queue.id.inner())).collect();
        tell_at_once(toasts, &current.event.with_untracked(|event| event.slug.clone()), &news);
    });
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
                let (id, count) = (change.session_id.inner().to_owned(), change.waiting_count);
                heard.try_update_value(|heard| heard.set(id.clone(), count));
                waiting.try_update(|waiting| waiting.set(id, count));
                told.take(change);
            }
        });
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    });
}

/// The sessions in which somebody waits: of whoever asked while no host was there, no change tells any more. Asked again after each
/// reconnect, and when other sessions are moderated than before.
fn fetched(current: CurrentEvent, heard: StoredValue<Waiting>) -> Query<Vec<Queue>> {
    let programme: Programme = expect_context();
    let moderated = Memo::new(move |_| {
        programme.sessions.with(|sessions| sessions.here().map(Sessions::moderated).unwrap_or_default())
    });
    let slug = Memo::new(move |_| current.slug());
    Query::kept(
        move || slug.get(),
        move |slug| {
            current.track_standing();
            // Read, and not only tracked: a memo that nobody has read follows nothing yet.
            moderated.with(|_| ());
            heard.set_value(Waiting::default());
            all(slug)
        },
    )
}

async fn all(slug: String) -> Result<Vec<Queue>, Failure> {
    let (mut queues, mut after) = (Vec::new(), None);
    loop {
        let variables = QueuesVariables { slug: slug.clone(), after };
        let Some(event) = fetch::send(Queues::build(variables)).await?.event else { return Ok(queues) };
        let page = event.sessions;
        queues.extend(page.nodes.into_iter().filter(|queue| queue.share_requests.total_count > 0));
        if !page.page_info.has_next_page {
            return Ok(queues);
        }
        after = page.page_info.end_cursor;
    }
}

/// Says in one message how many wait already, wherever that is.
fn tell_at_once(toasts: Toasts, slug: &str, queues: &[Queue]) {
    let count: i32 = queues.iter().map(|queue| queue.share_requests.total_count).sum();
    let sessions = format!("/e/{slug}/sessions");
    let (said, label, href) = match queues {
        [] => return,
        [queue] => {
            let title = text::name(&queue.title);
            let said = untrack(|| text!("requests-wait-in", count = count, session = title));
            (said, untrack(|| text!("to-room")), format!("{sessions}/{}", bare(queue.id.inner())))
        }
        several => {
            let said = untrack(|| text!("requests-wait", count = count, sessions = several.len()));
            (said, untrack(|| text!("sessions")), sessions)
        }
    };
    toasts.leading(said, Way { label, href, new_tab: false });
}

/// An id as it stands in page addresses.
fn bare(id: &str) -> &str {
    id.strip_prefix("session:").unwrap_or(id)
}

/// Says for each session who asked last, and how many more wait.
pub fn tell(toasts: Toasts, slug: &str, changes: Vec<ShareRequestChange>, place: Place) {
    let waiting = changes.into_iter().filter(|change| change.request.state == ShareRequestState::Waiting);
    let last: HashMap<String, ShareRequestChange> =
        waiting.map(|change| (change.session_id.inner().to_owned(), change)).collect();
    for (id, change) in last {
        let href = format!("/e/{slug}/sessions/{}", bare(&id));
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
