//! A large event for measurements and for looking at: made through the functions that people use, in an empty database.

use super::demo::{self, PEOPLE};
use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{EventId, SessionId};
use crate::local_time;
use crate::model::session::{DisplaySize, Scheduling, ShareAccess, WatchAccess};
use crate::ops::event::NewEvent;
use crate::ops::message::written::{self, Said};
use crate::ops::session::NewSession;
use crate::table;
use crate::validate::{Code, Problem};

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub sessions: usize,
    pub segments: usize,
    pub tags: usize,
    pub people: usize,
    /// In the chat of the first session.
    pub messages: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { sessions: 1_000, segments: 300, tags: 200, people: 5_000, messages: 3_000 }
    }
}

impl Size {
    /// From arguments like `--sessions=1000`; what is not given stays as it is by default.
    pub fn parse(arguments: impl Iterator<Item = String>) -> std::result::Result<Self, String> {
        let mut size = Self::default();
        for argument in arguments {
            let wrong = || {
                let known = "--sessions=N, --segments=N, --tags=N, --people=N, --messages=N";
                format!("unknown argument {argument}. Use {known}.")
            };
            let (name, count) = argument.split_once('=').ok_or_else(wrong)?;
            let count = count.parse().map_err(|_no_number| wrong())?;
            match name {
                "--sessions" => size.sessions = count,
                "--segments" => size.segments = count,
                "--tags" => size.tags = count,
                "--people" => size.people = count,
                "--messages" => size.messages = count,
                _ => return Err(wrong()),
            }
        }
        Ok(size)
    }
}

/// The slug of the event.
pub const SLUG: &str = "large";

const HOUR: i64 = 3600;
/// The event lasts from two hours ago for three days.
const HOURS: i64 = 72;
const ZONE: &str = "Europe/Berlin";

/// Tags that a session or a segment has.
const TAGS_EACH: usize = 4;
/// Sessions that a segment leads to.
const SESSIONS_EACH: usize = 3;

/// Makes the event, which is live, with the people of the demo and many others.
pub async fn seed(app: &App, size: Size) -> Result<()> {
    if !super::account::needs_set_up(app).await? {
        let message = "The database is not empty. Use another DATA_DIR.";
        return Err(Problem::new("database", Code::InUse, message).into());
    }
    let now = app.clock.now();
    let organizer = demo::people(app, now).await?;
    let event = event(app, &organizer, now).await?;
    people(app, &organizer, event, size).await?;
    for index in 0..size.sessions {
        let view = super::session::create(app, &organizer, session(event, index, size)).await?;
        if index == 0 {
            chat(app, view.session.id, size).await?;
        }
    }
    schedule(app, &organizer, event, now, size).await
}

async fn event(app: &App, organizer: &Caller, now: Time) -> Result<EventId> {
    let starts_at = now.plus_seconds(-2 * HOUR);
    let input = NewEvent {
        organization: organizer.organizes[0],
        slug: SLUG.into(),
        name: "A Large Congress".into(),
        description: "Many rooms, many people.".into(),
        starts_at,
        ends_at: starts_at.plus_seconds(HOURS * HOUR),
        time_zone: ZONE.into(),
    };
    let id = super::event::create(app, organizer, input).await?.id;
    super::event::publish(app, organizer, id, true).await?;
    Ok(id)
}

async fn people(app: &App, organizer: &Caller, event: EventId, size: Size) -> Result<()> {
    let known = PEOPLE.iter().map(|(name, email)| vec![(*name).to_owned(), (*email).to_owned()]);
    let others =
        (0..size.people.saturating_sub(PEOPLE.len())).map(|index| vec![format!("Person {index:05}"), email(index)]);
    let file = table::write(&["Name", "Email"], known.chain(others)).into_bytes();
    // Nobody of them exists, so nobody gets a mail.
    let report = super::registration::import::import_silently(app, organizer, event, file).await?;
    match report.problems.first() {
        None => Ok(()),
        Some(problem) => {
            tracing::error!(line = problem.line, message = %problem.message, "a person was not seeded");
            Err(Error::Internal)
        }
    }
}

/// What people say again and again.
const SENTENCES: [&str; 8] = [
    "Good morning from the back row.",
    "Which room was that, the one with the map?",
    "The slides are at https://example.org/slides, if anybody looks for them.",
    "We tried the same last year, with half as many people. It took three weeks, and in the end two of us did most of the work.",
    "👏",
    "Can you say that again? The sound was gone for a moment.",
    "Thank you!",
    "I would rather begin with the catalogue.\n\nEverything else follows from it.",
];

/// Of the people, so many write.
const WRITERS: usize = 45;

/// A long conversation, up to now.
async fn chat(app: &App, session: SessionId, size: Size) -> Result<()> {
    let others = size.people.saturating_sub(PEOPLE.len()).min(WRITERS);
    let emails: Vec<String> =
        PEOPLE.iter().map(|(_, email)| (*email).to_owned()).chain((0..others).map(email)).collect();
    let people = demo::ids_of(app, emails).await?;
    let count = people.len().max(1);
    let said = |index: usize| Said {
        reply_to: (index % 10 == 9).then(|| index - 3),
        reactions: if index.is_multiple_of(7) {
            vec![(index % count, "👍"), ((index + 1) % count, "🎉")]
        } else {
            vec![]
        },
        ..Said::new(
            index * 7 % count,
            i64::try_from(size.messages - index).unwrap_or(0),
            format!("{} ({})", SENTENCES[index % SENTENCES.len()], index + 1),
        )
    };
    written::write(app, session, people, (0..size.messages).map(said).collect()).await
}

/// What the title of a session, or the tags of anything, are made of.
fn tags(index: usize, size: Size) -> Vec<String> {
    let each = TAGS_EACH.min(size.tags);
    (0..each).map(|step| format!("tag {:03}", (index * each + step) % size.tags)).collect()
}

/// Somebody else for every segment, and again and again the attendee whom one signs in as.
fn speaker(index: usize, size: Size) -> String {
    let others = size.people.saturating_sub(PEOPLE.len());
    if others == 0 || index.is_multiple_of(10) { PEOPLE[2].1.into() } else { email(index % others) }
}

fn email(index: usize) -> String {
    format!("person{index}@example.org")
}

fn title(index: usize) -> String {
    format!("Session {index:04}: what we learned in small rooms")
}

/// Two of three are scheduled.
fn is_scheduled(index: usize) -> bool {
    !index.is_multiple_of(3)
}

fn session(event: EventId, index: usize, size: Size) -> NewSession {
    NewSession {
        event,
        title: title(index),
        description: "What we learned from a hundred small rooms, and what we would do again.".into(),
        additional_information: String::new(),
        tags: tags(index, size),
        display_size: if index.is_multiple_of(7) { DisplaySize::Large } else { DisplaySize::Medium },
        priority: i32::try_from(index % 5).unwrap_or(0),
        watch_access: match index % 20 {
            5 => WatchAccess::Private,
            11 => WatchAccess::Unlisted,
            _ => WatchAccess::Anyone,
        },
        share_access: if index.is_multiple_of(4) { ShareAccess::Moderated } else { ShareAccess::Anyone },
        max_participants: 50,
        youtube_sharing: false,
        record: false,
        scheduling: if is_scheduled(index) { Scheduling::Scheduled } else { Scheduling::AlwaysOpen },
        tickets: Vec::new(),
        picture: None,
        picture_alt: String::new(),
    }
}

/// Segments of 45 minutes, spread over the event, each with sessions, tags and speakers.
async fn schedule(app: &App, organizer: &Caller, event: EventId, now: Time, size: Size) -> Result<()> {
    let zone = local_time::zone(ZONE);
    let scheduled: Vec<usize> = (0..size.sessions).filter(|index| is_scheduled(*index)).collect();
    let slots = i64::try_from(size.segments.max(1)).unwrap_or(i64::MAX);
    let row = |index: usize| {
        let step = (HOURS - 1) * HOUR * i64::try_from(index).unwrap_or(0) / slots;
        let start = now.plus_seconds(-2 * HOUR + step / 60 * 60);
        let each = SESSIONS_EACH.min(scheduled.len());
        let sessions: Vec<String> =
            (0..each).map(|step| title(scheduled[(index * each + step) % scheduled.len()])).collect();
        vec![
            format!("Segment {index:03}"),
            local_time::write(zone, start),
            local_time::write(zone, start.plus_seconds(45 * 60)),
            "What happens here, and for whom.".into(),
            tags(index, size).join(" | "),
            speaker(index, size),
            sessions.join(" | "),
            "yes".into(),
        ]
    };
    let header = ["Name", "Start", "End", "Description", "Tags", "Speakers", "Sessions", "Published"];
    let file = table::write(&header, (0..size.segments).map(row)).into_bytes();
    let imported = super::segment::import::import(app, organizer, event, file, false).await?;
    match imported.report.problems.first() {
        None => Ok(()),
        Some(problem) => {
            tracing::error!(line = problem.line, message = %problem.message, "a segment was not seeded");
            Err(Error::Internal)
        }
    }
}

/// What the terminal shows at the end.
pub fn done(size: Size) -> String {
    format!(
        "/e/{SLUG} has {} sessions, {} segments and {} people. Sign in as {} (organizer) or {} (attendee), password \"{}\".",
        size.sessions,
        size.segments,
        size.people.max(PEOPLE.len()),
        PEOPLE[0].1,
        PEOPLE[2].1,
        demo::PASSWORD
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_arguments() {
        let parse = |arguments: &[&str]| Size::parse(arguments.iter().map(|text| (*text).to_owned()));
        assert_eq!(parse(&[]), Ok(Size::default()));
        assert_eq!(parse(&["--people=7", "--tags=2"]), Ok(Size { people: 7, tags: 2, ..Size::default() }));
        for wrong in ["--people", "--people=x", "people=7", "--rooms=7"] {
            assert!(parse(&[wrong]).is_err(), "{wrong}");
        }
    }
}
