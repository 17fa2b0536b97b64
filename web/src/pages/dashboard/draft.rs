//! What is typed into a form of something that others change as well: kept over a reload, and met by what they save (B10).

use super::changed_by_both::Both;
use crate::drafts;
use crate::pages::submit::Sending;
use crate::state::form::{Field, Meets};
use crate::state::saving::Base;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The fields of a form: a signal for each.
pub trait FormFields: Copy + Send + Sync + 'static {
    /// What they hold.
    type Typed: Meets + Serialize + DeserializeOwned + Send + Sync + 'static;

    fn typed(self) -> Self::Typed;

    fn set(self, typed: Self::Typed);

    /// A field's name as its label has it.
    fn field_name(field: Field) -> String;

    /// What a field holds, as text.
    fn field_text(field: Field, typed: &Self::Typed) -> String;
}

/// What is typed, and what the server has.
pub struct Draft<Fields: FormFields> {
    pub fields: Fields,
    pub saved: RwSignal<Fields::Typed>,
    /// Which version of it that is.
    version: StoredValue<i32>,
    /// The fields that somebody else has changed as well, since they were typed in.
    pub both: RwSignal<Vec<Field>>,
    pub sending: Sending,
}

impl<Fields: FormFields> Clone for Draft<Fields> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Fields: FormFields> Copy for Draft<Fields> {}

impl<Fields: FormFields> Draft<Fields> {
    /// The `fields` hold what is `saved`; `key` names it among the drafts that this browser remembers.
    pub fn new(fields: Fields, saved: Base<Fields::Typed>, key: &str) -> Self {
        let draft = Self {
            fields,
            saved: RwSignal::new(saved.typed),
            version: StoredValue::new(saved.version),
            both: RwSignal::default(),
            sending: Sending::default(),
        };
        let put_back = |left: drafts::Left<Fields::Typed>| draft.meet(&left.typed, &left.base);
        drafts::keep(key, move || draft.saved.get(), move || draft.typed(), put_back);
        draft
    }

    pub fn typed(self) -> Fields::Typed {
        self.fields.typed()
    }

    pub fn is_unsaved(self) -> bool {
        self.typed() != self.saved.get()
    }

    /// Fills the fields with what is saved and, over it, what differs in `typed` from the `base` that it was typed on.
    fn meet(self, typed: &Fields::Typed, base: &Fields::Typed) {
        let (merged, collided) = self.saved.with_untracked(|saved| typed.merge(base, saved));
        self.fields.set(merged);
        self.both.update(|both| {
            both.retain(|known| !collided.contains(known));
            both.extend(collided);
        });
    }

    /// What it is typed on.
    pub fn base(self) -> Base<Fields::Typed> {
        Base { typed: self.saved.get_untracked(), version: self.version.get_value() }
    }

    /// Takes over what others save, into every field that this person has not touched.
    pub fn take_over(self, theirs: Base<Fields::Typed>) {
        let base = self.saved.get_untracked();
        self.version.set_value(theirs.version);
        if theirs.typed != base {
            self.saved.set(theirs.typed);
            self.meet(&untrack(|| self.typed()), &base);
        }
    }

    /// What was `sent`, typed on `base`, is saved; what was typed on meanwhile stays.
    pub fn settle(self, base: &Fields::Typed, sent: &Fields::Typed, now: Base<Fields::Typed>) {
        let (merged, both) = untrack(|| self.typed()).settle(base, sent, &now.typed);
        self.version.set_value(now.version);
        self.saved.set(now.typed);
        self.fields.set(merged);
        self.both.set(both);
    }

    /// What both changed, and what the other one made of it.
    pub fn changed_by_both(self) -> Signal<Vec<Both>> {
        let both = |field: Field, saved: &Fields::Typed| Both {
            field,
            name: Fields::field_name(field),
            theirs: Fields::field_text(field, saved),
        };
        Signal::derive(move || {
            let fields = self.both.get();
            self.saved.with(|saved| fields.into_iter().map(|field| both(field, saved)).collect())
        })
    }

    /// In this field the person takes what the other one made of it.
    pub fn take_theirs(self, field: Field) {
        let typed = untrack(|| self.typed());
        self.fields.set(self.saved.with_untracked(|saved| typed.taking(field, saved)));
        self.both.update(|both| both.retain(|known| *known != field));
    }

    pub fn discard(self) {
        self.sending.problems.clear();
        self.both.set(Vec::new());
        self.fields.set(self.saved.get_untracked());
    }
}
