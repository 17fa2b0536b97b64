//! What stands beside the stage, one thing at a time (H6). What is more than a few lines is an area, fetched when it is opened first.

use crate::components::{Glyph, IconButton};
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

/// A panel around what is in it.
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
    view! {
        <aside class=format!("room-panel {class}") aria-label=label>
            <header>{head}<IconButton label=close icon=Glyph::Close on=move |()| beside.close()/></header>
            {children()}
        </aside>
    }
}
