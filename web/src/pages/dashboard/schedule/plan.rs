//! The schedule that the planner's pages share: fetched, kept as it is by pushed changes, and changed by moving.

mod moves;

use crate::api::event::EventIdVariables;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::segment::{Segment, SegmentChange, SegmentChanged, SegmentKind, Segments as Page, SegmentsVariables};
use crate::api::{DateTime, Failure, Problem, ProblemCode, fetch};
use crate::browser;
use crate::components::{Toasts, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::gathered::Gathered;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::schedule::Span;
use crate::state::schedule::days::{self, Day};
use crate::state::segment_form::named;
use crate::state::timetable::{Heard, Timetable};
use crate::text;
use cynic::{QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The schedule, as a context.
#[derive(Clone, Copy)]
pub struct Plan {
    pub segments: RwSignal<Loaded<Timetable>>,
    query: Query<Vec<Segment>>,
    /// What was heard while the list was on its way: it may be newer than what the list will say.
    heard: StoredValue<Heard>,
    /// The event's own time, and the name of its zone.
    pub event: Memo<Span>,
    pub zone: Memo<String>,
    pub days: Memo<Vec<Day>>,
    /// Where segments are shown that were moved and are not saved yet.
    shifted: RwSignal<HashMap<String, Span>>,
    /// Those whose move is on its way to the server, with where to, and how often each was moved.
    flying: StoredValue<HashMap<String, Span>>,
    turns: StoredValue<HashMap<String, u32>>,
    /// What a screen reader hears.
    pub said: RwSignal<String>,
    toasts: Toasts,
}

impl Plan {
    pub fn open() -> Self {
        let current: CurrentEvent = expect_context();
        let slug = Memo::new(move |_| current.slug());
        let heard = StoredValue::new(Heard::new());
        let query = Query::kept(
            move || slug.get(),
            move |slug| {
                heard.set_value(Heard::new());
                all(slug)
            },
        );
        let zone = Memo::new(move |_| current.event.with(|event| event.time_zone.clone()));
        let event =
            Memo::new(move |_| current.event.with(|event| Span { starts: event.starts_at, ends: event.ends_at }));
        let plan = Self {
            segments: RwSignal::new(Loaded::Waiting),
            query,
            heard,
            event,
            zone,
            days: Memo::new(move |_| {
                let zone = zone.get();
                days::days(event.get(), |at| browser::zone_offset(&zone, at))
            }),
            shifted: RwSignal::default(),
            flying: StoredValue::default(),
            turns: StoredValue::default(),
            said: RwSignal::default(),
            toasts: use_toasts(),
        };
        plan.follow(current);
        plan.save_before_leaving();
        plan
    }

    /// Keeps the list as it is now.
    fn follow(self, current: CurrentEvent) {
        Effect::new(move |_| {
            self.query.value.with(|answer| {
                self.segments.set(match answer {
                    Loaded::Waiting => Loaded::Waiting,
                    Loaded::Here(list) => Loaded::Here(Timetable::new(list.clone()).with(self.heard.get_value())),
                    Loaded::Failed(failure) => Loaded::Failed(failure.clone()),
                });
            });
        });
        // Hundreds that somebody publishes at once are drawn once.
        let told = Gathered::new(move |changes: Vec<SegmentChange>| self.take(changes));
        let live: Live = expect_context();
        let event_id = current.event.with_untracked(|event| event.id.clone());
        let operation = SegmentChanged::build(EventIdVariables { event_id });
        let changes = live.subscribe(&operation, move |change: Result<SegmentChanged, Failure>| match change {
            Ok(SegmentChanged { segment_changed: change }) => {
                self.hear(&change);
                told.take(change);
            }
            // What one may see has changed: ask again.
            Err(_) => current.reload(),
        });
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    }

    pub fn reload(self) {
        self.query.reload();
    }

    /// An own change.
    pub fn apply(self, change: SegmentChange) {
        self.hear(&change);
        self.take(vec![change]);
    }

    fn hear(self, change: &SegmentChange) {
        self.heard.try_update_value(|heard| {
            let known = heard.entry(change.segment_id.inner().to_owned()).or_insert_with(|| change.clone());
            if known.version < change.version {
                *known = change.clone();
            }
        });
    }

    fn take(self, changes: Vec<SegmentChange>) {
        self.segments.try_update(|segments| segments.here_mut().map(|segments| segments.apply(changes)));
    }

    /// One segment as it is now; none when it is gone.
    pub fn segment(self, id: String) -> Memo<Option<Arc<Segment>>> {
        Memo::new(move |_| self.segments.with(|segments| segments.here()?.find(&id).cloned()))
    }

    /// By start.
    pub fn all(self) -> Vec<Arc<Segment>> {
        self.segments.with(|segments| segments.here().map(|segments| segments.all().to_vec()).unwrap_or_default())
    }

    /// The event's zone in minutes ahead of UTC. Not reactive: for what is done at one moment.
    pub fn offset(self) -> impl Fn(DateTime) -> i32 + Clone {
        let zone = self.zone.get_untracked();
        move |at| browser::zone_offset(&zone, at)
    }

    /// Names what a segment could not stand beside at that time, since one of them is a break (F4).
    pub fn in_the_way(self, segment: &Segment, span: Span) -> Vec<String> {
        self.segments.with(|segments| {
            let found = segments.here().map(|all| all.in_the_way(Some(segment.id.inner()), segment.kind, span));
            found.unwrap_or_default().iter().map(|one| one.name.clone()).collect()
        })
    }

    pub fn good(self, text: String) {
        self.toasts.good(text);
    }

    /// Says why something is not saved whose form, or place, is not shown any more.
    pub fn not_saved(self, name: &str, reason: &str) {
        self.toasts.bad(text!("segment-not-saved", name = text::name(name), reason = reason.to_owned()));
    }

    /// Why the server refuses a segment, with the names of what is in its way, as far as they are known and marked as such.
    /// `own` is it as the server has it.
    pub fn reason(
        self,
        own: Option<&Segment>,
        (name, kind, span): (&str, SegmentKind, Option<Span>),
        failure: &Failure,
    ) -> String {
        let taken = |problem: &Problem| problem.field == "startsAt" && problem.code == ProblemCode::Taken;
        if let Some(span) = span.filter(|_| failure.problems().iter().any(taken)) {
            let own = own.map(|segment| segment.id.inner());
            let others = self.segments.try_with(|all| all.here().map(|all| all.in_the_way(own, kind, span))).flatten();
            let others: Vec<String> = others.unwrap_or_default().iter().map(|one| text::name(&one.name)).collect();
            if !others.is_empty() {
                return text!("overlaps", name = text::name(name), others = list(&others));
            }
        }
        let failure = named(failure.clone());
        failure.problems().first().map_or_else(|| words::failure(&failure), words::problem)
    }
}

/// Names, as a sentence has them.
pub fn list(names: &[String]) -> String {
    names.iter().map(|name| text!("quoted", name = name.clone())).collect::<Vec<_>>().join(", ")
}

/// Every page of the schedule.
async fn all(slug: String) -> Result<Vec<Segment>, Failure> {
    let mut list = Vec::new();
    let mut after = None;
    loop {
        let variables = SegmentsVariables { slug: slug.clone(), after };
        let Some(event) = fetch::send(Page::build(variables)).await?.event else { return Ok(list) };
        list.extend(event.segments.nodes);
        if !event.segments.page_info.has_next_page {
            return Ok(list);
        }
        after = event.segments.page_info.end_cursor;
    }
}
