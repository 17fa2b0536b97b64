//! One message: who, when, what, and what can be done about it. Its parts change on their own, so that what has the focus
//! keeps it and nothing is read aloud twice.

use super::{About, Talk};
use crate::api::chat::{
    AddReaction, AddReactionInput, AddReactionVariables, Message, PinMessage, PinMessageInput, PinMessageVariables,
    QuotedMessage, RemoveReaction, RemoveReactionInput, RemoveReactionVariables, UnpinMessage, UnpinMessageInput,
    UnpinMessageVariables,
};
use crate::api::fetch;
use crate::api::share_request::{Asker, Decider};
use crate::app::Clock;
use crate::browser::{self, Style};
use crate::components::{Avatar, Glyph, Icon, IconButton};
use crate::state::chat::draft::Draft;
use crate::state::chat::text::{Part, parts, plain};
use crate::state::chat::{author, mentions};
use crate::{t, text};
use chrono::TimeDelta;
use cynic::MutationBuilder;
use leptos::prelude::*;

const EMOJI: [&str; 6] = ["👍", "❤️", "😂", "🎉", "👏", "🤔"];

/// A message's text, with its links and the names in it; that of the reader stands out.
pub(super) fn said(text: &str, mentions: &[Asker], me: Option<&str>) -> AnyView {
    let part = |part| match part {
        Part::Text(text) => text.into_any(),
        Part::Link(link) => {
            let href = link.clone();
            view! { <a href=href target="_blank" rel="noopener noreferrer nofollow">{link}</a> }.into_any()
        }
        Part::Mention { id, name } => {
            let own = me == Some(id.as_str());
            let name = name.unwrap_or_else(|| text!("chat-gone"));
            view! { <strong class="chat-mention" class:own=own>"@"<bdi>{name}</bdi></strong> }.into_any()
        }
    };
    parts(text, mentions).into_iter().map(part).collect_view().into_any()
}

/// The time of day, and the day as well unless it was just now.
fn when(message: &Message) -> String {
    let clock: Clock = expect_context();
    let recent = untrack(|| clock.now()) - message.created_at < TimeDelta::hours(12);
    let style = if recent { Style::Time } else { Style::Moment };
    browser::format_instant(message.created_at, &browser::own_zone(), style)
}

pub(super) fn name_of(person: Option<&str>) -> String {
    person.map_or_else(|| text!("chat-gone"), str::to_owned)
}

/// What is answered, above the answer.
pub(super) fn quoted(quote: &QuotedMessage) -> AnyView {
    let name = name_of(quote.author.as_ref().map(|author| author.name.as_str()));
    let text = if quote.deleted_at.is_some() {
        text!("chat-deleted")
    } else {
        plain(&quote.text, &quote.mentions, &text!("chat-gone"))
    };
    view! { <blockquote class="chat-quote"><strong><bdi>{name}</bdi></strong><p dir="auto">{text}</p></blockquote> }
        .into_any()
}

fn content(message: &Message, me: Option<&str>) -> AnyView {
    if message.deleted_at.is_some() {
        let words = if message.deleted_by_host { text!("chat-deleted-by-host") } else { text!("chat-deleted") };
        return view! { <p class="chat-text muted">{words}</p> }.into_any();
    }
    let edited = message.edited_at.map(|_| view! { <span class="chat-meta">" "{text!("chat-edited")}</span> });
    view! {
        {message.reply_to.as_ref().map(quoted)}
        <p class="chat-text" dir="auto">{said(&message.text, &message.mentions, me)}{edited}</p>
    }
    .into_any()
}

#[component]
pub fn Row(
    talk: Talk,
    number: i32,
    open: RwSignal<Option<i32>>,
    deleting: RwSignal<Option<cynic::Id>>,
) -> impl IntoView {
    let known = talk.known;
    let stamp = Memo::new(move |_| known.with(|known| known.stamp(number)));
    // Without what changes often and is shown elsewhere.
    let message = Memo::new(move |_| {
        stamp.get();
        let message = known.with_untracked(|known| known.message(number).cloned());
        message.map(|message| Message { reactions: Vec::new(), revision: 0, ..message })
    });
    let reactions = Memo::new(move |_| {
        stamp.get();
        known.with_untracked(|known| known.reactions(number))
    });
    let Some(first) = message.get_untracked() else { return ().into_any() };
    let picture = first.author.as_ref().and_then(|author| author.picture.clone());
    let name = name_of(first.author.as_ref().map(|author| author.name.as_str()));
    let host = first.from_host.then(|| view! { <span class="chat-host">{t!("chat-host")}</span> });
    let more = NodeRef::<leptos::html::Button>::new();
    let shown = Memo::new(move |_| open.get() == Some(number));
    let turn = move |_| open.update(|open| *open = (*open != Some(number)).then_some(number));
    let there =
        Memo::new(move |_| message.with(|message| message.as_ref().is_some_and(|one| one.deleted_at.is_none())));
    let calls = Memo::new(move |_| {
        talk.me.with(|me| message.with(|message| message.as_ref().is_some_and(|one| mentions(one, me.as_deref()))))
    });
    let label = {
        let name = name.clone();
        move || text!("chat-actions", name = name.clone())
    };
    view! {
        <li class="chat-row" class:mentions-me=move || calls.get()>
            <Avatar name=name.clone() size="small" picture/>
            <div class="chat-body">
                <p class="chat-meta">
                    <strong class="chat-name"><bdi>{name}</bdi></strong>{host}<time>{when(&first)}</time>
                    <Show when=move || calls.get()><span class="offscreen">{t!("chat-mentions-you")}</span></Show>
                </p>
                {move || talk.me.with(|me| message.with(|message| message.as_ref().map(|one| content(one, me.as_deref()))))}
                <div class="chat-reactions">
                    <For
                        each=move || reactions.with(|all| all.iter().map(|(emoji, ..)| emoji.clone()).collect::<Vec<_>>())
                        key=String::clone
                        let:emoji
                    >
                        <Reaction talk number emoji reactions counted=true/>
                    </For>
                </div>
                <Show when=move || shown.get() && there.get()>
                    <Actions talk number message reactions deleting close=move |()| {
                        open.set(None);
                        if let Some(button) = more.get_untracked() {
                            // The focus stays where it is when the button cannot have it.
                            let _ = button.focus();
                        }
                    }/>
                </Show>
            </div>
            <Show when=move || there.get()>
                <button
                    node_ref=more
                    type="button"
                    class="icon-button chat-more"
                    aria-label=label.clone()
                    aria-expanded=move || if shown.get() { "true" } else { "false" }
                    on:click=turn
                >
                    <Icon glyph=Glyph::More/>
                </button>
            </Show>
        </li>
    }
    .into_any()
}

type Reactions = Memo<Vec<(String, i32, bool)>>;

/// An emoji to add or take away; `counted` says how many people added it. `close` is run then.
#[component]
fn Reaction(
    talk: Talk,
    number: i32,
    emoji: String,
    reactions: Reactions,
    counted: bool,
    #[prop(optional)] close: Option<Callback<()>>,
) -> impl IntoView {
    let of = emoji.clone();
    let state = Memo::new(move |_| {
        let found =
            reactions.with(|all| all.iter().find(|(known, ..)| *known == of).map(|(_, count, own)| (*count, *own)));
        found.unwrap_or_default()
    });
    let pressed = emoji.clone();
    let press = move |_| {
        react(talk, number, pressed.clone());
        close.into_iter().for_each(|close| close.run(()));
    };
    let name = emoji.clone();
    let label = move || match state.get() {
        (count, _) if counted => text!("chat-reaction", emoji = name.clone(), count = count),
        _ => text!("chat-react", emoji = name.clone()),
    };
    view! {
        <button
            type="button"
            class="chat-reaction"
            aria-label=label
            aria-pressed=move || if state.get().1 { "true" } else { "false" }
            disabled=move || counted && talk.refusal.get().is_some()
            on:click=press
        >
            {emoji}{move || counted.then(|| view! { <span>{browser::format_number(state.get().0)}</span> })}
        </button>
    }
}

/// Shown at once; taken back when the server says no.
fn react(talk: Talk, number: i32, emoji: String) {
    let toggle = {
        let emoji = emoji.clone();
        move || talk.known.try_update(|known| known.toggle(number, &emoji)).unwrap_or_default()
    };
    let Some(message_id) = talk.known.with_untracked(|known| known.message(number).map(|one| one.id.clone())) else {
        return;
    };
    let told = if toggle() {
        fetch::tell(AddReaction::build(AddReactionVariables { input: AddReactionInput { message_id, emoji } }))
    } else {
        fetch::tell(RemoveReaction::build(RemoveReactionVariables { input: RemoveReactionInput { message_id, emoji } }))
    };
    talk.post(told, move || _ = toggle());
}

#[component]
fn Actions(
    talk: Talk,
    number: i32,
    message: Memo<Option<Message>>,
    reactions: Reactions,
    deleting: RwSignal<Option<cynic::Id>>,
    #[prop(into)] close: Callback<()>,
) -> impl IntoView {
    let writes = move || talk.refusal.get().is_none();
    let mine = move || message.with(|message| talk.is_mine(message.as_ref().and_then(author)));
    // What is written next is about it: the composer takes the focus.
    let about = move |make: fn(Talk, &Message)| {
        message.with_untracked(|message| message.iter().for_each(|message| make(talk, message)));
        close.run(());
    };
    let delete = move |_| {
        deleting.set(message.with_untracked(|message| message.as_ref().map(|message| message.id.clone())));
        close.run(());
    };
    view! {
        <div class="chat-actions">
            <Show when=writes>
                {EMOJI.map(|emoji| view! { <Reaction talk number emoji=emoji.to_owned() reactions counted=false close/> }).collect_view()}
                <button type="button" class="chat-action" on:click=move |_| about(reply)>
                    <Icon glyph=Glyph::Reply/>{t!("chat-reply")}
                </button>
                <Show when=mine>
                    <button type="button" class="chat-action" on:click=move |_| about(edit)>
                        <Icon glyph=Glyph::Edit/>{t!("chat-edit")}
                    </button>
                </Show>
            </Show>
            <Show when=move || talk.is_host()>
                <button type="button" class="chat-action" on:click=move |_| about(pin)>
                    <Icon glyph=Glyph::Pin/>{t!("chat-pin")}
                </button>
            </Show>
            <Show when=move || mine() || talk.is_host()>
                <button type="button" class="chat-action" on:click=delete>
                    <Icon glyph=Glyph::Trash/>{t!("chat-delete")}
                </button>
            </Show>
        </div>
    }
}

fn reply(talk: Talk, message: &Message) {
    talk.end_edit();
    talk.about.set(About::Reply(QuotedMessage {
        id: message.id.clone(),
        author: message.author.as_ref().map(|author| Decider { name: author.name.clone() }),
        text: message.text.clone(),
        mentions: message.mentions.clone(),
        deleted_at: None,
    }));
}

fn edit(talk: Talk, message: &Message) {
    talk.end_edit();
    talk.about.set(About::Edit { id: message.id.clone(), draft: talk.draft.get_untracked() });
    talk.draft.set(Draft::of_message(&message.text, &message.mentions, &untrack(|| text!("chat-gone"))));
}

fn pin(talk: Talk, message: &Message) {
    let input = PinMessageInput { message_id: message.id.clone() };
    talk.post(fetch::tell(PinMessage::build(PinMessageVariables { input })), || {});
}

/// The message that hosts have put on top.
#[component]
pub fn Pinned(talk: Talk) -> impl IntoView {
    let pinned = Memo::new(move |_| talk.known.with(|known| known.chat().and_then(|chat| chat.pinned.clone())));
    let unpin = move |()| {
        let input = UnpinMessageInput { session_id: talk.session() };
        talk.post(fetch::tell(UnpinMessage::build(UnpinMessageVariables { input })), || {});
    };
    move || {
        pinned.get().map(|message| {
            let name = name_of(message.author.as_ref().map(|author| author.name.as_str()));
            view! {
                <section class="chat-pinned" aria-label=t!("chat-pinned")>
                    <Icon glyph=Glyph::Pin/>
                    <div class="chat-body">
                        <p class="chat-meta"><strong class="chat-name"><bdi>{name}</bdi></strong></p>
                        <p class="chat-text" dir="auto" tabindex="0">{said(&message.text, &message.mentions, None)}</p>
                    </div>
                    <Show when=move || talk.is_host()>
                        <IconButton label=t!("chat-unpin") icon=Glyph::PinOff on=unpin/>
                    </Show>
                </section>
            }
        })
    }
}
