//! What stands where something is going to be: of its final size, so that nothing jumps.

use leptos::prelude::*;

/// Grey lines in place of content; `shape` is a class of `components/messages.css` or of the page that says how large.
#[component]
pub fn Skeleton(#[prop(into)] shape: String) -> impl IntoView {
    view! { <div class=format!("skeleton {shape}") aria-hidden="true"></div> }
}

/// Something is under way on the control that carries this.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
