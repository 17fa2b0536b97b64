//! An event's schedule as this person sees it: segments by start, and what is on at a moment (G1, G4).

mod clashes;
mod days;
mod now_next;
mod phase;
#[cfg(test)]
pub mod tests;

pub use clashes::clashes;
pub use days::{Day, days};
pub use now_next::NowNext;
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
    /// Where each stands in the list, by its id.
    places: HashMap<String, usize>,
    /// The version by which each that went has gone: an older copy of it may still be on its way.
    gone: HashMap<String, i32>,
}

impl Timetable {
    pub fn new(list: Vec<Segment>) -> Timetable {
        let list = list.into_iter().map(Arc::new).collect();
        let mut timetable = Timetable { list, ..Timetable::default() };
        timetable.arrange();
        timetable
    }

    /// The schedule, and what was heard since it was asked for.
    pub fn with(mut self, heard: Heard) -> Timetable {
        self.apply(heard.into_values());
        self
    }

    pub fn all(&self) -> &[Arc<Segment>] {
        &self.list
    }

    pub fn find(&self, id: &str) -> Option<&Arc<Segment>> {
        self.places.get(id).and_then(|place| self.list.get(*place))
    }

    /// Applies changes that came together. An older copy that comes late changes nothing.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = SegmentChange>) {
        let mut newest = HashMap::<String, SegmentChange>::new();
        for change in changes {
            let id = change.segment_id.inner();
            let known = newest.get(id).map(|known| known.version).or_else(|| self.version(id));
            if known.is_none_or(|known| known <= change.version) {
                newest.insert(id.to_owned(), change);
            }
        }
        self.list.retain(|segment| !newest.contains_key(segment.id.inner()));
        for (id, change) in newest {
            match change.segment {
                Some(segment) => {
                    self.gone.remove(&id);
                    self.list.push(Arc::new(segment));
                }
                None => _ = self.gone.insert(id, change.version),
            }
        }
        self.arrange();
    }

    /// By which version it is known, or has gone.
    fn version(&self, id: &str) -> Option<i32> {
        self.find(id).map(|known| known.version).or_else(|| self.gone.get(id).copied())
    }

    fn arrange(&mut self) {
        self.list.sort_by(|a, b| order(a, b));
        let place = |(place, segment): (usize, &Arc<Segment>)| (segment.id.inner().to_owned(), place);
        self.places = self.list.iter().enumerate().map(place).collect();
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
