//! Watching a YouTube video together (J1): where it stands for everybody, and how one browser's own player is brought there. Pure:
//! what the player says goes in, what it is told comes out.

mod clock;
mod follower;
mod growth;
mod leader;

pub use follower::Follower;
pub use leader::Leader;

use super::room::Room;
use crate::api::session::ShareAccess;
use protocol::room::Seat;
use protocol::youtube::Youtube;

/// The room's video, and when this browser heard of it, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    pub video: Youtube,
    pub heard: f64,
}

impl Shared {
    /// Where the video stands now: one that plays goes on by itself.
    pub fn position(&self, now: f64) -> f64 {
        let played = if self.video.playing { (now - self.heard).max(0.0) * self.video.rate } else { 0.0 };
        self.video.position + played
    }
}

/// What a player is doing, by YouTube's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Unstarted,
    Ended,
    Playing,
    Paused,
    Buffering,
    Cued,
}

impl Doing {
    pub fn of(number: i32) -> Self {
        match number {
            0 => Self::Ended,
            1 => Self::Playing,
            2 => Self::Paused,
            3 => Self::Buffering,
            5 => Self::Cued,
            _ => Self::Unstarted,
        }
    }
}

/// What a player says of itself; times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub doing: Doing,
    pub time: f64,
    pub duration: f64,
    pub rate: f64,
    pub now: f64,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    Play,
    Pause,
    Seek(f64),
    /// The picture of that place, without a sound, of a player that has not played.
    Show(f64),
    Rate(f64),
    /// Tell the room how the sharer's player stands.
    Tell(Told),
}

/// How the sharer's player stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    pub playing: bool,
    pub position: f64,
    pub rate: f64,
    pub live: Option<bool>,
}

/// Seconds by which a player may be off without being told anything: no more than what it reports is exact to.
const FINE: f64 = 0.3;

/// Seconds by which a player may be off at the most (J1).
const FAR: f64 = 1.0;

/// Whether the person may share a video (J3), as far as this browser knows: hosts anywhere, others on screen where it is not
/// moderated.
pub fn may_share(allowed: bool, access: ShareAccess, host: bool, room: &Room) -> bool {
    let on_screen = room.seated(Seat::Person) || room.seated(Seat::Screen);
    allowed && (host || access != ShareAccess::Moderated && on_screen)
}

#[cfg(test)]
mod tests;
