//! Who is large while they speak (H3): not by every cough, and nobody for less than two seconds.

use super::Room;
use protocol::room::{Seat, Speaker};

/// Milliseconds for which somebody stays large at the least.
pub const HOLD_MS: i64 = 2_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spotlight {
    on: Option<String>,
    /// When it turned to them.
    since: i64,
}

impl Spotlight {
    pub fn on(&self) -> Option<&str> {
        self.on.as_deref()
    }

    /// Turns to whoever speaks. After so many milliseconds it wants to look again, when it may turn.
    pub fn look(&mut self, room: &Room, now: i64) -> Option<i64> {
        let seated = |person: &str| room.speakers.iter().any(|speaker| speaker.person == person && has_tile(speaker));
        self.on.take_if(|person| !seated(person));
        let others = |person: &&String| Some(*person) != room.me.as_ref() && seated(person);
        let Some(on) = &self.on else {
            // Whoever it may be is better than nobody; oneself comes last, for one sees oneself well enough.
            let first = room.speakers.iter().filter(|speaker| has_tile(speaker)).map(|speaker| &speaker.person);
            let next =
                room.spoken.iter().find(others).or_else(|| first.clone().find(others)).or_else(|| first.clone().next());
            self.on = next.cloned();
            self.since = now;
            return None;
        };
        if room.speaking.contains(on) {
            return None;
        }
        let next = room.spoken.iter().filter(|person| room.speaking.contains(*person)).find(others)?.clone();
        let held = now - self.since;
        if held < HOLD_MS {
            return Some(HOLD_MS - held);
        }
        self.on = Some(next);
        self.since = now;
        None
    }
}

fn has_tile(speaker: &Speaker) -> bool {
    speaker.sources.iter().any(|source| source.seat() == Seat::Person)
}

#[cfg(test)]
mod tests {
    use super::super::Change;
    use super::super::tiles::tests::{room_of, speaker};
    use super::*;
    use protocol::room::Source;

    fn room(people: &[&str]) -> Room {
        room_of(people.iter().map(|person| speaker(person, &[Source::Microphone])).collect())
    }

    fn speak(room: &mut Room, people: &[&str]) {
        let people = people.iter().map(|person| (*person).to_owned()).collect();
        room.apply(Change::Speaking { people, own: false });
    }

    #[test]
    fn h3_somebody_is_large_before_anybody_has_spoken_and_oneself_last() {
        let mut light = Spotlight::default();
        assert_eq!(light.look(&room(&[]), 0), None);
        assert_eq!(light.on(), None);
        light.look(&room(&["me"]), 0);
        assert_eq!(light.on(), Some("me"));
        let mut light = Spotlight::default();
        light.look(&room(&["me", "ada"]), 0);
        assert_eq!(light.on(), Some("ada"));
    }

    #[test]
    fn h3_nobody_is_large_for_less_than_two_seconds() {
        let mut room = room(&["ada", "bob"]);
        let mut light = Spotlight::default();
        speak(&mut room, &["ada"]);
        light.look(&room, 10_000);
        speak(&mut room, &["bob"]);
        assert_eq!(light.look(&room, 10_500), Some(1_500));
        assert_eq!(light.on(), Some("ada"));
        assert_eq!(light.look(&room, 12_000), None);
        assert_eq!(light.on(), Some("bob"));
    }

    #[test]
    fn h3_a_word_between_does_not_turn_it_and_two_at_once_do_not_either() {
        let mut room = room(&["ada", "bob"]);
        let mut light = Spotlight::default();
        speak(&mut room, &["ada"]);
        light.look(&room, 0);
        speak(&mut room, &["bob"]);
        light.look(&room, 100);
        speak(&mut room, &[]);
        assert_eq!(light.look(&room, 2_100), None);
        assert_eq!(light.on(), Some("ada"), "Bob was silent again when it might have turned");
        speak(&mut room, &["ada", "bob"]);
        light.look(&room, 9_000);
        assert_eq!(light.on(), Some("ada"), "it stays while she speaks");
    }

    #[test]
    fn h3_the_own_voice_does_not_turn_it_and_who_leaves_is_followed_at_once() {
        let mut room = room(&["ada", "bob", "me"]);
        let mut light = Spotlight::default();
        speak(&mut room, &["ada"]);
        light.look(&room, 0);
        room.apply(Change::Speaking { people: vec![], own: true });
        assert_eq!(light.look(&room, 9_000), None);
        assert_eq!(light.on(), Some("ada"));
        room.speakers.remove(0);
        light.look(&room, 9_001);
        assert_eq!(light.on(), Some("bob"));
    }
}
