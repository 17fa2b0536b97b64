//! The schedule as a file, in GraphQL (F7).

use super::context::{Ask, parse};
use crate::ops::segment::import::{self, Imported, Reason};
use crate::table::{LineProblem, Report};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};

/// For `importSegments`.
#[derive(InputObject)]
struct ImportSegmentsInput {
    /// The event.
    event_id: ID,
    /// A CSV file: its first line names the columns, in any order: Name, Start and End, and if wanted Type (Sessions, Break or
    /// External link), Description, Link, Tags, Speakers (email addresses), Sessions (titles) and Published (yes or no). What
    /// stands several times in a cell is kept apart by bars, or stands on lines of its own. Start and End are dates with times of
    /// day in the event's time zone, like 2027-03-28 09:30. A file that is larger than a GraphQL request may be, or not in UTF-8,
    /// is posted to `/events/ID/segments.csv` instead.
    csv: String,
    /// True to hear what it would do, without doing it.
    dry_run: bool,
}

/// What an import of segments did, or would do.
#[derive(SimpleObject)]
struct ImportSegmentsPayload {
    /// Lines with something in them, the first one apart.
    lines: usize,
    /// Segments that are made by it.
    added: usize,
    /// Lines whose name and start a segment has already, which stays as it is.
    already: usize,
    /// Lines that are left out, in their order.
    problems: Vec<SegmentLineProblem>,
    /// Tags that the event did not have before.
    new_tags: Vec<String>,
    /// Columns that mean nothing here.
    unknown_columns: Vec<String>,
}

/// Why a line is left out.
#[derive(SimpleObject)]
struct SegmentLineProblem {
    /// The line in the file, as editors count, from 1.
    line: u64,
    /// What is wrong, for programs.
    code: SegmentLineProblemCode,
    /// What is wrong and what to do.
    message: String,
    /// The names of the two segments that would overlap, the line's own first; empty where something else is wrong.
    names: Vec<String>,
}

/// What is wrong with a line.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Reason")]
enum SegmentLineProblemCode {
    /// The name is missing or too long.
    Name,
    /// The type is unknown, or is one that leads to no sessions.
    Type,
    /// A time cannot be read, does not exist, comes twice, or the end is not after the start.
    Time,
    /// It is not within the event's time.
    Outside,
    /// The link is missing, or is no https address.
    Link,
    /// Some other cell is too long, has too much in it, or cannot be read.
    Text,
    /// Nobody is registered with that email address.
    UnknownSpeaker,
    /// The event has no such session.
    UnknownSession,
    /// Several sessions have this title.
    AmbiguousSession,
    /// The session is always open.
    AlwaysOpenSession,
    /// A break and another segment would overlap.
    BreakOverlaps,
    /// A line before has the same name and start.
    Twice,
    /// The event has as many segments as it may, or the session does.
    Full,
}

#[derive(Default)]
pub(super) struct SegmentImportMutation;

#[Object]
impl SegmentImportMutation {
    /// Makes the segments of a CSV file, or says what that would do; lines at fault are left out. For organizers.
    async fn import_segments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: ImportSegmentsInput,
    ) -> Result<ImportSegmentsPayload> {
        let id = parse(&input.event_id, "event")?;
        let file = input.csv.into_bytes();
        let Imported { report, new_tags } = import::import(ctx.app(), &ctx.caller(), id, file, input.dry_run).await?;
        let Report { lines, added, already, problems, unknown_columns } = report;
        let problem = |one: LineProblem<Reason>| SegmentLineProblem {
            line: one.line,
            code: one.reason.into(),
            message: one.message,
            names: one.names,
        };
        let problems = problems.into_iter().map(problem).collect();
        Ok(ImportSegmentsPayload { lines, added, already, problems, new_tags, unknown_columns })
    }
}
