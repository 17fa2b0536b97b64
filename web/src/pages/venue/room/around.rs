//! What is around the room, which nobody has to leave it for: its event, and the event's schedule (G2). Fetched once somebody
//! is inside, and kept for as long as they are.

use super::Here;
use crate::api::event::{Event, EventBySlug, SlugVariables};
use crate::api::fetch;
use crate::api::query::Query;
use crate::pages::event::{CurrentEvent, followed};
use crate::pages::venue::timetable::Schedule;
use cynic::QueryBuilder;
use leptos::prelude::*;

/// The event and its schedule, as soon as they are here.
#[derive(Clone, Copy)]
pub struct Around {
    pub kept: RwSignal<Option<(CurrentEvent, Schedule)>>,
    pub query: Query<Option<Event>>,
}

impl Around {
    pub fn of(here: Here) -> Self {
        // An address that it gets meanwhile is told; this one leads to it as well.
        let slug = here.session.with_untracked(|session| session.event.slug.clone());
        let query = Query::new(
            move || slug.clone(),
            |slug| async move { fetch::send(EventBySlug::build(SlugVariables { slug })).await.map(|answer| answer.event) },
        );
        Self { kept: RwSignal::new(None), query }
    }
}

/// Shows nothing: keeps the event and the schedule as they are, while it is in the page.
#[component]
pub fn Follow(around: Around) -> impl IntoView {
    let here = Memo::new(move |_| around.query.value.with(|value| value.here().is_some_and(Option::is_some)));
    move || {
        let event = here.get().then(|| around.query.value.with_untracked(|value| value.here().cloned().flatten()));
        event.flatten().map(|event| view! { <Kept event around/> })
    }
}

#[component]
fn Kept(event: Event, around: Around) -> impl IntoView {
    let current = followed(event, around.query);
    around.kept.set(Some((current, Schedule::of(current))));
    on_cleanup(move || _ = around.kept.try_set(None));
}
