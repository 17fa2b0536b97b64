//! A1: what a person does with an account through its email address.

use crate::harness::{PASSWORD, Person, TestApp, text};
use serde_json::{Value, json};

const ME: &str = "{ me { email isVerified hasPassword } }";
const RESEND: &str = "mutation { resendVerification { account { isVerified } } }";
const VERIFY: &str = "mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) { email } }";
const FORGOT: &str =
    "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested } }";
const RESET: &str = "mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { account { email } } }";
const SET: &str = "mutation($input: SetPasswordInput!) { setPassword(input: $input) { account { hasPassword } } }";
const CHANGE: &str = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { account { id } } }";
const ASK_FOR_LINK: &str =
    "mutation($input: RequestSignInLinkInput!) { requestSignInLink(input: $input) { requested } }";
const BY_LINK: &str =
    "mutation($input: SignInWithLinkInput!) { signInWithLink(input: $input) { account { email } event { slug } } }";
const SIGN_UP: &str = "mutation($input: SignUpInput!) { signUp(input: $input) { account { id } } }";

const NEW: &str = "another horse battery";
const DAY: i64 = 24 * 3600;

fn token(token: &str) -> Value {
    json!({ "input": { "token": token } })
}

fn email(email: &str) -> Value {
    json!({ "input": { "email": email } })
}

fn link_for(email: &str) -> Value {
    json!({ "input": { "email": email, "eventSlug": "summit" } })
}

fn reset(token: &str) -> Value {
    json!({ "input": { "token": token, "newPassword": NEW } })
}

async fn me(person: &Person) -> Value {
    person.ok(ME, json!({})).await["me"].take()
}

/// Somebody with this address who was imported: with an account, without a password.
async fn import(olivia: &Person, event: &str, address: &str) {
    let query = "mutation($input: ImportPeopleInput!) { importPeople(input: $input) { added } }";
    let csv = format!("Name,Email\nImported,{address}\n");
    let input = json!({ "input": { "eventId": event, "csv": csv, "dryRun": false } });
    assert_eq!(olivia.ok(query, input).await["importPeople"]["added"], 1);
}

#[tokio::test]
async fn a1_an_address_is_confirmed_by_the_link_of_a_mail() {
    let app = TestApp::start().await;
    let ada = app.unverified("Ada").await;
    assert_eq!(me(&ada).await["isVerified"], false);
    let first = app.mail("ada@example.org", "Confirm", 1).await;
    let done = app.stranger().ok(VERIFY, token(&first.token())).await;
    assert_eq!(done["verifyEmail"]["email"], "ada@example.org");
    assert_eq!(me(&ada).await["isVerified"], true);
    ada.ok(RESEND, json!({})).await;
    assert_eq!(app.mails_in_the_database("ada@example.org").await.len(), 1, "nothing is left to confirm");
}

/// A1: the one who sets the installation up has no mail server yet.
#[tokio::test]
async fn a1_the_first_account_is_confirmed() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    assert_eq!(me(&olivia).await["isVerified"], true);
    assert!(app.mails_in_the_database("olivia@example.org").await.is_empty());
}

/// A1: each way in which a link does not work says so in its own way, and changes nothing.
#[tokio::test]
async fn a1_a_link_that_is_wrong_used_or_too_old_is_told_apart() {
    let app = TestApp::start().await;
    let ada = app.unverified("Ada").await;
    let nobody = app.stranger();
    assert_eq!(nobody.code(VERIFY, token("no token")).await, "NOT_FOUND");
    let first = app.mail("ada@example.org", "Confirm", 1).await.token();
    assert_eq!(nobody.code(RESET, reset(&first)).await, "NOT_FOUND", "it is for something else");
    app.advance(3 * DAY);
    assert_eq!(nobody.code(VERIFY, token(&first)).await, "NOT_OPEN");
    assert_eq!(me(&ada).await["isVerified"], false);
    ada.ok(RESEND, json!({})).await;
    let second = app.mail("ada@example.org", "Confirm", 2).await.token();
    let both = (0..4).map(|_| nobody.ask(VERIFY, token(&second)));
    let answers = futures_util::future::join_all(both).await;
    assert_eq!(answers.iter().filter(|answer| answer["errors"].is_null()).count(), 1, "{answers:?}");
    assert_eq!(nobody.code(VERIFY, token(&second)).await, "CONFLICT");
    assert_eq!(nobody.code(VERIFY, token(&first)).await, "NOT_OPEN");
}

/// A1: whoever has not confirmed their address takes part all the same.
#[tokio::test]
async fn a1_nobody_waits_for_a_confirmation() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.session(&event, "Table", json!({})).await;
    let ada = app.unverified("Ada").await;
    ada.register(&event).await;
    assert_eq!(ada.titles("summit").await, ["Table"]);
}

#[tokio::test]
async fn a1_a_forgotten_password_is_set_by_mail_and_ends_every_other_sign_in() {
    let app = TestApp::start().await;
    let ada = app.unverified("Ada").await;
    let mut socket = ada.socket().await;
    let mut elsewhere = app.stranger();
    elsewhere.ok(FORGOT, email(" Ada@Example.org ")).await;
    let link = app.mail("ada@example.org", "new password", 1).await.token();
    let problems = elsewhere.problems(RESET, json!({ "input": { "token": link, "newPassword": "short" } })).await;
    assert_eq!(problems, [("newPassword".to_owned(), "TOO_SHORT".to_owned())]);
    elsewhere.ask_for_cookie(RESET, reset(&link)).await;
    assert_eq!(me(&elsewhere).await, json!({ "email": "ada@example.org", "isVerified": true, "hasPassword": true }));
    assert!(me(&ada).await.is_null());
    assert_eq!(socket.close_code().await, 4403);
    assert_eq!(app.stranger().code(RESET, reset(&link)).await, "CONFLICT");
    let mut again = app.stranger();
    assert!(!again.sign_in("ada@example.org", PASSWORD).await["errors"].is_null());
    assert!(again.sign_in("ada@example.org", NEW).await["errors"].is_null());
}

#[tokio::test]
async fn a1_a_link_to_set_the_password_works_for_an_hour_and_only_the_newest_use_counts() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    for _ in 0..2 {
        app.stranger().ok(FORGOT, email("ada@example.org")).await;
    }
    app.mail("ada@example.org", "new password", 2).await;
    let mails = app.mails_in_the_database("ada@example.org").await;
    let links: Vec<String> = mails.iter().filter(|mail| mail.subject.contains("password")).map(|m| m.token()).collect();
    app.stranger().ok(RESET, reset(&links[1])).await;
    assert_eq!(app.stranger().code(RESET, reset(&links[0])).await, "NOT_FOUND", "the other one was taken back");
    app.advance(1);
    app.stranger().ok(FORGOT, email("ada@example.org")).await;
    // The mail went with the link that was taken back.
    let third = app.mail("ada@example.org", "new password", 2).await.token();
    app.advance(3600);
    assert_eq!(app.stranger().code(RESET, reset(&third)).await, "NOT_OPEN");
}

/// A1: asking says nothing about who has an account, and writes to nobody who has none.
#[tokio::test]
async fn a1_asking_for_an_unknown_address_gets_the_same_answer_and_no_mail() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    app.attendee(&event, "Ada").await;
    app.person("Bob").await;
    let stranger = app.stranger();
    let known = stranger.ask(FORGOT, email("ada@example.org")).await;
    assert_eq!(stranger.ask(FORGOT, email("nobody@example.org")).await, known);
    let known = stranger.ask(ASK_FOR_LINK, link_for("ada@example.org")).await;
    for other in ["nobody@example.org", "bob@example.org"] {
        assert_eq!(stranger.ask(ASK_FOR_LINK, link_for(other)).await, known);
    }
    let other_event = json!({ "input": { "email": "ada@example.org", "eventSlug": "nothing" } });
    assert_eq!(stranger.ask(ASK_FOR_LINK, other_event).await, known);
    app.mail("ada@example.org", "Your link", 1).await;
    app.mail("ada@example.org", "new password", 1).await;
    assert!(app.mails_in_the_database("nobody@example.org").await.is_empty());
    assert_eq!(app.mails_in_the_database("bob@example.org").await.len(), 1, "only what signing up sent");
    // One who exists is limited like one who does not.
    for address in ["ada@example.org", "nobody@example.org"] {
        let mut code = String::new();
        for _ in 0..6 {
            let answer = stranger.ask(FORGOT, email(address)).await;
            code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        }
        assert_eq!(code, "RATE_LIMITED", "{address}");
    }
}

/// A1: the link of a registration, in the mail that confirms it: event, time in its zone, address.
#[tokio::test]
async fn a1_a4_registering_sends_a_link_that_signs_in_until_a_week_after_the_event() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.draft_event(&olivia, "summit", (3600, 2 * 3600)).await;
    olivia.publish(&event).await;
    let ada = app.attendee(&event, "Ada").await;
    ada.register(&event).await;
    let letter = app.mail("ada@example.org", "registered for summit", 1).await;
    assert_eq!(app.mails_in_the_database("ada@example.org").await.len(), 2, "the form was sent twice, the mail once");
    let (when, at) =
        ("Monday, 1 March 2027, 11:00 to 12:00 (Europe/Berlin, UTC+01:00)", format!("{}/e/summit", app.address));
    assert!(letter.body.contains(when) && letter.body.contains(&at), "{}", letter.body);
    for _ in 0..2 {
        let mut elsewhere = app.stranger();
        let answer = elsewhere.ask_for_cookie(BY_LINK, token(&letter.token())).await;
        assert_eq!(answer["data"]["signInWithLink"]["event"]["slug"], "summit", "{answer}");
        assert_eq!(me(&elsewhere).await["email"], "ada@example.org");
    }
    app.advance(2 * 3600 + 7 * DAY - 1);
    app.stranger().ok(BY_LINK, token(&letter.token())).await;
    app.advance(1);
    assert_eq!(app.stranger().code(BY_LINK, token(&letter.token())).await, "NOT_OPEN");
}

/// A1: changing the password closes every other way in, also the links that lie in a mailbox.
#[tokio::test]
async fn a1_changing_the_password_takes_links_back() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let link = app.mail("ada@example.org", "registered", 1).await.token();
    ada.ok(CHANGE, json!({ "input": { "currentPassword": PASSWORD, "newPassword": NEW } })).await;
    assert_eq!(app.stranger().code(BY_LINK, token(&link)).await, "NOT_FOUND");
    app.stranger().ok(ASK_FOR_LINK, link_for("ada@example.org")).await;
    let link = app.mail("ada@example.org", "Your link", 1).await.token();
    app.stranger().ok(BY_LINK, token(&link)).await;
}

/// A7: who was removed from the event has no link to it.
#[tokio::test]
async fn a1_a7_a_blocked_person_has_no_link() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let link = app.mail("ada@example.org", "registered", 1).await.token();
    let block = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(block, json!({ "input": { "registrationId": ada.registration("summit").await } })).await;
    assert_eq!(app.stranger().code(BY_LINK, token(&link)).await, "NOT_FOUND");
    app.stranger().ok(ASK_FOR_LINK, link_for("ada@example.org")).await;
    app.stranger().ok(FORGOT, email("ada@example.org")).await;
    app.mail("ada@example.org", "new password", 1).await;
    let links = app.mails_in_the_database("ada@example.org").await;
    assert!(!links.iter().any(|mail| mail.subject.contains("Your link")));
}

/// A1, A4: who was imported has no password: links sign them in, and let them set one.
#[tokio::test]
async fn a1_a4_an_account_without_a_password() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    import(&olivia, &event, "ina@example.org").await;
    let mut ina = app.stranger();
    for password in ["", PASSWORD] {
        let answer = ina.sign_in("ina@example.org", password).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "WRONG_CREDENTIALS");
    }
    let input = json!({ "input": { "name": "Ina", "email": "ina@example.org", "password": PASSWORD } });
    assert_eq!(ina.problems(SIGN_UP, input).await, [("email".to_owned(), "TAKEN".to_owned())]);
    let link = app.mail("ina@example.org", "registered", 1).await.token();
    ina.ask_for_cookie(BY_LINK, token(&link)).await;
    assert_eq!(me(&ina).await, json!({ "email": "ina@example.org", "isVerified": true, "hasPassword": false }));
    let set = json!({ "input": { "newPassword": NEW } });
    assert_eq!(ina.ok(SET, set.clone()).await["setPassword"]["account"]["hasPassword"], true);
    assert_eq!(ina.code(SET, set).await, "CONFLICT");
    assert!(app.stranger().sign_in("ina@example.org", NEW).await["errors"].is_null());
}

/// A1: the mail that sets a forgotten password sets a first one too.
#[tokio::test]
async fn a1_a_first_password_is_set_by_mail() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    import(&olivia, &event, "ina@example.org").await;
    app.stranger().ok(FORGOT, email("ina@example.org")).await;
    let link = app.mail("ina@example.org", "Set a password", 1).await.token();
    app.stranger().ok(RESET, reset(&link)).await;
    assert!(app.stranger().sign_in("ina@example.org", NEW).await["errors"].is_null());
}

/// Somebody signs up with another person's address and waits until they open a mail: the link of a registration does not
/// confirm an account that whoever made it has the password of.
#[tokio::test]
async fn a1_c3_who_only_says_that_an_address_is_theirs_gets_nothing_by_it() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&session, "ada@example.org").await;
    let impostor = app.unverified("Ada").await;
    impostor.register(&event).await;
    assert!(impostor.titles("summit").await.is_empty(), "the kept invitation is not theirs");
    let later = olivia.session(&event, "Later", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&later, "ada@example.org").await;
    assert!(impostor.titles("summit").await.is_empty(), "nor is one of after they registered");
    let registered = app.mail("ada@example.org", "registered", 1).await.token();
    let mut ada = app.stranger();
    ada.ask_for_cookie(BY_LINK, token(&registered)).await;
    assert_eq!(me(&ada).await["isVerified"], false);
    assert!(impostor.titles("summit").await.is_empty());
    ada.ok(FORGOT, email("ada@example.org")).await;
    let link = app.mail("ada@example.org", "new password", 1).await.token();
    ada.ask_for_cookie(RESET, reset(&link)).await;
    assert_eq!(ada.titles("summit").await, ["Later", "Secret"]);
    assert!(me(&impostor).await.is_null());
}

/// C3: a kept invitation takes effect when the address of somebody who is registered already becomes confirmed, and is told.
#[tokio::test]
async fn a1_c3_kept_invitations_take_effect_on_confirmation() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Secret", json!({ "watchAccess": "PRIVATE" })).await;
    olivia.invite(&session, "ada@example.org").await;
    let ada = app.unverified("Ada").await;
    ada.register(&event).await;
    let mut socket = ada.socket().await;
    let query = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId session { title } } }";
    socket.subscribe("s", query, json!({ "id": event })).await;
    let topic = api::feed::Topic::Event(api::ids::Id::parse(&event).unwrap());
    app.wait_for_listeners(topic, 1).await;
    let link = app.mail("ada@example.org", "Confirm", 1).await.token();
    app.stranger().ok(VERIFY, token(&link)).await;
    assert_eq!(text(&socket.data("s").await["sessionChanged"]["session"]["title"]), "Secret");
    assert_eq!(ada.titles("summit").await, ["Secret"]);
}

/// A socket cannot set the cookie, so it must not use the link up.
#[tokio::test]
async fn a1_a_socket_signs_nobody_in() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    app.stranger().ok(FORGOT, email("ada@example.org")).await;
    let link = app.mail("ada@example.org", "new password", 1).await.token();
    let mut socket = crate::harness::Socket::open(&app.address, None).await;
    socket.init().await;
    for query in [RESET, BY_LINK] {
        let input = if query == RESET { reset(&link) } else { token(&link) };
        socket.subscribe(query, query, input).await;
        let frame = socket.receive().await;
        assert_eq!(frame["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{frame}");
        socket.receive().await;
    }
    app.stranger().ok(RESET, reset(&link)).await;
}
