use super::*;

const ADA: &str = "account:01ARZ3NDEKTSV4RRFFQ69G5FAV";
const BEN: &str = "account:01ARZ3NDEKTSV4RRFFQ69G5FBW";

fn person(id: &str, name: &str) -> Asker {
    Asker { id: cynic::Id::new(id), name: name.into(), picture: None }
}

fn typed(text: &str) -> Draft {
    let mut draft = Draft::default();
    draft.change(text.to_owned(), text.len());
    draft
}

/// With somebody named where the text has an `@`.
fn naming(text: &str, id: &str, name: &str) -> Draft {
    let mut draft = typed(text);
    let start = text.find('@').unwrap();
    draft.name((start, start + 1), id, name);
    draft
}

/// What the person does to it: the text afterwards, with `|` where the caret is.
fn change(draft: &mut Draft, after: &str) {
    let caret = after.find('|').unwrap();
    draft.change(after.replace('|', ""), caret);
}

#[test]
fn i1_somebody_is_named_and_sent_by_id() {
    let mut draft = typed("Hi @a, again");
    let caret = draft.name((3, 5), ADA, "Ada Lovelace");
    assert_eq!((draft.text(), caret), ("Hi @Ada Lovelace , again", "Hi @Ada Lovelace ".len()));
    assert_eq!(draft.wire(), format!("Hi @[{ADA}] , again"));
    assert_eq!(draft.mentions(), [person(ADA, "Ada Lovelace")]);
    assert_eq!(draft.pieces(), [("Hi ", false), ("@Ada Lovelace", true), (" , again", false)]);
    // A blank that is there already is not doubled.
    let mut draft = typed("Hi @ you");
    assert_eq!(draft.name((3, 4), ADA, "Ada"), "Hi @Ada ".len());
    assert_eq!(draft.text(), "Hi @Ada you");
}

#[test]
fn i1_names_move_with_the_text_around_them() {
    let mut draft = naming("Hi @", ADA, "Ada");
    change(&mut draft, "Oh 🎉| Hi @Ada ");
    change(&mut draft, "Oh 🎉 Hi @Ada !|");
    assert_eq!(draft.wire(), format!("Oh 🎉 Hi @[{ADA}] !"));
    change(&mut draft, "|@Ada !");
    assert_eq!(draft.wire(), format!("@[{ADA}] !"));
}

#[test]
fn i1_a_name_that_is_touched_is_text() {
    for touched in ["Hi @Ad| ", "Hi @A|a ", "Hi @Add|a ", "Hi |Ada ", "Hi |", "|"] {
        let mut draft = naming("Hi @", ADA, "Ada");
        change(&mut draft, touched);
        assert_eq!(draft.wire(), touched.replace('|', "").trim(), "{touched}");
    }
    // What is typed right before and after it does not touch it.
    let mut draft = naming("@", ADA, "Ada");
    change(&mut draft, "(|@Ada ");
    change(&mut draft, "(@Ada)| ");
    assert_eq!(draft.wire(), format!("(@[{ADA}])"));
}

#[test]
fn i1_two_people_of_one_name_are_two() {
    let both = || {
        let mut draft = naming("@", ADA, "Ada");
        draft.change("@Ada @".into(), 6);
        draft.name((5, 6), BEN, "Ada");
        draft
    };
    assert_eq!((both().text(), both().wire()), ("@Ada @Ada ", format!("@[{ADA}] @[{BEN}]")));
    let mut draft = both();
    change(&mut draft, "|@Ada ");
    assert_eq!(draft.wire(), format!("@[{BEN}]"), "the first one went");
    let mut draft = both();
    change(&mut draft, "@Ada |");
    assert_eq!(draft.wire(), format!("@[{ADA}]"), "the second one went");
    // Somebody who is named between them.
    let mut draft = both();
    change(&mut draft, "@Ada @|@Ada ");
    draft.name((5, 6), ADA, "Zoë");
    assert_eq!(draft.wire(), format!("@[{ADA}] @[{ADA}] @[{BEN}]"));
}

#[test]
fn i1_any_name_can_be_named() {
    for name in ["O'Neil", "<b>Bold</b>", "A]B[", "@home", "account:x", "👩‍👩‍👧 Family", "e\u{301}"] {
        let draft = naming("Hi @", ADA, name);
        assert_eq!(draft.text(), format!("Hi @{name} "));
        assert_eq!((draft.wire(), draft.mentions()), (format!("Hi @[{ADA}]"), vec![person(ADA, name)]), "{name}");
        assert_eq!(draft.asked(draft.text().len()), None, "{name}");
    }
    // From right to left it is kept apart from what is around it, and that is not part of the name.
    let draft = naming("Hi @", ADA, "שרה");
    assert_eq!(draft.text(), "Hi @\u{2068}שרה\u{2069} ");
    assert_eq!(draft.mentions(), [person(ADA, "שרה")]);
}

#[test]
fn i1_a_message_is_edited_by_names_and_keeps_whom_it_mentions() {
    let text = format!("Hi @[{ADA}], see https://example.org/ @[{BEN}]");
    let draft = Draft::of_message(&text, &[person(ADA, "Ada")], "Somebody who has left");
    assert_eq!(draft.text(), "Hi @Ada, see https://example.org/ @Somebody who has left");
    assert_eq!(draft.wire(), text);
    let mut edited = draft;
    change(&mut edited, "Hello| @Ada, see https://example.org/ @Somebody who has left");
    assert_eq!(edited.wire(), text.replace("Hi", "Hello"));
}

#[test]
fn i1_an_at_sign_that_begins_a_word_asks_for_somebody() {
    let asked = |text: &str| typed(text).asked(text.len()).map(|asked| (asked.start, asked.query));
    assert_eq!(asked("@"), Some((0, String::new())));
    assert_eq!(asked("Hi (@Ada L"), Some((4, "Ada L".into())));
    assert_eq!(asked("שלום @א"), Some(("שלום ".len(), "א".into())));
    for none in ["", "Hi", "ada@example", "@ home", "@Ada\nHi", &format!("@{}", "x".repeat(41))] {
        assert_eq!(asked(none), None, "{none}");
    }
    assert_eq!(typed("@Ada and so on").asked(3).unwrap().query, "Ad", "up to the caret");
    assert_eq!(naming("@", ADA, "Ada").asked(3), None, "it is a name already");
}

#[test]
fn i1_what_a_browser_remembers_is_checked() {
    let draft = naming("Hi @", ADA, "Ada");
    assert_eq!(draft.clone().sound(), draft);
    for (start, end) in [(0, 2), (3, 99), (4, 3), (usize::MAX, 0)] {
        let marks = vec![Mark { start, end, id: ADA.into() }];
        assert_eq!(Draft { text: "Hi @Ada".into(), marks }.sound().wire(), "Hi @Ada");
    }
    let marks = [(3, 7), (3, 7)].map(|(start, end)| Mark { start, end, id: ADA.into() }).to_vec();
    assert_eq!(Draft { text: "Hi @Ada".into(), marks }.sound().wire(), "Hi @Ada");
}

#[test]
fn units_of_browsers_are_bytes_of_ours() {
    let text = "a🎉é";
    let table: Vec<usize> = (0..=5).map(|units| byte_at(text, units)).collect();
    assert_eq!(table, [0, 1, 1, 5, 7, 7]);
    assert_eq!([0, 1, 5, 7, 9].map(|byte| units_at(text, byte)), [0, 1, 3, 4, 4]);
}
