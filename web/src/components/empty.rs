//! What a place says when nothing is in it: what it is for, and the first step.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

#[component]
pub fn EmptyState(
    icon: Glyph,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// The first step, if there is one to offer.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <div class="empty-icon"><Icon glyph=icon/></div>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
