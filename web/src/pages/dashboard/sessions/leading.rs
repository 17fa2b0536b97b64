//! The segments that lead to each session of the list, with when they begin, as they are now (F1).

use super::deleting::every_segment;
use crate::api::Failure;
use crate::api::event::EventIdVariables;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::session_schedule::{LeadingChange, LeadingChanged, LeadingSegment};
use crate::browser::{self, Style};
use crate::components::{Glyph, Icon};
use crate::pages::event::CurrentEvent;
use crate::pages::gathered::Gathered;
use crate::state::leading::Leading;
use crate::{t, text};
use cynic::SubscriptionBuilder;
use leptos::prelude::*;
use leptos_router::components::A;
use std::cell::RefCell;
use std::collections::HashMap;

/// How many are named beside a session; of the others it says how many there are.
const NAMED: usize = 3;

/// The schedule, as a context of the rows.
#[derive(Clone, Copy)]
pub struct Led(RwSignal<Leading>);

thread_local! {
    /// What led where last, and in which event: who comes back finds rows as high as they were.
    static KNOWN: RefCell<Option<(cynic::Id, Leading)>> = const { RefCell::new(None) };
}

/// Fetches the schedule once, and keeps it by what is pushed from then on.
pub fn follow() -> Led {
    let (live, current): (Live, CurrentEvent) = (expect_context(), expect_context());
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let known = KNOWN.take().filter(|(event, _)| *event == event_id).map(|(_, known)| known);
    let all = RwSignal::new(known.unwrap_or_default());
    let slug = Memo::new(move |_| current.slug());
    let heard = StoredValue::new(HashMap::<String, LeadingChange>::new());
    let query = Query::kept(
        move || slug.get(),
        move |slug| {
            heard.set_value(HashMap::new());
            every_segment(slug)
        },
    );
    Effect::new(move |_| {
        query.value.with(|value| {
            if let Some(list) = value.here() {
                let mut now = Leading::new(list.clone());
                now.apply(heard.get_value().into_values());
                all.set(now);
            }
        });
    });
    let told = Gathered::new(move |changes: Vec<LeadingChange>| _ = all.try_update(|all| all.apply(changes)));
    let operation = LeadingChanged::build(EventIdVariables { event_id: event_id.clone() });
    let changes = live.subscribe(&operation, move |change: Result<LeadingChanged, Failure>| {
        if let Ok(LeadingChanged { segment_changed: change }) = change {
            heard.try_update_value(|heard| heard.insert(change.segment_id.inner().to_owned(), change.clone()));
            told.take(change);
        }
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || {
        changes.dispose();
        KNOWN.set(all.try_get_untracked().map(|all| (event_id, all)));
    });
    Led(all)
}

/// The first of what leads to a session, each leading to its own form, with its time in the event's zone.
#[component]
pub fn LedBy(led: Led, session: StoredValue<String>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let segments = Memo::new(move |_| session.with_value(|id| led.0.with(|all| all.to(id))));
    let one = move |segment: LeadingSegment| {
        let zone = current.event.with(|event| event.time_zone.clone());
        let at = browser::format_instant(segment.starts_at, &zone, Style::Moment);
        let id = segment.id.inner().trim_start_matches("segment:").to_owned();
        let to = move || format!("/dashboard/{}/schedule?segment={id}", current.slug());
        view! {
            <p class="led-by">
                <Icon glyph=Glyph::Calendar/>
                <A href=to>{segment.name}</A>
                <span>{at}</span>
                {(!segment.published).then(|| view! { <span class="badge">{t!("draft")}</span> })}
            </p>
        }
    };
    move || {
        segments.with(|segments| {
            let more = segments.len().saturating_sub(NAMED);
            let named = segments.iter().take(NAMED).cloned().map(one).collect_view();
            view! {
                {named}
                {(more > 0).then(|| view! {
                    <p class="led-by">
                        <span aria-hidden="true">"+ "{browser::format_count(more)}</span>
                        <span class="offscreen">{text!("more-segments", count = more)}</span>
                    </p>
                })}
            }
        })
    }
}
