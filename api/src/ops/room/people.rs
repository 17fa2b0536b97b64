//! Who is in a room (I2): for those who may be there themselves, a page of thousands without a statement for each of them.

use crate::access::{self, Caller, Door};
use crate::app::App;
use crate::db::{Conn, WAIT};
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, PeopleChange, Role, Roles, Topic};
use crate::ids::{AccountId, EventId, SessionId};
use crate::limits;
use crate::media_link::{Insider, LinkId, Live};
use crate::model;
use crate::model::event::Event;
use crate::model::page::{Page, Slice};
use crate::model::session::{Session, ShareAccess};
use crate::ops;
use protocol::link;
use tokio::time::timeout;

/// Which of them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub search: Option<String>,
    pub role: Option<Role>,
}

/// A page of the people in a room, by name.
#[derive(Default)]
pub struct RoomPeople {
    pub rows: Vec<Insider>,
    pub has_next: bool,
    pub total: usize,
    /// The page has every change up to this one, and maybe some after it.
    pub revision: i64,
    pub roles: Roles,
    pub live: Live,
}

/// A page of those inside; nobody for who may not see them, or not yet.
pub async fn list(
    app: &App,
    caller: &Caller,
    id: SessionId,
    wanted: Wanted,
    slice: Slice<String>,
) -> Result<RoomPeople> {
    // Before it is read what they are: what changes in between is told once more, rather than never.
    let revision = app.rooms.with_people(id, |_, revision| revision);
    let roles = match seen(app, caller, id).await {
        Ok((_, roles)) => roles,
        Err(Error::NotFound(_) | Error::NotOpen(_) | Error::Forbidden(_) | Error::Unauthenticated) => {
            return Ok(RoomPeople::default());
        }
        Err(error) => return Err(error),
    };
    let live = app.rooms.live(id);
    let is = |person: AccountId| wanted.role == Some(roles.of(person));
    let are: Option<&dyn Fn(AccountId) -> bool> = if wanted.role.is_some() { Some(&is) } else { None };
    let (Page { rows, has_next }, total) =
        app.rooms.with_people(id, |people, _| people.page(wanted.search.as_deref(), are, &slice));
    Ok(RoomPeople { rows, has_next, total, revision, roles, live })
}

/// The event of the session and what people are there, if the caller may see who is in its room.
pub(crate) async fn seen(app: &App, caller: &Caller, id: SessionId) -> Result<(EventId, Roles)> {
    let (rooms, caller, now) = (app.rooms.clone(), caller.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        let caller = ops::account::again(conn, &caller, now)?;
        let account = caller.account()?.id;
        let session = model::session::find(conn, id)?.ok_or(Error::NotFound("session"))?;
        let (event, standing, claim) = ops::session::let_watch(conn, &caller, &session)?;
        let host = access::is_host(account, standing, &session, claim);
        let door = ops::chat::door(conn, &rooms, (&session, &event, now), Some(account))?;
        access::see_people_inside((standing, host), &event, host || claim.speaker, door)?;
        Ok((event.id, roles(conn, &event, &session)?))
    };
    app.db.read(read).await
}

fn roles(conn: &mut Conn, event: &Event, session: &Session) -> Result<Roles> {
    let mut hosts = model::organization::organizer_ids(conn, event.organization_id)?;
    if session.share_access == ShareAccess::Moderated {
        hosts.extend(model::moderator::accounts_of(conn, session.id)?);
    }
    hosts.extend(session.creator_id);
    let speakers = model::segment::links::speakers_of_sessions(conn, &[session.id])?;
    let speakers = speakers.into_iter().map(|(_, person)| person).collect();
    Ok(Roles { hosts: hosts.into_iter().collect(), speakers })
}

/// A node told who came and who went.
pub async fn moved(app: &App, link: LinkId, rooms: Vec<link::PeopleChange>) {
    for (session, who) in app.rooms.move_people(link, rooms) {
        tell(app, session, Some(who)).await;
    }
}

/// The person is called something else.
pub(crate) async fn renamed(app: &App, person: AccountId, name: &str) {
    for session in app.rooms.rename(person, name) {
        tell(app, session, Some(vec![person])).await;
    }
}

/// What one person is there may have changed; without one, what everybody is, or who is inside as a whole.
pub(crate) async fn changed(app: &App, session: SessionId, person: Option<AccountId>) {
    let is_inside = |person: AccountId| app.rooms.with_people(session, |people, _| people.find(person).is_some());
    if person.is_none_or(is_inside) {
        tell(app, session, person.map(|person| vec![person])).await;
    }
}

/// Tells of these people as they are now, or that the list has to be read again. What that costs, only while somebody listens.
async fn tell(app: &App, session: SessionId, who: Option<Vec<AccountId>>) {
    if app.feed.listeners(Topic::People(session)) == 0 {
        return;
    }
    // Of two that tell at the same time, the one that read later tells later.
    let turn = timeout(WAIT, app.people_order.lock()).await.map_err(|_late| Error::Unavailable);
    let read = match &turn {
        Ok(_turn) => scene(app, session).await,
        Err(late) => Err(late.clone()),
    };
    let read = match read {
        Ok(None) => return,
        Ok(read) => read,
        // Nothing is lost by that: the list is read again by whoever may.
        Err(error) => {
            tracing::error!(error = error.code(), "who came into a room and who went could not be told by name");
            None
        }
    };
    let Some(place) = app.rooms.place(session) else { return };
    let (roles, scene) = read.unzip();
    let audience = match &scene {
        Some((event, _)) if !event.published => Audience::organizers(),
        None if place.opens_at.is_some_and(|opens_at| app.clock.now() < opens_at) => Audience::organizers(),
        Some(_) | None => place.audience,
    };
    let who = who.filter(|who| who.len() <= limits::PEOPLE_TOLD && scene.is_some());
    let known = (roles.unwrap_or_default(), app.rooms.live(session));
    let anew = who.is_none();
    app.rooms.as_now(session, &who.unwrap_or_default(), |moved| {
        let change = PeopleChange::new(moved, anew, known, audience, scene);
        app.feed.publish(Topic::People(session), Change::People(change));
    });
}

/// What people are in the session, and by what it goes who sees them; nothing when it is gone.
async fn scene(app: &App, id: SessionId) -> Result<Option<(Roles, (Event, Door))>> {
    let (rooms, now) = (app.rooms.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        let Some(session) = model::session::find(conn, id)? else { return Ok(None) };
        let Some(event) = model::event::find(conn, session.event_id)? else { return Ok(None) };
        let door = ops::chat::door(conn, &rooms, (&session, &event, now), None)?;
        Ok(Some((roles(conn, &event, &session)?, (event, door))))
    };
    app.db.read(read).await
}
