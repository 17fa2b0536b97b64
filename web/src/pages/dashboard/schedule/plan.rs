//! The schedule that the planner's pages share: fetched, kept as it is by pushed changes, and changed by moving.

use crate::api::event::EventIdVariables;
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::segment::{
    Segment, SegmentChange, SegmentChanged, SegmentKind, Segments as Page, SegmentsVariables, UpdateSegment,
    UpdateSegmentInput, UpdateSegmentVariables,
};
use crate::api::{DateTime, Failure, Problem, ProblemCode, fetch};
use crate::browser;
use crate::components::{Toasts, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::schedule::Span;
use crate::state::schedule::days::{self, Day};
use crate::state::schedule::segments::Segments;
use crate::state::segment_form::{named, wire};
use crate::text;
use cynic::{MutationBuilder, QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::sync::Arc;

/// Milliseconds without another key after which a segment that was moved by keyboard is saved.
const REST_MS: u32 = 700;

/// The schedule, as a context.
#[derive(Clone, Copy)]
pub struct Plan {
    pub segments: RwSignal<Loaded<Segments>>,
    query: Query<Vec<Segment>>,
    /// What was heard while the list was on its way: it may be newer than what the list will say.
    heard: StoredValue<Vec<SegmentChange>>,
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
        let heard = StoredValue::new(Vec::new());
        let query = Query::kept(
            move || slug.get(),
            move |slug| {
                heard.set_value(Vec::new());
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
                    Loaded::Here(list) => {
                        let mut segments = Segments::new(list.clone());
                        self.heard.get_value().into_iter().for_each(|change| segments.apply(change));
                        Loaded::Here(segments)
                    }
                    Loaded::Failed(failure) => Loaded::Failed(failure.clone()),
                });
            });
        });
        let live: Live = expect_context();
        let event_id = current.event.with_untracked(|event| event.id.clone());
        let operation = SegmentChanged::build(EventIdVariables { event_id });
        let changes = live.subscribe(&operation, move |change: Result<SegmentChanged, Failure>| match change {
            Ok(change) => self.apply(change.segment_changed),
            // What one may see has changed: ask again.
            Err(_) => current.reload(),
        });
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    }

    pub fn reload(self) {
        self.query.reload();
    }

    /// A change, somebody else's or an own one alike.
    pub fn apply(self, change: SegmentChange) {
        self.heard.try_update_value(|heard| heard.push(change.clone()));
        self.segments.try_update(|segments| {
            if let Some(segments) = segments.here_mut() {
                segments.apply(change);
            }
        });
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

    /// Where a segment is shown: where it is, or where it was moved to and is not saved yet.
    pub fn span(self, segment: &Segment) -> Span {
        self.shifted.with(|shifted| shifted.get(segment.id.inner()).copied()).unwrap_or(segment.span())
    }

    /// Shows a segment somewhere else, without saving that.
    pub fn shift(self, id: &str, span: Span) {
        self.shifted.update(|shifted| _ = shifted.insert(id.to_owned(), span));
    }

    /// Shows a segment where it is.
    pub fn put_back(self, id: &str) {
        self.turns.update_value(|turns| *turns.entry(id.to_owned()).or_default() += 1);
        self.shifted.update(|shifted| _ = shifted.remove(id));
    }

    pub fn is_shifted(self, id: &str) -> bool {
        self.shifted.with(|shifted| shifted.contains_key(id))
    }

    /// Names what a segment could not stand beside at that time, since one of them is a break (F4).
    pub fn in_the_way(self, segment: &Segment, span: Span) -> Vec<String> {
        self.segments.with(|segments| {
            let found = segments.here().map(|all| all.in_the_way(Some(segment.id.inner()), segment.kind, span));
            found.unwrap_or_default().iter().map(|one| one.name.clone()).collect()
        })
    }

    /// Saves where a segment was moved to, once no other key follows.
    pub fn save_soon(self, id: String) {
        let turn = self.turns.try_update_value(|turns| {
            let turn = turns.entry(id.clone()).or_default();
            *turn += 1;
            *turn
        });
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(REST_MS).await;
            if self.turns.try_with_value(|turns| turns.get(&id).copied()).flatten() == turn {
                self.save(id).await;
            }
        });
    }

    /// Saves where a segment was moved to. What was moved on meanwhile is saved after it.
    pub async fn save(self, id: String) {
        if self.flying.try_with_value(|flying| flying.contains_key(&id)) != Some(false) {
            return;
        }
        while let Some((segment, span)) = self.unsaved(&id) {
            self.flying.try_update_value(|flying| _ = flying.insert(id.clone(), span));
            let answer = fetch::send(moving(&segment, span, Some(segment.version))).await;
            let refused = answer.as_ref().is_err();
            match answer {
                Ok(answer) => self.apply(SegmentChange::now(answer.update_segment.segment)),
                Err(failure) => self.refused(&segment, span, &failure),
            }
            self.shifted.try_update(|shifted| {
                if refused || shifted.get(&id) == Some(&span) {
                    shifted.remove(&id);
                }
            });
        }
        self.flying.try_update_value(|flying| _ = flying.remove(&id));
    }

    fn unsaved(self, id: &str) -> Option<(Arc<Segment>, Span)> {
        let span = self.shifted.try_with_untracked(|shifted| shifted.get(id).copied()).flatten()?;
        let segment = self.segments.try_with_untracked(|all| all.here()?.find(id).cloned()).flatten()?;
        Some((segment, span))
    }

    /// What was moved and is not saved yet goes out as the page is left; a tab that closes meanwhile asks first.
    fn save_before_leaving(self) {
        let closing = window_event_listener(leptos::ev::beforeunload, move |event| {
            let ids = self.shifted.try_with_untracked(|shifted| shifted.keys().cloned().collect::<Vec<_>>());
            for id in ids.unwrap_or_default() {
                event.prevent_default();
                spawn_local(self.save(id));
            }
        });
        on_cleanup(move || {
            closing.remove();
            let left = self.shifted.try_update(std::mem::take).unwrap_or_default();
            left.into_iter().for_each(|(id, span)| self.save_without_page(&id, span));
        });
    }

    /// Nothing of the page is there any more when the answer comes, except for its messages.
    fn save_without_page(self, id: &str, span: Span) {
        let flying = self.flying.try_with_value(|flying| flying.get(id).copied()).flatten();
        let segment = self.segments.try_with_untracked(|all| all.here()?.find(id).cloned()).flatten();
        let Some(segment) = segment.filter(|_| flying != Some(span)) else { return };
        // What is on its way already makes it a newer one than is known here.
        let version = flying.is_none().then_some(segment.version);
        spawn_local(async move {
            if let Err(failure) = fetch::send(moving(&segment, span, version)).await {
                self.refused(&segment, span, &failure);
            }
        });
    }

    /// Says why a segment is where it was.
    fn refused(self, segment: &Segment, span: Span, failure: &Failure) {
        let reason = untrack(|| self.reason(Some(segment), (&segment.name, segment.kind, Some(span)), failure));
        if self.said.try_set(reason.clone()).is_some() {
            return self.not_saved(&segment.name, &reason);
        }
        self.toasts.bad(reason);
    }

    pub fn good(self, text: String) {
        self.toasts.good(text);
    }

    /// Says why something is not saved whose form, or place, is not shown any more.
    pub fn not_saved(self, name: &str, reason: &str) {
        self.toasts.bad(text!("segment-not-saved", name = name.to_owned(), reason = reason.to_owned()));
    }

    /// Why the server refuses a segment, with the names of what is in its way, as far as they are known. `own` is it as the
    /// server has it.
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
            let others: Vec<String> = others.unwrap_or_default().iter().map(|one| one.name.clone()).collect();
            if !others.is_empty() {
                return text!("overlaps", name = name.to_owned(), others = list(&others));
            }
        }
        let failure = named(failure.clone());
        failure.problems().first().map_or_else(|| words::failure(&failure), words::problem)
    }
}

/// Moves a segment; `version` is the one that was moved, so that nobody's newer move is undone by it.
fn moving(
    segment: &Segment,
    span: Span,
    version: Option<i32>,
) -> cynic::Operation<UpdateSegment, UpdateSegmentVariables> {
    let input = UpdateSegmentInput {
        id: segment.id.clone(),
        version,
        starts_at: Some(wire(span.starts)),
        ends_at: Some(wire(span.ends)),
        name: None,
        description: None,
        kind: None,
        url: None,
        tags: None,
        speaker_ids: None,
        session_ids: None,
        published: None,
    };
    UpdateSegment::build(UpdateSegmentVariables { input })
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
