//! Files that must not be lost: by names of ours, in a folder that nobody else on the machine can read. Through
//! `object_store`, so that another place for them is a matter of configuration.

use crate::error::{Error, Result};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::os::unix::fs::DirBuilderExt;
use std::sync::Arc;

#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// In a folder, which is made if it is not there. Blocks.
    pub fn open(folder: &std::path::Path) -> std::result::Result<Self, String> {
        let cannot = |error: &dyn std::fmt::Display| format!("cannot keep files in {}: {error}", folder.display());
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| cannot(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| cannot(&error))?;
        // An empty folder is left behind otherwise.
        Ok(Self(Arc::new(store.with_automatic_cleanup(true))))
    }

    /// Whole or not at all.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.0.put(&Path::from(name), bytes.into()).await.map(drop).map_err(failed)
    }

    /// Nothing if there is no such file.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let found = match self.0.get(&Path::from(name)).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// It may be gone already.
    pub async fn delete(&self, name: &str) -> Result<()> {
        match self.0.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

fn failed(error: object_store::Error) -> Error {
    tracing::error!(%error, "a file could not be read or written");
    Error::Unavailable
}
