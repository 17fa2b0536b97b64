//! What every request can reach.

use crate::chats::Chats;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::feed::Feed;
use crate::files::Files;
use crate::ids::{Ids, RecordingId};
use crate::limits;
use crate::media_link::Rooms;
use crate::password::Passwords;
use crate::rates::Rates;
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, Semaphore};

pub struct App {
    pub config: Config,
    /// What people type to get here, without a slash at its end.
    pub public_url: String,
    pub db: Db,
    /// What people uploaded.
    pub files: Files,
    /// For pictures that are being made anew: each takes a processor and much memory for a while.
    pub picture_places: Arc<Semaphore>,
    pub clock: Arc<dyn Clock>,
    pub ids: Ids,
    pub feed: Feed,
    /// The media nodes and the live state of the rooms on them.
    pub rooms: Rooms,
    /// Whose turn it is in the chats.
    pub chats: Chats,
    pub rates: Rates,
    pub passwords: Passwords,
    /// Held from a change's transaction to its announcement, by whatever changes sessions, events or who may see them:
    /// so changes are told in the order in which they happened.
    pub order: tokio::sync::Mutex<()>,
    /// Held while it is read what the people in a room are, until that is told. Whoever holds it takes no other.
    pub people_order: tokio::sync::Mutex<()>,
    /// The deleted recording up to which files were deleted last; none where that begins with the first.
    pub swept: Mutex<Option<RecordingId>>,
    /// Wakes the timer when an event's times changed.
    pub times_changed: Notify,
    /// Wakes whoever sends mail when some was written.
    pub mails_due: Notify,
}

impl App {
    /// Opens the database, so it blocks. `public_url` is what `PUBLIC_URL` says, or the address that was bound.
    pub fn new(config: Config, public_url: String, clock: Arc<dyn Clock>) -> std::result::Result<Self, String> {
        Ok(Self {
            db: Db::open(&config.database_url, config.database_connections)?,
            files: Files::open(&config.files)?,
            picture_places: Arc::new(Semaphore::new(limits::PICTURES_AT_ONCE)),
            ids: Ids::new(Arc::clone(&clock)),
            feed: Feed::default(),
            rooms: Rooms::default(),
            chats: Chats::default(),
            rates: Rates::default(),
            passwords: Passwords::default(),
            order: tokio::sync::Mutex::new(()),
            people_order: tokio::sync::Mutex::new(()),
            swept: Mutex::default(),
            times_changed: Notify::new(),
            mails_due: Notify::new(),
            clock,
            public_url,
            config,
        })
    }

    /// Waits for `order`. Not for ever: whoever holds it may wait for a database that does not answer.
    pub async fn in_order(&self) -> Result<tokio::sync::MutexGuard<'_, ()>> {
        tokio::time::timeout(crate::db::WAIT, self.order.lock()).await.map_err(|_late| Error::Unavailable)
    }

    /// Whether pages come over https: then cookies are for https only.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
