//! The tags of a session: made while one types, or taken from those in use (B4).

use crate::components::combobox::Combobox;
use crate::components::{Glyph, IconButton, Offered};
use crate::pages::event::Programme;
use crate::state::form;
use crate::{t, text};
use leptos::prelude::*;

/// Tags that are offered at once.
const OFFERED: usize = 8;

/// Enter, comma and leaving the field make a tag of what is typed.
#[component]
pub fn TagField(
    tags: RwSignal<Vec<String>>,
    /// Tags to complete with, beside those of sessions.
    #[prop(optional, into)]
    more: Signal<Vec<String>>,
) -> impl IntoView {
    let Programme { sessions, .. } = expect_context();
    let too_long = move || {
        let long = tags.with(|tags| tags.iter().find(|tag| form::over(tag, form::TAG).is_some()).cloned())?;
        Some(text!("tag-too-long", tag = long, limit = form::TAG))
    };
    let typed = RwSignal::new(String::new());
    let add = move || {
        if let Some(rest) = tags.try_update(|tags| form::add_tags(tags, &typed.get_untracked())) {
            typed.set(rest);
        }
    };
    let choose = move |tag: String| {
        typed.set(tag);
        add();
    };
    let press = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "," if !typed.with_untracked(|typed| typed.trim().is_empty()) => {
            event.prevent_default();
            add();
        }
        "Backspace" if typed.with_untracked(String::is_empty) => {
            tags.update(|tags| _ = tags.pop());
        }
        _ => {}
    };
    let known = Memo::new(move |_| {
        let mut known = sessions.with(|sessions| sessions.here().map(|sessions| sessions.tags()).unwrap_or_default());
        known.extend(more.get());
        known.sort_by_key(|tag| tag.to_lowercase());
        known.dedup();
        known
    });
    let offers = Memo::new(move |_| {
        let offered = |(label, value): (String, String)| Offered { value, label, detail: String::new() };
        let (typed, used) = (typed.get(), tags.get());
        let mut offers: Vec<(String, String)> = known.with(|known| {
            let fitting = form::fitting_tags(known, &used, &typed).into_iter().take(OFFERED);
            fitting.map(|tag| (tag.clone(), tag)).collect()
        });
        // Who types a new one is told that it will be made, once there is something that it could be taken for.
        if let Some(tag) = form::new_tag(&used, &typed)
            && known.with(|known| known.iter().all(|other| other.to_lowercase() != tag.to_lowercase()))
        {
            offers.push((text!("create-tag", tag = tag.clone()), tag));
        }
        offers.into_iter().map(offered).collect::<Vec<_>>()
    });
    view! {
        <div class="tag-input">
            <Combobox
                label=t!("tags")
                name="tags"
                typed
                offers
                on_choose=choose
                on_enter=move |()| add()
                on_key=press
                on_leave=move |()| add()
                hint=t!("tags-hint")
                disabled=Signal::derive(move || tags.with(|tags| tags.len() >= form::TAGS))
                problem=Signal::derive(too_long)
                aside=move || view! { <span class="counter">{move || tags.with(Vec::len)}"/"{form::TAGS}</span> }
            />
            <ul class="tags" aria-label=t!("tags-chosen")>
                <For each=move || tags.get() key=String::clone let:tag>
                    {
                        let gone = tag.clone();
                        let remove = move |()| tags.update(|tags| tags.retain(|other| *other != gone));
                        let name = tag.clone();
                        view! { <li class="tag">{tag}<IconButton label=t!("remove-tag", tag = name.clone()) icon=Glyph::Close on=remove/></li> }
                    }
                </For>
            </ul>
        </div>
    }
}
