//! What is live, soon, later and over: from the segments that the page holds and the server's time, so that a change-over
//! needs no answer from anybody (G4).

use crate::api::DateTime;
use crate::api::timetable::Segment;
use chrono::TimeDelta;
use std::sync::Arc;

/// For so long before its start a segment is "soon".
const SOON: TimeDelta = TimeDelta::minutes(60);

/// Where a segment stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Live,
    Soon,
    Later,
    Past,
}

impl Phase {
    pub fn of(segment: &Segment, now: DateTime) -> Phase {
        if segment.ends_at <= now {
            Phase::Past
        } else if segment.starts_at <= now {
            Phase::Live
        } else if segment.starts_at - SOON <= now {
            Phase::Soon
        } else {
            Phase::Later
        }
    }
}

/// The moments between which no segment changes its phase: what depends on the phases is computed once for each turn, and
/// not each second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The last moment at which something changed, or the moment that was asked for where nothing has.
    pub since: DateTime,
    /// When something changes next.
    pub until: Option<DateTime>,
}

impl Turn {
    pub fn at(segments: &[Arc<Segment>], now: DateTime) -> Turn {
        Turn::among(|| segments.iter().flat_map(|one| [one.starts_at - SOON, one.starts_at, one.ends_at]), now)
    }

    /// Where something changes at each of the moments.
    pub fn among<Moments: Iterator<Item = DateTime>>(moments: impl Fn() -> Moments, now: DateTime) -> Turn {
        Turn {
            since: moments().filter(|moment| *moment <= now).max().unwrap_or(DateTime::MIN_UTC),
            until: moments().filter(|moment| *moment > now).min(),
        }
    }
}

/// What "What's happening now" shows: what is live, then what is soon. Where nothing is soon, it is what comes next. Drafts
/// are only in the schedule.
pub fn now(segments: &[Arc<Segment>], now: DateTime) -> (Vec<Arc<Segment>>, Vec<Arc<Segment>>) {
    let in_phase = |phase: Phase| -> Vec<Arc<Segment>> {
        segments.iter().filter(|one| one.published && Phase::of(one, now) == phase).cloned().collect()
    };
    let (live, soon, later) = (in_phase(Phase::Live), in_phase(Phase::Soon), in_phase(Phase::Later));
    let next = match (soon.is_empty(), later.iter().map(|one| one.starts_at).min()) {
        (true, Some(first)) => later.into_iter().filter(|one| one.starts_at == first).collect(),
        _ => soon,
    };
    (live, next)
}
