//! Leaving a page with something typed that is not saved asks first.

use crate::browser;
use crate::text;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BeforeUnloadEvent, Element, Event};

/// Asks while `unsaved` is true: when the tab closes or reloads, and when a link of ours is pressed.
pub fn ask_before_leaving(unsaved: Memo<bool>) {
    let unload = Closure::<dyn Fn(BeforeUnloadEvent)>::new(move |event: BeforeUnloadEvent| {
        if unsaved.try_get_untracked() == Some(true) {
            event.prevent_default();
        }
    });
    let press = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if unsaved.try_get_untracked() != Some(true) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let leaves = link.is_some_and(|link| {
            let stays = link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
            !stays && link.get_attribute("target").is_none()
        });
        let question = untrack(|| text!("leave-unsaved"));
        if leaves && !browser::window().confirm_with_message(&question).unwrap_or(true) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let window = browser::window();
    // Listening fails for no reason that a page could mend.
    let _ = window.add_event_listener_with_callback("beforeunload", unload.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback_and_bool("click", press.as_ref().unchecked_ref(), true);
    let listeners = SendWrapper::new((unload, press));
    on_cleanup(move || {
        let (unload, press) = &*listeners;
        let window = browser::window();
        let _ = window.remove_event_listener_with_callback("beforeunload", unload.as_ref().unchecked_ref());
        let _ = window.remove_event_listener_with_callback_and_bool("click", press.as_ref().unchecked_ref(), true);
    });
}
