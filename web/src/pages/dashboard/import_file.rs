//! People or sessions from a file: first what the import would do, line by line, then the import (A4, B10).

use crate::api::registration::{ImportReport, Imported, LineProblem, LineProblemCode};
use crate::api::{Failure, ProblemCode, fetch};
use crate::browser;
use crate::components::{Button, Dialog, Glyph, Icon, Kind, Spinner, use_toasts};
use crate::pages::event::CurrentEvent;
use crate::pages::words;
use crate::{t, text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// What a file is full of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Importing {
    People,
    Sessions,
}

impl Importing {
    /// The name of the file, and of its address below that of the event.
    fn file(self) -> &'static str {
        match self {
            Self::People => "people.csv",
            Self::Sessions => "sessions.csv",
        }
    }

    /// A first line, as a file to fill in.
    fn template(self) -> &'static str {
        match self {
            Self::People => "data:text/csv;charset=utf-8,%EF%BB%BFName%2CEmail%2CTicket%20type%0D%0A",
            Self::Sessions => {
                "data:text/csv;charset=utf-8,%EF%BB%BFTitle%2CDescription%2CTags%2CDisplay%20size%2CPriority%2CWho%20can%20watch%2CTicket%20types%2CWho%20can%20share%2CScheduling%2CMaximum%20participants%0D%0A"
            }
        }
    }

    fn title(self) -> Signal<String> {
        match self {
            Self::People => t!("import-people"),
            Self::Sessions => t!("import-sessions"),
        }
    }

    fn about(self) -> Signal<String> {
        match self {
            Self::People => t!("import-people-text"),
            Self::Sessions => t!("import-sessions-text"),
        }
    }

    fn done(self, count: i32) -> String {
        match self {
            Self::People => text!("people-imported", count = count),
            Self::Sessions => text!("sessions-imported", count = count),
        }
    }

    fn lines(self, count: i32) -> String {
        match self {
            Self::People => text!("import-lines", count = count),
            Self::Sessions => text!("import-session-lines", count = count),
        }
    }

    fn added(self, count: i32) -> String {
        match self {
            Self::People => text!("import-added", count = count),
            Self::Sessions => text!("import-sessions-added", count = count),
        }
    }

    fn already(self, count: i32) -> String {
        match self {
            Self::People => text!("import-already", count = count),
            Self::Sessions => text!("import-sessions-already", count = count),
        }
    }

    fn now(self, count: i32) -> Signal<String> {
        match self {
            Self::People => t!("import-now", count = count),
            Self::Sessions => t!("import-sessions-now", count = count),
        }
    }

    /// Why a column that must be there is missing.
    fn without_columns(self) -> String {
        match self {
            Self::People => text!("problem-file-columns"),
            Self::Sessions => text!("problem-file-title"),
        }
    }
}

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
pub fn ImportFile(what: Importing, open: RwSignal<bool>, #[prop(into)] done: Callback<()>) -> impl IntoView {
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
        let address = format!("/events/{id}/{}{}", what.file(), if dry_run { "?dryRun=1" } else { "" });
        spawn_local(async move {
            match fetch::send_file::<Imported>(&address, &chosen).await {
                Ok(answer) if dry_run => _ = step.try_set(Step::Checked(answer.report)),
                Ok(answer) => {
                    toasts.good(untrack(|| what.done(answer.report.added)));
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
        <Dialog title=what.title() open>
            <p>{what.about()}</p>
            <p><a href=what.template() rel="external" download=what.file()>{t!("import-template")}</a></p>
            <label class="button secondary file-button">
                <Icon glyph=Glyph::Upload/>
                <span>{t!("choose-file")}</span>
                <input class="offscreen" type="file" accept=".csv,.tsv,.txt,text/csv" on:change=choose/>
            </label>
            <div aria-live="polite">
                {move || match step.get() {
                    Step::Choosing => ().into_any(),
                    Step::Busy => view! { <p class="busy-line"><Spinner/>{t!("import-busy")}</p> }.into_any(),
                    Step::Checked(report) => view! { <Checked what report on=move |()| send(false)/> }.into_any(),
                    Step::Failed(failure) => view! {
                        <div class="notice bad"><Icon glyph=Glyph::Error/><p>{said(what, &failure)}</p></div>
                    }.into_any(),
                }}
            </div>
        </Dialog>
    }
}

fn said(what: Importing, failure: &Failure) -> String {
    match failure.problems().first() {
        Some(problem) if problem.field == "csv" && problem.code == ProblemCode::Required => what.without_columns(),
        Some(problem) => words::problem(problem),
        None => words::failure(failure),
    }
}

/// What the import will do, and the button that does it.
#[component]
fn Checked(what: Importing, report: ImportReport, #[prop(into)] on: Callback<()>) -> impl IntoView {
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
            <p>{move || what.lines(lines)}</p>
            <ul>
                <li>{move || what.added(added)}</li>
                {(already > 0).then(|| view! { <li>{move || what.already(already)}</li> })}
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
                <Button label=what.now(added) kind=Kind::Primary disabled=Signal::derive(move || added == 0) on/>
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
        LineProblemCode::Title => text!("line-title"),
        LineProblemCode::Description => text!("line-description"),
        LineProblemCode::Tags => text!("line-tags"),
        LineProblemCode::DisplaySize => text!("line-display-size"),
        LineProblemCode::Priority => text!("line-priority"),
        LineProblemCode::WatchAccess => text!("line-watch-access"),
        LineProblemCode::TicketTypes => text!("line-ticket-types"),
        LineProblemCode::ShareAccess => text!("line-share-access"),
        LineProblemCode::Scheduling => text!("line-scheduling"),
        LineProblemCode::MaxParticipants => text!("problem-max-participants"),
        LineProblemCode::Unknown => text!("problem-invalid"),
    };
    let number = browser::format_number(i32::try_from(one.line).unwrap_or(i32::MAX));
    view! { <tr><td>{number}</td><td>{reason}</td></tr> }
}
