//! The schedule of an event as a CSV file (F7).

use super::State;
use super::files::{self, event, refuse};
use crate::auth;
use crate::ops::segment::import::{self, Report};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

/// `GET /events/{id}/segments.csv`, for organizers.
pub async fn export(request: HttpRequest, id: Path<String>, state: Data<State>) -> HttpResponse {
    let exported = async {
        let caller = auth::caller(&state.app, &request).await?;
        import::export(&state.app, &caller, event(&id)?).await
    };
    exported.await.map_or_else(refuse, |text| files::download("segments.csv", text))
}

/// `POST /events/{id}/segments.csv`, for organizers: makes the segments of the file; with `?dryRun=1` it says what that would
/// do. Answers as `importSegments` does.
pub async fn import(request: HttpRequest, body: Payload, id: Path<String>, state: Data<State>) -> HttpResponse {
    files::upload(request, body, state, async move |app, caller, file, dry_run| {
        let report = import::import(&app, &caller, event(&id)?, file, dry_run).await?;
        Ok(json!({ "importSegments": written(report) }))
    })
    .await
}

fn written(report: Report) -> Value {
    let problems: Vec<Value> = report
        .problems
        .into_iter()
        .map(|one| json!({ "line": one.line, "code": one.reason.as_str(), "message": one.message }))
        .collect();
    json!({
        "lines": report.lines, "added": report.added, "already": report.already, "problems": problems,
        "newTags": report.new_tags, "unknownColumns": report.unknown_columns,
    })
}
