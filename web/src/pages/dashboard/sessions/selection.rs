//! Which sessions are selected, and the bar of what can be done to all of them at once (B8).

use super::bulk::{AccessDialog, TagsDialog};
use super::deleting::Deleting;
use crate::components::{Button, Glyph};
use crate::t;
use leptos::prelude::*;
use std::collections::HashSet;

/// The ids of the selected sessions, as a context.
#[derive(Clone, Copy, Default)]
pub struct Selection(RwSignal<HashSet<String>>);

impl Selection {
    pub fn has(self, id: &str) -> bool {
        self.0.with(|ids| ids.contains(id))
    }

    pub fn set(self, id: &str, selected: bool) {
        self.0.update(|ids| _ = if selected { ids.insert(id.to_owned()) } else { ids.remove(id) });
    }

    pub fn drop(self, gone: &[cynic::Id]) {
        self.0.try_update(|ids| gone.iter().for_each(|gone| _ = ids.remove(gone.inner())));
    }
}

/// Shown while something is selected. What was selected and is not shown any more, since somebody deleted it or the list is
/// narrowed, is left alone.
#[component]
pub fn BulkBar(selection: Selection, shown: Memo<Vec<String>>) -> impl IntoView {
    let deleting: Deleting = expect_context();
    let meant = Memo::new(move |_| {
        let meant = |ids: &HashSet<String>| {
            shown.with(|shown| shown.iter().filter(|id| ids.contains(*id)).cloned().collect::<Vec<String>>())
        };
        selection.0.with(meant)
    });
    let count = move || meant.with(Vec::len);
    let is_all = move || count() > 0 && count() == shown.with(Vec::len);
    let toggle_all = move |event| {
        let ids = if event_target_checked(&event) { shown.get_untracked() } else { Vec::new() };
        selection.0.set(ids.into_iter().collect());
    };
    let (tags, access) = (RwSignal::new(false), RwSignal::new(false));
    let some = move || count() > 0;
    view! {
        <div class="bulk-bar" class:active=some role="group" aria-label=t!("bulk")>
            <label class="with-icon">
                <input type="checkbox" aria-label=t!("select-all") prop:checked=is_all on:change=toggle_all/>
                <span role="status">{move || match count() {
                    0 => crate::text!("select-all"),
                    count => crate::text!("selected", count = count),
                }}</span>
            </label>
            <Show when=some>
                <Button label=t!("bulk-tags") on=move |()| tags.set(true)/>
                <Button label=t!("bulk-access") on=move |()| access.set(true)/>
                <Button label=t!("delete") icon=Glyph::Trash on=move |()| deleting.ask(meant.get_untracked())/>
                <Button label=t!("clear-selection") on=move |()| selection.0.set(HashSet::new())/>
            </Show>
        </div>
        <TagsDialog ids=meant open=tags/>
        <AccessDialog ids=meant open=access/>
    }
}
