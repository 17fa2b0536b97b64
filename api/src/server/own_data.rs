//! `GET /account/data.json`: everything that is kept about the caller, as a file (A8).

use super::State;
use super::files::refuse;
use crate::auth;
use crate::ops;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

pub async fn export(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let exported = async {
        let caller = auth::caller(&state.app, &request).await?;
        ops::account::own_data::export(&state.app, &caller).await
    };
    match exported.await.map(|data| serde_json::to_string_pretty(&data).unwrap_or_default()) {
        Ok(text) => HttpResponse::Ok()
            .content_type("application/json")
            .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(text),
        Err(error) => refuse(error),
    }
}
