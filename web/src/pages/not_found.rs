//! An address that leads nowhere, or to what this person cannot see: the same answer for both.

use crate::components::{ButtonLink, EmptyState, Glyph};
use crate::t;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <main class="page">
            <EmptyState icon=Glyph::Search title=t!("not-found-title") text=t!("not-found-text")>
                <ButtonLink label=t!("go-home") href="/"/>
            </EmptyState>
        </main>
    }
}
