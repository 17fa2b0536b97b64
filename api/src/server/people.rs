//! The people of an event as a CSV file: a file goes as it is, whatever its encoding, and may be larger than a GraphQL
//! request.

use super::State;
use crate::auth;
use crate::error::{Error, Result};
use crate::ids::{EventId, Id};
use crate::limits;
use crate::ops::registration::import::{self, Report};
use crate::table::Fault;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, rt};
use serde_json::{Value, json};
use std::num::NonZeroU32;
use std::sync::Arc;

/// A header that forms of other sites cannot send: a browser would ask us first.
pub(super) const OWN: &str = "x-roundtable";

/// `GET /events/{id}/people.csv`, for organizers.
pub async fn export(request: HttpRequest, id: Path<String>, state: Data<State>) -> HttpResponse {
    let exported = async {
        let caller = auth::caller(&state.app, &request).await?;
        import::export(&state.app, &caller, event(&id)?).await
    };
    match exported.await {
        Ok(text) => HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8")
            .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(text),
        Err(error) => refuse(error),
    }
}

/// `POST /events/{id}/people.csv`, for organizers: registers the people of the file; with `?dryRun=1` it says what that would
/// do. Answers as `importPeople` does.
pub async fn import(request: HttpRequest, body: Payload, id: Path<String>, state: Data<State>) -> HttpResponse {
    if !request.headers().contains_key(OWN) {
        return refuse(Error::Forbidden("Send the header x-roundtable: 1."));
    }
    let file = match body.to_bytes_limited(limits::TABLE_BYTES).await {
        Ok(Ok(file)) => file.to_vec(),
        Ok(Err(_)) => return HttpResponse::BadRequest().finish(),
        Err(_) => return refuse(Fault::TooLarge.problem("csv").into()),
    };
    let dry_run = request.query_string().split('&').any(|pair| pair == "dryRun=1");
    let (state, from) = (Arc::clone(&state.app), auth::address(&state.app, &request));
    let caller = match auth::caller(&state, &request).await {
        Ok(caller) => caller,
        Err(error) => return refuse(error),
    };
    // It goes on when its client is gone: what it changed must be announced.
    let imported = rt::spawn(async move {
        let who = caller.account()?.id.to_string();
        state.rates.write(&who, from, NonZeroU32::MIN)?;
        import::import(&state, &caller, event(&id)?, file, dry_run).await
    });
    match imported.await {
        Ok(Ok(report)) => HttpResponse::Ok().json(json!({ "data": { "importPeople": written(report) } })),
        Ok(Err(error)) => refuse(error),
        Err(_panic) => refuse(Error::Internal),
    }
}

/// The id in the address, with or without its kind.
fn event(id: &str) -> Result<EventId> {
    EventId::parse(id).or_else(|| EventId::parse(&format!("event:{id}"))).ok_or(Error::NotFound("event"))
}

fn written(report: Report) -> Value {
    let problems: Vec<Value> = report
        .problems
        .into_iter()
        .map(|one| json!({ "line": one.line, "code": one.reason.as_str(), "message": one.message }))
        .collect();
    json!({
        "lines": report.lines, "added": report.added, "already": report.already,
        "problems": problems, "unknownColumns": report.unknown_columns,
    })
}

/// As GraphQL would say it, with a status for other clients.
pub(super) fn refuse(error: Error) -> HttpResponse {
    let status = match &error {
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let error = async_graphql::Error::from(error).into_server_error(async_graphql::Pos::default());
    HttpResponse::build(status).json(json!({ "errors": [error] }))
}
