//! Pictures that were uploaded, and what shows them (B3). Their bytes are files.

use crate::clock::Time;
use crate::db::Conn;
use crate::ids::{AccountId, EventId, Id, PictureId, SessionId};
use crate::model::event::Event;
use crate::model::session::Session;
use crate::on_each;
use crate::picture::{MediaType, Variant};
use crate::schema::{accounts, events, pictures, session_pictures, sessions};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = pictures, treat_none_as_default_value = false, check_for_backend(crate::db::Backend))]
pub struct Picture {
    pub id: PictureId,
    /// The event that it was uploaded to; a person's own picture has none.
    pub event_id: Option<EventId>,
    /// Who uploaded it, while they have an account. With neither, it is on its way out.
    pub account_id: Option<AccountId>,
    pub width: i32,
    pub height: i32,
    pub animated: bool,
    pub media_type: MediaType,
    pub still_media_type: MediaType,
    /// Since when nothing shows it, as far as the tidying knows.
    pub unused_since: Option<Time>,
    pub created_at: Time,
}

impl Picture {
    /// What is stored for a variant: a picture that does not move stands still by itself.
    pub fn stored(&self, variant: Variant) -> (Variant, MediaType) {
        if variant.still && self.animated {
            (variant, self.still_media_type)
        } else {
            (Variant { still: false, ..variant }, self.media_type)
        }
    }

    /// Where its bytes are, from the server's root.
    pub fn address(&self, variant: Variant) -> String {
        format!("/pictures/{}/{}", self.id.bare(), self.stored(variant).0.as_str())
    }
}

/// Sessions that one picture is looked up for at the most.
const SHOWN_BY: i64 = 200;

pub fn insert(conn: &mut Conn, picture: &Picture) -> QueryResult<()> {
    diesel::insert_into(pictures::table).values(picture).execute(conn).map(drop)
}

pub fn find(conn: &mut Conn, id: PictureId) -> QueryResult<Option<Picture>> {
    pictures::table.find(id).select(Picture::as_select()).first(conn).optional()
}

pub fn by_ids(conn: &mut Conn, ids: &[PictureId]) -> QueryResult<Vec<Picture>> {
    pictures::table.filter(pictures::id.eq_any(ids.to_vec())).select(Picture::as_select()).load(conn)
}

pub fn delete(conn: &mut Conn, ids: &[PictureId]) -> QueryResult<()> {
    diesel::delete(pictures::table.filter(pictures::id.eq_any(ids.to_vec()))).execute(conn).map(drop)
}

/// Makes sure that these stay, and gives how many of them there are in the event.
pub fn keep_in_event(conn: &mut Conn, event: EventId, ids: &[PictureId]) -> QueryResult<usize> {
    diesel::update(pictures::table.filter(pictures::id.eq_any(ids.to_vec())).filter(pictures::event_id.eq(event)))
        .set(pictures::unused_since.eq(None::<Time>))
        .execute(conn)
}

/// The same for a person's own picture.
pub fn keep_own(conn: &mut Conn, account: AccountId, id: PictureId) -> QueryResult<bool> {
    let own = pictures::table.find(id).filter(pictures::account_id.eq(account)).filter(pictures::event_id.is_null());
    diesel::update(own).set(pictures::unused_since.eq(None::<Time>)).execute(conn).map(|rows| rows > 0)
}

/// Pictures of one person that nothing shows, as far as the tidying knows.
pub fn count_unused(conn: &mut Conn, account: AccountId) -> QueryResult<i64> {
    pictures::table
        .filter(pictures::account_id.eq(account))
        .filter(pictures::unused_since.is_not_null())
        .count()
        .get_result(conn)
}

/// Makes these the pictures that the session's additional information shows.
pub fn replace_in_text(conn: &mut Conn, session: SessionId, ids: &[PictureId]) -> QueryResult<()> {
    diesel::delete(session_pictures::table.filter(session_pictures::session_id.eq(session))).execute(conn)?;
    let rows: Vec<_> =
        ids.iter().map(|id| (session_pictures::session_id.eq(session), session_pictures::picture_id.eq(*id))).collect();
    if !rows.is_empty() {
        on_each!(conn, native => diesel::insert_into(session_pictures::table).values(&rows).execute(native))?;
    }
    Ok(())
}

/// The pictures that sanitised rich text shows, each once.
pub fn ids_in(html: &str) -> Vec<PictureId> {
    let addresses = html.split("src=\"/pictures/").skip(1);
    let mut ids: Vec<PictureId> = addresses
        .filter_map(|rest| rest.split_once('/'))
        .filter_map(|(id, _)| PictureId::parse(&format!("picture:{id}")))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Sessions whose cover it is.
pub fn sessions_covered(conn: &mut Conn, id: PictureId) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::picture_id.eq(id))
        .filter(sessions::deleted_at.is_null())
        .limit(SHOWN_BY)
        .select(Session::as_select())
        .load(conn)
}

/// Sessions whose additional information shows it.
pub fn sessions_with_it_in_their_text(conn: &mut Conn, id: PictureId) -> QueryResult<Vec<Session>> {
    session_pictures::table
        .inner_join(sessions::table)
        .filter(session_pictures::picture_id.eq(id))
        .filter(sessions::deleted_at.is_null())
        .limit(SHOWN_BY)
        .select(Session::as_select())
        .load(conn)
}

/// Events whose cover it is.
pub fn events_covered(conn: &mut Conn, id: PictureId) -> QueryResult<Vec<Event>> {
    events::table.filter(events::picture_id.eq(id)).limit(SHOWN_BY).select(Event::as_select()).load(conn)
}

/// Whether it is somebody's own picture now.
pub fn is_of_a_person(conn: &mut Conn, id: PictureId) -> QueryResult<bool> {
    diesel::select(exists(accounts::table.filter(accounts::picture_id.eq(id)))).get_result(conn)
}

/// Whether something shows a picture. A deleted session counts: it can be taken back for a while.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_shown() -> _ {
    let covers = sessions::table.filter(sessions::picture_id.eq(pictures::id.nullable()));
    let texts = session_pictures::table.filter(session_pictures::picture_id.eq(pictures::id));
    let of_events = events::table.filter(events::picture_id.eq(pictures::id.nullable()));
    let of_people = accounts::table.filter(accounts::picture_id.eq(pictures::id.nullable()));
    exists(covers).or(exists(texts)).or(exists(of_events)).or(exists(of_people))
}

/// Notes which pictures nothing shows any more since `now`, and takes those that nothing has shown since `before` from
/// everybody: nothing can show them from now on. Gives them, and those of an earlier time whose files may still be there.
pub fn give_up_unused(conn: &mut Conn, now: Time, before: Time) -> QueryResult<Vec<PictureId>> {
    diesel::update(pictures::table.filter(pictures::unused_since.is_null()).filter(not(is_shown())))
        .set(pictures::unused_since.eq(now))
        .execute(conn)?;
    let over = pictures::table.filter(pictures::unused_since.le(before)).filter(not(is_shown()));
    diesel::update(over)
        .set((pictures::event_id.eq(None::<EventId>), pictures::account_id.eq(None::<AccountId>)))
        .execute(conn)?;
    pictures::table
        .filter(pictures::event_id.is_null())
        .filter(pictures::account_id.is_null())
        .filter(not(is_shown()))
        .select(pictures::id)
        .load(conn)
}
