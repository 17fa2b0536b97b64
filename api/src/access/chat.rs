//! Chats and their messages (I1).

use super::Standing;
use super::room::{Door, enter};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::model::event::State;

/// Why somebody who reads a chat may not write in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRefusal {
    /// With what is missing.
    NotOpen(&'static str),
    /// By an organizer, in the whole event (A7).
    Muted,
    /// By a host.
    Paused,
}

impl From<WriteRefusal> for Error {
    fn from(refusal: WriteRefusal) -> Self {
        match refusal {
            WriteRefusal::NotOpen(missing) => Self::NotOpen(missing),
            WriteRefusal::Muted => Self::Forbidden(
                "An organizer has muted you in this event: you cannot chat, vote or ask. You may still request to share.",
            ),
            WriteRefusal::Paused => Self::Forbidden("A host has paused the chat. Write again when it goes on."),
        }
    }
}

/// What says whether somebody who may be in the room may write in its chat.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    pub host: bool,
    pub muted: bool,
    pub paused: bool,
}

/// Read the chat of a session that one may watch (I1): whoever may enter its room, so nobody before its time (F5); and when
/// the event is over, which stays to be read (A3).
pub fn read_chat(standing: Standing, early: bool, door: Door) -> Result<()> {
    match door.state {
        State::Ended => Ok(()),
        State::Draft | State::Upcoming | State::Live => enter(standing, early, door),
    }
}

/// Write in a chat, edit and react (I1): whoever may enter the room, unless an organizer has muted them (A7); hosts also while
/// it is paused.
pub fn write_chat(
    standing: Standing,
    early: bool,
    door: Door,
    writer: Writer,
) -> std::result::Result<(), WriteRefusal> {
    match enter(standing, early, door) {
        Err(Error::NotOpen(missing)) => Err(WriteRefusal::NotOpen(missing)),
        Err(_) => Err(WriteRefusal::NotOpen("The chat is not open.")),
        Ok(()) if writer.muted && !standing.organizer => Err(WriteRefusal::Muted),
        Ok(()) if writer.paused && !writer.host => Err(WriteRefusal::Paused),
        Ok(()) => Ok(()),
    }
}

/// Pin a message, slow a chat down, pause it (I1).
pub fn moderate_chat(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may do that in its chat.")) }
}

/// Change what a message says: one's own alone.
pub fn edit_message(person: AccountId, author: Option<AccountId>) -> Result<()> {
    if author == Some(person) { Ok(()) } else { Err(Error::Forbidden("Only who wrote a message may edit it.")) }
}

/// Delete a message: one's own, and hosts any.
pub fn delete_message(person: AccountId, author: Option<AccountId>, host: bool) -> Result<()> {
    if host || author == Some(person) {
        Ok(())
    } else {
        Err(Error::Forbidden("Only who wrote a message and hosts of this session may delete it."))
    }
}
