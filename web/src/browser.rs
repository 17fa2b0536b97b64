//! The little the page asks of the browser itself: time and zones, memory, the address, the colour scheme.

use crate::text::region;
use chrono::{DateTime, Utc};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "browser")]
extern "C" {
    #[wasm_bindgen(js_name = zoneOffset, catch)]
    fn js_zone_offset(zone: &str, millis: f64) -> Result<f64, JsValue>;
    #[wasm_bindgen(js_name = ownZone)]
    pub fn own_zone() -> String;
    #[wasm_bindgen(js_name = zones)]
    pub fn zones() -> Vec<String>;
    #[wasm_bindgen(js_name = formatInstant, catch)]
    fn js_format_instant(language: &str, zone: &str, millis: f64, style: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = formatRange, catch)]
    fn js_format_range(language: &str, zone: &str, from: f64, to: f64, style: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = formatNumber)]
    fn js_format_number(language: &str, value: f64) -> String;
    #[wasm_bindgen(js_name = remembered)]
    pub fn remembered(key: &str) -> Option<String>;
    #[wasm_bindgen(js_name = remember)]
    pub fn remember(key: &str, value: &str);
    #[wasm_bindgen(js_name = forget)]
    pub fn forget(key: &str);
    /// Everything whose name begins so, but for what begins as `kept`.
    #[wasm_bindgen(js_name = forgetAll)]
    pub fn forget_all(prefix: &str, kept: Option<&str>);
    #[wasm_bindgen(js_name = copyText)]
    pub async fn copy_text(text: &str) -> JsValue;
    /// Puts a popover above everything else.
    #[wasm_bindgen(js_name = raise)]
    pub fn raise(popover: &web_sys::Element);
    #[wasm_bindgen(js_name = focusFirstProblem)]
    pub fn focus_first_problem(form: &web_sys::Element);
}

/// How an instant is written; the names are those of `ts/browser.ts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Time,
    Date,
    /// With the day of the week.
    Day,
    /// Day of the week, date and time.
    Moment,
    /// The same with the zone.
    MomentZone,
    ShortDay,
    Full,
    Zone,
}

impl Style {
    fn name(self) -> &'static str {
        match self {
            Style::Time => "time",
            Style::Date => "date",
            Style::Day => "day",
            Style::Moment => "moment",
            Style::MomentZone => "momentZone",
            Style::ShortDay => "shortDay",
            Style::Full => "full",
            Style::Zone => "zone",
        }
    }
}

pub fn window() -> web_sys::Window {
    web_sys::window().expect("the page runs in a window")
}

pub fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}

/// The zone's offset from UTC in minutes; zero for a zone this browser does not know.
pub fn zone_offset(zone: &str, at: DateTime<Utc>) -> i32 {
    js_zone_offset(zone, millis(at)).map_or(0, |minutes| minutes as i32)
}

/// Whether the reader's clock shows something else than those of the zone at one of these instants (G3).
pub fn is_elsewhere(zone: &str, instants: &[DateTime<Utc>]) -> bool {
    let own = own_zone();
    instants.iter().any(|at| zone_offset(&own, *at) != zone_offset(zone, *at))
}

/// An instant in the reader's language and the given zone.
pub fn format_instant(at: DateTime<Utc>, zone: &str, style: Style) -> String {
    let language = region();
    js_format_instant(&language, zone, millis(at), style.name())
        .or_else(|_| js_format_instant(&language, "UTC", millis(at), style.name()))
        .unwrap_or_default()
}

/// From one instant to another, without saying twice what they share.
pub fn format_range(from: DateTime<Utc>, to: DateTime<Utc>, zone: &str, style: Style) -> String {
    let language = region();
    js_format_range(&language, zone, millis(from), millis(to), style.name())
        .or_else(|_| js_format_range(&language, "UTC", millis(from), millis(to), style.name()))
        .unwrap_or_default()
}

pub fn format_number(value: i32) -> String {
    js_format_number(&region(), f64::from(value))
}

/// The same of what is counted, which may be more than anybody reads.
pub fn format_count<N: TryInto<i32>>(count: N) -> String {
    format_number(count.try_into().unwrap_or(i32::MAX))
}

/// A number with a fraction.
pub fn format_decimal(value: f64) -> String {
    js_format_number(&region(), value)
}

/// Whether the text is in the clipboard now.
pub async fn copy(text: &str) -> bool {
    copy_text(text).await.is_truthy()
}

pub fn set_page_language(tag: &str) {
    if let Some(page) = document().document_element() {
        // Without the attribute a screen reader reads in the wrong language, which is no reason to stop.
        let _ = page.set_attribute("lang", tag);
    }
}

/// The device's own idea of the time; `crate::app::Clock` corrects it by the server's.
pub fn device_time() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

fn millis(at: DateTime<Utc>) -> f64 {
    at.timestamp_millis() as f64
}

/// The secret part of an unlisted session's link, if the page was opened with one (C4).
pub fn link_token() -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get("link").filter(|token| !token.is_empty())
}

/// Shows the link `url` in the address bar, if it is one of the page that is open.
pub fn keep_link(url: &str) {
    let Ok(link) = web_sys::Url::new(url) else { return };
    let location = window().location();
    let same_page = location.pathname().is_ok_and(|path| path == link.pathname());
    if !same_page || location.search().is_ok_and(|search| search == link.search()) || link.search().is_empty() {
        return;
    }
    if let Ok(history) = window().history() {
        let address = format!("{}{}", link.pathname(), link.search());
        // A browser that refuses shows the old address, which leads here as well.
        let _ = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&address));
    }
}

/// Whether the person has asked their device for less that moves.
pub fn prefers_reduced_motion() -> bool {
    let asked = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    asked.is_some_and(|asked| asked.matches())
}
