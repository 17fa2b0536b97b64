//! Sessions: the rooms of an event's programme.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, SessionId};
use crate::model::page::{Page, Slice, contains, lower, one_more};
use crate::schema::{invitations, sessions};
use crate::text_enum;
use diesel::dsl::exists;
use diesel::prelude::*;

text_enum! {
    /// How wide the card is (B5).
    DisplaySize { Large = "large", Medium = "medium", }
}

text_enum! {
    /// Who can watch (C).
    WatchAccess { Anyone = "anyone", Private = "private", }
}

text_enum! {
    /// Who can share audio and video (D).
    ShareAccess { Anyone = "anyone", }
}

text_enum! {
    /// When it is open (F1).
    Scheduling { AlwaysOpen = "always_open", }
}

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, check_for_backend(crate::db::Backend))]
pub struct Session {
    pub id: SessionId,
    pub event_id: EventId,
    pub title: String,
    pub description: String,
    pub display_size: DisplaySize,
    /// Higher first (B6).
    pub priority: i32,
    pub watch_access: WatchAccess,
    pub share_access: ShareAccess,
    /// Seats (E1).
    pub max_participants: i32,
    pub scheduling: Scheduling,
    /// Counts the changes of this row, its tags and its invitations.
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
}

/// The fields that change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = sessions)]
pub struct Patch {
    pub title: Option<String>,
    pub description: Option<String>,
    pub display_size: Option<DisplaySize>,
    pub priority: Option<i32>,
    pub watch_access: Option<WatchAccess>,
    pub share_access: Option<ShareAccess>,
    pub max_participants: Option<i32>,
}

/// Whose view of an event's sessions.
#[derive(Clone, Copy, Debug)]
pub enum Viewer {
    /// Sees all (C5).
    Organizer,
    /// Sees what anyone may watch, and what they are invited to (C1, C2).
    Attendee(AccountId),
}

/// Where a page begins: after the session with this place in the order.
#[derive(Clone, Debug)]
pub struct After {
    pub priority: i32,
    pub title: String,
    pub id: SessionId,
}

pub fn insert(conn: &mut Conn, session: &Session) -> QueryResult<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: SessionId) -> QueryResult<Option<Session>> {
    sessions::table.find(id).select(Session::as_select()).first(conn).optional()
}

/// Changes the row and counts its version up, also when the patch is empty (its tags or invitations changed).
pub fn update(conn: &mut Conn, id: SessionId, patch: &Patch, now: Time) -> QueryResult<()> {
    diesel::update(sessions::table.find(id))
        .set((patch, sessions::version.eq(sessions::version + 1), sessions::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

pub fn delete(conn: &mut Conn, id: SessionId) -> QueryResult<()> {
    diesel::delete(sessions::table.find(id)).execute(conn).map(drop)
}

/// Lets only one transaction at a time change this session, on PostgreSQL as SQLite always does.
pub fn lock(conn: &mut Conn, id: SessionId) -> QueryResult<()> {
    if let Conn::Pg(pg) = conn {
        sessions::table.find(id).select(sessions::id).for_update().first::<SessionId>(pg).optional()?;
    }
    Ok(())
}

/// Counts the version of every session of these events up: passes from before open nothing any more.
pub fn raise_versions(conn: &mut Conn, events: &[EventId], now: Time) -> QueryResult<()> {
    diesel::update(sessions::table.filter(sessions::event_id.eq_any(events.to_vec())))
        .set((sessions::version.eq(sessions::version + 1), sessions::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Sessions that changed at or after `since`.
pub fn changed_since(conn: &mut Conn, since: Time) -> QueryResult<Vec<Session>> {
    sessions::table.filter(sessions::updated_at.ge(since)).select(Session::as_select()).load(conn)
}

type Boxed<'a> = sessions::BoxedQuery<'a, crate::db::Backend>;

/// Whether a registered attendee finds a session: what anyone may watch, and what they are invited to (C1, C2).
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn found_by(account: AccountId) -> _ {
    let invited =
        invitations::table.filter(invitations::session_id.eq(sessions::id)).filter(invitations::account_id.eq(account));
    let anyone: WatchAccess = WatchAccess::Anyone;
    sessions::watch_access.eq(anyone).or(exists(invited))
}

/// The event's sessions that `viewer` finds, those with `search` in title or description.
fn visible<'a>(event: EventId, viewer: Viewer, search: Option<&str>) -> Boxed<'a> {
    let mut query = sessions::table.filter(sessions::event_id.eq(event)).into_boxed();
    if let Viewer::Attendee(account) = viewer {
        query = query.filter(found_by(account));
    }
    if let Some(search) = search {
        let pattern = contains(search);
        let by_title = lower(sessions::title).like(pattern.clone()).escape('\\');
        query = query.filter(by_title.or(lower(sessions::description).like(pattern).escape('\\')));
    }
    query
}

/// The event's sessions that `viewer` finds: by priority, then title (B6).
pub fn list(
    conn: &mut Conn,
    event: EventId,
    viewer: Viewer,
    search: Option<&str>,
    Slice { after, first }: Slice<After>,
) -> QueryResult<Page<Session>> {
    let mut query = visible(event, viewer, search);
    if let Some(After { priority, title, id }) = after {
        let same_priority = sessions::title.gt(title.clone()).or(sessions::title.eq(title).and(sessions::id.gt(id)));
        query = query.filter(sessions::priority.lt(priority).or(sessions::priority.eq(priority).and(same_priority)));
    }
    let rows = query
        .order((sessions::priority.desc(), sessions::title, sessions::id))
        .limit(one_more(first))
        .select(Session::as_select())
        .load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count(conn: &mut Conn, event: EventId, viewer: Viewer, search: Option<&str>) -> QueryResult<i64> {
    visible(event, viewer, search).count().get_result(conn)
}
