//! Deleting sessions, one or many: the question says how many are inside and what the schedule loses; ten seconds can take it
//! back (B8).

use super::arranging::restore;
use super::selection::Selection;
use crate::api::session::{DeleteSessions, DeleteSessionsInput, DeleteSessionsVariables};
use crate::api::{Failure, fetch};
use crate::components::{Button, Dialog, Kind, use_toasts};
use crate::pages::event::Programme;
use crate::pages::words;
use crate::state::bulk::{AT_ONCE, Doomed};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The ids of the sessions that are about to be deleted, as a context, and whether the question is open.
#[derive(Clone, Copy)]
pub struct Deleting {
    ids: RwSignal<Vec<String>>,
    open: RwSignal<bool>,
}

impl Deleting {
    pub fn new() -> Self {
        Self { ids: RwSignal::default(), open: RwSignal::new(false) }
    }

    pub fn ask(self, ids: Vec<String>) {
        self.ids.set(ids);
        self.open.set(true);
    }
}

#[component]
pub fn DeleteDialog(deleting: Deleting, selection: Selection) -> impl IntoView {
    let Deleting { ids, open } = deleting;
    let programme: Programme = expect_context();
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    // As it is now: people may come and go while the question is open.
    let doomed =
        Memo::new(move |_| ids.with(|ids| programme.sessions.with(|sessions| Doomed::of(ids, sessions.here()))));
    let delete = move |()| {
        let ids = ids.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let mut gone = Vec::new();
            for some in ids.chunks(AT_ONCE) {
                match delete(some).await {
                    Ok(deleted) => gone.extend(deleted),
                    Err(failure) => {
                        toasts.bad(words::failure(&failure));
                        break;
                    }
                }
            }
            gone.iter().for_each(|id| programme.remove(id));
            selection.drop(&gone);
            if !gone.is_empty() {
                let said = untrack(|| text!("sessions-deleted", count = gone.len()));
                toasts.undoable(said, move || restore(programme, toasts, gone.clone()));
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <Dialog title=t!("delete-sessions-title", count = ids.with(Vec::len)) open>
            {move || {
                let Doomed { titles, inside, scheduled } = doomed.get();
                let title = titles.first().cloned().unwrap_or_default();
                let lines = [
                    Some(text!("delete-sessions-text", count = titles.len(), title = title)),
                    (inside > 0).then(|| text!("delete-sessions-inside", count = inside)),
                    (!scheduled.is_empty()).then(|| text!("delete-sessions-scheduled", titles = scheduled.join(", "))),
                ];
                lines.into_iter().flatten().map(|line| view! { <p>{line}</p> }).collect_view()
            }}
            <div class="form-actions">
                <Button label=t!("delete") kind=Kind::Danger busy on=delete/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}

async fn delete(ids: &[String]) -> Result<Vec<cynic::Id>, Failure> {
    let input = DeleteSessionsInput { ids: ids.iter().map(cynic::Id::new).collect() };
    Ok(fetch::send(DeleteSessions::build(DeleteSessionsVariables { input })).await?.delete_sessions.ids)
}
