//! Recording (K1–K8): while somebody is on screen in a session that is recorded, what they send is appended to files as it comes,
//! in blocks that are made into one video each afterwards.
//!
//! A room says what it shows (`Scene`), and has everybody inside told that they are recorded before anything is stored. What
//! follows from that, `plan.rs` decides. Each session has a recorder of its own, which outlives its room: nobody on screen for a
//! while does not end a block.

mod block;
pub mod clock;
mod intake;
mod plan;
pub mod queue;
mod recorder;
mod rtpdump;
pub mod shelf;
mod speech;
mod tap;
pub mod upload;
mod writer;

pub use plan::Limits;

use crate::room::{RecordedRoom, Sending};
use futures_util::future::join_all;
use protocol::recording::BlockEnd;
use protocol::room::{Settings, Speaker};
use recorder::{Fact, Recorder};
use shelf::Shelf;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long the end of all blocks may take.
const STOP: Duration = Duration::from_secs(5);

/// What is recorded on this node.
pub struct Recordings {
    shelf: Arc<Shelf>,
    limits: Limits,
    recorders: Mutex<Recorders>,
}

#[derive(Default)]
struct Recorders {
    /// By session. Whoever tells one something holds the lock: a recorder that is over has heard everything.
    running: HashMap<String, UnboundedSender<Fact>>,
    stopping: bool,
}

/// What a room shows.
pub struct Scene {
    pub settings: Settings,
    pub speakers: Vec<Speaker>,
    pub sending: Vec<Sending>,
    pub room: RecordedRoom,
}

impl Recordings {
    pub fn new(shelf: Arc<Shelf>, limits: Limits) -> Arc<Self> {
        Arc::new(Self { shelf, limits, recorders: Mutex::default() })
    }

    /// A room shows something else.
    pub fn see(self: &Arc<Self>, session: &str, scene: Scene) {
        let mut recorders = self.lock();
        if !recorders.running.contains_key(session) {
            if !scene.settings.record || recorders.stopping {
                return;
            }
            let facts = self.start(session);
            recorders.running.insert(session.to_owned(), facts);
        }
        recorders.tell(session, Fact::Scene(scene));
    }

    fn start(self: &Arc<Self>, session: &str) -> UnboundedSender<Fact> {
        let (facts, heard) = unbounded_channel();
        let recorder = Recorder::new(session, Arc::clone(&self.shelf), self.limits, facts.clone());
        tokio::spawn(recorder.run(Arc::clone(self), heard));
        facts
    }

    /// The room has come to its end.
    pub fn room_over(&self, session: &str) {
        self.lock().tell(session, Fact::RoomOver);
    }

    /// The api says what is so of a session, whether or not there is a room.
    pub fn settings(&self, session: &str, settings: &Settings) {
        if !settings.record {
            self.shelf.end_left(session, clock::now(), BlockEnd::SwitchedOff);
        }
        self.lock().tell(session, Fact::Settings(settings.clone()));
    }

    /// The session was closed or deleted.
    pub fn close(&self, session: &str) {
        self.shelf.end_left(session, clock::now(), BlockEnd::SwitchedOff);
        self.lock().tell(session, Fact::Closed);
    }

    /// This process ends: so do all blocks, with everything on the disk (K6), but those in which nobody is on screen (K2). It does not
    /// wait for a disk that hangs. All recorders hear of it before anything is waited for.
    pub async fn stop(&self) {
        self.shelf.leave();
        let stop = |facts: &UnboundedSender<Fact>| {
            let (done, answer) = oneshot::channel();
            let _ = facts.send(Fact::Stop { done });
            answer
        };
        let answers: Vec<_> = {
            let mut recorders = self.lock();
            recorders.stopping = true;
            recorders.running.values().map(stop).collect()
        };
        if timeout(STOP, join_all(answers)).await.is_err() {
            tracing::error!("the end of what is recorded could not be written in time");
        }
    }

    /// Forgets a recorder that has nothing to do, unless it was just told something.
    fn retire(&self, session: &str, facts: &UnboundedReceiver<Fact>) -> bool {
        let mut recorders = self.lock();
        let over = facts.is_empty();
        if over {
            recorders.running.remove(session);
        }
        over
    }

    fn lock(&self) -> MutexGuard<'_, Recorders> {
        self.recorders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorders {
    fn tell(&self, session: &str, fact: Fact) {
        if let Some(facts) = self.running.get(session) {
            let _ = facts.send(fact);
        }
    }
}
