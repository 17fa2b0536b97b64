//! Segments from a file: first what the import would do, line by line, then the import (F7).

use super::plan::Plan;
use crate::api::import_report::{ImportReport, Imported, LineProblem};
use crate::api::segment_import::LineProblemCode;
use crate::areas::{SegmentImportArea, load_segment_import};
use crate::components::{Button, Kind, use_toasts};
use crate::pages::dashboard::import_dialog::{ImportDialog, LinesLeftOut, Rows};
use crate::{t, text};
use leptos::prelude::*;

/// A first line, as a file to fill in.
const TEMPLATE: &str = "data:text/csv;charset=utf-8,%EF%BB%BFName%2CType%2CStart%2CEnd%2CDescription%2CLink%2CTags%2CSpeakers%2CSessions%2CPublished%0D%0A";

/// Whether the import is open, as a context: it is loaded on its own.
#[derive(Clone, Copy)]
struct ImportOpen(RwSignal<bool>);

/// The import, once somebody asks for it.
#[component]
pub fn Import(open: RwSignal<bool>) -> impl IntoView {
    provide_context(ImportOpen(open));
    load_segment_import();
    let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || open.get());
    view! { <Show when=move || asked.get()><SegmentImportArea/></Show> }
}

#[component]
pub fn ImportSegments() -> impl IntoView {
    let (plan, ImportOpen(open), toasts): (Plan, ImportOpen, _) = (expect_context(), expect_context(), use_toasts());
    let rows: Rows<Imported<LineProblemCode>> = Rows {
        file: "segments.csv",
        template: TEMPLATE,
        without_columns: || text!("problem-file-segments"),
        checked: |Imported { report }, on| view! { <Checked report on/> }.into_any(),
        done: Callback::new(move |Imported { report }| {
            toasts.good(untrack(|| text!("segments-imported", count = report.added)));
            plan.reload();
        }),
    };
    let text = move || text!("import-segments-text", zone = plan.zone.get().replace('_', " "));
    view! { <ImportDialog open title=t!("import-segments") text=Signal::derive(text) rows/> }
}

/// What the import will do, and the button that does it.
#[component]
fn Checked(report: ImportReport<LineProblemCode>, on: Callback<()>) -> impl IntoView {
    let ImportReport { lines, added, already, problems, new_tags, unknown_columns } = report;
    let left_out = problems.len();
    let (tags, columns) = (new_tags.join(", "), unknown_columns.join(", "));
    let problems = problems.into_iter().map(|one| (one.line, reason(one))).collect();
    view! {
        <div class="import-report">
            <p>{move || text!("import-segment-lines", count = lines)}</p>
            <ul>
                <li>{move || text!("import-segments-added", count = added)}</li>
                {(already > 0).then(|| view! { <li>{move || text!("import-segments-already", count = already)}</li> })}
                {(left_out > 0).then(|| view! { <li>{move || text!("import-left-out", count = left_out)}</li> })}
                {(!tags.is_empty()).then(|| view! { <li>{move || text!("import-new-tags", tags = tags.clone())}</li> })}
                {(!columns.is_empty()).then(|| view! { <li>{move || text!("import-columns", columns = columns.clone())}</li> })}
            </ul>
            <LinesLeftOut problems/>
            <div class="form-actions">
                <Button label=t!("import-segments-now", count = added) kind=Kind::Primary disabled=Signal::derive(move || added == 0) on/>
            </div>
        </div>
    }
}

fn reason(LineProblem { code, message, names, .. }: LineProblem<LineProblemCode>) -> Signal<String> {
    match code {
        LineProblemCode::AmbiguousSession => t!("line-session-ambiguous"),
        LineProblemCode::AlwaysOpenSession => t!("line-session-open"),
        LineProblemCode::BreakOverlaps => Signal::derive(move || match names.as_slice() {
            [own, other] => text!("overlaps", name = own.clone(), others = text!("quoted", name = other.clone())),
            _ => text!("problem-time-taken"),
        }),
        LineProblemCode::Full => t!("line-segments-full"),
        LineProblemCode::Link => t!("line-link"),
        LineProblemCode::Name => t!("line-segment-name"),
        LineProblemCode::Outside => t!("line-outside"),
        LineProblemCode::Text => t!("line-text"),
        LineProblemCode::Time => t!("line-time"),
        LineProblemCode::Twice => t!("line-segment-twice"),
        LineProblemCode::Type => t!("line-type"),
        LineProblemCode::UnknownSession => t!("line-session-unknown"),
        LineProblemCode::UnknownSpeaker => t!("line-speaker-unknown"),
        // A newer server knows more than this page.
        LineProblemCode::Unknown => Signal::stored(message),
    }
}
