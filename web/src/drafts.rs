//! What is typed into a form and not saved yet survives a reload.

use crate::browser;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Keeps `typed` under `key` while it differs from `saved`, and puts back what an earlier visit left there.
///
/// Called where the form is made: `put_back` gets the form's fields before anything is shown.
pub fn keep<T>(
    key: String,
    saved: impl Fn() -> T + Copy + 'static,
    typed: impl Fn() -> T + 'static,
    put_back: impl FnOnce(T),
) where
    T: Serialize + DeserializeOwned + PartialEq + 'static,
{
    let key = format!("roundtable.draft.{key}");
    let left = browser::remembered(&key).and_then(|left| serde_json::from_str::<T>(&left).ok());
    if let Some(left) = left.filter(|left| *left != untrack(saved)) {
        put_back(left);
    }
    Effect::new(move |_| {
        let typed = typed();
        match serde_json::to_string(&typed) {
            Ok(text) if typed != saved() => browser::remember(&key, &text),
            _ => browser::forget(&key),
        }
    });
}
