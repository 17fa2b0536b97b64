//! Events.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{EventId, OrganizationId, PictureId};
use crate::model::page::{Page, Slice, one_more};
use crate::schema::{events, former_slugs};
use diesel::prelude::*;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = events, check_for_backend(crate::db::Backend))]
pub struct Event {
    pub id: EventId,
    pub organization_id: OrganizationId,
    /// Its part of the page's address, unique.
    pub slug: String,
    pub name: String,
    pub description: String,
    pub starts_at: Time,
    pub ends_at: Time,
    /// IANA name.
    pub time_zone: String,
    pub published: bool,
    /// When an organizer opened it before its start.
    pub opened_at: Option<Time>,
    /// Minutes for which a scheduled session is shown before its segment starts and after it has ended (A5).
    pub before_minutes: i32,
    pub after_minutes: i32,
    /// What attendees may do and see (A6).
    pub attendees_create_sessions: bool,
    pub people_visible: bool,
    pub agenda_enabled: bool,
    /// Days for which messages of its chats are kept; for ever without (A8).
    pub chat_retention_days: Option<i32>,
    /// Days for which its recordings are kept; for ever without (A8).
    pub recording_retention_days: Option<i32>,
    /// Its cover (A3).
    pub picture_id: Option<PictureId>,
    /// Counts the changes of this row.
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
}

/// Unless an organizer says otherwise (A5).
pub const BEFORE_MINUTES: i32 = 5;
pub const AFTER_MINUTES: i32 = 0;

/// What an event is at one moment (A3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Upcoming,
    Live,
    Ended,
}

impl Event {
    /// What the event is at `now` (A3).
    pub fn state(&self, now: Time) -> State {
        let opens = self.opened_at.map_or(self.starts_at, |opened| opened.min(self.starts_at));
        if !self.published {
            State::Draft
        } else if now >= self.ends_at {
            State::Ended
        } else if now >= opens {
            State::Live
        } else {
            State::Upcoming
        }
    }
}

/// The fields that change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = events)]
pub struct Patch {
    pub slug: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub time_zone: Option<String>,
    pub published: Option<bool>,
    pub opened_at: Option<Option<Time>>,
    pub picture_id: Option<Option<PictureId>>,
    pub before_minutes: Option<i32>,
    pub after_minutes: Option<i32>,
    pub attendees_create_sessions: Option<bool>,
    pub people_visible: Option<bool>,
    pub agenda_enabled: Option<bool>,
    pub chat_retention_days: Option<Option<i32>>,
    pub recording_retention_days: Option<Option<i32>>,
}

pub fn insert(conn: &mut Conn, event: &Event) -> QueryResult<()> {
    diesel::insert_into(events::table).values(event).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: EventId) -> QueryResult<Option<Event>> {
    events::table.find(id).select(Event::as_select()).first(conn).optional()
}

pub fn by_ids(conn: &mut Conn, ids: &[EventId]) -> QueryResult<Vec<Event>> {
    events::table.filter(events::id.eq_any(ids.to_vec())).select(Event::as_select()).load(conn)
}

pub fn by_slug(conn: &mut Conn, slug: &str) -> QueryResult<Option<Event>> {
    events::table.filter(events::slug.eq(slug)).select(Event::as_select()).first(conn).optional()
}

/// As `by_slug`; an address that an event had before leads to it too, until another event takes the address.
pub fn by_address(conn: &mut Conn, slug: &str) -> QueryResult<Option<Event>> {
    if let Some(event) = by_slug(conn, slug)? {
        return Ok(Some(event));
    }
    let former = former_slugs::table.find(slug).select(former_slugs::event_id);
    events::table.filter(events::id.eq_any(former)).select(Event::as_select()).first(conn).optional()
}

/// Keeps the address that an event leaves.
pub fn keep_slug(conn: &mut Conn, slug: &str, id: EventId) -> QueryResult<()> {
    diesel::insert_into(former_slugs::table)
        .values((former_slugs::slug.eq(slug), former_slugs::event_id.eq(id)))
        .execute(conn)
        .map(drop)
}

/// The address belongs to an event of now: it leads to no former one any more.
pub fn forget_slug(conn: &mut Conn, slug: &str) -> QueryResult<()> {
    diesel::delete(former_slugs::table.find(slug)).execute(conn).map(drop)
}

pub fn update(conn: &mut Conn, id: EventId, patch: &Patch, now: Time) -> QueryResult<()> {
    diesel::update(events::table.find(id))
        .set((patch, events::version.eq(events::version + 1), events::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Lets only one transaction at a time change this event, on PostgreSQL as SQLite always does.
pub fn lock(conn: &mut Conn, id: EventId) -> QueryResult<()> {
    if let Conn::Pg(pg) = conn {
        events::table.find(id).select(events::id).for_update().first::<EventId>(pg).optional()?;
    }
    Ok(())
}

/// The ids of all of an organization's events.
pub fn ids_of_organization(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<EventId>> {
    events::table.filter(events::organization_id.eq(organization)).select(events::id).load(conn)
}

/// An organization's events, the latest start first. `after` is the start and id of the last one seen.
pub fn of_organization(
    conn: &mut Conn,
    organization: OrganizationId,
    Slice { after, first }: Slice<(Time, EventId)>,
) -> QueryResult<Page<Event>> {
    let mut query = events::table
        .filter(events::organization_id.eq(organization))
        .order((events::starts_at.desc(), events::id.desc()))
        .limit(one_more(first))
        .select(Event::as_select())
        .into_boxed();
    if let Some((start, id)) = after {
        query = query.filter(events::starts_at.lt(start).or(events::starts_at.eq(start).and(events::id.lt(id))));
    }
    Ok(Page::of(query.load(conn)?, first))
}

pub fn count_of_organization(conn: &mut Conn, organization: OrganizationId) -> QueryResult<i64> {
    events::table.filter(events::organization_id.eq(organization)).count().get_result(conn)
}

/// The events that keep messages for so many days only.
pub fn forgetful(conn: &mut Conn) -> QueryResult<Vec<(EventId, i32)>> {
    events::table
        .filter(events::chat_retention_days.is_not_null())
        .select((events::id, events::chat_retention_days.assume_not_null()))
        .load(conn)
}

/// The events that keep recordings for so many days only.
pub fn forgetful_of_recordings(conn: &mut Conn) -> QueryResult<Vec<(EventId, i32)>> {
    events::table
        .filter(events::recording_retention_days.is_not_null())
        .select((events::id, events::recording_retention_days.assume_not_null()))
        .load(conn)
}

/// Events that start or end after `from` and not after `to`: their state changed.
pub fn turning(conn: &mut Conn, from: Time, to: Time) -> QueryResult<Vec<Event>> {
    let starts = events::starts_at.gt(from).and(events::starts_at.le(to));
    let ends = events::ends_at.gt(from).and(events::ends_at.le(to));
    events::table.filter(starts.or(ends)).select(Event::as_select()).load(conn)
}

/// The next moment after `now` at which some event starts or ends.
pub fn next_turn(conn: &mut Conn, now: Time) -> QueryResult<Option<Time>> {
    use diesel::dsl::min;
    let start: Option<Time> =
        events::table.filter(events::starts_at.gt(now)).select(min(events::starts_at)).first(conn)?;
    let end: Option<Time> = events::table.filter(events::ends_at.gt(now)).select(min(events::ends_at)).first(conn)?;
    Ok(start.into_iter().chain(end).min())
}

#[cfg(test)]
impl Event {
    /// One for tests, between two moments.
    pub fn example(published: bool, starts_at: Time, ends_at: Time) -> Self {
        use crate::ids::Id;
        Self {
            id: EventId::from_ulid(ulid::Ulid(1)),
            organization_id: OrganizationId::from_ulid(ulid::Ulid(2)),
            slug: "e".into(),
            name: "E".into(),
            description: String::new(),
            starts_at,
            ends_at,
            time_zone: "UTC".into(),
            published,
            opened_at: None,
            before_minutes: BEFORE_MINUTES,
            after_minutes: AFTER_MINUTES,
            attendees_create_sessions: false,
            people_visible: true,
            agenda_enabled: true,
            chat_retention_days: None,
            recording_retention_days: None,
            picture_id: None,
            version: 1,
            created_at: starts_at,
            updated_at: starts_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn at(seconds: i64) -> Time {
        DateTime::from_timestamp(seconds, 0).unwrap().into()
    }

    fn event(published: bool, opened_at: Option<Time>) -> Event {
        Event { opened_at, ..Event::example(published, at(100), at(200)) }
    }

    /// A3: draft, upcoming, live from start to end, ended.
    #[test]
    fn a3_the_state_follows_the_clock() {
        let event = event(true, None);
        let states: Vec<_> = [99, 100, 199, 200].iter().map(|s| event.state(at(*s))).collect();
        assert_eq!(states, [State::Upcoming, State::Live, State::Live, State::Ended]);
    }

    #[test]
    fn a3_a_draft_stays_a_draft() {
        assert_eq!(event(false, None).state(at(150)), State::Draft);
    }

    #[test]
    fn a3_opened_early_is_live() {
        assert_eq!(event(true, Some(at(50))).state(at(60)), State::Live);
    }
}
