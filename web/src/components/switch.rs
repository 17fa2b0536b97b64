//! Something that is on or off, with what that means.

use leptos::prelude::*;

#[component]
pub fn Switch(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] hint: Signal<String>,
    name: &'static str,
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                name=name
                prop:checked=value
                aria-describedby=format!("{name}-note")
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <strong>{label}</strong>
            <span id=format!("{name}-note") class="hint small">{hint}</span>
        </label>
    }
}
