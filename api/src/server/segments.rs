//! The schedule of an event as a CSV file (F7).

use super::State;
use super::files::{self, event};
use crate::auth;
use crate::ops::segment::import;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

/// `GET /events/{id}/segments.csv`, for organizers.
pub async fn export(request: HttpRequest, id: Path<String>, state: Data<State>) -> HttpResponse {
    let exported = async {
        let caller = auth::caller(&state.app, &request).await?;
        import::export(&state.app, &caller, event(&id)?).await
    };
    files::download("segments.csv", exported.await)
}

/// `POST /events/{id}/segments.csv`, for organizers: makes the segments of the file; with `?dryRun=1` it says what that would
/// do. Answers as `importSegments` does.
pub async fn import(request: HttpRequest, body: Payload, id: Path<String>, state: Data<State>) -> HttpResponse {
    files::upload(request, body, state, async move |app, caller, file, dry_run| {
        let imported = import::import(&app, &caller, event(&id)?, file, dry_run).await?;
        Ok(json!({ "importSegments": imported }))
    })
    .await
}
