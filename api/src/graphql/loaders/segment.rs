//! What nested fields of the schedule need, read once for a whole list.

use super::{Loaders, gathered};
use crate::db::Conn;
use crate::error::Error;
use crate::graphql::segment::By;
use crate::ids::{AccountId, SegmentId, SessionId};
use crate::model::account::Account;
use crate::model::segment::{self, Segment, links, seen};
use crate::model::session::Session;
use async_graphql::dataloader::Loader;
use std::collections::HashMap;

/// The tags of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentTags(pub SegmentId);

/// The speakers of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentSpeakers(pub SegmentId);

/// The sessions of a segment that somebody finds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentSessions(pub SegmentId, pub By);

/// The segments of a session that somebody sees.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentsOf(pub SessionId, pub By);

/// Whether an account speaks in a segment that leads to a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpeaksIn(pub SessionId, pub AccountId);

impl Loader<SegmentTags> for Loaders {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[SegmentTags]) -> Result<HashMap<SegmentTags, Vec<String>>, Error> {
        let ids: Vec<SegmentId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(links::tags_of(conn, &ids)?)).await?;
        Ok(gathered(rows, SegmentTags))
    }
}

impl Loader<SegmentSpeakers> for Loaders {
    type Value = Vec<Account>;
    type Error = Error;

    async fn load(&self, keys: &[SegmentSpeakers]) -> Result<HashMap<SegmentSpeakers, Vec<Account>>, Error> {
        let ids: Vec<SegmentId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(links::speakers_of(conn, &ids)?)).await?;
        Ok(gathered(rows, SegmentSpeakers))
    }
}

impl Loader<SegmentSessions> for Loaders {
    type Value = Vec<Session>;
    type Error = Error;

    async fn load(&self, keys: &[SegmentSessions]) -> Result<HashMap<SegmentSessions, Vec<Session>>, Error> {
        let now = self.app.clock.now();
        let groups = grouped(keys.iter().map(|key| (key.1, key.0)));
        let read = move |conn: &mut Conn| {
            let mut found = HashMap::new();
            for (by, ids) in groups {
                let rows = links::found_sessions_of(conn, &ids, by.viewer(now))?;
                found.extend(gathered(rows, |id| SegmentSessions(id, by)));
            }
            Ok(found)
        };
        self.app.db.read(read).await
    }
}

impl Loader<SegmentsOf> for Loaders {
    type Value = Vec<Segment>;
    type Error = Error;

    async fn load(&self, keys: &[SegmentsOf]) -> Result<HashMap<SegmentsOf, Vec<Segment>>, Error> {
        let now = self.app.clock.now();
        let groups = grouped(keys.iter().map(|key| (key.1, key.0)));
        let read = move |conn: &mut Conn| {
            let mut found = HashMap::new();
            for (by, ids) in groups {
                let rows = seen::of_sessions(conn, &ids, by.viewer(now))?;
                found.extend(gathered(rows, |id| SegmentsOf(id, by)));
            }
            Ok(found)
        };
        self.app.db.read(read).await
    }
}

impl Loader<SpeaksIn> for Loaders {
    type Value = bool;
    type Error = Error;

    async fn load(&self, keys: &[SpeaksIn]) -> Result<HashMap<SpeaksIn, bool>, Error> {
        let groups = grouped(keys.iter().map(|key| (key.1, key.0)));
        let read = move |conn: &mut Conn| {
            let mut found = HashMap::new();
            for (account, sessions) in groups {
                let spoken = segment::links::spoken_among(conn, account, &sessions)?;
                found.extend(spoken.into_iter().map(|session| (SpeaksIn(session, account), true)));
            }
            Ok(found)
        };
        self.app.db.read(read).await
    }
}

/// The ids that are asked for by each: in nearly every request that is one.
fn grouped<B: Eq + std::hash::Hash, I>(keys: impl Iterator<Item = (B, I)>) -> HashMap<B, Vec<I>> {
    let mut groups: HashMap<B, Vec<I>> = HashMap::new();
    for (by, id) in keys {
        groups.entry(by).or_default().push(id);
    }
    groups
}
