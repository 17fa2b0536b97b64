//! The rows of the list. Only those near what is in sight are made, so that a thousand sessions come and scroll like ten; the
//! rest is room above rows. They stand in the page as rows do, so that the browser keeps what one reads in its place when
//! something above it turns out higher.

use super::Row;
use super::arranging::Arranging;
use crate::browser;
use crate::pages::event::Programme;
use crate::state::long_list::{Heights, Made, Sight, made, pull};
use leptos::html::{Li, Ul};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type ResizeObserver;
    #[wasm_bindgen(constructor)]
    fn new(told: &js_sys::Function) -> ResizeObserver;
    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &web_sys::Element);
    #[wasm_bindgen(method)]
    fn unobserve(this: &ResizeObserver, element: &web_sys::Element);
    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);

    type Resized;
    #[wasm_bindgen(method, getter)]
    fn target(this: &Resized) -> web_sys::Element;
}

/// By which attribute a row's element says whose it is.
const KEY: &str = "data-session";

/// For how many frames a row is held in its place when somebody comes back: two seconds.
const HELD: u32 = 120;

/// Where somebody left a list, for when they come back to it.
#[derive(Clone)]
struct Left {
    address: String,
    heights: Heights,
    /// How far the list was scrolled.
    top: f64,
    /// A row, and where it stood in the window.
    row: Option<(String, f64)>,
}

thread_local! {
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
    /// The address that the browser's own button led back to.
    static BACK: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The list as a whole, as a context for its rows.
#[derive(Clone, Copy)]
pub struct Long {
    rows: Memo<Vec<Made>>,
    /// How many there are, made or not.
    count: Memo<usize>,
    measuring: StoredValue<Measuring, LocalStorage>,
}

/// What one row knows of its place.
#[derive(Clone, Copy)]
pub struct Standing {
    pub node: NodeRef<Li>,
    own: Memo<(usize, f64)>,
    count: Memo<usize>,
}

impl Standing {
    /// Of the row with this id, whose element `node` will be.
    pub fn of(id: String) -> Self {
        let Long { rows, count, measuring } = expect_context();
        // What it was stays for the moment in which the row goes.
        let own = Memo::new(move |before: Option<&(usize, f64)>| {
            let own = rows.with(|rows| rows.iter().find(|row| row.key == id).map(|row| (row.place, row.gap)));
            own.or(before.copied()).unwrap_or_default()
        });
        let node = NodeRef::<Li>::new();
        Effect::new(move |_| {
            if let Some(row) = node.get() {
                measuring.try_with_value(|measuring| measuring.observer.observe(&row));
            }
        });
        Self { node, own, count }
    }

    /// The room above it of rows that are not made.
    pub fn gap(self) -> String {
        format!("{}px", self.own.get().1)
    }

    /// Which one it is, for who hears the list.
    pub fn position(self) -> String {
        (self.own.get().0 + 1).to_string()
    }

    pub fn count(self) -> String {
        self.count.get().to_string()
    }
}

#[component]
pub fn Rows(ids: Memo<Vec<String>>) -> impl IntoView {
    let programme: Programme = expect_context();
    let arranging: Arranging = expect_context();
    // With the heights that it had, the browser finds the place where it was left.
    let (heights, left_at) =
        left_here().map_or_else(Default::default, |left| (left.heights, Some((left.top, left.row))));
    let heights = RwSignal::new(heights);
    let sight = RwSignal::new(Sight { top: 0.0, height: window_height() });
    let tops = Memo::new(move |_| ids.with(|ids| heights.with(|heights| heights.tops(ids))));
    let kept = Memo::new(move |_| arranging.kept());
    let rows =
        Memo::new(move |_| ids.with(|ids| tops.with(|tops| kept.with(|kept| made(ids, tops, sight.get(), kept)))));
    let keys = Memo::new(move |_| rows.with(|rows| rows.iter().map(|row| row.key.clone()).collect::<Vec<String>>()));
    let node = NodeRef::<Ul>::new();
    let measuring = StoredValue::new_local(Measuring::new(node, heights, sight));
    provide_context(Long { rows, count: Memo::new(move |_| ids.with(Vec::len)), measuring });
    let (own_path, last) = (StoredValue::new(String::new()), StoredValue::new(None));
    let jumped = StoredValue::new(false);
    let look = move || {
        let Some(list) = node.try_get_untracked().flatten().filter(|list| list.is_connected()) else { return };
        let now = Sight { top: -list.get_bounding_client_rect().top(), height: window_height() };
        if sight.try_get_untracked().is_some_and(|before| now.is_far_from(before)) {
            jumped.try_set_value(true);
        }
        sight.try_set(now);
        // The address may be that of the next page already, while this one is still there.
        if own_path.try_with_value(|own| *own == path()) == Some(true) {
            last.try_set_value(Some((address(), now.top, first_in_sight(&list))));
        }
    };
    let listeners = [
        window_event_listener(leptos::ev::scroll, move |_| look()),
        window_event_listener(leptos::ev::resize, move |_| look()),
        // Before a press leads elsewhere: rows may have found their heights since the page was moved.
        window_event_listener(leptos::ev::pointerdown, move |_| look()),
        window_event_listener(leptos::ev::keydown, move |_| look()),
        window_event_listener(leptos::ev::Custom::<web_sys::Event>::new("scrollend"), move |_| {
            if jumped.try_get_value() == Some(true) {
                jumped.set_value(false);
                choose_anchor();
            }
        }),
        window_event_listener(leptos::ev::dragover, move |event| {
            if arranging.is_dragging() {
                browser::window().scroll_by_with_x_and_y(0.0, pull(f64::from(event.client_y()), window_height()));
            }
        }),
    ];
    on_cleanup(move || {
        listeners.into_iter().for_each(|listener| listener.remove());
        BACK.set(None);
        let left = last.try_get_value().flatten().zip(heights.try_get_untracked());
        LEFT.set(left.map(|((address, top, row), heights)| Left { address, heights, top, row }));
    });
    let left_at = StoredValue::new(left_at);
    Effect::new(move |_| {
        let Some(list) = node.get() else { return };
        request_animation_frame(move || {
            own_path.try_set_value(path());
            let is_back = BACK.take().is_some_and(|back| back == address());
            if let Some((top, row)) = left_at.try_get_value().flatten().filter(|_| is_back) {
                // Nothing, where the browser has done it already.
                browser::window().scroll_by_with_x_and_y(0.0, list.get_bounding_client_rect().top() + top);
                row.into_iter().for_each(hold);
            }
            look();
        });
    });
    let focus = move |event: leptos::ev::FocusEvent| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let row = element.and_then(|element| element.closest(&format!("[{KEY}]")).ok().flatten());
        if let Some(id) = row.and_then(|row| row.get_attribute(KEY)) {
            arranging.focus(id);
        }
    };
    view! {
        <ul node_ref=node class="rows" on:focusin=focus>
            <For each=move || keys.get() key=String::clone let:id><Row session=programme.session(id)/></For>
        </ul>
    }
}

/// Where the list of this address was left. From the first list on, it is known when the browser's own button leads somewhere.
fn left_here() -> Option<Left> {
    thread_local! {
        static LISTENS: Cell<bool> = const { Cell::new(false) };
    }
    if !LISTENS.replace(true) {
        window_event_listener(leptos::ev::popstate, |_| BACK.set(Some(address())));
    }
    let now = address();
    LEFT.with_borrow(|left| left.clone().filter(|left| left.address == now))
}

/// The first row that can be seen, and where it stands in the window.
fn first_in_sight(list: &web_sys::Element) -> Option<(String, f64)> {
    let mut next = list.first_element_child();
    while let Some(row) = next {
        let rect = row.get_bounding_client_rect();
        if rect.bottom() > 0.0 {
            return Some((row.get_attribute(KEY)?, rect.top()));
        }
        next = row.next_element_sibling();
    }
    None
}

/// Holds a row where it stood while the rows around it find their heights, until the person moves the page.
fn hold(row: (String, f64)) {
    let moved = Rc::new(Cell::new(false));
    let note = || {
        let moved = Rc::clone(&moved);
        move || moved.set(true)
    };
    let (wheel, touch, press, key) = (note(), note(), note(), note());
    let listeners = vec![
        window_event_listener(leptos::ev::wheel, move |_| wheel()),
        window_event_listener(leptos::ev::touchmove, move |_| touch()),
        window_event_listener(leptos::ev::pointerdown, move |_| press()),
        window_event_listener(leptos::ev::keydown, move |_| key()),
    ];
    hold_on(row, moved, listeners, HELD);
}

fn hold_on(row: (String, f64), moved: Rc<Cell<bool>>, listeners: Vec<WindowListenerHandle>, frames: u32) {
    if moved.get() || frames == 0 {
        listeners.into_iter().for_each(|listener| listener.remove());
        return;
    }
    let (id, stood) = &row;
    if let Ok(Some(element)) = browser::document().query_selector(&format!("[{KEY}='{id}']")) {
        let by = element.get_bounding_client_rect().top() - stood;
        if by.abs() >= 1.0 {
            browser::window().scroll_by_with_x_and_y(0.0, by);
        }
    }
    request_animation_frame(move || hold_on(row, moved, listeners, frames - 1));
}

/// Has the browser choose anew which row it keeps in its place. It chooses when the page scrolls, and after a jump there was no row in
/// sight yet.
fn choose_anchor() {
    let window = browser::window();
    let (x, y) = (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default());
    // Nobody sees it: nothing is drawn in between.
    window.scroll_to_with_x_and_y(x, y - 1.0);
    window.scroll_to_with_x_and_y(x, y);
}

fn path() -> String {
    browser::window().location().pathname().unwrap_or_default()
}

fn address() -> String {
    path() + &browser::window().location().search().unwrap_or_default()
}

fn window_height() -> f64 {
    browser::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Measures rows as they are made and whenever they change.
struct Measuring {
    observer: ResizeObserver,
    _told: Closure<dyn Fn(js_sys::Array, ResizeObserver)>,
}

impl Measuring {
    fn new(list: NodeRef<Ul>, heights: RwSignal<Heights>, sight: RwSignal<Sight>) -> Self {
        let measured = Rc::new(RefCell::new(Vec::new()));
        let told = Closure::<dyn Fn(js_sys::Array, ResizeObserver)>::new(
            move |entries: js_sys::Array, observer: ResizeObserver| {
                let first = measured.borrow().is_empty();
                for entry in entries.iter() {
                    let row = entry.unchecked_into::<Resized>().target();
                    match row.get_attribute(KEY) {
                        Some(key) if row.is_connected() => {
                            measured.borrow_mut().push((key, row.get_bounding_client_rect().height()));
                        }
                        _ => observer.unobserve(&row),
                    }
                }
                if !first || measured.borrow().is_empty() {
                    return;
                }
                // Not now: what is made while rows are measured would be measured in the same go.
                let measured = Rc::clone(&measured);
                request_animation_frame(move || {
                    let measured = measured.take();
                    let width = list.try_get_untracked().flatten().map(|list| list.get_bounding_client_rect().width());
                    let (Some(width), Some(sight)) = (width, sight.try_get_untracked()) else { return };
                    heights.try_maybe_update(|heights| (heights.take(width, measured, sight), ()));
                });
            },
        );
        Self { observer: ResizeObserver::new(told.as_ref().unchecked_ref()), _told: told }
    }
}

impl Drop for Measuring {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
