//! Rich text (B2): what the server has made harmless, shown as it is; and the field in which somebody writes it.

mod field;
mod shim;
mod toolbar;

pub use field::RichTextField;

use leptos::prelude::*;

/// Shows rich text. `html` must be the server's own, which is sanitised when it is written: nothing is checked here.
#[component]
pub fn RichText(#[prop(into)] html: Memo<String>) -> impl IntoView {
    view! { <div class="rich-text" inner_html=move || html.get()></div> }
}
