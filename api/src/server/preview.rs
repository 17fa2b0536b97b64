//! The document of every page, with what a link says of itself where the page is an event's or a session's.

use super::State;
use crate::ids::{Id, SessionId};
use crate::ops::preview::{self, Preview};

/// The document with the preview of what is at `path`, if there is one. Without, the document is sent as it is.
pub async fn document(state: &State, path: &str) -> Option<String> {
    let preview = of(state, path).await?;
    let document = tokio::fs::read_to_string(state.app.config.web_dir.join("index.html")).await.ok()?;
    let (before, after) = document.split_once("</title>")?;
    Some(format!("{before}</title>{}{after}", tags(&preview)))
}

async fn of(state: &State, path: &str) -> Option<Preview> {
    let parts: Vec<&str> = path.split('/').collect();
    let found = match parts[..] {
        ["e", slug] => preview::of_event(&state.app, slug.to_owned()).await,
        ["e", slug, "sessions", id] => {
            let id = SessionId::parse(&format!("session:{id}"))?;
            preview::of_session(&state.app, slug.to_owned(), id).await
        }
        _ => return None,
    };
    // The page itself says that something is wrong with the database.
    found.ok().flatten()
}

fn tags(preview: &Preview) -> String {
    let mut tags = String::new();
    let mut add = |name: &str, value: &str| {
        tags.push_str(&format!("<meta property=\"{name}\" content=\"{}\">", escaped(value)));
    };
    add("og:type", "website");
    add("og:title", &preview.title);
    add("og:description", &preview.description);
    add("og:url", &preview.url);
    if let Some((address, alt)) = &preview.picture {
        add("og:image", address);
        add("og:image:alt", alt);
    }
    let card = if preview.picture.is_some() { "summary_large_image" } else { "summary" };
    tags.push_str(&format!("<meta name=\"twitter:card\" content=\"{card}\">"));
    tags.push_str(&format!("<meta name=\"description\" content=\"{}\">", escaped(&preview.description)));
    tags
}

/// What stands between quotation marks in HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
