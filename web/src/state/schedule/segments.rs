//! What who plans a schedule asks of it, beside what everybody does: when a segment is, and what is in its way.

use super::Span;
use crate::api::segment::{Segment, SegmentKind};
use crate::state::timetable::Timetable;
use std::sync::Arc;

impl Segment {
    pub fn span(&self) -> Span {
        Span { starts: self.starts_at, ends: self.ends_at }
    }
}

impl Timetable {
    /// What a segment of this kind may not be at the same time with: a break with anything, anything with a break (F4).
    pub fn in_the_way(&self, own: Option<&str>, kind: SegmentKind, span: Span) -> Vec<Arc<Segment>> {
        let other = |segment: &&Arc<Segment>| own != Some(segment.id.inner());
        let apart = |segment: &&Arc<Segment>| kind == SegmentKind::Break || segment.kind == SegmentKind::Break;
        self.all().iter().filter(other).filter(apart).filter(|one| one.span().meets(span)).cloned().collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::api::DateTime;
    use crate::api::segment::SegmentChange;

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

    fn names(segments: &Timetable) -> Vec<&str> {
        segments.all().iter().map(|segment| segment.name.as_str()).collect()
    }

    fn two() -> Timetable {
        Timetable::new(vec![
            segment("2", "Talk", "01T10:00", "01T11:00"),
            segment("1", "Opening", "01T09:00", "01T10:00"),
        ])
    }

    #[test]
    fn f7_a_moved_segment_takes_its_place_and_an_older_copy_changes_nothing() {
        let mut segments = two();
        assert_eq!(names(&segments), ["Opening", "Talk"]);
        let moved = Segment { version: 3, ..segment("1", "Opening", "01T12:00", "01T13:00") };
        segments.apply([SegmentChange::now(moved)]);
        assert_eq!(names(&segments), ["Talk", "Opening"]);
        let late = Segment { version: 2, ..segment("1", "Late", "01T08:00", "01T09:00") };
        segments.apply([SegmentChange::now(late)]);
        assert_eq!(names(&segments), ["Talk", "Opening"]);
    }

    #[test]
    fn f7_an_older_copy_of_what_was_deleted_does_not_bring_it_back() {
        let mut segments = two();
        segments.apply([SegmentChange { segment_id: cynic::Id::new("1"), version: 2, segment: None }]);
        segments.apply([SegmentChange::now(segment("1", "Opening", "01T09:00", "01T10:00"))]);
        assert_eq!(names(&segments), ["Talk"]);
    }

    #[test]
    fn f4_breaks_stand_in_everybodys_way_and_others_in_nobodys() {
        let mut segments = two();
        let lunch = Segment { kind: SegmentKind::Break, ..segment("3", "Lunch", "01T12:00", "01T13:00") };
        segments.apply([SegmentChange::now(lunch)]);
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
