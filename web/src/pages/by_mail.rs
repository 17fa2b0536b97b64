//! Where the links of mails lead, and where one asks for such a mail (A1, A2).
//!
//! A token stands in the address's fragment: browsers send that to nobody, so it is in no log and no `Referer`.

mod invitation;
mod password;
mod sign_in_link;
mod verify;

use super::not_found::NotFound;
use super::words;
use crate::api::{Code, Failure};
use crate::components::{ButtonLink, EmptyState, Glyph};
use crate::{t, text};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;

/// Every page that has to do with a mail: the one of the address, which is another page's when it changes.
#[component]
pub fn Pages() -> impl IntoView {
    match use_location().pathname.get_untracked().as_str() {
        "/forgot-password" => view! { <password::Forgot/> }.into_any(),
        "/reset-password" => view! { <password::Reset/> }.into_any(),
        "/verify-email" => view! { <verify::Verify/> }.into_any(),
        "/sign-in-link" => view! { <sign_in_link::SignInLink/> }.into_any(),
        "/organizer-invitation" => view! { <invitation::Invitation/> }.into_any(),
        _ => view! { <NotFound/> }.into_any(),
    }
}

/// The token of the link that led here; empty without one. Another link may be opened on the same page.
fn token() -> Memo<String> {
    let Location { pathname, hash, .. } = use_location();
    let own = pathname.get_untracked();
    Memo::new(move |before: Option<&String>| match before {
        // The person is on the way to another page, and this one stays as it is meanwhile.
        Some(before) if pathname.with(|pathname| *pathname != own) => before.clone(),
        _ => hash.with(|hash| hash.trim_start_matches('#').strip_prefix("token=").unwrap_or_default().to_owned()),
    })
}

/// Whether the link itself is at fault, and not what was typed or the network.
fn is_dead(failure: &Failure) -> bool {
    matches!(failure.code(), Some(Code::NotFound | Code::Conflict | Code::NotOpen))
}

fn wrong_link() -> Failure {
    Failure::Refused { code: Code::NotFound, problems: Vec::new() }
}

/// Why a link opens nothing, and the way to a new one.
#[component]
fn DeadLink(failure: Failure, #[prop(into)] href: String, #[prop(into)] again: Signal<String>) -> impl IntoView {
    let (icon, title, what) = match failure.code() {
        Some(Code::Conflict) => (Glyph::Check, t!("link-used-title"), t!("link-used-text")),
        Some(Code::NotOpen) => (Glyph::Clock, t!("link-over-title"), t!("link-over-text")),
        Some(Code::NotFound) => (Glyph::Link, t!("link-wrong-title"), t!("link-wrong-text")),
        _ => (Glyph::Alert, t!("failed-title"), Signal::derive(move || words::failure(&failure))),
    };
    view! {
        <div role="alert">
            <EmptyState icon title text=what><ButtonLink label=again href/></EmptyState>
        </div>
    }
}

/// Said after a mail was asked for, whether there is somebody to get it or not.
#[component]
fn OnItsWay(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <div role="status"><EmptyState icon=Glyph::Mail title=t!("look-into-mail") text focus=true/></div> }
}

fn home_label() -> Signal<String> {
    Signal::derive(|| text!("go-home"))
}
