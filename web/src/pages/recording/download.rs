//! The way to the file of a recording, which the browser saves under a name (K5).

use super::{One, name, part};
use crate::components::{Glyph, Icon};
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Download(recording: One) -> impl IntoView {
    let called = part(recording, name);
    let file = part(recording, |one| one.url.as_ref().map(|url| format!("{url}?download=1")).unwrap_or_default());
    let label = t!("download-of", title = called.get());
    view! {
        <a class="icon-button" href=file rel="external" download title=label aria-label=label>
            <Icon glyph=Glyph::Download/>
        </a>
    }
}
