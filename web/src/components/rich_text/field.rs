//! The field in which rich text is written: a toolbar, the text as readers will see it, a counter.

use super::shim::{Editor, Settings, State, Told};
use super::toolbar::Toolbar;
use crate::components::field::{Counter, FieldNote, FormProblems, own_problem};
use crate::components::{Button, Glyph, Skeleton, use_toasts};
use crate::{t, text};
use leptos::prelude::*;

/// What the field's parts share.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    editor: StoredValue<Option<Editor>, LocalStorage>,
    pub state: RwSignal<State>,
    pub busy: RwSignal<u32>,
}

impl Writing {
    /// Whether it could be done.
    pub fn run(self, command: &str, value: &str) -> bool {
        self.editor.try_with_value(|editor| editor.as_ref().is_some_and(|editor| editor.run(command, value)))
            == Some(true)
    }

    pub fn with(self, act: impl FnOnce(&Editor)) {
        self.editor.try_with_value(|editor| editor.as_ref().map(act));
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Loading,
    Ready,
    Failed,
}

/// `value` is the HTML; `event` is whose pictures are uploaded into it. `name` as with other fields.
#[component]
pub fn RichTextField(
    #[prop(into)] label: Signal<String>,
    name: &'static str,
    value: RwSignal<String>,
    event: String,
    limit: usize,
    #[prop(into)] placeholder: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
) -> impl IntoView {
    let problems = use_context::<FormProblems>().unwrap_or_default();
    let problem = own_problem(problems.of(name), value, Some(limit));
    let writing = Writing { editor: StoredValue::new_local(None), state: RwSignal::default(), busy: RwSignal::new(0) };
    let phase = RwSignal::new(Phase::Loading);
    let toasts = use_toasts();
    let told = move |what| match what {
        Told::Ready => _ = phase.try_set(Phase::Ready),
        Told::Failed => _ = phase.try_set(Phase::Failed),
        Told::Changed(html) => {
            problems.clear_field(name);
            value.try_set(html);
        }
        Told::State(state) => _ = writing.state.try_set(state),
        Told::Busy(count) => _ = writing.busy.try_set(count),
        Told::Problem(kind) => toasts.bad(untrack(|| why_no_picture(&kind))),
    };
    let label_id = format!("{name}-label");
    let note_id = format!("{name}-note");
    let place = NodeRef::<leptos::html::Div>::new();
    let labelled = label_id.clone();
    let start = move || {
        let Some(place) = place.get_untracked() else { return };
        phase.set(Phase::Loading);
        let placeholder = placeholder.get_untracked();
        let settings = Settings { label: &labelled, note: &note_id, placeholder: &placeholder, event: &event };
        let editor = Editor::new(&place, &value.get_untracked(), &settings, told);
        writing.editor.set_value(Some(editor));
    };
    let again = start.clone();
    Effect::new(move |_| {
        if place.get().is_some() {
            start();
        }
    });
    Effect::new(move |_| {
        let html = value.get();
        writing.with(|editor| editor.set(&html));
    });
    Effect::new(move |_| {
        let (wrong, _) = (problem.get().is_some(), phase.get());
        writing.with(|editor| editor.mark(wrong));
    });
    on_cleanup(move || writing.editor.try_update_value(|editor| drop(editor.take())).unwrap_or_default());
    let ready = move || phase.get() == Phase::Ready;
    view! {
        <div class="field">
            <div class="field-head">
                <span id=label_id on:click=move |_| writing.with(Editor::focus)>{label}</span>
                <Counter value limit/>
            </div>
            <div class="rich-field" class:loading=move || !ready()>
                <Show when=ready><Toolbar writing name/></Show>
                <Show when=move || phase.get() == Phase::Loading><Skeleton shape="rich-skeleton"/></Show>
                <div node_ref=place class="rich-place"></div>
                {move || (phase.get() == Phase::Failed).then(|| {
                    let again = again.clone();
                    view! {
                        <div class="notice bad" role="alert">
                            <p>{t!("rich-failed")}</p>
                            <Button label=t!("try-again") icon=Glyph::Reload on=move |()| again()/>
                        </div>
                    }
                })}
            </div>
            <FieldNote name hint problem/>
        </div>
    }
}

fn why_no_picture(kind: &str) -> String {
    match kind {
        "linked" => text!("rich-picture-linked"),
        "type" => text!("rich-picture-type"),
        "size" => text!("rich-picture-size"),
        "offline" => text!("failure-offline"),
        _ => text!("rich-picture-refused"),
    }
}
