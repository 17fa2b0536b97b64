//! Which pictures are received: those that the page shows (E4, H4). Sound is received always.

use super::connection::Pending;
use super::{Effect, Machine, SHOW_MS, Stage, Timer};
use crate::state::room::Change;
use crate::state::room::receiving::Shown;
use protocol::signalling::{ClientMessage, Receiving};

impl Machine {
    /// The page shows these now. They stay shown over a reconnect, with other consumers.
    pub(super) fn show(&mut self, shown: Shown, out: &mut Vec<Effect>) {
        self.shown = shown;
        self.tell_shown(out);
    }

    /// Consumers that the media layer is ready for: voices flow at once, pictures when they are shown.
    pub(super) fn consumed(&mut self, consumers: Vec<String>, out: &mut Vec<Effect>) {
        let mut voices = Vec::new();
        for consumer in consumers {
            let Some((person, source)) = self.consumers.get(&consumer).cloned() else { continue };
            out.push(Effect::Change(Change::Received { person, source, consumer: consumer.clone() }));
            if source.is_audio() {
                voices.push(consumer);
            } else {
                self.pictures.insert(consumer, None);
            }
        }
        if !voices.is_empty() {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::ResumeConsumers { id, consumers: voices }));
        }
        self.tell_shown(out);
    }

    /// Tells what has changed since the last time, which is a moment ago at the least: tiles may move with every word.
    pub(super) fn tell_shown(&mut self, out: &mut Vec<Effect>) {
        if self.stage != Stage::Inside || self.just_told {
            return;
        }
        let mut changed = Vec::new();
        for (consumer, told) in self.pictures.iter_mut() {
            let layer = self.consumers.get(consumer).and_then(|of| self.shown.get(of)).copied();
            if *told != layer {
                *told = layer;
                changed.push(Receiving { consumer: consumer.clone(), layer });
            }
        }
        if changed.is_empty() {
            return;
        }
        let id = self.request(Pending::Ignored);
        out.push(Effect::Send(ClientMessage::SetReceiving { id, consumers: changed }));
        self.just_told = true;
        self.set_timer(Timer::Show, SHOW_MS, out);
    }
}
