//! The question before messages or recordings are kept for fewer days: what is older goes within minutes of saving that (A8).

use crate::api::query::Query;
use crate::app::Clock;
use crate::components::{Button, Dialog, Kind, Spinner};
use crate::pages::dashboard::sessions::every_recording;
use crate::pages::event::CurrentEvent;
use crate::state::Loaded;
use crate::state::recordings::older;
use crate::state::settings_form::Shorter;
use crate::{t, text};
use leptos::prelude::*;

/// What is asked about, and whether the question is open.
#[derive(Clone, Copy, Default)]
pub struct Shortening {
    what: RwSignal<Shorter>,
    open: RwSignal<bool>,
}

impl Shortening {
    pub fn ask(self, what: Shorter) {
        self.what.set(what);
        self.open.set(true);
    }
}

#[component]
pub fn ShorteningDialog(shortening: Shortening, #[prop(into)] save: Callback<()>) -> impl IntoView {
    let Shortening { what, open } = shortening;
    let going = going(shortening);
    let confirm = move |()| {
        open.set(false);
        save.run(());
    };
    let recordings = move || match going.value.get() {
        Loaded::Waiting => view! { <p class="busy-line"><Spinner/>{t!("recordings-counting")}</p> }.into_any(),
        Loaded::Failed(_) => view! { <p>{t!("shorten-recordings-unknown")}</p> }.into_any(),
        Loaded::Here(count) => view! { <p>{text!("shorten-recordings", count = count)}</p> }.into_any(),
    };
    view! {
        <Dialog title=t!("shorten-title") open>
            {move || what.get().chat.map(|days| view! { <p>{text!("shorten-chat", days = days)}</p> })}
            <div role="status">{move || what.get().recordings.map(|_days| recordings())}</div>
            <p>{t!("shorten-for-good")}</p>
            <div class="form-actions">
                <Button label=t!("shorten-save") kind=Kind::Danger on=confirm/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}

/// How many recordings go, counted when the question opens.
fn going(shortening: Shortening) -> Query<usize> {
    let (current, clock): (CurrentEvent, Clock) = (expect_context(), expect_context());
    let Shortening { what, open } = shortening;
    Query::new(
        move || open.get().then(|| what.get().recordings).flatten(),
        move |asked: Option<i32>| {
            let slug = current.event.with_untracked(|event| event.slug.clone());
            async move {
                let Some(days) = asked else { return Ok(0) };
                let recordings = every_recording(slug, &[]).await?;
                Ok(older(&recordings, days, untrack(|| clock.now())))
            }
        },
    )
}
