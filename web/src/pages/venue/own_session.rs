//! "Create session": attendees open a room of their own while the event is live and allows it, and are led into it (N1).

use crate::api::event::EventState;
use crate::api::own_session::{CreateOwnSession, CreateOwnSessionInput, CreateOwnSessionVariables};
use crate::api::picture::Picture;
use crate::api::session::SessionChange;
use crate::api::{Code, Failure, Problem, ProblemCode, fetch};
use crate::areas::OwnSessionArea;
use crate::components::{
    Button, Choice, Dialog, Form, Glyph, PictureField, Possibility, SubmitButton, TextArea, TextField, use_toasts,
};
use crate::drafts;
use crate::pages::event::{CurrentEvent, Programme};
use crate::pages::submit::Sending;
use crate::state::form::{DESCRIPTION, TITLE};
use crate::{t, text};
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

/// What is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Typed {
    title: String,
    description: String,
    moderated: bool,
    max_participants: String,
    /// What an older page kept of a draft has none.
    #[serde(default)]
    picture: Option<Picture>,
    #[serde(default)]
    picture_alt: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            moderated: false,
            max_participants: "50".into(),
            picture: None,
            picture_alt: String::new(),
        }
    }
}

impl Typed {
    fn create(self, event_id: cynic::Id) -> Result<CreateOwnSessionInput, Failure> {
        let max_participants = self.max_participants.trim().parse().map_err(|_no_number| {
            let problem = Problem::found("maxParticipants", ProblemCode::OutOfRange);
            Failure::Refused { code: Code::InvalidInput, problems: vec![problem] }
        })?;
        Ok(CreateOwnSessionInput {
            event_id,
            title: self.title,
            description: Some(self.description),
            moderated: self.moderated,
            max_participants: Some(max_participants),
            picture_id: self.picture.map(|picture| picture.id),
            picture_alt: Some(self.picture_alt),
        })
    }
}

/// The fields of the form.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    description: RwSignal<String>,
    moderated: RwSignal<bool>,
    max_participants: RwSignal<String>,
    picture: RwSignal<Option<Picture>>,
    picture_alt: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let Typed { title, description, moderated, max_participants, picture, picture_alt } = Typed::default();
        Self {
            title: RwSignal::new(title),
            description: RwSignal::new(description),
            moderated: RwSignal::new(moderated),
            max_participants: RwSignal::new(max_participants),
            picture: RwSignal::new(picture),
            picture_alt: RwSignal::new(picture_alt),
        }
    }

    fn typed(self) -> Typed {
        Typed {
            title: self.title.get(),
            description: self.description.get(),
            moderated: self.moderated.get(),
            max_participants: self.max_participants.get(),
            picture: self.picture.get(),
            picture_alt: self.picture_alt.get(),
        }
    }

    fn fill(self, typed: Typed) {
        self.title.set(typed.title);
        self.description.set(typed.description);
        self.moderated.set(typed.moderated);
        self.max_participants.set(typed.max_participants);
        self.picture.set(typed.picture);
        self.picture_alt.set(typed.picture_alt);
    }
}

/// The way to the form; nothing where it is not allowed. Organizers add sessions in the dashboard.
#[component]
pub fn OwnSession() -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let allowed = Memo::new(move |_| {
        current.event.with(|event| {
            event.attendees_create_sessions && event.state == EventState::Live && !event.viewer_is_organizer
        })
    });
    let open = RwSignal::new(false);
    provide_context(Opened(open));
    view! {
        <Show when=move || allowed.get()>
            <Button label=t!("create-session") icon=Glyph::Add on=move |()| open.set(true)/>
        </Show>
        <Dialog title=t!("create-session") open><OwnSessionArea/></Dialog>
    }
}

/// Whether the form is open, for the area that it is in.
#[derive(Clone, Copy)]
struct Opened(RwSignal<bool>);

#[component]
pub fn OwnSessionForm() -> impl IntoView {
    let Opened(open) = expect_context();
    let (current, programme): (CurrentEvent, Programme) = (expect_context(), expect_context());
    let (sending, navigate, toasts) = (Sending::default(), use_navigate(), use_toasts());
    let fields = Fields::new();
    let typed = move || fields.typed();
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let draft = format!("session.own.{}", event_id.inner());
    drafts::keep(&draft, Typed::default, typed, move |left: drafts::Left<Typed>| fields.fill(left.typed));
    let address = format!("/events/{}/pictures", event_id.inner());
    let send = move |()| {
        let input = match untrack(typed).create(event_id.clone()) {
            Ok(input) => input,
            Err(failure) => return sending.problems.set(failure),
        };
        let (navigate, sent, key) = (navigate.clone(), untrack(typed), draft.clone());
        sending.send(fetch::send(CreateOwnSession::build(CreateOwnSessionVariables { input })), move |answer| {
            let session = answer.create_own_session.session;
            let (id, title) = (session.bare_id().to_owned(), session.title.clone());
            programme.apply(SessionChange::now(session));
            if sending.is_left() {
                // The form was closed meanwhile: the room is there, and who closed it is not led into it.
                toasts.good(text!("own-session-created", title = text::name(&title)));
                return drafts::settle(&key, sent);
            }
            let to = format!("/e/{}/sessions/{id}", untrack(|| current.slug()));
            fields.fill(Typed::default());
            open.set(false);
            navigate(&to, NavigateOptions::default());
        });
    };
    let modes = vec![
        Possibility { value: false, label: t!("own-open"), hint: t!("own-open-hint") },
        Possibility { value: true, label: t!("own-moderated"), hint: t!("own-moderated-hint") },
    ];
    view! {
        <Form problems=sending.problems on=send label=t!("create-session")>
            <p class="muted">{t!("create-session-text")}</p>
            <TextField label=t!("title") name="title" value=fields.title limit=TITLE/>
            <TextArea label=t!("description") name="description" value=fields.description limit=DESCRIPTION/>
            <PictureField label=t!("picture") hint=t!("picture-hint") value=fields.picture address alt=fields.picture_alt/>
            <Choice legend=t!("own-mode") name="moderated" value=fields.moderated possibilities=modes/>
            <TextField label=t!("max-participants") name="maxParticipants" kind="number" value=fields.max_participants hint=t!("max-participants-hint")/>
            <div class="form-actions"><SubmitButton label=t!("create-session") busy=sending.busy/></div>
        </Form>
    }
}
