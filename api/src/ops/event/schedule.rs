//! What a change of an event means for its schedule (F4, A5).

use crate::clock::Time;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{EventId, SegmentId, SessionId};
use crate::limits;
use crate::local_time;
use crate::model;
use crate::model::event::{Event, Patch};
use crate::model::segment::Segment;
use crate::ops::session::named;
use crate::validate::{Code, Problem};

/// Refuses times that some segments are not within, and names these (F4).
pub(super) fn fits(conn: &mut Conn, event: &Event, starts_at: Time, ends_at: Time) -> Result<()> {
    if starts_at <= event.starts_at && ends_at >= event.ends_at {
        return Ok(());
    }
    let first = i64::try_from(limits::NAMED).unwrap_or(i64::MAX);
    let (some, count) = model::segment::outside(conn, event.id, (starts_at, ends_at), first)?;
    let Some(one) = some.first() else { return Ok(()) };
    let zone = local_time::zone(&event.time_zone);
    let shown = |segment: &Segment| {
        let (from, to) = (local_time::show(zone, segment.starts_at), local_time::show(zone, segment.ends_at));
        format!("{} ({from} to {to})", segment.name)
    };
    let count = usize::try_from(count).unwrap_or(some.len());
    let names = named(&some.iter().map(shown).collect::<Vec<_>>(), count);
    let field = if one.starts_at < starts_at { "startsAt" } else { "endsAt" };
    let message = format!("These segments would not be within the event any more: {names}. Move or delete them first.");
    let problem = Problem::new(field, Code::InUse, message);
    Err(problem.naming(some.into_iter().map(|segment| segment.name), count).into())
}

/// Moves the windows of all segments, where the minutes before and after them change (A5).
pub(super) fn show(conn: &mut Conn, event: &Event, patch: &Patch) -> Result<()> {
    let mut after = event.clone();
    after.before_minutes = patch.before_minutes.unwrap_or(event.before_minutes);
    after.after_minutes = patch.after_minutes.unwrap_or(event.after_minutes);
    if (after.before_minutes, after.after_minutes) == (event.before_minutes, event.after_minutes) {
        return Ok(());
    }
    for segment in model::segment::of_event(conn, event.id)? {
        let window = Segment::window(segment.starts_at, segment.ends_at, &after);
        model::segment::set_window(conn, segment.id, window)?;
    }
    Ok(())
}

/// The sessions that segments of the event lead to.
pub(super) fn linked(conn: &mut Conn, event: EventId) -> Result<Vec<SessionId>> {
    let ids: Vec<SegmentId> = model::segment::of_event(conn, event)?.into_iter().map(|segment| segment.id).collect();
    let mut sessions = Vec::new();
    for some in ids.chunks(model::segment::BATCH) {
        sessions.extend(model::segment::links::session_ids_of(conn, some)?);
    }
    sessions.sort_unstable();
    sessions.dedup();
    Ok(sessions)
}
