//! Word that the scheduled end is near: five minutes before it and one minute, once each (H7). Nobody is cut off by it.

use super::Here;
use crate::api::DateTime;
use crate::app::Clock;
use crate::browser::{self, Style};
use crate::components::{Button, Glyph, Icon};
use crate::state::timing::Ending;
use crate::{t, text};
use leptos::prelude::*;

#[component]
pub fn EndingSoon() -> impl IntoView {
    let Here { session, .. } = expect_context();
    let clock: Clock = expect_context();
    let near = Memo::new(move |_| {
        let now = clock.now();
        let ends_at = session.with(|session| session.ends_at(now))?;
        Ending::of(ends_at, now).map(|ending| (ends_at, ending))
    });
    // What was read is not told again, also when the schedule changes there and back.
    let seen = RwSignal::new(Vec::<(DateTime, Ending)>::new());
    let told = Memo::new(move |_| near.get().filter(|near| seen.with(|seen| !seen.contains(near))));
    let zone = browser::own_zone();
    view! {
        // The region is there before the words are: only then they are read aloud.
        <div role="status" class="room-turn">
            {move || told.get().map(|(ends_at, ending)| {
                let time = browser::format_instant(ends_at, &zone, Style::Time);
                view! {
                    <div class="room-banner">
                        <Icon glyph=Glyph::Clock/>
                        <p>{move || text!("ending-soon", minutes = ending.minutes(), time = time.clone())}</p>
                        <Button label=t!("dismiss") on=move |()| seen.update(|seen| seen.push((ends_at, ending)))/>
                    </div>
                }
            })}
        </div>
    }
}
