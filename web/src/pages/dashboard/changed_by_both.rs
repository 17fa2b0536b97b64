//! Two people change one thing: the second is told what, and loses nothing.

use crate::components::{Glyph, Icon};
use crate::text;
use leptos::prelude::*;

/// The names of the fields that somebody else has changed since this person typed in them.
#[component]
pub fn ChangedByBoth(fields: Signal<Vec<String>>) -> impl IntoView {
    view! {
        <Show when=move || !fields.with(Vec::is_empty)>
            <div class="notice" role="status">
                <Icon glyph=Glyph::People/>
                <p>{move || text!("changed-by-both", fields = fields.get().join(", "))}</p>
            </div>
        </Show>
    }
}
