//! The sound of a new request, which can be switched off (D3). The choice is remembered in this browser.

use crate::api::DateTime;
use crate::browser;
use crate::components::{Glyph, IconButton};
use crate::live::shim;
use crate::text;
use chrono::TimeDelta;
use leptos::prelude::*;

const REMEMBERED: &str = "roundtable.request-sound";
const OFF: &str = "off";

/// Many requests at once are one sound.
const PAUSE: TimeDelta = TimeDelta::seconds(3);

#[derive(Clone, Copy)]
pub struct Ring {
    on: RwSignal<bool>,
    last: StoredValue<Option<DateTime>>,
}

impl Ring {
    pub fn remembered() -> Self {
        let on = browser::remembered(REMEMBERED).as_deref() != Some(OFF);
        Self { on: RwSignal::new(on), last: StoredValue::new(None) }
    }

    pub fn ring(self) {
        let now = browser::device_time();
        let lately = self.last.try_get_value().flatten().is_some_and(|last| now - last < PAUSE);
        if self.on.try_get_untracked() == Some(true) && !lately {
            self.last.try_set_value(Some(now));
            shim::ring();
        }
    }

    fn switch(self) {
        let on = !self.on.get_untracked();
        self.on.set(on);
        if on {
            browser::forget(REMEMBERED);
            shim::ring();
        } else {
            browser::remember(REMEMBERED, OFF);
        }
    }
}

#[component]
pub fn RingButton(ring: Ring) -> impl IntoView {
    let label =
        Signal::derive(move || if ring.on.get() { text!("request-sound-off") } else { text!("request-sound-on") });
    let icon = Signal::derive(move || if ring.on.get() { Glyph::Bell } else { Glyph::BellOff });
    view! { <IconButton label icon on=move |()| ring.switch()/> }
}
