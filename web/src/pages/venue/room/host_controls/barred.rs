//! Who is kept off the screen of this session, until a host lets them back (D7).

use super::acts::{Acts, Who};
use super::known::Known;
use crate::api::screen::ScreenBar;
use crate::components::{Avatar, Button};
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Barred(known: Known, acts: Acts) -> impl IntoView {
    let list = move || known.bars.get();
    view! {
        <Show when=move || known.bars.with(|bars| !bars.is_empty())>
            <section class="host-section" aria-label=t!("barred")>
                <h3>{t!("barred")}</h3>
                <ul class="host-list">
                    <For each=list key=|bar| bar.person.id.inner().to_owned() let:bar><Row bar acts/></For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(bar: ScreenBar, acts: Acts) -> impl IntoView {
    let (name, picture) = (bar.person.name.clone(), Signal::stored(bar.person.picture));
    let who = Who { person: bar.person.id.into_inner(), name: name.clone() };
    view! {
        <li class="host-row">
            <Avatar name=name.clone() picture/>
            <strong class="host-name">{name}</strong>
            <Button label=t!("let-back") on=move |()| acts.let_back(who.clone())/>
        </li>
    }
}
