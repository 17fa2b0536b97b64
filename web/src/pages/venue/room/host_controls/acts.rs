//! What a host does to somebody on screen, with what came of it (D7).

use super::super::Here;
use super::known::Known;
use crate::api::fetch::{self, Told};
use crate::api::screen::{
    LiftBar, LiftBarInput, LiftBarVariables, MuteOnScreen, MuteOnScreenInput, MuteOnScreenVariables, RemoveFromScreen,
    RemoveFromScreenInput, RemoveFromScreenVariables, RemoveScreenShare, RemoveScreenShareInput,
    RemoveScreenShareVariables, ScreenSource,
};
use crate::components::{Toasts, use_toasts};
use crate::pages::words;
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct Acts {
    here: Here,
    known: Known,
    toasts: Toasts,
}

/// Somebody, by the id and name that the room has.
#[derive(Clone)]
pub struct Who {
    pub person: String,
    pub name: String,
}

impl Acts {
    pub fn new(here: Here, known: Known) -> Self {
        Self { here, known, toasts: use_toasts() }
    }

    pub fn session(self) -> cynic::Id {
        self.here.session.with_untracked(|session| session.id.clone())
    }

    pub fn mute(self, who: Who) {
        let input = MuteOnScreenInput {
            session_id: self.session(),
            person_id: cynic::Id::new(who.person),
            source: ScreenSource::Microphone,
        };
        let said = untrack(|| text!("was-muted", name = text::name(&who.name)));
        self.send(fetch::tell(MuteOnScreen::build(MuteOnScreenVariables { input })), said);
    }

    pub fn remove(self, who: Who) {
        let input = RemoveFromScreenInput { session_id: self.session(), person_id: cynic::Id::new(who.person) };
        let said = untrack(|| text!("was-removed-from-screen", name = text::name(&who.name)));
        self.send(fetch::tell(RemoveFromScreen::build(RemoveFromScreenVariables { input })), said);
    }

    pub fn end_screen_share(self, who: Who) {
        let input = RemoveScreenShareInput { session_id: self.session(), person_id: cynic::Id::new(who.person) };
        let said = untrack(|| text!("screen-share-was-removed", name = text::name(&who.name)));
        self.send(fetch::tell(RemoveScreenShare::build(RemoveScreenShareVariables { input })), said);
    }

    pub fn let_back(self, who: Who) {
        let input = LiftBarInput { session_id: self.session(), person_id: cynic::Id::new(who.person) };
        let said = untrack(|| text!("was-let-back", name = text::name(&who.name)));
        self.send(fetch::tell(LiftBar::build(LiftBarVariables { input })), said);
    }

    fn send(self, told: Told, said: String) {
        self.send_and(told, said, Box::new(|| {}));
    }

    /// Says what was done, or why it was not; then calls `after`.
    pub fn send_and(self, told: Told, said: String, after: Box<dyn Fn()>) {
        spawn_local(async move {
            match told.await {
                Ok(()) => self.toasts.good(said),
                Err(failure) => self.toasts.bad(untrack(|| words::failure(&failure))),
            }
            // Also after a refusal: what is shown was not so any more.
            self.known.reload();
            after();
        });
    }
}
