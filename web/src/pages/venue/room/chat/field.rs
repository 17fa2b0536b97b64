//! Where a message is typed. An `@` offers people: arrow keys walk through them while the focus stays where one types, Enter
//! and Tab take one, Escape puts them away. Names stand marked in the text, behind which a copy of it is drawn.

use super::Talk;
use crate::api::chat::{Mentionable, MentionableVariables};
use crate::api::fetch;
use crate::api::people::Person;
use crate::components::Avatar;
use crate::state::chat::Conversation;
use crate::state::chat::draft::{Asked, byte_at, units_at};
use crate::state::chat::offer::offers;
use crate::{t, text};
use cynic::QueryBuilder;
use gloo_timers::callback::Timeout;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlTextAreaElement;

/// Milliseconds without a key after which the server is asked.
const SEARCH_MS: u32 = 200;

/// Names the list and its entries for assistive technology.
const LIST: &str = "chat-people";

/// Gives the last line its height when it is empty.
const END: &str = "\u{200b}";

type Node = NodeRef<leptos::html::Textarea>;

/// Where the caret is, in bytes of the text.
fn caret(field: &HtmlTextAreaElement) -> usize {
    let units = field.selection_end().ok().flatten().unwrap_or_default();
    byte_at(&field.value(), units as usize)
}

/// Whom the person is looking for.
#[derive(Clone, Copy)]
struct Looking {
    talk: Talk,
    node: Node,
    asked: RwSignal<Option<Asked>>,
    /// Where an `@` stands that the person wants nobody for.
    put_away: RwSignal<Option<usize>>,
    offered: Memo<Vec<Person>>,
    /// Whom Enter takes, by id; the first one unless somebody else was walked to.
    walked: RwSignal<Option<String>>,
    /// Their place.
    marked: Memo<usize>,
}

impl Looking {
    fn new(talk: Talk, node: Node) -> Self {
        let (asked, put_away) = (RwSignal::new(None::<Asked>), RwSignal::new(None));
        let found = found(talk, asked);
        let offered = Memo::new(move |_| {
            let Some(Asked { start, query }) = asked.get() else { return Vec::new() };
            if put_away.get() == Some(start) {
                return Vec::new();
            }
            // As it was when the person began to look: a list does not move under the finger.
            let near = talk.known.with_untracked(Conversation::people).into_iter().map(|person| Person {
                id: person.id,
                name: person.name,
                headline: String::new(),
                picture: person.picture,
            });
            let on_screen = talk.here.call.room.with_untracked(|room| {
                let person = |speaker: &protocol::room::Speaker| Person {
                    id: cynic::Id::new(speaker.person.clone()),
                    name: speaker.name.clone(),
                    headline: String::new(),
                    picture: None,
                };
                room.speakers.iter().map(person).collect::<Vec<_>>()
            });
            let people = near.chain(on_screen).chain(found.get()).collect();
            offers(people, &query, talk.me.get().as_deref())
        });
        let walked = RwSignal::new(None::<String>);
        let marked = Memo::new(move |_| {
            let place = |id: &String| offered.with(|all| all.iter().position(|one| one.id.inner() == id));
            walked.with(|walked| walked.as_ref().and_then(place)).unwrap_or_default()
        });
        Self { talk, node, asked, put_away, offered, walked, marked }
    }

    /// Looks where the caret is now.
    fn look(self) {
        let Some(field) = self.node.get_untracked() else { return };
        let now = self.talk.draft.with_untracked(|draft| draft.asked(caret(&field)));
        if now.as_ref().map(|now| now.start) != self.put_away.get_untracked() {
            self.put_away.set(None);
        }
        if now != self.asked.get_untracked() {
            self.walked.set(None);
            self.asked.set(now);
        }
    }

    fn leave(self) {
        self.asked.set(None);
    }

    fn take(self, person: &Person) {
        let (Some(field), Some(asked)) = (self.node.get_untracked(), self.asked.get_untracked()) else { return };
        let end = asked.start + 1 + asked.query.len();
        let mut draft = self.talk.draft.get_untracked();
        let at = draft.name((asked.start, end), person.id.inner(), &person.name);
        // Before the page draws it: it would put the caret to the end.
        field.set_value(draft.text());
        let units = u32::try_from(units_at(draft.text(), at)).unwrap_or_default();
        // Where the caret cannot be set it stays at the end.
        let _ = field.set_selection_range(units, units);
        self.talk.draft.set(draft);
        self.asked.set(None);
    }

    fn walk(self, place: usize) {
        let there = self.offered.with_untracked(|all| all.get(place).map(|one| one.id.inner().to_owned()));
        self.walked.set(there);
    }

    /// Whether the key was meant for the list.
    fn press(self, event: &KeyboardEvent) -> bool {
        let count = self.offered.with_untracked(Vec::len);
        if count == 0 || event.is_composing() {
            return false;
        }
        let at = self.marked.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.walk((at + 1) % count),
            "ArrowUp" => self.walk((at + count - 1) % count),
            "Enter" | "Tab" if !event.shift_key() => {
                if let Some(person) = self.offered.with_untracked(|offered| offered.get(at).cloned()) {
                    self.take(&person);
                }
            }
            "Escape" => {
                self.put_away.set(self.asked.with_untracked(|asked| asked.as_ref().map(|asked| asked.start)));
            }
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }
}

/// What the server found for what was typed last, a moment after it was; what it found before stays until then.
fn found(talk: Talk, asked: RwSignal<Option<Asked>>) -> RwSignal<Vec<Person>> {
    let found = RwSignal::new(Vec::new());
    let query = Memo::new(move |_| asked.with(|asked| asked.as_ref().map(|asked| asked.query.trim().to_owned())));
    let waiting = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        let Some(search) = query.get() else { return };
        let slug = talk.here.session.with_untracked(|session| session.event.slug.clone());
        let ask = move || {
            let operation = Mentionable::build(MentionableVariables { slug, search: search.clone() });
            spawn_local(async move {
                // Without an answer those who are near are offered.
                let Ok(answer) = fetch::send(operation).await else { return };
                if query.try_get_untracked().flatten() == Some(search) {
                    found.try_set(answer.event.map(|event| event.people.nodes).unwrap_or_default());
                }
            });
        };
        waiting.set_value(Some(Timeout::new(SEARCH_MS, ask)));
    });
    found
}

/// `on_key` gets the keys that the list of people does not take.
#[component]
pub fn Field(talk: Talk, node: Node, #[prop(into)] on_key: Callback<KeyboardEvent>) -> impl IntoView {
    let draft = talk.draft;
    let looking = Looking::new(talk, node);
    let behind = NodeRef::<leptos::html::Div>::new();
    let input = move |_| {
        let Some(field) = node.get_untracked() else { return };
        let (text, at) = (field.value(), caret(&field));
        draft.update(|draft| draft.change(text, at));
        looking.look();
    };
    let scroll = move |_| {
        if let (Some(field), Some(behind)) = (node.get_untracked(), behind.get_untracked()) {
            behind.set_scroll_top(field.scroll_top());
        }
    };
    let press = move |event: KeyboardEvent| {
        if !looking.press(&event) {
            on_key.run(event);
        }
    };
    let count = Memo::new(move |_| looking.offered.with(Vec::len));
    let marked = move || {
        let shown = count.get() > 0;
        shown.then(|| format!("{LIST}-{}", looking.marked.get()))
    };
    let pieces = move || {
        draft.with(|draft| {
            let piece = |(text, names): (&str, bool)| {
                let text = text.to_owned();
                if names { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
            };
            draft.pieces().into_iter().map(piece).collect_view()
        })
    };
    view! {
        <div class="chat-input">
            <div node_ref=behind class="chat-marks" aria-hidden="true" dir="auto">{pieces}{END}</div>
            <textarea
                node_ref=node
                name="chat"
                rows="1"
                dir="auto"
                aria-label=t!("chat-message")
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls=LIST
                aria-activedescendant=marked
                placeholder=t!("chat-message")
                prop:value=move || draft.with(|draft| draft.text().to_owned())
                on:input=input
                on:keydown=press
                on:keyup=move |_| looking.look()
                on:click=move |_| looking.look()
                on:blur=move |_| looking.leave()
                on:scroll=scroll
            ></textarea>
            <ul id=LIST class="offers chat-people" role="listbox" aria-label=t!("chat-mention") hidden=move || count.get() == 0>
                {move || looking.offered.get().into_iter().enumerate().map(|(place, person)| {
                    view! { <Offer looking place person/> }
                }).collect_view()}
            </ul>
            <p class="offscreen" role="status">{move || (count.get() > 0).then(|| text!("chat-mention-offers", count = count.get()))}</p>
        </div>
    }
}

#[component]
fn Offer(looking: Looking, place: usize, person: Person) -> impl IntoView {
    let node = NodeRef::<leptos::html::Li>::new();
    let marked = Memo::new(move |_| looking.marked.get() == place);
    Effect::new(move |_| {
        if marked.get()
            && let Some(entry) = node.get()
        {
            entry.scroll_into_view_with_bool(false);
        }
    });
    let Person { name, headline, picture, .. } = person.clone();
    // Pressed, not clicked: a click comes after the field was left, when the list is gone.
    let take = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        looking.take(&person);
    };
    view! {
        <li
            node_ref=node
            id=format!("{LIST}-{place}")
            role="option"
            aria-selected=move || if marked.get() { "true" } else { "false" }
            on:mousedown=take
        >
            <Avatar name=name.clone() size="small" picture=Signal::stored(picture)/>
            <span class="chat-person">
                <bdi>{name}</bdi>
                {(!headline.is_empty()).then(|| view! { <span class="muted small">{headline}</span> })}
            </span>
        </li>
    }
}
