//! The tags in use; those that are chosen narrow a list (B4).

use crate::t;
use leptos::prelude::*;

#[component]
pub fn TagFilter(
    tags: Memo<Vec<String>>,
    /// Whether a tag is chosen.
    has: Callback<String, bool>,
    /// A tag was pressed.
    #[prop(into)]
    on: Callback<String>,
) -> impl IntoView {
    view! {
        <Show when=move || !tags.with(Vec::is_empty)>
            <div class="tags" role="group" aria-label=t!("filter-by-tag")>
                <For each=move || tags.get() key=String::clone let:tag>
                    {
                        let (own, pressed) = (tag.clone(), tag.clone());
                        let is_chosen = Memo::new(move |_| has.run(own.clone()));
                        view! {
                            <button
                                type="button" class="tag chip"
                                aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
                                on:click=move |_| on.run(pressed.clone())
                            >{tag}</button>
                        }
                    }
                </For>
            </div>
        </Show>
    }
}
