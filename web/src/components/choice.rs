//! One of a few, each with what it means.

use leptos::prelude::*;

/// One of the possibilities.
#[derive(Clone, Copy)]
pub struct Possibility<T> {
    pub value: T,
    pub label: Signal<String>,
    pub hint: Signal<String>,
}

#[component]
pub fn Choice<T>(
    #[prop(into)] legend: Signal<String>,
    name: &'static str,
    value: RwSignal<T>,
    possibilities: Vec<Possibility<T>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <fieldset class="choice">
            <legend>{legend}</legend>
            {possibilities.into_iter().map(|one| view! {
                <label>
                    <input
                        type="radio"
                        name=name
                        prop:checked=move || value.get() == one.value
                        on:change=move |_| value.set(one.value)
                    />
                    <strong>{one.label}</strong>
                    <span class="hint small">{one.hint}</span>
                </label>
            }).collect_view()}
        </fieldset>
    }
}
