//! Files that must not be lost: by names of ours, in a folder that nobody else on the machine can read, or in a bucket of S3 or of
//! something that speaks like it. Through `object_store`.

mod place;
mod upload;

pub use place::Place;
pub use upload::Upload;

use crate::error::{Error, Result};
use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetResultPayload, ObjectStore, ObjectStoreExt};
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// The place has so long for an answer when the api starts.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is read of a file at once.
const PIECE: u64 = 128 * 1024;

#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// For messages; without secrets.
    place: Arc<str>,
}

impl Files {
    /// Opens the place; a folder is made if it is not there. Blocks.
    pub fn open(place: &Place) -> std::result::Result<Self, String> {
        let name = place.describe();
        let store = place.open().map_err(|error| format!("cannot keep files in {name}: {error}"))?;
        Ok(Self { store, place: name.into() })
    }

    /// Whether a file can be written there: said when the api starts, and not to the first person who needs it.
    pub async fn check(&self) -> std::result::Result<(), String> {
        let probe = Path::from("check");
        let written = async {
            self.store.put(&probe, Bytes::from_static(b"ok").into()).await?;
            match self.store.delete(&probe).await {
                // Another api that starts at the same moment was faster.
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                done => done,
            }
        };
        let failed = |error: &dyn std::fmt::Display| format!("cannot keep files in {}: {error}", self.place);
        match timeout(PATIENCE, written).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(failed(&error)),
            Err(_late) => Err(failed(&format_args!("it does not answer within {} seconds", PATIENCE.as_secs()))),
        }
    }

    /// Whole or not at all.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.store.put(&Path::from(name), bytes.into()).await.map(drop).map_err(failed)
    }

    /// One that is larger than memory: it is there once it is finished, in place of what was there.
    pub async fn begin(&self, name: &str) -> Result<Upload> {
        Ok(Upload::new(self.store.put_multipart(&Path::from(name)).await.map_err(failed)?))
    }

    /// Nothing if there is no such file.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let found = match self.store.get(&Path::from(name)).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// A part of a file, piece by piece as it is asked for.
    pub async fn read(&self, name: &str, range: Range<u64>) -> Result<BoxStream<'static, Result<Bytes>>> {
        let options = GetOptions::new().with_range(Some(range));
        let found = self.store.get_opts(&Path::from(name), options).await.map_err(failed)?;
        let range = found.range.clone();
        Ok(match found.payload {
            // Its own pieces of a file are so small that each costs more than what is in it.
            GetResultPayload::File(file, _) => pieces(file, range).boxed(),
            GetResultPayload::Stream(stream) => stream.map_err(failed).boxed(),
        })
    }

    /// It may be gone already.
    pub async fn delete(&self, name: &str) -> Result<()> {
        match self.store.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

fn pieces(file: File, range: Range<u64>) -> impl futures_util::Stream<Item = Result<Bytes>> {
    let file = Arc::new(file);
    stream::try_unfold(range, move |rest| {
        let file = Arc::clone(&file);
        async move {
            if rest.is_empty() {
                return Ok(None);
            }
            let end = rest.end.min(rest.start + PIECE);
            let length = usize::try_from(end - rest.start).unwrap_or(0);
            let read = move || {
                let mut piece = vec![0; length];
                file.read_exact_at(&mut piece, rest.start).map(|()| Bytes::from(piece))
            };
            let piece = spawn_blocking(read).await.map_err(|_panic| Error::Internal)?;
            let piece = piece.map_err(|error| {
                tracing::error!(%error, "a file could not be read");
                Error::Unavailable
            })?;
            Ok(Some((piece, end..rest.end)))
        }
    })
}

fn failed(error: object_store::Error) -> Error {
    tracing::error!(%error, "a file could not be read or written");
    Error::Unavailable
}
