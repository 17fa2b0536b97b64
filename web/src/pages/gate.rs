//! The frame of pages before one is anywhere, and the menu of the account that stands at the top of every other.

use crate::api::account::{SignOut, Start};
use crate::api::fetch;
use crate::api::live::{Connection, Live};
use crate::api::query::Query;
use crate::app::Me;
use crate::browser;
use crate::components::{Avatar, Glyph, Icon, Menu, Toasts, use_toasts};
use crate::state::Loaded;
use crate::text::{LANGUAGES, Language, choose, language};
use crate::theme::{self, Theme};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

/// The product's name as the way home.
#[component]
pub fn Brand() -> impl IntoView {
    view! { <A href="/" attr:class="brand"><Icon glyph=Glyph::Armchair/>{t!("product")}</A> }
}

/// A page with one card in its middle.
#[component]
pub fn Gate(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    children: Children,
) -> impl IntoView {
    super::submit::page_title(move || title.get());
    view! {
        <div class="gate">
            <header class="gate-top"><Brand/><AccountMenu/></header>
            <main class="gate-main">
                <div class="gate-card">
                    <header><h1>{title}</h1><p>{text}</p></header>
                    {children()}
                </div>
            </main>
        </div>
    }
}

/// Who is signed in, language, colours, and the way out.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let Me(start) = expect_context();
    let toasts = use_toasts();
    let me = Memo::new(move |_| start.value.with(|start| start.here().and_then(|start| start.me.clone())));
    let name = Signal::derive(move || me.get().map(|me| me.name).unwrap_or_default());
    let face = move || {
        if me.with(Option::is_some) {
            view! { <Avatar name picture=Signal::derive(move || me.get().and_then(|me| me.picture))/> }.into_any()
        } else {
            view! { <span class="icon-button"><Icon glyph=Glyph::Settings/></span> }.into_any()
        }
    };
    view! {
        <Menu label=t!("menu-account") face>
            {move || me.get().map(|me| view! {
                <div class="menu-head"><strong>{me.name}</strong><p class="muted small">{me.email}</p></div>
                <A href="/" attr:class="menu-item"><Icon glyph=Glyph::Home/>{t!("menu-home")}</A>
                <A href="/account" attr:class="menu-item"><Icon glyph=Glyph::Person/>{t!("your-account")}</A>
            })}
            <div class="menu-group" role="group" aria-label=t!("menu-language")>
                {LANGUAGES.into_iter().map(|one| view! {
                    <button
                        type="button" class="menu-item" lang=one.tag
                        aria-pressed=move || pressed(language().get() == one)
                        on:click=move |_| speak(one, toasts)
                    >{one.name}</button>
                }).collect_view()}
            </div>
            <div class="menu-group" role="group" aria-label=t!("menu-colours")>
                <ThemeButton theme=Theme::System label=t!("menu-system") glyph=Glyph::System/>
                <ThemeButton theme=Theme::Light label=t!("menu-light") glyph=Glyph::Sun/>
                <ThemeButton theme=Theme::Dark label=t!("menu-dark") glyph=Glyph::Moon/>
            </div>
            {move || me.get().map(|_| view! {
                <button type="button" class="menu-item" on:click=move |_| sign_out(start)>
                    <Icon glyph=Glyph::Leave/>{t!("sign-out")}
                </button>
            })}
        </Menu>
    }
}

#[component]
fn ThemeButton(theme: Theme, #[prop(into)] label: Signal<String>, glyph: Glyph) -> impl IntoView {
    view! {
        <button
            type="button" class="menu-item" title=label aria-label=label
            aria-pressed=move || pressed(theme::current().get() == theme)
            on:click=move |_| theme::choose(theme)
        ><Icon glyph/></button>
    }
}

fn pressed(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

/// Shows the page in another language, or says why it stays as it is.
fn speak(language: Language, toasts: Toasts) {
    spawn_local(async move {
        if choose(language).await.is_err() {
            toasts.bad(untrack(|| text!("language-failed", language = language.name)));
        }
    });
}

/// What begins the names under which the browser remembers what people write in chats.
const CHAT_MEMORY: &str = "roundtable.chat.";

/// The same for one person.
pub fn chat_memory(me: &str) -> String {
    format!("{CHAT_MEMORY}{me}.")
}

/// Whoever uses this browser next reads nothing of it.
pub fn forget_chats() {
    browser::forget_all(CHAT_MEMORY, None);
}

/// Also where the login of whoever used it before has expired.
pub fn forget_chats_of_others(start: Query<Start>) {
    let me = Memo::new(move |_| start.value.with(|start| Some(start.here()?.me.as_ref()?.id.inner().to_owned())));
    Effect::new(move |_| {
        if let Some(me) = me.get() {
            browser::forget_all(CHAT_MEMORY, Some(&chat_memory(&me)));
        }
    });
}

fn sign_out(start: Query<Start>) {
    let toasts = crate::components::use_toasts();
    spawn_local(async move {
        match fetch::send(SignOut::build(())).await {
            // A new page forgets everything that the old one knew.
            Ok(_) => {
                forget_chats();
                _ = browser::window().location().assign("/sign-in");
            }
            Err(failure) => toasts.bad(super::words::failure(&failure)),
        }
        start.reload();
    });
}

/// Says that changes do not arrive, while they do not.
#[component]
pub fn ConnectionNote() -> impl IntoView {
    let live: Live = expect_context();
    let sentence = Memo::new(move |_| match live.connection() {
        Connection::Connecting | Connection::Live => None,
        Connection::Lost => Some(text!("connection-lost")),
        Connection::Refused => Some(text!("connection-refused")),
    });
    view! {
        <div role="status">
            {move || sentence.get().map(|sentence| view! {
                <p class="connection-lost"><Icon glyph=Glyph::WifiOff/>{sentence}</p>
            })}
        </div>
    }
}

/// Where the person is asked to sign in and come back to.
pub fn sign_in_address(next: &str) -> String {
    format!("/sign-in?next={}", js_sys::encode_uri_component(next))
}

/// Where the person makes an account and comes back from.
pub fn account_address(next: &str) -> String {
    format!("/sign-up?next={}", js_sys::encode_uri_component(next))
}

/// The address of this page, for coming back to.
pub fn here() -> String {
    let location = browser::window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Whether somebody is signed in; nothing while that is not known.
pub fn is_signed_in() -> Signal<Option<bool>> {
    let Me(start) = expect_context();
    Signal::derive(move || {
        start.value.with(|start| match start {
            Loaded::Waiting => None,
            Loaded::Here(start) => Some(start.me.is_some()),
            Loaded::Failed(_) => Some(false),
        })
    })
}

/// A failure in place of what should stand here, with a way to try again.
#[component]
pub fn Failed(failure: crate::api::Failure, #[prop(into)] again: Callback<()>) -> impl IntoView {
    use crate::components::{Button, EmptyState};
    let sentence = Signal::derive(move || super::words::failure(&failure));
    view! {
        <EmptyState icon=Glyph::Alert title=t!("failed-title") text=sentence>
            <Button label=Signal::derive(move || text!("try-again")) icon=Glyph::Reload on=again/>
        </EmptyState>
    }
}
