//! api ↔ media: one WebSocket that media opens to each api, JSON text frames.
//!
//! Media authenticates at `GET /media/link` with `Authorization: Bearer` and the key for `link` that both derive from
//! their secret ([`crate::pass::key`]). Nothing here asks for an answer: each side sends its state whole when the link opens, and changes after that.

use crate::recording::Block;
use crate::room::{Counts, Hands, Insider, Seat, Settings, Source, Speaker};
use crate::youtube::Youtube;
use serde::{Deserialize, Serialize};

/// The version of these messages; an api refuses a media that speaks another one.
pub const LINK_VERSION: u32 = 6;

/// Seconds between two pings of either side; silence for three times that ends the link.
pub const PING_SECONDS: u64 = 5;

/// Seconds without any api after which a media ends itself.
pub const ORPHAN_SECONDS: u64 = 60;

/// The exit status of a media that cannot run with its settings: starting it again is of no use.
pub const BADLY_SET: u8 = 78;

/// What media says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromMedia {
    /// First message, and everything this node holds.
    Hello {
        version: u32,
        /// Where browsers reach its signalling: a full `ws(s)://…` address, or `:PORT/path` for "the page's own host".
        address: String,
        rooms: Vec<RoomState>,
    },
    /// Rooms that changed, at most once a second per room, but at once when somebody comes on screen or leaves it, sends something
    /// else, or begins or ends a video: the api acts on what is there (D9, O2). A room without people is gone after this.
    Rooms {
        rooms: Vec<RoomState>,
    },
    /// Who came and went since what was told before, at most once a second per room; who did both in between is not told (I2).
    People {
        rooms: Vec<PeopleChange>,
    },
    /// Blocks of recordings: all of them right after `hello`, and then those that changed, at most once a second. One that was told
    /// and is not there any more was deleted, or the api has its file.
    Recordings {
        blocks: Vec<Block>,
    },
    Ping,
}

/// What api says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromApi {
    /// Answers `hello`.
    Welcome,
    /// The session or who may enter it changed. From now on a pass with a lower version is refused with `INVALID_PASS`
    /// (the browser then asks for another one), also after the room went empty, for as long as such a pass could live.
    ///
    /// With `keep`, everybody who is not in that list may not be in the room any more: closed with `ACCESS_LOST`. An
    /// older version than the room has changes nothing, so that two changes at the same moment cannot be mixed up.
    Settings {
        session: String,
        settings: Settings,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keep: Option<Vec<String>>,
    },
    /// The person's rights changed while inside. Passes from before, which say others, open nothing.
    Rights {
        session: String,
        person: String,
        share: bool,
        /// Is a host of the session now.
        #[serde(default)]
        host: bool,
        /// By approval of a request: while every seat is taken, the next free one is theirs (D5).
        #[serde(default)]
        asked: bool,
    },
    /// A host mutes a source of somebody for everyone, also while its seat is only held; the person may unmute it again (D7).
    Mute {
        session: String,
        person: String,
        source: Source,
    },
    /// A host ends what somebody sends from one seat; their rights stay (D7).
    StopSeat {
        session: String,
        person: String,
        seat: Seat,
    },
    /// A host ends the YouTube video that is shared (J4).
    StopYoutube {
        session: String,
    },
    /// Lowers somebody's hand, or everybody's (I3).
    LowerHand {
        session: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<String>,
    },
    /// Whether the person may react (I3): not while an organizer has muted them (A7).
    Reacting {
        session: String,
        person: String,
        allowed: bool,
    },
    /// The person may not be in the room any more (C6): closed with `ACCESS_LOST`.
    Remove {
        session: String,
        person: String,
    },
    /// The room is closed for all: with `SESSION_CLOSED`. Passes that are out open nothing any more; with a version, those of it
    /// and later ones do.
    Close {
        session: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<i64>,
    },
    /// A block that could not be made into a file is tried again (K5).
    RetryRecording {
        block: String,
    },
    /// What is kept of a block is deleted. One that is still being recorded ends by that, and recording goes on in another.
    DeleteRecording {
        block: String,
    },
    Ping,
}

/// Who came into a room and who went. Whose connection is lost is inside for as long as a seat is held for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeopleChange {
    pub session: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Insider>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<String>,
}

/// One room of a node.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomState {
    pub session: String,
    pub counts: Counts,
    pub speakers: Vec<Speaker>,
    /// How many hosts of the session are inside (D3).
    #[serde(default)]
    pub hosts: u32,
    /// The YouTube video that is shared, as it stood when this was said (J1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub youtube: Option<Youtube>,
    /// Who has raised a hand (I3).
    #[serde(default)]
    pub hands: Hands,
    /// Whether what is on screen is being recorded at this moment (K1).
    #[serde(default)]
    pub recording: bool,
    /// Everybody inside, by id: sent in `hello` only, so that the api can take rights back that were lost meanwhile. Who comes and
    /// goes after that is told by `people`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}
