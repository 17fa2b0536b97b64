//! The fields of a session in sections, and beside them the card as attendees will see it (B1).

use super::draft::Draft;
use crate::api::session::{DisplaySize, RoomState, WatchAccess};
use crate::components::{Button, Choice, Form, Possibility, RichTextField, SubmitButton, Switch, TextArea, TextField};
use crate::leaving::ask_before_leaving;
use crate::pages::dashboard::access_section::AccessSection;
use crate::pages::dashboard::changed_by_both::ChangedByBoth;
use crate::pages::dashboard::scheduling::SchedulingSection;
use crate::pages::dashboard::session_picture::SessionPicture;
use crate::pages::dashboard::tags::TagField;
use crate::pages::event::{CurrentEvent, people_inside};
use crate::pages::venue::card::{Card, CardFace};
use crate::state::form::{ADDITIONAL_INFORMATION, DESCRIPTION, Field, TITLE};
use crate::{t, text};
use leptos::prelude::*;

#[component]
pub fn Editor(
    draft: Draft,
    #[prop(into)] send: Callback<()>,
    #[prop(into)] label: Signal<String>,
    new: bool,
    /// Whether it can be recorded: what attendees make is not (N1).
    recordable: bool,
    /// Who is in the room now, if anybody.
    inside: Signal<Option<RoomState>>,
    /// The session, if it is there already.
    #[prop(default = None)]
    session: Option<cynic::Id>,
) -> impl IntoView {
    let Draft { fields, sending, .. } = draft;
    let unsaved = Memo::new(move |_| draft.is_unsaved());
    let unlink = move |()| {
        fields.unlink.set(true);
        send.run(());
        fields.unlink.set(false);
    };
    let current: CurrentEvent = expect_context();
    let event = current.event.with_untracked(|event| event.id.inner().to_owned());
    ask_before_leaving(unsaved);
    let sizes = vec![
        Possibility { value: DisplaySize::Medium, label: t!("size-medium"), hint: t!("size-medium-hint") },
        Possibility { value: DisplaySize::Large, label: t!("size-large"), hint: t!("size-large-hint") },
    ];
    let face = Signal::derive(move || CardFace {
        title: Some(fields.title.get()).filter(|title| !title.trim().is_empty()).unwrap_or_else(|| text!("title")),
        description: fields.description.get(),
        tags: fields.tags.get(),
        large: fields.display_size.get() == DisplaySize::Large,
        private: fields.watch_access.get() == WatchAccess::Private,
        picture: fields.picture.get(),
        picture_alt: fields.picture_alt.get(),
        test_run: false,
        room: inside.get(),
        asking: 0,
    });
    view! {
        <div class="editor">
            <Form problems=sending.problems on=send label=t!("session")>
                <section class="card editor-section" aria-label=t!("section-basics")>
                    <h2>{t!("section-basics")}</h2>
                    <TextField label=t!("title") name="title" value=fields.title limit=TITLE/>
                    <TextArea label=t!("description") name="description" value=fields.description limit=DESCRIPTION/>
                    <RichTextField
                        label=t!("additional-information")
                        name="additionalInformation"
                        value=fields.additional_information
                        event=event
                        limit=ADDITIONAL_INFORMATION
                        placeholder=t!("additional-information-placeholder")
                        hint=t!("additional-information-hint")
                    />
                    <TagField tags=fields.tags/>
                </section>
                <section class="card editor-section" aria-label=t!("section-display")>
                    <h2>{t!("section-display")}</h2>
                    <SessionPicture value=fields.picture alt=fields.picture_alt/>
                    <Choice legend=t!("display-size") name="displaySize" value=fields.display_size possibilities=sizes/>
                    <TextField label=t!("priority") name="priority" kind="number" value=fields.priority hint=t!("priority-hint")/>
                </section>
                <section class="card editor-section" aria-label=t!("section-access")>
                    <h2>{t!("section-access")}</h2>
                    <AccessSection watch=fields.watch_access tickets=fields.tickets share=fields.share_access new/>
                    <TextField label=t!("max-participants") name="maxParticipants" kind="number" value=fields.max_participants hint=t!("max-participants-hint")/>
                </section>
                <section class="card editor-section" aria-label=t!("section-video")>
                    <h2>{t!("section-video")}</h2>
                    <Switch label=t!("youtube-sharing") hint=t!("youtube-sharing-hint") name="youtubeSharing" value=fields.youtube_sharing/>
                    {recordable.then(|| view! { <Switch label=t!("record") hint=t!("record-hint") name="record" value=fields.record/> })}
                </section>
                <SchedulingSection value=fields.scheduling session unlink/>
                <div class="savebar">
                    <ChangedByBoth fields=draft.changed_by_both() take=move |field: Field| draft.take_theirs(field)/>
                    <SubmitButton label busy=sending.busy/>
                    <Show when=move || unsaved.get()>
                        <Button label=t!("discard") on=move |()| draft.discard()/>
                        <span class="muted" role="status">{t!("unsaved")}</span>
                    </Show>
                </div>
            </Form>
            <aside class="editor-preview" aria-label=t!("preview")>
                <p class="muted small">{t!("preview-hint")}</p>
                <Card face/>
                <Show when=move || inside.with(Option::is_some)>
                    <p class="notice"><span class="badge live">{t!("live-now")}</span>{move || inside.get().map(|room| people_inside(&room))}</p>
                </Show>
            </aside>
        </div>
    }
}
