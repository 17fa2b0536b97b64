//! Everybody inside, as the links tell it (I2).

use super::Room;
use crate::board::People;
use std::collections::HashMap;
use std::sync::Arc;

impl Room {
    /// With those for whom a seat is held.
    pub(super) fn inside(&self) -> People {
        let held = self.floor.people().map(|(person, name)| (Arc::from(person), Arc::from(name)));
        let connected = self.members.values().map(|member| (Arc::clone(&member.person), Arc::from(&*member.name)));
        held.chain(connected).collect::<HashMap<_, _>>()
    }

    /// At a tick, so that who comes and goes in between is not told.
    pub(super) fn post_people(&mut self) {
        let inside = self.inside();
        if *self.people != inside {
            self.people = Arc::new(inside);
            self.board.post_people(&self.session, Arc::clone(&self.people));
        }
    }
}
