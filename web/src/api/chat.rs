//! The chat of a session: documents and typed results (I1).

use super::people::Person;
use super::share_request::{Asker, Decider};
use super::{DateTime, schema};

/// Why somebody may not write now.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRefusal {
    NotOpen,
    Muted,
    Paused,
}

/// Whose reactions the person's own are is not in it: a subscription does not ask for that.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Message {
    pub id: cynic::Id,
    /// Its place in the chat, from 1 without a gap.
    pub number: i32,
    pub revision: i32,
    /// Nobody, when they have no account any more.
    pub author: Option<Asker>,
    pub from_host: bool,
    pub text: String,
    pub mentions: Vec<Asker>,
    pub reply_to: Option<QuotedMessage>,
    pub reactions: Vec<MessageReaction>,
    pub created_at: DateTime,
    pub edited_at: Option<DateTime>,
    pub deleted_at: Option<DateTime>,
    pub deleted_by_host: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct QuotedMessage {
    pub id: cynic::Id,
    pub author: Option<Decider>,
    pub text: String,
    pub mentions: Vec<Asker>,
    pub deleted_at: Option<DateTime>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct MessageReaction {
    pub emoji: String,
    pub count: i32,
}

/// How the chat is set.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Chat {
    pub revision: i32,
    pub slow_seconds: i32,
    pub paused: bool,
    pub pinned: Option<Message>,
}

#[derive(cynic::QueryVariables)]
pub struct HistoryVariables {
    pub id: cynic::Id,
    pub before: Option<String>,
}

/// The last messages, or those before a cursor, with how the chat is set.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "HistoryVariables")]
pub struct History {
    #[arguments(id: $id)]
    pub session: Option<WithHistory>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Session", variables = "HistoryVariables")]
pub struct WithHistory {
    /// Nothing for who may not read it, or not yet.
    pub chat: Option<Chat>,
    pub viewer_write_refusal: Option<WriteRefusal>,
    #[arguments(before: $before)]
    pub messages: MessagePage,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "MessageConnection")]
pub struct MessagePage {
    pub nodes: Vec<Message>,
    /// The same messages again, for what only the person has of them.
    #[cynic(rename = "nodes", alias)]
    pub own: Vec<Own>,
    pub page_info: Before,
    pub revision: i32,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Message")]
pub struct Own {
    pub number: i32,
    pub viewer_reactions: Vec<String>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "PageInfo")]
pub struct Before {
    pub has_previous_page: bool,
    pub start_cursor: Option<String>,
}

#[derive(cynic::QueryVariables)]
pub struct ChatVariables {
    pub id: cynic::Id,
}

/// Whether the person may write, and nothing else.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ChatVariables")]
pub struct MayWrite {
    #[arguments(id: $id)]
    pub session: Option<Writer>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Session")]
pub struct Writer {
    pub viewer_write_refusal: Option<WriteRefusal>,
}

#[derive(cynic::QueryVariables)]
pub struct MessagesVariables {
    pub id: cynic::Id,
    pub after: Option<i32>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "MessagesVariables")]
pub struct MessageChanged {
    #[arguments(sessionId: $id, afterRevision: $after)]
    pub message_changed: Message,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Subscription", variables = "ChatVariables")]
pub struct ChatChanged {
    #[arguments(sessionId: $id)]
    pub chat_changed: Chat,
}

#[derive(cynic::QueryVariables)]
pub struct MentionableVariables {
    pub slug: String,
    pub search: String,
}

/// The first of those in the event whose names fit; nobody where people do not see each other.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MentionableVariables")]
pub struct Mentionable {
    #[arguments(slug: $slug)]
    pub event: Option<WithPeople>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Event", variables = "MentionableVariables")]
pub struct WithPeople {
    #[arguments(search: $search, first: 10)]
    pub people: FoundPeople,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "PersonConnection")]
pub struct FoundPeople {
    pub nodes: Vec<Person>,
}

#[derive(cynic::InputObject)]
pub struct SendMessageInput {
    pub session_id: cynic::Id,
    pub text: String,
    pub client_id: String,
    pub reply_to_id: Option<cynic::Id>,
}

#[derive(cynic::QueryVariables)]
pub struct SendMessageVariables {
    pub input: SendMessageInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "SendMessageVariables")]
pub struct SendMessage {
    #[arguments(input: $input)]
    pub send_message: Sent,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "MessagePayload")]
pub struct Sent {
    pub message: Message,
}

/// What comes of it is told by the subscription, as of everything below.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "MessagePayload")]
pub struct Changed {
    pub message: OnlyId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Message")]
pub struct OnlyId {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject)]
pub struct EditMessageInput {
    pub id: cynic::Id,
    pub text: String,
}

#[derive(cynic::QueryVariables)]
pub struct EditMessageVariables {
    pub input: EditMessageInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "EditMessageVariables")]
pub struct EditMessage {
    #[arguments(input: $input)]
    pub edit_message: Changed,
}

#[derive(cynic::InputObject)]
pub struct DeleteMessageInput {
    pub id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct DeleteMessageVariables {
    pub input: DeleteMessageInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DeleteMessageVariables")]
pub struct DeleteMessage {
    #[arguments(input: $input)]
    pub delete_message: Changed,
}

#[derive(cynic::InputObject)]
pub struct AddReactionInput {
    pub message_id: cynic::Id,
    pub emoji: String,
}

#[derive(cynic::QueryVariables)]
pub struct AddReactionVariables {
    pub input: AddReactionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AddReactionVariables")]
pub struct AddReaction {
    #[arguments(input: $input)]
    pub add_reaction: Changed,
}

#[derive(cynic::InputObject)]
pub struct RemoveReactionInput {
    pub message_id: cynic::Id,
    pub emoji: String,
}

#[derive(cynic::QueryVariables)]
pub struct RemoveReactionVariables {
    pub input: RemoveReactionInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveReactionVariables")]
pub struct RemoveReaction {
    #[arguments(input: $input)]
    pub remove_reaction: Changed,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ChatPayload")]
pub struct ChatSet {
    pub chat: OfChat,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Chat")]
pub struct OfChat {
    pub session_id: cynic::Id,
}

#[derive(cynic::InputObject)]
pub struct PinMessageInput {
    pub message_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct PinMessageVariables {
    pub input: PinMessageInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PinMessageVariables")]
pub struct PinMessage {
    #[arguments(input: $input)]
    pub pin_message: ChatSet,
}

#[derive(cynic::InputObject)]
pub struct UnpinMessageInput {
    pub session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
pub struct UnpinMessageVariables {
    pub input: UnpinMessageInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UnpinMessageVariables")]
pub struct UnpinMessage {
    #[arguments(input: $input)]
    pub unpin_message: ChatSet,
}

/// What is not given stays.
#[derive(cynic::InputObject)]
pub struct UpdateChatInput {
    pub session_id: cynic::Id,
    pub slow_seconds: Option<i32>,
    pub paused: Option<bool>,
}

#[derive(cynic::QueryVariables)]
pub struct UpdateChatVariables {
    pub input: UpdateChatInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateChatVariables")]
pub struct UpdateChat {
    #[arguments(input: $input)]
    pub update_chat: ChatSet,
}
