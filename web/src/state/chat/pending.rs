//! The person's own messages on their way to the server.

use super::Conversation;
use crate::api::chat::{Message, QuotedMessage};
use crate::api::share_request::Asker;
use crate::api::{DateTime, Failure};

/// A message of the person's own that the server has not answered yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// What the server knows it by, however often it is sent.
    pub client_id: String,
    /// As it is sent.
    pub text: String,
    /// Whom it mentions.
    pub mentions: Vec<Asker>,
    pub reply_to: Option<QuotedMessage>,
    pub written_at: DateTime,
    pub sending: Sending,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Sending {
    /// It is its turn, or will be.
    Waiting,
    /// The server was not there: it is tried again.
    Offline,
    /// The server said no: the person decides.
    Refused(Failure),
    /// It is from an earlier visit: the person decides.
    Left,
    /// It was told, before its answer came.
    Told,
}

impl Conversation {
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// Whether something of this visit is not with the server yet.
    pub fn is_sending(&self) -> bool {
        self.pending.iter().any(|one| one.sending != Sending::Left)
    }

    pub fn add_pending(&mut self, one: Pending) {
        self.pending.push(one);
    }

    /// Those of an earlier visit, before what is written in this one.
    pub fn restore(&mut self, earlier: Vec<Pending>) {
        let unknown = |one: &Pending| self.pending.iter().all(|known| known.client_id != one.client_id);
        let earlier: Vec<Pending> = earlier.into_iter().filter(unknown).collect();
        self.pending.splice(0..0, earlier);
    }

    /// Which message is to be sent now: one after the other, so that they arrive in the order in which they were written.
    pub fn next_to_send(&self) -> Option<&Pending> {
        self.pending.iter().find(|one| !matches!(one.sending, Sending::Refused(_) | Sending::Left))
    }

    /// The server has it.
    pub fn sent(&mut self, client_id: &str, message: Message) {
        self.drop_pending(client_id);
        if self.has_begun() {
            // Not a change that was told: others before it may still be on their way.
            self.merge(message);
        }
    }

    /// What became of an attempt. Of a message that was told already it says nothing any more.
    pub fn set_sending(&mut self, client_id: &str, sending: Sending) {
        let known = self.pending.iter().position(|one| one.client_id == client_id);
        let Some(place) = known else { return };
        match (&self.pending[place].sending, &sending) {
            (Sending::Told, Sending::Refused(_)) => _ = self.pending.remove(place),
            (Sending::Told, _) => {}
            _ => self.pending[place].sending = sending,
        }
    }

    pub fn drop_pending(&mut self, client_id: &str) {
        self.pending.retain(|one| one.client_id != client_id);
    }
}
