//! The chat beside the stage (I1): what the room knows of it, whether it is shown or not, and the panel.

mod button;
mod composer;
mod field;
mod keep;
mod list;
mod row;
mod sending;
mod settings;

pub use button::ChatButton;

use super::Here;
use super::around::Around;
use super::hosting::Hosting;
use super::panel::{Panel, PanelFrame};
use crate::api::chat::{
    ChatChanged, ChatVariables, History, HistoryVariables, MayWrite, Message, MessageChanged, MessagesVariables,
    QuotedMessage, WithHistory, WriteRefusal,
};
use crate::api::fetch::{self, Told};
use crate::api::live::{Connection, Live};
use crate::api::query::Query;
use crate::api::{DateTime, Failure};
use crate::app::{Clock, Me};
use crate::components::{Toasts, use_toasts};
use crate::leaving::ask_before_leaving;
use crate::pages::gathered::Gathered;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::chat::Conversation;
use crate::state::chat::draft::Draft;
use crate::{t, text};
use cynic::{QueryBuilder, SubscriptionBuilder};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use row::Pinned;

/// Milliseconds after which the history is read again when its changes ended.
const ANEW_MS: u32 = 1_000;

/// What the text that is being written is about.
#[derive(Clone, PartialEq)]
enum About {
    Nothing,
    Reply(QuotedMessage),
    /// With the draft that was there before.
    Edit {
        id: cynic::Id,
        draft: Draft,
    },
}

/// The chat of the room, as a context: it lives as long as the room is open, so that nothing that was typed is lost when the
/// stage goes for a while.
#[derive(Clone, Copy)]
pub struct Talk {
    here: Here,
    known: RwSignal<Conversation>,
    refusal: RwSignal<Option<WriteRefusal>>,
    /// Why there is no history.
    failure: RwSignal<Option<Failure>>,
    /// The server has answered, be it that there is no chat yet.
    answered: RwSignal<bool>,
    draft: RwSignal<Draft>,
    about: RwSignal<About>,
    /// From when on the server takes messages of the person again, where it said so.
    blocked: RwSignal<Option<DateTime>>,
    /// A message is on its way.
    sending: RwSignal<bool>,
    /// Grows when the history is to be read again.
    turn: RwSignal<u32>,
    me: Memo<Option<String>>,
    clock: Clock,
    toasts: Toasts,
}

impl Talk {
    pub fn new(here: Here) -> Self {
        let Me(me) = expect_context();
        let me = move |_: Option<&Option<String>>| {
            me.value.with(|start| Some(start.here()?.me.as_ref()?.id.inner().to_owned()))
        };
        let known = RwSignal::new(Conversation::default());
        ask_before_leaving(Memo::new(move |_| known.with(Conversation::is_sending)));
        let talk = Self {
            here,
            known,
            refusal: RwSignal::new(None),
            failure: RwSignal::new(None),
            answered: RwSignal::new(false),
            draft: RwSignal::default(),
            about: RwSignal::new(About::Nothing),
            sending: RwSignal::new(false),
            turn: RwSignal::new(0),
            blocked: RwSignal::new(None),
            me: Memo::new(me),
            clock: expect_context(),
            toasts: use_toasts(),
        };
        keep::keep(talk);
        talk
    }

    fn session(self) -> cynic::Id {
        self.here.session.with_untracked(|session| session.id.clone())
    }

    fn is_host(self) -> bool {
        self.here.session.with(|session| session.viewer_is_host)
    }

    /// Whether an organizer has muted the person in the whole event (A7).
    pub fn is_muted(self) -> bool {
        self.refusal.get() == Some(WriteRefusal::Muted)
    }

    fn is_mine(self, author: Option<&str>) -> bool {
        author.is_some() && self.me.with(|me| me.as_deref() == author)
    }

    fn reload(self) {
        self.turn.try_update(|turn| *turn += 1);
    }

    /// Asks again whether the person may write.
    fn ask(self) {
        let asked = MayWrite::build(ChatVariables { id: self.session() });
        spawn_local(async move {
            if let Ok(MayWrite { session: Some(session) }) = fetch::send(asked).await {
                self.refusal.try_set(session.viewer_write_refusal);
            }
        });
    }

    /// Says so when it could not be done; what was done is seen.
    fn post(self, told: Told, refused: impl FnOnce() + 'static) {
        let refused: Box<dyn FnOnce()> = Box::new(refused);
        spawn_local(async move {
            if let Err(failure) = told.await {
                self.toasts.bad(untrack(|| words::failure(&failure)));
                refused();
            }
        });
    }
}

async fn page(id: cynic::Id, before: Option<String>) -> Result<Option<WithHistory>, Failure> {
    fetch::send(History::build(HistoryVariables { id, before })).await.map(|answer| answer.session)
}

/// Keeps the chat as it is now, from the stage.
pub fn follow(talk: Talk, around: Around) {
    let Talk { here, known, .. } = talk;
    let id = talk.session();
    let query = Query::kept(
        move || id.clone(),
        move |id| {
            talk.turn.track();
            // Before its time there is none.
            here.timing.get();
            page(id, None)
        },
    );
    Effect::new(move |_| match query.value.get() {
        Loaded::Here(answer) => {
            talk.failure.set(None);
            talk.answered.set(true);
            match answer {
                Some(WithHistory { chat, viewer_write_refusal, messages }) => {
                    talk.refusal.set(viewer_write_refusal);
                    known.update(|known| known.take_page(chat, messages));
                }
                None => known.update(Conversation::forget),
            }
        }
        Loaded::Failed(failure) => talk.failure.set(Some(failure)),
        Loaded::Waiting => {}
    });
    // Who may write follows from the person, the session and its event.
    let version = Memo::new(move |_| here.session.with(|session| session.version));
    Effect::new(move |_| {
        version.get();
        around.kept.with(|kept| {
            if let Some((current, _)) = kept {
                current.track_standing();
                current.event.track();
            }
        });
        talk.ask();
    });
    listen(talk);
}

fn listen(talk: Talk) {
    let Talk { known, here, .. } = talk;
    let live: Live = expect_context();
    let settings = live.subscribe(
        &ChatChanged::build(ChatVariables { id: talk.session() }),
        move |change: Result<ChatChanged, Failure>| {
            if let Ok(change) = change {
                known.try_update(|known| known.set_chat(change.chat_changed));
                talk.ask();
            }
        },
    );
    let settings = StoredValue::new_local(settings);
    on_cleanup(move || settings.dispose());

    let Hosting { beside, .. } = expect_context();
    let told = Gathered::new(move |changes: Vec<Message>| {
        let me = talk.me.get_untracked();
        let mut calls = Vec::new();
        known.update(|known| {
            for message in changes {
                if known.is_call(&message, me.as_deref()) {
                    calls.push(message.author.as_ref().map(|author| author.name.clone()));
                }
                known.apply(message, me.as_deref());
            }
        });
        // Who has the chat open hears the message itself.
        if !beside.shows_untracked(Panel::Chat) {
            for name in calls {
                here.say(untrack(|| text!("chat-mentioned-by", name = row::name_of(name.as_deref()))));
            }
        }
    });
    let begun = Memo::new(move |_| known.with(Conversation::has_begun));
    // Subscribed anew with each connection, after what is known by then.
    Effect::new(move |_| {
        let connected = live.connection() == Connection::Live;
        if connected {
            talk.pump();
        }
        if !connected || !begun.get() {
            return;
        }
        let after = known.with_untracked(Conversation::resumes_after);
        let changes = live.subscribe(
            &MessageChanged::build(MessagesVariables { id: talk.session(), after }),
            move |change: Result<MessageChanged, Failure>| match change {
                Ok(change) => told.take(change.message_changed),
                // Too much was missed, or the person may not read it any more.
                Err(_) => {
                    let anew = move || {
                        known.try_update(Conversation::forget);
                        talk.reload();
                    };
                    Timeout::new(ANEW_MS, anew).forget();
                }
            },
        );
        let changes = StoredValue::new_local(changes);
        on_cleanup(move || changes.dispose());
    });
}

#[component]
pub fn ChatPanel() -> impl IntoView {
    let talk: Talk = expect_context();
    let Hosting { beside, .. } = expect_context();
    let host = Memo::new(move |_| talk.is_host());
    let head = view! {
        <h2>{t!("chat")}</h2>
        <Show when=move || host.get()><settings::Settings talk/></Show>
    }
    .into_any();
    view! {
        <PanelFrame beside label=t!("chat") class="room-chat" head close=t!("chat-close")>
            <Pinned talk/>
            <list::List talk/>
            <composer::Composer talk/>
        </PanelFrame>
    }
}
