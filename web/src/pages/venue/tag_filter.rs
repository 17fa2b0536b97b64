//! The tags in use; one at a time narrows a list (B4).

use crate::t;
use leptos::prelude::*;

#[component]
pub fn TagFilter(tags: Memo<Vec<String>>, chosen: Memo<String>, on: Callback<String>) -> impl IntoView {
    view! {
        <Show when=move || !tags.with(Vec::is_empty)>
            <div class="tags" role="group" aria-label=t!("filter-by-tag")>
                <For each=move || tags.get() key=String::clone let:tag>
                    {
                        let (own, pressed) = (tag.clone(), tag.clone());
                        let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == own));
                        let press = move |_| on.run(if is_chosen.get_untracked() { String::new() } else { pressed.clone() });
                        view! {
                            <button
                                type="button" class="tag chip"
                                aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
                                on:click=press
                            >{tag}</button>
                        }
                    }
                </For>
            </div>
        </Show>
    }
}
