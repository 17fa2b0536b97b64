//! What is told of chats: messages and settings, with all that is shown of them (I1). Nothing in it differs between those who
//! read a chat, so that it is written once for all.

use super::Told;
use crate::model::account::Account;
use crate::model::chat::Chat;
use crate::model::message::Message;
use crate::model::picture::Picture;
use std::sync::Arc;

/// A message was sent, edited, deleted or reacted to.
#[derive(Debug)]
pub struct MessageChange {
    pub view: MessageView,
    pub told: Told,
}

impl MessageChange {
    pub fn new(view: MessageView) -> Arc<Self> {
        Arc::new(Self { view, told: Told::default() })
    }
}

/// The settings of a chat changed, or what is pinned in it.
#[derive(Debug)]
pub struct ChatChange {
    pub view: ChatView,
    pub told: Told,
}

/// A message with all that a chat shows of it.
#[derive(Clone, Debug)]
pub struct MessageView {
    pub message: Arc<Message>,
    /// While they have an account.
    pub author: Option<Known>,
    pub reply_to: Option<Quote>,
    pub mentions: Arc<[Known]>,
    /// Each emoji with how many people chose it, in the order in which they came.
    pub reactions: Arc<[(String, i64)]>,
}

/// The message that another one answers.
#[derive(Clone, Debug)]
pub struct Quote {
    pub message: Arc<Message>,
    pub author: Option<Known>,
    pub mentions: Arc<[Known]>,
}

/// A person with their picture.
#[derive(Clone, Debug)]
pub struct Known {
    pub account: Arc<Account>,
    pub picture: Option<Arc<Picture>>,
}

/// A chat with the message that is pinned in it.
#[derive(Clone, Debug)]
pub struct ChatView {
    pub chat: Chat,
    pub pinned: Option<MessageView>,
}
