//! Rich text (B2): what the server has made harmless, shown as it is; and the field in which somebody writes it.

mod field;
mod shim;
mod toolbar;

pub use field::RichTextField;

use crate::browser;
use leptos::prelude::*;

/// Lets our pictures stand still for who prefers reduced motion (B3): theirs is the only way to say so in stored HTML.
fn calm(html: &str) -> String {
    if browser::prefers_reduced_motion() { crate::state::still::pictures(html) } else { html.to_owned() }
}

/// Shows rich text. `html` must be the server's own, which is sanitised when it is written: nothing is checked here.
#[component]
pub fn RichText(#[prop(into)] html: Memo<String>) -> impl IntoView {
    view! { <div class="rich-text" inner_html=move || html.with(|html| calm(html))></div> }
}
