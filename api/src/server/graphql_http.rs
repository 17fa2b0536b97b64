//! GraphQL over HTTP, to the letter of the specification of that name; the test runs its published audits.

use super::State;
use crate::app::App;
use crate::auth;
use crate::error::Error;
use crate::graphql::{Request as Asking, Via, guard};
use crate::limits;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, rt};
use async_graphql::parser::types::OperationType;
use async_graphql::{ErrorExtensionValues, Request, Response, ServerError, Variables};
use serde_json::{Map, Value};
use std::num::NonZeroU32;
use std::sync::Arc;

const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// `POST /graphql` with a JSON body.
pub async fn post(request: HttpRequest, body: Payload, state: Data<State>) -> HttpResponse {
    let Some(answer) = negotiate(&request) else { return not_acceptable() };
    if !is_json(&request) {
        return refuse(answer, StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8.");
    }
    let body = match body.to_bytes_limited(limits::BODY_BYTES).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return refuse(answer, StatusCode::BAD_REQUEST, "The body could not be read."),
        Err(_) => {
            let message = format!("The body is over {} bytes.", limits::BODY_BYTES);
            return refuse(answer, StatusCode::PAYLOAD_TOO_LARGE, &message);
        }
    };
    let parameters = match serde_json::from_slice(&body) {
        Ok(Value::Object(map)) => map,
        Ok(Value::Array(_)) => return refuse(answer, StatusCode::BAD_REQUEST, "Send one operation at a time."),
        Ok(_) => return refuse(answer, StatusCode::BAD_REQUEST, "The body must be a JSON object."),
        Err(error) => return refuse(answer, StatusCode::BAD_REQUEST, &format!("The body is no JSON: {error}.")),
    };
    execute(&request, &state, answer, parameters, Allowed::Everything).await
}

/// `GET /graphql?query=…`: queries only.
pub async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let Some(answer) = negotiate(&request) else { return not_acceptable() };
    let Ok(pairs) = serde_urlencoded::from_str::<Vec<(String, String)>>(request.query_string()) else {
        return refuse(answer, StatusCode::BAD_REQUEST, "The query string is malformed.");
    };
    let mut parameters = Map::new();
    for (name, value) in pairs {
        let value = match name.as_str() {
            "variables" | "extensions" => match serde_json::from_str(&value) {
                Ok(value) => value,
                Err(_) => return refuse(answer, StatusCode::BAD_REQUEST, &format!("{name} is no JSON.")),
            },
            _ => Value::String(value),
        };
        parameters.insert(name, value);
    }
    execute(&request, &state, answer, parameters, Allowed::Queries).await
}

pub async fn other_method() -> HttpResponse {
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, POST")).finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowed {
    Everything,
    Queries,
}

async fn execute(
    http: &HttpRequest,
    state: &State,
    answer: Answer,
    parameters: Map<String, Value>,
    allowed: Allowed,
) -> HttpResponse {
    let mut request = match read(parameters) {
        Ok(request) => request,
        Err(message) => return refuse(answer, StatusCode::BAD_REQUEST, &message),
    };
    let from = auth::address(&state.app, http);
    let caller = match auth::caller(&state.app, http).await {
        Ok(caller) => Arc::new(caller),
        Err(error) => return fail(answer, error),
    };
    let asking = Asking::new(&state.app, caller, from, Via::Http { https: auth::is_https(&state.app, http) });
    let operation = match admit(&state.app, &asking, &mut request) {
        Ok(operation @ (Some(OperationType::Query) | None)) => operation,
        Ok(operation) if allowed == Allowed::Everything => operation,
        Ok(_) => {
            let mut response = answer.start(StatusCode::METHOD_NOT_ALLOWED);
            return response.insert_header((header::ALLOW, "POST")).body(error_body("Use POST for this operation."));
        }
        Err(Refused::Document(error)) => return respond(answer, Response::from_errors(vec![error])),
        Err(Refused::Now(error)) => return fail(answer, error),
    };
    let (schema, request) = (state.schema.clone(), request.data(asking));
    let execution = async move { schema.execute(request).await };
    // A mutation goes on when its client is gone: what it changed must be announced.
    let response = match operation {
        Some(OperationType::Mutation) => match rt::spawn(execution).await {
            Ok(response) => response,
            Err(_panic) => return HttpResponse::InternalServerError().finish(),
        },
        _ => execution.await,
    };
    respond(answer, response)
}

/// The parameters of the GraphQL-over-HTTP specification, each of its type.
fn read(mut parameters: Map<String, Value>) -> Result<Request, String> {
    let query = match parameters.remove("query") {
        Some(Value::String(query)) => query,
        _ => return Err("query must be a string.".into()),
    };
    if query.len() > limits::QUERY_BYTES {
        return Err(format!("query is over {} bytes.", limits::QUERY_BYTES));
    }
    let mut request = Request::new(query);
    match parameters.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err("operationName must be a string.".into()),
    }
    match parameters.remove("variables") {
        None | Some(Value::Null) => {}
        Some(map @ Value::Object(_)) => request = request.variables(Variables::from_json(map)),
        Some(_) => return Err("variables must be an object.".into()),
    }
    match parameters.remove("extensions") {
        None | Some(Value::Null | Value::Object(_)) => {}
        Some(_) => return Err("extensions must be an object.".into()),
    }
    Ok(request)
}

/// Why an operation does not run.
pub(super) enum Refused {
    /// It asks for too much, or lacks a variable.
    Document(ServerError),
    /// Not now.
    Now(Error),
}

impl Refused {
    pub(super) fn into_error(self) -> ServerError {
        match self {
            Self::Document(error) => error,
            Self::Now(error) => server_error(error),
        }
    }
}

/// Counts what the document asks for against the limits and rates, before anything runs; HTTP and sockets alike. Gives
/// the kind of operation; nothing when the document does not parse, which the execution then says.
pub(super) fn admit(app: &App, asking: &Asking, request: &mut Request) -> Result<Option<OperationType>, Refused> {
    let (name, variables) = (request.operation_name.clone(), request.variables.clone());
    let Ok(document) = request.parsed_query() else { return Ok(None) };
    let checked = guard::count(document, name.as_deref())
        .and_then(|counted| guard::require_variables(document, name.as_deref(), &variables).map(|()| counted));
    let counted = checked.map_err(|message| {
        let mut error = ServerError::new(message, None);
        error.extensions = Some(code("GRAPHQL_INVALID"));
        Refused::Document(error)
    })?;
    if let (Some(OperationType::Mutation), Some(count)) = (counted.operation, NonZeroU32::new(counted.roots as u32)) {
        let who = asking.caller().account.as_ref().map(|account| account.id.to_string()).unwrap_or_default();
        app.rates.write(&who, asking.from, count).map_err(Refused::Now)?;
    }
    Ok(counted.operation)
}

fn server_error(error: Error) -> ServerError {
    async_graphql::Error::from(error).into_server_error(async_graphql::Pos::default())
}

fn code(code: &str) -> ErrorExtensionValues {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions
}

/// Errors that async-graphql itself makes get a code too.
pub(super) fn with_codes(mut response: Response) -> Response {
    for error in &mut response.errors {
        error.extensions.get_or_insert_with(|| code("GRAPHQL_INVALID"));
    }
    response
}

/// Whether nothing ran: the document did not parse, validate or get its variables.
pub(super) fn is_request_error(response: &Response) -> bool {
    response.data == async_graphql::Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// Nothing ran, for a reason that is not the client's: busy, or too often.
fn fail(answer: Answer, error: Error) -> HttpResponse {
    let status = match (answer, &error) {
        (Answer::Json, _) => StatusCode::OK,
        (Answer::GraphqlResponse, Error::RateLimited { .. }) => StatusCode::TOO_MANY_REQUESTS,
        (Answer::GraphqlResponse, Error::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        (Answer::GraphqlResponse, _) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    answer.start(status).json(serde_json::json!({ "errors": [server_error(error)] }))
}

fn respond(answer: Answer, response: Response) -> HttpResponse {
    let response = with_codes(response);
    let request_error = is_request_error(&response);
    let status = match answer {
        Answer::GraphqlResponse if request_error => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut http = answer.start(status);
    for (name, value) in &response.http_headers {
        http.append_header((name.as_str(), value.as_bytes()));
    }
    let body = if request_error {
        serde_json::to_vec(&serde_json::json!({ "errors": response.errors }))
    } else {
        serde_json::to_vec(&response)
    };
    match body {
        Ok(body) => http.body(body),
        Err(error) => {
            tracing::error!(%error, "a response could not be serialised");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// The media type of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    GraphqlResponse,
    Json,
}

impl Answer {
    fn start(self, status: StatusCode) -> HttpResponseBuilder {
        let media_type = match self {
            Self::GraphqlResponse => GRAPHQL_RESPONSE,
            Self::Json => JSON,
        };
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CONTENT_TYPE, format!("{media_type}; charset=utf-8")));
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response
    }
}

fn refuse(answer: Answer, status: StatusCode, message: &str) -> HttpResponse {
    answer.start(status).body(error_body(message))
}

fn error_body(message: &str) -> String {
    serde_json::json!({ "errors": [{ "message": message, "extensions": { "code": "GRAPHQL_INVALID" } }] }).to_string()
}

fn not_acceptable() -> HttpResponse {
    HttpResponse::NotAcceptable().body(format!("Accept {GRAPHQL_RESPONSE} or {JSON}."))
}

fn is_json(request: &HttpRequest) -> bool {
    let Some(value) = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some(JSON)
        && parts.all(|part| part.strip_prefix("charset=").is_none_or(|charset| charset.trim_matches('"') == "utf-8"))
}

fn negotiate(request: &HttpRequest) -> Option<Answer> {
    let values: Vec<&str> = request.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    accepted(&values.join(","))
}

/// The best answer for an `Accept` header: the highest `q`, the first of equals.
fn accepted(header: &str) -> Option<Answer> {
    if header.trim().is_empty() {
        return Some(Answer::Json);
    }
    let mut best: Option<(f32, Answer)> = None;
    for entry in header.split(',') {
        let mut parts = entry.split(';').map(|part| part.trim().to_ascii_lowercase());
        let answer = match parts.next().as_deref() {
            Some(GRAPHQL_RESPONSE) => Answer::GraphqlResponse,
            Some(JSON | "*/*" | "application/*") => Answer::Json,
            _ => continue,
        };
        let mut weight = 1.0_f32;
        let mut readable = true;
        for part in parts {
            if let Some(q) = part.strip_prefix("q=") {
                weight = q.parse().unwrap_or(0.0);
            } else if let Some(charset) = part.strip_prefix("charset=") {
                readable = charset.trim_matches('"') == "utf-8";
            }
        }
        if readable && weight > 0.0 && best.is_none_or(|(other, _)| weight > other) {
            best = Some((weight, answer));
        }
    }
    best.map(|(_, answer)| answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accept_header_is_weighed() {
        let table = [
            ("", Some(Answer::Json)),
            ("*/*", Some(Answer::Json)),
            ("application/graphql-response+json", Some(Answer::GraphqlResponse)),
            ("application/json;q=0.5, application/graphql-response+json", Some(Answer::GraphqlResponse)),
            ("application/graphql-response+json; charset=utf-8, application/json", Some(Answer::GraphqlResponse)),
            ("application/json; charset=iso-8859-1", None),
            ("text/html", None),
            ("application/json;q=0", None),
        ];
        for (header, answer) in table {
            assert_eq!(accepted(header), answer, "{header}");
        }
    }
}
