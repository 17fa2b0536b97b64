//! The row of those who wait for a free seat, as they are told of it (D5). Who is next `floor.rs` says.

use super::{Event, Room, say};
use protocol::room::OFFER_SECONDS;
use protocol::signalling::ServerMessage;
use tokio::time::Instant;

impl Room {
    /// Keeps free seats for those who wait, and tells them; and tells the others of their place in the row (D5).
    pub(super) fn offer_seats(&mut self) {
        if self.floor.waiting().is_empty() && self.row.is_empty() {
            return;
        }
        let inside = |person: &str| self.by_person.contains_key(person);
        let offered = self.floor.offer(Instant::now().into_std(), inside);
        for person in &offered {
            self.tell(person, say(&ServerMessage::Offered { seconds: OFFER_SECONDS }));
        }
        self.changed |= !offered.is_empty();
        let row: Vec<String> = self.floor.waiting().iter().cloned().collect();
        for (place, person) in (1..).zip(&row) {
            if self.row.get(place as usize - 1) != Some(person) {
                self.tell(person, Event::Rights { share: true, waiting: Some(place) });
            }
        }
        self.row = row;
    }

    /// Tells somebody who comes, perhaps again, of the place in the row or of the seat that is kept (D5).
    pub(super) fn tell_turn(&self, person: &str, share: bool) {
        if !share {
            return;
        }
        if let Some(seconds) = self.floor.offered(person, Instant::now().into_std()) {
            self.tell(person, say(&ServerMessage::Offered { seconds }));
        } else if let Some(place) = self.floor.waiting().iter().position(|waiting| waiting == person) {
            let waiting = u32::try_from(place + 1).ok();
            self.tell(person, Event::Rights { share, waiting });
        }
    }
}
