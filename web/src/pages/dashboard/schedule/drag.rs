//! Segments follow the pointer: taken anywhere they move, taken at the lower edge they change their length. A finger takes
//! them by their grip or their edge, since elsewhere it scrolls.

use super::plan::Plan;
use super::words;
use crate::browser;
use crate::state::schedule::Span;
use crate::state::schedule::days::{self, Day};
use crate::state::schedule::moving::{ending, placed, snap};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent};

/// Pixels by which a pointer moves before it drags: less is a press.
const SLACK_PX: i32 = 5;

/// Pixels from the frame's edge at which it scrolls, and by how many at each move.
const EDGE_PX: f64 = 36.0;
const SCROLL_PX: f64 = 14.0;

/// The segment that a pointer has taken.
#[derive(Clone)]
struct Held {
    id: String,
    span: Span,
    /// By its lower edge.
    by_edge: bool,
    /// Minutes from its start to where it was taken.
    taken_at: f64,
    from: (i32, i32),
    pointer: i32,
}

/// What the pointer does in the calendar, as a context.
#[derive(Clone, Copy)]
pub struct Drag {
    plan: Plan,
    px: Memo<f64>,
    frame: NodeRef<Div>,
    held: StoredValue<Option<Held>>,
    /// It has moved, and is not only pressed.
    on: RwSignal<bool>,
    dropped: StoredValue<bool>,
}

impl Drag {
    pub fn new(plan: Plan, px: Memo<f64>, frame: NodeRef<Div>) -> Self {
        let (held, dropped) = (StoredValue::new(None), StoredValue::new(false));
        Self { plan, px, frame, held, on: RwSignal::new(false), dropped }
    }

    pub fn is_on(self) -> bool {
        self.on.get()
    }

    /// Whether something was let go in this moment: the press that browsers tell of then is none.
    pub fn just_dropped(self) -> bool {
        self.dropped.get_value()
    }

    /// A pointer was pressed: on a segment, it takes it.
    pub fn take(self, event: &PointerEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let closest = |selector: &str| target.closest(selector).ok().flatten();
        let by_edge = closest(".block-edge").is_some();
        let may =
            event.button() == 0 && (event.pointer_type() != "touch" || by_edge || closest(".block-grip").is_some());
        let id = closest(".block").and_then(|block| block.get_attribute("data-segment"));
        let (true, Some(id)) = (may, id) else { return };
        let found = self.plan.segments.with_untracked(|all| all.here()?.find(&id).cloned());
        let (Some(segment), Some((day, minute))) = (found, self.place(event)) else { return };
        let span = untrack(|| self.plan.span(&segment));
        self.held.set_value(Some(Held {
            id,
            span,
            by_edge,
            taken_at: minute - f64::from(day.minute_of(span.starts)),
            from: (event.client_x(), event.client_y()),
            pointer: event.pointer_id(),
        }));
    }

    pub fn pull(self, event: &PointerEvent) {
        let Some(held) = self.held.get_value().filter(|held| held.pointer == event.pointer_id()) else { return };
        if event.buttons() & 1 == 0 {
            // It was let go outside, before it was followed there.
            return self.cancel();
        }
        if !self.on.get_untracked() {
            let moved = (event.client_x() - held.from.0).abs().max((event.client_y() - held.from.1).abs());
            if moved < SLACK_PX {
                return;
            }
            self.on.set(true);
            if let Some(frame) = self.frame.get_untracked() {
                // Without it, what leaves the frame stays where it was last.
                let _ = frame.set_pointer_capture(held.pointer);
            }
        }
        self.scroll(event);
        let Some((day, minute)) = self.place(event) else { return };
        let whole = self.plan.event.get_untracked();
        let to = if held.by_edge {
            ending(held.span, day.at(snap(minute)), whole)
        } else {
            placed(held.span, day.at(snap(minute - held.taken_at)), whole)
        };
        self.plan.shift(&held.id, to);
    }

    /// The pointer was let go: what it dragged stays there.
    pub fn drop(self) {
        let Some(held) = self.held.try_update_value(Option::take).flatten() else { return };
        if !self.on.get_untracked() {
            return;
        }
        self.end();
        let plan = self.plan;
        let found = plan.segments.with_untracked(|all| all.here()?.find(&held.id).cloned());
        if let Some(segment) = found {
            plan.said.set(untrack(|| words::moved(plan, &segment, plan.span(&segment))));
        }
        spawn_local(plan.save(held.id));
    }

    /// The pointer is needed elsewhere, or somebody thought better of it.
    pub fn cancel(self) {
        let Some(held) = self.held.try_update_value(Option::take).flatten() else { return };
        if self.on.get_untracked() {
            self.end();
            self.plan.put_back(&held.id);
        }
    }

    fn end(self) {
        self.on.set(false);
        self.dropped.set_value(true);
        let dropped = self.dropped;
        set_timeout(move || _ = dropped.try_set_value(false), std::time::Duration::ZERO);
    }

    /// The day and its minute below the pointer; beside all days, those of the nearest one.
    fn place(self, event: &PointerEvent) -> Option<(Day, f64)> {
        let tracks = self.frame.get_untracked()?.query_selector_all(".calendar-track").ok()?;
        let x = f64::from(event.client_x());
        let near = |track: &Element| {
            let rect = track.get_bounding_client_rect();
            (rect.left() - x).max(x - rect.right()).max(0.0)
        };
        let shown = (0..tracks.length()).filter_map(|index| tracks.item(index)?.dyn_into::<Element>().ok());
        let shown = shown.filter(|track| track.get_bounding_client_rect().width() > 0.0);
        let track = shown.min_by(|a, b| near(a).total_cmp(&near(b)))?;
        let date = days::read(&track.get_attribute("data-day")?)?;
        let day = self.plan.days.with_untracked(|days| days.iter().find(|day| day.date == date).copied())?;
        let y = f64::from(event.client_y()) - track.get_bounding_client_rect().top();
        Some((day, y / self.px.get_untracked()))
    }

    fn scroll(self, event: &PointerEvent) {
        let Some(frame) = self.frame.get_untracked() else { return };
        let (rect, y) = (frame.get_bounding_client_rect(), f64::from(event.client_y()));
        let top = browser::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
        if y > rect.bottom().min(top) - EDGE_PX {
            frame.set_scroll_top(frame.scroll_top() + SCROLL_PX as i32);
        } else if y < rect.top().max(0.0) + EDGE_PX {
            frame.set_scroll_top(frame.scroll_top() - SCROLL_PX as i32);
        }
    }
}

/// The minute of the day's column that an event is at, given pixels for a minute.
pub fn minute_at(event: &MouseEvent, px: f64) -> Option<f64> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let track = target.closest(".calendar-track").ok()??;
    Some((f64::from(event.client_y()) - track.get_bounding_client_rect().top()) / px)
}
