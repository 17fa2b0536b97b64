//! What the api remembers of chats between two requests: whose turn it is to change one, and which messages were reacted to
//! since that was told.

use crate::error::{Error, Result};
use crate::ids::{MessageId, SessionId};
use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::PoisonError;
use tokio::sync::MutexGuard;

/// Chats that change at the same time.
const TURNS: usize = 64;

pub struct Chats {
    /// Held from a change's transaction to its announcement, so that changes of a chat are told in the order in which the
    /// database took them. Several chats share one.
    turns: [tokio::sync::Mutex<()>; TURNS],
    reacted: std::sync::Mutex<HashMap<SessionId, HashSet<MessageId>>>,
}

impl Default for Chats {
    fn default() -> Self {
        Self { turns: std::array::from_fn(|_| tokio::sync::Mutex::default()), reacted: std::sync::Mutex::default() }
    }
}

impl Chats {
    /// Waits for the turn of one chat. Not for ever: whoever holds it may wait for a database that does not answer.
    pub async fn in_order(&self, session: SessionId) -> Result<MutexGuard<'_, ()>> {
        let turn = self.turns[place(session)].lock();
        tokio::time::timeout(crate::db::WAIT, turn).await.map_err(|_late| Error::Unavailable)
    }

    /// The same for many chats. In one order, so that two that wait for many do not wait for each other.
    pub async fn all_in_order(&self, sessions: &[SessionId]) -> Result<Vec<MutexGuard<'_, ()>>> {
        let mut places: Vec<usize> = sessions.iter().copied().map(place).collect();
        places.sort_unstable();
        places.dedup();
        let mut held = Vec::with_capacity(places.len());
        for place in places {
            let turn = self.turns[place].lock();
            held.push(tokio::time::timeout(crate::db::WAIT, turn).await.map_err(|_late| Error::Unavailable)?);
        }
        Ok(held)
    }

    /// Somebody reacted to a message. Whether the caller is the first one, who sees to it that this is told.
    pub fn reacted(&self, session: SessionId, message: MessageId) -> bool {
        let mut reacted = self.reacted.lock().unwrap_or_else(PoisonError::into_inner);
        let first = !reacted.contains_key(&session);
        reacted.entry(session).or_default().insert(message);
        first
    }

    /// The messages that were reacted to, each once: from now on somebody else is the first one.
    pub fn take_reacted(&self, session: SessionId) -> Vec<MessageId> {
        let mut reacted = self.reacted.lock().unwrap_or_else(PoisonError::into_inner);
        reacted.remove(&session).map(|messages| messages.into_iter().collect()).unwrap_or_default()
    }
}

fn place(session: SessionId) -> usize {
    let mut hasher = DefaultHasher::new();
    session.hash(&mut hasher);
    usize::try_from(hasher.finish() % TURNS as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use ulid::Ulid;

    #[test]
    fn many_reactions_are_told_by_the_first_one() {
        let chats = Chats::default();
        let (session, other) = (SessionId::from_ulid(Ulid(1)), SessionId::from_ulid(Ulid(2)));
        let message = |number| MessageId::from_ulid(Ulid(number));
        let first: Vec<bool> =
            [message(1), message(2), message(1)].iter().map(|id| chats.reacted(session, *id)).collect();
        assert_eq!(first, [true, false, false]);
        assert!(chats.reacted(other, message(3)));
        assert_eq!(chats.take_reacted(session).len(), 2);
        assert!(chats.reacted(session, message(1)));
    }

    #[tokio::test]
    async fn the_turns_of_many_chats_are_taken_each_once() {
        let chats = Chats::default();
        let sessions: Vec<SessionId> = (0..200).map(|number| SessionId::from_ulid(Ulid(number))).collect();
        let held = chats.all_in_order(&sessions).await.unwrap();
        assert!(held.len() > 1 && held.len() <= TURNS);
        drop(held);
        assert!(chats.in_order(sessions[0]).await.is_ok());
    }
}
