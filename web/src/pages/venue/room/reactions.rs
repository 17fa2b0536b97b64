//! Reactions: six to choose from in the bar, and what everybody reacts with, flying over the stage (I3).

use super::Here;
use super::chat::Talk;
use crate::components::{Glyph, Icon};
use crate::state::room::hands::flights;
use crate::{browser, t, text};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use protocol::room::{REACTIONS_A_SECOND, Reaction};

/// Milliseconds for which something flies.
const FLIGHT_MS: u32 = 4_000;
/// Elements in flight at the most.
const IN_FLIGHT: usize = 30;
/// Milliseconds between two times at which reactions are said aloud.
const ALOUD_MS: u32 = 5_000;

/// Where the choices are, for their button.
const CHOICES: &str = "reactions";

fn name(reaction: Reaction) -> String {
    match reaction {
        Reaction::ThumbsUp => text!("reaction-thumbs-up"),
        Reaction::Heart => text!("reaction-heart"),
        Reaction::Laugh => text!("reaction-laugh"),
        Reaction::Party => text!("reaction-party"),
        Reaction::Applause => text!("reaction-applause"),
        Reaction::Thinking => text!("reaction-thinking"),
    }
}

#[component]
pub fn ReactButton() -> impl IntoView {
    let here: Here = expect_context();
    let talk: Talk = expect_context();
    let muted = Memo::new(move |_| talk.is_muted());
    let disabled = Memo::new(move |_| muted.get() || here.is_away());
    let opened = RwSignal::new(false);
    let node = NodeRef::<leptos::html::Div>::new();
    let toggled = move |_| {
        opened.set(node.get_untracked().is_some_and(|list| list.matches(":popover-open").unwrap_or(false)));
    };
    // Media counts no more than that of one person; a key that is held down need not reach it.
    let sent = StoredValue::new(Vec::<f64>::new());
    let react = move |reaction: Reaction| {
        let now = js_sys::Date::now();
        let may = sent.try_update_value(|sent| {
            sent.retain(|at| now - at < 1_000.0);
            let may = sent.len() < REACTIONS_A_SECOND as usize;
            if may {
                sent.push(now);
            }
            may
        });
        if may == Some(true) {
            here.call.react(reaction);
        }
    };
    let label = move || if muted.get() { text!("react-muted") } else { text!("react") };
    view! {
        <button
            type="button"
            class="bar-button"
            popovertarget=CHOICES
            aria-label=label
            aria-expanded=move || if opened.get() { "true" } else { "false" }
            title=label
            disabled=disabled
        >
            <Icon glyph=Glyph::Smile/>
            <span class="bar-label" aria-hidden="true">{t!("react")}</span>
        </button>
        <div node_ref=node id=CHOICES class="reaction-choices" popover="auto" role="group" aria-label=t!("react") on:toggle=toggled>
            {Reaction::ALL.map(|reaction| view! {
                <button
                    type="button"
                    class="reaction-choice"
                    aria-label=move || name(reaction)
                    title=move || name(reaction)
                    disabled=disabled
                    on:click=move |_| react(reaction)
                >
                    {reaction.emoji()}
                </button>
            }).collect_view()}
        </div>
    }
}

/// One emoji on its way up.
#[derive(Clone, Copy, PartialEq)]
struct Flight {
    key: u32,
    reaction: Reaction,
    count: Option<u32>,
    /// Where across the stage, in percent.
    at: f64,
}

/// What everybody reacts with: it flies up, or stands still for who prefers that, and is said aloud now and then.
#[component]
pub fn Flying() -> impl IntoView {
    let here: Here = expect_context();
    let burst = Memo::new(move |_| here.call.room.with(|room| room.reactions.clone()));
    let flying = RwSignal::new(Vec::<Flight>::new());
    let key = StoredValue::new(0_u32);
    let aloud = StoredValue::new(None::<Vec<(Reaction, u32)>>);
    Effect::new(move |before: Option<u32>| {
        let burst = burst.get();
        // Those from before the page came here are over.
        if before.is_none_or(|before| before == burst.number) {
            return burst.number;
        }
        let first = key.get_value();
        let fresh: Vec<Flight> = (first..)
            .zip(flights(&burst.counts))
            .map(|(key, (reaction, count))| Flight { key, reaction, count, at: 4.0 + js_sys::Math::random() * 88.0 })
            .collect();
        key.set_value(first + fresh.len() as u32);
        flying.update(|flying| {
            flying.extend(fresh);
            let over = flying.len().saturating_sub(IN_FLIGHT);
            flying.drain(..over);
        });
        let last = key.get_value();
        Timeout::new(FLIGHT_MS, move || {
            flying.try_update(|flying| flying.retain(|one| one.key >= last));
        })
        .forget();
        say_later(here, aloud, &burst.counts);
        burst.number
    });
    view! {
        <div class="reactions" aria-hidden="true">
            <For each=move || flying.get() key=|one| one.key let:one>
                <span class="reaction" class:alone=one.count.is_none() style:inset-inline-start=format!("{}%", one.at)>
                    {one.reaction.emoji()}
                    {one.count.filter(|count| *count > 1).map(|count| view! {
                        <span class="reaction-count">{browser::format_count(count)}</span>
                    })}
                </span>
            </For>
        </div>
    }
}

/// Gathers what comes, and says it when nothing was said for a while.
fn say_later(here: Here, aloud: StoredValue<Option<Vec<(Reaction, u32)>>>, counts: &[(Reaction, u32)]) {
    let first = aloud.try_update_value(|gathered| {
        let first = gathered.is_none();
        let gathered = gathered.get_or_insert_default();
        for (reaction, count) in counts {
            match gathered.iter_mut().find(|(known, _)| known == reaction) {
                Some((_, sum)) => *sum += count,
                None => gathered.push((*reaction, *count)),
            }
        }
        first
    });
    if first != Some(true) {
        return;
    }
    Timeout::new(ALOUD_MS, move || {
        let Some(Some(gathered)) = aloud.try_update_value(Option::take) else { return };
        let said = untrack(|| {
            let one =
                |(reaction, count): (Reaction, u32)| text!("reaction-aloud", count = count, name = name(reaction));
            gathered.into_iter().map(one).collect::<Vec<_>>().join(", ")
        });
        here.say(said);
    })
    .forget();
}
