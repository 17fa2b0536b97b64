//! The link of a video to share, checked while it is typed (J2).

use super::super::Here;
use super::Asked;
use crate::components::field::FieldNote;
use crate::components::{Form, FormProblems, Glyph, SubmitButton};
use crate::live::machine::VideoWish;
use crate::{browser, t, text};
use leptos::prelude::*;
use protocol::youtube::{Link, LinkProblem, parse};

#[component]
pub fn VideoForm() -> impl IntoView {
    let (Here { call, .. }, Asked { open, link }): (Here, Asked) = (expect_context(), expect_context());
    // Nobody is told that a field is empty before they have tried.
    let tried = RwSignal::new(false);
    let problem = Memo::new(move |_| {
        let problem = link.with(|link| parse(link)).err();
        problem.filter(|problem| *problem != LinkProblem::Empty || tried.get())
    });
    let field = NodeRef::<leptos::html::Input>::new();
    // It comes after its dialog, which has looked for where the focus goes.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot be focused leaves the focus where it is.
            let _ = field.focus();
        }
    });
    let send = move |()| match link.with_untracked(|link| parse(link)) {
        Ok(Link { video, at, live }) => {
            call.video(VideoWish::Start { video, at, live });
            open.set(false);
        }
        Err(_) => {
            tried.set(true);
            if let Some(form) = field.get_untracked().and_then(|field| field.closest("form").ok().flatten()) {
                browser::focus_first_problem(&form);
            }
        }
    };
    view! {
        <Form problems=FormProblems::default() on=send label=t!("youtube-title")>
            <p class="muted">{t!("youtube-text")}</p>
            <div class="field">
                <div class="field-head"><label for="youtube-link">{t!("youtube-link")}</label></div>
                <input
                    node_ref=field
                    id="youtube-link"
                    type="url"
                    inputmode="url"
                    autocomplete="off"
                    prop:value=link
                    on:input=move |event| link.set(event_target_value(&event))
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby="youtube-link-note"
                />
                <div aria-live="polite">
                    <FieldNote
                        name="youtube-link"
                        hint=t!("youtube-link-hint").into()
                        problem=Signal::derive(move || problem.get().map(words))
                    />
                </div>
            </div>
            <div class="share-actions"><SubmitButton label=t!("youtube-share") icon=Glyph::Video/></div>
        </Form>
    }
}

fn words(problem: LinkProblem) -> String {
    match problem {
        LinkProblem::Empty => text!("youtube-link-empty"),
        LinkProblem::TooLong => text!("youtube-link-long"),
        LinkProblem::NoLink => text!("youtube-link-none"),
        LinkProblem::OtherSite => text!("youtube-link-other"),
        LinkProblem::Playlist => text!("youtube-link-playlist"),
        LinkProblem::Channel => text!("youtube-link-channel"),
        LinkProblem::NoVideo => text!("youtube-link-no-video"),
        LinkProblem::WrongId => text!("youtube-link-wrong"),
    }
}
