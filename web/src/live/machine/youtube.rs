//! The video that the room watches together: what the person wants of it, and what is told of it (J1–J4).

use super::connection::Pending;
use super::{Effect, Machine, Stage};
use crate::state::room::{Change, Notice};
use crate::state::youtube::{Shared, Told};
use protocol::signalling::{ClientMessage, ErrorCode};
use protocol::youtube::{Youtube, YoutubeEnd};

/// What the person, or their player, wants.
#[derive(Clone, Debug, PartialEq)]
pub enum VideoWish {
    Start { video: String, at: u32, live: bool },
    Tell(Told),
    Stop,
}

/// What the machine remembers of the room's video.
#[derive(Clone, Debug, Default)]
pub(super) struct Video {
    /// The person's own id.
    pub me: String,
    /// The one that is shared is the person's.
    mine: bool,
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
        out.push(Effect::Send(match wish {
            VideoWish::Start { video, at, live } => {
                let id = self.request(Pending::StartVideo);
                ClientMessage::StartYoutube { id, video, at: f64::from(at), live }
            }
            VideoWish::Tell(Told { playing, position, rate, live }) => {
                let id = self.request(Pending::Ignored);
                ClientMessage::ControlYoutube { id, playing, position, rate: Some(rate), live }
            }
            VideoWish::Stop => ClientMessage::StopYoutube { id: self.request(Pending::Ignored) },
        }));
    }

    /// The driver, which has a clock, adds when this was heard.
    pub(super) fn video(&mut self, video: Option<Youtube>, end: Option<YoutubeEnd>, out: &mut Vec<Effect>) {
        let was_mine = std::mem::replace(&mut self.video.mine, is_of(video.as_ref(), &self.video.me));
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
            ErrorCode::InvalidParameters | ErrorCode::Internal => Notice::VideoFailed,
        }));
    }
}

fn is_of(video: Option<&Youtube>, person: &str) -> bool {
    video.is_some_and(|video| video.person == person)
}
