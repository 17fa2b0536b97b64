//! A1: accounts and sign-ins.

use crate::harness::{PASSWORD, Person, TestApp};
use reqwest::header::SET_COOKIE;
use serde_json::json;

const SIGN_UP: &str = "mutation($input: SignUpInput!) { signUp(input: $input) { account { id } } }";
const CHANGE: &str = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { account { id } } }";

#[tokio::test]
async fn a1_sign_up_sign_out_and_in_again() {
    let app = TestApp::start().await;
    let mut ada = app.person("Ada").await;
    assert_eq!(ada.ok("{ me { name email } }", json!({})).await["me"]["email"], "ada@example.org");
    ada.ok("mutation { signOut { signedOut } }", json!({})).await;
    assert!(ada.ok("{ me { id } }", json!({})).await["me"].is_null());
    ada.sign_in(" ADA@example.org ", PASSWORD).await;
    assert_eq!(ada.ok("{ me { name } }", json!({})).await["me"]["name"], "Ada");
}

#[tokio::test]
async fn a1_a_wrong_password_and_no_such_account_get_the_same_answer() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    let wrong = app.stranger().sign_in("ada@example.org", "wrong horse battery").await;
    let nobody = app.stranger().sign_in("nobody@example.org", PASSWORD).await;
    assert_eq!(wrong["errors"][0]["extensions"]["code"], "WRONG_CREDENTIALS");
    assert_eq!(wrong["errors"], nobody["errors"]);
}

#[tokio::test]
async fn a1_many_wrong_passwords_are_slowed_down_and_the_account_is_not_locked_for_others() {
    let app = TestApp::start_with(&[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    app.person("Ada").await;
    let mut codes = Vec::new();
    for _ in 0..12 {
        let answer = app.stranger().sign_in("ada@example.org", "wrong horse battery").await;
        codes.push(answer["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes[..10], ["WRONG_CREDENTIALS"; 10]);
    assert_eq!(codes[10..], ["RATE_LIMITED"; 2]);
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { account { id } } }";
    let body =
        json!({ "query": query, "variables": { "input": { "email": "ada@example.org", "password": PASSWORD } } });
    let elsewhere = app.stranger().post("/graphql").header("x-forwarded-for", "192.0.2.9").json(&body);
    let answer: serde_json::Value = elsewhere.send().await.unwrap().json().await.unwrap();
    assert!(answer["errors"].is_null(), "{answer}");
}

#[tokio::test]
async fn a1_the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = TestApp::start().await;
    let body = json!({ "query": SIGN_UP, "variables": { "input": {
        "name": "Ada", "email": "ada@example.org", "password": PASSWORD,
    } } });
    let response = app.stranger().post("/graphql").json(&body).send().await.unwrap();
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    assert!(!cookie.contains("Secure"), "over plain http a secure cookie would be lost: {cookie}");
}

#[tokio::test]
async fn a1_over_https_the_cookie_is_for_https_only() {
    let app = TestApp::start().await;
    let mut config = app.app.config.clone();
    config.database_url = format!("sqlite:{}", config.data_dir.join("other.db").display());
    let https = api::app::App::new(config, "https://example.org".into(), std::sync::Arc::new(api::clock::SystemClock));
    assert!(https.unwrap().is_https());
    assert!(api::auth::cookie(true, "token").contains("Secure"));
}

/// Who ends the encryption in front of the server says so; anybody else is not believed.
#[tokio::test]
async fn h9_a_trusted_proxy_says_that_the_page_is_encrypted() {
    for (trusted, told, secure) in [
        ("127.0.0.1", "https", true),
        ("127.0.0.1", "http, https", true),
        ("127.0.0.1", "https, http", false),
        ("127.0.0.1", "http", false),
        ("192.0.2.1", "https", false),
    ] {
        let app = TestApp::start_with(&[("TRUSTED_PROXIES", trusted)]).await;
        let body = json!({ "query": SIGN_UP, "variables": { "input": {
            "name": "Ada", "email": "ada@example.org", "password": PASSWORD,
        } } });
        let request = app.stranger().post("/graphql").header("x-forwarded-proto", told).json(&body);
        let response = request.send().await.unwrap();
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
        assert_eq!(cookie.contains("Secure"), secure, "{trusted} {told}: {cookie}");
    }
}

#[tokio::test]
async fn a1_every_field_over_its_limit_is_told_at_once() {
    let app = TestApp::start().await;
    let input = json!({ "name": "x".repeat(81), "email": "ada", "password": "short" });
    let problems = app.stranger().problems(SIGN_UP, json!({ "input": input })).await;
    let expected = [("name", "TOO_LONG"), ("email", "INVALID"), ("password", "TOO_SHORT")];
    assert_eq!(problems, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn a1_a_new_password_has_the_same_limits() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let query = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { account { id } } }";
    for (new, code) in [("short".to_owned(), "TOO_SHORT"), ("x".repeat(129), "TOO_LONG")] {
        let input = json!({ "currentPassword": PASSWORD, "newPassword": new });
        let problems = ada.problems(query, json!({ "input": input })).await;
        assert_eq!(problems, [("newPassword".to_owned(), code.to_owned())]);
    }
    let input = json!({ "currentPassword": "not the password", "newPassword": "another horse battery" });
    assert_eq!(ada.problems(query, json!({ "input": input })).await[0].0, "currentPassword");
}

#[tokio::test]
async fn a2_the_first_form_names_every_field_at_fault() {
    let app = TestApp::start().await;
    let query = "mutation($input: SetUpInput!) { setUp(input: $input) { account { id } } }";
    let input = json!({ "organizationName": "x".repeat(81), "name": " ", "email": "x".repeat(255), "password": "" });
    let mut problems = app.stranger().problems(query, json!({ "input": input })).await;
    problems.sort();
    let expected =
        [("email", "INVALID"), ("name", "REQUIRED"), ("organizationName", "TOO_LONG"), ("password", "REQUIRED")];
    assert_eq!(problems, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn a_malformed_email_invites_nobody() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let session = olivia.session(&event, "Table", json!({ "watchAccess": "PRIVATE" })).await;
    let invite = "mutation($input: InviteInput!) { invite(input: $input) { session { id } } }";
    let add = "mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) { organization { id } } }";
    for email in ["nobody".to_owned(), "@".to_owned(), "x".repeat(255), "a\u{0}b@example.org".to_owned()] {
        let input = json!({ "input": { "sessionId": session, "email": email } });
        assert_eq!(olivia.problems(invite, input).await[0].0, "email", "{email}");
        let input = json!({ "input": { "organizationId": olivia.organization().await, "email": email } });
        assert_eq!(olivia.problems(add, input).await[0].0, "email", "{email}");
    }
}

/// Verifying a password takes a while; one that is changed meanwhile opens nothing any more.
#[tokio::test]
async fn a1_no_sign_in_with_the_old_password_survives_its_change() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { account { id } } }";
    let input = json!({ "input": { "currentPassword": PASSWORD, "newPassword": "another horse battery" } });
    let sign_in = |address: String| async move {
        let mut person = Person::new(&address);
        person.sign_in("ada@example.org", PASSWORD).await;
        person
    };
    let others = futures_util::future::join_all((0..8).map(|_| sign_in(app.address.clone())));
    let (others, _) = tokio::join!(others, ada.ok(change, input));
    for other in others {
        assert!(other.ok("{ me { id } }", json!({})).await["me"].is_null());
    }
    assert!(ada.ok("{ me { id } }", json!({})).await["me"]["id"].is_string());
}

#[tokio::test]
async fn a1_an_email_address_has_one_account_also_when_two_sign_up_at_once() {
    let app = TestApp::start().await;
    let ask = |address: String| async move {
        let input = json!({ "name": "Ada", "email": "ada@example.org", "password": PASSWORD });
        Person::new(&address).ask(SIGN_UP, json!({ "input": input })).await
    };
    let answers = futures_util::future::join_all((0..6).map(|_| ask(app.address.clone()))).await;
    let made = answers.iter().filter(|answer| answer["errors"].is_null()).count();
    let taken = answers.iter().filter(|a| a["errors"][0]["extensions"]["problems"][0]["code"] == "TAKEN").count();
    assert_eq!((made, taken), (1, 5), "{answers:?}");
}

#[tokio::test]
async fn a1_changing_the_password_ends_the_other_sign_ins() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut elsewhere = app.stranger();
    elsewhere.sign_in("ada@example.org", PASSWORD).await;
    let mut socket = elsewhere.socket().await;
    let input = json!({ "currentPassword": PASSWORD, "newPassword": "another horse battery" });
    ada.ok(CHANGE, json!({ "input": input })).await;
    assert_eq!(socket.close_code().await, 4403);
    assert!(elsewhere.ok("{ me { id } }", json!({})).await["me"].is_null());
    assert!(!ada.ok("{ me { id } }", json!({})).await["me"].is_null());
    assert!(app.stranger().sign_in("ada@example.org", "another horse battery").await["errors"].is_null());
}

#[tokio::test]
async fn a1_changing_the_password_needs_the_current_one() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let input = json!({ "currentPassword": "wrong horse battery", "newPassword": "another horse battery" });
    let problems = ada.problems(CHANGE, json!({ "input": input })).await;
    assert_eq!(problems, [("currentPassword".to_owned(), "INVALID".to_owned())]);
}

#[tokio::test]
async fn a1_a_sign_in_ends_after_thirty_days() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    app.advance(30 * 24 * 3600 - 1);
    assert!(!ada.ok("{ me { id } }", json!({})).await["me"].is_null());
    app.advance(1);
    assert!(ada.ok("{ me { id } }", json!({})).await["me"].is_null());
}

#[tokio::test]
async fn the_first_visitor_sets_the_installation_up_and_only_one_of_two_at_once() {
    let app = TestApp::start().await;
    let needs = |person: Person| async move {
        person.ok("{ instance { needsSetUp } }", json!({})).await["instance"]["needsSetUp"].clone()
    };
    assert_eq!(needs(app.stranger()).await, true);
    let (mut a, mut b) = (app.stranger(), app.stranger());
    let (first, second) = tokio::join!(a.set_up(), b.set_up());
    let codes = [&first["errors"][0]["extensions"]["code"], &second["errors"][0]["extensions"]["code"]];
    assert!(codes.contains(&&json!(null)) && codes.contains(&&json!("CONFLICT")), "{codes:?}");
    assert_eq!(needs(app.stranger()).await, false);
}

#[tokio::test]
async fn a_sign_in_answers_with_what_the_account_sees() {
    let app = TestApp::start().await;
    app.organizer().await;
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { account { organizations { organizers { name } } } } }";
    let input = json!({ "email": "olivia@example.org", "password": PASSWORD });
    let data = app.stranger().ok(query, json!({ "input": input })).await;
    assert_eq!(data["signIn"]["account"]["organizations"][0]["organizers"][0]["name"], "Olivia");
}
