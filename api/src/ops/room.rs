//! Rooms: the pass into one, and what follows when access, settings or the link to media change.

use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, RoomChange, SessionView, Topic};
use crate::ids::{AccountId, Id, SessionId};
use crate::media_link::LinkId;
use crate::model;
use crate::model::session::{Session, ShareAccess};
use protocol::link::{FromApi, RoomState};
use protocol::pass::{PASS_SECONDS, Pass, key};
use protocol::room::Settings;
use std::collections::HashSet;
use std::sync::Arc;

/// The way into a room.
pub struct Entrance {
    pub pass: String,
    pub expires_at: Time,
    /// Where the media node speaks to browsers.
    pub media_url: String,
    pub session: SessionView,
}

/// A pass for the session's room, if the caller may enter it now.
pub async fn join(app: &App, caller: &Caller, id: SessionId) -> Result<Entrance> {
    let account = caller.account()?.clone();
    let asking = caller.clone();
    let (view, standing) = app.db.read(move |conn| super::session::watched(conn, &asking, id)).await?;
    let now = app.clock.now();
    access::enter(standing, view.event.state(now), app.rooms.live(id).is_occupied())?;
    let media_url = app.rooms.address_for(id).ok_or(Error::Unavailable)?;
    app.rooms.set_place(id, view.event.id, view.audience.clone());
    let mut pass =
        Pass::new(id.to_string(), account.id.to_string(), account.name, now.seconds(), settings(&view.session));
    pass.host = standing.organizer;
    pass.share = match view.session.share_access {
        ShareAccess::Anyone => true,
    };
    let pass = pass.sign(key(&app.config.secret, "pass").as_bytes());
    Ok(Entrance { pass, expires_at: now.plus_seconds(PASS_SECONDS), media_url, session: view })
}

/// Tells media what a changed or deleted session means for those inside.
pub(crate) fn session_changed(app: &App, id: SessionId, after: Option<&SessionView>) {
    let session = id.to_string();
    let Some(view) = after else {
        app.rooms.send(&FromApi::Close { session });
        return app.rooms.forget_place(id);
    };
    if app.rooms.place(id).is_some() {
        app.rooms.set_place(id, view.event.id, view.audience.clone());
    }
    let keep = view.insiders.as_ref().map(|insiders| insiders.iter().map(AccountId::to_string).collect());
    app.rooms.send(&FromApi::Settings { session, settings: settings(&view.session), keep });
}

/// A person lost or gained access somewhere: whoever may not be in a room any more leaves it (C6).
pub(crate) async fn access_changed(app: &App, person: AccountId) -> Result<()> {
    for id in app.rooms.occupied() {
        let lost =
            app.db.read(move |conn| Ok(lost_among(conn, id, &[person])?.is_some_and(|lost| !lost.is_empty()))).await?;
        if lost {
            app.rooms.send(&FromApi::Remove { session: id.to_string(), person: person.to_string() });
        }
    }
    Ok(())
}

/// A node linked: everything it holds is checked against what is true now, since changes may have passed it by.
pub async fn linked(app: &App, link: LinkId, rooms: Vec<RoomState>) -> Result<()> {
    for room in &rooms {
        let Some(id) = SessionId::parse(&room.session) else { continue };
        let people: Vec<AccountId> = room.people.iter().filter_map(|person| AccountId::parse(person)).collect();
        let checked = app
            .db
            .read(move |conn| {
                let session = model::session::find(conn, id)?;
                Ok((session, lost_among(conn, id, &people)?))
            })
            .await?;
        let session = room.session.clone();
        match checked {
            (Some(row), Some(lost)) => {
                app.rooms.send_to(
                    link,
                    FromApi::Settings { session: session.clone(), settings: settings(&row), keep: None },
                );
                for person in lost {
                    let person = person.to_string();
                    app.rooms.send_to(link, FromApi::Remove { session: session.clone(), person });
                }
            }
            _ => app.rooms.send_to(link, FromApi::Close { session }),
        }
    }
    report(app, link, rooms).await
}

/// A node reported rooms: those who watch their state are told.
pub async fn report(app: &App, link: LinkId, rooms: Vec<RoomState>) -> Result<()> {
    for id in app.rooms.report(link, rooms) {
        announce(app, id).await?;
    }
    Ok(())
}

/// A node's link ended: until it is back, its rooms count as empty.
pub async fn unlinked(app: &App, link: LinkId) -> Result<()> {
    for id in app.rooms.detach(link) {
        announce(app, id).await?;
    }
    Ok(())
}

async fn announce(app: &App, id: SessionId) -> Result<()> {
    let (event, audience) = match app.rooms.place(id) {
        Some(place) => place,
        None => {
            let found = app
                .db
                .read(move |conn| {
                    let Some(session) = model::session::find(conn, id)? else { return Ok(None) };
                    let invited = model::invitation::accounts_of(conn, id)?;
                    Ok(Some((session.event_id, Audience::of(&session, invited))))
                })
                .await?;
            let Some((event, audience)) = found else { return Ok(()) };
            app.rooms.set_place(id, event, audience.clone());
            (event, audience)
        }
    };
    let live = app.rooms.live(id);
    if !live.is_occupied() {
        app.rooms.forget_place(id);
    }
    let change = Arc::new(RoomChange { session: id, counts: live.counts, speakers: live.speakers, audience });
    app.feed.publish(Topic::Rooms(event), Change::Room(Arc::clone(&change)));
    app.feed.publish(Topic::Room(id), Change::Room(change));
    Ok(())
}

/// Which of the people may not be in the session's room; nothing when there is no such session.
fn lost_among(conn: &mut Conn, id: SessionId, people: &[AccountId]) -> Result<Option<Vec<AccountId>>> {
    let Some(session) = model::session::find(conn, id)? else { return Ok(None) };
    let Some(event) = model::event::find(conn, session.event_id)? else { return Ok(None) };
    let organizers = model::organization::organizer_ids(conn, event.organization_id)?;
    let invited: HashSet<AccountId> = model::invitation::accounts_of(conn, id)?.into_iter().collect();
    let mut registered = HashSet::new();
    for some in people.chunks(500) {
        registered.extend(model::registration::among(conn, event.id, some)?);
    }
    let may = |person: &AccountId| {
        let standing = Standing { organizer: organizers.contains(person), registered: registered.contains(person) };
        access::watch(standing, &session, invited.contains(person)).is_ok()
    };
    Ok(Some(people.iter().filter(|person| !may(person)).copied().collect()))
}

fn settings(session: &Session) -> Settings {
    Settings { version: session.version, max_seats: u32::try_from(session.max_participants).unwrap_or(1) }
}
