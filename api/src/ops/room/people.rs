//! Who is in a room (I2): for those who may be there themselves, a page of thousands without a statement for each of them.

use crate::access::{self, Caller};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, PeopleChange, Role, Roles, Topic};
use crate::ids::{AccountId, EventId, SessionId};
use crate::limits;
use crate::media_link::{Insider, LinkId, Live, Moved};
use crate::model;
use crate::model::event::Event;
use crate::model::page::{Page, Slice};
use crate::model::session::{Session, ShareAccess};
use crate::ops;
use protocol::link;

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
    /// The page has every change up to this one.
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
    let (Page { rows, has_next }, total, revision) = app.rooms.with_people(id, |people, revision| {
        let (page, total) = people.page(wanted.search.as_deref(), are, &slice);
        (page, total, revision)
    });
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
pub async fn moved(app: &App, link: LinkId, rooms: Vec<link::PeopleChange>) -> Result<()> {
    for moved in app.rooms.move_people(link, rooms) {
        tell(app, moved, false).await?;
    }
    Ok(())
}

/// The person is called something else.
pub(crate) async fn renamed(app: &App, person: AccountId, name: &str) -> Result<()> {
    for moved in app.rooms.rename(person, name) {
        tell(app, moved, false).await?;
    }
    Ok(())
}

/// What one person is there may have changed; without one, what everybody is, or who is inside as a whole.
pub(crate) async fn changed(app: &App, session: SessionId, person: Option<AccountId>) {
    let moved = app.rooms.with_people(session, |people, revision| {
        let joined = person.and_then(|person| people.find(person)).cloned().into_iter().collect();
        Moved { session, revision, count: people.len(), joined, left: Vec::new() }
    });
    if person.is_some() && moved.joined.is_empty() {
        return;
    }
    if let Err(error) = tell(app, moved, person.is_none()).await {
        tracing::error!(error = error.code(), "who is in a room could not be announced");
    }
}

/// What costs a few statements, whoever came: only while somebody listens.
async fn tell(app: &App, moved: Moved, anew: bool) -> Result<()> {
    let id = moved.session;
    if app.feed.listeners(Topic::People(id)) == 0 {
        return Ok(());
    }
    let Some(place) = app.rooms.place(id) else { return Ok(()) };
    let (rooms, now) = (app.rooms.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        let Some(session) = model::session::find(conn, id)? else { return Ok(None) };
        let Some(event) = model::event::find(conn, session.event_id)? else { return Ok(None) };
        let door = ops::chat::door(conn, &rooms, (&session, &event, now), None)?;
        Ok(Some((roles(conn, &event, &session)?, (event, door))))
    };
    let Some((roles, scene)) = app.db.read(read).await? else { return Ok(()) };
    let audience = if scene.0.published { place.audience } else { Audience::organizers() };
    let anew = anew || moved.joined.len() + moved.left.len() > limits::PEOPLE_TOLD;
    let moved = if anew { Moved { joined: Vec::new(), left: Vec::new(), ..moved } } else { moved };
    let change = PeopleChange::new(moved, anew, (roles, app.rooms.live(id)), audience, scene);
    app.feed.publish(Topic::People(id), Change::People(change));
    Ok(())
}
