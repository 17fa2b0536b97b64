//! The HTTP server of a media node: the signalling socket, health and metrics.

use crate::config::Config;
use crate::signalling::{Node, serve};
use crate::tls;
use actix_web::dev::Server;
use actix_web::web::{Data, Payload};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt, web};
use metrics_exporter_prometheus::PrometheusHandle;
use protocol::signalling::MAX_FRAME_BYTES;
use std::net::TcpListener;
use std::sync::Arc;

/// What every route can reach.
pub struct State {
    pub node: Arc<Node>,
    pub metrics: PrometheusHandle,
}

/// The server on a listener that is bound already, not started yet.
pub fn start(config: &Config, listener: TcpListener, state: Data<State>) -> Result<Server, String> {
    let tls = config.tls.as_ref().map(tls::server).transpose()?;
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .route("/signalling", web::get().to(signalling))
            .route("/healthz", web::get().to(|| async { HttpResponse::Ok().body("ok") }))
            .route("/metrics", web::get().to(metrics_page))
    })
    .shutdown_timeout(2)
    .disable_signals();
    let bound = match tls {
        Some(tls) => server.listen_rustls_0_23(listener, tls),
        None => server.listen(listener),
    };
    Ok(bound.map_err(|error| format!("cannot serve: {error}"))?.run())
}

/// `GET /signalling`: the pass in the first message says who it is, so any page may open it.
async fn signalling(request: HttpRequest, body: Payload, state: Data<State>) -> actix_web::Result<HttpResponse> {
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream =
        stream.max_frame_size(MAX_FRAME_BYTES).aggregate_continuations().max_continuation_size(MAX_FRAME_BYTES);
    rt::spawn(serve(Arc::clone(&state.node), session, stream));
    Ok(response)
}

/// Prometheus text, on this machine only.
async fn metrics_page(request: HttpRequest, state: Data<State>) -> HttpResponse {
    if request.peer_addr().is_some_and(|peer| peer.ip().is_loopback()) {
        HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(state.metrics.render())
    } else {
        HttpResponse::NotFound().finish()
    }
}
