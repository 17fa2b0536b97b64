//! What the lines of a schedule's file say, before the event's sessions and people are asked (F7). Pure.

use crate::clock::Time;
use crate::ids::SegmentId;
use crate::limits;
use crate::local_time;
use crate::model::event::Event;
use crate::model::segment::{Kind, Segment};
use crate::table::{Columns, Fault, LineProblem, Row, Seen, Table};
use crate::validate::Problems;
use serde::Serialize;
use std::collections::HashSet;

/// The field of the input that holds the file.
pub(super) const FIELD: &str = "csv";

/// The columns, each with the names that it may have; the first is the one that an export writes.
pub(super) const COLUMNS: [&[&str]; 10] = [
    &["Name", "Title"],
    &["Type", "Kind"],
    &["Start", "Starts at", "Start time", "From"],
    &["End", "Ends at", "End time", "To"],
    &["Description"],
    &["Link", "URL"],
    &["Tags", "Tag"],
    &["Speakers", "Speaker"],
    &["Sessions", "Session"],
    &["Published"],
];

const NAME: usize = 0;
const TYPE: usize = 1;
const START: usize = 2;
const END: usize = 3;
const DESCRIPTION: usize = 4;
const LINK: usize = 5;
const TAGS: usize = 6;
const SPEAKERS: usize = 7;
const SESSIONS: usize = 8;
const PUBLISHED: usize = 9;

/// What is wrong with a line. Stable: pages translate by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    Name,
    Type,
    Time,
    Outside,
    Link,
    Text,
    UnknownSpeaker,
    UnknownSession,
    AmbiguousSession,
    AlwaysOpenSession,
    BreakOverlaps,
    Twice,
    Full,
}

/// A line that can be read.
pub(super) struct Line {
    pub line: u64,
    pub segment: Segment,
    pub tags: Vec<String>,
    /// Email addresses in lower case.
    pub speakers: Vec<String>,
    /// The whole cell, and its parts.
    pub sessions: (String, Vec<String>),
}

/// Where the columns stand; three of them have to be there.
pub(super) fn columns(table: &Table) -> Result<Columns<10>, Fault> {
    let columns = table.columns(COLUMNS)?;
    let missing: Vec<&'static str> =
        [NAME, START, END].into_iter().filter(|at| columns.at[*at].is_none()).map(|at| COLUMNS[at][0]).collect();
    if missing.is_empty() { Ok(columns) } else { Err(Fault::Missing(missing)) }
}

/// Takes a row apart.
pub(super) fn read(
    row: &Row,
    columns: &Columns<10>,
    event: &Event,
    (id, now): (SegmentId, Time),
    seen: &mut Seen,
) -> Result<Line, LineProblem<Reason>> {
    let refused = |(reason, message): Refused| LineProblem::new(row.line, reason, message);
    let cell = |at: usize| row.cell(columns.at[at]);
    let segment = segment(&cell, event, (id, now)).map_err(refused)?;
    let tags = tags(cell(TAGS)).map_err(refused)?;
    let speakers: Vec<String> = parts(cell(SPEAKERS)).iter().map(|email| email.to_lowercase()).collect();
    let sessions = (cell(SESSIONS).to_owned(), parts(cell(SESSIONS)));
    for (count, most, what) in [
        (speakers.len(), limits::SPEAKERS_OF_SEGMENT, "speakers"),
        (sessions.1.len(), limits::SESSIONS_OF_SEGMENT, "sessions"),
    ] {
        if count > most {
            let message = format!("A segment has {most} {what} at the most. Remove some.");
            return Err(refused((Reason::Text, message)));
        }
    }
    if segment.kind != Kind::Sessions && !sessions.1.is_empty() {
        let message = "Only a segment of the type Sessions leads to sessions. Change its type, or remove them.";
        return Err(refused((Reason::Type, message.into())));
    }
    if !seen.is_first(&key(&segment)) {
        let message = "A line before has the same name and start. Remove one of them.";
        return Err(refused((Reason::Twice, message.into())));
    }
    Ok(Line { line: row.line, segment, tags, speakers, sessions })
}

/// What is wrong with a cell.
type Refused = (Reason, String);

/// The segment's own fields, by what its cells say.
fn segment<'a>(
    cell: &impl Fn(usize) -> &'a str,
    event: &Event,
    (id, now): (SegmentId, Time),
) -> Result<Segment, Refused> {
    let name = checked(Reason::Name, |problems| problems.line("Name", cell(NAME), limits::SEGMENT_NAME))?;
    let description =
        checked(Reason::Text, |problems| problems.text("Description", cell(DESCRIPTION), limits::SEGMENT_DESCRIPTION))?;
    let unknown = || (Reason::Type, "Type must be Sessions, Break or External link; empty means Sessions.".to_owned());
    let kind = kind(cell(TYPE)).ok_or_else(unknown)?;
    let url = checked(Reason::Link, |problems| super::draft::link(problems, cell(LINK)))?;
    let time = |at: usize| {
        let read = local_time::parse(local_time::zone(&event.time_zone), cell(at));
        read.map_err(|fault| (Reason::Time, fault.message(COLUMNS[at][0])))
    };
    let (starts_at, ends_at) = (time(START)?, time(END)?);
    let window = Segment::window(starts_at, ends_at, event);
    let unclear = || (Reason::Text, "Published must be yes or no; empty means no.".to_owned());
    let segment = Segment {
        id,
        event_id: event.id,
        name,
        description,
        kind,
        url: if kind == Kind::Link { url } else { String::new() },
        starts_at,
        ends_at,
        opens_at: window.opens_at,
        closes_at: window.closes_at,
        published: published(cell(PUBLISHED)).ok_or_else(unclear)?,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    check(&segment, event)?;
    Ok(segment)
}

fn checked<T>(reason: Reason, check: impl FnOnce(&mut Problems) -> T) -> Result<T, Refused> {
    let mut problems = Problems::default();
    let value = check(&mut problems);
    problems.finish().map(|()| value).map_err(|error| (reason, error.message()))
}

/// What makes two segments the same for an import.
pub(super) fn key(segment: &Segment) -> String {
    format!("{} {}", segment.starts_at.millis(), segment.name.to_lowercase())
}

fn check(segment: &Segment, event: &Event) -> Result<(), Refused> {
    let mut problems = Problems::default();
    super::draft::check(&mut problems, segment, event);
    let Err(error) = problems.finish() else { return Ok(()) };
    let inside = segment.starts_at >= event.starts_at && segment.ends_at <= event.ends_at;
    let reason = if segment.ends_at <= segment.starts_at {
        Reason::Time
    } else if inside {
        Reason::Link
    } else {
        Reason::Outside
    };
    Err((reason, error.message()))
}

fn kind(text: &str) -> Option<Kind> {
    match text.to_lowercase().as_str() {
        "" | "session" | "sessions" => Some(Kind::Sessions),
        "break" => Some(Kind::Break),
        "link" | "external link" | "external_link" => Some(Kind::Link),
        _ => None,
    }
}

fn published(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "x" | "published" => Some(true),
        "" | "no" | "false" | "0" | "draft" => Some(false),
        _ => None,
    }
}

fn tags(cell: &str) -> Result<Vec<String>, Refused> {
    let mut seen = HashSet::new();
    let names: Vec<String> = parts(cell).into_iter().filter(|name| seen.insert(name.to_lowercase())).collect();
    checked(Reason::Text, |problems| {
        for name in &names {
            problems.line("Tags", name, limits::TAG);
        }
    })?;
    if names.len() > limits::TAGS {
        let message = format!("A segment has {} tags at the most. Remove some.", limits::TAGS);
        return Err((Reason::Text, message));
    }
    Ok(names)
}

/// What stands in one cell: lines of it, or parts between bars.
fn parts(cell: &str) -> Vec<String> {
    let separator = if cell.contains('\n') { '\n' } else { '|' };
    cell.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The same the other way round.
pub(super) fn joined(parts: &[String]) -> String {
    let bars = parts.len() > 1 && parts.iter().any(|part| part.contains('|'));
    parts.join(if bars { "\n" } else { " | " })
}

/// The type as a file says it.
pub(super) fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Sessions => "Sessions",
        Kind::Break => "Break",
        Kind::Link => "External link",
    }
}
