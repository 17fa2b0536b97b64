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
    let key = remembered_as(key);
    if let Some(left) = read(&key) {
        put_back(left);
    }
    Effect::new(move |_| write(&key, &Left { base: saved(), typed: typed() }));
}

/// What was `sent` from a form is saved, and the form is gone by now: only what was typed after that is still the person's
/// own.
pub fn settle<T>(key: &str, sent: T)
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let key = remembered_as(key);
    let Some(left) = read::<T>(&key) else { return };
    write(&key, &Left { base: sent, typed: left.typed });
}

fn write<T: Serialize + PartialEq>(key: &str, left: &Left<T>) {
    match serde_json::to_string(left) {
        Ok(text) if left.typed != left.base => browser::remember(key, &text),
        _ => browser::forget(key),
    }
}

fn remembered_as(key: &str) -> String {
    format!("roundtable.draft.{key}")
}

fn read<T: DeserializeOwned>(key: &str) -> Option<Left<T>> {
    browser::remembered(key).and_then(|left| serde_json::from_str(&left).ok())
}
