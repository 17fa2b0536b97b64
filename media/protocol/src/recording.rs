//! Recording (K1–K8): what is told of the blocks that a node keeps, from their first packet until the api has the file.

use serde::{Deserialize, Serialize};

/// The header that says how long the film is that media hands over, in milliseconds: the link may tell it later.
pub const LENGTH_HEADER: &str = "recording-length";

/// One block as its node knows it: what was on screen in a session, at most [some hours](BlockEnd::Length) of it, which becomes
/// one file (K3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// A ULID, 26 characters: made by media, and the recording's id for the api.
    pub id: String,
    /// The session's id as the api writes it, `session:…`.
    pub session: String,
    /// Milliseconds since 1970.
    pub started_at: i64,
    /// Milliseconds since 1970; none while it is being recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
    /// Milliseconds of it with somebody on screen: how long its file is, or will be.
    pub length: i64,
    /// Bytes of what is kept of it on the node.
    pub bytes: u64,
    pub state: BlockState,
    /// Why it ended; none while it is being recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<BlockEnd>,
}

/// What is being done with a block. It is gone once the api has its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BlockState {
    /// What comes in is written.
    Recording,
    /// Waits for its turn, or is being made into a file, or that is being handed to the api.
    Processing {
        /// 0 to 100.
        percent: u8,
    },
    /// It could not be made into a file. What was written stays until it is tried again or deleted.
    Failed { failure: Failure },
}

/// Why a block ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BlockEnd {
    /// Recording was switched off in the session, or the session was closed or deleted (K1).
    SwitchedOff,
    /// It was as long as a block may be; the next one begins where it ends (K3).
    Length,
    /// Nobody was on screen for so long that recording stopped; a host may start it again (K2).
    Silence,
    /// The disk is full, or cannot be written; a host may start it again.
    Disk,
    /// The media process ended while it was being recorded (K6), or its disk took nothing for a while. Recording goes on in another
    /// block as soon as it can, if somebody is on screen then.
    Restarted,
}

impl BlockEnd {
    /// Whether recording does not go on by itself after such an end: a host has to start it again.
    pub fn stops(self) -> bool {
        matches!(self, Self::Silence | Self::Disk)
    }
}

/// Why a block did not become a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Failure {
    /// Nothing that could be shown or heard was received.
    Empty,
    /// What was written cannot be read.
    Damaged,
    /// ffmpeg is missing, or failed.
    Encoder,
    /// There was no room for the file on the node's disk.
    Disk,
    /// The api did not take the file.
    Storage,
}
