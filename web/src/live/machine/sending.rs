//! Going on screen, staying there over a reconnect, and leaving it.

use super::{COUNT_MS, Effect, Machine, SendTransport, Stage, Timer};
use crate::live::engine::Command;
use crate::live::machine::connection::Pending;
use crate::state::room::{Change, Notice, Own};
use protocol::room::{Seat, Source};
use protocol::signalling::{ClientMessage, ErrorCode, StopReason, Transport};
use serde_json::Value;

impl Machine {
    pub(super) fn share(&mut self, sources: &[Source], out: &mut Vec<Effect>) {
        if self.stage == Stage::Outside {
            // Whoever left while the browser was still asking for a device does not want its light on.
            out.extend(sources.iter().map(|source| Effect::Engine(Command::CloseCapture { source: *source })));
            return;
        }
        for source in sources {
            self.wanted.insert(*source, false);
            out.push(own(*source, false, self.announced.contains_key(source)));
        }
        self.send_wanted(out);
    }

    pub(super) fn stop_sharing(&mut self, sources: &[Source], out: &mut Vec<Effect>) {
        for source in sources {
            if self.drop_source(*source, out) {
                let id = self.request(Pending::Ignored);
                out.push(Effect::Send(ClientMessage::StopProducing { id, source: *source }));
            }
        }
    }

    /// Stops sending `source` on this side; whether the server knows of it and must be told.
    fn drop_source(&mut self, source: Source, out: &mut Vec<Effect>) -> bool {
        out.push(Effect::Engine(Command::StopProducing { source }));
        out.push(Effect::Engine(Command::CloseCapture { source }));
        if self.wanted.remove(&source).is_some() {
            out.push(Effect::Change(Change::OwnStopped(source)));
        }
        // Nothing else will come on screen before it.
        if self.wanted.is_empty() {
            self.video_again(out);
        }
        self.announced.remove(&source).is_some()
    }

    pub(super) fn set_muted(&mut self, source: Source, muted: bool, out: &mut Vec<Effect>) {
        let Some(known) = self.wanted.get_mut(&source) else { return };
        *known = muted;
        let announced = self.announced.contains_key(&source);
        out.push(Effect::Engine(Command::SetMuted { source, muted }));
        if announced {
            let id = self.request(Pending::Ignored);
            out.push(Effect::Send(ClientMessage::SetMuted { id, source, muted }));
        }
        out.push(own(source, muted, announced));
    }

    /// Sends again after a reconnect what was being sent before it (H5).
    pub(super) fn share_again(&mut self, out: &mut Vec<Effect>) {
        for (source, muted) in self.wanted.clone() {
            out.push(own(source, muted, false));
        }
        self.send_wanted(out);
    }

    fn send_wanted(&mut self, out: &mut Vec<Effect>) {
        if self.stage != Stage::Inside || self.wanted.is_empty() {
            return;
        }
        if !self.may_share {
            self.stop_all(Notice::MayNotShare, out);
            return;
        }
        match self.send_transport {
            SendTransport::None => {
                self.send_transport = SendTransport::Asked;
                let id = self.request(Pending::SendTransport);
                out.push(Effect::Send(ClientMessage::CreateSendTransport { id }));
            }
            SendTransport::Asked => {}
            SendTransport::Ready => {
                // The media layer ignores what it is producing already.
                for (source, muted) in &self.wanted {
                    out.push(Effect::Engine(Command::Produce { source: *source, muted: *muted }));
                }
            }
        }
    }

    pub(super) fn send_transport_ready(&mut self, transport: Transport, out: &mut Vec<Effect>) {
        self.send_transport = SendTransport::Ready;
        out.push(Effect::Engine(Command::SendTransport { transport }));
        self.send_wanted(out);
    }

    pub(super) fn may_not_send(&mut self, code: ErrorCode, out: &mut Vec<Effect>) {
        self.send_transport = SendTransport::None;
        let notice = match code {
            ErrorCode::MayNotShare => Notice::MayNotShare,
            ErrorCode::Full => Notice::Full,
            _ => Notice::ShareFailed(Source::Camera),
        };
        self.stop_all(notice, out);
    }

    pub(super) fn produce(&mut self, source: Source, rtp_parameters: Value, out: &mut Vec<Effect>) {
        let Some(paused) = self.wanted.get(&source).copied() else {
            out.push(Effect::Engine(Command::StopProducing { source }));
            return;
        };
        self.announced.insert(source, ());
        let id = self.request(Pending::Produce(source));
        out.push(Effect::Send(ClientMessage::Produce { id, source, rtp_parameters, paused }));
    }

    pub(super) fn produced(&mut self, source: Source, out: &mut Vec<Effect>) {
        self.no_turn();
        if let Some(muted) = self.wanted.get(&source).copied() {
            out.push(own(source, muted, true));
        }
        self.video_again(out);
    }

    pub(super) fn produce_refused(&mut self, source: Source, code: ErrorCode, out: &mut Vec<Effect>) {
        self.announced.remove(&source);
        if !self.wanted.contains_key(&source) {
            return;
        }
        match code {
            ErrorCode::Full | ErrorCode::MayNotShare => {
                // Sources of one seat come and go together: a refused seat refuses all of them.
                for other in on_seat(source.seat()) {
                    if self.wanted.contains_key(&other) && !self.announced.contains_key(&other) {
                        self.drop_source(other, out);
                    }
                }
                // Each of them is refused by itself; the person hears of it once, at the last.
                if !on_seat(source.seat()).iter().any(|other| self.wanted.contains_key(other)) {
                    out.push(Effect::Notice(if code == ErrorCode::Full { Notice::Full } else { Notice::MayNotShare }));
                }
            }
            ErrorCode::MayNotReact | ErrorCode::WrongState | ErrorCode::InvalidParameters | ErrorCode::Internal => {
                self.produce_failed(source, out);
            }
        }
    }

    pub(super) fn produce_failed(&mut self, source: Source, out: &mut Vec<Effect>) {
        if self.wanted.contains_key(&source) {
            self.stop_sharing(&[source], out);
            // The sound of a screen that was refused fails as well, and a screen without sound is still a screen.
            if source != Source::ScreenAudio {
                out.push(Effect::Notice(Notice::ShareFailed(source)));
            }
        }
    }

    pub(super) fn capture_ended(&mut self, source: Source, out: &mut Vec<Effect>) {
        if !self.wanted.contains_key(&source) {
            return;
        }
        match source {
            // The screen's sound goes with its picture.
            Source::Screen => self.stop_sharing(&[Source::Screen, Source::ScreenAudio], out),
            other => self.stop_sharing(&[other], out),
        }
        // Ending a screen share with the browser's own button is no accident to tell about.
        if !matches!(source, Source::Screen | Source::ScreenAudio) {
            out.push(Effect::Notice(Notice::CaptureEnded(source)));
        }
    }

    pub(super) fn stopped(&mut self, source: Source, reason: StopReason, out: &mut Vec<Effect>) {
        self.announced.remove(&source);
        if !self.wanted.contains_key(&source) {
            return;
        }
        self.drop_source(source, out);
        // Each source is stopped by itself; the person hears of it once, at the last.
        match reason {
            StopReason::MayNotShare if self.wanted.is_empty() => out.push(Effect::Notice(Notice::MayNotShare)),
            StopReason::Removed if !on_seat(source.seat()).iter().any(|other| self.wanted.contains_key(other)) => {
                out.push(Effect::Notice(Notice::Removed(source.seat())));
            }
            StopReason::MayNotShare | StopReason::Removed => {}
        }
    }

    /// A host muted `source` for everyone. The server has done so already; the person may unmute it (D7).
    pub(super) fn muted_by_host(&mut self, source: Source, out: &mut Vec<Effect>) {
        let Some(known) = self.wanted.get_mut(&source) else { return };
        *known = true;
        out.push(Effect::Engine(Command::SetMuted { source, muted: true }));
        out.push(own(source, true, self.announced.contains_key(&source)));
        out.push(Effect::Notice(Notice::MutedByHost(source)));
    }

    pub(super) fn rights(&mut self, share: bool, waiting: Option<u32>, out: &mut Vec<Effect>) {
        self.may_share = share;
        if !share {
            self.no_turn();
        }
        if waiting.is_some() && !self.waits {
            out.push(Effect::Notice(Notice::NextSeat));
        }
        self.waits = waiting.is_some();
        out.push(Effect::Change(Change::Rights { share, waiting }));
    }

    /// A free seat is kept for the person for so many seconds (D5).
    pub(super) fn offer(&mut self, seconds: u64, out: &mut Vec<Effect>) {
        self.waits = false;
        self.offered = seconds;
        out.push(Effect::Change(Change::Offered(Some(seconds))));
        self.offer_goes_on(out);
    }

    /// The offer outlives a lost connection, and its seconds do not.
    pub(super) fn offer_goes_on(&self, out: &mut Vec<Effect>) {
        if self.offered > 0 {
            self.set_timer(Timer::Offer, COUNT_MS, out);
        }
    }

    pub(super) fn count_down(&mut self, out: &mut Vec<Effect>) {
        self.offered -= 1;
        out.push(Effect::Change(Change::Offered((self.offered > 0).then_some(self.offered))));
        if self.offered == 0 {
            out.push(Effect::Notice(Notice::OfferLapsed));
        }
        self.offer_goes_on(out);
    }

    pub(super) fn no_turn(&mut self) {
        self.waits = false;
        self.offered = 0;
    }

    fn stop_all(&mut self, notice: Notice, out: &mut Vec<Effect>) {
        let sources: Vec<Source> = self.wanted.keys().copied().collect();
        self.stop_sharing(&sources, out);
        out.push(Effect::Notice(notice));
    }
}

fn own(source: Source, muted: bool, on_screen: bool) -> Effect {
    Effect::Change(Change::Own { source, own: Own { muted, on_screen } })
}

fn on_seat(seat: Seat) -> [Source; 2] {
    match seat {
        Seat::Person => [Source::Microphone, Source::Camera],
        Seat::Screen | Seat::Youtube => [Source::Screen, Source::ScreenAudio],
    }
}
