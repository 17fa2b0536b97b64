//! The first wall of rich text: reads tags one by one, lets through those we know, and counts what is limited.
//!
//! It builds no tree. That is what keeps deep or crossed nesting, which a tree builder repairs by copying, from costing
//! anything before it is refused.

use super::{address, fixed};
use crate::limits;
use crate::validate::{Code, Problem};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::collections::HashMap;

/// What was read, with only known tags, and what was found on the way.
#[derive(Default)]
pub struct Read {
    pub html: String,
    /// Ids of our pictures, each once.
    pub pictures: Vec<String>,
    /// Whether there is anything to see.
    pub has_content: bool,
    images: usize,
    videos: usize,
    foreign_images: usize,
    foreign_videos: usize,
    pub too_deep: bool,
    /// How often each element is open.
    open: HashMap<&'static str, usize>,
    /// The element whose text is passed over.
    skipping: Option<String>,
}

pub fn read(html: &str) -> Read {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // It stops for scripts only, and the sink never asks it to run one.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Sink(RefCell<Read>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut read = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return read.start(&tag),
            Token::TagToken(tag) => read.end(&tag.name),
            Token::CharacterTokens(text) => read.text(&text),
            Token::CommentToken(_)
            | Token::DoctypeToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Read {
    pub fn problems(&self, field: &'static str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |code, message: String| problems.push(Problem::new(field, code, message));
        if self.too_deep {
            let message =
                format!("{field} is nested more than {} elements deep. Make it flatter.", limits::RICH_TEXT_DEPTH);
            add(Code::Invalid, message);
        }
        if self.foreign_images > 0 {
            add(
                Code::Invalid,
                format!("{field} links to a picture somewhere else. Upload the picture instead of linking to it."),
            );
        }
        if self.foreign_videos > 0 {
            let message = format!(
                "{field} embeds a page that is no video of YouTube (www.youtube-nocookie.com/embed/…) or Vimeo \
                 (player.vimeo.com/video/…). Link to it instead."
            );
            add(Code::Invalid, message);
        }
        for (count, limit, what) in
            [(self.images, limits::RICH_TEXT_IMAGES, "pictures"), (self.videos, limits::RICH_TEXT_VIDEOS, "videos")]
        {
            if count > limit {
                let message = format!("{field} has {count} {what}, {limit} are allowed.");
                let problem = Problem::new(field, Code::OutOfRange, message);
                problems.push(Problem { limit: i64::try_from(limit).ok(), ..problem });
            }
        }
        problems
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match name {
            "a" => self.link(tag),
            "img" => self.image(tag),
            "iframe" => self.video(tag),
            _ => match known(name) {
                Some(name) => self.open(name),
                None => self.blank(name),
            },
        }
        let Some(kind) = raw(name) else { return TokenSinkResult::Continue };
        self.skipping = Some(name.to_owned());
        TokenSinkResult::RawData(kind)
    }

    fn end(&mut self, name: &str) {
        if self.skipping.as_deref() == Some(name) {
            self.skipping = None;
            return;
        }
        let Some(name) = known(name) else { return self.blank(name) };
        // An end without a beginning would make an element of its own out of some of them.
        let Some(open) = self.open.get_mut(name).filter(|open| **open > 0) else { return };
        *open -= 1;
        self.html.push_str(&format!("</{name}>"));
    }

    fn text(&mut self, text: &str) {
        if self.skipping.is_some() {
            return;
        }
        self.has_content |= text.chars().any(|c| !c.is_whitespace());
        escape(&mut self.html, text);
    }

    fn open(&mut self, name: &'static str) {
        self.html.push_str(&format!("<{name}>"));
        match name {
            "br" => {}
            "hr" => self.has_content = true,
            // The next one ends it: they do not nest by themselves.
            "p" | "li" => _ = self.open.insert(name, 1),
            _ => {
                *self.open.entry(name).or_default() += 1;
                self.too_deep |= self.open.values().sum::<usize>() > limits::RICH_TEXT_DEPTH;
            }
        }
        if is_block(name) && name != "p" {
            self.open.insert("p", 0);
        }
    }

    fn link(&mut self, tag: &Tag) {
        let Some(address) = attribute(tag, "href").and_then(|href| address::link(&href)) else { return };
        // A link in a link ends the outer one.
        self.end("a");
        self.open.insert("a", 1);
        self.element("a", &[("href", &address)]);
    }

    fn image(&mut self, tag: &Tag) {
        let Some(address) = attribute(tag, "src").filter(|src| !src.is_empty()) else { return };
        let Some(id) = address::picture(&address) else {
            self.foreign_images += 1;
            return;
        };
        self.images += 1;
        self.has_content = true;
        if !self.pictures.iter().any(|known| known == id) {
            self.pictures.push(id.to_owned());
        }
        let alt = attribute(tag, "alt").unwrap_or_default();
        self.element("img", &[("src", &address), ("alt", &alt)]);
    }

    fn video(&mut self, tag: &Tag) {
        let Some(address) = attribute(tag, "src").filter(|src| !src.is_empty()) else { return };
        if !address::video(&address) {
            self.foreign_videos += 1;
            return;
        }
        self.videos += 1;
        self.has_content = true;
        self.element("iframe", &[("src", &address)]);
        self.html.push_str("</iframe>");
    }

    /// Writes a beginning with these attributes and those that it always has.
    fn element(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.html.push_str(&format!("<{name}"));
        for (name, value) in attributes.iter().chain(fixed(name)) {
            self.html.push_str(&format!(" {name}=\""));
            escape(&mut self.html, value);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Keeps the words apart that an unknown block held apart.
    fn blank(&mut self, name: &str) {
        if matches!(name, "div" | "section" | "article" | "table" | "tr" | "td" | "th" | "dt" | "dd" | "figure") {
            self.html.push('\n');
        }
    }
}

/// The element that stands for this one.
fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "p" => "p",
        "h1" | "h2" => "h2",
        "h3" => "h3",
        "h4" | "h5" | "h6" => "h4",
        "ul" => "ul",
        "ol" => "ol",
        "li" => "li",
        "blockquote" => "blockquote",
        "pre" => "pre",
        "code" => "code",
        "strong" | "b" => "strong",
        "em" | "i" => "em",
        "u" | "ins" => "u",
        "s" | "del" | "strike" => "s",
        "br" => "br",
        "hr" => "hr",
        "a" => "a",
        _ => return None,
    })
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "h2" | "h3" | "h4" | "ul" | "ol" | "li" | "blockquote" | "pre" | "hr")
}

/// How browsers read what is inside elements that hold no markup. None of it is shown.
fn raw(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(RawKind::Rawtext),
        _ => None,
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
}

/// Writes text so that it stays text, without the control characters that no page may show.
fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' | '\t' => html.push(c),
            c if c.is_control() => {}
            c => html.push(c),
        }
    }
}
