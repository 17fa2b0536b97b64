//! The rooms of this node, started when somebody comes and over when the last one is gone.

use crate::board::Board;
use crate::joins::Joins;
use crate::names;
use crate::passes::Passes;
use crate::recording::Recordings;
use crate::room::{Control, Entered, Entry, RoomHandle, Routers, Surroundings};
use crate::workers::Workers;
use futures_util::future::join;
use protocol::link::{FromApi, RoomState};
use protocol::pass::Pass;
use protocol::signalling::CloseCode;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

pub struct Rooms {
    workers: Arc<Workers>,
    router_members: usize,
    around: Surroundings,
    pub board: Arc<Board>,
    running: Arc<Mutex<HashMap<String, RoomHandle>>>,
    passes: Mutex<Passes>,
    joins: Joins,
}

impl Rooms {
    pub fn new(workers: Workers, max_viewers: usize, router_members: usize, recordings: Arc<Recordings>) -> Arc<Self> {
        let board = Arc::<Board>::default();
        Arc::new(Self {
            workers: Arc::new(workers),
            router_members,
            around: Surroundings { max_members: max_viewers, board: Arc::clone(&board), recordings },
            board,
            running: Arc::default(),
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
            let room = self.room(&pass);
            let entry = Entry {
                person: Arc::clone(&person),
                name: names::plain(&pass.name),
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

    /// The room of the pass, started if there is none.
    fn room(&self, pass: &Pass) -> RoomHandle {
        let mut running = lock(&self.running);
        if let Some(room) = running.get(&pass.session) {
            return room.clone();
        }
        let routers = Routers::new(Arc::clone(&self.workers), self.router_members);
        let (all, session, own) = (Arc::clone(&self.running), pass.session.clone(), Arc::clone(&routers));
        let ended = move || {
            let mut all = lock(&all);
            if all.get(&session).is_some_and(|room| Arc::ptr_eq(&room.routers, &own)) {
                all.remove(&session);
            }
        };
        let (session, settings) = (pass.session.clone(), pass.settings.clone());
        let room = RoomHandle::start(session, routers, settings, self.around.clone(), ended);
        running.insert(pass.session.clone(), room.clone());
        room
    }

    /// The person sent more than anybody needs: they may not enter for a while.
    pub fn bar(&self, person: &str) {
        self.joins.bar(person, Instant::now());
    }

    /// What the workers hold of all rooms; see [`Workers::holds`].
    pub async fn holds(&self) -> Result<usize, String> {
        self.workers.holds().await
    }

    /// Does what an api says.
    pub async fn command(&self, command: FromApi) {
        match command {
            // What concerns no room.
            FromApi::Welcome | FromApi::Ping | FromApi::RetryRecording { .. } | FromApi::DeleteRecording { .. } => {}
            FromApi::Settings { session, settings, keep } => {
                lock(&self.passes).require(&session, settings.version, now());
                // Also without a room: a recording may wait for somebody to come back (K2).
                self.around.recordings.settings(&session, &settings);
                let keep = keep.map(|people| people.into_iter().collect());
                self.control(&session, Control::Settings { settings, keep }).await;
            }
            FromApi::Rights { session, person, share, host, asked } => {
                // A pass from before says the former right.
                lock(&self.passes).remove(&session, &person, now());
                self.control(&session, Control::Rights { person, share, host, asked }).await;
            }
            FromApi::Mute { session, person, source } => {
                self.control(&session, Control::Mute { person, source }).await;
            }
            FromApi::StopSeat { session, person, seat } => {
                self.control(&session, Control::StopSeat { person, seat }).await;
            }
            FromApi::StopYoutube { session } => self.control(&session, Control::StopYoutube).await,
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
                // Also without a room; one that is there says so again when it is empty.
                self.around.recordings.close(&session);
                self.control(&session, Control::Close(CloseCode::SessionClosed)).await;
            }
        }
    }

    /// Every room with everybody inside, for a link that begins.
    pub async fn describe(&self) -> Vec<RoomState> {
        let mut states = Vec::new();
        for room in self.all() {
            states.extend(room.describe().await);
        }
        states
    }

    /// Everybody is told to come back: this process stops. What was recorded is on the disk then (K6).
    pub async fn close_all(&self) {
        // Recorders hear of it first: a room that closes would say that nobody is on screen any more.
        let close = async {
            for room in self.all() {
                room.control(Control::Close(CloseCode::Restarting)).await;
            }
        };
        join(self.around.recordings.stop(), close).await;
    }

    async fn control(&self, session: &str, control: Control) {
        let room = lock(&self.running).get(session).cloned();
        if let Some(room) = room {
            room.control(control).await;
        }
    }

    fn all(&self) -> Vec<RoomHandle> {
        lock(&self.running).values().cloned().collect()
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
