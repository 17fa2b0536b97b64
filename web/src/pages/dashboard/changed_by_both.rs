//! Two people change one thing: the second is told what, sees what the other one made of it, and loses nothing.

use crate::browser;
use crate::components::{Button, Glyph, Icon};
use crate::state::form::{self, Field};
use crate::{t, text};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The most of the other one's text that is shown at once.
const SHORT: usize = 140;

/// A field that somebody else has changed since this person typed in it.
#[derive(Clone, PartialEq)]
pub struct Both {
    pub field: Field,
    /// As its label has it.
    pub name: String,
    /// What the other one made of it, as text.
    pub theirs: String,
}

/// Stands at the button that saves: pressing that puts what was typed in place of theirs. `take` hears of a field in which this
/// person takes theirs instead.
#[component]
pub fn ChangedByBoth(fields: Signal<Vec<Both>>, #[prop(into)] take: Callback<Field>) -> impl IntoView {
    // What is unfolded stays so while something else changes.
    let fields = Memo::new(move |_| fields.get());
    let any = Memo::new(move |_| !fields.with(Vec::is_empty));
    let looks = move || if any.get() { "notice changed-by-both" } else { "offscreen" };
    let place = NodeRef::<Div>::new();
    let names =
        move || fields.with(|fields| fields.iter().map(|both| both.name.clone()).collect::<Vec<_>>().join(", "));
    let row = move |Both { field, name, theirs }: Both| {
        let press = move |()| {
            take.run(field);
            keep_focus(place);
        };
        view! {
            <li class="theirs">
                <div class="theirs-text"><strong>{name}</strong>{shown(theirs)}</div>
                <Button label=t!("take-theirs") on=press/>
            </li>
        }
    };
    view! {
        <div node_ref=place class=looks>
            <Show when=move || any.get()><Icon glyph=Glyph::People/></Show>
            <div>
                // There before anything is said in it: what comes along with its words is often not read out.
                <p role="status">{move || any.get().then(|| text!("changed-by-both", fields = names()))}</p>
                <Show when=move || any.get()><ul>{move || fields.get().into_iter().map(row).collect_view()}</ul></Show>
            </div>
        </div>
    }
}

/// A button that goes takes the focus along: then the next one has it, or the one that saves.
fn keep_focus(place: NodeRef<Div>) {
    request_animation_frame(move || {
        let lost = browser::document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        let Some(place) = place.try_get_untracked().flatten().filter(|_| lost) else { return };
        let next = place.query_selector("button").ok().flatten();
        let save = || place.closest("form").ok().flatten()?.query_selector("[type=submit]").ok().flatten();
        if let Some(button) = next.or_else(save).and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot be focused leaves the focus where it is.
            let _ = button.focus();
        }
    });
}

/// The other one's text; a long one unfolds.
fn shown(theirs: String) -> AnyView {
    if theirs.is_empty() {
        return view! { <p>{t!("theirs-empty")}</p> }.into_any();
    }
    if form::length(&theirs) <= SHORT && !theirs.contains('\n') {
        return view! { <p dir="auto">{move || text!("theirs", text = theirs.clone())}</p> }.into_any();
    }
    let begins: String = theirs.chars().take(SHORT / 2).map(|sign| if sign == '\n' { ' ' } else { sign }).collect();
    let begins = format!("{}…", begins.trim_end());
    view! {
        <details>
            <summary dir="auto">{move || text!("theirs", text = begins.clone())}</summary>
            <p dir="auto">{theirs}</p>
        </details>
    }
    .into_any()
}

/// How a switch that the other one turned is said.
pub fn switched(on: bool) -> String {
    if on { text!("theirs-on") } else { text!("theirs-off") }
}
