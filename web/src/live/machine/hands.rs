//! Raising the own hand, and reacting (I3). Only inside: what is not heard is not kept for later. A hand that was up is raised
//! again in a room that does not know of it, since media has started anew (H5).

use super::connection::Pending;
use super::{Effect, Machine, Stage};
use crate::state::room::Change;
use crate::state::room::hands::is_up;
use protocol::room::{Hands, Reaction};
use protocol::signalling::ClientMessage;

impl Machine {
    pub(super) fn raise_hand(&mut self, raised: bool, out: &mut Vec<Effect>) {
        if self.stage == Stage::Inside {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::RaiseHand { id, raised }));
            out.push(Effect::Change(Change::OwnHand(raised)));
            self.hand = raised;
        }
    }

    /// What the room says: a host may have lowered it.
    pub(super) fn hands(&mut self, hands: Hands, out: &mut Vec<Effect>) {
        self.hand = is_up(&hands, &self.me, self.hand);
        out.push(Effect::Change(Change::Hands(hands)));
    }

    /// The same at the entry, and whether the hand is to be raised again. In the same room as before a host has lowered it.
    pub(super) fn hands_at_entry(&mut self, hands: &Hands, same: bool) -> bool {
        let was_up = self.hand;
        self.hand = is_up(hands, &self.me, was_up);
        was_up && !same && !is_up(hands, &self.me, false)
    }

    pub(super) fn react(&mut self, emoji: Reaction, out: &mut Vec<Effect>) {
        if self.stage == Stage::Inside {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::React { id, emoji }));
        }
    }
}
