//! The fields of a ticket type, for making one and for changing it.

use crate::api::ticket_type::{
    CreateTicketType, CreateTicketTypeInput, CreateTicketTypeVariables, EditTicketType, EditTicketTypeInput,
    EditTicketTypeVariables, TicketType,
};
use crate::api::{Code, Failure, Problem, ProblemCode, fetch};
use crate::components::{Dialog, Form, SubmitButton, TextArea, TextField};
use crate::pages::event::CurrentEvent;
use crate::pages::submit::Sending;
use crate::state::form;
use crate::t;
use cynic::MutationBuilder;
use leptos::prelude::*;

/// What is typed. It stays when the dialog is closed, until another ticket type is edited.
#[derive(Clone, Copy)]
pub struct TicketFields {
    pub open: RwSignal<bool>,
    /// Of the one that is changed; nothing for a new one.
    id: RwSignal<Option<cynic::Id>>,
    name: RwSignal<String>,
    description: RwSignal<String>,
    capacity: RwSignal<String>,
}

impl TicketFields {
    pub fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        let (name, description, capacity) = (text(), text(), text());
        Self { open: RwSignal::new(false), id: RwSignal::new(None), name, description, capacity }
    }

    /// For a new one: what was typed for one before and not saved is still there.
    pub fn add(self) {
        if self.id.get_untracked().is_some() {
            self.fill(None);
        }
        self.open.set(true);
    }

    pub fn edit(self, ticket: &TicketType) {
        if self.id.get_untracked().as_ref() != Some(&ticket.id) {
            self.fill(Some(ticket));
        }
        self.open.set(true);
    }

    fn fill(self, ticket: Option<&TicketType>) {
        self.id.set(ticket.map(|ticket| ticket.id.clone()));
        self.name.set(ticket.map(|ticket| ticket.name.clone()).unwrap_or_default());
        self.description.set(ticket.map(|ticket| ticket.description.clone()).unwrap_or_default());
        let capacity = ticket.and_then(|ticket| ticket.capacity);
        self.capacity.set(capacity.map(|capacity| capacity.to_string()).unwrap_or_default());
    }

    /// Nothing for any number.
    fn capacity(self) -> Result<Option<i32>, Failure> {
        let text = self.capacity.get_untracked();
        match text.trim() {
            "" => Ok(None),
            number => number.parse().map(Some).map_err(|_no_number| {
                let problem = Problem::found("capacity", ProblemCode::OutOfRange);
                Failure::Refused { code: Code::InvalidInput, problems: vec![problem] }
            }),
        }
    }
}

/// Sends what is typed; `saved` gets the event's ticket types as they are then.
#[component]
pub fn TicketDialog(fields: TicketFields, #[prop(into)] saved: Callback<Vec<TicketType>>) -> impl IntoView {
    let current: CurrentEvent = expect_context();
    let sending = Sending::default();
    let done = move |tickets: Vec<TicketType>| {
        fields.fill(None);
        fields.open.set(false);
        // The page may be left by now.
        saved.try_run(tickets);
    };
    let send = move |()| {
        let capacity = match fields.capacity() {
            Ok(capacity) => capacity,
            Err(failure) => return sending.problems.set(failure),
        };
        let (name, description) = (fields.name.get_untracked(), fields.description.get_untracked());
        match fields.id.get_untracked() {
            None => {
                let event_id = current.event.with_untracked(|event| event.id.clone());
                let input = CreateTicketTypeInput { event_id, name, description: Some(description), capacity };
                let request = fetch::send(CreateTicketType::build(CreateTicketTypeVariables { input }));
                sending.send(request, move |answer| done(answer.create_ticket_type.event.ticket_types));
            }
            Some(id) => {
                let input = EditTicketTypeInput { id, name: Some(name), description: Some(description), capacity };
                let request = fetch::send(EditTicketType::build(EditTicketTypeVariables { input }));
                sending.send(request, move |answer| done(answer.update_ticket_type.event.ticket_types));
            }
        }
    };
    view! {
        <Dialog title=t!("ticket-type") open=fields.open>
            <Form problems=sending.problems on=send label=t!("ticket-type")>
                <TextField label=t!("name") name="name" value=fields.name limit=form::TICKET_NAME/>
                <TextArea label=t!("description") name="description" value=fields.description limit=form::TICKET_DESCRIPTION hint=t!("ticket-description-hint")/>
                <TextField label=t!("capacity") name="capacity" kind="number" value=fields.capacity hint=t!("capacity-hint")/>
                <div class="form-actions"><SubmitButton label=t!("save") busy=sending.busy/></div>
            </Form>
        </Dialog>
    }
}
