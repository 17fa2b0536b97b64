//! Registrations in GraphQL.

use super::account::Person;
use super::connection::connection;
use super::context::{Ask, parse};
use super::event::Event;
use super::ticket_type::TicketType;
use crate::error::Error;
use crate::model;
use crate::ops;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use std::sync::Arc;

pub(super) struct Registration {
    pub row: model::registration::Registration,
    pub account: model::account::Account,
}

/// One person's admission to one event. Seen by the person and by organizers.
#[Object]
impl Registration {
    /// Its id.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Who is registered.
    async fn person(&self) -> Person {
        Person::from(&self.account)
    }

    /// The person's email address.
    async fn email(&self) -> &str {
        &self.account.email
    }

    /// What for.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        let event = ctx.loaders().load_one(self.row.event_id).await?;
        Ok(Event(event.ok_or(Error::NotFound("event"))?))
    }

    /// What the person registered with.
    async fn ticket_type(&self, ctx: &Context<'_>) -> Result<TicketType> {
        super::ticket_type::held(ctx, self.row.ticket_type_id).await
    }

    /// Whether an organizer removed the person from the event: then they are not in it, and cannot register again.
    async fn blocked(&self) -> bool {
        self.row.blocked
    }

    /// Whether the person may not chat, vote and ask.
    async fn muted(&self) -> bool {
        self.row.muted
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at.utc()
    }
}

connection!(RegistrationConnection, RegistrationEdge, Registration, "registrations");

/// For `register`.
#[derive(InputObject)]
struct RegisterInput {
    /// The event.
    event_id: ID,
    /// One of its ticket types; not needed when only one of them is open.
    ticket_type_id: Option<ID>,
}

/// For `updateRegistration`: what is not given stays.
#[derive(InputObject)]
struct UpdateRegistrationInput {
    /// The registration.
    id: ID,
    /// Another ticket type of the event, with a place left.
    ticket_type_id: Option<ID>,
}

/// For `blockPerson`, `unblockPerson`, `mutePerson` and `unmutePerson`.
#[derive(InputObject)]
struct PersonInEventInput {
    /// The person's registration for the event.
    registration_id: ID,
}

/// A registration after a change.
#[derive(SimpleObject)]
struct RegistrationPayload {
    /// The registration.
    registration: Registration,
}

impl From<(model::registration::Registration, model::account::Account)> for RegistrationPayload {
    fn from((row, account): (model::registration::Registration, model::account::Account)) -> Self {
        Self { registration: Registration { row, account } }
    }
}

/// For `importPeople`.
#[derive(InputObject)]
struct ImportPeopleInput {
    /// The event.
    event_id: ID,
    /// A CSV file: its first line names the columns Name, Email and Ticket type, in any order. Up to 10,000 lines. A file
    /// that is larger than a GraphQL request may be, or not in UTF-8, is posted to `/events/ID/people.csv` instead.
    csv: String,
    /// True to hear what the import would do, without doing it.
    dry_run: bool,
}

/// What an import of people did, or would do.
#[derive(SimpleObject)]
struct ImportPeoplePayload {
    /// Lines with something in them, the first one apart.
    lines: usize,
    /// How many people are registered by it.
    added: usize,
    /// How many are registered already, and stay as they are.
    already: usize,
    /// The lines that are left out, in their order.
    problems: Vec<LineProblem>,
    /// Columns of the file that mean nothing here.
    unknown_columns: Vec<String>,
}

/// Why a line of a file is left out.
#[derive(SimpleObject)]
struct LineProblem {
    /// The line, as editors count: from 1, the first line included.
    line: u64,
    /// What is wrong with it.
    code: LineProblemCode,
    /// The same for people, with what to do.
    message: String,
}

/// What is wrong with a line of a file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::ops::registration::import::Reason")]
enum LineProblemCode {
    /// The name is missing or too long.
    Name,
    /// The email address is missing or malformed.
    Email,
    /// The event has no such ticket type.
    UnknownTicketType,
    /// The same email address was in a line before.
    Twice,
    /// The person was removed from the event.
    Blocked,
    /// No place is left with the ticket type.
    Full,
}

/// The caller is registered.
#[derive(SimpleObject)]
struct RegisterPayload {
    /// The registration.
    registration: Registration,
    /// The event, as the caller sees it now.
    event: Event,
}

#[derive(Default)]
pub(super) struct RegistrationMutation;

#[Object]
impl RegistrationMutation {
    /// Registers the caller for an event; who is registered already stays so. From its publication to its end. `NOT_OPEN`
    /// when the ticket type is closed, `CONFLICT` when no place is left with it, `FORBIDDEN` for who was removed.
    async fn register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: RegisterInput,
    ) -> Result<RegisterPayload> {
        let account = ctx.caller().account()?.clone();
        let id = parse(&input.event_id, "event")?;
        let ticket = input.ticket_type_id.map(|id| parse(&id, "ticket type")).transpose()?;
        let (row, event) = ops::registration::register(ctx.app(), &ctx.caller(), id, ticket).await?;
        Ok(RegisterPayload { registration: Registration { row, account }, event: Event(Arc::new(event)) })
    }

    /// Gives a person another ticket type; what they may see and enter follows at once. For organizers.
    async fn update_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateRegistrationInput,
    ) -> Result<RegistrationPayload> {
        let id = parse(&input.id, "registration")?;
        let ticket = input.ticket_type_id.map(|id| parse(&id, "ticket type")).transpose()?;
        Ok(ops::registration::update(ctx.app(), &ctx.caller(), id, ticket).await?.into())
    }

    /// Removes a person from an event: out of every room at once, and nobody registers with their email address again. For
    /// organizers.
    async fn block_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] input: PersonInEventInput,
    ) -> Result<RegistrationPayload> {
        let id = parse(&input.registration_id, "registration")?;
        Ok(ops::registration::block(ctx.app(), &ctx.caller(), id, true).await?.into())
    }

    /// Lets a person who was removed back into the event. For organizers.
    async fn unblock_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] input: PersonInEventInput,
    ) -> Result<RegistrationPayload> {
        let id = parse(&input.registration_id, "registration")?;
        Ok(ops::registration::block(ctx.app(), &ctx.caller(), id, false).await?.into())
    }

    /// Forbids a person to chat, vote and ask in an event. For organizers.
    async fn mute_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] input: PersonInEventInput,
    ) -> Result<RegistrationPayload> {
        let id = parse(&input.registration_id, "registration")?;
        Ok(ops::registration::mute(ctx.app(), &ctx.caller(), id, true).await?.into())
    }

    /// Allows a person to chat, vote and ask again. For organizers.
    async fn unmute_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] input: PersonInEventInput,
    ) -> Result<RegistrationPayload> {
        let id = parse(&input.registration_id, "registration")?;
        Ok(ops::registration::mute(ctx.app(), &ctx.caller(), id, false).await?.into())
    }

    /// Registers the people of a CSV file, or says what that would do; lines at fault are left out. For organizers.
    async fn import_people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: ImportPeopleInput,
    ) -> Result<ImportPeoplePayload> {
        let id = parse(&input.event_id, "event")?;
        let file = input.csv.into_bytes();
        let report = ops::registration::import::import(ctx.app(), &ctx.caller(), id, file, input.dry_run).await?;
        let crate::table::Report { lines, added, already, problems, unknown_columns } = report;
        let problem = |one: crate::table::LineProblem<ops::registration::import::Reason>| LineProblem {
            line: one.line,
            code: one.reason.into(),
            message: one.message,
        };
        let problems = problems.into_iter().map(problem).collect();
        Ok(ImportPeoplePayload { lines, added, already, problems, unknown_columns })
    }
}
