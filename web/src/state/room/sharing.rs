//! What the share control says will happen, before anything does (D2–D5, E2).

use super::Room;
use crate::api::share_request::{MyShare, ShareStanding};
use protocol::room::Seat;

/// The way onto the screen, for who is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Goes on screen without asking anybody.
    Share,
    /// As that, if a seat were free.
    Full,
    /// Approved while every seat is taken: the place in the row, from 1.
    NextSeat(u32),
    /// A free seat is kept for so many seconds.
    Offered(u64),
    /// Not without asking: what can be asked, the api knows.
    MayNot,
}

impl Sharing {
    /// As far as the room itself says.
    pub fn of(room: &Room) -> Self {
        match (room.offered, room.waiting) {
            _ if !room.may_share => Self::MayNot,
            (Some(seconds), _) => Self::Offered(seconds),
            (None, Some(place)) => Self::NextSeat(place),
            (None, None) if room.full(Seat::Person) => Self::Full,
            (None, None) => Self::Share,
        }
    }

    /// The free seats, if there are any, are those of others.
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Full | Self::NextSeat(_))
    }
}

/// What there is for who may not go on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Only watching.
    Nothing,
    Ask,
    /// The request waits: its place in the queue, from 1.
    Asked(u32),
    /// The api has given the right; the room hears of it in a moment.
    Approved,
    /// A host keeps the person off the screen.
    Barred,
}

impl From<&MyShare> for Asking {
    fn from(my: &MyShare) -> Self {
        match my.state {
            ShareStanding::MayNot => Self::Nothing,
            ShareStanding::MayAsk => Self::Ask,
            ShareStanding::Waiting => Self::Asked(my.position.and_then(|place| u32::try_from(place).ok()).unwrap_or(1)),
            ShareStanding::MayShare | ShareStanding::Approved => Self::Approved,
            ShareStanding::Barred => Self::Barred,
        }
    }
}

impl Asking {
    /// Whether a host has declined: the request is gone, and the person did not take it back.
    pub fn was_declined(before: Self, now: Self) -> bool {
        matches!(before, Self::Asked(_)) && now == Self::Ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::Counts;

    fn room(seats: u32) -> Room {
        Room { may_share: true, counts: Counts { seats, max_seats: 3, viewers: 9 }, ..Room::default() }
    }

    fn standing(state: ShareStanding, position: Option<i32>) -> Asking {
        Asking::from(&MyShare { state, position, request_id: None })
    }

    #[test]
    fn e2_who_may_share_does_so_while_a_seat_is_free() {
        assert_eq!(Sharing::of(&room(2)), Sharing::Share);
        assert_eq!(Sharing::of(&room(3)), Sharing::Full);
    }

    #[test]
    fn d5_a_turn_comes_before_a_full_room() {
        assert_eq!(Sharing::of(&Room { waiting: Some(2), ..room(3) }), Sharing::NextSeat(2));
        assert_eq!(Sharing::of(&Room { offered: Some(27), ..room(3) }), Sharing::Offered(27));
        let taken = [Sharing::NextSeat(2), Sharing::Full, Sharing::Offered(27), Sharing::Share].map(Sharing::is_taken);
        assert_eq!(taken, [true, true, false, false], "who waits comes no sooner by pressing");
    }

    #[test]
    fn d2_without_the_right_there_is_nothing_to_press() {
        assert_eq!(Sharing::of(&Room { may_share: false, ..room(0) }), Sharing::MayNot);
        assert_eq!(standing(ShareStanding::MayNot, None), Asking::Nothing);
        assert_eq!(standing(ShareStanding::Barred, None), Asking::Barred);
    }

    #[test]
    fn d5_who_asked_sees_the_own_place() {
        assert_eq!(standing(ShareStanding::MayAsk, None), Asking::Ask);
        assert_eq!(standing(ShareStanding::Waiting, Some(3)), Asking::Asked(3));
    }

    #[test]
    fn d5_a_request_that_is_gone_without_a_right_was_declined() {
        assert!(Asking::was_declined(Asking::Asked(1), Asking::Ask));
        assert!(!Asking::was_declined(Asking::Asked(1), Asking::Approved));
        assert!(!Asking::was_declined(Asking::Asked(1), Asking::Nothing), "the session is not moderated any more");
        assert!(!Asking::was_declined(Asking::Ask, Asking::Ask));
    }
}
