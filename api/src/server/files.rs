//! CSV files that come and go: a file goes as it is, whatever its encoding, and may be larger than a GraphQL request.

use super::State;
use crate::access::Caller;
use crate::app::App;
use crate::auth;
use crate::error::{Error, Result};
use crate::ids::{EventId, Id};
use crate::limits;
use crate::table::Fault;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, rt};
use serde_json::{Value, json};
use std::num::NonZeroU32;
use std::sync::Arc;

/// A header that forms of other sites cannot send: a browser would ask us first.
pub const OWN: &str = "x-roundtable";

/// A file for whoever asked, or why there is none.
pub fn download(name: &str, text: Result<String>) -> HttpResponse {
    let text = match text {
        Ok(text) => text,
        Err(error) => return refuse(error),
    };
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}

/// Hands the file in a request on, with who sent it and whether `?dryRun=1` was asked for; what comes of it is answered as
/// GraphQL would.
pub async fn upload<F>(
    request: HttpRequest,
    body: Payload,
    state: Data<State>,
    import: impl FnOnce(Arc<App>, Caller, Vec<u8>, bool) -> F + 'static,
) -> HttpResponse
where
    F: Future<Output = Result<Value>> + 'static,
{
    if !request.headers().contains_key(OWN) {
        return refuse(Error::Forbidden("Send the header x-roundtable: 1."));
    }
    let file = match body.to_bytes_limited(limits::TABLE_BYTES).await {
        Ok(Ok(file)) => file.to_vec(),
        Ok(Err(_)) => return HttpResponse::BadRequest().finish(),
        Err(_) => return refuse(Fault::TooLarge.problem("csv").into()),
    };
    let dry_run = request.query_string().split('&').any(|pair| pair == "dryRun=1");
    let (app, from) = (Arc::clone(&state.app), auth::address(&state.app, &request));
    let caller = match auth::caller(&app, &request).await {
        Ok(caller) => caller,
        Err(error) => return refuse(error),
    };
    // It goes on when its client is gone: what it changed must be announced.
    let imported = rt::spawn(async move {
        let who = caller.account()?.id.to_string();
        app.rates.write(&who, from, NonZeroU32::MIN)?;
        import(app, caller, file, dry_run).await
    });
    match imported.await {
        Ok(Ok(data)) => HttpResponse::Ok().json(json!({ "data": data })),
        Ok(Err(error)) => refuse(error),
        Err(_panic) => refuse(Error::Internal),
    }
}

/// The id in the address, with or without its kind.
pub fn event(id: &str) -> Result<EventId> {
    EventId::parse(id).or_else(|| EventId::parse(&format!("event:{id}"))).ok_or(Error::NotFound("event"))
}

/// As GraphQL would say it, with a status for other clients.
pub fn refuse(error: Error) -> HttpResponse {
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
