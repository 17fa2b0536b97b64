//! Messages on their way to the server.

use super::Talk;
use crate::api::chat::{QuotedMessage, SendMessage, SendMessageInput, SendMessageVariables};
use crate::api::{Code, Failure, fetch};
use crate::state::chat::draft::Draft;
use crate::state::chat::{Pending, Sending};
use chrono::TimeDelta;
use cynic::MutationBuilder;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds after which a message is tried again that did not reach the server.
const AGAIN_MS: u32 = 3_000;

impl Talk {
    /// Takes what was written on its way.
    pub(super) fn send(self, draft: &Draft, reply_to: Option<QuotedMessage>) {
        let random = js_sys::Math::random() * 9e15;
        let client_id = format!("{:x}-{:x}", js_sys::Date::now() as u64, random as u64);
        let one = Pending {
            client_id,
            text: draft.wire(),
            mentions: draft.mentions(),
            reply_to,
            written_at: untrack(|| self.clock.now()),
            sending: Sending::Waiting,
        };
        self.known.update(|known| known.add_pending(one));
        self.pump();
    }

    /// Seconds until the server takes a message again that it has refused; follows the clock.
    pub(super) fn blocked_for(self) -> i64 {
        let Some(until) = self.blocked.get() else { return 0 };
        ((until - self.clock.now()).num_milliseconds() + 999).div_euclid(1_000).max(0)
    }

    /// Sends the next message that waits. One that may have reached the server is sent again by the same name, so that it is
    /// there once.
    pub(super) fn pump(self) {
        if self.sending.try_get_untracked() != Some(false) {
            return;
        }
        let Some(next) = self.known.with_untracked(|known| known.next_to_send().cloned()) else { return };
        self.sending.set(true);
        let client_id = next.client_id;
        let input = SendMessageInput {
            session_id: self.session(),
            text: next.text,
            client_id: client_id.clone(),
            reply_to_id: next.reply_to.map(|quote| quote.id),
        };
        let operation = SendMessage::build(SendMessageVariables { input });
        spawn_local(async move {
            let answer = fetch::send(operation).await;
            self.sending.try_set(false);
            if let Err(Failure::TooOften { seconds }) = &answer {
                let until = untrack(|| self.clock.now()) + TimeDelta::seconds(i64::from(*seconds));
                self.blocked.try_set(Some(until));
            }
            let comes_back = match &answer {
                Err(failure) => failure.is_passing() && failure.code() != Some(Code::RateLimited),
                Ok(_) => false,
            };
            self.known.try_update(|known| match answer {
                Ok(sent) => known.sent(&client_id, sent.send_message.message),
                Err(_) if comes_back => known.set_sending(&client_id, Sending::Offline),
                Err(failure) => known.set_sending(&client_id, Sending::Refused(failure)),
            });
            if comes_back {
                Timeout::new(AGAIN_MS, move || self.pump()).forget();
            } else {
                self.pump();
            }
        });
    }
}
