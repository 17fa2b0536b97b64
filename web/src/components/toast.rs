//! Short messages that come and go: something was done, or could not be.

use super::button::{Button, IconButton};
use super::icon::{Glyph, Icon};
use crate::text::parts;
use crate::{browser, t};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[derive(Clone)]
struct Toast {
    id: u32,
    /// Names in it are marked by `text::name`.
    text: String,
    bad: bool,
    undo: Option<Undo>,
    way: Option<Way>,
}

/// Where a message leads.
#[derive(Clone, PartialEq)]
pub struct Way {
    pub label: String,
    pub href: String,
    /// Leaves the page as it is, for who cannot go away from it.
    pub new_tab: bool,
}

/// How what was done is taken back. Not a `Callback`: the page that it comes from may be left before it is pressed.
type Undo = Arc<dyn Fn() + Send + Sync>;

impl Toast {
    fn new(text: String) -> Self {
        Self { id: 0, text, bad: false, undo: None, way: None }
    }

    fn glyph(&self) -> Glyph {
        match (self.bad, &self.way) {
            (true, _) => Glyph::Error,
            (false, Some(_)) => Glyph::Bell,
            (false, None) => Glyph::Check,
        }
    }
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
        self.show(Toast::new(text), 4_000);
    }

    /// Something was done that can be taken back for ten seconds (B8).
    pub fn undoable(self, text: String, undo: impl Fn() + Send + Sync + 'static) {
        self.show(Toast { undo: Some(Arc::new(undo)), ..Toast::new(text) }, 10_000);
    }

    /// Something could not be done; it stays longer.
    pub fn bad(self, text: String) {
        self.show(Toast { bad: true, ..Toast::new(text) }, 8_000);
    }

    /// Something is to be done elsewhere. It takes the place of an older message that leads there too.
    pub fn leading(self, text: String, way: Way) {
        self.show(Toast { way: Some(way), ..Toast::new(text) }, 15_000);
    }

    /// `millis` says how long it stays.
    fn show(self, toast: Toast, millis: u32) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            let same_way = |one: &Toast| one.way.is_some() && one.way == toast.way;
            list.retain(|one| one.text != toast.text && !same_way(one));
            list.push(Toast { id, ..toast });
        });
        spawn_local(async move {
            TimeoutFuture::new(millis).await;
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
                    <Icon glyph=toast.glyph()/>
                    <span>{sentence(&toast.text)}</span>
                    {toast.undo.map(|undo| {
                        let press = move |()| {
                            toasts.hide(toast.id);
                            undo();
                        };
                        view! { <Button label=t!("undo") icon=Glyph::Undo on=press/> }
                    })}
                    {toast.way.map(|way| {
                        let target = way.new_tab.then_some("_blank");
                        // The router leads there without a new page.
                        view! { <a class="button secondary" href=way.href target=target on:click=move |_| toasts.hide(toast.id)>{way.label}</a> }
                    })}
                    <IconButton label=t!("dismiss") icon=Glyph::Close on=move |()| toasts.hide(toast.id)/>
                </div>
            </For>
        </div>
    }
}

/// Names are apart from the words around them: one that is written from right to left would turn these round.
fn sentence(text: &str) -> impl IntoView + use<> {
    let shown = |(part, is_name): (String, bool)| {
        if is_name { view! { <bdi>{part}</bdi> }.into_any() } else { part.into_any() }
    };
    parts(text).into_iter().map(shown).collect_view()
}
