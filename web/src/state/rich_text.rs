//! The words of a rich text (B2), where it is told of in passing.

/// Ends a line: what stands in such an element is a paragraph of its own.
const LINES: [&str; 10] = ["p", "h2", "h3", "h4", "li", "blockquote", "pre", "br", "hr", "ul"];

/// The text of HTML that the server made harmless: without tags, in lines.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = after.split_once('>') else { break };
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
    fn b2_signs_are_read_once() {
        assert_eq!(plain("<p>a &lt;b&gt; &amp;&nbsp;c &amp;lt;</p>"), "a <b> & c &lt;");
        assert_eq!(plain("no tags"), "no tags");
        assert_eq!(plain("<p></p>"), "");
    }
}
