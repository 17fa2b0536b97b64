use super::*;
use crate::api::DateTime;
use crate::api::timetable::SegmentKind;
use chrono::TimeDelta;

pub fn at(text: &str) -> DateTime {
    format!("2027-{text}:00Z").parse().unwrap()
}

fn segment(id: &str, starts: &str, ends: &str) -> Segment {
    Segment {
        id: cynic::Id::new(id),
        name: format!("Segment {id}"),
        description: String::new(),
        kind: SegmentKind::Sessions,
        url: None,
        starts_at: at(starts),
        ends_at: at(ends),
        tags: vec![format!("tag {id}")],
        speakers: Vec::new(),
        sessions: Vec::new(),
        published: true,
        version: 1,
    }
}

fn changed(segment: Segment) -> SegmentChange {
    SegmentChange { segment_id: segment.id.clone(), version: segment.version, segment: Some(segment) }
}

fn ids(segments: &[Arc<Segment>]) -> Vec<&str> {
    segments.iter().map(|segment| segment.id.inner()).collect()
}

/// Opening, two talks after another, and the evening.
pub fn four() -> Timetable {
    Timetable::new(vec![
        segment("d", "03-01T18:00", "03-01T20:00"),
        segment("b", "03-01T09:30", "03-01T10:00"),
        segment("a", "03-01T09:00", "03-01T09:30"),
        segment("c", "03-01T10:00", "03-01T11:00"),
    ])
}

#[test]
fn g4_live_comes_first_then_soon_and_a_change_over_moves_them() {
    let timetable = four();
    let shown = |moment: DateTime| {
        let (live, soon) = now(timetable.all(), moment);
        format!("{} | {}", ids(&live).join(" "), ids(&soon).join(" "))
    };
    assert_eq!(shown(at("03-01T08:45")), " | a b");
    assert_eq!(shown(at("03-01T09:00") - TimeDelta::milliseconds(1)), " | a b");
    assert_eq!(shown(at("03-01T09:00")), "a | b c", "from its first moment on");
    assert_eq!(shown(at("03-01T09:30")), "b | c", "what ends makes room at once");
    assert_eq!(shown(at("03-01T10:30")), "c | d", "with nothing in the next hour, what comes next");
    assert_eq!(shown(at("03-01T20:00")), " | ");
}

#[test]
fn g4_a_draft_is_not_happening() {
    let draft = Segment { published: false, ..segment("x", "03-01T09:00", "03-01T10:00") };
    assert_eq!(now(&[Arc::new(draft)], at("03-01T09:10")), (Vec::new(), Vec::new()));
}

#[test]
fn g4_between_two_turns_nothing_changes_its_phase() {
    let timetable = four();
    let phases = |moment| timetable.all().iter().map(|one| Phase::of(one, moment)).collect::<Vec<_>>();
    let mut moment = at("03-01T07:00");
    let mut turns = 0;
    while let Some(next) = Turn::at(timetable.all(), moment).until {
        assert_eq!(phases(moment), phases(next - TimeDelta::milliseconds(1)));
        assert_ne!(phases(moment), phases(next));
        assert_eq!(Turn::at(timetable.all(), next).since, next);
        assert_eq!(Turn::at(timetable.all(), next + TimeDelta::seconds(1)).since, next);
        (moment, turns) = (next, turns + 1);
    }
    assert_eq!(turns, 9, "09:00 and 10:00 end something as well: 12 moments, three of them shared");
}

#[test]
fn g1_segments_stand_by_the_day_of_the_reader() {
    let timetable = Timetable::new(vec![
        segment("a", "03-01T22:00", "03-01T23:00"),
        segment("b", "03-01T23:30", "03-02T01:00"),
        segment("c", "03-02T10:00", "03-02T11:00"),
    ]);
    let of = |offset: i32| {
        let days = days(timetable.all().iter().cloned(), move |_| offset);
        days.iter()
            .map(|day| format!("{}: {}", day.date.format("%d"), ids(&day.segments).join(" ")))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(0), ["01: a b", "02: c"]);
    assert_eq!(of(60), ["01: a", "02: b c"]);
    assert_eq!(of(-11 * 60), ["01: a b c"]);
}

/// Berlin's clocks go forward on 28 March 2027 at 01:00 UTC.
#[test]
fn g1_each_segment_has_the_offset_of_its_own_moment() {
    let timetable =
        Timetable::new(vec![segment("a", "03-27T22:30", "03-27T23:30"), segment("b", "03-28T22:30", "03-28T23:30")]);
    let berlin = |moment: DateTime| if moment < at("03-28T01:00") { 60 } else { 120 };
    let days = days(timetable.all().iter().cloned(), berlin);
    assert_eq!(days.iter().map(|day| day.date.to_string()).collect::<Vec<_>>(), ["2027-03-27", "2027-03-29"]);
}

#[test]
fn g3_what_overlaps_clashes_and_what_follows_does_not() {
    let own = Timetable::new(vec![
        segment("a", "03-01T09:00", "03-01T10:00"),
        segment("b", "03-01T09:59", "03-01T11:00"),
        segment("c", "03-01T11:00", "03-01T12:00"),
        segment("d", "03-01T08:00", "03-01T12:00"),
    ]);
    let found = clashes(own.all());
    assert_eq!(found["a"], ["Segment d", "Segment b"]);
    assert_eq!(found["b"], ["Segment d", "Segment a"]);
    assert_eq!(found["c"], ["Segment d"]);
    assert_eq!(found["d"], ["Segment a", "Segment b", "Segment c"]);
    assert!(clashes(&own.all()[1..2]).is_empty());
}

#[test]
fn g4_a_change_moves_its_segment_and_an_older_copy_changes_nothing() {
    let mut timetable = four();
    timetable.apply([changed(Segment { version: 3, ..segment("a", "03-01T12:00", "03-01T13:00") })]);
    assert_eq!(ids(timetable.all()), ["b", "c", "a", "d"]);
    timetable.apply([changed(Segment { version: 2, ..segment("a", "03-01T07:00", "03-01T08:00") })]);
    assert_eq!(ids(timetable.all()), ["b", "c", "a", "d"]);
    timetable.apply([SegmentChange { segment_id: cynic::Id::new("a"), version: 4, segment: None }]);
    timetable.apply([changed(Segment { version: 3, ..segment("a", "03-01T12:00", "03-01T13:00") })]);
    assert_eq!(ids(timetable.all()), ["b", "c", "d"], "an older copy does not bring back what has gone");
    assert_eq!(timetable.tags(), ["tag b", "tag c", "tag d"]);
}

#[test]
fn g4_what_was_heard_while_the_schedule_was_on_its_way_is_not_lost() {
    let newer = Segment { version: 2, ..segment("a", "03-01T12:00", "03-01T13:00") };
    let gone = SegmentChange { segment_id: cynic::Id::new("b"), version: 1, segment: None };
    let heard = Heard::from([("a".to_owned(), changed(newer)), ("b".to_owned(), gone)]);
    assert_eq!(ids(four().with(heard).all()), ["c", "a", "d"]);
}

#[test]
fn g4_changes_that_come_together_are_applied_as_one_after_another() {
    let mut timetable = four();
    let newer =
        |version, name: &str| Segment { version, name: name.into(), ..segment("a", "03-01T12:00", "03-01T13:00") };
    let gone = SegmentChange { segment_id: cynic::Id::new("b"), version: 2, segment: None };
    timetable.apply([changed(newer(3, "third")), gone, changed(newer(2, "second"))]);
    assert_eq!(ids(timetable.all()), ["c", "a", "d"]);
    assert_eq!(timetable.find("a").map(|one| one.name.as_str()), Some("third"), "the older one came late");
    assert!(timetable.find("b").is_none());
    assert_eq!(timetable.find("d").map(|one| one.id.inner()), Some("d"), "each is found where it stands now");
}
