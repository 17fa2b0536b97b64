//! What is typed into the line, and how it becomes a segment.

use crate::api::segment::{CreateSegment, CreateSegmentInput, CreateSegmentVariables, SegmentChange, SegmentKind};
use crate::api::{DateTime, Failure, fetch};
use crate::drafts;
use crate::pages::dashboard::schedule::plan::Plan;
use crate::pages::dashboard::schedule::words;
use crate::state::schedule::Span;
use crate::state::schedule::days::Day;
use crate::state::schedule::moving::next_free;
use crate::state::segment_form::wire;
use crate::state::zoned::{self, NoInstant};
use crate::text;
use chrono::TimeDelta;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// What is typed. Without a start of the own, it is where there is room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) start: Option<String>,
    pub(super) minutes: String,
    pub(super) kind: SegmentKind,
    /// Where an external link leads.
    #[serde(default)]
    pub(super) url: String,
}

impl Default for Line {
    fn default() -> Self {
        Self { name: String::new(), start: None, minutes: "30".into(), kind: SegmentKind::Sessions, url: String::new() }
    }
}

/// The line and what became of it.
#[derive(Clone, Copy)]
pub(super) struct Quick {
    pub(super) plan: Plan,
    pub(super) day: Day,
    /// Where it begins unless somebody says otherwise; nothing for where there is room.
    pub(super) at: Option<DateTime>,
    pub(super) line: RwSignal<Line>,
    /// Under which the line is remembered.
    pub(super) key: StoredValue<String>,
    pub(super) busy: RwSignal<bool>,
    pub(super) problem: RwSignal<Option<(&'static str, String)>>,
}

impl Quick {
    /// Where it begins when nobody typed a start. Clocks that go back show some times twice: this is the instant that is
    /// meant, and what stands in the field is not.
    fn given(self) -> DateTime {
        self.at.unwrap_or_else(|| {
            let spans: Vec<Span> = self.plan.all().iter().map(|segment| segment.span()).collect();
            next_free(self.day, &spans, self.plan.event.get(), self.plan.offset())
        })
    }

    /// The start as it is shown.
    pub(super) fn start(self) -> String {
        let shown = || zoned::to_local(self.given(), &self.plan.offset()).format("%H:%M").to_string();
        self.line.with(|line| line.start.clone()).unwrap_or_else(shown)
    }

    /// From when to when, or which field is wrong.
    pub(super) fn span(self) -> Result<Span, (&'static str, String)> {
        let minutes = self.line.with(|line| line.minutes.trim().parse::<i64>().ok());
        let minutes = minutes.filter(|minutes| (1..=100_000).contains(minutes));
        let Some(minutes) = minutes else { return Err(("minutes", text!("problem-minutes"))) };
        let starts = match self.line.with(|line| line.start.clone()) {
            None => self.given(),
            Some(typed) => {
                let local = format!("{}T{typed}", self.day.in_address());
                zoned::to_utc(&local, self.plan.offset()).map_err(|none| match none {
                    NoInstant::NotATime => ("start", text!("problem-required")),
                    NoInstant::Skipped => ("start", text!("problem-skipped-time")),
                })?
            }
        };
        Ok(Span { starts, ends: starts + TimeDelta::minutes(minutes) })
    }

    /// Adds what is typed; `added` is called once it is there.
    pub(super) fn send(self, event_id: cynic::Id, added: impl FnOnce() + 'static) {
        let Self { plan, line, .. } = self;
        let (sent, key) = (line.get_untracked(), self.key.get_value());
        let Line { name, kind, url, .. } = sent.clone();
        let span = match untrack(|| self.span()) {
            Ok(span) => span,
            Err(problem) => return self.problem.set(Some(problem)),
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let input = CreateSegmentInput {
            event_id,
            name: name.clone(),
            kind: Some(kind),
            starts_at: wire(span.starts),
            ends_at: wire(span.ends),
            description: None,
            url: (kind == SegmentKind::ExternalLink).then(|| url.trim().to_owned()),
            tags: None,
            speaker_ids: None,
            session_ids: None,
            published: None,
        };
        spawn_local(async move {
            match fetch::send(CreateSegment::build(CreateSegmentVariables { input })).await {
                Ok(answer) => {
                    let segment = answer.create_segment.segment;
                    if !plan.said.is_disposed() {
                        plan.said.set(untrack(|| words::moved(plan, &segment, segment.span())));
                    }
                    plan.apply(SegmentChange::now(segment));
                    if line.is_disposed() {
                        // The line was closed meanwhile, and is not to be there again when it is opened.
                        return drafts::settle(&key, sent);
                    }
                    line.update(|line| *line = Line { minutes: line.minutes.clone(), ..Line::default() });
                    added();
                }
                Err(failure) => self.failed(&name, kind, span, &failure),
            }
            self.busy.try_set(false);
        });
    }

    fn failed(self, name: &str, kind: SegmentKind, span: Span, failure: &Failure) {
        let problems = failure.problems();
        let about = |field: &str| problems.iter().any(|problem| problem.field == field);
        let field = if about("name") {
            "name"
        } else if about("endsAt") {
            "minutes"
        } else if about("url") {
            "url"
        } else {
            "start"
        };
        let reason = untrack(|| self.plan.reason(None, (name, kind, Some(span)), failure));
        if self.problem.is_disposed() {
            return self.plan.not_saved(name, &reason);
        }
        self.problem.set(Some((if problems.is_empty() { "" } else { field }, text::plain(&reason))));
    }
}
