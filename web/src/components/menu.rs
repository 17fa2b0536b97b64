//! A small list of actions that opens from a button: a popover, so that it closes by itself and lies above everything.

use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// `face` is what the button shows, `label` its name; the children are the items.
#[component]
pub fn Menu(#[prop(into)] label: Signal<String>, #[prop(into)] face: ViewFn, children: Children) -> impl IntoView {
    let id = format!("menu-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let node = NodeRef::<leptos::html::Div>::new();
    let opened = RwSignal::new(false);
    let toggled = move |_| {
        opened.set(node.get_untracked().is_some_and(|menu| menu.matches(":popover-open").unwrap_or(false)));
    };
    let close = move |_| {
        if let Some(menu) = node.get_untracked() {
            // It fails only for a menu that is closed already.
            let _ = menu.hide_popover();
        }
    };
    view! {
        <div class="menu">
            <button
                type="button"
                class="menu-button"
                popovertarget=id.clone()
                aria-label=label
                aria-haspopup="true"
                aria-expanded=move || if opened.get() { "true" } else { "false" }
            >
                {move || face.run()}
            </button>
            <div id=id node_ref=node class="menu-items" popover="auto" on:toggle=toggled on:click=close>
                {children()}
            </div>
        </div>
    }
}
