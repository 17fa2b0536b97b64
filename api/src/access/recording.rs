//! Recordings (K1–K8).

use super::event::manage_event;
use super::{Caller, Standing};
use crate::error::{Error, Result};
use crate::model::event::Event;
use crate::model::recording::Which;
use crate::model::session::Session;

/// Which recordings of a session that one may watch one sees: hosts all, others its replays (K8).
pub fn seen_recordings(host: bool) -> Which {
    if host { Which::All } else { Which::Replays }
}

/// Watch a recording (K8). `host` says that the caller is a host of its session, or an organizer, who alone sees those of a session
/// that is gone (B8); `replay` that attendees see it, and that the caller may watch its session.
pub fn watch_recording(host: bool, replay: bool) -> Result<()> {
    if host || replay { Ok(()) } else { Err(Error::NotFound("recording")) }
}

/// Let attendees watch a recording, or not any more (K8); have it made into a file once more (K5).
pub fn direct_recording(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may do that with its recordings.")) }
}

/// Start recording a session again that has stopped by itself (K2).
pub fn start_recording(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may start its recording.")) }
}

/// Delete a recording that one sees, for good (K5).
pub fn delete_recording(standing: Standing) -> Result<()> {
    if standing.organizer { Ok(()) } else { Err(Error::Forbidden("Only organizers of this event delete recordings.")) }
}

/// See all recordings of an event, and what they take (K5).
pub fn manage_recordings(caller: &Caller, event: &Event) -> Result<()> {
    manage_event(caller, event)
}

/// Have a session recorded (K1): none that an attendee made (N1).
pub fn record(session: &Session) -> bool {
    session.creator_id.is_none()
}
