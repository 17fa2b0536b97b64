//! Taking one's own data along, and deleting one's account (A8).

use crate::api::account::{DeleteAccount, DeleteAccountInput, DeleteAccountVariables};
use crate::api::{Code, fetch};
use crate::browser;
use crate::components::{Button, Dialog, Form, Glyph, Icon, Kind, SubmitButton, TextField};
use crate::pages::gate::forget_chats;
use crate::pages::submit::Sending;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;

/// Where everything that is kept about the person is as a file.
const DATA: &str = "/account/data.json";

#[component]
pub fn OwnData(has_password: Memo<bool>) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <h2>{t!("own-data")}</h2>
        <p class="muted">{t!("own-data-text")}</p>
        <div class="form-actions">
            <a class="button secondary" href=DATA rel="external" download="my-data.json">
                <Icon glyph=Glyph::Download/><span>{t!("download-own-data")}</span>
            </a>
            <Button label=t!("delete-account") kind=Kind::Danger on=move |()| open.set(true)/>
        </div>
        <Dialog title=t!("delete-account") open><Delete has_password open/></Dialog>
    }
}

#[component]
fn Delete(has_password: Memo<bool>, open: RwSignal<bool>) -> impl IntoView {
    let confirmation = RwSignal::new(String::new());
    let sending = Sending::default();
    let last = RwSignal::new(false);
    let send = move |()| {
        let input = DeleteAccountInput { confirmation: confirmation.get_untracked() };
        let operation = fetch::send(DeleteAccount::build(DeleteAccountVariables { input }));
        last.set(false);
        let tried = async move {
            let answer = operation.await;
            if let Err(failure) = &answer {
                last.try_set(failure.code() == Some(Code::Conflict));
            }
            answer
        };
        sending.send(tried, move |_done| {
            // A new page forgets everything that the old one knew.
            forget_chats();
            _ = browser::window().location().assign("/sign-in");
        });
    };
    let label = Signal::derive(move || if has_password.get() { text!("current-password") } else { text!("email") });
    let kind = if has_password.get_untracked() { "password" } else { "email" };
    view! {
        <p>{t!("delete-account-text")}</p>
        <Show when=move || last.get()><p class="notice" role="status">{t!("delete-account-last")}</p></Show>
        <Form problems=sending.problems on=send label=t!("delete-account")>
            <TextField label name="confirmation" kind autocomplete="current-password" value=confirmation/>
            <div class="form-actions">
                <SubmitButton label=t!("delete-account-now") busy=sending.busy/>
                <Button label=t!("cancel") on=move |()| open.set(false)/>
            </div>
        </Form>
    }
}
