//! Form fields: label, help, live counter, and the error beside the field it is about.

use super::icon::{Glyph, Icon};
use crate::api::Failure;
use crate::browser;
use crate::pages::words;
use crate::state::form;
use crate::t;
use leptos::prelude::*;

/// What the server found wrong with the form around, as a context: fields show their own part.
#[derive(Clone, Copy)]
pub struct FormProblems {
    failure: RwSignal<Option<Failure>>,
    /// Grows with each answer that found something, and not while the person mends it.
    found: RwSignal<u32>,
}

impl Default for FormProblems {
    fn default() -> Self {
        FormProblems { failure: RwSignal::new(None), found: RwSignal::new(0) }
    }
}

impl FormProblems {
    pub fn set(self, failure: Failure) {
        self.failure.set(Some(failure));
        self.found.update(|found| *found += 1);
    }

    pub fn clear(self) {
        self.failure.set(None);
    }

    /// The person is mending this field: its message goes, the others stay.
    pub fn clear_field(self, field: &str) {
        if self.failure.with_untracked(|failure| {
            failure.as_ref().is_some_and(|failure| failure.problems().iter().any(|problem| problem.field == field))
        }) {
            self.failure.update(|failure| {
                if let Some(Failure::Refused { problems, .. }) = failure {
                    problems.retain(|problem| problem.field != field);
                    if problems.is_empty() {
                        *failure = None;
                    }
                }
            });
        }
    }

    pub fn of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.failure.with(|failure| {
                let failure = failure.as_ref()?;
                failure.problems().iter().find(|problem| problem.field == field).map(words::problem)
            })
        })
    }

    /// Whether the server found this wrong with the field.
    pub fn has(self, field: &str, code: crate::api::ProblemCode) -> bool {
        self.failure.with(|failure| {
            let problems = failure.iter().flat_map(|failure| failure.problems());
            problems.filter(|problem| problem.field == field).any(|problem| problem.code == code)
        })
    }

    /// What is wrong with no field in particular.
    fn whole(self) -> Option<String> {
        self.failure
            .with(|failure| failure.as_ref().filter(|failure| failure.problems().is_empty()).map(words::failure))
    }
}

/// A form: sends by Enter and button alike, shows what is wrong as a whole, and moves the focus to the first error.
#[component]
pub fn Form(
    problems: FormProblems,
    #[prop(into)] on: Callback<()>,
    #[prop(optional, into)] label: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    provide_context(problems);
    let node = NodeRef::<leptos::html::Form>::new();
    Effect::new(move |_| {
        if let (Some(form), 1..) = (node.get(), problems.found.get()) {
            browser::focus_first_problem(&form);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on.run(());
    };
    view! {
        <form node_ref=node class="form" novalidate aria-label=move || label.get() on:submit=submit>
            {move || problems.whole().map(|text| view! {
                <div class="notice bad" role="alert" tabindex="-1"><Icon glyph=Glyph::Error/><p>{text}</p></div>
            })}
            {children()}
        </form>
    }
}

/// One line of text. `name` is the input's field in the API, by which its problems are found.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// The most Unicode scalar values; shows a counter.
    #[prop(optional)]
    limit: Option<usize>,
    /// Called for each change by the person, after `value` has it.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let problem = own_problem(problems.of(name), value, limit);
    let input = move |event| {
        let text = event_target_value(&event);
        problems.clear_field(name);
        value.set(text.clone());
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    };
    view! {
        <div class="field">
            <FieldHead label name value limit/>
            <input
                id=name
                name=name
                type=kind
                dir="auto"
                autocomplete=autocomplete
                prop:value=value
                on:input=input
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=format!("{name}-note")
            />
            <FieldNote name hint problem/>
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] label: Signal<String>,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional)] limit: Option<usize>,
) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let problem = own_problem(problems.of(name), value, limit);
    let input = move |event| {
        problems.clear_field(name);
        value.set(event_target_value(&event));
    };
    view! {
        <div class="field">
            <FieldHead label name value limit/>
            <textarea
                id=name
                name=name
                dir="auto"
                rows=rows
                prop:value=value
                on:input=input
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=format!("{name}-note")
            ></textarea>
            <FieldNote name hint problem/>
        </div>
    }
}

/// The server's problem, or at once that the text is too long.
pub(super) fn own_problem(
    problem: Signal<Option<String>>,
    value: RwSignal<String>,
    limit: Option<usize>,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        problem.get().or_else(|| {
            let over = form::over(&value.get(), limit?)?;
            Some(crate::text!("too-long-by", count = over))
        })
    })
}

#[component]
fn FieldHead(
    label: Signal<String>,
    name: &'static str,
    value: RwSignal<String>,
    limit: Option<usize>,
) -> impl IntoView {
    let counter = limit.map(|limit| view! { <Counter value limit/> });
    view! { <div class="field-head"><label for=name>{label}</label>{counter}</div> }
}

/// How much of a field's limit is used.
#[component]
pub(super) fn Counter(value: RwSignal<String>, limit: usize) -> impl IntoView {
    let count = Memo::new(move |_| form::length(&value.get()));
    let over = move || count.get() > limit;
    view! {
        <span class="counter" class:over=over>
            <span aria-hidden="true">{count}"/"{limit}</span>
            <span class="offscreen">{t!("characters-of", count = count.get(), limit = limit)}</span>
        </span>
    }
}

/// Help and error of a field, under the id that the field is described by.
#[component]
pub fn FieldNote(
    name: &'static str,
    hint: MaybeProp<String>,
    #[prop(into)] problem: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div id=format!("{name}-note") class="field-note">
            {move || match problem.get() {
                Some(problem) => view! { <p class="problem"><Icon glyph=Glyph::Error/>{problem}</p> }.into_any(),
                None => hint.get().map(|hint| view! { <p class="hint">{hint}</p> }).into_any(),
            }}
        </div>
    }
}
