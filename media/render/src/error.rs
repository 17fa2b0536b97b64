//! Why a block did not become a file.

use protocol::recording::Failure;
use std::io;

#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub failure: Failure,
    /// For the log and for who runs the node.
    pub message: String,
}

impl Error {
    pub fn new(failure: Failure, message: impl Into<String>) -> Self {
        Self { failure, message: message.into() }
    }

    /// What failed while the file was being made: a disk that is full is told apart from the rest.
    pub fn writing(what: &str, error: &io::Error) -> Self {
        let failure = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Failure::Disk,
            _ => Failure::Encoder,
        };
        Self::new(failure, format!("{what}: {error}"))
    }
}
