//! What is told of recordings: one of a session, and who sees it (K5, K8).

use super::{Audience, Told};
use crate::ids::{AccountId, RecordingId};
use crate::model::recording::Recording;
use std::collections::HashSet;
use std::sync::Arc;

/// A recording with what lists show of it.
#[derive(Clone, Debug)]
pub struct RecordingView {
    pub recording: Arc<Recording>,
    /// Its session is gone, for good or for as long as that can be taken back (B8).
    pub session_deleted: bool,
}

/// A recording was made, changed or deleted.
#[derive(Debug)]
pub struct RecordingChange {
    pub id: RecordingId,
    /// As it is now; nothing after its deletion.
    pub after: Option<RecordingView>,
    /// Whether it was a replay before.
    pub shown_before: bool,
    /// Who may watch its session, where that matters.
    pub audience: Audience,
    /// Its session's moderators, who hear of it as long as they may watch it; nobody of what only grows.
    pub hosts: Arc<HashSet<AccountId>>,
    pub told: Told,
}

impl RecordingChange {
    /// Whether attendees may see it from now on.
    pub fn is_shown(&self) -> bool {
        self.after.as_ref().is_some_and(|view| !view.session_deleted && view.recording.is_shown())
    }
}
