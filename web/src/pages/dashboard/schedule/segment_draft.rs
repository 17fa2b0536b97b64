//! What is typed into the form of a segment: kept over a reload, met by what another organizer saves, and sent.

use super::plan::Plan;
use crate::api::fetch;
use crate::api::segment::{CreateSegment, CreateSegmentVariables, LinkedSession, Segment, SegmentChange, SegmentKind};
use crate::api::{Failure, ProblemCode};
use crate::drafts;
use crate::pages::submit::Sending;
use crate::state::schedule::Span;
use crate::state::segment_form::{Field, Speaker, Typed, named};
use crate::state::zoned;
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
    pub tags: RwSignal<Vec<String>>,
    pub speakers: RwSignal<Vec<Speaker>>,
    pub sessions: RwSignal<Vec<LinkedSession>>,
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
            tags: RwSignal::new(typed.tags),
            speakers: RwSignal::new(typed.speakers),
            sessions: RwSignal::new(typed.sessions),
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
            tags: self.tags.get(),
            speakers: self.speakers.get(),
            sessions: self.sessions.get(),
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
        self.tags.set(typed.tags);
        self.speakers.set(typed.speakers);
        self.sessions.set(typed.sessions);
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
    /// What it cannot be at the same time with.
    pub overlaps: RwSignal<Option<String>>,
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
            overlaps: RwSignal::new(None),
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
        self.overlaps.set(None);
        self.both.set(Vec::new());
        self.fields.set(self.saved.get_untracked());
    }

    pub fn failed(self, own: Option<&Segment>, failure: Failure) {
        let taken = |problem: &crate::api::Problem| problem.field == "startsAt" && problem.code == ProblemCode::Taken;
        if failure.problems().iter().any(taken) {
            let typed = untrack(|| self.fields.typed());
            let read = |text: &str| zoned::to_utc(text, self.plan.offset()).ok();
            if let (Some(starts), Some(ends)) = (read(&typed.starts), read(&typed.ends)) {
                let wanted = (typed.name.as_str(), typed.kind, Span { starts, ends });
                self.overlaps.set(Some(untrack(|| self.plan.reason(own, wanted, &failure))));
            }
        }
        self.sending.problems.set(named(failure));
    }
}

/// Sends the draft as a new segment.
pub fn add(draft: Draft, event: cynic::Id, done: impl FnOnce() + 'static) {
    let typed = untrack(|| draft.fields.typed());
    let input = match typed.create(event, draft.plan.offset()) {
        Ok(input) => input,
        Err(failure) => return draft.failed(None, failure),
    };
    draft.overlaps.set(None);
    let request = fetch::send(CreateSegment::build(CreateSegmentVariables { input }));
    send(draft, None, request, move |answer| {
        draft.saved.set(typed);
        draft.plan.apply(SegmentChange::now(answer.create_segment.segment));
        done();
    });
}

/// As `Sending::send`, with what is wrong said as a segment's form says it.
pub fn send<T: 'static>(
    draft: Draft,
    own: Option<Arc<Segment>>,
    request: impl Future<Output = Result<T, Failure>> + 'static,
    done: impl FnOnce(T) + 'static,
) {
    let checked = async move {
        match request.await {
            Ok(answer) => Ok(Some(answer)),
            Err(failure) => {
                draft.failed(own.as_deref(), failure);
                Ok(None)
            }
        }
    };
    draft.sending.send(checked, move |answer| {
        if let Some(answer) = answer {
            done(answer);
        }
    });
}
