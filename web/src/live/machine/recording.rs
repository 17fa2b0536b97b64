//! Whether what is on screen is recorded: everybody is told, and who comes later too (K1).

use super::{Effect, Machine};
use crate::state::room::{Change, Notice};
use protocol::recording::BlockEnd;

impl Machine {
    /// `end` says why it does not go on by itself.
    pub(super) fn recording(&mut self, recording: bool, end: Option<BlockEnd>, out: &mut Vec<Effect>) {
        let before = std::mem::replace(&mut self.recording, recording);
        out.push(Effect::Change(Change::Recording(recording)));
        let stopped = end.filter(|end| end.stops() && !recording).map(Notice::RecordingStopped);
        let turned =
            (before != recording).then_some(if recording { Notice::RecordingOn } else { Notice::RecordingOff });
        out.extend(stopped.or(turned).map(Effect::Notice));
    }
}
