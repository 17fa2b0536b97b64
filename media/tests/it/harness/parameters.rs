//! What a browser's mediasoup-client would send: RTP parameters, written by hand.

use protocol::room::Source;
use serde_json::{Value, json};

/// Valid parameters of one source; each source of a person has a `mid` and an SSRC of its own.
pub fn rtp(source: Source) -> Value {
    let number = match source {
        Source::Microphone => 0,
        Source::Camera => 1,
        Source::Screen => 2,
        Source::ScreenAudio => 3,
    };
    let codec = if source.is_audio() { opus() } else { vp8() };
    let extension = |uri: &str, id: u8| json!({"uri": format!("urn:ietf:params:rtp-hdrext:{uri}"), "id": id, "encrypt": false, "parameters": {}});
    let mut extensions = vec![extension("sdes:mid", 1)];
    if source.is_audio() {
        extensions.push(extension("ssrc-audio-level", 2));
    }
    json!({
        "mid": number.to_string(),
        "codecs": [codec],
        "headerExtensions": extensions,
        "encodings": [{"ssrc": 1_000 + number}],
        "rtcp": {"cname": "a browser", "reducedSize": true},
    })
}

/// A camera in three sizes as Chromium sends it: by rid, and with an empty name.
pub fn simulcast() -> Value {
    let mut parameters = rtp(Source::Camera);
    parameters["encodings"] = json!([{"rid": "r0"}, {"rid": "r1"}, {"rid": "r2"}]);
    parameters["rtcp"]["cname"] = json!("");
    parameters
}

/// A camera in constrained baseline H.264.
pub fn h264() -> Value {
    let mut parameters = rtp(Source::Camera);
    parameters["codecs"] = json!([{
        "mimeType": "video/H264",
        "payloadType": 102,
        "clockRate": 90_000,
        "parameters": {"level-asymmetry-allowed": 1, "packetization-mode": 1, "profile-level-id": "42e01f"},
        "rtcpFeedback": [],
    }]);
    parameters
}

fn opus() -> Value {
    json!({
        "mimeType": "audio/opus",
        "payloadType": 111,
        "clockRate": 48_000,
        "channels": 2,
        "parameters": {"useinbandfec": 1},
        "rtcpFeedback": [],
    })
}

fn vp8() -> Value {
    json!({
        "mimeType": "video/VP8",
        "payloadType": 96,
        "clockRate": 90_000,
        "parameters": {},
        "rtcpFeedback": [{"type": "nack", "parameter": "pli"}],
    })
}
