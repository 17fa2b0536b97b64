//! A person as a small round picture: initials on a colour that stays theirs.

use crate::state::person;
use leptos::prelude::*;

/// `size` is a class: `small`, `medium` or `large`.
#[component]
pub fn Avatar(#[prop(into)] name: Signal<String>, #[prop(optional, into)] size: Option<String>) -> impl IntoView {
    let class = move || format!("avatar {} hue-{}", size.as_deref().unwrap_or("medium"), person::hue(&name.get()));
    view! { <span class=class aria-hidden="true">{move || person::initials(&name.get())}</span> }
}
