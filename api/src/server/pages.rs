//! The built pages: assets whose names hold their content, and one document for every other address.

use super::{State, preview};
use actix_files::NamedFile;
use actix_web::http::header::{self, CacheControl, CacheDirective, ContentEncoding, HeaderValue, TryIntoHeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use std::path::{Path, PathBuf};

/// Seconds in a year.
const FOR_EVER: u32 = 31_536_000;

/// Everything that is no route: an asset, or the document that shows any page.
pub async fn serve(request: HttpRequest, state: Data<State>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
    }
    let root = &state.app.config.web_dir;
    let path = request.path().trim_start_matches('/');
    if path == "graphiql" || path.starts_with("graphiql/") {
        return graphiql(&request, &state, path).await.unwrap_or_else(not_found);
    }
    let has_extension = Path::new(path).extension().is_some();
    if !has_extension {
        if let Some(document) = preview::document(&state, path).await {
            return HttpResponse::Ok()
                .content_type("text/html; charset=utf-8")
                .insert_header(CacheControl(vec![CacheDirective::NoCache]))
                .body(document);
        }
        return file(&request, &root.join("index.html"), false).await.unwrap_or_else(not_built);
    }
    match below(root, path) {
        Some(asset) => file(&request, &asset, path.starts_with("assets/")).await,
        None => None,
    }
    .unwrap_or_else(not_found)
}

/// The page for trying queries out, for developers (O1): production has none, and its editor makes styles by itself.
async fn graphiql(request: &HttpRequest, state: &State, path: &str) -> Option<HttpResponse> {
    if state.app.config.production {
        return None;
    }
    let path = if path == "graphiql" { "graphiql/index.html" } else { path };
    let mut response = file(request, &below(&state.app.config.web_dir, path)?, false).await?;
    let policy = HeaderValue::from_static(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
         worker-src 'self' blob:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'none'",
    );
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Some(response)
}

/// The file's place, if it stays below `root`.
fn below(root: &Path, path: &str) -> Option<PathBuf> {
    let plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\\'));
    plain.then(|| root.join(path))
}

async fn file(request: &HttpRequest, path: &Path, immutable: bool) -> Option<HttpResponse> {
    let brotli = PathBuf::from(format!("{}.br", path.display()));
    let compressed = accepts_brotli(request).then(|| NamedFile::open(&brotli).ok()).flatten();
    let mut opened = match compressed {
        Some(file) => {
            let media_type = mime(path);
            file.set_content_encoding(ContentEncoding::Brotli).set_content_type(media_type)
        }
        None => NamedFile::open(path).ok()?.set_content_type(mime(path)),
    };
    opened = opened.disable_content_disposition();
    let mut response = opened.into_response(request);
    let caching = if immutable {
        let directives = vec![
            CacheDirective::Public,
            CacheDirective::MaxAge(FOR_EVER),
            CacheDirective::Extension("immutable".into(), None),
        ];
        CacheControl(directives)
    } else {
        CacheControl(vec![CacheDirective::NoCache])
    };
    if let Ok(value) = caching.try_into_value() {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Some(response)
}

/// The media types of what the build makes. WebAssembly must have its own, or browsers compile it slowly.
fn mime(path: &Path) -> mime::Mime {
    let text = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("ttf") => "font/ttf",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    text.parse().unwrap_or(mime::APPLICATION_OCTET_STREAM)
}

fn accepts_brotli(request: &HttpRequest) -> bool {
    let header = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    header.is_some_and(|value| value.split(',').any(|part| part.trim().split(';').next() == Some("br")))
}

fn not_found() -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_FOUND).content_type("text/plain").body("not found")
}

fn not_built() -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .content_type("text/plain")
        .body("The pages are not built: run `make run`, or set WEB_DIR to the folder that has them.")
}
