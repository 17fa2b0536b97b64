//! One line of a file of sessions: its cells read, and written again (B10). Pure.

use crate::error::Error;
use crate::ids::TicketTypeId;
use crate::limits;
use crate::model::session::{DisplaySize, Scheduling, Session, ShareAccess, WatchAccess};
use crate::model::ticket_type::TicketType;
use crate::ops::ticket_type;
use crate::table::{LineProblem, Row};
use crate::validate::Problems;
use serde::Serialize;
use std::ops::RangeInclusive;

/// The columns, each with the names that it may have; the first is the one that an export writes. Only the title must be
/// there: an empty cell, or none, is what a new session begins with.
pub const COLUMNS: [&[&str]; 12] = [
    &["Title", "Name", "Session"],
    &["Description"],
    &["Tags", "Tag"],
    &["Display size", "Size"],
    &["Priority"],
    &["Who can watch", "Access"],
    &["Ticket types", "Ticket type", "Tickets"],
    &["Who can share"],
    &["Scheduling"],
    &["Maximum participants", "Max participants", "Seats"],
    &["YouTube sharing", "YouTube"],
    &["Record", "Recording", "Recorded"],
];

/// The words for each setting; the first is the one that an export writes. Case, blanks and hyphens do not count.
const SIZES: [(DisplaySize, &[&str]); 2] = [(DisplaySize::Medium, &["Medium"]), (DisplaySize::Large, &["Large"])];
const WATCH: [(WatchAccess, &[&str]); 4] = [
    (WatchAccess::Anyone, &["Anyone", "Everybody"]),
    (WatchAccess::Private, &["Private"]),
    (WatchAccess::Tickets, &["Ticket holders", "Tickets"]),
    (WatchAccess::Unlisted, &["Unlisted"]),
];
const SHARE: [(ShareAccess, &[&str]); 3] = [
    (ShareAccess::Anyone, &["Anyone", "Everybody"]),
    (ShareAccess::InviteOnly, &["Invite only"]),
    (ShareAccess::Moderated, &["Moderated"]),
];
const SCHEDULING: [(Scheduling, &[&str]); 2] =
    [(Scheduling::AlwaysOpen, &["Always open"]), (Scheduling::Scheduled, &["Scheduled"])];

const SWITCH: [(bool, &[&str]); 2] = [(false, &["Off", "No", "False"]), (true, &["On", "Yes", "True"])];

/// A line that can be read.
#[derive(Debug, PartialEq)]
pub struct Line {
    pub title: String,
    pub description: String,
    pub tags: Vec<String>,
    pub display_size: DisplaySize,
    pub priority: i32,
    pub watch_access: WatchAccess,
    pub tickets: Vec<TicketTypeId>,
    pub share_access: ShareAccess,
    pub scheduling: Scheduling,
    pub max_participants: i32,
    pub youtube_sharing: bool,
    pub record: bool,
}

/// What can be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    Title,
    Description,
    Tags,
    DisplaySize,
    Priority,
    WatchAccess,
    UnknownTicketType,
    TicketTypes,
    ShareAccess,
    Scheduling,
    MaxParticipants,
    YoutubeSharing,
    Record,
    Twice,
}

type Read<T> = Result<T, (Reason, String)>;

pub fn twice(line: u64) -> LineProblem<Reason> {
    let message = "A line before has the same title. Remove one of them, or name them apart.".into();
    LineProblem::new(line, Reason::Twice, message)
}

/// What the row says, or the first thing that is wrong with it.
pub fn read(row: &Row, at: &[Option<usize>; 12], tickets: &[TicketType]) -> Result<Line, LineProblem<Reason>> {
    let cells = at.map(|column| row.cell(column));
    line(cells, tickets).map_err(|(reason, message)| LineProblem::new(row.line, reason, message))
}

fn line(cells: [&str; 12], known: &[TicketType]) -> Read<Line> {
    let [title, description, tags, size, priority, watch, tickets, share, scheduling, max, youtube, record] = cells;
    let title = checked(Reason::Title, |problems| problems.line("Title", title, limits::TITLE))?;
    let description =
        checked(Reason::Description, |problems| problems.text("Description", description, limits::DESCRIPTION))?;
    let line = Line {
        title,
        description,
        tags: read_tags(tags)?,
        display_size: word(Reason::DisplaySize, size, &SIZES)?,
        priority: number(Reason::Priority, priority, 0, limits::PRIORITY)?,
        watch_access: word(Reason::WatchAccess, watch, &WATCH)?,
        tickets: read_tickets(tickets, known)?,
        share_access: word(Reason::ShareAccess, share, &SHARE)?,
        scheduling: word(Reason::Scheduling, scheduling, &SCHEDULING)?,
        max_participants: number(
            Reason::MaxParticipants,
            max,
            *limits::MAX_PARTICIPANTS.end(),
            limits::MAX_PARTICIPANTS,
        )?,
        youtube_sharing: word(Reason::YoutubeSharing, youtube, &SWITCH)?,
        record: word(Reason::Record, record, &SWITCH)?,
    };
    if line.watch_access == WatchAccess::Tickets && line.tickets.is_empty() {
        let message = "Name at least one ticket type, or another answer to who can watch.";
        return Err((Reason::TicketTypes, message.into()));
    }
    Ok(line)
}

fn checked<T>(reason: Reason, check: impl FnOnce(&mut Problems) -> T) -> Read<T> {
    let mut problems = Problems::default();
    let value = check(&mut problems);
    problems.finish().map_err(|error: Error| (reason, error.message()))?;
    Ok(value)
}

fn number(reason: Reason, cell: &str, default: i32, range: RangeInclusive<i32>) -> Read<i32> {
    if cell.is_empty() {
        return Ok(default);
    }
    let found = cell.parse::<i32>().ok().filter(|number| range.contains(number));
    found.ok_or_else(|| (reason, format!("Give a whole number from {} to {}.", range.start(), range.end())))
}

/// One of the words, or the first where the cell is empty.
fn word<T: Copy>(reason: Reason, cell: &str, words: &[(T, &[&str])]) -> Read<T> {
    let key =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = key(cell);
    let found = words.iter().find(|(_, names)| wanted.is_empty() || names.iter().any(|name| key(name) == wanted));
    found.map(|(value, _)| *value).ok_or_else(|| {
        let names: Vec<String> = words.iter().map(|(_, names)| format!("\"{}\"", names[0])).collect();
        (reason, format!("Write {}.", names.join(" or ")))
    })
}

/// Apart by semicolons or commas; names that differ only in case are one.
fn read_tags(cell: &str) -> Read<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for name in cell.split([';', ',']).map(str::trim).filter(|name| !name.is_empty()) {
        let name = checked(Reason::Tags, |problems| problems.line("Tags", name, limits::TAG))?;
        if tags.iter().all(|other| other.to_lowercase() != name.to_lowercase()) {
            tags.push(name);
        }
    }
    if tags.len() > limits::TAGS {
        return Err((Reason::Tags, format!("A session has {} tags at the most.", limits::TAGS)));
    }
    Ok(tags)
}

/// Apart by semicolons or commas. A name may have some in it: of the names that fit, the longest counts.
fn read_tickets(cell: &str, known: &[TicketType]) -> Read<Vec<TicketTypeId>> {
    let find = |name: &str| known.iter().find(|ticket| ticket.name_key == name.trim().to_lowercase()).map(|one| one.id);
    let (mut rest, mut found) = (cell, Vec::new());
    while !rest.trim().is_empty() {
        let ends = rest.match_indices([';', ',']).map(|(at, _)| at).chain([rest.len()]);
        let ends: Vec<usize> = ends.take(limits::TICKETS_OF_SESSION).collect();
        let first = ends.first().copied().unwrap_or(rest.len());
        let fits = ends.iter().rev().find_map(|end| Some((find(&rest[..*end])?, *end)));
        let end = match fits {
            Some((ticket, end)) => {
                found.push(ticket);
                end
            }
            None if rest[..first].trim().is_empty() => first,
            None => return Err((Reason::UnknownTicketType, ticket_type::no_such(rest[..first].trim(), known))),
        };
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The cells of a session, in the order of the columns, and its link.
pub fn written(session: &Session, tags: Option<String>, tickets: Option<String>, link: String) -> Vec<String> {
    fn word<T: PartialEq>(value: T, words: &[(T, &[&str])]) -> String {
        words.iter().find(|(known, _)| *known == value).map(|(_, names)| names[0].to_owned()).unwrap_or_default()
    }
    vec![
        session.title.clone(),
        session.description.clone(),
        tags.unwrap_or_default(),
        word(session.display_size, &SIZES),
        session.priority.to_string(),
        word(session.watch_access, &WATCH),
        tickets.unwrap_or_default(),
        word(session.share_access, &SHARE),
        word(session.scheduling, &SCHEDULING),
        session.max_participants.to_string(),
        word(session.youtube_sharing, &SWITCH),
        word(session.record, &SWITCH),
        link,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> [&'static str; 12] {
        ["T", "", "", "", "", "", "", "", "", "", "", ""]
    }

    #[test]
    fn b10_an_empty_cell_is_what_a_new_session_begins_with() {
        let line = line(empty(), &[]).unwrap();
        assert_eq!((line.priority, line.max_participants), (0, 50));
        assert_eq!((line.youtube_sharing, line.record), (false, false));
        assert_eq!((line.display_size, line.scheduling), (DisplaySize::Medium, Scheduling::AlwaysOpen));
        assert_eq!((line.watch_access, line.share_access), (WatchAccess::Anyone, ShareAccess::Anyone));
    }

    #[test]
    fn b10_words_are_read_whatever_their_case_blanks_and_hyphens() {
        let cells = [
            "T",
            "",
            "Maps, maps;  Rust ",
            "LARGE",
            "-3",
            "un-listed",
            "",
            "invite only",
            "ALWAYS-OPEN",
            "7",
            "YES",
            "on",
        ];
        let line = line(cells, &[]).unwrap();
        assert_eq!(line.tags, ["Maps", "Rust"]);
        assert_eq!((line.display_size, line.priority, line.max_participants), (DisplaySize::Large, -3, 7));
        assert!(line.youtube_sharing && line.record);
        assert_eq!((line.watch_access, line.share_access), (WatchAccess::Unlisted, ShareAccess::InviteOnly));
    }

    #[test]
    fn b10_each_cell_has_a_problem_of_its_own() {
        let long = "x".repeat(141);
        let many = (0..11).map(|number| format!("t{number}")).collect::<Vec<_>>().join(";");
        let cases: [(usize, &str, Reason); 15] = [
            (0, "", Reason::Title),
            (0, &long, Reason::Title),
            (1, &long, Reason::Description),
            (2, &long, Reason::Tags),
            (2, &many, Reason::Tags),
            (3, "huge", Reason::DisplaySize),
            (4, "first", Reason::Priority),
            (5, "nobody", Reason::WatchAccess),
            (5, "Ticket holders", Reason::TicketTypes),
            (6, "VIP", Reason::UnknownTicketType),
            (7, "nobody", Reason::ShareAccess),
            (8, "never", Reason::Scheduling),
            (9, "51", Reason::MaxParticipants),
            (10, "maybe", Reason::YoutubeSharing),
            (11, "sometimes", Reason::Record),
        ];
        for (place, cell, reason) in cases {
            let mut cells = empty();
            cells[place] = cell;
            assert_eq!(line(cells, &[]).map_err(|(reason, _)| reason), Err(reason), "{place}");
        }
    }
}
