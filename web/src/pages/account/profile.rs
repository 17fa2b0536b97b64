//! What others see of oneself: name, headline, picture (A8).

use crate::api::account::{UpdateProfile, UpdateProfileInput, UpdateProfileVariables};
use crate::api::fetch;
use crate::api::picture::PictureChange;
use crate::app::Me;
use crate::components::{Form, PictureField, SubmitButton, TextField, use_toasts};
use crate::leaving::ask_before_leaving;
use crate::pages::submit::Sending;
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;

/// Characters of a name and of a headline.
const CHARACTERS: usize = 80;

#[component]
pub fn Profile() -> impl IntoView {
    let Me(start) = expect_context();
    let me = start.value.with_untracked(|start| start.here().and_then(|start| start.me.clone()));
    let saved = RwSignal::new(me.map(|me| (me.name, me.headline, me.picture)).unwrap_or_default());
    let (name, headline, picture) = saved.get_untracked();
    let (name, headline, picture) = (RwSignal::new(name), RwSignal::new(headline), RwSignal::new(picture));
    ask_before_leaving(Memo::new(move |_| saved.get() != (name.get(), headline.get(), picture.get())));
    let (sending, toasts) = (Sending::default(), use_toasts());
    let send = move |()| {
        let (old_name, old_headline, old_picture) = saved.get_untracked();
        let input = UpdateProfileInput {
            name: Some(name.get_untracked()).filter(|name| *name != old_name),
            headline: Some(headline.get_untracked()).filter(|headline| *headline != old_headline),
            picture_id: PictureChange::between(old_picture.as_ref(), picture.get_untracked().as_ref()),
        };
        sending.send(fetch::send(UpdateProfile::build(UpdateProfileVariables { input })), move |done| {
            let me = done.update_profile.account;
            name.set(me.name.clone());
            headline.set(me.headline.clone());
            picture.set(me.picture.clone());
            saved.set((me.name, me.headline, me.picture));
            toasts.good(text!("saved"));
            start.reload();
        });
    };
    view! {
        <h2>{t!("profile")}</h2>
        <p class="muted">{t!("profile-text")}</p>
        <Form problems=sending.problems on=send label=t!("profile")>
            <PictureField label=t!("profile-picture") hint=t!("profile-picture-hint") value=picture address="/pictures" cover=false/>
            <TextField label=t!("your-name") name="name" autocomplete="name" value=name limit=CHARACTERS/>
            <TextField label=t!("headline") name="headline" value=headline limit=CHARACTERS hint=t!("headline-hint")/>
            <SubmitButton label=t!("save-profile") busy=sending.busy/>
        </Form>
    }
}
