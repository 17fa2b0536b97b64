//! Light, dark, or as the device says: chosen by the person and remembered.

use crate::browser;
use leptos::prelude::*;
use std::sync::OnceLock;

const REMEMBERED: &str = "roundtable.theme";

static CURRENT: OnceLock<ArcRwSignal<Theme>> = OnceLock::new();

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn of(name: &str) -> Option<Theme> {
        [Theme::System, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == name)
    }

    fn show(self) {
        if let Some(page) = browser::document().document_element() {
            // Without the attribute the device decides, which is no reason to stop.
            let _ = page.set_attribute("data-theme", self.name());
        }
    }
}

/// The theme chosen now.
pub fn current() -> ArcRwSignal<Theme> {
    CURRENT
        .get_or_init(|| {
            let theme = browser::remembered(REMEMBERED).and_then(|name| Theme::of(&name)).unwrap_or_default();
            theme.show();
            ArcRwSignal::new(theme)
        })
        .clone()
}

/// Shows everything in these colours from now on, also at the next visit.
pub fn choose(theme: Theme) {
    browser::remember(REMEMBERED, theme.name());
    theme.show();
    current().set(theme);
}
