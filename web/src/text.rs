//! All words the page shows: message files by language, and the two macros that read them.
//!
//! `t!("key", name = value)` is a signal that follows the chosen language; `text!("key")` is the text right now.
//!
//! The texts of a language are a file of their own (see `bundle.mjs`), fetched beside the module: nobody loads a language that
//! they do not read.

#[cfg(target_arch = "wasm32")]
mod current;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions, FluentNumberType};
use fluent_bundle::{FluentArgs, FluentResource};

#[cfg(target_arch = "wasm32")]
pub use current::{Unfetched, choose, fetch_first, language, region, say};
pub use fluent_bundle::FluentValue;

/// A language the page can be read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// The tag, as in `lang="de"`, which its folder in `locales/` is named by.
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
}

/// In the order in which they are offered. Which one a visit begins with, `ts/texts.ts` decides before the module is here.
pub const LANGUAGES: [Language; 2] = [Language { tag: "en", name: "English" }, Language { tag: "de", name: "Deutsch" }];

/// The messages of one language.
pub struct Texts(FluentBundle<FluentResource>);

impl Texts {
    /// Reads message files of a language, one after the other in `source`. A message that is none is left out, which a test
    /// makes impossible for those in `locales/`.
    pub fn read(language: Language, source: String) -> Texts {
        let mut bundle = FluentBundle::new_concurrent(language.tag.parse().into_iter().collect());
        // Isolation marks would end up in names that assistive technology and tests read.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(FluentResource::try_new(source).unwrap_or_else(|(read, _)| read));
        Texts(bundle)
    }

    /// The message, or its key when there is none, which a test makes impossible for keys in the source.
    pub fn say(&self, key: &str, arguments: &[(&str, FluentValue)]) -> String {
        self.message(key, arguments).unwrap_or_else(|| key.to_owned())
    }

    fn message(&self, key: &str, arguments: &[(&str, FluentValue)]) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        let arguments: FluentArgs = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut problems = Vec::new();
        let message = self.0.format_pattern(pattern, Some(&arguments), &mut problems);
        problems.is_empty().then(|| message.into_owned())
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

/// The text of a message right now; follows the language where it is read reactively.
#[macro_export]
macro_rules! text {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::say($key, &[$((stringify!($name), $crate::text::FluentValue::from($value))),*])
    };
}

/// A message as a signal: for views and component props. Values may read signals.
#[macro_export]
macro_rules! t {
    ($($arguments:tt)*) => {
        ::leptos::prelude::Signal::derive(move || $crate::text!($($arguments)*))
    };
}
