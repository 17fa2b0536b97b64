//! All words the page shows: message files by language, and the two macros that read them.
//!
//! `t!("key", name = value)` is a signal that follows the chosen language; `text!("key")` is the text right now.

use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;

use fluent_templates::fluent_bundle::types::{FluentNumber, FluentNumberOptions, FluentNumberType};

pub use fluent_templates::fluent_bundle::FluentValue;

static_loader! {
    static MESSAGES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks would end up in names that assistive technology and tests read.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language the page can be read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// The tag, as in `lang="de"`.
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
}

/// The first one is used where nothing fits.
pub static LANGUAGES: [Language; 2] =
    [Language { tag: "en", name: "English" }, Language { tag: "de", name: "Deutsch" }];

impl Language {
    /// The language of a tag like `de-AT`, if there is one.
    pub fn of(tag: &str) -> Option<Language> {
        let primary = tag.split('-').next().unwrap_or_default();
        LANGUAGES.into_iter().find(|language| language.tag.eq_ignore_ascii_case(primary))
    }

    /// The message, or its key when there is none, which a test makes impossible for keys in the source.
    pub fn say(self, key: &str, arguments: &HashMap<Cow<'static, str>, FluentValue>) -> String {
        LanguageIdentifier::from_str(self.tag)
            .ok()
            .and_then(|language| MESSAGES.try_lookup_with_args(&language, key, arguments))
            .unwrap_or_else(|| key.to_owned())
    }
}

/// A number that says a place, "3rd": a message chooses by the forms that its language has for those.
pub fn place(number: u32) -> FluentValue<'static> {
    let options = FluentNumberOptions { r#type: FluentNumberType::Ordinal, ..FluentNumberOptions::default() };
    FluentValue::Number(FluentNumber::new(f64::from(number), options))
}

/// What a name stands between so that its direction of writing changes nothing around it.
const MARKS: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A name, or a title, that is part of a sentence in a message that comes and goes: whichever way it is written, the sentence
/// around it stays in order.
pub fn name(text: &str) -> String {
    let [begin, end] = MARKS;
    format!("{begin}{}{end}", plain(text))
}

/// The parts of a sentence, and whether each is a name; without the marks, which nobody is to read or hear.
pub fn parts(sentence: &str) -> Vec<(String, bool)> {
    let mut is_name = false;
    let parts = sentence.split_inclusive(MARKS).map(|part| {
        let this = is_name;
        is_name = part.ends_with(MARKS[0]);
        (part.trim_end_matches(MARKS).to_owned(), this)
    });
    parts.filter(|(part, _)| !part.is_empty()).collect()
}

/// The sentence without the marks, for where names are not set apart.
pub fn plain(sentence: &str) -> String {
    sentence.replace(MARKS, "")
}

#[cfg(target_arch = "wasm32")]
mod current {
    use super::{FluentValue, LANGUAGES, Language};
    use crate::browser;
    use leptos::prelude::*;
    use std::borrow::Cow;
    use std::collections::HashMap;
    use std::sync::OnceLock;

    const REMEMBERED: &str = "roundtable.language";

    static CURRENT: OnceLock<ArcRwSignal<Language>> = OnceLock::new();

    /// The language chosen now: the remembered one, or the browser's.
    pub fn language() -> ArcRwSignal<Language> {
        CURRENT
            .get_or_init(|| {
                let first = browser::remembered(REMEMBERED)
                    .into_iter()
                    .chain(browser::languages())
                    .find_map(|tag| Language::of(&tag))
                    .unwrap_or(LANGUAGES[0]);
                browser::set_page_language(first.tag);
                ArcRwSignal::new(first)
            })
            .clone()
    }

    /// Shows everything in another language from now on, also at the next visit.
    pub fn choose(chosen: Language) {
        browser::remember(REMEMBERED, chosen.tag);
        browser::set_page_language(chosen.tag);
        language().set(chosen);
    }

    #[doc(hidden)]
    pub fn say(key: &str, arguments: &HashMap<Cow<'static, str>, FluentValue>) -> String {
        language().get().say(key, arguments)
    }
}

#[cfg(target_arch = "wasm32")]
pub use current::{choose, language, say};

/// The text of a message right now; follows the language where it is read reactively.
#[macro_export]
macro_rules! text {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut)]
        let mut arguments = ::std::collections::HashMap::new();
        $(arguments.insert(
            ::std::borrow::Cow::Borrowed(stringify!($name)),
            $crate::text::FluentValue::from($value),
        );)*
        $crate::text::say($key, &arguments)
    }};
}

/// A message as a signal: for views and component props. Values may read signals.
#[macro_export]
macro_rules! t {
    ($($arguments:tt)*) => {
        ::leptos::prelude::Signal::derive(move || $crate::text!($($arguments)*))
    };
}
