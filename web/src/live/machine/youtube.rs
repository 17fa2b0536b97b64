//! The video that the room watches together: what the person wants of it, and what is told of it (J1–J4). The person's own is
//! started again in a room that does not know of it (H5).

use super::connection::Pending;
use super::{Effect, Machine, Stage};
use crate::state::room::{Change, Notice};
use crate::state::youtube::{Shared, Told};
use protocol::signalling::{ClientMessage, ErrorCode};
use protocol::youtube::{MAX_POSITION, Youtube, YoutubeEnd};

/// What the person, or their player, wants.
#[derive(Clone, Debug, PartialEq)]
pub enum VideoWish {
    Start {
        video: String,
        at: u32,
        live: bool,
    },
    /// The person's own, as it stands now, once more.
    Again(Youtube),
    Tell(Told),
    Stop,
}

/// What the machine remembers of the room's video.
#[derive(Clone, Debug, Default)]
pub(super) struct Video {
    /// The one that is shared is the person's. Outlives connections.
    mine: bool,
    /// It is to be started again in this room, which does not know of it.
    again: bool,
}

impl Video {
    /// The connection ended; the next room is asked again.
    pub(super) fn forget_entry(&mut self) {
        self.again = false;
    }
}

impl Machine {
    pub(super) fn video_wish(&mut self, wish: VideoWish, out: &mut Vec<Effect>) {
        if self.stage != Stage::Inside {
            // A player goes on by itself and tells again; what the person pressed is told not to work now.
            if matches!(wish, VideoWish::Start { .. }) {
                out.push(Effect::Notice(Notice::VideoFailed));
            }
            return;
        }
        let message = match wish {
            VideoWish::Start { video, at, live } => {
                let id = self.request(Pending::StartVideo);
                ClientMessage::StartYoutube { id, video, at: f64::from(at), live }
            }
            VideoWish::Again(video) => return self.start_again(video, out),
            VideoWish::Tell(Told { playing, position, rate, live }) => {
                let id = self.request(Pending::Ignored);
                ClientMessage::ControlYoutube { id, playing, position, rate: Some(rate), live }
            }
            // The room does not know of it yet.
            VideoWish::Stop if self.video.again => return self.video(None, None, out),
            VideoWish::Stop => ClientMessage::StopYoutube { id: self.request(Pending::Ignored) },
        };
        out.push(Effect::Send(message));
    }

    /// What there is at the entry. The same room as before has ended the person's video; another one, as of a media that has started
    /// anew, does not know of it, and what the page shows stays until it is started again (H5).
    pub(super) fn video_at_entry(&mut self, video: Option<Youtube>, same: bool, out: &mut Vec<Effect>) {
        let again = self.video.mine && video.is_none() && !same;
        if again {
            self.video.again = true;
        } else {
            self.video(video, None, out);
        }
    }

    /// Starts it again, if that is to be done, once the room would let the person: who is on screen must be there first (J3).
    pub(super) fn video_again(&mut self, out: &mut Vec<Effect>) {
        if std::mem::take(&mut self.video.again) {
            out.push(Effect::VideoAgain);
        }
    }

    fn start_again(&mut self, video: Youtube, out: &mut Vec<Effect>) {
        let Youtube { video, live, started, playing, position, rate, .. } = video;
        let position = position.min(MAX_POSITION);
        let id = self.request(Pending::VideoAgain);
        out.push(Effect::Send(ClientMessage::StartYoutube { id, video, at: position, live }));
        // What is paused has played before: only what has not yet begun waits for the sharer's player.
        let told: &[bool] = match (started, playing) {
            (false, _) => &[],
            (true, true) => &[true],
            (true, false) => &[true, false],
        };
        for &playing in told {
            let id = self.request(Pending::Ignored);
            let control = ClientMessage::ControlYoutube { id, playing, position, rate: Some(rate), live: Some(live) };
            out.push(Effect::Send(control));
        }
    }

    /// It could not be started again.
    pub(super) fn video_is_over(&mut self, code: ErrorCode, out: &mut Vec<Effect>) {
        // Somebody else's may have come first.
        if self.video.mine {
            self.video(None, None, out);
        }
        self.video_refused(code, out);
    }

    /// The driver, which has a clock, adds when this was heard.
    pub(super) fn video(&mut self, video: Option<Youtube>, end: Option<YoutubeEnd>, out: &mut Vec<Effect>) {
        self.video.again = false;
        let was_mine = std::mem::replace(&mut self.video.mine, is_of(video.as_ref(), &self.me));
        if was_mine && video.is_none() {
            out.extend(end.map(|end| {
                Effect::Notice(match end {
                    YoutubeEnd::MayNotShare => Notice::VideoMayNot,
                    YoutubeEnd::Removed => Notice::VideoRemoved,
                })
            }));
        }
        out.push(Effect::Change(Change::Video(video.map(|video| Shared { video, heard: 0.0 }))));
    }

    pub(super) fn video_refused(&self, code: ErrorCode, out: &mut Vec<Effect>) {
        out.push(Effect::Notice(match code {
            ErrorCode::Full => Notice::Full,
            ErrorCode::WrongState => Notice::VideoTaken,
            ErrorCode::MayNotShare => Notice::VideoMayNot,
            ErrorCode::InvalidParameters | ErrorCode::MayNotReact | ErrorCode::Internal => Notice::VideoFailed,
        }));
    }
}

fn is_of(video: Option<&Youtube>, person: &str) -> bool {
    video.is_some_and(|video| video.person == person)
}
