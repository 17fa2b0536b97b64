//! The other end of a node's transport: ICE, DTLS and SRTP of str0m, told what the node said of its end. The measurements in
//! `benches/load` begin with it too.

use protocol::signalling::Transport;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Instant;
use str0m::ice::IceCreds;
use str0m::{Candidate, Rtc, RtcConfig};

/// Begins to connect from `address` to a transport.
pub fn begin(config: RtcConfig, transport: &Transport, address: SocketAddr) -> Rtc {
    let mut rtc = config.build(Instant::now());
    rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
    rtc.add_remote_candidate(Candidate::host(udp_address(transport), "udp").unwrap());
    let mut direct = rtc.direct_api();
    direct.set_ice_controlling(true);
    direct.set_remote_ice_credentials(IceCreds {
        ufrag: text(&transport.ice_parameters["usernameFragment"]),
        pass: text(&transport.ice_parameters["password"]),
    });
    direct.set_remote_fingerprint(fingerprint(transport).parse().unwrap());
    direct.start_dtls(true).unwrap();
    rtc
}

/// What the node must be told to accept the handshake.
pub fn dtls_parameters(rtc: &mut Rtc) -> Value {
    let fingerprint = rtc.direct_api().local_dtls_fingerprint().to_string();
    let (algorithm, value) = fingerprint.split_once(' ').expect("an algorithm and its value");
    json!({"role": "client", "fingerprints": [{"algorithm": algorithm, "value": value}]})
}

/// Sound or picture, by the first two bytes (RFC 7983, RFC 5761): neither STUN, DTLS nor RTCP.
pub fn is_rtp(datagram: &[u8]) -> bool {
    datagram.len() >= 12 && (128..192).contains(&datagram[0]) && !(192..224).contains(&datagram[1])
}

/// Where a transport takes datagrams.
pub fn udp_address(transport: &Transport) -> SocketAddr {
    let candidates = transport.ice_candidates.as_array().unwrap();
    let udp = candidates.iter().find(|candidate| candidate["protocol"] == "udp").unwrap();
    let port = udp["port"].as_u64().unwrap();
    SocketAddr::new(text(&udp["address"]).parse().unwrap(), u16::try_from(port).unwrap())
}

fn fingerprint(transport: &Transport) -> String {
    let all = transport.dtls_parameters["fingerprints"].as_array().unwrap();
    let sha256 = all.iter().find(|one| one["algorithm"] == "sha-256").unwrap();
    format!("sha-256 {}", text(&sha256["value"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
