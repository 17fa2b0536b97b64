//! What people write, made harmless for those who read it, once, when it is written (I1). It stays plain text: pages show it as
//! text, and find the links in it.

use crate::ids::{AccountId, Id};
use crate::limits;
use crate::validate::{Code, Problem, Problems};
use unicode_segmentation::UnicodeSegmentation;

/// What stands before the id of somebody who is mentioned, and after it.
const MENTION: (&str, char) = ("@[", ']');

/// Letters that look like nothing.
const BLANK: [char; 5] = ['\u{115f}', '\u{1160}', '\u{2800}', '\u{3164}', '\u{ffa0}'];

const FLAG: char = '\u{1f3f4}';
/// Characters that may follow a flag, to say which part of a country it belongs to.
const TAGS_OF_FLAG: usize = 6;

const JOINER: char = '\u{200d}';

/// The text as it is kept: without control characters and characters that turn the direction of what follows, with few
/// combining marks on one letter and few empty lines.
pub(super) fn cleaned(problems: &mut Problems, text: &str) -> String {
    if text.chars().count() > limits::MESSAGE_SOURCE {
        problems.length("text", text, limits::MESSAGE);
        return String::new();
    }
    let text = clean(text);
    let seen = text.chars().any(|c| !c.is_whitespace() && !BLANK.contains(&c) && !is_mark(c));
    problems.text("text", if seen { &text } else { "" }, limits::MESSAGE)
}

fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut marks, mut line_ends, mut tags) = (0, 0, 0);
    for c in text.replace("\r\n", "\n").chars() {
        let c = match c {
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            other => other,
        };
        if is_tag(c) {
            if tags > 0 {
                tags -= 1;
                clean.push(c);
            }
            continue;
        }
        if c != '\n' && c.is_control() || is_hidden(c) {
            continue;
        }
        tags = if c == FLAG { TAGS_OF_FLAG } else { 0 };
        marks = if is_mark(c) { marks + 1 } else { 0 };
        line_ends = match c {
            '\n' => line_ends + 1,
            c if c.is_whitespace() => line_ends,
            _ => 0,
        };
        if marks <= limits::MARKS_IN_A_ROW && (c != '\n' || line_ends <= limits::LINE_ENDS_IN_A_ROW) {
            clean.push(c);
        }
    }
    clean
}

/// Whether it is shown as nothing and does something to its neighbours: what turns the direction of text, joins or parts words,
/// or is no character at all.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e00ff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

/// Whether it stands on the letter before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_one(['a', c])
}

/// Whether the characters are shown as one, by the rules of Unicode.
fn is_one<const N: usize>(characters: [char; N]) -> bool {
    String::from_iter(characters).graphemes(true).count() == 1
}

/// The people whom the text mentions, each once: `@[account:…]`.
pub(super) fn mentioned(text: &str) -> Vec<AccountId> {
    let mut people = Vec::new();
    for rest in text.split(MENTION.0).skip(1) {
        let person = rest.split_once(MENTION.1).and_then(|(id, _)| AccountId::parse(id));
        people.extend(person.filter(|person| !people.contains(person)));
    }
    people
}

/// One emoji, as people choose them to react.
pub(super) fn emoji(problems: &mut Problems, text: &str) -> String {
    let text = text.trim();
    if !is_emoji(text) {
        problems.push(Problem::new("emoji", Code::Invalid, "Choose one emoji."));
    }
    text.to_owned()
}

fn is_emoji(text: &str) -> bool {
    if text.len() > limits::EMOJI_BYTES || text.graphemes(true).count() != 1 {
        return false;
    }
    let mut characters = text.chars();
    let first = characters.next().unwrap_or_default();
    let rest: Vec<char> = characters.collect();
    if is_letter_of_flag(first) {
        return rest.len() == 1;
    }
    if matches!(first, '0'..='9' | '#' | '*') {
        return matches!(rest[..], ['\u{20e3}'] | ['\u{fe0f}', '\u{20e3}']);
    }
    let belongs = |c: &char| {
        *c == JOINER || is_tag(*c) || matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') || is_picture(*c)
    };
    is_picture(first) && rest.iter().all(belongs)
}

fn is_letter_of_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Pictures alone are one with a picture that they are joined to.
fn is_picture(c: char) -> bool {
    !c.is_ascii() && !is_mark(c) && is_one(['\u{1f600}', JOINER, c])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let mut problems = Problems::default();
        let text = cleaned(&mut problems, text);
        assert_eq!(problems.finish(), Ok(()), "{text}");
        text
    }

    fn is_refused(text: &str) -> bool {
        let mut problems = Problems::default();
        cleaned(&mut problems, text);
        problems.finish().is_err()
    }

    #[test]
    fn i1_what_people_write_stays_as_it_is() {
        let texts = [
            "Hello, everybody!\n\nSecond paragraph: <b>not bold</b> & https://example.org/?a=b",
            "Grüße, привет, 你好, שלום, مرحبا, नमस्ते, สวัสดี, 안녕하세요, Tiếng Việt",
            "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️‍🔥 🇺🇳 1️⃣",
        ];
        for text in texts {
            assert_eq!(kept(text), text);
        }
    }

    #[test]
    fn i1_what_harms_readers_goes() {
        let table = [
            ("  blank around \n", "blank around"),
            ("bell\u{7} null\0 escape\u{1b}[31m", "bell null escape[31m"),
            ("turned \u{202e}gnp.exe", "turned gnp.exe"),
            ("isolated \u{2067}x\u{2069}\u{200f}", "isolated x"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("lines\r\nof\rall\u{2028}kinds", "lines\nof\nall\nkinds"),
            ("a\n\n \n \n\n\nb", "a\n\n  b"),
            ("tab\there", "tab here"),
            ("tags \u{e0041}\u{e0042}without a flag", "tags without a flag"),
            ("no character \u{fffe}\u{1ffff}", "no character"),
        ];
        for (written, expected) in table {
            assert_eq!(kept(written), expected, "{written:?}");
        }
    }

    #[test]
    fn i1_few_marks_stand_on_one_letter() {
        let zalgo = format!("Z{}a{}lgo", "\u{335}\u{311}".repeat(50), "\u{489}".repeat(300));
        let marks = |text: &str| text.chars().filter(|c| is_mark(*c)).count();
        assert_eq!(marks(&kept(&zalgo)), 2 * limits::MARKS_IN_A_ROW);
        let flags = format!("\u{1f3f4}{}", "\u{e0061}".repeat(500));
        assert_eq!(kept(&flags).chars().count(), 1 + TAGS_OF_FLAG);
    }

    /// Counted after the cleaning, in Unicode scalar values.
    #[test]
    fn i1_a_message_is_not_empty_and_not_long() {
        for empty in ["", " \n\t ", "\u{200b}\u{202e}", "\u{301}\u{200d}", "\u{3164}\u{2800}", "\0"] {
            assert!(is_refused(empty), "{empty:?}");
        }
        assert_eq!(kept(&"🎉".repeat(2_000)).chars().count(), 2_000);
        assert!(is_refused(&"x".repeat(2_001)));
        assert!(is_refused(&"x".repeat(65_536)));
        assert_eq!(kept(&format!("{}x", "\u{7}".repeat(7_999))), "x");
    }

    #[test]
    fn i1_mentions_are_found() {
        let id = "account:01ARZ3NDEKTSV4RRFFQ69G5FAV";
        let person = AccountId::parse(id).unwrap();
        assert_eq!(mentioned(&format!("@[{id}] and again @[{id}], but not {id}")), [person]);
        assert_eq!(mentioned("@[session:01ARZ3NDEKTSV4RRFFQ69G5FAV] @[account:x] @[ @[Ada] @["), []);
    }

    #[test]
    fn i1_one_emoji_is_a_reaction() {
        for good in ["👍", "👍🏽", "❤️", "❤", "👩‍👩‍👧", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇺🇳", "1️⃣", "🫠"]
        {
            assert!(is_emoji(good), "{good}");
        }
        let long = "👩‍".repeat(20);
        for bad in ["", "a", "ok", "👍👍", "1", "🇺", "\u{301}", "e\u{301}", "👍\u{301}\u{301}", "<b>", "字", &long]
        {
            assert!(!is_emoji(bad), "{bad}");
        }
    }
}
