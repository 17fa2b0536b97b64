//! A field that offers what fits while one types: the combobox of the ARIA patterns, with a list that arrow keys walk through
//! while the focus stays in the field.

use super::FormProblems;
use super::field::FieldNote;
use leptos::prelude::*;

/// One of the things on offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// What is chosen, for whoever listens.
    pub value: String,
    pub label: String,
    /// A second, quieter line; empty for none.
    pub detail: String,
}

/// What keys do: Arrow keys walk through the offers, Enter takes the marked one or, without any, what is typed; Escape puts the
/// list away. `on_key` sees other keys first.
#[component]
pub fn Combobox(
    #[prop(into)] label: Signal<String>,
    /// The field's name and id, by which its problems are found.
    name: &'static str,
    typed: RwSignal<String>,
    #[prop(into)] offers: Signal<Vec<Offered>>,
    /// Somebody took an offer: its value.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Enter without a marked offer.
    #[prop(into)]
    on_enter: Callback<()>,
    #[prop(optional, into)] on_key: Option<Callback<leptos::ev::KeyboardEvent>>,
    /// The field is left with something typed in it.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// More that is wrong than what the server found.
    #[prop(optional, into)]
    problem: MaybeProp<String>,
    /// Stands beside the label.
    #[prop(optional, into)]
    aside: ViewFn,
) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let refused = problems.of(name);
    let problem = Signal::derive(move || problem.get().or_else(|| refused.get()));
    let (open, marked) = (RwSignal::new(false), RwSignal::new(None::<usize>));
    let shown = Memo::new(move |_| if open.get() { offers.get() } else { Vec::new() });
    // Another list: what was marked in the old one is not meant any more.
    Effect::new(move |_| {
        shown.track();
        marked.set(None);
    });
    let choose = move |value: String| {
        open.set(false);
        on_choose.run(value);
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        let count = shown.with_untracked(Vec::len);
        let at = marked.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                let down = event.key() == "ArrowDown";
                if open.get_untracked() {
                    marked.set(walked(at, count, down));
                } else {
                    open.set(true);
                }
            }
            "Enter" => {
                let value = at.and_then(|at| shown.with_untracked(|shown| shown.get(at).map(|one| one.value.clone())));
                match value {
                    Some(value) => {
                        event.prevent_default();
                        choose(value);
                    }
                    None if !typed.with_untracked(|typed| typed.trim().is_empty()) => {
                        event.prevent_default();
                        open.set(false);
                        on_enter.run(());
                    }
                    None => {}
                }
            }
            "Escape" if count > 0 => {
                event.prevent_default();
                event.stop_propagation();
                open.set(false);
            }
            _ => {
                if let Some(on_key) = on_key {
                    on_key.run(event);
                }
            }
        }
    };
    let input = move |event| {
        problems.clear_field(name);
        typed.set(event_target_value(&event));
        open.set(true);
    };
    let leave = move |_| {
        open.set(false);
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };
    let has_offers = move || shown.with(|shown| !shown.is_empty());
    let list = format!("{name}-offers");
    let option = move |place: usize| format!("{name}-offer-{place}");
    let (controls, marked_id) = (list.clone(), move || marked.get().map(option));
    view! {
        <div class="field combobox">
            <div class="field-head"><label for=name>{label}</label>{aside.run()}</div>
            <input
                id=name
                name=name
                type="text"
                dir="auto"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded=move || if has_offers() { "true" } else { "false" }
                aria-controls=controls
                aria-activedescendant=marked_id
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=format!("{name}-note")
                disabled=disabled
                prop:value=typed
                on:input=input
                on:keydown=press
                on:blur=leave
            />
            <ul id=list class="offers" role="listbox" aria-label=label hidden=move || !has_offers()>
                {move || shown.get().into_iter().enumerate().map(|(place, one)| {
                    let Offered { value, label, detail } = one;
                    // Pressed, not clicked: a click comes after the field was left, when the list is gone.
                    let take = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        choose(value.clone());
                    };
                    let is_marked = move || marked.get() == Some(place);
                    view! {
                        <li
                            id=option(place)
                            role="option"
                            aria-selected=move || if is_marked() { "true" } else { "false" }
                            on:mousedown=take
                        >
                            <span>{label}</span>
                            {(!detail.is_empty()).then(|| view! { <span class="muted small">{detail}</span> })}
                        </li>
                    }
                }).collect_view()}
            </ul>
            <FieldNote name hint problem/>
        </div>
    }
}

/// The offer after the marked one or before it, round the end.
fn walked(at: Option<usize>, count: usize, down: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (at, down) {
        (None, true) => 0,
        (None, false) => last,
        (Some(at), true) if at < last => at + 1,
        (Some(_), true) => 0,
        (Some(0), false) => last,
        (Some(at), false) => at - 1,
    })
}
