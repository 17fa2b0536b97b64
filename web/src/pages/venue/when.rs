//! Times of the schedule: in the reader's own zone, with the event's zone beside it where that differs (G3).

use crate::api::DateTime;
use crate::app::Clock;
use crate::browser::{self, Style};
use crate::pages::event::CurrentEvent;
use crate::state::timetable::Phase;
use crate::state::zoned::{is_same_day, midnights};
use crate::text;
use leptos::prelude::*;

/// From when to when, below a heading that says the day.
#[component]
pub fn Hours(starts_at: DateTime, ends_at: DateTime) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let zone = Memo::new(move |_| current.event.with(|event| event.time_zone.clone()));
    let own = browser::own_zone();
    let (here, on_hover) = (own.clone(), own);
    let there = move || {
        zone.with(|zone| {
            browser::is_elsewhere(zone, &[starts_at, ends_at]).then(|| hours(starts_at, ends_at, zone, Style::Zone))
        })
    };
    view! {
        <span class="hours">
            <time
                datetime=starts_at.to_rfc3339()
                title=move || browser::format_range(starts_at, ends_at, &on_hover, Style::Moment)
            >
                {move || hours(starts_at, ends_at, &here, Style::Time)}
            </time>
            {move || there().map(|there| view! { <span class="muted small">{there}</span> })}
        </span>
    }
}

/// "22:00–01:30 +1" over midnight: a range of a browser's own would have both dates in it.
fn hours(starts_at: DateTime, ends_at: DateTime, zone: &str, style: Style) -> String {
    match midnights(starts_at, ends_at, &|at| browser::zone_offset(zone, at)) {
        0 => browser::format_range(starts_at, ends_at, zone, style),
        days => {
            let starts = browser::format_instant(starts_at, zone, Style::Time);
            format!("{starts}–{} +{days}", browser::format_instant(ends_at, zone, style))
        }
    }
}

/// The day, where it is not today and no heading says it.
#[component]
pub fn DayUnlessToday(at: DateTime) -> impl IntoView {
    let clock: Clock = expect_context();
    let zone = browser::own_zone();
    let here = zone.clone();
    let today = Memo::new(move |_| is_same_day(at, clock.now(), &|at| browser::zone_offset(&here, at)));
    move || (!today.get()).then(|| browser::format_instant(at, &zone, Style::ShortDay))
}

/// "Live", or "in 12 min" of what is soon.
#[component]
pub fn PhaseMark(#[prop(into)] phase: Signal<Phase>, starts_at: DateTime) -> impl IntoView {
    let clock: Clock = expect_context();
    // To the minute, rounded up: nobody reads seconds here.
    let minutes = Memo::new(move |_| ((starts_at - clock.now()).num_seconds() + 59).div_euclid(60).max(1));
    move || match phase.get() {
        Phase::Live => view! { <span class="badge live">{move || text!("live")}</span> }.into_any(),
        Phase::Soon => {
            view! { <span class="badge good">{move || text!("in-minutes", count = minutes.get())}</span> }.into_any()
        }
        Phase::Later | Phase::Past => ().into_any(),
    }
}
