//! The tags of a session: typed, or taken from those in use (B4).

use crate::components::field::FieldNote;
use crate::components::{FormProblems, Glyph, IconButton};
use crate::pages::event::Programme;
use crate::state::form;
use crate::{t, text};
use leptos::prelude::*;

/// Enter, comma and leaving the field make a tag of what is typed.
#[component]
pub fn TagField(tags: RwSignal<Vec<String>>) -> impl IntoView {
    let Programme { sessions, .. } = expect_context();
    let refused = use_context::<FormProblems>().unwrap_or_default().of("tags");
    let too_long = move || {
        let long = tags.with(|tags| tags.iter().find(|tag| form::over(tag, form::TAG).is_some()).cloned())?;
        Some(text!("tag-too-long", tag = long, limit = form::TAG))
    };
    let problem = Signal::derive(move || too_long().or_else(|| refused.get()));
    let typed = RwSignal::new(String::new());
    let add = move || {
        if let Some(rest) = tags.try_update(|tags| form::add_tags(tags, &typed.get_untracked())) {
            typed.set(rest);
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" | "," if !typed.with_untracked(|typed| typed.trim().is_empty()) => {
            event.prevent_default();
            add();
        }
        "Backspace" if typed.with_untracked(String::is_empty) => {
            tags.update(|tags| _ = tags.pop());
        }
        _ => {}
    };
    let known = Memo::new(move |_| {
        sessions.with(|sessions| sessions.here().map(|sessions| sessions.tags()).unwrap_or_default())
    });
    let suggestions = move || {
        let used = tags.get();
        known
            .get()
            .into_iter()
            .filter(|tag| !used.contains(tag))
            .map(|tag| view! { <option value=tag></option> })
            .collect_view()
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label for="tags">{t!("tags")}</label>
                <span class="counter">{move || tags.with(Vec::len)}"/"{form::TAGS}</span>
            </div>
            <div class="tag-input">
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
                <input
                    id="tags"
                    name="tags"
                    type="text"
                    list="known-tags"
                    autocomplete="off"
                    disabled=move || tags.with(|tags| tags.len() >= form::TAGS)
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=press
                    on:change=move |_| add()
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby="tags-note"
                />
                <datalist id="known-tags">{suggestions}</datalist>
            </div>
            <FieldNote name="tags" hint=t!("tags-hint").into() problem/>
        </div>
    }
}
