//! All words stand in message files: none in a view, none missing in a language, none left over.

use super::source::{files, folder};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use web::text::{FluentValue, LANGUAGES, Language, Texts, name, parts, place, plain};

/// Attributes whose value a person reads or hears.
const SPOKEN: [&str; 8] = ["aria-label", "aria-description", "title", "alt", "placeholder", "label", "hint", "text"];

#[test]
fn no_view_holds_a_word_that_a_person_reads() {
    let mut found = Vec::new();
    for (path, source) in files("src", "rs") {
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for view in macros(tokens, "view") {
            for literal in literals(view) {
                found.push(format!("{}: {literal}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "words belong into locales/, behind t!(…):\n{}", found.join("\n"));
}

/// The check itself: it must not be blind.
#[test]
fn the_check_finds_words_and_passes_over_everything_else() {
    let found = |view: &str| literals(view.parse().unwrap());
    assert_eq!(found(r#"<p>"Hello"</p>"#).len(), 1);
    assert_eq!(found(r#"<p>{move || "Hello"}</p>"#).len(), 1);
    assert_eq!(found(r#"<p><b class="x">{count}</b>"apples"</p>"#).len(), 1);
    assert_eq!(found(r#"<button aria-label="Close"></button>"#).len(), 1);
    assert_eq!(found(r#"<Button label="Close"/>"#).len(), 1);
    assert_eq!(found(r#"<p>{names.into_iter().map(|name| view! { <b>"Name"</b> })}</p>"#).len(), 1);
    assert_eq!(found(r#"<p class="small" role="status">{t!("saved")}" · "{text!("a", b = 1)}</p>"#).len(), 0);
    assert_eq!(found(r#"<a href=format!("/e/{slug}") attr:class="x">{t!("join")}</a>"#).len(), 0);
    assert_eq!(found(r#"<p>{list.iter().filter(|one| one.id != "default").count()}</p>"#).len(), 0);
    assert_eq!(found(r#"<p aria-hidden=move || if on.get() { "true" } else { "false" }></p>"#).len(), 0);
}

#[test]
fn every_language_has_every_message_with_the_same_arguments() {
    let reference = messages(LANGUAGES[0].tag);
    for language in LANGUAGES {
        let own = messages(language.tag);
        let texts = texts(language);
        let keys = |messages: &BTreeMap<String, BTreeSet<String>>| messages.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&reference), keys(&own), "{}", language.name);
        for (key, arguments) in &own {
            assert_eq!(&reference[key], arguments, "arguments of {key} in {}", language.name);
            let values: Vec<_> = arguments.iter().map(|name| (name.as_str(), FluentValue::from("1"))).collect();
            assert_ne!(&texts.say(key, &values), key, "{key} in {} does not read as a message", language.name);
        }
    }
}

/// The build makes a file of each folder, and the page begins with one of them (`ts/texts.ts`): both must be known here.
#[test]
fn the_languages_are_those_that_have_a_folder_and_the_first_page_falls_back_to_one_of_them() {
    let folders: BTreeSet<_> = fs::read_dir(folder("locales"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(folders, LANGUAGES.map(|language| language.tag.to_owned()).into());
    let script = fs::read_to_string(folder("ts/texts.ts")).unwrap();
    let fallback = script.split_once("FALLBACK = \"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
    assert!(folders.contains(fallback), "{fallback}");
}

#[test]
fn messages_that_the_page_asks_for_are_there_and_none_is_left_over() {
    let known: BTreeSet<String> = messages(LANGUAGES[0].tag).into_keys().collect();
    let (mut asked, mut strings) = (BTreeSet::new(), BTreeSet::new());
    // `text.rs` only tells how messages are asked for.
    for (path, source) in files("src", "rs").into_iter().filter(|(path, _)| !path.ends_with("text.rs")) {
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for name in ["t", "text"] {
            for body in macros(tokens.clone(), name) {
                if let Some(TokenTree::Literal(key)) = body.into_iter().next() {
                    asked.insert(key.to_string().trim_matches('"').to_owned());
                }
            }
        }
        strings.extend(all_literals(tokens));
    }
    let missing: Vec<_> = asked.difference(&known).collect();
    assert!(missing.is_empty(), "not in locales/: {missing:?}");
    // A key may travel as a plain string before it is asked for.
    let left_over: Vec<_> = known.iter().filter(|key| !strings.contains(*key)).collect();
    assert!(left_over.is_empty(), "nobody says: {left_over:?}");
}

/// D5: "you are 3rd".
#[test]
fn a_place_in_a_row_reads_as_people_say_it() {
    let say = |tag: &str, number: u32| {
        let language = LANGUAGES.into_iter().find(|language| language.tag == tag).unwrap();
        texts(language).say("place", &[("number", place(number))])
    };
    assert_eq!(
        [1, 2, 3, 4, 11, 12, 13].map(|number| say("en", number)),
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th"]
    );
    assert_eq!([21, 22, 111].map(|number| say("en", number)), ["21st", "22nd", "111th"]);
    assert_eq!([1, 3].map(|number| say("de", number)), ["1.", "3."]);
}

/// A3: "1 day", and not "1 days".
#[test]
fn a_countdown_has_the_word_for_one() {
    let say = |language, count: i64| texts(language).say("countdown-days", &[("count", count.into())]);
    let said: Vec<_> = LANGUAGES.into_iter().flat_map(|language| [0, 1, 2].map(|count| say(language, count))).collect();
    assert_eq!(said, ["days", "day", "days", "Tage", "Tag", "Tage"]);
}

/// One word for one thing.
#[test]
fn an_event_is_called_the_same_everywhere_in_german() {
    let says_event =
        |line: &str| line.split(|sign: char| !sign.is_alphabetic()).any(|word| word == "Event" || word == "Events");
    for (path, source) in files("locales/de", "ftl") {
        let found: Vec<_> = source.lines().filter(|line| says_event(line)).collect();
        assert!(found.is_empty(), "{}: Veranstaltung, as elsewhere: {found:?}", path.display());
    }
}

/// The bodies of all calls of a macro, those inside other macros too.
fn macros(tokens: TokenStream, name: &str) -> Vec<TokenStream> {
    let mut found = Vec::new();
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        if is_macro(&trees, index, &[name]) {
            found.push(group.stream());
        }
        found.extend(macros(group.stream(), name));
    }
    found
}

/// Whether the group at `index` is what one of these macros is called with.
fn is_macro(trees: &[TokenTree], index: usize, names: &[&str]) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|place| trees.get(place));
    let bang = matches!(before(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '!');
    bang && matches!(before(2), Some(TokenTree::Ident(ident)) if names.iter().any(|name| ident == name))
}

/// The words of a view: text between elements, values of spoken attributes, and what blocks between elements give.
fn literals(view: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = view.into_iter().collect();
    let mut found = Vec::new();
    let mut in_tag = false;
    let mut attribute = String::new();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == '<' => {
                in_tag = true;
                attribute.clear();
            }
            // `=>` and `->` do not end a tag.
            TokenTree::Punct(punct) if punct.as_char() == '>' && !follows(&trees, index, &['=', '-']) => in_tag = false,
            TokenTree::Ident(_) if in_tag => {
                if let Some(name) = attribute_name(&trees, index) {
                    attribute = name;
                }
            }
            TokenTree::Literal(literal) if !in_tag || SPOKEN.contains(&attribute.as_str()) => {
                found.extend(words(&literal.to_string()));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !in_tag => {
                found.extend(given(group.stream()));
            }
            _ => {}
        }
    }
    // A view inside a view is looked at once as a part of it and once for itself.
    found.sort();
    found.dedup();
    found
}

fn follows(trees: &[TokenTree], index: usize, marks: &[char]) -> bool {
    let before = index.checked_sub(1).and_then(|place| trees.get(place));
    matches!(before, Some(TokenTree::Punct(punct)) if marks.contains(&punct.as_char()))
}

/// `aria-label` when the identifier at `index` ends it and an equals sign follows.
fn attribute_name(trees: &[TokenTree], index: usize) -> Option<String> {
    let is =
        |place: usize, mark: char| matches!(trees.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    if !is(index + 1, '=') || is(index + 2, '=') || is(index + 2, '>') {
        return None;
    }
    let mut name = trees[index].to_string();
    let mut place = index;
    while place >= 2 && is(place - 1, '-') {
        name = format!("{}-{name}", trees[place - 2]);
        place -= 2;
    }
    Some(name)
}

/// The words that a block of Rust between elements may give: what no macro and no comparison takes.
fn given(block: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = block.into_iter().collect();
    let mut found = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(_) if is_macro(&trees, index, &["t", "text", "format", "view"]) => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => found.extend(given(group.stream())),
            // A call's own arguments are data; a closure among them may give words.
            TokenTree::Group(group) => {
                let closure = group.stream().to_string().contains('|');
                found.extend(if closure { given(group.stream()) } else { Vec::new() });
            }
            // `== "…"` and `!= "…"` compare with a word and show none.
            TokenTree::Literal(_) if follows(&trees, index, &['=']) && follows(&trees, index - 1, &['=', '!']) => {}
            TokenTree::Literal(literal) => found.extend(words(&literal.to_string())),
            _ => {}
        }
    }
    // Views inside are looked at as views.
    found.extend(macros(trees.into_iter().collect(), "view").into_iter().flat_map(literals));
    found
}

/// A string literal with a letter in it.
fn words(literal: &str) -> Option<String> {
    (literal.starts_with('"') && literal.chars().any(char::is_alphabetic)).then(|| literal.to_owned())
}

fn all_literals(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Group(group) => all_literals(group.stream()),
            TokenTree::Literal(literal) => vec![literal.to_string().trim_matches('"').to_owned()],
            _ => Vec::new(),
        })
        .collect()
}

/// The texts of a language as the page has them, apart from the comments that the build leaves out.
fn texts(language: Language) -> Texts {
    let all: Vec<_> = files(&format!("locales/{}", language.tag), "ftl").into_iter().map(|(_, text)| text).collect();
    Texts::read(language, all.join("\n"))
}

/// The messages of a language with the arguments that each uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(folder("locales").join(language)).unwrap() {
        let mut last = String::new();
        for line in fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            let starts = line.chars().next().is_some_and(|first| first.is_ascii_lowercase());
            if let (true, Some((key, _))) = (starts, line.split_once(" = ")) {
                key.clone_into(&mut last);
                assert!(!found.contains_key(key), "{key} stands twice in {language}");
                found.insert(last.clone(), BTreeSet::new());
            }
            let arguments = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect::<String>()
            });
            if let Some(known) = found.get_mut(&last) {
                known.extend(arguments.filter(|_| !line.starts_with('#')));
            }
        }
    }
    found
}

/// A title that is written from right to left, or has marks of its own, is a part by itself: nothing around it turns round.
#[test]
fn b6_names_in_a_message_are_apart_from_its_words() {
    let arguments = [("title", name("שלום").into()), ("other", name("Al\u{2069}pha").into())];
    let said = texts(LANGUAGES[0]).say("moved-after", &arguments);
    let part = |text: &str, is_name| (text.to_owned(), is_name);
    let expected = [
        part("“", false),
        part("שלום", true),
        part("” now stands after “", false),
        part("Alpha", true),
        part("”.", false),
    ];
    assert_eq!(parts(&said), expected);
    assert_eq!(plain(&said), "“שלום” now stands after “Alpha”.");
    assert_eq!(parts("Saved."), [part("Saved.", false)]);
}
