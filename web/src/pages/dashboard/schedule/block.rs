//! One segment in the calendar: opened by a press, moved by keys; the pointer's part is in `drag`.

use super::Looking;
use super::deleting::Deleting;
use super::drag::Drag;
use super::plan::{Plan, list};
use super::words;
use crate::api::segment::{Segment, SegmentKind};
use crate::browser;
use crate::components::Icon;
use crate::state::schedule::Span;
use crate::state::schedule::columns::Place;
use crate::state::schedule::days::Day;
use crate::state::schedule::moving::{STEP, moved, on_other_day, stretched};
use crate::text;
use leptos::html::Button;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// From which minute of the day to which it is drawn, and in which column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laid {
    pub from: i32,
    pub to: i32,
    pub place: Place,
}

/// The segment that has the focus and is drawn in another day's column now, and the day, as a context.
#[derive(Clone, Copy, Default)]
pub struct Focus(RwSignal<Option<(String, Day)>>);

impl Focus {
    /// Whether it is on its way to this day.
    pub fn goes_to(self, day: Day) -> bool {
        self.0.with_untracked(|wanted| wanted.as_ref().is_some_and(|(_, on)| *on == day))
    }
}

#[component]
pub fn Block(
    segment: Memo<Option<Arc<Segment>>>,
    id: String,
    day: Day,
    laid: Memo<HashMap<String, Laid>>,
    px: Memo<f64>,
) -> impl IntoView {
    let (plan, looking, drag): (Plan, Looking, Drag) = (expect_context(), expect_context(), expect_context());
    let node = NodeRef::<Button>::new();
    let own = StoredValue::new(id.clone());
    let at = Memo::new(move |_| laid.with(|laid| own.with_value(|id| laid.get(id).copied())));
    let drawn = move |of: fn(Laid) -> f64| at.get().map(of).unwrap_or_default();
    let top = move || format!("{}px", drawn(|laid| f64::from(laid.from)) * px.get());
    let height = move || format!("{}px", drawn(|laid| f64::from(laid.to - laid.from)) * px.get());
    let left = move || format!("{}%", drawn(|laid| 100.0 * laid.place.column as f64 / laid.place.of as f64));
    let width = move || format!("{}%", drawn(|laid| 100.0 / laid.place.of as f64));
    // While a segment is dragged, the others only look whether it is one of them.
    let span = Memo::new(move |_| segment.with(|one| one.as_ref().map(|one| plan.span(one))));
    let in_the_way = Memo::new(move |_| {
        let at = segment.get().zip(span.get());
        at.map(|(one, span)| plan.in_the_way(&one, span)).unwrap_or_default()
    });
    let kind = move || segment.with(|one| one.as_ref().map_or(SegmentKind::Sessions, |one| one.kind));
    let is_draft = move || segment.with(|one| one.as_ref().is_some_and(|one| !one.published));
    let class = move || match kind() {
        SegmentKind::Sessions => "block",
        SegmentKind::Break => "block break",
        SegmentKind::ExternalLink => "block link",
    };
    let label = move || segment.get().map(|one| label(plan, &one, span.get(), &in_the_way.get()));
    let open = move |_| {
        if let (Some(segment), false) = (segment.get_untracked(), drag.just_dropped()) {
            looking.set_form.run(segment.bare_id().to_owned());
        }
    };
    keep_focus(id.clone(), day, node);
    let keys = Keys { plan, looking, deleting: expect_context(), focus: expect_context() };
    let press = move |event: leptos::ev::KeyboardEvent| {
        if let Some(segment) = segment.get_untracked() {
            keys.press(&segment, &event);
        }
    };
    view! {
        <button
            type="button"
            node_ref=node
            class=class
            class:draft=is_draft
            class:clash=move || in_the_way.with(|names| !names.is_empty())
            class:shifted=move || own.with_value(|id| plan.is_shifted(id))
            data-segment=id
            style:top=top
            style:height=height
            style:left=left
            style:width=width
            aria-label=label
            aria-describedby="calendar-help"
            on:click=open
            on:keydown=press
        >
            <span class="block-grip" aria-hidden="true"></span>
            <span class="block-name">
                {move || (kind() != SegmentKind::Sessions).then(|| view! { <Icon glyph=words::glyph(kind())/> })}
                {move || segment.with(|one| one.as_ref().map(|one| one.name.clone()))}
            </span>
            <span class="block-time">{move || span.get().map(|span| words::times(plan, span))}{move || is_draft().then(|| format!(" · {}", words::state(false)))}</span>
            <span class="block-edge" aria-hidden="true"></span>
        </button>
    }
}

/// All that a segment shows, for who does not see it.
fn label(plan: Plan, segment: &Segment, span: Option<Span>, in_the_way: &[String]) -> String {
    let at = words::moved(plan, segment, span.unwrap_or(segment.span()));
    let mut said = format!("{at}, {}, {}", words::kind(segment.kind), words::state(segment.published));
    if !in_the_way.is_empty() {
        said = format!("{said}. {}", text!("overlaps", name = segment.name.clone(), others = list(in_the_way)));
    }
    said
}

/// Gives the focus back to a segment that was moved to another day, once it has a place on the screen there.
fn keep_focus(id: String, day: Day, node: NodeRef<Button>) {
    let (Focus(wanted), looking): (Focus, Looking) = (expect_context(), expect_context());
    let is_this =
        Memo::new(move |_| wanted.with(|wanted| wanted.as_ref().is_some_and(|(own, on)| *own == id && *on == day)));
    Effect::new(move |_| {
        let Some(block) = node.get().filter(|_| is_this.get()) else { return };
        // Which days are shown follows the address a little later.
        looking.day.track();
        request_animation_frame(move || {
            if is_this.try_get_untracked() == Some(true) && block.offset_parent().is_some() {
                wanted.try_set(None);
                // An element that cannot be focused leaves the focus where it is.
                let _ = block.focus();
            }
        });
    });
}

/// Whether a day's column has a place on the screen.
fn is_shown(day: Day) -> bool {
    let track = format!(".calendar-track[data-day=\"{}\"]", day.in_address());
    let track = browser::document().query_selector(&track).ok().flatten();
    track.is_some_and(|track| track.get_bounding_client_rect().width() > 0.0)
}

/// What keys do to a segment.
#[derive(Clone, Copy)]
struct Keys {
    plan: Plan,
    looking: Looking,
    deleting: Deleting,
    focus: Focus,
}

impl Keys {
    fn press(self, segment: &Segment, event: &leptos::ev::KeyboardEvent) {
        let Self { plan, deleting, .. } = self;
        let id = segment.id.inner();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let (span, whole) = (untrack(|| plan.span(segment)), plan.event.get_untracked());
        let to = match (event.key().as_str(), event.shift_key()) {
            ("ArrowUp", false) => moved(span, -STEP, whole),
            ("ArrowDown", false) => moved(span, STEP, whole),
            ("ArrowUp", true) => stretched(span, -STEP, whole),
            ("ArrowDown", true) => stretched(span, STEP, whole),
            ("ArrowLeft", false) => on_other_day(span, -1, whole, plan.offset()),
            ("ArrowRight", false) => on_other_day(span, 1, whole, plan.offset()),
            ("Escape", _) if untrack(|| plan.is_shifted(id)) => {
                plan.put_back(id);
                return plan.said.set(untrack(|| words::moved(plan, segment, segment.span())));
            }
            ("Delete" | "Backspace", _) => return deleting.ask(plan, vec![id.to_owned()]),
            _ => return,
        };
        event.prevent_default();
        if to == span {
            return plan.said.set(untrack(|| text!("segment-at-edge")));
        }
        self.follow(id, span, to);
        plan.shift(id, to);
        let in_the_way = untrack(|| plan.in_the_way(segment, to));
        let said = untrack(|| match &in_the_way[..] {
            [] => words::moved(plan, segment, to),
            names => text!("overlaps", name = segment.name.clone(), others = list(names)),
        });
        plan.said.set(said);
        plan.save_soon(id.to_owned());
    }

    /// The focus goes along to another day, and the calendar shows that day.
    fn follow(self, id: &str, from: Span, to: Span) {
        let on = |span: Span| Day::around(span.starts, self.plan.offset());
        let day = on(to);
        if day == on(from) {
            return;
        }
        self.focus.0.set(Some((id.to_owned(), day)));
        if !is_shown(day) {
            self.looking.set_day.run(day.in_address());
        }
    }
}
