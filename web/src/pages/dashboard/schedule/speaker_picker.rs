//! Who speaks in a segment: registered people and organizers, found by what somebody types (F4).

use crate::api::Failure;
use crate::api::fetch;
use crate::api::query::Query;
use crate::api::segment_links::{FindPeople, FindPeopleVariables};
use crate::browser;
use crate::components::field::FieldNote;
use crate::components::{Avatar, Button, FormProblems, Glyph, Icon, IconButton, Skeleton};
use crate::pages::event::CurrentEvent;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::segment_form::{SPEAKERS, Speaker};
use crate::t;
use cynic::QueryBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Milliseconds without another key after which is looked for what is typed.
const REST_MS: u32 = 200;

/// What is typed, once no other key follows.
pub fn rested(typed: RwSignal<String>) -> RwSignal<String> {
    let (asked, turn) = (RwSignal::new(String::new()), StoredValue::new(0_u32));
    Effect::new(move |_| {
        let text = typed.get().trim().to_owned();
        let own = turn.get_value() + 1;
        turn.set_value(own);
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(REST_MS).await;
            if turn.try_get_value() == Some(own) && asked.try_get_untracked().as_ref() != Some(&text) {
                asked.try_set(text);
            }
        });
    });
    asked
}

/// Moves the focus from the field down through the buttons of what is found below it, or back up.
fn walk(event: &leptos::ev::KeyboardEvent) -> Option<()> {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return None,
    };
    let from: Element = event.target()?.dyn_into().ok()?;
    let stops = from.closest(".finder").ok()??.query_selector_all("input, .found button").ok()?;
    let stops: Vec<HtmlElement> = (0..stops.length()).filter_map(|at| stops.item(at)?.dyn_into().ok()).collect();
    let at = stops.iter().position(|stop| stop.is_same_node(Some(from.as_ref())))?;
    let next = stops.get(if down { at + 1 } else { at.checked_sub(1)? })?;
    event.prevent_default();
    next.focus().ok()
}

/// Whoever chose with the keyboard is in the field again: the button that they pressed goes.
pub fn back_to(name: &str) {
    let document = browser::document();
    let by_key = document.active_element().is_some_and(|one| one.matches(":focus-visible").unwrap_or(false));
    let field = document.get_element_by_id(name).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field.filter(|_| by_key) {
        // A field that is full leaves the focus where it is.
        let _ = field.focus();
    }
}

/// A field that finds things, with those that are chosen and those that are found below it. Arrow keys walk from the field to
/// these, and Enter chooses.
#[component]
pub fn Finder(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] hint: Signal<String>,
    typed: RwSignal<String>,
    /// Whether somebody has been in the field: nothing is looked for before.
    open: RwSignal<bool>,
    full: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let problem = use_context::<FormProblems>().unwrap_or_default().of(name);
    // Enter looks for it at once, and does not send the form.
    let press = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    view! {
        <div class="field finder" on:keydown=move |event| _ = walk(&event)>
            <div class="field-head"><label for=name>{label}</label></div>
            <input
                id=name
                type="search"
                autocomplete="off"
                disabled=full
                prop:value=typed
                on:focus=move |_| open.set(true)
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=press
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=format!("{name}-note")
            />
            <FieldNote name hint=hint.into() problem/>
            {children()}
        </div>
    }
}

/// What stands in place of things that are found: that they are on their way, could not be fetched, or are none.
#[component]
pub fn NothingFound<T: Send + Sync + 'static>(
    query: Query<Vec<T>>,
    open: RwSignal<bool>,
    /// How many are shown.
    found: Signal<usize>,
    #[prop(into)] nothing: Signal<String>,
) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    enum Instead {
        Waiting,
        Failed(Failure),
        Nothing,
    }
    let instead = Memo::new(move |_| {
        query.value.with(|value| match value {
            _ if !open.get() => None,
            Loaded::Waiting => Some(Instead::Waiting),
            Loaded::Failed(failure) => Some(Instead::Failed(failure.clone())),
            Loaded::Here(_) => (found.get() == 0).then_some(Instead::Nothing),
        })
    });
    let again = move |()| query.reload();
    move || match instead.get() {
        None => ().into_any(),
        Some(Instead::Waiting) => view! { <Skeleton shape="line"/> }.into_any(),
        Some(Instead::Failed(failure)) => view! {
            <p class="problem" role="alert"><Icon glyph=Glyph::Error/>{move || words::failure(&failure)}</p>
            <div><Button label=t!("try-again") icon=Glyph::Reload on=again/></div>
        }
        .into_any(),
        Some(Instead::Nothing) => {
            view! { <p class="muted small with-icon" role="status"><Icon glyph=Glyph::Info/>{nothing}</p> }.into_any()
        }
    }
}

#[component]
pub fn SpeakerPicker(chosen: RwSignal<Vec<Speaker>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let (typed, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let asked = rested(typed);
    let query = Query::new(
        move || (current.slug(), asked.get(), open.get()),
        |(slug, search, open)| async move {
            if !open {
                return Ok(Vec::new());
            }
            let given = Some(search.clone()).filter(|search| !search.is_empty());
            let answer = fetch::send(FindPeople::build(FindPeopleVariables { slug, search: given })).await?;
            let Some(event) = answer.event else { return Ok(Vec::new()) };
            let search = search.to_lowercase();
            let organizers = event.organization.organizers.into_iter();
            let organizers = organizers.filter(|one| one.name.to_lowercase().contains(&search));
            let organizers = organizers.map(|one| (one.id.inner().to_owned(), one.name, String::new()));
            let registered = event.registrations.nodes.into_iter();
            let registered = registered.map(|one| (one.person.id.inner().to_owned(), one.person.name, one.email));
            let mut people: Vec<(String, String, String)> = registered.chain(organizers).collect();
            let mut known = std::collections::HashSet::new();
            people.retain(|(id, ..)| known.insert(id.clone()));
            Ok(people)
        },
    );
    let found = Memo::new(move |_| {
        let own = chosen.get();
        let mut all = query.value.with(|value| value.here().cloned().unwrap_or_default());
        all.retain(|(id, ..)| own.iter().all(|known| known.id != *id));
        all
    });
    let results = move || {
        let row = |(id, name, email): (String, String, String)| {
            let (label, speaker) = (name.clone(), Speaker { id, name: name.clone() });
            let add = move |()| {
                back_to("speakerIds");
                chosen.update(|chosen| chosen.push(speaker.clone()));
            };
            view! {
                <li>
                    <Avatar name=name.clone() size="small"/>
                    <span class="found-name">{name}" "<span class="muted small">{email}</span></span>
                    <IconButton label=t!("add-speaker", name = label.clone()) icon=Glyph::Add on=add/>
                </li>
            }
        };
        found.get().into_iter().map(row).collect_view()
    };
    let chips = move || {
        let chip = |speaker: Speaker| {
            let (id, name) = (speaker.id, speaker.name);
            let label = name.clone();
            let remove = move |()| chosen.update(|chosen| chosen.retain(|other| other.id != id));
            view! { <li class="tag">{name}<IconButton label=t!("remove-speaker", name = label.clone()) icon=Glyph::Close on=remove/></li> }
        };
        chosen.get().into_iter().map(chip).collect_view()
    };
    let full = Signal::derive(move || chosen.with(|chosen| chosen.len() >= SPEAKERS));
    view! {
        <Finder name="speakerIds" label=t!("speakers") hint=t!("speakers-hint") typed open full>
            <ul class="tags" aria-label=t!("speakers-chosen")>{chips}</ul>
            <ul class="found">{results}</ul>
            <NothingFound query open found=Signal::derive(move || found.with(Vec::len)) nothing=t!("no-speaker-found")/>
        </Finder>
    }
}
