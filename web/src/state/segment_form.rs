//! The fields of a segment as they are typed, and how two organizers' changes of them meet.

use super::form::{Meeting, Meets};
use super::schedule::Span;
use super::zoned::{self, NoInstant};
use crate::api::segment::{CreateSegmentInput, Segment, SegmentKind, UpdateSegmentInput};
use crate::api::{Code, DateTime, Failure, Problem, ProblemCode};
use chrono::SecondsFormat;
use serde::{Deserialize, Serialize};

/// The most that a segment's name and description may have (F4).
pub const NAME: usize = 100;
pub const DESCRIPTION: usize = 1_000;
/// The most speakers and sessions of one segment.
pub const SPEAKERS: usize = 20;
pub const SESSIONS: usize = 20;

/// Somebody who speaks, with the name that was shown when they were chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    pub id: String,
    pub name: String,
}

/// A session that is linked, with its title when it was chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    pub id: cynic::Id,
    pub title: String,
}

/// What the fields hold. Times are as a `datetime-local` field writes them, in the event's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    pub name: String,
    pub description: String,
    pub kind: SegmentKind,
    pub url: String,
    pub starts: String,
    pub ends: String,
    /// The instant that `starts` was written for: where clocks go back, the text stands for two.
    #[serde(default)]
    pub meant: Option<DateTime>,
    pub tags: Vec<String>,
    pub speakers: Vec<Speaker>,
    pub sessions: Vec<Linked>,
    /// Those of the sessions that are always open until this is saved (F1).
    #[serde(default)]
    pub to_schedule: Vec<String>,
    pub published: bool,
}

impl Meets for Typed {
    fn meet(&self, base: &Typed, theirs: &Typed, meeting: &mut Meeting) -> Typed {
        macro_rules! pick {
            ($field:ident, $name:literal) => {
                meeting.pick($name, &self.$field, &base.$field, &theirs.$field)
            };
        }
        let starts = pick!(starts, "startsAt");
        Typed {
            name: pick!(name, "name"),
            description: pick!(description, "description"),
            kind: pick!(kind, "kind"),
            url: pick!(url, "url"),
            meant: if starts == theirs.starts { theirs.meant } else { self.meant },
            starts,
            ends: pick!(ends, "endsAt"),
            tags: pick!(tags, "tags"),
            speakers: pick!(speakers, "speakerIds"),
            sessions: pick!(sessions, "sessionIds"),
            to_schedule: if self.to_schedule == base.to_schedule { &theirs.to_schedule } else { &self.to_schedule }
                .clone(),
            published: pick!(published, "published"),
        }
    }
}

impl Typed {
    /// Of a segment that is not there yet.
    pub fn empty(starts: String, ends: String) -> Self {
        Self {
            name: String::new(),
            description: String::new(),
            kind: SegmentKind::Sessions,
            url: String::new(),
            starts,
            ends,
            meant: None,
            tags: Vec::new(),
            speakers: Vec::new(),
            sessions: Vec::new(),
            to_schedule: Vec::new(),
            published: false,
        }
    }

    /// What the server has of a segment; `offset` is that of the event's zone.
    pub fn of(segment: &Segment, offset: impl Fn(DateTime) -> i32) -> Self {
        let speaker = |person: &crate::api::registration::Person| Speaker {
            id: person.id.inner().to_owned(),
            name: person.name.clone(),
        };
        let linked = |session: &crate::api::segment::LinkedSession| Linked {
            id: session.id.clone(),
            title: session.title.clone(),
        };
        Self {
            name: segment.name.clone(),
            description: segment.description.clone(),
            kind: segment.kind,
            url: segment.url.clone().unwrap_or_default(),
            starts: zoned::to_field(segment.starts_at, &offset),
            ends: zoned::to_field(segment.ends_at, &offset),
            meant: Some(segment.starts_at),
            tags: segment.tags.clone(),
            speakers: segment.speakers.iter().map(speaker).collect(),
            sessions: segment.sessions.iter().map(linked).collect(),
            to_schedule: Vec::new(),
            published: segment.published,
        }
    }

    /// As the API takes a new segment.
    pub fn create(&self, event_id: cynic::Id, offset: impl Fn(DateTime) -> i32) -> Result<CreateSegmentInput, Failure> {
        let (starts_at, ends_at) = self.times(offset)?;
        Ok(CreateSegmentInput {
            event_id,
            name: self.name.clone(),
            description: Some(self.description.clone()),
            kind: Some(self.kind),
            url: self.url(),
            starts_at,
            ends_at,
            tags: Some(self.tags.clone()),
            speaker_ids: Some(self.speaker_ids()),
            session_ids: Some(self.session_ids()),
            published: Some(self.published),
        })
    }

    /// As the API takes a change: only what differs from `base`, so that somebody else's change of another field stays. What
    /// a kind has no use for goes with the kind.
    pub fn update(
        &self,
        id: cynic::Id,
        base: &Typed,
        offset: impl Fn(DateTime) -> i32,
    ) -> Result<UpdateSegmentInput, Failure> {
        let changed = |mine: &String, base: &String| (mine != base).then(|| mine.clone());
        let (starts_at, ends_at) = self.times(offset)?;
        let kind = self.kind != base.kind;
        Ok(UpdateSegmentInput {
            id,
            version: None,
            name: changed(&self.name, &base.name),
            description: changed(&self.description, &base.description),
            kind: kind.then_some(self.kind),
            url: (kind || self.url != base.url).then(|| self.url().unwrap_or_default()),
            starts_at: (self.starts != base.starts).then_some(starts_at),
            ends_at: (self.ends != base.ends).then_some(ends_at),
            tags: (self.tags != base.tags).then(|| self.tags.clone()),
            speaker_ids: (self.speakers != base.speakers).then(|| self.speaker_ids()),
            session_ids: (kind || self.sessions != base.sessions).then(|| self.session_ids()),
            published: (self.published != base.published).then_some(self.published),
        })
    }

    /// Start and end as instants, or which of them is none, as the server would say it.
    fn times(&self, offset: impl Fn(DateTime) -> i32) -> Result<(String, String), Failure> {
        let said = |read: Result<DateTime, NoInstant>, field: &str| {
            read.map(wire).map_err(|none| {
                let code = match none {
                    NoInstant::NotATime => ProblemCode::Required,
                    NoInstant::Skipped => ProblemCode::Skipped,
                };
                Problem::found(field, code)
            })
        };
        match (said(self.start(&offset), "startsAt"), said(self.end(&offset), "endsAt")) {
            (Ok(starts), Ok(ends)) => Ok((starts, ends)),
            (starts, ends) => {
                let problems = [starts.err(), ends.err()].into_iter().flatten().collect();
                Err(Failure::Refused { code: Code::InvalidInput, problems })
            }
        }
    }

    fn url(&self) -> Option<String> {
        (self.kind == SegmentKind::ExternalLink).then(|| self.url.trim().to_owned())
    }

    fn speaker_ids(&self) -> Vec<cynic::Id> {
        self.speakers.iter().map(|speaker| cynic::Id::new(speaker.id.clone())).collect()
    }

    fn session_ids(&self) -> Vec<cynic::Id> {
        let linked = self.sessions.iter().filter(|_| self.kind == SegmentKind::Sessions);
        linked.map(|session| session.id.clone()).collect()
    }

    /// Those of the sessions that have to become scheduled before the segment can lead to them (F1).
    pub fn ids_to_schedule(&self) -> Vec<cynic::Id> {
        let mut ids = self.session_ids();
        ids.retain(|id| self.to_schedule.iter().any(|own| own == id.inner()));
        ids
    }

    /// From when to when, where both are times.
    pub fn span(&self, offset: impl Fn(DateTime) -> i32) -> Option<Span> {
        Some(Span { starts: self.start(&offset).ok()?, ends: self.end(&offset).ok()? })
    }

    fn start(&self, offset: impl Fn(DateTime) -> i32) -> Result<DateTime, NoInstant> {
        let meant = self.meant.filter(|at| zoned::to_field(*at, &offset) == self.starts);
        meant.map_or_else(|| zoned::to_utc(&self.starts, &offset), Ok)
    }

    fn end(&self, offset: impl Fn(DateTime) -> i32) -> Result<DateTime, NoInstant> {
        match self.start(&offset) {
            Ok(start) => zoned::to_utc_after(&self.ends, start, &offset),
            Err(_) => zoned::to_utc(&self.ends, &offset),
        }
    }
}

/// An instant as the API takes it.
pub fn wire(at: DateTime) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The end that keeps the length when the start moves from one typed time to another; nothing where one of them is no time.
pub fn end_along(from: &str, to: &str, ends: &str, offset: impl Fn(DateTime) -> i32) -> Option<String> {
    let read = |text: &str| zoned::to_utc(text, &offset).ok();
    let (from, to, ends) = (read(from)?, read(to)?, read(ends)?);
    (ends > from).then(|| zoned::to_field(ends + (to - from), &offset))
}

/// What a server found wrong with a segment, under the names that its fields have in pages: times of a segment have other
/// rules than those of an event.
pub fn named(failure: Failure) -> Failure {
    let Failure::Refused { code, mut problems } = failure else { return failure };
    for problem in &mut problems {
        let name = match problem.field.as_str() {
            "name" => "segmentName",
            "description" => "segmentDescription",
            "startsAt" => "segmentStartsAt",
            "endsAt" => "segmentEndsAt",
            "url" => "segmentUrl",
            // Of a session that had to become scheduled for it.
            "scheduling" => "sessionIds",
            "eventId" => "segmentsOfEvent",
            _ => continue,
        };
        name.clone_into(&mut problem.field);
    }
    Failure::Refused { code, problems }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(name: &str, starts: &str) -> Typed {
        Typed { name: name.into(), ..Typed::empty(format!("2027-06-01T{starts}"), "2027-06-01T12:00".into()) }
    }

    /// Two hours ahead of UTC.
    fn summer(_: DateTime) -> i32 {
        120
    }

    #[test]
    fn f7_what_another_organizer_changes_shows_and_what_one_typed_stays() {
        let (base, mine, theirs) = (typed("a", "10:00"), typed("b", "10:00"), typed("a", "11:00"));
        assert_eq!(mine.merge(&base, &theirs), (typed("b", "11:00"), vec![]));
        assert_eq!(mine.merge(&base, &typed("c", "10:00")), (typed("b", "10:00"), vec!["name"]));
        assert_eq!(mine.merge(&base, &mine), (typed("b", "10:00"), vec![]), "they agree");
    }

    #[test]
    fn f7_one_field_is_taken_as_the_other_one_saved_it_and_the_rest_stays() {
        let (mine, saved) = (typed("b", "10:00"), typed("c", "11:00"));
        assert_eq!(mine.taking("name", &saved), typed("c", "10:00"));
        assert_eq!(mine.taking("startsAt", &saved), typed("b", "11:00"));
    }

    #[test]
    fn f4_only_changed_fields_are_sent_and_times_as_instants() {
        let base = typed("a", "10:00");
        let input = typed("a", "11:00").update(cynic::Id::new("1"), &base, summer).unwrap();
        assert_eq!(input.starts_at.as_deref(), Some("2027-06-01T09:00:00.000Z"));
        assert!(input.name.is_none() && input.ends_at.is_none() && input.session_ids.is_none());
    }

    #[test]
    fn f4_a_break_leads_to_no_session_and_only_a_link_has_an_address() {
        let session = Linked { id: cynic::Id::new("session:1"), title: "Room".into() };
        let base = Typed { sessions: vec![session], ..typed("a", "10:00") };
        let pause = Typed { kind: SegmentKind::Break, url: "https://example.org".into(), ..base.clone() };
        let input = pause.update(cynic::Id::new("1"), &base, summer).unwrap();
        assert_eq!((input.session_ids, input.url.as_deref()), (Some(vec![]), Some("")));
        assert_eq!(pause.sessions.len(), 1, "what was chosen is back when the kind is");
    }

    #[test]
    fn f1_only_sessions_that_it_leads_to_become_scheduled_with_it() {
        let session = |id: &str| Linked { id: cynic::Id::new(id), title: "Room".into() };
        let typed = Typed {
            sessions: vec![session("session:1"), session("session:2")],
            to_schedule: vec!["session:2".into(), "session:3".into()],
            ..typed("a", "10:00")
        };
        assert_eq!(typed.ids_to_schedule(), [cynic::Id::new("session:2")]);
        let pause = Typed { kind: SegmentKind::Break, ..typed.clone() };
        assert_eq!(pause.ids_to_schedule(), []);
        let saved = Typed { to_schedule: vec![], ..typed.clone() };
        assert_eq!(typed.merge(&typed, &saved), (saved.clone(), vec![]), "it is done once it is saved");
    }

    #[test]
    fn f4_what_is_no_time_is_named_before_anything_is_sent() {
        let failure = typed("a", "").create(cynic::Id::new("1"), summer).unwrap_err();
        let named = named(failure);
        assert_eq!(named.problems()[0].field, "segmentStartsAt");
        assert_eq!(named.problems().len(), 1);
    }

    #[test]
    fn f4_in_the_hour_that_comes_twice_a_segment_is_where_it_was_put() {
        // Clocks go back from 12:00 to 11:00, at 10:00 UTC.
        let autumn = |at: DateTime| if at < "2027-06-01T10:00:00Z".parse::<DateTime>().unwrap() { 120 } else { 60 };
        let put = |meant: &str| Typed {
            meant: Some(format!("2027-06-01T{meant}:00Z").parse().unwrap()),
            ends: "2027-06-01T11:45".into(),
            ..typed("a", "11:15")
        };
        let times = |typed: Typed| {
            let input = typed.create(cynic::Id::new("1"), autumn).unwrap();
            (input.starts_at[11..16].to_owned(), input.ends_at[11..16].to_owned())
        };
        assert_eq!(times(put("09:15")), ("09:15".into(), "09:45".into()));
        assert_eq!(times(put("10:15")), ("10:15".into(), "10:45".into()));
        // Somebody typed another start: of two, it is the first.
        let moved = Typed { starts: "2027-06-01T11:20".into(), ..put("10:15") };
        assert_eq!(times(moved), ("09:20".into(), "09:45".into()));
    }

    #[test]
    fn f7_the_end_moves_along_with_the_start() {
        let along = |to, ends| end_along("2027-06-01T10:00", to, ends, summer);
        assert_eq!(along("2027-06-02T09:30", "2027-06-01T11:00").as_deref(), Some("2027-06-02T10:30"));
        assert_eq!(along("2027-06-02T09:30", "2027-06-01T09:00"), None, "it was no length");
        assert_eq!(along("", "2027-06-01T11:00"), None);
    }
}
