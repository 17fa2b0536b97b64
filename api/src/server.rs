//! The HTTP server: its routes and what belongs to every answer.

mod calendar;
#[cfg(debug_assertions)]
mod dev_clock;
mod dev_mail;
mod files;
mod graphql_http;
mod graphql_ws;
mod media_link;
mod own_data;
mod pages;
mod people;
mod pictures;
mod preview;
mod recordings;
mod segments;
mod sessions;

use crate::app::App;
use crate::auth;
use crate::config::Tls;
use crate::graphql::{self, Schema};
use crate::rich_text::VIDEO_HOSTS;
use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App as ActixApp, HttpRequest, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::PrometheusHandle;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What every route can reach.
pub struct State {
    pub app: Arc<App>,
    pub schema: Schema,
    pub metrics: PrometheusHandle,
    /// True once the server is about to stop: what stays open ends then.
    pub stopping: watch::Receiver<bool>,
}

impl State {
    pub fn new(app: Arc<App>, metrics: PrometheusHandle, stopping: watch::Receiver<bool>) -> Self {
        Self { schema: graphql::schema(Arc::clone(&app)), app, metrics, stopping }
    }
}

/// The server on a listener that is bound already, not started yet.
pub fn start(state: Data<State>, listener: TcpListener) -> Result<actix_web::dev::Server, String> {
    let tls = state.app.config.tls.as_ref().map(tls_config).transpose()?;
    let server =
        HttpServer::new(move || ActixApp::new().wrap(security_headers()).app_data(state.clone()).configure(routes))
            // Longer than proxies keep theirs, or they send requests into connections that this end is closing.
            .keep_alive(Duration::from_secs(75))
            .shutdown_timeout(5)
            .disable_signals();
    let bound = match tls {
        Some(tls) => server.listen_rustls_0_23(listener, tls),
        None => server.listen(listener),
    };
    Ok(bound.map_err(|error| format!("cannot serve: {error}"))?.run())
}

fn routes(routes: &mut ServiceConfig) {
    #[cfg(debug_assertions)]
    routes.route("/dev/clock", web::post().to(dev_clock::put_ahead));
    routes
        .route("/graphql", web::post().to(graphql_http::post))
        .route("/graphql", web::get().to(graphql_http::get))
        .route("/graphql", web::to(graphql_http::other_method))
        .route("/graphql/ws", web::get().to(graphql_ws::open))
        .route("/events/{id}/people.csv", web::get().to(people::export))
        .route("/events/{id}/people.csv", web::post().to(people::import))
        .route("/events/{id}/segments.csv", web::get().to(segments::export))
        .route("/events/{id}/segments.csv", web::post().to(segments::import))
        .route("/e/{slug}/segments/{id}.ics", web::get().to(calendar::segment))
        .route("/e/{slug}/sessions/{id}.ics", web::get().to(calendar::session))
        .route("/feeds/{token}.ics", web::get().to(calendar::feed))
        .route("/events/{id}/pictures", web::post().to(pictures::upload_to_event))
        .route("/account/data.json", web::get().to(own_data::export))
        .route("/pictures", web::post().to(pictures::upload_own))
        .route("/pictures/{id}/{variant}", web::get().to(pictures::show))
        .route("/events/{id}/sessions.csv", web::get().to(sessions::export))
        .route("/events/{id}/sessions.csv", web::post().to(sessions::import))
        .route("/media/link", web::get().to(media_link::open))
        .route("/media/recordings/{id}", web::put().to(recordings::receive))
        .route("/recordings/{id}.mp4", web::get().to(recordings::show))
        .route("/recordings/{id}.mp4", web::head().to(recordings::show))
        .route("/dev/mail", web::get().to(dev_mail::list))
        .route("/dev/mail/{id}", web::get().to(dev_mail::one))
        .route("/healthz", web::get().to(healthz))
        .route("/metrics", web::get().to(metrics_page))
        .default_service(web::to(pages::serve));
}

/// The two scripts with which a page moves YouTube's player in its frame (J1): the one that pages ask for, and the one that this
/// fetches, whose folder has nothing else. By their paths, since other addresses of that host answer with what the asker likes. Pages
/// ask for them only when a video is shared.
const PLAYER_SCRIPTS: &str = "https://www.youtube.com/iframe_api https://www.youtube.com/s/player/";

/// Scripts and styles only from here, and what moves a shared video; frames only of the players that rich text may embed: nothing that somebody typed can run in another person's browser.
fn security_headers() -> DefaultHeaders {
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {PLAYER_SCRIPTS}; style-src 'self'; img-src 'self' data: blob:; \
         media-src 'self' blob:; frame-src {}; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
        VIDEO_HOSTS.join(" ")
    );
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, policy))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "same-origin"))
        .add(("permissions-policy", "camera=(self), microphone=(self), display-capture=(self)"))
}

/// Whether this process answers and its database does.
async fn healthz(state: Data<State>) -> HttpResponse {
    match crate::ops::account::needs_set_up(&state.app).await {
        Ok(_) => HttpResponse::Ok().content_type("text/plain").body("ok"),
        Err(_) => HttpResponse::ServiceUnavailable().content_type("text/plain").body("no database"),
    }
}

/// Prometheus text: on this machine, or with `METRICS_TOKEN` as bearer.
async fn metrics_page(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let allowed = match &state.app.config.metrics_token {
        Some(token) => bearer(&request).is_some_and(|given| is_same_secret(given, token)),
        None => is_from_here(&state.app, &request),
    };
    if !allowed {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(state.metrics.render())
}

/// Whether this machine asks. A proxy on it that is not trusted would make everybody look like that.
fn is_from_here(app: &App, request: &HttpRequest) -> bool {
    !request.headers().contains_key("x-forwarded-for") && auth::address(app, request).is_loopback()
}

/// The token of an `Authorization: Bearer` header.
fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Compares digests, so that the time says nothing about where they differ.
fn is_same_secret(given: &str, expected: &str) -> bool {
    protocol::pass::digest(given) == protocol::pass::digest(expected)
}

/// The digest of the certificate that browsers, and media, are shown.
pub fn certificate_digest(files: &Tls) -> Result<String, String> {
    let first = certificates(files)?.into_iter().next().ok_or("TLS_CERT has no certificate")?;
    Ok(protocol::pass::digest_of_certificate(&first))
}

fn certificates(files: &Tls) -> Result<Vec<CertificateDer<'static>>, String> {
    CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect)
        .map_err(|error| format!("TLS_CERT {}: {error}", files.cert.display()))
}

fn tls_config(files: &Tls) -> Result<ServerConfig, String> {
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| format!("TLS_KEY {}: {error}", files.key.display()))?;
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS: {error}"))?
        .with_no_client_auth()
        .with_single_cert(certificates(files)?, key)
        .map_err(|error| format!("TLS_CERT and TLS_KEY: {error}"))
}
