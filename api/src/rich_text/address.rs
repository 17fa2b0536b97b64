//! The addresses that rich text may have: of links, of our own pictures, of videos.

use super::VIDEO_HOSTS;
use url::Url;

/// A link's address as it is stored, if it leads to a page or to a mail program.
pub fn link(text: &str) -> Option<String> {
    let address = Url::parse(text.trim()).ok()?;
    matches!(address.scheme(), "http" | "https" | "mailto").then(|| address.to_string())
}

/// The id in the address of one of our pictures: `/pictures/<id>/<variant>`.
pub fn picture(text: &str) -> Option<&str> {
    let (id, variant) = text.strip_prefix("/pictures/")?.split_once('/')?;
    let is_id = id.len() == 26 && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let is_variant = (1..=32).contains(&variant.len())
        && variant.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && !variant.contains("..");
    (is_id && is_variant).then_some(id)
}

/// Whether it is the player of one video of an allowed host, with nothing added but where the video starts or the key of an
/// unlisted one.
pub fn video(text: &str) -> bool {
    let [youtube, vimeo] = VIDEO_HOSTS;
    let rest = |host: &str, path: &str| text.strip_prefix(host)?.strip_prefix(path);
    let split = |rest: &'_ str| {
        rest.split_once('?').map_or((rest.to_owned(), None), |(id, query)| (id.to_owned(), Some(query.to_owned())))
    };
    if let Some(rest) = rest(youtube, "/embed/") {
        let (id, query) = split(rest);
        let is_id =
            id.len() == 11 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        return is_id && query.is_none_or(|query| query.strip_prefix("start=").is_some_and(|at| number(at, 6)));
    }
    if let Some(rest) = rest(vimeo, "/video/") {
        let (id, query) = split(rest);
        let is_key = |key: &str| (1..=40).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        return number(&id, 12) && query.is_none_or(|query| query.strip_prefix("h=").is_some_and(is_key));
    }
    false
}

fn number(text: &str, digits: usize) -> bool {
    (1..=digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
