//! TURN servers, for browsers whose network lets nothing else through (H9). A server that shares `TURN_SECRET` lets in whoever
//! shows a name that begins with the end of its time, signed with the secret: no account is kept, and what leaks is soon worth
//! nothing. (What TURN servers call their REST API: `use-auth-secret` in coturn.)

use crate::clock::Time;
use crate::limits::TURN_SECONDS;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

/// `TURN_URLS` and `TURN_SECRET`. Never printed: it holds the secret.
#[derive(Clone)]
pub struct Turn {
    urls: Vec<String>,
    secret: String,
}

/// A way to a TURN server for one person, as browsers take it.
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: String,
    pub credential: String,
    pub expires_at: Time,
}

impl Turn {
    /// From the configuration; none without any.
    pub fn configured(urls: Option<&str>, secret: Option<&str>) -> Result<Option<Self>, String> {
        match (urls, secret) {
            (None, None) => Ok(None),
            (Some(_), None) => {
                Err("TURN_URLS needs TURN_SECRET: the secret that the TURN server has (static-auth-secret in coturn)"
                    .into())
            }
            (None, Some(_)) => Err("TURN_SECRET needs TURN_URLS: where the TURN server is".into()),
            (Some(list), Some(secret)) => {
                let urls: Vec<&str> = list.split(',').map(str::trim).filter(|url| !url.is_empty()).collect();
                match urls.iter().position(|url| !is_turn(url)) {
                    // A browser that is given anything else makes no connection at all.
                    Some(at) => Err(format!(
                        "TURN_URLS: address {} is none of a TURN server, like turn:turn.example.org:3478?transport=udp or \
                         turns:turn.example.org:443?transport=tcp",
                        at + 1
                    )),
                    None if urls.is_empty() => Err("TURN_URLS has no address".into()),
                    None => Ok(Some(Self {
                        urls: urls.into_iter().map(str::to_owned).collect(),
                        secret: secret.to_owned(),
                    })),
                }
            }
        }
    }

    /// For `person`, from `now` on.
    pub fn for_person(&self, person: &str, now: Time) -> IceServer {
        let expires_at = now.plus_seconds(TURN_SECONDS);
        let username = format!("{}:{person}", expires_at.seconds());
        let credential = credential(&self.secret, &username);
        IceServer { urls: self.urls.clone(), username, credential, expires_at }
    }
}

fn credential(secret: &str, username: &str) -> String {
    // SHA-1 is what the servers expect; as a keyed digest it is sound.
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, username.as_bytes()))
}

/// `turn:` or `turns:`, a host, perhaps a port and a transport.
fn is_turn(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("turn:").or_else(|| url.strip_prefix("turns:")) else { return false };
    let (place, transport) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    if !matches!(transport, None | Some("transport=udp" | "transport=tcp")) {
        return false;
    }
    let (host, port) = match place.strip_prefix('[') {
        Some(place) => {
            let Some((host, after)) = place.split_once(']') else { return false };
            if host.parse::<std::net::Ipv6Addr>().is_err() {
                return false;
            }
            match after.strip_prefix(':') {
                Some(port) => (host, Some(port)),
                None if after.is_empty() => (host, None),
                None => return false,
            }
        }
        None => {
            let (host, port) = place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port)));
            let is_named = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
            if !is_named {
                return false;
            }
            (host, port)
        }
    };
    !host.is_empty() && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf %s 1893456000:ada | openssl dgst -sha1 -hmac north -binary | base64`
    #[test]
    fn h9_a_credential_is_what_turn_servers_compute() {
        assert_eq!(credential("north", "1893456000:ada"), "A0DNf16by58KaWAwAe4TV36DNwI=");
        assert_ne!(credential("south", "1893456000:ada"), credential("north", "1893456000:ada"));
    }

    #[test]
    fn h9_only_addresses_that_browsers_take_are_taken() {
        for url in [
            "turn:turn.example.org",
            "turn:192.0.2.7:3478",
            "turn:turn.example.org:3478?transport=udp",
            "turns:turn.example.org:443?transport=tcp",
            "turn:[2001:db8::7]:3478",
        ] {
            assert!(is_turn(url), "{url}");
        }
        for url in [
            "turn.example.org:3478",
            "stun:turn.example.org",
            "turn://turn.example.org",
            "turn:",
            "turn:user:word@example.org",
            "turn:example.org:port",
            "turn:example.org:0",
            "turn:example.org?transport=sctp",
            "turn:[2001:db8::7",
            "turn:two words",
        ] {
            assert!(!is_turn(url), "{url}");
        }
    }
}
