//! Copying a link, and saying whether it worked.

use crate::browser;
use crate::components::Toasts;
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn copy_link(toasts: Toasts, address: String) {
    spawn_local(async move {
        if browser::copy(&address).await {
            toasts.good(untrack(|| text!("link-copied")));
        } else {
            toasts.bad(untrack(|| text!("copy-failed")));
        }
    });
}
