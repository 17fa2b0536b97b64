//! A picture in a form: dropped, pasted or chosen, looked at before it is saved, and taken away again (B3).

use super::button::Button;
use super::field::{FormProblems, TextField};
use super::icon::{Glyph, Icon};
use super::picture::{PictureSize, UploadedPicture};
use crate::api::picture::Picture;
use crate::api::{Failure, ProblemCode, upload};
use crate::pages::words;
use crate::{t, text};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Characters of alternate text.
const ALT: usize = 140;

/// By what browsers call them; the server looks at the content.
const TYPES: &str = "image/png,image/jpeg,image/gif,image/webp";

/// `value` has the picture as soon as it is uploaded; what is saved, the form decides.
#[component]
pub fn PictureField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] hint: Signal<String>,
    value: RwSignal<Option<Picture>>,
    /// Where it is uploaded to.
    #[prop(into)]
    address: String,
    /// What it says to who does not see it; without, it is not asked for.
    #[prop(optional)]
    alt: Option<RwSignal<String>>,
    /// Said when it is too small for a cover.
    #[prop(default = true)]
    cover: bool,
    /// Called for each change by the person, after `value` has it.
    #[prop(optional, into)]
    on_change: Option<Callback<Option<Picture>>>,
) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let server = problems.of("pictureId");
    let (over, progress) = (RwSignal::new(false), RwSignal::new(None::<f64>));
    let problem = RwSignal::new(None::<Failure>);
    let address = StoredValue::new(address);
    let choose = NodeRef::<leptos::html::Input>::new();
    let changed = move |picture: Option<Picture>| {
        value.set(picture.clone());
        problems.clear_field("pictureId");
        if let Some(on_change) = on_change {
            on_change.run(picture);
        }
    };
    let take = move |file: web_sys::File| {
        if progress.get_untracked().is_some() {
            return;
        }
        problem.set(None);
        progress.set(Some(0.0));
        spawn_local(async move {
            let sent = move |part: f64| _ = progress.try_set(Some(part));
            let done = upload::picture(&address.get_value(), &file, sent).await;
            // The form may be gone by now.
            if progress.try_set(None).is_some() {
                return;
            }
            match done {
                Ok(picture) => changed(Some(picture)),
                Err(failure) => problem.set(Some(failure)),
            }
        });
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let file = input.files().and_then(|files| files.get(0));
        // The same file, mended, is a change again.
        input.set_value("");
        if let Some(file) = file {
            take(file);
        }
    };
    let taken_from = move |data: Option<web_sys::DataTransfer>| {
        let file = data.and_then(|data| data.files()).and_then(|files| files.get(0));
        let found = file.is_some();
        file.map(take);
        found
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        taken_from(event.data_transfer());
    };
    let drag = move |event: ev::DragEvent| {
        // Without it the browser would open the file.
        event.prevent_default();
        over.set(true);
    };
    let paste = move |event: web_sys::ClipboardEvent| {
        if taken_from(event.clipboard_data()) {
            event.prevent_default();
        }
    };
    let shown = Memo::new(move |_| value.get());
    let wrong = move || problem.get().map(|failure| said(&failure)).or_else(|| server.get());
    let small = move || cover && shown.with(|shown| shown.as_ref().is_some_and(|picture| picture.is_small));
    let label_of_button =
        move || if shown.with(Option::is_some) { text!("picture-replace") } else { text!("picture-choose") };
    let opens = move |_: ev::MouseEvent| {
        if let Some(input) = choose.get_untracked() {
            input.click();
        }
    };
    view! {
        <div class="field" role="group" aria-label=move || label.get()>
            <div class="field-head"><span class="label">{label}</span></div>
            <div class="picture-field" class:over=move || over.get() class:round=!cover
                on:drop=drop on:dragover=drag on:dragleave=move |_| over.set(false) on:paste=paste>
                {move || shown.get().map(|picture| {
                    let alt = text!("picture-preview");
                    view! { <div class="picture-shown"><UploadedPicture picture size=PictureSize::Card alt/></div> }
                })}
                <div class="picture-actions">
                    <button type="button" class="button secondary" disabled=move || progress.get().is_some() on:click=opens>
                        <Icon glyph=Glyph::Upload/><span>{label_of_button}</span>
                    </button>
                    <input node_ref=choose type="file" hidden=true accept=TYPES on:change=chosen/>
                    <Show when=move || shown.with(Option::is_some)>
                        <Button label=t!("picture-remove") on=move |()| changed(None)/>
                    </Show>
                    <p class="hint">{hint}</p>
                </div>
            </div>
            <div aria-live="polite">
                {move || progress.get().map(|part| view! {
                    <p class="picture-progress"><progress max="1" value=part.to_string() aria-label=t!("picture-uploading")></progress>{t!("picture-uploading")}</p>
                })}
                {move || wrong().map(|text| view! { <p class="problem" role="alert"><Icon glyph=Glyph::Error/>{text}</p> })}
                <Show when=small><p class="picture-warning"><Icon glyph=Glyph::Alert/>{t!("picture-small")}</p></Show>
            </div>
            {alt.map(|alt| view! {
                <Show when=move || shown.with(Option::is_some)>
                    <TextField label=t!("picture-alt") name="pictureAlt" value=alt limit=ALT hint=t!("picture-alt-hint")/>
                </Show>
            })}
        </div>
    }
}

/// Why a picture was not taken, and what to do.
fn said(failure: &Failure) -> String {
    match failure.problems().first().map(|problem| problem.code) {
        Some(ProblemCode::TooLong) => text!("picture-too-large"),
        Some(ProblemCode::OutOfRange) => text!("picture-too-many-pixels"),
        Some(_) => text!("picture-wrong-type"),
        None => words::failure(failure),
    }
}
