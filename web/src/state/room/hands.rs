//! Raised hands and reactions, as the stage shows them (I3).

use super::{Announcement, Room};
use protocol::room::{Hands, Reaction};

/// What everybody reacted with in one second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Burst {
    /// Grows with each: two that look alike are two.
    pub number: u32,
    pub counts: Vec<(Reaction, u32)>,
}

impl Burst {
    pub fn follow(&mut self, counts: Vec<(Reaction, u32)>) {
        *self = Self { number: self.number.wrapping_add(1), counts };
    }
}

/// Elements that fly over the stage for one second of reactions, each with the number that it says.
pub const FLIGHTS: usize = 12;
/// Of one emoji.
const OF_ONE: u32 = 4;

/// What flies: each emoji at least once, with its number, and a few more for many.
pub fn flights(counts: &[(Reaction, u32)]) -> Vec<(Reaction, Option<u32>)> {
    let first = counts.iter().map(|(emoji, count)| (*emoji, Some(*count)));
    let more = counts.iter().flat_map(|(emoji, count)| (1..(*count).min(OF_ONE)).map(|_| (*emoji, None)));
    first.chain(more).take(FLIGHTS).collect()
}

/// Whether a person's hand is up by what is told: listed, or behind those that are.
pub fn is_up(hands: &Hands, person: &str, before: bool) -> bool {
    let listed = hands.up.iter().any(|hand| hand.person == person);
    let all_listed = hands.up.len() >= hands.count as usize;
    listed || before && !all_listed
}

impl Room {
    /// Takes what is told, and says who has raised a hand by that. What the person did themselves is no news.
    pub(super) fn take_hands(&mut self, hands: Hands) -> Vec<Announcement> {
        let me = self.me.as_deref();
        let listed = |hands: &Hands, person: &str| hands.up.iter().any(|hand| hand.person == person);
        let others = hands.up.iter().filter(|hand| Some(hand.person.as_str()) != me);
        let fresh = others.filter(|hand| !listed(&self.hands, &hand.person));
        let news = fresh.map(|hand| Announcement::RaisedHand(hand.name.clone())).collect();
        self.hand_up = is_up(&hands, me.unwrap_or_default(), self.hand_up);
        self.hands = hands;
        news
    }

    /// The place of a person among the raised hands, from 1.
    pub fn hand_of(&self, person: &str) -> Option<u32> {
        let place = self.hands.up.iter().position(|hand| hand.person == person)?;
        u32::try_from(place + 1).ok()
    }

    /// The own place, when it is listed.
    pub fn own_hand(&self) -> Option<u32> {
        self.me.as_deref().and_then(|me| self.hand_of(me))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::room::Change;
    use protocol::room::{Counts, Insider};

    fn hands(names: &[&str]) -> Hands {
        let up = names.iter().map(|name| Insider { person: (*name).into(), name: (*name).into() }).collect();
        Hands { up, count: u32::try_from(names.len()).unwrap() }
    }

    fn inside(names: &[&str]) -> Room {
        let mut room = Room::default();
        let news = room.apply(Change::Joined {
            person: "me".into(),
            share: false,
            counts: Counts::default(),
            speakers: vec![],
            hands: hands(names),
        });
        assert_eq!(news, [], "whose hand was up before is no news");
        room
    }

    /// I3: who raised a hand is told once, and not of oneself.
    #[test]
    fn i3_raised_hands_are_told_in_their_order() {
        let mut room = inside(&["ada"]);
        let news = room.apply(Change::Hands(hands(&["ada", "me", "bob"])));
        assert_eq!(news, [Announcement::RaisedHand("bob".into())]);
        assert_eq!((room.own_hand(), room.hand_of("bob"), room.hand_of("cleo")), (Some(2), Some(3), None));
        assert!(room.hand_up);
        assert_eq!(room.apply(Change::Hands(hands(&["me"]))), []);
        assert_eq!(room.own_hand(), Some(1));
        room.apply(Change::Hands(hands(&[])));
        assert!(!room.hand_up, "a host lowered it");
    }

    /// I3, H5: after a reconnect the hand is what the room says.
    #[test]
    fn i3_h5_the_own_hand_is_still_up_after_a_reconnect() {
        assert!(inside(&["bob", "me"]).hand_up);
        assert!(!inside(&["bob"]).hand_up);
    }

    /// I3: behind those that are listed one's own hand is up all the same.
    #[test]
    fn i3_a_hand_that_is_not_listed_stays_up() {
        let mut room = inside(&[]);
        room.apply(Change::OwnHand(true));
        room.apply(Change::Hands(Hands { count: 300, ..hands(&["ada"]) }));
        assert!(room.hand_up && room.own_hand().is_none());
    }

    /// I3: however many react, few elements fly, and each emoji with its number.
    #[test]
    fn i3_few_elements_fly_for_many_reactions() {
        let all: Vec<(Reaction, u32)> = Reaction::ALL.map(|one| (one, 1000)).to_vec();
        let flying = flights(&all);
        assert_eq!(flying.len(), FLIGHTS);
        assert!(flying[..6].iter().all(|(_, count)| *count == Some(1000)));
        assert_eq!(flights(&[(Reaction::Heart, 2)]), [(Reaction::Heart, Some(2)), (Reaction::Heart, None)]);
        assert_eq!(flights(&[(Reaction::Heart, 1)]), [(Reaction::Heart, Some(1))]);
    }
}
