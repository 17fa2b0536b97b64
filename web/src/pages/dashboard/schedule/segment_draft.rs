//! What is typed into the form of a segment: kept over a reload, met by what another organizer saves, and sent.

use super::plan::Plan;
use super::words;
use crate::api::fetch;
use crate::api::segment::{
    CreateSegment, CreateSegmentVariables, Segment, SegmentChange, SegmentIdVariables, SegmentKind, SegmentNow,
    UpdateSegment, UpdateSegmentInput, UpdateSegmentVariables,
};
use crate::api::segment_links::{ScheduleSession, ScheduleSessionInput, ScheduleSessionVariables};
use crate::api::session::Scheduling;
use crate::api::{Code, DateTime, Failure, Problem, ProblemCode};
use crate::drafts;
use crate::pages::dashboard::draft::{self, FormFields};
use crate::state::form::Field;
use crate::state::saving::{self, Base, Outcome};
use crate::state::schedule::Span;
use crate::state::segment_form::{Linked, Speaker, Typed, named};
use crate::text;
use cynic::{MutationBuilder, QueryBuilder};
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
}

impl FormFields for Fields {
    type Typed = Typed;

    fn typed(self) -> Typed {
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

    fn set(self, typed: Typed) {
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

    fn field_name(field: Field) -> String {
        match field {
            "name" => text!("name"),
            "description" => text!("description"),
            "kind" => text!("type"),
            "url" => text!("link-address"),
            "startsAt" => text!("starts"),
            "endsAt" => text!("ends"),
            "tags" => text!("tags"),
            "speakerIds" => text!("speakers"),
            "sessionIds" => text!("sessions"),
            _ => text!("state"),
        }
    }

    fn field_text(field: Field, typed: &Typed) -> String {
        match field {
            "name" => typed.name.clone(),
            "description" => typed.description.clone(),
            "kind" => words::kind(typed.kind),
            "url" => typed.url.clone(),
            "startsAt" => typed.starts.replace('T', " "),
            "endsAt" => typed.ends.replace('T', " "),
            "tags" => typed.tags.join(", "),
            "speakerIds" => typed.speakers.iter().map(|speaker| speaker.name.clone()).collect::<Vec<_>>().join(", "),
            "sessionIds" => typed.sessions.iter().map(|session| session.title.clone()).collect::<Vec<_>>().join(", "),
            _ => words::state(typed.published),
        }
    }
}

/// What is typed into it, and the schedule that it is in.
#[derive(Clone, Copy)]
pub struct Draft {
    pub plan: Plan,
    pub form: draft::Draft<Fields>,
    /// Why it is refused, where no field of the form says so, or not with the names of what is in its way.
    pub refused: RwSignal<Option<String>>,
}

impl Draft {
    /// `key` names it among the drafts that this browser remembers.
    pub fn new(plan: Plan, saved: Base<Typed>, key: &str) -> Self {
        let form = draft::Draft::new(Fields::of(saved.typed.clone()), saved, key);
        Self { plan, form, refused: RwSignal::new(None) }
    }

    pub fn discard(self) {
        self.refused.set(None);
        self.form.discard();
    }

    /// What is wrong, found before anything was sent.
    pub fn wrong(self, failure: Failure) {
        self.form.sending.problems.set(named(failure));
    }

    fn failed(self, sent: &Sent, failure: Failure) {
        let plan = self.plan;
        let reason =
            untrack(|| plan.reason(sent.own.as_deref(), (&sent.typed.name, sent.typed.kind, sent.span), &failure));
        if self.form.sending.is_left() {
            // What was typed is still there when the form is opened again.
            return plan.not_saved(&sent.typed.name, &reason);
        }
        // What both changed is said beside the button.
        if failure.code() == Some(Code::Conflict) && !self.form.both.with_untracked(Vec::is_empty) {
            return;
        }
        let failure = named(failure);
        let unseen = |problem: &Problem| {
            let taken = problem.field == "segmentStartsAt" && problem.code == ProblemCode::Taken;
            taken || problem.field == "segmentsOfEvent"
        };
        self.refused.set(failure.problems().iter().any(unseen).then(|| text::plain(&reason)));
        self.form.sending.problems.set(failure);
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
    let (typed, plan) = (untrack(|| draft.form.typed()), draft.plan);
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
        if draft.form.sending.is_left() {
            return drafts::settle(&sent.key, sent.typed);
        }
        draft.form.saved.set(sent.typed);
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
    draft.form.sending.send(checked, move |answer| {
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

/// What the server has of a segment, with times as `offset` tells them.
pub fn base_of(segment: &Segment, offset: impl Fn(DateTime) -> i32) -> Base<Typed> {
    Base { typed: Typed::of(segment, offset), version: segment.version }
}

/// Saves what was typed into the form of a segment that is there, on top of what others save meanwhile. What both changed is in the
/// form then, and nothing is saved.
pub async fn save(
    draft: Draft,
    id: cynic::Id,
    typed: Typed,
    base: Base<Typed>,
    offset: impl Fn(DateTime) -> i32 + Clone,
) -> Result<Segment, Failure> {
    let send = |typed: &Typed, base: &Base<Typed>| {
        let version = Some(base.version);
        let input = typed.update(id.clone(), &base.typed, offset.clone());
        send_input(input.map(|input| UpdateSegmentInput { version, ..input }))
    };
    let now = |segment: &Segment| base_of(segment, offset.clone());
    match saving::save(typed, base, send, || read(id.clone()), now).await? {
        Outcome::Saved(segment) => Ok(segment),
        Outcome::Met(segment) => {
            let theirs = base_of(&segment, offset.clone());
            draft.plan.apply(SegmentChange::now(segment));
            if !draft.form.sending.is_left() {
                draft.form.take_over(theirs);
            }
            Err(Failure::Refused { code: Code::Conflict, problems: Vec::new() })
        }
    }
}

async fn send_input(input: Result<UpdateSegmentInput, Failure>) -> Result<Segment, Failure> {
    let answer = fetch::send(UpdateSegment::build(UpdateSegmentVariables { input: input? })).await?;
    Ok(answer.update_segment.segment)
}

async fn read(id: cynic::Id) -> Result<Segment, Failure> {
    let answer = fetch::send(SegmentNow::build(SegmentIdVariables { id })).await?;
    answer.segment.ok_or_else(Failure::gone)
}
