//! Rich text that people write for others to read: made harmless once, when it is written (B2).
//!
//! Two walls. `tokens` lets through only the tags we know, writes their attributes itself and counts what is limited, so
//! that nothing reaches the tree builder which its repairs could blow up. `ammonia` then parses the rest as a browser does,
//! and keeps what is on a list of its own. What leaves is the form that is stored, counted and shown.

mod address;
mod tokens;

#[cfg(test)]
mod tests;

use crate::limits;
use crate::validate::{Code, Problem, Problems};
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Where embedded videos may come from: the address up to the video's id. The pages' `frame-src` has the same hosts.
pub const VIDEO_HOSTS: [&str; 2] = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"];

/// Every element that rich text may have.
const TAGS: [&str; 19] = [
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "strong",
    "em",
    "u",
    "s",
    "br",
    "hr",
    "a",
    "img",
    "iframe",
];

/// What a link of somebody else's making may know and do.
const LINK_REL: &str = "noopener nofollow";

/// Attributes that are always as here, in the order in which they are written, whatever the author wanted.
const FIXED: [(&str, &[(&str, &str)]); 3] = [
    ("a", &[("target", "_blank")]),
    ("img", &[("loading", "lazy")]),
    (
        "iframe",
        &[
            ("title", "Video"),
            ("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups"),
            ("allow", "encrypted-media; fullscreen; picture-in-picture"),
            // The players refuse to play for pages that do not say at all who they are.
            ("referrerpolicy", "strict-origin-when-cross-origin"),
            ("loading", "lazy"),
        ],
    ),
];

/// Harmless HTML, and the ids of our pictures that it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText {
    pub html: String,
    /// Without prefix, each once. Whether they exist and belong there is for the caller to check.
    pub pictures: Vec<String>,
}

/// Cleans what somebody wrote. Markup that we do not know goes silently; a picture or a video from elsewhere is a problem,
/// so that nobody misses it later without knowing why.
pub fn clean(problems: &mut Problems, field: &'static str, html: &str) -> RichText {
    let count = html.chars().count();
    if count > limits::RICH_TEXT_SOURCE {
        problems.push(too_long(field, count));
        return RichText::default();
    }
    let read = tokens::read(html);
    problems.extend(read.problems(field));
    if !read.has_content || read.too_deep {
        return RichText::default();
    }
    let html = WALL.clean(&read.html).to_string().trim().to_owned();
    let count = html.chars().count();
    if count > limits::RICH_TEXT {
        problems.push(too_long(field, count));
    }
    RichText { html, pictures: read.pictures }
}

fn too_long(field: &'static str, count: usize) -> Problem {
    let limit = limits::RICH_TEXT;
    let message = format!("{field} has {count} characters of HTML, {limit} are allowed.");
    Problem { limit: i64::try_from(limit).ok(), ..Problem::new(field, Code::TooLong, message) }
}

fn fixed(tag: &str) -> &'static [(&'static str, &'static str)] {
    FIXED.iter().find(|(name, _)| *name == tag).map_or(&[], |(_, attributes)| attributes)
}

static WALL: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("img", HashSet::from(["src", "alt"])),
        ("iframe", HashSet::from(["src"])),
    ]);
    let mut values: HashMap<&str, HashMap<&str, &str>> = HashMap::new();
    for (tag, pairs) in FIXED {
        attributes.entry(tag).or_default().extend(pairs.iter().map(|(name, _)| name));
        values.insert(tag, pairs.iter().copied().collect());
    }
    let mut wall = Builder::empty();
    wall.tags(HashSet::from(TAGS))
        .tag_attributes(attributes)
        .set_tag_attribute_values(values)
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some(LINK_REL))
        .attribute_filter(|tag, name, value| match (tag, name) {
            ("a", "href") => address::link(value).map(Into::into),
            ("img", "src") => address::picture(value).map(|_id| value.into()),
            ("iframe", "src") => address::video(value).then(|| value.into()),
            _ => Some(value.into()),
        });
    wall
});
