//! Who is kept off the screen of this session, until a host lets them back (D7).

use super::acts::{Acts, Who};
use crate::api::screen::ScreenBar;
use crate::components::{Avatar, Button, Skeleton};
use crate::pages::gate::Failed;
use crate::state::Loaded;
use crate::t;
use leptos::prelude::*;

#[component]
pub fn Barred(acts: Acts) -> impl IntoView {
    let bars = Memo::new(move |_| {
        acts.screen.value.with(|screen| {
            screen.map(|screen| screen.as_ref().map(|screen| screen.bars.nodes.clone()).unwrap_or_default())
        })
    });
    move || match bars.get() {
        Loaded::Waiting => view! { <Skeleton shape="line"/> }.into_any(),
        Loaded::Failed(failure) => view! { <Failed failure again=move |()| acts.screen.reload()/> }.into_any(),
        Loaded::Here(bars) if bars.is_empty() => ().into_any(),
        Loaded::Here(bars) => view! {
            <section class="host-section" aria-label=t!("barred")>
                <h3>{t!("barred")}</h3>
                <ul class="host-list">{bars.into_iter().map(|bar| view! { <Row bar acts/> }).collect_view()}</ul>
            </section>
        }
        .into_any(),
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
