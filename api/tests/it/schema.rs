//! O1: the committed schema is the one that is served, and describes everything.

use serde_json::{Value, json};

const COMMITTED: &str = include_str!("../../../schema.graphql");

#[test]
fn o1_the_committed_schema_is_the_one_that_is_served() {
    let served = api::graphql::sdl();
    assert!(served == COMMITTED, "schema.graphql is old: run `cargo run -p api -- schema > schema.graphql`");
}

const INTROSPECTION: &str = "{ __schema { types { name kind description
    fields { name description args { name description } }
    inputFields { name description }
    enumValues { name description } } } }";

/// Every type, field, argument and enum value has a description.
#[tokio::test]
async fn o1_everything_is_described() {
    let app = crate::harness::TestApp::start().await;
    let data = app.stranger().ok(INTROSPECTION, json!({})).await;
    let mut bare = Vec::new();
    let types = data["__schema"]["types"].as_array().unwrap();
    for kind in types.iter().filter(|kind| !is_of_the_language(kind["name"].as_str().unwrap())) {
        note(kind, kind["name"].as_str().unwrap(), &mut bare);
    }
    assert!(types.len() > 50 && bare.is_empty(), "without description: {bare:#?}");
}

/// What GraphQL itself brings along.
fn is_of_the_language(name: &str) -> bool {
    name.starts_with("__") || ["ID", "Int", "Float", "String", "Boolean"].contains(&name)
}

fn note(thing: &Value, path: &str, bare: &mut Vec<String>) {
    if thing["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
        bare.push(path.to_owned());
    }
    for part in ["fields", "args", "inputFields", "enumValues"] {
        for inner in thing[part].as_array().into_iter().flatten() {
            note(inner, &format!("{path}.{}", inner["name"].as_str().unwrap()), bare);
        }
    }
}
