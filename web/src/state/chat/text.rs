//! What stands in a message: words, links, people.

use crate::api::share_request::Asker;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// An address, of http or https alone.
    Link(String),
    /// The name of somebody; nobody, when they have no account any more.
    Mention(Option<String>),
}

/// Takes a message apart. Everything that is no link and mentions nobody is text as it stands.
pub fn parts(text: &str, mentions: &[Asker]) -> Vec<Part> {
    let (mut parts, mut plain) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at_start = plain.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let found = if at_start { special(rest, mentions) } else { None };
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

/// What `text` begins with, if that is no plain text, and how many bytes it is.
fn special(text: &str, mentions: &[Asker]) -> Option<(Part, usize)> {
    if let Some(inner) = text.strip_prefix("@[account:") {
        let (id, _) = inner.split_once(']').filter(|(id, _)| id.len() == 26 && id.is_ascii())?;
        let known = mentions.iter().find(|person| person.id.inner().strip_prefix("account:") == Some(id));
        return Some((Part::Mention(known.map(|person| person.name.clone())), "@[account:]".len() + id.len()));
    }
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
        assert_eq!(of(&format!("Hi @[{ADA}]!")), [text("Hi "), Part::Mention(Some("Ada".into())), text("!")]);
        assert_eq!(of("@[account:01ARZ3NDEKTSV4RRFFQ69G5FAX]"), [Part::Mention(None)]);
        for plain in ["@[account:1]", "@[Ada]", "@[", "<b>@Ada</b>", "@[account:ääääääääääääääääääääääääää]"]
        {
            assert_eq!(of(plain), [text(plain)], "{plain}");
        }
    }

    #[test]
    fn i1_nothing_of_a_message_is_lost() {
        let said = "א https://example.org/ü, 🎉\n  end";
        let whole: String = of(said)
            .into_iter()
            .map(|part| match part {
                Part::Text(text) | Part::Link(text) => text,
                Part::Mention(_) => String::new(),
            })
            .collect();
        assert_eq!(whole, said);
    }
}
