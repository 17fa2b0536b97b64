//! The chat of a session in GraphQL (I1): how it is set, and what hosts do about it.

use super::context::{Ask, parse};
use super::message::Message;
use crate::access;
use crate::feed::ChatView;
use crate::ops;
use crate::ops::chat::ChatPatch;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};

/// Why somebody may not write in a chat.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum WriteRefusal {
    /// The room cannot be entered: it is before its time, or the event is over.
    NotOpen,
    /// An organizer has muted them in the whole event.
    Muted,
    /// A host has paused the chat.
    Paused,
}

impl From<access::WriteRefusal> for WriteRefusal {
    fn from(refusal: access::WriteRefusal) -> Self {
        match refusal {
            access::WriteRefusal::NotOpen(_) => Self::NotOpen,
            access::WriteRefusal::Muted => Self::Muted,
            access::WriteRefusal::Paused => Self::Paused,
        }
    }
}

/// How the chat of a session is set. The same for all who read it.
#[derive(SimpleObject)]
pub(super) struct Chat {
    /// The session.
    session_id: ID,
    /// Counts every change of it and of its messages: of two copies the higher one is newer.
    revision: i64,
    /// Seconds between two messages of one person, hosts apart; 0 without slow mode.
    slow_seconds: i32,
    /// Whether only hosts may write.
    paused: bool,
    /// The message that is pinned.
    pinned: Option<Message>,
}

impl From<ChatView> for Chat {
    fn from(view: ChatView) -> Self {
        let ChatView { chat, pinned } = view;
        Self {
            session_id: ID(chat.session_id.to_string()),
            revision: chat.revision,
            slow_seconds: chat.slow_seconds,
            paused: chat.paused,
            pinned: pinned.map(Message::from),
        }
    }
}

/// For `updateChat`: what is not given stays.
#[derive(InputObject)]
struct UpdateChatInput {
    /// The session.
    session_id: ID,
    /// Seconds between two messages of one person, 0 to 300.
    slow_seconds: Option<i32>,
    /// Whether only hosts may write.
    paused: Option<bool>,
}

/// For `pinMessage`.
#[derive(InputObject)]
struct PinMessageInput {
    /// The message.
    message_id: ID,
}

/// For `unpinMessage`.
#[derive(InputObject)]
struct UnpinMessageInput {
    /// The session.
    session_id: ID,
}

/// The chat after a change.
#[derive(SimpleObject)]
struct ChatPayload {
    /// The chat.
    chat: Chat,
}

impl From<ChatView> for ChatPayload {
    fn from(view: ChatView) -> Self {
        Self { chat: view.into() }
    }
}

#[derive(Default)]
pub(super) struct ChatMutation;

#[Object]
impl ChatMutation {
    /// Slows a chat down, pauses it, or lets it go on. For hosts of the session.
    async fn update_chat(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateChatInput,
    ) -> Result<ChatPayload> {
        let id = parse(&input.session_id, "session")?;
        let patch = ChatPatch { slow_seconds: input.slow_seconds, paused: input.paused };
        Ok(ops::chat::update(ctx.app(), &ctx.caller(), id, patch).await?.into())
    }

    /// Pins a message for everybody, in place of the one that is pinned. For hosts of the session.
    async fn pin_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message.")] input: PinMessageInput,
    ) -> Result<ChatPayload> {
        let id = parse(&input.message_id, "message")?;
        Ok(ops::chat::pin(ctx.app(), &ctx.caller(), id).await?.into())
    }

    /// Takes the pinned message from its place. For hosts of the session.
    async fn unpin_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: UnpinMessageInput,
    ) -> Result<ChatPayload> {
        let id = parse(&input.session_id, "session")?;
        Ok(ops::chat::unpin(ctx.app(), &ctx.caller(), id).await?.into())
    }
}
