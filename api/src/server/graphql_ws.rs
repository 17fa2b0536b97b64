//! GraphQL over WebSocket: the graphql-transport-ws protocol, with its close codes.
//!
//! One task per socket reads frames and writes what its operations put into one bounded channel. A reader that is too
//! slow fills the channel, its subscriptions fall behind, and its socket is closed: the client starts over, nothing is
//! skipped silently.

use super::State;
use super::graphql_http::{admit, is_request_error, with_codes};
use crate::access::Caller;
use crate::auth;
use crate::feed::{self, Change, Topic};
use crate::graphql::{Asked, Lagged, Request as Asking, Via};
use crate::limits;
use crate::ops;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, rt};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, Session};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Variables};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval, sleep_until, timeout};

const PROTOCOL: &str = "graphql-transport-ws";

/// Between two pings of ours; silence for three times that ends the socket.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A frame that cannot be written for so long ends the socket.
const WRITE: Duration = Duration::from_secs(20);

/// What a client sends.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum In {
    ConnectionInit {},
    Subscribe { id: String, payload: Subscribe },
    Complete { id: String },
    Ping { payload: Option<Value> },
    Pong {},
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscribe {
    query: String,
    operation_name: Option<String>,
    variables: Option<serde_json::Map<String, Value>>,
}

impl Subscribe {
    fn asked(&self) -> Asked {
        let (name, variables) = (self.operation_name.as_deref().unwrap_or_default(), json(&self.variables));
        Asked(format!("{name}\0{variables}\0{}", self.query).into())
    }
}

/// What an operation of the socket hands over to be written.
enum Out {
    Frame(Frame),
    /// The last frame of its operation.
    Last(Frame),
    Lagged,
}

/// A frame of the operation `id` that was started as number `number`: another one may have the id by now.
struct Frame {
    id: String,
    number: u64,
    text: String,
    /// Its part of what may wait for a slow reader.
    _room: OwnedSemaphorePermit,
}

/// Why the socket ends: the close code and its reason, which must be short.
type End = (u16, String);

/// `GET /graphql/ws`
pub async fn open(request: HttpRequest, body: Payload, state: Data<State>) -> actix_web::Result<HttpResponse> {
    let own_page = auth::is_own_page(&state.app, &request);
    let Ok(caller) = auth::caller(&state.app, &request).await else {
        return Ok(HttpResponse::ServiceUnavailable().finish());
    };
    // Listening before asking again: a sign-in that ends, or rights that change, in between are then heard.
    let account = caller.account.as_ref().map(|account| state.app.feed.subscribe(Topic::Account(account.id)));
    let Ok(caller) = ops::account::renewed(&state.app, &caller).await else {
        return Ok(HttpResponse::ServiceUnavailable().finish());
    };
    let from = auth::address(&state.app, &request);
    // A client is told in the protocol's own way that it speaks another one: that takes an open socket, which browsers
    // give only for a subprotocol that they asked for.
    let offered = offered(&request);
    let speaks = offered.iter().any(|name| name == PROTOCOL);
    let answer = if speaks { PROTOCOL } else { offered.first().map_or(PROTOCOL, String::as_str) };
    let (response, session, stream) = actix_ws::handle_with_protocols(&request, body, &[answer])?;
    let stream =
        stream.max_frame_size(limits::FRAME_BYTES).aggregate_continuations().max_continuation_size(limits::FRAME_BYTES);
    rt::spawn(async move {
        if !speaks {
            return close(session, (4406, "Subprotocol not acceptable".into())).await;
        }
        // Browsers send cookies along whichever page opens the socket.
        if !own_page {
            return close(session, (4403, "Forbidden".into())).await;
        }
        let (out, operations) = mpsc::channel(limits::FRAMES_WAITING);
        let socket = Socket {
            state,
            caller: Arc::new(caller),
            from,
            account,
            out,
            room: Arc::new(Semaphore::new(limits::BYTES_WAITING as usize)),
            running: HashMap::new(),
            started: 0,
            acknowledged: false,
        };
        metrics::gauge!("graphql_sockets").increment(1.0);
        if let Some(end) = socket.run(session.clone(), stream, operations).await {
            close(session, end).await;
        }
        metrics::gauge!("graphql_sockets").decrement(1.0);
    });
    Ok(response)
}

/// The subprotocols that the client offers, in its order.
fn offered(request: &HttpRequest) -> Vec<String> {
    let headers = request.headers().get_all("sec-websocket-protocol");
    let names = headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

async fn close(session: Session, (code, reason): End) {
    let reason = CloseReason { code: CloseCode::Other(code), description: Some(reason) };
    let _ = timeout(WRITE, session.close(Some(reason))).await;
}

struct Socket {
    state: Data<State>,
    caller: Arc<Caller>,
    from: IpAddr,
    /// Changes of the caller's account; strangers have none.
    account: Option<Receiver<Change>>,
    out: mpsc::Sender<Out>,
    room: Arc<Semaphore>,
    /// By id: the operation's number, and how to end it. Mutations run to their end, also when nobody waits for it.
    running: HashMap<String, (u64, Option<JoinHandle<()>>)>,
    /// Operations started so far: tells two with the same id apart.
    started: u64,
    acknowledged: bool,
}

impl Socket {
    /// Until the client goes, or until there is a reason to close.
    async fn run(
        mut self,
        mut session: Session,
        mut stream: AggregatedMessageStream,
        mut operations: mpsc::Receiver<Out>,
    ) -> Option<End> {
        let mut stopping = self.state.stopping.clone();
        let init_by = Instant::now() + Duration::from_secs(limits::INIT_SECONDS);
        let mut heartbeat = interval(HEARTBEAT);
        let mut heard = Instant::now();
        loop {
            let frame = tokio::select! {
                message = stream.recv() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(AggregatedMessage::Text(text))) => match self.read(&text).await {
                            Ok(frame) => frame,
                            Err(end) => return Some(end),
                        },
                        Some(Ok(AggregatedMessage::Ping(bytes))) => {
                            timeout(WRITE, session.pong(&bytes)).await.ok()?.ok()?;
                            None
                        }
                        Some(Ok(AggregatedMessage::Pong(_))) => None,
                        Some(Ok(AggregatedMessage::Binary(_))) => return Some((4400, "Send text frames.".into())),
                        Some(Err(_)) => return Some((4400, "The frame is malformed or too large.".into())),
                        Some(Ok(AggregatedMessage::Close(_))) | None => return None,
                    }
                },
                out = operations.recv() => match out? {
                    Out::Frame(frame) => self.runs(&frame).then_some(frame.text),
                    Out::Last(frame) => {
                        let runs = self.runs(&frame);
                        if runs {
                            self.running.remove(&frame.id);
                        }
                        runs.then_some(frame.text)
                    }
                    Out::Lagged => return Some((1013, "Reading too slowly: start over.".into())),
                },
                change = feed::next(&mut self.account) => {
                    if let Err(end) = self.account_changed(change).await {
                        return Some(end);
                    }
                    None
                }
                _ = stopping.wait_for(|stopping| *stopping) => {
                    return Some((1001, "The server stops.".into()));
                }
                _ = heartbeat.tick() => {
                    if heard.elapsed() > HEARTBEAT * 3 {
                        return None;
                    }
                    timeout(WRITE, session.ping(b"")).await.ok()?.ok()?;
                    None
                }
                () = sleep_until(init_by), if !self.acknowledged => {
                    return Some((4408, "Connection initialisation timeout".into()));
                }
            };
            if let Some(frame) = frame {
                timeout(WRITE, session.text(frame)).await.ok()?.ok()?;
            }
        }
    }

    /// Handles one frame; gives what to answer at once.
    async fn read(&mut self, text: &str) -> Result<Option<String>, End> {
        let message: In = serde_json::from_str(text).map_err(|error| (4400, short(&error.to_string())))?;
        match message {
            In::ConnectionInit {} if self.acknowledged => Err((4429, "Too many initialisation requests".into())),
            In::ConnectionInit {} => {
                self.acknowledged = true;
                let time = self.state.app.clock.now().utc().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
                Ok(Some(format!(r#"{{"type":"connection_ack","payload":{{"serverTime":"{time}"}}}}"#)))
            }
            In::Ping { payload: None } => Ok(Some(r#"{"type":"pong"}"#.into())),
            In::Ping { payload: Some(payload) } => Ok(Some(format!(r#"{{"type":"pong","payload":{payload}}}"#))),
            In::Pong {} => Ok(None),
            In::Complete { id } => {
                if let Some((_, Some(task))) = self.running.remove(&id) {
                    task.abort();
                }
                Ok(None)
            }
            In::Subscribe { .. } if !self.acknowledged => Err((4401, "Unauthorized".into())),
            In::Subscribe { id, .. } if id.chars().count() > limits::OPERATION_ID => {
                Err((4400, format!("An id has {} characters at the most", limits::OPERATION_ID)))
            }
            In::Subscribe { id, .. } if self.running.contains_key(&id) => {
                Err((4409, short(&format!("Subscriber for {id} already exists"))))
            }
            In::Subscribe { id, payload } => Ok(self.start(id, payload)),
        }
    }

    /// Starts an operation; gives the error when it may not run.
    fn start(&mut self, id: String, payload: Subscribe) -> Option<String> {
        if payload.query.len() > limits::QUERY_BYTES {
            return Some(error_frame(&id, "query is too long."));
        }
        if self.running.len() >= limits::OPERATIONS_PER_SOCKET {
            let message = format!("A socket runs {} operations at once.", limits::OPERATIONS_PER_SOCKET);
            return Some(error_frame(&id, &message));
        }
        let asked = payload.asked();
        let mut request = Request::new(payload.query);
        if let Some(name) = payload.operation_name {
            request = request.operation_name(name);
        }
        if let Some(variables) = payload.variables {
            request = request.variables(Variables::from_json(Value::Object(variables)));
        }
        let app = &self.state.app;
        let asking = Asking::new(app, Arc::clone(&self.caller), self.from, Via::Socket);
        let kind = match admit(app, &asking, &mut request) {
            Ok(kind) => kind,
            Err(refused) => {
                let errors = json(&[refused.into_error()]);
                return Some(format!(r#"{{"type":"error","id":{},"payload":{errors}}}"#, json(&id)));
            }
        };
        self.started += 1;
        let operation =
            Operation { id: id.clone(), number: self.started, out: self.out.clone(), room: Arc::clone(&self.room) };
        let task = rt::spawn(operation.run(self.state.schema.clone(), request.data(asked), asking));
        let ends_with_socket = kind != Some(OperationType::Mutation);
        self.running.insert(id, (self.started, ends_with_socket.then_some(task)));
        None
    }

    /// Whether the frame's operation is the one that has its id now.
    fn runs(&self, frame: &Frame) -> bool {
        self.running.get(&frame.id).is_some_and(|(number, _)| *number == frame.number)
    }

    /// Keeps the caller as they stand now, or says why the socket ends.
    async fn account_changed(&mut self, change: Result<Change, RecvError>) -> Result<(), End> {
        let ended = || (4403, "The sign-in has ended.".into());
        match change {
            Ok(Change::LoginEnded(login)) if self.caller.login == Some(login) => Err(ended()),
            Ok(Change::Standing) => {
                let renewed = ops::account::renewed(&self.state.app, &self.caller).await;
                let renewed = renewed.map_err(|_error| (1013, "Try again.".to_owned()))?;
                if renewed.account.is_none() {
                    return Err(ended());
                }
                self.caller = Arc::new(renewed);
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(_) => Err((1013, "Start over.".into())),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        for task in self.running.values().filter_map(|(_, task)| task.as_ref()) {
            task.abort();
        }
    }
}

/// One operation of a socket.
struct Operation {
    id: String,
    number: u64,
    out: mpsc::Sender<Out>,
    room: Arc<Semaphore>,
}

impl Operation {
    /// To its end: `next` for each response, `error` when nothing ran, `complete` at the end.
    async fn run(self, schema: crate::graphql::Schema, request: Request, asking: Asking) {
        let lagged = Lagged::default();
        let mut responses = schema.execute_stream(request.data(asking).data(lagged.clone()));
        let id = json(&self.id);
        let mut last = format!(r#"{{"type":"complete","id":{id}}}"#);
        while let Some(response) = responses.next().await {
            let response = with_codes(response);
            if is_request_error(&response) {
                last = format!(r#"{{"type":"error","id":{id},"payload":{}}}"#, json(&response.errors));
                break;
            }
            let text = format!(r#"{{"type":"next","id":{id},"payload":{}}}"#, json(&response));
            let Some(frame) = self.frame(text).await else { return };
            if self.out.send(Out::Frame(frame)).await.is_err() {
                return;
            }
        }
        let end =
            if lagged.0.load(Ordering::Relaxed) { Some(Out::Lagged) } else { self.frame(last).await.map(Out::Last) };
        if let Some(end) = end {
            let _ = self.out.send(end).await;
        }
    }

    /// Waits until there is room for the frame.
    async fn frame(&self, text: String) -> Option<Frame> {
        let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX).min(limits::BYTES_WAITING);
        let room = Arc::clone(&self.room).acquire_many_owned(bytes).await.ok()?;
        Some(Frame { id: self.id.clone(), number: self.number, text, _room: room })
    }
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| {
        tracing::error!(%error, "a frame could not be serialised");
        "null".into()
    })
}

fn error_frame(id: &str, message: &str) -> String {
    let errors = serde_json::json!([{ "message": message, "extensions": { "code": "GRAPHQL_INVALID" } }]);
    format!(r#"{{"type":"error","id":{},"payload":{errors}}}"#, json(id))
}

/// A close frame holds 123 bytes of reason.
fn short(reason: &str) -> String {
    reason[..reason.floor_char_boundary(123)].to_owned()
}
