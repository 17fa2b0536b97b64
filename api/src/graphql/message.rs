//! Messages of a chat in GraphQL (I1).

use super::account::Person;
use super::connection::Entries;
use super::context::{Ask, parse};
use super::loaders::ReactionsBy;
use crate::error::Error;
use crate::feed::{Known, MessageView, Quote};
use crate::ids::{Id, MessageId};
use crate::limits;
use crate::model::message::{Part, Stretch};
use crate::ops;
use crate::ops::chat::History;
use crate::validate::{Code, Problem};
use async_graphql::connection::PageInfo;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

pub(super) struct Message(MessageView);

impl From<MessageView> for Message {
    fn from(view: MessageView) -> Self {
        Self(view)
    }
}

/// What somebody wrote in the chat of a session. Of two copies the one with the higher revision is newer.
#[Object]
impl Message {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.message.id.to_string())
    }

    /// The session in whose chat it stands.
    async fn session_id(&self) -> ID {
        ID(self.0.message.session_id.to_string())
    }

    /// Its place in the chat, from 1 without a gap: a number that is missing was not told yet, or is older than messages are kept.
    async fn number(&self) -> i64 {
        self.0.message.number
    }

    /// The change of the chat by which it is what it is. Several messages that change together share one.
    async fn revision(&self) -> i64 {
        self.0.message.revision
    }

    /// Who wrote it; nothing when they have no account any more.
    async fn author(&self) -> Option<Person> {
        self.0.author.as_ref().map(Person::from)
    }

    /// Whether who wrote it was a host of the session then.
    async fn from_host(&self) -> bool {
        self.0.message.from_host
    }

    /// What it says: plain text with line feeds, to be shown as text and not as HTML; empty when it is deleted. Links stand in
    /// it as they are. Somebody who is mentioned stands in it as `@[ID]`, with the id of their account.
    async fn text(&self) -> &str {
        &self.0.message.text
    }

    /// The people whom it mentions, in the order in which they first stand there; those without an account any more are left
    /// out.
    async fn mentions(&self) -> Vec<Person> {
        self.0.mentions.iter().map(Person::from).collect()
    }

    /// The message that it answers.
    async fn reply_to(&self) -> Option<QuotedMessage> {
        self.0.reply_to.clone().map(QuotedMessage)
    }

    /// The emoji at it, in the order in which they came; 20 at the most.
    async fn reactions(&self) -> Vec<MessageReaction> {
        let reaction = |(emoji, count): &(String, i64)| MessageReaction { emoji: emoji.clone(), count: *count };
        self.0.reactions.iter().map(reaction).collect()
    }

    /// The emoji that the caller has added. For lists and mutations: a subscription that asks for it costs the server a read for
    /// every change and every subscriber, and what the caller adds in this window the page knows already.
    async fn viewer_reactions(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let caller = ctx.caller();
        let Some(account) = &caller.account else { return Ok(Vec::new()) };
        Ok(ctx.loaders().load_one(ReactionsBy(self.0.message.id, account.id)).await?.unwrap_or_default())
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.message.created_at.utc()
    }

    /// When what it says was last changed.
    async fn edited_at(&self) -> Option<DateTime<Utc>> {
        self.0.message.edited_at.map(|at| at.utc())
    }

    /// When it was deleted: its place stays, without a text.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.message.deleted_at.map(|at| at.utc())
    }

    /// Whether somebody else than who wrote it deleted it.
    async fn deleted_by_host(&self) -> bool {
        let message = &self.0.message;
        message.deleted_by.is_some() && message.deleted_by != message.account_id
    }
}

impl From<&Known> for Person {
    fn from(known: &Known) -> Self {
        let account = &known.account;
        Self {
            id: account.id.to_string(),
            name: account.name.clone(),
            account: Some(account.clone()),
            picture: known.picture.clone(),
        }
    }
}

struct QuotedMessage(Quote);

/// A message as it stands at the one that answers it. When it is deleted later, `messageChanged` tells of it alone: pages take
/// its text away here as well.
#[Object]
impl QuotedMessage {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.message.id.to_string())
    }

    /// Its place in the chat.
    async fn number(&self) -> i64 {
        self.0.message.number
    }

    /// Who wrote it; nothing when they have no account any more.
    async fn author(&self) -> Option<Person> {
        self.0.author.as_ref().map(Person::from)
    }

    /// What it says; empty when it is deleted.
    async fn text(&self) -> &str {
        &self.0.message.text
    }

    /// The people whom it mentions, as those of a message.
    async fn mentions(&self) -> Vec<Person> {
        self.0.mentions.iter().map(Person::from).collect()
    }

    /// When it was deleted.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.message.deleted_at.map(|at| at.utc())
    }
}

/// An emoji at a message.
#[derive(SimpleObject)]
struct MessageReaction {
    /// The emoji.
    emoji: String,
    /// How many people have added it.
    count: i64,
}

/// Not declared by the macro, since it carries a revision as well.
pub(super) struct MessageConnection {
    entries: Entries<Message>,
    revision: i64,
}

/// A page of a list of messages.
#[Object]
impl MessageConnection {
    /// The entries with their cursors.
    async fn edges(&self) -> Vec<MessageEdge<'_>> {
        self.entries.entries.iter().map(|(cursor, node)| MessageEdge { cursor, node }).collect()
    }

    /// The entries alone.
    async fn nodes(&self) -> Vec<&Message> {
        self.entries.entries.iter().map(|(_, node)| node).collect()
    }

    /// Whether there is more, and where.
    async fn page_info(&self) -> PageInfo {
        self.entries.page_info()
    }

    /// How many entries the whole list has, on all pages.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.entries.total.clone().count(ctx.app()).await?)
    }

    /// Up to which change of the chat the page is true: give it to `messageChanged` as `afterRevision`, and nothing is missed in
    /// between. What is newer on the page already comes once more, with the same revision.
    async fn revision(&self) -> i64 {
        self.revision
    }
}

/// One entry of a list of messages.
#[derive(SimpleObject)]
struct MessageEdge<'a> {
    /// Where a page before or after this entry begins.
    cursor: &'a str,
    /// The entry.
    node: &'a Message,
}

impl MessageConnection {
    pub(super) fn of(history: History, stretch: Stretch) -> Self {
        let History { page, revision, total } = history;
        let (has_previous, has_next) = match stretch.part {
            Part::First(_) => (stretch.after.is_some(), page.has_next),
            Part::Last(_) => (page.has_next, stretch.before.is_some()),
        };
        let entry = |view: MessageView| (view.message.number.to_string(), Message(view));
        let entries = page.rows.into_iter().map(entry).collect();
        Self { entries: Entries { entries, has_previous, has_next, total }, revision }
    }
}

/// Which part of a chat is asked for: the newest messages unless said otherwise.
pub(super) fn stretch(
    (first, after): (Option<i32>, Option<String>),
    (last, before): (Option<i32>, Option<String>),
) -> std::result::Result<Stretch, Error> {
    let count = |field: &'static str, count: i32| match usize::try_from(count) {
        Ok(count) if (1..=limits::PAGE).contains(&count) => Ok(count),
        _ => {
            let message = format!("{field} must be from 1 to {}.", limits::PAGE);
            Err(Error::from(Problem::new(field, Code::OutOfRange, message)))
        }
    };
    let part = match (first, last) {
        (Some(_), Some(_)) => {
            let message = "Ask for the first messages or for the last ones, not for both.";
            return Err(Problem::new("last", Code::Invalid, message).into());
        }
        (Some(first), None) => Part::First(count("first", first)?),
        (None, Some(last)) => Part::Last(count("last", last)?),
        (None, None) if after.is_some() && before.is_none() => Part::First(limits::MESSAGES_PAGE),
        (None, None) => Part::Last(limits::MESSAGES_PAGE),
    };
    let number = |field: &'static str, cursor: Option<String>| {
        let wrong = || Problem::new(field, Code::Invalid, format!("{field} is no cursor of this list."));
        cursor.map(|cursor| cursor.parse::<i64>().map_err(|_error| Error::from(wrong()))).transpose()
    };
    Ok(Stretch { after: number("after", after)?, before: number("before", before)?, part })
}

/// For `sendMessage`.
#[derive(InputObject)]
struct SendMessageInput {
    /// The session in whose chat.
    session_id: ID,
    /// What it says, 1 to 2,000 characters: plain text. Control characters, characters that turn the direction of text, and
    /// more than 4 combining marks in a row are taken out. `@[ID]` mentions the person whose account has the id, 20 people at
    /// the most; they must be among those who can watch the session.
    text: String,
    /// What the client calls it, 1 to 64 characters that it uses for no other message in this chat. One that is sent again by it
    /// is kept once, and given as it is.
    client_id: String,
    /// The message that it answers, in the same chat.
    reply_to_id: Option<ID>,
}

/// For `editMessage`.
#[derive(InputObject)]
struct EditMessageInput {
    /// The message.
    id: ID,
    /// What it says from now on, as for `sendMessage`.
    text: String,
}

/// For `deleteMessage`.
#[derive(InputObject)]
struct DeleteMessageInput {
    /// The message.
    id: ID,
}

/// For `addReaction`.
#[derive(InputObject)]
struct AddReactionInput {
    /// The message.
    message_id: ID,
    /// One emoji.
    emoji: String,
}

/// For `removeReaction`.
#[derive(InputObject)]
struct RemoveReactionInput {
    /// The message.
    message_id: ID,
    /// The emoji that the caller has added.
    emoji: String,
}

/// The message after a change.
#[derive(SimpleObject)]
struct MessagePayload {
    /// The message.
    message: Message,
}

impl From<MessageView> for MessagePayload {
    fn from(view: MessageView) -> Self {
        Self { message: Message(view) }
    }
}

#[derive(Default)]
pub(super) struct MessageMutation;

#[Object]
impl MessageMutation {
    /// Writes in the chat of a session. For those who may enter its room. `FORBIDDEN` for who is muted, and for others than hosts
    /// while the chat is paused; `NOT_OPEN` before its time and when the event is over; `RATE_LIMITED` in slow mode.
    async fn send_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message.")] input: SendMessageInput,
    ) -> Result<MessagePayload> {
        let unknown = || Problem::new("replyToId", Code::NotFound, "There is no such message in this chat.");
        let reply_to = input.reply_to_id.map(|id| MessageId::parse(&id).ok_or_else(|| Error::from(unknown())));
        let input = ops::message::NewMessage {
            session: parse(&input.session_id, "session")?,
            text: input.text,
            client_id: input.client_id,
            reply_to: reply_to.transpose()?,
        };
        Ok(ops::message::send(ctx.app(), &ctx.caller(), input).await?.into())
    }

    /// Changes what an own message says. Refused as `sendMessage` is, slow mode apart.
    async fn edit_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: EditMessageInput,
    ) -> Result<MessagePayload> {
        let id = parse(&input.id, "message")?;
        Ok(ops::message::edit(ctx.app(), &ctx.caller(), id, input.text).await?.into())
    }

    /// Takes the text of a message away; its place stays. One's own, also for who may not write any more; hosts delete any.
    async fn delete_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message.")] input: DeleteMessageInput,
    ) -> Result<MessagePayload> {
        let id = parse(&input.id, "message")?;
        Ok(ops::message::delete(ctx.app(), &ctx.caller(), id).await?.into())
    }

    /// Adds an emoji to a message. Others hear of it within a second. Refused as `sendMessage` is, slow mode apart.
    async fn add_reaction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message and the emoji.")] input: AddReactionInput,
    ) -> Result<MessagePayload> {
        let id = parse(&input.message_id, "message")?;
        Ok(ops::message::react(ctx.app(), &ctx.caller(), id, input.emoji).await?.into())
    }

    /// Takes an own emoji from a message.
    async fn remove_reaction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message and the emoji.")] input: RemoveReactionInput,
    ) -> Result<MessagePayload> {
        let id = parse(&input.message_id, "message")?;
        Ok(ops::message::unreact(ctx.app(), &ctx.caller(), id, input.emoji).await?.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(first: Option<i32>, after: Option<&str>, last: Option<i32>, before: Option<&str>) -> Option<Stretch> {
        stretch((first, after.map(str::to_owned)), (last, before.map(str::to_owned))).ok()
    }

    #[test]
    fn i1_the_newest_messages_come_first_and_pages_go_both_ways() {
        let stretch = |after, before, part| Some(Stretch { after, before, part });
        assert_eq!(asked(None, None, None, None), stretch(None, None, Part::Last(50)));
        assert_eq!(asked(None, None, Some(10), Some("7")), stretch(None, Some(7), Part::Last(10)));
        assert_eq!(asked(Some(10), Some("7"), None, None), stretch(Some(7), None, Part::First(10)));
        assert_eq!(asked(None, Some("7"), None, None), stretch(Some(7), None, Part::First(50)));
        assert_eq!(asked(None, None, None, Some("7")), stretch(None, Some(7), Part::Last(50)));
        assert_eq!(asked(Some(1), None, Some(1), None), None);
        assert_eq!(asked(Some(0), None, None, None), None);
        assert_eq!(asked(None, None, Some(101), None), None);
        assert_eq!(asked(None, Some("x"), None, None), None);
    }
}
