//! My Agenda (G3): marking segments, and the feed by which calendar programs follow them.

use super::session::watched;
use crate::access::{self, Caller, Standing};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, EventId, Id, SegmentId, SessionId};
use crate::limits;
use crate::model;
use crate::model::event::Event;
use crate::model::segment::Segment;
use crate::model::session::{Attendee, Viewer};
use crate::validate::{Code, Problem};
use protocol::pass::key;
use std::collections::HashMap;

/// Segments for a calendar program, with the sessions of each that the reader finds.
pub struct Calendar {
    pub event: Event,
    pub entries: Vec<Entry>,
}

/// A segment, and what it leads to.
pub struct Entry {
    pub segment: Segment,
    /// With their titles, in the segment's order.
    pub sessions: Vec<(SessionId, String)>,
}

/// Takes a segment that the caller sees into their agenda.
pub async fn add(app: &App, caller: &Caller, id: SegmentId) -> Result<Event> {
    let account = caller.account()?.id;
    let (asking, now) = (caller.clone(), app.clock.now());
    let event = app
        .db
        .write(move |conn| {
            let (event, viewer) = place(conn, &asking, now, id)?;
            model::agenda::seen(conn, event.id, viewer, id)?.ok_or(MISSING)?;
            access::change_agenda(&event, event.state(now))?;
            let most = i64::try_from(limits::AGENDA).unwrap_or(i64::MAX);
            if model::agenda::count(conn, event.id, account)? >= most {
                let message = format!("An agenda has {most} segments at the most. Remove some first.");
                return Err(Problem::new("segmentId", Code::OutOfRange, message).into());
            }
            model::agenda::insert_once(conn, account, id, now)?;
            Ok(event)
        })
        .await?;
    announce(app, account, Change::Agenda { event: event.id, segment: id, included: true });
    Ok(event)
}

/// Takes a segment out of the caller's agenda, also one that they do not see any more.
pub async fn remove(app: &App, caller: &Caller, id: SegmentId) -> Result<Event> {
    let account = caller.account()?.id;
    let (asking, now) = (caller.clone(), app.clock.now());
    let event = app
        .db
        .write(move |conn| {
            let (event, _viewer) = place(conn, &asking, now, id)?;
            access::change_agenda(&event, event.state(now))?;
            model::agenda::delete(conn, account, id)?;
            Ok(event)
        })
        .await?;
    announce(app, account, Change::Agenda { event: event.id, segment: id, included: false });
    Ok(event)
}

const MISSING: Error = Error::NotFound("segment");

fn announce(app: &App, account: AccountId, change: Change) {
    app.feed.publish(Topic::Account(account), change);
}

/// The event of a segment, if the caller is in it, and as whom they see it. Otherwise there is no such segment.
fn place(conn: &mut Conn, caller: &Caller, now: Time, id: SegmentId) -> Result<(Event, Viewer)> {
    let caller = &super::account::again(conn, caller, now)?;
    caller.account()?;
    let event = model::segment::event_of(conn, id)?.ok_or(MISSING)?;
    let event = super::seen_event(conn, caller, event).map_err(|_hidden| MISSING)?;
    let standing = super::standing(conn, caller, &event)?;
    let viewer = viewer(caller, &event, standing, now).ok_or(MISSING)?;
    Ok((event, viewer))
}

/// Whose view of the schedule the caller has; nobody's who may not be in the venue.
fn viewer(caller: &Caller, event: &Event, standing: Standing, now: Time) -> Option<Viewer> {
    access::be_in_venue(caller, event, standing).ok()?;
    if standing.organizer {
        return Some(Viewer::Organizer);
    }
    let account = caller.account.as_ref()?.id;
    Some(Viewer::Attendee(Attendee { account, ticket: standing.ticket?, now }))
}

/// The segments in the caller's agenda that they see, by start.
pub async fn own(app: &App, caller: &Caller, event: &Event, standing: Standing) -> Result<Vec<SegmentId>> {
    let viewer = viewer(caller, event, standing, app.clock.now());
    let (Some(viewer), Some(account)) = (viewer, &caller.account) else { return Ok(Vec::new()) };
    if access::keep_agenda(event).is_err() {
        return Ok(Vec::new());
    }
    let (event, account) = (event.id, account.id);
    let read = move |conn: &mut Conn| {
        let list = model::agenda::list(conn, event, account, viewer, limits::AGENDA)?;
        Ok(list.into_iter().map(|segment| segment.id).collect())
    };
    app.db.read(read).await
}

/// The address of the caller's feed; nothing for who has no agenda.
pub async fn feed_url(app: &App, caller: &Caller, event: &Event, standing: Standing) -> Result<Option<String>> {
    let may = viewer(caller, event, standing, app.clock.now()).is_some() && access::keep_agenda(event).is_ok();
    let Some(account) = caller.account.as_ref().map(|account| account.id).filter(|_| may) else { return Ok(None) };
    let event = event.id;
    let secret = app.db.read(move |conn| Ok(model::agenda::feed_secret(conn, event, account)?)).await?;
    Ok(Some(address(app, event, account, &secret)))
}

/// Gives the caller's feed another address; the old one leads nowhere from now on.
pub async fn rotate_feed(app: &App, caller: &Caller, id: EventId) -> Result<String> {
    let account = caller.account()?.id;
    let (asking, now, secret) = (caller.clone(), app.clock.now(), app.ids.secret());
    let fresh = secret.clone();
    app.db
        .write(move |conn| {
            let asking = super::account::again(conn, &asking, now)?;
            let event = super::seen_event(conn, &asking, id)?;
            let standing = super::standing(conn, &asking, &event)?;
            access::be_in_venue(&asking, &event, standing)?;
            access::keep_agenda(&event)?;
            Ok(model::agenda::set_feed_secret(conn, id, account, &fresh)?)
        })
        .await?;
    Ok(address(app, id, account, &secret))
}

fn address(app: &App, event: EventId, account: AccountId, secret: &str) -> String {
    let signature = signature(app, event, account, secret);
    format!("{}/feeds/{}{}{signature}.ics", app.public_url, event.bare(), account.bare())
}

/// Signed by the installation, for one person, one event, and one address of several.
fn signature(app: &App, event: EventId, account: AccountId, secret: &str) -> String {
    key(&key(&app.config.secret, "feed"), &format!("{event} {account} {secret}"))
}

/// Characters of an id in a feed's address.
const ID: usize = 26;

/// Event, person and signature in a feed's address.
fn parts(token: &str) -> Option<(EventId, AccountId, &str)> {
    let (event, rest) = token.split_at_checked(ID)?;
    let (account, signature) = rest.split_at_checked(ID)?;
    Some((EventId::parse(&format!("event:{event}"))?, AccountId::parse(&format!("account:{account}"))?, signature))
}

/// What a feed's address shows now. A wrong address leads nowhere; with a right one, whoever lost access (C6) sees an empty
/// calendar, so that calendar programs forget what they were told before.
pub async fn feed(app: &App, token: &str) -> Result<Calendar> {
    let missing = || Error::NotFound("feed");
    let (event, account, given) = parts(token).ok_or_else(missing)?;
    let now = app.clock.now();
    let (secret, calendar) = app
        .db
        .read(move |conn| {
            let secret = model::agenda::feed_secret(conn, event, account)?;
            let event = model::event::find(conn, event)?.ok_or_else(missing)?;
            let account = model::account::find(conn, account)?.ok_or_else(missing)?;
            let (id, organizes) = (account.id, model::organization::of_organizer(conn, account.id)?);
            let caller = Caller { account: Some(account), login: None, organizes };
            let standing = super::standing(conn, &caller, &event)?;
            let entries = match viewer(&caller, &event, standing, now) {
                Some(viewer) if access::keep_agenda(&event).is_ok() => {
                    let segments = model::agenda::list(conn, event.id, id, viewer, limits::AGENDA)?;
                    entries(conn, segments, viewer)?
                }
                _ => Vec::new(),
            };
            Ok((secret, Calendar { event, entries }))
        })
        .await?;
    // Digests are compared, so that the time says nothing about where they differ.
    let expected = signature(app, event, account, &secret);
    if protocol::pass::digest(given) == protocol::pass::digest(&expected) { Ok(calendar) } else { Err(missing()) }
}

fn entries(conn: &mut Conn, segments: Vec<Segment>, viewer: Viewer) -> Result<Vec<Entry>> {
    let ids: Vec<SegmentId> = segments.iter().map(|segment| segment.id).collect();
    let mut sessions: HashMap<SegmentId, Vec<(SessionId, String)>> = HashMap::new();
    for (segment, session) in model::segment::links::found_sessions_of(conn, &ids, viewer)? {
        sessions.entry(segment).or_default().push((session.id, session.title));
    }
    let entry = |segment: Segment| Entry { sessions: sessions.remove(&segment.id).unwrap_or_default(), segment };
    Ok(segments.into_iter().map(entry).collect())
}

/// One segment that the caller sees, for a calendar.
pub async fn segment(app: &App, caller: &Caller, slug: String, id: SegmentId) -> Result<Calendar> {
    let (asking, now) = (caller.clone(), app.clock.now());
    app.db
        .read(move |conn| {
            if asking.account.is_none() {
                return Err(MISSING);
            }
            let (event, viewer) = place(conn, &asking, now, id)?;
            let segment = model::agenda::seen(conn, event.id, viewer, id)?.filter(|_| event.slug == slug);
            let entries = entries(conn, vec![segment.ok_or(MISSING)?], viewer)?;
            Ok(Calendar { event, entries })
        })
        .await
}

/// The times of a session that the caller may watch, for a calendar: also of one that stands in no schedule, since whoever
/// has the way to it may put it down (F5).
pub async fn session(app: &App, caller: &Caller, slug: String, id: SessionId) -> Result<Calendar> {
    let asking = caller.clone();
    let missing = Error::NotFound("session");
    app.db
        .read(move |conn| {
            let view = watched(conn, &asking, id)?.view;
            let segments = model::agenda::segments_of(conn, id)?;
            if view.event.slug != slug || segments.is_empty() {
                return Err(missing);
            }
            let entry = |segment: Segment| Entry { segment, sessions: vec![(id, view.session.title.clone())] };
            Ok(Calendar { event: view.event.as_ref().clone(), entries: segments.into_iter().map(entry).collect() })
        })
        .await
}
