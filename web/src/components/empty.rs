//! What a place says when nothing is in it: what it is for, and the first step.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

#[component]
pub fn EmptyState(
    icon: Glyph,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// Takes the focus when it appears: for what takes the place of something that had it.
    #[prop(optional)]
    focus: bool,
    /// The first step, if there is one to offer.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let (Some(heading), true) = (heading.get(), focus) {
            // An element that cannot be focused leaves the focus where it is.
            let _ = heading.focus();
        }
    });
    view! {
        <div class="empty">
            <div class="empty-icon"><Icon glyph=icon/></div>
            <h2 node_ref=heading tabindex=focus.then_some("-1")>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
