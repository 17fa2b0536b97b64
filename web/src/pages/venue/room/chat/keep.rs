//! What is being written and what was not sent yet survives a reload: in the browser's memory, for each person and session by
//! itself. A message is sent by the name that it had before, so it is there once, whatever had become of it.

use super::{About, Talk};
use crate::api::chat::QuotedMessage;
use crate::browser;
use crate::pages::gate::chat_memory;
use crate::state::chat::Conversation;
use crate::state::chat::draft::Draft;
use crate::state::chat::kept::{Kept, Quote};
use leptos::prelude::*;

/// Puts back what an earlier visit left, and keeps what comes. What is edited meanwhile is not kept: the message is there still.
pub(super) fn keep(talk: Talk) {
    let Talk { draft, about, known, .. } = talk;
    let session = talk.session();
    let key = Memo::new(move |_| talk.me.get().map(|me| chat_memory(&me) + session.inner()));
    // Where it is kept, once what was there is put back: nothing is written over before that.
    let kept = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let key = key.get();
        if let Some(left) = key.as_deref().and_then(read) {
            restore(talk, left);
        }
        kept.set(key);
    });
    Effect::new(move |_| {
        let Some(key) = kept.get() else { return };
        let (draft, reply) = match about.get() {
            About::Nothing => (draft.get(), None),
            About::Reply(quote) => (draft.get(), Some(Quote::from(&quote))),
            About::Edit { draft, .. } => (draft, None),
        };
        change(&key, move |kept| (kept.draft, kept.reply) = (draft, reply));
    });
    let pending = Memo::new(move |_| known.with(|known| known.pending().to_vec()));
    Effect::new(move |before: Option<Vec<String>>| {
        let now = pending.get();
        let ids = now.iter().map(|one| one.client_id.clone()).collect();
        if let Some(key) = kept.get() {
            change(&key, |kept| kept.update_pending(&before.unwrap_or_default(), &now));
        }
        ids
    });
}

fn restore(talk: Talk, kept: Kept) {
    let now = untrack(|| talk.clock.now());
    let earlier = kept.pending(now);
    if !earlier.is_empty() {
        talk.known.update(|known| known.restore(earlier));
        if talk.known.with_untracked(Conversation::has_begun) {
            talk.pump();
        }
    }
    if talk.draft.with_untracked(Draft::is_empty) && talk.about.with_untracked(|about| *about == About::Nothing) {
        if let Some(quote) = &kept.reply {
            talk.about.set(About::Reply(QuotedMessage::from(quote)));
        }
        talk.draft.set(kept.draft.sound());
    }
}

fn read(key: &str) -> Option<Kept> {
    browser::remembered(key).and_then(|left| serde_json::from_str(&left).ok())
}

/// Another window may have written since.
fn change(key: &str, work: impl FnOnce(&mut Kept)) {
    let mut kept = read(key).unwrap_or_default();
    work(&mut kept);
    match serde_json::to_string(&kept) {
        Ok(text) if !kept.is_empty() => browser::remember(key, &text),
        _ => browser::forget(key),
    }
}
