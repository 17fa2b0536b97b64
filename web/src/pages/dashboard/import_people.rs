//! People from a file: first what the import would do, line by line, then the import (A4).

use crate::api::registration::{ImportReport, Imported, LineProblem, LineProblemCode};
use crate::api::{Failure, fetch};
use crate::browser;
use crate::components::{Button, Dialog, Glyph, Icon, Kind, Spinner, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::words;
use crate::{t, text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// A first line and one person, as a file to fill in.
const TEMPLATE: &str = "data:text/csv;charset=utf-8,%EF%BB%BFName%2CEmail%2CTicket%20type%0D%0A";

/// Lines at fault that are shown before somebody asks for all of them.
const SHOWN: usize = 100;

/// How far the import is.
#[derive(Clone, PartialEq)]
enum Step {
    Choosing,
    /// The server reads the file, or registers its people.
    Busy,
    Checked(ImportReport),
    Failed(Failure),
}

#[component]
pub fn ImportPeople(open: RwSignal<bool>, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let toasts = use_toasts();
    let step = RwSignal::new(Step::Choosing);
    let file = StoredValue::new_local(None::<web_sys::File>);
    Effect::new(move |_| {
        if open.get() {
            step.set(Step::Choosing);
        }
    });
    let send = move |dry_run: bool| {
        let Some(chosen) = file.get_value() else { return };
        step.set(Step::Busy);
        let id = current.event.with_untracked(|event| event.id.inner().to_owned());
        let address = format!("/events/{id}/people.csv{}", if dry_run { "?dryRun=1" } else { "" });
        spawn_local(async move {
            match fetch::send_file::<Imported>(&address, &chosen).await {
                Ok(answer) if dry_run => _ = step.try_set(Step::Checked(answer.import_people)),
                Ok(answer) => {
                    toasts.good(untrack(|| text!("people-imported", count = answer.import_people.added)));
                    open.try_set(false);
                    done.try_run(());
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
    view! {
        <Dialog title=t!("import-people") open>
            <p>{t!("import-people-text")}</p>
            <p><a href=TEMPLATE rel="external" download="people.csv">{t!("import-template")}</a></p>
            <label class="button secondary file-button">
                <Icon glyph=Glyph::Upload/>
                <span>{t!("choose-file")}</span>
                <input class="offscreen" type="file" accept=".csv,.tsv,.txt,text/csv" on:change=choose/>
            </label>
            <div aria-live="polite">
                {move || match step.get() {
                    Step::Choosing => ().into_any(),
                    Step::Busy => view! { <p class="busy-line"><Spinner/>{t!("import-busy")}</p> }.into_any(),
                    Step::Checked(report) => view! { <Checked report on=move |()| send(false)/> }.into_any(),
                    Step::Failed(failure) => view! {
                        <div class="notice bad"><Icon glyph=Glyph::Error/><p>{said(&failure)}</p></div>
                    }.into_any(),
                }}
            </div>
        </Dialog>
    }
}

fn said(failure: &Failure) -> String {
    failure.problems().first().map_or_else(|| words::failure(failure), words::problem)
}

/// What the import will do, and the button that does it.
#[component]
fn Checked(report: ImportReport, #[prop(into)] on: Callback<()>) -> impl IntoView {
    let ImportReport { lines, added, already, problems, unknown_columns } = report;
    let left_out = problems.len();
    let all = RwSignal::new(left_out <= SHOWN);
    let problems = StoredValue::new(problems);
    let rows = move || {
        let count = if all.get() { left_out } else { SHOWN };
        problems.with_value(|problems| {
            problems.iter().take(count).map(|one| view! { <Line one=one.clone()/> }).collect_view()
        })
    };
    let columns = unknown_columns.join(", ");
    view! {
        <div class="import-report">
            <p>{move || text!("import-lines", count = lines)}</p>
            <ul>
                <li>{move || text!("import-added", count = added)}</li>
                {(already > 0).then(|| view! { <li>{move || text!("import-already", count = already)}</li> })}
                {(left_out > 0).then(|| view! { <li>{move || text!("import-left-out", count = left_out)}</li> })}
                {(!columns.is_empty()).then(|| view! { <li>{move || text!("import-columns", columns = columns.clone())}</li> })}
            </ul>
            {(left_out > 0).then(|| view! {
                <div class="import-problems" tabindex="0" role="group" aria-label=t!("import-problems")>
                    <table>
                        <thead><tr><th scope="col">{t!("line")}</th><th scope="col">{t!("what-to-do")}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                    <Show when=move || !all.get()><Button label=t!("show-more") on=move |()| all.set(true)/></Show>
                </div>
            })}
            <div class="form-actions">
                <Button label=t!("import-now", count = added) kind=Kind::Primary disabled=Signal::derive(move || added == 0) on/>
            </div>
        </div>
    }
}

#[component]
fn Line(one: LineProblem) -> impl IntoView {
    let reason = move || match one.code {
        LineProblemCode::Name => text!("line-name"),
        LineProblemCode::Email => text!("line-email"),
        LineProblemCode::UnknownTicketType => text!("line-ticket"),
        LineProblemCode::Twice => text!("line-twice"),
        LineProblemCode::Blocked => text!("line-blocked"),
        LineProblemCode::Full => text!("line-full"),
        LineProblemCode::Unknown => text!("problem-invalid"),
    };
    let number = browser::format_number(i32::try_from(one.line).unwrap_or(i32::MAX));
    view! { <tr><td>{number}</td><td>{reason}</td></tr> }
}
