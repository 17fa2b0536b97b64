//! Something from a file: first what the import would do, line by line, then the import.

use crate::api::{Failure, ProblemCode, upload};
use crate::components::{Button, Dialog, Glyph, Icon};
use crate::pages::event::CurrentEvent;
use crate::pages::words;
use crate::{browser, t, text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;

/// Lines at fault that are shown before somebody asks for all of them.
const SHOWN: usize = 100;

/// How far the import is.
#[derive(Clone, PartialEq)]
enum Step<R> {
    Choosing,
    /// The file is on its way; then the server reads it, or does what it says.
    Busy {
        dry_run: bool,
    },
    Checked(R),
    Failed(Failure),
}

/// What is imported: where it is posted, and how its answer is shown.
#[derive(Clone, Copy)]
pub struct Rows<R: 'static> {
    /// The file's name, which is also the end of the address; the empty file to fill in, as an address.
    pub file: &'static str,
    pub template: &'static str,
    /// Why a column that must be there is missing.
    pub without_columns: fn() -> String,
    /// What the import will do, with what does it.
    pub checked: fn(R, Callback<()>) -> AnyView,
    /// It is done.
    pub done: Callback<R>,
}

#[component]
pub fn ImportDialog<R>(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    rows: Rows<R>,
) -> impl IntoView
where
    R: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    let current: CurrentEvent = expect_context();
    let step = RwSignal::new(Step::<R>::Choosing);
    let sent = RwSignal::new(0.0);
    let file = StoredValue::new_local(None::<web_sys::File>);
    Effect::new(move |_| {
        if open.get() {
            step.set(Step::Choosing);
        }
    });
    let send = move |dry_run: bool| {
        let Some(chosen) = file.get_value() else { return };
        sent.set(0.0);
        step.set(Step::Busy { dry_run });
        let id = current.event.with_untracked(|event| event.id.inner().to_owned());
        let address = format!("/events/{id}/{}{}", rows.file, if dry_run { "?dryRun=1" } else { "" });
        spawn_local(async move {
            let progress = move |part: f64| _ = sent.try_set(part);
            match upload::file::<R>(&address, &chosen, progress).await {
                Ok(answer) if dry_run => _ = step.try_set(Step::Checked(answer)),
                Ok(answer) => {
                    open.try_set(false);
                    rows.done.try_run(answer);
                }
                Err(failure) => _ = step.try_set(Step::Failed(failure)),
            }
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        file.set_value(input.files().and_then(|files| files.get(0)));
        // The same file, mended, is a change again.
        input.set_value("");
        send(true);
    };
    let shown = move || match step.get() {
        Step::Choosing => ().into_any(),
        Step::Busy { dry_run } => view! { <Progress sent dry_run/> }.into_any(),
        Step::Checked(report) => (rows.checked)(report, Callback::new(move |()| send(false))),
        Step::Failed(failure) => {
            let said = said(&failure, rows.without_columns);
            view! { <div class="notice bad"><Icon glyph=Glyph::Error/><p>{said}</p></div> }.into_any()
        }
    };
    view! {
        <Dialog title open>
            <p>{text}</p>
            <p><a href=rows.template rel="external" download=rows.file>{t!("import-template")}</a></p>
            <label class="button secondary file-button">
                <Icon glyph=Glyph::Upload/>
                <span>{t!("choose-file")}</span>
                <input class="offscreen" type="file" accept=".csv,.tsv,.txt,text/csv" on:change=choose/>
            </label>
            <div aria-live="polite">{shown}</div>
        </Dialog>
    }
}

/// How much of the file was sent, from 0 to 1; how far the server is with it, nobody knows.
#[component]
fn Progress(sent: RwSignal<f64>, dry_run: bool) -> impl IntoView {
    let arrived = Memo::new(move |_| sent.get() >= 1.0);
    let label = Signal::derive(move || match (arrived.get(), dry_run) {
        (false, _) => text!("import-sending"),
        (true, true) => text!("import-reading"),
        (true, false) => text!("import-busy"),
    });
    view! {
        <p class="busy-line">
            <progress max="1" value=move || (!arrived.get()).then(|| sent.get().to_string()) aria-label=label></progress>
            <span>{label}</span>
        </p>
    }
}

fn said(failure: &Failure, without_columns: fn() -> String) -> String {
    match failure.problems().first() {
        Some(problem) if problem.field == "csv" && problem.code == ProblemCode::Required => without_columns(),
        Some(problem) => words::problem(problem),
        None => words::failure(failure),
    }
}

/// The lines that are left out, with what to do about each.
#[component]
pub fn LinesLeftOut(problems: Vec<(u32, Signal<String>)>) -> impl IntoView {
    let left_out = problems.len();
    let all = RwSignal::new(left_out <= SHOWN);
    let problems = StoredValue::new(problems);
    let rows = move || {
        let count = if all.get() { left_out } else { SHOWN };
        let row = |(line, reason): &(u32, Signal<String>)| {
            let number = browser::format_count(*line);
            view! { <tr><td>{number}</td><td>{*reason}</td></tr> }
        };
        problems.with_value(|problems| problems.iter().take(count).map(row).collect_view())
    };
    (left_out > 0).then(|| {
        view! {
            <div class="import-problems" tabindex="0" role="group" aria-label=t!("import-problems")>
                <table>
                    <thead><tr><th scope="col">{t!("line")}</th><th scope="col">{t!("what-to-do")}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <Show when=move || !all.get()><Button label=t!("show-more") on=move |()| all.set(true)/></Show>
            </div>
        }
    })
}
