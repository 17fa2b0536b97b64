//! What the page of a room shows: the way in, the stage, or why there is neither.

use super::{Ending, Phase};
use crate::api::DateTime;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// It opens then.
    Before(DateTime),
    /// It is not there for the person any more.
    Gone,
    Entrance,
    Stage,
    Waiting,
    Ended(Ending),
}

impl Place {
    pub fn of(phase: Phase, closed: Option<DateTime>, gone: bool) -> Self {
        match phase {
            // Who is inside stays there, whatever becomes of session and schedule: it is the room itself that puts people out.
            Phase::Outside | Phase::Ended(Ending::Left | Ending::AccessLost) if gone => Self::Gone,
            Phase::Outside | Phase::Ended(Ending::Left) if closed.is_some() => {
                closed.map_or(Self::Entrance, Self::Before)
            }
            Phase::Outside | Phase::Joining | Phase::Ended(Ending::Left) => Self::Entrance,
            Phase::Inside | Phase::Reconnecting => Self::Stage,
            Phase::WaitingForPlace => Self::Waiting,
            Phase::Ended(ending) => Self::Ended(ending),
        }
    }
}

/// Whether there is a way in, of an event that is over or not: rooms that are still in use then go on, and no other opens (A3). Whom
/// these take the server knows.
pub fn has_way_in(event_over: bool, inside: i32) -> bool {
    !event_over || inside > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::room::Room;

    #[test]
    fn b8_a_session_that_goes_takes_nobody_out_of_its_room_and_shows_that_to_who_is_outside() {
        for phase in [Phase::Inside, Phase::Reconnecting] {
            assert_eq!(Place::of(phase, None, true), Place::Stage, "{phase:?}: the room itself closes");
        }
        for phase in [Phase::Outside, Phase::Ended(Ending::Left), Phase::Ended(Ending::AccessLost)] {
            assert_eq!(Place::of(phase, None, true), Place::Gone, "{phase:?}");
        }
        let closed = Phase::Ended(Ending::SessionClosed);
        assert_eq!(Place::of(closed, None, true), Place::Ended(Ending::SessionClosed), "with its own message");
    }

    #[test]
    fn a3_the_way_in_is_there_when_the_event_goes_live() {
        let mut refused = Room { phase: Phase::Ended(Ending::NotOpen), ..Default::default() };
        refused.opened();
        assert_eq!(Place::of(refused.phase, None, false), Place::Entrance);
        let mut left = Room { phase: Phase::Ended(Ending::TakenOver), ..Default::default() };
        left.opened();
        assert_eq!(left.phase, Phase::Ended(Ending::TakenOver));
    }

    #[test]
    fn a3_no_way_leads_into_an_empty_room_of_an_event_that_is_over() {
        assert!(has_way_in(false, 0) && has_way_in(true, 1));
        assert!(!has_way_in(true, 0));
    }

    #[test]
    fn b8_when_the_deletion_is_taken_back_the_way_in_is_there_again() {
        for ending in [Ending::AccessLost, Ending::SessionClosed] {
            let mut room = Room { phase: Phase::Ended(ending), ..Default::default() };
            room.found_again();
            assert_eq!(Place::of(room.phase, None, false), Place::Entrance);
        }
        let mut inside = Room { phase: Phase::Inside, ..Default::default() };
        inside.found_again();
        assert_eq!(inside.phase, Phase::Inside);
    }
}
