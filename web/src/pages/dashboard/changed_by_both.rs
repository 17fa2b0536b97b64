//! Two people change one thing: the second is told what, sees what the other one made of it, and loses nothing.

use crate::components::{Button, Glyph, Icon};
use crate::state::form::{self, Field};
use crate::{t, text};
use leptos::prelude::*;

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
    let names =
        move || fields.with(|fields| fields.iter().map(|both| both.name.clone()).collect::<Vec<_>>().join(", "));
    let row = move |Both { field, name, theirs }: Both| {
        view! {
            <li class="theirs">
                <div class="theirs-text"><strong>{name}</strong>{shown(theirs)}</div>
                <Button label=t!("take-theirs") on=move |()| take.run(field)/>
            </li>
        }
    };
    view! {
        <Show when=move || !fields.with(Vec::is_empty)>
            <div class="notice changed-by-both">
                <Icon glyph=Glyph::People/>
                <div>
                    <p role="status">{move || text!("changed-by-both", fields = names())}</p>
                    <ul>{move || fields.get().into_iter().map(row).collect_view()}</ul>
                </div>
            </div>
        </Show>
    }
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
