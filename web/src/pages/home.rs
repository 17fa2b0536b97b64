//! The first page: one's own events.

use crate::app::Me;
use crate::state::Loaded;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Home() -> impl IntoView {
    let Me(start) = expect_context();
    view! {
        <main class="page">
            <h1>{t!("product")}</h1>
            {move || match start.value.get() {
                Loaded::Waiting => ().into_any(),
                Loaded::Here(start) => start.me.map(|me| me.name).into_any(),
                Loaded::Failed(failure) => super::words::failure(&failure).into_any(),
            }}
        </main>
    }
}
