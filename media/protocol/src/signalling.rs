//! Browser ↔ media: one WebSocket per person in a room, JSON text frames.
//!
//! Requests carry an `id` and get exactly one [`ServerMessage::Ok`], [`ServerMessage::Joined`], … or
//! [`ServerMessage::Error`] with the same `id`. Events carry none.

use crate::recording::BlockEnd;
use crate::room::{Counts, Hands, Reaction, Source, Speaker};
use crate::youtube::{Youtube, YoutubeEnd};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A frame larger than this closes the connection.
pub const MAX_FRAME_BYTES: usize = 128 * 1024;

/// Unicode scalar values of a tab's name at the most.
pub const MAX_TAB: usize = 64;

/// Seconds of silence after which a browser is lost. Media sends a WebSocket ping three times as often, which browsers
/// answer by themselves, also in a tab that sleeps.
pub const SILENCE_SECONDS: u64 = 35;

/// Seconds within which a connection must have joined.
pub const JOIN_SECONDS: u64 = 10;

/// The request's number, chosen by the client, unique while it is unanswered.
pub type RequestId = u32;

/// Which of the two transports of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    Send,
    Receive,
}

/// What a browser says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClientMessage {
    /// Enters the room of the pass. Must be the first message. Answered by `joined`.
    Join {
        id: RequestId,
        pass: String,
        /// Names one decision to be in the room, at most [`MAX_TAB`] characters: the same for everything that a tab does
        /// by itself, another one when the person presses the button again. A tab that comes back by itself after the
        /// person has entered somewhere else is refused with `TAKEN_OVER`, instead of taking the place back.
        tab: String,
        /// mediasoup's `RtpCapabilities` of the browser's device.
        rtp_capabilities: Value,
    },
    /// Answered by `sendTransport`. Refused with `MAY_NOT_SHARE` for who may not go on screen.
    CreateSendTransport { id: RequestId },
    /// mediasoup's `DtlsParameters`.
    ConnectTransport { id: RequestId, direction: Direction, dtls_parameters: Value },
    /// New ICE credentials after a change of network. Answered by `iceRestarted`.
    RestartIce { id: RequestId, direction: Direction },
    /// Starts to send. Takes a seat unless the person sits on it already; refused with `FULL` when none is left (E2).
    Produce {
        id: RequestId,
        source: Source,
        /// mediasoup's `RtpParameters`.
        rtp_parameters: Value,
        /// Starts muted.
        #[serde(default)]
        paused: bool,
    },
    /// Mutes or unmutes an own source.
    SetMuted { id: RequestId, source: Source, muted: bool },
    /// Stops sending. The seat is free when its last source stops.
    StopProducing { id: RequestId, source: Source },
    /// Consumers start paused; the client asks for packets when its side is ready.
    ResumeConsumers { id: RequestId, consumers: Vec<String> },
    /// Which pictures the browser shows now, and how large: what is not shown is not sent (E4, H4). Consumers that are not
    /// named stay as they are; ids that are unknown or repeated are ignored, and so is sound, which is never paused.
    SetReceiving { id: RequestId, consumers: Vec<Receiving> },
    /// Shares a YouTube video from `at` seconds on, which stands until its sharer's player has begun (J1). Takes a seat: refused
    /// with `FULL` when none is left, with `WRONG_STATE` while one is shared (J4), with `MAY_NOT_SHARE` by J3.
    StartYoutube {
        id: RequestId,
        video: String,
        #[serde(default)]
        at: f64,
        /// It is a live stream, as far as its link says.
        #[serde(default)]
        live: bool,
    },
    /// How the sharer's player stands now. From the sharer only.
    ControlYoutube {
        id: RequestId,
        playing: bool,
        position: f64,
        /// As it was unless given; so is `live`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<bool>,
    },
    /// Ends the video. From the sharer only: hosts do it through the api, which writes it down.
    StopYoutube { id: RequestId },
    /// Raises the own hand, or lowers it (I3).
    RaiseHand { id: RequestId, raised: bool },
    /// Reacts (I3). More than [`crate::room::REACTIONS_A_SECOND`] do not count. Refused with `MAY_NOT_REACT` for who is muted (A7).
    React { id: RequestId, emoji: Reaction },
    /// Leaves at once: no seat is held.
    Leave { id: RequestId },
    /// Keeps the connection open; answered by `ok`.
    Ping { id: RequestId },
}

impl ClientMessage {
    /// The number of the request, for its answer.
    pub fn id(&self) -> RequestId {
        match self {
            Self::Join { id, .. }
            | Self::CreateSendTransport { id }
            | Self::ConnectTransport { id, .. }
            | Self::RestartIce { id, .. }
            | Self::Produce { id, .. }
            | Self::SetMuted { id, .. }
            | Self::StopProducing { id, .. }
            | Self::ResumeConsumers { id, .. }
            | Self::SetReceiving { id, .. }
            | Self::StartYoutube { id, .. }
            | Self::ControlYoutube { id, .. }
            | Self::StopYoutube { id }
            | Self::RaiseHand { id, .. }
            | Self::React { id, .. }
            | Self::Leave { id }
            | Self::Ping { id } => *id,
        }
    }
}

/// What media says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(clippy::large_enum_variant, reason = "a message lives for as long as it takes to write or to read it")]
pub enum ServerMessage {
    /// First message on every connection, unasked, so that the device is loaded before `join`.
    Welcome {
        /// mediasoup's `RtpCapabilities` of every router of this node.
        router_rtp_capabilities: Value,
    },
    /// Answers `join`: everything that is needed to see and hear the room.
    Joined {
        id: RequestId,
        /// The person's own id, as in the pass.
        person: String,
        /// May go on screen.
        share: bool,
        counts: Counts,
        speakers: Vec<Speaker>,
        #[serde(default)]
        hands: Hands,
        receive_transport: Transport,
        /// One per running producer of the others, all paused until `resumeConsumers`.
        consumers: Vec<Consumer>,
        /// The YouTube video that is shared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        youtube: Option<Youtube>,
        /// What is on screen is being recorded (K1).
        #[serde(default)]
        recording: bool,
        /// When this room began, in microseconds after 1970. With the same as before it is the same room, which knows how the
        /// person's hand and video stand; another one begins with neither (H5).
        #[serde(default)]
        began: i64,
    },
    Ok {
        id: RequestId,
    },
    SendTransport {
        id: RequestId,
        transport: Transport,
    },
    /// mediasoup's `IceParameters`.
    IceRestarted {
        id: RequestId,
        ice_parameters: Value,
    },
    /// Answers `produce`.
    Produced {
        id: RequestId,
        producer: String,
    },
    /// The request failed; the connection goes on.
    Error {
        id: RequestId,
        code: ErrorCode,
        message: String,
    },

    /// A producer of somebody else started.
    ConsumerAdded {
        consumer: Consumer,
    },
    /// It stopped.
    ConsumerRemoved {
        consumer: String,
    },
    /// The people on screen, whenever that changes.
    Speakers {
        speakers: Vec<Speaker>,
    },
    /// At most once a second.
    Counts {
        counts: Counts,
    },
    /// Who has raised a hand, whenever that changes, at most four times a second (I3).
    Hands {
        hands: Hands,
    },
    /// How often everybody together reacted with what in the last second; nothing when nobody did (I3).
    Reactions {
        counts: Vec<(Reaction, u32)>,
    },
    /// An own source was ended by the server, with the reason.
    Stopped {
        source: Source,
        reason: StopReason,
    },
    /// The own rights changed, or the place among those who wait for a free seat.
    Rights {
        share: bool,
        /// Approved while every seat is taken: the place in the row, from 1 (D5).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waiting: Option<u32>,
    },
    /// A free seat is kept for this person for so many seconds (D5).
    Offered {
        seconds: u64,
    },
    /// A host muted an own source for everyone (D7); behind `produced` where that was while the connection was lost.
    Muted {
        source: Source,
    },
    /// How well the pictures and voices of these people arrive, whenever that changes, at most once a second (H4). The own
    /// person stands for what the browser sends itself. Who is not named is as before, and good at first.
    Quality {
        people: Vec<PersonQuality>,
    },
    /// The YouTube video that is shared, as it stands when this is said; none when it is over, with the reason where that was
    /// not the sharer's own will (J1, J4).
    Youtube {
        youtube: Option<Youtube>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<YoutubeEnd>,
    },
    /// What is on screen is recorded from now on, or not any more: with the reason where that stops until a host starts it again.
    /// Told before the first packet is kept (K1).
    Recording {
        recording: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<BlockEnd>,
    },
    /// The last message before the server closes the connection.
    Closed {
        code: CloseCode,
        message: String,
    },
}

/// A `WebRtcTransport`, as mediasoup-client wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transport {
    pub id: String,
    pub ice_parameters: Value,
    pub ice_candidates: Value,
    pub dtls_parameters: Value,
}

/// What this member receives of one producer, as mediasoup-client wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Consumer {
    pub id: String,
    pub producer: String,
    /// Whose it is.
    pub person: String,
    pub source: Source,
    pub rtp_parameters: Value,
}

/// One picture that a browser shows, or does not show any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receiving {
    pub consumer: String,
    /// The largest simulcast layer that is of use: 0 for a small tile, 1, or 2 for a large one. None pauses the picture.
    pub layer: Option<u8>,
}

/// How well somebody's picture and voice arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Quality {
    /// Packets are lost all the time.
    Poor,
    /// Some packets are lost.
    Fair,
    #[default]
    Good,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonQuality {
    pub person: String,
    pub quality: Quality,
}

/// Why a request failed. Stable: clients decide by these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// Every seat is taken (E2).
    Full,
    /// The pass gives no right to go on screen (D8).
    MayNotShare,
    /// An organizer has muted the person (A7).
    MayNotReact,
    /// The request cannot be carried out now: no such source or transport, or it exists already.
    WrongState,
    /// The parameters are not what mediasoup accepts.
    InvalidParameters,
    /// The server failed; trying again may help.
    Internal,
}

/// Why an own source was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StopReason {
    /// The right to go on screen was taken back.
    MayNotShare,
    /// A host removed it from the screen (D7).
    Removed,
}

/// Why the server closes a connection; the number is the WebSocket close code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CloseCode {
    /// Not JSON, not a known message, or too large; or a `join` whose capabilities or tab are none.
    BadMessage,
    /// Another message before `join`, a second `join`, or none within [`JOIN_SECONDS`].
    NotJoined,
    /// Expired, forged, or for another service.
    InvalidPass,
    /// No right to be in the room any more.
    AccessLost,
    /// The same person entered with another tab.
    TakenOver,
    /// The session was closed or deleted.
    SessionClosed,
    /// Too many messages, or joins of one person.
    TooMany,
    /// More sound and picture than anybody needs to send.
    TooMuch,
    /// Too many people in the room. Not for its hosts.
    RoomFull,
    /// This node stops; come back in a moment.
    Restarting,
    /// Frames are not being read fast enough.
    TooSlow,
}

impl CloseCode {
    /// The WebSocket close code.
    pub fn number(self) -> u16 {
        match self {
            Self::BadMessage => 4400,
            Self::InvalidPass => 4401,
            Self::AccessLost => 4403,
            Self::NotJoined => 4408,
            Self::TakenOver => 4409,
            Self::SessionClosed => 4410,
            Self::TooMuch => 4413,
            Self::TooMany => 4429,
            Self::RoomFull => 4430,
            Self::Restarting => 4503,
            Self::TooSlow => 4504,
        }
    }

    /// Whether a browser may come back by itself with a new pass.
    pub fn may_come_back(self) -> bool {
        matches!(self, Self::Restarting | Self::TooSlow | Self::InvalidPass | Self::RoomFull | Self::NotJoined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_tagged_in_camel_case() {
        let text = r#"{"type":"setMuted","id":7,"source":"screenAudio","muted":true}"#;
        let message: ClientMessage = serde_json::from_str(text).unwrap();
        assert_eq!(message, ClientMessage::SetMuted { id: 7, source: Source::ScreenAudio, muted: true });
        assert_eq!(serde_json::to_string(&message).unwrap(), text);
    }

    /// I3: counts are pairs, so that a busy second takes few bytes.
    #[test]
    fn i3_reactions_are_told_in_few_bytes() {
        let message = ServerMessage::Reactions { counts: vec![(Reaction::Applause, 12), (Reaction::ThumbsUp, 1)] };
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(text, r#"{"type":"reactions","counts":[["applause",12],["thumbsUp",1]]}"#);
        assert_eq!(serde_json::from_str::<ServerMessage>(&text).unwrap(), message);
    }

    #[test]
    fn e4_a_picture_that_is_not_shown_has_no_layer() {
        let text =
            r#"{"type":"setReceiving","id":3,"consumers":[{"consumer":"a","layer":2},{"consumer":"b","layer":null}]}"#;
        let message: ClientMessage = serde_json::from_str(text).unwrap();
        let consumers =
            vec![Receiving { consumer: "a".into(), layer: Some(2) }, Receiving { consumer: "b".into(), layer: None }];
        assert_eq!(message, ClientMessage::SetReceiving { id: 3, consumers });
        assert_eq!(serde_json::to_string(&message).unwrap(), text);
    }

    #[test]
    fn error_codes_are_screaming() {
        let message = ServerMessage::Error { id: 1, code: ErrorCode::MayNotShare, message: String::new() };
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(text, r#"{"type":"error","id":1,"code":"MAY_NOT_SHARE","message":""}"#);
    }
}
