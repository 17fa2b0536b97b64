//! Passwords: argon2id on blocking threads, a few at a time, since each takes 19 MiB and some 50 ms of CPU.

use crate::db::WAIT;
use crate::error::{Error, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Hashes at once.
const AT_ONCE: usize = 4;

/// A hash of no password: checked when there is no such account, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub struct Passwords {
    free: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The hash in PHC form.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.run(move || {
            let salt = SaltString::encode_b64(&salt).map_err(|_error| Error::Internal)?;
            let hash = argon2().hash_password(password.as_bytes(), &salt).map_err(|_error| Error::Internal)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the one of `hash`; `None` for an account that does not exist, and empty for one that has no
    /// password: an import made it (A4).
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let hash = hash.filter(|hash| !hash.is_empty());
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&hash).map_err(|_error| Error::Internal)?;
            Ok(argon2().verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let waiting = timeout(WAIT, Arc::clone(&self.free).acquire_owned()).await;
        let permit = waiting.map_err(|_late| Error::Unavailable)?.map_err(|_closed| Error::Unavailable)?;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        done.await.map_err(|_panic| Error::Internal)?
    }
}

/// OWASP's recommended parameters for argon2id.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("constant parameters are valid");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A1: argon2id.
    #[tokio::test]
    async fn a1_a_password_is_known_again_and_no_other() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse".into(), [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert_eq!(passwords.verify("correct horse".into(), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.verify("wrong horse".into(), Some(hash)).await, Ok(false));
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        assert_eq!(Passwords::default().verify(String::new(), None).await, Ok(false));
        assert_eq!(Passwords::default().verify(String::new(), Some(String::new())).await, Ok(false));
    }
}
