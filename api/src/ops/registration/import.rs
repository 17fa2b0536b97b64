//! People from a CSV file into an event, and out of it (A4). The dry run and the import are the same code on the same rows;
//! the dry run undoes what it did not write.

use crate::access::{self, Caller};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feed::{Change, Topic};
use crate::ids::{AccountId, EventId, RegistrationId, TicketTypeId};
use crate::limits;
use crate::model;
use crate::model::account::Account;
use crate::model::page::Slice;
use crate::model::registration::{Filter, Registration};
use crate::model::ticket_type::TicketType;
use crate::ops::invitation;
use crate::ops::mail::{self, Slip};
use crate::table::{self, Fault, LineProblem, Report, Row, Seen, Table};
use crate::validate::Problems;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The field of the input that holds the file.
const FIELD: &str = "csv";

/// The columns, each with the names that it may have; the first is the one that an export writes.
const COLUMNS: [&[&str]; 3] =
    [&["Name", "Full name"], &["Email", "Email address", "E-mail"], &["Ticket type", "Ticket"]];

/// Columns of an export that an import need not know.
const ONLY_EXPORTED: [&str; 3] = ["Registered", "Blocked", "Muted"];

/// What can be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    Name,
    Email,
    UnknownTicketType,
    Twice,
    Blocked,
    Full,
}

/// A line that can be read.
struct Wanted {
    line: u64,
    name: String,
    email: String,
    ticket: TicketTypeId,
}

/// What an import does besides saying what is wrong with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    /// Nothing.
    Dry,
    /// It registers people.
    Silent,
    /// It registers people, and each gets a mail.
    Whole,
}

/// Registers the people of a file; with `dry_run` it only says what it would do.
pub async fn import(app: &App, caller: &Caller, id: EventId, file: Vec<u8>, dry_run: bool) -> Result<Report<Reason>> {
    run(app, caller, (id, file), if dry_run { Run::Dry } else { Run::Whole }).await
}

/// The same without a mail to anybody: for people who do not exist.
pub(crate) async fn import_silently(app: &App, caller: &Caller, id: EventId, file: Vec<u8>) -> Result<Report<Reason>> {
    run(app, caller, (id, file), Run::Silent).await
}

async fn run(app: &App, caller: &Caller, (id, file): (EventId, Vec<u8>), run: Run) -> Result<Report<Reason>> {
    caller.account()?;
    let dry_run = run == Run::Dry;
    let now = app.clock.now();
    let asking = caller.clone();
    // Before the file is read, which costs something; the transaction asks again.
    app.db.read(move |conn| super::super::managed_event(conn, &asking, now, id)).await?;
    let table = tokio::task::spawn_blocking(move || table::read(&file)).await.map_err(|_panic| Error::Internal)?;
    let table = table.map_err(|fault| fault.problem(FIELD))?;
    // As many as may be needed: ids come from the app alone.
    let ids: Vec<(AccountId, RegistrationId)> = table.rows.iter().map(|_| (app.ids.next(), app.ids.next())).collect();
    let slips: Vec<Slip> = if run == Run::Whole { ids.iter().map(|_| Slip::new(app)).collect() } else { Vec::new() };
    let asking = caller.clone();
    let work = move |conn: &mut Conn| {
        let event = super::super::managed_event(conn, &asking, now, id)?;
        let tickets = model::ticket_type::of_event(conn, event.id)?;
        if !dry_run {
            let all: Vec<TicketTypeId> = tickets.iter().map(|ticket| ticket.id).collect();
            model::ticket_type::lock(conn, id, &all)?;
        }
        let (mut report, wanted) = understand(&table, &tickets)?;
        let wanted = admissible(conn, id, &tickets, wanted, &mut report)?;
        report.problems.sort_by_key(|problem| problem.line);
        report.added = wanted.len();
        let people = if dry_run { Vec::new() } else { insert(conn, id, now, wanted, ids)? };
        let found = invitation::take_effect_for(conn, event.id, &people)?;
        let slips = slips.into_iter().zip(&people).collect();
        mail::registered(conn, slips, &event, now)?;
        Ok((report, people.iter().map(|person| person.id).collect::<Vec<_>>(), found))
    };
    let (report, people, found) = if dry_run { app.db.read(work).await? } else { app.db.write(work).await? };
    if !people.is_empty() {
        app.mails_due.notify_one();
    }
    for person in people {
        app.feed.publish(Topic::Account(person), Change::Standing);
    }
    if !found.is_empty() {
        crate::ops::session::announce_again(app, move |_conn| Ok(found)).await?;
    }
    Ok(report)
}

/// Takes the rows apart, without asking the database.
fn understand(table: &Table, tickets: &[TicketType]) -> Result<(Report<Reason>, Vec<Wanted>)> {
    let columns = table.columns(COLUMNS).map_err(|fault| fault.problem(FIELD))?;
    let [name, email, ticket] = columns.at;
    let mut missing: Vec<&'static str> = Vec::new();
    missing.extend(name.is_none().then_some(COLUMNS[0][0]));
    missing.extend(email.is_none().then_some(COLUMNS[1][0]));
    missing.extend((ticket.is_none() && tickets.len() > 1).then_some(COLUMNS[2][0]));
    if !missing.is_empty() {
        return Err(Fault::Missing(missing).problem(FIELD).into());
    }
    let unknown_columns =
        columns.unknown.into_iter().filter(|name| !ONLY_EXPORTED.iter().any(|known| known.eq_ignore_ascii_case(name)));
    let mut report = Report::of(table.rows.len(), unknown_columns.collect());
    let (mut seen, mut wanted) = (Seen::default(), Vec::new());
    for row in &table.rows {
        match read_row(row, (row.cell(name), row.cell(email), row.cell(ticket)), tickets, &mut seen) {
            Ok(one) => wanted.push(one),
            Err(problem) => report.problems.push(problem),
        }
    }
    Ok((report, wanted))
}

fn read_row(
    row: &Row,
    (name, email, ticket): (&str, &str, &str),
    tickets: &[TicketType],
    seen: &mut Seen,
) -> std::result::Result<Wanted, LineProblem<Reason>> {
    let line = row.line;
    let refused = |reason, message| LineProblem::new(line, reason, message);
    let mut problems = Problems::default();
    let email = problems.email("Email", email);
    problems.finish().map_err(|error| refused(Reason::Email, error.message()))?;
    let mut problems = Problems::default();
    let name = problems.line("Name", name, limits::PERSON_NAME);
    problems.finish().map_err(|error| refused(Reason::Name, error.message()))?;
    let ticket = match tickets {
        [only] if ticket.is_empty() => only.id,
        _ => {
            let key = ticket.to_lowercase();
            let found = tickets.iter().find(|one| one.name_key == key).map(|one| one.id);
            found
                .ok_or_else(|| refused(Reason::UnknownTicketType, crate::ops::ticket_type::no_such(ticket, tickets)))?
        }
    };
    if !seen.is_first(&email) {
        let message = "A line before has the same email address. Remove one of them.";
        return Err(refused(Reason::Twice, message.into()));
    }
    Ok(Wanted { line, name, email, ticket })
}

/// Leaves out who is registered already, who is kept out, and who finds no place any more, in the order of the lines.
fn admissible(
    conn: &mut Conn,
    event: EventId,
    tickets: &[TicketType],
    wanted: Vec<Wanted>,
    report: &mut Report<Reason>,
) -> Result<Vec<Wanted>> {
    let (known, blocked) = known(conn, event, &wanted)?;
    let ids: Vec<TicketTypeId> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut holders: HashMap<TicketTypeId, i64> = model::ticket_type::holders(conn, &ids)?.into_iter().collect();
    let mut admitted = Vec::with_capacity(wanted.len());
    for one in wanted {
        let held = holders.entry(one.ticket).or_default();
        let full = tickets.iter().any(|ticket| ticket.id == one.ticket && ticket.remaining(*held) == Some(0));
        let (reason, message) = if blocked.contains(&one.email) {
            (Reason::Blocked, "This person was removed from the event. Let them back in first.")
        } else if known.contains(&one.email) {
            report.already += 1;
            continue;
        } else if full {
            (Reason::Full, "No place is left with this ticket type. Raise its capacity, or name another one.")
        } else {
            *held += 1;
            admitted.push(one);
            continue;
        };
        report.problems.push(LineProblem::new(one.line, reason, message.into()));
    }
    Ok(admitted)
}

/// The addresses of those who are registered, and of those who are kept out (A7).
fn known(conn: &mut Conn, event: EventId, wanted: &[Wanted]) -> Result<(HashSet<String>, HashSet<String>)> {
    let (mut registered, mut blocked) = (HashSet::new(), HashSet::new());
    for some in wanted.chunks(model::registration::BATCH) {
        let emails: Vec<String> = some.iter().map(|one| one.email.clone()).collect();
        blocked.extend(model::registration::blocked_among(conn, event, &emails)?);
        let mut accounts: HashMap<AccountId, String> =
            model::account::by_emails(conn, &emails)?.into_iter().map(|account| (account.id, account.email)).collect();
        let ids: Vec<AccountId> = accounts.keys().copied().collect();
        for (account, is_blocked) in model::registration::known_among(conn, event, &ids)? {
            let of = if is_blocked { &mut blocked } else { &mut registered };
            of.extend(accounts.remove(&account));
        }
    }
    Ok((registered, blocked))
}

/// Registers them; who has no account gets one without a password, which opens by the link that is mailed to its address.
fn insert(
    conn: &mut Conn,
    event: EventId,
    now: Time,
    wanted: Vec<Wanted>,
    ids: Vec<(AccountId, RegistrationId)>,
) -> Result<Vec<Account>> {
    let mut people = Vec::with_capacity(wanted.len());
    let mut ids = ids.into_iter();
    for some in wanted.chunks(model::registration::BATCH) {
        let emails: Vec<String> = some.iter().map(|one| one.email.clone()).collect();
        let of_emails = |accounts: Vec<Account>| -> HashMap<String, Account> {
            accounts.into_iter().map(|account| (account.email.clone(), account)).collect()
        };
        let before = of_emails(model::account::by_emails(conn, &emails)?);
        let given: Vec<(&Wanted, (AccountId, RegistrationId))> = some.iter().zip(&mut ids).collect();
        let fresh: Vec<Account> = given
            .iter()
            .filter(|(one, _)| !before.contains_key(&one.email))
            .map(|(one, (id, _))| Account {
                id: *id,
                email: one.email.clone(),
                name: one.name.clone(),
                headline: String::new(),
                picture_id: None,
                password_hash: String::new(),
                verified_at: None,
                created_at: now,
            })
            .collect();
        model::account::insert_all(conn, &fresh)?;
        // Read again: somebody may have signed up with one of the addresses at the same moment.
        let mut accounts = of_emails(model::account::by_emails(conn, &emails)?);
        let mut rows = Vec::with_capacity(given.len());
        for (one, (_, id)) in &given {
            if let Some(account) = accounts.remove(&one.email) {
                rows.push(Registration::new(*id, event, account.id, one.ticket, now));
                people.push(account);
            }
        }
        model::registration::insert_all(conn, &rows)?;
    }
    Ok(people)
}

/// The people of an event as a CSV file that `import` reads again.
pub async fn export(app: &App, caller: &Caller, id: EventId) -> Result<String> {
    const PAGE: usize = 1_000;
    let (caller, now) = (caller.clone(), app.clock.now());
    let read = move |conn: &mut Conn| {
        let event = super::super::managed_event(conn, &caller, now, id)?;
        access::see_people(&caller, &event)?;
        let tickets: HashMap<TicketTypeId, String> =
            model::ticket_type::of_event(conn, id)?.into_iter().map(|ticket| (ticket.id, ticket.name)).collect();
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let page = model::registration::of_event(conn, id, &Filter::default(), Slice { after, first: PAGE })?;
            after = page.rows.last().map(|(row, account)| (account.name.clone(), row.id));
            rows.extend(page.rows.into_iter().map(|(row, account)| {
                let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
                let ticket = tickets.get(&row.ticket_type_id).cloned().unwrap_or_default();
                let registered = row.created_at.utc().to_rfc3339();
                vec![account.name, account.email, ticket, registered, yes(row.blocked), yes(row.muted)]
            }));
            if !page.has_next {
                return Ok(rows);
            }
        }
    };
    let rows = app.db.read(read).await?;
    let header: Vec<&str> = COLUMNS.iter().map(|names| names[0]).chain(ONLY_EXPORTED).collect();
    Ok(table::write(&header, rows))
}
