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

    /// What failed while the file was being made: a disk that is full, or a limit that is set for files, is told apart from the rest.
    pub fn writing(what: &str, error: &io::Error) -> Self {
        let failure = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Failure::Disk,
            _ => Failure::Encoder,
        };
        Self::new(failure, format!("{what}: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k5_no_room_is_told_apart() {
        let failure = |number| Error::writing("the file", &io::Error::from_raw_os_error(number)).failure;
        // ENOSPC, EDQUOT, EFBIG; and EIO.
        assert_eq!([28, 122, 27].map(failure), [Failure::Disk; 3]);
        assert_eq!(failure(5), Failure::Encoder);
    }
}
