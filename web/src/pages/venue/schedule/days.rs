//! Segments below their days: what is on and to come, and below that what is over, when somebody asks for it (G1).

use super::segment::SegmentRow;
use crate::api::DateTime;
use crate::api::event::EventState;
use crate::api::timetable::Segment;
use crate::app::Clock;
use crate::browser::{self, Style};
use crate::components::{Glyph, Icon};
use crate::pages::event::CurrentEvent;
use crate::pages::venue::timetable::Schedule;
use crate::state::timetable::{Day, Phase, days};
use crate::state::zoned::to_local;
use crate::{t, text};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// `clashing` has, by segment, the names of what it overlaps in the agenda.
#[component]
pub fn Days(segments: Memo<Vec<Arc<Segment>>>, clashing: Memo<HashMap<String, Vec<String>>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let schedule: Schedule = expect_context();
    let in_days = move |past: bool| {
        Memo::new(move |_| {
            let zone = browser::own_zone();
            let wanted = |one: &Arc<Segment>| (schedule.phase(one) == Phase::Past) == past;
            let list: Vec<Arc<Segment>> = segments.with(|all| all.iter().filter(|one| wanted(one)).cloned().collect());
            days(list, move |at| browser::zone_offset(&zone, at))
        })
    };
    let (coming, past) = (in_days(false), in_days(true));
    let count = Memo::new(move |_| past.with(|days| days.iter().map(|day| day.segments.len()).sum::<usize>()));
    // After the event there is nothing else to see.
    let over = current.event.with_untracked(|event| event.state == EventState::Ended);
    let open = RwSignal::new(over);
    let label = move || {
        if open.get() { text!("hide-past-segments") } else { text!("show-past-segments", count = count.get()) }
    };
    let glyph = Signal::derive(move || if open.get() { Glyph::ChevronUp } else { Glyph::ChevronDown });
    view! {
        <DayList days=coming clashing/>
        <Show when=move || coming.with(Vec::is_empty)><p class="muted">{t!("nothing-to-come")}</p></Show>
        <Show when=move || count.get() != 0>
            <button
                type="button" class="button secondary past-toggle"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            ><Icon glyph/><span>{label}</span></button>
        </Show>
        <Show when=move || open.get() && count.get() != 0>
            <div class="past-segments" role="group" aria-label=t!("past-segments")><DayList days=past clashing/></div>
        </Show>
    }
}

#[component]
fn DayList(days: Memo<Vec<Day>>, clashing: Memo<HashMap<String, Vec<String>>>) -> impl IntoView {
    let schedule: Schedule = expect_context();
    let dates = move || days.with(|days| days.iter().map(|day| (day.date, day.at)).collect::<Vec<_>>());
    view! {
        <For each=dates key=|(date, _)| *date let:((date, at))>
            {
                let ids = move || days.with(|days| {
                    let day = days.iter().find(|day| day.date == date);
                    day.map(|day| day.segments.iter().map(|one| one.id.inner().to_owned()).collect::<Vec<_>>())
                        .unwrap_or_default()
                });
                view! {
                    <section class="day">
                        <DayHead date at/>
                        <ul class="segments">
                            <For each=ids key=String::clone let:id>
                                <li><SegmentRow segment=schedule.segment(id.clone()) id clashing/></li>
                            </For>
                        </ul>
                    </section>
                }
            }
        </For>
    }
}

/// "Today", "Tomorrow", or the date.
#[component]
fn DayHead(date: NaiveDate, at: DateTime) -> impl IntoView {
    let clock: Clock = expect_context();
    let zone = browser::own_zone();
    let here = zone.clone();
    // Asking for a zone's offset is not for each second.
    let minute = Memo::new(move |_| clock.now().timestamp().div_euclid(60));
    let today = Memo::new(move |_| {
        let now = DateTime::from_timestamp(minute.get() * 60, 0).unwrap_or_default();
        to_local(now, &|at| browser::zone_offset(&here, at)).date()
    });
    let written = move || browser::format_instant(at, &zone, Style::Day);
    let name = move || match (date - today.get()).num_days() {
        0 => format!("{} · {}", text!("today"), written()),
        1 => format!("{} · {}", text!("tomorrow"), written()),
        _ => written(),
    };
    view! { <h3 class="day-head">{name}</h3> }
}
