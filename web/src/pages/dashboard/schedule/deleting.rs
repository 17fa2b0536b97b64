//! Deleting segments asks first, and names them.

use super::Looking;
use super::plan::{Plan, list};
use crate::api::fetch;
use crate::api::segment::{DeleteSegment, DeleteSegmentInput, DeleteSegmentVariables, Segment, SegmentChange};
use crate::components::{Button, Dialog, Kind, use_toasts};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Names that the question shows; of more it says how many.
const NAMED: usize = 5;

/// The segments that are about to be deleted, as a context, and whether the question is open.
#[derive(Clone, Copy, Default)]
pub struct Deleting {
    segments: RwSignal<Vec<Arc<Segment>>>,
    open: RwSignal<bool>,
}

impl Deleting {
    pub fn ask(self, plan: Plan, ids: Vec<String>) {
        let found = untrack(|| plan.all()).into_iter().filter(|segment| ids.iter().any(|id| id == segment.id.inner()));
        self.segments.set(found.collect());
        self.open.set(true);
    }
}

#[component]
pub fn DeleteSegments(deleting: Deleting) -> impl IntoView {
    let Deleting { segments, open } = deleting;
    let (plan, looking, toasts): (Plan, Looking, _) = (expect_context(), expect_context(), use_toasts());
    let busy = RwSignal::new(false);
    let question = move || {
        segments.with(|segments| {
            let names: Vec<String> = segments.iter().take(NAMED).map(|segment| segment.name.clone()).collect();
            let sessions = segments.iter().any(|segment| !segment.sessions.is_empty());
            let said = text!("delete-segments-text", names = list(&names), more = segments.len().saturating_sub(NAMED));
            if sessions { format!("{said} {}", text!("delete-segments-sessions")) } else { said }
        })
    };
    let delete = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let all = segments.get_untracked();
        spawn_local(async move {
            for segment in all {
                let input = DeleteSegmentInput { id: segment.id.clone() };
                match fetch::send(DeleteSegment::build(DeleteSegmentVariables { input })).await {
                    Ok(_) => {
                        // Its form has nothing to say any more.
                        if looking.form.try_with_untracked(|form| form == segment.bare_id()) == Some(true) {
                            looking.set_form.try_run(String::new());
                        }
                        let version = segment.version + 1;
                        plan.apply(SegmentChange { segment_id: segment.id.clone(), version, segment: None });
                    }
                    // Somebody else was quicker.
                    Err(failure) if failure.code() == Some(crate::api::Code::NotFound) => {}
                    Err(failure) => {
                        toasts.bad(untrack(|| words::failure(&failure)));
                        break;
                    }
                }
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <Dialog title=t!("delete-segments-title", count = segments.with(Vec::len)) open>
            <p>{question}</p>
            <div class="form-actions">
                <Button label=t!("delete") kind=Kind::Danger busy on=delete/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
