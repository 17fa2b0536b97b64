//! What is typed into the form of a segment: kept over a reload, met by what another organizer saves, and sent.

use super::plan::Plan;
use crate::api::fetch;
use crate::api::segment::{CreateSegment, CreateSegmentVariables, Segment, SegmentChange, SegmentKind};
use crate::api::segment_links::{ScheduleSession, ScheduleSessionInput, ScheduleSessionVariables};
use crate::api::session::Scheduling;
use crate::api::{DateTime, Failure, Problem, ProblemCode};
use crate::drafts;
use crate::pages::submit::Sending;
use crate::state::form::Field;
use crate::state::schedule::Span;
use crate::state::segment_form::{Linked, Speaker, Typed, named};
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;
use std::sync::Arc;

/// A signal for each field.
#[derive(Clone, Copy)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub description: RwSignal<String>,
    pub kind: RwSignal<SegmentKind>,
    pub url: RwSignal<String>,
    pub starts: RwSignal<String>,
    pub ends: RwSignal<String>,
    pub meant: RwSignal<Option<DateTime>>,
    pub tags: RwSignal<Vec<String>>,
    pub speakers: RwSignal<Vec<Speaker>>,
    pub sessions: RwSignal<Vec<Linked>>,
    pub to_schedule: RwSignal<Vec<String>>,
    pub published: RwSignal<bool>,
}

impl Fields {
    fn of(typed: Typed) -> Self {
        Self {
            name: RwSignal::new(typed.name),
            description: RwSignal::new(typed.description),
            kind: RwSignal::new(typed.kind),
            url: RwSignal::new(typed.url),
            starts: RwSignal::new(typed.starts),
            ends: RwSignal::new(typed.ends),
            meant: RwSignal::new(typed.meant),
            tags: RwSignal::new(typed.tags),
            speakers: RwSignal::new(typed.speakers),
            sessions: RwSignal::new(typed.sessions),
            to_schedule: RwSignal::new(typed.to_schedule),
            published: RwSignal::new(typed.published),
        }
    }

    pub fn typed(self) -> Typed {
        Typed {
            name: self.name.get(),
            description: self.description.get(),
            kind: self.kind.get(),
            url: self.url.get(),
            starts: self.starts.get(),
            ends: self.ends.get(),
            meant: self.meant.get(),
            tags: self.tags.get(),
            speakers: self.speakers.get(),
            sessions: self.sessions.get(),
            to_schedule: self.to_schedule.get(),
            published: self.published.get(),
        }
    }

    pub fn set(self, typed: Typed) {
        self.name.set(typed.name);
        self.description.set(typed.description);
        self.kind.set(typed.kind);
        self.url.set(typed.url);
        self.starts.set(typed.starts);
        self.ends.set(typed.ends);
        self.meant.set(typed.meant);
        self.tags.set(typed.tags);
        self.speakers.set(typed.speakers);
        self.sessions.set(typed.sessions);
        self.to_schedule.set(typed.to_schedule);
        self.published.set(typed.published);
    }
}

/// What is typed, and what the server has.
#[derive(Clone, Copy)]
pub struct Draft {
    pub plan: Plan,
    pub fields: Fields,
    pub saved: RwSignal<Typed>,
    /// The fields that somebody else has changed as well, since they were typed in.
    pub both: RwSignal<Vec<Field>>,
    pub sending: Sending,
    /// Why it is refused, where no field of the form says so, or not with the names of what is in its way.
    pub refused: RwSignal<Option<String>>,
}

impl Draft {
    /// `key` names it among the drafts that this browser remembers.
    pub fn new(plan: Plan, saved: Typed, key: &str) -> Self {
        let draft = Self {
            plan,
            fields: Fields::of(saved.clone()),
            saved: RwSignal::new(saved),
            both: RwSignal::default(),
            sending: Sending::default(),
            refused: RwSignal::new(None),
        };
        let put_back = |left: drafts::Left<Typed>| draft.meet(&left.typed, &left.base);
        drafts::keep(key, move || draft.saved.get(), move || draft.fields.typed(), put_back);
        draft
    }

    /// Fills the fields with what is saved and, over it, what differs in `typed` from the `base` that it was typed on.
    pub fn meet(self, typed: &Typed, base: &Typed) {
        let (merged, collided) = self.saved.with_untracked(|saved| typed.merge(base, saved));
        self.fields.set(merged);
        self.both.update(|both| {
            both.retain(|known| !collided.contains(known));
            both.extend(collided);
        });
    }

    pub fn is_unsaved(self) -> bool {
        self.fields.typed() != self.saved.get()
    }

    pub fn discard(self) {
        self.sending.problems.clear();
        self.refused.set(None);
        self.both.set(Vec::new());
        self.fields.set(self.saved.get_untracked());
    }

    /// What is wrong, found before anything was sent.
    pub fn wrong(self, failure: Failure) {
        self.sending.problems.set(named(failure));
    }

    fn failed(self, sent: &Sent, failure: Failure) {
        let plan = self.plan;
        let reason =
            untrack(|| plan.reason(sent.own.as_deref(), (&sent.typed.name, sent.typed.kind, sent.span), &failure));
        if self.sending.is_left() {
            // What was typed is still there when the form is opened again.
            return plan.not_saved(&sent.typed.name, &reason);
        }
        let failure = named(failure);
        let unseen = |problem: &Problem| {
            let taken = problem.field == "segmentStartsAt" && problem.code == ProblemCode::Taken;
            taken || problem.field == "segmentsOfEvent"
        };
        self.refused.set(failure.problems().iter().any(unseen).then(|| text::plain(&reason)));
        self.sending.problems.set(failure);
    }
}

/// What was typed when it was sent, and under which name this browser remembers it.
pub struct Sent {
    pub own: Option<Arc<Segment>>,
    pub typed: Typed,
    pub span: Option<Span>,
    pub key: String,
}

/// Sends the draft as a new segment.
pub fn add(draft: Draft, key: String, event: cynic::Id, done: impl FnOnce() + 'static) {
    let (typed, plan) = (untrack(|| draft.fields.typed()), draft.plan);
    let input = match typed.create(event, plan.offset()) {
        Ok(input) => input,
        Err(failure) => return draft.wrong(failure),
    };
    let request = fetch::send(CreateSegment::build(CreateSegmentVariables { input }));
    let sent = Sent { own: None, span: typed.span(plan.offset()), typed, key };
    send(draft, sent, request, move |sent, answer| {
        // The list outlives the form, which may be closed by now.
        plan.apply(SegmentChange::now(answer.create_segment.segment));
        plan.good(text!("segment-added"));
        if draft.sending.is_left() {
            return drafts::settle(&sent.key, sent.typed);
        }
        draft.saved.set(sent.typed);
        done();
    });
}

/// As `Sending::send`, with what is wrong said as a segment's form says it; first those of its sessions become scheduled
/// that are always open (F1).
pub fn send<T: 'static>(
    draft: Draft,
    sent: Sent,
    request: impl Future<Output = Result<T, Failure>> + 'static,
    done: impl FnOnce(Sent, T) + 'static,
) {
    draft.refused.set(None);
    let checked = async move {
        match scheduled_first(sent.typed.ids_to_schedule(), request).await {
            Ok(answer) => Ok(Some((sent, answer))),
            Err(failure) => {
                draft.failed(&sent, failure);
                Ok(None)
            }
        }
    };
    draft.sending.send(checked, move |answer| {
        if let Some((sent, answer)) = answer {
            done(sent, answer);
        }
    });
}

/// Makes sessions scheduled and then sends. Where that is refused they are always open again: nobody would find them.
async fn scheduled_first<T>(
    sessions: Vec<cynic::Id>,
    request: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let (mut made, mut refused) = (Vec::new(), None);
    for id in sessions {
        match schedule(id.clone(), Scheduling::Scheduled).await {
            Ok(()) => made.push(id),
            Err(failure) => {
                refused = Some(failure);
                break;
            }
        }
    }
    let answer = match refused {
        Some(failure) => Err(failure),
        None => request.await,
    };
    if answer.is_err() {
        for id in made {
            // It is refused where a segment leads to the session after all, which is right.
            let _ = schedule(id, Scheduling::AlwaysOpen).await;
        }
    }
    answer
}

async fn schedule(id: cynic::Id, scheduling: Scheduling) -> Result<(), Failure> {
    let input = ScheduleSessionInput { id, scheduling: Some(scheduling), unlink_segments: None };
    fetch::send(ScheduleSession::build(ScheduleSessionVariables { input })).await.map(drop)
}
