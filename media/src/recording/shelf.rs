//! The blocks of recordings on this node's disk.

use protocol::recording::BlockEnd;
use std::fs::DirBuilder;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use ulid::Ulid;

pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    pub fn open(folder: &Path) -> Result<Arc<Self>, String> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| format!("recordings cannot be kept in {}: {error}", folder.display()))?;
        Ok(Arc::new(Self { folder: folder.to_owned() }))
    }

    /// A new block and its folder.
    pub fn begin(&self, _session: &str, now_micros: i64) -> io::Result<(String, PathBuf)> {
        let random = u128::from(RandomState::new().hash_one(now_micros));
        let id = Ulid::from_parts(u64::try_from(now_micros / 1000).unwrap_or_default(), random).to_string();
        let folder = self.folder.join(&id);
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok((id, folder))
    }

    pub fn grow(&self, _block: &str, _length_micros: i64, _bytes: u64) {}

    pub fn is_deleted(&self, _block: &str) -> bool {
        false
    }

    pub fn end(&self, block: &str, _now_micros: i64, end: BlockEnd) {
        tracing::info!(block, ?end, "a block ended");
    }
}
