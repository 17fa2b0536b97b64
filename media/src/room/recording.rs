//! What a room has to do with its recording (K1): it says what it shows, and tells everybody inside that they are recorded.

use super::handle::Command;
use super::{Room, Routers, say};
use crate::recording::{Recordings, Scene};
use mediasoup::prelude::*;
use mediasoup::router::RouterId;
use protocol::recording::BlockEnd;
use protocol::signalling::ServerMessage;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The room as its recorder reaches it.
#[derive(Clone)]
pub struct RecordedRoom {
    commands: mpsc::WeakSender<Command>,
    routers: Arc<Routers>,
}

impl RecordedRoom {
    pub(super) fn new(commands: &mpsc::Sender<Command>, routers: Arc<Routers>) -> Self {
        Self { commands: commands.downgrade(), routers }
    }

    /// Tells everybody inside, and whoever comes from now on. That is done when this returns.
    pub async fn tell(&self, recording: bool, end: Option<BlockEnd>) {
        let Some(commands) = self.commands.upgrade() else { return };
        let (done, answer) = oneshot::channel();
        // A room that is over has nobody inside.
        if commands.send(Command::Recording { recording, end, done }).await.is_ok() {
            let _ = answer.await;
        }
    }

    /// A way for this process itself to what is sent to one of the room's routers.
    pub async fn direct(&self, router: RouterId) -> Result<DirectTransport, String> {
        self.routers.direct(router).await
    }
}

/// The recording as the room knows it.
pub(super) struct Recorded {
    recordings: Arc<Recordings>,
    session: String,
    room: RecordedRoom,
    /// What everybody inside was told.
    pub now: bool,
    /// The room shows something else than it said.
    pub changed: bool,
    /// Whether what it shows is heard.
    heard: bool,
}

impl Recorded {
    pub fn new(recordings: Arc<Recordings>, session: &str, room: RecordedRoom) -> Self {
        Self { recordings, session: session.to_owned(), room, now: false, changed: true, heard: false }
    }
}

/// However the room ends, nobody is on screen there any more.
impl Drop for Recorded {
    fn drop(&mut self) {
        if self.heard {
            self.recordings.room_over(&self.session);
        }
    }
}

impl Room {
    /// Says what is shown now when that has changed, also that it is not recorded any more.
    pub(super) fn tell_recorder(&mut self) {
        let changed = std::mem::take(&mut self.recorded.changed);
        if !changed || !(self.settings.record || self.recorded.heard) {
            return;
        }
        self.recorded.heard = true;
        let scene = Scene {
            settings: self.settings.clone(),
            speakers: self.floor.speakers(),
            sending: self.sending.values().cloned().collect(),
            room: self.recorded.room.clone(),
        };
        self.recorded.recordings.see(&self.session, scene);
    }

    /// The session was closed: unlike an empty room, that ends the block (K1).
    pub(super) fn end_recording(&self) {
        self.recorded.recordings.close(&self.session);
    }

    pub(super) fn set_recording(&mut self, recording: bool, end: Option<BlockEnd>) {
        self.recorded.now = recording;
        self.changed = true;
        self.broadcast(&say(&ServerMessage::Recording { recording, end }), None);
    }
}
