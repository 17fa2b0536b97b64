//! A person who uses the API through HTTP, with a cookie of their own.

use super::app::text;
use super::{Socket, TestApp};
use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};

pub const PASSWORD: &str = "correct horse battery";

pub const CREATE_SEGMENT: &str =
    "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } } }";
pub const UPDATE_SEGMENT: &str =
    "mutation($input: UpdateSegmentInput!) { updateSegment(input: $input) { segment { id } } }";

#[derive(Clone)]
pub struct Person {
    pub address: String,
    pub cookie: Option<String>,
    /// The address that a trusted proxy says they ask from.
    forwarded_for: Option<String>,
    http: reqwest::Client,
}

impl Person {
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), cookie: None, forwarded_for: None, http: reqwest::Client::new() }
    }

    /// The same person elsewhere, where the server trusts 127.0.0.1 as a proxy.
    pub fn at_address(&self, address: String) -> Self {
        Self { forwarded_for: Some(address), ..self.clone() }
    }

    pub fn post(&self, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.http.post(format!("{}{path}", self.address));
        if let Some(address) = &self.forwarded_for {
            request = request.header("x-forwarded-for", address);
        }
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.get(format!("{}{path}", self.address))
    }

    /// The whole answer.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        self.post("/graphql").json(&body).send().await.unwrap().json().await.unwrap()
    }

    /// The data of an answer without errors.
    pub async fn ok(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(query, variables).await;
        assert!(answer["errors"].is_null(), "{query}: {answer}");
        answer["data"].take()
    }

    /// The code of the first error of an answer that must have one.
    pub async fn code(&self, query: &str, variables: Value) -> String {
        let answer = self.ask(query, variables).await;
        text(&answer["errors"][0]["extensions"]["code"])
    }

    /// Field and code of each problem of an answer that was refused for its input.
    pub async fn problems(&self, query: &str, variables: Value) -> Vec<(String, String)> {
        let answer = self.ask(query, variables).await;
        let problems = answer["errors"][0]["extensions"]["problems"].as_array();
        let problems = problems.unwrap_or_else(|| panic!("no problems: {answer}"));
        problems.iter().map(|problem| (text(&problem["field"]), text(&problem["code"]))).collect()
    }

    /// Asks, and takes the cookie that comes back.
    pub async fn ask_for_cookie(&mut self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let response = self.post("/graphql").json(&body).send().await.unwrap();
        if let Some(cookie) = response.headers().get(SET_COOKIE) {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        response.json().await.unwrap()
    }

    pub async fn set_up(&mut self) -> Value {
        let input = json!({
            "organizationName": "Society", "name": "Olivia", "email": "olivia@example.org", "password": PASSWORD,
        });
        let query = "mutation($input: SetUpInput!) { setUp(input: $input) { account { id } organization { id } } }";
        self.ask_for_cookie(query, json!({ "input": input })).await
    }

    pub async fn sign_up(&mut self, name: &str) -> Value {
        let email = format!("{}@example.org", name.to_lowercase());
        let input = json!({ "name": name, "email": email, "password": PASSWORD });
        let query = "mutation($input: SignUpInput!) { signUp(input: $input) { account { id } } }";
        let answer = self.ask_for_cookie(query, json!({ "input": input })).await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Value {
        let input = json!({ "email": email, "password": password });
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { account { id name } } }";
        self.ask_for_cookie(query, json!({ "input": input })).await
    }

    /// The id of the own account.
    pub async fn id(&self) -> String {
        text(&self.ok("{ me { id } }", json!({})).await["me"]["id"])
    }

    /// The id of the first organization.
    pub async fn organization(&self) -> String {
        text(&self.ok("{ me { organizations { id } } }", json!({})).await["me"]["organizations"][0]["id"])
    }

    pub async fn publish(&self, event: &str) {
        let query = "mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { published } } }";
        self.ok(query, json!({ "input": { "id": event, "published": true } })).await;
    }

    pub async fn register(&self, event: &str) {
        let query = "mutation($input: RegisterInput!) { register(input: $input) { registration { id } } }";
        self.ok(query, json!({ "input": { "eventId": event } })).await;
    }

    /// Makes a ticket type of the event with these other fields; gives its id.
    pub async fn ticket_type(&self, event: &str, name: &str, others: Value) -> String {
        let mut input = json!({ "eventId": event, "name": name });
        for (name, value) in others.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        let query =
            "mutation($input: CreateTicketTypeInput!) { createTicketType(input: $input) { ticketType { id } } }";
        text(&self.ok(query, json!({ "input": input })).await["createTicketType"]["ticketType"]["id"])
    }

    /// The id of the own registration for the event.
    pub async fn registration(&self, slug: &str) -> String {
        let query = "query($slug: String!) { event(slug: $slug) { viewerRegistration { id } } }";
        text(&self.ok(query, json!({ "slug": slug })).await["event"]["viewerRegistration"]["id"])
    }

    /// Makes a session of the event with these other fields; gives its id.
    pub async fn session(&self, event: &str, title: &str, others: Value) -> String {
        let mut input = json!({ "eventId": event, "title": title });
        for (name, value) in others.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        let query = "mutation($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }";
        text(&self.ok(query, json!({ "input": input })).await["createSession"]["session"]["id"])
    }

    pub async fn update_session(&self, session: &str, fields: Value) -> Value {
        let mut input = fields;
        input["id"] = session.into();
        let query = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }";
        self.ok(query, json!({ "input": input })).await
    }

    /// Makes a segment of the event from then to then, with these other fields; gives its id.
    pub async fn segment(&self, event: &str, name: &str, (start, end): (&str, &str), others: Value) -> String {
        let mut input = json!({ "eventId": event, "name": name, "startsAt": start, "endsAt": end });
        for (name, value) in others.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        text(&self.ok(CREATE_SEGMENT, json!({ "input": input })).await["createSegment"]["segment"]["id"])
    }

    pub async fn update_segment(&self, segment: &str, fields: Value) -> Value {
        let mut input = fields;
        input["id"] = segment.into();
        self.ok(UPDATE_SEGMENT, json!({ "input": input })).await
    }

    /// The names of the segments that this person sees in the event, each with the titles of its sessions.
    pub async fn schedule(&self, slug: &str) -> Vec<String> {
        let query =
            "query($slug: String!) { event(slug: $slug) { segments(first: 100) { nodes { name sessions { title }
            } } } }";
        let data = self.ok(query, json!({ "slug": slug })).await;
        let nodes = data["event"]["segments"]["nodes"].as_array().unwrap();
        let titles = |node: &Value| {
            let sessions = node["sessions"].as_array().unwrap();
            sessions.iter().map(|session| text(&session["title"])).collect::<Vec<_>>().join(", ")
        };
        nodes.iter().map(|node| format!("{}: {}", text(&node["name"]), titles(node))).collect()
    }

    pub async fn invite(&self, session: &str, email: &str) {
        let query = "mutation($input: InviteInput!) { invite(input: $input) { session { id } } }";
        self.ok(query, json!({ "input": { "sessionId": session, "email": email } })).await;
    }

    /// `addModerator` or `addSharer`.
    pub async fn choose(&self, mutation: &str, session: &str, email: &str) {
        let input = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation($input: {input}!) {{ {mutation}(input: $input) {{ session {{ id }} }} }}");
        self.ok(&query, json!({ "input": { "sessionId": session, "email": email } })).await;
    }

    /// The secret part of the link of an unlisted session that this person sees.
    pub async fn link_token(&self, session: &str) -> String {
        let data = self.ok("query($id: ID!) { session(id: $id) { url } }", json!({ "id": session })).await;
        let url = text(&data["session"]["url"]);
        url.split_once("?link=").unwrap_or_else(|| panic!("no link: {url}")).1.to_owned()
    }

    /// The titles of the sessions that this person finds in the event.
    pub async fn titles(&self, slug: &str) -> Vec<String> {
        let query = "query($slug: String!) { event(slug: $slug) { sessions(first: 100) { nodes { title } } } }";
        let data = self.ok(query, json!({ "slug": slug })).await;
        let nodes = data["event"]["sessions"]["nodes"].as_array().unwrap();
        nodes.iter().map(|node| text(&node["title"])).collect()
    }

    /// An open socket that is acknowledged.
    pub async fn socket(&self) -> Socket {
        let mut socket = Socket::open(&self.address, self.cookie.as_deref()).await;
        socket.init().await;
        socket
    }
}

/// Two people of the same test who share nothing.
pub async fn two_attendees(app: &TestApp, event: &str) -> (Person, Person) {
    (app.attendee(event, "Ada").await, app.attendee(event, "Bob").await)
}
