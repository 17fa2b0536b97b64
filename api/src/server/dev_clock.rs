//! The switch by which browser tests put the server's clock ahead. Only development builds have this file.

use super::{State, is_from_here};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Ahead {
    /// Of the machine's clock, in milliseconds.
    ahead: i64,
}

/// `POST /dev/clock?ahead=3600000`: it is an hour later from now on. What is due meanwhile happens at once.
pub async fn put_ahead(request: HttpRequest, to: Query<Ahead>, state: Data<State>) -> HttpResponse {
    let app = &state.app;
    if app.config.production || !is_from_here(app, &request) {
        return HttpResponse::NotFound().finish();
    }
    app.clock.put_ahead(to.ahead);
    app.times_changed.notify_one();
    HttpResponse::Ok().content_type("text/plain").body(app.clock.now().utc().to_rfc3339())
}
