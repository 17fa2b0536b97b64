//! What stands in a message: words, links, people.

use crate::api::share_request::Asker;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// An address, of http or https alone.
    Link(String),
    /// Somebody, by id; without a name when they have no account any more.
    Mention {
        id: String,
        name: Option<String>,
    },
}

/// Takes a message apart. Everything that is no link and mentions nobody is text as it stands.
pub fn parts(text: &str, mentions: &[Asker]) -> Vec<Part> {
    let (mut parts, mut plain) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at_start = plain.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let found = mention(rest, mentions).or_else(|| if at_start { link(rest) } else { None });
        let length = if let Some((part, length)) = found {
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(part);
            length
        } else {
            plain.push(first);
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    parts
}

/// The text in one line of plain text, as where there is little room: with names, without links.
pub fn plain(text: &str, mentions: &[Asker], gone: &str) -> String {
    let part = |part| match part {
        Part::Text(text) | Part::Link(text) => text,
        Part::Mention { name, .. } => format!("@{}", name.as_deref().unwrap_or(gone)),
    };
    parts(text, mentions).into_iter().map(part).collect()
}

/// Whom `text` mentions at its beginning, and how many bytes that is. Also in the middle of a word: so does the server read it.
fn mention(text: &str, mentions: &[Asker]) -> Option<(Part, usize)> {
    let inner = text.strip_prefix("@[")?;
    let (id, _) = inner.split_once(']')?;
    let bare = id.strip_prefix("account:").filter(|bare| bare.len() == 26)?;
    if !bare.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let name = mentions.iter().find(|person| person.id.inner() == id).map(|person| person.name.clone());
    Some((Part::Mention { id: id.to_owned(), name }, "@[]".len() + id.len()))
}

/// The address that `text` begins with, and how many bytes it is.
fn link(text: &str) -> Option<(Part, usize)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(scheme)))?;
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"');
    let mut link = &text[..text.find(ends).unwrap_or(text.len())];
    // What closes the sentence around it is no part of it.
    while let Some(last) = link.chars().next_back() {
        let unopened = |open: char| link.matches(last).count() > link.matches(open).count();
        let outside = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '”' | '“' | '*' | '…' => true,
            ')' => unopened('('),
            ']' => unopened('['),
            '}' => unopened('{'),
            _ => false,
        };
        if !outside {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    let host = link.get(scheme.len()..)?;
    host.starts_with(|letter: char| letter.is_alphanumeric() || letter == '[')
        .then(|| (Part::Link(link.to_owned()), link.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = "account:01ARZ3NDEKTSV4RRFFQ69G5FAV";

    fn of(text: &str) -> Vec<Part> {
        let ada = Asker { id: cynic::Id::new(ADA), name: "Ada".into(), picture: None };
        parts(text, &[ada])
    }

    fn links(text: &str) -> Vec<String> {
        let link = |part| if let Part::Link(link) = part { Some(link) } else { None };
        of(text).into_iter().filter_map(link).collect()
    }

    #[test]
    fn i1_links_end_where_the_sentence_around_them_goes_on() {
        assert_eq!(links("See https://example.org/a?b=c#d."), ["https://example.org/a?b=c#d"]);
        assert_eq!(
            links("(http://example.org/x_(y)), https://two.example!"),
            ["http://example.org/x_(y)", "https://two.example"]
        );
        assert_eq!(links("<HTTPS://example.org>\nhttp://[::1]:80/"), ["HTTPS://example.org", "http://[::1]:80/"]);
    }

    #[test]
    fn i1_nothing_but_http_is_a_link() {
        for text in
            ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "https://", "https://.", "xhttps://a.b"]
        {
            assert_eq!(of(text), [Part::Text(text.to_owned())], "{text}");
        }
    }

    #[test]
    fn i1_a_mention_is_a_name_and_what_is_like_one_stays_text() {
        let text = |text: &str| Part::Text(text.into());
        let ada = Part::Mention { id: ADA.into(), name: Some("Ada".into()) };
        assert_eq!(of(&format!("Hi @[{ADA}]!")), [text("Hi "), ada.clone(), text("!")]);
        assert_eq!(of(&format!("Hi@[{ADA}]")), [text("Hi"), ada], "as the server reads it");
        let gone = "account:01ARZ3NDEKTSV4RRFFQ69G5FAX";
        assert_eq!(of(&format!("@[{gone}]")), [Part::Mention { id: gone.into(), name: None }]);
        for plain in ["@[account:1]", "@[Ada]", "@[", "<b>@Ada</b>", "@[account:ääääääääääääääääääääääääää]"]
        {
            assert_eq!(of(plain), [text(plain)], "{plain}");
        }
    }

    #[test]
    fn i1_a_quote_has_names_and_no_ids() {
        let ada = Asker { id: cynic::Id::new(ADA), name: "<Ada>".into(), picture: None };
        let said = format!("@[{ADA}] @[account:01ARZ3NDEKTSV4RRFFQ69G5FAX] https://example.org");
        assert_eq!(plain(&said, &[ada], "nobody"), "@<Ada> @nobody https://example.org");
    }

    #[test]
    fn i1_nothing_of_a_message_is_lost() {
        let said = "א https://example.org/ü, 🎉\n  end";
        let whole: String = of(said)
            .into_iter()
            .map(|part| match part {
                Part::Text(text) | Part::Link(text) => text,
                Part::Mention { .. } => String::new(),
            })
            .collect();
        assert_eq!(whole, said);
    }
}
