//! What hosts set of a chat: slow mode and pause.

use super::Talk;
use super::composer::time;
use crate::api::chat::{UpdateChat, UpdateChatInput, UpdateChatVariables};
use crate::api::fetch;
use crate::components::{Glyph, Icon, Menu};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;

/// Seconds between two messages of one person.
const SLOW: [i32; 5] = [0, 10, 30, 60, 300];

#[component]
pub fn Settings(talk: Talk) -> impl IntoView {
    let paused = Memo::new(move |_| talk.known.with(|known| known.chat().is_some_and(|chat| chat.paused)));
    let slow = Memo::new(move |_| talk.known.with(|known| known.chat().map_or(0, |chat| chat.slow_seconds)));
    let set = move |slow_seconds: Option<i32>, paused: Option<bool>| {
        let input = UpdateChatInput { session_id: talk.session(), slow_seconds, paused };
        talk.post(fetch::tell(UpdateChat::build(UpdateChatVariables { input })), || {});
    };
    view! {
        <Menu label=t!("chat-settings") face=move || view! { <Icon glyph=Glyph::Settings/> }>
            <button type="button" class="menu-item" on:click=move |_| set(None, Some(!paused.get_untracked()))>
                <Icon glyph=Glyph::MessageOff/>{move || if paused.get() { text!("chat-go-on") } else { text!("chat-pause") }}
            </button>
            {SLOW.map(|seconds| {
                let chosen = move || slow.get() == seconds;
                view! {
                    <button
                        type="button"
                        class="menu-item"
                        aria-pressed=move || if chosen() { "true" } else { "false" }
                        on:click=move |_| set(Some(seconds), None)
                    >
                        <Icon glyph=Signal::derive(move || if chosen() { Glyph::Check } else { Glyph::Clock })/>
                        {move || text!("chat-slow", seconds = seconds, time = time(i64::from(seconds)))}
                    </button>
                }
            }).collect_view()}
        </Menu>
    }
}
