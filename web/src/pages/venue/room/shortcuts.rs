//! What can be done with one key, and the sheet that says so (H8).

use super::Here;
use super::controls::toggle;
use super::hosting::Hosting;
use super::looks::Looks;
use super::panel::Panel;
use crate::components::{Dialog, use_toasts};
use crate::live::shim;
use crate::t;
use crate::text;
use leptos::prelude::*;
use protocol::room::{Seat, Source};

/// Each key as it is written on the sheet, with the message that says what it does; in the order of the sheet. What a key does
/// is below.
const SHEET: [(&str, &str); 8] = [
    ("M", "shortcut-microphone"),
    ("V", "shortcut-camera"),
    // The hand's button listens itself.
    ("H", "shortcut-hand"),
    ("L", "shortcut-layout"),
    ("F", "shortcut-full-screen"),
    ("C", "shortcut-chat"),
    ("Esc", "shortcut-close"),
    ("?", "shortcut-help"),
];

/// Listens for the keys, and holds the sheet.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let here: Here = expect_context();
    let looks: Looks = expect_context();
    let Hosting { beside, .. } = expect_context();
    let toasts = use_toasts();
    let own = move |source| {
        let seated = here.call.room.try_with_untracked(|room| room.seated(Seat::Person)) == Some(true);
        if seated {
            toggle(here.call, toasts, source);
        }
    };
    let press = move |key: String| match key.as_str() {
        "m" => own(Source::Microphone),
        "v" => own(Source::Camera),
        "l" => looks.turn(here),
        "f" if shim::can_full_screen() => shim::toggle_full_screen(),
        "c" => beside.turn(Panel::Chat),
        "escape" => beside.close(),
        "?" => looks.help.set(true),
        _ => {}
    };
    let listener = StoredValue::new_local(shim::on_shortcut(press));
    on_cleanup(move || listener.dispose());
    view! {
        <Dialog title=t!("shortcuts") open=looks.help>
            <p class="muted">{t!("shortcuts-when")}</p>
            <dl class="shortcuts">
                {SHEET.map(|(key, what)| view! {
                    <div><dt><kbd>{key}</kbd></dt><dd>{move || text!(what)}</dd></div>
                }).into_iter().collect_view()}
            </dl>
        </Dialog>
    }
}
