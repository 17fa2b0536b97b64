//! The page's one socket for subscriptions: the browser's half around the state machine in `socket`.

use super::failure::{Failure, read};
use super::socket::{Effect, Id, Machine};
use crate::browser;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// Milliseconds for which a fetch waits for the socket.
const SETTLE_MS: u32 = 1_000;

/// Milliseconds after which a subscription is tried again that the server could not take.
const RENEW_MS: u32 = 5_000;

/// Milliseconds between two looks at whether the server has said anything.
const LOOK_MS: u32 = 10_000;

/// Milliseconds that the server has to answer when the device woke up or its network changed.
const ANSWER_MS: u32 = 4_000;

type Listener = Rc<dyn Fn(&str)>;

/// Whether changes arrive now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Connecting,
    Live,
    /// It was live and is being made again.
    Lost,
    /// The server will not have this page, which is perhaps older than the server.
    Refused,
}

/// The socket, as a context: clones are the same socket.
#[derive(Clone)]
pub struct Live {
    inner: SendWrapper<Rc<Inner>>,
    connection: ArcRwSignal<Connection>,
    epoch: ArcRwSignal<u32>,
}

struct Inner {
    machine: RefCell<Machine>,
    socket: RefCell<Option<Open>>,
    listeners: RefCell<HashMap<Id, Listener>>,
    connection: ArcRwSignal<Connection>,
    epoch: ArcRwSignal<u32>,
    settling: RefCell<Vec<Waker>>,
    on_time: Box<dyn Fn(super::DateTime)>,
}

/// A socket with the closures it calls, which live exactly as long.
struct Open {
    socket: WebSocket,
    _open: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Acknowledgement {
    server_time: Option<super::DateTime>,
}

/// Ends its subscription when it is dropped.
#[must_use]
pub struct Subscription {
    live: Live,
    id: Id,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.live.inner.listeners.borrow_mut().remove(&self.id);
        let effects = self.live.inner.machine.borrow_mut().unsubscribe(self.id);
        self.live.inner.perform(effects);
    }
}

impl Live {
    /// Opens the socket; `on_time` hears the server's clock at each connection.
    pub fn open(on_time: impl Fn(super::DateTime) + 'static) -> Live {
        let connection = ArcRwSignal::new(Connection::Connecting);
        let epoch = ArcRwSignal::new(0);
        let inner = Rc::new(Inner {
            machine: RefCell::default(),
            socket: RefCell::default(),
            listeners: RefCell::default(),
            connection: connection.clone(),
            epoch: epoch.clone(),
            settling: RefCell::default(),
            on_time: Box::new(on_time),
        });
        inner.connect();
        inner.watch();
        Live { inner: SendWrapper::new(inner), connection, epoch }
    }

    pub fn connection(&self) -> Connection {
        self.connection.get()
    }

    /// Grows with each connection: what tracks it fetches again what may have been missed before.
    pub fn epoch(&self) -> u32 {
        self.epoch.get()
    }

    /// Waits until changes arrive, a second at the most: what is fetched then needs no second time.
    pub async fn settle(&self) {
        let mut patience = TimeoutFuture::new(SETTLE_MS);
        poll_fn(|context| {
            if self.connection.get_untracked() == Connection::Live {
                return Poll::Ready(());
            }
            self.inner.settling.borrow_mut().push(context.waker().clone());
            Pin::new(&mut patience).poll(context)
        })
        .await;
    }

    /// Opens a new connection because the login changed: the server knows a socket by the cookie it was opened with.
    pub fn renew(&self) {
        self.inner.machine.borrow_mut().revive();
        if let Some(open) = self.inner.socket.borrow_mut().take() {
            open.detach();
        }
        self.inner.connect();
    }

    /// Calls `on_change` with each result until the returned value is dropped.
    pub fn subscribe<Data, Variables>(
        &self,
        operation: &cynic::StreamingOperation<Data, Variables>,
        on_change: impl Fn(Result<Data, Failure>) + 'static,
    ) -> Subscription
    where
        Data: DeserializeOwned + 'static,
        cynic::StreamingOperation<Data, Variables>: serde::Serialize,
    {
        let operation = serde_json::to_string(operation).unwrap_or_default();
        let (id, effects) = self.inner.machine.borrow_mut().subscribe(operation);
        self.inner.listeners.borrow_mut().insert(id, Rc::new(move |body| on_change(read(body))));
        self.inner.perform(effects);
        Subscription { live: self.clone(), id }
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        let Ok(socket) = WebSocket::new_with_str(&address(), "graphql-transport-ws") else {
            let effects = self.machine.borrow_mut().closed(1006);
            self.perform(effects);
            return;
        };
        let inner = Rc::downgrade(self);
        let on_open = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = inner.upgrade() {
                let effects = inner.machine.borrow_mut().opened();
                inner.perform(effects);
            }
        });
        let inner = Rc::downgrade(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let (Some(inner), Some(text)) = (inner.upgrade(), event.data().as_string()) {
                let effects = inner.machine.borrow_mut().message(&text);
                inner.perform(effects);
            }
        });
        let inner = Rc::downgrade(self);
        let on_close = Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
            if let Some(inner) = inner.upgrade() {
                let effects = inner.machine.borrow_mut().closed(event.code());
                inner.perform(effects);
            }
        });
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        let open = Open { socket, _open: on_open, _message: on_message, _close: on_close };
        *self.socket.borrow_mut() = Some(open);
    }

    /// Looks again and again whether the server is there, and at once when the device wakes up or changes its network. As
    /// long as the page.
    fn watch(self: &Rc<Self>) {
        let inner = Rc::clone(self);
        gloo_timers::callback::Interval::new(LOOK_MS, move || {
            let effects = inner.machine.borrow_mut().look();
            inner.perform(effects);
        })
        .forget();
        let inner = Rc::clone(self);
        let wake = Closure::<dyn FnMut()>::new(move || {
            if browser::document().hidden() {
                return;
            }
            let effects = inner.machine.borrow_mut().ask();
            inner.perform(effects);
            let inner = Rc::clone(&inner);
            gloo_timers::callback::Timeout::new(ANSWER_MS, move || {
                let effects = inner.machine.borrow_mut().answer_is_due();
                inner.perform(effects);
            })
            .forget();
        })
        .into_js_value();
        // Listening fails for no reason that a page could mend.
        let _ = browser::window().add_event_listener_with_callback("online", wake.unchecked_ref());
        let _ = browser::document().add_event_listener_with_callback("visibilitychange", wake.unchecked_ref());
    }

    fn perform(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(text) => {
                    // A socket that is closing says so by its close event, which starts it over; sending into it would
                    // only leave an error in the browser's console.
                    if let Some(open) = &*self.socket.borrow()
                        && open.socket.ready_state() == WebSocket::OPEN
                    {
                        let _ = open.socket.send_with_str(&text);
                    }
                }
                Effect::Next(id, body) => self.tell(id, body.get()),
                Effect::Failed { id, operation, errors } => self.failed(id, operation, errors.get()),
                Effect::Completed(id) => {
                    self.listeners.borrow_mut().remove(&id);
                }
                Effect::Ready { payload } => self.ready(payload.as_deref()),
                Effect::Reconnect(wait) => self.reconnect_in(wait),
                Effect::Fatal(_) => self.connection.set(Connection::Refused),
                Effect::Abandon => {
                    if let Some(open) = self.socket.borrow_mut().take() {
                        open.detach();
                    }
                }
                Effect::Close(code) => {
                    if let Some(open) = &*self.socket.borrow() {
                        // Closing twice is not an error worth showing.
                        let _ = open.socket.close_with_code(code);
                    }
                }
            }
        }
    }

    fn tell(&self, id: Id, body: &str) {
        // Not borrowed while it runs: a listener may subscribe or unsubscribe.
        let listener = self.listeners.borrow().get(&id).cloned();
        if let Some(listener) = listener {
            listener(body);
        }
    }

    fn failed(self: &Rc<Self>, id: Id, operation: String, errors: &str) {
        let body = format!(r#"{{"errors":{errors}}}"#);
        if read::<serde::de::IgnoredAny>(&body).err().is_none_or(|failure| !failure.is_passing()) {
            let listener = self.listeners.borrow_mut().remove(&id);
            return listener.into_iter().for_each(|listener| listener(&body));
        }
        // The server is overloaded for a while: nobody need hear of it, if it goes on later.
        let inner = Rc::downgrade(self);
        gloo_timers::callback::Timeout::new(RENEW_MS, move || {
            let Some(inner) = inner.upgrade().filter(|inner| inner.listeners.borrow().contains_key(&id)) else {
                return;
            };
            let effects = inner.machine.borrow_mut().renew(id, operation);
            inner.perform(effects);
            // Something may have changed unheard.
            inner.epoch.update(|epoch| *epoch += 1);
        })
        .forget();
    }

    fn ready(&self, payload: Option<&serde_json::value::RawValue>) {
        let acknowledgement = payload.and_then(|payload| serde_json::from_str::<Acknowledgement>(payload.get()).ok());
        if let Some(time) = acknowledgement.and_then(|acknowledgement| acknowledgement.server_time) {
            (self.on_time)(time);
        }
        self.connection.set(Connection::Live);
        self.epoch.update(|epoch| *epoch += 1);
        self.settling.take().into_iter().for_each(Waker::wake);
    }

    fn reconnect_in(self: &Rc<Self>, wait: u32) {
        if self.connection.get_untracked() == Connection::Live {
            self.connection.set(Connection::Lost);
        }
        // Half to one and a half of it: everybody lost it at the same moment, and need not come back in one.
        let wait = wait / 2 + (f64::from(wait) * js_sys::Math::random()) as u32;
        let inner = Rc::downgrade(self);
        gloo_timers::callback::Timeout::new(wait, move || {
            let Some(inner) = inner.upgrade() else { return };
            // A renewed connection may have come first.
            let closed =
                inner.socket.borrow().as_ref().is_none_or(|open| open.socket.ready_state() == WebSocket::CLOSED);
            if closed && !inner.machine.borrow().is_over() {
                inner.connect();
            }
        })
        .forget();
    }
}

impl Open {
    /// Closes without a word to the state machine.
    fn detach(&self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing twice is not an error worth showing.
        let _ = self.socket.close();
    }
}

fn address() -> String {
    let location = browser::window().location();
    let scheme = if location.protocol().as_deref() == Ok("https:") { "wss" } else { "ws" };
    format!("{scheme}://{}/graphql/ws", location.host().unwrap_or_default())
}
