//! O1: limits of the GraphQL surface, and what malformed requests get. `e2e/protocol` has the published audits.

use crate::harness::{Person, TestApp, text};
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn refused(person: &Person, query: &str) -> String {
    let answer = person.ask(query, json!({})).await;
    assert!(answer.get("data").is_none(), "nothing may run: {answer}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_INVALID", "{answer}");
    text(&answer["errors"][0]["message"])
}

#[tokio::test]
async fn o1_too_deep_too_complex_too_many_aliases_too_many_mutations() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    let deep = format!(
        "{{ event(slug: \"x\") {{ {} id {} }} }}",
        "organization { events(first: 1) { nodes { ".repeat(6),
        "} } }".repeat(6)
    );
    assert!(refused(&stranger, &deep).await.contains("deep"));
    let complex =
        "{ me { registrations(first: 100) { nodes { event { sessions(first: 100) { nodes { title tags } } } } } } }";
    assert!(refused(&stranger, complex).await.contains("complex"));
    let aliases: String = (0..200).map(|n| format!("a{n}: __typename ")).collect();
    assert!(refused(&stranger, &format!("{{ {aliases} }}")).await.contains("200 aliases"));
    let mutations = format!("mutation {{ {} }}", "signOut { signedOut } ".repeat(11));
    assert!(refused(&stranger, &mutations).await.contains("11 mutations"));
}

#[tokio::test]
async fn o1_common_tools_can_introspect() {
    let app = TestApp::start().await;
    let query =
        "{ __schema { types { fields { args { type { ofType { ofType { ofType { ofType { name } } } } } } } } } }";
    assert!(app.stranger().ask(query, json!({})).await["errors"].is_null());
}

#[tokio::test]
async fn o1_malformed_bodies_are_told_apart() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    let batch: Vec<Value> = vec![json!({ "query": "{ __typename }" }); 1000];
    let cases = [
        ("{\"query\":", StatusCode::BAD_REQUEST),
        (&json!(batch).to_string(), StatusCode::BAD_REQUEST),
        ("{\"query\":7}", StatusCode::BAD_REQUEST),
        ("{\"query\":\"{__typename}\",\"variables\":[]}", StatusCode::BAD_REQUEST),
        (&json!({ "query": "x".repeat(600 * 1024) }).to_string(), StatusCode::PAYLOAD_TOO_LARGE),
    ];
    for (body, status) in cases {
        let request = stranger.post("/graphql").header("content-type", "application/json").body(body.to_owned());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{}", &body[..40.min(body.len())]);
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_INVALID");
    }
}

#[tokio::test]
async fn o1_a_form_of_another_site_cannot_post() {
    let app = TestApp::start().await;
    let request =
        app.stranger().post("/graphql").header("content-type", "text/plain").body("{\"query\":\"{__typename}\"}");
    assert_eq!(request.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn o1_pages_have_bounds() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    app.live_event(&olivia, "summit").await;
    for first in ["0", "101", "-1"] {
        let query = format!("{{ event(slug: \"summit\") {{ sessions(first: {first}) {{ totalCount }} }} }}");
        let problems = olivia.problems(&query, json!({})).await;
        assert_eq!(problems, [("first".to_owned(), "OUT_OF_RANGE".to_owned())], "{first}");
    }
    let query = "{ event(slug: \"summit\") { sessions(after: \"nonsense\") { totalCount } } }";
    assert_eq!(olivia.problems(query, json!({})).await, [("after".to_owned(), "INVALID".to_owned())]);
    let query =
        format!("{{ event(slug: \"summit\") {{ sessions(search: \"{}\") {{ totalCount }} }} }}", "x".repeat(101));
    assert_eq!(olivia.problems(&query, json!({})).await, [("search".to_owned(), "TOO_LONG".to_owned())]);
}

#[tokio::test]
async fn a_flood_of_writes_is_slowed_down() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    let mut code = Value::Null;
    for _ in 0..1000 {
        let answer = stranger.ask("mutation { signOut { signedOut } }", json!({})).await;
        code = answer["errors"][0]["extensions"]["code"].clone();
        if !code.is_null() {
            break;
        }
    }
    assert_eq!(code, "RATE_LIMITED");
}

#[tokio::test]
async fn pages_and_assets_are_served_and_nothing_else() {
    let app = TestApp::start().await;
    let get = |path: &'static str| app.stranger().get(path).send();
    let page = get("/e/summit/sessions/x").await.unwrap();
    assert_eq!(
        (page.status(), &page.headers()["content-type"]),
        (StatusCode::OK, &"text/html; charset=utf-8".parse().unwrap())
    );
    assert!(
        page.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'self' 'wasm-unsafe-eval'")
    );
    let asset = get("/assets/a-1.js").await.unwrap();
    assert!(asset.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    for path in ["/assets/none.js", "/.hidden.txt"] {
        assert_eq!(get(path).await.unwrap().status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get("/healthz").await.unwrap().text().await.unwrap(), "ok");
    assert_eq!(get("/metrics").await.unwrap().status(), StatusCode::OK);
}

/// As they are, since clients tidy an address up before they send it.
#[tokio::test]
async fn no_address_leads_out_of_the_folder_of_the_pages() {
    let app = TestApp::start().await;
    let outside = app.app.config.web_dir.parent().unwrap().join("outside.txt");
    std::fs::write(&outside, "not for everybody").unwrap();
    std::fs::write(app.app.config.web_dir.join("inside.txt"), "for everybody").unwrap();
    assert!(raw_get(&app.address, "/inside.txt").await.contains("for everybody"));
    let climbs =
        ["/..", "/%2e%2e", "/..%2f..", "/assets/../..", "/assets/..%2f..", "/assets/%2e%2e/%2e%2e", "//..", "/./.."];
    for climb in climbs {
        for path in [format!("{climb}/outside.txt"), format!("{climb}%2foutside.txt")] {
            let answer = raw_get(&app.address, &path).await;
            assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
            assert!(!answer.contains("not for everybody"), "{path}");
        }
    }
}

async fn raw_get(address: &str, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = address.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn metrics_want_their_token_when_there_is_one() {
    let app = TestApp::start_with(&[("METRICS_TOKEN", "scrape")]).await;
    assert_eq!(app.stranger().get("/metrics").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let request = app.stranger().get("/metrics").header("authorization", "Bearer scrape");
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
}

/// Fragments are counted as often as they are spread, and a subscription has one root: neither is a way around a limit.
#[tokio::test]
async fn o1_fragments_are_no_way_around_the_limits() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let spread = "...F ".repeat(11);
    let mutations = format!("mutation {{ {spread} }} fragment F on Mutation {{ signOut {{ signedOut }} }}");
    assert!(refused(&ada, &mutations).await.contains("11 mutations"));
    let nested: String =
        (0..31).map(|n| format!("fragment F{n} on Query {{ ...F{m} ...F{m} ...F{m} }} ", m = n + 1)).collect();
    let bomb = format!("{{ ...F0 }} {nested} fragment F31 on Query {{ __typename }}");
    assert!(refused(&ada, &bomb).await.contains("fields"));
    let two = "subscription($id: ID!) { eventChanged(eventId: $id) { id } sessionChanged(eventId: $id) { sessionId } }";
    assert!(refused(&ada, two).await.contains("2 subscriptions"));
    assert_eq!(ada.ok("{ ...F } fragment F on Query { me { name } }", json!({})).await["me"]["name"], "Ada");
}
