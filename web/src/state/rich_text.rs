//! The words of a rich text (B2), where it is told of in passing.

/// Ends a line: what stands in such an element is a paragraph of its own.
const LINES: [&str; 10] = ["p", "h2", "h3", "h4", "li", "blockquote", "pre", "br", "hr", "ul"];

/// The text of HTML that the server made harmless: without tags, in lines.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = tag(after) else { break };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if LINES.contains(&name) && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        rest = after;
    }
    if !rest.contains('<') {
        text.push_str(rest);
    }
    let text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    // Last: else `&amp;lt;` would be a sign of its own.
    text.replace("&amp;", "&").trim().to_owned()
}

/// Whether a picture or a video is in it, which `plain` says nothing of.
pub fn has_media(html: &str) -> bool {
    ["<img ", "<iframe "].iter().any(|tag| html.contains(tag))
}

/// What stands in the tag that `html` begins with, and what comes after it: a `>` in the value of an attribute does not end it.
fn tag(html: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = html.find(|sign: char| {
        quoted ^= sign == '"';
        sign == '>' && !quoted
    })?;
    Some((&html[..end], &html[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b2_a_rich_text_reads_as_lines_without_its_tags() {
        let html =
            "<h2>Tea</h2><p>Two <strong>cups</strong><br>and a pot</p><ul><li><p>Green</p></li><li>Black</li></ul>";
        assert_eq!(plain(html), "Tea\nTwo cups\nand a pot\nGreen\nBlack");
        assert_eq!(plain(r#"<p>See <a href="https://example.org/a?b=1&amp;c=2">this</a></p>"#), "See this");
    }

    #[test]
    fn b2_what_a_picture_is_called_is_none_of_the_words() {
        assert_eq!(plain(r#"<p>Tea <img src="/pictures/1" alt="a > b"> at four</p>"#), "Tea  at four");
        assert_eq!(plain(r#"<p>Tea "> at four"</p>"#), "Tea \"> at four\"");
    }

    #[test]
    fn b2_a_picture_or_a_video_without_words_is_something() {
        let picture = r#"<p><img src="/pictures/1" alt="Tea"></p>"#;
        assert_eq!((plain(picture).as_str(), has_media(picture)), ("", true));
        assert!(has_media(r#"<iframe src="https://www.youtube-nocookie.com/embed/1"></iframe>"#));
        assert!(!has_media("<p></p>") && !has_media("<p>&lt;img &gt;</p>"));
    }

    #[test]
    fn b2_signs_are_read_once() {
        assert_eq!(plain("<p>a &lt;b&gt; &amp;&nbsp;c &amp;lt;</p>"), "a <b> & c &lt;");
        assert_eq!(plain("no tags"), "no tags");
        assert_eq!(plain("<p></p>"), "");
    }
}
