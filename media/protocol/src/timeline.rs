//! What happened in a block, beside the packets: one line of JSON after the other in `timeline.jsonl`, each written when it
//! happens, so that a crash costs at most the last line. Next to it lie the tracks, `N.rtpdump`, one of each producer.
//!
//! All times are microseconds since 1970 on the node's steady clock: the one of mediasoup's sender reports, by which the times of
//! packets are told.

use crate::recording::BlockEnd;
use crate::room::{Source, Speaker};
use serde::{Deserialize, Serialize};

/// The version of these lines, and of what lies beside them.
pub const TIMELINE_VERSION: u32 = 1;

/// The name of the file in a block's folder.
pub const TIMELINE: &str = "timeline.jsonl";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// When, in microseconds since 1970.
    pub at: i64,
    #[serde(flatten)]
    pub event: Event,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The first line: what the file shows begins here. Tracks may hold packets from before, so that pictures can be decoded.
    Begin { version: u32, block: String, session: String },
    /// Everybody on screen, in the order of their tiles, with names, sources and what is muted; whenever that changes. Nobody: what
    /// follows is cut out until somebody comes (K2). Who is lost has their seat still, but nothing to show.
    OnScreen { speakers: Vec<Speaker> },
    /// A producer begins to be written to the track with this number.
    Track { track: u32, person: String, source: Source, codec: Codec },
    /// It has ended.
    TrackEnd { track: u32 },
    /// Somebody began to speak, or stopped.
    Speaking { person: String, speaking: bool },
    /// The last line: what the file shows ends here. Missing after a crash: it then ends with the last packet.
    End { end: BlockEnd },
}

/// How the packets of a track are to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Codec {
    /// `audio/opus`, `video/VP8` or `video/H264`.
    pub mime: String,
    pub payload_type: u8,
    /// Ticks of RTP time in a second.
    pub clock_rate: u32,
    /// 0 for pictures.
    pub channels: u8,
    pub ssrc: u32,
}

/// The name of a track's file in its block's folder: an rtpdump as rtptools and Wireshark read it, with the RTP packets and the
/// sender reports as they came.
pub fn track_file(track: u32) -> String {
    format!("{track}.rtpdump")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_flat() {
        let line = Line { at: 5, event: Event::TrackEnd { track: 3 } };
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(text, r#"{"at":5,"event":"trackEnd","track":3}"#);
        assert_eq!(serde_json::from_str::<Line>(&text).unwrap(), line);
    }
}
