//! Raising the own hand, and reacting (I3). Only inside: what is not heard is not kept for later.

use super::connection::Pending;
use super::{Effect, Machine, Stage};
use crate::state::room::Change;
use protocol::room::Reaction;
use protocol::signalling::ClientMessage;

impl Machine {
    pub(super) fn raise_hand(&mut self, raised: bool, out: &mut Vec<Effect>) {
        if self.stage == Stage::Inside {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::RaiseHand { id, raised }));
            out.push(Effect::Change(Change::OwnHand(raised)));
        }
    }

    pub(super) fn react(&mut self, emoji: Reaction, out: &mut Vec<Effect>) {
        if self.stage == Stage::Inside {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::React { id, emoji }));
        }
    }
}
