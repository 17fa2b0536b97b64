//! How the person looks at the stage (H3): the layout that they chose, a tile that they pinned, one that fills the screen; and
//! what of it is received (E4).

use super::Here;
use crate::browser;
use crate::components::{Glyph, Icon, Menu};
use crate::live::shim;
use crate::state::room::layout::Layout;
use crate::state::room::receiving::Shown;
use crate::state::room::scene::View;
use crate::state::room::spotlight::Spotlight;
use crate::state::room::tiles::Key;
use crate::{t, text};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

const REMEMBERED: &str = "roundtable.layout";

/// Milliseconds for which a page that is not looked at receives its pictures still: who glances at another tab finds them moving.
const UNSEEN_MS: u32 = 10_000;

/// A context of the stage.
#[derive(Clone, Copy)]
pub struct Looks {
    layout: RwSignal<Layout>,
    pinned: RwSignal<Option<Key>>,
    /// The tile that fills the screen.
    pub full: RwSignal<Option<Key>>,
    speaker: Memo<Option<String>>,
    /// The sheet of all keys is open.
    pub help: RwSignal<bool>,
}

impl Looks {
    pub fn new(here: Here) -> Self {
        let remembered = browser::remembered(REMEMBERED).and_then(|name| Layout::named(&name));
        Self {
            layout: RwSignal::new(remembered.unwrap_or_default()),
            pinned: RwSignal::new(None),
            full: RwSignal::new(None),
            speaker: speaker(here),
            help: RwSignal::new(false),
        }
    }

    /// As it is now; follows it.
    pub fn view(self) -> View {
        View { layout: self.layout.get(), pinned: self.pinned.get(), speaker: self.speaker.get() }
    }

    pub fn pins(self, key: &Key) -> bool {
        self.pinned.with(|pinned| pinned.as_ref() == Some(key))
    }

    /// Pins a tile in place of another, or lets it go.
    pub fn turn_pin(self, key: Key) {
        self.pinned.update(|pinned| *pinned = if pinned.as_ref() == Some(&key) { None } else { Some(key) });
    }

    /// Chooses for now and later. What is pinned is not: the choice would change nothing that one sees.
    fn choose(self, layout: Layout) {
        browser::remember(REMEMBERED, layout.name());
        self.layout.set(layout);
        self.pinned.set(None);
    }

    /// The next layout, also said aloud: who pressed a key has no button to read.
    pub fn turn(self, here: Here) {
        let layout = self.layout.get_untracked().next();
        self.choose(layout);
        here.say(untrack(|| text!("layout-now", layout = name(layout))));
    }
}

fn name(layout: Layout) -> String {
    match layout {
        Layout::Automatic => text!("layout-automatic"),
        Layout::Grid => text!("layout-grid"),
        Layout::Speaker => text!("layout-speaker"),
    }
}

/// Who is large while they speak.
fn speaker(here: Here) -> Memo<Option<String>> {
    let light = RwSignal::new(Spotlight::default());
    let again = RwSignal::new(());
    let timer = StoredValue::new_local(None::<Timeout>);
    // The parts of the room that it looks at: not every count of viewers is a reason.
    let heard = Memo::new(move |_| here.call.room.with(|room| (room.speaking.clone(), room.speakers.clone())));
    Effect::new(move |_| {
        heard.with(|_| again.get());
        let now = browser::device_time().timestamp_millis();
        let wait = light.try_update(|light| here.call.room.with_untracked(|room| light.look(room, now))).flatten();
        let wait = wait.and_then(|wait| u32::try_from(wait).ok());
        timer.set_value(wait.map(|wait| Timeout::new(wait, move || _ = again.try_set(()))));
    });
    on_cleanup(move || timer.dispose());
    Memo::new(move |_| light.with(|light| light.on().map(ToOwned::to_owned)))
}

/// Tells the call what is shown: nothing on a page that nobody looks at.
pub fn receive(here: Here, shown: Memo<Shown>) {
    let seen = RwSignal::new(true);
    let timer = StoredValue::new_local(None::<Timeout>);
    let listener = StoredValue::new_local(shim::on_visibility(move |visible| {
        if visible {
            timer.try_set_value(None);
            seen.try_set(true);
        } else {
            timer.try_set_value(Some(Timeout::new(UNSEEN_MS, move || _ = seen.try_set(false))));
        }
    }));
    on_cleanup(move || {
        listener.dispose();
        timer.dispose();
    });
    let wanted = Memo::new(move |_| if seen.get() { shown.get() } else { Shown::new() });
    Effect::new(move |_| here.call.show(wanted.get()));
}

/// The choice of a layout, and the way to the sheet of keys.
#[component]
pub fn LayoutMenu() -> impl IntoView {
    let looks: Looks = expect_context();
    let item = move |layout: Layout| {
        let chosen = Memo::new(move |_| looks.layout.get() == layout);
        view! {
            <button
                type="button"
                class="menu-item"
                aria-pressed=move || if chosen.get() { "true" } else { "false" }
                on:click=move |_| looks.choose(layout)
            >
                <span class="menu-mark"><Show when=move || chosen.get()><Icon glyph=Glyph::Check/></Show></span>
                {move || name(layout)}
            </button>
        }
    };
    let face = move || {
        view! { <span class="bar-button"><Icon glyph=Glyph::Grid/><span class="bar-label">{t!("layout")}</span></span> }
    };
    // The menu closes first: the sheet gives the focus back to where it was, and an entry is gone then.
    let help = move |_| request_animation_frame(move || _ = looks.help.try_set(true));
    view! {
        <Menu label=t!("layout") face>
            {Layout::ALL.map(item).into_iter().collect_view()}
            <button type="button" class="menu-item layout-keys" on:click=help>
                <span class="menu-mark"><Icon glyph=Glyph::Info/></span>
                {t!("shortcuts")}
            </button>
        </Menu>
    }
}
