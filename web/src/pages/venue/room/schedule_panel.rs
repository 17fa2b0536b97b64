//! The schedule beside the stage: looking at it never leaves the room (G2).

use super::Here;
use super::around::Around;
use super::panel::{Beside, PanelFrame};
use crate::areas::TimetableArea;
use crate::components::Skeleton;
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::venue::now_next::{NowNextWords, strip};
use crate::pages::venue::schedule::{Narrowing, RoomOf};
use crate::pages::venue::timetable::Schedule;
use crate::state::Loaded;
use crate::state::timetable::NowNext;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn SchedulePanel(beside: Beside, around: Around) -> impl IntoView {
    let Here { session, .. } = expect_context();
    let name = Memo::new(move |_| session.with(|session| session.event.name.clone()));
    let here = Memo::new(move |_| around.kept.with(Option::is_some));
    let failure = Memo::new(move |_| {
        around.query.value.with(|value| if let Loaded::Failed(failure) = value { Some(failure.clone()) } else { None })
    });
    let content = move || match (here.get(), failure.get()) {
        (true, _) => {
            around.kept.get_untracked().map(|(current, schedule)| view! { <InRoom current schedule/> }).into_any()
        }
        (false, Some(failure)) => view! { <Failed failure again=move |()| around.query.reload()/> }.into_any(),
        (false, None) => view! { <Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
    };
    let head = view! { <p class="muted">{name}</p> }.into_any();
    view! {
        <PanelFrame beside label=t!("venue-schedule") class="room-schedule" head close=t!("schedule-close")>{content}</PanelFrame>
    }
}

/// The address of the room stays what one can pass on: the chosen tag is not kept in it.
#[component]
fn InRoom(current: CurrentEvent, schedule: Schedule) -> impl IntoView {
    let Here { session, .. } = expect_context();
    let tag = RwSignal::new(String::new());
    provide_context(RoomOf(session.with_untracked(|session| session.bare_id().to_owned())));
    provide_context(current);
    provide_context(schedule);
    provide_context(Narrowing {
        chosen: Memo::new(move |_| tag.get()),
        on: Callback::new(move |chosen| tag.set(chosen)),
    });
    view! { <TimetableArea/> }
}

/// What is on and what comes next; it opens the schedule.
#[component]
pub fn Strip(around: Around, #[prop(into)] on: Callback<()>) -> impl IntoView {
    let strip = Memo::new(move |_| around.kept.get().map(|(_, schedule)| strip(schedule)).unwrap_or_default());
    view! {
        <Show when=move || !strip.with(NowNext::is_empty)>
            <button type="button" class="now-next" on:click=move |_| on.run(())><NowNextWords strip/></button>
        </Show>
    }
}
