//! Many people for an invite list at once: pasted, or from a file, looked over before they are sent (C3).

use super::invite_list;
use crate::api::Failure;
use crate::api::invitation::{INVITED_AT_ONCE, InviteManyInput, InviteManyPayload};
use crate::components::{Button, Dialog, Form, Glyph, Icon, SubmitButton, TextArea, use_toasts};
use crate::pages::submit::Sending;
use crate::state::addresses::addresses;
use crate::{t, text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Addresses that were refused and are shown at once.
const SHOWN: usize = 50;

#[component]
pub fn InviteManyDialog(
    session_id: cynic::Id,
    open: RwSignal<bool>,
    #[prop(into)] done: Callback<()>,
) -> impl IntoView {
    let (typed, sending, toasts) = (RwSignal::new(String::new()), Sending::default(), use_toasts());
    let refused = RwSignal::new(Vec::<String>::new());
    let count = Memo::new(move |_| typed.with(|typed| addresses(typed).len()));
    let id = StoredValue::new(session_id);
    let send = move |()| {
        let emails = typed.with_untracked(|typed| addresses(typed));
        if emails.is_empty() {
            return;
        }
        sending.send(in_parts(id.get_value(), emails), move |answer| {
            // The page may be left by now.
            done.try_run(());
            toasts.good(text!("invited-many", count = answer.added, already = answer.already));
            let wrong: Vec<String> = answer.refused.into_iter().map(|one| one.text).collect();
            if wrong.is_empty() {
                open.set(false);
            }
            // What is left to be mended stays.
            typed.set(wrong.join("\n"));
            refused.set(wrong);
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let file = input.files().and_then(|files| files.get(0));
        // The same file, mended, is a change again.
        input.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            // A spreadsheet's own format for one: it leaves the field as it is.
            let Some(text) = text.filter(|text| !text.contains(['\0', '\u{FFFD}'])) else {
                toasts.bad(untrack(|| text!("problem-file-text")));
                return;
            };
            let found = addresses(&text).join("\n");
            typed.try_update(|typed| *typed = [typed.trim_end(), &found].join("\n").trim_start().to_owned());
        });
    };
    view! {
        <Dialog title=t!("invite-many") open>
            <p>{t!("invite-many-text")}</p>
            <label class="button secondary file-button">
                <Icon glyph=Glyph::Upload/>
                <span>{t!("choose-file")}</span>
                <input class="offscreen" type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" on:change=choose/>
            </label>
            <Form problems=sending.problems on=send label=t!("invite-many")>
                <TextArea label=t!("addresses") name="emails" value=typed rows=8/>
                <p class="muted small" role="status">{move || text!("addresses-found", count = count.get())}</p>
                <Show when=move || refused.with(|refused| !refused.is_empty())>
                    <div class="notice bad" role="alert">
                        <Icon glyph=Glyph::Error/>
                        <p>{move || refused.with(|refused| {
                            let shown = refused.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
                            text!("addresses-refused", count = refused.len(), list = shown)
                        })}</p>
                    </div>
                </Show>
                <div class="form-actions">
                    <SubmitButton label=t!("invite-now", count = count.get()) busy=sending.busy disabled=Signal::derive(move || count.get() == 0)/>
                    <Button label=t!("cancel") on=move |()| open.set(false)/>
                </div>
            </Form>
        </Dialog>
    }
}

/// Sends as many as the API takes at once, one part after the other, and gives what became of all of them.
async fn in_parts(session_id: cynic::Id, emails: Vec<String>) -> Result<InviteManyPayload, Failure> {
    let mut all = InviteManyPayload { added: 0, already: 0, refused: Vec::new() };
    for part in emails.chunks(INVITED_AT_ONCE) {
        let input = InviteManyInput { session_id: session_id.clone(), emails: part.to_vec() };
        let answer = invite_list::send(input).await?;
        all.added += answer.added;
        all.already += answer.already;
        all.refused.extend(answer.refused);
    }
    Ok(all)
}
