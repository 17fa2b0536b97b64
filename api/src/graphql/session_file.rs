//! Sessions from a CSV file, in GraphQL (B10).

use super::context::{Ask, parse};
use crate::ops::session::import;
use crate::table::{LineProblem, Report};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};

/// For `importSessions`.
#[derive(InputObject)]
struct ImportSessionsInput {
    /// The event.
    event_id: ID,
    /// A CSV file: its first line names the columns Title, Description, Tags, Display size, Priority, Who can watch, Ticket
    /// types, Who can share, Scheduling, Maximum participants, YouTube sharing and Record, in any order; only Title must be there. Up to
    /// 1,000 lines. A file that is larger than a GraphQL request may be, or not in UTF-8, is posted to
    /// `/events/ID/sessions.csv` instead.
    csv: String,
    /// True to hear what the import would do, without doing it.
    dry_run: bool,
}

/// What an import of sessions did, or would do.
#[derive(SimpleObject)]
struct ImportSessionsPayload {
    /// Lines with something in them, the first one apart.
    lines: usize,
    /// How many sessions are made by it.
    added: usize,
    /// Lines whose title a session of the event has already; it stays as it is.
    already: usize,
    /// The lines that are left out, in their order.
    problems: Vec<SessionLineProblem>,
    /// Columns of the file that mean nothing here.
    unknown_columns: Vec<String>,
}

/// Why a line of the file is left out.
#[derive(SimpleObject)]
struct SessionLineProblem {
    /// As editors count, from 1.
    line: u64,
    /// What is wrong.
    code: SessionLineProblemCode,
    /// The same for people, and what to do.
    message: String,
}

/// What is wrong with a line of a file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::ops::session::import::line::Reason")]
enum SessionLineProblemCode {
    /// The title is missing or too long.
    Title,
    /// The description is too long.
    Description,
    /// A tag is too long, or there are too many.
    Tags,
    /// The display size is none.
    DisplaySize,
    /// The priority is no number, or out of bounds.
    Priority,
    /// The answer to who can watch is none.
    WatchAccess,
    /// The event has no such ticket type.
    UnknownTicketType,
    /// It is for ticket holders, and no ticket type is named.
    TicketTypes,
    /// The answer to who can share is none.
    ShareAccess,
    /// The scheduling is none.
    Scheduling,
    /// The maximum of participants is no number from 1 to 50.
    MaxParticipants,
    /// The answer to whether a YouTube video may be shared is none.
    YoutubeSharing,
    /// The answer to whether it is recorded is none.
    Record,
    /// The same title was in a line before.
    Twice,
}

#[derive(Default)]
pub(super) struct SessionFileMutation;

#[Object]
impl SessionFileMutation {
    /// Makes the sessions of a CSV file, or says what that would do; lines at fault are left out. For organizers.
    async fn import_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: ImportSessionsInput,
    ) -> Result<ImportSessionsPayload> {
        let id = parse(&input.event_id, "event")?;
        let report = import::import(ctx.app(), &ctx.caller(), id, input.csv.into_bytes(), input.dry_run).await?;
        let Report { lines, added, already, problems, unknown_columns } = report;
        let problem = |one: LineProblem<import::line::Reason>| SessionLineProblem {
            line: one.line,
            code: one.reason.into(),
            message: one.message,
        };
        let problems = problems.into_iter().map(problem).collect();
        Ok(ImportSessionsPayload { lines, added, already, problems, unknown_columns })
    }
}
