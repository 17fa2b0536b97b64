//! The way to the chat.

use super::super::hosting::Hosting;
use super::super::panel::{Panel, PanelButton};
use super::Talk;
use crate::components::Glyph;
use crate::state::chat::Conversation;
use crate::text;
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
    let label = Signal::derive(move || match unread.get() {
        (0, _) => text!("chat"),
        (count, 0) => text!("chat-unread", count = count),
        (count, _) => text!("chat-unread-mention", count = count),
    });
    let badge = Signal::derive(move || unread.get().0);
    let mention = Signal::derive(move || unread.get().1 > 0);
    view! { <PanelButton panel=Panel::Chat glyph=Glyph::Message label badge mention/> }
}
