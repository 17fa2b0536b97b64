//! The schedule as a calendar: a column for each day, as tall as the day is long; segments lie in it, beside each other where
//! they are on at the same time (F7).

use super::Looking;
use super::adding::Adding;
use super::block::{Block, Focus, Laid};
use super::drag::{Drag, minute_at};
use super::plan::Plan;
use super::words;
use crate::app::Clock;
use crate::browser;
use crate::components::{Glyph, IconButton, in_address};
use crate::state::schedule::columns::places;
use crate::state::schedule::days::Day;
use crate::{t, text};
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Columns that the widest screen has place for; narrower ones hide some of them.
const COLUMNS: usize = 4;

/// Pixels for a minute, from far to near.
const ZOOMS: [f64; 4] = [0.6, 1.0, 1.6, 2.8];
const USUAL_ZOOM: usize = 2;

/// The least that a segment is drawn with, in pixels: its name has to be read.
const LEAST_PX: f64 = 24.0;

/// Minutes between the places at which a press begins something new.
const SLOT: i32 = 15;

#[component]
pub fn Calendar() -> impl IntoView {
    let (plan, looking): (Plan, Looking) = (expect_context(), expect_context());
    let (zoom, set_zoom) = in_address("zoom");
    let level = Memo::new(move |_| zoom.get().parse().unwrap_or(USUAL_ZOOM).min(ZOOMS.len() - 1));
    let px = Memo::new(move |_| ZOOMS[level.get()]);
    let zoom_to = move |to: usize| {
        set_zoom.run(if to == USUAL_ZOOM { String::new() } else { to.to_string() });
    };
    let shown = Memo::new(move |_| {
        let days = plan.days.get();
        let first = looking.chosen(plan).and_then(|day| days.iter().position(|other| *other == day)).unwrap_or(0);
        // The last days of an event fill the width as well.
        let first = first.min(days.len().saturating_sub(1));
        days.into_iter().skip(first).take(COLUMNS).collect::<Vec<_>>()
    });
    provide_context(Focus::default());
    let frame = NodeRef::<Div>::new();
    let drag = Drag::new(plan, px, frame);
    provide_context(drag);
    // What is held when the calendar goes is where it was.
    on_cleanup(move || drag.cancel());
    scroll_to_first(plan, shown, px, frame);
    let first = move || shown.with(|days| days.first().map(|day| day.date));
    view! {
        <div class="toolbar calendar-tools">
            <p id="calendar-help" class="muted small">{t!("calendar-help")}</p>
            <div class="toolbar">
                <IconButton label=t!("zoom-out") icon=Glyph::ZoomOut disabled=Signal::derive(move || level.get() == 0) on=move |()| zoom_to(level.get_untracked().saturating_sub(1))/>
                <IconButton label=t!("zoom-in") icon=Glyph::ZoomIn disabled=Signal::derive(move || level.get() + 1 == ZOOMS.len()) on=move |()| zoom_to(level.get_untracked() + 1)/>
            </div>
        </div>
        <div
            class="calendar"
            class:dragging=move || drag.is_on()
            node_ref=frame
            on:pointerdown=move |event| drag.take(&event)
            on:pointermove=move |event| drag.pull(&event)
            on:pointerup=move |_| drag.drop()
            on:pointercancel=move |_| drag.cancel()
            on:keydown=move |event| if event.key() == "Escape" { drag.cancel() }
        >
            <div class="calendar-days" data-first=move || first().map(|date| date.to_string())>
                <For each=move || shown.get() key=|day| *day let:day><Column day px/></For>
            </div>
        </div>
    }
}

/// Begins where the first day that is shown has something, or where the event begins; but where the focus went to another
/// day it follows that.
fn scroll_to_first(plan: Plan, shown: Memo<Vec<Day>>, px: Memo<f64>, frame: NodeRef<Div>) {
    let focus: Focus = expect_context();
    let first = Memo::new(move |_| shown.with(|days| days.first().copied()));
    Effect::new(move |_| {
        let (Some(frame), Some(day)) = (frame.get(), first.get()) else { return };
        if focus.goes_to(day) {
            return;
        }
        let minute = untrack(|| {
            let own = plan.all().into_iter().map(|segment| segment.span()).filter(|span| day.meets(*span));
            let earliest = own.map(|span| day.minute_of(span.starts).max(0)).min();
            earliest.unwrap_or_else(|| day.minute_of(plan.event.get().starts).clamp(0, day.minutes()))
        });
        let top = (f64::from(minute) - 30.0) * px.get_untracked();
        request_animation_frame(move || frame.set_scroll_top(top as i32));
    });
}

#[component]
fn Column(day: Day, px: Memo<f64>) -> impl IntoView {
    let (plan, adding, drag): (Plan, Adding, Drag) = (expect_context(), expect_context(), expect_context());
    let length = move |minutes: i32| format!("{}px", f64::from(minutes) * px.get());
    let laid = Memo::new(move |_| lay(plan, day, px.get()));
    let ids = Memo::new(move |_| {
        let own = plan.all().into_iter().filter(|segment| day.meets(plan.span(segment)));
        own.map(|segment| segment.id.inner().to_owned()).collect::<Vec<_>>()
    });
    let hours = move || {
        let zone = plan.zone.get();
        let hours = day.full_hours(|at| browser::zone_offset(&zone, at));
        let hour = |minute| view! { <div class="hour" style:top=move || length(minute)><span>{words::time(plan, day.at(minute))}</span></div> };
        hours.into_iter().map(hour).collect_view()
    };
    // What of the day is before the event and after it.
    let open = move || {
        let event = plan.event.get();
        let minute = |at| day.minute_of(at).clamp(0, day.minutes());
        (minute(event.starts), minute(event.ends))
    };
    let slot = RwSignal::new(untrack(open).0);
    let place = move |minute: i32| {
        let (from, to) = untrack(open);
        slot.set((minute.div_euclid(SLOT) * SLOT).clamp(from, (to - SLOT).max(from)));
    };
    let is_free = |event: &web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        target.is_some_and(|target| target.closest(".block").ok().flatten().is_none())
    };
    let hover = move |event: PointerEvent| {
        if let (true, false, Some(minute)) = (is_free(&event), drag.is_on(), minute_at(&event, px.get_untracked())) {
            place(minute as i32);
        }
    };
    let begin = move |event: leptos::ev::MouseEvent| {
        if !is_free(&event) || drag.just_dropped() {
            return;
        }
        // A press by keyboard is at no place of the day.
        if let (1.., Some(minute)) = (event.detail(), minute_at(&event, px.get_untracked())) {
            place(minute as i32);
        }
        adding.quick(day.at(slot.get_untracked()));
    };
    let step = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => -SLOT,
            "ArrowDown" => SLOT,
            _ => return,
        };
        event.prevent_default();
        place(slot.get_untracked() + by);
    };
    let slot_label =
        move || text!("add-at", day = words::short_day(plan, day), time = words::time(plan, day.at(slot.get())));
    view! {
        <section class="calendar-day" aria-label=move || words::day(plan, day)>
            <h2 class="calendar-head">{move || words::short_day(plan, day)}</h2>
            <div class="calendar-track" data-day=day.in_address() style:height=move || length(day.minutes()) on:pointermove=hover on:click=begin>
                {hours}
                <div class="outside" style:top="0" style:height=move || length(open().0)></div>
                <div class="outside" style:top=move || length(open().1) style:height=move || length(day.minutes() - open().1)></div>
                <Now day px/>
                <div class="calendar-blocks">
                    <button
                        type="button"
                        class="slot"
                        aria-label=slot_label
                        style:top=move || length(slot.get())
                        style:height=move || format!("{}px", (f64::from(SLOT) * px.get()).max(LEAST_PX))
                        on:keydown=step
                    >
                        <span aria-hidden="true">{move || words::time(plan, day.at(slot.get()))}</span>
                    </button>
                    <For each=move || ids.get() key=String::clone let:id><Block segment=plan.segment(id.clone()) id day laid px/></For>
                </div>
            </div>
        </section>
    }
}

/// Where the day's segments lie, by their ids.
fn lay(plan: Plan, day: Day, px: f64) -> HashMap<String, Laid> {
    let own: Vec<_> = plan.all().into_iter().filter(|segment| day.meets(plan.span(segment))).collect();
    let least = (LEAST_PX / px).ceil() as i32;
    let drawn: Vec<(i32, i32)> = own
        .iter()
        .map(|segment| {
            let (from, to) = day.part(plan.span(segment));
            (from, to.max(from + least))
        })
        .collect();
    let laid = places(&drawn).into_iter().zip(&drawn).map(|(place, (from, to))| Laid { from: *from, to: *to, place });
    own.iter().map(|segment| segment.id.inner().to_owned()).zip(laid).collect()
}

/// A line where the day is now.
#[component]
fn Now(day: Day, px: Memo<f64>) -> impl IntoView {
    let clock: Clock = expect_context();
    let minute = Memo::new(move |_| Some(clock.now()).filter(|now| day.holds(*now)).map(|now| day.minute_of(now)));
    move || {
        minute.get().map(|minute| {
            view! { <div class="now-line" aria-hidden="true" style:top=move || format!("{}px", f64::from(minute) * px.get())></div> }
        })
    }
}
