//! What everybody reacts with, counted until it is told (I3).

use super::{MemberId, Room, say};
use protocol::room::{REACTIONS_A_SECOND, Reaction};
use protocol::signalling::{ErrorCode, ServerMessage};
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Default)]
pub struct Reactions {
    counts: BTreeMap<Reaction, u32>,
    /// How many of each member count already.
    of: HashMap<MemberId, u32>,
}

impl Reactions {
    /// Counts one, unless the member has had theirs.
    pub fn add(&mut self, member: MemberId, reaction: Reaction) {
        let of = self.of.entry(member).or_default();
        if *of < REACTIONS_A_SECOND {
            *of += 1;
            *self.counts.entry(reaction).or_default() += 1;
        }
    }

    /// What came since the last time, the most frequent first.
    pub fn take(&mut self) -> Vec<(Reaction, u32)> {
        self.of.clear();
        let mut counts: Vec<_> = std::mem::take(&mut self.counts).into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

impl Room {
    /// Who is muted does not react (A7).
    pub(super) fn react(&mut self, id: MemberId, reaction: Reaction) -> Result<(), ErrorCode> {
        let member = self.members.get(&id).ok_or(ErrorCode::WrongState)?;
        if !member.react {
            return Err(ErrorCode::MayNotReact);
        }
        self.reactions.add(id, reaction);
        Ok(())
    }

    pub(super) fn tell_reactions(&mut self) {
        let counts = self.reactions.take();
        if !counts.is_empty() {
            self.broadcast(&say(&ServerMessage::Reactions { counts }), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Reaction::{Applause, Heart};

    /// I3: everything of one second together, and of nobody more than five.
    #[test]
    fn i3_reactions_are_counted_together_and_of_nobody_more_than_five() {
        let mut reactions = Reactions::default();
        for member in 0..20 {
            reactions.add(member, Applause);
        }
        for _ in 0..100 {
            reactions.add(3, Heart);
        }
        assert_eq!(reactions.take(), [(Applause, 20), (Heart, 4)]);
        assert_eq!(reactions.take(), []);
        reactions.add(3, Heart);
        assert_eq!(reactions.take(), [(Heart, 1)], "the next second is another one");
    }
}
