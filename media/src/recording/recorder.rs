//! The task that records one session, as long as there is something to record or to keep in mind: rooms come and go meanwhile.

use super::clock;
use super::intake::{self, Intake, Order};
use super::plan::{Limits, Plan, Step};
use super::shelf::Shelf;
use super::tap::{TapId, Taps};
use super::writer::Writer;
use super::{Recordings, Scene};
use crate::room::{RecordedRoom, Sending};
use protocol::recording::BlockEnd;
use protocol::room::{Settings, Speaker};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;
use tokio::time::sleep;

/// What a recorder hears.
pub enum Fact {
    /// What the room shows now.
    Scene(Scene),
    RoomOver,
    /// From the api.
    Settings(Settings),
    Closed,
    /// From the worker: the picture of this tap came anew.
    Key(TapId),
    /// From where packets wait for the writer: more come than the disk takes.
    Behind {
        capture: u64,
    },
    /// From the writer: they cannot be stored.
    Failed {
        capture: u64,
        problem: String,
    },
    /// From the writer: the block was deleted while it is being recorded.
    Deleted {
        capture: u64,
    },
    WriterOver,
    /// The process ends: everything is on the disk when this is answered.
    Stop {
        done: oneshot::Sender<()>,
    },
}

pub struct Recorder {
    session: String,
    shelf: Arc<Shelf>,
    /// The way to this recorder itself, for those that it starts.
    facts: UnboundedSender<Fact>,
    plan: Plan,
    room: Option<RecordedRoom>,
    speakers: Vec<Speaker>,
    sending: Vec<Sending>,
    /// Whether everybody in the room was told that it is recorded.
    told: bool,
    capture: Option<Capture>,
    captures: u64,
    /// Threads that have not come to their end.
    writers: usize,
    stops: Vec<oneshot::Sender<()>>,
}

/// What is there from the beginning of one block to the end of the last that follows it.
struct Capture {
    number: u64,
    intake: Arc<Intake>,
    taps: Taps,
}

impl Recorder {
    pub fn new(session: &str, shelf: Arc<Shelf>, limits: Limits, facts: UnboundedSender<Fact>) -> Self {
        Self {
            session: session.to_owned(),
            shelf,
            facts,
            plan: Plan::new(limits),
            room: None,
            speakers: Vec::new(),
            sending: Vec::new(),
            told: false,
            capture: None,
            captures: 0,
            writers: 0,
            stops: Vec::new(),
        }
    }

    pub async fn run(mut self, recordings: Arc<Recordings>, mut facts: UnboundedReceiver<Fact>) {
        loop {
            let steps = tokio::select! {
                fact = facts.recv() => match fact {
                    Some(fact) => self.hear(fact),
                    None => return,
                },
                () = until(self.plan.due()) => self.plan.tick(clock::now()),
            };
            self.carry_out(steps).await;
            self.tap().await;
            self.look_for_keys().await;
            self.answer();
            if self.is_over() && recordings.retire(&self.session, &facts) {
                return;
            }
        }
    }

    fn hear(&mut self, fact: Fact) -> Vec<Step> {
        let now = clock::now();
        match fact {
            Fact::Scene(Scene { settings, speakers, sending, room }) => {
                let on_screen = !speakers.is_empty();
                self.show(now, speakers);
                (self.sending, self.room) = (sending, Some(room));
                self.plan.started(settings.starts);
                self.plan.see(now, (settings.version, settings.record), on_screen)
            }
            Fact::RoomOver => {
                self.show(now, Vec::new());
                (self.sending, self.room) = (Vec::new(), None);
                self.plan.leave(now)
            }
            Fact::Settings(settings) => {
                self.plan.started(settings.starts);
                self.plan.settings(now, settings.version, settings.record)
            }
            Fact::Closed => self.plan.close(now),
            Fact::Key(tap) => {
                if let Some(capture) = &mut self.capture {
                    capture.taps.keyed(tap);
                }
                Vec::new()
            }
            Fact::Behind { capture } => {
                if !self.is_at(capture) {
                    return Vec::new();
                }
                tracing::error!(session = self.session, "a recording is interrupted: the disk does not keep up");
                self.plan.fall_behind(now)
            }
            Fact::Failed { capture, problem } => {
                if !self.is_at(capture) {
                    return Vec::new();
                }
                tracing::error!(session = self.session, problem, "a recording ends: it cannot be stored");
                self.plan.fail(now)
            }
            Fact::Deleted { capture } => {
                if self.is_at(capture) {
                    self.plan.release(now)
                } else {
                    Vec::new()
                }
            }
            Fact::WriterOver => {
                self.writers -= 1;
                if self.writers == 0 { self.plan.catch_up(now) } else { Vec::new() }
            }
            Fact::Stop { done } => {
                self.stops.push(done);
                self.plan.restart(now)
            }
        }
    }

    /// Whether this is the capture of now. Of one that is over something may be heard a moment later.
    fn is_at(&self, capture: u64) -> bool {
        self.capture.as_ref().is_some_and(|current| current.number == capture)
    }

    /// Everybody is told that they are recorded before anything is stored, and that they are not any more when nothing is (K1).
    async fn carry_out(&mut self, steps: Vec<Step>) {
        if self.plan.is_recording() {
            self.tell(true, None).await;
        }
        let mut stopped = None;
        let mut steps = VecDeque::from(steps);
        while let Some(step) = steps.pop_front() {
            match step {
                Step::Begin => self.begin(),
                Step::GoOn => {}
                Step::Pause => self.still(),
                Step::Prepare => {
                    self.order(Order::Prepare { at: clock::now() });
                    if let Some(capture) = &mut self.capture {
                        capture.taps.ask_for_keys().await;
                    }
                }
                Step::Discard => {
                    self.order(Order::Discard);
                    self.stop_watching().await;
                }
                Step::Follow => {
                    self.order(Order::Follow { at: clock::now() });
                    self.stop_watching().await;
                }
                Step::End(end) => {
                    self.end(end);
                    stopped = Some(end).filter(|end| end.stops());
                }
            }
        }
        if !self.plan.is_recording() {
            self.tell(false, stopped).await;
        }
    }

    /// That it is over is told again when it does not go on by itself: it may have paused before.
    async fn tell(&mut self, recording: bool, end: Option<BlockEnd>) {
        if self.told == recording && end.is_none() {
            return;
        }
        if std::mem::replace(&mut self.told, recording) != recording {
            metrics::gauge!("recordings").increment(if recording { 1.0 } else { -1.0 });
        }
        if let Some(room) = &self.room {
            room.tell(recording, end).await;
        }
    }

    fn begin(&mut self) {
        self.captures += 1;
        let (number, facts) = (self.captures, self.facts.clone());
        let overflow = move || {
            let _ = facts.send(Fact::Behind { capture: number });
        };
        let intake = Arc::new(Intake::new(intake::LIMIT, overflow));
        let taps = Taps::new(Arc::clone(&intake), self.facts.clone());
        let own = (self.facts.clone(), number);
        match Writer::start(&self.session, Arc::clone(&self.shelf), Arc::clone(&intake), own) {
            Ok(()) => self.writers += 1,
            Err(error) => {
                let _ = self.facts.send(Fact::Failed { capture: number, problem: error.to_string() });
            }
        }
        self.capture = Some(Capture { number, intake, taps });
        self.order(Order::OnScreen { at: clock::now(), speakers: self.speakers.clone() });
    }

    fn end(&mut self, end: BlockEnd) {
        self.still();
        self.order(Order::End { at: clock::now(), end });
        self.capture = None;
    }

    /// Nothing is taken any more.
    fn still(&mut self) {
        if let Some(capture) = &mut self.capture {
            capture.taps.clear();
        }
    }

    async fn stop_watching(&mut self) {
        if let Some(capture) = &mut self.capture {
            capture.taps.stop_watching().await;
        }
    }

    fn show(&mut self, now: i64, speakers: Vec<Speaker>) {
        if self.speakers != speakers {
            self.speakers = speakers;
            self.order(Order::OnScreen { at: now, speakers: self.speakers.clone() });
        }
    }

    fn order(&self, order: Order) {
        if let Some(capture) = &self.capture {
            capture.intake.order(order);
        }
    }

    /// Takes what is sent, while it is recorded.
    async fn tap(&mut self) {
        if let (true, Some(capture), Some(room)) = (self.plan.is_recording(), &mut self.capture, &self.room) {
            capture.taps.set(room, &self.sending).await;
        }
    }

    async fn look_for_keys(&mut self) {
        let Some(capture) = self.capture.as_mut().filter(|_| self.plan.awaits_keys()) else { return };
        if capture.taps.all_keyed() {
            let steps = self.plan.keyed(clock::now());
            self.carry_out(steps).await;
        }
    }

    fn answer(&mut self) {
        if self.writers == 0 {
            for done in self.stops.drain(..) {
                let _ = done.send(());
            }
        }
    }

    fn is_over(&self) -> bool {
        let awaited = self.room.is_some() && self.plan.records();
        self.plan.is_idle() && self.writers == 0 && !awaited
    }
}

/// Until a moment of the steady clock; for ever without one.
async fn until(at: Option<i64>) {
    match at {
        Some(at) => sleep(Duration::from_micros(u64::try_from(at - clock::now()).unwrap_or_default())).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
