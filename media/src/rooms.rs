//! The rooms of this node, started when somebody comes and over when the last one is gone.

use crate::board::Board;
use crate::joins::Joins;
use crate::passes::Passes;
use crate::room::{Control, Entered, Entry, RoomHandle};
use crate::workers::Workers;
use protocol::link::{FromApi, RoomState};
use protocol::pass::Pass;
use protocol::signalling::CloseCode;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::OnceCell;

/// Set when one task is starting the room, while others wait for it.
type Slot = Arc<OnceCell<RoomHandle>>;

pub struct Rooms {
    workers: Workers,
    max_viewers: usize,
    pub board: Arc<Board>,
    slots: Arc<Mutex<HashMap<String, Slot>>>,
    passes: Mutex<Passes>,
    joins: Joins,
}

impl Rooms {
    pub fn new(workers: Workers, max_viewers: usize) -> Arc<Self> {
        Arc::new(Self {
            workers,
            max_viewers,
            board: Arc::default(),
            slots: Arc::default(),
            passes: Mutex::default(),
            joins: Joins::default(),
        })
    }

    /// Lets the holder of a verified pass into its room, with what `tab` says of when they decided so.
    pub async fn enter(&self, pass: Pass, tab: &str) -> Result<(RoomHandle, Entered), CloseCode> {
        if !lock(&self.passes).opens(&pass) {
            return Err(CloseCode::InvalidPass);
        }
        if !self.joins.allow(&pass.sub) {
            return Err(CloseCode::TooMany);
        }
        let person: Arc<str> = pass.sub.as_str().into();
        loop {
            let room = self.room(&pass).await?;
            let entry = Entry {
                person: Arc::clone(&person),
                name: pass.name.clone(),
                tab: tab.into(),
                share: pass.share,
                host: pass.host,
                react: pass.react,
                settings: pass.settings.clone(),
            };
            // A room that has just ended answers nothing: the next turn starts another one.
            if let Some(entered) = room.enter(entry).await {
                return entered.map(|entered| (room, entered));
            }
            tokio::task::yield_now().await;
        }
    }

    async fn room(&self, pass: &Pass) -> Result<RoomHandle, CloseCode> {
        let slot = Arc::clone(lock(&self.slots).entry(pass.session.clone()).or_default());
        let start = || async {
            let router = self.workers.router().await?;
            let (slots, session, own) = (Arc::clone(&self.slots), pass.session.clone(), Arc::clone(&slot));
            let ended = move || {
                let mut slots = lock(&slots);
                if slots.get(&session).is_some_and(|slot| Arc::ptr_eq(slot, &own)) {
                    slots.remove(&session);
                }
            };
            let (session, settings, board) = (pass.session.clone(), pass.settings.clone(), Arc::clone(&self.board));
            Ok::<_, String>(RoomHandle::start(session, router, self.max_viewers, settings, board, ended))
        };
        slot.get_or_try_init(start).await.cloned().map_err(|error| {
            tracing::error!(%error, "a room could not be started");
            CloseCode::Restarting
        })
    }

    /// Does what an api says.
    pub async fn command(&self, command: FromApi) {
        match command {
            FromApi::Welcome | FromApi::Ping => {}
            FromApi::Settings { session, settings, keep } => {
                lock(&self.passes).require(&session, settings.version, now());
                let keep = keep.map(|people| people.into_iter().collect());
                self.control(&session, Control::Settings { settings, keep }).await;
            }
            FromApi::Rights { session, person, share, asked } => {
                // A pass from before says the former right.
                lock(&self.passes).remove(&session, &person, now());
                self.control(&session, Control::Rights { person, share, asked }).await;
            }
            FromApi::Mute { session, person, source } => {
                self.control(&session, Control::Mute { person, source }).await;
            }
            FromApi::StopSeat { session, person, seat } => {
                self.control(&session, Control::StopSeat { person, seat }).await;
            }
            FromApi::LowerHand { session, person } => self.control(&session, Control::LowerHand { person }).await,
            FromApi::Reacting { session, person, allowed } => {
                self.control(&session, Control::Reacting { person, allowed }).await;
            }
            FromApi::Remove { session, person } => {
                lock(&self.passes).remove(&session, &person, now());
                self.control(&session, Control::Remove { person }).await;
            }
            FromApi::Close { session, version } => {
                lock(&self.passes).require(&session, version.unwrap_or(i64::MAX), now());
                self.control(&session, Control::Close(CloseCode::SessionClosed)).await;
            }
        }
    }

    /// Every room with everybody inside, for a link that begins.
    pub async fn describe(&self) -> Vec<RoomState> {
        self.board.forget(|session| !lock(&self.slots).contains_key(session));
        let mut states = Vec::new();
        for room in self.all() {
            states.extend(room.describe().await);
        }
        states
    }

    /// Everybody is told to come back: this process stops.
    pub async fn close_all(&self) {
        for room in self.all() {
            room.control(Control::Close(CloseCode::Restarting)).await;
        }
    }

    async fn control(&self, session: &str, control: Control) {
        let room = lock(&self.slots).get(session).and_then(|slot| slot.get().cloned());
        if let Some(room) = room {
            room.control(control).await;
        }
    }

    fn all(&self) -> Vec<RoomHandle> {
        lock(&self.slots).values().filter_map(|slot| slot.get().cloned()).collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "passes run on the system's clock in this process, as in jsonwebtoken")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
