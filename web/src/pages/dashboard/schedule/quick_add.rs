//! A new segment in one line: name, start, length, type, and the address of a link. Enter adds it, and the next one starts
//! where it ends (F7).

mod line;

use super::adding::Adding;
use super::plan::Plan;
use super::words;
use crate::api::DateTime;
use crate::api::segment::SegmentKind;
use crate::components::{Button, Glyph, Icon, SubmitButton};
use crate::drafts;
use crate::pages::event::CurrentEvent;
use crate::state::form;
use crate::state::schedule::days::Day;
use crate::state::segment_form::{NAME, Typed};
use crate::state::zoned;
use crate::{t, text};
use leptos::html::Input;
use leptos::prelude::*;
use line::{Line, Quick};

/// One of the fields of the line with this key.
pub fn field_id(key: &str, name: &str) -> String {
    format!("quick-{key}-{name}")
}

#[component]
pub fn QuickAdd(
    day: Day,
    /// Tells its fields from those of other lines.
    #[prop(into)]
    key: String,
    #[prop(default = None)] at: Option<DateTime>,
    #[prop(optional, into)] done: Option<Callback<()>>,
) -> impl IntoView {
    let (plan, adding): (Plan, Adding) = (expect_context(), expect_context());
    let current: CurrentEvent = expect_context();
    let event_id = current.event.with_untracked(|event| event.id.clone());
    let draft = format!("segment.quick.{}.{key}", event_id.inner());
    let quick = Quick {
        plan,
        day,
        at,
        line: RwSignal::new(Line::default()),
        key: StoredValue::new(draft.clone()),
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
    };
    let line = quick.line;
    drafts::keep(&draft, Line::default, move || line.get(), move |left: drafts::Left<Line>| line.set(left.typed));
    if at.is_some() {
        // Where it begins was just chosen; what else was typed before is still there.
        line.update(|line| line.start = None);
    }
    let name = NodeRef::<Input>::new();
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let added = move || match (done, name.try_get_untracked().flatten()) {
            (Some(done), _) => _ = done.try_run(()),
            // A field that is gone leaves the focus where it is.
            (None, Some(field)) => _ = field.focus(),
            (None, None) => {}
        };
        quick.send(event_id.clone(), added);
    };
    let more = move |()| {
        let Line { name, kind, url, .. } = line.get_untracked();
        let span = untrack(|| quick.span()).ok();
        let field = |at: DateTime| zoned::to_field(at, plan.offset());
        let times = span.map(|span| (field(span.starts), field(span.ends))).unwrap_or_default();
        let meant = span.map(|span| span.starts);
        adding.whole(Some(Typed { name, kind, url, meant, ..Typed::empty(times.0, times.1) }));
        line.set(Line::default());
    };
    view! {
        <form class="quick-add" novalidate aria-label=move || text!("add-on", day = words::short_day(plan, day)) on:submit=add>
            <Fields quick key name/>
            <div class="quick-actions">
                <SubmitButton label=t!("add") icon=Glyph::Add busy=quick.busy/>
                <Button label=t!("more-fields") on=more/>
            </div>
            {move || quick.problem.get().map(|(_, text)| view! {
                <p class="problem" role="alert"><Icon glyph=Glyph::Error/>{text}</p>
            })}
        </form>
    }
}

#[component]
fn Fields(quick: Quick, key: String, name: NodeRef<Input>) -> impl IntoView {
    let Quick { line, problem, .. } = quick;
    let id = |field: &str| field_id(&key, field);
    let wrong = move |field: &'static str| {
        move || problem.with(|problem| problem.as_ref().is_some_and(|(own, _)| *own == field)).then_some("true")
    };
    let named = wrong("name");
    let wrong_name = move || {
        let over = line.with(|line| form::over(&line.name, NAME).is_some());
        named().or(over.then_some("true"))
    };
    let typed = move |change: fn(&mut Line, String)| {
        move |event: leptos::ev::Event| {
            problem.set(None);
            line.update(|line| change(line, event_target_value(&event)));
        }
    };
    let link = Memo::new(move |_| line.with(|line| line.kind == SegmentKind::ExternalLink));
    let url = StoredValue::new(id("url"));
    let options = words::KINDS.map(|kind| {
        let selected = move || line.with(|line| line.kind == kind);
        view! { <option value=words::kind_name(kind) selected=selected>{move || words::kind(kind)}</option> }
    });
    view! {
        <div class="field quick-name">
            <label for=id("name")>{t!("name")}</label>
            <input
                id=id("name")
                node_ref=name
                type="text"
                autocomplete="off"
                prop:value=move || line.with(|line| line.name.clone())
                aria-invalid=wrong_name
                on:input=typed(|line, text| line.name = text)
            />
        </div>
        <div class="field">
            <label for=id("start")>{t!("start")}</label>
            <input
                id=id("start")
                type="time"
                prop:value=move || quick.start()
                aria-invalid=wrong("start")
                on:input=typed(|line, text| line.start = Some(text))
            />
        </div>
        <div class="field">
            <label for=id("minutes")>{t!("minutes")}</label>
            <input
                id=id("minutes")
                type="number"
                min="5"
                step="5"
                prop:value=move || line.with(|line| line.minutes.clone())
                aria-invalid=wrong("minutes")
                on:input=typed(|line, text| line.minutes = text)
            />
        </div>
        <div class="field">
            <label for=id("kind")>{t!("type")}</label>
            <select id=id("kind") on:change=typed(|line, text| line.kind = words::kind_named(&text))>{options.collect_view()}</select>
        </div>
        <Show when=move || link.get()>
            <div class="field quick-url">
                <label for=url.get_value()>{t!("link-address")}</label>
                <input
                    id=url.get_value()
                    type="url"
                    autocomplete="off"
                    prop:value=move || line.with(|line| line.url.clone())
                    aria-invalid=wrong("url")
                    on:input=typed(|line, text| line.url = text)
                />
            </div>
        </Show>
    }
}
