//! The pass: the short-lived signed permission to enter a media room.

use crate::room::Settings;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Seconds for which a pass opens the room. A browser that comes later asks the api for another one.
pub const PASS_SECONDS: i64 = 120;

const AUDIENCE: &str = "roundtable-media";

/// What a pass says: who may enter which room, as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pass {
    /// Always `roundtable-media`, so that no other token of the product opens a room.
    pub aud: String,
    /// The person's id as the api writes it, `account:…`.
    pub sub: String,
    /// Seconds since 1970 after which the pass opens nothing.
    pub exp: i64,
    /// The room: the session's id as the api writes it, `session:…`.
    pub session: String,
    /// The person's name, shown on their tile.
    pub name: String,
    /// May go on screen.
    pub share: bool,
    /// Organizer or moderator of the session.
    pub host: bool,
    /// May react: is not muted (A7, I3).
    #[serde(default)]
    pub react: bool,
    /// The settings of the room when the pass was made.
    pub settings: Settings,
}

/// Why a pass opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassError {
    #[error("this pass has expired: ask for a new one")]
    Expired,
    #[error("this pass is not valid")]
    Invalid,
}

/// The key for one purpose (`pass` or `link`), as hex digits, derived from the secret that api and media share, so that
/// an operator keeps one secret and a leaked pass key says nothing about the link.
pub fn key(secret: &str, purpose: &str) -> String {
    digest_of(&["roundtable", purpose, secret].map(str::as_bytes))
}

/// The SHA-256 of a token as hex digits: what is stored where the token itself must not be.
pub fn digest(token: &str) -> String {
    digest_of(&[token.as_bytes()])
}

/// The same of a certificate, for whom it is to be known by.
pub fn digest_of_certificate(der: &[u8]) -> String {
    digest_of(&[der])
}

/// Each part with its length before it, so that no two lists of parts look alike.
fn digest_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Pass {
    /// A pass that opens the room of `session` until [`PASS_SECONDS`] after `now` (seconds since 1970).
    pub fn new(session: String, person: String, name: String, now: i64, settings: Settings) -> Self {
        Self {
            aud: AUDIENCE.into(),
            sub: person,
            exp: now + PASS_SECONDS,
            session,
            name,
            share: false,
            host: false,
            react: true,
            settings,
        }
    }

    /// The pass as the browser carries it.
    pub fn sign(&self, key: &[u8]) -> String {
        encode(&Header::new(Algorithm::HS256), self, &EncodingKey::from_secret(key))
            .expect("a pass is plain data, which always serialises")
    }

    /// The pass in `token`, if it was signed with `key` and is not over.
    pub fn verify(token: &str, key: &[u8]) -> Result<Self, PassError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        validation.leeway = 0;
        decode::<Self>(token, &DecodingKey::from_secret(key), &validation).map(|data| data.claims).map_err(|error| {
            match error.kind() {
                jsonwebtoken::errors::ErrorKind::ExpiredSignature => PassError::Expired,
                _ => PassError::Invalid,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{SystemTime, UNIX_EPOCH};

    fn now() -> i64 {
        #[expect(clippy::disallowed_methods, reason = "jsonwebtoken compares with the system's clock")]
        let now = SystemTime::now();
        now.duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
    }

    fn pass(at: i64) -> Pass {
        let settings = Settings { version: 1, max_seats: 50, youtube: Default::default(), record: false, starts: 0 };
        Pass::new("session:1".into(), "account:1".into(), "Ada".into(), at, settings)
    }

    #[test]
    fn a_signed_pass_comes_back() {
        let pass = pass(now());
        assert_eq!(Pass::verify(&pass.sign(b"key"), b"key"), Ok(pass));
    }

    #[test]
    fn keys_differ_by_purpose_and_secret() {
        let keys = [key("a", "pass"), key("a", "link"), key("b", "pass")];
        assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[0].len() == 64);
    }

    #[test]
    fn an_expired_pass_is_refused() {
        let token = pass(now() - PASS_SECONDS - 1).sign(b"key");
        assert_eq!(Pass::verify(&token, b"key"), Err(PassError::Expired));
    }

    #[test]
    fn a_pass_signed_with_another_key_is_refused() {
        let token = pass(now()).sign(b"other");
        assert_eq!(Pass::verify(&token, b"key"), Err(PassError::Invalid));
    }

    #[test]
    fn forged_rights_are_refused() {
        let token = pass(now()).sign(b"key");
        let mut other = pass(now());
        other.share = true;
        let forged = other.sign(b"whatever");
        let parts: Vec<_> = token.split('.').collect();
        let body = forged.split('.').nth(1).unwrap();
        let forged = format!("{}.{body}.{}", parts[0], parts[2]);
        assert_eq!(Pass::verify(&forged, b"key"), Err(PassError::Invalid));
    }

    #[test]
    fn a_token_for_another_audience_is_refused() {
        let mut pass = pass(now());
        pass.aud = "somewhere-else".into();
        assert_eq!(Pass::verify(&pass.sign(b"key"), b"key"), Err(PassError::Invalid));
    }
}
