//! What hosts and the api do to somebody in the room (D7, D8).

use super::{Event, Room};
use protocol::room::{Seat, Source};
use protocol::youtube::YoutubeEnd;

impl Room {
    pub(super) fn set_host(&mut self, person: &str, host: bool) {
        let Some(member) = self.by_person.get(person).and_then(|id| self.members.get_mut(id)) else { return };
        self.changed |= member.host != host;
        member.host = host;
    }

    pub(super) fn set_rights(&mut self, person: &str, share: bool, asked: bool) {
        // Also of who is away, or has come back with the right already: the turn is theirs (D5).
        if share && asked {
            self.floor.approve(person);
        }
        if !share && self.floor.has(person, Seat::Youtube) {
            self.end_youtube(Some(YoutubeEnd::MayNotShare));
        }
        let Some(id) = self.by_person.get(person).copied() else {
            // A seat may be held for who has lost the connection.
            if !share {
                self.free(person);
            }
            return;
        };
        let Some(member) = self.members.get_mut(&id) else { return };
        if member.share == share {
            return;
        }
        member.share = share;
        let _ = member.events.try_send(Event::Rights { share, waiting: None });
        if !share {
            let over: Vec<Source> =
                self.sending.keys().filter(|(of, _)| *of == id).map(|(_, source)| *source).collect();
            for source in over {
                self.ended(id, source);
            }
            self.free(person);
        }
    }

    /// The member carries it out; it is shown at once. Who has lost the connection hears of it when they are back.
    pub(super) fn mute(&mut self, person: &str, source: Source) {
        if self.floor.mute(person, source) {
            self.tell(person, Event::Mute(source));
            self.speakers_changed();
        }
    }

    pub(super) fn stop_seat(&mut self, person: &str, seat: Seat) {
        if seat == Seat::Youtube {
            if self.floor.has(person, seat) {
                self.end_youtube(Some(YoutubeEnd::Removed));
            }
            return;
        }
        self.tell(person, Event::StopSeat(seat));
        if let Some(id) = self.by_person.get(person).copied() {
            let sent = self.sending.keys().filter(|(of, source)| *of == id && source.seat() == seat);
            let over: Vec<Source> = sent.map(|(_, source)| *source).collect();
            for source in over {
                self.ended(id, source);
            }
        }
        // Also while it is only held, or its media is on the way.
        if self.floor.clear(person, seat) {
            self.speakers_changed();
        }
    }
}
