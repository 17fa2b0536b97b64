//! A2: organizers invited by email.

use crate::harness::{FakeMedia, PATIENCE, Person, TestApp, text};
use api::feed::{Change, PeopleChange, Role, Topic};
use api::ids::{AccountId, Id, SessionId};
use protocol::link::FromApi;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::broadcast::Receiver;

const INVITE: &str = "mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) {
    organization { organizers { name } organizerInvitations { id email isOver } } } }";
const WITHDRAW: &str = "mutation($input: WithdrawOrganizerInvitationInput!) {
    withdrawOrganizerInvitation(input: $input) { organization { organizerInvitations { email } } } }";
const ACCEPT: &str = "mutation($input: AcceptOrganizerInvitationInput!) {
    acceptOrganizerInvitation(input: $input) { organization { name organizers { name } } } }";
const LOOK: &str = "query($token: String!) { organizerInvitation(token: $token) {
    email isOver isAccepted organization { name organizers { name } } } }";

async fn invite(olivia: &Person, email: &str) -> Value {
    let input = json!({ "organizationId": olivia.organization().await, "email": email });
    olivia.ok(INVITE, json!({ "input": input })).await["inviteOrganizer"]["organization"].take()
}

fn token(token: &str) -> Value {
    json!({ "input": { "token": token } })
}

#[tokio::test]
async fn a2_somebody_without_an_account_is_invited_and_accepts_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let invited = invite(&olivia, "Ada@example.org").await;
    assert_eq!(invited["organizers"], json!([{ "name": "Olivia" }]));
    assert_eq!(invited["organizerInvitations"][0]["email"], "ada@example.org");
    let letter = app.mail("ada@example.org", "Society invites you", 1).await;
    let seen = app.stranger().ok(LOOK, json!({ "token": letter.token() })).await;
    let organization = json!({ "name": "Society", "organizers": [] });
    let expected =
        json!({ "email": "ada@example.org", "isOver": false, "isAccepted": false, "organization": organization });
    assert_eq!(seen["organizerInvitation"], expected);
    assert_eq!(app.stranger().code(ACCEPT, token(&letter.token())).await, "UNAUTHENTICATED");
    let bob = app.person("Bob").await;
    assert_eq!(bob.code(ACCEPT, token(&letter.token())).await, "FORBIDDEN");
    let ada = app.unverified("Ada").await;
    let done = ada.ok(ACCEPT, token(&letter.token())).await;
    let names = json!([{ "name": "Ada" }, { "name": "Olivia" }]);
    assert_eq!(done["acceptOrganizerInvitation"]["organization"]["organizers"], names);
    assert_eq!(ada.ok("{ me { isVerified } }", json!({})).await["me"]["isVerified"], true);
    assert_eq!(ada.code(ACCEPT, token(&letter.token())).await, "CONFLICT");
}

#[tokio::test]
async fn a2_an_invitation_is_withdrawn_or_grows_old() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let ada = app.unverified("Ada").await;
    let invited = invite(&olivia, "ada@example.org").await;
    let first = app.mail("ada@example.org", "invites you", 1).await.token();
    let id = text(&invited["organizerInvitations"][0]["id"]);
    let withdraw = json!({ "input": { "id": id } });
    assert_eq!(ada.code(WITHDRAW, withdraw.clone()).await, "NOT_FOUND");
    olivia.ok(WITHDRAW, withdraw.clone()).await;
    assert_eq!(olivia.code(WITHDRAW, withdraw).await, "NOT_FOUND");
    assert_eq!(ada.code(ACCEPT, token(&first)).await, "NOT_FOUND");
    assert!(ada.ok(LOOK, json!({ "token": first })).await["organizerInvitation"].is_null());
    invite(&olivia, "ada@example.org").await;
    let second = app.mail("ada@example.org", "invites you", 1).await.token();
    app.advance(14 * 24 * 3600);
    assert_eq!(ada.code(ACCEPT, token(&second)).await, "NOT_OPEN");
    let again = invite(&olivia, "ada@example.org").await;
    assert_eq!(again["organizerInvitations"].as_array().unwrap().len(), 1, "one of each address");
    let third = app.mail("ada@example.org", "invites you", 1).await.token();
    assert_ne!(second, third);
    ada.ok(ACCEPT, token(&third)).await;
}

/// A2: an account with the address becomes an organizer at once only when its address is confirmed: anybody can sign up
/// with any.
#[tokio::test]
async fn a2_only_a_confirmed_address_becomes_an_organizer_at_once() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let (ada, bob) = (app.unverified("Ada").await, app.person("Bob").await);
    let organization = invite(&olivia, "ada@example.org").await;
    assert_eq!(organization["organizers"].as_array().unwrap().len(), 1);
    assert_eq!(ada.ok("{ me { organizations { id } } }", json!({})).await["me"]["organizations"], json!([]));
    let organization = invite(&olivia, "bob@example.org").await;
    assert_eq!(organization["organizers"].as_array().unwrap().len(), 2);
    assert_eq!(organization["organizerInvitations"].as_array().unwrap().len(), 1);
    assert!(!bob.organization().await.is_empty());
    app.mail("bob@example.org", "You organize", 1).await;
    invite(&olivia, "bob@example.org").await;
    assert_eq!(app.mails_in_the_database("bob@example.org").await.len(), 2, "signing up, and once becoming one");
}

/// A2: whoever is removed does not come back by an invitation that they had sent to themselves.
#[tokio::test]
async fn a2_the_invitations_of_a_removed_organizer_end() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let bob = app.person("Bob").await;
    invite(&olivia, "bob@example.org").await;
    invite(&olivia, "cleo@example.org").await;
    invite(&bob, "ada@example.org").await;
    let link = app.mail("ada@example.org", "invites you", 1).await.token();
    let remove = "mutation($input: RemoveOrganizerInput!) { removeOrganizer(input: $input) {
        organization { organizerInvitations { email } } } }";
    let input = json!({ "organizationId": olivia.organization().await, "personId": bob.id().await });
    let left = olivia.ok(remove, json!({ "input": input })).await;
    let open = &left["removeOrganizer"]["organization"]["organizerInvitations"];
    assert_eq!(open, &json!([{ "email": "cleo@example.org" }]));
    let ada = app.person("Ada").await;
    assert_eq!(ada.code(ACCEPT, token(&link)).await, "NOT_FOUND");
}

/// What is told of the people inside next.
async fn told(changes: &mut Receiver<Change>) -> Arc<PeopleChange> {
    let change = tokio::time::timeout(PATIENCE, changes.recv()).await.expect("nothing is told");
    let Ok(Change::People(change)) = change else { panic!("it is told of something else") };
    change
}

/// A2, D4: who becomes an organizer while they are inside, by accepting an invitation or at once, is a host there from then on: for
/// media, and in the list of people.
#[tokio::test]
async fn a2_d4_who_becomes_an_organizer_inside_is_a_host_there() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({ "shareAccess": "MODERATED" })).await;
    let mut media = FakeMedia::link(&app.address, &app.app).await;
    let mut changes = app.app.feed.subscribe(Topic::People(SessionId::parse(&session).unwrap()));
    let (ada, bob) = (app.unverified("Ada").await, app.attendee(&event, "Bob").await);
    ada.register(&event).await;
    for (person, email) in [(&ada, "ada@example.org"), (&bob, "bob@example.org")] {
        let id = person.id().await;
        let account = AccountId::parse(&id).unwrap();
        assert!(!app.pass(person, &session).await.host);
        media.people(&session, &[(&id, email)], &[]).await;
        let came = told(&mut changes).await;
        assert_eq!((came.moved.joined[0].account, came.roles.of(account)), (account, Role::Attendee));
        invite(&olivia, email).await;
        if email.starts_with("ada") {
            ada.ok(ACCEPT, token(&app.mail(email, "invites you", 1).await.token())).await;
        }
        let expected = FromApi::Rights { session: session.clone(), person: id, share: true, host: true, asked: false };
        media.wait_for(|command| *command == expected).await;
        let became = told(&mut changes).await;
        assert_eq!((became.moved.joined[0].account, became.roles.of(account)), (account, Role::Host));
    }
}
