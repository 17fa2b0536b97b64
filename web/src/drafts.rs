//! What is typed into a form and not saved yet survives a reload.

use crate::browser;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What an earlier visit left: what was typed, and what was saved then. Only the difference is the person's own.
#[derive(Serialize, Deserialize)]
pub struct Left<T> {
    pub base: T,
    pub typed: T,
}

/// Keeps `typed` under `key` while it differs from `saved`, and puts back what an earlier visit left there.
///
/// Called where the form is made: `put_back` gets it before anything is shown, and merges it with what is saved by now.
pub fn keep<T>(
    key: &str,
    saved: impl Fn() -> T + Copy + 'static,
    typed: impl Fn() -> T + 'static,
    put_back: impl FnOnce(Left<T>),
) where
    T: Serialize + DeserializeOwned + PartialEq + 'static,
{
    let key = format!("roundtable.draft.{key}");
    let left = browser::remembered(&key).and_then(|left| serde_json::from_str::<Left<T>>(&left).ok());
    if let Some(left) = left {
        put_back(left);
    }
    Effect::new(move |_| {
        let left = Left { base: saved(), typed: typed() };
        match serde_json::to_string(&left) {
            Ok(text) if left.typed != left.base => browser::remember(&key, &text),
            _ => browser::forget(&key),
        }
    });
}
