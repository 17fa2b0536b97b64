//! An event's schedule as this person sees it: segments by start, and what is on at a moment (G1, G4).

mod clashes;
mod days;
mod phase;
#[cfg(test)]
mod tests;

pub use clashes::clashes;
pub use days::{Day, days};
pub use phase::{Phase, Turn, now};

use crate::api::timetable::{Segment, SegmentChange};
use std::collections::HashMap;
use std::sync::Arc;

/// What was heard while the schedule was on its way, by segment: it may be newer than what the answer will say.
pub type Heard = HashMap<String, SegmentChange>;

/// Segments are shared, so that a view keeps its own for the price of a pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timetable {
    list: Vec<Arc<Segment>>,
    /// The version by which each that went has gone: an older copy of it may still be on its way.
    gone: HashMap<String, i32>,
}

impl Timetable {
    pub fn new(list: Vec<Segment>) -> Timetable {
        let mut list: Vec<Arc<Segment>> = list.into_iter().map(Arc::new).collect();
        list.sort_by(|a, b| order(a, b));
        Timetable { list, gone: HashMap::new() }
    }

    /// The schedule, and what was heard since it was asked for.
    pub fn with(mut self, heard: Heard) -> Timetable {
        heard.into_values().for_each(|change| self.apply(change));
        self
    }

    pub fn all(&self) -> &[Arc<Segment>] {
        &self.list
    }

    pub fn find(&self, id: &str) -> Option<&Arc<Segment>> {
        self.list.iter().find(|segment| segment.id.inner() == id)
    }

    /// Applies a change. An older copy that comes late changes nothing.
    pub fn apply(&mut self, change: SegmentChange) {
        let id = change.segment_id.inner();
        let known = self.find(id).map(|known| known.version).or_else(|| self.gone.get(id).copied());
        if known.is_some_and(|known| known > change.version) {
            return;
        }
        self.list.retain(|segment| segment.id.inner() != id);
        match change.segment {
            Some(segment) => {
                self.gone.remove(id);
                let place = self.list.partition_point(|other| order(other, &segment).is_lt());
                self.list.insert(place, Arc::new(segment));
            }
            None => _ = self.gone.insert(id.to_owned(), change.version),
        }
    }

    /// Every tag in use, once, in alphabetical order.
    pub fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.list.iter().flat_map(|segment| segment.tags.iter().cloned()).collect();
        tags.sort_by_key(|tag| tag.to_lowercase());
        tags.dedup();
        tags
    }
}

fn order(a: &Segment, b: &Segment) -> std::cmp::Ordering {
    (a.starts_at, a.ends_at, a.id.inner()).cmp(&(b.starts_at, b.ends_at, b.id.inner()))
}
