//! What a host does to somebody on screen, with what came of it (D7).

use super::super::Here;
use crate::api::query::Query;
use crate::api::screen::{
    LiftBar, LiftBarInput, LiftBarVariables, MuteOnScreen, MuteOnScreenInput, MuteOnScreenVariables, RemoveFromScreen,
    RemoveFromScreenInput, RemoveFromScreenVariables, RemoveScreenShare, RemoveScreenShareInput,
    RemoveScreenShareVariables, Screen, ScreenOf, ScreenSource, ScreenVariables,
};
use crate::api::{Failure, fetch};
use crate::components::{Toasts, use_toasts};
use crate::pages::words;
use crate::text;
use cynic::{MutationBuilder, QueryBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

#[derive(Clone, Copy)]
pub struct Acts {
    pub here: Here,
    /// Who can share, and who is kept from it.
    pub screen: Query<Option<ScreenOf>>,
    pub toasts: Toasts,
}

/// Somebody, by the id and name that the room has.
#[derive(Clone)]
pub struct Who {
    pub person: String,
    pub name: String,
}

impl Acts {
    /// Asks what the session allows whenever the session changes, and when the controls are opened.
    pub fn new(here: Here, open: RwSignal<bool>) -> Self {
        let id = here.session.with_untracked(|session| session.id.clone());
        let version = Memo::new(move |_| here.session.with(|session| session.version));
        let screen = Query::new(
            move || id.clone(),
            move |id| {
                version.track();
                open.track();
                async move { fetch::send(Screen::build(ScreenVariables { id })).await.map(|answer| answer.session) }
            },
        );
        Self { here, screen, toasts: use_toasts() }
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
        let said = untrack(|| text!("was-muted", name = who.name));
        self.send(fetch::send(MuteOnScreen::build(MuteOnScreenVariables { input })), said);
    }

    pub fn remove(self, who: Who) {
        let input = RemoveFromScreenInput { session_id: self.session(), person_id: cynic::Id::new(who.person) };
        let said = untrack(|| text!("was-removed-from-screen", name = who.name));
        self.send(fetch::send(RemoveFromScreen::build(RemoveFromScreenVariables { input })), said);
    }

    pub fn end_screen_share(self, who: Who) {
        let input = RemoveScreenShareInput { session_id: self.session(), person_id: cynic::Id::new(who.person) };
        let said = untrack(|| text!("screen-share-was-removed", name = who.name));
        self.send(fetch::send(RemoveScreenShare::build(RemoveScreenShareVariables { input })), said);
    }

    pub fn let_back(self, who: Who) {
        let input = LiftBarInput { session_id: self.session(), person_id: cynic::Id::new(who.person) };
        let said = untrack(|| text!("was-let-back", name = who.name));
        self.send(fetch::send(LiftBar::build(LiftBarVariables { input })), said);
    }

    fn send<T: 'static>(self, request: impl Future<Output = Result<T, Failure>> + 'static, said: String) {
        spawn_local(async move {
            match request.await {
                Ok(_) => self.toasts.good(said),
                Err(failure) => self.toasts.bad(untrack(|| words::failure(&failure))),
            }
            // Also after a refusal: what is shown was not so any more.
            self.screen.reload();
        });
    }
}
