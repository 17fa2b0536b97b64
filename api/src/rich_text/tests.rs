//! B2: nothing that somebody pastes can run script in another person's browser. `e2e/venue/additional_information.spec.ts`
//! shows a longer list to a real one.

use super::*;

const PICTURE: &str = "/pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV/wide.webp";

/// The cleaned text, and the codes of what is wrong with it.
fn cleaned(html: &str) -> (String, Vec<Code>) {
    let mut problems = Problems::default();
    let text = clean(&mut problems, "additionalInformation", html);
    let codes = match problems.finish() {
        Err(crate::error::Error::Invalid(problems)) => problems.iter().map(|problem| problem.code).collect(),
        _ => Vec::new(),
    };
    (text.html, codes)
}

/// The text that must come out without a problem.
fn kept(html: &str) -> String {
    let (text, codes) = cleaned(html);
    assert_eq!(codes, [], "{html}");
    text
}

#[test]
fn b2_formatting_is_kept_as_it_is() {
    for html in [
        "<p>One <strong>two</strong> <em>three</em> <u>four</u> <s>five</s> <code>six</code></p>",
        "<h2>Two</h2><h3>Three</h3><h4>Four</h4>",
        "<ul><li><p>a</p><ol><li><p>b</p></li></ol></li></ul><blockquote><p>q</p></blockquote>",
        "<pre><code>let a = 1 &lt; 2;\nlet b;</code></pre><hr><p>a<br>b</p>",
        "<p>🎉 ü \"quoted\" &amp; العربية&nbsp;x</p>",
    ] {
        assert_eq!(kept(html), html);
    }
}

#[test]
fn b2_links_open_elsewhere_and_say_nothing_of_us() {
    let link = |href: &str| format!("<p><a href=\"{href}\" target=\"_blank\" rel=\"noopener nofollow\">x</a></p>");
    for href in ["https://example.org/a?b=c&amp;d", "http://example.org/", "mailto:ada@example.org"] {
        assert_eq!(
            kept(&format!("<p><a href=\"{href}\" rel=\"opener\" target=\"_self\" onclick=\"x()\">x</a></p>")),
            link(href)
        );
        assert_eq!(kept(&link(href)), link(href));
    }
    for href in [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "/e/x",
        "//example.org",
        "blob:x",
        "",
    ] {
        assert_eq!(kept(&format!("<p><a href=\"{href}\">x</a></p>")), "<p>x</p>", "{href}");
    }
    assert_eq!(
        kept("<p><a href=\"https://a.example\">x<a href=\"https://b.example\">y</a></a></p>").matches("<a ").count(),
        2
    );
}

#[test]
fn b2_pictures_are_ours_and_their_text_stays() {
    let mut problems = Problems::default();
    let html =
        format!("<img src=\"{PICTURE}\" alt=\"A &quot;map&quot;\" onerror=\"x()\" width=\"1\"><img src=\"{PICTURE}\">");
    let text = clean(&mut problems, "additionalInformation", &html);
    assert!(problems.finish().is_ok());
    assert_eq!(text.pictures, ["01ARZ3NDEKTSV4RRFFQ69G5FAV"]);
    assert_eq!(
        text.html,
        format!(
            "<img src=\"{PICTURE}\" alt=\"A &quot;map&quot;\" loading=\"lazy\"><img src=\"{PICTURE}\" alt=\"\" loading=\"lazy\">"
        )
    );
    for src in [
        "https://tracker.example/pixel.png",
        "//tracker.example/pixel.png",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "/pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV/../../graphql",
        "/pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV/a..b",
        "/pictures/x/wide",
        "/graphql?query=x",
        " /pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV/wide",
        "x",
    ] {
        let (text, codes) = cleaned(&format!("<p>before</p><img src=\"{src}\">"));
        assert_eq!((text.as_str(), codes), ("<p>before</p>", vec![Code::Invalid]), "{src}");
    }
}

#[test]
fn b2_videos_come_from_the_list_with_attributes_of_ours() {
    for src in [
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
        "https://player.vimeo.com/video/76979871",
        "https://player.vimeo.com/video/76979871?h=8272103f6e",
    ] {
        let expected = format!(
            "<iframe src=\"{src}\" title=\"Video\" sandbox=\"allow-scripts allow-same-origin allow-presentation allow-popups\" \
             allow=\"encrypted-media; fullscreen; picture-in-picture\" referrerpolicy=\"strict-origin-when-cross-origin\" \
             loading=\"lazy\"></iframe>"
        );
        let written = format!(
            "<iframe sandbox=\"allow-top-navigation\" allow=\"camera\" srcdoc=\"<script>x()</script>\" src=\"{src}\" \
             onload=\"x()\">inside</iframe>"
        );
        assert_eq!(kept(&written), expected);
        assert_eq!(kept(&expected), expected);
        assert!(VIDEO_HOSTS.iter().any(|host| src.starts_with(&format!("{host}/"))));
    }
    for src in [
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ/../../redirect",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=1&enablejsapi=1",
        "https://www.youtube-nocookie.com.evil.example/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com@evil.example/embed/dQw4w9WgXcQ",
        "http://player.vimeo.com/video/76979871",
        "https://player.vimeo.com/video/76979871#x",
        "https://evil.example/",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
    ] {
        let (text, codes) = cleaned(&format!("<p>before</p><iframe src=\"{src}\"></iframe>"));
        assert_eq!((text.as_str(), codes), ("<p>before</p>", vec![Code::Invalid]), "{src}");
    }
    assert_eq!(kept("<p>a</p><iframe srcdoc=\"<script>x()</script>\"></iframe>"), "<p>a</p>");
}

#[test]
fn b2_twenty_thousand_characters_fit_and_one_more_does_not() {
    let of = |count: usize| format!("<p>{}</p>", "ü".repeat(count - "<p></p>".len()));
    assert_eq!(kept(&of(20_000)).chars().count(), 20_000);
    assert_eq!(cleaned(&of(20_001)).1, [Code::TooLong]);
    // What is cleaned away does not count, within reason.
    let padded = |count: usize| format!("<p class=\"{}\">x</p>", "y".repeat(count));
    assert_eq!(kept(&padded(60_000)), "<p>x</p>");
    assert_eq!(cleaned(&padded(80_000)).1, [Code::TooLong]);
}

#[test]
fn b2_twenty_pictures_and_ten_videos_fit_and_one_more_does_not() {
    let picture = format!("<img src=\"{PICTURE}\">");
    assert_eq!(kept(&picture.repeat(20)).matches("<img").count(), 20);
    assert_eq!(cleaned(&picture.repeat(21)).1, [Code::OutOfRange]);
    let video = "<iframe src=\"https://player.vimeo.com/video/1\"></iframe>";
    assert_eq!(kept(&video.repeat(10)).matches("<iframe").count(), 10);
    assert_eq!(cleaned(&video.repeat(11)).1, [Code::OutOfRange]);
}

#[test]
fn b2_nesting_is_bounded_and_costs_nothing_before_it_is_refused() {
    let nested = |depth: usize| format!("{}x{}", "<blockquote>".repeat(depth), "</blockquote>".repeat(depth));
    assert_eq!(cleaned(&nested(20)).1, []);
    assert_eq!(cleaned(&nested(21)).1, [Code::Invalid]);
    // Each paragraph would open all of them again: a thousand times a thousand elements.
    let crossed: String = (0..2_000).map(|n| format!("<b a={n}>")).chain((0..2_000).map(|_| "<p>x".into())).collect();
    assert_eq!(cleaned(&crossed).1, [Code::Invalid]);
    let closed_wrongly = "<b a=1><table><td></b></table>".repeat(1_000);
    assert_eq!(cleaned(&closed_wrongly).1, []);
    // Paragraphs and items that nobody closed are beside each other.
    assert_eq!(cleaned(&"<ul><li>x<li>y</ul><p>x".repeat(100)).1, []);
}

#[test]
fn b2_nothing_to_see_is_nothing() {
    for html in
        ["", "  \n", "<p></p>", "<p>&nbsp;</p><p><br></p>", "<script>x()</script>", "<!-- x -->", "<img>", "<h2></h2>"]
    {
        assert_eq!(kept(html), "", "{html}");
    }
    assert_eq!(kept("plain & simple"), "plain &amp; simple");
    assert_eq!(kept("<div>one</div><div>two</div>"), "one\n\ntwo");
}

/// Known ways around sanitisers; those with a picture or a frame from elsewhere are refused as a whole.
#[test]
fn b2_known_attacks_leave_only_known_elements() {
    let attacks = [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<p onclick=alert(1) style=\"background:url(javascript:alert(1))\" class=x id=y>x</p>",
        "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x></svg>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\"></table></math>",
        "<math><annotation-xml encoding=\"text/html\"><style><p title=\"</style><b onclick=alert(1)>x\"></annotation-xml></math>",
        "<form><math><mtext></form><form><mglyph><style></math><b onclick=alert(1)>x</b></style></form>",
        "<noscript><p title=\"</noscript><b onmouseover=alert(1)>x</b>\"></noscript>",
        "<template><b onclick=alert(1)>x</b></template>",
        "<textarea><p title=\"</textarea><b onclick=alert(1)>\"></textarea>",
        "<xmp><p title=\"</xmp><b onclick=alert(1)>\"></xmp>",
        "<!--><b onclick=alert(1)>-->",
        "<!--[if IE]><b onclick=alert(1)><![endif]-->",
        "<![CDATA[<b onclick=alert(1)>]]>",
        "<meta http-equiv=refresh content=\"0;url=//evil.example\"><base href=//evil.example>",
        "<link rel=import href=//evil.example><link rel=stylesheet href=//evil.example/x.css>",
        "<object data=//evil.example></object><embed src=//evil.example><applet code=x></applet>",
        "<form action=//evil.example><button formaction=javascript:alert(1)>x</button><input onfocus=alert(1) autofocus></form>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a><a href=\"&#x6a;avascript:alert(1)\">x</a>",
        "<a xlink:href=\"javascript:alert(1)\">x</a>",
        "<p\0 onclick=alert(1)>x</p>",
        "<p/onclick=alert(1)>x",
        "<b \"onclick=alert(1)//\">x",
        "<plaintext><b onclick=alert(1)>x",
        "<select><template><b onclick=alert(1)></select>",
        "<a href=\"https://example.org/&quot; onclick=&quot;alert(1)\">x</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ];
    for attack in attacks {
        let (text, codes) = cleaned(&format!("<p>before</p>{attack}<p>after</p>"));
        assert!(codes.is_empty() || codes == [Code::Invalid], "{attack}: {codes:?}");
        assert!(text.starts_with("<p>before</p>"), "{attack}: {text}");
        only_known(attack, &text);
        // Whoever parses what is stored finds the same again.
        assert_eq!(cleaned(&text).0, text, "{attack}");
    }
}

/// Reads the written form strictly: every `<` begins a tag of ours, with attributes of ours.
fn only_known(attack: &str, html: &str) {
    for part in html.split('<').skip(1) {
        let (mut inside, mut quoted) = (String::new(), false);
        for c in part.chars() {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => break,
                c if !quoted => inside.push(c),
                _ => {}
            }
        }
        let mut words = inside.trim_start_matches('/').split_whitespace();
        assert!(words.next().is_some_and(|name| TAGS.contains(&name)), "{attack}: {html}");
        for word in words {
            let known = [
                "href=",
                "target=",
                "rel=",
                "src=",
                "alt=",
                "loading=",
                "title=",
                "sandbox=",
                "allow=",
                "referrerpolicy=",
            ];
            assert!(known.contains(&word), "{attack}: {word} in {html}");
        }
    }
}
