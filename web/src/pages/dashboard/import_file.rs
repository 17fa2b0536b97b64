//! People or sessions from a file: first what the import would do, line by line, then the import (A4, B10).

use super::import_dialog::{ImportDialog, LinesLeftOut, Rows};
use crate::api::import_report::{ImportReport, Imported};
use crate::api::registration::LineProblemCode;
use crate::components::{Button, Kind, use_toasts};
use crate::{t, text};
use leptos::prelude::*;

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
                "data:text/csv;charset=utf-8,%EF%BB%BFTitle%2CDescription%2CTags%2CDisplay%20size%2CPriority%2CWho%20can%20watch%2CTicket%20types%2CWho%20can%20share%2CScheduling%2CMaximum%20participants%2CYouTube%20sharing%2CRecord%0D%0A"
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
}

#[component]
pub fn ImportFile(what: Importing, open: RwSignal<bool>, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let rows: Rows<Imported<LineProblemCode>> = Rows {
        file: what.file(),
        template: what.template(),
        without_columns: match what {
            Importing::People => || text!("problem-file-columns"),
            Importing::Sessions => || text!("problem-file-title"),
        },
        checked: match what {
            Importing::People => {
                |Imported { report }, on| view! { <Checked what=Importing::People report on/> }.into_any()
            }
            Importing::Sessions => {
                |Imported { report }, on| view! { <Checked what=Importing::Sessions report on/> }.into_any()
            }
        },
        done: Callback::new(move |Imported { report }| {
            toasts.good(untrack(|| what.done(report.added)));
            done.try_run(());
        }),
    };
    view! { <ImportDialog open title=what.title() text=what.about() rows/> }
}

/// What the import will do, and the button that does it.
#[component]
fn Checked(what: Importing, report: ImportReport<LineProblemCode>, on: Callback<()>) -> impl IntoView {
    let ImportReport { lines, added, already, problems, unknown_columns, .. } = report;
    let left_out = problems.len();
    let columns = unknown_columns.join(", ");
    let problems = problems.into_iter().map(|one| (one.line, reason(what, one.code))).collect();
    view! {
        <div class="import-report">
            <p>{move || what.lines(lines)}</p>
            <ul>
                <li>{move || what.added(added)}</li>
                {(already > 0).then(|| view! { <li>{move || what.already(already)}</li> })}
                {(left_out > 0).then(|| view! { <li>{move || text!("import-left-out", count = left_out)}</li> })}
                {(!columns.is_empty()).then(|| view! { <li>{move || text!("import-columns", columns = columns.clone())}</li> })}
            </ul>
            <LinesLeftOut problems/>
            <div class="form-actions">
                <Button label=what.now(added) kind=Kind::Primary disabled=Signal::derive(move || added == 0) on/>
            </div>
        </div>
    }
}

fn reason(what: Importing, code: LineProblemCode) -> Signal<String> {
    match code {
        LineProblemCode::Name => t!("line-name"),
        LineProblemCode::Email => t!("line-email"),
        LineProblemCode::UnknownTicketType => t!("line-ticket"),
        LineProblemCode::Twice if what == Importing::Sessions => t!("line-title-twice"),
        LineProblemCode::Twice => t!("line-twice"),
        LineProblemCode::Blocked => t!("line-blocked"),
        LineProblemCode::Full => t!("line-full"),
        LineProblemCode::Title => t!("line-title"),
        LineProblemCode::Description => t!("line-description"),
        LineProblemCode::Tags => t!("line-tags"),
        LineProblemCode::DisplaySize => t!("line-display-size"),
        LineProblemCode::Priority => t!("problem-priority"),
        LineProblemCode::WatchAccess => t!("line-watch-access"),
        LineProblemCode::TicketTypes => t!("line-ticket-types"),
        LineProblemCode::ShareAccess => t!("line-share-access"),
        LineProblemCode::Scheduling => t!("line-scheduling"),
        LineProblemCode::MaxParticipants => t!("problem-max-participants"),
        LineProblemCode::YoutubeSharing => t!("line-youtube"),
        LineProblemCode::Record => t!("line-record"),
        LineProblemCode::Unknown => t!("problem-invalid"),
    }
}
