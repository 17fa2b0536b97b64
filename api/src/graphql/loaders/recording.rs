//! The recordings of sessions, read once for a whole list.

use super::{Loaders, gathered};
use crate::error::Error;
use crate::ids::SessionId;
use crate::model;
use crate::model::recording::{Recording, Which};
use async_graphql::dataloader::Loader;
use itertools::Itertools;
use std::collections::HashMap;
use std::sync::Arc;

/// The recordings of a session, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordingsIn(pub SessionId, pub Which);

/// How many there are.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordingCountIn(pub SessionId, pub Which);

impl Loader<RecordingsIn> for Loaders {
    type Value = Vec<Arc<Recording>>;
    type Error = Error;

    async fn load(&self, keys: &[RecordingsIn]) -> Result<HashMap<RecordingsIn, Vec<Arc<Recording>>>, Error> {
        let sessions = keys.iter().map(|key| (key.1, key.0)).into_group_map();
        let read = move |conn: &mut _| {
            let mut found = HashMap::new();
            for (which, sessions) in sessions {
                let rows = model::recording::of_sessions(conn, &sessions, which)?;
                let rows = rows.into_iter().map(|row| (row.session_id, Arc::new(row))).collect();
                found.extend(gathered(rows, |id| RecordingsIn(id, which)));
            }
            Ok(found)
        };
        self.app.db.read(read).await
    }
}

impl Loader<RecordingCountIn> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[RecordingCountIn]) -> Result<HashMap<RecordingCountIn, i64>, Error> {
        let sessions = keys.iter().map(|key| (key.1, key.0)).into_group_map();
        let read = move |conn: &mut _| {
            let mut found = HashMap::new();
            for (which, sessions) in sessions {
                let rows = model::recording::counts(conn, &sessions, which)?;
                found.extend(rows.into_iter().map(|(id, count)| (RecordingCountIn(id, which), count)));
            }
            Ok(found)
        };
        self.app.db.read(read).await
    }
}
