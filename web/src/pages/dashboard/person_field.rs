//! Finding somebody who is registered by a part of their name or address, as one types (C3, D4).

use crate::api::fetch;
use crate::api::registration::{FoundPeople, FoundPeopleVariables};
use crate::components::Offered;
use crate::components::combobox::Combobox;
use crate::pages::event::CurrentEvent;
use cynic::QueryBuilder;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds after which a pause in typing is taken for the end of it.
const PAUSE_MS: u32 = 150;

/// `on` gets the address of who was chosen, or what was typed when somebody pressed Enter.
#[component]
pub fn PersonField(
    #[prop(into)] label: Signal<String>,
    name: &'static str,
    typed: RwSignal<String>,
    #[prop(into)] on: Callback<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let found = RwSignal::new(Vec::<Offered>::new());
    let latest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let search = typed.get().trim().to_owned();
        let number = latest.get_value() + 1;
        latest.set_value(number);
        if search.is_empty() {
            found.set(Vec::new());
            return;
        }
        let slug = current.event.with_untracked(|event| event.slug.clone());
        spawn_local(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            if latest.try_get_value() != Some(number) {
                return;
            }
            let answer = fetch::send(FoundPeople::build(FoundPeopleVariables { slug, search })).await;
            // Who cannot be looked up can be written out: the field works without.
            let people = answer.ok().and_then(|answer| answer.event).map(|event| event.registrations.nodes);
            if latest.try_get_value() == Some(number) {
                let offered = |one: crate::api::registration::FoundPerson| Offered {
                    value: one.email.clone(),
                    label: one.person.name,
                    detail: one.email,
                };
                found.try_set(people.unwrap_or_default().into_iter().map(offered).collect());
            }
        });
    });
    let enter = move |()| on.run(typed.get_untracked());
    view! { <Combobox label name typed offers=found on_choose=on on_enter=enter hint/> }
}
