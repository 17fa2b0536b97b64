//! The schedule beside the stage: looking at it never leaves the room (G2).

use super::Here;
use crate::areas::TimetableArea;
use crate::components::{Glyph, IconButton};
use crate::pages::event::{CurrentEvent, Scope, WithEvent};
use crate::pages::venue::schedule::Narrowing;
use crate::pages::venue::timetable::Schedule;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn SchedulePanel(open: RwSignal<bool>) -> impl IntoView {
    let Here { session, .. } = expect_context();
    let name = Memo::new(move |_| session.with(|session| session.event.name.clone()));
    view! {
        <aside class="room-panel room-schedule" aria-label=t!("venue-schedule")>
            <header>
                <p class="muted">{name}</p>
                <IconButton label=t!("schedule-close") icon=Glyph::Close on=move |()| open.set(false)/>
            </header>
            <WithEvent scope=Scope::Part><InRoom/></WithEvent>
        </aside>
    }
}

/// The address of the room stays what one can pass on: the chosen tag is not kept in it.
#[component]
fn InRoom() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let tag = RwSignal::new(String::new());
    provide_context(Schedule::of(current));
    provide_context(Narrowing {
        chosen: Memo::new(move |_| tag.get()),
        on: Callback::new(move |chosen| tag.set(chosen)),
    });
    view! { <TimetableArea/> }
}
