//! Dashboard › Venue controls: for how long sessions are shown around their segments (A5), what attendees may do (A6), and for how
//! long messages and recordings are kept (A8).

mod shortening;

use super::changed_by_both::{ChangedByBoth, switched};
use super::draft::{Draft, FormFields};
use crate::api::event::{EventIdVariables, SlugVariables};
use crate::api::event_settings::{
    EventSettings, Settings, SettingsChanged, UpdateSettings, UpdateSettingsInput, UpdateSettingsVariables,
};
use crate::api::live::Live;
use crate::api::query::Query;
use crate::api::{Failure, fetch};
use crate::components::{Button, Choice, Form, Possibility, Skeleton, SubmitButton, Switch, TextField, use_toasts};
use crate::drafts;
use crate::leaving::ask_before_leaving;
use crate::pages::event::CurrentEvent;
use crate::pages::gate::Failed;
use crate::pages::not_found::NotFound;
use crate::pages::submit::page_title;
use crate::state::Loaded;
use crate::state::form::Field;
use crate::state::saving::{self, Base, Outcome};
use crate::state::settings_form::{Shorter, Typed};
use crate::{t, text};
use cynic::{MutationBuilder, QueryBuilder, SubscriptionBuilder};
use leptos::prelude::*;
use shortening::{Shortening, ShorteningDialog};

#[component]
pub fn VenueControls() -> impl IntoView {
    page_title(|| text!("venue-controls"));
    let current: CurrentEvent = expect_context();
    let query = Query::new(
        move || current.slug(),
        |slug| async move { fetch::send(EventSettings::build(SlugVariables { slug })).await.map(|answer| answer.event) },
    );
    #[derive(Clone, PartialEq)]
    enum Shown {
        Waiting,
        Failed(Failure),
        Nothing,
        Form,
    }
    // The form is made once: a later answer must not take away what is typed in it.
    let shown = Memo::new(move |before: Option<&Shown>| {
        query.value.with(|value| match value {
            _ if before == Some(&Shown::Form) => Shown::Form,
            Loaded::Waiting => Shown::Waiting,
            Loaded::Failed(failure) => Shown::Failed(failure.clone()),
            Loaded::Here(None) => Shown::Nothing,
            Loaded::Here(Some(_)) => Shown::Form,
        })
    });
    view! {
        <div class="page-head"><h1>{t!("venue-controls")}</h1></div>
        {move || match shown.get() {
            Shown::Waiting => view! { <Skeleton shape="tall"/> }.into_any(),
            Shown::Failed(failure) => view! { <Failed failure again=move |()| query.reload()/> }.into_any(),
            Shown::Nothing => view! { <NotFound/> }.into_any(),
            Shown::Form => {
                let first = query.value.with_untracked(|value| value.here().cloned().flatten());
                first.map(|first| view! { <Controls first query/> }).into_any()
            }
        }}
    }
}

/// A signal for each field.
#[derive(Clone, Copy)]
struct Fields {
    before: RwSignal<String>,
    after: RwSignal<String>,
    attendees_create: RwSignal<bool>,
    people_visible: RwSignal<bool>,
    agenda_enabled: RwSignal<bool>,
    chat: Kept,
    recordings: Kept,
}

/// For how long something is kept.
#[derive(Clone, Copy)]
struct Kept {
    for_ever: RwSignal<bool>,
    /// What is typed in it stays while it is kept for ever.
    days: RwSignal<String>,
}

impl Kept {
    fn of(days: Option<String>) -> Self {
        Self { for_ever: RwSignal::new(days.is_none()), days: RwSignal::new(days.unwrap_or_default()) }
    }

    fn typed(self) -> Option<String> {
        (!self.for_ever.get()).then(|| self.days.get())
    }

    fn set(self, days: Option<String>) {
        self.for_ever.set(days.is_none());
        if let Some(days) = days {
            self.days.set(days);
        }
    }
}

impl Fields {
    fn of(typed: Typed) -> Self {
        Self {
            before: RwSignal::new(typed.before),
            after: RwSignal::new(typed.after),
            attendees_create: RwSignal::new(typed.attendees_create),
            people_visible: RwSignal::new(typed.people_visible),
            agenda_enabled: RwSignal::new(typed.agenda_enabled),
            chat: Kept::of(typed.chat_days),
            recordings: Kept::of(typed.recording_days),
        }
    }
}

impl FormFields for Fields {
    type Typed = Typed;

    fn typed(self) -> Typed {
        Typed {
            before: self.before.get(),
            after: self.after.get(),
            attendees_create: self.attendees_create.get(),
            people_visible: self.people_visible.get(),
            agenda_enabled: self.agenda_enabled.get(),
            chat_days: self.chat.typed(),
            recording_days: self.recordings.typed(),
        }
    }

    fn set(self, typed: Typed) {
        self.before.set(typed.before);
        self.after.set(typed.after);
        self.attendees_create.set(typed.attendees_create);
        self.people_visible.set(typed.people_visible);
        self.agenda_enabled.set(typed.agenda_enabled);
        self.chat.set(typed.chat_days);
        self.recordings.set(typed.recording_days);
    }

    fn field_name(field: Field) -> String {
        match field {
            "beforeMinutes" => text!("before-minutes"),
            "afterMinutes" => text!("after-minutes"),
            "attendeesCreateSessions" => text!("attendees-create"),
            "peopleVisible" => text!("people-visible"),
            "chatRetentionDays" => text!("keep-chat"),
            "recordingRetentionDays" => text!("keep-recordings"),
            _ => text!("agenda-enabled"),
        }
    }

    fn field_text(field: Field, typed: &Typed) -> String {
        let days = |days: &Option<String>| match days {
            Some(days) => text!("theirs-days", count = days.parse::<i32>().unwrap_or_default()),
            None => text!("keep-chat-for-ever"),
        };
        match field {
            "beforeMinutes" => typed.before.clone(),
            "afterMinutes" => typed.after.clone(),
            "attendeesCreateSessions" => switched(typed.attendees_create),
            "peopleVisible" => switched(typed.people_visible),
            "chatRetentionDays" => days(&typed.chat_days),
            "recordingRetentionDays" => days(&typed.recording_days),
            _ => switched(typed.agenda_enabled),
        }
    }
}

/// Takes a newer copy; an older one that comes late changes nothing.
fn take(now: RwSignal<Settings>, settings: Settings) {
    now.try_update(|known| {
        if known.version <= settings.version {
            *known = settings;
        }
    });
}

/// The settings as they are now, from pushed changes and from what is fetched after a reconnect.
fn followed(first: Settings, query: Query<Option<Settings>>) -> RwSignal<Settings> {
    let now = RwSignal::new(first);
    Effect::new(move |_| {
        if let Some(settings) = query.value.with(|value| value.here().cloned().flatten()) {
            take(now, settings);
        }
    });
    let live: Live = expect_context();
    let event_id = now.with_untracked(|settings| settings.id.clone());
    let operation = SettingsChanged::build(EventIdVariables { event_id });
    let changes = live.subscribe(&operation, move |change: Result<SettingsChanged, Failure>| {
        if let Ok(change) = change {
            take(now, change.event_changed);
        }
    });
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
    now
}

fn base_of(settings: &Settings) -> Base<Typed> {
    Base { typed: Typed::of(settings), version: settings.version }
}

/// Saves what was typed, on top of what others save meanwhile. A former address leads to the event as well.
async fn save(id: cynic::Id, slug: String, typed: Typed, base: Base<Typed>) -> Result<Outcome<Settings>, Failure> {
    let send = |typed: &Typed, base: &Base<Typed>| {
        let version = Some(base.version);
        let input = typed.update(id.clone(), &base.typed);
        send_input(input.map(|input| UpdateSettingsInput { version, ..input }))
    };
    saving::save(typed, base, send, || read(slug.clone()), base_of).await
}

async fn send_input(input: Result<UpdateSettingsInput, Failure>) -> Result<Settings, Failure> {
    let answer = fetch::send(UpdateSettings::build(UpdateSettingsVariables { input: input? })).await?;
    Ok(answer.update_event.event)
}

async fn read(slug: String) -> Result<Settings, Failure> {
    let answer = fetch::send(EventSettings::build(SlugVariables { slug })).await?;
    answer.event.ok_or_else(Failure::gone)
}

#[component]
fn Controls(first: Settings, query: Query<Option<Settings>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let id = first.id.clone();
    let key = format!("controls.{}", id.inner());
    let draft = Draft::new(Fields::of(Typed::of(&first)), base_of(&first), &key);
    let (fields, sending) = (draft.fields, draft.sending);
    let now = followed(first, query);
    Effect::new(move |_| draft.take_over(now.with(base_of)));
    let unsaved = Memo::new(move |_| draft.is_unsaved());
    ask_before_leaving(unsaved);
    let toasts = use_toasts();
    let shortening = Shortening::default();
    let send = Callback::new(move |asked: bool| {
        let (typed, base) = (untrack(|| draft.typed()), draft.base());
        let input = match typed.update(id.clone(), &base.typed) {
            Ok(input) => input,
            Err(failure) => return sending.problems.set(failure),
        };
        let shorter = Shorter::of(&input, &base.typed);
        if !asked && shorter != Shorter::default() {
            return shortening.ask(shorter);
        }
        let (key, began) = (key.clone(), base.typed.clone());
        let request = save(id.clone(), current.slug(), typed.clone(), base);
        sending.send(request, move |outcome| {
            let left = sending.is_left();
            match outcome {
                Outcome::Saved(settings) => {
                    toasts.good(text!("saved"));
                    if left {
                        return drafts::settle(&key, typed);
                    }
                    draft.settle(&began, &typed, base_of(&settings));
                    take(now, settings);
                }
                // What was typed is still there when the page is opened again.
                Outcome::Met(_) if left => return toasts.bad(text!("failure-conflict")),
                Outcome::Met(settings) => take(now, settings),
            }
            // Also of what somebody saved after that, which may have been told of first.
            draft.take_over(now.with_untracked(base_of));
        });
    });
    view! {
        <Form problems=sending.problems on=move |()| send.run(false) label=t!("venue-controls")>
            <section class="card editor-section" aria-label=t!("sessions-display")>
                <h2>{t!("sessions-display")}</h2>
                <p class="muted">{t!("sessions-display-text")}</p>
                <div class="row-fields">
                    <TextField label=t!("before-minutes") name="beforeMinutes" kind="number" value=fields.before hint=t!("before-minutes-hint")/>
                    <TextField label=t!("after-minutes") name="afterMinutes" kind="number" value=fields.after hint=t!("after-minutes-hint")/>
                </div>
            </section>
            <section class="card editor-section" aria-label=t!("what-attendees-may")>
                <h2>{t!("what-attendees-may")}</h2>
                <Switch label=t!("attendees-create") hint=t!("attendees-create-hint") name="attendeesCreateSessions" value=fields.attendees_create/>
                <Switch label=t!("people-visible") hint=t!("people-visible-hint") name="peopleVisible" value=fields.people_visible/>
                <Switch label=t!("agenda-enabled") hint=t!("agenda-enabled-hint") name="agendaEnabled" value=fields.agenda_enabled/>
            </section>
            <Keeping
                title=t!("chat")
                legend=t!("keep-chat")
                name="keepChat"
                kept=fields.chat
                for_ever_hint=t!("keep-chat-for-ever-hint")
                some_days_hint=t!("keep-chat-days-hint")
                days="chatRetentionDays"
                days_hint=t!("chat-days-hint")
            />
            <Keeping
                title=t!("recordings")
                legend=t!("keep-recordings")
                name="keepRecordings"
                kept=fields.recordings
                for_ever_hint=t!("keep-recordings-for-ever-hint")
                some_days_hint=t!("keep-recordings-days-hint")
                days="recordingRetentionDays"
                days_hint=t!("recording-days-hint")
            />
            <div class="savebar">
                <ChangedByBoth fields=draft.changed_by_both() take=move |field: Field| draft.take_theirs(field)/>
                <SubmitButton label=t!("save") busy=sending.busy/>
                <Show when=move || unsaved.get()>
                    <Button label=t!("discard") on=move |()| draft.discard()/>
                    <span class="muted" role="status">{t!("unsaved")}</span>
                </Show>
            </div>
        </Form>
        <ShorteningDialog shortening save=move |()| send.run(true)/>
    }
}

/// For how long one kind of thing is kept (A8).
#[component]
fn Keeping(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] legend: Signal<String>,
    name: &'static str,
    kept: Kept,
    #[prop(into)] for_ever_hint: Signal<String>,
    #[prop(into)] some_days_hint: Signal<String>,
    /// The number of days, as the API names it.
    days: &'static str,
    #[prop(into)] days_hint: Signal<String>,
) -> impl IntoView {
    view! {
        <section class="card editor-section" aria-label=title>
            <h2>{title}</h2>
            <Choice
                legend
                name
                value=kept.for_ever
                possibilities=vec![
                    Possibility { value: true, label: t!("keep-chat-for-ever"), hint: for_ever_hint },
                    Possibility { value: false, label: t!("keep-chat-days"), hint: some_days_hint },
                ]
            />
            <Show when=move || !kept.for_ever.get()>
                <TextField label=t!("chat-days") name=days kind="number" value=kept.days hint=days_hint/>
            </Show>
        </section>
    }
}
