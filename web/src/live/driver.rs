//! Carries out what the signalling decides: socket, timers, passes and the media layer, for one session's page.

use super::call::{Driver, Setting, Wish, Word};
use super::machine::{Attempt, Effect, Grant, Input, Machine, Timer, VideoWish};
use super::shim::{self, Listener};
use super::socket::{ABNORMAL, Heard, Socket};
use super::{pass, player};
use crate::state::room::Change;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use litemap::LiteMap;
use protocol::youtube::Youtube;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Milliseconds for which a pass that was asked for ahead is used; the server's own limit is two minutes.
const PREPARED_MS: u32 = 60_000;

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
    setting: Setting,
    machine: RefCell<Machine>,
    socket: RefCell<Option<Socket>>,
    prepared: RefCell<Prepared>,
    /// How many passes were asked for.
    asked: Cell<u32>,
    timers: RefCell<LiteMap<Timer, Timeout>>,
    listeners: RefCell<Vec<Listener>>,
}

/// Nothing is connected yet.
pub fn start(setting: Setting) -> Driver {
    let inner = Rc::new(Inner {
        machine: RefCell::new(Machine::new(
            format!("{:08x}{:08x}", shim::random_number(), shim::random_number()),
            shim::random_number(),
        )),
        setting,
        socket: RefCell::default(),
        prepared: RefCell::default(),
        asked: Cell::new(0),
        timers: RefCell::default(),
        listeners: RefCell::default(),
    });
    let on = |input: fn() -> Input| {
        let weak = Rc::downgrade(&inner);
        move || {
            if let Some(inner) = weak.upgrade() {
                inner.feed(input());
            }
        }
    };
    let network = shim::on_network_changed(on(|| Input::NetworkChanged));
    let awake = shim::on_awake(on(|| Input::Awake));
    let left = shim::on_page_left(on(|| Input::Leave));
    *inner.listeners.borrow_mut() = vec![network, awake, left];
    Rc::new(move |wish| inner.carry_out(wish))
}

impl Inner {
    fn carry_out(self: &Rc<Self>, wish: Wish) {
        self.feed(match wish {
            Wish::Prepare => return self.prepare(),
            Wish::Enter => Input::Enter,
            Wish::Leave => Input::Leave,
            Wish::Share(sources) => Input::Share(sources),
            Wish::StopSharing(sources) => Input::StopSharing(sources),
            Wish::SetMuted { source, muted } => Input::SetMuted { source, muted },
            Wish::Show(shown) => Input::Show(shown),
            Wish::Video(wish) => Input::Video(wish),
            Wish::RaiseHand(raised) => Input::RaiseHand(raised),
            Wish::React(emoji) => Input::React(emoji),
            // The media layer is of the same build: it says nothing else.
            Wish::Hear(json) => match serde_json::from_str(&json) {
                Ok(event) => Input::Engine(event),
                Err(_) => return,
            },
        });
    }

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
        let session = self.setting.session.clone();
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
            Effect::Engine(command) => self.setting.engine.run(&command),
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
            Effect::Change(mut change) => {
                if let Change::Video(Some(shared)) = &mut change {
                    shared.heard = player::now();
                }
                let news = self.setting.room.try_update(|room| room.apply(change)).unwrap_or_default();
                news.into_iter().for_each(|news| (self.setting.on_word)(Word::Aloud(news)));
            }
            Effect::VideoAgain => {
                let shared = self.setting.room.try_with_untracked(|room| room.video.clone()).flatten();
                if let Some(shared) = shared {
                    let position = shared.position(player::now());
                    self.feed(Input::Video(VideoWish::Again(Youtube { position, ..shared.video })));
                }
            }
            Effect::Notice(notice) => (self.setting.on_word)(Word::Notice(notice)),
        }
    }
}
