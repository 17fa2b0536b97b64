//! DataLoaders: what nested fields need, read once for a whole list.

mod recording;
mod segment;
mod sharing;

pub use recording::{RecordingCountIn, RecordingsIn};
pub use segment::{SegmentSessions, SegmentSpeakers, SegmentTags, SegmentsOf, SpeaksIn};
pub use sharing::{ChosenIn, PlaceIn, WaitingIn};

use crate::app::App;
use crate::db::Conn;
use crate::error::Error;
use crate::ids::{AccountId, EventId, MessageId, OrganizationId, PictureId, SessionId, TicketTypeId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::organization::Organization;
use crate::model::picture::Picture;
use crate::model::registration::Registration;
use crate::model::session::Session;
use crate::model::ticket_type::TicketType;
use crate::ops;
use crate::timing::Window;
use crate::visibility::Known;
use async_graphql::dataloader::Loader;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

pub struct Loaders {
    pub app: Arc<App>,
}

/// The tags of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TagsOf(pub SessionId);

/// The windows of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WindowsOf(pub SessionId);

/// What says why a session is (in)visible.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KnownOf(pub SessionId);

/// The additional information of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AdditionalInformationOf(pub SessionId);
/// The ticket types whose holders may watch a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TicketsOf(pub SessionId);

/// The moderators of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModeratorsOf(pub SessionId);

/// Who may share in a session where that is by invitation only.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SharersOf(pub SessionId);

/// A session, while it is not deleted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionOf(pub SessionId);

/// The emoji that an account has added to a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReactionsBy(pub MessageId, pub AccountId);

/// Whoever has this account.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonOf(pub AccountId);

/// An account's registration for an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RegistrationIn(pub EventId, pub AccountId);

/// How many people hold a ticket type.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct HoldersOf(pub TicketTypeId);

/// The titles of the sessions for holders of a ticket type.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionsFor(pub TicketTypeId);

impl Loader<EventId> for Loaders {
    type Value = Arc<Event>;
    type Error = Error;

    async fn load(&self, keys: &[EventId]) -> Result<HashMap<EventId, Arc<Event>>, Error> {
        let keys = keys.to_vec();
        let events = self.app.db.read(move |conn| Ok(model::event::by_ids(conn, &keys)?)).await?;
        Ok(events.into_iter().map(|event| (event.id, Arc::new(event))).collect())
    }
}

impl Loader<PersonOf> for Loaders {
    type Value = Account;
    type Error = Error;

    async fn load(&self, keys: &[PersonOf]) -> Result<HashMap<PersonOf, Account>, Error> {
        let keys: Vec<AccountId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::account::by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (PersonOf(row.id), row)).collect())
    }
}

impl Loader<SessionOf> for Loaders {
    type Value = Arc<Session>;
    type Error = Error;

    async fn load(&self, keys: &[SessionOf]) -> Result<HashMap<SessionOf, Arc<Session>>, Error> {
        let keys: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::session::all_by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (SessionOf(row.id), Arc::new(row))).collect())
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

impl Loader<TagsOf> for Loaders {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[TagsOf]) -> Result<HashMap<TagsOf, Vec<String>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::tag::of_sessions(conn, &sessions)?)).await?;
        Ok(gathered(rows, TagsOf))
    }
}

impl Loader<AdditionalInformationOf> for Loaders {
    type Value = Arc<str>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[AdditionalInformationOf],
    ) -> Result<HashMap<AdditionalInformationOf, Arc<str>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::session::additional_information(conn, &sessions)?)).await?;
        Ok(rows.into_iter().map(|(id, html)| (AdditionalInformationOf(id), html.into())).collect())
    }
}

impl Loader<WindowsOf> for Loaders {
    type Value = Vec<Window>;
    type Error = Error;

    async fn load(&self, keys: &[WindowsOf]) -> Result<HashMap<WindowsOf, Vec<Window>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::segment::windows(conn, &sessions)?)).await?;
        Ok(gathered(rows, WindowsOf))
    }
}

impl Loader<KnownOf> for Loaders {
    type Value = Arc<Known>;
    type Error = Error;

    async fn load(&self, keys: &[KnownOf]) -> Result<HashMap<KnownOf, Arc<Known>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let known = self.app.db.read(move |conn| ops::session::visibility::known(conn, &sessions)).await?;
        Ok(known.into_iter().map(|(id, known)| (KnownOf(id), Arc::new(known))).collect())
    }
}

impl Loader<TicketsOf> for Loaders {
    type Value = Vec<TicketTypeId>;
    type Error = Error;

    async fn load(&self, keys: &[TicketsOf]) -> Result<HashMap<TicketsOf, Vec<TicketTypeId>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::ticket_type::of_sessions(conn, &sessions)?)).await?;
        Ok(gathered(rows, TicketsOf))
    }
}

impl Loader<ModeratorsOf> for Loaders {
    type Value = Vec<Account>;
    type Error = Error;

    async fn load(&self, keys: &[ModeratorsOf]) -> Result<HashMap<ModeratorsOf, Vec<Account>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::moderator::of_sessions(conn, &sessions)?)).await?;
        Ok(gathered(rows, ModeratorsOf))
    }
}

impl Loader<SharersOf> for Loaders {
    type Value = Vec<Account>;
    type Error = Error;

    async fn load(&self, keys: &[SharersOf]) -> Result<HashMap<SharersOf, Vec<Account>>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::sharer::of_sessions(conn, &sessions)?)).await?;
        Ok(gathered(rows, SharersOf))
    }
}

impl Loader<ReactionsBy> for Loaders {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[ReactionsBy]) -> Result<HashMap<ReactionsBy, Vec<String>>, Error> {
        let mut messages: HashMap<AccountId, Vec<MessageId>> = HashMap::new();
        for key in keys {
            messages.entry(key.1).or_default().push(key.0);
        }
        let read = move |conn: &mut Conn| {
            let mut found = HashMap::new();
            for (account, messages) in messages {
                let rows = model::message::reactions_by(conn, account, &messages)?;
                found.extend(gathered(rows, |id| ReactionsBy(id, account)));
            }
            Ok(found)
        };
        self.app.db.read(read).await
    }
}

/// What belongs to each of them, in the order of the rows.
fn gathered<I, K: Eq + Hash, V>(rows: Vec<(I, V)>, key: impl Fn(I) -> K) -> HashMap<K, Vec<V>> {
    let mut found: HashMap<K, Vec<V>> = HashMap::new();
    for (id, value) in rows {
        found.entry(key(id)).or_default().push(value);
    }
    found
}

impl Loader<RegistrationIn> for Loaders {
    type Value = Registration;
    type Error = Error;

    async fn load(&self, keys: &[RegistrationIn]) -> Result<HashMap<RegistrationIn, Registration>, Error> {
        let mut events: HashMap<AccountId, Vec<EventId>> = HashMap::new();
        for key in keys {
            events.entry(key.1).or_default().push(key.0);
        }
        let read = move |conn: &mut Conn| {
            let mut rows = Vec::new();
            for (account, events) in events {
                rows.extend(model::registration::of_account_in(conn, account, &events)?);
            }
            Ok(rows)
        };
        let rows = self.app.db.read(read).await?;
        Ok(rows.into_iter().map(|row| (RegistrationIn(row.event_id, row.account_id), row)).collect())
    }
}

impl Loader<TicketTypeId> for Loaders {
    type Value = Arc<TicketType>;
    type Error = Error;

    async fn load(&self, keys: &[TicketTypeId]) -> Result<HashMap<TicketTypeId, Arc<TicketType>>, Error> {
        let keys = keys.to_vec();
        let rows = self.app.db.read(move |conn| Ok(model::ticket_type::by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<PictureId> for Loaders {
    type Value = Arc<Picture>;
    type Error = Error;

    async fn load(&self, keys: &[PictureId]) -> Result<HashMap<PictureId, Arc<Picture>>, Error> {
        let keys = keys.to_vec();
        let rows = self.app.db.read(move |conn| Ok(model::picture::by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<AccountId> for Loaders {
    type Value = Arc<Account>;
    type Error = Error;

    async fn load(&self, keys: &[AccountId]) -> Result<HashMap<AccountId, Arc<Account>>, Error> {
        let keys = keys.to_vec();
        let rows = self.app.db.read(move |conn| Ok(model::account::by_ids(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<HoldersOf> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[HoldersOf]) -> Result<HashMap<HoldersOf, i64>, Error> {
        let keys: Vec<TicketTypeId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::ticket_type::holders(conn, &keys)?)).await?;
        Ok(rows.into_iter().map(|(id, count)| (HoldersOf(id), count)).collect())
    }
}

impl Loader<SessionsFor> for Loaders {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[SessionsFor]) -> Result<HashMap<SessionsFor, Vec<String>>, Error> {
        let keys: Vec<TicketTypeId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::ticket_type::session_titles(conn, &keys)?)).await?;
        let mut titles: HashMap<SessionsFor, Vec<String>> = HashMap::new();
        for (ticket, title) in rows {
            let of = titles.entry(SessionsFor(ticket)).or_default();
            if of.len() < limits::PAGE {
                of.push(title);
            }
        }
        Ok(titles)
    }
}
