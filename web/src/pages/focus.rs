//! Where the focus goes when what had it is gone: never nowhere.

use crate::browser;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives it to the title that this selects, unless something has it by the frame after the next: until one is drawn, what has just
/// been closed has it still.
pub fn keep(title: &'static str) {
    let look = move || {
        let document = browser::document();
        if document.active_element().is_some_and(|element| element.tag_name() != "BODY") {
            return;
        }
        let title = document.query_selector(title).ok().flatten();
        if let Some(title) = title.and_then(|title| title.dyn_into::<HtmlElement>().ok()) {
            title.set_tab_index(-1);
            // An element that cannot be focused leaves the focus where it is.
            let _ = title.focus();
        }
    };
    request_animation_frame(move || request_animation_frame(look));
}
