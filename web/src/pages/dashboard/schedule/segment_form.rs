//! The form of a segment, in front of the schedule: everything about it (F4). Nothing typed is lost, and what another
//! organizer saves meanwhile shows.

use super::Looking;
use super::adding::Adding;
use super::deleting::Deleting;
use super::plan::Plan;
use super::segment_draft::{Draft, Sent, add, base_of, save, send};
use super::session_picker::SessionPicker;
use super::speaker_picker::SpeakerPicker;
use super::words;
use crate::api::DateTime;
use crate::api::segment::{Segment, SegmentChange, SegmentKind};
use crate::areas::{self, SegmentFormArea};
use crate::components::{Button, Choice, Dialog, Form, Glyph, Icon, Possibility, SubmitButton, TextArea, TextField};
use crate::drafts;
use crate::pages::dashboard::changed_by_both::ChangedByBoth;
use crate::pages::dashboard::tags::TagField;
use crate::pages::event::CurrentEvent;
use crate::state::form::Field;
use crate::state::saving::Base;
use crate::state::segment_form::{DESCRIPTION, NAME, Typed, end_along};
use crate::state::zoned;
use crate::{t, text};
use chrono::TimeDelta;
use leptos::prelude::*;
use std::sync::Arc;

/// Open while the address names a segment.
#[component]
pub fn SegmentDialog() -> impl IntoView {
    let (looking, plan): (Looking, Plan) = (expect_context(), expect_context());
    let open = RwSignal::new(false);
    provide_context(FormOpen(open));
    areas::load_segment_form();
    let id = move || format!("segment:{}", looking.form.get());
    let is_new = Memo::new(move |_| looking.form.with(|form| form == "new"));
    let here = Memo::new(move |known: Option<&bool>| {
        // The form stays while what it is about is deleted by somebody else.
        let loaded = plan.segments.with(|segments| segments.here().is_some_and(|all| all.find(&id()).is_some()));
        let asked = looking.form.with(|form| !form.is_empty());
        asked && (is_new.get() && plan.segments.with(|all| all.here().is_some()) || loaded || known == Some(&true))
    });
    Effect::new(move |_| open.set(here.get()));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            looking.set_form.run(String::new());
        }
        now
    });
    let title = move || if is_new.get() { text!("add-segment") } else { text!("segment") };
    view! {
        <div class="wide-dialog">
            <Dialog title=Signal::derive(title) open>
                <SegmentFormArea/>
            </Dialog>
        </div>
    }
}

/// Whether the form is open, as a context: it closes itself when it is done.
#[derive(Clone, Copy)]
struct FormOpen(RwSignal<bool>);

/// The form of the segment that the address names.
#[component]
pub fn OpenSegment() -> impl IntoView {
    let (looking, plan, FormOpen(open)): (Looking, Plan, FormOpen) =
        (expect_context(), expect_context(), expect_context());
    let form = looking.form.get_untracked();
    if form == "new" {
        return view! { <NewSegment open/> }.into_any();
    }
    let segment = plan.segment(format!("segment:{form}"));
    segment.get_untracked().map(|first| view! { <EditSegment first segment open/> }).into_any()
}

#[component]
fn NewSegment(open: RwSignal<bool>) -> impl IntoView {
    let (plan, adding, current): (Plan, Adding, CurrentEvent) = (expect_context(), expect_context(), expect_context());
    let event = current.event.with_untracked(|event| event.id.clone());
    let field = |at: DateTime| zoned::to_field(at, plan.offset());
    let next = adding.next().map(|(_, at)| at);
    let (starts, ends) = next.map(|at| (field(at), field(at + TimeDelta::minutes(30)))).unwrap_or_default();
    let prefill = adding.take_prefill();
    let key = format!("segment.new.{}", event.inner());
    let empty = Base { typed: Typed { meant: next, ..Typed::empty(starts, ends) }, version: 0 };
    let draft = Draft::new(plan, empty, &key);
    if let Some(Typed { name, kind, url, starts, ends, meant, .. }) = prefill {
        let fields = draft.form.fields;
        if !name.trim().is_empty() {
            fields.name.set(name);
        }
        fields.kind.set(kind);
        if !url.trim().is_empty() {
            fields.url.set(url);
        }
        if !starts.is_empty() {
            fields.starts.set(starts);
            fields.ends.set(ends);
            fields.meant.set(meant);
        }
    }
    let save = move |()| add(draft, key.clone(), event.clone(), move || open.set(false));
    view! { <SegmentForm draft send=save label=t!("add-segment") existing=None/> }
}

#[component]
fn EditSegment(first: Arc<Segment>, segment: Memo<Option<Arc<Segment>>>, open: RwSignal<bool>) -> impl IntoView {
    let (plan, current): (Plan, CurrentEvent) = (expect_context(), expect_context());
    let key = format!("segment.{}", first.id.inner());
    let draft = Draft::new(plan, base_of(&first, plan.offset()), &key);
    // Takes over what others save.
    Effect::new(move |_| {
        if let Some(segment) = segment.get() {
            draft.form.take_over(base_of(&segment, plan.offset()));
        }
    });
    let gone = Memo::new(move |_| segment.with(Option::is_none));
    let event = current.event.with_untracked(|event| event.id.clone());
    let id = first.id.clone();
    let press = move |()| {
        let Some(now) = segment.get_untracked() else {
            return add(draft, key.clone(), event.clone(), move || open.set(false));
        };
        let typed = untrack(|| draft.form.typed());
        let base = draft.form.base();
        // Before sessions become scheduled for it.
        if let Err(failure) = typed.update(id.clone(), &base.typed, plan.offset()) {
            return draft.wrong(failure);
        }
        let began = base.typed.clone();
        let request = save(draft, id.clone(), typed.clone(), base, plan.offset());
        let sent = Sent { own: Some(now), span: typed.span(plan.offset()), typed, key: key.clone() };
        send(draft, sent, request, move |sent, saved| {
            plan.apply(SegmentChange::now(saved.clone()));
            plan.good(text!("saved"));
            if draft.form.sending.is_left() {
                return drafts::settle(&sent.key, sent.typed);
            }
            draft.form.settle(&began, &sent.typed, base_of(&saved, plan.offset()));
            // Also of what somebody saved after that, which may have been told of first.
            if let Some(segment) = segment.get_untracked() {
                draft.form.take_over(base_of(&segment, plan.offset()));
            }
            if !untrack(|| draft.form.is_unsaved()) {
                open.set(false);
            }
        });
    };
    let label = Signal::derive(move || if gone.get() { text!("add-as-new-segment") } else { text!("save") });
    view! {
        <Show when=move || gone.get()>
            <div class="notice" role="status"><Icon glyph=Glyph::Alert/><p>{t!("segment-deleted-meanwhile")}</p></div>
        </Show>
        <SegmentForm draft send=press label existing=Some(first.id.inner().to_owned())/>
    }
}

#[component]
fn SegmentForm(
    draft: Draft,
    #[prop(into)] send: Callback<()>,
    #[prop(into)] label: Signal<String>,
    /// The id of a segment that is there already.
    existing: Option<String>,
) -> impl IntoView {
    let Draft { plan, form, refused } = draft;
    let (fields, sending) = (form.fields, form.sending);
    let deleting: Deleting = expect_context();
    let unsaved = Memo::new(move |_| form.is_unsaved());
    let hint = Signal::derive(move || text!("in-zone", zone = plan.zone.get().replace('_', " ")));
    let before = StoredValue::new(fields.starts.get_untracked());
    let along = Callback::new(move |starts: String| {
        let moved = fields.ends.with_untracked(|ends| end_along(&before.get_value(), &starts, ends, plan.offset()));
        if let Some(ends) = moved {
            fields.ends.set(ends);
        }
        if !starts.is_empty() {
            before.set_value(starts);
        }
    });
    let states = vec![
        Possibility { value: false, label: t!("draft"), hint: t!("segment-draft-hint") },
        Possibility { value: true, label: t!("published"), hint: t!("segment-published-hint") },
    ];
    let more_tags =
        Signal::derive(move || plan.segments.with(|all| all.here().map(|all| all.tags()).unwrap_or_default()));
    let delete = existing.map(|id| {
        let ask = move |()| deleting.ask(plan, vec![id.clone()]);
        view! { <Button label=t!("delete") icon=Glyph::Trash on=ask/> }
    });
    view! {
        <Form problems=sending.problems on=send label=t!("segment")>
            <TextField label=t!("name") name="segmentName" value=fields.name limit=NAME/>
            <KindField kind=fields.kind/>
            <Show when=move || fields.kind.get() == SegmentKind::ExternalLink>
                <TextField label=t!("link-address") name="segmentUrl" kind="url" value=fields.url hint=t!("link-address-hint")/>
            </Show>
            <div class="row-fields">
                <TextField label=t!("starts") name="segmentStartsAt" kind="datetime-local" value=fields.starts hint on_input=along/>
                <TextField label=t!("ends") name="segmentEndsAt" kind="datetime-local" value=fields.ends/>
            </div>
            {move || refused.get().map(|text| view! {
                <div class="notice bad" role="alert"><Icon glyph=Glyph::Error/><p>{text}</p></div>
            })}
            <TextArea label=t!("description") name="segmentDescription" value=fields.description limit=DESCRIPTION/>
            <Show when=move || fields.kind.get() == SegmentKind::Sessions><SessionPicker chosen=fields.sessions to_schedule=fields.to_schedule/></Show>
            <SpeakerPicker chosen=fields.speakers/>
            <TagField tags=fields.tags more=more_tags/>
            <Choice legend=t!("state") name="segmentPublished" value=fields.published possibilities=states/>
            <div class="savebar">
                <ChangedByBoth fields=form.changed_by_both() take=move |field: Field| form.take_theirs(field)/>
                <SubmitButton label busy=sending.busy/>
                <Show when=move || unsaved.get()><Button label=t!("discard") on=move |()| draft.discard()/></Show>
                {delete}
                <Show when=move || unsaved.get()><span class="muted" role="status">{t!("unsaved")}</span></Show>
            </div>
        </Form>
    }
}

#[component]
fn KindField(kind: RwSignal<SegmentKind>) -> impl IntoView {
    let options = words::KINDS.map(|one| {
        view! { <option value=words::kind_name(one) selected=move || kind.get() == one>{move || words::kind(one)}</option> }
    });
    view! {
        <div class="field">
            <div class="field-head"><label for="kind">{t!("type")}</label></div>
            <select id="kind" on:change=move |event| kind.set(words::kind_named(&event_target_value(&event)))>{options.collect_view()}</select>
        </div>
    }
}
