//! The schedule by day: what is on first, and what is over folded away (G1, G4). On the reception and in the room.

pub mod days;
mod segment;

use super::tag_filter::TagFilter;
use super::timetable::Schedule;
use crate::api::event::EventState;
use crate::components::{Button, EmptyState, Glyph, Skeleton};
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::state::Loaded;
use crate::state::timetable::{Timetable, clashes};
use crate::t;
use days::Days;
use leptos::prelude::*;
use std::sync::Arc;

/// The tag by which the schedule is narrowed, as a context: a page keeps it in its address, the room keeps its address.
#[derive(Clone, Copy)]
pub struct Narrowing {
    pub chosen: Memo<String>,
    pub on: Callback<String>,
}

/// The bare id of the session in whose room the schedule stands, as a context there. It leads nobody out of that room, for who is on
/// screen would be off it: what it leads to opens in a tab of its own.
#[derive(Clone)]
pub struct RoomOf(pub String);

impl RoomOf {
    /// Where links to sessions open.
    fn target() -> Option<&'static str> {
        use_context::<Self>().map(|_| "_blank")
    }

    /// Whether it is the room that the person is in.
    fn is(session: &str) -> bool {
        use_context::<Self>().is_some_and(|Self(room)| room == session)
    }
}

/// What the list shows as a whole.
#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(crate::api::Failure),
    Empty,
    NoMatch,
    Here,
}

#[component]
pub fn ScheduleByDay() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (schedule, narrowing): (Schedule, Narrowing) = (expect_context(), expect_context());
    let tags =
        Memo::new(move |_| schedule.segments.with(|segments| segments.here().map(Timetable::tags).unwrap_or_default()));
    let over = Memo::new(move |_| current.event.with(|event| event.state == EventState::Ended));
    let own = RwSignal::new(false);
    let enabled = Memo::new(move |_| current.event.with(|event| event.agenda_enabled));
    let wanted = Memo::new(move |_| {
        let (tag, own) = (narrowing.chosen.get(), own.get() && enabled.get());
        schedule.segments.with(|segments| {
            let all = segments.here().map_or(&[][..], Timetable::all);
            let fits = |one: &&Arc<_>| {
                let segment: &crate::api::timetable::Segment = one;
                (tag.is_empty() || segment.tags.contains(&tag)) && (!own || schedule.is_marked(segment.id.inner()))
            };
            all.iter().filter(fits).cloned().collect::<Vec<_>>()
        })
    });
    let clashing = Memo::new(move |_| {
        schedule.segments.with(|segments| {
            let all = segments.here().map_or(&[][..], Timetable::all);
            clashes(&all.iter().filter(|one| schedule.is_marked(one.id.inner())).cloned().collect::<Vec<_>>())
        })
    });
    let shown = Memo::new(move |_| {
        schedule.segments.with(|segments| match segments {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(list) if list.all().is_empty() => Shown::Empty,
            Loaded::Here(_) if wanted.with(Vec::is_empty) => Shown::NoMatch,
            Loaded::Here(_) => Shown::Here,
        })
    });
    let clear = move |()| {
        narrowing.on.run(String::new());
        own.set(false);
    };
    // One at a time; pressed again, none.
    let press = move |tag: String| {
        let again = narrowing.chosen.get_untracked() == tag;
        narrowing.on.run(if again { String::new() } else { tag });
    };
    view! {
        <section class="section schedule" aria-label=t!("venue-schedule")>
            <div class="page-head">
                <h2>{t!("venue-schedule")}</h2>
                <Show when=move || enabled.get() && shown.get() != Shown::Empty>
                    <button
                        type="button" class="tag chip"
                        aria-pressed=move || if own.get() { "true" } else { "false" }
                        on:click=move |_| own.update(|own| *own = !*own)
                    >{t!("my-agenda")}</button>
                </Show>
            </div>
            <TagFilter tags has=Callback::new(move |tag| narrowing.chosen.get() == tag) on=press/>
            {move || match shown.get() {
                Shown::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
                Shown::Failed(failure) => view! { <Failed failure again=move |()| schedule.reload()/> }.into_any(),
                Shown::Empty if over.get() => view! { <p class="muted">{t!("nothing-to-come")}</p> }.into_any(),
                Shown::Empty => view! { <p class="muted">{t!("schedule-empty")}</p> }.into_any(),
                Shown::NoMatch => view! {
                    <EmptyState icon=Glyph::Search title=t!("no-match-title") text=t!("no-match-text")>
                        <Button label=t!("clear-search") on=clear/>
                    </EmptyState>
                }.into_any(),
                Shown::Here => view! { <Days segments=wanted clashing/> }.into_any(),
            }}
        </section>
    }
}
