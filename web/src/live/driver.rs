//! Carries out what the signalling decides: socket, timers, passes and the media layer, for one session's page.

use super::engine::{Command, Event};
use super::machine::{Attempt, Effect, Grant, Input, Machine, Timer};
use super::pass;
use super::shim::{self, Capture, CaptureProblem, DeviceKind, Engine, Listener};
use super::socket::{ABNORMAL, Heard, Socket};
use crate::state::room::{Announcement, Notice, Room};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use litemap::LiteMap;
use protocol::room::Source;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::HtmlVideoElement;

/// Milliseconds for which a pass that was asked for ahead is used; the server's own limit is two minutes.
const PREPARED_MS: u32 = 60_000;

/// Something the page says once.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    Notice(Notice),
    /// For the live region (H8).
    Aloud(Announcement),
}

/// One room and this tab's way into it, as a context. Everything of it ends with the page it was made in.
#[derive(Clone, Copy)]
pub struct Call {
    pub room: RwSignal<Room>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

/// A pass that is asked for before the person presses the button.
#[derive(Default)]
enum Prepared {
    #[default]
    Nothing,
    /// On its way with this number; for this attempt, if one is waiting already.
    Asking(u32, Option<Attempt>),
    /// Here, with the end of its use.
    Ready { grant: Grant, _until: Timeout },
}

struct Inner {
    session: String,
    room: RwSignal<Room>,
    on_word: Box<dyn Fn(Word)>,
    machine: RefCell<Machine>,
    engine: Engine,
    _on_event: Closure<dyn FnMut(String)>,
    socket: RefCell<Option<Socket>>,
    prepared: RefCell<Prepared>,
    /// How many passes were asked for.
    asked: Cell<u32>,
    timers: RefCell<LiteMap<Timer, Timeout>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Call {
    /// For the session with this id, as the api writes it. Nothing is connected and no device is opened yet.
    pub fn new(session: String, on_word: impl Fn(Word) + 'static) -> Self {
        let room = RwSignal::new(Room::default());
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| {
            let weak = inner.clone();
            let on_event = Closure::<dyn FnMut(String)>::new(move |json: String| {
                if let (Some(inner), Ok(event)) = (weak.upgrade(), serde_json::from_str::<Event>(&json)) {
                    inner.feed(Input::Engine(event));
                }
            });
            let tab = format!("{:08x}{:08x}", shim::random_number(), shim::random_number());
            Inner {
                session,
                room,
                on_word: Box::new(on_word),
                machine: RefCell::new(Machine::new(tab, shim::random_number())),
                engine: Engine::new(on_event.as_ref().unchecked_ref()),
                _on_event: on_event,
                socket: RefCell::default(),
                prepared: RefCell::default(),
                asked: Cell::new(0),
                timers: RefCell::default(),
                listeners: RefCell::default(),
            }
        });
        let weak = Rc::downgrade(&inner);
        let network = shim::on_network_changed(move || {
            if let Some(inner) = weak.upgrade() {
                inner.feed(Input::NetworkChanged);
            }
        });
        let weak = Rc::downgrade(&inner);
        let awake = shim::on_awake(move || {
            if let Some(inner) = weak.upgrade() {
                inner.feed(Input::Awake);
            }
        });
        let weak = Rc::downgrade(&inner);
        let left = shim::on_page_left(move || {
            if let Some(inner) = weak.upgrade() {
                inner.feed(Input::Leave);
            }
        });
        *inner.listeners.borrow_mut() = vec![network, awake, left];
        let call = Self { room, inner: StoredValue::new_local(inner) };
        on_cleanup(move || {
            let Some(inner) = call.inner.try_get_value() else { return };
            inner.feed(Input::Leave);
            inner.engine.close();
        });
        call
    }

    /// The person is about to enter: asks for the pass ahead, which saves a round trip.
    pub fn prepare(self) {
        self.with(Inner::prepare);
    }

    pub fn enter(self) {
        self.feed(Input::Enter);
    }

    pub fn leave(self) {
        self.feed(Input::Leave);
    }

    /// The session is there again: who was told that it is not stands before it once more.
    pub fn found_again(self) {
        self.room.try_update(|room| room.found_again());
    }

    /// The person was told that they may go on screen, and will not now.
    pub fn not_now(self) {
        self.room.try_update(|room| room.grant_seen());
    }

    pub fn share(self, sources: Vec<Source>) {
        self.feed(Input::Share(sources));
    }

    pub fn stop_sharing(self, sources: Vec<Source>) {
        self.feed(Input::StopSharing(sources));
    }

    /// Asks the person for a device; it is captured from then on, and sent only after `share`.
    pub async fn open(self, source: Source) -> Result<Vec<Source>, CaptureProblem> {
        // The call may be gone while the person still thinks about the browser's question.
        let Some(inner) = self.inner.try_get_value() else { return Err(CaptureProblem::Cancelled) };
        match inner.engine.open(source).await {
            Capture::Sources(sources) => Ok(sources),
            Capture::Problem(problem) => Err(problem),
        }
    }

    /// Switches a device off that is not being sent.
    pub fn close_device(self, source: Source) {
        self.with(|inner| inner.engine.run(&Command::CloseCapture { source }));
    }

    pub async fn choose(self, kind: DeviceKind, device: String) -> Result<(), CaptureProblem> {
        let Some(inner) = self.inner.try_get_value() else { return Err(CaptureProblem::Cancelled) };
        match inner.engine.choose(kind, &device).await {
            Capture::Sources(_) => Ok(()),
            Capture::Problem(problem) => Err(problem),
        }
    }

    /// Mutes at once; a camera that comes back asks for its device again.
    pub async fn set_muted(self, source: Source, muted: bool) -> Result<(), CaptureProblem> {
        if !muted && source == Source::Camera {
            self.open(source).await?;
        }
        self.feed(Input::SetMuted { source, muted });
        Ok(())
    }

    pub fn attach(self, video: &HtmlVideoElement, key: &str) {
        self.with(|inner| inner.engine.attach(video, key));
    }

    pub fn detach(self, video: &HtmlVideoElement) {
        self.with(|inner| inner.engine.detach(video));
    }

    /// How loud the own microphone is, 0 to 1.
    pub fn level(self) -> f64 {
        self.inner.try_get_value().map_or(0.0, |inner| inner.engine.level())
    }

    pub fn unblock_sound(self) {
        self.with(|inner| inner.engine.unblock_sound());
    }

    fn feed(self, input: Input) {
        self.with(|inner| inner.feed(input));
    }

    fn with(self, act: impl FnOnce(&Rc<Inner>)) {
        if let Some(inner) = self.inner.try_get_value() {
            act(&inner);
        }
    }
}

impl Inner {
    fn feed(self: &Rc<Self>, input: Input) {
        let effects = self.machine.borrow_mut().handle(input);
        for effect in effects {
            self.perform(effect);
        }
    }

    fn prepare(self: &Rc<Self>) {
        let nothing = matches!(*self.prepared.borrow(), Prepared::Nothing);
        if nothing {
            self.ask(None);
        }
    }

    fn ask_pass(self: &Rc<Self>, attempt: Attempt) {
        let prepared = self.prepared.replace(Prepared::Nothing);
        match prepared {
            Prepared::Ready { grant, .. } => self.feed(Input::Pass { attempt, answer: Ok(grant) }),
            Prepared::Asking(number, None) => {
                *self.prepared.borrow_mut() = Prepared::Asking(number, Some(attempt));
            }
            // What an earlier attempt asked for may never be answered.
            Prepared::Asking(_, Some(_)) | Prepared::Nothing => self.ask(Some(attempt)),
        }
    }

    /// Asks for a pass, for whoever waits for it when it is here.
    fn ask(self: &Rc<Self>, attempt: Option<Attempt>) {
        let number = self.asked.get().wrapping_add(1);
        self.asked.set(number);
        *self.prepared.borrow_mut() = Prepared::Asking(number, attempt);
        let weak = Rc::downgrade(self);
        let session = self.session.clone();
        spawn_local(async move {
            let answer = pass::ask(&session).await;
            let Some(inner) = weak.upgrade() else { return };
            if !matches!(*inner.prepared.borrow(), Prepared::Asking(newest, _) if newest == number) {
                return;
            }
            match (inner.prepared.replace(Prepared::Nothing), answer) {
                (Prepared::Asking(_, Some(attempt)), answer) => inner.feed(Input::Pass { attempt, answer }),
                (_, Ok(grant)) => inner.keep(grant),
                // A refusal is told when the person really enters.
                (_, Err(_)) => {}
            }
        });
    }

    fn keep(self: &Rc<Self>, grant: Grant) {
        let weak = Rc::downgrade(self);
        let forget = Timeout::new(PREPARED_MS, move || {
            // Not dropped while it runs, as the timer is a part of what is forgotten.
            let forgotten = weak.upgrade().map(|inner| inner.prepared.replace(Prepared::Nothing));
            spawn_local(async move { drop(forgotten) });
        });
        *self.prepared.borrow_mut() = Prepared::Ready { grant, _until: forget };
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::AskPass { attempt } => self.ask_pass(attempt),
            Effect::OpenSocket { attempt, url } => {
                let weak = Rc::downgrade(self);
                let socket = Socket::open(&url, move |heard| {
                    let Some(inner) = weak.upgrade() else { return };
                    inner.feed(match heard {
                        Heard::Message(message) => Input::Message { attempt, message },
                        Heard::Closed(code) => Input::Closed { attempt, code },
                    });
                });
                let opened = socket.is_some();
                *self.socket.borrow_mut() = socket;
                if !opened {
                    self.feed(Input::Closed { attempt, code: ABNORMAL });
                }
            }
            Effect::CloseSocket => {
                self.timers.borrow_mut().clear();
                // A socket must not be dropped while its own callback runs, which is where this comes from.
                let socket = self.socket.borrow_mut().take();
                spawn_local(async move { drop(socket) });
            }
            Effect::Send(message) => {
                if let Some(socket) = &*self.socket.borrow() {
                    socket.send(&message);
                }
            }
            Effect::Engine(command) => self.engine.run(&command),
            Effect::SetTimer { attempt, timer, ms } => {
                let weak = Rc::downgrade(self);
                let timeout = Timeout::new(ms, move || {
                    if let Some(inner) = weak.upgrade() {
                        // Out of the list first: a new timer of the same kind may be set by what follows.
                        let fired = inner.timers.borrow_mut().remove(&timer);
                        fired.into_iter().for_each(|timeout| _ = timeout.forget());
                        inner.feed(Input::Timer { attempt, timer });
                    }
                });
                self.timers.borrow_mut().insert(timer, timeout);
            }
            Effect::Change(change) => {
                let news = self.room.try_update(|room| room.apply(change)).unwrap_or_default();
                news.into_iter().for_each(|news| (self.on_word)(Word::Aloud(news)));
            }
            Effect::Notice(notice) => (self.on_word)(Word::Notice(notice)),
        }
    }
}
