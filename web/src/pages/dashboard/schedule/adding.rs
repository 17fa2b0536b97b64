//! The ways to a new segment: a few fields in front of the calendar, the whole form, and the key Q.

use super::Looking;
use super::plan::Plan;
use super::quick_add::{QuickAdd, field_id};
use super::words;
use crate::api::DateTime;
use crate::browser;
use crate::components::Dialog;
use crate::state::schedule::days::Day;
use crate::state::schedule::moving::next_free;
use crate::state::segment_form::Typed;
use crate::{t, text};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What is about to be added, as a context.
#[derive(Clone, Copy)]
pub struct Adding {
    plan: Plan,
    looking: Looking,
    /// Where the few fields in front of the calendar begin.
    at: RwSignal<Option<DateTime>>,
    open: RwSignal<bool>,
    /// What the whole form begins with.
    prefill: StoredValue<Option<Typed>>,
}

impl Adding {
    pub fn provide(plan: Plan, looking: Looking) -> Self {
        let prefill = StoredValue::new(None);
        let adding = Self { plan, looking, at: RwSignal::new(None), open: RwSignal::new(false), prefill };
        provide_context(adding);
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            if plain && event.key().eq_ignore_ascii_case("q") && !is_typing(event.target()) {
                event.prevent_default();
                adding.by_key();
            }
        });
        on_cleanup(move || keys.remove());
        adding
    }

    /// A few fields for what starts then.
    pub fn quick(self, at: DateTime) {
        self.at.set(Some(at));
        self.open.set(true);
    }

    /// The whole form, with what was typed elsewhere already.
    pub fn whole(self, prefill: Option<Typed>) {
        self.open.set(false);
        self.prefill.set_value(prefill);
        self.looking.set_form.run("new".into());
    }

    /// Takes what the whole form begins with.
    pub fn take_prefill(self) -> Option<Typed> {
        self.prefill.try_update_value(Option::take).flatten()
    }

    /// Where something new goes when nobody said.
    pub fn next(self) -> Option<(Day, DateTime)> {
        let plan = self.plan;
        untrack(|| {
            let day = self.looking.chosen(plan).or_else(|| plan.days.with(|days| days.first().copied()))?;
            let spans: Vec<_> = plan.all().iter().map(|segment| plan.span(segment)).collect();
            Some((day, next_free(day, &spans, plan.event.get(), plan.offset())))
        })
    }

    fn by_key(self) {
        let Some((day, at)) = self.next() else { return };
        if untrack(|| self.looking.is_calendar()) {
            return self.quick(at);
        }
        // The table has a line for it on each day.
        let field = browser::document().get_element_by_id(&field_id(&day.in_address(), "name"));
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // A field that cannot be focused leaves the focus where it is.
            let _ = field.focus();
        }
    }
}

/// Whether keys are for a field, or for something in front of the page.
fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let inside = |element: Element| {
        element.closest("input, select, textarea, dialog, [contenteditable]").ok().flatten().is_some()
    };
    target.and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(inside)
}

/// In front of the calendar: what starts at the moment that was chosen there.
#[component]
pub fn AddDialog(adding: Adding) -> impl IntoView {
    let plan: Plan = expect_context();
    let Adding { at, open, .. } = adding;
    let day = move |at| Day::around(at, plan.offset());
    let title = move || at.get().map(|at| text!("add-on", day = words::short_day(plan, day(at)))).unwrap_or_default();
    view! {
        <Dialog title=Signal::derive(title) open>
            {move || at.get().map(|at| view! { <QuickAdd day=untrack(|| day(at)) at=Some(at) key="dialog" done=move |()| open.set(false)/> })}
            <p class="muted small">{t!("add-hint")}</p>
        </Dialog>
    }
}
