//! Buttons, and links that look like them.

use super::icon::{Glyph, Icon};
use super::skeleton::Spinner;
use leptos::prelude::*;
use leptos_router::components::A;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do here.
    Primary,
    #[default]
    Secondary,
    /// It takes something away.
    Danger,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Primary => "button primary",
            Kind::Secondary => "button secondary",
            Kind::Danger => "button danger",
        }
    }
}

/// A button with words; `busy` shows progress on it and refuses a second press, without losing the focus.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on: Callback<()>,
    #[prop(optional)] kind: Kind,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let press = move |_| {
        if !busy.get_untracked() {
            on.run(());
        }
    };
    view! {
        <button type="button" class=kind.class() disabled=disabled aria-busy=move || busy.get().then_some("true") on:click=press>
            <Face icon busy/>
            <span>{label}</span>
        </button>
    }
}

/// The button that sends the form it stands in.
#[component]
pub fn SubmitButton(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="submit" class=Kind::Primary.class() disabled=disabled aria-busy=move || busy.get().then_some("true")>
            <Face icon busy/>
            <span>{label}</span>
        </button>
    }
}

/// A button of only a drawing; the label is its name and its tooltip.
#[component]
pub fn IconButton(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] icon: Signal<Glyph>,
    #[prop(into)] on: Callback<()>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" disabled=disabled title=label aria-label=label on:click=move |_| on.run(())>
            <Icon glyph=icon/>
        </button>
    }
}

/// A link to another page that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional, into)] icon: Option<Glyph>,
) -> impl IntoView {
    view! {
        <A href=move || href.get() attr:class=kind.class()>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span>{label}</span>
        </A>
    }
}

#[component]
fn Face(icon: Option<Glyph>, busy: Signal<bool>) -> impl IntoView {
    move || {
        if busy.get() {
            view! { <Spinner/> }.into_any()
        } else if let Some(glyph) = icon {
            view! { <Icon glyph/> }.into_any()
        } else {
            ().into_any()
        }
    }
}
