//! Who can watch a session, and who can share in it (C, D).

use super::ticket_picker::TicketPicker;
use crate::api::session::{ShareAccess, WatchAccess};
use crate::components::{Choice, Possibility};
use crate::t;
use leptos::prelude::*;

/// `new` says that there is no session yet: people are chosen for it in the next step.
#[component]
pub fn AccessSection(
    watch: RwSignal<WatchAccess>,
    tickets: RwSignal<Vec<String>>,
    share: RwSignal<ShareAccess>,
    new: bool,
) -> impl IntoView {
    let hint = |now: Signal<String>, later: Signal<String>| if new { later } else { now };
    let who_watch = vec![
        Possibility { value: WatchAccess::Anyone, label: t!("watch-anyone"), hint: t!("watch-anyone-hint") },
        Possibility { value: WatchAccess::Tickets, label: t!("watch-tickets"), hint: t!("watch-tickets-hint") },
        Possibility {
            value: WatchAccess::Private,
            label: t!("watch-private"),
            hint: hint(t!("watch-private-hint"), t!("watch-private-hint-new")),
        },
        Possibility { value: WatchAccess::Unlisted, label: t!("watch-unlisted"), hint: t!("watch-unlisted-hint") },
    ];
    let who_share = vec![
        Possibility { value: ShareAccess::Anyone, label: t!("share-anyone"), hint: t!("share-anyone-hint") },
        Possibility {
            value: ShareAccess::InviteOnly,
            label: t!("share-invite-only"),
            hint: hint(t!("share-invite-only-hint"), t!("share-invite-only-hint-new")),
        },
        Possibility {
            value: ShareAccess::Moderated,
            label: t!("share-moderated"),
            hint: hint(t!("share-moderated-hint"), t!("share-moderated-hint-new")),
        },
    ];
    view! {
        <Choice legend=t!("watch-access") name="watchAccess" value=watch possibilities=who_watch/>
        <Show when=move || watch.get() == WatchAccess::Tickets><TicketPicker chosen=tickets/></Show>
        <Choice legend=t!("share-access") name="shareAccess" value=share possibilities=who_share/>
    }
}
