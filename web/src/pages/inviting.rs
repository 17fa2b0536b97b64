//! The question that goes with making a session invite only while people are on screen (D9).

use crate::components::{Button, Dialog, Kind};
use crate::{t, text};
use leptos::prelude::*;

/// Names that are written out before the rest is a number.
const NAMES: usize = 3;

/// `answer` hears whether those on screen are invited; closing it answers nothing.
#[component]
pub fn InviteOnScreen(
    open: RwSignal<bool>,
    /// Their names.
    #[prop(into)]
    on_screen: Signal<Vec<String>>,
    #[prop(into)] answer: Callback<bool>,
) -> impl IntoView {
    let sentence = Signal::derive(move || {
        on_screen.with(|names| {
            let shown = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
            match names.len().saturating_sub(NAMES) {
                0 => text!("invite-on-screen-text", names = shown),
                more => text!("invite-on-screen-text", names = text!("names-and-more", names = shown, count = more)),
            }
        })
    });
    view! { <InviteQuestion open sentence answer/> }
}

/// The same with a sentence of its own about who is on screen.
#[component]
pub fn InviteQuestion(open: RwSignal<bool>, sentence: Signal<String>, answer: Callback<bool>) -> impl IntoView {
    view! {
        <Dialog title=t!("invite-on-screen-title") open>
            <p>{sentence}</p>
            <div class="form-actions">
                <Button label=t!("invite-on-screen") kind=Kind::Primary on=move |()| answer.run(true)/>
                <Button label=t!("invite-nobody") on=move |()| answer.run(false)/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
