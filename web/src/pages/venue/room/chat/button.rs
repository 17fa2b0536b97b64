//! The way to the chat.

use super::super::hosting::Hosting;
use super::super::panel::Panel;
use super::Talk;
use crate::components::{Glyph, Icon};
use crate::state::chat::Conversation;
use crate::{browser, text};
use leptos::prelude::*;

/// Opens and closes the chat; its badge counts what came meanwhile, and differs when somebody mentioned the person.
#[component]
pub fn ChatButton(talk: Talk) -> impl IntoView {
    let Hosting { beside, .. } = expect_context();
    let shown = Memo::new(move |_| beside.shows(Panel::Chat));
    let unread = Memo::new(move |_| talk.me.with(|me| talk.known.with(|known| known.unread(me.as_deref()))));
    Effect::new(move |_| {
        if shown.get() && unread.get().0 > 0 {
            talk.known.update(Conversation::see);
        }
    });
    let label = move || match unread.get() {
        (0, _) => text!("chat"),
        (count, 0) => text!("chat-unread", count = count),
        (count, _) => text!("chat-unread-mention", count = count),
    };
    let mentioned = move || unread.get().1 > 0;
    let count = move || browser::format_number(i32::try_from(unread.get().0).unwrap_or(i32::MAX));
    view! {
        <button
            type="button"
            class="icon-button host-button"
            aria-label=label
            title=label
            aria-expanded=move || if shown.get() { "true" } else { "false" }
            on:click=move |_| beside.turn(Panel::Chat)
        >
            <Icon glyph=Glyph::Message/>
            <Show when=move || { unread.get().0 > 0 }>
                <span class="count" class:mention=mentioned aria-hidden="true">{move || mentioned().then_some("@")}{count}</span>
            </Show>
        </button>
    }
}
