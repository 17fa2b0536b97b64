//! "Now / next": what is on by the schedule and what comes then, in one line at the top of the venue and of every room (G1).

use super::timetable::Schedule;
use crate::api::DateTime;
use crate::api::timetable::Segment;
use crate::browser::{self, Style};
use crate::state::timetable::{Timetable, now};
use crate::text;
use chrono::TimeDelta;
use leptos::prelude::*;
use std::sync::Arc;

/// For so long ahead a time is enough; what is later is said with its day.
const SOON: TimeDelta = TimeDelta::hours(12);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NowNext {
    now: Vec<String>,
    /// What comes next, when, and whether that needs the day.
    next: Option<(String, DateTime, bool)>,
}

impl NowNext {
    /// As it is, where it is read reactively.
    pub fn of(schedule: Schedule) -> Self {
        let since = schedule.turn.get().since;
        schedule.segments.with(|segments| Self::at(segments.here().map_or(&[], Timetable::all), since))
    }

    fn at(segments: &[Arc<Segment>], since: DateTime) -> Self {
        let (live, next) = now(segments, since);
        let next = next.first().map(|one| (one.name.clone(), one.starts_at, one.starts_at - since > SOON));
        Self { now: live.iter().map(|one| one.name.clone()).collect(), next }
    }

    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.next.is_none()
    }

    fn now(&self) -> Option<String> {
        let first = self.now.first()?.clone();
        Some(match self.now.len() - 1 {
            0 => text!("now-on", name = first),
            more => text!("now-on-and-more", name = first, count = more),
        })
    }

    fn next(&self) -> Option<String> {
        let (name, at, on_a_day) = self.next.clone()?;
        let style = if on_a_day { Style::Moment } else { Style::Time };
        Some(text!("next-on", name = name, at = browser::format_instant(at, &browser::own_zone(), style)))
    }
}

/// The words of it, for what stands around them.
#[component]
pub fn NowNextWords(strip: Memo<NowNext>) -> impl IntoView {
    view! {
        {move || strip.with(NowNext::now).map(|now| view! { <span class="now-on">{now}</span> })}
        {move || strip.with(NowNext::next).map(|next| view! { <span>{next}</span> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::timetable::tests::{at, four};

    #[test]
    fn g1_the_strip_says_what_is_on_and_what_comes_next() {
        let timetable = four();
        let strip = |moment: DateTime| NowNext::at(timetable.all(), moment);
        let on = strip(at("03-01T09:00"));
        assert_eq!(on.now, ["Segment a"]);
        assert_eq!(on.next, Some(("Segment b".into(), at("03-01T09:30"), false)));
        assert_eq!(strip(at("02-27T09:00")).next, Some(("Segment a".into(), at("03-01T09:00"), true)), "with its day");
        assert!(strip(at("03-01T20:00")).is_empty(), "nothing is shown when all is over");
    }
}
