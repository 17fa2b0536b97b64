//! F7: the schedule from a CSV file, and as one.

use crate::harness::{Person, TestApp, text};
use serde_json::{Value, json};

const IMPORT: &str =
    "mutation($input: ImportSegmentsInput!) { importSegments(input: $input) { lines added already newTags
    unknownColumns problems { line code message names } } }";

async fn import(person: &Person, event: &str, csv: &str, dry_run: bool) -> Value {
    let input = json!({ "eventId": event, "csv": csv, "dryRun": dry_run });
    person.ok(IMPORT, json!({ "input": input })).await["importSegments"].clone()
}

/// The lines at fault with their codes.
fn faults(report: &Value) -> Vec<(u64, String)> {
    let problems = report["problems"].as_array().unwrap();
    problems.iter().map(|one| (one["line"].as_u64().unwrap(), text(&one["code"]))).collect()
}

async fn programme(app: &TestApp, olivia: &Person) -> String {
    let event = app.live_event(olivia, "summit").await;
    for title in ["Talk", "Panel", "a|b", "Same", "Same"] {
        olivia.session(&event, title, json!({ "scheduling": "SCHEDULED" })).await;
    }
    olivia.session(&event, "Lobby", json!({})).await;
    app.attendee(&event, "Ada").await;
    event
}

/// F7: a dry run says of every bad line by its number what is wrong, and writes nothing; the import makes the others.
#[tokio::test]
async fn f7_every_bad_line_is_told_by_its_number() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = programme(&app, &olivia).await;
    // The event lasts from 9:00 to 11:00 in Berlin.
    let csv = "Name;Type;Start;End;Description;Link;Tags;Speakers;Sessions;Published;Room\n\
        Keynote;;2027-03-01 09:00;2027-03-01 09:30;\"Two\nlines; of text\";;Rust | Web;ADA@example.org|olivia@example.org;talk | Panel;yes;1\n\
        Expo;External link;2027-03-01 09:00;2027-03-01 09:30;;https://example.org/;;;;no;\n\
        Coffee;break;01.03.2027 09:30;03/01/2027 09:45;;;web;;;x;\n\
        ;;2027-03-01 10:00;2027-03-01 10:30;;;;;;;\n\
        X1;party;2027-03-01 10:00;2027-03-01 10:30;;;;;;;\n\
        X2;;tomorrow;2027-03-01 10:30;;;;;;;\n\
        X3;;2027-03-01 10:30;2027-03-01 10:30;;;;;;;\n\
        X4;;2027-03-01 10:00;2027-03-01 12:00;;;;;;;\n\
        X5;link;2027-03-01 10:00;2027-03-01 10:30;;http://example.org;;;;;\n\
        X6;link;2027-03-01 10:00;2027-03-01 10:30;;;;;;;\n\
        X7;;2027-03-01 10:00;2027-03-01 10:30;;;1|2|3|4|5|6|7|8|9|10|11;;;;\n\
        X8;;2027-03-01 10:00;2027-03-01 10:30;;;;nobody@example.org;;;\n\
        X9;;2027-03-01 10:00;2027-03-01 10:30;;;;;Nothing;;\n\
        X10;;2027-03-01 10:00;2027-03-01 10:30;;;;;Same;;\n\
        X11;;2027-03-01 10:00;2027-03-01 10:30;;;;;Lobby;;\n\
        X12;;2027-03-01 09:40;2027-03-01 10:30;;;;;;;\n\
        X13;break;2027-03-01 10:00;2027-03-01 10:30;;;;;Talk;;\n\
        keynote;;2027-03-01 09:00;2027-03-01 09:20;;;;;;;\n\
        X;;2027-03-01 10:00;2027-03-01 10:30;;;;;;perhaps;\n";
    let expected = json!([
        [6, "NAME"],
        [7, "TYPE"],
        [8, "TIME"],
        [9, "TIME"],
        [10, "OUTSIDE"],
        [11, "LINK"],
        [12, "LINK"],
        [13, "TEXT"],
        [14, "UNKNOWN_SPEAKER"],
        [15, "UNKNOWN_SESSION"],
        [16, "AMBIGUOUS_SESSION"],
        [17, "ALWAYS_OPEN_SESSION"],
        [18, "BREAK_OVERLAPS"],
        [19, "TYPE"],
        [20, "TWICE"],
        [21, "TEXT"],
    ]);
    let report = import(&olivia, &event, csv, true).await;
    assert_eq!(json!(faults(&report)), expected);
    assert_eq!(report["newTags"], json!(["Rust", "Web"]));
    assert_eq!(report["unknownColumns"], json!(["Room"]));
    let counts = |report: &Value| [&report["lines"], &report["added"], &report["already"]].map(|n| n.as_u64().unwrap());
    assert_eq!(counts(&report), [19, 3, 0]);
    let problem = |line: u64| report["problems"].as_array().unwrap().iter().find(|one| one["line"] == line).unwrap();
    assert!(text(&problem(18)["message"]).contains("\"X12\" and \"Coffee\""), "{}", problem(18));
    assert_eq!([&problem(18)["names"], &problem(19)["names"]], [&json!(["X12", "Coffee"]), &json!([])]);
    assert!(olivia.schedule("summit").await.is_empty());

    let done = import(&olivia, &event, csv, false).await;
    assert_eq!((counts(&done), json!(faults(&done))), ([19, 3, 0], expected));
    assert_eq!(olivia.schedule("summit").await, ["Keynote: Talk, Panel", "Expo: ", "Coffee: "]);
    let query = "{ event(slug: \"summit\") { segments { nodes { kind url description tags speakers { name } published
        localStartsAt localEndsAt } } } }";
    let nodes = olivia.ok(query, json!({})).await["event"]["segments"]["nodes"].clone();
    let keynote = json!({
        "kind": "SESSIONS", "url": null, "description": "Two\nlines; of text", "tags": ["Rust", "Web"],
        "speakers": [{ "name": "Ada" }, { "name": "Olivia" }], "published": true,
        "localStartsAt": "2027-03-01T09:00", "localEndsAt": "2027-03-01T09:30",
    });
    assert_eq!(nodes[0], keynote);
    assert_eq!(nodes[2]["tags"], json!(["Web"]), "a tag keeps its spelling");
    let again = import(&olivia, &event, csv, false).await;
    assert_eq!(counts(&again)[1..], [0, 3]);
}

/// F7: an export is read again as it was: with formulas neutralised, titles with bars, times that come twice.
#[tokio::test]
async fn f7_an_export_comes_back() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = programme(&app, &olivia).await;
    let ids = "{ event(slug: \"summit\") { sessions(first: 100) { nodes { id title } } } }";
    let sessions = olivia.ok(ids, json!({})).await["event"]["sessions"]["nodes"].clone();
    let id = |title: &str| {
        text(&sessions.as_array().unwrap().iter().find(|session| session["title"] == title).unwrap()["id"])
    };
    let both = json!({ "sessionIds": [id("a|b"), id("Talk")], "description": "=1+1", "tags": ["@tag", "more"] });
    olivia.segment(&event, "=HYPERLINK(\"x\")", ("2027-03-01T09:00", "2027-03-01T09:30"), both).await;
    olivia.segment(&event, "One", ("2027-03-01T10:00", "2027-03-01T10:30"), json!({ "sessionIds": [id("a|b")] })).await;
    let before = olivia.schedule("summit").await;
    let path = format!("/events/{event}/segments.csv");
    let get = |person: &Person| {
        let request = person.get(&path);
        match &person.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    };
    let file = get(&olivia).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "text/csv; charset=utf-8");
    let csv = file.text().await.unwrap();
    assert!(csv.contains("'=HYPERLINK") && csv.contains("'=1+1") && csv.contains("'@tag"), "{csv}");
    let delete = "mutation($input: DeleteSegmentInput!) { deleteSegment(input: $input) { id } }";
    let all = "{ event(slug: \"summit\") { segments { nodes { id } } } }";
    for node in olivia.ok(all, json!({})).await["event"]["segments"]["nodes"].as_array().unwrap() {
        olivia.ok(delete, json!({ "input": { "id": node["id"] } })).await;
    }
    let post = |person: &Person| person.post(&format!("{path}?dryRun=0")).header("x-roundtable", "1").body(csv.clone());
    let answer: Value = post(&olivia).send().await.unwrap().json().await.unwrap();
    let report = &answer["data"]["importSegments"];
    assert_eq!((&report["added"], &report["problems"]), (&json!(2), &json!([])), "{answer}");
    assert_eq!(olivia.schedule("summit").await, before);
    assert_eq!(before[0], "=HYPERLINK(\"x\"): a|b, Talk");

    let ada = {
        let mut ada = app.stranger();
        ada.sign_in("ada@example.org", crate::harness::PASSWORD).await;
        ada
    };
    for (person, status) in [(&ada, 403), (&app.stranger(), 401)] {
        assert_eq!(get(person).send().await.unwrap().status(), status);
        assert_eq!(post(person).send().await.unwrap().status(), status);
    }
}

/// F7: a file that is no table at all, in the words of who brought it.
#[tokio::test]
async fn f7_files_that_cannot_be_read() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = programme(&app, &olivia).await;
    let post = async |body: Vec<u8>| {
        let path = format!("/events/{event}/segments.csv?dryRun=1");
        let answer: Value =
            olivia.post(&path).header("x-roundtable", "1").body(body).send().await.unwrap().json().await.unwrap();
        let problem = &answer["errors"][0]["extensions"]["problems"][0];
        (problem["code"].as_str().unwrap_or("none").to_owned(), answer["errors"][0]["message"].to_string())
    };
    let wide = format!("Name,Start,End{}\n", ",x".repeat(10_000)).into_bytes();
    let latin = b"Name,Start,End\nCaf\xe9,2027-03-01 09:00,2027-03-01 09:30\n".to_vec();
    for (body, code, says) in [
        (latin, "INVALID", "Line 2"),
        (b"Name,Start,End\n\"Open,2027-03-01 09:00\nX,,\n".to_vec(), "INVALID", "line 2"),
        (wide, "OUT_OF_RANGE", "columns"),
        (b"Name,Description\nX,\n".to_vec(), "REQUIRED", "Start"),
        (Vec::new(), "REQUIRED", "empty"),
        (vec![b'x'; 2 * 1024 * 1024 + 1], "TOO_LONG", "2 MiB"),
    ] {
        let (found, message) = post(body).await;
        assert!(found == code && message.contains(says), "{found} {message}");
    }
    // UTF-16 as Excel writes it.
    let text = "Name\tStart\tEnd\nÜber\t2027-03-01 09:00\t2027-03-01 09:30\n";
    let bytes = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(post(bytes).await.0, "none");
}

/// F7, A4, A7: a speaker is found by an address that is known to be theirs: confirmed, or imported, so that only mail to it opens
/// the account. Who was blocked is none.
#[tokio::test]
async fn f7_a_speaker_is_confirmed_or_imported() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = programme(&app, &olivia).await;
    let bob = app.unverified("Bob").await;
    bob.register(&event).await;
    let people = "mutation($input: ImportPeopleInput!) { importPeople(input: $input) { added } }";
    let csv = "Name,Email\nCleo,cleo@example.org\n";
    olivia.ok(people, json!({ "input": { "eventId": event, "csv": csv, "dryRun": false } })).await;
    let line = |name: &str, email: &str| format!("{name},2027-03-01 09:00,2027-03-01 09:30,{email}\n");
    let file = |emails: &[&str]| {
        let lines = emails.iter().enumerate().map(|(index, email)| line(&format!("Talk {index}"), email));
        format!("Name,Start,End,Speakers\n{}", lines.collect::<String>())
    };
    let file = file(&["bob@example.org", "cleo@example.org", "ada@example.org"]);
    let report = import(&olivia, &event, &file, true).await;
    assert_eq!(json!(faults(&report)), json!([[2, "UNKNOWN_SPEAKER"]]));
    app.verify_in_the_database("bob@example.org").await;
    assert_eq!(json!(faults(&import(&olivia, &event, &file, true).await)), json!([]));
    let list = "{ event(slug: \"summit\") { registrations(first: 100) { nodes { id person { name } } } } }";
    let nodes = olivia.ok(list, json!({})).await["event"]["registrations"]["nodes"].clone();
    let ada = nodes.as_array().unwrap().iter().find(|node| node["person"]["name"] == "Ada").unwrap()["id"].clone();
    let block = "mutation($input: PersonInEventInput!) { blockPerson(input: $input) { registration { id } } }";
    olivia.ok(block, json!({ "input": { "registrationId": ada } })).await;
    let report = import(&olivia, &event, &file, true).await;
    assert_eq!(json!(faults(&report)), json!([[4, "UNKNOWN_SPEAKER"]]));
}
