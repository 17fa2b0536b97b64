//! Rooms: who enters, who sees the others inside, and what is done there (A3, F5, I2, I3).

use super::Standing;
use crate::error::{Error, Result};
use crate::model::event::{Event, State};
use crate::timing::Timing;

/// A room at the moment at which somebody wants to enter it.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    pub state: State,
    pub timing: Timing,
    pub occupied: bool,
    pub was_inside: bool,
}

/// Enter the room of a session that one may watch (A3, F5): while the event is live and the session's time has come; those
/// who come early (organizers, hosts, speakers, F6) before. After the end of the event a room that is still occupied goes
/// on: organizers may go there, and those come back whose connection breaks, but nobody new comes.
pub fn enter(standing: Standing, early: bool, door: Door) -> Result<()> {
    let early = early || standing.organizer;
    match door.state {
        State::Draft if !standing.organizer => Err(Error::NotOpen("The event has not started yet.")),
        State::Draft | State::Upcoming if early => Ok(()),
        State::Draft | State::Upcoming => Err(Error::NotOpen("The event has not started yet.")),
        State::Live if matches!(door.timing, Timing::Before(_)) && !early && !door.was_inside => {
            Err(Error::NotOpen("This session has not started yet. It opens by itself when its time comes."))
        }
        State::Live => Ok(()),
        State::Ended if door.occupied && (door.was_inside || standing.organizer) => Ok(()),
        State::Ended => Err(Error::NotOpen("The event is over.")),
    }
}

/// See who is in the room of a session that one may watch (I2): whoever may be there, while attendees see each other in this event
/// (A6); hosts always, and from outside.
pub fn see_people_inside((standing, host): (Standing, bool), event: &Event, early: bool, door: Door) -> Result<()> {
    if host {
        return Ok(());
    }
    enter(standing, early, door)?;
    if event.people_visible {
        Ok(())
    } else {
        Err(Error::Forbidden("The list of people is switched off for this event."))
    }
}

/// Lower somebody's raised hand, or all of them (I3).
pub fn lower_hand(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session lower the hands of others.")) }
}

/// React in a room (I3): whoever an organizer has not muted (A7).
pub fn react(standing: Standing, muted: bool) -> bool {
    standing.organizer || !muted
}

/// End a room for everybody inside (F5).
pub fn close_room(host: bool) -> Result<()> {
    if host { Ok(()) } else { Err(Error::Forbidden("Only hosts of this session may close its room.")) }
}
