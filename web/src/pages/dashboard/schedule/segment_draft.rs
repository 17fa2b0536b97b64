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
use crate::pages::dashboard::changed_by_both::Both;
use crate::pages::submit::Sending;
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
    /// Which version of the segment that is.
    version: StoredValue<i32>,
    /// The fields that somebody else has changed as well, since they were typed in.
    pub both: RwSignal<Vec<Field>>,
    pub sending: Sending,
    /// Why it is refused, where no field of the form says so, or not with the names of what is in its way.
    pub refused: RwSignal<Option<String>>,
}

impl Draft {
    /// `key` names it among the drafts that this browser remembers.
    pub fn new(plan: Plan, saved: Base<Typed>, key: &str) -> Self {
        let draft = Self {
            plan,
            fields: Fields::of(saved.typed.clone()),
            saved: RwSignal::new(saved.typed),
            version: StoredValue::new(saved.version),
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

    /// What it is typed on.
    pub fn base(self) -> Base<Typed> {
        Base { typed: self.saved.get_untracked(), version: self.version.get_value() }
    }

    /// Takes over what others save, into every field that this person has not touched.
    pub fn take_over(self, theirs: Base<Typed>) {
        let base = self.saved.get_untracked();
        self.version.set_value(theirs.version);
        if theirs.typed != base {
            self.saved.set(theirs.typed);
            self.meet(&untrack(|| self.fields.typed()), &base);
        }
    }

    /// What was `sent` is saved. The server may have written it more neatly; what was typed on meanwhile stays.
    pub fn settle(self, sent: &Typed, neat: Base<Typed>) {
        let (merged, _) = untrack(|| self.fields.typed()).merge(sent, &neat.typed);
        self.version.set_value(neat.version);
        self.saved.set(neat.typed);
        self.fields.set(merged);
        self.both.set(Vec::new());
    }

    /// What both changed, and what the other one made of it.
    pub fn changed_by_both(self) -> Signal<Vec<Both>> {
        let both = move |field: Field, saved: &Typed| Both {
            field,
            name: field_name(field),
            theirs: field_text(field, saved),
        };
        Signal::derive(move || {
            let fields = self.both.get();
            self.saved.with(|saved| fields.into_iter().map(|field| both(field, saved)).collect())
        })
    }

    /// In this field the person takes what the other one made of it.
    pub fn take_theirs(self, field: Field) {
        let typed = untrack(|| self.fields.typed());
        self.fields.set(self.saved.with_untracked(|saved| typed.taking(field, saved)));
        self.both.update(|both| both.retain(|known| *known != field));
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
        // What both changed is said beside the button.
        if failure.code() == Some(Code::Conflict) && !self.both.with_untracked(Vec::is_empty) {
            return;
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
    match saving::save(typed, base, Typed::merge, send, || read(id.clone()), now).await? {
        Outcome::Saved(segment) => Ok(segment),
        Outcome::Met(segment) => {
            let theirs = base_of(&segment, offset.clone());
            draft.plan.apply(SegmentChange::now(segment));
            if !draft.sending.is_left() {
                draft.take_over(theirs);
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

/// A field's name as its label has it.
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

/// What a field holds, as text.
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
