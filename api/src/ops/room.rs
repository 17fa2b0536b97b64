//! Rooms: the pass into one, and what follows when access, settings or the link to media change.

mod close;
pub mod hands;
pub mod people;
mod sharing;

pub use close::close;
pub(crate) use sharing::{Whose, read_sharing, rights_changed, sharing_changed, sharing_now, tell_sharing};

use super::admission::Link;
use super::session::Watched;
use crate::access::{self, Caller, Claim, Door, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Audience, Change, Reach, RoomChange, SessionView, Sharing, Told, Topic};
use crate::ids::{AccountId, EventId, Id, SessionId, TicketTypeId};
use crate::media_link::{LinkId, Place, Rooms};
use crate::model;
use crate::model::event::Event;
use crate::model::session::{Scheduling, Session, ShareAccess, WatchAccess};
use crate::timing::Timing;
use crate::turn::IceServer;
use protocol::link::{FromApi, RoomState};
use protocol::pass::{PASS_SECONDS, Pass, key};
use protocol::room::Settings;
use protocol::youtube::YoutubeSharing;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The way into a room.
pub struct Entrance {
    pub pass: String,
    pub expires_at: Time,
    /// Where the media node speaks to browsers.
    pub media_url: String,
    /// TURN servers that the person may use to reach it (H9).
    pub ice_servers: Vec<IceServer>,
    pub session: SessionView,
}

/// A pass for the session's room, if the caller may enter it now. Who comes with the link of an unlisted one is admitted
/// (C4).
pub async fn join(app: &App, caller: &Caller, id: SessionId, link: Option<Link>) -> Result<Entrance> {
    let account = caller.account()?.clone();
    if let Some(link) = link {
        super::admission::admit(app, caller, id, link).await?;
    }
    let asking = caller.clone();
    // Before it is read who may enter: a pass must not be younger than a removal that it does not know of.
    let now = app.clock.now();
    let read = move |conn: &mut Conn| {
        let asking = super::account::again(conn, &asking, now)?;
        let watched = super::session::watched(conn, &asking, id)?;
        let registration = model::registration::in_event(conn, watched.view.event.id, asking.account()?.id)?;
        let muted = registration.is_some_and(|registration| registration.muted);
        let recorded = watched.view.session.is_recorded();
        let recorder = if recorded { model::recording::open_on(conn, id)? } else { None };
        Ok((watched, muted, recorder))
    };
    let (Watched { view, standing, claim }, muted, recorder) = app.db.read(read).await?;
    // Without a node it is not known who is inside, and nobody could enter.
    if !app.rooms.is_linked() {
        return Err(Error::Unavailable);
    }
    let host = access::is_host(account.id, standing, &view.session, claim);
    access::enter(standing, host || claim.speaker, door(&app.rooms, &view, account.id, now))?;
    let expires_at = now.plus_seconds(PASS_SECONDS);
    let place = known_place(app, &view).await?;
    let led_to = app.rooms.admit(id, account.id, place, expires_at, recorder.as_deref());
    let media_url = led_to.ok_or(Error::Unavailable)?;
    let mut pass =
        Pass::new(id.to_string(), account.id.to_string(), account.name, now.seconds(), settings(&view.session));
    pass.host = host;
    pass.share = access::may_share(standing, &view.session, host, claim);
    pass.react = access::react(standing, muted);
    let pass = pass.sign(key(&app.config.secret, "pass").as_bytes());
    let ice_servers = app.config.turn.iter().map(|turn| turn.for_person(account.id.bare(), now)).collect();
    Ok(Entrance { pass, expires_at, media_url, ice_servers, session: view })
}

/// The session's room as the person finds it at this moment.
pub(crate) fn door(rooms: &Rooms, view: &SessionView, person: AccountId, now: Time) -> Door {
    let id = view.session.id;
    Door {
        state: view.event.state(now),
        timing: Timing::of(view.session.scheduling, &view.windows, now),
        occupied: rooms.is_occupied(id, now),
        was_inside: rooms.was_inside(id, person),
    }
}

/// Where the room belongs. An invite list may be long, so it is read only when the session has changed since the last time.
async fn known_place(app: &App, view: &SessionView) -> Result<Place> {
    if let Some(known) = app.rooms.place(view.session.id).filter(|known| known.version >= view.session.version) {
        return Ok(known);
    }
    let view = view.clone();
    app.db.read(move |conn| Ok(place(&view, &super::session::reach(conn, &view)?))).await
}

/// Tells media what a changed or deleted session means for those inside.
pub(crate) fn session_changed(app: &App, id: SessionId, after: Option<&(SessionView, Reach)>) {
    let session = id.to_string();
    let Some((view, reach)) = after else {
        app.rooms.send(&FromApi::Close { session, version: None });
        return app.rooms.forget(id);
    };
    if app.rooms.place(id).is_some() {
        app.rooms.set_place(id, place(view, reach));
    }
    app.rooms.send(&settings_and_insiders(view, reach));
}

/// Somebody finds the session from now on, though nobody changed it: they hear of its room as well.
pub(crate) fn found_by_more(app: &App, view: &SessionView, reach: &Reach) {
    if app.rooms.place(view.session.id).is_some() {
        app.rooms.set_place(view.session.id, place(view, reach));
    }
}

/// The session's settings, and who may be inside, where that is not every registered attendee.
fn settings_and_insiders(view: &SessionView, reach: &Reach) -> FromApi {
    let keep = reach.insiders.as_ref().map(|insiders| insiders.iter().map(AccountId::to_string).collect());
    FromApi::Settings { session: view.session.id.to_string(), settings: settings(&view.session), keep }
}

/// An event was published or made a draft: its rooms follow (A3, C6).
pub(crate) async fn event_access_changed(app: &App, event: EventId) -> Result<()> {
    let known = app.rooms.known(Some(event));
    let read = move |conn: &mut Conn| {
        let mut views = Vec::new();
        for id in known {
            views.extend(super::session::unchecked(conn, id)?);
        }
        Ok(views)
    };
    for known in app.db.read(read).await? {
        session_changed(app, known.0.session.id, Some(&known));
    }
    super::share_request::event_access_changed(app, event).await
}

/// A person lost or gained access somewhere: whoever may not be in a room any more leaves it, and passes that they have
/// open it no more (C6). In the others their right to share is what it is now, and they wait for a host only where they still
/// need one. They may be something else there by it: that is told as well.
pub(crate) async fn access_changed(app: &App, person: AccountId) -> Result<()> {
    let known = app.rooms.known(None);
    let rooms = app.rooms.clone();
    let read = move |conn: &mut Conn| {
        let (mut commands, mut stays) = (Vec::new(), Vec::new());
        for id in known {
            let gone = lost_among(conn, id, &[person])?.is_some_and(|gone| !gone.is_empty());
            if gone {
                commands.push(FromApi::Remove { session: id.to_string(), person: person.to_string() });
            } else if rooms.was_inside(id, person)
                && let Some(session) = model::session::find(conn, id)?
            {
                let sharing = read_sharing(conn, session)?;
                commands.extend(reacting(conn, &sharing, &[person])?);
                commands.push(sharing::right(&sharing, person, false));
                stays.push(id);
            }
        }
        Ok((commands, stays))
    };
    let (commands, stays) = app.db.read(read).await?;
    for command in commands {
        app.rooms.send(&command);
    }
    super::share_request::access_changed(app, person).await?;
    for session in stays {
        people::changed(app, session, Some(person)).await;
    }
    Ok(())
}

/// A node linked: what it has to hear before anything else, since changes may have passed it by. Everything it holds is
/// checked against what is true now, and it learns of all sessions that changed while a pass from before may still be
/// out.
pub async fn linked(app: &App, link: LinkId, rooms: Vec<RoomState>) -> Result<Vec<FromApi>> {
    let now = app.clock.now();
    let since = now.plus_seconds(-PASS_SECONDS);
    let held: Vec<(String, Vec<String>)> =
        rooms.iter().map(|room| (room.session.clone(), room.people.clone())).collect();
    let read = move |conn: &mut Conn| {
        let (mut commands, mut names) = (Vec::new(), HashMap::new());
        for session in model::session::changed_since(conn, since)? {
            // With who may be inside: somebody may have entered by a pass from before while there was no link.
            let now = super::session::unchecked(conn, session.id)?;
            commands.extend(now.map(|(view, reach)| settings_and_insiders(&view, &reach)));
        }
        for (session, people) in held {
            let Some(id) = SessionId::parse(&session) else { continue };
            let people: Vec<AccountId> = people.iter().filter_map(|person| AccountId::parse(person)).collect();
            // One whose deletion can be taken back still goes on: its room closes when that is final (B8).
            match (model::session::even_deleted(conn, id)?, lost_among(conn, id, &people)?) {
                (Some(row), Some(lost)) => {
                    let settings = settings(&row);
                    commands.push(FromApi::Settings { session: session.clone(), settings, keep: None });
                    let remove =
                        |person: AccountId| FromApi::Remove { session: session.clone(), person: person.to_string() };
                    let stay = people.iter().filter(|person| !lost.contains(person));
                    let inside: Vec<AccountId> = stay.clone().copied().collect();
                    // Grants and bars may have come and gone while there was no link, and people been muted (D7, D8, A7).
                    let sharing = read_sharing(conn, row)?;
                    commands.extend(reacting(conn, &sharing, &inside)?);
                    commands.extend(stay.map(|person| sharing::right(&sharing, *person, false)));
                    commands.extend(lost.into_iter().map(remove));
                }
                _ => commands.push(FromApi::Close { session, version: None }),
            }
            for some in people.chunks(500) {
                let accounts = model::account::by_ids(conn, some)?;
                names.extend(accounts.into_iter().map(|account| (account.id, account.name)));
            }
        }
        Ok((commands, names))
    };
    let (commands, names) = app.db.read(read).await?;
    let people: Vec<(SessionId, Vec<AccountId>)> = rooms
        .iter()
        .filter_map(|room| {
            let people = room.people.iter().filter_map(|person| AccountId::parse(person)).collect();
            Some((SessionId::parse(&room.session)?, people))
        })
        .collect();
    report(app, link, rooms).await?;
    for (session, people) in &people {
        let named = people.iter().filter_map(|person| Some((*person, names.get(person)?.clone())));
        app.rooms.set_people(link, *session, named);
        people::changed(app, *session, None).await;
    }
    app.rooms.found_inside(people);
    Ok(commands)
}

/// A node reported rooms: those who watch their state are told.
pub async fn report(app: &App, link: LinkId, rooms: Vec<RoomState>) -> Result<()> {
    announce(app, app.rooms.report(link, rooms, app.clock.now())).await
}

/// A node's link ended: until it is back, its rooms count as empty.
pub async fn unlinked(app: &App, link: LinkId) -> Result<()> {
    let gone = app.rooms.detach(link, app.clock.now());
    announce(app, gone.clone()).await?;
    for session in gone {
        people::changed(app, session, None).await;
    }
    Ok(())
}

/// Who of the people may react, and who is muted (A7).
fn reacting(conn: &mut Conn, sharing: &Sharing, people: &[AccountId]) -> Result<Vec<FromApi>> {
    let mut commands = Vec::new();
    for some in people.chunks(500) {
        let muted = model::registration::muted_among(conn, sharing.session.event_id, some)?;
        commands.extend(some.iter().map(|person| {
            let allowed = access::react(sharing.standing(*person), muted.contains(person));
            let session = sharing.session.id.to_string();
            FromApi::Reacting { session, person: person.to_string(), allowed }
        }));
    }
    Ok(commands)
}

async fn announce(app: &App, sessions: Vec<SessionId>) -> Result<()> {
    let unknown: Vec<SessionId> = sessions.iter().filter(|id| app.rooms.place(**id).is_none()).copied().collect();
    if !unknown.is_empty() {
        let read = move |conn: &mut Conn| {
            let mut found = Vec::new();
            for id in unknown {
                found.extend(super::session::unchecked(conn, id)?);
            }
            Ok(found)
        };
        for (view, reach) in app.db.read(read).await? {
            app.rooms.set_place(view.session.id, place(&view, &reach));
        }
    }
    let mut by_event: HashMap<EventId, Vec<Arc<RoomChange>>> = HashMap::new();
    for id in sessions {
        let Some(place) = app.rooms.place(id) else { continue };
        let event = place.event;
        let change = told_now(app, id, place);
        by_event.entry(event).or_default().push(Arc::clone(&change));
        app.feed.publish(Topic::Room(id), Change::Room(change));
    }
    for (event, changes) in by_event {
        app.feed.publish(Topic::Rooms(event), Change::Rooms(changes.into()));
    }
    Ok(())
}

/// The state of a session's room at this moment, for those who hear of its changes as well.
pub(crate) async fn state_now(app: &App, view: &SessionView) -> Result<Arc<RoomChange>> {
    let place = known_place(app, view).await?;
    Ok(told_now(app, view.session.id, place))
}

/// What is told of a room as it is at this moment, and to whom: before it opens to organizers alone (F5).
fn told_now(app: &App, session: SessionId, Place { audience, opens_at, .. }: Place) -> Arc<RoomChange> {
    let early = opens_at.is_some_and(|opens_at| app.clock.now() < opens_at);
    let live = app.rooms.live(session);
    Arc::new(RoomChange {
        session,
        counts: live.counts,
        speakers: live.speakers,
        hosts: live.hosts,
        youtube: live.youtube,
        hands: live.hands,
        recording: live.recording,
        audience: if early { Audience::organizers() } else { audience },
        told: Told::default(),
    })
}

/// Which of the people may not be in the session's room; nothing when there is no such session. Whose session is deleted may
/// stay for as long as that can be taken back (B8).
pub(crate) fn lost_among(conn: &mut Conn, id: SessionId, people: &[AccountId]) -> Result<Option<Vec<AccountId>>> {
    let Some(session) = model::session::even_deleted(conn, id)? else { return Ok(None) };
    let Some(event) = model::event::find(conn, session.event_id)? else { return Ok(None) };
    let may = watchers_among(conn, &event, &session, people)?;
    Ok(Some(people.iter().filter(|person| !may.contains(*person)).copied().collect()))
}

/// Which of the people may watch the session.
pub(crate) fn watchers_among(
    conn: &mut Conn,
    event: &Event,
    session: &Session,
    people: &[AccountId],
) -> Result<HashSet<AccountId>> {
    let organizers = model::organization::organizer_ids(conn, event.organization_id)?;
    let by_link = session.watch_access == WatchAccess::Unlisted;
    let by_invitation = matches!(session.watch_access, WatchAccess::Private | WatchAccess::Tickets);
    let by_ticket = session.watch_access == WatchAccess::Tickets;
    let tickets = if by_ticket { model::ticket_type::of_session(conn, session.id)? } else { Vec::new() };
    let mut watchers = HashSet::new();
    for some in people.chunks(500) {
        let registered: HashMap<AccountId, TicketTypeId> =
            model::registration::among(conn, event.id, some)?.into_iter().collect();
        let given = |list: Vec<(SessionId, AccountId)>| list.into_iter().map(|(_, person)| person).collect();
        let invited: HashSet<AccountId> =
            if by_invitation { given(model::invitation::among(conn, &[session.id], some)?) } else { HashSet::new() };
        let admitted: HashSet<AccountId> =
            if by_link { given(model::admission::among(conn, &[session.id], some)?) } else { HashSet::new() };
        let may = |person: &AccountId| {
            let ticket = registered.get(person).copied();
            let standing = Standing { organizer: organizers.contains(person), ticket };
            let claim = Claim {
                invited: invited.contains(person),
                admitted: admitted.contains(person),
                holds_ticket: ticket.is_some_and(|ticket| tickets.contains(&ticket)),
                ..Claim::default()
            };
            access::watch(standing, event, session, claim).is_ok()
        };
        watchers.extend(some.iter().copied().filter(may));
    }
    Ok(watchers)
}

fn place(view: &SessionView, reach: &Reach) -> Place {
    let opens_at = match view.session.scheduling {
        Scheduling::AlwaysOpen => None,
        Scheduling::Scheduled => view.windows.iter().map(|window| window.opens_at).min(),
    };
    Place { event: view.event.id, audience: reach.audience.clone(), opens_at, version: view.session.version }
}

fn settings(session: &Session) -> Settings {
    Settings {
        version: session.version,
        max_seats: u32::try_from(session.max_participants).unwrap_or(1),
        youtube: youtube_sharing(session),
        record: session.is_recorded(),
        starts: session.record_starts,
    }
}

/// Who may share a YouTube video (J3).
fn youtube_sharing(session: &Session) -> YoutubeSharing {
    match (session.youtube_sharing, session.share_access) {
        (false, _) => YoutubeSharing::Nobody,
        (true, ShareAccess::Moderated) => YoutubeSharing::Hosts,
        (true, ShareAccess::Anyone | ShareAccess::InviteOnly) => YoutubeSharing::OnScreen,
    }
}
