//! A new segment in one line: name, start, length, type. Enter adds it, and the next one starts where it ends (F7).

use super::adding::Adding;
use super::plan::Plan;
use super::words;
use crate::api::segment::{CreateSegment, CreateSegmentInput, CreateSegmentVariables, SegmentChange, SegmentKind};
use crate::api::{DateTime, Failure, fetch};
use crate::components::{Button, Glyph, Icon, SubmitButton};
use crate::drafts;
use crate::pages::event::CurrentEvent;
use crate::state::form;
use crate::state::schedule::Span;
use crate::state::schedule::days::Day;
use crate::state::schedule::moving::next_free;
use crate::state::segment_form::{NAME, Typed, wire};
use crate::state::zoned::{self, NoInstant};
use crate::{t, text};
use chrono::TimeDelta;
use cynic::MutationBuilder;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// What is typed. Without a start of the own, it is where there is room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Line {
    name: String,
    start: Option<String>,
    minutes: String,
    kind: SegmentKind,
}

impl Default for Line {
    fn default() -> Self {
        Self { name: String::new(), start: None, minutes: "30".into(), kind: SegmentKind::Sessions }
    }
}

/// One of the fields of the line with this key.
pub fn field_id(key: &str, name: &str) -> String {
    format!("quick-{key}-{name}")
}

/// The line and what became of it.
#[derive(Clone, Copy)]
struct Quick {
    plan: Plan,
    day: Day,
    /// Where it begins unless somebody says otherwise; nothing for where there is room.
    at: Option<DateTime>,
    line: RwSignal<Line>,
    /// Under which the line is remembered.
    key: StoredValue<String>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<(&'static str, String)>>,
}

impl Quick {
    /// Where it begins when nobody typed a start. Clocks that go back show some times twice: this is the instant that is
    /// meant, and what stands in the field is not.
    fn given(self) -> DateTime {
        self.at.unwrap_or_else(|| {
            let spans: Vec<Span> = self.plan.all().iter().map(|segment| segment.span()).collect();
            next_free(self.day, &spans, self.plan.event.get())
        })
    }

    /// The start as it is shown.
    fn start(self) -> String {
        let shown = || zoned::to_local(self.given(), &self.plan.offset()).format("%H:%M").to_string();
        self.line.with(|line| line.start.clone()).unwrap_or_else(shown)
    }

    /// From when to when, or which field is wrong.
    fn span(self) -> Result<Span, (&'static str, String)> {
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
    fn send(self, event_id: cynic::Id, added: impl FnOnce() + 'static) {
        let Self { plan, line, .. } = self;
        let (sent, key) = (line.get_untracked(), self.key.get_value());
        let Line { name, kind, .. } = sent.clone();
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
            url: None,
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
        } else {
            "start"
        };
        let reason = untrack(|| self.plan.reason(None, (name, kind, Some(span)), failure));
        if self.problem.is_disposed() {
            return self.plan.not_saved(name, &reason);
        }
        self.problem.set(Some((if problems.is_empty() { "" } else { field }, reason)));
    }
}

#[component]
pub fn QuickAdd(
    day: Day,
    /// Tells its fields from those of other lines.
    #[prop(into)]
    key: String,
    #[prop(default = None)] at: Option<DateTime>,
    #[prop(optional, into)] done: Option<Callback<()>>,
) -> impl IntoView {
    let (plan, adding): (Plan, Adding) = (expect_context(), expect_context());
    let current: CurrentEvent = expect_context();
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let draft = format!("segment.quick.{}.{key}", event_id.inner());
    let quick = Quick {
        plan,
        day,
        at,
        line: RwSignal::new(Line::default()),
        key: StoredValue::new(draft.clone()),
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
    };
    let line = quick.line;
    drafts::keep(&draft, Line::default, move || line.get(), move |left: drafts::Left<Line>| line.set(left.typed));
    if at.is_some() {
        // Where it begins was just chosen; what else was typed before is still there.
        line.update(|line| line.start = None);
    }
    let name = NodeRef::<Input>::new();
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let added = move || match (done, name.try_get_untracked().flatten()) {
            (Some(done), _) => _ = done.try_run(()),
            // A field that is gone leaves the focus where it is.
            (None, Some(field)) => _ = field.focus(),
            (None, None) => {}
        };
        quick.send(event_id.clone(), added);
    };
    let more = move |()| {
        let Line { name, kind, .. } = line.get_untracked();
        let span = untrack(|| quick.span()).ok();
        let field = |at: DateTime| zoned::to_field(at, plan.offset());
        let times = span.map(|span| (field(span.starts), field(span.ends))).unwrap_or_default();
        let meant = span.map(|span| span.starts);
        adding.whole(Some(Typed { name, kind, meant, ..Typed::empty(times.0, times.1) }));
        line.set(Line::default());
    };
    view! {
        <form class="quick-add" novalidate aria-label=move || text!("add-on", day = words::short_day(plan, day)) on:submit=add>
            <Fields quick key name/>
            <div class="quick-actions">
                <SubmitButton label=t!("add") icon=Glyph::Add busy=quick.busy/>
                <Button label=t!("more-fields") on=more/>
            </div>
            {move || quick.problem.get().map(|(_, text)| view! {
                <p class="problem" role="alert"><Icon glyph=Glyph::Error/>{text}</p>
            })}
        </form>
    }
}

#[component]
fn Fields(quick: Quick, key: String, name: NodeRef<Input>) -> impl IntoView {
    let Quick { line, problem, .. } = quick;
    let id = |field: &str| field_id(&key, field);
    let wrong = move |field: &'static str| {
        move || problem.with(|problem| problem.as_ref().is_some_and(|(own, _)| *own == field)).then_some("true")
    };
    let named = wrong("name");
    let wrong_name = move || {
        let over = line.with(|line| form::over(&line.name, NAME).is_some());
        named().or(over.then_some("true"))
    };
    let typed = move |change: fn(&mut Line, String)| {
        move |event: leptos::ev::Event| {
            problem.set(None);
            line.update(|line| change(line, event_target_value(&event)));
        }
    };
    let options = words::KINDS.map(|kind| {
        let selected = move || line.with(|line| line.kind == kind);
        view! { <option value=words::kind_name(kind) selected=selected>{move || words::kind(kind)}</option> }
    });
    view! {
        <div class="field quick-name">
            <label for=id("name")>{t!("name")}</label>
            <input
                id=id("name")
                node_ref=name
                type="text"
                autocomplete="off"
                prop:value=move || line.with(|line| line.name.clone())
                aria-invalid=wrong_name
                on:input=typed(|line, text| line.name = text)
            />
        </div>
        <div class="field">
            <label for=id("start")>{t!("start")}</label>
            <input
                id=id("start")
                type="time"
                prop:value=move || quick.start()
                aria-invalid=wrong("start")
                on:input=typed(|line, text| line.start = Some(text))
            />
        </div>
        <div class="field">
            <label for=id("minutes")>{t!("minutes")}</label>
            <input
                id=id("minutes")
                type="number"
                min="5"
                step="5"
                prop:value=move || line.with(|line| line.minutes.clone())
                aria-invalid=wrong("minutes")
                on:input=typed(|line, text| line.minutes = text)
            />
        </div>
        <div class="field">
            <label for=id("kind")>{t!("type")}</label>
            <select id=id("kind") on:change=typed(|line, text| line.kind = words::kind_named(&text))>{options.collect_view()}</select>
        </div>
    }
}
