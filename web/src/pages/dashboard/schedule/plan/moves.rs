//! Segments that are moved: shown where they go at once, saved a moment later or as the page is left (F7).

use super::Plan;
use crate::api::segment::{Segment, SegmentChange, UpdateSegment, UpdateSegmentInput, UpdateSegmentVariables};
use crate::api::{Failure, fetch};
use crate::state::schedule::Span;
use crate::state::segment_form::wire;
use crate::text;
use cynic::MutationBuilder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Milliseconds without another key after which a segment that was moved by keyboard is saved.
const REST_MS: u32 = 700;

impl Plan {
    /// Where a segment is shown: where it is, or where it was moved to and is not saved yet.
    pub fn span(self, segment: &Segment) -> Span {
        self.shifted.with(|shifted| shifted.get(segment.id.inner()).copied()).unwrap_or(segment.span())
    }

    /// Shows a segment somewhere else, without saving that.
    pub fn shift(self, id: &str, span: Span) {
        self.shifted.update(|shifted| _ = shifted.insert(id.to_owned(), span));
    }

    /// Shows a segment where it is.
    pub fn put_back(self, id: &str) {
        self.turns.update_value(|turns| *turns.entry(id.to_owned()).or_default() += 1);
        self.shifted.update(|shifted| _ = shifted.remove(id));
    }

    pub fn is_shifted(self, id: &str) -> bool {
        self.shifted.with(|shifted| shifted.contains_key(id))
    }

    /// Saves where a segment was moved to, once no other key follows.
    pub fn save_soon(self, id: String) {
        let turn = self.turns.try_update_value(|turns| {
            let turn = turns.entry(id.clone()).or_default();
            *turn += 1;
            *turn
        });
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(REST_MS).await;
            if self.turns.try_with_value(|turns| turns.get(&id).copied()).flatten() == turn {
                self.save(id).await;
            }
        });
    }

    /// Saves where a segment was moved to. What was moved on meanwhile is saved after it.
    pub async fn save(self, id: String) {
        if self.flying.try_with_value(|flying| flying.contains_key(&id)) != Some(false) {
            return;
        }
        while let Some((segment, span)) = self.unsaved(&id) {
            self.flying.try_update_value(|flying| _ = flying.insert(id.clone(), span));
            let answer = fetch::send(moving(&segment, span, Some(segment.version))).await;
            let refused = answer.as_ref().is_err();
            match answer {
                Ok(answer) => self.apply(SegmentChange::now(answer.update_segment.segment)),
                Err(failure) => self.refused(&segment, span, &failure),
            }
            self.shifted.try_update(|shifted| {
                if refused || shifted.get(&id) == Some(&span) {
                    shifted.remove(&id);
                }
            });
        }
        self.flying.try_update_value(|flying| _ = flying.remove(&id));
    }

    fn unsaved(self, id: &str) -> Option<(Arc<Segment>, Span)> {
        let span = self.shifted.try_with_untracked(|shifted| shifted.get(id).copied()).flatten()?;
        let segment = self.segments.try_with_untracked(|all| all.here()?.find(id).cloned()).flatten()?;
        Some((segment, span))
    }

    /// What was moved and is not saved yet goes out as the page is left; a tab that closes meanwhile asks first.
    pub(super) fn save_before_leaving(self) {
        let closing = window_event_listener(leptos::ev::beforeunload, move |event| {
            let ids = self.shifted.try_with_untracked(|shifted| shifted.keys().cloned().collect::<Vec<_>>());
            // What somebody else deleted meanwhile is nowhere.
            for id in ids.unwrap_or_default().into_iter().filter(|id| self.unsaved(id).is_some()) {
                event.prevent_default();
                spawn_local(self.save(id));
            }
        });
        on_cleanup(move || {
            closing.remove();
            let left = self.shifted.try_update(std::mem::take).unwrap_or_default();
            left.into_iter().for_each(|(id, span)| self.save_without_page(&id, span));
        });
    }

    /// Nothing of the page is there any more when the answer comes, except for its messages.
    fn save_without_page(self, id: &str, span: Span) {
        let flying = self.flying.try_with_value(|flying| flying.get(id).copied()).flatten();
        let segment = self.segments.try_with_untracked(|all| all.here()?.find(id).cloned()).flatten();
        let Some(segment) = segment.filter(|_| flying != Some(span)) else { return };
        // What is on its way already makes it a newer one than is known here.
        let version = flying.is_none().then_some(segment.version);
        spawn_local(async move {
            if let Err(failure) = fetch::send(moving(&segment, span, version)).await {
                self.refused(&segment, span, &failure);
            }
        });
    }

    /// Says why a segment is where it was.
    fn refused(self, segment: &Segment, span: Span, failure: &Failure) {
        let reason = untrack(|| self.reason(Some(segment), (&segment.name, segment.kind, Some(span)), failure));
        if self.said.try_set(text::plain(&reason)).is_some() {
            return self.not_saved(&segment.name, &reason);
        }
        self.toasts.bad(reason);
    }
}

/// Moves a segment; `version` is the one that was moved, so that nobody's newer move is undone by it.
fn moving(
    segment: &Segment,
    span: Span,
    version: Option<i32>,
) -> cynic::Operation<UpdateSegment, UpdateSegmentVariables> {
    let input = UpdateSegmentInput {
        id: segment.id.clone(),
        version,
        starts_at: Some(wire(span.starts)),
        ends_at: Some(wire(span.ends)),
        name: None,
        description: None,
        kind: None,
        url: None,
        tags: None,
        speaker_ids: None,
        session_ids: None,
        published: None,
    };
    UpdateSegment::build(UpdateSegmentVariables { input })
}
