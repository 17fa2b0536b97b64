//! How the schedule is said: days, times and kinds, in the reader's language and the event's zone.

use super::plan::Plan;
use crate::api::DateTime;
use crate::api::segment::{Segment, SegmentKind};
use crate::browser::{self, Style};
use crate::components::Glyph;
use crate::state::schedule::Span;
use crate::state::schedule::days::Day;
use crate::text;
use leptos::prelude::Get;

/// "Sunday, 28 March 2027".
pub fn day(plan: Plan, day: Day) -> String {
    browser::format_instant(day.at(day.minutes() / 2), &plan.zone.get(), Style::Day)
}

/// "Sun, 28 Mar".
pub fn short_day(plan: Plan, day: Day) -> String {
    browser::format_instant(day.at(day.minutes() / 2), &plan.zone.get(), Style::ShortDay)
}

pub fn time(plan: Plan, at: DateTime) -> String {
    browser::format_instant(at, &plan.zone.get(), Style::Time)
}

/// "09:00–09:45".
pub fn times(plan: Plan, span: Span) -> String {
    format!("{}–{}", time(plan, span.starts), time(plan, span.ends))
}

/// With the day, as it is said after a move.
pub fn moved(plan: Plan, segment: &Segment, span: Span) -> String {
    let zone = plan.zone.get();
    let on = Day::around(span.starts, |at| browser::zone_offset(&zone, at));
    text!("segment-is-at", name = segment.name.clone(), day = short_day(plan, on), times = times(plan, span))
}

pub fn kind(kind: SegmentKind) -> String {
    match kind {
        SegmentKind::Sessions => text!("kind-sessions"),
        SegmentKind::Break => text!("kind-break"),
        SegmentKind::ExternalLink => text!("kind-link"),
    }
}

pub fn glyph(kind: SegmentKind) -> Glyph {
    match kind {
        SegmentKind::Sessions => Glyph::Sessions,
        SegmentKind::Break => Glyph::Coffee,
        SegmentKind::ExternalLink => Glyph::External,
    }
}

/// What everybody sees, or organizers only.
pub fn state(published: bool) -> String {
    if published { text!("published") } else { text!("draft") }
}

pub const KINDS: [SegmentKind; 3] = [SegmentKind::Sessions, SegmentKind::Break, SegmentKind::ExternalLink];

/// A kind as a `select` has it.
pub fn kind_name(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Sessions => "SESSIONS",
        SegmentKind::Break => "BREAK",
        SegmentKind::ExternalLink => "EXTERNAL_LINK",
    }
}

pub fn kind_named(name: &str) -> SegmentKind {
    KINDS.into_iter().find(|kind| kind_name(*kind) == name).unwrap_or(SegmentKind::Sessions)
}
