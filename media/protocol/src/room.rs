//! The words that signalling and link share: sources, seats, who is on screen.

use crate::youtube::YoutubeSharing;
use serde::{Deserialize, Serialize};

/// Seats of a room at the most, and unless the organizer says otherwise (E1).
pub const MAX_SEATS: u32 = 50;

/// Seconds for which the seat of a person whose connection broke is kept (E1, H5).
pub const SEAT_HELD_SECONDS: u64 = 60;

/// Seconds for which a free seat is kept for the approved person whose turn it is (D5).
pub const OFFER_SECONDS: u64 = 30;

/// What one producer carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    Microphone,
    Camera,
    /// The picture of a screen share: takes a seat of its own (E1).
    Screen,
    /// The sound of a screen share: belongs to the seat of its picture.
    ScreenAudio,
}

impl Source {
    /// The seat that this source sits on.
    pub fn seat(self) -> Seat {
        match self {
            Self::Microphone | Self::Camera => Seat::Person,
            Self::Screen | Self::ScreenAudio => Seat::Screen,
        }
    }

    /// Whether it carries sound; otherwise it carries a picture.
    pub fn is_audio(self) -> bool {
        matches!(self, Self::Microphone | Self::ScreenAudio)
    }
}

/// One place on screen: a person with camera, microphone or both, one screen share, or a YouTube video (E1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Seat {
    Person,
    Screen,
    /// Nothing of it comes from here: every browser plays it from YouTube.
    Youtube,
}

/// A person on screen: what the others may know of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Speaker {
    /// The person's id as the api writes it, `account:…`.
    pub person: String,
    pub name: String,
    /// What is being sent, in the order of [`Source`].
    pub sources: Vec<Source>,
    /// The sources among them that are muted.
    pub muted: Vec<Source>,
    /// The connection is lost; the seat is still held (E1).
    pub lost: bool,
}

/// Somebody inside, by the name that the pass said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Insider {
    /// The person's id as the api writes it, `account:…`.
    pub person: String,
    pub name: String,
}

/// Raised hands that are listed; of more only their number is told (I3).
pub const HANDS_LISTED: usize = 200;

/// Seconds for which the hand of a person whose connection broke stays up (I3).
pub const HAND_HELD_SECONDS: u64 = 60;

/// Who has raised a hand (I3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hands {
    /// The first [`HANDS_LISTED`], in the order in which they were raised.
    pub up: Vec<Insider>,
    /// How many there are.
    pub count: u32,
}

/// Reactions of one person that count in one second (I3).
pub const REACTIONS_A_SECOND: u32 = 5;

/// What somebody throws in without a word (I3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reaction {
    ThumbsUp,
    Heart,
    Laugh,
    Party,
    Applause,
    Thinking,
}

impl Reaction {
    pub const ALL: [Self; 6] = [Self::ThumbsUp, Self::Heart, Self::Laugh, Self::Party, Self::Applause, Self::Thinking];

    pub fn emoji(self) -> &'static str {
        match self {
            Self::ThumbsUp => "👍",
            Self::Heart => "❤️",
            Self::Laugh => "😂",
            Self::Party => "🎉",
            Self::Applause => "👏",
            Self::Thinking => "🤔",
        }
    }
}

/// How full a room is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Seats in use, those held or offered included.
    pub seats: u32,
    /// Seats at the most.
    pub max_seats: u32,
    /// People inside who are no speakers. With the speakers, lost or not, that is everybody inside, each once.
    pub viewers: u32,
}

/// What the room must know of its session. The higher version wins; a pass with a lower one is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The version of the session's row.
    pub version: i64,
    /// Seats at the most, 1 to 50 (E1).
    pub max_seats: u32,
    /// Who may share a YouTube video (J3).
    #[serde(default)]
    pub youtube: YoutubeSharing,
    /// Whether what is on screen is recorded (K1).
    #[serde(default)]
    pub record: bool,
    /// How often somebody had it recorded: what has stopped by itself goes on with a higher number only (K2).
    #[serde(default)]
    pub starts: i64,
}
