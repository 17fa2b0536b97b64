//! Who may go on screen, and who waits for that, read once for a whole list.

use super::Loaders;
use crate::access::Claim;
use crate::db::Conn;
use crate::error::Error;
use crate::feed::Queue;
use crate::ids::{AccountId, SessionId, ShareRequestId};
use crate::model;
use async_graphql::dataloader::Loader;
use itertools::Itertools;
use std::collections::HashMap;

/// What an account was chosen for in a session, and what it was given there.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChosenIn(pub SessionId, pub AccountId);

/// The request of an account that waits in a session, and its place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlaceIn(pub SessionId, pub AccountId);

/// How many wait in a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WaitingIn(pub SessionId);

/// Of the claim only what has to do with the screen is read.
impl Loader<ChosenIn> for Loaders {
    type Value = Claim;
    type Error = Error;

    async fn load(&self, keys: &[ChosenIn]) -> Result<HashMap<ChosenIn, Claim>, Error> {
        let sessions = keys.iter().map(|key| (key.1, key.0)).into_group_map();
        let read = move |conn: &mut Conn| {
            let mut claims: HashMap<ChosenIn, Claim> = HashMap::new();
            for (account, sessions) in sessions {
                let mut claim = |list: Vec<SessionId>, set: fn(&mut Claim)| {
                    for session in list {
                        set(claims.entry(ChosenIn(session, account)).or_default());
                    }
                };
                claim(model::moderator::among(conn, account, &sessions)?, |claim| claim.moderator = true);
                claim(model::sharer::among(conn, account, &sessions)?, |claim| claim.sharer = true);
                claim(model::grant::among(conn, account, &sessions)?, |claim| claim.granted = true);
                claim(model::bar::among(conn, account, &sessions)?, |claim| claim.barred = true);
            }
            Ok(claims)
        };
        self.app.db.read(read).await
    }
}

/// The queues alone are read in which the account waits.
impl Loader<PlaceIn> for Loaders {
    type Value = (ShareRequestId, i32);
    type Error = Error;

    async fn load(&self, keys: &[PlaceIn]) -> Result<HashMap<PlaceIn, (ShareRequestId, i32)>, Error> {
        let sessions = keys.iter().map(|key| (key.1, key.0)).into_group_map();
        let read = move |conn: &mut Conn| {
            let mut places = HashMap::new();
            for (account, sessions) in sessions {
                let waits = model::share_request::among(conn, account, &sessions)?;
                if waits.is_empty() {
                    continue;
                }
                let queues = model::share_request::queues(conn, &waits)?;
                for (session, queue) in queues.into_iter().into_group_map_by(|request| request.session_id) {
                    let place = Queue::of(&queue).place(account);
                    places.extend(place.map(|place| (PlaceIn(session, account), place)));
                }
            }
            Ok(places)
        };
        self.app.db.read(read).await
    }
}

impl Loader<WaitingIn> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[WaitingIn]) -> Result<HashMap<WaitingIn, i64>, Error> {
        let sessions: Vec<SessionId> = keys.iter().map(|key| key.0).collect();
        let rows = self.app.db.read(move |conn| Ok(model::share_request::counts(conn, &sessions)?)).await?;
        Ok(rows.into_iter().map(|(id, count)| (WaitingIn(id), count)).collect())
    }
}
