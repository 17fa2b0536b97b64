//! Short messages that come and go: something was done, or could not be.

use super::button::IconButton;
use super::icon::{Glyph, Icon};
use crate::browser;
use crate::t;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    id: u32,
    text: String,
    bad: bool,
}

/// The messages shown now, as a context.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

/// The messages of the page.
pub fn use_toasts() -> Toasts {
    expect_context()
}

impl Default for Toasts {
    fn default() -> Self {
        Toasts { list: RwSignal::default(), next: StoredValue::new(0) }
    }
}

impl Toasts {
    /// Something was done.
    pub fn good(self, text: String) {
        self.show(text, false);
    }

    /// Something could not be done; it stays longer.
    pub fn bad(self, text: String) {
        self.show(text, true);
    }

    fn show(self, text: String, bad: bool) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.retain(|toast| toast.text != text);
            list.push(Toast { id, text, bad });
        });
        spawn_local(async move {
            TimeoutFuture::new(if bad { 8_000 } else { 4_000 }).await;
            self.hide(id);
        });
    }

    fn hide(self, id: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where they appear; once, in the frame of the page.
#[component]
pub fn ToastList() -> impl IntoView {
    let toasts = use_toasts();
    let node = NodeRef::<leptos::html::Div>::new();
    // What came last lies on top, also of a dialog.
    Effect::new(move |_| {
        toasts.list.track();
        if let Some(list) = node.get() {
            browser::raise(&list);
        }
    });
    view! {
        <div node_ref=node class="toasts" popover="manual" role="status" aria-live="polite" aria-atomic="false">
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <div class="toast" class:bad=toast.bad>
                    <Icon glyph=if toast.bad { Glyph::Error } else { Glyph::Check }/>
                    <span>{toast.text}</span>
                    <IconButton label=t!("dismiss") icon=Glyph::Close on=move |()| toasts.hide(toast.id)/>
                </div>
            </For>
        </div>
    }
}
