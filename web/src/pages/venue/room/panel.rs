//! What stands beside the stage, one thing at a time (H6). What is more than a few lines is an area, fetched when it is opened first.

use super::hosting::Hosting;
use crate::browser;
use crate::components::{Glyph, Icon, IconButton};
use crate::live::shim::{self, Listener};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    Chat,
    Host,
    Info,
    People,
    Schedule,
}

/// Which panel is open, if any is.
#[derive(Clone, Copy, Default)]
pub struct Beside(RwSignal<Option<Panel>>);

impl Beside {
    /// Opens a panel in place of the one that was; pressed again, none.
    pub fn turn(self, panel: Panel) {
        self.0.update(|open| *open = if *open == Some(panel) { None } else { Some(panel) });
    }

    pub fn shows(self, panel: Panel) -> bool {
        self.0.get() == Some(panel)
    }

    pub fn shows_untracked(self, panel: Panel) -> bool {
        self.0.try_get_untracked() == Some(Some(panel))
    }

    pub fn close(self) {
        self.0.try_set(None);
    }
}

/// Opens and closes a panel. What it holds beside its drawing, the label says as well.
#[component]
pub fn PanelButton(
    panel: Panel,
    glyph: Glyph,
    #[prop(into)] label: Signal<String>,
    /// How much waits there.
    #[prop(into)]
    badge: Signal<usize>,
    /// Some of it is for the person.
    #[prop(optional, into)]
    mention: Signal<bool>,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let Hosting { beside, .. } = expect_context();
    view! {
        <button
            type="button"
            class=format!("icon-button host-button {class}")
            aria-label=label
            title=label
            aria-expanded=move || if beside.shows(panel) { "true" } else { "false" }
            on:click=move |_| beside.turn(panel)
        >
            <Icon glyph/>
            {children.map(|children| children())}
            <Show when=move || { badge.get() > 0 }>
                <span class="count" class:mention=mention aria-hidden="true">
                    {move || mention.get().then_some("@")}
                    {move || browser::format_count(badge.get())}
                </span>
            </Show>
        </button>
    }
}

/// Keeps the focus in the part of the room that `place` selects, when what had it there is gone by the next frame.
pub fn keep_focus(place: &'static str) {
    request_animation_frame(move || {
        let place = browser::document().query_selector(place).ok().flatten();
        place.into_iter().for_each(|place| shim::keep_focus_in(&place));
    });
}

/// A panel around what is in it. It takes the focus: whoever opens the chat writes, and presses no keys of the room.
#[component]
pub fn PanelFrame(
    beside: Beside,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] class: &'static str,
    /// What stands above it, beside the way out.
    head: AnyView,
    /// What the way out is called.
    #[prop(into)]
    close: Signal<String>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Aside>::new();
    let entered = StoredValue::new_local(None::<Listener>);
    // By the next frame it is in the page, and the one before it is not.
    Effect::new(move |_| {
        if let Some(panel) = node.get() {
            request_animation_frame(move || _ = entered.try_set_value(Some(shim::enter_panel(&panel))));
        }
    });
    on_cleanup(move || entered.dispose());
    view! {
        <aside node_ref=node class=format!("room-panel {class}") tabindex="-1" aria-label=label>
            <header>{head}<IconButton label=close icon=Glyph::Close on=move |()| beside.close()/></header>
            {children()}
        </aside>
    }
}
