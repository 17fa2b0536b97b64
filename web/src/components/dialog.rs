//! A question in front of the page: the browser's own modal dialog, which keeps and returns the focus.

use super::button::IconButton;
use super::icon::Glyph;
use crate::t;
use leptos::prelude::*;

/// Open while `open` is true; Escape, the close button and a press beside it set it to false.
#[component]
pub fn Dialog(#[prop(into)] title: Signal<String>, open: RwSignal<bool>, children: ChildrenFn) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    let children = StoredValue::new(children);
    Effect::new(move |_| {
        let (Some(dialog), Some(open)) = (node.get(), open.try_get()) else { return };
        if open && !dialog.open() {
            // It fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let beside = move |event: leptos::ev::MouseEvent| {
        let pressed =
            event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlDialogElement>(target).ok());
        if pressed.is_some() {
            open.try_set(false);
        }
    };
    view! {
        <dialog node_ref=node class="dialog" aria-label=title on:close=move |_| _ = open.try_set(false) on:mousedown=beside>
            <div class="dialog-body">
                <header class="dialog-head">
                    <h2>{title}</h2>
                    <IconButton label=t!("close") icon=Glyph::Close on=move |()| open.set(false)/>
                </header>
                <Show when=move || open.try_get().unwrap_or(false)>{move || children.with_value(|children| children())}</Show>
            </div>
        </dialog>
    }
}
