//! The chat beside the stage (I1): what the room knows of it, whether it is shown or not, and the panel.

mod composer;
mod list;
mod row;
mod settings;

use super::Here;
use super::around::Around;
use super::hosting::Hosting;
use super::panel::{Panel, PanelFrame};
use crate::api::chat::{
    ChatChanged, ChatVariables, History, HistoryVariables, MayWrite, MessageChanged, MessagesVariables, QuotedMessage,
    SendMessage, SendMessageInput, SendMessageVariables, WithHistory, WriteRefusal,
};
use crate::api::fetch::{self, Told};
use crate::api::live::{Connection, Live};
use crate::api::query::Query;
use crate::api::{Code, Failure};
use crate::app::Me;
use crate::components::{Glyph, Icon, Toasts, use_toasts};
use crate::leaving::ask_before_leaving;
use crate::pages::gathered::Gathered;
use crate::pages::words;
use crate::state::Loaded;
use crate::state::chat::{Conversation, Sending};
use crate::{browser, t, text};
use cynic::{MutationBuilder, QueryBuilder, SubscriptionBuilder};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use row::Pinned;

/// Milliseconds after which a message is tried again that did not reach the server.
const AGAIN_MS: u32 = 3_000;
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
        draft: String,
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
    draft: RwSignal<String>,
    about: RwSignal<About>,
    /// A message is on its way.
    sending: RwSignal<bool>,
    /// Grows when the history is to be read again.
    turn: RwSignal<u32>,
    me: Memo<Option<String>>,
    toasts: Toasts,
}

impl Talk {
    pub fn new(here: Here) -> Self {
        let Me(me) = expect_context();
        let me = move |_: Option<&Option<String>>| {
            me.value.with(|start| Some(start.here()?.me.as_ref()?.id.inner().to_owned()))
        };
        let known = RwSignal::new(Conversation::default());
        ask_before_leaving(Memo::new(move |_| known.with(|known| !known.pending().is_empty())));
        Self {
            here,
            known,
            refusal: RwSignal::new(None),
            failure: RwSignal::new(None),
            answered: RwSignal::new(false),
            draft: RwSignal::default(),
            about: RwSignal::new(About::Nothing),
            sending: RwSignal::new(false),
            turn: RwSignal::new(0),
            me: Memo::new(me),
            toasts: use_toasts(),
        }
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

    /// Takes what was written on its way.
    fn send(self, text: String, reply_to: Option<QuotedMessage>) {
        let random = js_sys::Math::random() * 9e15;
        let client_id = format!("{:x}-{:x}", js_sys::Date::now() as u64, random as u64);
        self.known.update(|known| known.add_pending(client_id, text, reply_to));
        self.pump();
    }

    /// Sends the next message that waits. One that may have reached the server is sent again by the same name, so that it is
    /// there once.
    fn pump(self) {
        if self.sending.try_get_untracked() != Some(false) {
            return;
        }
        let Some(next) = self.known.with_untracked(|known| known.next_to_send().cloned()) else { return };
        self.sending.set(true);
        let client_id = next.client_id;
        let input = SendMessageInput {
            session_id: self.session(),
            text: next.text,
            client_id: client_id.clone(),
            reply_to_id: next.reply_to.map(|quote| quote.id),
        };
        let operation = SendMessage::build(SendMessageVariables { input });
        spawn_local(async move {
            let answer = fetch::send(operation).await;
            self.sending.try_set(false);
            let comes_back = match &answer {
                Err(failure) => failure.is_passing() && failure.code() != Some(Code::RateLimited),
                Ok(_) => false,
            };
            self.known.try_update(|known| match answer {
                Ok(sent) => known.sent(&client_id, sent.send_message.message),
                Err(_) if comes_back => known.set_sending(&client_id, Sending::Offline),
                Err(failure) => known.set_sending(&client_id, Sending::Refused(failure)),
            });
            if comes_back {
                Timeout::new(AGAIN_MS, move || self.pump()).forget();
            } else {
                self.pump();
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
    let Talk { known, .. } = talk;
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

    let told = Gathered::new(move |changes| {
        let me = talk.me.get_untracked();
        known.update(|known| changes.into_iter().for_each(|message| known.apply(message, me.as_deref())));
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

/// Opens and closes the chat; its badge counts what came meanwhile.
#[component]
pub fn ChatButton(talk: Talk) -> impl IntoView {
    let Hosting { beside, .. } = expect_context();
    let shown = Memo::new(move |_| beside.shows(Panel::Chat));
    let unread = Memo::new(move |_| talk.me.with(|me| talk.known.with(|known| known.unread(me.as_deref()))));
    Effect::new(move |_| {
        if shown.get() && unread.get() > 0 {
            talk.known.update(Conversation::see);
        }
    });
    let label = move || match unread.get() {
        0 => text!("chat"),
        count => text!("chat-unread", count = count),
    };
    view! {
        <button
            type="button"
            class="icon-button host-button"
            aria-label=label
            title=label
            aria-expanded=move || if shown.get() { "true" } else { "false" }
            on:click=move |_| beside.turn(Panel::Chat)
        >
            <Icon glyph=Glyph::Message/>
            <Show when=move || { unread.get() > 0 }>
                <span class="count" aria-hidden="true">{move || browser::format_number(i32::try_from(unread.get()).unwrap_or(i32::MAX))}</span>
            </Show>
        </button>
    }
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
