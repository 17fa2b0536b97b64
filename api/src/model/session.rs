//! Sessions: the rooms of an event's programme.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, PictureId, SessionId, TicketTypeId};
use crate::model::page::{Page, Slice, contains, lower, one_more};
use crate::model::picture;
use crate::model::recording::End;
use crate::on_each;
use crate::schema::{
    former_sessions, invitations, moderators, segment_sessions, segment_speakers, segments, session_tags,
    session_ticket_types, sessions, sharers, tags,
};
use crate::text_enum;
use diesel::dsl::exists;
use diesel::prelude::*;

text_enum! {
    /// How wide the card is (B5).
    DisplaySize { Large = "large", Medium = "medium", }
}

text_enum! {
    /// Who can watch (C).
    WatchAccess { Anyone = "anyone", Private = "private", Tickets = "tickets", Unlisted = "unlisted", }
}

text_enum! {
    /// Who can share audio and video (D).
    ShareAccess { Anyone = "anyone", InviteOnly = "invite_only", Moderated = "moderated", }
}

text_enum! {
    /// When it is open (F1).
    Scheduling { AlwaysOpen = "always_open", Scheduled = "scheduled", }
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
    /// Whether a YouTube video may be shared (J1).
    pub youtube_sharing: bool,
    /// Whether it is recorded (K1).
    pub record: bool,
    /// Why recording has stopped by itself; it waits for a host then (K2).
    pub record_stopped: Option<End>,
    /// How often somebody had it recorded: switched that on, or started it again. Media that has stopped goes on with a higher
    /// number only (K2).
    pub record_starts: i64,
    pub scheduling: Scheduling,
    /// Its place among those of the same priority (B6).
    pub sort_key: String,
    /// Somebody has put it there: it does not go by start and title any more.
    pub dragged: bool,
    /// The secret part of an unlisted session's link (C4).
    pub link_token: String,
    /// Deleted then, and gone for good once it cannot be taken back any more (B8).
    pub deleted_at: Option<Time>,
    /// The attendee who made it (N1).
    pub creator_id: Option<AccountId>,
    /// Its cover, with what it says to who does not see it (B3).
    pub picture_id: Option<PictureId>,
    pub picture_alt: String,
    /// Counts the changes of this row, its tags and its invitations.
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Session {
    /// Whether what is on screen is recorded: it should be, and has not stopped by itself (K1, K2).
    pub fn is_recorded(&self) -> bool {
        self.record && self.record_stopped.is_none()
    }
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
    pub youtube_sharing: Option<bool>,
    pub record: Option<bool>,
    pub record_stopped: Option<Option<End>>,
    pub record_starts: Option<i64>,
    pub scheduling: Option<Scheduling>,
    pub sort_key: Option<String>,
    pub dragged: Option<bool>,
    pub link_token: Option<String>,
    pub deleted_at: Option<Option<Time>>,
    pub additional_information: Option<String>,
    pub picture_id: Option<Option<PictureId>>,
    pub picture_alt: Option<String>,
}

/// Whose view of an event's sessions and segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Sees all (C5).
    Organizer,
    /// Sees what they may find and what is open (C1–C4, F5).
    Attendee(Attendee),
}

/// A registered attendee at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attendee {
    pub account: AccountId,
    pub ticket: TicketTypeId,
    pub now: Time,
}

/// Which of the sessions that one finds are wanted (B7): within each list any of it will do, and every list that is not empty
/// has to be met.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// In title or description.
    pub search: Option<String>,
    /// From when to when: a published segment of it is on, or it is always open.
    pub days: Vec<(Time, Time)>,
    /// Available to holders of one of these.
    pub tickets: Vec<TicketTypeId>,
    /// The names of tags in lower case.
    pub tags: Vec<String>,
}

/// Where a page begins: after the session with this place in the order.
#[derive(Clone, Debug)]
pub struct After {
    pub priority: i32,
    pub sort_key: String,
    pub id: SessionId,
}

/// With the pictures that its text shows: whoever may watch it may see those.
pub fn insert(conn: &mut Conn, session: &Session, additional_information: &str) -> QueryResult<()> {
    let values = (session, sessions::additional_information.eq(additional_information));
    diesel::insert_into(sessions::table).values(values).execute(conn)?;
    picture::replace_in_text(conn, session.id, &picture::ids_in(additional_information))
}

/// The sanitised HTML of these sessions (B2). Apart from the row: it may be long, and lists do not show it.
pub fn additional_information(conn: &mut Conn, ids: &[SessionId]) -> QueryResult<Vec<(SessionId, String)>> {
    sessions::table
        .filter(sessions::id.eq_any(ids.to_vec()))
        .select((sessions::id, sessions::additional_information))
        .load(conn)
}

/// A session that is not deleted.
pub fn find(conn: &mut Conn, id: SessionId) -> QueryResult<Option<Session>> {
    Ok(even_deleted(conn, id)?.filter(|session| session.deleted_at.is_none()))
}

/// A session that may be deleted, and can be taken back still.
pub fn even_deleted(conn: &mut Conn, id: SessionId) -> QueryResult<Option<Session>> {
    sessions::table.find(id).select(Session::as_select()).first(conn).optional()
}

/// Which of these sessions there are, deleted ones apart.
pub fn there_among(conn: &mut Conn, ids: &[SessionId]) -> QueryResult<Vec<SessionId>> {
    sessions::table
        .filter(sessions::id.eq_any(ids.to_vec()))
        .filter(sessions::deleted_at.is_null())
        .select(sessions::id)
        .load(conn)
}

/// The events of these sessions.
pub fn events_of(conn: &mut Conn, ids: &[SessionId]) -> QueryResult<Vec<(SessionId, EventId)>> {
    sessions::table.filter(sessions::id.eq_any(ids.to_vec())).select((sessions::id, sessions::event_id)).load(conn)
}

/// Whether the person made a session of the event, deleted ones apart (N1).
pub fn made_one_in(conn: &mut Conn, event: EventId, account: AccountId) -> QueryResult<bool> {
    let own = sessions::table
        .filter(sessions::event_id.eq(event))
        .filter(sessions::creator_id.eq(account))
        .filter(sessions::deleted_at.is_null());
    diesel::select(exists(own)).get_result(conn)
}

/// The titles of an event's sessions.
pub fn titles(conn: &mut Conn, event: EventId) -> QueryResult<Vec<String>> {
    sessions::table
        .filter(sessions::event_id.eq(event))
        .filter(sessions::deleted_at.is_null())
        .select(sessions::title)
        .load(conn)
}

/// Changes the row and counts its version up, also when the patch is empty (its tags or invitations changed).
pub fn update(conn: &mut Conn, id: SessionId, patch: &Patch, now: Time) -> QueryResult<()> {
    diesel::update(sessions::table.find(id))
        .set((patch, sessions::version.eq(sessions::version + 1), sessions::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// When the first of the sessions was deleted that can be taken back still.
pub fn first_deleted(conn: &mut Conn) -> QueryResult<Option<Time>> {
    sessions::table.select(diesel::dsl::min(sessions::deleted_at)).first(conn)
}

/// What was deleted at `until` or before.
pub fn deleted_until(conn: &mut Conn, until: Time) -> QueryResult<Vec<Session>> {
    sessions::table.filter(sessions::deleted_at.le(until)).select(Session::as_select()).load(conn)
}

/// Removes sessions for good, with all that hangs on them.
pub fn purge(conn: &mut Conn, ids: &[SessionId]) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::id.eq_any(ids.to_vec()))).execute(conn).map(drop)
}

/// What is kept of a session that is gone for good: what its recordings take from it (B8).
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = former_sessions, check_for_backend(crate::db::Backend))]
pub struct Former {
    pub id: SessionId,
    pub event_id: EventId,
    pub title: String,
}

/// Keeps it of those among these sessions that somebody had recorded. Another api may have been faster.
pub fn insert_formers(conn: &mut Conn, ids: &[SessionId]) -> QueryResult<()> {
    let recorded = sessions::table.filter(sessions::id.eq_any(ids.to_vec())).filter(sessions::record_starts.gt(0_i64));
    on_each!(conn, native => diesel::insert_into(former_sessions::table)
        .values(recorded.select((sessions::id, sessions::event_id, sessions::title)))
        .into_columns((former_sessions::id, former_sessions::event_id, former_sessions::title))
        .on_conflict_do_nothing()
        .execute(native))
    .map(drop)
}

/// What recordings take from the session, be it there, deleted, or gone for good after somebody had it recorded.
pub fn even_former(conn: &mut Conn, id: SessionId) -> QueryResult<Option<Former>> {
    if let Some(Session { id, event_id, title, .. }) = even_deleted(conn, id)? {
        return Ok(Some(Former { id, event_id, title }));
    }
    former_sessions::table.find(id).select(Former::as_select()).first(conn).optional()
}

/// The sessions of one priority in their order, with their sort keys; deleted ones too.
pub fn places(conn: &mut Conn, event: EventId, priority: i32) -> QueryResult<Vec<(SessionId, String)>> {
    sessions::table
        .filter(sessions::event_id.eq(event))
        .filter(sessions::priority.eq(priority))
        .order((sessions::sort_key, sessions::id))
        .select((sessions::id, sessions::sort_key))
        .load(conn)
}

/// Gives `to` the tags, invite list, moderators, sharers and ticket types of `from` (B8).
pub fn copy_lists(conn: &mut Conn, from: SessionId, to: SessionId) -> QueryResult<()> {
    on_each!(conn, native => {
        let new = to.into_sql::<diesel::sql_types::Text>();
        let tags = session_tags::table.filter(session_tags::session_id.eq(from));
        diesel::insert_into(session_tags::table)
            .values(tags.select((new, session_tags::tag_id, session_tags::position)))
            .into_columns((session_tags::session_id, session_tags::tag_id, session_tags::position))
            .execute(native)?;
        let invited = invitations::table.filter(invitations::session_id.eq(from));
        diesel::insert_into(invitations::table)
            .values(invited.select((new, invitations::email, invitations::account_id, invitations::created_at)))
            .into_columns((invitations::session_id, invitations::email, invitations::account_id, invitations::created_at))
            .execute(native)?;
        let moderating = moderators::table.filter(moderators::session_id.eq(from));
        diesel::insert_into(moderators::table)
            .values(moderating.select((new, moderators::account_id, moderators::created_at)))
            .into_columns((moderators::session_id, moderators::account_id, moderators::created_at))
            .execute(native)?;
        let sharing = sharers::table.filter(sharers::session_id.eq(from));
        diesel::insert_into(sharers::table)
            .values(sharing.select((new, sharers::account_id, sharers::created_at)))
            .into_columns((sharers::session_id, sharers::account_id, sharers::created_at))
            .execute(native)?;
        let tickets = session_ticket_types::table.filter(session_ticket_types::session_id.eq(from));
        diesel::insert_into(session_ticket_types::table)
            .values(tickets.select((new, session_ticket_types::ticket_type_id)))
            .into_columns((session_ticket_types::session_id, session_ticket_types::ticket_type_id))
            .execute(native)
    })
    .map(drop)
}

/// Moves the session among those of its priority, which nobody has to hear of by its version.
pub fn set_sort_key(conn: &mut Conn, id: SessionId, key: &str) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::sort_key.eq(key)).execute(conn).map(drop)
}

/// Those of these sessions that the event has and that are not deleted.
pub fn by_ids(conn: &mut Conn, event: EventId, ids: &[SessionId]) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::event_id.eq(event))
        .filter(sessions::id.eq_any(ids.to_vec()))
        .filter(sessions::deleted_at.is_null())
        .select(Session::as_select())
        .load(conn)
}

/// All sessions of the event that are not deleted.
pub fn all_of_event(conn: &mut Conn, event: EventId) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::event_id.eq(event))
        .filter(sessions::deleted_at.is_null())
        .select(Session::as_select())
        .load(conn)
}

/// Those of these sessions that are not deleted, of whatever event.
pub fn all_by_ids(conn: &mut Conn, ids: &[SessionId]) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::id.eq_any(ids.to_vec()))
        .filter(sessions::deleted_at.is_null())
        .select(Session::as_select())
        .load(conn)
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

/// Whether a registered attendee finds a session in lists: what anyone may watch (C1), what they are invited to (C2), what
/// is for their ticket (C3). Unlisted ones are in no list (C4).
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn found_by(account: AccountId, ticket: TicketTypeId) -> _ {
    let invited =
        invitations::table.filter(invitations::session_id.eq(sessions::id)).filter(invitations::account_id.eq(account));
    let held = session_ticket_types::table
        .filter(session_ticket_types::session_id.eq(sessions::id))
        .filter(session_ticket_types::ticket_type_id.eq(ticket));
    let anyone: WatchAccess = WatchAccess::Anyone;
    let tickets: WatchAccess = WatchAccess::Tickets;
    let unlisted: WatchAccess = WatchAccess::Unlisted;
    sessions::watch_access
        .eq(anyone)
        .or(sessions::watch_access.ne(unlisted).and(exists(invited)))
        .or(sessions::watch_access.eq(tickets).and(exists(held)))
}

/// Whether a session stands in the Sessions area for an attendee: always open, in the window of a published segment (F5), or
/// linked to one that they speak in and that is not over (F6).
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn shown_to(account: AccountId, now: Time) -> _ {
    let always: Scheduling = Scheduling::AlwaysOpen;
    let open = segment_sessions::table
        .inner_join(segments::table)
        .filter(segment_sessions::session_id.eq(sessions::id))
        .filter(segments::published.eq(true))
        .filter(segments::opens_at.le(now))
        .filter(segments::closes_at.gt(now));
    let speaks = segment_sessions::table
        .inner_join(segments::table)
        .inner_join(segment_speakers::table.on(segment_speakers::segment_id.eq(segment_sessions::segment_id)))
        .filter(segment_sessions::session_id.eq(sessions::id))
        .filter(segments::published.eq(true))
        .filter(segments::closes_at.gt(now))
        .filter(segment_speakers::account_id.eq(account));
    sessions::scheduling.eq(always).or(exists(open)).or(exists(speaks))
}

/// The sessions that a published segment shows on one of the wanted days; nothing when any day will do.
fn on_days(conn: &mut Conn, event: EventId, wanted: &Wanted) -> QueryResult<Option<Vec<SessionId>>> {
    if wanted.days.is_empty() {
        return Ok(None);
    }
    let mut on = segment_sessions::table
        .inner_join(segments::table)
        .select(segment_sessions::session_id)
        .distinct()
        .into_boxed::<crate::db::Backend>();
    for (from, to) in wanted.days.iter().copied() {
        let overlaps = segments::opens_at.lt(to).and(segments::closes_at.gt(from));
        on = on.or_filter(segments::event_id.eq(event).and(segments::published.eq(true)).and(overlaps));
    }
    on.load(conn).map(Some)
}

/// The event's sessions that `viewer` finds and that are wanted.
fn visible<'a>(event: EventId, viewer: Viewer, wanted: &Wanted, on_days: Option<Vec<SessionId>>) -> Boxed<'a> {
    let mut query =
        sessions::table.filter(sessions::event_id.eq(event)).filter(sessions::deleted_at.is_null()).into_boxed();
    if let Viewer::Attendee(Attendee { account, ticket, now }) = viewer {
        query = query.filter(found_by(account, ticket)).filter(shown_to(account, now));
    }
    if let Some(search) = &wanted.search {
        let pattern = contains(search);
        let by_title = lower(sessions::title).like(pattern.clone()).escape('\\');
        query = query.filter(by_title.or(lower(sessions::description).like(pattern).escape('\\')));
    }
    if let Some(on) = on_days {
        query = query.filter(sessions::scheduling.eq(Scheduling::AlwaysOpen).or(sessions::id.eq_any(on)));
    }
    if !wanted.tickets.is_empty() {
        let held = session_ticket_types::table
            .filter(session_ticket_types::ticket_type_id.eq_any(wanted.tickets.clone()))
            .select(session_ticket_types::session_id);
        let for_them = sessions::watch_access.eq(WatchAccess::Tickets).and(sessions::id.eq_any(held));
        query = query.filter(sessions::watch_access.eq(WatchAccess::Anyone).or(for_them));
    }
    if !wanted.tags.is_empty() {
        let tagged = session_tags::table
            .inner_join(tags::table)
            .filter(tags::event_id.eq(event))
            .filter(tags::name_key.eq_any(wanted.tags.clone()))
            .select(session_tags::session_id);
        query = query.filter(sessions::id.eq_any(tagged));
    }
    query
}

/// The event's sessions that `viewer` finds: by priority, then in the dragged order (B6).
pub fn list(
    conn: &mut Conn,
    event: EventId,
    viewer: Viewer,
    wanted: &Wanted,
    Slice { after, first }: Slice<After>,
) -> QueryResult<Page<Session>> {
    let days = on_days(conn, event, wanted)?;
    let mut query = visible(event, viewer, wanted, days);
    if let Some(After { priority, sort_key: key, id }) = after {
        let same_priority = sessions::sort_key.gt(key.clone()).or(sessions::sort_key.eq(key).and(sessions::id.gt(id)));
        query = query.filter(sessions::priority.lt(priority).or(sessions::priority.eq(priority).and(same_priority)));
    }
    let rows = query
        .order((sessions::priority.desc(), sessions::sort_key, sessions::id))
        .limit(one_more(first))
        .select(Session::as_select())
        .load(conn)?;
    Ok(Page::of(rows, first))
}

pub fn count(conn: &mut Conn, event: EventId, viewer: Viewer, wanted: &Wanted) -> QueryResult<i64> {
    let days = on_days(conn, event, wanted)?;
    visible(event, viewer, wanted, days).count().get_result(conn)
}
