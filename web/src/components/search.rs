//! A field that narrows a list as one types. What is typed lives in the address, so that a link leads to the same list.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;

/// A part of the address's query, replaced in place: the way back leads out of the list, not through every letter.
pub fn in_address(name: &'static str) -> (Memo<String>, Callback<String>) {
    let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let (read, write) = query_signal_with_options::<String>(name, options);
    let value = Memo::new(move |_| read.get().unwrap_or_default());
    let set = Callback::new(move |text: String| write.set(Some(text).filter(|text| !text.is_empty())));
    (value, set)
}

#[component]
pub fn SearchField(#[prop(into)] label: Signal<String>, value: Memo<String>, on: Callback<String>) -> impl IntoView {
    view! {
        <div class="search">
            <Icon glyph=Glyph::Search/>
            <input
                type="search"
                dir="auto"
                autocomplete="off"
                aria-label=label
                placeholder=label
                prop:value=value
                on:input=move |event| on.run(event_target_value(&event))
            />
        </div>
    }
}
