//! Sending a form: one request at a time, what is wrong shown in the form, nothing of it lost.

use crate::api::Failure;
use crate::browser;
use crate::components::FormProblems;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// What a form is doing.
#[derive(Clone, Copy)]
pub struct Sending {
    pub busy: RwSignal<bool>,
    pub problems: FormProblems,
}

impl Default for Sending {
    fn default() -> Self {
        Sending { busy: RwSignal::new(false), problems: FormProblems::default() }
    }
}

impl Sending {
    /// The form is not there any more: its signals have no values, and who left it is led nowhere.
    pub fn is_left(self) -> bool {
        self.busy.is_disposed()
    }

    /// Sends, unless something is on its way already: a form sent twice is sent once.
    pub fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problems.clear();
        spawn_local(async move {
            let answer = request.await;
            // First: what is done next may close the form, whose buttons are then gone before they could hear of it.
            self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(failure) => self.problems.set(failure),
            }
        });
    }
}

/// The page's name in the browser's tab.
pub fn page_title(title: impl Fn() -> String + 'static) {
    Effect::new(move |_| browser::document().set_title(&format!("{} · {}", title(), crate::text!("product"))));
}
