//! The language that the page is shown in, and the texts that are here.

use super::{FluentValue, LANGUAGES, Language, Texts};
use crate::browser;
use leptos::prelude::*;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "texts")]
extern "C" {
    #[wasm_bindgen(js_name = firstLanguage)]
    fn js_first_language() -> String;
    #[wasm_bindgen(js_name = firstTexts, catch)]
    async fn js_first_texts() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = texts, catch)]
    async fn js_texts(language: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = rememberLanguage)]
    fn js_remember_language(language: &str);
    #[wasm_bindgen(js_name = region)]
    fn js_region(language: &str) -> String;
}

static CURRENT: OnceLock<ArcRwSignal<Language>> = OnceLock::new();

/// The texts of each language, once they are here.
static HERE: [OnceLock<Texts>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];

/// How often a language was chosen: the last choice counts, whichever texts come first.
static CHOICES: AtomicU32 = AtomicU32::new(0);

/// The texts of a language could not be fetched: the network is gone, or the server has newer pages than this one.
#[derive(Debug)]
pub struct Unfetched;

/// The language chosen now.
pub fn language() -> ArcRwSignal<Language> {
    CURRENT
        .get_or_init(|| {
            let tag = js_first_language();
            let first = LANGUAGES.into_iter().find(|language| language.tag == tag).unwrap_or(LANGUAGES[0]);
            browser::set_page_language(first.tag);
            ArcRwSignal::new(first)
        })
        .clone()
}

/// Waits for the texts that the page begins with; they have been on their way since before the module.
pub async fn fetch_first() -> Result<(), Unfetched> {
    keep(language().get_untracked(), js_first_texts().await)
}

/// Shows everything in another language from now on, also at the next visit; as soon as its texts are here.
pub async fn choose(chosen: Language) -> Result<(), Unfetched> {
    let choice = CHOICES.fetch_add(1, Ordering::Relaxed) + 1;
    let fetched = match here(chosen).get() {
        Some(_) => Ok(()),
        None => keep(chosen, js_texts(chosen.tag).await),
    };
    if CHOICES.load(Ordering::Relaxed) != choice {
        return Ok(());
    }
    fetched?;
    js_remember_language(chosen.tag);
    browser::set_page_language(chosen.tag);
    language().set(chosen);
    Ok(())
}

/// The browser's regional variety of the chosen language (how dates look), or the language itself.
pub fn region() -> String {
    js_region(language().get().tag)
}

#[doc(hidden)]
pub fn say(key: &str, arguments: &[(&str, FluentValue)]) -> String {
    match here(language().get()).get() {
        Some(texts) => texts.say(key, arguments),
        None => key.to_owned(),
    }
}

fn here(language: Language) -> &'static OnceLock<Texts> {
    let place = LANGUAGES.iter().position(|one| *one == language);
    &HERE[place.unwrap_or_default()]
}

fn keep(language: Language, fetched: Result<JsValue, JsValue>) -> Result<(), Unfetched> {
    let source = fetched.ok().and_then(|texts| texts.as_string()).ok_or(Unfetched)?;
    here(language).get_or_init(|| Texts::read(language, source));
    Ok(())
}
