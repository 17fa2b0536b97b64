//! Dashboard › Schedule: the event's segments as a table and as a calendar, live, in the event's zone (F7).

mod adding;
mod block;
mod calendar;
mod deleting;
mod drag;
mod import;
mod plan;
mod quick_add;
mod row;
mod segment_draft;
mod segment_form;
mod session_picker;
mod speaker_picker;
mod table;
mod words;

pub use import::ImportSegments;
pub use segment_form::OpenSegment;

use crate::components::{Button, Glyph, Icon, IconButton, Kind, Skeleton, in_address};
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::submit::page_title;
use crate::state::Loaded;
use crate::state::schedule::days::{self, Day};
use crate::{t, text};
use adding::Adding;
use calendar::Calendar;
use deleting::{DeleteSegments, Deleting};
use import::Import;
use leptos::prelude::*;
use plan::Plan;
use segment_form::SegmentDialog;
use table::Table;

/// Which part of the schedule is looked at, and how; kept in the address. As a context.
#[derive(Clone, Copy)]
pub struct Looking {
    view: Memo<String>,
    set_view: Callback<String>,
    day: Memo<String>,
    set_day: Callback<String>,
    /// The segment whose form is open, by the id as addresses have it; `new` for one to be made.
    form: Memo<String>,
    set_form: Callback<String>,
}

impl Looking {
    fn from_address() -> Self {
        let ((view, set_view), (day, set_day)) = (in_address("view"), in_address("day"));
        let (form, set_form) = in_address("segment");
        Self { view, set_view, day, set_day, form, set_form }
    }

    fn is_calendar(self) -> bool {
        self.view.with(|view| view == "calendar")
    }

    /// The chosen day, where it is one of the event's.
    fn chosen(self, plan: Plan) -> Option<Day> {
        let date = self.day.with(|day| days::read(day))?;
        plan.days.with(|days| days.iter().find(|day| day.date == date).copied())
    }
}

#[component]
pub fn SchedulePage() -> impl IntoView {
    page_title(|| text!("schedule"));
    let (plan, looking) = (Plan::open(), Looking::from_address());
    provide_context(plan);
    provide_context(looking);
    let adding = Adding::provide(plan, looking);
    let deleting = Deleting::default();
    provide_context(deleting);
    let importing = RwSignal::new(false);
    #[derive(Clone, PartialEq)]
    enum Shown {
        Waiting,
        Failed(crate::api::Failure),
        Table,
        Calendar,
    }
    let shown = Memo::new(move |_| {
        plan.segments.with(|segments| match segments {
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(_) if looking.is_calendar() => Shown::Calendar,
            Loaded::Here(_) => Shown::Table,
        })
    });
    view! {
        <Head importing adding/>
        <Bar plan looking/>
        {move || match shown.get() {
            Shown::Waiting => view! { <Skeleton shape="row"/><Skeleton shape="row"/><Skeleton shape="row"/> }.into_any(),
            Shown::Failed(failure) => view! { <Failed failure again=move |()| plan.reload()/> }.into_any(),
            Shown::Table => view! { <Table/> }.into_any(),
            Shown::Calendar => view! { <Calendar/> }.into_any(),
        }}
        <p class="offscreen" role="status" aria-live="polite">{plan.said}</p>
        <SegmentDialog/>
        <adding::AddDialog adding/>
        <DeleteSegments deleting/>
        <Import open=importing/>
    }
}

#[component]
fn Head(importing: RwSignal<bool>, adding: Adding) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let file = move || current.event.with(|event| format!("/events/{}/segments.csv", event.id.inner()));
    view! {
        <div class="page-head">
            <h1>{t!("schedule")}</h1>
            <div class="toolbar">
                <Button label=t!("import") icon=Glyph::Upload on=move |()| importing.set(true)/>
                <a class="button secondary" href=file rel="external" download="segments.csv"><Icon glyph=Glyph::Download/><span>{t!("export")}</span></a>
                <Button label=t!("add-segment") kind=Kind::Primary icon=Glyph::Add on=move |()| adding.whole(None)/>
            </div>
        </div>
    }
}

/// Table or calendar, and which day.
#[component]
fn Bar(plan: Plan, looking: Looking) -> impl IntoView {
    let view_button = move |name: &'static str, label: Signal<String>, glyph: Glyph| {
        let on = move || (name == "calendar") == looking.is_calendar();
        view! {
            <button type="button" aria-pressed=move || if on() { "true" } else { "false" } on:click=move |_| looking.set_view.run(name.to_owned())>
                <Icon glyph/><span>{label}</span>
            </button>
        }
    };
    let step = move |by: i32| {
        let days = plan.days.get_untracked();
        let here = untrack(|| looking.chosen(plan)).and_then(|day| days.iter().position(|other| *other == day));
        let next = here.map_or(0, |here| here.saturating_add_signed(by as isize).min(days.len().saturating_sub(1)));
        if let Some(day) = days.get(next) {
            looking.set_day.run(day.in_address());
        }
    };
    let several = move || plan.days.with(Vec::len) > 1;
    let options = move || {
        let chosen = looking.day.get();
        let days = plan.days.get().into_iter().map(|day| {
            let value = day.in_address();
            let selected = value == chosen;
            view! { <option value=value selected=selected>{move || words::day(plan, day)}</option> }
        });
        days.collect_view()
    };
    // A calendar begins with some day.
    let whole = move || if looking.is_calendar() { text!("from-the-first-day") } else { text!("all-days") };
    view! {
        <div class="toolbar schedule-bar">
            <div class="segmented" role="group" aria-label=t!("view")>
                {view_button("", t!("view-table"), Glyph::Bullets)}
                {view_button("calendar", t!("view-calendar"), Glyph::Calendar)}
            </div>
            <Show when=several>
                <div class="day-choice">
                    <IconButton label=t!("day-before") icon=Glyph::ChevronLeft on=move |()| step(-1)/>
                    <select aria-label=t!("day") on:change=move |event| looking.set_day.run(event_target_value(&event))>
                        <option value="" selected=move || looking.day.with(String::is_empty)>{whole}</option>
                        {options}
                    </select>
                    <IconButton label=t!("day-after") icon=Glyph::ChevronRight on=move |()| step(1)/>
                </div>
            </Show>
            <p class="muted small zone">{move || text!("times-in-zone", zone = plan.zone.get().replace('_', " "))}</p>
        </div>
    }
}
