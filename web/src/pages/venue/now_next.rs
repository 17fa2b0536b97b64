//! "Now / next": what is on by the schedule and what comes then, in one line at the top of the venue and of every room (G1).

use super::timetable::Schedule;
use crate::browser::{self, Style};
use crate::state::timetable::{NowNext, Timetable};
use crate::text;
use leptos::prelude::*;

/// As it is, where it is called reactively.
pub fn strip(schedule: Schedule) -> NowNext {
    let since = schedule.turn.get().since;
    schedule.segments.with(|segments| NowNext::at(segments.here().map_or(&[], Timetable::all), since))
}

fn now(NowNext { now, .. }: &NowNext) -> Option<String> {
    let first = now.first()?.clone();
    Some(match now.len() - 1 {
        0 => text!("now-on", name = first),
        more => text!("now-on-and-more", name = first, count = more),
    })
}

fn next(NowNext { next, .. }: &NowNext) -> Option<String> {
    let next = next.as_ref()?;
    let style = if next.is_far { Style::Moment } else { Style::Time };
    let at = browser::format_instant(next.starts_at, &browser::own_zone(), style);
    Some(text!("next-on", name = next.name.clone(), at = at))
}

/// The words of it, for what stands around them.
#[component]
pub fn NowNextWords(strip: Memo<NowNext>) -> impl IntoView {
    view! {
        {move || strip.with(now).map(|now| view! { <span class="now-on">{now}</span> })}
        {move || strip.with(next).map(|next| view! { <span>{next}</span> })}
    }
}
