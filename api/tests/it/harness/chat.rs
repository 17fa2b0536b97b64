//! What people write in the chats of tests.

use super::{Person, TestApp, text};
use api::ids::{AccountId, Id, SessionId};
use api::model;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

pub const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id number revision text
    fromHost author { id name } mentions { id name } replyTo { id number text deletedAt author { name } mentions { name } } createdAt editedAt } } }";
const MESSAGES: &str = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { session(id: $id) {
    messages(first: $first, after: $after, last: $last, before: $before) { revision totalCount
    pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
    nodes { id number revision text author { name } replyTo { id text } reactions { emoji count } viewerReactions
    editedAt deletedAt deletedByHost } } } }";

static CLIENT_IDS: AtomicU32 = AtomicU32::new(0);

/// The input of a message that was not sent before.
pub fn message(session: &str, text: &str) -> Value {
    let client_id = CLIENT_IDS.fetch_add(1, Ordering::SeqCst).to_string();
    json!({ "input": { "sessionId": session, "text": text, "clientId": client_id } })
}

impl Person {
    /// Sends a message; gives it.
    pub async fn write(&self, session: &str, text: &str) -> Value {
        self.ok(SEND, message(session, text)).await["sendMessage"]["message"].take()
    }

    /// The same; gives its id.
    pub async fn written(&self, session: &str, text: &str) -> String {
        super::text(&self.write(session, text).await["id"])
    }

    /// A part of the chat, the newest unless `fields` say otherwise.
    pub async fn messages(&self, session: &str, fields: Value) -> Value {
        let mut variables = fields;
        variables["id"] = session.into();
        self.ok(MESSAGES, variables).await["session"]["messages"].take()
    }

    /// What the newest messages say.
    pub async fn texts(&self, session: &str) -> Vec<String> {
        let list = self.messages(session, json!({})).await;
        list["nodes"].as_array().unwrap().iter().map(|node| text(&node["text"])).collect()
    }
}

impl TestApp {
    /// So many messages of the person, numbered from 1, without waiting for the rate at which one may write.
    pub async fn messages_in_the_database(&self, session: &str, person: &Person, count: i64) {
        let (session_id, account) = (SessionId::parse(session).unwrap(), AccountId::parse(&person.id().await).unwrap());
        let now = self.app.clock.now();
        let ids: Vec<_> = (0..count).map(|_| self.app.ids.next()).collect();
        let insert = move |conn: &mut _| {
            let mut chat = model::chat::hold(conn, session_id)?;
            for id in ids {
                chat.last_number += 1;
                chat.revision += 1;
                let row = model::message::Message {
                    id,
                    session_id,
                    number: chat.last_number,
                    revision: chat.revision,
                    account_id: Some(account),
                    client_id: format!("many-{}", chat.last_number),
                    text: format!("Message {}", chat.last_number),
                    from_host: false,
                    reply_to_id: None,
                    created_at: now,
                    edited_at: None,
                    deleted_at: None,
                    deleted_by: None,
                };
                model::message::insert(conn, &row)?;
            }
            Ok(model::chat::save(conn, &chat)?)
        };
        self.app.db.write(insert).await.unwrap();
    }
}
