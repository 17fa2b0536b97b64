//! DataLoaders: what nested fields need, read once for a whole list.

use crate::access::Caller;
use crate::app::App;
use crate::error::Error;
use crate::ids::{AccountId, EventId, OrganizationId, SessionId};
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::organization::Organization;
use crate::model::registration::Registration;
use async_graphql::dataloader::Loader;
use std::collections::HashMap;
use std::sync::Arc;

pub struct Loaders {
    pub app: Arc<App>,
    pub caller: Arc<Caller>,
}

/// The tags of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TagsOf(pub SessionId);

/// The caller's own registration for an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnIn(pub EventId);

impl Loader<EventId> for Loaders {
    type Value = Arc<Event>;
    type Error = Error;

    async fn load(&self, keys: &[EventId]) -> Result<HashMap<EventId, Arc<Event>>, Error> {
        let keys = keys.to_vec();
        let events = self.app.db.read(move |conn| Ok(model::event::by_ids(conn, &keys)?)).await?;
        Ok(events.into_iter().map(|event| (event.id, Arc::new(event))).collect())
    }
}

impl Loader<OrganizationId> for Loaders {
    type Value = Organization;
    type Error = Error;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Organization>, Error> {
        let keys = keys.to_vec();
        let rows = self.app.db.read(move |conn| Ok(model::organization::by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<AccountId> for Loaders {
    type Value = Account;
    type Error = Error;

    async fn load(&self, keys: &[AccountId]) -> Result<HashMap<AccountId, Account>, Error> {
        let keys = keys.to_vec();
        let rows = self.app.db.read(move |conn| Ok(model::account::by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<TagsOf> for Loaders {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[TagsOf]) -> Result<HashMap<TagsOf, Vec<String>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::tag::of_sessions(conn, &sessions)?)).await?;
        let mut tags: HashMap<TagsOf, Vec<String>> = HashMap::new();
        for (session, name) in rows {
            tags.entry(TagsOf(session)).or_default().push(name);
        }
        Ok(tags)
    }
}

impl Loader<OwnIn> for Loaders {
    type Value = Registration;
    type Error = Error;

    async fn load(&self, keys: &[OwnIn]) -> Result<HashMap<OwnIn, Registration>, Error> {
        let Some(account) = self.caller.account.as_ref().map(|account| account.id) else {
            return Ok(HashMap::new());
        };
        let events: Vec<EventId> = keys.iter().map(|key| key.0).collect();
        let rows =
            self.app.db.read(move |conn| Ok(model::registration::of_account_in(conn, account, &events)?)).await?;
        Ok(rows.into_iter().map(|row| (OwnIn(row.event_id), row)).collect())
    }
}
