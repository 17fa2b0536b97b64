//! Raised hands, in the order in which they were raised (I3). Pure but for the room's own part: time comes in with each call.

use super::{Gone, HANDS, MemberId, Room, say};
use protocol::room::{HAND_HELD_SECONDS, HANDS_LISTED, Hands, Insider};
use protocol::signalling::ServerMessage;
use std::time::Duration;
use tokio::time::Instant;

/// How long the hand of who is lost stays up.
const HELD: Duration = Duration::from_secs(HAND_HELD_SECONDS);

#[derive(Debug, Default)]
pub struct HandsUp(Vec<Hand>);

#[derive(Debug)]
struct Hand {
    person: String,
    name: String,
    /// Set while the person is lost: until when the hand stays up.
    held_until: Option<std::time::Instant>,
}

/// Every change of what others see is told by the answer of its function.
impl HandsUp {
    /// Behind those that are up. A hand that is up stays where it is.
    pub fn raise(&mut self, person: &str, name: &str) -> bool {
        let up = self.0.iter().any(|hand| hand.person == person);
        if !up {
            self.0.push(Hand { person: person.to_owned(), name: name.to_owned(), held_until: None });
        }
        !up
    }

    pub fn lower(&mut self, person: &str) -> bool {
        self.keep(|other| other != person)
    }

    /// Lowers the hands of everybody else.
    pub fn keep(&mut self, may_stay: impl Fn(&str) -> bool) -> bool {
        let before = self.0.len();
        self.0.retain(|hand| may_stay(&hand.person));
        self.0.len() != before
    }

    /// The person's connection broke: the hand stays up for a while.
    pub fn lost(&mut self, person: &str, now: std::time::Instant) {
        for hand in self.0.iter_mut().filter(|hand| hand.person == person) {
            hand.held_until.get_or_insert(now + HELD);
        }
    }

    /// The person is inside again.
    pub fn back(&mut self, person: &str) {
        for hand in self.0.iter_mut().filter(|hand| hand.person == person) {
            hand.held_until = None;
        }
    }

    /// Lowers the hands of those who did not come back in time.
    pub fn expire(&mut self, now: std::time::Instant) -> bool {
        let before = self.0.len();
        self.0.retain(|hand| hand.held_until.is_none_or(|until| now < until));
        self.0.len() != before
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn told(&self) -> Hands {
        let first = self.0.iter().take(HANDS_LISTED);
        Hands {
            up: first.map(|hand| Insider { person: hand.person.clone(), name: hand.name.clone() }).collect(),
            count: u32::try_from(self.0.len()).unwrap_or(u32::MAX),
        }
    }
}

impl Room {
    pub(super) fn raise_hand(&mut self, id: MemberId, raised: bool) {
        let Some(member) = self.members.get(&id) else { return };
        let changed =
            if raised { self.hands.raise(&member.person, &member.name) } else { self.hands.lower(&member.person) };
        if changed {
            self.hands_changed();
        }
    }

    /// One hand, or all.
    pub(super) fn lower_hand(&mut self, person: Option<&str>) {
        if self.hands.keep(|other| person.is_some_and(|person| person != other)) {
            self.hands_changed();
        }
    }

    /// Who leaves lowers the hand by that.
    pub(super) fn hand_of_gone(&mut self, person: &str, how: Gone) {
        match how {
            Gone::Lost => self.hands.lost(person, Instant::now().into_std()),
            Gone::Left => self.lower_hand(Some(person)),
        }
    }

    /// At once, or together with what changed a moment ago.
    pub(super) fn hands_changed(&mut self) {
        self.changed = true;
        // A long list goes to everybody: the longer it is, the less often.
        let slower = 1 + u32::try_from(self.hands.len() / 25).unwrap_or(u32::MAX).min(7);
        self.hands_pace.change(HANDS * slower);
    }

    pub(super) fn tell_hands(&mut self, now: Instant) {
        self.hands_pace.tell(now);
        self.broadcast(&say(&ServerMessage::Hands { hands: self.hands.told() }), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(hands: &HandsUp) -> Vec<String> {
        hands.told().up.into_iter().map(|one| one.name).collect()
    }

    /// I3: in the order in which they were raised, whatever happens to the others.
    #[test]
    fn i3_hands_stay_in_the_order_in_which_they_were_raised() {
        let mut hands = HandsUp::default();
        for name in ["ada", "bob", "cleo"] {
            assert!(hands.raise(name, name));
        }
        assert!(!hands.raise("ada", "ada"), "it is up already");
        assert_eq!(names(&hands), ["ada", "bob", "cleo"]);
        assert!(hands.lower("ada") && !hands.lower("ada"));
        assert!(hands.raise("ada", "ada"));
        assert_eq!(names(&hands), ["bob", "cleo", "ada"], "raised again is behind the others");
    }

    /// I3: a loss of up to 60 s changes nothing.
    #[test]
    fn i3_a_hand_is_held_for_60_seconds() {
        let mut hands = HandsUp::default();
        let now = std::time::Instant::now();
        let after = |seconds| now + Duration::from_secs(seconds);
        for name in ["ada", "bob"] {
            hands.raise(name, name);
            hands.lost(name, now);
        }
        hands.back("bob");
        assert!(!hands.expire(after(59)));
        assert!(hands.expire(after(60)));
        assert_eq!(names(&hands), ["bob"]);
    }

    #[test]
    fn i3_of_more_hands_than_are_listed_the_number_is_told() {
        let mut hands = HandsUp::default();
        for number in 0..=HANDS_LISTED {
            hands.raise(&number.to_string(), "name");
        }
        let told = hands.told();
        assert_eq!((told.up.len(), told.count as usize), (HANDS_LISTED, HANDS_LISTED + 1));
    }
}
