//! What browsers say of their media, within bounds: mediasoup checks what fits together, not how much there is of it. Pure.

use mediasoup::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashSet;
use std::hash::Hash;

/// Sizes of one picture at the most: browsers send three.
const ENCODINGS: usize = 4;

/// Spatial or temporal layers of one stream at the most: the worker keeps books of each.
const LAYERS: usize = 4;

/// Codecs of one source, those for what is sent again included.
const CODECS: usize = 8;

/// Header extensions of one source.
const EXTENSIONS: usize = 32;

/// Bytes of a `mid`, a `rid` or another short word.
const WORD: usize = 64;

/// Bytes of a name that browsers make up, as for RTCP.
const NAME: usize = 256;

/// Codecs and header extensions that a browser can receive: what it has in common with the router, so 20 at the most.
const CAPABILITIES: usize = 100;

/// Fingerprints of one certificate: one per algorithm.
const FINGERPRINTS: usize = 8;

type Checked<T> = Result<T, String>;

/// What a browser sends of one source.
pub fn rtp(value: Value, kind: MediaKind) -> Checked<RtpParameters> {
    let mut parameters: RtpParameters = parsed(value, "rtpParameters")?;
    // Browsers that send simulcast by rid leave the name empty, which the worker refuses; without one it makes one.
    parameters.rtcp.cname = parameters.rtcp.cname.take().filter(|name| !name.is_empty());
    let encodings = &parameters.encodings;
    let most = if kind == MediaKind::Audio { 1 } else { ENCODINGS };
    within("encodings", encodings.len(), most)?;
    if encodings.is_empty() {
        return Err("encodings: there is none".into());
    }
    within("codecs", parameters.codecs.len(), CODECS)?;
    within("headerExtensions", parameters.header_extensions.len(), EXTENSIONS)?;
    within("mid", parameters.mid.as_ref().map_or(0, String::len), WORD)?;
    within("cname", parameters.rtcp.cname.as_ref().map_or(0, String::len), NAME)?;
    within("msid", parameters.msid.as_ref().map_or(0, String::len), NAME)?;
    for codec in &parameters.codecs {
        let (of, more, feedback) = match codec {
            RtpCodecParameters::Audio { parameters, rtcp_feedback, .. } => {
                (MediaKind::Audio, parameters, rtcp_feedback)
            }
            RtpCodecParameters::Video { parameters, rtcp_feedback, .. } => {
                (MediaKind::Video, parameters, rtcp_feedback)
            }
        };
        if of != kind {
            return Err("codecs: of another kind than the source".into());
        }
        within("payloadType", usize::from(codec.payload_type()), 127)?;
        within("rtcpFeedback", feedback.len(), EXTENSIONS)?;
        within("parameters of a codec", serde_json::to_string(more).map_or(0, |text| text.len()), 4 * NAME)?;
    }
    for encoding in encodings {
        within("rid", encoding.rid.as_ref().map_or(0, String::len), WORD)?;
        let layers = &encoding.scalability_mode;
        within("spatial layers", usize::from(layers.spatial_layers().get()), LAYERS)?;
        within("temporal layers", usize::from(layers.temporal_layers().get()), LAYERS)?;
    }
    let rtx = |encoding: &RtpEncodingParameters| encoding.rtx.as_ref().map(|rtx| rtx.ssrc);
    let ssrcs = encodings.iter().flat_map(|encoding| [encoding.ssrc, rtx(encoding)]).flatten();
    each_once("ssrc", ssrcs)?;
    each_once("rid", encodings.iter().filter_map(|encoding| encoding.rid.as_deref()))?;
    each_once("payloadType", parameters.codecs.iter().map(RtpCodecParameters::payload_type))?;
    each_once("id of a header extension", parameters.header_extensions.iter().map(|extension| extension.id))?;
    // A packet has a byte for it, and 0 is padding there.
    if parameters.header_extensions.iter().any(|extension| !(1..=255).contains(&extension.id)) {
        return Err("headerExtensions: an id is from 1 to 255".into());
    }
    Ok(parameters)
}

/// What a browser can receive.
pub fn capabilities(value: Value) -> Checked<RtpCapabilities> {
    let capabilities: RtpCapabilities = parsed(value, "rtpCapabilities")?;
    within("codecs", capabilities.codecs.len(), CAPABILITIES)?;
    within("headerExtensions", capabilities.header_extensions.len(), CAPABILITIES)?;
    Ok(capabilities)
}

pub fn dtls(value: Value) -> Checked<DtlsParameters> {
    let parameters: DtlsParameters = parsed(value, "dtlsParameters")?;
    within("fingerprints", parameters.fingerprints.len(), FINGERPRINTS)?;
    Ok(parameters)
}

fn parsed<T: DeserializeOwned>(value: Value, what: &str) -> Checked<T> {
    serde_json::from_value(value).map_err(|error| format!("{what}: {error}"))
}

fn within(what: &str, length: usize, most: usize) -> Checked<()> {
    if length <= most { Ok(()) } else { Err(format!("{what}: more than {most}")) }
}

fn each_once<T: Eq + Hash>(what: &str, mut values: impl Iterator<Item = T>) -> Checked<()> {
    let mut seen = HashSet::new();
    if values.all(|value| seen.insert(value)) { Ok(()) } else { Err(format!("{what}: one is there twice")) }
}
