//! A small list of actions that opens from a button: a popover, so that it closes by itself and lies above everything.

use crate::browser;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Pixels between the menu and its button, and from it to the edge of the window at the least.
const GAP: f64 = 6.0;
/// Pixels that the menu is wide at the least, as its style has it.
const WIDTH: f64 = 240.0;

/// `face` is what the button shows, `label` its name; the children are the items.
#[component]
pub fn Menu(#[prop(into)] label: Signal<String>, #[prop(into)] face: ViewFn, children: Children) -> impl IntoView {
    let id = format!("menu-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let node = NodeRef::<leptos::html::Div>::new();
    let button = NodeRef::<leptos::html::Button>::new();
    let (opened, inset) = (RwSignal::new(false), RwSignal::new(String::new()));
    let toggled = move |_| {
        opened.set(node.get_untracked().is_some_and(|menu| menu.matches(":popover-open").unwrap_or(false)));
    };
    let close = move |_| {
        if let Some(menu) = node.get_untracked() {
            // It fails only for a menu that is closed already.
            let _ = menu.hide_popover();
        }
    };
    // A popover lies above the page and not in it: where its button stands now, it has to be told.
    let place = move |_| {
        if let Some(button) = button.get_untracked() {
            inset.set(beside(&button.get_bounding_client_rect()));
        }
    };
    view! {
        <div class="menu">
            <button
                node_ref=button
                type="button"
                class="menu-button"
                popovertarget=id.clone()
                aria-label=label
                aria-haspopup="true"
                aria-expanded=move || if opened.get() { "true" } else { "false" }
                on:click=place
            >
                {move || face.run()}
            </button>
            <div id=id node_ref=node class="menu-items" popover="auto" style:inset=inset on:toggle=toggled on:click=close>
                {children()}
            </div>
        </div>
    }
}

/// Below the button, or above one that stands low, and inside of the window.
fn beside(button: &web_sys::DomRect) -> String {
    let window = browser::window();
    let size = |size: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        size.ok().and_then(|size| size.as_f64()).unwrap_or_default()
    };
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let right = (width - button.right()).min(width - WIDTH - GAP).max(GAP);
    if button.bottom() < height * 0.6 {
        format!("{}px {right}px auto auto", button.bottom() + GAP)
    } else {
        format!("auto {right}px {}px auto", height - button.top() + GAP)
    }
}
