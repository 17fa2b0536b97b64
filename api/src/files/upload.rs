//! A file that comes in piece by piece, and is there once it is whole.

use super::failed;
use crate::error::Result;
use object_store::{MultipartUpload, WriteMultipart};

/// Bytes of a part. There are 10,000 of a file at the most, so that they are enough for the largest one.
const PART: usize = 8 * 1024 * 1024;

/// Parts on their way at once: so much of a file is in memory.
const AT_ONCE: usize = 2;

#[must_use = "what is neither finished nor given up leaves a part of the file behind"]
pub struct Upload(WriteMultipart);

impl Upload {
    pub(super) fn new(upload: Box<dyn MultipartUpload>) -> Self {
        Self(WriteMultipart::new_with_chunk_size(upload, PART))
    }

    /// Waits while enough is on its way.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.wait_for_capacity(AT_ONCE).await.map_err(failed)?;
        self.0.write(bytes);
        Ok(())
    }

    /// The file is there, and safe, once this is done.
    pub async fn finish(self) -> Result<()> {
        self.0.finish().await.map(drop).map_err(failed)
    }

    /// Leaves nothing behind.
    pub async fn give_up(self) {
        // It is logged; there is nothing else to be done.
        let _ = self.0.abort().await.map_err(failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn the_largest_recording_fits_into_the_parts_of_a_file() {
        assert!(limits::RECORDING_BYTES.div_ceil(PART as u64) <= 10_000);
    }
}
