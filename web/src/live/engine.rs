//! What the signalling and the media layer (`ts/live`) say to each other: commands go in, events come out, both as JSON.

use protocol::room::Source;
use protocol::signalling::{Consumer, Direction, Transport};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the media layer is told to do. Nothing answers at once: results are events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    Load {
        router_rtp_capabilities: Value,
    },
    /// The TURN servers that transports made from now on may use (H9).
    IceServers {
        ice_servers: Vec<IceServer>,
    },
    ReceiveTransport {
        transport: Transport,
    },
    SendTransport {
        transport: Transport,
    },
    Consume {
        consumers: Vec<Consumer>,
    },
    DropConsumer {
        consumer: String,
    },
    Produce {
        source: Source,
        muted: bool,
    },
    StopProducing {
        source: Source,
    },
    SetMuted {
        source: Source,
        muted: bool,
    },
    RestartIce {
        direction: Direction,
        ice_parameters: Value,
    },
    /// Switches a device off.
    CloseCapture {
        source: Source,
    },
    /// Ends the connection's transports; devices stay as they are.
    Reset,
}

/// A TURN server, as browsers take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: String,
    pub credential: String,
}

/// What happened in the media layer. The event's name is the only key of its object: with the name inside, as commands
/// have it, serde's code for reading takes three times the room in the module.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The device knows the router; with the browser's own capabilities for `join`.
    Loaded {
        rtp_capabilities: Value,
    },
    /// A transport is used for the first time.
    Connect {
        direction: Direction,
        dtls_parameters: Value,
    },
    /// These consumers are ready for packets.
    Consumed {
        consumers: Vec<String>,
    },
    /// A source is ready to be sent.
    Produce {
        source: Source,
        rtp_parameters: Value,
    },
    Transport {
        direction: Direction,
        state: TransportState,
    },
    Failed {
        step: Step,
        source: Option<Source>,
        message: String,
    },
    /// A device was unplugged, or the person ended the screen share with the browser's own button.
    CaptureEnded {
        source: Source,
    },
    /// Who is heard now, by id, and whether the person's own voice is.
    Speaking {
        people: Vec<String>,
        own: bool,
    },
    /// The browser holds sound back until a click.
    SoundBlocked {
        blocked: bool,
    },
}

/// How a transport's connection is doing, as WebRTC names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransportState {
    New,
    Connecting,
    Connected,
    Disconnected,
    Failed,
    Closed,
}

/// What failed in the media layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    Load,
    /// This browser cannot take part at all.
    Unsupported,
    Consume,
    Produce,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_spelled_as_typescript_reads_them() {
        let command = Command::SetMuted { source: Source::ScreenAudio, muted: true };
        let text = serde_json::to_string(&command).unwrap();
        assert_eq!(text, r#"{"type":"setMuted","source":"screenAudio","muted":true}"#);
        let command = Command::RestartIce { direction: Direction::Receive, ice_parameters: Value::Null };
        let text = serde_json::to_string(&command).unwrap();
        assert_eq!(text, r#"{"type":"restartIce","direction":"receive","iceParameters":null}"#);
        let server = IceServer { urls: vec!["turn:t".into()], username: "1:ada".into(), credential: "c".into() };
        let text = serde_json::to_string(&Command::IceServers { ice_servers: vec![server] }).unwrap();
        let server = r#"{"urls":["turn:t"],"username":"1:ada","credential":"c"}"#;
        assert_eq!(text, format!(r#"{{"type":"iceServers","iceServers":[{server}]}}"#));
        assert_eq!(serde_json::to_string(&Command::Reset).unwrap(), r#"{"type":"reset"}"#);
    }

    #[test]
    fn events_are_read_as_typescript_spells_them() {
        let event: Event = serde_json::from_str(r#"{"transport":{"direction":"send","state":"failed"}}"#).unwrap();
        assert_eq!(event, Event::Transport { direction: Direction::Send, state: TransportState::Failed });
        let event: Event =
            serde_json::from_str(r#"{"failed":{"step":"produce","source":null,"message":"x"}}"#).unwrap();
        assert_eq!(event, Event::Failed { step: Step::Produce, source: None, message: "x".into() });
        let event: Event = serde_json::from_str(r#"{"soundBlocked":{"blocked":true}}"#).unwrap();
        assert_eq!(event, Event::SoundBlocked { blocked: true });
    }
}
