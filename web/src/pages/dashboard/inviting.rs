//! Saving a session that becomes invite only while people are on screen asks whether they are invited (D9).

use crate::api::session::RoomState;
use crate::pages::inviting::InviteOnScreen;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Inviting {
    on_screen: Memo<Vec<String>>,
    asking: RwSignal<bool>,
    answer: RwSignal<Option<bool>>,
}

impl Inviting {
    pub fn new(inside: Signal<Option<RoomState>>) -> Self {
        let on_screen = Memo::new(move |_| {
            inside.with(|room| {
                let people = room.iter().flat_map(|room| &room.on_screen);
                people.map(|one| one.person.name.clone()).collect()
            })
        });
        Self { on_screen, asking: RwSignal::new(false), answer: RwSignal::new(None) }
    }

    /// Asks, if there is somebody to ask about and no answer yet.
    pub fn must_ask(self) -> bool {
        let must = self.answer.get_untracked().is_none() && !self.on_screen.with_untracked(Vec::is_empty);
        self.asking.set(must);
        must
    }

    /// The answer, which counts once.
    pub fn take(self) -> Option<bool> {
        let answer = self.answer.get_untracked();
        self.answer.set(None);
        answer
    }
}

/// `send` is called once more with the answer.
#[component]
pub fn InvitingDialog(inviting: Inviting, send: Callback<()>) -> impl IntoView {
    let answer = move |invite: bool| {
        inviting.answer.set(Some(invite));
        inviting.asking.set(false);
        send.run(());
    };
    view! { <InviteOnScreen open=inviting.asking on_screen=inviting.on_screen answer/> }
}
