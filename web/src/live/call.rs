//! One room and this tab's way into it, as the parts of the page hold it. What carries it out (`driver.rs`) is fetched while the
//! person still looks at the entrance.

use super::machine::VideoWish;
use super::shim::{Capture, CaptureProblem, DeviceKind, Engine};
use crate::areas;
use crate::state::room::receiving::Shown;
use crate::state::room::{Announcement, Ending, Notice, Phase, Room};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::room::{Reaction, Source};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::HtmlVideoElement;

/// Something the page says once.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    Notice(Notice),
    /// For the live region (H8).
    Aloud(Announcement),
}

/// What the driver is told.
pub enum Wish {
    /// Ask for the pass ahead.
    Prepare,
    Enter,
    Leave,
    Share(Vec<Source>),
    StopSharing(Vec<Source>),
    SetMuted {
        source: Source,
        muted: bool,
    },
    /// These pictures of others are shown now.
    Show(Shown),
    Video(VideoWish),
    RaiseHand(bool),
    React(Reaction),
    /// Hear what the media layer says, as JSON.
    Hear(String),
}

/// What a driver works with.
pub struct Setting {
    /// The session's id, as the api writes it.
    pub session: String,
    pub room: RwSignal<Room>,
    pub engine: Rc<Engine>,
    pub on_word: Rc<dyn Fn(Word)>,
}

/// Carries out what it is told, for as long as it is kept.
pub type Driver = Rc<dyn Fn(Wish)>;

/// As a context. Everything of it ends with the page it was made in.
#[derive(Clone, Copy)]
pub struct Call {
    pub room: RwSignal<Room>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    session: String,
    room: RwSignal<Room>,
    engine: Rc<Engine>,
    on_word: Rc<dyn Fn(Word)>,
    _on_event: Closure<dyn FnMut(String)>,
    driven: RefCell<Driven>,
}

/// How far the driver is.
enum Driven {
    /// On its way, with what it will be told.
    Soon(Vec<Wish>),
    Now(Driver),
    /// It could not be fetched.
    Not,
}

impl Call {
    /// For the session with this id, as the api writes it. Nothing is connected and no device is opened yet.
    pub fn new(session: String, on_word: impl Fn(Word) + 'static) -> Self {
        let room = RwSignal::new(Room::default());
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| {
            let weak = inner.clone();
            let on_event = Closure::<dyn FnMut(String)>::new(move |json: String| {
                if let Some(inner) = weak.upgrade() {
                    inner.tell(Wish::Hear(json));
                }
            });
            Inner {
                session,
                room,
                engine: Rc::new(Engine::new(on_event.as_ref().unchecked_ref())),
                on_word: Rc::new(on_word),
                _on_event: on_event,
                driven: RefCell::new(Driven::Not),
            }
        });
        inner.fetch();
        let call = Self { room, inner: StoredValue::new_local(inner) };
        on_cleanup(move || {
            let Some(inner) = call.inner.try_get_value() else { return };
            inner.tell(Wish::Leave);
            inner.engine.close();
        });
        call
    }

    /// The person is about to enter: asks for the pass ahead, which saves a round trip.
    pub fn prepare(self) {
        self.tell(Wish::Prepare);
    }

    pub fn enter(self) {
        self.tell(Wish::Enter);
    }

    pub fn leave(self) {
        self.tell(Wish::Leave);
    }

    /// The session is there again: who was told that it is not stands before it once more.
    pub fn found_again(self) {
        self.room.try_update(|room| room.found_again());
    }

    /// The person was told that they may go on screen, and will not now.
    pub fn not_now(self) {
        self.room.try_update(|room| room.grant_seen());
    }

    /// The event is live.
    pub fn opened(self) {
        self.room.try_update(|room| room.opened());
    }

    pub fn share(self, sources: Vec<Source>) {
        self.tell(Wish::Share(sources));
    }

    pub fn stop_sharing(self, sources: Vec<Source>) {
        self.tell(Wish::StopSharing(sources));
    }

    /// The page shows these pictures of others now: no others are received (E4).
    pub fn show(self, shown: Shown) {
        self.tell(Wish::Show(shown));
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
        self.with(|inner| inner.engine.close_device(source));
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
        self.tell(Wish::SetMuted { source, muted });
        Ok(())
    }

    pub fn raise_hand(self, raised: bool) {
        self.tell(Wish::RaiseHand(raised));
    }

    pub fn react(self, emoji: Reaction) {
        self.tell(Wish::React(emoji));
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

    /// Something of the video that the room watches together (J1).
    pub fn video(self, wish: VideoWish) {
        self.tell(Wish::Video(wish));
    }

    pub fn unblock_sound(self) {
        self.with(|inner| inner.engine.unblock_sound());
    }

    fn tell(self, wish: Wish) {
        self.with(|inner| inner.tell(wish));
    }

    fn with(self, act: impl FnOnce(&Rc<Inner>)) {
        if let Some(inner) = self.inner.try_get_value() {
            act(&inner);
        }
    }
}

impl Inner {
    fn tell(self: &Rc<Self>, wish: Wish) {
        // Not borrowed while the driver works: what it does may lead to another wish.
        let driver = match &*self.driven.borrow() {
            Driven::Now(driver) => Some(Rc::clone(driver)),
            Driven::Soon(_) | Driven::Not => None,
        };
        match driver {
            Some(driver) => driver(wish),
            None => self.remember(wish),
        }
    }

    /// Keeps a wish for the driver that is on its way. To enter is worth another attempt to fetch it.
    fn remember(self: &Rc<Self>, wish: Wish) {
        match wish {
            // Before the person enters, nothing follows from it.
            Wish::Hear(_) => return,
            Wish::Enter => {
                self.show(Phase::Joining);
                if matches!(*self.driven.borrow(), Driven::Not) {
                    self.fetch();
                }
            }
            _ => {}
        }
        if let Driven::Soon(wishes) = &mut *self.driven.borrow_mut() {
            wishes.push(wish);
        }
    }

    fn fetch(self: &Rc<Self>) {
        *self.driven.borrow_mut() = Driven::Soon(Vec::new());
        let setting = Setting {
            session: self.session.clone(),
            room: self.room,
            engine: Rc::clone(&self.engine),
            on_word: Rc::clone(&self.on_word),
        };
        let weak = Rc::downgrade(self);
        spawn_local(async move {
            let driver = areas::start_driver(setting).await.ok();
            let Some(inner) = weak.upgrade() else { return };
            let failed = driver.is_none();
            let Driven::Soon(wishes) = inner.driven.replace(driver.map_or(Driven::Not, Driven::Now)) else { return };
            if failed && wishes.iter().any(|wish| matches!(wish, Wish::Enter)) {
                // Its button leads to a page that has what this one lacks.
                return inner.show(Phase::Ended(Ending::Refused));
            }
            wishes.into_iter().for_each(|wish| inner.tell(wish));
        });
    }

    fn show(&self, phase: Phase) {
        self.room.try_update(|room| room.phase = phase);
    }
}
