//! An event's segments as they are now, by start; one reducer applies what the server says of them.

use super::Span;
use crate::api::segment::{Segment, SegmentChange, SegmentKind};
use std::collections::HashMap;
use std::sync::Arc;

impl Segment {
    pub fn span(&self) -> Span {
        Span { starts: self.starts_at, ends: self.ends_at }
    }
}

/// Segments are shared, so that a view keeps its own for the price of a pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segments {
    list: Vec<Arc<Segment>>,
    /// The version by which each that went has gone: an older copy of it may still be on its way.
    gone: HashMap<String, i32>,
}

impl Segments {
    pub fn new(list: Vec<Segment>) -> Self {
        let mut list: Vec<Arc<Segment>> = list.into_iter().map(Arc::new).collect();
        list.sort_by(|a, b| order(a, b));
        Self { list, gone: HashMap::new() }
    }

    /// By start.
    pub fn all(&self) -> &[Arc<Segment>] {
        &self.list
    }

    pub fn find(&self, id: &str) -> Option<&Arc<Segment>> {
        self.list.iter().find(|segment| segment.id.inner() == id)
    }

    /// Applies a change, somebody else's or an own one alike. An older copy that comes late changes nothing.
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

    /// What a segment of this kind may not be at the same time with: a break with anything, anything with a break (F4).
    pub fn in_the_way(&self, own: Option<&str>, kind: SegmentKind, span: Span) -> Vec<Arc<Segment>> {
        let other = |segment: &&Arc<Segment>| own != Some(segment.id.inner());
        let apart = |segment: &&Arc<Segment>| kind == SegmentKind::Break || segment.kind == SegmentKind::Break;
        self.list.iter().filter(other).filter(apart).filter(|one| one.span().meets(span)).cloned().collect()
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
    (a.starts_at, a.id.inner()).cmp(&(b.starts_at, b.id.inner()))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::api::DateTime;

    pub(crate) fn instant(text: &str) -> DateTime {
        format!("2027-06-{text}:00Z").parse().unwrap()
    }

    pub(crate) fn segment(id: &str, name: &str, starts: &str, ends: &str) -> Segment {
        Segment {
            id: cynic::Id::new(id),
            name: name.into(),
            description: String::new(),
            kind: SegmentKind::Sessions,
            url: None,
            starts_at: instant(starts),
            ends_at: instant(ends),
            tags: Vec::new(),
            speakers: Vec::new(),
            sessions: Vec::new(),
            published: false,
            version: 1,
        }
    }

    fn names(segments: &Segments) -> Vec<&str> {
        segments.all().iter().map(|segment| segment.name.as_str()).collect()
    }

    fn two() -> Segments {
        Segments::new(vec![
            segment("2", "Talk", "01T10:00", "01T11:00"),
            segment("1", "Opening", "01T09:00", "01T10:00"),
        ])
    }

    #[test]
    fn f7_a_moved_segment_takes_its_place_and_an_older_copy_changes_nothing() {
        let mut segments = two();
        assert_eq!(names(&segments), ["Opening", "Talk"]);
        let moved = Segment { version: 3, ..segment("1", "Opening", "01T12:00", "01T13:00") };
        segments.apply(SegmentChange::now(moved));
        assert_eq!(names(&segments), ["Talk", "Opening"]);
        let late = Segment { version: 2, ..segment("1", "Late", "01T08:00", "01T09:00") };
        segments.apply(SegmentChange::now(late));
        assert_eq!(names(&segments), ["Talk", "Opening"]);
    }

    #[test]
    fn f7_an_older_copy_of_what_was_deleted_does_not_bring_it_back() {
        let mut segments = two();
        segments.apply(SegmentChange { segment_id: cynic::Id::new("1"), version: 2, segment: None });
        segments.apply(SegmentChange::now(segment("1", "Opening", "01T09:00", "01T10:00")));
        assert_eq!(names(&segments), ["Talk"]);
    }

    #[test]
    fn f4_breaks_stand_in_everybodys_way_and_others_in_nobodys() {
        let mut segments = two();
        let lunch = Segment { kind: SegmentKind::Break, ..segment("3", "Lunch", "01T12:00", "01T13:00") };
        segments.apply(SegmentChange::now(lunch));
        let span = |starts, ends| segment("", "", starts, ends).span();
        let found = |own, kind, span| {
            segments.in_the_way(own, kind, span).iter().map(|one| one.name.clone()).collect::<Vec<_>>()
        };
        let long = span("01T09:30", "01T12:30");
        assert_eq!(found(None, SegmentKind::Sessions, long), ["Lunch"]);
        assert_eq!(found(Some("3"), SegmentKind::Break, long), ["Opening", "Talk"]);
        assert_eq!(found(None, SegmentKind::Break, span("01T11:00", "01T12:00")), [""; 0]);
    }
}
