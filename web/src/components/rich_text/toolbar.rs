//! The buttons above rich text, and the line below them in which an address or an alternate text is typed.

use super::field::Writing;
use super::shim;
use crate::components::{Glyph, Icon, Spinner};
use crate::t;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What the line below the buttons asks for.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Link,
    Video,
}

#[component]
pub(super) fn Toolbar(writing: Writing, name: &'static str) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked>);
    let bar = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(bar) = bar.get() {
            shim::arrow_keys(&bar);
        }
    });
    let files = NodeRef::<leptos::html::Input>::new();
    let choose = Callback::new(move |()| {
        if let Some(input) = files.get_untracked() {
            input.click();
        }
    });
    let chosen = move |_| {
        let Some(input) = files.get_untracked() else { return };
        if let Some(files) = input.files() {
            writing.with(|editor| editor.upload(&files));
        }
        // The same picture may be chosen once more.
        input.set_value("");
    };
    let ask = move |what| {
        Callback::new(move |()| asked.update(|asked| *asked = if *asked == Some(what) { None } else { Some(what) }))
    };
    let cannot_undo = Signal::derive(move || !writing.state.with(|state| state.undo));
    let cannot_redo = Signal::derive(move || !writing.state.with(|state| state.redo));
    let busy = move || writing.busy.get();
    let uploading = move || busy() > 0;
    view! {
        <div node_ref=bar class="rich-bar" role="toolbar" aria-label=t!("rich-formatting")>
            <Toggle writing command="bold" label=t!("rich-bold") icon=Glyph::Bold keys="Control+B"/>
            <Toggle writing command="italic" label=t!("rich-italic") icon=Glyph::Italic keys="Control+I"/>
            <Toggle writing command="underline" label=t!("rich-underline") icon=Glyph::Underline keys="Control+U"/>
            <Toggle writing command="strike" label=t!("rich-strike") icon=Glyph::Strike keys="Control+Shift+S"/>
            <span class="rich-gap"></span>
            <Toggle writing command="heading" label=t!("rich-heading") icon=Glyph::Heading keys="Control+Alt+2"/>
            <Toggle writing command="subheading" label=t!("rich-subheading") icon=Glyph::Subheading keys="Control+Alt+3"/>
            <Toggle writing command="bullets" label=t!("rich-bullets") icon=Glyph::Bullets keys="Control+Shift+8"/>
            <Toggle writing command="numbers" label=t!("rich-numbers") icon=Glyph::Numbers keys="Control+Shift+7"/>
            <Toggle writing command="quote" label=t!("rich-quote") icon=Glyph::Quote keys="Control+Shift+B"/>
            <span class="rich-gap"></span>
            <Toggle writing command="link" label=t!("rich-link") icon=Glyph::Link on=ask(Asked::Link)/>
            <Tool label=t!("rich-picture") icon=Glyph::Picture on=choose/>
            <Tool label=t!("rich-video") icon=Glyph::Video on=ask(Asked::Video)/>
            <span class="rich-gap"></span>
            <Tool label=t!("rich-undo") icon=Glyph::Undo disabled=cannot_undo on=Callback::new(move |()| _ = writing.run("undo", ""))/>
            <Tool label=t!("rich-redo") icon=Glyph::Redo disabled=cannot_redo on=Callback::new(move |()| _ = writing.run("redo", ""))/>
        </div>
        <input
            node_ref=files
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple=true
            hidden=true
            on:change=chosen
        />
        <div role="status">
            <Show when=uploading><p class="rich-line"><Spinner/>{move || crate::text!("rich-uploading", count = busy())}</p></Show>
        </div>
        {move || asked.get().map(|what| view! { <AddressLine writing name what done=Callback::new(move |()| asked.set(None))/> })}
        <AltLine writing name/>
    }
}

/// A button that is pressed while its formatting is on at the cursor.
#[component]
fn Toggle(
    writing: Writing,
    command: &'static str,
    label: Signal<String>,
    icon: Glyph,
    #[prop(optional)] keys: Option<&'static str>,
    /// What it does instead of its command.
    #[prop(optional)]
    on: Option<Callback<()>>,
) -> impl IntoView {
    let pressed = Memo::new(move |_| writing.state.with(|state| state.on.iter().any(|on| on == command)));
    let press = move |_| match on {
        Some(on) => on.run(()),
        None => _ = writing.run(command, ""),
    };
    view! {
        <button
            type="button"
            class="icon-button"
            title=label
            aria-label=label
            aria-keyshortcuts=keys
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            on:click=press
        >
            <Icon glyph=icon/>
        </button>
    }
}

#[component]
fn Tool(
    label: Signal<String>,
    icon: Glyph,
    #[prop(optional, into)] disabled: Signal<bool>,
    on: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" title=label aria-label=label disabled=disabled on:click=move |_| on.run(())>
            <Icon glyph=icon/>
        </button>
    }
}

/// The address of a link or a video. Enter takes it, Escape goes back to the text.
#[component]
fn AddressLine(writing: Writing, name: &'static str, what: Asked, done: Callback<()>) -> impl IntoView {
    let link = what == Asked::Link;
    let typed =
        RwSignal::new(if link { writing.state.with_untracked(|state| state.href.clone()) } else { String::new() });
    let was_link = link && !typed.with_untracked(String::is_empty);
    let refused = RwSignal::new(false);
    let command = if link { "link" } else { "video" };
    let take = move || {
        if writing.run(command, &typed.get_untracked()) {
            done.run(());
        } else {
            refused.set(true);
        }
    };
    let unlink = move |_| {
        writing.run("unlink", "");
        done.run(());
    };
    let press = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            take();
        }
        "Escape" => {
            event.prevent_default();
            done.run(());
            writing.with(|editor| editor.focus());
        }
        _ => {}
    };
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // An input that cannot be focused is still there to be clicked.
            let _ = input.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
    });
    let label = if link { t!("rich-link-address") } else { t!("rich-video-address") };
    let id = format!("{name}-address");
    view! {
        <div class="rich-line">
            <label for=id.clone()>{label}</label>
            <input
                node_ref=input
                id=id.clone()
                type="text"
                inputmode="url"
                autocomplete="off"
                prop:value=typed
                on:input=move |event| {
                    refused.set(false);
                    typed.set(event_target_value(&event));
                }
                on:keydown=press
                aria-invalid=move || refused.get().then_some("true")
                aria-describedby=format!("{id}-note")
            />
            <button type="button" class="button secondary" on:click=move |_| take()>{t!("rich-insert")}</button>
            <Show when=move || was_link><button type="button" class="button secondary" on:click=unlink>{t!("rich-unlink")}</button></Show>
            <p id=format!("{id}-note") class="problem" role="alert">
                {move || refused.get().then(|| if link { crate::text!("rich-link-refused") } else { crate::text!("rich-video-refused") })}
            </p>
        </div>
    }
}

/// The alternate text of the picture that is chosen in the text.
#[component]
fn AltLine(writing: Writing, name: &'static str) -> impl IntoView {
    let chosen = Memo::new(move |_| writing.state.with(|state| state.alt.is_some()));
    let alt = move || writing.state.with(|state| state.alt.clone().unwrap_or_default());
    let id = format!("{name}-alt");
    move || {
        let id = id.clone();
        chosen.get().then(|| view! {
            <div class="rich-line">
                <label for=id.clone()>{t!("rich-alt")}</label>
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    prop:value=alt
                    on:input=move |event| _ = writing.run("alt", &event_target_value(&event))
                    on:keydown=move |event: leptos::ev::KeyboardEvent| if event.key() == "Enter" { event.prevent_default() }
                />
            </div>
        })
    }
}
