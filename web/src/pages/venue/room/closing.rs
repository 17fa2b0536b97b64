//! Closing the room for everybody inside (F5).

use super::Here;
use crate::api::{fetch, schema};
use crate::components::{Button, Dialog, Kind, use_toasts};
use crate::pages::words;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(cynic::InputObject, Clone, Debug)]
struct CloseRoomInput {
    session_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
struct CloseRoomVariables {
    input: CloseRoomInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CloseRoomVariables")]
struct CloseRoom {
    #[arguments(input: $input)]
    close_room: CloseRoomPayload,
}

#[derive(cynic::QueryFragment)]
struct CloseRoomPayload {
    closed: i32,
}

/// Asks a host before it is done.
#[component]
pub fn CloseForAll(open: RwSignal<bool>, inside: Signal<i32>) -> impl IntoView {
    let Here { session, .. } = expect_context();
    let (toasts, busy) = (use_toasts(), RwSignal::new(false));
    let close = move |()| {
        busy.set(true);
        let input = CloseRoomInput { session_id: session.with_untracked(|session| session.id.clone()) };
        spawn_local(async move {
            match fetch::send(CloseRoom::build(CloseRoomVariables { input })).await {
                Ok(done) => toasts.good(untrack(|| text!("room-was-closed", count = done.close_room.closed))),
                Err(failure) => toasts.bad(untrack(|| words::failure(&failure))),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <Dialog title=t!("close-for-all-title") open>
            <p>{move || text!("close-for-all-text", count = inside.get())}</p>
            <div class="form-actions">
                <Button label=t!("close-for-all") kind=Kind::Danger busy on=close/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}
