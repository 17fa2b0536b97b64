//! The demo: three events (running, to come, over) with people and rooms, for a first look.

use crate::access::Caller;
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AccountId, EventId};
use crate::model;
use crate::model::account::Account;
use crate::model::event::Event;
use crate::model::organization::Organization;
use crate::model::registration::Registration;
use crate::model::session::{DisplaySize, Scheduling, ShareAccess, WatchAccess};
use crate::model::ticket_type::TicketType;
use crate::ops::message::written::{self, Said};
use crate::ops::session::NewSession;

/// The password of every demo account. They exist only where `DEMO=1` was asked for, on an empty database.
pub const PASSWORD: &str = "roundtable demo";

/// Name and email address: the organizer first, then who moderates, then attendees.
pub const PEOPLE: [(&str, &str); 5] = [
    ("Olivia Organizer", "olivia@example.org"),
    ("Moses Moderator", "moses@example.org"),
    ("Ada Lovelace", "ada@example.org"),
    ("Blaise Pascal", "blaise@example.org"),
    ("Chien-Shiung Wu", "chien@example.org"),
];

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The accounts of the demo, as the terminal shows them.
pub fn logins() -> String {
    let roles = ["organizer", "moderator", "attendee", "attendee", "attendee"];
    let line = |((_, email), role): (&(&str, &str), &str)| format!("    {email:<20} {role}\n");
    let people: String = PEOPLE.iter().zip(roles).map(line).collect();
    format!("The demo event is at /e/demo. Sign in with one of these, password \"{PASSWORD}\":\n{people}")
}

/// Whether the demo was seeded into this database.
pub async fn is_seeded(app: &App) -> Result<bool> {
    app.db.read(|conn| Ok(model::installation::is_demo(conn)?)).await
}

/// Seeds an empty database; does nothing to another one.
pub async fn seed(app: &App) -> Result<()> {
    if !super::account::needs_set_up(app).await? {
        return Ok(());
    }
    let now = app.clock.now();
    let organizer = people(app, now).await?;
    let live = event(app, &organizer, "demo", "Open Knowledge Days", now, (-DAY, 2 * DAY)).await?;
    let people = ids_of(app, PEOPLE.iter().map(|(_, email)| (*email).to_owned()).collect()).await?;
    for session in sessions(live) {
        let private = session.watch_access == WatchAccess::Private;
        let said = said(&session.title, &people);
        let view = super::session::create(app, &organizer, session).await?;
        written::write(app, view.session.id, people.clone(), said).await?;
        if private {
            super::invitation::invite(app, &organizer, view.session.id, PEOPLE[1].1.into()).await?;
        }
    }
    let later = event(app, &organizer, "next", "Winter Meeting", now, (14 * DAY, 15 * DAY)).await?;
    super::session::create(app, &organizer, simple(later, "Opening", "We start together.", 10)).await?;
    let past = event(app, &organizer, "last", "Autumn Meeting", now, (-40 * DAY, -39 * DAY)).await?;
    super::session::create(app, &organizer, simple(past, "Closing round", "What we take home.", 10)).await?;
    Ok(())
}

/// An organization, its organizer and the others of [`PEOPLE`], in an empty database.
pub(crate) async fn people(app: &App, now: Time) -> Result<Caller> {
    let password_hash = app.passwords.hash(PASSWORD.into(), app.ids.salt()).await?;
    let account = |(name, email): (&str, &str)| Account {
        id: app.ids.next(),
        email: email.into(),
        name: name.into(),
        headline: String::new(),
        picture_id: None,
        password_hash: password_hash.clone(),
        verified_at: Some(now),
        created_at: now,
    };
    let accounts: Vec<Account> = PEOPLE.into_iter().map(account).collect();
    let organization = Organization { id: app.ids.next(), name: "Open Knowledge Society".into(), created_at: now };
    let organizer = accounts[0].clone();
    let caller = Caller { account: Some(organizer.clone()), login: None, organizes: vec![organization.id] };
    app.db
        .write(move |conn| {
            model::organization::insert(conn, &organization)?;
            model::installation::insert(conn, organization.id, now, true)?;
            for account in &accounts {
                model::account::insert(conn, account)?;
            }
            Ok(model::organization::add_organizer(conn, organization.id, organizer.id, now)?)
        })
        .await?;
    Ok(caller)
}

/// The accounts with these addresses, in their order.
pub(crate) async fn ids_of(app: &App, emails: Vec<String>) -> Result<Vec<AccountId>> {
    let find = move |conn: &mut Conn| {
        let mut ids = Vec::with_capacity(emails.len());
        for email in &emails {
            ids.push(model::account::by_email(conn, email)?.ok_or(Error::NotFound("account"))?.id);
        }
        Ok(ids)
    };
    app.db.read(find).await
}

async fn event(
    app: &App,
    organizer: &Caller,
    slug: &str,
    name: &str,
    now: Time,
    (starts, ends): (i64, i64),
) -> Result<EventId> {
    let event = Event {
        id: app.ids.next(),
        organization_id: organizer.organizes[0],
        slug: slug.into(),
        name: name.into(),
        description: "Sit down at a table, switch your camera on and talk. This is a demo event.".into(),
        starts_at: now.plus_seconds(starts),
        ends_at: now.plus_seconds(ends),
        time_zone: "Europe/Berlin".into(),
        published: true,
        opened_at: None,
        before_minutes: model::event::BEFORE_MINUTES,
        after_minutes: model::event::AFTER_MINUTES,
        attendees_create_sessions: false,
        people_visible: true,
        agenda_enabled: true,
        chat_retention_days: None,
        recording_retention_days: None,
        picture_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let id = event.id;
    let ticket = TicketType::first(app.ids.next(), id, now);
    let registrations: Vec<_> = PEOPLE.iter().map(|(_, email)| (app.ids.next(), *email)).collect();
    let write = move |conn: &mut Conn| {
        model::event::insert(conn, &event)?;
        model::ticket_type::insert(conn, &ticket)?;
        for (registration, email) in registrations {
            let account = model::account::by_email(conn, email)?.ok_or(Error::NotFound("account"))?;
            let row = Registration::new(registration, id, account.id, ticket.id, now);
            model::registration::insert_once(conn, &row)?;
        }
        Ok(id)
    };
    app.db.write(write).await
}

fn simple(event: EventId, title: &str, description: &str, priority: i32) -> NewSession {
    NewSession {
        event,
        title: title.into(),
        description: description.into(),
        additional_information: String::new(),
        tags: Vec::new(),
        display_size: DisplaySize::Medium,
        priority,
        watch_access: WatchAccess::Anyone,
        share_access: ShareAccess::Anyone,
        max_participants: 50,
        youtube_sharing: false,
        record: false,
        scheduling: Scheduling::AlwaysOpen,
        tickets: Vec::new(),
        picture: None,
        picture_alt: String::new(),
    }
}

fn sessions(event: EventId) -> Vec<NewSession> {
    let tags = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    vec![
        NewSession {
            tags: tags(&["welcome"]),
            display_size: DisplaySize::Large,
            ..simple(event, "Lobby", "Come in, say hello and find out where to go next.", 100)
        },
        NewSession {
            tags: tags(&["open data", "maps"]),
            record: true,
            ..simple(event, "Maps that everybody can edit", "How a city drew its own map in one summer.", 50)
        },
        NewSession {
            tags: tags(&["open data", "libraries"]),
            ..simple(event, "Libraries as data publishers", "Catalogues, licences and what readers do with them.", 40)
        },
        NewSession {
            tags: tags(&["speed networking"]),
            max_participants: 4,
            ..simple(event, "Table for four", "Four seats, everybody else may listen.", 30)
        },
        NewSession {
            watch_access: WatchAccess::Private,
            ..simple(event, "Speakers' room", "Invited people only.", 20)
        },
    ]
}

/// What is in the chat of a session already, by its title.
fn said(title: &str, people: &[AccountId]) -> Vec<Said> {
    // The order of [`PEOPLE`].
    let (olivia, moses, ada, blaise, chien) = (0, 1, 2, 3, 4);
    let mention = |person: usize| people.get(person).map(|id| format!("@[{id}]")).unwrap_or_default();
    match title {
        "Lobby" => vec![
            Said {
                pinned: true,
                ..Said::new(
                    olivia,
                    3_300,
                    "Welcome! Rooms open and close all day: the schedule is behind the calendar at the top.",
                )
            },
            Said {
                reactions: vec![(ada, "👋"), (blaise, "👋"), (chien, "👋")],
                ..Said::new(moses, 3_240, "Good morning, everybody 👋")
            },
            Said::new(ada, 3_180, "Hello from London. Is this where one asks silly questions?"),
            Said {
                reply_to: Some(2),
                reactions: vec![(ada, "😂")],
                ..Said::new(olivia, 3_150, "It is. There are no silly ones before coffee.")
            },
            Said::new(chien, 2_400, "Where do I find the talk about maps?"),
            Said {
                reply_to: Some(4),
                ..Said::new(
                    moses,
                    2_370,
                    format!("{} it is the next room in the list. It is open now.", mention(chien)),
                )
            },
            Said {
                reactions: vec![(moses, "👍"), (olivia, "❤️")], ..Said::new(chien, 2_340, "Found it, thank you!")
            },
            Said::new(blaise, 600, "Anybody for the table for four? There are three seats left."),
        ],
        "Maps that everybody can edit" => vec![
            Said::new(ada, 1_500, "How did you settle what counts as a footpath?"),
            Said {
                reply_to: Some(0),
                ..Said::new(blaise, 1_440, "By walking it. If two of us came back with the same line, it was one.")
            },
            Said {
                reactions: vec![(ada, "👏"), (chien, "👏"), (olivia, "👏")],
                ..Said::new(moses, 1_380, "And when the lines differed, the dog decided.")
            },
            Said::new(chien, 1_200, "The style guide that was mentioned: https://example.org/maps/style"),
            Said {
                reactions: vec![(chien, "👍")],
                ..Said::new(
                    ada,
                    1_140,
                    format!("{} could you show the layer with the old street names again?", mention(blaise)),
                )
            },
        ],
        "Libraries as data publishers" => vec![
            Said::new(chien, 900, "Is the catalogue published under CC0, or only the titles?"),
            Said {
                reply_to: Some(0),
                reactions: vec![(chien, "🎉"), (blaise, "🎉")],
                ..Said::new(olivia, 840, "All of it, since last spring. Only the cover pictures are somebody else's.")
            },
            Said::new(blaise, 780, "Then I know what I do this weekend."),
        ],
        "Table for four" => vec![Said::new(moses, 300, "I am here until the break. Sit down!")],
        _ => Vec::new(),
    }
}
